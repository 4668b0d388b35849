# What the kernel refuses of rules, neighbours and nexthops.
@ explained
! ip link add d0 address 02:00:00:00:00:01 type veth peer name d1 address 02:00:00:00:00:02
! ip link add dn type bridge
! ip link set d0 up
! ip link set d1 up
! ip addr add 192.168.1.100/24 dev d0
! ip addr add 2001:db8::1/64 dev d0 nodad
! ip rule add from 10.1.0.0/16 lookup 100 pref 1000
! ip neigh add 192.168.1.5 lladdr 02:00:00:00:00:09 dev d0
! ip nexthop add id 1 via 192.168.1.1 dev d0
! ip nexthop add id 5 fdb via 192.168.1.1
# Rules.
ip rule add from 10.1.0.0/16 lookup 100 pref 1000
=e   hint: already there: "1000: from 10.1.0.0/16 lookup 100"
ip rule del from 10.2.0.0/16
=e   ip rule del from 10.2.0.0/16
=e               ^^^^ ^^^^^^^^^^^
=e   hint: no rule is for exactly these addresses
ip rule del pref 77
=e   ip rule del pref 77
=e               ^^^^ ^^
=e   hint: no rule has the preference 77
ip rule del from 10.2.0.0/16 pref 77
=e   ip rule del from 10.2.0.0/16 pref 77
=e               ^^^^ ^^^^^^^^^^^ ^^^^ ^^
=e   hint: no rule has the preference 77
ip rule add pref 10 goto 5
=e   ip rule add pref 10 goto 5
=e               ^^^^ ^^ ^^^^ ^
ip rule add goto 5
=e   ip rule add goto 5
=e               ^^^^ ^
ip rule add tos 3 lookup 5
=e   ip rule add tos 3 lookup 5
=e               ^^^ ^
# Neighbours.
ip neigh add 192.168.1.5 lladdr 02:00:00:00:00:09 dev d0
=e   ip neigh add 192.168.1.5 lladdr 02:00:00:00:00:09 dev d0
=e                ^^^^^^^^^^^
=e   hint: already there: "192.168.1.5 dev d0 lladdr 02:00:00:00:00:09 PERMANENT"; use "neigh replace" to overwrite it
ip neigh add 192.168.1.6 lladdr 02:00:00 dev d0
=e   ip neigh add 192.168.1.6 lladdr 02:00:00 dev d0
=e                            ^^^^^^ ^^^^^^^^
# (The kernel makes the entry all the same.)
ip neigh del 192.168.1.6 dev d0 2>/dev/null; ip neigh add 192.168.1.6 dev d0
=e   ip neigh add 192.168.1.6 dev d0
=e                                   ^
=e   hint: missing: lladdr { LLADDR | null }
ip neigh change 192.168.1.77 lladdr 02:00:00:00:00:09 dev d0
=e   ip neigh change 192.168.1.77 lladdr 02:00:00:00:00:09 dev d0
=e                   ^^^^^^^^^^^^
ip neigh del 192.168.1.77 dev d0
=e   ip neigh del 192.168.1.77 dev d0
=e                ^^^^^^^^^^^^
ip neigh del proxy 192.168.1.8 dev d0
=e   ip neigh del proxy 192.168.1.8 dev d0
=e                ^^^^^ ^^^^^^^^^^^
ip neigh get 192.168.1.99 dev d0
=e   ip neigh get 192.168.1.99 dev d0
=e                ^^^^^^^^^^^^
ip neigh add 192.168.1.13 dev d0 managed nud permanent
=e   ip neigh add 192.168.1.13 dev d0 managed nud permanent
=e                                    ^^^^^^^ ^^^ ^^^^^^^^^
# Nexthops.
ip nexthop add id 1 via 192.168.1.1 dev d0
=e   ip nexthop add id 1 via 192.168.1.1 dev d0
=e                  ^^ ^
=e   hint: already there: "id 1 via 192.168.1.1 dev d0 scope link"; use "nexthop replace" to overwrite it
ip nexthop add id 2 via 10.9.9.9 dev d0
=e   ip nexthop add id 2 via 10.9.9.9 dev d0
=e                       ^^^ ^^^^^^^^
=e   hint: d0 has 192.168.1.0/24; add "onlink" if the gateway is on that link
ip nexthop add id 2 via 10.9.9.9 dev d1
=e   ip nexthop add id 2 via 10.9.9.9 dev d1
=e                       ^^^ ^^^^^^^^
=e   hint: d1 has no IPv4 address; add "onlink" if the gateway is on that link
ip nexthop add id 2 via 192.168.1.1 dev d1
=e   ip nexthop add id 2 via 192.168.1.1 dev d1
=e                       ^^^ ^^^^^^^^^^^
=e   hint: 192.168.1.0/24 is on d0, not on d1
ip nexthop add id 2 via 224.0.0.1 dev d0
=e   ip nexthop add id 2 via 224.0.0.1 dev d0
=e                       ^^^ ^^^^^^^^^
=e   hint: 224.0.0.1 is a multicast address
ip nexthop add id 2 via 2001:db8:9::1 dev d0
=e   ip nexthop add id 2 via 2001:db8:9::1 dev d0
=e                       ^^^ ^^^^^^^^^^^^^
=e   hint: d0 has 2001:db8::/64; add "onlink" if the gateway is on that link
ip nexthop add id 2 via 2001:db8::1 dev d0
=e   ip nexthop add id 2 via 2001:db8::1 dev d0
=e                       ^^^ ^^^^^^^^^^^
=e   hint: 2001:db8::1 is a local address, on d0
ip nexthop add id 2 via ff02::1 dev d0
=e   ip nexthop add id 2 via ff02::1 dev d0
=e                       ^^^ ^^^^^^^
ip nexthop add id 2 via 192.168.1.1
=e   ip nexthop add id 2 via 192.168.1.1
=e                                       ^
=e   hint: missing: dev DEV
ip nexthop add id 2 dev dn
=e   ip nexthop add id 2 dev dn
=e                       ^^^ ^^
=e   hint: dn is down: type "link set dn up"
ip nexthop add id 2
=e   ip nexthop add id 2
=e                       ^
=e   hint: missing: via [ FAMILY ] ADDRESS
ip nexthop add id 2 dev d0 onlink
=e   ip nexthop add id 2 dev d0 onlink
=e                                     ^
=e   hint: missing: via [ FAMILY ] ADDRESS
ip nexthop add id 2 blackhole via 192.168.1.1
=e   ip nexthop add id 2 blackhole via 192.168.1.1
=e                       ^^^^^^^^^ ^^^ ^^^^^^^^^^^
ip nexthop add id 2 fdb via 192.168.1.1 dev d0
=e   ip nexthop add id 2 fdb via 192.168.1.1 dev d0
=e                       ^^^                 ^^^ ^^
ip nexthop add id 2 group 9
=e   ip nexthop add id 2 group 9
=e                       ^^^^^ ^
ip nexthop add id 2 group 1/1
=e   ip nexthop add id 2 group 1/1
=e                       ^^^^^ ^^^
ip nexthop add id 2 group 1 dev d0
=e   ip nexthop add id 2 group 1 dev d0
=e                       ^^^^^ ^ ^^^ ^^
ip nexthop add id 2 group 1/5
=e   ip nexthop add id 2 group 1/5
=e                       ^^^^^ ^^^
ip nexthop add id 2 group 1 fdb
=e   ip nexthop add id 2 group 1 fdb
=e                       ^^^^^ ^ ^^^
ip nexthop add id 2 group 1 type resilient
=e   ip nexthop add id 2 group 1 type resilient
=e                                              ^
=e   hint: missing: buckets
ip nexthop add id 2 group 1 type resilient buckets 0
=e   ip nexthop add id 2 group 1 type resilient buckets 0
=e                               ^^^^ ^^^^^^^^^ ^^^^^^^ ^
! ip nexthop add id 3 group 1
! ip nexthop add id 4 via 192.168.1.4 dev d0
ip nexthop replace id 4 group 1
=e   ip nexthop replace id 4 group 1
=e                      ^^ ^ ^^^^^ ^
ip nexthop replace id 1 group 3
=e   ip nexthop replace id 1 group 3
=e                           ^^^^^ ^
ip nexthop del id 77
=e   ip nexthop del id 77
=e                  ^^ ^^
=e   hint: existing ids: 1, 3, 4, 5
ip nexthop get id 77
=e   ip nexthop get id 77
=e                  ^^ ^^
=e   hint: existing ids: 1, 3, 4, 5
ip nexthop show id 77
=e   ip nexthop show id 77
=e                   ^^ ^^
=e   hint: existing ids: 1, 3, 4, 5
ip nexthop bucket get id 1 index 0
=e   ip nexthop bucket get id 1 index 0
=e                         ^^ ^
ip nexthop bucket show id 77
=e   ip nexthop bucket show id 77
=e                          ^^ ^^
