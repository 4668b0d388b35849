! ip link add d0 type veth peer name d1
! ip link add br0 type bridge
ip link add vrf1 type vrf table 10
ip link add vrf2 type vrf table main
ip link add vrf3 type vrf table 4294967295
ip link add b0 type bond mode active-backup miimon 100 updelay 200 downdelay 300 peer_notify_delay 400 use_carrier 1
ip link add b1 type bond mode 4 lacp_rate fast lacp_active on ad_select count ad_user_port_key 5 ad_actor_sys_prio 7 ad_actor_system 02:00:00:00:00:09
ip link add b2 type bond arp_interval 100 arp_ip_target 10.0.0.1,10.0.0.2 ns_ip6_target 2001:db8::1,2001:db8::2 arp_validate all arp_all_targets any arp_missed_max 5
ip link add b3 type bond primary d0 primary_reselect better fail_over_mac follow active_slave d1 clear_active_slave
ip link add b4 type bond xmit_hash_policy layer2+3 resend_igmp 2 num_grat_arp 3 num_unsol_na 4 all_slaves_active 1 min_links 2 lp_interval 3 packets_per_slave 4 tlb_dynamic_lb 0
ip link add b5 type bond arp_ip_target
ip link set d0 type bond_slave queue_id 3 prio -5
ip link add i0 link d0 type ipvlan
ip link add i1 link d0 type ipvlan mode l2
ip link add i2 link d0 type ipvlan mode l3s vepa
ip link add i3 link d0 type ipvlan private mode l3
ip link add i4 link d0 type ipvtap bridge
ip link add h0 type hsr slave1 d0 slave2 d1
ip link add h1 type hsr slave1 d0 slave2 d1 supervision 45 version 1
ip link add h2 type hsr slave1 d0 slave2 d1 proto 1
ip link add x0 type xfrm dev d0 if_id 0x10
ip link add x1 type xfrm if_id 5
ip link add x2 type xfrm external
ip link add c0 type vxcan
ip link add c1 type vxcan peer name c2
ip link add c3 type vcan
ip link add n0 type nlmon
ip link add t0 type team
ip link add k0 type can bitrate 500000 sjw 1 tq 2
ip link add k1 type can tq 5 sample-point 0.875 prop-seg 1 phase-seg1 2 phase-seg2 3
ip link add k2 type can bitrate 500000 sample-point 0.29 dbitrate 2000000 dsample-point 0.7 fd on
ip link add k3 type can sample-point 0.5
ip link add k4 type can loopback on listen-only off triple-sampling on one-shot on berr-reporting on fd-non-iso on presume-ack on cc-len8-dlc on
ip link add k5 type can tdc-mode auto tdcf 3 tdcv 1 tdco 0
ip link add k6 type can tdc-mode off
ip link add k7 type can tdc-mode manual tdc-mode auto
ip link add k8 type can restart restart-ms 100 termination 120
ip link add k9 type can fd on tdc-mode auto dbitrate 5 tdcv 1 termination 5 restart-ms 3 loopback on
ip link add l0 type bareudp dstport 5 ethertype ipv4 nomultiproto
ip link add l0 type batadv ra BATMAN_V
ip link add l0 type batadv r x
ip link add l0 type bond ad_actor_sys_prio 1 ad_select bandwidth arp_validate filter_active xmit_hash_policy vlan+srcmac fail_over_mac active primary_reselect failure
ip link add l0 type bridge fdb_flush mcast_hash_elasticity 5 mcast_hash_max 512 mcast_igmp_version 3 mcast_mld_version 2 mcast_stats_enabled 1
ip link add l0 type bridge mcast_last_member_count 1 mcast_startup_query_count 2 mcast_last_member_interval 3 mcast_membership_interval 4 mcast_querier_interval 5
ip link add l0 type bridge mcast_query_interval 6 mcast_query_response_interval 7 mcast_startup_query_interval 8 mcast_query_use_ifaddr 1
ip link add l0 type bridge nf_call_iptables 1 nf_call_ip6tables 1 nf_call_arptables 0 vlan_stats_per_port 1
ip link add l0 type bridge mcast_vlan_snooping 1
ip link add l0 type bridge no_linklocal_learn 1
ip link add l0 type bridge no_linklocal_learn 0 mcast_vlan_snooping 1
ip link add l0 type can bitrate 1 dbitrate 5 dtq 6 dprop-seg 1 dphase-seg1 2 dphase-seg2 3 dsjw 4
ip link set d0 type dsa conduit d1
ip link set d0 type dsa master d1
ip link add l0 type erspan tc 10
ip link add l0 type gre tc 10
ip link add l0 type gretap tc 10
ip link add l0 type geneve vni 5 remote 1.2.3.4
ip link add l0 link d0 type ipvlan bridge
ip link add l0 link d0 type ipvtap private mode l2
ip link add l0 link d0 type ipvtap vepa mode l3s
ip link add l0 link d0 type macvlan mode passthru nopromisc
ip link add l0 link d0 type macvlan mode source nodst
ip link add l0 link d0 type macvlan mode source flag nodst
ip link add l0 link d0 type macvlan mode passthru flag nopromisc
ip link add l0 link d0 type macvlan flag null
ip link add l0 link d0 type macvtap mode passthru nopromisc bcqueuelen 5
ip link add l0 link d0 type macvtap mode source nodst macaddr set 02:00:00:00:00:01
ip link add l0 link d0 type macvtap flag nodst
ip link set d0 type macvlan macaddr del 02:00:00:00:00:09
ip link set d0 type macvlan macaddr add 02:00:00:00:00:09 mode source
ip link add l0 type rmnet mux_id 5
ip link add l0 link d0 type vlan id 5 bridge_binding on
ip link add l0 link d0 type vlan id 5 bridge_binding off gvrp off mvrp on
ip link add l0 type vxlan id 5 dstport 0 hoplimit 7 dsfield 10 flowlabel 0xfffff srcport 1 2
ip link add l0 type vxlan id 5 dstport 0 gpe learning
ip link add l0 type vxlan id 5 dstport 0 nol2miss nol3miss noproxy norsc noremcsumrx noremcsumtx
ip link add l0 type vxlan id 5 dstport 0 noudp6zerocsumrx noudpcsum udp6zerocsumtx noexternal
ip link add l0 type vxlan external vnifilter dstport 0
ip link add l0 type vxlan external novnifilter dstport 0
ip link add l0 type vxlan id 5 dstport 4789 ttl auto df inherit ageing none maxaddress unlimited
ip link add l0 type wwan linkid 5
ip link set d0 type bridge_slave backup_port d1 bcast_flood on fastleave on fdb_flush group_fwd_mask 8 isolated on locked on
ip link set d0 type bridge_slave mcast_fast_leave on mcast_flood off mcast_router 2 mcast_to_unicast on neigh_suppress on nobackup_port
ip link set d0 type bridge_slave proxy_arp on proxy_arp_wifi off root_block on state 3 vlan_tunnel on
ip link set br0 type bridge vlan_filtering 1 stp_state 0
ip link add l0 type virt_wifi
ip link add l0 type netdevsim
ip link add l0 type ifb
ip link add l0 type lowpan
ip link add l0 type tun
ip link add l0 type wireguard
ip link add l0 type ovpn
ip link add l0 type pfcp
ip link add l0 type bond mode balance-rr
ip link add l0 type bond mode active-backup
ip link add l0 type bond mode balance-xor
ip link add l0 type bond mode broadcast
ip link add l0 type bond mode 802.3ad
ip link add l0 type bond mode balance-tlb
ip link add l0 type bond mode balance-alb
ip link add l0 type bond arp_validate none
ip link add l0 type bond arp_validate active
ip link add l0 type bond arp_validate backup
ip link add l0 type bond arp_validate all
ip link add l0 type bond arp_validate filter
ip link add l0 type bond arp_validate filter_backup
ip link add l0 type bond xmit_hash_policy layer2
ip link add l0 type bond xmit_hash_policy layer3+4
ip link add l0 type bond xmit_hash_policy layer2+3
ip link add l0 type bond xmit_hash_policy encap2+3
ip link add l0 type bond xmit_hash_policy encap3+4
ip link add l0 type bond ad_select stable arp_all_targets all fail_over_mac none lacp_active off lacp_rate slow primary_reselect always
ip link add l0 type bond mode 6 arp_validate 6 xmit_hash_policy 5 ad_select 2 lacp_rate 1 fail_over_mac 2 primary_reselect 2 lacp_active 1 arp_all_targets 1
ip link add l0 type bridge vlan_protocol 802.1Q
ip link add l0 type can loopback off listen-only on triple-sampling off one-shot off berr-reporting off fd off fd-non-iso off presume-ack off cc-len8-dlc off
ip link add l0 type ipoib mode connected
ip link add l0 link d0 type ipvtap mode l3
ip link add l0 link d0 type macvlan mode private
ip link add l0 link d0 type macvlan mode vepa
ip link set d0 type macvlan macaddr flush
ip link set d0 type macvlan macaddr set
ip link set d0 type macvtap macaddr flush
ip link set d0 type macvtap macaddr add 02:00:00:00:00:09
ip link set d0 type macvtap macaddr del 02:00:00:00:00:09
ip link add l0 link d0 type macvtap mode bridge
ip link add l0 link d0 type macvtap mode private flag null
ip link add l0 link d0 type macvtap mode passthru flag nopromisc
ip link add l0 link d0 type vlan protocol 802.1Q id 5 reorder_hdr on loose_binding off mvrp off
ip link add l0 type vxlan id 5 dstport 0 df unset
ip link add l0 link d0 type macsec cipher gcm-aes-xpn-256
ip link add l0 type geneve id 5 remote 1.2.3.4 ttl auto
ip link set d0 type bridge_slave bcast_flood off fastleave off flood off guard on hairpin off isolated off learning off locked off mcast_fast_leave off mcast_flood on mcast_to_unicast off
ip link set d0 type bridge_slave neigh_suppress off proxy_arp off proxy_arp_wifi on root_block off vlan_tunnel off
ip link add l0 type gre tos inherit
ip link add l0 type gretap tos inherit
ip link add l0 type erspan tos inherit
ip link add l0 type ipip tos inherit
ip link add l0 type sit tos inherit
ip link add l0 type ip6gre tos inherit ttl inherit flowlabel inherit
ip link add l0 type ip6gretap tos inherit ttl inherit flowlabel inherit
ip link add l0 type ip6erspan tos inherit ttl inherit flowlabel inherit
ip link add l0 type ip6tnl tos inherit ttl inherit flowlabel inherit
# Values that are out of range for the kernel alone.
ip link add l0 type bridge stp_state 7 vlan_filtering 7 vlan_stats_enabled 7 vlan_stats_per_port 7 mcast_router 7 mcast_snooping 7 mcast_query_use_ifaddr 7 mcast_querier 7 mcast_stats_enabled 7
ip link add l0 type bridge nf_call_iptables 7 nf_call_ip6tables 7 nf_call_arptables 7 vlan_protocol 0x1234 no_linklocal_learn 7 group_address 1.2.3.4
ip link add l0 type bond use_carrier 7 all_slaves_active 7 tlb_dynamic_lb 7 ad_actor_system 1.2.3.4
ip link set d0 type bridge_slave state 9 mcast_router 9
ip link add l0 type hsr slave1 d0 slave2 d1 proto 9 version 9
ip link add l0 link d0 type vlan id 65535 protocol 0x1234
ip link add l0 type bareudp dstport 5 ethertype 0x1234
# Words that only 7.1 has.
ip link add l0 type bond broadcast_neighbor on coupled_control off
ip link add l0 type bridge fdb_max_learned 100 mst_enabled 1 mdb_offload_fail_notification 1 fdb_local_vlan_0 0
ip link add l0 type bridge stp_mode user
ip link add l0 type bridge stp_mode kernel stp_mode auto
ip link add l0 type can xbitrate 1 xtq 2 xprop-seg 3 xphase-seg1 4 xphase-seg2 5 xsjw 6 xsample-point 0.75
ip link add l0 type can xl on restricted off tms on xtdc-mode manual
ip link add l0 type can xtdc-mode auto xtdcv 1 xtdco 2 xtdcf 3 pwms 4 pwml 5 pwmo 6
ip link add l0 type can xtdc-mode off
ip link add l0 type hsr slave1 d0 slave2 d1 interlink br0
ip link add l0 link d0 type macvlan bclim -1
ip link add l0 link d0 type macvtap bclim 5
ip link add l0 type netkit mode l2 forward scrub none peer blackhole scrub default name l1
ip link add l0 type netkit blackhole
ip link add l0 type netkit
ip link add l0 type rmnet mux_id 5 ingress-deaggregation on ingress-commands off ingress-mapv4-checksum on egress-mapv4-checksum on ingress-mapv5-checksum off egress-mapv5-checksum on
ip link add l0 type vxlan id 5 dstport 0 localbypass mcroute reserved_bits 0xff
ip link add l0 type vxlan id 5 dstport 0 nolocalbypass nomcroute
ip link set d0 type bond_slave actor_port_prio 300
ip link set d0 type bridge_slave neigh_vlan_suppress on neigh_forward_grat off mab on backup_nhid 7
ip link add l0 type bond broadcast_neighbor off coupled_control on
ip link add l0 type can xl off restricted on tms off
ip link add l0 type netkit mode l3
ip link add l0 type rmnet ingress-deaggregation off ingress-commands on ingress-mapv4-checksum off egress-mapv4-checksum off ingress-mapv5-checksum on egress-mapv5-checksum off
ip link set d0 type bridge_slave mab off neigh_forward_grat on neigh_vlan_suppress off
ip link add l0 type bond lacp_strict on
ip link add l0 type bond lacp_strict off
ip link add l0 type ovpn mode p2p
ip link add l0 type ovpn mode mp
# What a peer says of virtual functions.
ip link add p0 type veth peer name p1 vf 0 mac 02:00:00:00:00:09 vlan 5
ip link add p0 type vxcan peer name p1 vf 1 trust on
ip link add x2 type vxlan id 5 gpe remote 10.0.0.1
ip link add x2 type vxlan gpe external
