# The rows of docs/differences.md that one line can show: what `rip` does is written down, and iproute2 must differ.
! ip link add v0 type veth peer name v1
! ip link set v0 up
! ip link set v1 up
! ip addr add 10.0.0.1/24 dev v0
! ip route add 10.1.0.0/16 via 10.0.0.2 mtu lock 1400
ip -j route show 10.1.0.0/16
= [{"dst":"10.1.0.0/16","gateway":"10.0.0.2","dev":"v0","flags":[],"metrics":[{"mtu":1400,"lock":["mtu"]}]}]
ip -echo -j route add 10.2.0.0/16 via 10.0.0.2
= [{"dst":"10.2.0.0/16","gateway":"10.0.0.2","dev":"v0","flags":[]}]
ip -echo -j rule add from 1.2.3.4 table 7 pref 50
= [{"priority":50,"src":"1.2.3.4","table":"7"}]
ip -echo -j nexthop add id 3 via 10.0.0.2 dev v0
= [{"id":3,"gateway":"10.0.0.2","dev":"v0","scope":"link","flags":[]}]
! ip route save 10.2.0.0/16 > r.bin
ip -j route showdump < r.bin
= [{"dst":"10.2.0.0/16","gateway":"10.0.0.2","dev":"v0","flags":[]}]
ip -j netns
= []
ip -j netns identify
= []
! ip netns add x
ip -j netns pids x
= []
ip tuntap add dev t9 mode tun user -1
=? 255
=2 invalid user "-1"
ip -n
=? 255
=2 Command line is not complete. Try option "help"
printf 'link show lo\naddr show lo\n' | ip -batch - | grep -c 'mode DEFAULT'
= 1
ip route del 10.2.0.0/16; cat r.bin | ip route restore; ip route show 10.2.0.0/16
= 10.2.0.0/16 via 10.0.0.2 dev v0 
ip route add 10.6.0.0/16 encap seg6 mode encap segs fc00::1 hmac x dev v0
=? 255
=2 Error: argument "x" is wrong: "hmac" value is invalid
ip route add 10.6.0.0/16 via any
=? 1
=2 Error: inet address is expected rather than "any".
ip addr add 10.0.0.9/24 brd any dev v0
=? 1
=2 Error: inet address is expected rather than "any".
ip -s -j addr flush dev v1 | wc -c
= 0
! ip neigh add 10.99.0.1 lladdr 02:00:00:00:00:77 dev v0 nud stale
ip -s -s -j neigh flush 10.99.0.1 dev v0 | wc -c
= 0
ip netns set nosuch 5
=? 1
=2 Cannot open network namespace "nosuch": No such file or directory
ip netns list-id nsid -1
=? 255
=2 Error: argument "-1" is wrong: "nsid" value should be >= 0
ip link add v8 type veth peer name v9 link-netns NOSUCH
=? 255
=2 Error: argument "NOSUCH" is wrong: Invalid "link-netns" value
ip link add v8 link-netns NOSUCH type veth peer name v9
=? 255
=2 Error: argument "NOSUCH" is wrong: Invalid "link-netns" value
ip route add 10.7.0.0/16 via 10.0.0.2 rtt -5
=? 255
=2 Error: argument "-5" is wrong: "rtt" value is invalid
ip link set v0 group 4294967297
=? 255
=2 Error: argument "4294967297" is wrong: Invalid "group" value
ip link set v0 group 0
ip addr add any 1.2.3.4 dev v0
=? 255
=2 Error: either "local" is duplicate, or "1.2.3.4" is garbage.
ip addr show dev if99
=? 1
=2 RTNETLINK answers: No such device
ip neigh add help
=? 255
=2 Usage: ip neigh { add | change | chg | replace | delete | del } [ NEIGH ]
! ip rule add from 3.3.3.3 table 8 pref 60 protocol 44
ip rule show protocol 44
= 60:	from 3.3.3.3 lookup 8 proto 44
ip rule add ipproto mptcp table 9 pref 70
=? 255
=2 Error: argument "mptcp" is wrong: Invalid "ipproto" value
printf 'link show lo \\\n' | ip -batch -
=? 1
=2 Missing continuation line
ip link afstats dev NOSUCH
=? 1
=2 Device "NOSUCH" does not exist.
ip addr show dev v0 | grep -c 10.0.0.1/24
! ip link set v0 group 5
ip addr flush group 7; ip -4 -o addr show dev v0 | wc -l
= 1
ip link add d9 type ipip 6rd-reset; [ $? -lt 128 ] && echo did not crash
= did not crash
ip route add fd00::9 dev lo encap seg6local action End flavors next-csid; [ $? -lt 128 ] && echo did not crash
= did not crash
! ip link add mc0 link v0 type macvlan mode source
ip link set mc0 type macvlan macaddr add 7
=? 1
=2 "7" is invalid lladdr.
ip link set mc0 type macvlan macaddr set 02:00:00:00:00:01 bcqueuelen 5 2>&1 | wc -l
= 0
ip link set lo netns ..
=? 255
=2 Error: argument ".." is wrong: Invalid "netns" value
ip link add name i0 type ip6tnl encaplimit x
=? 255
=2 Error: argument "x" is wrong: invalid ELIM
! mkfifo /run/netns/fifo
timeout 5 ip netns list
= fifo
= x
=h
! rm /run/netns/fifo
ip xfrm state allocspi src 10.0.0.1 dst 10.0.0.2 proto esp min 0x500 max 0x500 mode tunnel >/dev/null; ip -j xfrm state list | cut -c1-110
= [{"src":"10.0.0.1","dst":"10.0.0.2","proto":"esp","spi":1280,"reqid":0,"mode":"tunnel","replay_window":0,"seq"
ip -o xfrm state list proto ipsec-any | cut -c1-40
= src 10.0.0.1 dst 10.0.0.2\	proto esp spi
ip -o xfrm state list flag 0x0 | cut -c1-40
= src 10.0.0.1 dst 10.0.0.2\	proto esp spi
ip xfrm state add dst 10.0.0.2 proto esp spi 1 enc x 0xsecret
=? 255
=2 Error: argument "<hidden>" is wrong: ALGO-KEYMAT value is invalid
printf 'xfrm state list proto ah\nxfrm state count\n' | ip -batch -
= 	 SAD count 1
