# Routing policy: every selector and action, shown, found and removed again.
! ip link add v0 type veth peer name v1
ip rule
ip -d rule
ip -j rule
ip -6 rule
ip rule add
ip rule add from 10.0.0.0/8 table 100
ip rule add from 10.0.0.0/8 table 100
ip rule add to 10.0.0.0/8 prio 5 fwmark 5/0xff iif v0 oif v1 ipproto tcp sport 5 dport 6-7 uidrange 0-0 tun_id 7 suppress_prefixlength 5 suppress_ifgroup 4 table 100 protocol 5 tos 0x10 realms 5/6
ip rule add not from 1.2.3.4 blackhole pref 77
ip rule add from 1.2.3.5 prohibit pref 78
ip rule add from 1.2.3.6 unreachable pref 79 proto static
ip rule add goto 500 pref 3
ip rule add nop pref 4
ip rule add l3mdev pref 1000
ip rule add l3mdev table 5
ip rule add fwmark 16 lookup main pref 500
ip rule add iif nosuch lookup 200 pref 501
ip rule add from all lookup 201 pref 502 suppress_prefixlength 0
ip rule add to 2001:db8::/32 table 5 pref 600
ip rule add from 2001:db8::/32 table 5 pref 600
ip -6 rule add fwmark 1 table 5 pref 601
ip rule add pref x
ip rule add fwmark x
ip rule add fwmark 1/x
ip rule add tos x
ip rule add table nosuch
ip rule add realms x
ip rule add uidrange x
ip rule add uidrange 5
ip rule add ipproto nosuch
ip rule add sport x
ip rule add tun_id x
ip rule add suppress_prefixlength x
ip rule add suppress_prefixlength -1
ip rule add suppress_ifgroup nosuch
ip rule add from foo
ip rule add to foo
ip rule add protocol nosuch
ip rule add goto x
ip rule add foo
ip rule add type foo
ip rule add type blackhole pref 700
ip rule add from 9.9.9.9 nat 1.2.3.4
ip rule add from 9.9.9.9 map-to 1.2.3.4 pref 701
ip rule add dev v0 table 5 pref 702
ip rule add order 703 from 1.1.1.1 lookup 7
ip rule
ip -d rule
ip -N rule
ip -o rule
ip -s rule
ip -c rule
ip -j rule
ip -j -p rule
ip -6 rule
ip rule show from 10.0.0.0/8
ip rule show to 10.0.0.0/8
ip rule show 10.0.0.0/8
ip rule show table 100
ip rule show lookup main
ip rule show pref 5
ip rule show prio 77
ip rule show fwmark 16
ip rule show fwmark 5/0xff
ip rule show iif v0
ip rule show dev v0
ip rule show oif v1
ip rule show not
ip rule show tos 0x10
ip rule show ipproto tcp
ip rule show sport 5
ip rule show dport 6-7
ip rule show uidrange 0-0
ip rule show tun_id 7
ip rule show l3mdev
ip rule show realms 6
ip rule show from all
ip rule show all
ip rule show foo
ip rule show table nosuch
ip rule list table 100
ip rule lst
ip rule foo
ip rule help
ip rule del pref 5
ip rule del pref 5
ip rule del
ip rule del from 10.0.0.0/8 table 100
ip rule del from 10.0.0.0/8
ip rule flush table 5
ip rule flush protocol static
ip rule
ip -echo rule add from 3.3.3.3 table 5
ip ru a from 4.4.4.4 t 5
ip ru d from 4.4.4.4 t 5
ip ru l
ip rule save > f
ip rule flush
ip rule restore < f
ip rule
ip rule restore < /dev/null
ip rule restore < /etc/passwd
# Where the reference cuts a port to 16 bits, or takes what it cannot read, ours refuses.
ip rule add sport 70000
ip rule add dport 7-x
# The reference lists every rule here.
ip rule add from 8.8.8.8 lookup 9 pref 900 protocol static
ip rule show protocol static
= 900:	from 8.8.8.8 lookup 9 proto static
