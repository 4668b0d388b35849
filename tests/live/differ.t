# Instances of what tests/differ.rs found: families that earlier words settle, the order of checks, words of one verb alone.
! ip link add v0 address 00:11:22:33:44:55 type veth peer name v1 address 00:11:22:33:44:66
! ip link add br0 type bridge
! ip link set v0 up
! ip link set v1 up
! ip addr add 10.0.0.1/24 dev v0
! ip nexthop add id 1 via 10.0.0.2 dev v0
! ip nexthop add id 10 group 1
ip nexthop add dev v0 via 2001:db8::9
ip -6 nexthop add via inet 10.0.0.1
ip nexthop add id 5 via 2001:db8::9 via 10.0.0.3 dev v0
ip nexthop add blackhole via 2001:db8::9
ip nexthop add h
ip nexthop show id 1 protocol 5
ip nexthop show protocol 5 id 1
ip nexthop get id 0
ip nexthop bucket list index 4
ip nexthop bucket get id 10 dev v0
ip nexthop bucket get id 0 index 1
ip -n nosuch -x
ip -f nosuch -x
ip -n nosuch -V
ip -rc x -n nosuch
ip -n nosuch -n x link
ip neigh del proxy 10.0.0.4 to 10.0.0.5 dev v0
ip neigh get 10.0.0.4 proxy help dev v0
ip -0 neigh add fe80::1 dev v0
ip neigh add 10.0.0.9 lladdr 2001:db8::33 dev v0
ip rule add sport x/y lookup 7
ip rule list '' ::/0
ip rule list protocol zz
ip rule list tun_id 0
ip -j rule flush tun_id 77
ip route add nexthop realms 5 dev nosuch
ip route replace 31 brd table 0 via
ip route add 10.5.0.0/16 dev v0 encap seg6 dev
ip tuntap add dev x mode tap mode tun
ip addr add autojoin 10.5.0.1 dev nosuch
ip addr add 2001:db8::5/64 valid_lft 0 zz
ip addr add 10.8.0.5/24 valid_lft 0 dev nosuch
ip addr add 2001:db8::4/64 brd + dev v0
ip addr add 2001:db8::3/64 brd 2001:db8::1 dev v0
ip addr del 10.33.0.0/16 brd 10.0.0.255 dev v0
ip addr show if2 type bridge
ip link property delete v0 altname q1
ip link delete zz index 1
ip link add x3 vf 0 min_tx_rate 5
ip link add x3 vf 0 mode DORMANT type tun
ip link del v0 link-netns zz 1500
ip link set br0 type gre key 5
ip link set br0 type sit local 10.0.0.1
ip -M neigh list 10/8
ip link add x7 type vxcan peer protodown 5
ip link add x7 type veth peer carrier 5
ip link add x7 protodown 5
ip nexthop add encap seg6local srh segs 2147483648 dev v0
ip link set lo type veth peer index 1 dev lo
