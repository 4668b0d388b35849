# `vrf default` of routes is the main table; elsewhere there is no such VRF.
! ip link add v0 type veth peer name v1
! ip link set v0 up
! ip link set v1 up
! ip addr add 10.0.0.1/24 dev v0
ip route add vrf default 203.0.113.0/24 dev v0
ip route replace 203.0.114.0/24 dev v0 vrf default
ip route show vrf default
ip -j route show vrf default
ip -6 route add vrf default 2001:db8::/64 dev v0
ip -6 route show vrf default 2001:db8::/64
ip -6 route del vrf default 2001:db8::/64 dev v0
ip route del vrf default 203.0.113.0/24 dev v0
ip route show vrf defaul
ip route get vrf default 10.0.0.2
ip nexthop show vrf default
ip link show vrf default
ip addr show vrf default
ip neigh show vrf default
ip link set v0 vrf default
ip route flush vrf default
ip route show
