# What link show selects, in every mode. Counters stand still: nothing talks.
! echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6
ip link add br0 address 02:00:00:00:00:b0 type bridge
ip link add d0 address 02:00:00:00:00:01 type veth peer name d1 address 02:00:00:00:00:02
ip link add d2 address 02:00:00:00:00:03 type veth peer name d3 address 02:00:00:00:00:04
ip link set d0 master br0
ip link set d0 group 5
ip link set d2 group 5
ip link set d0 up
ip link set d1 up
ip link property add dev d2 altname otherd2
ip link show up
ip link show nomaster
ip link show master br0
ip link show master br0 up
ip link show master d0
ip link show vrf br0
ip link show group 5
ip link show group 5 up
ip link show group 5 d0
ip link show group 5 dev d1
ip link show d0 group default
ip link show d0 up
ip link show d0 type veth
ip link show d0 type bridge
ip link show d0 master br0
ip link show d1 master br0
ip link show d0 nomaster
ip link show type veth up
ip link show type bridge
ip link show type bridge_slave
ip link show type veth_slave
ip link show type ''
ip link show type nosuch
ip -j link show type nosuch
ip -j link show d0 type bridge
ip -j link show group 5
ip -j link show group 77
ip -j link show master br0
ip -j link show nomaster
ip -j -p link show group 77
ip -j link show up type bridge
ip link show to 10.0.0.0/8
ip link show scope host
ip link show scope nosuch
ip link show label d*
ip link show permanent
ip link show dynamic
ip link show tentative
ip link show master
ip link show group
ip link show type
ip link show vrf
ip link show to
ip link show up up
ip link show master br0 master d0
ip link show group 5 group 6
ip link show type veth type bridge
ip link show otherd2
ip link show dev otherd2 up
ip link show d0 d1
ip link show dev d0 dev d0
ip link show grou 5
ip link show mast br0
ip link show nomas
ip link show u
ip link show t
ip link show g
ip link show -up
ip link list up
ip link lst type bridge
ip link ls up
ip -br link
ip -br link show up
ip -br link show d0
ip -br link show master br0
ip -br -j link
ip -br -j -p link show d0
ip -br -d link show d0
ip -br -s link show d0
ip -br -o link show d0
ip -br -c link show d2
ip -o link show up
ip -s link show d2
ip -s -s link show d2
ip -s -s -s link show d2
ip -s -h link show d2
ip -s -h -iec link show d2
ip -iec link show d2
ip -h link show d2
ip -s -j link show d2
ip -s -s -j link show d2
ip -s -j -h link show d2
ip -4 link show d2
ip -6 link show d2
ip -0 link show d2
ip -f inet6 link show d2
ip -6 link show
ip -4 link show up
ip -B link show
ip -M link show d2
ip -f bridge link
ip -N link show d2
ip -N -d link show d0
ip -r link show d2
ip -t link show d2
ip -p link show d2
ip -d -s link show d2
ip -4 link show d0
ip -4 link show
ip -6 link show d0
ip -B link show d0
ip -M link show d0
ip -M link show
ip -0 link show
ip -f inet link show group 0
ip -4 link show master br0
ip -6 link show master br0
ip -4 -d link show d0
ip -4 -d link show
ip -B -d link show d0
ip -f bridge -d link show
ip -4 -s link show d0
ip -6 -s link show d0
ip -6 -j link show d0
ip -4 -br link
ip -6 -br link
ip -B -br link
ip -M -br link
ip -j addr show nomaster
ip addr show nomaster
ip addr show d0 nomaster
ip addr show master br0 nomaster
ip addr show nomaster master br0
ip link show master br0 nomaster
ip link show nomaster master br0
ip link show nomaster d0
ip -br link show nomaster
ip link show to default
ip link show to any
ip link show to x
ip -j link show label d*
ip link show d0 label d*
ip -j link show d0 label d*
ip link show label
ip link show label d* up
ip -br link show label d*
ip link show scope host d0
ip link show secondary
ip link show d0 -dynamic
ip link show nodad
ip link show -nodad d0
ip link show mngtmpaddr
ip link show stable-privacy d0
ip link show deprecated
# Words that only 7.1 has.
ip -br link show down | cut -d' ' -f1
ip -br link show up down
ip -br link show master br0 down
ip link show d0 down
ip -br link show novf d0
