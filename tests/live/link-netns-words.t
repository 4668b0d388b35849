# Peers and lower devices in other namespaces, moves there and back.
! echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6
ip link add d0 address 02:00:00:00:00:01 type veth peer name d1 address 02:00:00:00:00:02
ip netns add n1
ip netns set n1 7
ip netns add n2
ip link set d0 link-netnsid 5 link-netnsid 6
ip link set d0 link-netnsid 5 link-netnsid 1
ip link set d0 link-netns n1 link-netnsid 7
ip link set d0 link-netns n1 link-netnsid 1
ip link set d0 link-netnsid 1
ip link add m0 link d0 address 02:00:00:00:00:05 type macvlan
ip link set m0 netns n1
ip link add link d1 name m1 netns n1 address 02:00:00:00:00:06 type macvlan mode bridge
ip -n n1 link show m1
ip -n n1 -j link show m1
ip link add link d1 name m2 index 60 netns n1 address 02:00:00:00:00:07 type macvlan mode bridge
ip -n n1 link show m2
ip -n n1 link add link d1 name m3 link-netnsid 0 address 02:00:00:00:00:07 type macvlan mode bridge
ip -n n1 link add link m1 name m4 link-netns n1 address 02:00:00:00:00:07 type macvlan mode bridge
ip -n n2 link add link m1 name m4 link-netns n1 address 02:00:00:00:00:07 type macvlan mode bridge
ip -n n2 link show m4
ip -n n2 link add link nosuch name m4 link-netns n1 address 02:00:00:00:00:07 type macvlan mode bridge
ip link add link m1 name m6 link-netns n1 netns n2 address 02:00:00:00:00:08 type macvlan mode bridge
ip -n n2 link show m6
ip link add link m1 name m7 link-netnsid 7 address 02:00:00:00:00:09 type macvlan mode bridge
ip link show m7
ip link add v1 netns n1 mtu 1400 type veth peer name v2 netns n2 mtu 1500 txqueuelen 5
ip -n n1 link show v1 | cut -d: -f2-3 | head -1 | sed 's/@if[0-9]*//'
ip -n n2 link show v2 | cut -d: -f2-3 | head -1 | sed 's/@if[0-9]*//'
ip link add v3 address 02:00:00:00:01:01 type veth peer v4 netns n2 address 02:00:00:00:01:02 up
ip -n n2 link show v4
ip link add v3 type veth peer name v4 netns nosuch
ip link add v5 type veth peer name v6 netns n1 netns n2
ip link add v5 type veth peer name v6 name v7
ip link add v5 type veth peer name v6 dev v7
ip link add v5 type veth peer type dummy
ip link add v5 type veth peer v6 type veth peer v7
ip link add v5 type veth peer v6 mtu x
ip link add v5 type veth peer v6 foo
ip link add v5 type veth peer name
ip link set d0 netns n1 name x0 up mtu 1333 alias moved
ip -n n1 link show x0
ip -n n1 link set x0 netns n2 index 99
ip -n n2 link show x0
ip -n n2 link set x0 netns /proc/1/ns/net/x
ip -n n2 link set x0 netns nosuch index 5
ip -n n2 link set x0 index 5
ip -n n2 link show x0
ip link set group 0 netns n1
ip netns exec n2 ip link set x0 netns n1
ip -n n1 link show x0
ip -n n1 link set dev x0 name d0 netns n2
ip -n n2 link show d0
ip link set d0 netns /run/netns/n1
ip link set v3 netns /run/netns/n1
ip -n n1 link set v3 netns /var/run/netns/n2
