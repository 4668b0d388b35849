# Kinds that this kernel has beside veth, bridge and ifb.
! echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6
! ip link add d0 address 02:00:00:00:00:01 type veth peer name d1 address 02:00:00:00:00:02
! ip link set d0 up
! ip link set d1 up
ip link add m0 link d0 address 02:00:00:00:01:00 type macvlan
ip link add m1 link d0 address 02:00:00:00:01:01 type macvlan mode bridge
ip link add m2 link d0 address 02:00:00:00:01:02 type macvlan mode private
ip link add m3 link d0 address 02:00:00:00:01:03 type macvlan mode vepa
ip link add m4 link d0 address 02:00:00:00:01:04 type macvlan mode nosuch
ip link add m4 link d0 address 02:00:00:00:01:04 type macvlan mode
ip link add m4 address 02:00:00:00:01:04 type macvlan mode bridge
ip link add m5 link d1 address 02:00:00:00:01:05 type macvlan mode source
ip link set m5 type macvlan macaddr add 02:00:00:00:00:99
ip link set m5 type macvlan macaddr set 02:00:00:00:00:97 02:00:00:00:00:98
ip link show m0
ip link show type macvlan
ip -j link show type macvlan
ip -d link show m1
ip -d -j link show m1
ip -d link show m2
ip -d link show m3
ip -d link show m5
ip -d -j -p link show m5
ip link add t0 link d0 address 02:00:00:00:02:00 type macvtap mode bridge
ip -d link show t0
ip -d -j link show t0
ip link set m1 up
ip -br link show
ip link add x0 address 02:00:00:00:03:00 type vxlan id 42 dstport 4789
ip link add x1 address 02:00:00:00:03:01 type vxlan id 43 local 10.0.0.1 remote 10.0.0.2 dstport 4789 dev d0 ttl 7 tos 0x10
ip link add x2 address 02:00:00:00:03:02 type vxlan vni 44 group 239.0.0.1 dev d0 dstport 0
ip link add x3 address 02:00:00:00:03:03 type vxlan id 45 remote 2001:db8::2 local 2001:db8::1 dstport 4789
ip link add x4 address 02:00:00:00:03:04 type vxlan id 46 dstport 4790 nolearning proxy rsc l2miss l3miss
ip link add x5 address 02:00:00:00:03:05 type vxlan id 47 dstport 4791 external
ip link add x6 address 02:00:00:00:03:06 type vxlan id 48 dstport 4792 port 1000 2000 ageing 100 maxaddress 10
ip link add x7 type vxlan
ip link add x7 type vxlan id 16777216 dstport 4789
ip link add x7 type vxlan id 99999999 dstport 4789
ip link add x7 type vxlan id 42 dstport 4789
ip link add x7 type vxlan id 42 id 43 dstport 4789
ip link add x7 type vxlan id x
ip link add x7 type vxlan id 50 dstport 4789 ttl 300
ip link add x7 type vxlan id 50 dstport 4789 nosuch
ip link add x7 type vxlan id 50 dstport 4789 group 239.0.0.1
ip link add x7 type vxlan id 50 dstport 4789 remote x
ip link show type vxlan
ip link show x1
ip -j link show type vxlan
ip link add w0 type nosuchkind
ip link add w0 type
ip link add w0
ip link add
