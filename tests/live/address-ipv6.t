# IPv6 addresses: flags, peers, lifetimes that last for ever, devices up and down.
! ip link add d0 address 02:00:00:00:00:01 type veth peer name d1 address 02:00:00:00:00:02
ip addr add 2001:db8::1/64 dev d0
ip addr add 2001:db8::1/64 dev d0
ip addr add 2001:db8:0:1::1/64 dev d0 nodad
ip addr add 2001:db8:0:2::1/64 dev d0 home
ip addr add 2001:db8:0:3::1/64 dev d0 mngtmpaddr
ip addr add 2001:db8:0:4::1/64 dev d0 noprefixroute metric 50
ip addr add 2001:db8:0:5::1 peer 2001:db8:0:5::2 dev d0
ip addr add 2001:db8:0:6::1/64 dev d0 preferred_lft 0
ip -6 addr add 2001:db8:0:7::1/128 dev d0 valid_lft forever preferred_lft forever
ip addr add fe80::1/64 dev d0 scope link
ip addr add 2001:db8:0:8::1/64 dev d0 valid_lft 3000 preferred_lft 1000
ip addr add 10.0.0.1/24 dev d0 valid_lft 3000 preferred_lft 1000
ip addr add 10.0.1.1/24 dev d0 valid_lft 3000 preferred_lft 0
ip addr show d0 dynamic | sed 's/[0-9]*sec/Nsec/g'
ip -o addr show d0 dynamic | sed 's/[0-9]*sec/Nsec/g'
ip -j addr show d0 dynamic | sed 's/_time":[0-9]*/N/g'
ip addr show d0 -permanent | sed 's/[0-9]*sec/Nsec/g'
ip addr del 10.0.0.1/24 dev d0
ip addr del 10.0.1.1/24 dev d0
ip addr del 2001:db8:0:8::1/64 dev d0
+ ip addr show d0
+ ip -6 addr
+ ip -6 addr show scope global
+ ip -6 addr show scope link
+ ip -6 addr show to 2001:db8:0:1::/64
+ ip addr show to 2001:db8:0:1::/64
+ ip link show to 2001:db8:0:1::/64
+ ip addr show nodad
+ ip addr show tentative
+ ip addr show -tentative
+ ip addr show deprecated
+ ip addr show -deprecated
+ ip addr show home
+ ip addr show mngtmpaddr
+ ip addr show dadfailed
+ ip addr show temporary
! ip link set d0 up
! ip link set d1 up
! sleep 0.3
+ ip addr show
+ ip -6 addr show up
ip -6 addr show d1 scope link | tail -2
ip -j -6 addr show d1 scope link | grep -o '"protocol":"[^"]*"'
ip addr change 2001:db8::1/64 dev d0 preferred_lft 0
ip -6 addr show d0 deprecated
ip addr del 2001:db8::1/64 dev d0
ip addr del 2001:db8::1/64 dev d0
ip -6 addr del 2001:db8:0:1::1/64 dev d0
ip -6 addr flush dev d0 scope global
+ ip addr show d0
ip -6 addr flush dev d0
+ ip addr show d0
