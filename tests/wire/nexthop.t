# Nexthop objects: every keyword, IPv4 and IPv6.
! ip link add d0 address 02:00:00:00:00:01 type veth peer name d1 address 02:00:00:00:00:02
! ip link set d0 up
! ip link set d1 up
! ip addr add 10.0.0.1/24 dev d0
! ip addr add 2001:db8::1/64 dev d0 nodad
ip nexthop add id 1 via 10.0.0.2 dev d0
ip nexthop add id 2 via 10.0.0.3 dev d0 onlink
ip nexthop add id 3 dev d0
ip -6 nexthop add id 33 via default dev d0
ip nexthop add id 4 blackhole
ip nexthop add id 5 via 2001:db8::2 dev d0
ip nexthop add id 6 via inet6 fe80::1 dev d0
ip nexthop add id 7 via inet 10.0.0.9 dev d0 protocol static
ip nexthop add via 10.0.0.4 dev d0
ip -6 nexthop add id 8 dev d0
ip -6 nexthop add id 9 blackhole protocol 77
ip nexthop add id 10 via 10.0.0.2 fdb
ip nexthop add id 11 via 2001:db8::2 fdb
ip nexthop add id 12 group 10 fdb
ip nexthop add id 13 encap mpls 100/200 via 10.0.0.2 dev d0
ip nexthop add id 14 encap seg6 mode encap segs fc00::1,fc00::2 via 2001:db8::2 dev d0
ip nexthop add id 15 encap ip id 5 dst 1.2.3.4 dev d0
ip nexthop add id 100 group 1/2
ip nexthop add id 101 group 1,5/2,7
ip nexthop add id 102 group 1,256
ip nexthop add id 103 group 1/2 type mpath
ip nexthop add id 104 group 1/2 type resilient
ip nexthop add id 105 group 1/2 type resilient buckets 16 idle_timer 5 unbalanced_timer 7
ip nexthop add id 106 group 1,3 type resilient unbalanced_timer 0 idle_timer 42 buckets 65535
ip nexthop replace id 1 via 10.0.0.8 dev d0
ip nexthop replace id 100 group 2
ip nexthop replace id 104 type resilient idle_timer 9 group 1/2
ip nexthop del id 100
ip nexthop delete id 4294967295
# Kernels before 6.9 refuse the flags, so they are sent only when counters are asked for.
ip nexthop get id 1
> GETNEXTHOP 1 00000000 00000000 1=01000000
ip nexthop show id 1
> GETNEXTHOP 1 00000000 00000000 1=01000000
ip nexthop bucket get id 105 index 3
# Lists: what the kernel is asked to filter by.
? ip nexthop
? ip -6 nexthop list
? ip nexthop show dev d0
? ip nexthop show groups
? ip nexthop show master d0
? ip nexthop show vrf d0
? ip nexthop show protocol 4
? ip nexthop show fdb
? ip nexthop show groups fdb dev d0
? ip nexthop bucket
? ip nexthop bucket list
? ip nexthop bucket show dev d0
? ip nexthop bucket show master d0
? ip nexthop bucket show vrf d0
? ip nexthop bucket show id 105
? ip nexthop bucket show id 105 nhid 2
ip nexthop flush protocol 4
ip nexthop flush
# Words of 7.1.
! ip nexthop add id 1 via 10.0.0.2 dev d0
! ip nexthop add id 2 via 10.0.0.3 dev d0
ip nexthop add id 110 group 1,65536
ip nexthop add id 111 group 1,257/2,300
ip nexthop add id 112 group 1/2 hw_stats on
ip nexthop add id 113 group 1/2 hw_stats off
ip nexthop add id 120 via 10.0.0.1 fdb dst_port 99
ip -6 nexthop get id 1
> GETNEXTHOP 1 0a000000 00000000 1=01000000
ip nexthop add id 60 type resilient
ip nexthop add id 60 type resilient group 1
