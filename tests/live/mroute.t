# Multicast routes: a daemon makes some, which are listed by every selector.
@ needs jq
@ needs python3
! ip link add v0 type veth peer name v1
! ip link add br0 type bridge
! for d in v0 v1 br0; do ip link set $d up; done
* ip mroute
* ip -6 mroute show
ip mroute show table all
ip mroute show table default
ip mroute show table main
ip mroute show table 5
ip -j mroute show table 5
ip -6 mroute show table 5
! python3 $TESTS/support/mroutes.py >/dev/null 2>&1 & for i in $(seq 100); do [ $(ip mroute | wc -l) = 3 ] && [ $(ip -6 mroute | wc -l) = 2 ] && break; sleep 0.05; done
+ ip mroute
+ ip -6 mroute
+ ip mroute show table all
+ ip -6 mroute show table main
ip -s mroute | sed 's/Age.*//'
ip -o -s mroute show table all | sed 's/Age [0-9.]*/Age/'
ip -j -s mroute | jq -c '.[0] | to_entries | map([.key, (.value | type)])'
ip mroute show iif v0
ip mroute lst iif v0 iif v1
ip mroute list from 10.0.0.0/24
ip mroute show from 10.0.0.9
ip mroute show f 10.0.0.9 from 10.0.0.10
ip mroute show from 0/0
ip mroute show to 224.0.0.0/8
ip mroute show 239.0.0.0/8
ip mroute show 239.0.0.0/8 224.0.0.0/4
ip mroute show default
ip mroute show any from all
ip mroute show ff0e::/16
ip mroute show ::/0
ip -6 mroute show ff0e::1
ip -6 mroute show from 2001:db8::/48
ip -6 mroute show 10.0.0.0/8
ip -4 mroute show ff0e::1
ip mroute show t all
ip mroute show table
ip mroute show table ''
ip mroute show table x
ip mroute show table help
ip mroute show table 0
ip mroute show iif
ip mroute show iif nosuch
ip mroute show iif nosuch foo
ip mroute show from
ip mroute show from x
ip mroute show from help
ip mroute show to
ip mroute show to help
ip mroute show x
ip mroute show help
ip mroute show f 10.0.0.9 h
ip mroute foo
ip mroute help
ip -0 mroute show foo
ip -M mroute show help
# Nothing is no JSON.
ip -B -j mroute
= []
=? 0
