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
