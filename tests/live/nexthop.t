# Nexthop objects: alone, in groups, resilient; and routes that use them.
! ip link add v0 address 00:11:22:33:44:55 type veth peer name v1 address 00:11:22:33:44:66
! ip link set v0 up
! ip link set v1 up
! ip addr add 10.0.0.1/24 dev v0
! ip addr add 2001:db8::1/64 dev v0 nodad
! sleep 0.1
ip nexthop
ip -j nexthop
ip nexthop add
ip nexthop add id 1 via 10.0.0.2 dev v0
ip nexthop add id 1 via 10.0.0.2 dev v0
ip nexthop add id 2 via 10.0.0.3 dev v0 onlink
ip nexthop add id 3 blackhole
ip nexthop add id 4 via 2001:db8::2 dev v0 proto static
ip nexthop add id 5 via fe80::1 dev v0
ip nexthop add id 6 dev v0
ip -6 nexthop add id 7 dev v0
ip nexthop add id 8 via inet6 2001:db8::5 dev v0
ip nexthop add id 9 via 10.0.0.9 dev nosuch
ip nexthop add id 9 via foo dev v0
ip nexthop add id x via 10.0.0.9 dev v0
ip nexthop add id 9 foo
ip nexthop add id 9 protocol nosuch via 10.0.0.9 dev v0
ip nexthop add id 100 group 1/2
ip nexthop add id 101 group 1,5/2,7
ip nexthop add id 102 group x
ip nexthop add id 102 group 1,x
ip nexthop add id 102 group 1,0
ip nexthop add id 102 group 99
ip nexthop add id 103 group 1/2 type mpath
ip nexthop add id 104 group 1/2 type resilient buckets 16 idle_timer 5 unbalanced_timer 7
ip nexthop add id 105 group 1/2 type foo
ip nexthop add id 106 group 4/5 type resilient buckets x
ip nexthop add id 106 group 4/5 type resilient idle_timer x
ip nexthop add id 107 via 10.0.0.7 fdb
ip nexthop add id 108 group 107 fdb
ip nexthop add via 10.0.0.55 dev v0
ip nexthop
ip -d nexthop
ip -o nexthop
ip -j nexthop
ip -j -p nexthop
ip -c nexthop
ip -N nexthop
ip -4 nexthop
ip -6 nexthop
ip nexthop show id 1
ip -j nexthop show id 1
ip nexthop show id 999
ip nexthop show id x
ip nexthop show dev v0
ip nexthop show dev nosuch
ip nexthop show groups
ip nexthop show master v0
ip nexthop show vrf v0
ip nexthop show protocol 4
ip nexthop show protocol static
ip nexthop show fdb
ip nexthop show foo
ip nexthop list
ip nexthop lst
ip nexthop get id 1
ip -j nexthop get id 101
ip nexthop get
ip nexthop get foo
ip nexthop get id 999
ip nexthop replace id 1 via 10.0.0.8 dev v0
ip nexthop replace id 100 group 2
ip nexthop bucket | sed 's/idle_time [0-9.]*/idle_time T/'
ip nexthop bucket show | sed 's/idle_time [0-9.]*/idle_time T/'
ip nexthop bucket show id 104 | sed 's/idle_time [0-9.]*/idle_time T/'
ip -j nexthop bucket show id 104 | sed 's/"idle_time":[0-9.]*/"idle_time":T/g'
ip nexthop bucket show dev v0 | sed 's/idle_time [0-9.]*/idle_time T/'
ip nexthop bucket show nhid 2 | sed 's/idle_time [0-9.]*/idle_time T/'
ip nexthop bucket show foo
ip nexthop bucket get id 104 index 3 | sed 's/idle_time [0-9.]*/idle_time T/'
ip -j nexthop bucket get id 104 index 3 | sed 's/"idle_time":[0-9.]*/"idle_time":T/g'
ip nexthop bucket get id 104
ip nexthop bucket get
ip nexthop bucket foo
ip route add 10.50.0.0/16 nhid 1
ip route add 10.51.0.0/16 nhid 101
ip -6 route add 2001:db8:9::/48 nhid 4
ip route
ip -d route
ip -j route
ip -j -d route
ip -6 route
ip nexthop del id 999
ip nexthop del
ip nexthop del id x
ip nexthop del id 3
ip nexthop foo
ip nexthop help
ip -echo nexthop add id 200 via 10.0.0.77 dev v0
ip nexthop flush groups
ip nexthop flush protocol 4
ip nexthop flush dev v0
ip nexthop flush
ip nexthop flush
ip nexthop
# 7.1 has weights of 16 bits.
! ip nexthop add id 1 via 10.0.0.2 dev v0
ip nexthop add id 102 group 1,300
ip nexthop show groups
