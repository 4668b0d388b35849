# Neighbours in every format, one at a time (the table's order is random); filters by master; what `-s` counts; get; flush.
@ also user
! ip link set lo up
! ip link add d0 address 02:00:00:00:00:01 type veth peer name d1 address 02:00:00:00:00:02
! ip link add br0 address 02:00:00:00:00:b0 type bridge
! ip link set d0 up
! ip link set d1 up
! ip addr add 10.0.0.1/24 dev d0
# A copy, which an ordinary user may write to, too.
! cp -r /etc/iproute2 /run/names && mount --bind /run/names /etc/iproute2
! printf '77 wonder\n78 4\n' >> /etc/iproute2/rt_protos
ip neigh add 10.0.0.5 lladdr 02:00:00:00:00:05 dev d0 nud permanent
+ ip neigh
+ ip neigh show dev d0
+ ip neigh show 10.0.0.5
+ ip neigh show to 10.0.0.0/24 dev d0
+ ip -4 neigh
+ ip -6 neigh
+ ip neigh show nud permanent
+ ip neigh show nud all 10.0.0.0/24
ip neigh get 10.0.0.5 dev d0
ip -d neigh get 10.0.0.5 dev d0
ip -c neigh get 10.0.0.5 dev d0
ip -br neigh get 10.0.0.5 dev d0
ip -j neigh get 10.0.0.5 dev d0
ip neigh change 10.0.0.5 lladdr 02:00:00:00:00:06 dev d0
ip neigh chg 10.0.0.5 dev d0 nud noarp
+ ip neigh show nud noarp to 10.0.0.0/24
+ ip neigh
ip neigh replace 10.0.0.5 lladdr 02:00:00:00:00:07 dev d0 router nud permanent
+ ip neigh
ip neigh replace 10.0.0.5 lladdr 02:00:00:00:00:07 dev d0 extern_learn nud stale
+ ip neigh
ip neigh del 10.0.0.5 dev d0
ip neigh add 10.0.0.5 lladdr 02:00:00:00:00:07 dev d0 router extern_learn protocol wonder nud permanent
+ ip neigh
+ ip neigh show protocol wonder
+ ip neigh show protocol 4
ip neigh add 10.0.0.5 lladdr 02:00:00:00:00:07 dev d0
ip neigh flush dev d0
+ ip neigh
ip -s neigh flush dev d0 nud permanent
+ ip neigh
ip neigh add 10.0.0.6 dev d0 managed
ip neigh show 10.0.0.6 | grep -o managed
ip -j neigh show 10.0.0.6 | grep -o '"managed":null'
ip neigh del 10.0.0.6 dev d0
ip neigh add 10.0.0.6 lladdr 02:00:00:00:00:07 dev d0 extern_valid nud stale
ip neigh show 10.0.0.6
ip -j neigh show 10.0.0.6
ip neigh add 10.0.0.7 dev d0 use
ip neigh flush all
ip neigh show nud stale
# IPv6.
ip neigh add 2001:db8::5 lladdr 02:00:00:00:00:05 dev d1 router
+ ip -6 neigh
+ ip neigh show dev d1
+ ip -6 neigh show 2001:db8::/32
+ ip -6 neigh show 2001:db9::/32
+ ip neigh show 2001:db8::5
ip -6 neigh change 2001:db8::5 lladdr 02:00:00:00:00:06 dev d1 nud stale
+ ip -6 neigh
ip -6 neigh flush dev d1
+ ip -6 neigh
ip -s -s neigh flush dev d1
# Proxied.
ip neigh add proxy 10.0.0.9 dev d0
+ ip neigh show proxy
+ ip -4 neigh show proxy dev d0
+ ip -6 neigh show proxy
ip neigh get proxy 10.0.0.9 dev d0
ip neigh get proxy 10.0.0.8 dev d0
ip neigh del proxy 10.0.0.9 dev d0
ip neigh del proxy 10.0.0.9 dev d0
ip neigh add proxy 2001:db8::9 dev d1 protocol wonder
+ ip neigh show proxy
+ ip neigh show proxy dev d1
+ ip neigh show proxy protocol wonder
+ ip neigh show proxy protocol 5
ip neigh get proxy 2001:db8::9 dev d1
ip neigh flush proxy
+ ip neigh show proxy
# Masters.
ip neigh add 10.0.0.5 lladdr 02:00:00:00:00:05 dev d0
+ ip neigh show master br0
+ ip neigh show nomaster
ip link set d0 master br0
ip neigh add 10.0.0.5 lladdr 02:00:00:00:00:05 dev d0
+ ip neigh show master br0
+ ip neigh show nomaster
+ ip neigh show vrf br0
ip neigh flush master br0 nud permanent
+ ip neigh show master br0
# What is counted.
ip neigh replace 10.0.0.8 lladdr 02:00:00:00:00:08 dev d0 nud stale
ip -s neigh show 10.0.0.8 | sed 's/[0-9]*\/[0-9]*\/[0-9]*/N/'
ip -s -j neigh show 10.0.0.8 | sed 's/:[0-9][0-9]*/:N/g'
ip -s neigh show unused | sed 's/[0-9]*\/[0-9]*\/[0-9]*/N/'
# Errors.
ip neigh add
ip neigh add 10.0.0.1
ip neigh add dev d0
ip neigh add 10.0.0.9 dev d0 lladdr
ip neigh add 10.0.0.9 dev d0 nud
ip neigh add 10.0.0.9 dev d0 nud 3
ip neigh add 10.0.0.9 dev d0 nud foo
ip neigh add 10.0.0.9 dev d0 protocol 256
ip neigh add 10.0.0.9 dev nosuch lladdr 1:2:3:4:5:6
ip neigh add 10.0.0.0/24 dev d0 lladdr 1:2:3:4:5:6
ip neigh add 10.0.0.9 dev d0 lladdr 1:2:3:4:5:6:7
ip neigh add 224.0.0.1 dev d0 lladdr 1:2:3:4:5:6
ip neigh add 10.0.0.9 dev lo lladdr 1:2:3:4:5:6
ip neigh del 10.0.0.99 dev d0
ip neigh change 10.0.0.99 dev d0 lladdr 1:2:3:4:5:6
ip neigh get 10.0.0.99 dev d0
ip neigh get 10.0.0.99
ip neigh get dev d0
ip neigh get
ip neigh show nud x
ip neigh show dev
ip neigh show dev nosuch
ip neigh show master
ip neigh flush
ip neigh flush dev nosuch
ip neigh show 10.0.0.0/33
ip neigh show to
ip -0 neigh
ip -M neigh
ip neigh add 10.0.0.9 dev d0 lladdr 1:2:3:4:5:6 lladdr 1:2:3:4:5:7
ip neigh add 10.0.0.9 proxy 10.0.0.7 dev d0
ip neigh add 10.0.0.9 p bird dev d0
ip neigh show dev d0 dev d1
ip neigh get 10.0.0.5 dev d0 proxy 10.0.0.5
ip neigh add 10.0.0.9 10.0.0.7 dev d0
ip neigh show 10.0.0.5 10.0.0.6
