# Words whose requests are not what the words alone suggest.
! ip link add v0 type veth peer name v1
! ip link set v0 up
! ip addr add 10.0.0.1/24 dev v0
! ip netns add a
! ip netns add b
! ip netns exec a ip link add eth1 index 77 type veth peer name eth2
! ip netns exec a ip link property add dev eth1 altname a-name-of-more-than-15-bytes altname short
! ip netns set a 7
# The family of the options is in the header.
ip -4 link set v0 mtu 1400
ip -6 link set v0 up
ip -0 link set v0 up
ip -M link set v0 up
ip -B link set v0 up
ip -4 link set group 0 up
ip -4 link add x0 type veth
ip -4 link add x1 type veth peer name x2
ip -6 link del x1
ip -4 link property add dev v0 altname x
ip -6 link property del dev v0 altname x
# The two limits of a virtual function replace its old one.
ip link set v0 vf 0 rate 100 max_tx_rate 10 min_tx_rate 5
ip link set v0 vf 0 max_tx_rate 10 rate 100 min_tx_rate 5
ip link set v0 vf 0 rate 100
# Words for everything are an address without bytes.
ip addr add any dev v0
ip addr add all dev v0
ip addr add default dev v0
ip -6 addr add any dev v0
ip addr del any dev v0
ip addr add 10.0.0.5 peer any dev v0
ip addr add 10.0.0.5/24 peer any dev v0
ip addr add any peer 10.0.0.5 dev v0
ip addr add any peer any dev v0
ip addr del 10.0.0.1 peer any dev v0
# The device below, by its index in the other namespace.
ip link add link-netnsid 7 link eth1 name v5 type vlan id 5
ip link add link eth1 link-netnsid 7 name v5 type vlan id 5
ip link add link-netnsid 7 link short name v5 type vlan id 5
ip link add link-netnsid 7 link a-name-of-more-than-15-bytes name v5 type vlan id 5
ip link add link-netns a link eth1 netns b name v5 type vlan id 5
ip link add link-netns a link eth1 name v5 type vlan id 5
ip link add name v6 type veth peer name x link v0
ip link add name v7 type veth peer name y link eth1 link-netns a
ip link set v0 link-netns a
# Rules and routes
ip rule add type nop pref 50
ip rule add type goto 32766 pref 51
ip rule add realms 5/ pref 52
ip rule add realms '' pref 53
ip rule add dscp 64
ip rule add dscp 5/7 fwmark 5/7 sport 5/7
ip route add vrf default 10.7.0.0/16 dev v0
ip -6 route add vrf default fd01::/64 dev v0
ip route add 10.8.0.0/16 dev v0 realms 5/
ip route add 10.9.0.0/16 via +10.0.0.2
ip -6 route add fd02::/64 encap seg6 mode encap tunsrc fc00::1 segs fc00::2 dev v0
ip addr add 10.9.0.2/24 peer 10.9.0.3 dev v0
ip addr add peer 10.9.0.3/24 dev v0
ip addr add peer 10.9.0.3/0 dev v0
ip addr del 10.0.0.1 dev v0
ip addr add 10.9.0.1/24 dev v0 peer default
ip addr add default peer 10.0.0.9 dev v0
ip -4 addr add default dev v0
ip -6 addr add default dev v0
ip -4 addr add 10.9.0.2 peer default dev v0
ip -4 addr add any dev v0
ip -4 addr del default dev v0
