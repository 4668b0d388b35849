! ip link add d0 type veth peer name d1
ip addr add 10.0.0.1/24 dev d0
ip addr add 10.0.0.1 dev d0
ip addr add 10.8/16 dev d0
ip addr add 10.0.1.1/24 brd + dev d0
ip addr add 10.0.1.1/24 brd - dev d0
ip addr add 10.0.1.2/24 broadcast 10.0.1.255 dev d0
ip addr add 10.0.2.1/24 anycast 10.0.2.7 dev d0
ip addr add 10.0.3.1 peer 10.0.3.2/32 dev d0
ip addr add 10.0.3.1 peer 10.0.3.2/24 dev d0
ip addr add 10.0.4.1/24 dev d0 label d0:x scope link
ip addr add 10.0.4.1/24 dev d0 scope host
ip addr add 10.0.4.1/24 dev d0 scope 77
ip addr add 10.0.5.1/24 dev d0 metric 100
ip addr add 10.0.5.1/24 dev d0 priority 100
ip addr add 10.0.6.1/24 dev d0 valid_lft 100 preferred_lft 50
ip addr add 10.0.6.1/24 dev d0 valid_lft forever preferred_lft 0
ip addr add 10.0.7.1/24 dev d0 noprefixroute
ip addr add 10.0.7.2/24 dev d0 autojoin
ip addr add 2001:db8::1/64 dev d0
ip addr add 2001:db8::2 dev d0 nodad
ip addr add 2001:db8::3/64 dev d0 home mngtmpaddr nodad
ip addr add 2001:db8::4/64 dev d0 optimistic
ip addr add 2001:db8::5 peer 2001:db8::6/64 dev d0
ip addr add local 10.0.9.1/24 dev lo
ip addr add 127.0.0.2/8 dev lo
ip addr change 10.0.0.1/24 dev d0 metric 5
ip addr chg 10.0.0.1/24 dev d0 metric 5
ip addr replace 10.0.0.1/24 dev d0 metric 5
ip addr del 10.0.0.1/24 dev d0
ip addr del 10.0.0.1 dev d0
ip addr del 10.0.4.1/24 dev d0 label d0:x
ip addr del 2001:db8::1/64 dev d0
ip -4 addr add 10.1.0.1/24 dev d0
ip -6 addr add 2001:db8:1::1/64 dev d0
ip addr add 10.2.0.1/24 dev d0 proto 7
ip addr del 10.33.0.0/16 brd 10.0.0.255 dev lo
