# Virtual functions: words, and what is refused. What they look like is in monitor.rs (no kernel here has any).
! echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6
ip link add d0 address 02:00:00:00:00:01 type veth peer name d1 address 02:00:00:00:00:02
ip link set d0 vf
ip link set d0 vf x
ip link set d0 vf -1
ip link set d0 vf 0
ip link set d0 vf 0 up
ip link set vf 0 mac 02:00:00:00:00:01
ip link set vf 0 mac 02:00:00:00:00:01 dev d0
ip link set d0 vf 0 mac
ip link set d0 vf 0 mac x
ip link set d0 vf 0 mac 1:2
ip link set d0 vf 0 mac 1:2:3:4:5:6:7
ip link set d0 vf 0 mac 1:2:3:4:5:6
ip link set d0 vf 0 m 1:2:3:4:5:6
ip link set d0 vf 0 vlan
ip link set d0 vf 0 vlan x
ip link set d0 vf 0 vlan 4096
ip link set d0 vf 0 vlan -1
ip link set d0 vf 0 vlan 5 qos
ip link set d0 vf 0 vlan 5 qos x
ip link set d0 vf 0 vlan 5 qos 8
ip link set d0 vf 0 vlan 5 proto
ip link set d0 vf 0 vlan 5 proto x
ip link set d0 vf 0 vlan 5 proto 802.1q
ip link set d0 vf 0 vlan 5 proto 802.1ad
ip link set d0 vf 0 vlan 5 proto ipv4
ip link set d0 vf 0 vlan 5 qos 3 proto 802.1ad vlan 6 proto 802.1q
ip link set d0 vf 0 vlan 5 vlan 6
ip link set d0 vf 0 rate
ip link set d0 vf 0 rate x
ip link set d0 vf 0 rate -5
ip link set d0 vf 0 max_tx_rate x
ip link set d0 vf 0 min_tx_rate x
ip link set d0 vf 0 min_tx_rate 5
ip link set d0 vf 0 max_tx_rate 5
=2 RTNETLINK answers: Operation not supported
=? 2
ip link set d0 vf 0 max_tx_rate 5 min_tx_rate 9
ip link set d0 vf 0 spoofchk
ip link set d0 vf 0 spoofchk x
ip link set d0 vf 0 spoofchk on
ip link set d0 vf 0 s on
ip link set d0 vf 0 st auto
ip link set d0 vf 0 query_rss x
ip link set d0 vf 0 query_rss on
ip link set d0 vf 0 trust x
ip link set d0 vf 0 trust on
ip link set d0 vf 0 trust 1
ip link set d0 vf 0 state
ip link set d0 vf 0 state x
ip link set d0 vf 0 state e
ip link set d0 vf 0 state enable
ip link set d0 vf 0 state Auto
ip link set d0 vf 0 node_guid
ip link set d0 vf 0 node_guid x
ip link set d0 vf 0 node_guid 0x1122334455667788
ip link set d0 vf 0 node_guid 11:22:33:44:55:66:77:88
ip link set d0 vf 0 node_guid 11:22:33:44:55:66:77
ip link set d0 vf 0 node_guid 11:22:33:44:55:66:77:88:99
ip link set d0 vf 0 node_guid 11:22:33:44:55:66:77:zz
ip link set d0 vf 0 node_guid 1:2:3:4:5:6:7:8
ip link set d0 vf 0 port_guid 11:22:33:44:55:66:77:88
ip link set d0 vf 0 port_guid x
ip link set d0 vf 0 nosuch
ip link set d0 vf 0 mac 1:2:3:4:5:6 vf 1 mac 1:2:3:4:5:7 up
ip link set d0 vf 0 vf 1
ip link set d0 vf 256 mac 1:2:3:4:5:6
ip link set d0 vf 4294967295 trust on
ip link add vf 0 mac 1:2:3:4:5:6 type veth
ip link add v7 vf 0 mac 1:2:3:4:5:6 type veth
ip link set group 0 vf 0 mac 1:2:3:4:5:6
ip link set nosuch vf 0 mac 1:2:3:4:5:6
ip link set d0 vf 0 mac 1:2:3:4:5:6 mac 1:2:3:4:5:7
ip link set d0 vf 0 rate 5 max_tx_rate 6
=2 RTNETLINK answers: Operation not supported
=? 2
ip link set d0 vf 0 help
ip link set nosuch vf 0 min_tx_rate 5 rate 100
ip link set nosuch vf 0 min_tx_rate 200 rate 100
ip link set d0 vf 0 rate 100 min_tx_rate 200
