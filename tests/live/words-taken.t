# Values that are taken or refused.
! ip link add v0 type veth peer name v1
! ip link set v0 up
! ip link set v1 up
! ip addr add 10.0.0.1/24 dev v0
# rules: type, realms, dscp, ports
ip rule add type nop pref 50
ip rule add type no pref 51
ip rule add type goto 50 pref 20
ip rule add type goto
ip rule add type goto x
ip rule add type bogus
ip rule add type blackhole pref 53
ip rule add type 3 pref 54
ip rule add type
ip rule del type nop
ip rule add realms 5/ pref 55
ip rule add realms '' pref 56
ip rule add realms / pref 57
ip rule add realms /5 pref 57
ip rule add realms 5/6/7 pref 57
ip route add 10.21.0.0/16 dev v0 realms 5/
ip route add 10.22.0.0/16 dev v0 realms ''
ip route add 10.23.0.0/16 dev v0 realms /5
ip rule add dscp 64
ip rule add dscp 63/0x3f pref 58
ip rule add dscp x
ip rule add dscp x/1
ip rule add dscp 1/x
ip rule add fwmark /1
ip rule add fwmark 1/x
ip rule add sport x
ip rule add sport x-1
ip rule add sport 1-x
ip rule add sport 1-
ip rule add sport 5/x
ip rule add dport ''
ip rule show dscp 64
ip rule show
ip route show
# Addresses: each part has a sign and blanks.
ip rule add from +1.2.3.0/24 pref 60
ip rule add from '1. +2.-0.4' pref 61
ip rule add from ++1.2.3.0/24 pref 62
ip rule add from -1.2.3.0/24 pref 62
ip rule show pref 60
ip rule show pref 61
ip route add 9.9.9.9 via +10.0.0.2
ip route show 9.9.9.9
# Encapsulations and metrics
ip -6 route add fd01::/64 encap seg6 mode inline tunsrc fc00::1 segs fc00::2 dev v0
ip -6 route add fd01::/64 encap seg6 tunsrc fc00::1 mode encap segs fc00::2 dev v0
ip -6 route add fd01::/64 encap seg6 tunsrc fc00::1 segs fc00::2 dev v0
ip -6 route add fd01::/64 encap seg6 mode encap tunsrc any segs fc00::2 dev v0
ip -6 route add fd01::/64 encap seg6 mode encap tunsrc xx segs fc00::2 dev v0
ip route add 10.2.0.0/16 dev v0 rto_min lock 20
ip route add 10.2.0.0/16 dev v0 rto_min 20
ip route show 10.2.0.0/16
# Links
ip link set dev v0 inet
ip link set dev v0 inet up
ip link set dev v0 inet bogus on
ip link add inet
ip link set dev v0 inet forwarding on
ip link add br0 type bridge stp_mode bogus
# Addresses and neighbours
ip addr add 10.1.0.1 dev v0 valid_lft 100
ip -6 addr add fd00::1/64 dev v0 valid_lft 100
ip addr add 10.1.0.2/24 dev v0 preferred_lft 100
ip addr change 10.1.0.2/24 dev v0 valid_lft 5 preferred_lft 6
ip neigh add 10.0.0.9 lladdr dev v0
ip neigh add 10.0.0.9 lladdr zz dev nosuch
ip neigh add 10.0.0.9 lladdr zz
ip neigh add 10.0.0.9 lladdr zz dev v0
ip neigh add 10.0.0.9 lladdr null dev v0
# Options
ip -c= rule show pref 60
ip -color= -4 addr show dev v0
ip -c=x rule
ip -4= rule
# Numbers and addresses
ip link add y0 index 0x10 type veth
ip link add y0 index 010 address 2:0:0:0:0:10 type veth peer name y1 index 77 address 2:0:0:0:0:11
ip link show y0
ip link set y0 address 0x02:0x0:0:0:0:0xff
ip -br link show y0
ip link del y0
ip nexthop add id 9 dev v0 via fe80::1
ip nexthop add id 9 dev v0 via x
ip nexthop add id 9 dev v0 via default
ip nexthop add id 10 via fe80::1 dev v0
ip nexthop show
ip nexthop get id 0
ip addr add 10.9.0.1/24 dev v0 peer default
ip -4 addr show dev v0
ip neigh add any dev v0
ip neigh add default dev v0
ip rule add tun_id x pref 80
ip rule add suppress_ifgroup x pref 80
