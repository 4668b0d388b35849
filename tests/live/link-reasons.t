# Names of reasons to hold a device down, and of groups, from files.
@ needs root
! echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6
! mount -t tmpfs t /etc/iproute2
! mkdir -p /etc/iproute2/protodown_reasons.d
! printf '0 evpn\n# none\n7 mlag\n0x8 frr\n40 beyond\n' > /etc/iproute2/protodown_reasons.d/a.conf
! printf '0 default\n7 servers\n0x100 lab\n' > /etc/iproute2/group
! ip link add d0 address 02:00:00:00:00:01 type veth peer name d1 address 02:00:00:00:00:02
ip link set d0 protodown_reason evpn on
ip link set d0 protodown_reason mlag on protodown_reason frr on
ip link set d0 protodown on
* ip link show d0
ip link set d0 protodown_reason 3 on
ip link show d0
ip -N link show d0
ip -j link show d0
ip link set d0 protodown off
ip link set d0 protodown_reason beyond on
ip link set d0 protodown_reason 40 on
ip link set d0 protodown_reason nosuch on
ip link set d0 protodown_reason mlag maybe
ip link set d0 protodown_reason mlag off
ip link set d0 protodown_reason frr on protodown_reason frr off
ip link show d0
ip link set d0 group servers
ip link show group servers
ip link show group 7
ip link set d0 group 256
ip link show group lab
ip -N link show group lab
ip -j link show group lab
ip link set group lab mtu 1400
ip link set d1 group nosuch
ip link show d0
ip link del group lab
