# Bridges, ports and ifb.
! echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6
ip link add br0 address 02:00:00:00:00:b0 type bridge
ip link add name br1 address 02:00:00:00:00:b1 type bridge ageing_time 10000 forward_delay 400 hello_time 300 max_age 1000 priority 4096
! ip link add d0 address 02:00:00:00:00:01 type veth peer name d1 address 02:00:00:00:00:02
ip link set d0 master br0
ip link set d0 master br1
ip link set d0 nomaster
ip link set d0 master nosuch
ip link set d0 master lo
ip link set d0 master br0
ip link show type bridge
ip link show type nosuch
ip link show master br0
ip -o link show
ip -br link show master br0
ip -j link show type bridge
ip link show master nosuch
ip link show br0
ip -j -p link show br0
ip addr add 10.0.0.1/24 dev br0
* ip addr show br0
ip addr show master br0
ip link set br0 type bridge ageing_time 20000
ip link set br0 type bridge ageing_time x
ip link set br0 type bridge nosuchword 1
ip link set br0 type bridge stp_state 1
ip link set br0 type bridge vlan_filtering 2
ip link set d0 type bridge_slave cost 10 priority 5 hairpin on
ip link set d0 type bridge_slave hairpin 1
ip link set d0 type bridge_slave nosuch
ip link set d1 type bridge_slave cost 10
ip link add ifb0 address 02:00:00:00:00:f0 type ifb
ip link show ifb0
* ip link show type ifb
ip link show type veth
ip -j link show type veth
ip link add br2 type bridge junk
* ip link show br0
* ip link show br1
* ip link show d0
ip -d link show type bridge_slave
ip link add name br3 type bridge vlan_filtering 1
ip link del br0
ip link del br1 type bridge
ip link show
ip link del group 7
