# Ports of a bridge: every word, good and bad, and what the bridge and its ports tell.
! echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6
ip link add br0 address 02:00:00:00:00:b0 type bridge
ip link add d0 address 02:00:00:00:00:01 type veth peer name d1 address 02:00:00:00:00:02
ip link add d2 address 02:00:00:00:00:03 type veth peer name d3 address 02:00:00:00:00:04
ip link set d0 master br0
ip link set d2 master br0
ip link set d0 type bridge_slave
ip link set d0 type bridge_slave fdb_flush
ip link set d0 type bridge_slave state 0
ip link set d0 type bridge_slave state 3
ip link set d0 type bridge_slave state 5
ip link set d0 type bridge_slave state x
ip link set d0 type bridge_slave state forwarding
ip link set d0 type bridge_slave state 256
ip link set d0 type bridge_slave priority 5
ip link set d0 type bridge_slave priority 64
ip link set d0 type bridge_slave priority 65536
ip link set d0 type bridge_slave cost 7
ip link set d0 type bridge_slave cost 0
ip link set d0 type bridge_slave cost 65536
ip link set d0 type bridge_slave cost -1
ip link set d0 type bridge_slave hairpin on
ip link set d0 type bridge_slave hairpin x
ip link set d0 type bridge_slave hairpin 1
ip link set d0 type bridge_slave hairpin
ip link set d0 type bridge_slave guard on
ip link set d0 type bridge_slave root_block on
ip link set d0 type bridge_slave fastleave on
ip link set d0 type bridge_slave learning off
ip link set d0 type bridge_slave flood off
ip link set d0 type bridge_slave proxy_arp on
ip link set d0 type bridge_slave proxy_arp_wifi on
ip link set d0 type bridge_slave mcast_router 2
ip link set d0 type bridge_slave mcast_router 9
ip link set d0 type bridge_slave mcast_router x
ip link set d0 type bridge_slave mcast_fast_leave off
ip link set d0 type bridge_slave mcast_flood off
ip link set d0 type bridge_slave bcast_flood off
ip link set d0 type bridge_slave mcast_to_unicast on
ip link set d0 type bridge_slave group_fwd_mask 0x4
ip link set d0 type bridge_slave group_fwd_mask 0xfff8
ip link set d0 type bridge_slave group_fwd_mask 7
ip link set d0 type bridge_slave group_fwd_mask x
ip link set d0 type bridge_slave neigh_suppress on
ip link set d0 type bridge_slave vlan_tunnel on
ip link set d0 type bridge_slave isolated on
ip link set d0 type bridge_slave locked on
ip link set d0 type bridge_slave locked maybe
ip link set d0 type bridge_slave backup_port d2
* ip link show d0
ip -d link show d2
ip -d link show br0
ip -d -j link show br0
ip link set d0 type bridge_slave backup_port d1
ip link set d0 type bridge_slave backup_port d0
ip link set d0 type bridge_slave backup_port nosuch
ip link set d0 type bridge_slave backup_port
ip link set d0 type bridge_slave nobackup_port
ip -d link show d0
ip link set d0 type bridge_slave nosuch on
ip link set d0 type bridge_slave hairpi off
ip link set d0 type bridge_slave learn on
ip link set d0 type bridge_slave mcast_f on
ip link set d0 type bridge_slave mcast on
ip link set d0 type bridge_slave p 3
ip link set d0 type bridge_slave s 3
ip link set d0 type bridge_slave help
ip link set d0 type bridge_slave h
ip link set d0 type bridge_slave cost 5 help
ip link set d1 type bridge_slave cost 5
ip link set br0 type bridge_slave cost 5
ip link set nosuch type bridge_slave cost 5
ip link add d9 type bridge_slave
ip link add d9 type bridge_slave cost 5
ip link set d0 type bridge_slave group_fwd_mask 0
ip -d link show d0 | grep -o 'group_fwd[^ ]* [^ ]*'
ip link set d0 type bond_slave queue_id 5
ip link set d0 type team_slave
ip link set d0 type vrf_slave
ip link set d0 type team_slave junk
ip link set d0 type vrf_slave table 5
# Words that only 7.1 has.
ip link set d0 type bridge_slave neigh_vlan_suppress on mab off
ip -d link show d0 | grep -o -e 'neigh_vlan_suppress [^ ]*' -e 'mab [^ ]*'
ip -d -j link show d0 | grep -o -e '"neigh_vlan_suppress":[a-z]*' -e '"mab":[a-z]*'
ip link set d0 type bridge_slave mab maybe
ip link set d0 type bridge_slave backup_nhid x
