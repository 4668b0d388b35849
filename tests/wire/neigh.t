# Neighbours: every keyword and state, IPv4 and IPv6.
! ip link add d0 address 02:00:00:00:00:01 type veth peer name d1 address 02:00:00:00:00:02
! ip link set d0 up
! ip link set d1 up
! ip addr add 10.0.0.1/24 dev d0
ip neigh add 10.0.0.5 lladdr 1:2:3:4:5:6 dev d0
ip neigh add to 10.0.0.5 lladdr 1:2:3:4:5:6 dev d0
ip neigh change 10.0.0.5 lladdr 1:2:3:4:5:7 dev d0
ip neigh chg 10.0.0.5 lladdr 1:2:3:4:5:7 dev d0
ip neigh replace 10.0.0.5 lladdr 1:2:3:4:5:8 dev d0 nud stale
ip neigh add 10.0.0.6 lladdr null dev d0
ip neigh add 10.0.0.6 lladdr 10.0.0.1 dev d0
ip neigh add 10.0.0.6 lladdr 1:2:3:4:5:6 nud permanent dev d0
ip neigh add 10.0.0.6 lladdr 1:2:3:4:5:6 nud reachable dev d0
ip neigh add 10.0.0.6 lladdr 1:2:3:4:5:6 nud noarp dev d0
ip neigh add 10.0.0.6 lladdr 1:2:3:4:5:6 nud none dev d0
ip neigh add 10.0.0.6 lladdr 1:2:3:4:5:6 nud stale dev d0
ip neigh add 10.0.0.6 lladdr 1:2:3:4:5:6 nud incomplete dev d0
ip neigh add 10.0.0.6 lladdr 1:2:3:4:5:6 nud delay dev d0
ip neigh add 10.0.0.6 lladdr 1:2:3:4:5:6 nud probe dev d0
ip neigh add 10.0.0.6 lladdr 1:2:3:4:5:6 nud failed dev d0
ip neigh add 10.0.0.6 lladdr 1:2:3:4:5:6 nud 0x80 dev d0
ip neigh add 10.0.0.6 lladdr 1:2:3:4:5:6 router dev d0
ip neigh add 10.0.0.6 dev d0 use
ip neigh add 10.0.0.6 dev d0 nud stale managed
ip neigh add 10.0.0.6 dev d0 managed nud stale
ip neigh add 10.0.0.6 dev d0 managed
ip neigh add 10.0.0.6 dev d0 managed extern_learn router lladdr 1:2:3:4:5:6
ip neigh add 10.0.0.6 lladdr 1:2:3:4:5:6 extern_learn dev d0
ip neigh add 10.0.0.6 lladdr 1:2:3:4:5:6 protocol static dev d0
ip neigh add 10.0.0.6 lladdr 1:2:3:4:5:6 protocol 200 dev d0
ip neigh add proxy 10.0.0.9 dev d0
ip neigh add proxy 10.0.0.9 dev d0 protocol static
ip neigh add proxy 10.0.0.9 dev d0 router
ip neigh add proxy 2001:db8::9 dev d0
ip neigh add 2001:db8::5 lladdr 1:2:3:4:5:6 dev d0 router nud stale
ip neigh replace 2001:db8::5 lladdr 1:2:3:4:5:7 dev d0
ip neigh del 10.0.0.5 dev d0
ip neigh delete 10.0.0.6 lladdr 1:2:3:4:5:6 dev d0
ip neigh del proxy 10.0.0.9 dev d0
ip neigh del 2001:db8::5 dev d0
ip neigh get 10.0.0.5 dev d0
ip neigh get to 2001:db8::5 dev d0
ip neigh get proxy 10.0.0.9 dev d0
ip neigh add 10.0.0.6 lladdr 1:2:3:4:5:6 extern_valid nud stale dev d0
ip neigh replace 10.0.0.6 lladdr 1:2:3:4:5:6 extern_valid managed nud stale dev d0
# Lists: what the kernel is asked to filter by.
? ip neigh
? ip -4 neigh show
? ip -6 neigh show
? ip neigh show dev d0
? ip neigh show master d0
? ip neigh show vrf d0
? ip neigh show nomaster
? ip neigh show unused
? ip neigh show nud stale
? ip neigh show nud all
? ip neigh show proxy
? ip -6 neigh show proxy dev d0
? ip neigh show protocol static
? ip neigh show to 10.0.0.0/24
? ip neigh list 2001:db8::/32
! ip neigh add 10.0.0.7 lladdr 1:2:3:4:5:6 nud stale dev d0
ip neigh flush dev d1
