# Multicast routes and the rules of multicast routing.
! ip link add d0 type veth peer name d1
? ip mroute
? ip mroute show table all
? ip mroute show table main
? ip mroute show table 1000 iif d0 from 10.0.0.0/8 to 224.0.0.0/4
? ip -6 mroute
? ip -6 mroute list table 5
? ip -6 mroute show table all ff0e::/16
? ip -0 mroute
? ip mrule
? ip -6 mrule list table 5
ip mrule add table 5
ip mrule add from default table 5
ip mrule add from all to any table 5
ip mrule add iif d0
ip -4 mrule add oif d0 fwmark 5/6 tos 8 pref 7 lookup 1000
ip -6 mrule add from default table 5
ip -6 mrule add from all iif d0 goto 9 pref 8
ip mrule add nop pref 2
ip mrule add blackhole
ip mrule add not ipproto tcp sport 5 dport 6-7 uidrange 5-6 tun_id 7 suppress_prefixlength 5 suppress_ifgroup 4 table 100 protocol 5 realms 5/6
ip mrule add l3mdev
ip mrule del pref 2
ip mrule del table 5
ip -6 mrule delete iif d0
ip mrule flush table 100
ip -6 mrule flush
