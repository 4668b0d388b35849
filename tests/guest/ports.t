# Ports: what a master knows of its devices; bond, team and vrf.
@ guest
! echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6
! modprobe mpls_router
! ip link add d0 address 02:00:00:00:00:01 type veth peer name d1 address 02:00:00:00:00:02
! ip link add d2 address 02:00:00:00:00:03 type dummy
! ip link add bond0 address 02:00:00:00:00:b0 type bond mode active-backup miimon 100
! ip link add bond1 address 02:00:00:00:00:b1 type bond mode 802.3ad miimon 100
! ip link add team0 address 02:00:00:00:00:b2 type team
! ip link add vrf1 address 02:00:00:00:00:b3 type vrf table 10
ip link set d0 master bond0
! sleep 1.5
* ip link show d0
* ip link show bond0
ip link set d0 type bond_slave queue_id 3
ip link set d0 type bond_slave prio -5
ip link set d0 type bond_slave queue_id 4 prio 7
* ip link show d0
ip link set d0 type bond_slave queue_id 99
ip link set d0 type bond_slave queue_id 65536
ip link set d0 type bond_slave prio x
ip link set d0 type bond_slave nosuch
ip link set d0 type bond_slave queue_id
ip link set d1 type bond_slave queue_id 1
ip link show type bond_slave
ip link show type bond
ip link set bond0 type bond active_slave d0
ip link set bond0 type bond active_slave d1
ip link set bond0 type bond primary d0
ip -d link show bond0
ip link set d0 nomaster
ip link set d0 master bond1
ip -d link show d0
ip -d -j link show d0
ip -d link show bond1
ip -d -j -p link show bond1
ip link set d0 type bond_slave prio 5
ip link xstats type bond dev bond1
ip -j link xstats type bond_slave 802.3ad dev d0
ip link set d0 nomaster
ip link set d2 master team0
* ip link show d2
* ip link show team0
ip link set d2 type team_slave
ip link show type team_slave
ip link set d2 nomaster
ip link set d2 master vrf1
* ip link show d2
* ip link show vrf1
ip link set d2 type vrf_slave
ip link show type vrf_slave
ip link show vrf vrf1
ip link show vrf d2
ip link show vrf nosuch
ip link set d2 nomaster
ip link set d2 vrf vrf1
ip link set d1 vrf team0
ip link set d1 vrf nosuch
ip link show master vrf1
ip link set d2 nomaster
# What MPLS counts.
ip link afstats
! echo 1 > /proc/sys/net/mpls/conf/d0/input
ip link afstats dev d0
ip link afstats dev d2
ip -4 link afstats dev d0
ip -6 link afstats dev d0
ip -j -4 link afstats
ip -M link afstats dev d0
ip -f bridge link afstats dev d0
ip -o link afstats dev d0
ip -h link afstats dev d0
# The reference's list has no objects in it.
ip -j link afstats dev d0 | sed 's/:[1-9][0-9]*/:N/'
= [{"ifindex":N,"ifname":"d0","rx":{"bytes":0,"packets":0,"errors":0,"dropped":0,"noroute":0},"tx":{"bytes":0,"packets":0,"errors":0,"dropped":0}}]
