# GENEVE and GTP: made, changed, shown, refused and removed.
@ guest
! echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6
! ip link add d0 address 02:00:00:00:00:01 type dummy
! ip link add d1 address 02:00:00:00:00:02 type dummy
! ip link set d0 up
# geneve
ip link add g0 address 02:00:00:00:01:01 type geneve id 5 remote 10.0.0.9
* ip link show g0
ip -d -j -p link show g0
ip link set g0 type geneve id 5 ttl 7
ip -d link show g0
ip -d -j link show g0
ip link set g0 type geneve id 5 tos inherit
ip -d link show g0
ip -d -j link show g0
ip link set g0 type geneve id 5 ttl inherit
ip -d link show g0
ip -d -j link show g0
ip link set g0 type geneve id 5 df set
ip -d link show g0
ip -d -j link show g0
ip link set g0 type geneve id 5 remote 10.0.0.8
ip -d link show g0
ip -d -j link show g0
ip link set g0 type geneve id 6
ip -d link show g0
ip -d -j link show g0
ip link set g0 type geneve id 5 remote 10.0.0.9 dstport 7
ip -d link show g0
ip -d -j link show g0
ip link set g0 type geneve id 5 udpcsum
ip -d link show g0
ip -d -j link show g0
ip link set g0 type geneve external
ip -d link show g0
ip -d -j link show g0
ip link set g0 type geneve ttl 5
ip -d link show g0
ip -d -j link show g0
ip link set g0 type geneve nosuch
ip -d link show g0
ip -d -j link show g0
ip link set g0 type geneve
ip -br link show type geneve
ip link add x0 type geneve
ip link add x0 type geneve id
ip link add x0 type geneve id x
ip link add x0 type geneve id 16777216
ip link add x0 type geneve id 5
ip link add x0 type geneve remote 10.0.0.1
ip link add x0 type geneve id 5 remote x
ip link add x0 type geneve id 5 remote any
ip link add x0 type geneve id 5 remote 239.0.0.1
ip link add x0 type geneve id 5 remote ff02::1
ip link add x0 type geneve external id 5
ip link add x0 type geneve id 5 remote 10.0.0.1 ttl 256
ip link add x0 type geneve id 5 remote 10.0.0.1 ttl x
ip link add x0 type geneve id 5 remote 10.0.0.1 tos 100
ip link add x0 type geneve id 5 remote 10.0.0.1 df x
ip link add x0 type geneve id 5 remote 10.0.0.1 label 1048576
ip link add x0 type geneve id 5 remote 10.0.0.1 dstport 65536
ip link add x0 type geneve id 5 id 6
ip link add x0 type geneve id 5 remote 10.0.0.1 hoplimit 5 ttl inherit
ip link add x0 type geneve external noexternal
ip link add x0 type geneve id 5 remote 10.0.0.1 udpcsum noudpcsum
ip link add x0 type geneve id 5 remote 10.0.0.1 foo
ip link add x0 type geneve id 5 remote
ip link add x0 type geneve help
ip link add g0 type geneve id 5 remote 10.0.0.9
ip link del g0
ip link del g0 type geneve
# geneve
ip link add g6 address 02:00:00:00:01:01 type geneve id 5 remote 2001:db8::9 hoplimit 9 dsfield 10 flowlabel 3 dstport 99 udp6zerocsumtx udp6zerocsumrx
ip -d link show g6
ip -d -j -p link show g6
ip link set g6 type geneve id 5 label 7
ip -d link show g6
ip -d -j link show g6
ip link set g6 type geneve id 5 df inherit
ip -d link show g6
ip -d -j link show g6
ip link set g6 type geneve id 5 noudp6zerocsumtx
ip -d link show g6
ip -d -j link show g6
ip link set g6 type geneve
ip -br link show type geneve
ip link add g6 type geneve id 5 remote 2001:db8::9 hoplimit 9 dsfield 10 flowlabel 3 dstport 99 udp6zerocsumtx udp6zerocsumrx
ip link del g6
ip link del g6 type geneve
# geneve
ip link add g7 address 02:00:00:00:01:01 type geneve external
ip -d link show g7
ip -d -j -p link show g7
ip link set g7 type geneve
ip -br link show type geneve
ip link add g7 type geneve external
ip link del g7
ip link del g7 type geneve
# gtp
ip link add p0 type gtp role sgsn hsize 7
ip -d link show p0
ip -d -j -p link show p0
ip link set p0 type gtp role ggsn
ip -d link show p0
ip -d -j link show p0
ip link set p0 type gtp role sgsn restart_count 3
ip -d link show p0
ip -d -j link show p0
ip link set p0 type gtp
ip -br link show type gtp
ip link add x0 type gtp
ip link add x0 type gtp role
ip link add x0 type gtp role x
ip link add x0 type gtp role s
ip link add x0 type gtp hsize 5
ip link add x0 type gtp hsize x
ip link add x0 type gtp restart_count 256
ip link add x0 type gtp role sgsn role ggsn
ip link add x0 type gtp role sgsn hsize
ip link add x0 type gtp help
ip link add p0 type gtp role sgsn hsize 7
ip link del p0
ip link del p0 type gtp
# gtp
ip link add p1 type gtp role ggsn restart_count 5
ip -d link show p1
ip -d -j -p link show p1
ip link set p1 type gtp
ip -br link show type gtp
ip link add p1 type gtp role ggsn restart_count 5
ip link del p1
ip link del p1 type gtp
