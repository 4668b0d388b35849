# Wrong words: mistyped, missing, twice there, out of range, or of another command. Each with all that rip says of it.
@ explained
! ip link add d0 address 02:00:00:00:00:01 type veth peer name d1 address 02:00:00:00:00:02
! ip link set d0 up
# Mistyped: the word that was perhaps meant.
ip lnk show
=e   ip lnk show
=e      ^^^
=e   hint: did you mean "link"?
ip adress show
=e   ip adress show
=e      ^^^^^^
=e   hint: did you mean "address"?
ip link sho d0 x
=e   ip link sho d0 x
=e               ^^ ^
ip link st d0 up
=e   ip link st d0 up
=e           ^^
ip route lits
=e   ip route lits
=e            ^^^^
=e   hint: did you mean "list"?
ip route adn 10.0.0.0/8 dev d0
=e   ip route adn 10.0.0.0/8 dev d0
=e            ^^^
=e   hint: did you mean "add"?
ip link set d0 mastr d1
=e   ip link set d0 mastr d1
=e               ^^ ^^^^^
=e   hint: did you mean "master"?
ip link set d0 adress 02:00:00:00:00:09
=e   ip link set d0 adress 02:00:00:00:00:09
=e               ^^ ^^^^^^
=e   hint: did you mean "address"?
ip link set d0 txqueueln 5
=e   ip link set d0 txqueueln 5
=e               ^^ ^^^^^^^^^
=e   hint: did you mean "txqueuelen"?
ip addr add 10.0.0.1/24 broadcst 10.0.0.255 dev d0
=e   ip addr add 10.0.0.1/24 broadcst 10.0.0.255 dev d0
=e               ^^^^^^^^^^^ ^^^^^^^^
=e   hint: did you mean "broadcast"?
ip addr add 10.0.0.1/24 dev d0 scop link
=e   ip addr add 10.0.0.1/24 dev d0 scop link
=e               ^^^^^^^^^^^        ^^^^
=e   hint: did you mean "scope"?
ip addr show d0 primry
=e   ip addr show d0 primry
=e                ^^ ^^^^^^
=e   hint: did you mean "primary"?
ip route add 10.0.0.0/8 dev d0 metrc 5
=e   ip route add 10.0.0.0/8 dev d0 metrc 5
=e                ^^^^^^^^^^        ^^^^^
=e   hint: did you mean "metric"?
ip route add 10.0.0.0/8 nexthop via 10.0.0.1 weigt 3
=e   ip route add 10.0.0.0/8 nexthop via 10.0.0.1 weigt 3
=e                                                ^^^^^
=e   hint: did you mean "weight"?
ip route show tabel 5
=e   ip route show tabel 5
=e                 ^^^^^
=e   hint: did you mean "table"?
ip route show table mian
=e   ip route show table mian
=e                       ^^^^
=e   hint: did you mean "main"?
ip route add 10.0.0.0/8 dev d0 table mian
=e   ip route add 10.0.0.0/8 dev d0 table mian
=e                                        ^^^^
=e   hint: did you mean "main"?
ip route add 10.0.0.0/8 dev d0 proto statc
=e   ip route add 10.0.0.0/8 dev d0 proto statc
=e                                        ^^^^^
=e   hint: did you mean "static"?
ip route add 10.0.0.0/8 dev d0 scope lnik
=e   ip route add 10.0.0.0/8 dev d0 scope lnik
=e                                        ^^^^
=e   hint: did you mean "link"?
ip rule add from 10.0.0.0/8 lookup mian
=e   ip rule add from 10.0.0.0/8 lookup mian
=e                                      ^^^^
=e   hint: did you mean "main"?
ip rule add fwmrk 5 lookup main
=e   ip rule add fwmrk 5 lookup main
=e               ^^^^^
=e   hint: did you mean "fwmark"?
ip neigh add 10.0.0.9 llader 02:00:00:00:00:09 dev d0
=e   ip neigh add 10.0.0.9 llader 02:00:00:00:00:09 dev d0
=e                ^^^^^^^^ ^^^^^^
=e   hint: did you mean "lladdr"?
ip nexthop add id 1 via 10.0.0.1 dve d0
=e   ip nexthop add id 1 via 10.0.0.1 dve d0
=e                                    ^^^
=e   hint: did you mean "dev"?
ip link set d0 group defualt
=e   ip link set d0 group defualt
=e                        ^^^^^^^
=e   hint: did you mean "default"?
ip link add v0 type vrf tabel 5
=e Usage: ... vrf [ table TABLEID ]
=e   ip link add v0 type vrf tabel 5
=e                           ^^^^^
=e   hint: did you mean "table"?
ip link add m0 link d0 type macvlan mode brigde
=e   ip link add m0 link d0 type macvlan mode brigde
=e                                            ^^^^^^
=e   hint: did you mean "bridge"?
ip tuntap adn mode tun
=e   ip tuntap adn mode tun
=e             ^^^
=e   hint: did you mean "add"?
# Nothing is near, or more than one word is: no guess.
ip link set d0 xyzzy
=e   ip link set d0 xyzzy
=e               ^^ ^^^^^
ip netns lsit
=e   ip netns lsit
=e            ^^^^
ip monitor lnk
=e   ip monitor lnk
=e              ^^^
=e   hint: did you mean "link"?
ip monitor link dev d0x
=e   ip monitor link dev d0x
=e                       ^^^
=e   hint: did you mean "d0"?
ip route show table xyzzy
=e   ip route show table xyzzy
=e                       ^^^^^
ip route get 10.0.0.1 zzz
=e   ip route get 10.0.0.1 zzz
=e                         ^^^
# The name of a device.
ip link set d9 up
=e   ip link set d9 up
=e               ^^
ip link set dd up
=e   ip link set dd up
=e               ^^
ip link set d0x up
=e   ip link set d0x up
=e               ^^^
=e   hint: did you mean "d0"?
! ip link add uplink0 type bridge
ip link set uplnk0 up
=e   ip link set uplnk0 up
=e               ^^^^^^
=e   hint: did you mean "uplink0"?
ip addr show dev uplinq0
=e   ip addr show dev uplinq0
=e                    ^^^^^^^
=e   hint: did you mean "uplink0"?
ip addr add 10.0.0.1/24 dev uplink
=e   ip addr add 10.0.0.1/24 dev uplink
=e                               ^^^^^^
=e   hint: did you mean "uplink0"?
ip link set d0 master uplik0
=e   ip link set d0 master uplik0
=e                         ^^^^^^
=e   hint: did you mean "uplink0"?
ip route add 10.0.0.0/8 dev upplink0
=e   ip route add 10.0.0.0/8 dev upplink0
=e                               ^^^^^^^^
=e   hint: did you mean "uplink0"?
ip neigh add 10.0.0.9 lladdr 02:00:00:00:00:09 dev uplinko
=e   ip neigh add 10.0.0.9 lladdr 02:00:00:00:00:09 dev uplinko
=e                                                      ^^^^^^^
=e   hint: did you mean "uplink0"?
ip nexthop add id 1 via 10.0.0.1 dev uplinko
=e   ip nexthop add id 1 via 10.0.0.1 dev uplinko
=e                                        ^^^^^^^
=e   hint: did you mean "uplink0"?
ip route get 10.0.0.1 oif uplinko
=e   ip route get 10.0.0.1 oif uplinko
=e                             ^^^^^^^
=e   hint: did you mean "uplink0"?
ip link set nothinglikeit up
=e   ip link set nothinglikeit up
=e               ^^^^^^^^^^^^^
# Too long.
ip link set d0 name averylongdevicename
=e   ip link set d0 name averylongdevicename
=e                       ^^^^^^^^^^^^^^^^^^^
=e   hint: a device name has at most 15 bytes; this one has 19
ip link add averylongdevicename type bridge
=e   ip link add averylongdevicename type bridge
=e               ^^^^^^^^^^^^^^^^^^^
=e   hint: a device name has at most 15 bytes; this one has 19
! ip link set d0 name exactly15bytes0
! ip link set exactly15bytes0 name d0
ip link set d0 name a/b
=e   ip link set d0 name a/b
=e                       ^^^
# Missing: what was expected.
ip link set d0 mtu
=e   ip link set d0 mtu
=e                      ^
=e   hint: expected: NUMBER
ip link set d0 master
=e   ip link set d0 master
=e                         ^
=e   hint: expected: DEV
ip addr add 10.0.0.1/24 dev
=e   ip addr add 10.0.0.1/24 dev
=e                               ^
=e   hint: expected: DEV
ip addr add 10.0.0.1/24
=e   ip addr add 10.0.0.1/24
=e                           ^
=e   hint: missing: dev DEV
ip route add 10.0.0.0/8 via
=e   ip route add 10.0.0.0/8 via
=e                               ^
=e   hint: expected: [ FAMILY ] ADDRESS
ip route add 10.0.0.0/8 dev d0 table
=e   ip route add 10.0.0.0/8 dev d0 table
=e                                        ^
=e   hint: expected: TABLE_ID
ip rule add from
=e   ip rule add from
=e                    ^
=e   hint: expected: PREFIX
ip neigh add 10.0.0.9 lladdr
=e   ip neigh add 10.0.0.9 lladdr
=e                                ^
=e   hint: expected: { LLADDR | null }
ip nexthop add id
=e   ip nexthop add id
=e                     ^
=e   hint: expected: ID
ip link add x0 type
=e   ip link add x0 type
=e                       ^
=e   hint: expected: TYPE [ ARGS ]
ip link add x0
=e   ip link add x0
=e                  ^
=e   hint: missing: type TYPE [ ARGS ]
ip link set d0 arp
=e   ip link set d0 arp
=e                      ^
=e   hint: expected: { on | off }
ip route show proto
=e   ip route show proto
=e                       ^
=e   hint: expected: { RTPROTO | all }
ip tuntap add mode
=e   ip tuntap add mode
=e                      ^
=e   hint: expected: { tun | tap }
ip netns add
=e   ip netns add
=e                ^
ip netns exec
=e   ip netns exec
=e                 ^
# Twice there: both places.
ip link set d0 mtu 1400 mtu 1500
=e   ip link set d0 mtu 1400 mtu 1500
=e                  ^^^ ^^^^ ^^^ ^^^^
ip addr add 10.0.0.1/24 peer 10.0.0.2 peer 10.0.0.3 dev d0
=e   ip addr add 10.0.0.1/24 peer 10.0.0.2 peer 10.0.0.3 dev d0
=e                           ^^^^ ^^^^^^^^ ^^^^ ^^^^^^^^
ip link set dev d0 dev d1 up
=e   ip link set dev d0 dev d1 up
=e               ^^^ ^^ ^^^ ^^
ip route add 10.0.0.0/8 to 11.0.0.0/8 dev d0
=e   ip route add 10.0.0.0/8 to 11.0.0.0/8 dev d0
=e                ^^^^^^^^^^ ^^ ^^^^^^^^^^
ip addr add 10.0.0.1/24 10.0.0.2/24 dev d0
=e   ip addr add 10.0.0.1/24 10.0.0.2/24 dev d0
=e               ^^^^^^^^^^^ ^^^^^^^^^^^
ip addr add 10.0.0.1/24 dev d0 valid_lft 5 valid_lft 6
=e   ip addr add 10.0.0.1/24 dev d0 valid_lft 5 valid_lft 6
=e                                            ^           ^
ip addr add 10.0.0.1/24 dev d0 preferred_lft 5 preferred_lft 6
=e   ip addr add 10.0.0.1/24 dev d0 preferred_lft 5 preferred_lft 6
=e                                                ^               ^
ip addr add 10.0.0.1/24 dev d0 preferred_lft 50 valid_lft 5
=e   ip addr add 10.0.0.1/24 dev d0 preferred_lft 50 valid_lft 5
=e                                                ^^           ^
ip route add default via 10.0.0.1 via 10.0.0.2
=e   ip route add default via 10.0.0.1 via 10.0.0.2
=e                        ^^^ ^^^^^^^^ ^^^
ip tuntap add mode tun mode tap
=e   ip tuntap add mode tun mode tap
=e                      ^^^      ^^^
ip tuntap add t0 name t1 mode tun
=e   ip tuntap add t0 name t1 mode tun
=e                 ^^      ^^
ip link set mastr d1
=e   ip link set mastr d1
=e               ^^^^^ ^^
=e   hint: did you mean "master"?
# Of another command.
ip addr add 10.0.0.1/24 dev d0 via 10.0.0.2
=e   ip addr add 10.0.0.1/24 dev d0 via 10.0.0.2
=e               ^^^^^^^^^^^        ^^^
=e   hint: a gateway belongs to a route: "rip route add default via 10.0.0.2"
ip addr add 10.0.0.1/24 dev d0 mtu 1400
=e   ip addr add 10.0.0.1/24 dev d0 mtu 1400
=e               ^^^^^^^^^^^        ^^^
=e   hint: "mtu" belongs to route add, link add
ip link set d0 lladdr 02:00:00:00:00:09
=e   ip link set d0 lladdr 02:00:00:00:00:09
=e               ^^ ^^^^^^
=e   hint: "lladdr" belongs to neigh add
ip link add id 5 type vxlan dstport 4789
=e   ip link add id 5 type vxlan dstport 4789
=e               ^^ ^
=e   hint: "id" belongs after type vxlan
ip route show mtu 5
=e   ip route show mtu 5
=e                 ^^^
=e   hint: "mtu" belongs to route add
ip neigh show table 5
=e   ip neigh show table 5
=e                 ^^^^^
=e   hint: "table" belongs to route add, rule list, mroute list, mrule list
ip rule add via 10.0.0.1
=e   ip rule add via 10.0.0.1
=e               ^^^
=e   hint: "via" belongs to route add, nexthop add
ip route add 10.0.0.0/8 nud permanent
=e   ip route add 10.0.0.0/8 nud permanent
=e                ^^^^^^^^^^ ^^^
=e   hint: "nud" belongs to neigh add
ip addr show d0 ageing_time
=e   ip addr show d0 ageing_time
=e                ^^ ^^^^^^^^^^^
=e   hint: "ageing_time" belongs to link type bridge
ip link set d0 d1
=e   ip link set d0 d1
=e               ^^ ^^
# Out of range.
ip link set d0 mtu x
=e   ip link set d0 mtu x
=e                      ^
ip addr add 10.0.0.1/33 dev d0
=e   ip addr add 10.0.0.1/33 dev d0
=e               ^^^^^^^^^^^
=e   hint: an IPv4 prefix length is 0 to 32
ip addr add 10.0.0.256/24 dev d0
=e   ip addr add 10.0.0.256/24 dev d0
=e               ^^^^^^^^^^^^^
=e   hint: 256 is too large: each part of an IPv4 address is 0 to 255
ip addr add 2001:db8::g/64 dev d0
=e   ip addr add 2001:db8::g/64 dev d0
=e               ^^^^^^^^^^^^^^
ip route add 10.0.0.0/8 dev d0 metric 4294967296
=e   ip route add 10.0.0.0/8 dev d0 metric 4294967296
=e                                         ^^^^^^^^^^
=e   hint: 0 to 4294967295
ip route add 10.0.0.0/8 dev d0 proto 256
=e   ip route add 10.0.0.0/8 dev d0 proto 256
=e                                        ^^^
=e   hint: 0 to 255
ip route add 10.0.0.0/8 nexthop via 10.0.0.1 weight 257
=e   ip route add 10.0.0.0/8 nexthop via 10.0.0.1 weight 257
=e                                                       ^^^
=e   hint: 1 to 256
ip nexthop add id x
=e   ip nexthop add id x
=e                     ^
ip neigh add 10.0.0.9 lladdr zz dev d0
=e   ip neigh add 10.0.0.9 lladdr zz dev d0
=e                                ^^
ip link set d0 arp maybe
=e   ip link set d0 arp maybe
=e                      ^^^^^
ip link set d0 carrier perhaps
=e   ip link set d0 carrier perhaps
=e                          ^^^^^^^
ip link add vx0 type vxlan id 16777216 dstport 4789
=e   ip link add vx0 type vxlan id 16777216 dstport 4789
=e                                 ^^^^^^^^
=e   hint: 0 to 16777215
ip rule add dport 70000 lookup main
=e   ip rule add dport 70000 lookup main
=e                     ^^^^^
ip tuntap add mode tun user -1
=? 255
=2 invalid user "-1"
=e   ip tuntap add mode tun user -1
=e                               ^^
ip -x link
=e   ip -x link
=e      ^^
ip -family inet7 link
=e   ip -family inet7 link
=e              ^^^^^
