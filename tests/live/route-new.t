# A new namespace: no table is there before its first route.
ip route
ip -j route
ip -4 route show table main
ip route show dev lo
ip route show proto static
ip route show default
ip -6 route
ip route show table local
ip -j route show table 100
ip route show table all
ip route show table 0
ip route show cache
ip route flush table main
ip route flush dev lo
ip route save >saved
ip link set lo up
ip route
