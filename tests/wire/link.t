! ip link add d0 type veth peer name d1
! ip link add br0 type bridge
! ip netns add n1
ip link add e0 type veth
ip link add e1 type veth peer name e2
ip link add name e3 type veth peer e4
ip link add e5 mtu 1400 txqueuelen 7 address 02:00:00:00:00:01 numtxqueues 2 numrxqueues 3 type veth peer name e6 mtu 1500 address 02:00:00:00:00:02 numtxqueues 4 txqueuelen 9
ip link add e7 type veth peer name e8 netns n1
ip link add e9 netns n1 type veth peer name f0
ip link add index 77 name f1 type veth peer name f2 index 78
ip link add link d0 name g0 up broadcast ff:ff:ff:ff:ff:00 group 5 type macvlan mode bridge
ip link add type dummy
ip link add dum0 type dummy
ip link add dum1 alias x type dummy
ip link add gso_max_size 1000 gso_max_segs 10 gro_max_size 2000 name dum2 type dummy
ip link add br1 type bridge
ip link add br2 type bridge forward_delay 100 hello_time 200 max_age 600 ageing_time 7 stp_state 1 priority 5
ip link add br3 type bridge vlan_filtering 1 vlan_protocol 802.1ad vlan_default_pvid 5 vlan_stats_enabled 1
ip link add br4 type bridge mcast_snooping 0 mcast_router 2 mcast_querier 1 group_fwd_mask 8 group_address 01:80:c2:00:00:03
ip link add ifb5 type ifb
ip link add m0 link d0 type macvlan
ip link add m1 link d0 type macvlan mode private nopromisc
ip link add m2 link d0 type macvlan mode source macaddr add 02:00:00:00:00:09
ip link add m3 link d0 type macvlan mode source macaddr set 02:00:00:00:00:09 02:00:00:00:00:0a
ip link add m4 link d0 type macvlan mode passthru bcqueuelen 100
ip link add m5 link d0 type macvtap mode vepa
ip link set m1 type macvlan macaddr flush
ip link add link d0 name d0.5 type vlan id 5
ip link add link d0 name d0.6 type vlan protocol 802.1ad id 6 reorder_hdr off gvrp on mvrp on loose_binding on
ip link add link d0 name d0.7 type vlan id 7 ingress-qos-map 1:2 3:4 egress-qos-map 5:6
ip link add x0 type vxlan id 42 dstport 4789
ip link add x1 type vxlan id 43 local 10.0.0.1 remote 10.0.0.2 dstport 4789 dev d0 ttl 7 tos 0x10
ip link add x2 type vxlan vni 44 group 239.0.0.1 dev d0 dstport 0
ip link add x3 type vxlan id 45 remote 2001:db8::2 local 2001:db8::1 dstport 4789
ip link add x4 type vxlan id 46 dstport 4790 nolearning proxy rsc l2miss l3miss
ip link add x5 type vxlan dstport 4791 external
ip link add x6 type vxlan id 48 dstport 4792 port 1000 2000 ageing 100 maxaddress 10
ip link add x7 type vxlan id 48 dstport 4792 ttl inherit tos inherit df set label 5 udpcsum noudp6zerocsumtx udp6zerocsumrx remcsumtx remcsumrx gbp
ip link set d0 up
ip link set d0 down
ip link set dev d0 up mtu 1400 txqueuelen 5
ip link set d0 arp off multicast off allmulticast on promisc on
ip link set d0 arp on multicast on allmulticast off promisc off
ip link set d0 name dd
ip link set dd name d0
ip link set d0 address 02:00:00:00:00:07 broadcast ff:ff:ff:ff:ff:ff
ip link set d0 alias "some text"
ip link set d0 alias ""
ip link set d0 group 7
ip link set d0 group default
ip link set group 7 up
ip link set d0 addrgenmode none
ip link set d0 addrgenmode stable_secret
ip link set d0 master br0
ip link set d0 nomaster
ip link set d0 netns n1
ip link set d1 carrier off
ip link set d1 protodown on
ip link set d1 protodown on protodown_reason 3 on
ip link set d1 link-netnsid 5
ip link set d1 mode dormant
ip link set d1 state up
ip link set d1 gso_max_size 1000 gso_max_segs 10
ip link set br0 type bridge ageing_time 5
ip link set d1 type bridge_slave cost 5 priority 6 hairpin on guard off learning on flood on
ip link set d1 vf 0 mac 02:00:00:00:00:01 vlan 5 qos 3 spoofchk on trust on
ip link set d1 vf 0 rate 5
ip link set d1 vf 1 max_tx_rate 10 min_tx_rate 5 state auto query_rss on
ip link property add dev d1 altname one altname two
ip link property del dev d1 altname one
ip link del d1
ip link del dev br1 type bridge
ip link del group 99
ip link add g1 type nosuchkind
