# Everyday addresses on a pair of running devices, without IPv6 so that the counters stand still.
@ also user
! echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6
! ip link add d0 address 02:00:00:00:00:01 type veth peer name d1 address 02:00:00:00:00:02
! ip link set d0 up
! ip link set d1 up
ip addr add 10.0.0.1/24 dev d0
ip addr add 10.0.0.1/24 dev d0
ip addr add 10.0.0.2/24 dev d0 label d0:1
ip addr add 10.0.1.1/24 brd + dev d0
ip addr add 10.0.2.1/24 brd 10.0.2.127 dev d0 scope link
ip addr add 10.0.3.1 peer 10.0.3.2/32 dev d0
ip addr add 10.0.4.1/24 dev d0 metric 77 noprefixroute
ip addr add 10.8/16 dev d1
ip addr add local 10.9.0.1/24 broadcast 10.9.0.255 dev d1 scope host
* ip addr show
* ip addr
* ip a
* ip addr show dev d0
* ip addr show d0
* ip addr list d1
* ip addr ls lo
* ip a s d0
* ip addr show up
* ip addr show scope link
ip addr show label d0:1
ip -o addr show label d0:1
ip -d addr show label d0:1
ip -s addr show label d0:1
ip -N addr show label d0:1
ip -c addr show label d0:1
ip -j addr show label d0:1
ip -d -j addr show label d0:1
ip addr show label d0*
ip -o addr show label d0*
ip -d addr show label d0*
ip -s addr show label d0*
ip -N addr show label d0*
ip -c addr show label d0*
ip -j addr show label d0*
ip -d -j addr show label d0*
* ip addr show to 10.0.0.0/16
* ip addr show to 10.0.1.1
* ip addr show permanent
* ip addr show dynamic
* ip addr show primary
* ip addr show secondary
* ip addr show type veth
* ip addr show type bridge
* ip addr show group default
* ip -4 addr show
* ip -4 addr show d0
* ip -6 addr show
* ip -f inet addr show d1
* ip -family link addr show d1
* ip -0 addr show d1
ip addr change 10.0.4.1/24 dev d0 metric 78
ip addr replace 10.0.4.1/24 dev d0 metric 79
ip addr chg 10.0.5.1/24 dev d0
* ip addr show dev d0
ip addr del 10.0.5.1/24 dev d0
ip addr del 10.0.5.1/24 dev d0
ip addr del 10.0.0.1/24 dev d0
* ip addr show dev d0
ip addr flush dev d0 label d0:1
ip -s addr flush dev d0 scope link
ip -s -s addr flush dev d0 to 10.0.1.0/24
ip addr show dev d0
ip addr flush dev d0
ip -s addr flush dev d0
ip addr show dev d0
ip addr flush
ip addr flush dev nosuch
# The kernel does not report a peer of zeros: another address than the same one without a peer.
ip addr add 10.60.0.0/16 dev d1 peer 0.0.0.0
ip addr add 10.60.0.0/16 dev d1 metric 5
ip addr add 10.60.0.0/16 dev d1 peer 0.0.0.0
* ip addr show dev d1
ip addr show
