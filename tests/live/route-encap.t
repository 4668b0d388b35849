# Encapsulations that this kernel has, in routes, hops and nexthop objects, and the errors of all.
@ needs /sbin/ip
! ip link set lo up
! ip link add d0 address 02:00:00:00:00:01 type veth peer name d1 address 02:00:00:00:00:02
! ip link set d0 up
! ip link set d1 up
! ip addr add 10.0.0.1/24 dev d0
! ip addr add 2001:db8::1/64 dev d0 nodad
! sleep 0.3
ip route add 2001:db8:10::/48 encap seg6 mode encap segs fc00::1,fc00::2 dev d0
ip route add 2001:db8:11::/48 encap seg6 mode inline segs fc00::1 dev d0
ip route add 2001:db8:12::/48 encap seg6 mode l2encap segs fc00::1 dev d0
ip route add 2001:db8:13::/48 encap seg6 mode encap.red segs fc00::1,fc00::2 dev d0
ip route add 2001:db8:14::/48 encap seg6 mode l2encap.red segs fc00::1 dev d0
ip route add 2001:db8:15::/48 encap seg6 mode encap segs fc00::1 hmac 0xabcd dev d0
ip route add 2001:db8:20::/48 encap seg6local action End dev d0
ip route add 2001:db8:21::/48 encap seg6local action End.X nh6 fe80::1 count dev d0
ip route add 2001:db8:22::/48 encap seg6local action End.DX2 oif d1 dev d0
ip route add 2001:db8:23::/48 encap seg6local action End.DX4 nh4 1.2.3.4 dev d0
ip route add 2001:db8:24::/48 encap seg6local action End.B6.Encaps srh segs fc00::1,fc00::2 dev d0
ip route add 2001:db8:25::/48 encap seg6local action End.B6 srh segs fc00::1,fc00::2 hmac 3 dev d0
ip route add 2001:db8:26::/48 encap seg6local action End flavors psp dev d0
ip route add 2001:db8:27::/48 encap seg6local action End flavors next-csid lblen 48 nflen 16 dev d0
ip route add 2001:db8:28::/48 encap seg6local action End flavors psp,usp,usd dev d0
* ip -6 route show root 2001::/16
ip -6 route add 2001:db8:30::/48 nexthop encap seg6 mode encap segs fc00::1 via 2001:db8::5 nexthop encap seg6 mode encap segs fc00::2 via 2001:db8::6 weight 2
* ip -6 route show 2001:db8:30::/48
ip -6 route del 2001:db8:10::/48 encap seg6 mode encap segs fc00::1,fc00::2 dev d0
ip -6 route change 2001:db8:11::/48 encap seg6 mode encap segs fc00::9 dev d0
ip -6 route show 2001:db8:11::/48
ip route add 10.1.0.0/24 encap ip id 5 dst 1.2.3.4 src 4.3.2.1 tos 10 ttl 33 key csum seq dev d0
ip route add 10.2.0.0/24 encap ip dst 1.2.3.4 dev d0
ip route add 10.3.0.0/24 nexthop encap ip dst 1.2.3.4 dev d0 nexthop encap ip dst 1.2.3.5 tos 10 dev d0 weight 3
ip route add 10.4.0.0/24 encap ip6 dst 2001:db8::9 hoplimit 5 tc 10 dev d0
ip route
ip -d route
ip -o route
ip -c -d route
ip -j route show 10.3.0.0/24
{ ip -j route show 10.1.0.0/24
ip route get 10.2.0.1
# The two sides can read each other's files.
ip -6 route save table main > /run/routes6
ip -6 route flush 2001:db8:20::/43 || ip -6 route flush root 2001:db8:20::/43
ip -6 route show root 2001::/16 | wc -l
ip route restore < /run/routes6
ip -6 route show root 2001::/16
! /sbin/ip nexthop add id 12 encap seg6 mode encap segs fc00::1 via 2001:db8::5 dev d0
! /sbin/ip nexthop add id 13 via 10.0.0.9 dev d0
! /sbin/ip nexthop add id 14 via 10.0.0.10 dev d0
! /sbin/ip nexthop add id 15 group 13,3/14
! /sbin/ip nexthop add id 16 group 13 type resilient buckets 4 idle_timer 7
! /sbin/ip nexthop add id 17 blackhole
ip -6 route add 2001:db8:40::/48 nhid 12
ip route add 10.13.0.0/24 nhid 13
ip route add 10.15.0.0/24 nhid 15
ip route add 10.16.0.0/24 nhid 16
ip route add 10.17.0.0/24 nhid 17
* ip -6 route show 2001:db8:40::/48
* ip route show 10.13.0.0/24
* ip route show 10.15.0.0/24
* ip route show 10.16.0.0/24
* ip route show 10.17.0.0/24
# Errors.
ip route add 10.9.0.0/24 encap
ip route add 10.9.0.0/24 encap foo 1 dev d0
ip route add 10.9.0.0/24 encap mpl 100 dev d0
ip route add 10.9.0.0/24 encap help
ip route add 10.9.0.0/24 encap mpls
ip route add 10.9.0.0/24 encap mpls 100
ip route add 10.9.0.0/24 encap mpls 100 via 10.0.0.2
ip route add 10.9.0.0/24 encap mpls dev d0
ip route add 10.9.0.0/24 encap mpls 1048576 dev d0
ip route add 10.9.0.0/24 encap mpls 100 ttl 256 dev d0
ip route add 10.9.0.0/24 encap mpls 100 ttl
ip route add 10.9.0.0/24 encap ip id
ip route add 10.9.0.0/24 encap ip id x dev d0
ip route add 10.9.0.0/24 encap ip dst ::1 dev d0
ip route add 10.9.0.0/24 encap ip tos 0x100 dev d0
ip route add 10.9.0.0/24 encap ip ttl 256 dev d0
ip route add 10.9.0.0/24 encap ip dst any dev d0
ip route add 10.9.0.0/24 encap ip id 1
ip route add 2001:db8:9::/48 encap ip6 tos 3 dev d0
ip route add 2001:db8:9::/48 encap ip6 tc 100 dev d0
ip route add 2001:db8:9::/48 encap ila x dev d0
ip route add 2001:db8:9::/48 encap ila 1:2:3:4 csum-mode x dev d0
ip route add 2001:db8:9::/48 encap seg6 dev d0
ip route add 2001:db8:9::/48 encap seg6 mode foo segs ::1 dev d0
ip route add 2001:db8:9::/48 encap seg6 segs fc00::1 mode encap dev d0
ip route add 2001:db8:9::/48 encap seg6 mode encap segs fc00::1,x dev d0
ip route add 2001:db8:9::/48 encap seg6local dev d0
ip route add 2001:db8:9::/48 encap seg6local action Foo dev d0
ip route add 2001:db8:9::/48 encap seg6local action End.DT4 vrftable x dev d0
ip route add 2001:db8:9::/48 encap seg6local action End.DT4 vrftable 99 dev d0
ip route add 2001:db8:9::/48 encap seg6local action End iif nope dev d0
ip route add 2001:db8:9::/48 encap seg6local action End flavors foo dev d0
ip route add 2001:db8:9::/48 encap seg6local action End.B6 srh foo dev d0
ip route add 2001:db8:9::/48 encap seg6local action End.BPF endpoint pinned /nope dev d0
ip route add 2001:db8:9::/48 encap ioam6 dev d0
ip route add 2001:db8:9::/48 encap ioam6 freq 3/1 dev d0
ip route add 2001:db8:9::/48 encap ioam6 mode encap trace prealloc type 0x800000 ns 1 size 12 dev d0
ip route add 2001:db8:9::/48 encap ioam6 trace prealloc type 0x800000 ns 1 size 3 dev d0
ip route add 10.9.0.0/24 encap xfrm if_id 0 dev d0
ip route add 10.9.0.0/24 encap xfrm dev d0
ip route add 10.9.0.0/24 encap bpf in foo dev d0
ip route add 10.9.0.0/24 encap bpf headroom 0 dev d0
ip route add 10.9.0.0/24 nexthop encap mpls 100
