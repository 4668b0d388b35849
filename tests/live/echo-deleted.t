# -echo of what is deleted.
! echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6
! ip link add v0 index 50 type veth peer name v1 index 51
! ip link set v0 up
! ip link set v1 up
! ip addr add 10.0.0.1/24 dev v0
ip -echo addr add 10.1.0.1/24 dev v0
ip -echo addr change 10.1.0.1/24 dev v0 metric 5
ip -echo addr del 10.1.0.1/24 dev v0
! ip addr add 10.1.0.1/24 dev v0
ip -echo -j addr del 10.1.0.1/24 dev v0
! ip addr add 10.1.0.1/24 dev v0
ip -echo -o addr del 10.1.0.1/24 dev v0
! ip addr add 10.1.0.1 peer 10.2.0.1/32 dev v0
ip -echo addr del 10.1.0.1 peer 10.2.0.1/32 dev v0
ip -echo addr del 10.9.0.1/24 dev v0
ip -echo -j addr del 10.9.0.1/24 dev v0
ip -echo -j -br addr add 10.1.0.1/24 dev v0
ip -echo -j -br addr del 10.1.0.1/24 dev v0
# `ip` leaves the line open.
ip -echo -br addr add 10.1.0.1/24 dev v0 | sed 's, *$,,'
= 10.1.0.1/24
ip -echo -br addr del 10.1.0.1/24 dev v0 | sed 's, *$,,'
= Deleted 10.1.0.1/24
# `ip` prints the first of the messages only, which is about the secondary address.
! ip addr add 10.1.0.1/24 dev v0
! ip addr add 10.1.0.2/24 dev v0
ip -echo -o addr del 10.1.0.1/24 dev v0
= Deleted 50: v0    inet 10.1.0.2/24 scope global secondary v0\       valid_lft forever preferred_lft forever
= Deleted 50: v0    inet 10.1.0.1/24 scope global v0\       valid_lft forever preferred_lft forever
ip -echo rule add pref 10
ip -echo rule del pref 10
ip -echo rule del pref 10
ip -echo -d rule add pref 10 from 1.2.3.0/24 table 7
ip -echo -d rule del pref 10
! ip rule add pref 10
ip -echo -j rule del pref 10
= [{"deleted":true,"priority":10,"src":"all","table":"main"}]
ip -echo nexthop add id 1 dev v0
ip -echo nexthop replace id 1 dev v0 proto 5
ip -echo nexthop del id 1
ip -echo nexthop del id 1
! ip nexthop add id 1 dev v0
ip -echo -j nexthop del id 1
= [{"deleted":true,"id":1,"dev":"v0","scope":"host","flags":[]}]
! ip nexthop add id 1 dev v0
! ip nexthop add id 2 group 1
ip -echo nexthop del id 1 | sed 's, *$,,'
= Deleted id 1 dev v0 scope host
= Deleted id 2 group 1
ip -echo route add 10.2.0.0/16 dev v0
ip -echo route del 10.2.0.0/16
ip -echo neigh add 10.0.0.9 dev v0 lladdr 2:0:0:0:0:1
ip -echo neigh del 10.0.0.9 dev v0
ip -echo netns add n1
ip -echo netns del n1
# `ip` prints half a line.
ip -echo -br link del v0 | cut -c1-29
# `ip` says nothing of links in another group than 0.
ip -echo -o link add d0 index 60 group 7 address 02:00:00:00:00:60 type ifb | cut -d: -f1-2
= 60: d0
ip -echo -o link del d0 | cut -d: -f1-2
= Deleted 60: d0
