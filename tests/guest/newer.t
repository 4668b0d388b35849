# What kernels after 6.1 have: attributes that 7.2 shows or takes and 6.1 lacks or refuses.
@ guest
! echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6
! for n in 1 2 3; do ip link add d$n address 02:00:00:00:00:0$n type dummy; ip link set d$n up; done
! ip link add v0 address 02:00:00:00:01:00 type veth peer name v1 address 02:00:00:00:01:01
# HSR and PRP: the version, the interlink.
ip link add h0 type hsr slave1 d1 slave2 d2 supervision 45 version 1
* ip link show h0
ip link add h1 type hsr slave1 d1 slave2 d2 interlink d3
! ip link del h0
ip link add h1 type hsr slave1 d1 slave2 d2 interlink d3
* ip link show type hsr
ip link show d3
ip -br link
ip link del h1
ip link add h2 type hsr slave1 d1 slave2 d2 interlink nosuch
ip link add h2 type hsr slave1 d1 slave2 d2 proto 1
ip -d link show h2
! ip link del h2 || true
# Bonds: lacp_strict, coupled_control, broadcast_neighbor, churn states of a port.
ip link add b0 address 02:00:00:00:00:b0 type bond mode 802.3ad miimon 100 lacp_strict on
ip link add b0 address 02:00:00:00:00:b0 type bond mode 802.3ad miimon 100
! ip link set v0 master b0
! sleep 0.5
* ip link show b0
* ip link show v0
ip link set b0 type bond lacp_strict on
ip -d link show b0
ip -d -j link show b0
ip link set b0 type bond lacp_strict off broadcast_neighbor on
ip -d link show b0
ip link set b0 type bond broadcast_neighbor off
ip link set b0 type bond coupled_control off
ip link set b0 type bond lacp_strict x
ip link set b0 type bond lacp_strict
ip link set v0 type bond_slave actor_port_prio 7
ip -d link show v0
ip -d -j link show v0
ip link set v0 type bond_slave actor_port_prio 65536
! ip link set v0 nomaster
ip link add b1 address 02:00:00:00:00:b1 type bond mode active-backup lacp_strict on
ip link add b1 address 02:00:00:00:00:b1 type bond mode active-backup arp_missed_max 5 broadcast_neighbor on
ip -d link show b1
# Bridges: the querier, the limit of learned entries, port settings.
ip link add br0 address 02:00:00:00:00:c0 type bridge fdb_max_learned 7
! ip link del br0 || true
ip link add br1 address 02:00:00:00:00:c1 type bridge mcast_querier 1 mcast_snooping 1
! ip link set d3 master br1
! ip link set br1 up
! ip addr add 10.9.0.1/24 dev br1
! sleep 1.5
ip -d link show br1 | grep -o 'mcast_querier.*'
ip -d -j link show br1 | grep -o '"mcast_querier.*'
ip link set br1 type bridge fdb_local_vlan_0 1
ip -d link show br1 | grep -o 'fdb_.*'
ip -d -j link show br1 | grep -o '"fdb_.*'
ip link set br1 type bridge mst_enabled 1
ip link set br1 type bridge vlan_filtering 1 mcast_vlan_snooping 1
ip -d link show br1 | grep -o 'vlan_filtering.*'
ip link set br1 type bridge fdb_max_learned x
ip link set d3 type bridge_slave mcast_max_groups 9
ip link set d3 type bridge_slave neigh_vlan_suppress on
ip link set d3 type bridge_slave backup_nhid 5
ip -d link show d3 | grep -o 'bridge_slave.*' | sed -E 's/_timer +[0-9.]+/_timer N/g'
ip -d -j link show d3 | grep -o '"info_slave.*' | sed -E 's/_timer":[0-9.]+/_timer":N/g'
# Settings of a device's addresses.
ip link set v0 inet forwarding on
ip link set v0 inet proxy_arp on rp_filter 1
ip link set v0 inet nosuch on
ip -d link show v0
ip -d -j link show v0
# VXLAN, GENEVE, macvlan: words of newer kernels.
ip link add x0 address 02:00:00:00:02:00 type vxlan id 7 dstport 4789 local 10.9.0.1 nolocalbypass
ip link add x1 address 02:00:00:00:02:01 type vxlan id 8 dstport 4790 external vnifilter
ip link add x2 address 02:00:00:00:02:02 type vxlan id 9 dstport 4791 reserved_bits 0x0100000000000000
ip link add x3 address 02:00:00:00:02:03 type vxlan id 9 dstport 4791 mcroute
ip -d link show type vxlan
ip -d -j link show type vxlan
ip link add g0 address 02:00:00:00:03:00 type geneve id 5 remote 10.0.0.9 port_range 5000 6000
ip link add g1 address 02:00:00:00:03:01 type geneve id 6 remote 10.0.0.9 innerprotoinherit
ip -d link show type geneve
ip -d -j link show type geneve
ip link add link d1 m0 address 02:00:00:00:04:00 type macvlan mode bridge bclim 5
ip -d link show m0
ip link set m0 type macvlan bclim 7
ip -d -j link show m0
ip link add link d2 s0 type macsec port 7
ip -d link show s0
# Kinds that neither guest has.
ip link add o0 type ovpn
ip link add o0 type ovpn mode p2p
ip link add o0 type ovpn mode mp
ip link add o0 type ovpn mode x
ip link add o0 type ovpn mode
ip link add o0 type ovpn help
ip link add link d1 r0 type rmnet mux_id 5
ip link add n0 type netkit mode l2 scrub none
ip link add n0 type pfcp
ip link add n0 type dsa conduit d1
# Sizes and limits of a device.
ip link set v0 gso_max_size 65000 gro_max_size 70000
ip link set v0 gso_ipv4_max_size 65001 gro_ipv4_max_size 65002
ip -d link show v0
ip -d -j link show v0
ip link set v0 down
ip link set v0 address 02:00:00:00:01:09
ip link set d1 netns-immutable on
ip link add d9 type dummy netns-immutable on
# Routes, rules, nexthops.
! ip link set lo up; ip link set v0 up; ip link set v1 up
! ip addr add 10.0.0.1/24 dev v0
ip route add 10.1.0.0/16 via 10.0.0.2 features tcp_usec_ts
ip route add 10.2.0.0/16 via 10.0.0.2 features ecn tcp_usec_ts
ip route show 10.0.0.0/8
ip -j route show root 10.0.0.0/8
ip rule add dport 80 dscp 5 pref 100
ip rule add sport 0x80/0xf0 pref 101
ip rule add dport 80-90 pref 102
ip rule add flowlabel 5 pref 103
ip -6 rule add flowlabel 5 pref 104
ip -6 rule add flowlabel 0x5/0xf pref 105
ip rule add dscp 4/6 pref 106
ip rule
ip -j rule
ip -6 rule
ip -j -6 rule
ip nexthop add id 1 via 10.0.0.2 dev v0
ip nexthop add id 2 via 10.0.0.3 dev v0
ip nexthop add id 10 group 1,300/2,65535
ip nexthop add id 11 group 1,70000/2
ip nexthop add id 12 group 1/2 hw_stats on
ip nexthop
ip -j nexthop
# Kernels before 6.9 count nothing and refuse to be asked; the reference asks in spite of that and shows nothing.
! old() { case $(uname -r) in [0-5].*|6.[0-8].*) true;; *) false;; esac; }
old || ip -s nexthop
old || ip -s -j nexthop
old || ip -s -s nexthop
old || ip nexthop get id 10
old || ip -s nexthop get id 10
ip -s nexthop show id 1
= id 1 via 10.0.0.2 dev v0 scope link 
ip -s -j nexthop get id 1
= [{"id":1,"gateway":"10.0.0.2","dev":"v0","scope":"link","flags":[]}]
! ip route add 10.3.0.0/16 nhid 1
ip -d route show 10.3.0.0/16
= unicast 10.3.0.0/16 nhid 1 via 10.0.0.2 dev v0 proto boot scope global 
= 	nh_info id 1 via 10.0.0.2 dev v0 scope link proto unspec 
ip -s -d route show 10.3.0.0/16
= unicast 10.3.0.0/16 nhid 1 via 10.0.0.2 dev v0 proto boot scope global 
= 	nh_info id 1 via 10.0.0.2 dev v0 scope link proto unspec 
ip nexthop del id 12
# Addresses and neighbours.
ip addr add 10.0.0.5/24 dev v0 proto 7
ip addr show v0
ip -j addr show v0
ip addr show dev v0 proto 7
ip neigh add 10.0.0.7 lladdr 02:00:00:00:00:77 dev v0 extern_valid
ip neigh add 10.0.0.8 lladdr 02:00:00:00:00:78 dev v0 managed
ip neigh add 10.0.0.9 dev v0 use extern_learn
ip neigh show to 10.0.0.7 
ip -j neigh show to 10.0.0.7
# The current nsid of another namespace.
! ip netns add n1; ip netns add n2; ip netns set n1 7; ip -n n1 netns set n2 9 || true
ip netns list-id
ip -j netns list-id
ip netns list-id target-nsid 7
ip -j netns list-id target-nsid 7
ip netns list-id nsid 7
ip netns list-id target-nsid 7 nsid 9
ip netns list-id target-nsid 8
ip -n n1 netns list-id
# A port that begins to forward would be an event in between.
! ip link del br1
# What goes, in brief: "Deleted ", which the reference prints, too; it runs all events together.
! begin() { command ip "$@" >/run/m 2>/run/m.err & M=$!; until awk '$2 == 0 && $4 != "00000000" { f = 1 } END { exit !f }' /proc/net/netlink; do sleep 0.02; done; sleep 0.1; }
! finish() { sleep 0.3; kill $M; wait $M 2>/dev/null; cat /run/m; head -1 /run/m.err; }
! ip neigh del 10.0.0.8 dev v0; ip link add w0 address 02:00:00:00:09:09 type dummy; ip link set w0 addrgenmode none; ip link set w0 up; ip addr add 10.77.0.1/24 dev w0; ip neigh add 10.77.0.9 lladdr 02:00:00:00:00:79 dev w0; ip route add 10.78.0.0/16 via 10.77.0.3
begin -br monitor neigh dev w0; ip neigh del 10.77.0.9 dev w0; finish
begin -br monitor route; ip route del 10.78.0.0/16; finish
begin -br monitor address; ip addr del 10.77.0.1/24 dev w0; finish | sed 's/[0-9]*: w0/N: w0/'
= Deleted N: w0    inet 10.77.0.1/24 scope global w0
=        valid_lft forever preferred_lft forever
begin -br monitor link; ip link set w0 down; ip link del w0; finish
= w0               DOWN           02:00:00:00:09:09 <BROADCAST,NOARP> 
= Deleted w0               DOWN           02:00:00:00:09:09 <BROADCAST,NOARP> 
# Multicast and anycast addresses that are joined and left.
! ip link set v1 addrgenmode none; echo 0 >/proc/sys/net/ipv6/conf/v1/disable_ipv6; ip -6 addr add 2001:db8::1/64 dev v1 nodad
! join() { ip addr add 239.1.1.1/32 dev v0 autojoin; ip addr del 239.1.1.1/32 dev v0; echo 1 >/proc/sys/net/ipv6/conf/v1/forwarding; echo 0 >/proc/sys/net/ipv6/conf/v1/forwarding; }
begin monitor maddress link; join; finish
begin monitor acaddress link; join; finish
begin -o monitor maddress acaddress link; join; finish
begin -d monitor maddress acaddress link label; join; finish
