! ip link add v0 type veth peer name v1
! for d in v0 v1; do echo 3 >/proc/sys/net/ipv6/conf/$d/router_solicitations; done
ip token set ::5 dev v0
ip token add dev v0 2001:db8::7/64
ip token set default dev v0
ip token set any dev v0
ip token del dev v0
ip -4 token set ::5 dev v1
? ip token list
? ip token get dev v0
ip token set ::5 dev lo
i ip maddr add 33:33:00:00:00:05 dev v0
i ip maddr add dev v0 33:33:00:00:00:06
i ip -6 maddr add address 33:33:00:00:00:07 dev v0
i ip -0 maddr add address 33:33:00:00:00:08 dev v0
i ip -B maddr add address 33:33:00:00:00:09 dev v0
i ip maddr del 33:33:00:00:00:05 dev v0
i ip maddr del 33:33:00:00:00:05 dev nosuch
