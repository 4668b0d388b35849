# The object `tunnel` over IPv6. No namespace but the first has the base devices here; links of their names serve as well.
@ guest
! for k in "ip6tnl0 type ip6tnl" "ip6gre0 type ip6gre" "ip6_vti0 type vti6" "gre0 type gre"; do ip link add $k || exit 1; done
! ip link add v0 index 90 type veth peer name v1 index 91
! ip link set lo up

ip -6 tunnel add t0 remote 2001:db8::1 local ::2
ip -6 tunnel add t1 mode ipip6 remote 2001:db8::1 local ::3 encaplimit none tclass inherit flowlabel inherit dscp inherit allow-localremote
ip tunnel add t2 mode any remote 2001:db8::1 local ::4 encaplimit 7 tclass 1f flowlabel abcde hoplimit 0 dev v0
ip tunnel add name t3 mode ip6ip6 remote 2001:db8::9 local any tc 0x2 fl 5 hlim 255 noallow-localremote
ip tunnel add t4 mode ip4ip6 remote 2001:db8::1 local ::5 ttl 1 tos ff
ip tunnel add t5 mode ipv6/ipv6 remote 2001:db8::1 local ::6 dsfield 3 encaplimit 0
ip -6 tunnel add g0 mode ip6gre remote 2001:db8::1 local ::2 ikey 5 okey 6 seq csum
ip tunnel add g1 mode gre/ipv6 remote 2001:db8::1 local ::3 key 1.2.3.4 iseq
ip tunnel add g2 mode ip6gre remote 2001:db8::1 local ::4 oseq icsum
ip tunnel add w0 mode vti6 remote 2001:db8::1 local ::2 key 9
ip -6 tunnel add remote 2001:db8::77 local ::77
+ ip -6 tunnel show
ip -6 -s tunnel show
ip -6 -s -o tunnel show
+ ip -6 tunl
ip -6 -r tunnel show

# Some of them.
ip -6 -s tunnel show t0
ip -6 -s -c tunnel show g0
ip -6 tunnel show remote 2001:db8::9
ip -6 tunnel show local ::3
ip -6 tunnel show dev v0
ip -6 tunnel show mode ip6gre
ip -6 tunnel show mode vti6
ip -6 tunnel show mode ipip6
ip tunnel show mode any
ip -6 tunnel show encaplimit 7
ip -6 tunnel show hoplimit 255
ip -6 tunnel show tclass 1f
ip -6 tunnel show tclass 1f flowlabel abcde
ip -6 tunnel show flowlabel inherit
ip -6 tunnel show tclass 10
ip -6 tunnel show flowlabel 2
ip -6 tunnel show flowlabel abcde
ip -6 tunnel show tclass 1f flowlabel 1
ip -6 tunnel show tclass 3 flowlabel 5
ip -6 tunnel show tclass 2 flowlabel 5
ip -6 tunnel show flowlabel 1
ip -6 tunnel show flowlabel 4
ip -6 tunnel show tclass 1 flowlabel 1
ip -6 tunnel show encaplimit none
ip -6 tunnel show encaplimit 4 hoplimit 64
ip -6 tunnel show allow-localremote dscp inherit
ip -6 tunnel show dscp inherit flowlabel inherit
ip -6 tunnel show key 9
ip -6 tunnel show ikey 5
ip -6 tunnel show csum
ip -6 -s tunnel show nosuch
ip -6 tunnel show nosuch
ip -6 tunnel show lo
ip -6 -s tunnel show lo
# One that is asked for by its name: its line ends, and it is JSON.
{ ip -6 tunnel show t0
= t0: ipv6/ipv6 remote 2001:db8::1 local ::2 encaplimit 4 hoplimit 64 tclass 0x00 flowlabel 0x00000 (flowinfo 0x00000000)
{ ip -6 -j tunnel show t2
= [{"ifname":"t2","mode":"any/ipv6","remote":"2001:db8::1","local":"::4","link":"v0","encap_limit":7,"tclass":"0x1f","flowlabel":"0xabcde","flowinfo":"0x01fabcde"}
= ]
{ ip -6 -j -s tunnel show g2
= [{"ifname":"g2","mode":"gre/ipv6","remote":"2001:db8::1","local":"::4","encap_limit":4,"hoplimit":64,"tclass":"0x00","flowlabel":"0x00000","flowinfo":"0x00000000","flags":["rx_csum","tx_seq"],"stats":{"rx":{"packets":0,"bytes":0,"errors":0,"csum_errors":0,"out_of_sequence":0,"multicast":0},"tx":{"packets":0,"bytes":0,"errors":0,"dead_loop":0,"no_route":0,"no_buffers":0}}}
= ]
# A tunnel of the other family has other settings: they are not read as if they were these.
! ip tunnel add f0 mode gre remote 10.0.0.1 local 10.0.0.2
ip -6 tunnel show f0
=2 get tunnel "f0" failed: Operation not supported
=? 1
ip -6 tunnel change f0 hoplimit 3
=2 get tunnel "f0" failed: Operation not supported
=? 1
ip tunnel change t0 ttl 3
=2 get tunnel "t0" failed: Operation not supported
=? 1
ip tunnel show t0
ip tunnel show f0

# Changes.
ip -6 tunnel change t0 hoplimit 7
ip -6 -s tunnel show t0
ip -6 tunnel change name t0 tclass inherit encaplimit none
ip -6 -s tunnel show t0
ip -6 tunnel change t1 tclass 3 noallow-localremote encaplimit 4
ip -6 -s tunnel show t1
ip -6 tunnel change hoplimit 9 name t2
ip -6 -s tunnel show t2
ip -6 tunnel change g0 key 7
ip -6 -s tunnel show g0
ip -6 tunnel change nosuch hoplimit 7
ip -6 tunnel change lo hoplimit 7
ip -6 tunnel add t0
ip -6 tunnel add t9 remote 2001:db8::9
ip -6 tunnel change t3 remote 2001:db8::1 local ::2
ip -6 tunnel del nosuch
ip -6 tunnel del t0
ip -6 tunnel del t0
ip tunnel del t1
ip tunnel del g0 mode ip6gre
ip -6 tunnel show
printf 'tunnel add b0 mode ip6gre remote ::7 local ::8\n-6 tunnel show\ntunnel change mode ip6gre b0\ntunnel del b0\n' | ip -force -b -
