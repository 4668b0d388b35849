# Rules in every format, IPv4 and IPv6; names and numbers; the words of 7.1; saved, restored, echoed.
@ needs /sbin/ip
@ needs /etc/protocols
@ also user
! ip link add d0 type veth peer name d1
# A copy, which an ordinary user may write to, too.
! cp -r /etc/iproute2 /run/names && mount --bind /run/names /etc/iproute2
! printf '100 blue\n200 300\n' >> /etc/iproute2/rt_tables
! printf '77 wonder\n78 4\n' >> /etc/iproute2/rt_protos
! printf '5 five\n6 7\n' >> /etc/iproute2/rt_realms
! printf '9 grp\n' >> /etc/iproute2/group
ip rule add from 10.0.0.0/8 table 100 pref 1
ip rule add from 10.0.0.1 to 10.1.0.0/16 lookup blue pref 2
ip rule add lookup 300 pref 3
ip rule add lookup 200 pref 4
ip rule add table 0x64 pref 5 protocol wonder
ip rule add table 5 pref 6 protocol 4
ip rule add table 5 pref 7 protocol 78
ip rule add table 5 pref 8 realms five
ip rule add table 5 pref 9 realms five/7
ip rule add table 5 pref 10 realms 7
ip rule add table 5 pref 11 realms 0x50009
ip rule add table 5 pref 12 suppress_ifgroup grp suppress_prefixlength 8
ip rule add table 5 pref 13 suppress_ifgroup 7
ip rule add table 5 pref 14 tos AF11
ip rule add table 5 pref 15 tos 0x04
ip rule add table 5 pref 16 tos 8
ip rule add table 5 pref 17 fwmark 5
ip rule add table 5 pref 18 fwmark 0x1234/0xffff
ip rule add table 5 pref 19 fwmark 0/0xff
ip rule add table 5 pref 20 iif d0 oif d1
ip rule add table 5 pref 21 iif nosuch
ip rule add table 5 pref 22 oif nosuch
ip rule add table 5 pref 23 uidrange 1000-2000
ip rule add table 5 pref 24 ipproto tcp sport 80 dport 1000-2000
ip rule add table 5 pref 25 ipproto icmp
ip rule add table 5 pref 26 ipproto 200
ip rule add table 5 pref 27 ipproto igp
ip rule add table 5 pref 28 ipproto OSPFIGP
ip rule add table 5 pref 29 ipproto hopopt
ip rule add table 5 pref 30 ipproto 0x11
ip rule add table 5 pref 31 tun_id 0x1ffffffff
ip rule add not from 10.0.0.0/8 to 10.0.0.0/8 fwmark 1 iif lo table 5 pref 32
ip rule add l3mdev pref 33
ip rule add l3mdev pref 34 protocol kernel
ip rule add goto 36 pref 35
ip rule add nop pref 36
ip rule add goto 9999 pref 37
ip rule add blackhole pref 38
ip rule add unreachable from 1.1.1.1 pref 39
ip rule add prohibit to 1.1.1.1 pref 40
ip rule add type throw pref 41
ip rule add unicast pref 42
ip rule add from 9.9.9.9 nat 1.2.3.4 pref 43
ip rule add from any to all table local pref 44
ip rule add from default table default pref 45
ip rule add t 5 pref 46
ip rule add d 8 table 5 pref 47
ip rule add p 48 ta 5
ip rule add src 10.0.0.0/8 table 5
ip rule add dst 10.0.0.0/8 table 5
ip rule add fr 10.0.0.0/8 table 5
ip rule add look 5
ip rule add goto 5 pref 5
ip rule add uidrange 5-1 table 5
ip rule add uidrange 010-020 table 5 pref 49
ip rule add ipproto 010 table 5 pref 50
ip rule add sport 5-4 table 5
ip rule add dport 0 table 5
ip rule add ipproto 256 table 5
ip rule add ipproto tcpx table 5
ip rule add iif a/b table 5
ip rule add dev averyveryverylongname table 5
ip rule add oif a/b table 5
ip rule add l3mdev table 0 pref 51
ip rule add type 0 pref 52
ip rule add type 255 pref 53
ip rule add not not pref 54 table 7
ip rule add from 10.0.0.0/8 from 11.0.0.0/8 table 7 pref 55
ip rule add table 7 table 8 pref 56
ip rule add blackhole prohibit pref 57
ip rule save foo
ip -4 rule add from default table 5 pref 58
ip -4 rule add from any table 5 pref 59
* ip rule
* ip rule show
* ip rule list table blue
* ip rule list lookup 300
* ip rule list from 10.0.0.0/8
* ip rule list src 10.0.0.1
* ip rule list s 10.0.0.1
* ip rule list to 10.1.0.0/16
* ip rule list dst 1.1.1.1
* ip rule list 10.1.0.0/16
* ip rule list not
* ip rule list preference 24
* ip rule list fwmark 0x1234/0xffff
* ip rule list fwmark 5
* ip rule list iif nosuch
* ip rule list oif d1
* ip rule list uidrange 1000-2000
* ip rule list ipproto tcp
* ip rule list sport 80
* ip rule list dport 1000-2000
* ip rule list tun_id 0x1ffffffff
* ip rule list l3mdev
* ip rule list tos AF11
* ip rule list dsfield 8
ip rule list suppress_prefixlength 8
ip rule list sup_pl 8
ip rule list suppress_ifgroup grp
ip rule list realms five
ip rule list goto 36
ip rule list nop
ip rule list nat 1.2.3.4
ip rule list blackhole
ip -6 rule add from 2001:db8::/32 table blue pref 1
ip -6 rule add from 2001:db8::1 to 2001:db8:1::/48 lookup 1000 pref 2
ip -6 rule add not to 2001:db8::/32 prohibit pref 3
ip -6 rule add fwmark 0x10/0xf0 iif d0 oif d1 ipproto udp sport 53 dport 1-2 uidrange 0-1 suppress_prefixlength 64 realms 5 pref 4 proto 77 table 5
ip -6 rule add goto 6 pref 5
ip -6 rule add l3mdev pref 6
ip -6 rule add tos 0x10 table 5 pref 7
ip -6 rule add from default table 5 pref 8
ip -6 rule add ipproto ipv6-icmp unreachable pref 9
ip -6 rule add nat 1.2.3.4 pref 10
ip rule add nat fd00::1 pref 10
ip rule add nat any pref 12
ip rule add nat 1.2.3.4/24 pref 10
ip rule add nat
ip rule list pref 12
ip -6 rule add from 10.0.0.0/8 pref 11
* ip -6 rule
* ip -6 rule list from 2001:db8::/32
* ip -6 rule list 2001:db8:1::/48
* ip -6 rule list table 1000
* ip -6 rule list iif d0
ip -4 rule list from 2001:db8::/32
ip -M rule
ip -0 rule
# Removed by what they select; the action need not be said.
ip rule del goto 36
ip rule del fwmark 0x1234/0xffff lookup 5
ip rule del ipproto icmp
ip rule del iif nosuch
ip rule del blackhole
ip rule del from 10.0.0.0/8 blackhole
ip rule delete uidrange 1000-2000
ip rule del lookup 300
ip rule del table 77777
ip -6 rule del from 2001:db8::/32
ip -6 rule del l3mdev
ip -6 rule del pref 77
ip rule
ip -6 rule
# Saved by one, restored by the other.
! /sbin/ip rule save > theirs
! rip rule save > mine
! rip -6 rule save > mine6
cmp theirs mine
ip rule flush
ip -6 rule flush
ip rule
ip -6 rule
ip rule restore < mine
ip -6 rule restore < mine6
ip rule
ip -6 rule
! rip rule flush
! cat theirs | rip rule restore
ip rule
! rip rule flush
! /sbin/ip rule restore < mine
ip rule
ip rule flush table 5
ip rule flush fwmark 5
ip rule flush protocol wonder
ip rule flush from 10.0.0.0/8
ip -6 rule flush table 5
ip rule
ip -6 rule
# What was made.
ip -echo rule add from 3.3.3.3 table 5 pref 3
~ ip -d -echo rule add from 3.3.3.4 table 5 pref 4
ip -o -echo rule add from 3.3.3.5 table 5 pref 5
{ ip -j -echo rule add from 3.3.3.6 table 5 pref 6
# Words of 7.1.
ip rule add dscp 10 table 5 pref 1000
ip rule add dscp AF11 table 5 pref 1001
ip rule add dscp 0x0f/0x1f table 5 pref 1002
ip rule add dscp 64 table 5 pref 1003
ip rule add dscp 1/64 table 5 pref 1003
ip rule add sport 80/0xf dport 0x50/0x70 table 5 pref 1004
ip rule add sport 80/0xff dport 0x50/0x70 ipproto udp table 5 pref 1004
ip -6 rule add flowlabel 0x12345 table 5 pref 1005
ip -6 rule add flowlabel 0x45/0xff table 5 pref 1006
ip rule add flowlabel x table 5
ip rule show dscp 10
ip -N rule show dscp AF11
ip rule show pref 1002
ip -j rule show pref 1002
ip rule show pref 1004
ip -j rule show pref 1004
ip -6 rule show pref 1005
ip -6 -j rule show pref 1006
