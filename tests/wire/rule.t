# Rules: every selector and action, IPv4 and IPv6.
! ip link add d0 type veth peer name d1
ip rule add from 10.0.0.0/8 table 100
ip rule add from 10.0.0.0/8 lookup 100
ip rule add src 10.0.0.0/8 lookup 100
ip rule add t 5
ip rule add from 10.0.0.1 lookup main
ip rule add from any lookup local
ip rule add from default lookup default
ip rule add from all to all table 5
ip rule add to 10.0.0.0/8 table 1000
ip rule add dst 10.0.0.0/8 table 4294967295
ip rule add not from 10.0.0.0/8 table 5
ip rule add preference 5 table 5
ip rule add order 5 table 5
ip rule add priority 5 table 5
ip rule add pref 4294967295 table 5
ip rule add tos 0x10 table 5
ip rule add dsfield EF table 5
ip rule add fwmark 5 table 5
ip rule add fwmark 0x10/0xff table 5
ip rule add fwmark 0/0 table 5
ip rule add realms 5 table 5
ip rule add realms 5/6 table 5
ip rule add realms cosmos table 5
ip rule add protocol static table 5
ip rule add protocol 77 table 5
ip rule add protocol 0 table 5
ip rule add tun_id 5 table 5
ip rule add tun_id 18446744073709551615 table 5
ip rule add suppress_prefixlength 0 table 5
ip rule add sup_pl 32 table 5
ip rule add suppress_ifgroup 5 table 5
ip rule add sup_group default table 5
ip rule add dev d0 table 5
ip rule add iif nosuch table 5
ip rule add oif d1 table 5
ip rule add l3mdev
ip rule add l3mdev pref 1000 protocol kernel
ip rule add uidrange 0-4294967294 table 5
ip rule add uidrange 5-5 table 5
ip rule add nat 10.0.0.1 from 10.0.0.0/8
ip rule add map-to 10.0.0.1 from 10.0.0.0/8
ip rule add ipproto tcp sport 5 dport 6 table 5
ip rule add ipproto icmp table 5
ip rule add ipproto ipv6-icmp table 5
ip rule add ipproto 200 table 5
ip rule add sport 5-6 table 5
ip rule add dport 1-65535 table 5
ip rule add type blackhole
ip rule add blackhole from 10.0.0.0/8
ip rule add unreachable from 10.0.0.0/8
ip rule add prohibit from 10.0.0.0/8
ip rule add unicast from 10.0.0.0/8
ip rule add throw from 10.0.0.0/8
ip rule add type 7 from 10.0.0.0/8
ip rule add goto 500 pref 5
ip rule add nop pref 5
ip rule add from 10.0.0.0/8 to 10.1.0.0/16 tos 8 fwmark 1 iif d0 oif d1 ipproto udp sport 1 dport 2-3 uidrange 1-2 tun_id 3 suppress_prefixlength 4 suppress_ifgroup 5 realms 6/7 pref 8 proto 9 table 10
ip -6 rule add from 2001:db8::/32 table 100
ip -6 rule add to 2001:db8::1 lookup 1000 pref 7
ip -6 rule add not from 2001:db8::/32 prohibit
ip -6 rule add fwmark 1 iif d0 oif d1 ipproto udp sport 1 dport 2-3 uidrange 1-2 suppress_prefixlength 4 pref 8 proto 9 table 10
ip -6 rule add from default table 5
ip -6 rule add l3mdev
ip -6 rule add goto 700 pref 5
ip rule del pref 5
ip rule delete from 10.0.0.0/8 table 100
ip rule del from 10.0.0.0/8
ip rule del blackhole from 10.0.0.0/8
ip rule del l3mdev
ip rule del fwmark 5 lookup main
ip -6 rule del from 2001:db8::/32 table 100
ip -6 rule del to 2001:db8::1
# The kernel filters no rules: every list is the same question.
? ip rule
? ip -6 rule show
? ip rule list not from 10.0.0.0/8
? ip rule show src 10.0.0.0/8
? ip rule show to 10.0.0.0/8
? ip rule show dst 10.0.0.0/8
? ip rule show preference 5
? ip rule show order 5
? ip rule show priority 5
? ip rule show tos 8
? ip rule show dsfield 8
? ip rule show fwmark 5/0xff
? ip rule show protocol static
? ip rule show tun_id 5
? ip rule show table 5
? ip rule show lookup 5
? ip rule show dev d0
? ip rule show iif d0
? ip rule show oif d0
? ip rule show l3mdev
? ip rule show uidrange 1-2
? ip rule show ipproto tcp
? ip rule show sport 5
? ip rule show dport 5-6
# What stands before may have been refused to an ordinary user.
! ip rule flush
! ip rule add from 10.9.0.0/16 table 77 pref 900
! ip rule add from 10.9.1.0/24 table 77 pref 901 proto static
ip rule flush protocol static
ip rule flush table 77
ip rule flush
# Words of 7.1.
ip rule add dscp 10 table 5
ip rule add dscp EF table 5
ip rule add dscp 0x0f/0x1f table 5
ip -6 rule add flowlabel 0x12345 table 5
ip -6 rule add flowlabel 0x45/0xff table 5
ip rule add sport 80/0xff dport 5/0x0f table 5
ip rule show dscp 5
ip -6 rule show flowlabel 5
# What a family given beforehand changes.
ip -4 rule add from default to any table 5
ip -4 rule del from default table 5
ip rule add dscp 1/63 pref 900
ip rule add nat 255.255.255.255 pref 901
