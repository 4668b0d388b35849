# Every word of the kinds that this kernel has, set on a device and shown.
! echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6
! ip link add br0 address 02:00:00:00:00:b0 type bridge
! ip link add d0 address 02:00:00:00:00:01 type veth peer name d1 address 02:00:00:00:00:02
! ip link add d2 address 02:00:00:00:00:03 type veth peer name d3 address 02:00:00:00:00:04
! ip link set d0 master br0
! ip link set d2 master br0
# bridge
ip link set br0 type bridge forward_delay 400
ip link set br0 type bridge hello_time 300
ip link set br0 type bridge max_age 1000
ip link set br0 type bridge ageing_time 10000
ip link set br0 type bridge ageing_time 4294967295
ip link set br0 type bridge priority 4096
ip link set br0 type bridge vlan_filtering 1
ip link set br0 type bridge vlan_protocol 802.1ad
ip link set br0 type bridge vlan_protocol 802.1Q
ip link set br0 type bridge group_fwd_mask 8
ip link set br0 type bridge group_fwd_mask 7
ip link set br0 type bridge group_address 01:80:c2:00:00:05
ip link set br0 type bridge group_address 01:02:03:04:05:06
ip link set br0 type bridge no_linklocal_learn 1
ip link set br0 type bridge fdb_flush
ip link set br0 type bridge vlan_default_pvid 7
ip link set br0 type bridge vlan_default_pvid 5000
ip link set br0 type bridge vlan_stats_enabled 1
ip link set br0 type bridge vlan_stats_per_port 1
ip link set br0 type bridge mcast_snooping 0
ip link set br0 type bridge mcast_snooping 1
ip link set br0 type bridge mcast_vlan_snooping 1
ip link set br0 type bridge mcast_router 2
ip link set br0 type bridge mcast_router 5
ip link set br0 type bridge mcast_query_use_ifaddr 1
ip link set br0 type bridge mcast_querier 1
ip link set br0 type bridge mcast_hash_elasticity 8
ip link set br0 type bridge mcast_hash_max 512
ip link set br0 type bridge mcast_hash_max 513
ip link set br0 type bridge mcast_last_member_count 3
ip link set br0 type bridge mcast_startup_query_count 4
ip link set br0 type bridge mcast_last_member_interval 200
ip link set br0 type bridge mcast_membership_interval 20000
ip link set br0 type bridge mcast_querier_interval 30000
ip link set br0 type bridge mcast_query_interval 15000
ip link set br0 type bridge mcast_query_response_interval 800
ip link set br0 type bridge mcast_startup_query_interval 5000
ip link set br0 type bridge mcast_stats_enabled 1
ip link set br0 type bridge mcast_igmp_version 3
ip link set br0 type bridge mcast_igmp_version 4
ip link set br0 type bridge mcast_mld_version 2
ip link set br0 type bridge nf_call_iptables 1
ip link set br0 type bridge nf_call_ip6tables 1
ip link set br0 type bridge nf_call_arptables 1
ip link set br0 type bridge stp_state 1
ip link set br0 type bridge stp_state 0
ip link set br0 type bridge hello_time 1
ip link set br0 type bridge max_age 1
ip link set br0 type bridge forward_delay 1
ip -d link show br0
ip -d -j link show br0
ip -d -j -p link show br0
# its ports
ip link set d0 type bridge_slave state 1
ip link set d0 type bridge_slave state 3
ip link set d0 type bridge_slave state 7
ip link set d0 type bridge_slave priority 63
ip link set d0 type bridge_slave priority 64
ip link set d0 type bridge_slave cost 5
ip link set d0 type bridge_slave cost 0
ip link set d0 type bridge_slave hairpin on
ip link set d0 type bridge_slave guard on
ip link set d0 type bridge_slave root_block on
ip link set d0 type bridge_slave fastleave on
ip link set d0 type bridge_slave learning off
ip link set d0 type bridge_slave flood off
ip link set d0 type bridge_slave mcast_flood off
ip link set d0 type bridge_slave bcast_flood off
ip link set d0 type bridge_slave mcast_to_unicast on
ip link set d0 type bridge_slave proxy_arp on
ip link set d0 type bridge_slave proxy_arp_wifi on
ip link set d0 type bridge_slave mcast_router 2
ip link set d0 type bridge_slave mcast_router 9
ip link set d0 type bridge_slave mcast_fast_leave off
ip link set d0 type bridge_slave neigh_suppress on
ip link set d0 type bridge_slave vlan_tunnel on
ip link set d0 type bridge_slave isolated on
ip link set d0 type bridge_slave locked on
ip link set d0 type bridge_slave group_fwd_mask 16388
ip link set d0 type bridge_slave group_fwd_mask 7
ip link set d0 type bridge_slave backup_port d2
ip link set d0 type bridge_slave fdb_flush
ip -d link show d0
ip -d -j link show d0
ip -d -j -p link show d0
ip link set d0 type bridge_slave nobackup_port
ip -d link show d0
ip link set d3 type bridge_slave learning on
ip link set br0 type bridge_slave learning on
ip link set d3 type bond_slave queue_id 1
# macvlan
ip link add link d1 k0 address 02:00:00:00:01:00 type macvlan mode source macaddr add 02:00:00:00:00:09
ip link set k0 type macvlan macaddr add 02:00:00:00:00:0a
ip -d link show k0
ip -d -j link show k0
ip link set k0 type macvlan macaddr del 02:00:00:00:00:09
ip -d link show k0
ip -d -j link show k0
ip link set k0 type macvlan macaddr set 02:00:00:00:00:0b 02:00:00:00:00:0c
ip -d link show k0
ip -d -j link show k0
ip link set k0 type macvlan macaddr flush
ip -d link show k0
ip -d -j link show k0
ip link set k0 type macvlan macaddr set
ip -d link show k0
ip -d -j link show k0
ip link set k0 type macvlan flag nodst
ip -d link show k0
ip -d -j link show k0
ip link set k0 type macvlan bcqueuelen 7
ip -d link show k0
ip -d -j link show k0
ip link set k0 type macvlan bcqueuelen 0
ip -d link show k0
ip -d -j link show k0
ip link set k0 type macvlan mode vepa
ip -d link show k0
ip -d -j link show k0
ip link set k0 type macvlan mode source
ip -d link show k0
ip -d -j link show k0
ip link set k0 type macvlan mode passthru
ip -d link show k0
ip -d -j link show k0
ip link set k0 type macvlan nodst mode source
ip -d link show k0
ip -d -j link show k0
ip link del k0
ip link add link d1 k0 address 02:00:00:00:01:00 type macvlan mode passthru nopromisc
ip -d link show k0
ip -d -j link show k0
ip link add link d1 k1 address 02:00:00:00:01:01 type macvlan
ip link del k0 type macvlan
ip link add link d1 k0 address 02:00:00:00:01:00 type macvtap mode source macaddr add 02:00:00:00:00:09
ip link set k0 type macvtap macaddr add 02:00:00:00:00:0a
ip -d link show k0
ip -d -j link show k0
ip link set k0 type macvtap macaddr del 02:00:00:00:00:09
ip -d link show k0
ip -d -j link show k0
ip link set k0 type macvtap macaddr set 02:00:00:00:00:0b 02:00:00:00:00:0c
ip -d link show k0
ip -d -j link show k0
ip link set k0 type macvtap macaddr flush
ip -d link show k0
ip -d -j link show k0
ip link set k0 type macvtap macaddr set
ip -d link show k0
ip -d -j link show k0
ip link set k0 type macvtap flag nodst
ip -d link show k0
ip -d -j link show k0
ip link set k0 type macvtap bcqueuelen 7
ip -d link show k0
ip -d -j link show k0
ip link set k0 type macvtap bcqueuelen 0
ip -d link show k0
ip -d -j link show k0
ip link set k0 type macvtap mode vepa
ip -d link show k0
ip -d -j link show k0
ip link set k0 type macvtap mode source
ip -d link show k0
ip -d -j link show k0
ip link set k0 type macvtap mode passthru
ip -d link show k0
ip -d -j link show k0
ip link set k0 type macvtap nodst mode source
ip -d link show k0
ip -d -j link show k0
ip link del k0
ip link add link d1 k0 address 02:00:00:00:01:00 type macvtap mode passthru nopromisc
ip -d link show k0
ip -d -j link show k0
ip link add link d1 k1 address 02:00:00:00:01:01 type macvtap
ip link del k0 type macvtap
# ifb and veth
ip link add i0 address 02:00:00:00:02:00 numtxqueues 2 type ifb
ip -d link show i0
ip link set i0 type ifb
ip link del i0
ip link add p0 address 02:00:00:00:02:01 mtu 1400 numrxqueues 2 type veth peer name p1 address 02:00:00:00:02:02 mtu 1300 numtxqueues 3 txqueuelen 7 alias other
* ip link show p0
* ip link show p1
ip link set p0 type veth
ip link set p0 type veth peer name p2
ip link add p3 type veth peer name p1
ip link add p3 type veth peer address 02:00
ip link del p0
ip link show p1
# vxlan: 7.1 shows more, in another order
ip link add x0 address 02:00:00:00:03:00 type vxlan id 5 dstport 4789 local 10.0.0.1 remote 10.0.0.2 dev d1 srcport 100 200 ttl 7 tos 0x10 df set ageing 50 maxaddress 9
{ ip -d -j link show x0
ip -d link show x0 | sed -n '3s/addrgenmode.*//p'
ip link set x0 type vxlan id 5 ttl 8
ip link set x0 type vxlan id 5 dstport 4790
ip link set x0 type vxlan ageing 60
ip link set x0 type vxlan id 6
ip link set x0 type vxlan id 5 remote 10.0.0.9
ip link set x0 type vxlan learning
ip link set x0 type vxlan vnifilter
ip link set x0 type vxlan vnifilter id 6
ip link set x0 type vxlan novnifilter
ip link set x0 type vxlan id 5 nolearning
ip link set x0 type vxlan id 5 proxy
ip link set x0 type vxlan id 5 ttl inherit
ip link set x0 type vxlan external
ip link del x0
