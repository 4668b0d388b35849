# IPsec states. This kernel may lack the protocols and algorithms: it refuses the request, which is compared.
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 enc "cbc(aes)" 0x0102
ip xfrm state update src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 enc "cbc(aes)" 0x0102
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 enc "cbc(aes)" 0x0102 mode tunnel seq 0x11 reqid 7 replay-window 5 flag icmp mark 0 mask 5 if_id 0 tfcpad 0 dir in pcpu-num 0 output-mark 5 extra-flag 0x0
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 enc "cbc(aes)" 0x0102 mark 5 replay-seq 0 output-mark 5 mask 0 extra-flag 0x2 if_id 7 tfcpad 3 encap espinudp 1 2 10.0.0.9 ctx hi offload packet dev lo dir in limit byte-soft 5
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 enc "cbc(aes)" 0x0102 encap espinudp-nonike 1 2 ::9 output-mark 0 mask 7 replay-seq-hi 4
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 enc "cbc(aes)" 0x0102 encap espintcp 1 2 0.0.0.0 output-mark 9 mask 7 mark 7 mask 0
ip xfrm state add src ::1 dst ::2 proto hao mode ro coa ::5/64
ip xfrm state add src ::1 dst ::2 proto route2 mode in_trigger coa ::5
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 enc x 0x0102 offload dev lo dir out auth x 0x0102
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 enc x 0x0102 dir out offload crypto dev lo dir in auth-trunc x 0x0102 96
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 enc x 0x0102 offload crypto dev lo dir in dir out
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 enc x 0x0102 replay-window 33
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 enc x 0x0102 replay-window 4096
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 enc x 0x0102 replay-window 32 replay-oseq 9 replay-seq-hi 4
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 enc x 0x0102 replay-seq 9 replay-oseq-hi 4
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 enc x 0x0102 replay-window 5 flag esn replay-oseq-hi 9 replay-seq-hi 4 replay-seq 3 replay-oseq 2
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 enc x 0x0102 flag esn dir out
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 enc x 0x0102 flag noecn decap-dscp nopmtudisc wildrecv icmp af-unspec align4
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 enc x 0x0102 flag 0x41 extra-flag dont-encap-dscp oseq-may-wrap
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 aead x 0x123 96 sel src 10.0.0.1 dst 0/0 proto tcp sport 5 dport 0 dev lo
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 enc x text sel proto icmp type 3 code 0
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 enc x "" sel proto icmp code 4
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 enc x 0x sel proto gre key 7
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 enc x 0x01 sel proto gre key 1.2.3.4
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 enc x 0x01 sel proto gre key 0 dev none
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 enc x 0x01 sel dport 7 src 10.0.0.0/8
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 enc x 0x01 sel sport 0
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 enc x 0x01 sel dst ::1
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 enc x 0x01 sel proto any
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 mode beet enc x 0x01 comp y
ip xfrm state add dst 10.0.0.2 proto ah spi 1 mode tunnel auth x 0x01
ip xfrm state add dst 10.0.0.2 proto ah spi 1 mode transport auth-trunc x 0x01 96
ip xfrm state add dst ::2 proto comp spi 1 comp deflate
ip xfrm state add src 10.0.0.1/24 dst 10.0.0.2 proto esp spi 1 enc x 0x01
ip -6 xfrm state add proto esp spi 1 enc x 0x01
ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 enc x 0x01 limit time-soft 10 limit time-hard 20 limit time-use-soft 11 limit time-use-hard 21 limit byte-soft 100 limit byte-hard 200 limit packet-soft 3 limit packet-hard 4
ip xfrm state allocspi src 10.0.0.1 dst 10.0.0.2 proto comp
ip xfrm state allocspi src 10.0.0.1 dst 10.0.0.2 proto esp mark 5 seq 5 reqid 3 dir in pcpu-num 2 mode tunnel
ip xfrm state allocspi src 10.0.0.1 dst 10.0.0.2 proto esp mark 0 mask 5 min 0x500 max 0x501
ip xfrm state get src 10.0.0.1 dst 10.0.0.2 proto esp spi 5 mark 5
ip xfrm state get src 10.0.0.1 dst 10.0.0.2 proto esp spi 5 mark 0
ip xfrm state get
ip xfrm state delete dst 10.0.0.2 proto esp spi 5 mark 4 mask 3
ip xfrm state delete src ::1 dst ::2 proto hao
ip xfrm state delete
? ip xfrm state list
? ip xfrm state list src 10.0.0.1 proto esp
? ip xfrm state list src 10.0.0.0/8 dst 10.0.0.2 spi 5
? ip xfrm state list dst ::1 mode tunnel reqid 5
? ip xfrm state list proto ipsec-any
? ip -6 xfrm state list
ip xfrm state flush
ip xfrm state flush proto comp
ip xfrm state count
