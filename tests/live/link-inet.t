# The IPv4 settings of a device, which only 7.1 sets.
! ip link add d0 address 02:00:00:00:00:01 type veth peer name d1 address 02:00:00:00:00:02
! conf() { cd /proc/sys/net/ipv4/conf/d0; for f; do echo "$f $(cat $f)"; done; }
ip link set d0 inet forwarding on rp_filter 2 proxy_arp on up mtu 1400
conf forwarding rp_filter proxy_arp
ip -br link show d0 | cut -c1-9,18-20
ip link set d0 inet forwarding off arp_announce 2 igmpv2_unsolicited_report_interval 5000 disable_policy on
conf forwarding arp_announce igmpv2_unsolicited_report_interval disable_policy
ip link set d0 inet accept_redirects off secure_redirects off send_redirects off shared_media off accept_source_route on bootp_relay on log_martians on arp_filter on disable_xfrm on promote_secondaries on arp_notify on accept_local on src_vmark on proxy_arp_pvlan on route_localnet on bc_forwarding on ignore_routes_with_linkdown on drop_unicast_in_l2_multicast on drop_gratuitous_arp on arp_evict_nocarrier off tag 3 medium_id 4 force_igmp_version 2 arp_ignore 1 arp_accept 1 igmpv3_unsolicited_report_interval 900
conf accept_redirects secure_redirects send_redirects shared_media accept_source_route bootp_relay log_martians arp_filter disable_xfrm promote_secondaries arp_notify accept_local src_valid_mark proxy_arp_pvlan route_localnet bc_forwarding ignore_routes_with_linkdown drop_unicast_in_l2_multicast drop_gratuitous_arp arp_evict_nocarrier tag medium_id force_igmp_version arp_ignore arp_accept igmpv3_unsolicited_report_interval | xargs
ip link set d0 inet forwarding maybe
ip link set d0 inet rp_filter x
ip link set d0 inet rp_filter
ip link set d0 inet forwarding
ip link set d0 inet nosuch on
