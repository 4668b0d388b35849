# Kinds that other issues bring.
@ guest
@ waits the other kinds of links
! echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6
! ip link add d0 address 02:00:00:00:00:01 type dummy
! ip link add d1 address 02:00:00:00:00:02 type dummy
! ip link set d0 up
ip link add bond0 address 02:00:00:00:00:b0 type bond mode active-backup miimon 100
ip link set d1 master bond0
ip -d link show bond0
ip -d -j link show bond0
ip -d link show d1
ip link add vrf1 address 02:00:00:00:00:f0 type vrf table 10
ip link show type vrf
ip -d link show vrf1
ip link show vrf vrf1
ip link add ipv0 link d0 type ipvlan mode l2
ip -d link show ipv0
ip link add gnv address 02:00:00:00:00:e0 type geneve id 5 remote 10.0.0.9
ip -d link show gnv
ip link add gre1 type gre local 10.0.0.1 remote 10.0.0.2 key 5 ttl 64
ip -d link show gre1
ip link add tap1 address 02:00:00:00:00:e1 type gretap local 10.0.0.1 remote 10.0.0.3
ip -d link show tap1
ip link add ipip1 type ipip local 10.0.0.1 remote 10.0.0.2
ip -d link show ipip1
ip link add sit1 type sit local 10.0.0.1 remote 10.0.0.2 6rd-prefix 2002::/16
ip -d link show sit1
ip link add vti1 type vti local 10.0.0.1 remote 10.0.0.2 key 7
ip -d link show vti1
ip link add hsr0 type hsr slave1 d0 slave2 d1
ip link add ms0 link d0 type macsec
ip -d link show ms0
ip link add can0 type vcan
ip -d link show can0
ip link add nl0 type nlmon
ip -d link show nl0
ip link add team0 address 02:00:00:00:00:e3 type team
ip -d link show team0
