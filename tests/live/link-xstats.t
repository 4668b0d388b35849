# What devices count beside packets: link xstats, link afstats.
! echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6
* ip link xstats type bridge
! ip link add br0 address 02:00:00:00:00:b0 type bridge mcast_stats_enabled 1
! ip link add br1 address 02:00:00:00:00:b1 type bridge
! ip link add d0 address 02:00:00:00:00:01 type veth peer name d1 address 02:00:00:00:00:02
ip link set d0 master br0
ip link set d1 master br1
* ip link xstats type bridge
* ip link xstats type bridge_slave
ip link x ty bridge
ip link xstats type bridge igmp
ip link xstats type bridge mcast dev br0
ip -j link xstats type bridge mcast dev br0
ip link xstats type bridge stp
ip -j link xstats type bridge stp
ip link xstats type bridge stp mcast dev br1
ip link xstats type bridge_slave stp dev d0
ip -j -p link xstats type bridge_slave dev d1 stp
ip link xstats type bridge dev d0
ip -j link xstats type bridge dev d0
ip link xstats type bridge dev br0 dev br1
ip link xstats
ip link xstats type
ip link xstats typ
ip link xstats foo
ip link xstats type nosuch
ip link xstats type help
ip link xstats type veth
ip link xstats type dummy
ip link xstats type bridge igm
ip link xstats type bridge foo
ip link xstats type bridge type bridge
ip link xstats type bridge dev
ip link xstats type bridge dev nosuch
ip link xstats type bridge dev ''
ip link xstats help > /dev/null
ip link xstats type bridge help > /dev/null
ip link xstats type bridge_slave help > /dev/null
ip link xstats type bond help > /dev/null
# The installed one dies here.
ip link xstats type bond
ip -j link xstats type bond_slave lacp
ip link xstats type bond 802.3ad dev d0
ip link xstats type bond stp
ip link afstats
ip link af
ip -j link afstats
ip link afstats dev d0
ip -j link afstats dev d0
ip link afstats d0
ip link afstats foo
ip link afstats dev
ip link afstats dev d0 dev d1
# A failure that the reference calls success.
ip link afstats dev nosuch
=? 1
=2 Device "nosuch" does not exist.
# Usages of kinds, on the standard output.
ip link help bridge | head -c 17
ip link help bridge_slave > /dev/null
ip link help bond_slave > /dev/null
ip link help dummy
ip link help ifb
ip link help nlmon
ip link help team
ip link help team_slave
ip link help vcan
ip link help netdevsim
ip link help nosuch 2>&1 >/dev/null | head -c 6
ip link help tun
