# Values of every generic word of link set and add: good, bad, missing, twice.
! echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6
ip link add d0 address 02:00:00:00:00:01 type veth peer name d1 address 02:00:00:00:00:02
ip link set d0 mtu -1
ip link set d0 mtu 0x500
ip link set d0 mtu 02000
ip link set d0 mtu 4294967295
ip link set d0 mtu 4294967296
ip link set d0 mtu 2147483648
ip link set d0 mtu 1400b
ip link set d0 mtu ''
ip link set d0 mtu ' 1400'
ip link set d0 mtu '1400 '
ip link set d0 mtu +1300
ip link set d0 mtu '- 5'
ip link set d0 mtu 1400.0
ip link show d0
ip link set d0 txqueuelen -1
ip link set d0 txqueuelen 0
ip link set d0 txqueuelen 4294967296
ip link set d0 txqueuelen x
ip link set d0 txqueuelen
ip link set d0 txqueuelen 5 qlen 6
ip link set d0 qlen 5 txqlen 6
ip link set d0 group 4294967295
ip link set d0 group 2147483648
ip link set d0 group 2147483647
ip link set d0 group -1
ip link set d0 group 5 group 6
ip link set d0 group x
ip link set d0 group default
ip link set d0 index 5
ip link set d0 index x
ip link add index 0 d5 type veth
ip link add index -1 d5 type veth
ip link add index x d5 type veth
ip link add index 4294967296 d5 type veth
ip link add index 2147483648 d5 type veth
ip link add index 1 d5 type veth
ip link add index 50 index 51 d5 type veth
ip link set d0 arp
ip link set d0 arp 1
ip link set d0 arp ON
ip link set d0 arp o
ip link set d0 multicast
ip link set d0 multicast true
ip link set d0 allmulticast 0
ip link set d0 promisc yes
ip link set d0 trailers x
ip link set d0 trailers off
ip link show d0
ip link set d0 trailers on
ip link set d0 trailers of
ip link set d0 dynamic x
ip link set d0 carrier x
ip link set d0 carrier
ip link set d0 carrier 1
ip link set d0 protodown x
ip link set d0 protodown 1
ip link set d0 protodown on
ip link set d0 protodown_reason x on
ip link set d0 protodown_reason 3 x
ip link set d0 protodown_reason 3 on
ip link set d0 protodown_reason 31 on
ip link -d show d0
ip link show d0
ip -d link show d0
ip -j -d link show d0
ip link set d0 protodown off
ip link set d0 protodown_reason 32 on
ip link set d0 protodown_reason 3
ip link set d0 protodown_reason
ip link set d0 protodown_reason 3 off
ip link set d0 protodown_reason 31 off
ip link set d0 protodown off
ip link show d0
ip link set d0 addrgenmode
ip link set d0 addrgenmode NONE
ip link set d0 addrgenmode no
ip link set d0 addrgenmode Eui64
ip link set d0 addrgenmode 1
ip link set d0 mode
ip link set d0 mode Dormant
ip link set d0 mode x
ip link set d0 mode default
ip link set d0 mode 1
ip link set d0 state
ip link set d0 state Up
ip link set d0 state x
ip link set d0 state lowerlayerdown
ip link set d0 state testing
ip link set d0 state dormant
ip link set d0 state notpresent
ip link set d0 state unknown
ip link set d0 state 5
ip link set d0 gso_max_size x
ip link set d0 gso_max_size
ip link set d0 gso_max_size -1
ip link set d0 gso_max_size 4294967296
ip link set d0 gso_max_size 0
ip link set d0 gso_max_size 65536
ip link set d0 gso_max_size 4294967295
ip link set d0 gso_max_size 524280
ip link set d0 gso_max_segs x
ip link set d0 gso_max_segs 65536
ip link set d0 gso_max_segs 65535
ip link set d0 gso_max_segs 0
ip link set d0 gso_max_segs -1
ip link set d0 gro_max_size x
ip link set d0 gro_max_size 0
ip link set d0 gro_max_size 524288
ip link set d0 gro_max_size 4294967295
ip link set d0 gro_max_size -1
ip link set d0 master
ip link set d0 master nosuch
ip link set d0 master d0
ip link set d0 master ''
ip link set d0 vrf
ip link set d0 vrf d1
ip link set d0 vrf nosuch
ip link set d0 nomaster nomaster
ip link set d0 alias
ip link set d0 alias $(head -c 255 /dev/zero | tr '\0' a)
ip link show d0
ip link set d0 alias $(head -c 256 /dev/zero | tr '\0' a)
ip link set d0 alias $(head -c 5000 /dev/zero | tr '\0' a)
ip link set d0 alias 'x y' alias z
ip link show d0
ip link set d0 alias ''
ip link set d0 parentdev
ip link set d0 parentdev x
ip link add d7 parentdev nosuch type veth
ip link set d0 link-netnsid
ip link set d0 link-netnsid -1
ip link set d0 link-netnsid 5
ip link set d0 link-netnsid 5 link-netnsid 6
ip link set d0 link-netns nosuch
=2 Error: argument "nosuch" is wrong: Invalid "link-netns" value
=? 255
ip link set d0 link-netns
ip link set d0 netns
ip link set d0 netns ''
ip link set d0 netns nosuch
ip link set d0 netns /nosuch
ip link set d0 netns /etc/passwd
ip link set d0 netns 0
ip link set d0 netns x netns y
ip link set d0 numtxqueues
ip link set d0 numtxqueues x
ip link set d0 numtxqueues 5 numtxqueues 6
ip link set d0 numrxqueues -1
ip link add d8 numtxqueues 0 type veth
ip link add d6 numtxqueues 5000 type veth
ip link set d0 address
ip link set d0 address 1.2.3.4
ip link set d0 address 02:00:00:00:00:01:
ip link set d0 address 2:0:0:0:0:5
ip link set d0 address 02-00-00-00-00-01
ip link set d0 address 020000000001
ip link set d0 address 02:00:00:00:00:100
ip link set d0 address ff:ff:ff:ff:ff:ff
ip link set d0 address 00:00:00:00:00:00
ip link set d0 broadcast x
ip link set d0 broadcast 1:2
ip link set d0 broadcast 1:2:3:4:5:6:7:8
ip link set d0 brd
ip link show d0
ip link set d0 address 02:00:00:00:00:06 address 02:00:00:00:00:07
ip link set d0 name $(head -c 300 /dev/zero | tr '\0' a)
ip link set d0 name ''
ip link set d0 name .
ip link set d0 name a:b
ip link set d0 name 'x'
ip link set x name d0
ip link set dev
ip link set dev ''
ip link set ''
ip link set a/b up
ip link set d0 type
ip link set d0 type ''
ip link set d0 type veth
ip link set d0 type nosuch
ip link set d0 type nosuch foo
ip link set d0 type bridge_slave cost 5
ip link set d0 type vxlan
ip link set d0 type dummy
ip link set d0 type veth peer
# The reference prints this usage on its standard output.
ip link set d0 type veth foo >/dev/null
ip link set d0 type veth peer name x
ip link set d0 type veth peer name d1
ip link set d0 type veth peer up
ip link set d0 type veth peer group 5
ip link add d7 address 02:00:00:00:00:07 type veth peer group 5
# Words that only 7.1 has.
ip link set d0 gso_ipv4_max_size 1000
ip link set d0 gro_ipv4_max_size 2000
ip -d link show d0 | grep -o 'g.o_ipv4_max_size [0-9]*'
ip -d -j link show d0 | grep -o '"g.o_ipv4_max_size":[0-9]*'
ip link set d0 gso_ipv4_max_size x
ip link set d0 gro_ipv4_max_size -1
ip link set d0 gro_ipv4_max_size
