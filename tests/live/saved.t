# Saved addresses and routes: shown, restored, refused.
! ip link add v0 address 00:11:22:33:44:55 type veth peer name v1
! ip link set v0 up
! ip addr add 10.0.0.1/24 dev v0
! ip addr add 10.0.0.2/24 dev v0
! ip addr add 2001:db8::1/64 dev v0 nodad
! ip route add 10.5.0.0/16 via 10.0.0.9
! ip route add 10.6.0.0/16 dev v0 metric 5
! ip -4 addr save dev v0 > as.bin
! ip route save > rs.bin
ip addr showdump < as.bin
ip route showdump < rs.bin
ip addr showdump < /dev/null
ip route showdump < /dev/null
ip addr restore < /etc/passwd
ip route restore < /etc/passwd
ip addr restore < as.bin
! ip addr flush dev v0
! ip route flush table main
ip addr restore < as.bin
ip -4 addr show dev v0
# The others are tried, too.
~ ip route restore < rs.bin
ip route
ip addr save extra < /dev/null
