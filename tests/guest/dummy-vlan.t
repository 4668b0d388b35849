# Dummies and VLANs.
@ guest
! echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6
ip link add d0 address 02:00:00:00:00:01 type dummy
ip link add d1 address 02:00:00:00:00:02 mtu 1400 type dummy
ip link set d0 up
* ip link show
* ip link show d0
* ip link show type dummy
ip addr add 10.0.0.1/24 dev d0
* ip addr show
ip link add link d0 name d0.5 type vlan id 5
ip link add link d0 name d0.6 type vlan protocol 802.1ad id 6 reorder_hdr off gvrp on mvrp on loose_binding on
ip link add link d0 name d0.7 type vlan id 7 ingress-qos-map 1:2 3:4 egress-qos-map 5:6
ip link add link d0 name d0.5b type vlan id 5
ip link add link d0 name d0.8 type vlan
ip link add link d0 name d0.8 type vlan id
ip link add link d0 name d0.8 type vlan id x
ip link add link d0 name d0.8 type vlan id 4096
ip link add link d0 name d0.8 type vlan id 8 protocol nosuch
ip link add link d0 name d0.8 type vlan id 8 reorder_hdr maybe
ip link add link d0 name d0.8 type vlan id 8 nosuch
ip link add name d0.8 type vlan id 8
* ip link show d0.5
* ip link show d0.6
* ip link show d0.7
* ip link show type vlan
ip link set d0.5 up
* ip link show d0.5
ip link set d0 down
* ip link show d0.5
ip link set d0 up
ip link set d0.7 type vlan egress-qos-map 5:7 1:1
ip link set d0.7 type vlan reorder_hdr off
* ip link show d0.7
ip route add 10.1.0.0/16 dev d0
* ip route
ip link set d0 carrier off
ip link set d0 protodown on
ip link del d0.5
ip link del d0
ip link show
ip link add dd type dummy junk
=? 1
=2 Garbage instead of arguments "junk ...". Try "ip link help".
