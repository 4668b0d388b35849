# New devices and their names, whole groups, other names.
! echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6
ip link add name a0 dev a1
ip link add name a0 dev a1 type veth
ip link add name a0 dev a1 junk
ip link add a0
ip link add
ip link add type
ip link add a0 type veth peer name b0 dev b1
ip link add type veth peer b3 name b4
ip link add up up name c0 type veth
ip link add c1 down type veth
ip link add c2 up type veth peer name c3 down
ip -br link show c0 | cut -c1-20
ip link replace c0 up
ip link replace c0 mtu 1300 type veth
ip link replace c9 address 02:00:00:00:00:01 type veth peer name c8 address 02:00:00:00:00:02
ip link show c9
ip link replace c9 mtu 1300 address 02:00:00:00:00:03 type veth
ip link show c9
ip link change c9 mtu 1200
ip link change dev c9 mtu 1300 up
ip link c c9 mtu 1400
ip link r c9 mtu 1400
ip link s c9 mtu 1400
ip link d c9
ip link del c8
ip link del
ip link del dev
ip link del name c0
ip link del c1 mtu 5
ip link add g1 group 5 type veth peer name g2 group 5
ip link add g3 group 7 type veth peer name g4 group foo
ip link add g3 group 7 type veth peer name g4 group 7
ip link set group 5 up
ip link set group 5 mtu 1400
ip link set group 5 mtu 99999999
ip link set group 5 name x
ip link set group 5 dev g3
ip -br link show group 7 | cut -c1-5
ip -br link show group 5 | cut -c1-8
ip link set group 5 down mtu 1300 alias y
ip link show group 5 | grep -v ether | cut -d' ' -f 4-
ip link set group 99 up
ip link set group nosuch up
ip link set group 5 netns nosuch
ip link set group 5 master nosuch
ip link set group 5 address 02:00:00:00:00:09
ip link set group 5 group 6
ip link show group 6
ip link del group 5 type dummy
ip link del group 99
ip link del group nosuch
ip link del group 7
ip link del group 5
ip -br link | cut -c1-5
ip link del group default
ip link del group 0 dev g1
ip link set group
ip link set up
ip link set
ip link set mtu 5
ip link property add dev c0 altname a altname b altname c
ip link show c0 | grep -v ether | cut -d' ' -f 4-
ip link add c0 type veth
ip link property add c0 altname longlonglonglonglonglong
ip link property add dev c0 altname ''
ip link property add dev c0 altname $(head -c 127 /dev/zero | tr '\0' a)
ip link property add dev c0 altname $(head -c 128 /dev/zero | tr '\0' a)
ip link property add dev c0 altname 'x y'
ip link property add dev c0 altname 'x/y'
ip link property del dev c0 altname 'x y' altname 'x/y'
ip link property add dev c0 altname lo
ip link property add dev c0 altname c0
ip link property add dev c0 altname longlonglonglonglonglong
ip link property add dev longlonglonglonglonglong altname q
ip link property del dev q altname q altname nosuch
ip link show c0 | grep -v ether | cut -d' ' -f 4-
ip link p add dev c0 alt r
ip link prop a c0 al s
ip link property d c0 al s
ip link property del dev c0
ip link property add dev c0
ip link property help
ip link property add help
ip link property add dev c0 dev c0 altname x
ip link property add nosuch altname x
ip link property set dev c0 altname x
ip link property add altname
ip link set longlonglonglonglonglong name c7
ip link show c7 | grep -v ether | cut -d' ' -f 4-
ip link del longlonglonglonglonglong
ip link set d0 group 5 name x
ip link set group 5 name x
ip link set group 5 name nosuch up
ip link set name x group 6
ip link set name x up
ip link set name x mtu 1400
ip link show x | head -1
ip link del name x group 5
ip link add group 5 type veth
ip link add group 5
ip link add group 5 name x1 dev x2 type veth
ip link add group x type veth
ip link del group 5 name x
ip link del name nosuch group 5
ip link set group 5 type veth junk
ip link set group 5 mtu 1300 type bridge ageing_time 500
ip link set group 5 mtu 1300 type bridge
ip link set lo type nosuch junk
