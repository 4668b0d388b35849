# Tunnels over IP: made, changed, shown and removed; a change keeps what it does not name.
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
* ip link show t_gretap
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
* ip link show t_erspan
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
# ip6gre
ip link add t_ip6gre type ip6gre local 2001:db8::1 remote 2001:db8::2 key 5 hoplimit 7
* ip link show t_ip6gre
ip -d -j -p link show t_ip6gre
ip link set t_ip6gre type ip6gre tclass 10 flowlabel 5
ip -d link show t_ip6gre
ip -d -j link show t_ip6gre
ip link set t_ip6gre type ip6gre encaplimit none
ip -d link show t_ip6gre
ip -d -j link show t_ip6gre
ip link set t_ip6gre type ip6gre fwmark inherit
ip -d link show t_ip6gre
ip -d -j link show t_ip6gre
ip link set t_ip6gre type ip6gre dscp inherit
ip -d link show t_ip6gre
ip -d -j link show t_ip6gre
ip link set t_ip6gre type ip6gre tclass inherit flowlabel inherit
ip -d link show t_ip6gre
ip -d -j link show t_ip6gre
ip link set t_ip6gre type ip6gre encaplimit 3
ip -d link show t_ip6gre
ip -d -j link show t_ip6gre
ip link set t_ip6gre type ip6gre fwmark 6
ip -d link show t_ip6gre
ip -d -j link show t_ip6gre
ip link set t_ip6gre type ip6gre allow-localremote
ip -d link show t_ip6gre
ip -d -j link show t_ip6gre
ip link set t_ip6gre type ip6gre noallow-localremote
ip -d link show t_ip6gre
ip -d -j link show t_ip6gre
ip link set t_ip6gre type ip6gre dev v0
ip -d link show t_ip6gre
ip -d -j link show t_ip6gre
ip link set t_ip6gre type ip6gre nosuch
ip link set t_ip6gre type ip6gre ttl 256
ip -br link show type ip6gre
ip link set v0 type ip6gre remote any
ip link add t_ip6gre type ip6gre local 2001:db8::1 remote 2001:db8::2 key 5 hoplimit 7
ip link del t_ip6gre
ip link show t_ip6gre
ip link add t_ip6gre type ip6gre external
ip -d link show t_ip6gre
ip -d -j link show t_ip6gre
ip link set t_ip6gre type ip6gre ttl 5
ip -d link show t_ip6gre
ip link del t_ip6gre type ip6gre
# ip6gretap
ip link add t_ip6gretap address 02:00:00:00:01:01 type ip6gretap local 2001:db8::1 remote 2001:db8::3
* ip link show t_ip6gretap
ip -d -j -p link show t_ip6gretap
ip link set t_ip6gretap type ip6gretap ttl 9 okey 7
ip -d link show t_ip6gretap
ip -d -j link show t_ip6gretap
ip link set t_ip6gretap type ip6gretap encap fou encap-dport 7
ip -d link show t_ip6gretap
ip -d -j link show t_ip6gretap
ip link set t_ip6gretap type ip6gretap remote 2001:db8::4
ip -d link show t_ip6gretap
ip -d -j link show t_ip6gretap
ip link set t_ip6gretap type ip6gretap nosuch
ip link set t_ip6gretap type ip6gretap ttl 256
ip -br link show type ip6gretap
ip link set v0 type ip6gretap remote any
ip link add t_ip6gretap type ip6gretap local 2001:db8::1 remote 2001:db8::3
ip link del t_ip6gretap
ip link show t_ip6gretap
ip link add t_ip6gretap address 02:00:00:00:01:01 type ip6gretap external
ip -d link show t_ip6gretap
ip -d -j link show t_ip6gretap
ip link set t_ip6gretap type ip6gretap ttl 5
ip -d link show t_ip6gretap
ip link del t_ip6gretap type ip6gretap
# ip6erspan
ip link add t_ip6erspan address 02:00:00:00:01:01 type ip6erspan local 2001:db8::1 remote 2001:db8::4 seq key 3 erspan_ver 2 erspan_dir egress erspan_hwid 5
* ip link show t_ip6erspan
ip -d -j -p link show t_ip6erspan
ip link set t_ip6erspan type ip6erspan erspan_hwid 6
ip -d link show t_ip6erspan
ip -d -j link show t_ip6erspan
ip link set t_ip6erspan type ip6erspan ttl 7
ip -d link show t_ip6erspan
ip -d -j link show t_ip6erspan
ip link set t_ip6erspan type ip6erspan erspan_ver 1 erspan 5
ip -d link show t_ip6erspan
ip -d -j link show t_ip6erspan
ip link set t_ip6erspan type ip6erspan nosuch
ip link set t_ip6erspan type ip6erspan ttl 256
ip -br link show type ip6erspan
ip link set v0 type ip6erspan remote any
ip link add t_ip6erspan type ip6erspan local 2001:db8::1 remote 2001:db8::4 seq key 3 erspan_ver 2 erspan_dir egress erspan_hwid 5
ip link del t_ip6erspan
ip link show t_ip6erspan
ip link add t_ip6erspan address 02:00:00:00:01:01 type ip6erspan external
ip -d link show t_ip6erspan
ip -d -j link show t_ip6erspan
ip link set t_ip6erspan type ip6erspan ttl 5
ip -d link show t_ip6erspan
ip link del t_ip6erspan type ip6erspan
# ipip
ip link add t_ipip type ipip local 10.0.0.1 remote 10.0.0.2 ttl 7
* ip link show t_ipip
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
# ip6tnl
ip link add t_ip6tnl type ip6tnl local 2001:db8::1 remote 2001:db8::2 mode any
* ip link show t_ip6tnl
ip -d -j -p link show t_ip6tnl
ip link set t_ip6tnl type ip6tnl mode ip6ip6
ip -d link show t_ip6tnl
ip -d -j link show t_ip6tnl
ip link set t_ip6tnl type ip6tnl mode ipip6
ip -d link show t_ip6tnl
ip -d -j link show t_ip6tnl
ip link set t_ip6tnl type ip6tnl hoplimit 3
ip -d link show t_ip6tnl
ip -d -j link show t_ip6tnl
ip link set t_ip6tnl type ip6tnl encaplimit none
ip -d link show t_ip6tnl
ip -d -j link show t_ip6tnl
ip link set t_ip6tnl type ip6tnl flowlabel 7 tclass 8
ip -d link show t_ip6tnl
ip -d -j link show t_ip6tnl
ip link set t_ip6tnl type ip6tnl fwmark 9
ip -d link show t_ip6tnl
ip -d -j link show t_ip6tnl
ip link set t_ip6tnl type ip6tnl dscp inherit
ip -d link show t_ip6tnl
ip -d -j link show t_ip6tnl
ip link set t_ip6tnl type ip6tnl fwmark inherit
ip -d link show t_ip6tnl
ip -d -j link show t_ip6tnl
ip link set t_ip6tnl type ip6tnl allow-localremote
ip -d link show t_ip6tnl
ip -d -j link show t_ip6tnl
ip link set t_ip6tnl type ip6tnl dev v0
ip -d link show t_ip6tnl
ip -d -j link show t_ip6tnl
ip link set t_ip6tnl type ip6tnl nosuch
ip link set t_ip6tnl type ip6tnl ttl 256
ip -br link show type ip6tnl
ip link set v0 type ip6tnl remote any
ip link add t_ip6tnl type ip6tnl local 2001:db8::1 remote 2001:db8::2 mode any
ip link del t_ip6tnl
ip link show t_ip6tnl
ip link add t_ip6tnl type ip6tnl external
ip -d link show t_ip6tnl
ip -d -j link show t_ip6tnl
ip link set t_ip6tnl type ip6tnl ttl 5
ip -d link show t_ip6tnl
ip link del t_ip6tnl type ip6tnl
# vti
ip link add t_vti type vti local 10.0.0.1 remote 10.0.0.9 key 7
* ip link show t_vti
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
# vti6
ip link add t_vti6 type vti6 local 2001:db8::1 remote 2001:db8::9 key 7
* ip link show t_vti6
ip -d -j -p link show t_vti6
ip link set t_vti6 type vti6 okey 8
ip -d link show t_vti6
ip -d -j link show t_vti6
ip link set t_vti6 type vti6 fwmark 5
ip -d link show t_vti6
ip -d -j link show t_vti6
ip link set t_vti6 type vti6 remote 2001:db8::8
ip -d link show t_vti6
ip -d -j link show t_vti6
ip link set t_vti6 type vti6 dev v0
ip -d link show t_vti6
ip -d -j link show t_vti6
ip link set t_vti6 type vti6 nosuch
ip link set t_vti6 type vti6 ttl 256
ip -br link show type vti6
ip link set v0 type vti6 remote any
ip link add t_vti6 type vti6 local 2001:db8::1 remote 2001:db8::9 key 7
ip link del t_vti6
ip link show t_vti6
