# Statistics of bridges with VLANs, of bonds, and of MPLS.
@ guest
! echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6
! ip link add br0 type bridge vlan_filtering 1 vlan_stats_enabled 1 vlan_stats_per_port 1
! for n in 1 2; do ip link add d$n type dummy; done
! ip link set d1 master br0
* ip stats show dev br0 group xstats subgroup bridge suite vlan
* ip stats show dev d1 group xstats_slave subgroup bridge
+ ip stats show dev d1
! ip link add b0 type bond mode 802.3ad
! ip link set d2 master b0
* ip stats show dev b0 group xstats subgroup bond
* ip stats show dev d2 group xstats_slave subgroup bond suite 802.3ad
+ ip stats show dev b0
