# IPsec policies.
ip xfrm policy add dir out
ip xfrm policy add src 10.0.0.1 dir out ptype sub mark 3 mask 0 index 8 if_id 0
ip xfrm policy add src 10.0.0.3 dir in mark 3 if_id 7 ctx foo tmpl proto esp tmpl src 1.1.1.1 proto ah mode tunnel flag 0x0
ip xfrm policy add src 10.0.0.3 dir in mark 3 if_id 7 tmpl proto esp tmpl src 1.1.1.1 dst 2.2.2.2 proto ah mode tunnel
ip xfrm policy update dir out priority 5 limit packet-soft 5
? ip xfrm policy list
? ip xfrm policy list ptype sub dir out
? ip xfrm policy list nosock
? ip xfrm policy get index 8 dir in
? ip xfrm policy get src 10.0.0.1 dir out ptype sub mark 3 mask 1 if_id 7 ctx foo
ip xfrm policy delete index 0 dir out
ip xfrm policy deleteall
> NETLINK_XFRM:20 5 00000000 00000000 00000000 00000000 0a000003 00000000 00000000 00000000 00000000 00000000 02000020 00000000 00000000 00000000 08000000 00000000 21=03000000ffffffff 31=07000000
ip xfrm policy flush
ip xfrm policy flush ptype sub
? ip xfrm policy count
ip xfrm policy set
ip xfrm policy set hthresh4 5 6
ip xfrm policy setdefault
ip xfrm policy setdefault out block
? ip xfrm policy getdefault
ip xfrm policy setdefault out accept
ip xfrm policy add src ::1 dir out tmpl proto esp
ip xfrm policy add dir out tmpl dst ::1 proto esp
ip -6 xfrm policy add dir out priority 5
? ip -6 xfrm policy get index 9 dir out
ip xfrm policy add dst ::1 dir fwd tmpl src 1.1.1.1 proto hao mode ro tmpl proto route2 mode in_trigger
ip xfrm policy add proto icmp type 8 code 0 dir in action block
ip xfrm policy add proto gre key 1.2.3.4 dir in flag localok
ip xfrm policy add proto 99 dir in limit time-soft 5 limit time-hard 6 limit time-use-soft 7 limit time-use-hard 8 limit byte-soft 1 limit byte-hard 2 limit packet-soft 3 limit packet-hard 4
ip xfrm policy add sport 5 dport 0 dev lo dir in
ip xfrm policy add dir out offload packet dev lo
ip xfrm policy set hthresh6 5 6 hthresh4 7 8
ip xfrm policy setdefault in block fwd accept out allow
ip xfrm policy add src 10.0.0.9 dir in tmpl src 10.0.0.1 dst 10.0.0.2 proto esp spi 7 level use reqid 9 tmpl proto comp
