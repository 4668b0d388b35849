# Tunnels over IPv6: made, changed, shown and removed; a change keeps what it does not name.
@ guest
! echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6
! modprobe -a ip_gre ip6_gre ipip sit ip6_tunnel ip_vti ip6_vti fou fou6
! ip link add v0 address 02:00:00:00:00:01 type dummy
! ip link set v0 up
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
ip -d link show t_ip6gretap
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
ip -d link show t_ip6erspan
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
# ip6tnl
ip link add t_ip6tnl type ip6tnl local 2001:db8::1 remote 2001:db8::2 mode any
ip -d link show t_ip6tnl
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
# vti6
ip link add t_vti6 type vti6 local 2001:db8::1 remote 2001:db8::9 key 7
ip -d link show t_vti6
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
