# Tunnels over IPv4: made, changed, shown and removed; a change keeps what it does not name.
@ guest
! echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6
! modprobe -a ip_gre ip6_gre ipip sit ip6_tunnel ip_vti ip6_vti fou fou6
! ip link add v0 address 02:00:00:00:00:01 type dummy
! ip link set v0 up
# gre
ip link add t_gre type gre local 10.0.0.1 remote 10.0.0.2 ttl 64 key 5
* ip link show t_gre
ip -d -j -p link show t_gre
ip link set t_gre type gre ttl inherit
ip -d link show t_gre
ip -d -j link show t_gre
ip link set t_gre type gre tos inherit
ip -d link show t_gre
ip -d -j link show t_gre
ip link set t_gre type gre ikey 7 seq csum
ip -d link show t_gre
ip -d -j link show t_gre
ip link set t_gre type gre nokey noseq
ip -d link show t_gre
ip -d -j link show t_gre
ip link set t_gre type gre fwmark 5
ip -d link show t_gre
ip -d -j link show t_gre
ip link set t_gre type gre dev v0
ip -d link show t_gre
ip -d -j link show t_gre
ip link set t_gre type gre remote 10.0.0.3
ip -d link show t_gre
ip -d -j link show t_gre
ip link set t_gre type gre encap fou encap-sport auto encap-dport 5555
ip -d link show t_gre
ip -d -j link show t_gre
ip link set t_gre type gre encap gue encap-csum encap-remcsum
ip -d link show t_gre
ip -d -j link show t_gre
ip link set t_gre type gre noencap
ip -d link show t_gre
ip -d -j link show t_gre
ip link set t_gre type gre ignore-df nopmtudisc ttl 0
ip -d link show t_gre
ip -d -j link show t_gre
ip link set t_gre type gre local any remote any
ip -d link show t_gre
ip -d -j link show t_gre
ip link set t_gre type gre nosuch
ip link set t_gre type gre ttl 256
ip -br link show type gre
ip link set v0 type gre remote any
ip link add t_gre type gre local 10.0.0.1 remote 10.0.0.2 ttl 64 key 5
ip link del t_gre
ip link show t_gre
ip link add t_gre type gre external
ip -d link show t_gre
ip -d -j link show t_gre
ip link set t_gre type gre ttl 5
ip -d link show t_gre
ip link del t_gre type gre
# gretap
ip link add t_gretap address 02:00:00:00:01:01 type gretap local 10.0.0.1 remote 10.0.0.3 tos 0x10
ip -d link show t_gretap
ip -d -j -p link show t_gretap
ip link set t_gretap type gretap key 1.2.3.4
ip -d link show t_gretap
ip -d -j link show t_gretap
ip link set t_gretap type gretap ttl 5
ip -d link show t_gretap
ip -d -j link show t_gretap
ip link set t_gretap type gretap iseq ocsum
ip -d link show t_gretap
ip -d -j link show t_gretap
ip link set t_gretap type gretap nookey
ip -d link show t_gretap
ip -d -j link show t_gretap
ip link set t_gretap type gretap nopmtudisc ttl 0
ip -d link show t_gretap
ip -d -j link show t_gretap
ip link set t_gretap type gretap nosuch
ip link set t_gretap type gretap ttl 256
ip -br link show type gretap
ip link set v0 type gretap remote any
ip link add t_gretap type gretap local 10.0.0.1 remote 10.0.0.3 tos 0x10
ip link del t_gretap
ip link show t_gretap
ip link add t_gretap address 02:00:00:00:01:01 type gretap external
ip -d link show t_gretap
ip -d -j link show t_gretap
ip link set t_gretap type gretap ttl 5
ip -d link show t_gretap
ip link del t_gretap type gretap
# erspan
ip link add t_erspan address 02:00:00:00:01:01 type erspan local 10.0.0.1 remote 10.0.0.4 seq key 3 erspan_ver 1 erspan 9
ip -d link show t_erspan
ip -d -j -p link show t_erspan
ip link set t_erspan type erspan erspan 10
ip -d link show t_erspan
ip -d -j link show t_erspan
ip link set t_erspan type erspan ttl 7
ip -d link show t_erspan
ip -d -j link show t_erspan
ip link set t_erspan type erspan erspan_ver 2 erspan_dir egress erspan_hwid 3f
ip -d link show t_erspan
ip -d -j link show t_erspan
ip link set t_erspan type erspan erspan_dir ingress
ip -d link show t_erspan
ip -d -j link show t_erspan
ip link set t_erspan type erspan nosuch
ip link set t_erspan type erspan ttl 256
ip -br link show type erspan
ip link set v0 type erspan remote any
ip link add t_erspan type erspan local 10.0.0.1 remote 10.0.0.4 seq key 3 erspan_ver 1 erspan 9
ip link del t_erspan
ip link show t_erspan
ip link add t_erspan address 02:00:00:00:01:01 type erspan external
ip -d link show t_erspan
ip -d -j link show t_erspan
ip link set t_erspan type erspan ttl 5
ip -d link show t_erspan
ip link del t_erspan type erspan
# ipip
ip link add t_ipip type ipip local 10.0.0.1 remote 10.0.0.2 ttl 7
ip -d link show t_ipip
ip -d -j -p link show t_ipip
ip link set t_ipip type ipip mode any
ip -d link show t_ipip
ip -d -j link show t_ipip
ip link set t_ipip type ipip mode mplsip
ip -d link show t_ipip
ip -d -j link show t_ipip
ip link set t_ipip type ipip tos inherit
ip -d link show t_ipip
ip -d -j link show t_ipip
ip link set t_ipip type ipip ttl 0 nopmtudisc
ip -d link show t_ipip
ip -d -j link show t_ipip
ip link set t_ipip type ipip pmtudisc
ip -d link show t_ipip
ip -d -j link show t_ipip
ip link set t_ipip type ipip remote 10.0.0.5
ip -d link show t_ipip
ip -d -j link show t_ipip
ip link set t_ipip type ipip dev v0
ip -d link show t_ipip
ip -d -j link show t_ipip
ip link set t_ipip type ipip encap gue encap-dport 9
ip -d link show t_ipip
ip -d -j link show t_ipip
ip link set t_ipip type ipip fwmark 7
ip -d link show t_ipip
ip -d -j link show t_ipip
ip link set t_ipip type ipip nosuch
ip link set t_ipip type ipip ttl 256
ip -br link show type ipip
ip link set v0 type ipip remote any
ip link add t_ipip type ipip local 10.0.0.1 remote 10.0.0.2 ttl 7
ip link del t_ipip
ip link show t_ipip
ip link add t_ipip type ipip external
ip -d link show t_ipip
ip -d -j link show t_ipip
ip link set t_ipip type ipip ttl 5
ip -d link show t_ipip
ip link del t_ipip type ipip
# sit
ip link add t_sit type sit local 10.0.0.1 remote 10.0.0.2 ttl 8
* ip link show t_sit
ip -d -j -p link show t_sit
ip link set t_sit type sit mode any
ip -d link show t_sit
ip -d -j link show t_sit
ip link set t_sit type sit isatap
ip -d link show t_sit
ip -d -j link show t_sit
ip link set t_sit type sit 6rd-prefix 2001:db8::/32
ip -d link show t_sit
ip -d -j link show t_sit
ip link set t_sit type sit 6rd-prefix 2001:db8::/32 6rd-relay_prefix 10.0.0.0/8
ip -d link show t_sit
ip -d -j link show t_sit
ip link set t_sit type sit tos 4
ip -d link show t_sit
ip -d -j link show t_sit
ip link set t_sit type sit remote any
ip -d link show t_sit
ip -d -j link show t_sit
ip link set t_sit type sit nosuch
ip link set t_sit type sit ttl 256
ip -br link show type sit
ip link set v0 type sit remote any
ip link add t_sit type sit local 10.0.0.1 remote 10.0.0.2 ttl 8
ip link del t_sit
ip link show t_sit
ip link add t_sit type sit external
ip -d link show t_sit
ip -d -j link show t_sit
ip link set t_sit type sit ttl 5
ip -d link show t_sit
ip link del t_sit type sit
# vti
ip link add t_vti type vti local 10.0.0.1 remote 10.0.0.9 key 7
ip -d link show t_vti
ip -d -j -p link show t_vti
ip link set t_vti type vti ikey 8
ip -d link show t_vti
ip -d -j link show t_vti
ip link set t_vti type vti fwmark 5
ip -d link show t_vti
ip -d -j link show t_vti
ip link set t_vti type vti remote 10.0.0.8
ip -d link show t_vti
ip -d -j link show t_vti
ip link set t_vti type vti dev v0
ip -d link show t_vti
ip -d -j link show t_vti
ip link set t_vti type vti nosuch
ip link set t_vti type vti ttl 256
ip -br link show type vti
ip link set v0 type vti remote any
ip link add t_vti type vti local 10.0.0.1 remote 10.0.0.9 key 7
ip link del t_vti
ip link show t_vti
