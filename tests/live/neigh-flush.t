# What flush takes: all but permanent entries and those that need no address; also those without any state.
! ip link add d0 address 02:00:00:00:00:01 type veth peer name d1 address 02:00:00:00:00:02
! echo 1 > /proc/sys/net/ipv6/conf/d0/disable_ipv6
! ip link set d0 up && ip link set d1 up && ip addr add 10.0.0.1/24 dev d0
ip neigh add 10.0.0.3 lladdr 02:00:00:00:00:09 nud stale dev d0
ip neigh add 10.0.0.4 lladdr 02:00:00:00:00:09 nud noarp dev d0
ip neigh add 10.0.0.5 lladdr 02:00:00:00:00:09 nud failed dev d0
ip neigh add 10.0.0.6 lladdr 02:00:00:00:00:09 nud permanent dev d0
ip neigh add 10.0.0.7 lladdr 02:00:00:00:00:09 nud none dev d0
ip neigh add 10.0.0.8 dev d0
ip neigh show nud none | sort
ip neigh show nud all dev d0 | sort
ip neigh show | sort
ip -s neigh flush dev d0
ip neigh show nud all dev d0 | sort
ip -s neigh flush dev d0
ip neigh add 10.0.0.7 lladdr 02:00:00:00:00:09 nud none dev d0
ip -s neigh flush dev d0 nud none
ip neigh show nud all dev d0 | sort
ip -s neigh flush nud all
ip neigh show nud all dev d0 | sort
