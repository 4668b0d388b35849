# VRFs, with packets through them: routes, rules, neighbours and nexthops of each.
@ needs ping
@ guest
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
ip neigh show vrf red nud permanent
ip -j neigh show vrf red nud permanent
ip neigh show vrf blue nud permanent
ip -j neigh show vrf blue nud permanent
ip neigh show master blue nud permanent
ip -j neigh show master blue nud permanent
ip neigh show nomaster nud permanent
ip -j neigh show nomaster nud permanent
! ip nexthop add id 10 via 10.5.0.2 dev vc
! ip nexthop add id 20 via 10.5.0.2 dev vd
ip nexthop show vrf red
ip -j nexthop show vrf red
ip nexthop show master blue
ip -j nexthop show master blue
ip route flush vrf red
ip route show vrf red
