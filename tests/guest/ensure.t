# Links of kinds that only a guest has: their snapshot is what iproute2 makes of it, a second ensure changes nothing, and
# apply takes a random mixture of them back to it.
@ guest
! echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6
! modprobe -q bonding; modprobe -q dummy; modprobe -q 8021q; ip link show
! printf '%s\n' 'link add name d1 address 02:00:00:00:00:01 type dummy' 'link add name d2 type dummy' 'link add name bond0 type bond mode 802.3ad miimon 100 lacp_rate fast xmit_hash_policy layer3+4 min_links 1' 'link set dev d2 master bond0' 'link add link d1 name d1.7 type vlan id 7 egress-qos-map 1:2 reorder_hdr off' 'link add link d1 name d1.9 type vlan protocol 802.1ad id 9' 'link add name vrf9 type vrf table 9' 'link set dev d1.7 master vrf9' 'link add name t1 type ipip local 192.0.2.1 remote 192.0.2.2 ttl 9' 'link add name g1 type gre local 192.0.2.1 remote 192.0.2.3 key 5 csum seq' 'link add name s1 type sit local 192.0.2.1 remote 192.0.2.4' 'link add name g6 type ip6gre local 2001:db8::1 remote 2001:db8::2 hoplimit 9' 'link add name vx type vxlan id 5 dev d1 dstport 4789 local 192.0.2.1 nolearning' 'link add name ge type geneve id 6 remote 192.0.2.9' 'link add name br0 type bridge vlan_filtering 1' 'link set dev vx master br0' 'link set dev d1 up' 'link set dev bond0 up' 'link set dev d1.7 up' 'link set dev vrf9 up' 'address add 192.0.2.1/24 broadcast 192.0.2.255 dev d1' 'address add 10.7.0.1/24 dev d1.7' 'route add 10.8.0.0/16 via 10.7.0.9 dev d1.7 table 9' > /run/w
rip ensure check /run/w | wc -l
= 23
! rip ensure /run/w
rip ensure /run/w; rip ensure check /run/w
! rip snapshot > /run/s1
rip diff /run/s1
! ip netns add other; ip -n other -batch /run/s1; ip netns exec other rip diff /run/s1
rip apply check /run/s1
! ip link add name d3 type dummy; ip link set d3 master bond0
rip snapshot link | grep "d[23]" | grep -v "d2 address\|up$"
= link add name d3 type dummy
= link set dev d2 master bond0
= link set dev d3 master bond0
! ip link del d3; ip link set d2 nomaster; ip link set bond0 down; ip link set bond0 type bond lacp_rate slow min_links 0; ip link set d1.9 type vlan gvrp on; ip link set br0 type bridge stp_state 1; ip link set vx type bridge_slave hairpin on; ip link set g1 alias x; ip link set d1.7 nomaster; ip link set t1 type ipip local 192.0.2.1 remote 192.0.2.2 ttl 20; ip addr add 10.99.0.1/24 dev d1; ip route add 10.99.1.0/24 via 10.99.0.2
rip apply /run/s1 | grep -c .
= 13
! rip diff /run/s1 > /run/d || { cat /run/d >&2; false; }
rip apply /run/s1
rip ensure link set d1 alias x; rip ensure link set bond0 type bond miimon 200
= ~ link set dev d1 alias x
= ~ link set dev bond0 type bond miimon 200 (was 100)
rip ensure link add link d1 name d1.7 type vlan id 8 2>&1; echo $?
= Error: the kernel cannot change "id 8" of an existing link; "ensure recreate" recreates it.
= 1
rip ensure recreate link add link d1 name d1.7 type vlan id 8; rip -br addr show dev d1.7 | tr -s ' ' | cut -d' ' -f1,3; rip route show table 9 10.8.0.0/16
= ~ link set dev d1.7 type vlan id 8 (was 7)
= d1.7@d1 10.7.0.1/24
= 10.8.0.0/16 via 10.7.0.9 dev d1.7 
rip ensure link add name bond0 type bond mode active-backup 2>&1 | tail -2
= Error: unable to set option because the bond device has slaves.
= Rolled back: everything is as it was before the batch.
