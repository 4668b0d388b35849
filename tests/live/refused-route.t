# What the kernel refuses of routes.
@ explained
! ip link add d0 address 02:00:00:00:00:01 type veth peer name d1 address 02:00:00:00:00:02
! ip link add dn type bridge
! ip link set lo up
! ip link set d0 up
! ip link set d1 up
! ip addr add 192.168.1.100/24 dev d0
! ip addr add 2001:db8::1/64 dev d0 nodad
! ip addr add 10.77.0.1/24 dev dn
! ip nexthop add id 1 via 192.168.1.1 dev d0
! ip nexthop add id 5 fdb via 192.168.1.1
# Gateways: out of reach, our own, of another device, of one that is down.
ip route add default via 10.9.9.9
=e   ip route add default via 10.9.9.9
=e                        ^^^ ^^^^^^^^
=e   hint: 10.9.9.9 is not on a directly connected network (192.168.1.0/24 on d0, 10.77.0.0/24 on dn)
ip route add default via 10.9.9.9 dev d0
=e   ip route add default via 10.9.9.9 dev d0
=e                        ^^^ ^^^^^^^^
=e   hint: d0 has 192.168.1.0/24; add "onlink" if the gateway is on that link
ip route add default via 10.9.9.9 dev d1
=e   ip route add default via 10.9.9.9 dev d1
=e                        ^^^ ^^^^^^^^
=e   hint: d1 has no IPv4 address; add "onlink" if the gateway is on that link
ip route add default via 192.168.1.1 dev d1
=e   ip route add default via 192.168.1.1 dev d1
=e                        ^^^ ^^^^^^^^^^^
=e   hint: 192.168.1.0/24 is on d0, not on d1
ip route add default via 10.77.0.2
=e   ip route add default via 10.77.0.2
=e                        ^^^ ^^^^^^^^^
=e   hint: dn, which has 10.77.0.0/24, is down: type "link set dn up"
ip route add default via 10.77.0.2 dev dn
=e   ip route add default via 10.77.0.2 dev dn
=e                        ^^^ ^^^^^^^^^
=e   hint: dn, which has 10.77.0.0/24, is down: type "link set dn up"
ip route add default nexthop via 192.168.1.1 nexthop via 10.9.9.9
=e   ip route add default nexthop via 192.168.1.1 nexthop via 10.9.9.9
=e                                                        ^^^ ^^^^^^^^
ip route add default nexthop via 10.8.8.8 nexthop via 10.9.9.9
ip route replace default via 224.0.0.5
=e   ip route replace default via 224.0.0.5
=e                            ^^^ ^^^^^^^^^
=e   hint: 224.0.0.5 is a multicast address
ip -6 route add default via 2001:db8:9::1
=e   ip -6 route add default via 2001:db8:9::1
=e                           ^^^ ^^^^^^^^^^^^^
=e   hint: 2001:db8:9::1 is not on a directly connected network (2001:db8::/64 on d0)
ip -6 route add default via 2001:db8::1
=e   ip -6 route add default via 2001:db8::1
=e                           ^^^ ^^^^^^^^^^^
=e   hint: 2001:db8::1 is a local address, on d0
ip -6 route add default via ff02::1 dev d0
=e   ip -6 route add default via ff02::1 dev d0
=e                           ^^^ ^^^^^^^
ip route add 10.0.0.0/8 via inet6 2001:db8:9::1 dev d0
=e   ip route add 10.0.0.0/8 via inet6 2001:db8:9::1 dev d0
=e                           ^^^ ^^^^^ ^^^^^^^^^^^^^
=e   hint: d0 has 2001:db8::/64; add "onlink" if the gateway is on that link
# The same message, but the gateway is good: the scope or the type is not.
ip route add 10.0.0.0/8 via 192.168.1.1 scope link
ip route add broadcast 10.0.0.0/8 via 192.168.1.1
ip route add 10.0.0.0/8 via 192.168.1.1 scope host
=e   ip route add 10.0.0.0/8 via 192.168.1.1 scope host
=e                           ^^^ ^^^^^^^^^^^ ^^^^^ ^^^^
ip route add local 10.0.0.0/8 via 192.168.1.1
=e   ip route add local 10.0.0.0/8 via 192.168.1.1
=e                ^^^^^ ^^^^^^^^^^ ^^^ ^^^^^^^^^^^
ip route add throw 10.0.0.0/8 dev d0
=e   ip route add throw 10.0.0.0/8 dev d0
=e                ^^^^^ ^^^^^^^^^^ ^^^ ^^
# Devices: down, or missing.
ip route add 10.0.0.0/8 dev dn
=e   ip route add 10.0.0.0/8 dev dn
=e                           ^^^ ^^
=e   hint: dn is down: type "link set dn up"
ip route add 10.0.0.0/8 nexthop dev d0 nexthop dev dn
=e   ip route add 10.0.0.0/8 nexthop dev d0 nexthop dev dn
=e                                                  ^^^ ^^
=e   hint: dn is down: type "link set dn up"
ip route add 10.0.0.0/8 via 10.5.5.5 dev dn onlink
=e   ip route add 10.0.0.0/8 via 10.5.5.5 dev dn onlink
=e                                        ^^^ ^^
=e   hint: dn is down: type "link set dn up"
ip -6 route add 2001:db8:1::/64 dev dn
=e   ip -6 route add 2001:db8:1::/64 dev dn
=e                                   ^^^ ^^
=e   hint: dn is down: type "link set dn up"
ip route add 10.0.0.0/8
=e   ip route add 10.0.0.0/8
=e                           ^
=e   hint: missing: dev DEV
ip route add 10.0.0.0/8 via 192.168.1.1 onlink
=e   ip route add 10.0.0.0/8 via 192.168.1.1 onlink
=e                                                  ^
=e   hint: missing: dev DEV
ip -6 route add default via fe80::1
=e   ip -6 route add default via fe80::1
=e                                       ^
=e   hint: missing: dev DEV
ip route add 10.0.0.0/8 via inet6 fe80::1
=e   ip route add 10.0.0.0/8 via inet6 fe80::1
=e                                             ^
=e   hint: missing: dev DEV
# Destinations.
ip route add 10.0.0.1/8 dev d0
=e   ip route add 10.0.0.1/8 dev d0
=e                ^^^^^^^^^^
=e   hint: the network is 10.0.0.0/8
ip route add 10.0.0.128/24 dev d0
=e   ip route add 10.0.0.128/24 dev d0
=e                ^^^^^^^^^^^^^
=e   hint: the network is 10.0.0.0/24
ip route del 10.0.0.0/8
=e   ip route del 10.0.0.0/8
=e                ^^^^^^^^^^
=e   hint: no table has a route to exactly 10.0.0.0/8
ip route change 10.0.0.0/8 dev d0
=e   ip route change 10.0.0.0/8 dev d0
=e                   ^^^^^^^^^^
ip route get 1.2.3.4
=e   ip route get 1.2.3.4
=e                ^^^^^^^
ip route get 1.2.3.4 from 9.9.9.9
# It is there.
! ip route add 10.0.0.0/8 via 192.168.1.1
ip route add 10.0.0.0/8 dev d0
=e   ip route add 10.0.0.0/8 dev d0
=e                ^^^^^^^^^^
=e   hint: already there: "10.0.0.0/8 via 192.168.1.1 dev d0"; use "route replace" to overwrite it
ip route add 10.0.0.0/8 via 192.168.1.1
=e   ip route add 10.0.0.0/8 via 192.168.1.1
=e                ^^^^^^^^^^
=e   hint: already there: "10.0.0.0/8 via 192.168.1.1 dev d0"; use "route replace" to overwrite it
ip route del 10.0.0.0/8 via 192.168.1.2
=e   ip route del 10.0.0.0/8 via 192.168.1.2
=e                ^^^^^^^^^^
=e   hint: the route is "10.0.0.0/8 via 192.168.1.1 dev d0"
ip route add 10.0.0.0/16 nosuch
=e   ip route add 10.0.0.0/16 nosuch
=e                ^^^^^^^^^^^ ^^^^^^
! ip route add 10.0.0.0/8 dev d0 metric 50
ip route add 10.0.0.0/8 dev d1 metric 50
=e   ip route add 10.0.0.0/8 dev d1 metric 50
=e                ^^^^^^^^^^
=e   hint: already there: "10.0.0.0/8 dev d0 scope link metric 50"; use "route replace" to overwrite it
! ip -6 route add 2001:db8:7::/48 dev d0
ip -6 route add 2001:db8:7::/48 dev d0
=e   ip -6 route add 2001:db8:7::/48 dev d0
=e                   ^^^^^^^^^^^^^^^
=e   hint: already there: "2001:db8:7::/48 dev d0 metric 1024 pref medium"; use "route replace" to overwrite it
# Sources, tables, nexthops, the rest.
ip route add 10.1.0.0/16 dev d0 src 1.2.3.4
=e   ip route add 10.1.0.0/16 dev d0 src 1.2.3.4
=e                                   ^^^ ^^^^^^^
=e   hint: 1.2.3.4 is not a local address
ip -6 route add 2001:db8:1::/64 dev d0 src 2001:db8::77
=e   ip -6 route add 2001:db8:1::/64 dev d0 src 2001:db8::77
=e                                          ^^^ ^^^^^^^^^^^^
=e   hint: 2001:db8::77 is not a local address
ip route show table 999
=e Dump terminated
=e   ip route show table 999
=e                 ^^^^^ ^^^
=e   hint: table 999 is empty; the first route creates it
ip -6 route show table 999
=e Dump terminated
=e   ip -6 route show table 999
=e                    ^^^^^ ^^^
=e   hint: table 999 is empty; the first route creates it
ip route del 10.1.0.0/16 table 77
=e   ip route del 10.1.0.0/16 table 77
=e                            ^^^^^ ^^
=e   hint: table 77 is empty; the first route creates it
ip route add 10.1.0.0/16 nhid 99
=e   ip route add 10.1.0.0/16 nhid 99
=e                            ^^^^ ^^
ip route add 10.1.0.0/16 nhid 5
=e   ip route add 10.1.0.0/16 nhid 5
=e                            ^^^^ ^
ip route add 10.1.0.0/16 nhid 1 dev d0
=e   ip route add 10.1.0.0/16 nhid 1 dev d0
=e                            ^^^^ ^ ^^^ ^^
ip -6 route add 2001:db8:9::/64 nhid 1
=e   ip -6 route add 2001:db8:9::/64 nhid 1
=e                                   ^^^^ ^
ip route add 10.1.0.0/16 via 192.168.1.1 tos 3
=e   ip route add 10.1.0.0/16 via 192.168.1.1 tos 3
=e                                            ^^^ ^
ip route add 10.1.0.0/16 via 192.168.1.1 congctl nosuch
=e   ip route add 10.1.0.0/16 via 192.168.1.1 congctl nosuch
=e                                            ^^^^^^^ ^^^^^^
ip route add 10.1.0.0/16 encap ila 1:2:3:4 dev d0
=e   ip route add 10.1.0.0/16 encap ila 1:2:3:4 dev d0
=e                            ^^^^^ ^^^ ^^^^^^^
