# What libreswan's scripts ask `ip xfrm`: the policies that `ipsec look` sorts, those that `ipsec show` reads, and the flushes of its start.
L=$C/usr/libexec/ipsec
[ -x $L/look ] || exit 0
ip link set lo up; ip link add eth0 address 02:00:00:00:00:01 type veth peer name up0; ip link set eth0 up; ip link set up0 up
ip addr add 192.0.2.1/24 dev eth0
ip xfrm policy add src 10.1.0.0/16 dst 10.2.0.0/16 dir out priority 1757393 ptype main tmpl src 192.0.2.1 dst 192.0.2.2 proto esp reqid 16389 mode tunnel
ip xfrm policy add src 10.2.0.0/16 dst 10.1.0.0/16 dir in priority 1757393 tmpl src 192.0.2.2 dst 192.0.2.1 proto esp reqid 16389 mode tunnel
ip xfrm policy add src 2001:db8:1::/48 dst 2001:db8:2::/48 proto udp dport 53 dir out priority 9 action block
$L/look policy | tail -n +2; $L/look state | tail -n +2; $L/look route | tail -n +2
python3 $L/show; echo "show $?"
ip -o xfrm pol | grep -v socket | grep "dir out" | sort
ip xfrm policy flush; ip xfrm state flush
[ -z "$(ip xfrm state)" ] && [ -z "$(ip xfrm policy)" ] && echo flushed
