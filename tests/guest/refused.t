# Refusals of a kernel (6.1) that says less, and of kinds of links that others lack: what is meant, and what could help.
@ guest
@ explained
! ip link add d0 address 02:00:00:00:00:01 type dummy
! ip link add d1 address 02:00:00:00:00:02 type dummy
! ip link set d0 up
! ip link set lo up
! ip addr add 10.0.0.1/24 dev d0
! ip addr add 2001:db8::1/64 dev d0 nodad
# VLANs.
ip link add v0 link d0 type vlan id 4095
=e   ip link add v0 link d0 type vlan id 4095
=e                                    ^^ ^^^^
=e   hint: 0 to 4094
ip link add v0 link d0 type vlan id 5000
=e   ip link add v0 link d0 type vlan id 5000
=e                                    ^^ ^^^^
=e   hint: 0 to 4094
! ip link add v0 link d1 type vlan id 7
ip link set v0 up
=e   ip link set v0 up
=e               ^^
=e   hint: d1, the lower device of v0, is down: type "link set d1 up"
! ip link del v0
# A device that is up cannot become a port of a bond.
! ip link add bond9 type bond
ip link set d0 master bond9
=e   ip link set d0 master bond9
=e                  ^^^^^^ ^^^^^
=e   hint: d0 is up: type "link set d0 down" first
! ip link del bond9
ip link add v0 type vlan id 5
=e   ip link add v0 type vlan id 5
=e                                 ^
=e   hint: missing: link DEV
! ip link add v0 link d0 type vlan id 5
ip link add v1 link d0 type vlan id 5
=e   ip link add v1 link d0 type vlan id 5
=e                                    ^^ ^
=e   hint: VLAN 5 of d0 already exists: v0
ip link add v1 link d0 type vlan
=e   ip link add v1 link d0 type vlan
=e                                    ^
=e   hint: missing: id VLANID
ip link add v1 link d0 type vlan protocol 802.1ad
=e   ip link add v1 link d0 type vlan protocol 802.1ad
=e                                                     ^
=e   hint: missing: id VLANID
ip link add v1 link d0 type vlan id 6 protocol 0x1234
=e   ip link add v1 link d0 type vlan id 6 protocol 0x1234
=e                                         ^^^^^^^^ ^^^^^^
# A kind whose settings are there already: the name is not to blame.
! ip link add g0 index 40 type gre local 10.0.0.1 remote 10.0.0.2
ip link add g1 type gre local 10.0.0.1 remote 10.0.0.2
ip link add g0 type gre local 10.0.0.1 remote 10.0.0.3
=e   ip link add g0 type gre local 10.0.0.1 remote 10.0.0.3
=e               ^^
=e   hint: "g0" already exists (index 40, type gre)
ip link add r0 type vrf
=e   ip link add r0 type vrf
=e                           ^
=e   hint: missing: table TABLE_ID
ip link add hs type hsr slave1 d0 slave2 d0
=e   ip link add hs type hsr slave1 d0 slave2 d0
=e                           ^^^^^^ ^^ ^^^^^^ ^^
# Kinds that this kernel is too old for; and words that are none.
ip link add n0 type netkit
=e   ip link add n0 type netkit
=e                  ^^^^ ^^^^^^
=e   hint: this kernel has no netkit support, built in or as a module
ip link add n0 type ovpn
=e   ip link add n0 type ovpn
=e                  ^^^^ ^^^^
=e   hint: this kernel has no ovpn support, built in or as a module
ip link add n0 type dumy
=e   ip link add n0 type dumy
=e                  ^^^^ ^^^^
=e   hint: did you mean "dummy"?
ip link add n0 type nothinglikeit
=e   ip link add n0 type nothinglikeit
=e                  ^^^^ ^^^^^^^^^^^^^
# Addresses: no message, a number alone.
ip addr add 10.0.0.1/24 dev d0
=e   ip addr add 10.0.0.1/24 dev d0
=e               ^^^^^^^^^^^
=e   hint: d0 already has "10.0.0.1/24"; use "address replace" to change its settings
ip addr add 2001:db8::1/64 dev d0
=e   ip addr add 2001:db8::1/64 dev d0
=e               ^^^^^^^^^^^^^^
=e   hint: d0 already has "2001:db8::1/64"; use "address replace" to change its settings
ip addr del 10.0.0.1/16 dev d0
=e   ip addr del 10.0.0.1/16 dev d0
=e               ^^^^^^^^^^^
=e   hint: d0 has 10.0.0.1/24
ip addr del 10.0.0.9/24 dev d0
=e   ip addr del 10.0.0.9/24 dev d0
=e               ^^^^^^^^^^^
=e   hint: d0 has 10.0.0.1/24
ip addr del 2001:db8::9/64 dev d0
=e   ip addr del 2001:db8::9/64 dev d0
=e               ^^^^^^^^^^^^^^
=e   hint: d0 has 2001:db8::1/64, fe80::ff:fe00:1/64
! echo 1 >/proc/sys/net/ipv6/conf/d1/disable_ipv6
ip addr add 2001:db8::7/64 dev d1
=e   ip addr add 2001:db8::7/64 dev d1
=e                              ^^^ ^^
=e   hint: enable IPv6 with: echo 0 >/proc/sys/net/ipv6/conf/d1/disable_ipv6
ip -6 route add 2001:db8:5::/64 dev d1
=e   ip -6 route add 2001:db8:5::/64 dev d1
=e                                   ^^^ ^^
=e   hint: enable IPv6 with: echo 0 >/proc/sys/net/ipv6/conf/d1/disable_ipv6
# Routes.
ip route add default via 10.9.9.9
=e   ip route add default via 10.9.9.9
=e                        ^^^ ^^^^^^^^
=e   hint: 10.9.9.9 is not on a directly connected network (10.0.0.0/24 on d0)
ip route add 10.1.0.0/16 dev d1
=e   ip route add 10.1.0.0/16 dev d1
=e                            ^^^ ^^
=e   hint: d1 is down: type "link set d1 up"
ip route add default via 10.9.9.9 dev d1
=e   ip route add default via 10.9.9.9 dev d1
=e                        ^^^ ^^^^^^^^
=e   hint: d1 has no IPv4 address; add "onlink" if the gateway is on that link
ip -6 route add 2001:db8:5::/64 dev d1 metric 5
=e   ip -6 route add 2001:db8:5::/64 dev d1 metric 5
=e                                   ^^^ ^^
=e   hint: enable IPv6 with: echo 0 >/proc/sys/net/ipv6/conf/d1/disable_ipv6
# Ports and masters.
! ip link add bond0 type bond
ip link set bond0 type bond mode 802.3a
=e   ip link set bond0 type bond mode 802.3a
=e                                    ^^^^^^
=e   hint: did you mean "802.3ad"?
! ip link add mv0 link d1 type macvlan
ip link set d1 master bond0
=e   ip link set d1 master bond0
=e                  ^^^^^^ ^^^^^
ip link set d0 master d1
=e   ip link set d0 master d1
=e                  ^^^^^^ ^^
=e   hint: d1 is not a bridge, bond or other device that takes ports
! ip link add vrf0 type vrf table 10
ip link set vrf0 master vrf0
ip link set d0 type bond_slave queue_id 1
=e   ip link set d0 type bond_slave queue_id 1
=e                  ^^^^ ^^^^^^^^^^ ^^^^^^^^ ^
=e   hint: d0 is not a port: it has no master
ip link set d1 name d0
=e   ip link set d1 name d0
=e                  ^^^^ ^^
=e   hint: "d0" already exists (index 2, type dummy)
