# Neighbour tables: every parameter, of a table and of a device.
! ip link add d0 type veth peer name d1
? ip ntable
? ip ntable show dev d0 name arp_cache
? ip -6 ntable show dev none
? ip -M ntable list
ip ntable change name arp_cache thresh1 1 thresh2 2 thresh3 3 gc_int 4
ip ntable change dev d0 name arp_cache base_reachable 0
ip ntable change name arp_cache dev d0 retrans 1 gc_stale 2 delay_probe 3 queue 4 app_probes 5 ucast_probes 6
ip ntable change name arp_cache dev d0 mcast_probes 7 mcast_reprobes 8 anycast_delay 9 proxy_delay 10 proxy_queue 11 locktime 12
ip -4 ntable chg queue 5 name arp_cache
ip -6 ntable change name ndisc_cache dev d1 dev d0 queue 5 queue 6 thresh1 7 thresh1 8
ip ntable change retrans 18446744073709551615 name nosuch
ip ntable change retrans 0x10 queue 010 name ''
ip ntbl c name arp_cache gc_stale 5 dev d0
