# Routes saved by one and restored by the other, both ways, from files and pipes; what is spoilt; flushing in rounds.
@ needs /sbin/ip
! ip link set lo up
! ip link add d0 address 02:00:00:00:00:01 type veth peer name d1 address 02:00:00:00:00:02
! echo 0 > /proc/sys/net/ipv6/conf/d0/accept_dad
! ip link set d0 up
! ip link set d1 up
! ip addr add 10.0.0.1/24 dev d0
! ip addr add 2001:db8::1/64 dev d0 nodad
! sleep 0.3
! ip route add 10.1.0.0/16 via 10.0.0.2 metric 5
! ip route add 10.2.0.0/16 via 10.1.0.0 dev d0 onlink
! ip route add 10.3.0.0/16 nexthop via 10.0.0.2 weight 2 nexthop via 10.0.0.3
! ip route add blackhole 10.4.0.0/16 proto static
! ip route add 10.5.0.0/16 via 10.0.0.2 mtu lock 1400 rtt 20ms congctl cubic features ecn
! ip route add 10.6.0.0/16 via 10.0.0.2 table 100
! ip route add 10.7.0.0/16 via inet6 2001:db8::9 dev d0
! ip -6 route add 2001:db8:1::/48 via 2001:db8::2 metric 7
! ip -6 route add 2001:db8:2::/48 nexthop via 2001:db8::2 nexthop via 2001:db8::3 weight 4
! ip -6 route add unreachable 2001:db8:3::/48
! ip -6 route add 2001:db8:4::/48 encap seg6 mode encap segs fc00::1,fc00::2 dev d0
! /sbin/ip route save > theirs
! rip route save > mine
! /sbin/ip -6 route save table main > theirs6
! rip -6 route save table main > mine6
! rip route save table all > all
! rip route save table 100 > hundred
! rip route save root 10.4.0.0/15 > some
cmp theirs mine
ip route showdump < mine
ip -6 route showdump < mine6
ip route showdump < hundred
ip route showdump < some
{ rip -j route showdump < mine
! cat mine | rip route showdump > shown
! rip route showdump < mine | cmp - shown
# Ours reads theirs, and they ours.
! rip route flush root 10.0.0.0/8 proto boot
! rip route flush proto static
! rip route restore < theirs
ip route
! rip route flush root 10.0.0.0/8 proto boot
! rip route flush proto static
! /sbin/ip route restore < mine
ip route
! rip route flush root 10.0.0.0/8 proto boot
! cat theirs | rip route restore
ip route
! rip -6 route flush root 2001:db8::/32 proto boot
! rip -6 route restore < theirs6
ip -6 route show root 2001:db8::/32
! rip -6 route flush root 2001:db8::/32 proto boot
! /sbin/ip -6 route restore < mine6
ip -6 route show root 2001:db8::/32
! rip route flush table 100
! rip route restore < hundred
ip route show table 100
ip route restore < mine
ip route restore < /etc/passwd
ip route showdump < /etc/passwd
~ printf x | ip route showdump
ip route save foo > /dev/null
ip route save table nosuch > /dev/null
ip route save dev nosuch > /dev/null
# In rounds, and told.
ip -s route flush table 100
ip -s route flush table 100
ip -s -s route flush root 10.1.0.0/16
ip -s route flush root 10.4.0.0/14
ip -s -s -6 route flush root 2001:db8:2::/47
ip -s -6 route flush root 2001:db8:4::/48 metric 1024
ip route
ip -6 route show root 2001:db8::/32
