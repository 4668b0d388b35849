# What `ip route` refuses, and how.
! echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6
! ip link add d0 address 02:00:00:00:00:01 type veth peer name d1 address 02:00:00:00:00:02
! ip link set d0 up
! ip link set d1 up
! ip addr add 192.168.1.100/24 dev d0
ip route add
ip route add default
ip route add default via
ip route add default via x
ip route add default via 10.9.9.9
ip route add default via 192.168.1.100
ip route add default dev nosuch
ip route add default dev
ip route add default via 2001:db8::1
ip -6 route add default via 192.168.1.1
ip route add 10.0.0.0/8 10.1.0.0/16
ip route add 10.0.0.0/8 to 10.1.0.0/16
ip route add 10.0.0.1/8 dev d0
ip route add 10.0.0.0/33 dev d0
ip route add 10.0.0.0/255.0.255.0 dev d0
ip route add 10.0.0.0/255.0.0.0 dev d0
ip route add x dev d0
ip route add 10.0.0.0/8 via 192.168.1.1 nosuchword
ip route add 10.0.0.0/8 via 192.168.1.1 metric x
ip route add 10.0.0.0/8 via 192.168.1.1 metric -1
ip route add 10.0.0.0/8 via 192.168.1.1 metric 4294967296
ip route add 10.0.0.0/8 via 192.168.1.1 metric
ip route add 10.0.0.0/8 via 192.168.1.1 table nosuch
ip route add 10.0.0.0/8 via 192.168.1.1 proto nosuch
ip route add 10.0.0.0/8 via 192.168.1.1 proto 256
ip route add 10.0.0.0/8 via 192.168.1.1 scope nosuch
ip route add 10.0.0.0/8 via 192.168.1.1 scope host
ip route add 10.0.0.0/8 via 192.168.1.1 tos x
ip route add 10.0.0.0/8 via 192.168.1.1 tos 0xff
ip route add 10.0.0.0/8 via 192.168.1.1 mtu x
ip route add 10.0.0.0/8 via 192.168.1.1 mtu lock
ip route add 10.0.0.0/8 via 192.168.1.1 rtt 5x
ip route add 10.0.0.0/8 via 192.168.1.1 features nosuch
ip route add 10.0.0.0/8 via 192.168.1.1 congctl nosuch
ip route add 10.0.0.0/8 via 192.168.1.1 realm 300
ip route add 10.0.0.0/8 via 192.168.1.1 hoplimit 256
ip route add 10.0.0.0/8 via 192.168.1.1 src 1.2.3.4
ip route add 10.0.0.0/8 via 192.168.1.1 src x
ip route add 10.0.0.0/8 via 192.168.1.1 pref low
ip route add 10.0.0.0/8 via 192.168.1.1 pref nosuch
ip route add 10.0.0.0/8 via 192.168.1.1 nhid x
ip route add 10.0.0.0/8 nhid 99
ip route add 10.0.0.0/8 nexthop
ip route add 10.0.0.0/8 nexthop via
ip route add 10.0.0.0/8 nexthop via 192.168.1.1 weight 0
ip route add 10.0.0.0/8 nexthop via 192.168.1.1 weight 257
ip route add 10.0.0.0/8 nexthop via 192.168.1.1 weight x
ip route add 10.0.0.0/8 nexthop via 192.168.1.1 nosuch
ip route add 10.0.0.0/8 nexthop dev nosuch
ip route add 10.0.0.0/8 nexthop via 10.9.9.9
ip route add 10.0.0.0/8 via inet
ip route add 10.0.0.0/8 via nosuch 1.2.3.4
ip route add blackhole 10.0.0.0/8 dev d0
ip route add blackhole
ip route add 10.0.0.0/8 dev d0 dev d1
ip route add 10.0.0.0/8 via 192.168.1.1 via 192.168.1.2
ip route add help
ip route del
ip route del default
ip route del 10.0.0.0/8 via x
ip route show table nosuch
ip route show table
ip route show dev nosuch
ip route show dev
ip route show via x
ip route show proto nosuch
ip route show scope nosuch
ip route show type nosuch
ip route show metric x
ip route show tos x
ip route show nosuchword
ip route show root
ip route show match x
ip route show vrf nosuch
ip route show src x
ip route show help
ip route get
ip route get default
ip route get 10.0.0.0/8
ip route get x
ip route get 1.2.3.4
ip route get 1.2.3.4 from x
ip route get 1.2.3.4 iif nosuch
ip route get 1.2.3.4 oif nosuch
ip route get 1.2.3.4 nosuch
ip route get 1.2.3.4 ipproto nosuch
ip route get 1.2.3.4 mark x
ip route get help
ip route flush help
ip route flush nosuch
ip route bogus
ip route help
ip r h
ip -6 route add 2001:db8::/129 dev d0
ip -6 route add 2001:db8::1/64 dev d0
ip -6 route add default
ip -M route show
ip -0 route show
ip -B route show
