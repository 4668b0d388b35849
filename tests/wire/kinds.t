! ip link add d0 type dummy
! ip link add d1 type dummy
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
