# Settings that address families have for devices.
@ needs jq
! ip link add v0 type veth peer name v1
! echo 1 >/proc/sys/net/ipv4/conf/v0/forwarding; echo 2 >/proc/sys/net/ipv4/conf/v0/rp_filter; echo 1 >/proc/sys/net/ipv4/conf/v1/rp_filter
! echo 1 >/proc/sys/net/ipv6/conf/v1/forwarding; echo 1 >/proc/sys/net/ipv4/conf/v1/proxy_arp; echo 1 >/proc/sys/net/ipv4/conf/all/ignore_routes_with_linkdown
* ip netconf
* ip -4 netconf
* ip -6 netconf show
* ip netconf show dev v0
ip -4 netconf show dev v0
ip -6 netconf list dev v1
ip -o -4 netconf lst dev v1
ip -c -4 netconf lst dev v1
# One family and one device: text in ip.
ip -4 -j netconf show dev v1 | jq -c '.[].rp_filter'
= "strict"
=? 0
ip -M netconf
ip -M netconf show dev v0
ip -B netconf
ip -B netconf show dev v0
ip -0 netconf
ip -0 -j netconf
ip netconf show dev v0 dev v1
ip netconf show foo dev v0 help
ip netconf show help
ip netconf show dev nosuch
ip netconf show dev all
ip netconf show dev ''
ip netconf show dev
ip netconf foo
ip netconf help
ip netconf h
printf 'netconf show dev v0\nnetconf show dev nosuch\nnetconf show dev v1\n' | ip -force -batch -
