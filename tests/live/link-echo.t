# -echo, and moves to namespaces of processes.
! echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6
ip -echo link add d0 address 02:00:00:00:00:01 type veth peer name d1 address 02:00:00:00:00:02
ip -echo link set d0 mtu 1400
ip -echo -j link set d0 mtu 1300
ip -echo -d link set d0 up
ip -echo link set d0 name e0
ip -echo link del nosuch
ip -echo link set e0 mtu 99999999
ip -echo link add br0 address 02:00:00:00:00:b0 type bridge
ip -echo -j link add br1 address 02:00:00:00:00:b1 type bridge
ip -echo link set group 0 alias x
ip -echo link set br0 type bridge ageing_time 500
ip -echo link property add dev br0 altname foo
ip -echo link del br0
ip -echo -br link set e0 down
ip -echo -s link set e0 mtu 1350
ip netns add n1
ip -echo link set e0 netns n1
ip -n n1 link set e0 netns 1x
ip -n n1 link show e0
ip link show d1
ip netns exec n1 ip link set e0 netns /proc/$$/ns/net
ip link show e0
sleep 3 & ip link set e0 netns $!
ip link show e0
unshare -n sleep 3 & echo $! > pid; sleep 0.5; ip link set e0 netns $(cat pid) index 55 name q0
ip link show q0
ip link set d1 netns n1 index 1
ip link set d1 netns n1 index 0
ip link set d1 netns n1 name lo
ip link set lo netns n1
ip link set br1 netns n1
ip -echo link add w0 address 02:00:00:00:00:11 type veth peer name w1 address 02:00:00:00:00:12
ip -echo -s link add w3 address 02:00:00:00:00:14 type bridge
ip -echo -o link add w5 address 02:00:00:00:00:16 type bridge
ip -echo link del w0
ip -echo -j link del w3
ip -echo link set group 0 up
ip -echo -j link set group 0 up
ip -echo link del group 77
ip -br -echo link add w4 address 02:00:00:00:00:15 type bridge
= w4               DOWN           02:00:00:00:00:15 <BROADCAST,MULTICAST> 
