# A full disk, names and texts that want to be more than text, files that are no files.
@ needs root
! echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6
! ip link add d0 address 02:00:00:00:00:01 type veth peer name d1 address 02:00:00:00:00:02
! ip addr add 10.0.0.1/24 dev d0
! ip netns add a
ip link show > /dev/full
=? 2
=2 write error: No space left on device
ip -j link show > /dev/full
=? 2
=2 write error: No space left on device
ip addr show > /dev/full
=? 2
=2 write error: No space left on device
ip -br addr show > /dev/full
=? 2
=2 write error: No space left on device
ip netns > /dev/full
=? 2
=2 write error: No space left on device
ip -V > /dev/full
=? 2
=2 write error: No space left on device
printf 'link show\nlink show\n' | ip -b - > /dev/full
=? 2
=2 write error: No space left on device
yes 'link show' | head -3000 | ip -b - | head -1
! ip link set d0 alias "$(printf 'x\033[2J\n9: fake0: <UP>')"
ip link show d0 | tail -1
=     alias x\x1b[2J\x0a9: fake0: <UP>
{ ip -j link show
! ip link set d0 alias "$(printf 'x\377\200\342\200\256y')"
ip link show d0 | tail -1
=     alias x\xff\x80\u{202e}y
{ ip -j link show
{ ip -j -p link show
{ ip -d -j link show
! ip link add "$(printf 'e\033]x')" address 02:00:00:00:00:03 type veth peer name e1 address 02:00:00:00:00:04
ip -br link show e1 | cut -d' ' -f1
= e1@e\x1b]x
{ ip -j link show
{ ip -j addr show
ip -br link show dev 'e\x1b]x' | cut -d' ' -f1
= e\x1b]x@e1
ip link show dev "$(printf 'a\033[1mb')"
=? 1
=2 Device "a\x1b[1mb" does not exist.
ip "$(printf 'a\033[1mb')"
=? 1
=2 Object "a\x1b[1mb" is unknown, try "ip help".
ip -n ../a link
=2 Invalid netns name "../a"
=? 255
ip -n '' link
=2 Invalid netns name ""
=? 255
! mkfifo /run/netns/fifo
timeout 5 ip netns exec fifo true; echo $?
= 255
timeout 5 ip netns list > l; echo $?
= 0
! rm /run/netns/fifo
! mkdir -p /etc/iproute2 && rm -f /etc/iproute2/rt_tables /etc/iproute2/group && mkfifo /etc/iproute2/group && ln -s /dev/zero /etc/iproute2/rt_scopes.d
timeout 5 ip link show d1 | head -1
= 2: d1@d0: <BROADCAST,MULTICAST,M-DOWN> mtu 1500 qdisc noop state DOWN mode DEFAULT group default qlen 1000
! rm /etc/iproute2/group && printf 'x y\n7 seven\n8 a\033[31mb\n' > /etc/iproute2/group
! ip link set d0 group 8 2>&1 | cat
ip link show d0 2>/dev/null | head -1 | grep -o 'group [^ ]*'
