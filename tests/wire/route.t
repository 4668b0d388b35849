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
ip -f bridge route get any dev d0
ip route get 10.0.0.1 from 192.168.1.100
ip route get 10.0.0.1 iif d0 from 10.9.9.9
ip route get 10.0.0.1 oif d0 mark 5 tos 0x10 uid 7
ip route get 10.0.0.1 ipproto tcp sport 1 dport 2
ip route get fibmatch 10.0.0.1
ip route get 2001:db8::1
ip -6 route get 2001:db8::1 from 2001:db8::2 dev d0
ip route get 10.0.0.1 connected
ip route get 10.0.0.1 notify
# Every spelling of every keyword.
ip route add to 10.1.0.0/16 dev d0
ip route chg 10.1.0.0/16 dev d0 metric 8
ip route add 10.1.0.0/16 oif d0 dsfield 8 priority 5 protocol boot
ip route add 10.1.0.0/16 dev d0 reordering lock 5 window lock 6 cwnd lock 7 initcwnd lock 8 initrwnd lock 9 ssthresh lock 10
ip route add 10.1.0.0/16 dev d0 hoplimit lock 5 advmss lock 1000 rttvar lock 2s quickack 0
ip route add 10.1.0.0/16 dev d0 rtt 1.5s rttvar 0.25s rto_min 5 hoplimit 255
ip route add 10.1.0.0/16 dev d0 mtu 0 mtu 1400 mtu 1300
ip route add 10.1.0.0/16 dev d0 features ecn congctl lock cubic
ip route add 10.1.0.0/16 dev d0 ttl-propagate enabled
ip route add 10.1.0.0/16 dev d0 ttl-propagate disabled
ip route add 10.1.0.0/16 dev d0 table main
ip route add 10.1.0.0/16 dev d0 table local
ip route add 10.1.0.0/16 dev d0 table 4294967295
ip route add 10.1.0.0/16 dev d0 table 0
ip route add 10.1.0.0/16 vrf d0
ip route add 10.1.0.0/16 dev d0 realms 0x50006
ip route add 10.1.0.0/16 dev d0 realms cosmos
ip route add 10.1.0.0/16 dev d0 scope nowhere
ip route add 10.1.0.0/16 dev d0 scope site protocol dhcp
ip route add 10.1.0.0/16 dev d0 scope 77 protocol 0
ip route add 10.1.0.0/16 dev d0 tos CS1
ip route add brd 10.1.255.255 dev d0
ip route add anycast 10.1.0.1 dev d0
ip route add xresolve 10.1.0.0/16
ip route add 6 10.1.0.0/16
ip route add 10.1.0.0/16 expires 60 dev d0
ip route add 10.1.0.0/16 from 10.2.0.0/16 dev d0
ip route add 10.1.0.0/16 from any dev d0
ip route add default from default dev d0
ip route add 0/0 dev d0
ip route add 10.1.0.0/255.255.0.0 dev d0
ip route add 10.1.0.0/16 via inet6 2001:db8::1 dev d0
ip route add 10.1.0.0/16 via link 02:00:00:00:00:01 dev d0
ip route add 10.1.0.0/16 nexthop via 192.168.1.1 dev d0 weight 256 realms 5/6 nexthop via inet6 fe80::1 dev d1 weight 1 onlink
ip route del 10.1.0.0/16 via 192.168.1.1 dev d0 metric 5 table 7 proto static scope link tos 8
ip route delete blackhole 10.1.0.0/16
ip route del default table 7
ip -6 route add 2001:db8:5::/48 dev d0 pref low
ip -6 route add 2001:db8:5::/48 dev d0 pref medium
ip -6 route add 2001:db8:5::/48 dev d0 pref 1
ip -6 route add 2001:db8:5::/48 dev d0 metric 7 table 300 proto static src 2001:db8::1 mtu lock 1400 hoplimit 9 expires 4294967295
ip -6 route add local 2001:db8:5::1 dev lo
ip -6 route add anycast 2001:db8:5::1 dev d0
ip -6 route add unreachable default metric 4294967295
ip -6 route add prohibit 2001:db8:5::/48
ip -6 route add throw 2001:db8:5::/48
ip -6 route add multicast ff00::/8 dev d0 table local
ip -6 route add default from 2001:db8::/32 dev d0
ip -6 route add default from default dev d0
ip -6 route add 2001:db8:5::/48 nhid 9
ip -6 route add 2001:db8:5::/48 nexthop via fe80::1 dev d0 weight 256 nexthop via 2001:db8::9
ip -6 route append 2001:db8:5::/48 via fe80::1 dev d0
ip -6 route prepend 2001:db8:5::/48 via fe80::1 dev d0
ip -6 route test 2001:db8:5::/48 via fe80::1 dev d0
ip -6 route change 2001:db8:5::/48 via fe80::1 dev d0
ip -6 route replace 2001:db8:5::/48 via fe80::1 dev d0
ip -6 route del 2001:db8:5::/48 via fe80::1 dev d0 metric 5
ip -6 route del default
ip -M route add 100 via inet 192.168.1.1 dev d0
ip -M route add 100 as 200/300 via inet6 fe80::1 dev d0
ip -M route add 100 as to 200 via inet 192.168.1.1
ip -M route add 100 nexthop as 200 via inet 192.168.1.1 nexthop as to 300/301 via inet6 fe80::1 dev d0
ip -M route add 100 dev lo ttl-propagate enabled
ip -M route add 100 via inet 192.168.1.1 ttl-propagate disabled
ip -M route replace 100 dev lo
ip -M route del 100
ip -M route del 100 via inet 192.168.1.1
ip -f mpls route get 100
ip route add 10.1.0.0/16 dev d0 features tcp_usec_ts
ip route add 10.1.0.0/16 dev d0 features ecn tcp_usec_ts mtu 1400
ip -4 route add default dev d0
ip -4 route del default
ip -4 route add 10.1.0.0/16 from default dev d0
ip route add 10.1.0.0/16 dev d0 src default
ip -6 route add 2001:db8:5::/48 dev d0 src default
ip route add 10.1.0.0/16 via default
# Questions.
ip route get 10.0.0.1 from default
ip -4 route get default
ip route get to 10.0.0.1 dsfield 8 dev d0
ip route get 10.0.0.1 iif lo
ip route get 10.0.0.1 vrf d0
ip route get 10.0.0.1 mark 0xffffffff uid 4294967295
ip route get 10.0.0.1 ipproto udp dport 53
ip route get 10.0.0.1 ipproto 255 sport 65535
ip route get 10.0.0.1 as 10.0.0.2
ip route get 10.0.0.1 as to 10.0.0.2
ip route get 10.0.0.1/24
ip route get default
ip -6 route get default
ip -6 route get 2001:db8::1 iif d0 oif d1 mark 5 uid 7 fibmatch ipproto tcp sport 1 dport 2
ip -6 route get to 2001:db8::1 connected
ip -6 route get 2001:db8::1 notify
ip -6 route get 2001:db8::1 flowlabel 0xfffff
# Lists: what the kernel is asked to filter by.
? ip route show
? ip -6 route show
? ip -M route show
? ip route list table 100
? ip route list table all
? ip route list table cache
? ip route list table main
? ip -6 route list table 4294967295
? ip route show vrf d0
? ip route show cached
? ip -6 route show cloned
? ip route show tos 0x10
? ip route show dsfield 8
? ip route show protocol static
? ip route show protocol 77
? ip route show protocol all
? ip route show scope link
# Ours has the kernel leave other types out.
? ip route show type blackhole
> GETROUTE 301 02000000 00000006 00000000 15=fe000000
? ip route show metric 5
? ip route show priority 5
? ip route show preference 5
? ip route show mark 5
? ip route show realms 5
? ip route show src 10.0.0.1
? ip route show via 10.0.0.1
? ip route show via inet6 fe80::1
? ip route show dev d0
? ip -6 route show oif d0
? ip route show iif d0
? ip route show from 10.0.0.0/8
? ip route show to 10.0.0.0/8
? ip route show root 10.0.0.0/8
? ip route show match 10.0.0.1
? ip route show exact 10.0.0.0/8
? ip route show default
