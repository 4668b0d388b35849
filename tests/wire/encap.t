# Encapsulations. Kernels crash on options in them (geneve_opts and its like): those are tested on bytes and in the guest.
! ip link add d0 type veth peer name d1
! ip link set d0 up
! ip link set d1 up
! ip addr add 192.168.1.100/24 dev d0
! ip addr add 2001:db8::1/64 dev d0 nodad
ip route add 10.1.0.0/24 encap mpls 100 via 192.168.1.1
ip route add 10.1.0.0/24 encap mpls 100/200/300 ttl 64 via 192.168.1.1
ip route add 10.1.0.0/24 via 192.168.1.1 encap mpls 100 ttl 0
ip route add 10.1.0.0/24 encap ip id 5 dst 1.2.3.4 src 4.3.2.1 tos 10 ttl 33 key csum seq dev d0
ip route add 10.1.0.0/24 encap ip dst 1.2.3.4 dev d0
ip route add 10.1.0.0/24 encap ip dst any dev d0
ip route add 10.1.0.0/24 encap ip dst default dev d0
ip route add 10.1.0.0/24 encap ip tos EF seq dev d0
ip route add 10.1.0.0/24 encap ip dev d0
ip route add 10.1.0.0/24 encap ip id 1
ip route add 10.1.0.0/24 encap ip hoplimit 3 dev d0
ip route add 10.1.0.0/24 encap ip6 dst ::1 dev d0
ip route add 2001:db8:1::/48 encap ip6 id 5 dst ::2 src ::1 tc 10 hoplimit 33 key csum seq dev d0
ip route add 2001:db8:1::/64 encap ila 1:2:3:4 csum-mode adj-transport ident-type luid hook-type output via 2001:db8::2
ip route add 2001:db8:1::/64 encap ila a:b:c:ffff csum-mode neutral-map ident-type use-format hook-type input via 2001:db8::2
ip route add 2001:db8:1::/64 encap ila 1:2:3:4 csum-mode no-action via 2001:db8::2
ip route add 2001:db8:1::/64 encap ila 1:2:3:4 csum-mode neutral-map-auto via 2001:db8::2
ip route add 2001:db8:2::/48 encap seg6 mode encap segs fc00::1,fc00::2 dev d0
ip route add 2001:db8:2::/48 encap seg6 mode inline segs fc00::1 dev d0
ip route add 2001:db8:2::/48 encap seg6 mode l2encap segs fc00::1 dev d0
ip route add 2001:db8:2::/48 encap seg6 mode encap.red segs fc00::1,fc00::2 dev d0
ip route add 2001:db8:2::/48 encap seg6 mode l2encap.red segs fc00::1,fc00::2 dev d0
ip route add 2001:db8:2::/48 encap seg6 mode encap segs fc00::1 hmac 1 dev d0
ip route add 2001:db8:2::/48 encap seg6 mode inline hmac 5 dev d0
ip route add 2001:db8:2::/48 encap seg6 dev d0
ip route add 2001:db8:2::/48 encap seg6local action End dev d0
ip route add 2001:db8:2::/48 encap seg6local action End.X nh6 fe80::1 count dev d0
ip route add 2001:db8:2::/48 encap seg6local action End.T table 5 dev d0
ip route add 2001:db8:2::/48 encap seg6local action End.T table main dev d0
ip route add 2001:db8:2::/48 encap seg6local action End.DT4 vrftable 99 dev d0
ip route add 2001:db8:2::/48 encap seg6local vrftable main action End.DT6 dev d0
ip route add 2001:db8:2::/48 encap seg6local action End.DT46 vrftable 99 dev d0
ip route add 2001:db8:2::/48 encap seg6local action End.DX2 oif d0 dev d0
ip route add 2001:db8:2::/48 encap seg6local action End.DX4 nh4 1.2.3.4 iif d1 dev d0
ip route add 2001:db8:2::/48 encap seg6local action End.DX6 nh6 any dev d0
ip route add 2001:db8:2::/48 encap seg6local action End.B6 srh segs fc00::1,fc00::2 hmac 3 dev d0
ip route add 2001:db8:2::/48 encap seg6local srh segs ::1 action End.B6.Encaps table 5 dev d0
ip route add 2001:db8:2::/48 encap seg6local action End.BM dev d0
ip route add 2001:db8:2::/48 encap seg6local action End.S dev d0
ip route add 2001:db8:2::/48 encap seg6local action End.AS dev d0
ip route add 2001:db8:2::/48 encap seg6local action End.AM dev d0
ip route add 2001:db8:2::/48 encap seg6local action End.BPF dev d0
ip route add 2001:db8:2::/48 encap seg6local action End flavors psp,usp,usd dev d0
ip route add 2001:db8:2::/48 encap seg6local action End flavors next-csid lblen 48 nflen 16 dev d0
ip route add 2001:db8:2::/48 encap rpl segs fc00::1,fc00::2 dev d0 mtu 1400
ip route add 2001:db8:2::/48 encap rpl dev d0
ip route add 2001:db8:2::/48 encap ioam6 trace prealloc type 0x800000 ns 1 size 12 dev d0
ip route add 2001:db8:2::/48 encap ioam6 freq 1/3 mode encap tundst fc00::1 trace prealloc type 0x400001 size 244 ns 1 dev d0
ip route add 2001:db8:2::/48 encap ioam6 mode auto tundst fc00::1 trace prealloc type 0x800000 ns 65535 size 4 dev d0
ip route add 10.1.0.0/24 dev d0 encap xfrm if_id 5
ip route add 10.1.0.0/24 dev d0 encap xfrm link_dev d1 if_id 5
ip route add 10.1.0.0/24 encap bpf headroom 14 dev d0
ip route add 10.1.0.0/24 encap bpf dev d0
# Programs that are not there: nothing is sent.
ip route add 10.1.0.0/24 encap bpf in pinned /nope dev d0
ip route add 10.1.0.0/24 encap bpf out pinned /nope dev d0
ip route add 10.1.0.0/24 encap bpf xmit pinned /nope headroom 14 dev d0
ip route add 2001:db8:2::/48 encap seg6local action End.BPF endpoint pinned /nope dev d0
ip route add 10.1.0.0/24 nexthop encap mpls 100 via 192.168.1.1 dev d0 nexthop encap ip dst 1.2.3.4 dev d0 weight 3
ip -6 route add 2001:db8:3::/48 nexthop encap seg6 mode encap segs fc00::1 via 2001:db8::5 nexthop encap seg6 mode encap segs fc00::2 via 2001:db8::6
ip route replace 10.1.0.0/24 encap ip dst 1.2.3.4 dev d0
ip route del 10.1.0.0/24 encap ip dst 1.2.3.4 dev d0
ip route add 2001:db8:2::/48 encap seg6 mode encap tunsrc 2001:db8::8 segs 2001:db8::2 dev d0
ip route add 2001:db8:2::/48 encap ioam6 mode encap tunsrc 2001:db8::8 tundst fc00::1 trace prealloc type 0x800000 ns 1 size 12 dev d0
