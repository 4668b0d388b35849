# Events of the rarer objects and under the rarer options: the same lines for the same changes.
! echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6
! ip link set lo up
! begin() { ip "$@" >/run/m 2>/run/m.err & M=$!; until awk '$2 == 0 && $4 != "00000000" { f = 1 } END { exit !f }' /proc/net/netlink; do sleep 0.02; done; sleep 0.1; }
! finish() { sleep 0.15; kill $M; wait $M 2>/dev/null; echo "exit $?"; cat /run/m; head -1 /run/m.err; }
! ip link add v0 address 02:00:00:00:00:01 type veth peer name v1 address 02:00:00:00:00:02
! ip link set v0 addrgenmode none; ip link set v1 addrgenmode none
! echo 0 > /proc/sys/net/ipv6/conf/v0/disable_ipv6
! ip link set v0 up; ip link set v1 up; ip -6 addr add fd00:1::1/64 dev v0 nodad; sleep 0.5
# IPv6 routes of one way and of several, as they come together and fall apart.
! routes() { ip route add fd09::/64 via fd00:1::2; ip -6 route append fd09::/64 via fd00:1::3; ip -6 route append fd09::/64 via fd00:1::4; ip -6 route del fd09::/64 via fd00:1::3; ip -6 route replace fd09::/64 via fd00:1::5; ip -6 route del fd09::/64; ip -6 route add fd08::/64 nexthop via fd00:1::2 nexthop via fd00:1::3 weight 2; ip -6 route del fd08::/64; ip -6 route add unreachable fd07::/64 metric 7; ip -6 route del fd07::/64 metric 7; ip -6 route add fd06::/64 from fd05::/64 dev v0 table 77; ip -6 route flush table 77; }
begin monitor route; routes; finish
begin -6 -d monitor label route; routes; finish
begin -o monitor route dev v0; routes; finish
begin -N monitor route; routes; finish
begin -c monitor route; routes; finish
begin -4 monitor route; routes; finish
begin -s monitor route; routes; finish
# The kernel tells of a new address a little later.
! addresses() { ip -6 addr add fd00:2::1/64 dev v0 nodad; sleep 0.2; ip -6 addr change fd00:2::1/64 dev v0 valid_lft 1000 preferred_lft 900; sleep 0.2; ip -6 addr del fd00:2::1/64 dev v0; sleep 0.2; ip addr add 10.0.0.1 peer 10.0.0.2/32 dev v0; ip addr del 10.0.0.1 peer 10.0.0.2/32 dev v0; }
begin monitor address; addresses; finish
begin -6 -c monitor address dev v0; addresses; finish
begin -d -o monitor all address; addresses; finish
begin monitor address route label; addresses; finish
# Settings, of the device and of all.
! settings() { for f in forwarding proxy_ndp; do echo 1 > /proc/sys/net/ipv6/conf/v0/$f; echo 0 > /proc/sys/net/ipv6/conf/v0/$f; done; for f in rp_filter proxy_arp forwarding; do echo 1 > /proc/sys/net/ipv4/conf/v0/$f; echo 0 > /proc/sys/net/ipv4/conf/v0/$f; done; echo 2 > /proc/sys/net/ipv4/conf/default/rp_filter; }
begin monitor netconf; settings; finish
begin -4 monitor netconf label; settings; finish
begin -6 monitor netconf dev v0; settings; finish
begin -M monitor netconf route; settings; finish
# What bridges tell: ports, and addresses behind them.
! ip link add br0 address 02:00:00:00:00:b0 type bridge; ip link set br0 addrgenmode none; ip link set br0 up
! ip link add w0 type veth peer name w1; ip link set w0 up; ip link set w1 addrgenmode none up master br0; sleep 1.5
! entries() { ip link set v1 master br0; ip link set v1 type bridge_slave cost 7; ip link set v1 nomaster; }
begin monitor neigh; entries; finish
begin -B monitor neigh link; entries; finish
begin -0 monitor; entries; finish
begin -o monitor link label; entries; finish
begin -c monitor neigh; entries; finish
# No such events here: nothing is said, and the end is the same.
begin monitor mroute; entries; finish
begin monitor prefix; entries; finish
begin monitor stats rule; entries; finish
begin monitor nsid mroute prefix stats label; entries; finish
# Other namespaces.
! ip netns add q
! ip netns set q 7
! spaces() { ip -n q link set lo up; ip -n q addr add 10.3.0.1/8 dev lo; ip -n q rule add pref 9 table 5; ip rule add pref 8 table 5; ip rule del pref 8; }
begin monitor all-nsid rule; spaces; finish
begin monitor label all-nsid address; ip -n q addr add 10.4.0.1/8 dev lo; ip addr add 10.5.0.1/8 dev lo; finish
# The end of the id 7, whose namespace is not the one that has it today.
! printf '\034\0\0\0\131\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\010\0\001\0\007\0\0\0' >/run/gone
ip monitor file /run/gone
# Names that go at once, each before the end of its id is told.
begin monitor nsid; ip netns add q2; ip netns set q2 8; ip netns add q3; ip netns set q3 9; sleep 0.1; ip -all netns delete; sleep 0.3; finish | sort
# Multicast and anycast addresses: the words are 7.1's.
begin monitor label maddress acaddress rule; ip -6 addr add ff05::99/64 dev v0 autojoin; ip -6 addr del ff05::99/64 dev v0; finish | grep ff05
begin monitor acaddress rule; echo 1 > /proc/sys/net/ipv6/conf/v0/forwarding; echo 0 > /proc/sys/net/ipv6/conf/v0/forwarding; finish | grep fd00:1::
