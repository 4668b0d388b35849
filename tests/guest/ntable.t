# Neighbour tables in the first namespace: thresholds and the interval can be changed there.
@ guest
! ip link add v0 type veth peer name v1
! for f in -4:arp -6:ndisc; do ip ${f%:*} ntable change name ${f#*:}_cache base_reachable 0; done
! for f in -4:arp -6:ndisc; do ip ${f%:*} ntable change name ${f#*:}_cache dev v0 base_reachable 0; done
+ ip ntable show dev none
* ip ntable show dev v0
ip ntable change name arp_cache thresh1 100 thresh2 200 thresh3 300 gc_int 20000
ip ntable change name arp_cache queue 50
ip -6 ntable change name ndisc_cache locktime 40 thresh3 4000
+ ip ntable show dev none
ip -s -4 ntable show dev none | sed 's/[0-9-][0-9:-]* / N /g'
ip link add v2 type veth peer name v3
ip ntable show dev v2 | grep -c 'queue 50'
