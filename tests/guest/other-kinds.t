# The other kinds that this kernel lacks, and what the guest's lacks, too.
@ guest
! echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6
! ip link add d0 address 02:00:00:00:00:01 type dummy
! ip link add d1 address 02:00:00:00:00:02 type dummy
! ip link set d0 up
# nlmon
ip link add n0 type nlmon
+ ip link show n0
ip -d -j -p link show n0
ip link set n0 type nlmon
ip -br link show type nlmon
ip link add n0 type nlmon
ip link del n0
ip link del n0 type nlmon
# vcan
ip link add c0 type vcan
ip -d link show c0
ip -d -j -p link show c0
ip link set c0 type vcan
ip -br link show type vcan
ip link add c0 type vcan
ip link del c0
ip link del c0 type vcan
ip link add c0 mtu 72 type vcan
ip -d link show c0
ip link del c0
# vxcan
ip link add c1 type vxcan peer name c2 mtu 72
ip -d link show c1
ip -d -j link show c2
ip link add c1 type vxcan peer foo bar
ip link del c2
ip link show c1
# team
ip link add t0 address 02:00:00:00:01:01 type team
ip -d link show t0
ip -d -j -p link show t0
ip link set t0 type team
ip -br link show type team
ip link add t0 type team
ip link del t0
ip link del t0 type team
ip link add t0 address 02:00:00:00:00:03 type team
ip link set d1 master t0
ip -d -j link show d1
ip -d link show type team_slave
ip link del t0
# batadv
ip link add b0 address 02:00:00:00:00:0b type batadv ra BATMAN_IV
ip -d link show b0
ip link add b1 type batadv ra NOSUCH
ip link add b1 type batadv foo
ip link add b1 type batadv ra
ip link del b0
# hsr
! ip link set d1 up
ip link add h0 type hsr slave1 d0 slave2 d1 supervision 45 version 1
ip -d link show h0
ip -d -j -p link show h0
ip link set h0 type hsr version 0
ip link add h1 type hsr slave1 d0 slave2 d1 proto 2
ip link add h1 type hsr version x
ip link add h1 type hsr supervision 256
ip link add h1 type hsr proto x
ip link add h1 type hsr slave1
ip link del h0
ip link add h1 type hsr slave1 d0 slave2 d1 proto 1
ip -d link show h1
ip link del h1
# ipvlan
ip link add link d0 i0 type ipvlan
ip -d link show i0
ip link set i0 type ipvlan mode l2
ip -d link show i0
ip -d -j link show i0
ip link set i0 type ipvlan private
ip -d link show i0
ip link set i0 type ipvlan mode l3s vepa
ip -d link show i0
ip link set i0 type ipvlan nosuch
ip link set i0 type ipvlan mode
ip link del i0
# ipvtap
ip link add link d0 i0 type ipvtap
ip -d link show i0
ip link set i0 type ipvtap mode l2
ip -d link show i0
ip -d -j link show i0
ip link set i0 type ipvtap private
ip -d link show i0
ip link set i0 type ipvtap mode l3s vepa
ip -d link show i0
ip link set i0 type ipvtap nosuch
ip link set i0 type ipvtap mode
ip link del i0
# vrf
ip link add f0 address 02:00:00:00:00:f0 type vrf table main
ip -d link show f0
ip link set f0 type vrf table 5
ip link add f1 type vrf table
ip link add f1 type vrf table 4294967296
ip link del f0
# macvlan, macvtap, vxlan and ifb, here too
ip link add link d0 a0 address 02:00:00:00:01:01 type macvlan mode source macaddr add 02:00:00:00:00:09
ip -d link show a0
ip link set a0 type macvlan macaddr del 02:00:00:00:00:09
ip -d -j link show a0
ip link set a0 type macvlan macaddr set 02:00:00:00:00:0a 02:00:00:00:00:0b
ip -d link show a0
ip link set a0 type macvlan macaddr flush
ip -d link show a0
ip link set a0 type macvlan bcqueuelen 5
ip -d link show a0
ip link set a0 type macvlan flag nodst
ip -d link show a0
ip link del a0
ip link add link d0 a1 address 02:00:00:00:01:02 type macvtap mode passthru nopromisc
ip -d link show a1
ip link set a1 type macvtap mode bridge
ip link del a1
ip link add q0 address 02:00:00:00:01:03 type ifb
ip -d link show q0
ip link del q0
ip link add q0 type wireguard
ip link add q0 type netdevsim
ip link add q0 type xfrm if_id 5
ip link add q0 type bareudp dstport 5 ethertype ipv4
ip link add q0 type amt mode gateway local 10.0.0.1 discovery 10.0.0.2 dev d0
ip link add q0 type wwan linkid 5
ip link add q0 type rmnet mux_id 5
ip link add q0 type tun
ip link add q0 type virt_wifi
ip link add q0 type ipoib pkey 5
ip link add q0 type can bitrate 5
ip link add q0 type lowpan
ip link add q0 type lowpan foo
ip link add q0 type wireguard foo

