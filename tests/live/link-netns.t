# Devices that move between namespaces.
! echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6
ip netns add n1
ip netns add n2
ip link add d0 address 02:00:00:00:00:01 type veth peer name d1 address 02:00:00:00:00:02
ip link set d1 netns n1
+ ip link show
+ ip -n n1 link show
+ ip addr show
ip -n n1 link set d1 up
ip link set d0 up
ip link show d0
ip netns
ip netns list-id
ip -n n1 netns list-id
ip link add e0 address 02:00:00:00:00:03 type veth peer name e1 address 02:00:00:00:00:04 netns n2
+ ip link show e0
+ ip -n n2 link
ip link add f0 netns n1 address 02:00:00:00:00:05 type veth peer name f1 address 02:00:00:00:00:06
+ ip link show
+ ip -n n1 link
ip -n n1 link set d1 netns n2
ip -n n2 link show d1
ip link set d0 netns n2 name renamed up
ip -n n2 addr show renamed
ip -n nosuch link
ip -n
=? 255
=2 Command line is not complete. Try option "help"
ip link set e0 netns nosuch
sleep 5 & echo $! > pid; unshare -n sleep 20 & echo $! > pid2; sleep 0.2; ip link set e0 netns $(cat pid2); ip link show e0
ip netns del n1
ip netns del n2
! sleep 0.5
ip link show
