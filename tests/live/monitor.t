# Events, as they come: the same lines for the same changes.
! echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6
! ip link set lo up
! begin() { ip "$@" >/run/m 2>/run/m.err & M=$!; until awk '$2 == 0 && $4 != "00000000" { f = 1 } END { exit !f }' /proc/net/netlink; do sleep 0.02; done; sleep 0.1; }
! finish() { sleep 0.15; kill $M; wait $M 2>/dev/null; echo "exit $?"; cat /run/m; head -1 /run/m.err; }
! links() { ip link add v0 address 02:00:00:00:00:01 type veth peer name v1 address 02:00:00:00:00:02; ip link set v0 mtu 1400; ip link set v0 alias hello; ip link property add dev v0 altname other; ip link set v0 up; ip link set v1 up; sleep 0.2; ip link set v0 group 5; ip link set v0 down; ip link del v0; }
begin monitor link; links; finish
begin -d monitor label link; links; finish
begin -o monitor link; links; finish
begin -s monitor link; links; finish
begin -6 monitor all link; links; finish
begin monitor netconf; links; finish
begin monitor netconf label nsid; links; finish
! ip link add br0 address 02:00:00:00:00:b0 type bridge
! ports() { ip link add v0 address 02:00:00:00:00:01 type veth peer name v1 address 02:00:00:00:00:02; ip link set v0 master br0; ip link set v0 nomaster; ip link del v0; }
begin monitor link; ports; finish
begin monitor neigh; ports; finish
! addresses() { ip addr add 10.0.0.1/24 dev lo; ip addr add 10.0.0.2/24 dev lo label lo:x; ip addr change 10.0.0.1/24 dev lo valid_lft 1000 preferred_lft 500; ip addr del 10.0.0.1/24 dev lo; ip addr flush dev lo to 10.0.0.0/8; }
begin monitor address; addresses; finish
begin -o monitor label address; addresses; finish
begin -N monitor address; addresses; finish
begin -6 monitor address; addresses; finish
! ip link add v0 address 02:00:00:00:00:01 type veth peer name v1 address 02:00:00:00:00:02
! ip addr add 10.1.0.1/24 dev v0
! ip link set v0 up; ip link set v1 up
! routes() { ip route add 10.9.0.0/16 via 10.1.0.2; ip route append 10.9.0.0/16 via 10.1.0.3; ip route replace 10.9.0.0/16 via 10.1.0.4; ip route add 10.8.0.0/16 nexthop via 10.1.0.2 weight 3 nexthop via 10.1.0.3; ip route add blackhole 10.7.0.0/16 table 99; ip route del 10.8.0.0/16; ip route flush table 99; ip route flush 10.9.0.0/16; }
begin monitor route; routes; finish
begin -d monitor label route; routes; finish
begin monitor route dev v0; routes; finish
begin -o monitor route dev lo label; routes; finish
begin -4 monitor route; routes; finish
begin -6 monitor route; routes; finish
! nexthops() { ip nexthop add id 5 via 10.1.0.3 dev v0; ip nexthop add id 6 via 10.1.0.4 dev v0; ip nexthop add id 9 group 5/6,2; ip route add 10.77.0.0/16 nhid 9; ip nexthop replace id 6 blackhole; ip nexthop del id 9; ip nexthop del id 5; ip nexthop flush >/dev/null; }
begin monitor nexthop; nexthops; finish
begin monitor nexthop route label; nexthops; finish
begin -d monitor nexthop route label; nexthops; finish
! rules() { ip rule add from 1.2.3.4 table 55 pref 50; ip -6 rule add to fd00::/8 table 56 pref 51; ip rule add fwmark 1/3 blackhole pref 52; ip rule del pref 50; ip -6 rule del pref 51; ip rule del pref 52; }
begin monitor rule; rules; finish
begin -4 monitor label rule; rules; finish
begin -6 monitor rule; rules; finish
begin monitor rule dev lo; rules; finish
! neighbours() { ip neigh add 10.1.0.9 lladdr 02:00:00:00:00:09 dev v0; ip neigh change 10.1.0.9 lladdr 02:00:00:00:00:0a dev v0 nud noarp; ip neigh del 10.1.0.9 dev v0; }
begin monitor neigh; neighbours; finish
begin monitor neigh dev v0 label; neighbours; finish
begin monitor neigh dev lo; neighbours; finish
begin -6 monitor neigh; neighbours; finish
begin -s monitor neigh; neighbours; finish
! ip netns add q
! ip netns set q 7
! spaces() { ip link set v1 netns q; ip netns exec q ip addr add 10.3.0.1/8 dev lo; ip -n q link set v1 netns $$; }
begin monitor nsid; spaces; finish
begin monitor link label; spaces; finish
begin monitor nsid label; ip netns add r; ip netns set r 8; ip netns del q; finish
! stamps() { sed -e 's/^\[20..-..-..T..:..:..\.[0-9]\{6\}\]/[STAMP]/' -e 's/^Timestamp: [A-Z][a-z][a-z] [A-Z][a-z][a-z] [ 0-9]* ..:..:.. 20.. [0-9]* usec$/STAMP/' /run/stamped; }
begin -ts monitor label rule; rules; finish >/run/stamped; stamps
begin -t monitor label rule; rules; finish >/run/stamped; stamps
begin -t -o monitor all-nsid rule; rules; finish >/run/stamped; stamps
# Words, and what is wrong with them.
ip monitor bogus
ip monitor link bogus
ip monitor dev nosuch
ip monitor dev
ip monitor file
ip monitor file /nonexistent
ip monitor file /
ip monitor file /dev/null
ip monitor file /dev/null dev nosuch
ip monitor help
~ ip monitor file /etc/passwd
~ printf '\005\000' > /run/f; ip monitor file /run/f
