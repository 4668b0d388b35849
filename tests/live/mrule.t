# Rules of multicast routing: those of the families ipmr and ip6mr.
! ip link add v0 type veth peer name v1
* ip mrule
* ip -6 mrule
* ip -4 mrule show
ip -0 mrule
ip -M mrule foo
ip -B mrule add table 5
ip mrule help
ip -0 mrule help
ip mrule h
ip mrule foo
ip mrule add
ip mrule del
ip mrule add help
ip mrule add from 10.0.0.0/8 table 5
ip mrule add from 10.0.0.1 table 5
ip mrule add to 224.0.0.0/8 table 5
ip mrule add from 0/0 table 6
ip -6 mrule add from 2001:db8::/32 table 5
ip -6 mrule add to ::/0 table 5
ip mrule add from default table 5
ip mrule add from all table 6
ip mrule add from any table 6
ip mrule add iif v0 table 7 pref 5
ip mrule add oif v1 table 7 pref 6
ip mrule add fwmark 5/0xff table 7 pref 7
ip mrule add table 8
ip mrule add blackhole
ip mrule add goto 5 pref 1
ip mrule add nop pref 2
ip mrule add prohibit pref 3 protocol static
ip mrule add tos 8 table 7 pref 7
ip mrule add realms 8 table 7 pref 7
ip mrule add ipproto tcp table 7 pref 8
ip mrule add sport 5 table 7 pref 8
ip mrule add dport 5-6 table 7 pref 8
ip mrule add nat 1.2.3.4 table 7 pref 8
ip mrule add uidrange 5-6 table 7 pref 9
ip mrule add l3mdev pref 9
ip mrule add tun_id 5 table 7 pref 10
ip mrule add not fwmark 6 suppress_prefixlength 5 suppress_ifgroup 4 table 7 pref 11
ip -6 mrule add from default table 5 pref 6
ip -6 mrule add iif v0 table 5 pref 7
ip -6 mrule add iif v0 table 5 pref 7
ip mrule add pref x
ip mrule add table nosuch
ip mrule add fwmark x
ip mrule add foo
ip mrule add goto x
ip mrule add iif averyveryverylongdevicename table 5
* ip mrule
* ip -6 mrule
ip mrule list table 7
ip mrule lst pref 5
ip mrule show iif v0
ip mrule show 10.0.0.0/8
ip mrule show from 10.0.0.0/8
ip mrule show all
ip mrule show foo
ip mrule show table x
ip mrule list help
ip mrule del pref 5
ip mrule del pref 5
ip mrule del table 8
ip mrule delete fwmark 5/0xff
ip mrule flush table 7
ip mrule
ip rule
ip mrule save x
ip mrule save | wc -c
ip mrule save >/run/saved
ip mrule flush
ip mrule
ip mrule restore </run/saved
ip mrule
ip -6 mrule flush
ip -6 mrule
printf 'mrule add table 9 pref 9\nmrule\nmrule foo\n' | ip -batch -
