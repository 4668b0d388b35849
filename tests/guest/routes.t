# Routes and link groups on dummies: an older kernel than the host's.
@ guest
! echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6
! ip link set lo up
! ip link add d0 address 02:00:00:00:00:01 type dummy
! ip link add d1 address 02:00:00:00:00:02 type dummy
! ip link set d0 up
! ip link set d1 up
ip addr add 10.0.0.1/24 dev d0
ip addr add 10.0.1.1/24 dev d1 label d1:x
ip route add default via 10.0.0.2
ip route add 10.5.0.0/16 nexthop via 10.0.0.3 weight 2 nexthop via 10.0.1.3
ip route add unreachable 10.6.0.0/16
ip route add 10.7.0.0/16 via 10.0.0.2 mtu 1400 rtt 20ms congctl cubic table 77
* ip route
* ip route show table all
* ip addr
ip route get 10.9.9.9
ip -j route get 10.9.9.9
ip link set d0 group 5
* ip link show group 5
ip tuntap add dev t0 mode tap
ip tuntap
ip link add br0 address 02:00:00:00:00:b0 type bridge
ip link set d0 master br0
ip link show master br0
ip -br addr
ip link set d0 down
ip route
