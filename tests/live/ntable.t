# Neighbour tables: their own parameters and those of each device, shown and changed.
@ needs jq
! ip link add v0 type veth peer name v1
# The time that an entry stays reachable is random, unless it is 0.
! for d in lo v0 v1; do for f in -4:arp -6:ndisc; do ip ${f%:*} ntable change name ${f#*:}_cache dev $d base_reachable 0; done; done
* ip ntable show dev v0
* ip -4 ntable show dev v0
* ip -6 ntable show dev v0
* ip ntbl show dev v1 name arp_cache
ip ntable lst dev lo
ip ntable list dev lo name ndisc_cache
ip ntable s dev lo name ndisc_cache
ip -0 ntable
ip -M ntable show
ip -B ntable
ip -j -M ntable
ip -4 ntable show dev none | head -2
ip -4 ntable show dev none | sed 's/ reachable [0-9]* / /'
ip -o -4 ntable show dev none | sed 's/ reachable [0-9]* / /'
ip -s -4 ntable show dev none | sed 's/[0-9-][0-9:-]* / N /g'
ip -s -o -4 ntable show dev none | sed 's/[0-9-][0-9:-]* / N /g'
ip -j -4 ntable show dev none | jq -c 'map(del(.reachable))'
ip -s -j -4 ntable show dev none | jq -c '.[] | to_entries | map([.key, (.value | type)])'
ip ntable | sed 's/ reachable [0-9]* / /' | grep -c .
ip ntable show dev v0 dev v1 name arp_cache name ndisc_cache
ip ntable show dev none dev v0 name arp_cache
ip ntable show name nosuch
ip -j ntable show name nosuch
ip ntable show name ''
ip ntable show dev nosuch
ip ntable show dev ''
ip ntable show dev 7
ip ntable show dev
ip ntable show name
ip ntable show nam arp_cache
ip ntable show v0
ip ntable show help
ip ntable show h
ip ntable nosuch
ip ntable help
ip ntable change name arp_cache dev v0 queue 5 app_probes 1 ucast_probes 2 mcast_probes 4 mcast_reprobes 6 proxy_queue 7
ip ntable change name arp_cache dev v0 retrans 800 gc_stale 8000 delay_probe 4000 anycast_delay 400 proxy_delay 40 locktime 80
* ip ntable show dev v0 name arp_cache
ip ntable chg dev v0 name arp_cache queue 8 queue 9
ip ntable c dev v0 dev v1 name arp_cache queue 10
ip ntable show dev v0 name arp_cache
ip ntable show dev v1 name arp_cache
ip -6 ntable change dev v0 name ndisc_cache retrans 0
ip -6 ntable show dev v0
ip -4 ntable change dev v0 name ndisc_cache queue 5
ip ntable change dev lo name arp_cache retrans 0x10 queue 010
ip ntable show dev lo name arp_cache
ip ntable change
ip ntable change help
ip ntable change name
ip ntable change name arp_cache
ip ntable change name arp_cache dev v0
ip ntable change name arp_cache name ndisc_cache queue 1
ip ntable change name nosuch queue 5
ip ntable change name '' queue 5
ip ntable change dev v0
ip ntable change queue 5
ip ntable change name arp_cache dev nosuch foo
ip ntable change name arp_cache dev ''
ip ntable change name arp_cache dev
ip ntable change name arp_cache foo
ip ntable change name arp_cache thresh1 x
ip ntable change name arp_cache thresh2 -1
ip ntable change name arp_cache thresh3 4294967296
ip ntable change name arp_cache gc_int x
ip ntable change name arp_cache base_reachable 18446744073709551616
ip ntable change name arp_cache retrans 1s
ip ntable change name arp_cache gc_stale ''
ip ntable change name arp_cache delay_probe x
ip ntable change name arp_cache queue 4294967296
ip ntable change name arp_cache app_probes x
ip ntable change name arp_cache ucast_probes x
ip ntable change name arp_cache mcast_probes x
ip ntable change name arp_cache mcast_reprobes x
ip ntable change name arp_cache anycast_delay x
ip ntable change name arp_cache proxy_delay x
ip ntable change name arp_cache proxy_queue x
ip ntable change name arp_cache locktime x
ip ntable change name arp_cache dev v0 queue
# Outside the first namespace a table's own values cannot be changed.
ip ntable change name arp_cache thresh1 128
ip ntable change name arp_cache gc_int 100
printf 'ntable change name arp_cache dev v0 queue 11\nntable show dev v0 name arp_cache\nntable show foo\n' | ip -batch -
# A time below 0 wraps in ip.
ip ntable change name arp_cache dev v0 retrans -1
=2 Error: argument "-1" is wrong: "retrans" value is invalid
=? 255
