# The words of kinds: help, and what is said of bad ones. No kernel need know the kind.
! echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6
! ip link add v0 address 02:00:00:00:00:01 type veth peer name v1 address 02:00:00:00:00:02
for k in amt bareudp batadv bond bond_slave bridge bridge_slave can dsa dummy erspan geneve gre gretap gtp hsr ifb; do ip link help $k >/dev/null || echo $k; done
for k in ip6erspan ip6gre ip6gretap ip6tnl ipip ipoib ipvlan ipvtap macsec macvlan macvtap netdevsim nlmon rmnet sit; do ip link help $k >/dev/null || echo $k; done
for k in team team_slave vcan veth virt_wifi vlan vrf vti vti6 vxcan vxlan wwan xfrm; do ip link help $k >/dev/null || echo $k; done
ip link help dummy
ip link help wireguard
ip link help nosuch
ip link help vla
# amt
ip link add x0 link v0 type amt mode
ip link add x0 link v0 type amt mode x
ip link add x0 link v0 type amt mode gat
ip link add x0 link v0 type amt local
ip link add x0 link v0 type amt local x
ip link add x0 link v0 type amt local 1.2.3.4/5
ip link add x0 link v0 type amt local 1.2.3.4 local 1.2.3.5
ip link add x0 link v0 type amt discovery x
ip link add x0 link v0 type amt discovery 1.2.3.4 discovery 1.2.3.5
ip link add x0 link v0 type amt dev
ip link add x0 link v0 type amt dev nosuch
ip link add x0 link v0 type amt relay_port 65536
ip link add x0 link v0 type amt relay_port -1
ip link add x0 link v0 type amt relay_port
ip link add x0 link v0 type amt gateway_port x
ip link add x0 link v0 type amt max_tunnels -1
ip link add x0 link v0 type amt max_tunnels 4294967296
ip link add x0 link v0 type amt relay
ip link add x0 link v0 type amt foo
ip link add x0 link v0 type amt mode relay
# bareudp
ip link add x0 link v0 type bareudp dstport
ip link add x0 link v0 type bareudp dstport x
ip link add x0 link v0 type bareudp dstport 65536
ip link add x0 link v0 type bareudp dstport 5
ip link add x0 link v0 type bareudp ethertype ipv4
ip link add x0 link v0 type bareudp ethertype x
ip link add x0 link v0 type bareudp ethertype 65536
ip link add x0 link v0 type bareudp srcportmin x
ip link add x0 link v0 type bareudp srcportmin
ip link add x0 link v0 type bareudp dstport 5 dstport 6 ethertype ipv4
ip link add x0 link v0 type bareudp ethertype 1 ethertype 2
ip link add x0 link v0 type bareudp srcportmin 1 srcportmin 2
ip link add x0 link v0 type bareudp multiproto nomultiproto
ip link add x0 link v0 type bareudp nomultiproto multiproto
ip link add x0 link v0 type bareudp foo
ip link add x0 link v0 type bareudp m
ip link add x0 link v0 type bareudp help
# batadv
ip link add x0 link v0 type batadv ra
ip link add x0 link v0 type batadv foo
ip link add x0 link v0 type batadv rax
# bond
ip link add x0 link v0 type bond mode
ip link add x0 link v0 type bond mode x
ip link add x0 link v0 type bond mode 7
ip link add x0 link v0 type bond mode -1
ip link add x0 link v0 type bond active_slave nosuch
ip link add x0 link v0 type bond miimon x
ip link add x0 link v0 type bond miimon -1
ip link add x0 link v0 type bond miimon 4294967296
ip link add x0 link v0 type bond use_carrier 256
ip link add x0 link v0 type bond arp_ip_target x
ip link add x0 link v0 type bond arp_ip_target 1.2.3.4,x
ip link add x0 link v0 type bond ns_ip6_target 1.2.3.4
ip link add x0 link v0 type bond arp_validate x
ip link add x0 link v0 type bond arp_all_targets x
ip link add x0 link v0 type bond primary nosuch
ip link add x0 link v0 type bond primary_reselect 3
ip link add x0 link v0 type bond fail_over_mac x
ip link add x0 link v0 type bond xmit_hash_policy x
ip link add x0 link v0 type bond resend_igmp x
ip link add x0 link v0 type bond num_grat_arp 256
ip link add x0 link v0 type bond all_slaves_active x
ip link add x0 link v0 type bond min_links x
ip link add x0 link v0 type bond lp_interval x
ip link add x0 link v0 type bond packets_per_slave x
ip link add x0 link v0 type bond lacp_rate x
ip link add x0 link v0 type bond lacp_active x
ip link add x0 link v0 type bond ad_select x
ip link add x0 link v0 type bond ad_user_port_key 65536
ip link add x0 link v0 type bond ad_actor_sys_prio x
ip link add x0 link v0 type bond ad_actor_system x
ip link add x0 link v0 type bond tlb_dynamic_lb 256
ip link add x0 link v0 type bond arp_missed_max x
ip link add x0 link v0 type bond foo
ip link add x0 link v0 type bond updelay
ip link add x0 link v0 type bond updelay x
ip link add x0 link v0 type bond downdelay x
ip link add x0 link v0 type bond peer_notify_delay x
ip link add x0 link v0 type bond arp_interval x
# bridge
ip link add x0 link v0 type bridge forward_delay x
ip link add x0 link v0 type bridge hello_time x
ip link add x0 link v0 type bridge max_age -1
ip link add x0 link v0 type bridge ageing_time 4294967296
ip link add x0 link v0 type bridge stp_state x
ip link add x0 link v0 type bridge priority 65536
ip link add x0 link v0 type bridge vlan_filtering 256
ip link add x0 link v0 type bridge vlan_filtering on
ip link add x0 link v0 type bridge vlan_protocol x
ip link add x0 link v0 type bridge group_fwd_mask 65536
ip link add x0 link v0 type bridge group_address x
ip link add x0 link v0 type bridge no_linklocal_learn x
ip link add x0 link v0 type bridge vlan_default_pvid x
ip link add x0 link v0 type bridge vlan_stats_enabled x
ip link add x0 link v0 type bridge vlan_stats_per_port x
ip link add x0 link v0 type bridge mcast_router x
ip link add x0 link v0 type bridge mcast_snooping on
ip link add x0 link v0 type bridge mcast_vlan_snooping x
ip link add x0 link v0 type bridge mcast_query_use_ifaddr x
ip link add x0 link v0 type bridge mcast_querier x
ip link add x0 link v0 type bridge mcast_hash_elasticity x
ip link add x0 link v0 type bridge mcast_hash_max x
ip link add x0 link v0 type bridge mcast_last_member_count x
ip link add x0 link v0 type bridge mcast_startup_query_count x
ip link add x0 link v0 type bridge mcast_last_member_interval x
ip link add x0 link v0 type bridge mcast_membership_interval x
ip link add x0 link v0 type bridge mcast_querier_interval x
ip link add x0 link v0 type bridge mcast_query_interval x
ip link add x0 link v0 type bridge mcast_query_response_interval x
ip link add x0 link v0 type bridge mcast_startup_query_interval x
ip link add x0 link v0 type bridge mcast_stats_enabled x
ip link add x0 link v0 type bridge mcast_igmp_version x
ip link add x0 link v0 type bridge mcast_mld_version x
ip link add x0 link v0 type bridge nf_call_iptables x
ip link add x0 link v0 type bridge nf_call_ip6tables x
ip link add x0 link v0 type bridge nf_call_arptables x
ip link add x0 link v0 type bridge priority
ip link add x0 link v0 type bridge foo
# can
ip link add x0 link v0 type can bitrate
ip link add x0 link v0 type can bitrate x
ip link add x0 link v0 type can bitrate 4294967296
ip link add x0 link v0 type can sample-point x
ip link add x0 link v0 type can tq x
ip link add x0 link v0 type can prop-seg x
ip link add x0 link v0 type can phase-seg1 x
ip link add x0 link v0 type can phase-seg2 x
ip link add x0 link v0 type can sjw x
ip link add x0 link v0 type can dbitrate x
ip link add x0 link v0 type can dsample-point x
ip link add x0 link v0 type can dtq x
ip link add x0 link v0 type can dprop-seg x
ip link add x0 link v0 type can dphase-seg1 x
ip link add x0 link v0 type can dphase-seg2 x
ip link add x0 link v0 type can dsjw x
ip link add x0 link v0 type can tdcv x
ip link add x0 link v0 type can tdco x
ip link add x0 link v0 type can tdcf x
ip link add x0 link v0 type can loopback x
ip link add x0 link v0 type can listen-only 1
ip link add x0 link v0 type can triple-sampling x
ip link add x0 link v0 type can one-shot x
ip link add x0 link v0 type can berr-reporting x
ip link add x0 link v0 type can fd x
ip link add x0 link v0 type can fd-non-iso x
ip link add x0 link v0 type can presume-ack x
ip link add x0 link v0 type can cc-len8-dlc x
ip link add x0 link v0 type can tdc-mode x
ip link add x0 link v0 type can restart-ms x
ip link add x0 link v0 type can termination 65536
ip link add x0 link v0 type can foo
ip link add x0 link v0 type can loopback
# dsa
ip link add x0 link v0 type dsa foo
# geneve
ip link add x0 link v0 type geneve id
ip link add x0 link v0 type geneve id x
ip link add x0 link v0 type geneve id 16777216
ip link add x0 link v0 type geneve id -1
ip link add x0 link v0 type geneve remote 10.0.0.1
ip link add x0 link v0 type geneve id 5
ip link add x0 link v0 type geneve id 5 remote
ip link add x0 link v0 type geneve id 5 remote x
ip link add x0 link v0 type geneve id 5 remote any
ip link add x0 link v0 type geneve id 5 remote 239.0.0.1
ip link add x0 link v0 type geneve id 5 remote ff02::1
ip link add x0 link v0 type geneve external id 5
ip link add x0 link v0 type geneve ttl 256
ip link add x0 link v0 type geneve ttl x
ip link add x0 link v0 type geneve ttl -1
ip link add x0 link v0 type geneve tos 100
ip link add x0 link v0 type geneve tos x
ip link add x0 link v0 type geneve df x
ip link add x0 link v0 type geneve df 1
ip link add x0 link v0 type geneve label 1048576
ip link add x0 link v0 type geneve label x
ip link add x0 link v0 type geneve dstport 65536
ip link add x0 link v0 type geneve dstport x
ip link add x0 link v0 type geneve id 5 id 6
ip link add x0 link v0 type geneve id 5 vni 6
ip link add x0 link v0 type geneve remote 1.2.3.4 remote 1.2.3.5
ip link add x0 link v0 type geneve hoplimit 5 ttl inherit
ip link add x0 link v0 type geneve tos 5 dsfield 6
ip link add x0 link v0 type geneve df set df set
ip link add x0 link v0 type geneve label 5 flowlabel 5
ip link add x0 link v0 type geneve dstport 5 dstport 6
ip link add x0 link v0 type geneve external external
ip link add x0 link v0 type geneve external noexternal
ip link add x0 link v0 type geneve udpcsum noudpcsum
ip link add x0 link v0 type geneve udp6zerocsumtx noudp6zerocsumtx
ip link add x0 link v0 type geneve udp6zerocsumrx noudp6zerocsumrx
ip link add x0 link v0 type geneve innerprotoinherit innerprotoinherit
ip link add x0 link v0 type geneve foo
ip link add x0 link v0 type geneve help
# gtp
ip link add x0 link v0 type gtp role
ip link add x0 link v0 type gtp role x
ip link add x0 link v0 type gtp role s
ip link add x0 link v0 type gtp hsize 5
ip link add x0 link v0 type gtp hsize x
ip link add x0 link v0 type gtp hsize 4294967296
ip link add x0 link v0 type gtp role sgsn role ggsn
ip link add x0 link v0 type gtp restart_count 256
ip link add x0 link v0 type gtp role sgsn hsize 1 hsize 2
ip link add x0 link v0 type gtp role sgsn restart_count 1 restart_count 2
ip link add x0 link v0 type gtp role sgsn hsize
# hsr
ip link add x0 link v0 type hsr supervision 256
ip link add x0 link v0 type hsr supervision x
ip link add x0 link v0 type hsr version x
ip link add x0 link v0 type hsr version 256
ip link add x0 link v0 type hsr proto x
ip link add x0 link v0 type hsr slave1 nosuch
ip link add x0 link v0 type hsr slave2
ip link add x0 link v0 type hsr slave2 nosuch
ip link add x0 link v0 type hsr foo
# ipoib
ip link add x0 link v0 type ipoib pkey
ip link add x0 link v0 type ipoib pkey x
ip link add x0 link v0 type ipoib pkey 65536
ip link add x0 link v0 type ipoib mode x
ip link add x0 link v0 type ipoib mode data
ip link add x0 link v0 type ipoib umcast x
ip link add x0 link v0 type ipoib umcast 65536
ip link add x0 link v0 type ipoib foo
# ipvlan
ip link add x0 link v0 type ipvlan mode
ip link add x0 link v0 type ipvlan mode x
ip link add x0 link v0 type ipvlan mode L2
ip link add x0 link v0 type ipvlan foo
ip link add x0 link v0 type ipvlan private vepa
ip link add x0 link v0 type ipvlan vepa vepa
# ipvtap
ip link add x0 link v0 type ipvtap mode x
ip link add x0 link v0 type ipvtap foo
ip link add x0 link v0 type ipvtap bridge bridge
# macsec
ip link add x0 link v0 type macsec sci
ip link add x0 link v0 type macsec sci x
ip link add x0 link v0 type macsec sci 11223344556677889
ip link add x0 link v0 type macsec port
ip link add x0 link v0 type macsec port 0
ip link add x0 link v0 type macsec port 65536
ip link add x0 link v0 type macsec port x
ip link add x0 link v0 type macsec address
ip link add x0 link v0 type macsec address x
ip link add x0 link v0 type macsec sci 1 port 2
ip link add x0 link v0 type macsec sci 1 sci 2
ip link add x0 link v0 type macsec port 1 sci 2
ip link add x0 link v0 type macsec encrypt on port 5
ip link add x0 link v0 type macsec address 02:00:00:00:00:01 sci 5
ip link add x0 link v0 type macsec cipher
ip link add x0 link v0 type macsec cipher x
ip link add x0 link v0 type macsec cipher Gcm-aes-128
ip link add x0 link v0 type macsec icvlen 7
ip link add x0 link v0 type macsec icvlen 17
ip link add x0 link v0 type macsec icvlen 256
ip link add x0 link v0 type macsec icvlen x
ip link add x0 link v0 type macsec encrypt
ip link add x0 link v0 type macsec encrypt x
ip link add x0 link v0 type macsec send_sci 1
ip link add x0 link v0 type macsec end_station x
ip link add x0 link v0 type macsec scb x
ip link add x0 link v0 type macsec protect x
ip link add x0 link v0 type macsec replay x
ip link add x0 link v0 type macsec replay on
ip link add x0 link v0 type macsec window 5
ip link add x0 link v0 type macsec window x
ip link add x0 link v0 type macsec window 4294967296
ip link add x0 link v0 type macsec validate x
ip link add x0 link v0 type macsec encodingsa 4
ip link add x0 link v0 type macsec encodingsa -1
ip link add x0 link v0 type macsec encodingsa x
ip link add x0 link v0 type macsec offload x
ip link add x0 link v0 type macsec send_sci on scb on
ip link add x0 link v0 type macsec send_sci on end_station on
ip link add x0 link v0 type macsec end_station on scb on
ip link add x0 link v0 type macsec foo
ip link add x0 link v0 type macsec enc on
ip link add x0 link v0 type macsec replay on window
# macvlan
ip link add x0 link v0 type macvlan mode
ip link add x0 link v0 type macvlan mode x
ip link add x0 link v0 type macvlan mode BRIDGE
ip link add x0 link v0 type macvlan flag x
ip link add x0 link v0 type macvlan macaddr x
ip link add x0 link v0 type macvlan macaddr add
ip link add x0 link v0 type macvlan macaddr add x
ip link add x0 link v0 type macvlan macaddr set x
ip link add x0 link v0 type macvlan nopromisc
ip link add x0 link v0 type macvlan mode bridge nopromisc
ip link add x0 link v0 type macvlan bcqueuelen x
ip link add x0 link v0 type macvlan bcqueuelen -1
ip link add x0 link v0 type macvlan bcqueuelen
ip link add x0 link v0 type macvlan foo
# macvtap
ip link add x0 link v0 type macvtap mode x
ip link add x0 link v0 type macvtap flag x
ip link add x0 link v0 type macvtap nopromisc
ip link add x0 link v0 type macvtap bcqueuelen 4294967296
ip link add x0 link v0 type macvtap foo
# rmnet
ip link add x0 link v0 type rmnet mux_id
ip link add x0 link v0 type rmnet mux_id x
ip link add x0 link v0 type rmnet mux_id 65536
ip link add x0 link v0 type rmnet foo
# vlan
ip link add x0 link v0 type vlan id
ip link add x0 link v0 type vlan id x
ip link add x0 link v0 type vlan id 65536
ip link add x0 link v0 type vlan id -1
ip link add x0 link v0 type vlan protocol x
ip link add x0 link v0 type vlan protocol 65536
ip link add x0 link v0 type vlan protocol
ip link add x0 link v0 type vlan reorder_hdr x
ip link add x0 link v0 type vlan reorder_hdr 1
ip link add x0 link v0 type vlan gvrp x
ip link add x0 link v0 type vlan mvrp x
ip link add x0 link v0 type vlan loose_binding x
ip link add x0 link v0 type vlan bridge_binding x
ip link add x0 link v0 type vlan ingress-qos-map 1:x
ip link add x0 link v0 type vlan ingress-qos-map x:1
ip link add x0 link v0 type vlan egress-qos-map 1:
ip link add x0 link v0 type vlan egress-qos-map :1
ip link add x0 link v0 type vlan foo
# vrf
ip link add x0 link v0 type vrf table
ip link add x0 link v0 type vrf table x
ip link add x0 link v0 type vrf table 4294967296
ip link add x0 link v0 type vrf table -1
ip link add x0 link v0 type vrf foo
ip link add x0 link v0 type vrf
# vxlan
ip link add x0 link v0 type vxlan id
ip link add x0 link v0 type vxlan id x
ip link add x0 link v0 type vxlan id 16777216
ip link add x0 link v0 type vxlan id 5 id 6 dstport 0
ip link add x0 link v0 type vxlan id 5 dstport 0 remote any
ip link add x0 link v0 type vxlan id 5 dstport 0 local any
ip link add x0 link v0 type vxlan id 5 dstport 0 local 224.0.0.1
ip link add x0 link v0 type vxlan id 5 dstport 0 group 1.2.3.4 dev v0
ip link add x0 link v0 type vxlan id 5 dstport 0 remote 224.0.0.1
ip link add x0 link v0 type vxlan id 5 dstport 0 dev nosuch
ip link add x0 link v0 type vxlan id 5 dstport 0 ttl 256
ip link add x0 link v0 type vxlan id 5 dstport 0 tos 100
ip link add x0 link v0 type vxlan id 5 dstport 0 df 1
ip link add x0 link v0 type vxlan id 5 dstport 0 label 1048576
ip link add x0 link v0 type vxlan id 5 dstport 0 ageing -1
ip link add x0 link v0 type vxlan id 5 dstport 0 maxaddress x
ip link add x0 link v0 type vxlan id 5 dstport 0 srcport 1
ip link add x0 link v0 type vxlan id 5 dstport 0 srcport x 1
ip link add x0 link v0 type vxlan id 5 dstport 0 srcport 1 65536
ip link add x0 link v0 type vxlan id 5 dstport x
ip link add x0 link v0 type vxlan id 5 dstport 65536
ip link add x0 link v0 type vxlan id 5 dstport 0 learning nolearning
ip link add x0 link v0 type vxlan external external
ip link add x0 link v0 type vxlan external id 5
ip link add x0 link v0 type vxlan vnifilter id 5 dstport 0
ip link add x0 link v0 type vxlan group 224.0.0.1 remote 1.2.3.4 dev v0
ip link add x0 link v0 type vxlan id 5 dstport 0 group 224.0.0.1
ip link add x0 link v0 type vxlan dstport 0
ip link add x0 link v0 type vxlan foo
# wwan
ip link add x0 link v0 type wwan linkid
ip link add x0 link v0 type wwan linkid x
ip link add x0 link v0 type wwan linkid 4294967296
ip link add x0 link v0 type wwan foo
# xfrm
ip link add x0 link v0 type xfrm if_id 0
ip link add x0 link v0 type xfrm if_id x
ip link add x0 link v0 type xfrm if_id
ip link add x0 link v0 type xfrm dev nosuch
ip link add x0 link v0 type xfrm dev v0
ip link add x0 link v0 type xfrm external if_id 5
ip link add x0 link v0 type xfrm external dev v0
ip link add x0 link v0 type xfrm foo
# veth
ip link add x0 link v0 type veth peer type veth
ip link add x0 link v0 type veth peer name
ip link add x0 link v0 type veth peer name x/y
ip link add x0 link v0 type veth peer mtu x
ip link add x0 link v0 type veth peer name a b
# vxcan
ip link add x0 link v0 type vxcan peer mtu x
ip link add x0 link v0 type vxcan peer name
# gre
ip link add x0 link v0 type gre key
ip link add x0 link v0 type gre key x
ip link add x0 link v0 type gre key 1.2.3.x
ip link add x0 link v0 type gre key 4294967296
ip link add x0 link v0 type gre key -1
ip link add x0 link v0 type gre ikey x
ip link add x0 link v0 type gre okey x
ip link add x0 link v0 type gre remote x
ip link add x0 link v0 type gre remote ::1
ip link add x0 link v0 type gre remote
ip link add x0 link v0 type gre local x
ip link add x0 link v0 type gre dev nosuch
ip link add x0 link v0 type gre dev
ip link add x0 link v0 type gre ttl 256
ip link add x0 link v0 type gre ttl x
ip link add x0 link v0 type gre hoplimit -1
ip link add x0 link v0 type gre tos 100
ip link add x0 link v0 type gre tos x
ip link add x0 link v0 type gre encap x
ip link add x0 link v0 type gre encap
ip link add x0 link v0 type gre encap-sport x
ip link add x0 link v0 type gre encap-sport 65536
ip link add x0 link v0 type gre encap-dport x
ip link add x0 link v0 type gre encap-dport auto
ip link add x0 link v0 type gre fwmark x
ip link add x0 link v0 type gre fwmark inherit
ip link add x0 link v0 type gre foo
ip link add x0 link v0 type gre flowlabel 5
ip link add x0 link v0 type gre erspan 5
# erspan
ip link add x0 link v0 type erspan erspan x
ip link add x0 link v0 type erspan erspan 0
ip link add x0 link v0 type erspan erspan 1048576
ip link add x0 link v0 type erspan erspan_ver 3
ip link add x0 link v0 type erspan erspan_ver x
ip link add x0 link v0 type erspan erspan_dir x
ip link add x0 link v0 type erspan erspan_dir
ip link add x0 link v0 type erspan erspan_hwid x
ip link add x0 link v0 type erspan erspan_hwid 65536
ip link add x0 link v0 type erspan erspan_hwid 10000
# ip6gre
ip link add x0 link v0 type ip6gre key x
ip link add x0 link v0 type ip6gre remote 1.2.3.4
ip link add x0 link v0 type ip6gre remote x
ip link add x0 link v0 type ip6gre local x
ip link add x0 link v0 type ip6gre dev nosuch
ip link add x0 link v0 type ip6gre ttl 256
ip link add x0 link v0 type ip6gre hlim x
ip link add x0 link v0 type ip6gre tclass 100
ip link add x0 link v0 type ip6gre tclass x
ip link add x0 link v0 type ip6gre flowlabel x
ip link add x0 link v0 type ip6gre flowlabel 100000
ip link add x0 link v0 type ip6gre dscp x
ip link add x0 link v0 type ip6gre dscp
ip link add x0 link v0 type ip6gre encaplimit 256
ip link add x0 link v0 type ip6gre encaplimit x
ip link add x0 link v0 type ip6gre fwmark x
ip link add x0 link v0 type ip6gre pmtudisc
ip link add x0 link v0 type ip6gre ignore-df
ip link add x0 link v0 type ip6gre foo
# ip6erspan
ip link add x0 link v0 type ip6erspan erspan 1048576
ip link add x0 link v0 type ip6erspan erspan_ver 3
ip link add x0 link v0 type ip6erspan erspan_dir x
ip link add x0 link v0 type ip6erspan erspan_hwid x
# ipip
ip link add x0 link v0 type ipip mode x
ip link add x0 link v0 type ipip mode ip6ip
ip link add x0 link v0 type ipip mode
ip link add x0 link v0 type ipip remote x
ip link add x0 link v0 type ipip remote ::1
ip link add x0 link v0 type ipip local x
ip link add x0 link v0 type ipip dev nosuch
ip link add x0 link v0 type ipip ttl 256
ip link add x0 link v0 type ipip ttl 5 nopmtudisc
ip link add x0 link v0 type ipip tos x
ip link add x0 link v0 type ipip tos 100
ip link add x0 link v0 type ipip 6rd-prefix x
ip link add x0 link v0 type ipip 6rd-prefix 1.2.3.4
ip link add x0 link v0 type ipip 6rd-relay_prefix x
ip link add x0 link v0 type ipip fwmark x
ip link add x0 link v0 type ipip isatap
ip link add x0 link v0 type ipip key 5
ip link add x0 link v0 type ipip foo
# sit
ip link add x0 link v0 type sit mode x
ip link add x0 link v0 type sit mode ip6ip6
ip link add x0 link v0 type sit remote x
ip link add x0 link v0 type sit ttl x
ip link add x0 link v0 type sit tos x
ip link add x0 link v0 type sit 6rd-prefix x
ip link add x0 link v0 type sit 6rd-prefix
ip link add x0 link v0 type sit 6rd-relay_prefix ::1
ip link add x0 link v0 type sit encap x
ip link add x0 link v0 type sit encap-sport x
ip link add x0 link v0 type sit foo
# ip6tnl
ip link add x0 link v0 type ip6tnl mode x
ip link add x0 link v0 type ip6tnl mode ipip
ip link add x0 link v0 type ip6tnl remote 1.2.3.4
ip link add x0 link v0 type ip6tnl local x
ip link add x0 link v0 type ip6tnl dev nosuch
ip link add x0 link v0 type ip6tnl hoplimit 256
ip link add x0 link v0 type ip6tnl tclass 100
ip link add x0 link v0 type ip6tnl flowlabel x
ip link add x0 link v0 type ip6tnl flowlabel 100000
ip link add x0 link v0 type ip6tnl dscp x
ip link add x0 link v0 type ip6tnl fwmark x
ip link add x0 link v0 type ip6tnl foo
ip link add x0 link v0 type ip6tnl ignore-df
# vti
ip link add x0 link v0 type vti key x
ip link add x0 link v0 type vti remote x
ip link add x0 link v0 type vti local ::1
ip link add x0 link v0 type vti dev nosuch
ip link add x0 link v0 type vti fwmark x
ip link add x0 link v0 type vti foo
ip link add x0 link v0 type vti nokey
# vti6
ip link add x0 link v0 type vti6 key x
ip link add x0 link v0 type vti6 remote 1.2.3.4
ip link add x0 link v0 type vti6 local x
ip link add x0 link v0 type vti6 dev nosuch
ip link add x0 link v0 type vti6 fwmark x
ip link add x0 link v0 type vti6 foo
ip link set v0 type bridge_slave state x
ip link set v0 type bridge_slave state 256
ip link set v0 type bridge_slave priority 65536
ip link set v0 type bridge_slave cost x
ip link set v0 type bridge_slave cost 4294967296
ip link set v0 type bridge_slave hairpin x
ip link set v0 type bridge_slave hairpin 1
ip link set v0 type bridge_slave guard x
ip link set v0 type bridge_slave root_block x
ip link set v0 type bridge_slave fastleave x
ip link set v0 type bridge_slave learning x
ip link set v0 type bridge_slave flood x
ip link set v0 type bridge_slave mcast_flood x
ip link set v0 type bridge_slave bcast_flood x
ip link set v0 type bridge_slave mcast_to_unicast x
ip link set v0 type bridge_slave proxy_arp x
ip link set v0 type bridge_slave proxy_arp_wifi x
ip link set v0 type bridge_slave mcast_router x
ip link set v0 type bridge_slave mcast_fast_leave x
ip link set v0 type bridge_slave neigh_suppress x
ip link set v0 type bridge_slave group_fwd_mask 65536
ip link set v0 type bridge_slave vlan_tunnel x
ip link set v0 type bridge_slave isolated x
ip link set v0 type bridge_slave locked x
ip link set v0 type bridge_slave backup_port nosuch
ip link set v0 type bridge_slave cost
ip link set v0 type bridge_slave foo
ip link set v0 type bond_slave queue_id x
ip link set v0 type bond_slave queue_id 65536
ip link set v0 type bond_slave prio x
ip link set v0 type bond_slave queue_id
ip link set v0 type bond_slave foo
ip link set v0 type gre key 5
ip link set v0 type gre foo
ip link set v0 type vti6 key 5
ip link set v0 type ip6tnl mode any
ip link set v0 type sit ttl 5
ip link set v0 type macsec replay on
ip link set v0 type macsec foo
ip link set v0 type geneve ttl 5
ip link set v0 type geneve foo
ip link set v0 type vxlan foo
ip link set v0 type vxlan id x
ip link set v0 type bareudp multiproto
ip link set group 5 type vlan id 5
ip link set group 5 type dummy foo
ip link set group 5 type bridge_slave cost 5
ip link show group 5
# The word that was perhaps meant.
ip -hint link add x0 type macvlan mode brigde 2>&1 | grep hint:
=   hint: did you mean "bridge"?
ip -hint link add x0 type macsec cipher gcm-aes-265 2>&1 | grep hint:
=   hint: did you mean "gcm-aes-256"?
ip -hint link add x0 type macsec validate strickt 2>&1 | grep hint:
=   hint: did you mean "strict"?
ip -hint link add x0 type geneve dstprot 5 2>&1 | grep hint:
=   hint: did you mean "dstport"?
ip -hint link add x0 type amt mode gatway 2>&1 | grep hint:
=   hint: did you mean "gateway"?
ip -hint link add x0 type ipoib mode conected 2>&1 | grep hint:
=   hint: did you mean "connected"?
ip -hint link add x0 type vxlan df inherti 2>&1 | grep hint:
=   hint: did you mean "inherit"?
ip -hint link add x0 type bond mode balence-rr 2>&1 | grep hint:
=   hint: did you mean "balance-rr"?
ip -hint link add x0 type gre encap-cusm 2>&1 | grep hint:
=   hint: did you mean "encap-csum"?
ip -hint link add x0 type gtp rolle x 2>&1 | grep hint:
=   hint: did you mean "role"?
# Words that some kinds take whole, and others shortened.
ip link add x2 type sit to CS1
ip link add x2 type sit tos CS1 remot 1.2.3.4
ip link add x2 type ipip loca 1.2.3.4
ip link add x2 type ipip hopl 5
ip link add x2 type ipip pmtudis
ip link add x2 type ip6tnl tclas 5
ip link add x2 type ip6tnl hli 5
ip link add x2 type gre to x
ip link add x2 type ip6gre tclas x
ip link add x2 type vti loca x
ip link add x2 type bond lacp_st x
ip link add x2 type rmnet mux 5
ip link add x2 type vxlan id 5 vnif
ip link add x2 type vxlan id 5 novnif
ip link add x2 type vxlan id 5 gpe external
ip link add x2 type vxlan gpe external
ip link set x2 type vxlan gpe
ip link del x2
ip link add x2 link-netnsid 1 link-netnsid x
ip link set d0 vf 0 mac 1.2.3.4 mtu x
ip link set nosuch vf 0 mac 1.2.3.4 mtu x
ip link add x2 type vxlan id 5 dstport 4789 remote ::1 dev d0 group ff02::5 foo
ip link add x2 type vxlan id 5 dstport 4789 group ff02::5 dev d0 remote 1.2.3.4
ip link add x2 type vxlan id 5 dstport 4789 group ff02::5 dev d0 local 1.2.3.4
ip link add x2 type geneve id 5 remote ::1 local 10.0.0.1
ip link add x2 type geneve id 5 local x remote 10.0.0.1
ip link set if2999 vf 0 mac 01:00:5e:00:00:01
ip link set if2999 address 01:00:5e:00:00:01
ip link add x2 type bareudp dstport 31 ethertype ip nomu multi
ip link add x2 type bareudp dstport 31 ethertype ip multiproto no
ip link set d0 index 51 address 1.2.3.4
ip link set d0 index 51 link-netns nosuch
ip link add x2 type amt discovery 1.2.3.4 local if2
ip link add x2 type amt local if2
