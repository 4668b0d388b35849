# IPsec policies: added, changed, shown in every format, filtered, counted, refused and deleted.
@ needs python3
@ needs jq
@ also user
ip xfrm policy help
ip xfrm policy foo
ip xfrm policy
ip xfrm policy add
ip xfrm policy add dir
ip xfrm policy add dir x
ip xfrm policy add dir out
ip xfrm policy list
ip -s xfrm policy list | sed 's/  add 20[^\\]*//'
ip -s -s xfrm policy list | sed 's/  add 20[^\\]*//'
ip xfrm policy add dir out
ip xfrm policy update dir out priority 7
ip xfrm policy add dir in dir in
ip xfrm policy add src 10.0.0.1 dst 10.0.0.2 dir in
ip xfrm policy add src 10.0.0.1 dst ::1 dir in
ip xfrm policy add src 10.0.0.0/8 dst 10.2.0.0/16 proto tcp sport 80 dir fwd priority 5 tmpl src 1.1.1.1 dst 2.2.2.2 proto esp spi 0x10 reqid 3 mode tunnel level use tmpl proto ah mode transport
ip xfrm policy add src 2001:db8::/32 dir out action block priority 5 flag localok icmp mark 3 mask 7 if_id 9 index 9 ptype sub
ip xfrm policy add src 2001:db8::/32 dir out action block priority 5 flag localok icmp mark 3 mask 7 if_id 9 index 9
ip xfrm policy add dst 10.9.0.0/16 dir out flag 0x3 limit byte-soft 5 limit time-hard 9 dev lo
ip xfrm policy list
ip -s xfrm policy list | sed 's/  add 20[^\\]*//'
ip -o xfrm policy list
ip -s -o xfrm policy list | sed 's/  add 20[^\\]*//'
ip -d xfrm policy list
ip -c=always xfrm policy list
ip -6 xfrm policy list
ip xfrm policy list dir in
ip xfrm policy list src 10.0.0.1
ip xfrm policy list src 10.0.0.0/8
ip xfrm policy list src 10.0.0.0/24
ip xfrm policy list proto tcp
ip xfrm policy list dev lo
ip xfrm policy list index 9
ip xfrm policy list ptype main
ip xfrm policy list ptype sub
ip xfrm policy list action block
ip xfrm policy list priority 5
ip xfrm policy list priority 0
ip xfrm policy list flag icmp
ip xfrm policy list flag 0x0
ip xfrm policy list flag 0
ip xfrm policy list nosock
ip xfrm policy list nosock nosock
ip xfrm policy list foo
ip xfrm policy list mark 3
ip xfrm policy list if_id 9
ip xfrm policy list dir in dir out
ip xfrm policy get
ip xfrm policy get dir out
ip xfrm policy get dir fwd index 9
ip xfrm policy get src 10.0.0.1 dst 10.0.0.2 dir in
ip xfrm policy get src 10.0.0.1 dst 10.0.0.2 dir in index 3
ip xfrm policy get index 3 src 10.0.0.1 dst 10.0.0.2 dir in
ip xfrm policy get src 10.0.0.1 dst 10.0.0.3 dir in
ip xfrm policy get src 10.0.0.1 dst 10.0.0.2
ip xfrm policy get index 3
ip xfrm policy get index 8 dir in
ip xfrm policy delete src 10.0.0.1 dst 10.0.0.2 dir in
ip xfrm policy delete src 10.0.0.1 dst 10.0.0.2 dir in
ip xfrm policy get src 2001:db8::/32 dir out
ip xfrm policy get src 2001:db8::/32 dir out mark 3 mask 7 if_id 9
ip xfrm policy count
ip -s xfrm policy count
ip -s -s xfrm policy count
ip -s -s -o xfrm policy count
ip -o xfrm policy count
ip xfrm policy count foo
ip xfrm policy getdefault
ip xfrm policy getdefault foo
ip xfrm policy setdefault
ip xfrm policy setdefault in block
ip xfrm policy setdefault in x
ip xfrm policy setdefault in block in block
ip xfrm policy setdefault foo block
ip xfrm policy setdefault in
ip xfrm policy setdefault in block fwd accept out block
ip xfrm policy getdefault
ip -o xfrm policy getdefault
ip xfrm policy setdefault in allow fwd allow out allow
ip xfrm policy getdefault
ip xfrm policy set
ip xfrm policy set hthresh4 20 20
ip xfrm policy set hthresh4 33 20
ip xfrm policy set hthresh4 20 33
ip xfrm policy set hthresh4 20
ip xfrm policy set hthresh4 20 20 hthresh4 20 20
ip xfrm policy set hthresh6 129 64
ip xfrm policy set hthresh6 64 129
ip xfrm policy set hthresh6 64 64 hthresh4 16 8
ip xfrm policy set hthresh6 64 64 hthresh6 16 8
ip xfrm policy set foo
ip -s -s xfrm policy count
ip xfrm policy deleteall dir fwd
ip xfrm policy deleteall foo
ip xfrm policy list
ip xfrm policy flush ptype main ptype main
ip xfrm policy flush ptype x
ip xfrm policy flush foo
ip xfrm policy flush ptype sub
ip xfrm policy flush
ip xfrm policy list
! ip xfrm policy flush; ip xfrm policy flush ptype sub
ip xfrm policy add dir out foo
ip xfrm policy add dir out src 10.0.0.1 priority 5 src 10.0.0.2
ip xfrm policy add dir out src 10.0.0.1 priority 5 dst 10.0.0.2
ip xfrm policy add dir out ptype x
ip xfrm policy add dir out ptype main ptype main
ip xfrm policy add dir out action x
ip xfrm policy add dir out priority x
ip xfrm policy add dir out index x
ip xfrm policy add dir out flag x
ip xfrm policy add dir out flag 0xzz
ip xfrm policy add dir out flag 0x100
ip xfrm policy add dir out flag
ip xfrm policy add dir out limit x
ip xfrm policy add dir out limit byte-soft x
ip xfrm policy add dir out if_id x
ip xfrm policy add dir out mark x
ip xfrm policy add dir out mark 1 mask x
ip xfrm policy add dir out ctx
ip xfrm policy add dir out ctx a ctx b
ip xfrm policy add dir out offload
ip xfrm policy add dir out offload crypto dev lo
ip xfrm policy add dir out offload packet
ip xfrm policy add dir out offload packet foo
ip xfrm policy add dir out offload packet dev nosuch
ip xfrm policy add dir out offload packet dev lo
ip xfrm policy add dir out offload packet dev lo dir in
ip xfrm policy add dir out tmpl
ip xfrm policy add dir out tmpl foo
ip xfrm policy add dir out tmpl src 1.1.1.1
ip xfrm policy add dir out tmpl src 1.1.1.1 dst ::1
ip xfrm policy add dir out tmpl proto foo
ip xfrm policy add dir out tmpl proto esp mode x
ip xfrm policy add dir out tmpl proto esp level x
ip xfrm policy add dir out tmpl proto esp reqid x
ip xfrm policy add dir out tmpl proto esp spi x
ip xfrm policy add dir out tmpl proto comp spi 0x10000
ip xfrm policy add dir out tmpl proto hao spi 1
ip xfrm policy add dir out tmpl mode tunnel
ip xfrm policy add dir out tmpl mode tunnel proto esp
ip xfrm policy add dir out tmpl proto esp src 1.1.1.1 mode tunnel dst 1.1.1.2
ip xfrm policy add dir out tmpl proto esp mode tunnel mode transport
ip xfrm policy add dir out tmpl src 1.1.1.1 dst 1.1.1.2 proto esp mode tunnel priority 5
ip xfrm policy list
ip xfrm policy delete dir out
ip xfrm policy delete src 0.0.0.0/0 dir out
ip xfrm policy add src 10.0.0.1 dir out tmpl proto esp tmpl proto esp tmpl proto esp tmpl proto esp tmpl proto esp tmpl proto esp tmpl proto esp
ip xfrm policy add src 10.0.0.1 dir out tmpl proto esp tmpl proto esp tmpl proto esp tmpl proto esp tmpl proto esp tmpl proto esp
ip xfrm policy add src 10.0.0.2 dir out $(for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17; do echo "tmpl proto esp"; done)
ip xfrm policy add src 10.0.0.2 dir out $(for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16; do echo "tmpl proto esp"; done)
ip xfrm policy add src ::1 dir out tmpl src 1.1.1.1 proto esp mode beet
ip xfrm policy add src ::1 dir out tmpl src 1.1.1.1 dst 2.2.2.2 proto esp mode beet
ip xfrm policy add dst ::1 dir fwd tmpl src ::1 dst ::2 proto hao mode ro tmpl proto route2 mode in_trigger
ip xfrm policy add dst ::1 dir fwd tmpl proto ipsec-any
ip xfrm policy add dst ::1 dir fwd priority 0xffffffff index 0 flag 0xff
ip xfrm policy -6 list
ip xfrm policy list
ip xfrm policy add proto icmp type 8 code 0 dir in
ip xfrm policy add proto gre key 1.2.3.4 dir in
ip xfrm policy add proto 99 dir in
ip xfrm policy add sport 5 dport 0 dir in
ip xfrm policy add proto udp dport 0 dev none dir in
ip xfrm policy add proto icmp sport 5 dir in
ip xfrm policy add dev nosuch dir in
ip xfrm policy add dev lo dir in
ip xfrm policy add proto tcp proto udp dir in
ip xfrm policy add proto tcp dir in proto udp
ip xfrm policy list dir in
ip xfrm policy help
ip xfrm policy add help
ip xfrm policy list help
ip xfrm policy get foo
ip xfrm policy delete foo
ip xfrm policy get dir in dir in
ip xfrm policy get ptype main ptype main
ip xfrm policy get index 1 index 2
ip xfrm policy get index x
ip xfrm policy get ctx a ctx b
ip xfrm policy list ptype main ptype sub
ip xfrm policy list action x
ip xfrm policy list index 3 index 5
ip xfrm policy list src 10.0.0.1 dir out dst 10.0.0.0/8
ip xfrm policy list tmpl proto esp
ip xfrm policy deleteall dir in
ip -s -s xfrm policy deleteall dir out
ip xfrm policy se
ip xfrm policy setd
ip xfrm policy g dir in index 1
ip xfrm policy getd
ip xfrm policy l
ip xfrm policy c
ip xfrm policy d dir in index 1
ip xfrm policy delall
ip xfrm policy dela
ip xfrm policy f
ip xfrm pol
ip xfrm p
ip xfrm policy set hthresh4
ip xfrm policy set hthresh4 x
ip xfrm policy set hthresh4 5 x
ip xfrm policy setdefault in block foo
! ip xfrm policy flush; ip xfrm policy flush ptype sub
ip xfrm policy add src 10.0.0.1 proto tcp dir in
ip xfrm policy add src 10.0.0.2 proto tcp sport 80 dport 90 dir in
ip xfrm policy add dst 10.0.0.3/24 proto udp dport 90 dir in
ip xfrm policy add dst 2001:db8::/32 proto udp dport 90 dir in
ip xfrm policy add dir in
ip xfrm policy list src 0.0.0.0/0 nosock
ip xfrm policy list src any nosock
ip xfrm policy list src ::/0 nosock
ip xfrm policy list dst 10.0.0.3 nosock
ip xfrm policy list dst 10.0.0.0/16 nosock
ip xfrm policy list proto any nosock
ip xfrm policy list proto tcp sport 80 nosock
ip xfrm policy list sport 80 nosock
ip xfrm policy list sport 81 nosock
ip xfrm policy list dport 90 nosock
ip xfrm policy list proto tcp dport 0 nosock
ip xfrm policy list dev none nosock
ip xfrm policy list priority 0 nosock
! ip xfrm policy flush
! ip xfrm policy add src 10.0.0.0/8 dst 10.2.0.0/16 proto tcp sport 80 dir fwd priority 9 mark 3 mask 7 if_id 9 limit byte-soft 5 limit time-hard 9000 flag icmp tmpl src 1.1.1.1 dst 2.2.2.2 proto esp spi 0x10 reqid 3 mode tunnel level use
{ ip -j xfrm policy list | jq -S -c 'map(del(.current.added, .index))'
= [{"action":"allow","current":{"bytes":0,"packets":0,"used":null},"dir":"fwd","dst":"10.2.0.0","dst_len":16,"flags":["icmp"],"if_id":9,"lifetime":{"hard":{"add":9000,"bytes":null,"packets":null,"use":null},"soft":{"add":null,"bytes":5,"packets":null,"use":null}},"mark":{"mask":7,"value":3},"priority":9,"proto":"tcp","ptype":"main","share":"any","socket":false,"sport":80,"src":"10.0.0.0","src_len":8,"tmpl":[{"auth_mask":4294967295,"comp_mask":4294967295,"dst":"2.2.2.2","enc_mask":4294967295,"level":"use","mode":"tunnel","proto":"esp","reqid":3,"share":"any","spi":16,"src":"1.1.1.1"}],"uid":0}]
{ ip -j xfrm policy get src 10.0.0.0/8 dst 10.2.0.0/16 proto tcp sport 80 dir fwd mark 3 mask 7 if_id 9 | jq -c 'map(.reqid // .priority)'
= [9]
{ ip -j xfrm policy count | jq -c 'map(.spd | del(.buckets))'
= [{"in":0,"out":0,"fwd":1,"sockets":{"in":0,"out":0,"fwd":0},"ipv4_thresholds":{"local":16,"remote":8},"ipv6_thresholds":{"local":64,"remote":64}}]
{ ip -j xfrm policy getdefault
= [{"in":"accept","fwd":"accept","out":"accept"}]
# Those of sockets are shown, and end with the sockets.
! python3 $TESTS/support/policies.py 4 & sleep 0.5
ip xfrm policy list
ip xfrm policy list dir in
ip xfrm policy list nosock dir fwd
ip xfrm policy deleteall
ip xfrm policy list
ip -s xfrm policy count
{ ip -j xfrm policy list | jq -c 'map([.dir,.socket])'
= [["out",true],["in",true]]
# A list does not end a batch.
! printf 'xfrm policy list\nxfrm policy deleteall dir fwd\nxfrm policy add dir fwd priority 77\n' >/run/lines
ip -batch /run/lines >/dev/null; ip xfrm policy list priority 77
= src 0.0.0.0/0 dst 0.0.0.0/0 
= 	dir fwd priority 77 ptype main 
