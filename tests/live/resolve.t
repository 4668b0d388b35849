# Names of hosts (-r), from a hosts file of the test's own.
@ needs /etc/hosts /etc/nsswitch.conf
! cp /etc/hosts hosts; printf "10.0.0.1 me.example\n10.0.0.2 gw.example\n10.9.0.0 net.example\n10.0.0.255 brd.example\n" > hosts; mount --bind hosts /etc/hosts
! ip link add v0 address 00:11:22:33:44:55 type veth peer name v1
! ip link set v0 up
! ip addr add 10.0.0.1/24 brd + dev v0
! ip addr add 10.0.0.9/24 peer 10.0.0.2/32 dev v0
! ip route add 10.9.0.0/16 via 10.0.0.2
! ip route add 10.9.0.0 via 10.0.0.2 src 10.0.0.1
! ip neigh add 10.0.0.2 lladdr 1:2:3:4:5:6 dev v0
! ip rule add from 10.0.0.1 to 10.9.0.0/16 table 5
ip -r addr show v0
ip -r -br addr show v0
ip -r -j addr show v0
ip -r route
ip -r -j route
ip -r route get 10.9.0.0
ip -r neigh
ip -r rule
ip -r route show table local
