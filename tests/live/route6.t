# IPv6 routes. The devices are up and have addresses that skip duplicate detection.
! ip link set lo up
! ip link add d0 address 02:00:00:00:00:01 type veth peer name d1 address 02:00:00:00:00:02
! ip link set d0 up
! ip link set d1 up
! ip addr add 2001:db8:1::1/64 dev d0 nodad
! ip addr add 2001:db8:2::1/64 dev d1 nodad
! sleep 0.3
ip -6 route add default via 2001:db8:1::2
ip -6 route add default via 2001:db8:1::2
ip route add 2001:db8:10::/48 via 2001:db8:1::3
ip route add 2001:db8:11::/48 via fe80::1 dev d0 metric 50
ip route add 2001:db8:11::/48 via fe80::2 dev d0
+ ip -6 route show dev d0
+ ip -6 route show dev d1
ip -6 route append 2001:db8:11::/48 via fe80::3 dev d0 metric 50
ip route add 2001:db8:12::/48 dev d1 proto static
ip route add 2001:db8:13::1 dev d1 pref low
ip route add 2001:db8:14::/48 dev d1 pref high
ip route add blackhole 2001:db8:15::/48
ip route add unreachable 2001:db8:16::/48 metric 99
ip route add prohibit 2001:db8:17::/48
ip route add throw 2001:db8:18::/48
ip route add 2001:db8:19::/48 via 2001:db8:1::3 mtu 1400 hoplimit 9 advmss 1300
ip route add 2001:db8:20::/48 nexthop via 2001:db8:1::3 weight 2 nexthop via 2001:db8:2::3 dev d1
ip route add 2001:db8:21::/48 from 2001:db8:1::/64 via 2001:db8:1::3
ip route add 2001:db8:22::/48 via 2001:db8:1::3 src 2001:db8:1::1 table 200
ip route add 10.0.0.0/8 via inet6 fe80::9 dev d0
ip route add 10.1.0.0/16 via inet6 2001:db8:1::9 dev d0
ip -6 route add anycast 2001:db8:23::1 dev d0
ip -6 route add local 2001:db8:24::/48 dev lo
ip -6 route add 2001:db8:25::/48 dev d0 expires 1000
ip -6 route show 2001:db8:25::/48 | sed 's/[0-9]*sec/Nsec/'
ip -j -6 route show 2001:db8:25::/48 | sed 's/"expires":[0-9]*/N/'
ip -6 route del 2001:db8:25::/48
+ ip -6 route
+ ip -6 route show
+ ip route
+ ip -4 route show
+ ip -6 route show table 200
+ ip -6 route show table local
+ ip -6 route show table all
+ ip route show table all
+ ip -6 route show default
+ ip -6 route show via 2001:db8:1::3
+ ip -6 route show proto static
+ ip -6 route show proto kernel
+ ip -6 route show metric 50
+ ip -6 route show type blackhole
+ ip -6 route show root 2001:db8::/32
+ ip -6 route show match 2001:db8:11::1
+ ip -6 route show exact 2001:db8:11::/48
+ ip route show 2001:db8:11::/48
+ ip -6 route show table cache
+ ip -6 route show scope global
ip route get 2001:db8:10::1
ip -j route get 2001:db8:10::1
ip -d route get 2001:db8:10::1
ip -o route get 2001:db8:10::1
ip -6 route get 2001:db8:1::5 from 2001:db8:1::1
ip route get 2001:db8:1::1
ip route get ::1
ip route get 2001:db8:15::1
ip route get 2001:db8:16::1
ip route get fe80::7 dev d0
ip route get fibmatch 2001:db8:10::1
ip route get 10.0.0.1
ip -j route get 10.0.0.1
ip -6 route get 2001:db8:10::1 flowlabel 5
ip -6 route change 2001:db8:10::/48 via 2001:db8:1::4
ip -6 route replace 2001:db8:10::/48 via 2001:db8:1::5
ip -6 route show 2001:db8:10::/48
ip -6 route del 2001:db8:10::/48
ip -6 route del 2001:db8:10::/48
ip -6 route del 2001:db8:20::/48 nexthop via 2001:db8:1::3
ip -6 route flush 2001:db8:11::/48
ip -6 route flush proto static
ip -6 route show
ip -6 route flush cache
