# Lines that tests/differ.rs grew and whose answers differed.
! ip link set lo up
! ip link add d0 address 02:00:00:00:00:01 type ifb
! ip link set d0 up
! ip addr add 10.0.0.1/24 dev d0
# The device of an address label.
ip route add 10.9.9.9 dev d0:1
ip route show dev d0:1
ip neigh add 10.0.0.9 lladdr 02:00:00:00:00:09 dev d0:1
ip neigh show 10.0.0.9 dev d0:1
ip link show d0:1
ip link set d0:1 mtu 1400
ip addr add 10.8.8.8 dev d0:1
ip -br addr show dev d0:1 to 10.8.8.8
ip route add 10.7.7.7 dev :1
ip route add 10.7.7.7 dev d0:1234567890123
# The words of ioam6 have one order.
ip nexthop add id 5 encap ioam6 mode encap trace prealloc type 1 ns 1 size 4 dev d0
ip nexthop add id 5 encap ioam6 mode encap freq 1/2 tundst ::1 dev d0
ip nexthop add id 5 encap ioam6 mode auto tunsrc ::1
ip nexthop add id 5 encap ioam6 tundst ::1 mode encap dev d0
ip nexthop add id 5 encap ioam6 mode inline freq 1/2 dev d0
ip nexthop add id 5 encap ioam6 freq 1/2 freq 1/2 dev d0
ip nexthop bucket show id 0
ip nexthop bucket show nhid 0
ip nexthop bucket show nhid x
ip -f link nexthop add via 2001:db8::9
ip link add x0 type netkit mode x
ip link add x0 type netkit mode l2 mode l3
ip link add x0 type netkit scrub x
ip link add x0 type netkit mo l2
ip link add x0 xdpoffload off
ip link set nosuch xdpoffload off
ip link add x0 link nosuch
ip link add x0 type veth peer link nosuch name x1 type veth
# `any` of a family is its default.
ip -4 route show any
ip -4 route show exact all
ip -4 route show match any
ip -4 route show root any
ip route show any
ip route add +5 10.30.1.0/24
ip route add ' 5' 10.30.1.0/24
ip route add +5 10.30.1.0/24 +5
ip route show iif nosuch1 dev nosuch2
ip route add 10.1.0.0/16 dev nosuch nexthop realms none
ip -6 route get any as
ip rule add pref 5 dport 80/0xffff blackhole
ip rule add pref 6 dport 80/0xff blackhole
ip rule show
ip rule show t x
ip rule show to 10.0.0.0/8
ip addr flush dev if99
ip addr save dev if99 >/dev/null
ip -0 addr add dev d0 broadcast 10.0.0.255
ip link set index 5 type x
ip link add gtp0 type gtp role sgsn hsize 131072
ip -6 link add vx6 type vxlan id 5 dstport 4789
ip -4 link add vx4 type vxlan id 6 dstport 4789
ip -6 link add vx7 type vxlan id 7 dstport 4789
ip -4 route get any dev d0
ip -6 route get any mark 0 dev d0
# A new link's name, twice the same; its index as atoi reads it.
ip link replace d0 name d0 type ifb badword
ip link replace d0 name d0 type ifb
ip link add d0 name d0 type vlan badword
ip link add x0 name x1 type ifb badword
ip link set index 2:0:0
ip link set d0 index 2x
ip link set d0 index x2
ip link set d0 index 0x2
ip link add index ' 77:' name q77 type ifb
ip -br link show q77 | cut -c1-10
# amt: the address to send from is of the family of `discovery` before it.
ip link add x0 type amt discovery 2001:db8::1 local 10.0.0.1
ip link add x0 type amt discovery 10.0.0.1 local 2001:db8::1
ip link add x0 type amt local 10.0.0.1 discovery 2001:db8::1
ip link add x0 type amt discovery any local 10.0.0.1
# A list that the kernel refuses is empty.
ip -j netns list-id target-nsid 99
ip -j -p netns list-id target-nsid 99
ip netns list-id target-nsid 99
ip -j netns list-id nsid 99
# Values that iproute2 wraps or cuts.
ip link add index 99999999999 name q78 type ifb
=2 Error: argument "99999999999" is wrong: Invalid "index" value
=? 255
ip rule add tun_id -1
=2 Error: argument "-1" is wrong: "tun_id" value is invalid
=? 255
ip rule add dscp 266
=2 Error: argument "266" is wrong: invalid dscp
=? 255
ip rule add dscp 1/300
=2 Error: argument "300" is wrong: invalid dscp mask
=? 255
ip rule add nat badaddr
ip rule add nat
ip -4 addr show label d0 type veth | wc -l
= 0
ip link add x0 type amt discovery 10.0.0.1 local any
=2 Error: inet address is expected rather than "any".
=? 1
# A keyword that stands twice is refused before its second value is read.
ip netns list-id nsid 5 nsid
ip netns list-id nsid 5 nsid x
ip netns list-id target-nsid 5 target-nsid 5
ip link add x type amt local 10.0.0.1 local x
ip link add x type vxlan id 5 id x
ip link add x type vxlan id 5 id
ip link add x type vxlan local 10.0.0.1 local x
ip link add x type vxlan dev d0 dev nosuch
ip link add x type vxlan label 5 label x
ip link add x type vxlan id 5 learning nolearning
ip link add x type vxlan id 5 learning learning learning
ip link add x type vxlan srcport 5 6 srcport x
ip link add x type vxlan dstport 0 dstport x
ip link add x type geneve id 5 id x
ip link add x type geneve remote 10.0.0.1 remote x
ip link add x type geneve port-range 1 5 port-range x
ip link add x type gtp role sgsn role x
ip link add x type gtp hsize 5 hsize x
ip link add x type bareudp dstport 5 dstport x
ip link add x type bareudp ethertype ip ethertype x
# The address after `as` says the family, as the destination does.
ip route add as 10.0.0.9 via fe80::1
ip route add as fe80::1 1280 dev d0
ip route add as 10.0.0.9 10.4.0.0/16 via 10.0.0.2
ip route get as 10.0.0.1 2001:db8::1
ip route get as 2001:db8::1 10.0.0.1
ip route test d nexthop onlink
ip route test nexthop onlink
ip route test nexthop via 10.0.0.1
ip -j link show if1
ip -j -p link show if1
ip -j link show if99
ip -j link show nosuch
ip link show if1 group default
ip link add x type gtp role sgsn restart_count 0x1f
ip link add x type gtp role sgsn restart_count 010
ip link show if99 group default
=2 RTNETLINK answers: No such device
=? 1
# Found by 4,000 lines of links and of routes.
ip link set lo type vlan id 0 egress-qos-map
ip link set lo type vlan ingress-qos-map
ip link add x0 type netkit mode l2 peer mode DORMANT
ip link add x0 type netkit peer mode DORMANT
ip link add x0 type netkit peer mode
ip link add x0 type netkit mode l2 mode x
ip link add x0 type netkit peer blackhole
ip link add x3 type macvlan bclim x
ip link set lo index 5 link-netns nosuch
ip link set d0 link-netns nosuch address 2:0
ip link set group 5 link-netns nosuch
ip link set if9 address 2:0:0:0:0:1
ip link set if9 address 2:0:0:0:0:1 name x
ip link set if9 name x
ip route show via 0/0
ip route show table all via 0/0
ip route show table all src 0/0
ip -6 route show src ::/0
ip -6 route show via ::/0
ip -4 route show via 128.0.0.0/1
ip -4 route show via 0.0.0.0/1
ip route add fe80::/10 encap seg6 lookup 0 mode encap segs ::1 dev d0
ip route add fe80::/10 encap seg6 lookup x mode encap segs ::1 dev d0
ip route replace oif d0.5 via 127.0.0.1 nexthop dev t0 via 10.0.0.2
ip -echo address show d0
ip -echo -j address show d0
ip -echo -4 address show label d0
ip -echo -br address show d0
ip neigh show to help
ip neigh flush nud permanent to help dev d0
ip neigh get to h dev d0
ip addr add local help dev d0
# Found by 20,000 lines of links and of routes.
! ip link add br9 type bridge
! ip link add br8 type bridge
ip link delete br9 name x2 type nlmon
ip link set lo type vcan h
ip link set lo type vcan help
ip link add x type vcan hel
ip link add x type macvtap mode vepa flag nopromisc bclim 5
ip link add x type macvlan mode vepa flag null
ip -j link show group default dev d0 up
ip -j link show home group default dev d0
ip -j link show up group default dev br8
ip -j link show group 77 dev d0
ip link change x0 link-netns nosuch link-netnsid 1023
ip link delete group default type ip6gretap dev d0
ip link set group 77 address 2:0:0:0:0:1
ip link delete br8 type vxlan flowlabel 5
ip link delete br8 type vxlan id 5 dev d0
ip -6 route add all metric 5
ip -6 route del all dev d0
ip route add 10.96.0.0/16 nhid 0
ip route show realms /
ip route show realms 5/
ip route append via 10.0.0.9 dev append via
ip route append via 10.0.0.9 via
ip route add 10.99.0.0/16 dev d0 rttvar 4294967295
ip route show 10.99.0.0/16
ip route add 10.98.0.0/16 dev d0 rtt 1234567 rttvar 12345678
ip route show 10.98.0.0/16
ip route add 10.97.0.0/16 dev d0 rtt 8000 rttvar 12345
ip route show 10.97.0.0/16
ip -j route show 10.97.0.0/16
ip neigh get proxy 224.0.0.5
ip neigh get proxy ::1
ip neigh get 10.0.0.77
ip -f bridge neigh flush dev lo protocol bird proxy
ip link delete lo address 0200.0000.0053
ip link delete lo address 2:0 link-netns nosuch
# A path before its mode, whatever the path is.
ip route add 10.9.0.0/16 encap seg6 segs zz mode encap dev d0
ip route add 10.9.0.0/16 encap seg6 segs ::1, dev d0
ip route add 10.9.0.0/16 encap seg6 segs ::1 dev d0
ip route add 10.9.0.0/16 encap seg6 segs
