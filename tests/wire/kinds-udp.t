! ip link add v0 type veth peer name v1
ip link add a0 type amt
ip link add a0 type amt mode gateway local 1.2.3.4 discovery 1.2.3.5 dev v0
ip link add a0 type amt mode relay local 1.2.3.4 dev v0 max_tunnels 5 relay_port 6 gateway_port 7
ip link add a0 type amt mode gateway mode relay
ip link add a0 type amt dev v0 dev v1
ip link add a0 type amt local any discovery any
ip link add a0 type amt local fe80::1 discovery fe80::2
ip link add a0 type amt local 224.0.0.1 discovery 0.0.0.0
ip link add b0 type bareudp
ip link add b0 type bareudp dstport 5 ethertype ipv4
ip link add b0 type bareudp dstport 5 ethertype 802.1Q srcportmin 7 multiproto
ip link add b0 type bareudp d 5 e 0x800 s 7 n
ip link add g0 type gtp
ip link add g0 type gtp role sgsn
ip link add g0 type gtp role ggsn hsize 5 restart_count 7
ip link add g0 type gtp role sgsn foo
>
ip link add g0 type gtp role sgsn hsize 1 hsize 2
ip link add g0 type gtp role sgsn role ggsn restart_count 0
ip link add i0 link v0 type ipoib
ip link add i0 link v0 type ipoib pkey 0x8001 mode datagram umcast 1
ip link add i0 link v0 type ipoib p 5 m connected u 300
ip link add m0 link v0 type macsec
ip link add m0 link v0 type macsec sci 0011223344556677
ip link add m0 link v0 type macsec sci 0x11
ip link add m0 link v0 type macsec sci 11223344556677889
ip link add m0 link v0 type macsec sci 0
ip link add m0 link v0 type macsec port 5
ip link add m0 link v0 type macsec address 02:00:00:00:00:01
ip link add m0 link v0 type macsec address 02:00
>
ip link add m0 link v0 type macsec address 02:00:00:00:00:01 port 5
ip link add m0 link v0 type macsec port 5 address 02:00:00:00:00:01
ip link add m0 link v0 type macsec address 02:00:00:00:00:01:09:08 port 5
>
ip link add m0 link v0 type macsec cipher default
ip link add m0 link v0 type macsec cipher gcm-aes-128
ip link add m0 link v0 type macsec cipher gcm-aes-256
ip link add m0 link v0 type macsec cipher gcm-aes-xpn-128
ip link add m0 link v0 type macsec cipher GCM-AES-XPN-256 icvlen 16
ip link add m0 link v0 type macsec icvlen 8
ip link add m0 link v0 type macsec encrypt on send_sci on end_station off scb off protect off
ip link add m0 link v0 type macsec encrypt off send_sci off end_station on protect on
ip link add m0 link v0 type macsec scb on
ip link add m0 link v0 type macsec send_sci on end_station off
ip link add m0 link v0 type macsec replay on window 5
ip link add m0 link v0 type macsec replay off window 5
ip link add m0 link v0 type macsec replay off
ip link add m0 link v0 type macsec replay on window 0
ip link add m0 link v0 type macsec replay on replay off
ip link add m0 link v0 type macsec window 0 replay off
ip link add m0 link v0 type macsec validate disabled
ip link add m0 link v0 type macsec validate check encodingsa 3
ip link add m0 link v0 type macsec validate strict encodingsa 0
ip link add m0 link v0 type macsec offload off
ip link add m0 link v0 type macsec offload phy
ip link add m0 link v0 type macsec offload mac
ip link set v0 type macsec encrypt on
ip link set v0 type macsec sci 5 encrypt on
ip link set v0 type macsec port 5
ip link set v0 type macsec window 5 replay on
ip link set v0 type macsec cipher default icvlen 16
ip link set v0 type macsec
ip link set v0 type macsec offload mac
ip link add g0 type geneve
ip link add g0 type geneve id 5 remote 1.2.3.4
ip link add g0 type geneve vni 16777215 remote ff02::1
ip link add g0 type geneve id 5 remote 2001:db8::1
ip link add g0 type geneve external
ip link add g0 type geneve external remote 1.2.3.4
ip link add g0 type geneve noexternal id 5 remote 1.2.3.4
ip link add g0 type geneve id 5 remote 0.0.0.0
ip link add g0 type geneve id 5 remote ::
ip link add g0 type geneve id 5 remote 1.2.3.4 ttl 7 tos 0x10 df set label 5 dstport 6
ip link add g0 type geneve id 5 remote 1.2.3.4 hoplimit auto dsfield AF11 df unset flowlabel 0xfffff dstport 0
ip link add g0 type geneve id 5 remote 1.2.3.4 ttl inherit tos inherit df inherit
ip link add g0 type geneve id 5 remote 1.2.3.4 ttl 0
ip link add g0 type geneve id 5 remote 1.2.3.4 udpcsum udp6zerocsumtx udp6zerocsumrx innerprotoinherit
ip link add g0 type geneve id 5 remote 1.2.3.4 noudpcsum noudp6zerocsumtx noudp6zerocsumrx
ip link add g0 type geneve i 5 r 1.2.3.4 tt 5 to 6 l 7 dst 8 udpc
ip link add g0 type geneve id 5 remote 1.2.3.4 local 1.2.3.5
ip link add g0 type geneve id 5 remote 2001:db8::1 local 2001:db8::2
ip link set v0 type geneve id 5
ip link set v0 type geneve external
ip link set v0 type geneve id 5 ttl 6 remote 1.2.3.4
ip link set v0 type geneve
ip link add x2 type geneve id 5 remote ::1 local 10.0.0.1
ip -6 link add x2 type geneve id 5 local ::1 remote 10.0.0.1
