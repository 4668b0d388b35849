# What the kernel refuses of addresses.
@ explained
! ip link add d0 address 02:00:00:00:00:01 type veth peer name d1 address 02:00:00:00:00:02
! ip link set d0 up
! ip link set d1 up
! ip addr add 10.0.0.1/24 dev d0
! ip addr add 2001:db8::1/64 dev d0 nodad
# It is there.
ip addr add 10.0.0.1/24 dev d0
=e   ip addr add 10.0.0.1/24 dev d0
=e               ^^^^^^^^^^^
=e   hint: d0 already has "10.0.0.1/24"; use "address replace" to change its settings
ip addr add 2001:db8::1/64 dev d0
=e   ip addr add 2001:db8::1/64 dev d0
=e               ^^^^^^^^^^^^^^
=e   hint: d0 already has "2001:db8::1/64"; use "address replace" to change its settings
ip addr add 2001:db8::1/48 dev d0
=e   ip addr add 2001:db8::1/48 dev d0
=e               ^^^^^^^^^^^^^^
=e   hint: d0 already has "2001:db8::1/64"; use "address replace" to change its settings
# It is not, but something like it is.
ip addr del 10.0.0.1/16 dev d0
=e   ip addr del 10.0.0.1/16 dev d0
=e               ^^^^^^^^^^^
=e   hint: d0 has 10.0.0.1/24
ip addr del 10.0.0.1/24 dev d1
=e   ip addr del 10.0.0.1/24 dev d1
=e               ^^^^^^^^^^^
=e   hint: d0 has 10.0.0.1/24
ip addr del 2001:db8::1/64 dev d1
=e   ip addr del 2001:db8::1/64 dev d1
=e               ^^^^^^^^^^^^^^
=e   hint: d0 has 2001:db8::1/64
ip addr del 10.0.0.2/24 dev d0
=e   ip addr del 10.0.0.2/24 dev d0
=e               ^^^^^^^^^^^
=e   hint: d0 has 10.0.0.1/24
ip addr del 2001:db8::9/64 dev d0
=e   ip addr del 2001:db8::9/64 dev d0
=e               ^^^^^^^^^^^^^^
=e   hint: d0 has 2001:db8::1/64, fe80::ff:fe00:1/64
# Addresses that cannot be one's own.
ip addr add ff02::1/64 dev d0
=e   ip addr add ff02::1/64 dev d0
=e               ^^^^^^^^^^
ip addr add ::1/128 dev d0
=e   ip addr add ::1/128 dev d0
=e               ^^^^^^^
ip addr add ::/64 dev d0
=e   ip addr add ::/64 dev d0
=e               ^^^^^
# IPv6 is off, on this device.
! echo 1 >/proc/sys/net/ipv6/conf/d1/disable_ipv6
ip addr add 2001:db8::7/64 dev d1
=e   ip addr add 2001:db8::7/64 dev d1
=e                              ^^^ ^^
=e   hint: enable IPv6 with: echo 0 >/proc/sys/net/ipv6/conf/d1/disable_ipv6
ip -6 route add 2001:db8:5::/64 dev d1
=e   ip -6 route add 2001:db8:5::/64 dev d1
=e                                   ^^^ ^^
=e   hint: enable IPv6 with: echo 0 >/proc/sys/net/ipv6/conf/d1/disable_ipv6
ip nexthop add id 9 via fe80::1 dev d1
=e   ip nexthop add id 9 via fe80::1 dev d1
=e                                   ^^^ ^^
=e   hint: enable IPv6 with: echo 0 >/proc/sys/net/ipv6/conf/d1/disable_ipv6
ip -6 route add 2001:db8:5::/64 via 2001:db8:9::1 dev d0
=e   ip -6 route add 2001:db8:5::/64 via 2001:db8:9::1 dev d0
=e                                   ^^^ ^^^^^^^^^^^^^
=e   hint: d0 has 2001:db8::/64; add "onlink" if the gateway is on that link
