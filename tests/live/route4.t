# IPv4 routes: forms, types, metrics, nexthops, selectors.
@ also user
! echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6
! ip link set lo up
! ip link add d0 address 02:00:00:00:00:01 type veth peer name d1 address 02:00:00:00:00:02
! ip link set d0 up
! ip link set d1 up
! ip addr add 192.168.1.100/24 dev d0
! ip addr add 192.168.2.100/24 dev d1
ip route
ip route add default via 192.168.1.1
ip route add default via 192.168.1.1
ip route add 10.0.0.0/8 via 192.168.1.2
ip route add 10.1/16 via 192.168.1.3 dev d0 metric 100
ip route append 10.1/16 via 192.168.1.4
ip route prepend 10.1/16 via 192.168.1.5 metric 5
ip ro add 10.2.0.0/16 dev d1
ip r a 10.3.0.1 via 192.168.2.1 src 192.168.2.100
ip route add 10.4.0.0/16 dev d0 scope link proto static
ip route add 10.5.0.0/16 via 192.168.1.1 table 100
ip route add 10.6.0.0/16 via 192.168.1.1 proto 77 tos 0x10
ip route add 10.7.0.0/16 via 192.168.77.1 dev d0 onlink
ip route add blackhole 10.10.0.0/16
ip route add unreachable 10.11.0.0/16
ip route add prohibit 10.12.0.0/16 metric 7
ip route add throw 10.13.0.0/16
ip route add local 10.14.0.0/16 dev lo
ip route add broadcast 10.15.255.255 dev d0
ip route add unicast 10.16.0.0/16 dev d0
ip route add nat 10.17.0.0/16 dev d0
ip route add 10.20.0.0/16 via 192.168.1.1 mtu 1400 advmss 1360 window 1000 initcwnd 10 initrwnd 20
ip route add 10.21.0.0/16 via 192.168.1.1 mtu lock 1400 hoplimit 7
ip route add 10.22.0.0/16 via 192.168.1.1 rtt 20ms rttvar 5ms rto_min 10ms
ip route add 10.23.0.0/16 via 192.168.1.1 rtt 2s ssthresh 5 cwnd lock 4 reordering 6 quickack 1
ip route add 10.24.0.0/16 via 192.168.1.1 features ecn
ip route add 10.25.0.0/16 via 192.168.1.1 congctl cubic
ip route add 10.26.0.0/16 via 192.168.1.1 realm 5
ip route add 10.27.0.0/16 via 192.168.1.1 realms 5/6
ip route add 10.28.0.0/16 via 192.168.1.1 fastopen_no_cookie 1
* ip route show dev d0
* ip route show dev d1
* ip route show oif d1
ip route add 10.30.0.0/16 nexthop via 192.168.1.1 weight 2 nexthop via 192.168.2.1 dev d1 weight 3
ip route add 10.31.0.0/16 nexthop via 192.168.1.1 nexthop dev d1 onlink
ip route add 10.32.0.0/16 proto static scope global metric 9 nexthop via 192.168.1.9 weight 256 nexthop via 192.168.2.9
* ip route
* ip route show
* ip r
* ip ro li
* ip route list table main
* ip route show table 100
* ip route show table local
* ip route show table all
* ip route show table 254
* ip route show default
* ip route show 10.1.0.0/16
* ip route show 10.0.0.0/8
* ip route show exact 10.0.0.0/8
* ip route show root 10.0.0.0/8
* ip route show match 10.1.2.3
* ip route show to root 10.3.0.0/16
* ip route show to match 10.3.0.1
* ip route show root 10.0.0.0/8 match 10.1.0.0/16
# A next hop of a multipath route counts for 7.1.
ip route show 10.32.0.0/16 dev d1
* ip route show via 192.168.1.1
* ip route show src 192.168.2.100
* ip route show proto static
* ip route show proto kernel
* ip route show proto 77
* ip route show protocol boot
* ip route show scope link
* ip route show scope global
* ip route show type blackhole
* ip route show type unicast
* ip route show type local table all
* ip route show metric 100
* ip route show tos 0x10
* ip route show realms 5
* ip route show table cache
* ip route show cached
* ip -4 route
* ip -6 route
ip route get 10.0.0.5
ip -j route get 10.0.0.5
ip -j -p route get 10.0.0.5
ip -d route get 10.0.0.5
ip -o route get 10.0.0.5
ip route get 192.168.1.7
ip route get 192.168.1.7 oif d0
ip route get 192.168.1.100
ip route get 127.0.0.1
ip route get 10.10.0.1
ip route get 10.11.0.1
ip route get 10.12.0.1
ip route get 10.13.0.1
ip route get 10.0.0.5 from 192.168.1.100
ip route get 10.0.0.5 from 192.168.2.100 iif d1
ip route get to 10.0.0.5 dev d0 mark 7 uid 0
ip route get 10.0.0.5 ipproto tcp sport 5 dport 80
ip route get fibmatch 10.0.0.5
ip -j route get fibmatch 10.0.0.5
ip route get 255.255.255.255
ip route get 224.0.0.1
ip route get 10.21.0.5
ip route get 10.26.0.5
ip route get 10.20.0.5
ip -j route get 10.20.0.5
ip route change 10.0.0.0/8 via 192.168.1.20
ip route chg 10.0.0.0/8 via 192.168.1.21
ip route replace 10.0.0.0/8 via 192.168.1.22
ip route replace 10.99.0.0/16 via 192.168.1.22
ip route test 10.99.0.0/16 via 192.168.1.22
ip route change 10.98.0.0/16 via 192.168.1.22
ip route show 10.0.0.0/8
ip route del 10.98.0.0/16
ip route del 10.99.0.0/16
ip route del 10.1.0.0/16 metric 100
ip route del 10.30.0.0/16
ip route del blackhole 10.10.0.0/16
ip route del default via 192.168.1.77
ip route del default
ip route show
ip route flush 10.20.0.0/14
ip route flush proto static
ip -s route flush table 100
ip route flush type throw
ip route flush cache
ip -s route flush root 10.0.0.0/8
ip route show
ip route flush
ip route flush table nosuch
ip route show table all
ip route save > saved; ip route flush dev d1; ip route restore < saved; ip route show
ip route save table all > saved; ip route showdump < saved
ip route showdump < /dev/null
ip route restore < /dev/null
ip route show table 4294967295
