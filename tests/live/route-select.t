# Every selector of show and get, over routes of all sorts.
! ip link set lo up
! ip link add d0 address 02:00:00:00:00:01 type veth peer name d1 address 02:00:00:00:00:02
! echo 0 > /proc/sys/net/ipv6/conf/d0/accept_dad
! echo 0 > /proc/sys/net/ipv6/conf/d1/accept_dad
# One after the other, so that their routes come in one order.
! ip link set d0 up
! sleep 0.2
! ip link set d1 up
! sleep 0.3
! ip addr add 10.0.0.1/24 dev d0
! ip addr add 10.0.1.1/24 dev d1
! ip addr add 2001:db8::1/64 dev d0 nodad
! ip addr add 2001:db8:1::1/64 dev d1 nodad
! sleep 0.3
ip route add default via 10.0.0.2 metric 5
ip route add default via 10.0.1.2 metric 9 proto static
ip route add 10.9.0.0/24 dev d0
ip route add 10.9.0.0/16 via 10.0.0.3 src 10.0.0.1
ip route add 10.0.0.0/8 via 10.0.1.3 proto bird table 100
ip route add 10.9.0.7 via 10.0.0.4 mtu lock 1400 rtt 20ms rttvar 3s cwnd 5 hoplimit 7 initcwnd 9 features ecn quickack 1 congctl reno ssthresh 5 reordering 4 advmss 1000 window 6 initrwnd 7 rto_min 300ms fastopen_no_cookie 1
ip route add 10.10.0.0/16 dev d1 scope host
ip route add 10.11.0.0/16 dev d1 tos 0x10
ip route add 10.11.0.0/16 dev d1 tos 0x14 metric 4
ip route add 10.12.0.0/16 dev d1 proto 77 realm 5
ip route add 10.13.0.0/16 dev d1 realms 7/8 table 1000
ip route add blackhole 10.20.0.0/16
ip route add unreachable 10.21.0.0/16 metric 5
ip route add prohibit 10.22.0.0/16
ip route add throw 10.23.0.0/16 table 100
ip route add local 10.24.0.0/24 dev lo
ip route add broadcast 10.24.1.255 dev d0 table 77
ip route add multicast 224.5.0.0/16 dev d0
ip route add 10.30.0.0/16 nexthop via 10.0.0.2 weight 2 nexthop via 10.0.1.2 dev d1 realms 3
ip route add 10.31.0.0/16 nexthop via 10.0.0.2 dev d0 nexthop via 10.99.0.2 dev d1 onlink
ip route add 10.32.0.0/16 via inet6 2001:db8::9 dev d0
ip route add 10.33.0.0/16 nexthop via inet6 fe80::9 dev d0 nexthop via 10.0.1.2
ip route add 10.34.0.0/16 via 10.77.0.1 dev d1 onlink
ip -6 route add default via 2001:db8::2
ip -6 route add 2001:db8:5::/48 via fe80::1 dev d0 metric 50 pref low
ip -6 route append 2001:db8:5::/48 via fe80::2 dev d1 metric 50
ip -6 route add 2001:db8:6::/48 nexthop via 2001:db8::3 weight 2 nexthop via 2001:db8:1::3
ip -6 route add unreachable 2001:db8:7::/48
ip -6 route add blackhole 2001:db8:8::/48 metric 7
ip -6 route add 2001:db8:9::/48 from 2001:db8::/32 via 2001:db8::3
ip -6 route add 2001:db8:a::/48 via 2001:db8::3 src 2001:db8::1 table 200 pref high
ip -6 route add 2001:db8:b::1 dev d1 scope link mtu 1300 hoplimit 5
ip -6 route add anycast 2001:db8:c::1 dev d0
ip route
ip route list
ip route lst
ip route l
ip route show table all
ip -j route show table all
ip route show table 0
ip -j route show table 0
ip route show table 100
ip -j route show table 100
ip route show table main
ip -j route show table main
ip route show table local
ip -j route show table local
ip route show table default
ip route show table 1000
ip -j route show table 1000
ip route show table 98765
ip route show table foo
ip -j route show table foo
ip route show table cache
ip -j route show table cache
ip route show cache
ip route show cached
ip route show cloned
ip route show table
ip -j route show table
ip route show all
ip route show dev nope
ip route show dev
ip route show proto static
ip route show proto kernel
ip route show proto all
ip route show proto bird table 100
ip route show proto 77
ip route show proto foo
ip route show scope link
ip route show scope host
ip route show scope global
ip route show scope all
ip route show scope 253
ip route show scope foo
ip route show type unicast
ip route show type blackhole
ip route show type local
ip route show type local table all
ip route show type unreachable
ip route show type broadcast table all
ip route show type foo
ip route show type 7
ip route show tos 0x10
ip route show tos 10
ip route show tos 0
ip route show tos 14
ip route show tos x
ip route show metric 5
ip route show metric 0
ip route show metric x
ip route show mark 5
ip route show mark x
ip route show realm 5
ip route show realms 7/8 table 1000
ip route show src 10.0.0.1
ip route show src 10.0.0.0/8
ip route show src 10.0.1.1
ip route show src default
ip route show src x
ip route show via 10.0.0.2
ip -j route show via 10.0.0.2
ip route show via 10.0.1.2
ip -j route show via 10.0.1.2
ip route show via 10.0.0.0/24
ip -j route show via 10.0.0.0/24
ip route show via inet 10.0.0.2
ip -j route show via inet 10.0.0.2
ip route show via inet6 2001:db8::9
ip -j route show via inet6 2001:db8::9
ip route show via inet6 2001:db8::/32
ip -j route show via inet6 2001:db8::/32
ip route show via inet6 fe80::9
ip -j route show via inet6 fe80::9
ip route show via x
ip -j route show via x
ip route show iif d0
ip route show iif nope
ip route show from 10.0.0.0/8
ip route show from default
ip route show 10.9.0.0/24
ip route show 10.9.0.0/16
ip route show 10.9/16
ip route show 10.9.0.7
ip route show 10.9.0.8
ip route show to 10.9.0.7
ip route show exact 10.9.0.0/16
ip route show root 10.9.0.0/16
ip -j route show root 10.9.0.0/16
ip route show root 10.0.0.0/8
ip -j route show root 10.0.0.0/8
ip route show root 0/0
ip -j route show root 0/0
ip route show root default
ip -j route show root default
ip route show match 10.9.0.7
ip route show match 10.9.0.0/24
ip route show match default
ip route show to match 10.9.0.7
ip route show to root 10.9.0.0/16 match 10.9.0.7
ip route show root 10.9.0.0/17
ip -j route show root 10.9.0.0/17
ip route show match 10.9.0.0/15
ip route show ex 10.9.0.0/16
ip route show ro 10.9.0.0/16
ip -j route show ro 10.9.0.0/16
ip route show m 10.9.0.7
ip route show match 0/0
ip route show default
ip route show any
ip route show 0.0.0.0/0
ip route show x
ip route show help
ip route show default metric 9
ip route show 10.30.0.0/16 via 10.0.1.2
ip -6 route
ip -6 route show table all
ip -j -6 route show table all
ip -6 route show default
ip -j -6 route show default
ip -6 route show 2001:db8:5::/48
ip -j -6 route show 2001:db8:5::/48
ip -6 route show root 2001:db8:5::/48
ip -j -6 route show root 2001:db8:5::/48
ip -6 route show match 2001:db8:5::1
ip -j -6 route show match 2001:db8:5::1
ip -6 route show via fe80::1
ip -j -6 route show via fe80::1
ip -6 route show via 2001:db8::3
ip -j -6 route show via 2001:db8::3
ip -6 route show from 2001:db8::/32
ip -j -6 route show from 2001:db8::/32
ip -6 route show from root 2001:db8::/32
ip -j -6 route show from root 2001:db8::/32
ip -6 route show proto ra
ip -j -6 route show proto ra
ip -6 route show type unreachable
ip -j -6 route show type unreachable
ip -6 route show type blackhole
ip -j -6 route show type blackhole
ip -6 route show metric 50
ip -j -6 route show metric 50
ip -6 route show src 2001:db8::1 table 200
ip -j -6 route show src 2001:db8::1 table 200
ip -6 route show table 200
ip -j -6 route show table 200
ip -6 route show type local table local
ip -j -6 route show type local table local
ip -6 route show type anycast table all
ip -j -6 route show type anycast table all
ip -6 route show cache
ip -j -6 route show cache
ip -6 route show scope link
ip -j -6 route show scope link
ip -6 route show tos 4
ip -j -6 route show tos 4
ip -6 route show pref low
ip -j -6 route show pref low
ip route show 2001:db8:5::/48
ip route show root 2001:db8::/32
ip -j route show root 2001:db8::/32
ip route show via 2001:db8::3
ip -j route show via 2001:db8::3
ip -4 route show 2001:db8:5::/48
ip route show table all root 2001:db8::/32
ip -j route show table all root 2001:db8::/32
ip route show table all match 10.9.0.7
ip -j route show table all match 10.9.0.7
ip -M route
ip -0 route
ip -B route
ip route get 10.9.0.7
ip route get 10.9.0.8
ip route get 10.9.0.8/24
ip route get 10.9.0.7 from 10.0.0.1
ip route get 10.9.0.7 from 10.99.99.1
ip route get 10.9.0.7 from 10.0.0.1 iif d0
ip route get 10.9.0.7 oif d1
ip route get 10.9.0.7 dev d1
ip route get 10.9.0.7 dev nope
ip route get 10.9.0.7 mark 5
ip route get 10.9.0.7 mark 0x50
ip route get 10.9.0.7 mark x
ip route get 10.9.0.7 uid 0
ip route get 10.9.0.7 uid x
ip route get 10.11.0.7 tos 0x10
ip route get 10.11.0.7 tos 14
ip route get 10.9.0.7 fibmatch
ip route get 10.9.0.8 fibm
ip route get 10.30.0.8 fibmatch
ip -j route get 10.30.0.8 fibmatch
ip route get 10.30.0.8
ip -j route get 10.30.0.8
ip route get 10.20.0.7
ip route get 10.21.0.7
ip route get 10.22.0.7
ip route get 10.24.0.7
ip route get 10.0.0.255
ip route get 224.5.0.1
ip route get 10.9.0.7 sport 5 dport 6 ipproto tcp
ip route get 10.9.0.7 ipproto 17
ip route get 10.9.0.7 ipproto foo
ip route get 10.9.0.7 sport x
ip route get 10.9.0.7 dport 65536
ip route get 10.9.0.7 connected
ip route get 10.32.0.1
ip -j route get 10.32.0.1
ip route get 10.33.0.1
ip -j route get 10.33.0.1
ip route get default
ip route get any
ip route get 0.0.0.0
ip route get 255.255.255.255
ip route get 127.0.0.1
ip route get to 10.9.0.7
ip route get
ip route get x
ip route get 10.9.0.7 10.9.0.8
ip route get 10.9.0.7 foo
ip route get 10.9.0.7 as 1.2.3.4
ip -6 route get 2001:db8:5::7
ip -j -6 route get 2001:db8:5::7
ip -6 route get 2001:db8:6::7
ip -j -6 route get 2001:db8:6::7
ip -6 route get 2001:db8:7::7
ip -j -6 route get 2001:db8:7::7
ip -6 route get 2001:db8:9::7 from 2001:db8::1
ip -j -6 route get 2001:db8:9::7 from 2001:db8::1
ip -6 route get 2001:db8:5::7 oif d1
ip -j -6 route get 2001:db8:5::7 oif d1
ip -6 route get 2001:db8:5::7 fibmatch
ip -j -6 route get 2001:db8:5::7 fibmatch
ip -6 route get 2001:db8:b::1
ip -j -6 route get 2001:db8:b::1
ip -6 route get ::1
ip -j -6 route get ::1
ip -6 route get ff02::1
ip -j -6 route get ff02::1
ip -6 route get ff02::1 oif d0
ip -j -6 route get ff02::1 oif d0
ip -6 route get 2001:db8:5::7/64
ip -j -6 route get 2001:db8:5::7/64
ip -6 route get default
ip -j -6 route get default
ip route get 2001:db8:5::7
ip -4 route get 2001:db8:5::7
ip route get fibmatch 10.9.0.7
ip route show realm 5
ip route show realm 0/5
ip route show realm 7/8 table 1000
ip route show realm 7/ table 1000
ip route show realm 8 table 1000
ip route show realm 0x70008 table 1000
ip route show realm /8
ip route show realm x
# 7.1 looks into multipath routes for a device.
ip route show root 10.31.0.0/16 dev d1
ip -6 route show root 2001:db8:6::/48 dev d1
# Flushing by selectors.
ip route flush
ip route flush table 98765
ip -s route flush table 1000
ip -s -s route flush table 100
ip -s route flush table 100
ip route flush proto static
ip route flush 10.9.0.7
ip route flush root 10.20.0.0/14
ip route flush type unreachable
ip route flush type local table local scope global
ip route show table all
ip -6 route flush root 2001:db8:5::/46
ip -6 route flush via 2001:db8::3
ip -6 route
ip -6 route flush cache
ip route flush cache
ip -s route flush cache
ip -6 -s route flush cache
ip -s route flush cache junk
ip -4 -s -s route flush dev lo cached
ip route flush dev nope
ip route flush table x
ip route flush scope host dev d1
ip -6 route flush metric 7
ip -6 route show table all
# What was made or removed.
ip -echo route add 10.50.0.0/16 dev d0 metric 5
~ ip -d -echo route replace 10.50.0.0/16 dev d0 metric 5
ip -echo route del 10.50.0.0/16
ip -echo route del 10.50.0.0/16
ip -o -echo -6 route add 2001:db8:77::/48 via 2001:db8::5
{ ip -j -echo route del 2001:db8:77::/48
# A route without a source address cannot be connected.
ip route get 10.9.0.1 connected fibmatch
ip -j route get 10.9.0.1 connected fibmatch
ip route get 10.9.0.1 from 10.0.0.1 connected fibmatch
ip route get 10.9.0.1 from 10.0.0.1 connected
ip route get 2001:db8::5 connected fibmatch
ip route get 2001:db8::5 connected
