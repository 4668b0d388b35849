! ip link add d0 type veth peer name d1
! ip link set d0 up
! ip link set d1 up
! ip addr add 192.168.1.100/24 dev d0
ip route add default via 192.168.1.1
ip route add default via 192.168.1.1 dev d0
ip route add default dev d0
ip route append default dev d0
ip route prepend default dev d0
ip route change default dev d0
ip route replace default dev d0
ip route test default dev d0
ip route del default
ip route del 10.0.0.0/8 metric 5
ip route add 10/8 via 192.168.1.1 src 192.168.1.100 metric 9 proto static scope global tos 0x10
ip route add 10/8 via 192.168.1.1 table 100
ip route add 10/8 via 192.168.1.1 table 1000
ip route add 10/8 via 192.168.1.1 proto 77 preference 4
ip route add 10.0.0.1 dev d0 scope link
ip route add 10.0.0.1 dev d0 scope host
ip route add 10/8 via 192.168.77.1 dev d0 onlink
ip route add 10/8 via 192.168.77.1 dev d0 pervasive
ip route add blackhole 10/8
ip route add unreachable 10/8
ip route add prohibit 10/8
ip route add throw 10/8
ip route add local 10.0.0.1 dev lo
ip route add broadcast 10.0.0.1 dev d0
ip route add multicast 224/4 dev d0
ip route add nat 10.0.0.1 dev d0
ip route add unicast 10/8 dev d0
ip route add 10/8 dev d0 mtu 1400 advmss 1300 window 5 hoplimit 7 initcwnd 9 initrwnd 10
ip route add 10/8 dev d0 mtu lock 1400 rtt lock 20ms cwnd 5 ssthresh 6 reordering 7 rttvar 8ms rto_min 9ms
ip route add 10/8 dev d0 rtt 5 rttvar 6 rto_min 1s quickack 1 fastopen_no_cookie 1 features ecn
ip route add 10/8 dev d0 congctl cubic
ip route add 10/8 dev d0 congctl lock reno
ip route add 10/8 dev d0 realm 5
ip route add 10/8 dev d0 realms 5/6
ip route add 10/8 nhid 5
ip route add 10/8 nexthop via 192.168.1.1 weight 2 nexthop via 192.168.1.2 dev d0 weight 3
ip route add 10/8 nexthop dev d0 onlink nexthop via 192.168.1.3 realm 4
ip route add 10/8 metric 5 nexthop via 192.168.1.1 nexthop via inet6 fe80::1 dev d0
ip route add 10/8 via inet6 fe80::1 dev d0
ip route add 10/8 via inet 192.168.1.1
ip route add default via 2001:db8::1 dev d0
ip -6 route add default dev d0
ip -6 route add default via fe80::1 dev d0 metric 5 pref high
ip route add 2001:db8:1::/48 dev d0 mtu 1400 expires 100 pref low
ip route add 2001:db8:1::/48 dev d0 proto ra
ip route add 2001:db8:1::/48 from 2001:db8:2::/48 via fe80::1 dev d0
ip route add blackhole 2001:db8:1::/48
ip route add 2001:db8:1::/48 nexthop via fe80::1 dev d0 weight 2 nexthop via fe80::2 dev d1
ip -6 route del 2001:db8:1::/48
ip -6 route add ::/0 dev d0 table 1234
ip route get 10.0.0.1
ip route get 10.0.0.1 from 192.168.1.100
ip route get 10.0.0.1 iif d0 from 10.9.9.9
ip route get 10.0.0.1 oif d0 mark 5 tos 0x10 uid 7
ip route get 10.0.0.1 ipproto tcp sport 1 dport 2
ip route get fibmatch 10.0.0.1
ip route get 2001:db8::1
ip -6 route get 2001:db8::1 from 2001:db8::2 dev d0
ip route get 10.0.0.1 connected
ip route get 10.0.0.1 notify
