# Encapsulations that the host's kernel lacks, or must never see.
@ guest
! echo 1 > /proc/sys/net/ipv6/conf/default/accept_dad || true
! ip link set lo up
! ip link add d0 address 02:00:00:00:00:01 type dummy
! ip link set d0 up
! ip addr add 10.0.0.1/24 dev d0
! ip addr add 2001:db8::1/64 dev d0 nodad
! modprobe mpls_router
! modprobe mpls_iptunnel
! echo 1000 > /proc/sys/net/mpls/platform_labels
ip route add 10.1.0.0/24 encap mpls 100 via 10.0.0.2
ip route add 10.2.0.0/24 encap mpls 100/200/300 ttl 64 via 10.0.0.2 dev d0
ip route add 10.3.0.0/24 nexthop encap mpls 100 via 10.0.0.2 dev d0 nexthop encap mpls 200/300 via 10.0.0.3 dev d0 weight 3
ip route add 10.4.0.0/24 encap ip dst 1.2.3.4 geneve_opts 0x108:0x80:11223344,1:2:aabbccdd key dev d0
ip route add 10.5.0.0/24 encap ip id 7 dst 1.2.3.4 vxlan_opts 257 dev d0
ip route add 10.6.0.0/24 encap ip dst 1.2.3.4 erspan_opts 1:291:0:0 dev d0
ip route add 10.7.0.0/24 encap ip dst 1.2.3.4 erspan_opts 2:0:1:47 dev d0
ip route add 10.8.0.0/24 encap ip dst 1.2.3.4 erspan_opts 3:0:1:47 dev d0
ip route add 2001:db8:4::/48 encap ip6 dst ::9 geneve_opts 0:128:1122334455667788 dev d0
ip route add 2001:db8:1::/64 encap ila 1:2:3:4 csum-mode no-action ident-type luid hook-type output via 2001:db8::2
ip route
ip -d route
ip -o route
ip -c route
ip -6 route show root 2001::/16
ip -o -6 route show root 2001::/16
ip -j route show 10.3.0.0/24
ip -j route show 10.4.0.0/24
ip -j -6 route show 2001:db8:1::/64
ip route get 10.2.0.1
ip -M route add 100 via inet 10.0.0.2 dev d0
ip -M route add 200 as 300/400 via inet 10.0.0.2
ip -M route add 300 dev lo
ip -M route add 400 nexthop as 500 via inet 10.0.0.2 nexthop as 501 via inet6 2001:db8::2 dev d0
ip -M route add 500 via inet 10.0.0.2 ttl-propagate disabled
* ip -M route
ip -M route show 200
ip -M route del 100
ip -M route del 100
ip -M route add 2000 dev lo
ip -M route flush all
ip -M route flush 200
ip -M route
