# Nexthop objects in every format, IPv4 and IPv6: single ones, groups, resilient groups, their buckets; filters; routes through them.
@ also user
! ip link set lo up
# Two pairs: what becomes of one must not tell the other, in the kernel's own time.
! ip link add d0 address 02:00:00:00:00:01 type veth peer name p0 address 02:00:00:00:00:03
! ip link add d1 address 02:00:00:00:00:02 type veth peer name p1 address 02:00:00:00:00:04
! ip link set p0 up
! ip link set p1 up
! ip link add br0 address 02:00:00:00:00:b0 type bridge
! echo 0 > /proc/sys/net/ipv6/conf/d0/accept_dad
! echo 0 > /proc/sys/net/ipv6/conf/d1/accept_dad
! ip link set d0 up
! ip link set d1 up
! ip link set br0 up
! ip addr add 10.0.0.1/24 dev d0
! ip addr add 10.0.1.1/24 dev d1
! ip addr add 10.0.2.1/24 dev br0
! ip addr add 2001:db8::1/64 dev d0 nodad
! sleep 0.3
# A copy, which an ordinary user may write to, too.
! cp -r /etc/iproute2 /run/names && mount --bind /run/names /etc/iproute2
! printf '77 wonder\n78 4\n' >> /etc/iproute2/rt_protos
ip nexthop add id 1 via 10.0.0.2 dev d0
ip nexthop add id 2 via 10.0.1.2 dev d1 protocol wonder
ip nexthop add id 3 via 10.77.0.2 dev d1 onlink protocol static
ip nexthop add id 4 dev d0
ip nexthop add id 5 blackhole protocol 4
ip nexthop add id 6 via 2001:db8::2 dev d0 proto 200
ip nexthop add id 7 via fe80::2 dev d1
ip nexthop add id 8 via inet6 fe80::3 dev d1
ip -6 nexthop add id 9 dev d0
ip -6 nexthop add id 10 blackhole
ip nexthop add id 11 via 10.0.0.9 fdb
ip nexthop add id 12 via 2001:db8::9 fdb
ip nexthop add id 13 encap seg6 mode encap segs fc00::1,fc00::2 via 2001:db8::5 dev d0
ip nexthop add id 14 encap ip id 5 dst 1.2.3.4 ttl 9 via 10.0.0.3 dev d0
ip nexthop add id 15 via 10.0.2.2 dev br0
ip nexthop add id 4000000000 via 10.0.0.4 dev d0
ip nexthop add id 100 group 1/2
ip nexthop add id 101 group 1,5/2,250/3
ip nexthop add id 102 group 6/7 protocol wonder
ip nexthop add id 103 group 11 fdb
ip nexthop add id 104 group 12 fdb
ip nexthop add id 105 group 1/2 type mpath
ip nexthop add id 106 group 1/2 type resilient buckets 4 idle_timer 5 unbalanced_timer 7
ip nexthop add id 107 group 6,3 type resilient buckets 2
ip nexthop add id 108 group 5
ip nexthop add id 109 group 1/5
ip nexthop add id 109 group 100
ip nexthop add id 109 group 1/6
ip nexthop add id 109 group 1/1
ip nexthop add id 109 group 0/1
ip nexthop add id 109 group 1/x
ip nexthop add id 109 group /1
ip nexthop add id 109 group 1,
ip nexthop add id 109 group 11/1 fdb
ip nexthop add id 109 group 1 type resilient buckets 0
ip nexthop add id 109 group 1 type resilient idle_timer x
ip nexthop add id 109 type resilient
ip nexthop add id 109 blackhole dev d0
ip nexthop add id 109 blackhole via 10.0.0.2
ip nexthop add id 109
ip nexthop add id 0 blackhole
ip nexthop add id 109 via 10.0.0.2
ip nexthop add id 1 via 10.0.0.2 dev d0
+ ip nexthop
+ ip -4 nexthop
+ ip -6 nexthop
+ ip nexthop list
+ ip nexthop show dev d1
+ ip nexthop show groups
+ ip nexthop show fdb
+ ip nexthop show groups fdb
+ ip nexthop show protocol 77
+ ip nexthop show protocol 0
ip nexthop show protocol wonder
ip nexthop show protocol 256
ip nexthop show protocol 4294967296
ip nexthop show id 1 foo
ip nexthop show id 1 dev d0 id 2
+ ip nexthop show id 101
+ ip nexthop get id 106
+ ip nexthop get id 13
+ ip nexthop show master br0
ip link set d1 master br0
+ ip nexthop show master br0
+ ip nexthop show vrf br0
ip link set d1 nomaster
ip nexthop bucket get id 107 index 1 | sed 's/idle_time [0-9.]*/idle_time T/'
ip -j nexthop bucket get id 107 index 1 | sed 's/"idle_time":[0-9.]*/T/'
ip nexthop bucket list id 106 | sed 's/idle_time [0-9.]*/idle_time T/'
ip -o nexthop bucket list nhid 6 | sed 's/idle_time [0-9.]*/idle_time T/'
ip -d nexthop bucket list dev d1 | sed 's/idle_time [0-9.]*/idle_time T/'
ip nexthop bucket list master br0
ip nexthop bucket list vrf br0
ip nexthop bucket list id 999
ip nexthop bucket get id 106 index 99
ip nexthop bucket get id 1 index 0
ip nexthop bucket help
ip route add 10.1.0.0/16 nhid 1
ip route add 10.2.0.0/16 nhid 101
ip route add 10.3.0.0/16 nhid 106
ip route add 10.4.0.0/16 nhid 5
ip route add 10.5.0.0/16 nhid 4 metric 7 proto wonder
ip route add 10.6.0.0/16 nhid 6
ip route add 10.7.0.0/16 nhid 999
ip route add 10.8.0.0/16 nhid 11
ip route add 10.9.0.0/16 nhid 1 via 10.0.0.2
ip -6 route add 2001:db8:1::/48 nhid 6
ip -6 route add 2001:db8:2::/48 nhid 102
ip -6 route add 2001:db8:3::/48 nhid 13
ip -6 route add 2001:db8:4::/48 nhid 10
ip -6 route add 2001:db8:5::/48 nhid 107
+ ip route show root 10.0.0.0/8
+ ip -6 route show root 2001:db8::/32
ip route get 10.1.0.1
ip -j route get 10.4.0.1
ip route get fibmatch 10.5.0.1
ip -6 route get fibmatch 2001:db8:2::1
ip nexthop replace id 1 via 10.0.0.77 dev d0
ip nexthop replace id 106 group 1,3/2 type resilient idle_timer 9
ip nexthop replace id 100 group 3
ip nexthop replace id 100 group 3 type resilient
ip nexthop replace id 100 blackhole
+ ip nexthop show groups
ip route show 10.1.0.0/16
ip link set d1 down
+ ip nexthop show groups
+ ip route show root 10.0.0.0/8
ip nexthop del id 1
ip nexthop del id 1
ip nexthop del id x
ip nexthop del
+ ip nexthop
ip nexthop flush id 5
ip nexthop flush id 5
ip nexthop flush id 105
ip nexthop flush protocol 200
~ ip nexthop flush protocol 77
ip nexthop flush dev d0
ip nexthop
~ ip nexthop flush fdb
ip nexthop flush groups
ip nexthop flush
ip nexthop flush
ip nexthop
ip -j nexthop
# What 7.1 counts and weighs.
! ip link set d1 up
! ip nexthop add id 1 via 10.0.0.2 dev d0
! ip nexthop add id 2 via 10.0.1.2 dev d1
ip nexthop add id 100 group 1,65535/2,257
ip nexthop show id 100
ip -j nexthop show id 100
ip -s nexthop show id 100
ip -s -j nexthop get id 100
ip -s nexthop show id 1
ip nexthop add id 101 group 1 hw_stats on
ip -s nexthop show id 101
ip -s -s nexthop show id 101
ip nexthop add id 102 group 1 hw_stats o
ip nexthop add id 102 group 1,65537
# What was made.
ip -echo nexthop add id 200 via 10.0.0.77 dev d0
ip -o -echo nexthop replace id 200 via 10.0.0.78 dev d0
{ ip -j -echo nexthop add id 201 via 10.0.0.77 dev d0
# What cannot be listed is an empty list.
ip nexthop bucket list id 999
ip -j nexthop bucket list id 999
ip -j -M rule
ip -j route show table 999
