# Neighbour tables on newer kernels, which list parameters of no device with the index 0.
@ needs jq
@ guest
! echo 1 >/proc/sys/net/ipv6/conf/default/disable_ipv6
ip ntable show dev none | sed "s/ reachable [0-9]* / /"
ip ntable | sed "s/ reachable [0-9]* / /"
ip -j ntable show dev none | jq -c "map(del(.reachable))"
