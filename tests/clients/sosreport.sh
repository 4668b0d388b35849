# sosreport: every command of its plugin for networks that calls ip.
ip link set lo up
ip link add eth0 address 02:00:00:00:00:01 type veth peer name up0 address 02:00:00:00:00:02; ip link set up0 up; ip link set eth0 up
ip link add br0 address 02:00:00:00:00:03 type bridge; ip link set br0 up
ip addr add 192.0.2.5/24 brd + dev eth0; ip addr add 2001:db8::5/64 dev eth0 nodad; ip route add default via 192.0.2.1; ip -6 route add default via 2001:db8::1
ip rule add from 10.0.0.0/8 lookup 100 pref 5; ip route add 10.1.0.0/16 via 192.0.2.9 table 100; ip neigh add 192.0.2.7 lladdr 02:00:00:00:00:07 dev eth0; ip neigh add 192.0.2.8 lladdr 02:00:00:00:00:08 nud noarp dev eth0
ip maddr add 33:33:00:00:00:09 dev eth0; ip netns add n1; ip netns add n2
sleep 0.5
grep -o '"ip [^"]*"' $C/usr/lib/python3/dist-packages/sos/report/plugins/networking.py | tr -d '"' | sed 's/exec $/exec n1 ip address show/' | grep -v 'macsec\|%' | while read -r line; do
  echo "== $line"
  # Counters and the times of neighbours go on; the table of neighbours has no order.
  sorted=cat; case $line in *neigh*) sorted=sort;; esac
  $line </dev/null | sed 's/used [0-9/]*//; s/^    *[0-9][0-9 ]*$/    N/; s/probes [0-9]*//; s/gc_timer *[0-9.]*//' | $sorted
done
echo "commands: $(grep -c '"ip ' $C/usr/lib/python3/dist-packages/sos/report/plugins/networking.py)"
