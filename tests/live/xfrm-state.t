# IPsec states: wrong words, and what works where the kernel lacks the protocols: reserved SPIs.
ip xfrm
ip xfrm foo
ip xfrm help
ip xfrm state help
ip xfrm state h
ip xfrm state foo
ip xfrm state add
ip xfrm state add src
ip xfrm state add src 10.0.0.1
ip xfrm state add src zz
ip xfrm state add src 10.0.0.1 dst ::1
ip xfrm state add dst ::1 src 10.0.0.1 proto esp
ip xfrm state add src 10.0.0.1 src 10.0.0.3 dst 10.0.0.2 proto esp spi 1
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 mode tunnel src 10.0.0.1
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 mode tunnel spi
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 mode tunnel foo
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 mode tunnel mode transport
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 mode tun
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 mode x
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 mark 5 mask zz
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 mark zz
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 mark 5 mark 6
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 mark 5 foo
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 reqid x
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 seq x
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 replay-window x
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 replay-seq x
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 replay-seq-hi x
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 replay-oseq x
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 replay-oseq-hi x
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 flag x
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 flag
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 flag esn foo
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 flag 0x1000
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 flag 5
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 extra-flag x
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 extra-flag oseq-may-wrap foo
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 sel
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 sel foo
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 sel src
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 sel src 10.0.0.0/8 src 10.0.0.0/9
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 sel src 10.0.0.0/8 dst ::/0
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 sel proto tcp proto udp
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 sel dev nosuch
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 sel dev none
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 sel sport 5
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 sel proto icmp sport 5
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 sel proto tcp type 5
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 sel proto tcp key 5
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 sel proto zz
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 sel proto gre key zz
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 sel proto gre key 1.2
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 sel proto tcp sport zz
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 sel proto icmp type zz
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 sel proto icmp type 256
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 sel proto icmp code 256
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 limit
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 limit x
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 limit time-soft x
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 limit byte-soft x
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 encap
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 encap x
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 encap espinudp x 5 0.0.0.0
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 encap espinudp 5 x 0.0.0.0
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 encap espinudp 5 5 zz
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 encap espinudp 5 5 0.0.0.0 encap espinudp 5 5 0.0.0.0
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 coa zz
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 coa 10.0.0.1 coa 10.0.0.1
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 ctx a ctx b
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 offload
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 offload foo
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 offload dev nosuch dir in
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 offload dev lo
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 offload dev lo dir x
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 offload dev lo foo
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 offload packet dev lo dir in
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 offload crypto foo
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 output-mark zz
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 output-mark 5 mask zz
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 if_id zz
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 tfcpad zz
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 dir x
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 pcpu-num x
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 enc
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 enc a
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 enc a 0x123
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 auth-trunc a b
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 auth-trunc a b x
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 aead a b
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 aead a b x
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 comp
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 enc a b enc a b
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 enc a b aead a b 5
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 auth a b auth-trunc a b 5
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 auth a b aead a b 5
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 aead a b 5 auth a b
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 comp a comp b
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 comp a
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 auth a b
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 enc a b mode ro
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 enc a b coa 10.0.0.1
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 replay-window 5000
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 flag esn
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 flag esn dir out
ip xfrm state add mode tunnel
ip xfrm state add proto esp
ip xfrm state add proto esp spi 5
ip xfrm state add spi 5
ip xfrm state add proto zz
ip xfrm state add proto 50 spi 1
ip xfrm state add proto hao spi 1
ip xfrm state add proto comp spi 0x10000
ip xfrm state add proto comp spi 0x1000
ip xfrm state add proto ah spi 1 enc a b
ip xfrm state add proto ah spi 1
ip xfrm state add proto ah spi 1 mode beet
ip xfrm state add proto comp spi 1 auth a b
ip xfrm state add proto comp spi 1 mode beet
ip xfrm state add proto hao
ip xfrm state add proto hao mode tunnel
ip xfrm state add proto hao mode ro
ip xfrm state add proto hao mode ro enc a b
ip xfrm state add proto hao mode ro coa 10.0.0.1
ip xfrm state add proto ipsec-any spi 1
ip xfrm state add src 10.0.0.1/24 dst 10.0.0.2 proto esp spi 1 enc a b
ip xfrm state add src any dst any proto esp spi 1 enc a b
ip xfrm state add src default
ip xfrm state add proto esp spi zz
ip xfrm -6 state add src 10.0.0.1
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 sel proto tcp dev lo sport 5
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 sel proto tcp dev lo src 10.0.0.1
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 sel src 10.0.0.1 sport 5 proto tcp
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 sel proto any
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 sel proto 300
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 sel proto ""
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 sel src any
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 sel proto 0 type 5
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 sel proto 77 type 5
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 sel proto 77 key 5
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 sel proto 77 sport 5
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 sel proto 4 sport 5
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 sel key 5
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 sel type 5 sport 5 key 5
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 sel proto icmp code 5
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 sel proto gre key 0x10000
ip xfrm state list src 10.0.0.1 mode tunnel dst 10.0.0.2
ip xfrm state list foo
ip xfrm state list nokeys nokeys mode tunnel mode tunnel
ip xfrm state list proto hao spi 5
ip xfrm state list spi 5
ip xfrm state list flag esn foo
ip xfrm state list flag 0x5
ip xfrm state list mode x
ip xfrm state list reqid x
ip xfrm state list src 10.0.0.1 dst ::1
ip xfrm state list src any
ip xfrm state list src ""
ip xfrm state list proto zz
ip xfrm state deleteall nokeys
ip xfrm state deleteall foo
ip xfrm state flush foo
ip xfrm state flush proto
ip xfrm state flush proto zz
ip xfrm state flush proto esp proto esp
ip xfrm state flush proto esp foo
ip xfrm state flush proto ipsec-any
ip xfrm state count foo bar
ip xfrm state get
ip xfrm state get mark 5
ip xfrm state get src 10.0.0.1
ip xfrm state get src 10.0.0.1 dst 10.0.0.2 proto esp
ip xfrm state get src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 mark 5 mask 5 foo
ip xfrm state get src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 mark 5 src 10.0.0.1
ip xfrm state get proto esp spi 5
ip xfrm state get dst ::1 proto esp spi 5
ip xfrm state get proto hao
ip xfrm state delete
ip xfrm state delete src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 foo
ip xfrm state delete src 10.0.0.1 dst 10.0.0.2 proto esp spi 1
ip xfrm state d src 10.0.0.1 dst 10.0.0.2 proto esp spi 1
ip xfrm state del proto hao
ip xfrm state allocspi
ip xfrm state allocspi src 10.0.0.1 dst 10.0.0.2 proto esp spi 1
ip xfrm state allocspi src 10.0.0.1 dst 10.0.0.2 proto esp min 5
ip xfrm state allocspi src 10.0.0.1 dst 10.0.0.2 proto esp max 5
ip xfrm state allocspi src 10.0.0.1 dst 10.0.0.2 proto esp min 6 max 5
ip xfrm state allocspi src 10.0.0.1 dst 10.0.0.2 proto esp min x max 5
ip xfrm state allocspi src 10.0.0.1 dst 10.0.0.2 proto esp min 5 max x
ip xfrm state allocspi src 10.0.0.1 dst 10.0.0.2 proto esp min 5 min 6 max 7
ip xfrm state allocspi src 10.0.0.1 dst 10.0.0.2 proto esp min 0x10000 max 0x10000 foo
ip xfrm state allocspi src 10.0.0.1 dst 10.0.0.2 proto comp min 0x10000 max 0x10001
ip xfrm state allocspi src 10.0.0.1 dst 10.0.0.2 proto hao
ip xfrm state allocspi src 10.0.0.1 dst 10.0.0.2 proto ipsec-any
ip xfrm state allocspi src 10.0.0.1 dst 10.0.0.2 proto esp mode x
ip xfrm state allocspi src 10.0.0.1 dst 10.0.0.2 proto esp mark x
ip xfrm state allocspi src 10.0.0.1 dst 10.0.0.2 proto esp seq x
ip xfrm state allocspi src 10.0.0.1 dst 10.0.0.2 proto esp reqid x
ip xfrm state allocspi src 10.0.0.1 dst 10.0.0.2 proto esp dir x
ip xfrm state allocspi src 10.0.0.1 dst 10.0.0.2 proto esp pcpu-num x
ip xfrm state update src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 enc a b
ip xfrm state update
ip xfrm state up src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 enc a b
ip xfrm state a
ip xfrm state al
ip xfrm state c
ip xfrm state f
ip xfrm state s
ip xfrm state g
ip xfrm state ""
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 enc "" b
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 enc a ""
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 enc a 0x
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 enc a 0X12
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 aead a 0x -5
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 aead a b "-5"
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 extra-flag 0xzz
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 extra-flag 0x1ffffffff
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 flag 0xzz
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 flag 0x1 esn
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 flag esn 0x1
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 sel proto icmp sport zz type 1
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 sel dev ""
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 sel dev 1234567890123456
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 sel sport 5 sport 6 type 3
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 sel sport
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 sel proto
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 sel sport ""
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 limit time-soft
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 sel key 1.2.3
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 sel proto gre key 1.2.3.4.5
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 sel proto gre key 300.1.1.1
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 sel proto gre key ""
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 sel proto gre key 0x1ffffffff
# States that hold a reserved SPI: one at a time, for the order of several is that of a hash table.
ip xfrm state allocspi src 10.0.0.1 dst 10.0.0.2 proto esp min 0x500 max 0x500 mode tunnel reqid 3 seq 0x11
ip xfrm state list
ip -o xfrm state list
ip -d xfrm state list
ip -c=always xfrm state list
ip -s -o xfrm state list src 10.0.0.0/24 | sed 's/add 2[^\\]*use/add T use/'
ip xfrm state get src 10.0.0.1 dst 10.0.0.2 proto esp spi 0x500
ip xfrm state list src 10.0.0.9
ip xfrm state list src 10.0.0.1 dst 10.0.0.0/8 proto esp spi 0x500 mode tunnel reqid 3
ip xfrm state list mode transport
ip xfrm state list reqid 4
ip xfrm state list flag esn
ip xfrm state list proto ah
ip -6 xfrm state list
ip xfrm state count
ip -s xfrm state count
ip -s -o xfrm state count
ip xfrm state delete src 10.0.0.1 dst 10.0.0.2 proto esp spi 0x500
ip xfrm state delete src 10.0.0.1 dst 10.0.0.2 proto esp spi 0x500
ip -s xfrm state allocspi src 2001:db8::1 dst 2001:db8::2 proto comp min 7 max 7 | sed 's/add 2.* use/add T use/'
ip xfrm state deleteall dst 2001:db8::9
ip xfrm state list nokeys
ip -s -s xfrm state deleteall dst 2001:db8::/32
ip xfrm state count
ip xfrm state allocspi src ::1 dst ::2 proto ah min 7 max 7
ip xfrm state flush proto esp
ip xfrm state count
ip xfrm state flush
ip xfrm state count
! ip xfrm state allocspi src 10.0.0.1 dst 10.0.0.2 proto esp min 0x500 max 0x500 mode tunnel >/dev/null
{ ip -j xfrm state list
{ ip -j -p xfrm state list
{ ip -j -s xfrm state list proto ah
{ ip -j xfrm state count
# Without an ID a word that is none of the line is taken for its beginning.
ip xfrm state add mode tunnel foo
ip xfrm state add dir in sel 15
ip xfrm state delete mode tunnel spi 5
ip xfrm state get mark 5 --
ip xfrm state allocspi mode tunnel foo
ip xfrm state flush mode tunnel
