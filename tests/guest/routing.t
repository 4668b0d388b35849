# Routing that the host's kernel lacks: MPLS paths and VRFs, with packets through them; encapsulations of nexthop objects.
@ guest
! modprobe mpls_router
! modprobe mpls_iptunnel
! for n in a r b; do ip netns add $n; ip -n $n link set lo up; done
! ip link add tor netns a type veth peer name toa netns r
! ip link add tor netns b type veth peer name tob netns r
! for n in a b; do ip -n $n link set tor up; ip -n r link set to$n up; done
! ip -n a addr add 10.0.1.1/24 dev tor
! ip -n r addr add 10.0.1.2/24 dev toa
! ip -n r addr add 10.0.2.2/24 dev tob
! ip -n b addr add 10.0.2.1/24 dev tor
! ip -n b addr add 10.9.0.1/32 dev lo
! for n in a r b; do ip netns exec $n sh -c 'echo 1000 > /proc/sys/net/mpls/platform_labels; for i in tor toa tob; do echo 1 2>/dev/null >/proc/sys/net/mpls/conf/$i/input; done; echo 1 > /proc/sys/net/ipv4/ip_forward; echo 0 > /proc/sys/net/ipv4/conf/all/rp_filter; true'; done
# Nobody but the labels knows the way to 10.9.0.1, and only a route of its own leads back.
! ip -n a route add 10.9.0.1/32 encap mpls 100 via 10.0.1.2
! ip -n r -M route add 100 as 200 via inet 10.0.2.1
! ip -n b -M route add 200 dev lo
! ip -n b route add 10.0.1.0/24 via 10.0.2.2
! ip netns exec a ping -c1 -w5 10.9.0.1
ip -n a route
ip -d -n a route
ip -o -n a route
* ip -n r -M route
* ip -n b -M route
! ip -n r -M route del 100
ip netns exec a ping -c1 -W1 10.9.0.1 > /dev/null
! ip -n r -M route add 100 nexthop as 200 via inet 10.0.2.1 dev tob
! ip netns exec a ping -c1 -w5 10.9.0.1
! ip -n a nexthop add id 7 encap mpls 100 via 10.0.1.2 dev tor
! ip -n a route replace 10.9.0.1/32 nhid 7
! ip netns exec a ping -c1 -w5 10.9.0.1
+ ip -n a nexthop
ip -n a route show 10.9.0.1
ip -d -n a route show 10.9.0.1
# VRFs: two customers with the same addresses.
! for n in c d; do ip netns add $n; ip link add v$n type veth peer name eth0 netns $n; ip -n $n addr add 10.5.0.2/24 dev eth0; ip -n $n link set eth0 up; ip -n $n link set lo up; done
! ip -n c addr add 10.6.0.1/32 dev lo
! ip link add red type vrf table 10
! ip link add blue type vrf table 20
! ip link set red up
! ip link set blue up
! ip link set vc master red up
! ip link set vd master blue up
! ip addr add 10.5.0.1/24 dev vc
! ip addr add 10.5.0.1/24 dev vd
! ip route add 10.6.0.0/24 via 10.5.0.2 vrf red
! ip route add unreachable default vrf red metric 4278198272
! ip rule add l3mdev pref 900
! ping -c1 -w5 -I red 10.6.0.1
! ping -c1 -w5 -I blue 10.5.0.2
ping -c1 -W1 -I blue 10.6.0.1 > /dev/null 2>&1
ip route show vrf red
ip -j route show vrf red
ip -d route show vrf blue
ip route list table 10
ip route get 10.6.0.1 vrf red
ip route get 10.6.0.1 vrf blue
ip route get 10.6.0.1 oif vc
ip route show vrf nosuch
ip rule
ip -j rule
! ip neigh replace 10.5.0.9 lladdr 02:00:00:00:00:09 dev vc nud permanent
! ip neigh replace 10.5.0.8 lladdr 02:00:00:00:00:08 dev vd nud permanent
+ ip neigh show vrf red nud permanent
+ ip neigh show vrf blue nud permanent
+ ip neigh show master blue nud permanent
+ ip neigh show nomaster nud permanent
! ip nexthop add id 10 via 10.5.0.2 dev vc
! ip nexthop add id 20 via 10.5.0.2 dev vd
+ ip nexthop show vrf red
+ ip nexthop show master blue
ip route flush vrf red
ip route show vrf red
ip -M route show
ip -s -M route flush table all
