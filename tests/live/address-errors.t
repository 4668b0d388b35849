# Words that are wrong, missing, twice there or refused.
! ip link add d0 address 02:00:00:00:00:01 type veth peer name d1 address 02:00:00:00:00:02
ip addr add
ip addr add 10.0.0.1/24
ip addr add 10.0.0.1/24 dev
ip addr add 10.0.0.1/24 dev nosuch
ip addr add 10.0.0.1/24 dev d0 dev d1
ip addr add 10.0.0.1/24 10.0.0.2/24 dev d0
ip addr add dev d0
ip addr add 10.0.0.256/24 dev d0
ip addr add 10.0.0.1/33 dev d0
ip addr add 10.0.0.1/-1 dev d0
ip addr add 10.0.0.1/ dev d0
ip addr add foo dev d0
ip addr add 10.0.0.1/24 dev d0 scope bogus
ip addr add 10.0.0.1/24 dev d0 scope
ip addr add 10.0.0.1/24 dev d0 metric x
ip addr add 10.0.0.1/24 dev d0 metric -1
ip addr add 10.0.0.1/24 dev d0 brd x
ip addr add 10.0.0.1/24 dev d0 brd 2001:db8::1
ip addr add 10.0.0.1/24 dev d0 brd 10.0.0.255 brd 10.0.0.255
ip addr add 10.0.0.1/24 dev d0 peer 10.0.0.2 peer 10.0.0.3
ip addr add 10.0.0.1/24 dev d0 valid_lft
ip addr add 10.0.0.1/24 dev d0 valid_lft x
ip addr add 10.0.0.1/24 dev d0 valid_lft 0
ip addr add 10.0.0.1/24 dev d0 preferred_lft 20 valid_lft 10
ip addr add 10.0.0.1/24 dev d0 label toolonglabelforthekernel
ip addr add 10.0.0.1/24 dev d0 label other:1
ip addr add 10.0.0.1/24 dev d0 nosuchword
ip -4 addr add 2001:db8::1/64 dev d0
ip -6 addr add 10.0.0.1/24 dev d0
ip addr add 2001:db8::/129 dev d0
ip addr add default dev d0
ip addr add any dev d0
ip addr change 10.0.0.1/24 dev nosuch
ip addr del
ip addr del 10.0.0.1/24
ip addr del 10.0.0.1/24 dev d0
ip addr del 10.0.0.1/24 dev nosuch
ip addr show nosuch
ip addr show dev nosuch
ip addr show dev
ip addr show dev d0 dev d1
ip addr show d0 d1
ip addr show scope bogus
ip addr show to x
ip addr show label
ip addr show type
ip addr show type nosuch
ip addr show master
ip addr show master nosuch
ip addr show vrf nosuch
ip addr show group nosuch
ip addr bogus
ip addr help
ip a h
ip addr show help
ip addr add help
ip addr flush scope bogus
ip addr flush help
ip addr showdump
ip addr restore
