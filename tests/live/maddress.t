# The object `maddress`.
! ip link add v0 index 50 address 02:00:00:00:00:10 type veth peer name v1 index 51 address 02:00:00:00:00:11
! for d in v0 v1 lo; do ip link set $d up; done
! sleep 0.3
* ip maddr show
* ip maddress
ip maddr show dev lo
ip maddr show if99
ip -4 maddr show dev if99
ip -0 maddr show if99
ip maddr add dev lo address help
ip maddr del dev lo address h
ip maddr add dev lo address address
ip maddr show lo
ip -j maddr show dev v0
ip maddr l v0
ip maddr show nosuch
ip -j maddr show nosuch
ip maddr show dev help
ip maddr show dev lo dev v0
ip maddr show lo v0
ip maddr show dev
ip -0 maddr
ip -4 maddr
ip -6 maddr
ip -f link maddr
ip -B maddr
ip -M maddr
ip -j -M maddr
ip -r maddr show lo
ip maddr add 33:33:00:00:00:05 dev v0
ip maddr add address 33:33:00:00:00:06 dev v0
ip maddr add a 33:33:00:00:00:07 dev v0
ip maddr add dev v0 33:33:0:0:0:8
ip -6 maddr add 33:33:00:00:00:15 dev v0
ip -0 maddr add 33:33:00:00:00:16 dev v0
ip -B maddr add 33:33:00:00:00:17 dev v0
ip maddr add 33:33:00:00:00:05 dev v0
* ip maddr show v0
ip maddr del 33:33:00:00:00:05 dev v0
ip maddr delete 33:33:00:00:00:06 dev v0
ip maddr del 33:33:00:00:00:99 dev v0
ip maddr show v0
# Bad values.
ip maddr add 33:33:00:00:00:05
ip maddr add
ip maddr add dev v0 dev v1
ip maddr add dev abcdefghijklmnopqr
ip maddr add dev a/b 33:33:00:00:00:05
ip maddr add dev nosuch 33:33:00:00:00:05
ip maddr add dev lo 33:33:00:00:00:05
ip maddr add zz dev v0
ip maddr add 33:33:00 dev v0
ip maddr add 10.0.0.1 dev v0
ip maddr add 33:33:00:00:00:05:06:07 dev v0
ip maddr add 33:33:00:00:00:18 33:33:00:00:00:19 dev v0
ip maddr add address 33:33:00:00:00:18 address 33:33:00:00:00:19 dev v0
ip maddr add address
ip maddr add dev
ip maddr nosuch
ip maddr show v0
# An address is needed, and a batch goes on.
ip maddr add dev v0
=2 Error: argument "address" is required
=? 255
ip maddr del dev v0
=2 Error: argument "address" is required
=? 255
printf 'maddr add 33:33:00:00:00:31 dev v0\nmaddr del 33:33:00:00:00:31 dev v0\nmaddr show lo\n' | ip -b -
= 1:	lo
= 	inet  224.0.0.1
= 	inet6 ff02::1
= 	inet6 ff01::1
rip -dry-run maddress add 33:33:00:00:00:31 dev v0
= would maddress add 33:33:00:00:00:31 dev v0
