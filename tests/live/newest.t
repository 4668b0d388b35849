# What 7.3 prints and earlier releases do not; each expectation was taken from a run of it.
! ip link add v0 address 02:00:00:00:00:01 type veth peer name v1 address 02:00:00:00:00:02
! ip link set v0 up
! ip link set v1 up
! ip addr add 10.0.0.1/24 dev v0
ip -j link show group 9
ip -j addr show group 9
! ip link add x0 address 02:00:00:00:00:03 type vxlan id 5 dstport 4789 remote 10.0.0.2 local 10.0.0.1 dev v0 nolearning
ip -d link show x0 | grep -o ' vxlan .* addrgenmode' | sed 's/reserved_bits 0x[0-9a-f]* //'
ip -d -d link show x0 | grep -o -e noproxy -e ' udp_csum'
ip rule add sport 0x50/0xf0 dport 0x50/0xff pref 12
! ip rule add sport 80 pref 13
ip rule show pref 12
ip rule show sport 80
! ip nexthop add id 1 via 10.0.0.2 dev v0
! ip nexthop add id 5 via 10.0.0.3 fdb
! ip nexthop add id 9 via 10.0.0.3 dev v0 encap ip id 5 dst 1.2.3.4
ip nexthop show id 5 | sed 's/$/./'
ip -j nexthop show id 9
! ip route add 1.0.0.0/8 dev v0 cwnd lock 0
ip route show 1.0.0.0/8
! ip route add 10.8.0.0/16 via 10.0.0.2
ip route show via 10.0.0.2 table all
ip route show table all via 10.0.0.2
! ip route save table all >r
ip -6 route showdump <r
! ip -4 addr save dev v0 >a
ip -j addr showdump <a
ip -4 -br addr show proto 99
ip link set v1 inet forwarding on
