# What the kernel refuses of links: the words that are meant, what is in the way; and look-alikes of which nothing is said.
@ explained
! ip link add d0 address 02:00:00:00:00:01 type veth peer name d1 address 02:00:00:00:00:02
! ip link add br0 type bridge
! ip link property add dev d1 altname other
# The name that is there; the peer's; the index; the altname.
ip link add d0 type bridge
=e   ip link add d0 type bridge
=e               ^^
=e   hint: "d0" already exists (index 3, type veth)
ip link add x0 type veth peer name d1
=e   ip link add x0 type veth peer name d1
=e                                      ^^
=e   hint: "d1" already exists (index 2, type veth)
ip link add other type bridge
=e   ip link add other type bridge
=e               ^^^^^
=e   hint: "other" is an alternative name of d1 (index 2, type veth)
ip link add x0 index 1 type bridge
=e   ip link add x0 index 1 type bridge
=e                  ^^^^^ ^
=e   hint: index 1 belongs to lo
ip link set d0 name d1
=e   ip link set d0 name d1
=e                  ^^^^ ^^
=e   hint: "d1" already exists (index 2, type veth)
ip link property add dev d0 altname d1
=e   ip link property add dev d0 altname d1
=e                               ^^^^^^^ ^^
=e   hint: "d1" already exists (index 2, type veth)
ip link property add dev d0 altname fine altname other
=e   ip link property add dev d0 altname fine altname other
=e                                            ^^^^^^^ ^^^^^
=e   hint: "other" is an alternative name of d1 (index 2, type veth)
# Another thing is there: not the name.
! ip link add vx0 type vxlan id 5 dstport 4789
ip link add vx1 type vxlan id 5 dstport 4789
=e   ip link add vx1 type vxlan id 5 dstport 4789
=e                              ^^ ^
=e   hint: VNI 5 belongs to vx0
ip link del nosuch
=e   ip link del nosuch
=e               ^^^^^^
ip link property del dev d0 altname nosuch
=e   ip link property del dev d0 altname nosuch
=e                               ^^^^^^^ ^^^^^^
# Sizes.
ip link set d0 mtu 10
=e   ip link set d0 mtu 10
=e                  ^^^ ^^
=e   hint: d0 takes an mtu of at least 68
ip link set d0 mtu 99999
=e   ip link set d0 mtu 99999
=e                  ^^^ ^^^^^
=e   hint: d0 takes an mtu of at most 65535
ip link set br0 mtu 10
=e   ip link set br0 mtu 10
=e                   ^^^ ^^
=e   hint: br0 takes an mtu of at least 68
ip link set d0 txqueuelen 5 mtu 10
=e   ip link set d0 txqueuelen 5 mtu 10
=e                               ^^^ ^^
=e   hint: d0 takes an mtu of at least 68
ip link add x0 mtu 1400 type veth peer name x1 mtu 10
ip link set d0 gso_max_size 1
=e   ip link set d0 gso_max_size 1
=e                  ^^^^^^^^^^^^ ^
=e   hint: the kernel accepts 193 to 4294967295 here
# Kinds.
ip link add x0 type bridg
=e   ip link add x0 type bridg
=e                  ^^^^ ^^^^^
=e   hint: did you mean "bridge"?
ip link add x0 type macvlann
=e   ip link add x0 type macvlann
=e                  ^^^^ ^^^^^^^^
=e   hint: did you mean "macvlan"?
ip link add x0 type nothinglikeit
=e   ip link add x0 type nothinglikeit
=e                  ^^^^ ^^^^^^^^^^^^^
ip link add x0 type tun
=e   ip link add x0 type tun
=e                  ^^^^ ^^^
=e   hint: use "tuntap add" to create such a device
ip link add x0 type macvlan
=e   ip link add x0 type macvlan
=e                               ^
=e   hint: missing: link DEV, the lower device of the macvlan
ip link add x0 link nosuch type macvlan
=e   ip link add x0 link nosuch type macvlan
=e                       ^^^^^^
# One thing was asked for, and refused.
ip link set d0 master d1
=e   ip link set d0 master d1
=e                  ^^^^^^ ^^
=e   hint: d1 is not a bridge, bond or other device that takes ports
ip link set lo master br0
=e   ip link set lo master br0
=e                  ^^^^^^ ^^^
ip link set br0 master br0
=e   ip link set br0 master br0
=e                   ^^^^^^ ^^^
ip link set d0 type bridge_slave cost 5
=e   ip link set d0 type bridge_slave cost 5
=e                  ^^^^ ^^^^^^^^^^^^ ^^^^ ^
=e   hint: d0 is not a port: it has no master
ip link set d0 address 01:00:00:00:00:01
=e   ip link set d0 address 01:00:00:00:00:01
=e                  ^^^^^^^ ^^^^^^^^^^^^^^^^^
ip link set d0 addrgenmode stable_secret
=e   ip link set d0 addrgenmode stable_secret
=e                  ^^^^^^^^^^^ ^^^^^^^^^^^^^
ip link set d0 protodown on
=e   ip link set d0 protodown on
=e                  ^^^^^^^^^ ^^
ip link set d0 carrier off
=e   ip link set d0 carrier off
=e                  ^^^^^^^ ^^^
ip link del lo
=e   ip link del lo
=e               ^^
# Of several things we do not know which.
ip link set d0 alias x master d1
=e   hint: d1 is not a bridge, bond or other device that takes ports
ip link set d0 up master d1
=e   hint: d1 is not a bridge, bond or other device that takes ports
ip link add x0 numtxqueues 5000 type veth
=e   ip link add x0 numtxqueues 5000 type veth
=e                  ^^^^^^^^^^^ ^^^^
ip link add x0 numrxqueues 5000 type veth
=e   ip link add x0 numrxqueues 5000 type veth
=e                  ^^^^^^^^^^^ ^^^^
ip link add x0 type vxlan id 7 dstport 4789 srcport 5 4
=e   ip link add x0 type vxlan id 7 dstport 4789 srcport 5 4
=e                                               ^^^^^^^ ^ ^
ip link add x:0 type bridge
=e   ip link add x:0 type bridge
=e               ^^^
=e   hint: a device name cannot contain a colon
# To another namespace.
! ip netns add a
! ip -n a link add d0 type bridge
ip link set d0 netns a
=e   ip link set d0 netns a
=e                  ^^^^^ ^
ip link set lo netns a
=e   ip link set lo netns a
=e                  ^^^^^ ^
