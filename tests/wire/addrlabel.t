# Labels of addresses, and settings of devices.
! ip link add d0 type veth peer name d1
? ip addrlabel
ip addrlabel add prefix 2001:db8::/32 label 5
ip addrlabel add dev d0 label 4294967294 prefix 2001:db8:1::1
ip addrlabel add prefix 10.0.0.0/8 label 4
ip -4 addrlabel add prefix 10.0.0.0/8 label 4
ip addrlabel add prefix 2001:db8:2:: prefix 2001:db8:3:: label 4 label 0x10 foo
ip addrlabel del label 1 prefix 2001:db8::/32
ip addrlabel flush
ip addrlabel add prefix default label 7
> NEWADDRLABEL 605 0a000000 00000000 00000000 1=00000000000000000000000000000000 2=07000000
ip addrlabel del prefix any label 7
> DELADDRLABEL 5 0a000000 00000000 00000000 1=00000000000000000000000000000000 2=07000000
? ip netconf
? ip -4 netconf
? ip -M netconf
? ip netconf show dev d0
ip -4 netconf show dev d0
ip -6 netconf show dev d1 dev d0 foo
ip -M netconf show dev d0
