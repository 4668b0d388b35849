# Errors of link settings: the words that are meant, and hints.
@ explained
! ip link add d0 address 02:00:00:00:00:01 type veth peer name d1 address 02:00:00:00:00:02
ip link set d0 addrgenmode eui46
=e   ip link set d0 addrgenmode eui46
=e                              ^^^^^
=e   hint: did you mean "eui64"?
ip link set d0 mode Dormnat
=e   ip link set d0 mode Dormnat
=e                       ^^^^^^^
=e   hint: did you mean "dormant"?
ip link set d0 state notpresen
=e   ip link set d0 state notpresen
=e                        ^^^^^^^^^
=e   hint: did you mean "notpresent"?
ip link add group 5 type veth
=e   ip link add group 5 type veth
=e               ^^^^^ ^
=e   hint: a new device in a group needs a name
ip link add name x dev y type veth
=e   ip link add name x dev y type veth
=e                    ^     ^
ip link set d0 link-netnsid 5 link-netnsid 6
=e   ip link set d0 link-netnsid 5 link-netnsid 6
=e                                 ^^^^^^^^^^^^ ^
ip link set d0 vf 0 trsut on
=e   ip link set d0 vf 0 trsut on
=e                       ^^^^^
=e   hint: after the number: mac, vlan, rate, max_tx_rate, min_tx_rate, spoofchk, query_rss, trust, state, node_guid, port_guid
=e   hint: did you mean "trust"?
ip link set d0 vf 0 vlan 5000
=e   ip link set d0 vf 0 vlan 5000
=e                            ^^^^
=e   hint: VLAN ids are 0 to 4095
ip link set d0 vf 0 state enabel
=e   ip link set d0 vf 0 state enabel
=e                             ^^^^^^
=e   hint: did you mean "enable"?
ip link set d0 vf 0 mac 1:2:3
=e   ip link set d0 vf 0 mac 1:2:3
=e                  ^^ ^ ^^^ ^^^^^
ip link set d0 vf 0 max_tx_rate 5 min_tx_rate 9
=e   ip link set d0 vf 0 max_tx_rate 5 min_tx_rate 9
=e                  ^^ ^ ^^^^^^^^^^^ ^ ^^^^^^^^^^^ ^
ip link set d0 type bridge_slave hairpn on 2>&1 | grep -v -e '^.\s*\[' -e Usage
= bridge_slave: unknown option "hairpn"?
=   ip -hint link set d0 type bridge_slave hairpn on
=                                          ^^^^^^
=   hint: did you mean "hairpin"?
ip link xstats type brdige
=e   ip link xstats type brdige
=e                       ^^^^^^
=e   hint: did you mean "bridge"?
ip link xstats type bridge stp2
=e   ip link xstats type bridge stp2
=e                              ^^^^
=e   hint: did you mean "stp"?
ip link set d0 xdp pinned /nosuch
=e   ip link set d0 xdp pinned /nosuch
=e                             ^^^^^^^
ip link set d0 address 02:00:00:00:00:zz
=e   ip link set d0 address 02:00:00:00:00:zz
=e                          ^^^^^^^^^^^^^^^^^
ip link set group 5 type veth junk
=e   ip link set group 5 type veth junk
=e                                 ^^^^
