# Every generic word of link add and link set, shortened and in full, and every word of virtual functions and ports.
! ip link add d0 address 02:00:00:00:00:01 type veth peer name d1 address 02:00:00:00:00:02
! ip link add br0 address 02:00:00:00:00:b0 type bridge
! ip netns add n1
! ip netns set n1 7
ip link add name a1 up link d0 address 02:00:00:00:01:01 broadcast ff:ff:ff:ff:ff:fe mtu 1400 txqueuelen 5 type macvlan
ip link add dev a2 down l d0 a 02:00:00:00:01:02 b ff:ff:ff:ff:ff:fe t 6 type macvlan
ip link add a3 brd ff:ff:ff:ff:ff:fd qlen 7 index 300 ty veth
ip link add a4 txqlen 8 multicast off allmulticast on promisc on trailers off arp off dynamic on type veth
ip link add a5 carrier off master br0 protodown on protodown_reason 4 on type veth
ip link add a6 nomaster alias text group 9 mode dormant state dormant type veth
ip link add a7 numtxqueues 2 numrxqueues 3 addrgenmode none type veth
ip link add a8 netns n1 index 301 link-netnsid 7 type veth
ip link add a9 link-netns n1 type veth
ip link add b1 gso_max_size 2000 gso_max_segs 20 gro_max_size 3000 parentdev dev0 type veth
ip link add b2 vf 0 mac 02:00:00:00:00:03 type veth
ip link add b3 m br0 al other nu 4 numr 5 addrg random dyn off type veth
ip link add b4 gso_ipv4_max_size 4000 gro_ipv4_max_size 5000 type veth
ip link add b5 inet forwarding on rp_filter 2 type veth
ip link add b6 type ''
ip link set dev d0 up
ip link set d0 down
ip link set d0 name dd
ip link set dd name d0
ip link set name d0 mtu 1450
ip link set d0 name d0
ip link set group 9 mtu 1300 type veth junk
ip link set name d0 group 5
ip link set d0 link d1
ip link set d0 l d1
ip link set d0 address 02:00:00:00:00:11
ip link set d0 a 02:00:00:00:00:12
ip link set d0 broadcast ff:ff:ff:ff:ff:fe
ip link set d0 brd ff:ff:ff:ff:ff:fd
ip link set d0 b ff:ff:ff:ff:ff:ff
ip link set d0 txqueuelen 5
ip link set d0 qlen 6
ip link set d0 txqlen 7
ip link set d0 t 8
ip link set d0 mtu 0x500
ip link set d0 mtu ' 1400'
ip link set d0 multicast off allmulticast on
ip link set d0 promisc on trailers off
ip link set d0 arp off dynamic on
ip link set d0 arp on dyn off
ip link set d0 carrier off
ip link set d0 carrier on
ip link set d0 master br0
ip link set d0 m br0
ip link set d0 n
ip link set d0 nomaster
ip link set d0 alias text
ip link set d0 al ''
ip link set d0 group 9
ip link set d0 mode dormant
ip link set d0 mode Default
ip link set d0 state Dormant
ip link set d0 numtxqueues 5 numrxqueues 6
ip link set d0 nu 5
ip link set d0 addrgenmode random
ip link set d0 addrg EUI64
ip link set d0 link-netns n1
ip link set d0 link-netnsid 7
ip link set d0 protodown on
ip link set d0 protodown_reason 4 on protodown_reason 5 off
ip link set d0 protodown off
ip link set d0 gso_max_size 2000 gso_max_segs 20 gro_max_size 3000
ip link set d0 parentdev dev0
ip link set d0 type veth
ip link set d0 type ''
ip link set d0 ty nosuch
ip link set group 9 up mtu 1400
ip link set group 9 alias x type veth
ip link set d0 gso_ipv4_max_size 4000
ip link set d0 gro_ipv4_max_size 5000
ip link set d0 inet forwarding off proxy_arp on accept_redirects off secure_redirects on send_redirects off shared_media on accept_source_route off bootp_relay on log_martians off arp_filter on disable_xfrm off disable_policy on promote_secondaries off arp_notify on accept_local off src_vmark on proxy_arp_pvlan off route_localnet on bc_forwarding on ignore_routes_with_linkdown on drop_unicast_in_l2_multicast off drop_gratuitous_arp on arp_evict_nocarrier off
ip link set d0 inet rp_filter 2 tag 3 medium_id -4 force_igmp_version 5 arp_announce 6 arp_ignore 7 arp_accept 8 igmpv2_unsolicited_report_interval 9 igmpv3_unsolicited_report_interval 10 mtu 1400
ip link set d0 xdp off
ip link set d0 xdp none
ip link set d0 xdpgeneric off
ip link set d0 xdpdrv off
ip link set d0 xdpoffload off
ip -force link set d0 xdp off
ip -force link set d0 xdpgeneric off
ip link set d0 vf 0 mac 02:00:00:00:00:05
ip link set d0 vf 3 mac 00:01:02:03:04:05:06:07:08:09:0a:0b:0c:0d:0e:0f:10:11:12:13
ip link set d0 vf 0 vlan 5
ip link set d0 vf 0 vlan 5 qos 3
ip link set d0 vf 0 vlan 5 qos 3 proto 802.1Q
ip link set d0 vf 0 vlan 5 proto 802.1ad
ip link set d0 vf 0 vlan 5 proto 802.1ad vlan 6 vlan 7 qos 2 proto 802.1ad
ip link set d0 vf 0 vlan 5 proto 802.1ad trust on vlan 6
ip link set d0 vf 0 vlan 5 vlan 6 proto 802.1ad
ip link set d0 vf 0 vl 5 q 1 p 802.1q
ip link set d0 vf 0 rate 100
# With one rate given, the reference takes the other from what it reads of a function that is not there: stray memory.
ip link set d0 vf 0 max_tx_rate 100
> NEWLINK 5 00000000 03000000 00000000 00000000 22{1{6=000000000000000064000000}}
ip link set d0 vf 0 min_tx_rate 10
> NEWLINK 5 00000000 03000000 00000000 00000000 22{1{6=000000000a00000000000000}}
ip link set d0 vf 0 max_tx_rate 100 min_tx_rate 10
ip link set d0 vf 0 max_tx_rate 0 min_tx_rate 10
ip link set d0 vf 0 spoofchk on query_rss off trust on
ip link set d0 vf 0 state auto
ip link set d0 vf 0 state enable
ip link set d0 vf 0 st disable
# The reference leaves the padding of these structures to chance.
ip link set d0 vf 0 node_guid 00:11:22:33:44:55:66:77 port_guid 88:99:aa:bb:cc:dd:ee:ff
> NEWLINK 5 00000000 03000000 00000000 00000000 22{1{10=00000000000000007766554433221100 11=0000000000000000ffeeddccbbaa9988}}
# The reference sends two lists, of which the kernel reads the last.
ip link set d0 vf 0 trust on vf 1 trust off mtu 1400
> NEWLINK 5 00000000 03000000 00000000 00000000 4=78050000 22{1{9=0000000001000000} 1{9=0100000000000000}}
ip link set d0 vf -1 trust on
ip link set d0 netns n1 index 302
ip -n n1 link set d0 netns n1
ip link set d1 type bridge_slave fdb_flush state 3 priority 5 cost 6 hairpin on guard on root_block on fastleave on learning on flood on
ip link set d1 type bridge_slave hairpin off guard off root_block off fastleave off learning off flood off
ip link set d1 type bridge_slave proxy_arp on proxy_arp_wifi on mcast_router 1 mcast_fast_leave on mcast_flood on bcast_flood on mcast_to_unicast on
ip link set d1 type bridge_slave group_fwd_mask 0xc neigh_suppress on vlan_tunnel on isolated on locked on backup_port br0
ip link set d1 type bridge_slave f prio 5 h on l on nobackup_port
ip link set d1 type bridge_slave nobackup_port
ip link set d1 type bridge_slave h on
ip link set d1 type bridge_slave g on
ip link set d1 type bridge_slave r on
ip link set d1 type bridge_slave f on
ip link set d1 type bridge_slave fa on
ip link set d1 type bridge_slave l on
ip link set d1 type bridge_slave fl on
ip link set d1 type bridge_slave m on
ip link set d1 type bridge_slave mcast_ on
ip link set d1 type bridge_slave mcast_f on
ip link set d1 type bridge_slave mcast_fa on
ip link set d1 type bridge_slave mcast_t on
ip link set d1 type bridge_slave mcast_r 1
ip link set d1 type bridge_slave b on
ip link set d1 type bridge_slave ba br0
ip link set d1 type bridge_slave p 1
ip link set d1 type bridge_slave pr 2
ip link set d1 type bridge_slave pro on
ip link set d1 type bridge_slave proxy_arp_ on
ip link set d1 type bridge_slave n on
ip link set d1 type bridge_slave ne on
ip link set d1 type bridge_slave no
ip link set d1 type bridge_slave v on
ip link set d1 type bridge_slave i on
ip link set d1 type bridge_slave lo on
ip link set d1 type bridge_slave s 1
ip link set d1 type bridge_slave c 2
ip link set d1 type bridge_slave gr 3
ip link set d1 type bridge_slave neigh_vlan_suppress on neigh_forward_grat off mab on backup_nhid 7
ip link set d1 type bond_slave queue_id 3 prio -5
ip link set d1 type bond_slave q 3 actor_port_prio 300
ip link set d1 type team_slave
ip link set d1 type vrf_slave
ip link property add d1 alt x
ip link property del dev d1 altname x altname y
ip link del group 9
ip link del name d1
ip link set d0 vf 0 min_tx_rate 5 rate 100
ip link set d0 vf 0 rate 100 min_tx_rate 0
