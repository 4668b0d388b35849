# MPLS paths, with packets through them; encapsulations of nexthop objects.
@ needs ping
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
ip -n b -M route
! ip -n r -M route del 100
ip netns exec a ping -c1 -W1 10.9.0.1 > /dev/null
! ip -n r -M route add 100 nexthop as 200 via inet 10.0.2.1 dev tob
! ip netns exec a ping -c1 -w5 10.9.0.1
! ip -n a nexthop add id 7 encap mpls 100 via 10.0.1.2 dev tor
! ip -n a route replace 10.9.0.1/32 nhid 7
! ip netns exec a ping -c1 -w5 10.9.0.1
ip -n a nexthop
ip -d -n a nexthop
ip -j -n a nexthop
ip -n a route show 10.9.0.1
# Kernels before 6.9 refuse the reference's question.
ip -d -n a route show 10.9.0.1
= unicast 10.9.0.1 nhid 7  encap mpls  100 via 10.0.1.2 dev tor proto boot scope global 
= 	nh_info id 7  encap mpls  100 via 10.0.1.2 dev tor scope link proto unspec 
ip -s -d -n a route show 10.9.0.1
= unicast 10.9.0.1 nhid 7  encap mpls  100 via 10.0.1.2 dev tor proto boot scope global 
= 	nh_info id 7  encap mpls  100 via 10.0.1.2 dev tor scope link proto unspec 
ip -n r -M route show
ip -s -n r -M route flush table all
