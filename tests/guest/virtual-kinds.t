# VRFs, bonds, ipvlan, HSR, vxcan: what is sent, what is shown, what is said of wrong words.
@ guest
! echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6
! ip link add d0 address 02:00:00:00:00:01 type dummy
! ip link add d1 address 02:00:00:00:00:02 type dummy
! ip link set d0 up
ip link add vrf1 address 02:00:00:00:00:f0 type vrf table 10
ip link set d1 master vrf1
ip -d link show vrf1
ip -d -j link show vrf1
ip -d link show d1
ip -d -j link show d1
ip link set d1 nomaster
ip link add vrf2 type vrf
ip link add vrf2 type vrf foo
ip link add vrf2 type vrf table nosuch
ip link add ipv0 link d0 type ipvlan mode l3 private
ip -d link show ipv0
ip -d -j link show ipv0
ip link add ipv1 link d0 type ipvlan private vepa
ip link add ipv1 link d0 type ipvlan mode x
ip link add h0 type hsr slave1 d0
ip link add h0 type hsr slave1 nosuch
ip link add h0 type hsr foo
ip link add h0 type hsr slave1 d0 slave2 d1 supervision 45
ip link show h0
ip link add c0 type vxcan peer name c1
ip -d link show c0
ip link add b0 type bond foo
ip link add b0 type bond mode x
ip link add b0 type bond mode 9
ip link add b0 type bond primary nosuch
ip link add b0 type bond arp_ip_target 1.2.3.4,x
ip link add b0 type bond ns_ip6_target x
ip link add b0 type bond ad_actor_system x
ip link add b0 address 02:00:00:00:00:b0 type bond mode active-backup miimon 100
ip link set d1 master b0
ip -d link show b0
ip -d -j link show b0
ip -d -j -p link show b0
ip -d link show d1
ip -d -j link show d1
ip link add b1 address 02:00:00:00:00:b1 type bond arp_interval 100 arp_ip_target 1.2.3.4,5.6.7.8 ns_ip6_target fe80::1 mode 1 arp_validate all
ip -d link show b1
ip -d -j link show b1
ip -d -j -p link show b1
ip link add b2 address 02:00:00:00:00:b2 type bond mode 802.3ad ad_user_port_key 5 ad_actor_sys_prio 7 ad_actor_system 02:00:00:00:00:05
! ip link add v0 address 02:00:00:00:00:03 type veth peer name v1 address 02:00:00:00:00:04
! ip link set v0 master b2
! sleep 2
ip -d link show b2
ip -d -j link show b2
ip -d link show v0
ip -d -j link show v0
ip link set d1 type bond_slave queue_id x
ip link set d1 type bond_slave foo
ip link add x0 type xfrm if_id 0
ip link add x0 type xfrm dev d0
ip link add x0 type xfrm dev nosuch
ip link add x0 type xfrm external if_id 5
