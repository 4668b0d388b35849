# Common mistakes: words of other tools, keywords that are missing or in another place, addresses that cannot exist.
@ explained
! ip link add d0 address 02:00:00:00:00:01 type veth peer name d1 address 02:00:00:00:00:02
! ip link add br0 address 02:00:00:00:00:b0 type bridge
! ip link set d0 up
! ip link set d1 up
! ip addr add 192.168.1.100/24 dev d0
! ip neigh add 192.168.1.5 lladdr 02:00:00:00:00:09 dev d0
! ip neigh add proxy 192.168.1.8 dev d0
! ip nexthop add id 1 via 192.168.1.1 dev d0
! ip route add 10.9.0.0/16 via 192.168.1.1 table 77
! ip rule add from 10.1.0.0/16 lookup 77 pref 100
! ip netns add blue
# Addresses.
ip addr add 10.0.0.1/33 dev d0 label x
=e   ip addr add 10.0.0.1/33 dev d0 label x
=e               ^^^^^^^^^^^
=e   hint: an IPv4 prefix length is 0 to 32
ip addr add 2001:db8::1/129 dev d0
=e   ip addr add 2001:db8::1/129 dev d0
=e               ^^^^^^^^^^^^^^^
=e   hint: an IPv6 prefix length is 0 to 128
ip addr add 300.1.1.1 dev d0
=e   ip addr add 300.1.1.1 dev d0
=e               ^^^^^^^^^
=e   hint: 300 is too large: each part of an IPv4 address is 0 to 255
ip addr add 10.0.0.1.2 dev d0
=e   ip addr add 10.0.0.1.2 dev d0
=e               ^^^^^^^^^^
=e   hint: an IPv4 address has four parts, not 5
ip addr add 10.0.0.1/ dev d0
=e   ip addr add 10.0.0.1/ dev d0
=e               ^^^^^^^^^
=e   hint: the prefix length is missing: 10.0.0.1/32
ip addr add 10.0.0.1/255.0.255.0 dev d0
=e   ip addr add 10.0.0.1/255.0.255.0 dev d0
=e               ^^^^^^^^^^^^^^^^^^^^
=e   hint: 255.0.255.0 is not a netmask: its one bits are not contiguous
ip addr add 10.0.0.1/24/24 dev d0
=e   ip addr add 10.0.0.1/24/24 dev d0
=e               ^^^^^^^^^^^^^^
ip addr add fe80::1::2 dev d0
=e   ip addr add fe80::1::2 dev d0
=e               ^^^^^^^^^^
=e   hint: "::" can occur only once in an IPv6 address
ip addr add fe80:1 dev d0
=e   ip addr add fe80:1 dev d0
=e               ^^^^^^
=e   hint: an IPv6 address has eight groups, not 2, or "::" for groups of zeros
ip addr add www.example.com dev d0
=e   ip addr add www.example.com dev d0
=e               ^^^^^^^^^^^^^^^
=e   hint: host names are not resolved: type an address
ip addr add nosuchhost dev d0
=e   ip addr add nosuchhost dev d0
=e               ^^^^^^^^^^
ip -4 addr add fe80::1/64 dev d0
=e   ip -4 addr add fe80::1/64 dev d0
=e                  ^^^^^^^^^^
=e   hint: fe80::1/64 is IPv6, but -4 asks for IPv4
ip -6 addr add 10.0.0.1/24 dev d0
=e   ip -6 addr add 10.0.0.1/24 dev d0
=e                  ^^^^^^^^^^^
=e   hint: 10.0.0.1/24 is IPv4, but -6 asks for IPv6
ip addr add 10.0.0.1 netmask 255.255.0.0 dev d0
=e   ip addr add 10.0.0.1 netmask 255.255.0.0 dev d0
=e               ^^^^^^^^ ^^^^^^^
=e   hint: write the netmask as a prefix length: 10.0.0.1/16
ip addr add 10.0.0.1 255.255.255.0 dev d0
=e   ip addr add 10.0.0.1 255.255.255.0 dev d0
=e               ^^^^^^^^ ^^^^^^^^^^^^^
=e   hint: write the netmask as a prefix length: 10.0.0.1/24
ip addr add 10.0.0.1 255.0.255.0 dev d0
=e   ip addr add 10.0.0.1 255.0.255.0 dev d0
=e               ^^^^^^^^ ^^^^^^^^^^^
ip addr add 10.0.0.1/24 d0
=e   ip addr add 10.0.0.1/24 d0
=e               ^^^^^^^^^^^ ^^
=e   hint: type "dev d0"
ip addr add 10.0.0.1/24 d9
=e   ip addr add 10.0.0.1/24 d9
=e               ^^^^^^^^^^^ ^^
ip addr add d0 10.0.0.1/24
=e   ip addr add d0 10.0.0.1/24
=e               ^^
=e   hint: type "dev d0"
ip addr add 10.0.0.1/24 on d0
=e   ip addr add 10.0.0.1/24 on d0
=e               ^^^^^^^^^^^ ^^
=e   hint: the device goes after "dev"
ip addr add 10.0.0.1/24 interface d0
=e   ip addr add 10.0.0.1/24 interface d0
=e               ^^^^^^^^^^^ ^^^^^^^^^
=e   hint: the device goes after "dev"
ip addr add 10.0.0.1/24 dev d0 up
=e   ip addr add 10.0.0.1/24 dev d0 up
=e               ^^^^^^^^^^^        ^^
=e   hint: type "rip link set d0 up"
ip addr add 10.0.0.1/24 gw 10.0.0.2 dev d0
=e   ip addr add 10.0.0.1/24 gw 10.0.0.2 dev d0
=e               ^^^^^^^^^^^ ^^
=e   hint: a gateway belongs to a route: "rip route add default via 10.0.0.2"
ip addr add 10.0.0.1/24
=e   ip addr add 10.0.0.1/24
=e                           ^
=e   hint: missing: dev DEV
ip addr add dev d0
=e   ip addr add dev d0
=e                      ^
=e   hint: missing: local PREFIX
ip addr 10.0.0.1/24 dev d0
=e   ip addr 10.0.0.1/24 dev d0
=e           ^^^^^^^^^^^
=e   hint: a verb is missing: "rip address add 10.0.0.1/24 ..."
ip addr d0
=e   ip addr d0
=e           ^^
=e   hint: type "rip address show d0"
ip addr set 10.0.0.1/24 dev d0
=e   ip addr set 10.0.0.1/24 dev d0
=e           ^^^
=e   hint: use "address replace"
ip addr -4
=e   ip addr -4
=e           ^^
=e   hint: options go before the object: "rip -4 address ..."
ip addr show -4
=e   ip addr show -4
=e                ^^
=e   hint: options go before the object: "rip -4 address ..."
ip addr del 10.0.0.9/24 dev d1
=e   ip addr del 10.0.0.9/24 dev d1
=e               ^^^^^^^^^^^
=e   hint: d1 has no IPv4 address
# Routes.
ip route add default gw 192.168.1.1
=e   ip route add default gw 192.168.1.1
=e                ^^^^^^^ ^^
=e   hint: the gateway goes after "via"
ip route add default gateway 192.168.1.1
=e   ip route add default gateway 192.168.1.1
=e                ^^^^^^^ ^^^^^^^
=e   hint: the gateway goes after "via"
ip route add default 192.168.1.1
=e   ip route add default 192.168.1.1
=e                ^^^^^^^ ^^^^^^^^^^^
=e   hint: type "via 192.168.1.1"
ip route add default dev d0 192.168.1.1
=e   ip route add default dev d0 192.168.1.1
=e                ^^^^^^^        ^^^^^^^^^^^
=e   hint: type "via 192.168.1.1"
ip route add default via 192.168.1.1/24
=e   ip route add default via 192.168.1.1/24
=e                            ^^^^^^^^^^^^^^
=e   hint: an address without a prefix length: 192.168.1.1
ip route add default via d0
=e   ip route add default via d0
=e                            ^^
=e   hint: d0 is a device: type "dev d0"
ip route add 10.0.0.0 netmask 255.0.0.0 via 192.168.1.1
=e   ip route add 10.0.0.0 netmask 255.0.0.0 via 192.168.1.1
=e                ^^^^^^^^ ^^^^^^^
=e   hint: write the netmask as a prefix length: 10.0.0.0/8
ip route add 10.0.0.0 255.0.0.0 192.168.1.1
=e   ip route add 10.0.0.0 255.0.0.0 192.168.1.1
=e                ^^^^^^^^ ^^^^^^^^^
=e   hint: write the netmask as a prefix length: 10.0.0.0/8
ip route add -net 10.0.0.0/8 gw 192.168.1.1
=e   ip route add -net 10.0.0.0/8 gw 192.168.1.1
=e                ^^^^
=e   hint: leave out "-net", which is a word of route(8)
ip route add 10.0.0.0/8 d0
=e   ip route add 10.0.0.0/8 d0
=e                ^^^^^^^^^^ ^^
=e   hint: type "dev d0"
ip route add 10.0.0.0/8 via 192.168.1.1 source 192.168.1.100
=e   ip route add 10.0.0.0/8 via 192.168.1.1 source 192.168.1.100
=e                ^^^^^^^^^^                 ^^^^^^
=e   hint: the preferred source address goes after "src"
ip route add 10.0.0.0/8 via fe80::1 dev d0
=e   ip route add 10.0.0.0/8 via fe80::1 dev d0
=e                               ^^^^^^^
=e   hint: type "via inet6 fe80::1" for an IPv6 gateway of an IPv4 route
ip route add 10.0.0.0/8 src fe80::1 dev d0
=e   ip route add 10.0.0.0/8 src fe80::1 dev d0
=e                               ^^^^^^^
=e   hint: fe80::1 is IPv6, but the line is about IPv4
ip -6 route add 2001:db8::/32 via 10.0.0.1
=e   ip -6 route add 2001:db8::/32 via 10.0.0.1
=e                                     ^^^^^^^^
=e   hint: an IPv6 route cannot have an IPv4 gateway
ip route show d0
=e   ip route show d0
=e                 ^^
=e   hint: type "dev d0"
ip route show eth9
=e   ip route show eth9
=e                 ^^^^
ip route show -6
=e   ip route show -6
=e                 ^^
=e   hint: options go before the object: "rip -6 route ..."
ip route -6
=e   ip route -6
=e            ^^
=e   hint: options go before the object: "rip -6 route ..."
ip route default via 192.168.1.1
=e   ip route default via 192.168.1.1
=e            ^^^^^^^
=e   hint: a verb is missing: "rip route add default ..."
ip route del 10.9.0.0/16
=e   ip route del 10.9.0.0/16
=e                ^^^^^^^^^^^
=e   hint: that route is in another table: add "table 77"
ip route del default
=e   ip route del default
=e                ^^^^^^^
=e   hint: no table has a default route
ip -6 route del default
=e   ip -6 route del default
=e                   ^^^^^^^
=e   hint: no table has an IPv6 default route
ip route get
=e   ip route get
=e                ^
=e   hint: missing: to ADDRESS
# Rules.
ip rule add 10.0.0.0/8 lookup 5
=e   ip rule add 10.0.0.0/8 lookup 5
=e               ^^^^^^^^^^
=e   hint: type "from 10.0.0.0/8" or "to 10.0.0.0/8"
ip rule add source 10.0.0.0/8 table 5
=e   ip rule add source 10.0.0.0/8 table 5
=e               ^^^^^^
=e   hint: the source prefix goes after "from"
ip rule add mark 5 table 5
=e   ip rule add mark 5 table 5
=e               ^^^^
=e   hint: the packet mark goes after "fwmark"
ip rule del pref 101
=e   ip rule del pref 101
=e               ^^^^ ^^^
=e   hint: no rule has the preference 101
ip rule del pref 100 from 10.2.0.0/16
=e   ip rule del pref 100 from 10.2.0.0/16
=e               ^^^^ ^^^ ^^^^ ^^^^^^^^^^^
=e   hint: the rule with the preference 100 is "100: from 10.1.0.0/16 lookup 77"
ip rule del from 10.1.0.0/16 table 5
=e   ip rule del from 10.1.0.0/16 table 5
=e               ^^^^ ^^^^^^^^^^^ ^^^^^ ^
=e   hint: the rule for these addresses is "100: from 10.1.0.0/16 lookup 77"
ip rule del table 99
=e   ip rule del table 99
=e               ^^^^^ ^^
=e   hint: no rule looks up table 99
# Neighbours.
ip neigh add 10.0.0.9 02:00:00:00:00:09 dev d0
=e   ip neigh add 10.0.0.9 02:00:00:00:00:09 dev d0
=e                ^^^^^^^^ ^^^^^^^^^^^^^^^^^
=e   hint: type "lladdr 02:00:00:00:00:09"
ip neigh add 10.0.0.9 lladdr 02:00:00:00:00:09 d0
=e   ip neigh add 10.0.0.9 lladdr 02:00:00:00:00:09 d0
=e                ^^^^^^^^                          ^^
=e   hint: type "dev d0"
ip neigh add 10.0.0.9 mac 02:00:00:00:00:09 dev d0
=e   ip neigh add 10.0.0.9 mac 02:00:00:00:00:09 dev d0
=e                ^^^^^^^^ ^^^
=e   hint: the link-layer address goes after "lladdr"
ip neigh add 02:00:00:00:00:09 10.0.0.9 dev d0
=e   ip neigh add 02:00:00:00:00:09 10.0.0.9 dev d0
=e                ^^^^^^^^^^^^^^^^^
=e   hint: 02:00:00:00:00:09 is a link-layer address
ip neigh add 10.0.0.9/24 lladdr 02:00:00:00:00:09 dev d0
=e   ip neigh add 10.0.0.9/24 lladdr 02:00:00:00:00:09 dev d0
=e                ^^^^^^^^^^^
=e   hint: an address without a prefix length: 10.0.0.9
ip neigh add 10.0.0.9
=e   ip neigh add 10.0.0.9
=e                         ^
=e   hint: missing: dev DEV
ip neigh add dev d0
=e   ip neigh add dev d0
=e                       ^
=e   hint: missing: to ADDRESS
ip neigh show d0
=e   ip neigh show d0
=e                 ^^
=e   hint: type "dev d0"
ip neigh del 192.168.1.5 dev d1
=e   ip neigh del 192.168.1.5 dev d1
=e                ^^^^^^^^^^^
=e   hint: 192.168.1.5 is on d0: type "dev d0"
ip neigh del proxy 192.168.1.5 dev d0
=e   ip neigh del proxy 192.168.1.5 dev d0
=e                ^^^^^ ^^^^^^^^^^^
=e   hint: 192.168.1.5 is not proxied: leave out "proxy"
ip neigh del 192.168.1.8 dev d0
=e   ip neigh del 192.168.1.8 dev d0
=e                ^^^^^^^^^^^
=e   hint: 192.168.1.8 is proxied: type "neigh del proxy 192.168.1.8"
# Nexthops.
ip nexthop add 2 via 192.168.1.1 dev d0
=e   ip nexthop add 2 via 192.168.1.1 dev d0
=e                  ^
=e   hint: type "id 2"
ip nexthop add id 2 192.168.1.1 dev d0
=e   ip nexthop add id 2 192.168.1.1 dev d0
=e                       ^^^^^^^^^^^
=e   hint: type "via 192.168.1.1"
ip nexthop add id 2 gw 192.168.1.1 dev d0
=e   ip nexthop add id 2 gw 192.168.1.1 dev d0
=e                       ^^
=e   hint: the gateway goes after "via"
ip nexthop add id 2 group 1 weight 5
=e   ip nexthop add id 2 group 1 weight 5
=e                               ^^^^^^
=e   hint: the weight goes after the id: "group ID,WEIGHT"
ip nexthop del id 9
=e   ip nexthop del id 9
=e                  ^^ ^
=e   hint: existing ids: 1
# Links.
ip link up d0
=e   ip link up d0
=e           ^^
=e   hint: type "rip link set d0 up"
ip link d0 up
=e   ip link d0 up
=e           ^^
=e   hint: type "rip link set d0 up"
ip link d0
=e   ip link d0
=e           ^^
=e   hint: type "rip link show d0"
ip d0
=e   ip d0
=e      ^^
=e   hint: type "rip address show d0" to see the device
ip link rename d0 eth0
=e   ip link rename d0 eth0
=e           ^^^^^^
=e   hint: type "rip link set d0 name eth0"
ip link create br1 type bridge
=e   ip link create br1 type bridge
=e           ^^^^^^
=e   hint: use "link add"
ip link show -d
=e   ip link show -d
=e                ^^
=e   hint: options go before the object: "rip -d link ..."
ip link set d0 ip 10.0.0.1/24
=e   ip link set d0 ip 10.0.0.1/24
=e               ^^ ^^
=e   hint: type "rip address add 10.0.0.1/24 dev d0" to add an address
ip link set d0 10.0.0.1/24
=e   ip link set d0 10.0.0.1/24
=e               ^^ ^^^^^^^^^^^
=e   hint: type "rip address add 10.0.0.1/24 dev d0" to add an address
ip link set d0 mac 02:00:00:00:00:09
=e   ip link set d0 mac 02:00:00:00:00:09
=e               ^^ ^^^
=e   hint: the link-layer address goes after "address"
ip link set d0 02:00:00:00:00:09
=e   ip link set d0 02:00:00:00:00:09
=e               ^^ ^^^^^^^^^^^^^^^^^
=e   hint: type "address 02:00:00:00:00:09"
ip link set d0 address 02-00-00-00-00-09
=e   ip link set d0 address 02-00-00-00-00-09
=e                          ^^^^^^^^^^^^^^^^^
=e   hint: type "02:00:00:00:00:09"
ip link set d0 bridge br0
=e   ip link set d0 bridge br0
=e               ^^ ^^^^^^
=e   hint: the bridge or bond goes after "master"
ip link set d0 master nobr
=e   ip link set d0 master nobr
=e                         ^^^^
=e   hint: devices that take ports: br0
ip link set d0 nomaster br0
=e   ip link set d0 nomaster br0
=e               ^^          ^^^
=e   hint: "nomaster" takes no device
ip link set br0 stp_state 1
=e   ip link set br0 stp_state 1
=e               ^^^ ^^^^^^^^^
=e   hint: "stp_state" belongs to link type bridge
ip link set br0 type bridge vlan_filtering on
=e   ip link set br0 type bridge vlan_filtering on
=e                                              ^^
=e   hint: this is a number: type 1
ip link set br0 type bridge ageing_time x
=e   ip link set br0 type bridge ageing_time x
=e                                           ^
ip link set up
=e   ip link set up
=e                  ^
=e   hint: missing: dev DEV
ip link add br1 bridge
=e   ip link add br1 bridge
=e               ^^^ ^^^^^^
=e   hint: type "type bridge"
ip link add bridge br1
=e   ip link add bridge br1
=e               ^^^^^^ ^^^
=e   hint: type "type bridge"
ip link add name br1
=e   ip link add name br1
=e                        ^
=e   hint: missing: type TYPE [ ARGS ]
ip link add type vrf vrf1
=e Usage: ... vrf [ table TABLEID ]
=e   ip link add type vrf vrf1
=e                        ^^^^
=e   hint: the name goes before "type": "rip link add vrf1 type vrf ..."
ip link add x0 type dummy mtu 1400
=e   ip link add x0 type dummy mtu 1400
=e                             ^^^
=e   hint: "mtu" goes before "type"
ip link add x0 type vrf mtu 1400
=e Usage: ... vrf [ table TABLEID ]
=e   ip link add x0 type vrf mtu 1400
=e                           ^^^
=e   hint: "mtu" goes before "type"
ip link add x0 type vxln id 42
=e   ip link add x0 type vxln id 42
=e                       ^^^^ ^^
=e   hint: did you mean "vxlan"?
ip link add x0 type xyzzy id 42
=e   ip link add x0 type xyzzy id 42
=e                       ^^^^^ ^^
ip link add x0 type tap
=e   ip link add x0 type tap
=e                  ^^^^ ^^^
=e   hint: use "tuntap add" to create such a device
ip link add x0 type vxlan
=e   ip link add x0 type vxlan
=e                             ^
=e   hint: missing: id VNI
ip link add x0 type vxlan dstport 4789
=e   ip link add x0 type vxlan dstport 4789
=e                                          ^
=e   hint: missing: id VNI
ip link add x0 link d0 type vlan id 70000
=e   ip link add x0 link d0 type vlan id 70000
=e                                       ^^^^^
=e   hint: 0 to 4094
# Namespaces, TUN devices.
ip netns exec green true
=e   ip netns exec green true
=e                 ^^^^^
=e   hint: existing namespaces: blue
ip netns create x
=e   ip netns create x
=e            ^^^^^^
=e   hint: use "netns add"
ip netns remove blue
=e   ip netns remove blue
=e            ^^^^^^
=e   hint: use "netns delete"
ip tuntap add t0
=e   ip tuntap add t0
=e                    ^
=e   hint: missing: mode { tun | tap }
ip tuntap add t0 tun
=e   ip tuntap add t0 tun
=e                 ^^ ^^^
=e   hint: type "mode tun"
ip tuntap add tap t0
=e   ip tuntap add tap t0
=e                 ^^^ ^^
=e   hint: type "mode tap"
ip tuntap add mode tun dev t0 owner root
=e   ip tuntap add mode tun dev t0 owner root
=e                              ^^ ^^^^^
=e   hint: the owner goes after "user"
ip tuntap create dev t0 mode tun
=e   ip tuntap create dev t0 mode tun
=e             ^^^^^^
=e   hint: use "tuntap add"
