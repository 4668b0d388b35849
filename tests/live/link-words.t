# Shortened words of link set and add, and devices whose names are such words.
! echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6
ip link add d0 address 02:00:00:00:00:01 type veth peer name d1 address 02:00:00:00:00:02
ip link add br0 address 02:00:00:00:00:b0 type bridge
ip link add a address 02:00:00:00:00:0a type veth peer name b address 02:00:00:00:00:0b
ip link add name d address 02:00:00:00:00:0a type veth peer name l address 02:00:00:00:00:0b
ip link add m address 02:00:00:00:00:0a type bridge
ip link add dev m address 02:00:00:00:00:0a type bridge
ip link add name n address 02:00:00:00:00:0a type bridge
ip link add t type bridge
ip link add dev t address 02:00:00:00:00:0a type bridge
ip link add h type bridge
ip link add dev h address 02:00:00:00:00:0a type bridge
ip link show
ip link set a up
ip link set b up
ip link set d up
ip link set l up
ip link set m up
ip link set n up
ip link set t up
ip link set h up
ip link set dev a up
ip link set dev b up
ip link set dev d up
ip link set dev l up
ip link set dev m up
ip link set dev n up
ip link set dev t up
ip link set dev h up
ip link show
ip link show a
ip link show d
ip link show dev d
ip link show t
ip link show h
ip link show help
ip link del h
ip link del a
ip link del dev h
ip link set d0 a 02:00:00:00:00:33
ip link set d0 ad 02:00:00:00:00:34
ip link set d0 b ff:ff:ff:ff:ff:f0
ip link set d0 br ff:ff:ff:ff:ff:f1
ip link set d0 brd ff:ff:ff:ff:ff:f2
ip link set d0 t 55
ip link set d0 tx 56
ip link set d0 txqu 57
ip link set d0 txql 58
ip link set d0 q 1
ip link set d0 ql 1
ip link set d0 m br0
ip link show d0
ip link set d0 n
ip link set d0 ma br0
ip link set d0 no
ip link set d0 ty bridge_slave
ip link set d0 typ bridge_slave cost 1
ip link set d0 al x
ip link set d0 ali y
ip link show d0
ip link set d0 mt 1400
ip link set d0 mtu 1400
ip link set d0 u
ip link set d0 do
ip link set d0 na x
ip link set d0 name x name y
ip link set d0 name d0 
ip link set d0 dyn on
ip link set d0 dyn off
ip link set d0 d on
ip link set d0 dynamic on
ip link show d0
ip link set d0 mul on
ip link set d0 mult on
ip link set d0 ar on
ip link set d0 pro on
ip link set d0 tr on
ip link set d0 grou 5
ip link set d0 ca on
ip link set d0 inde 5
ip link set d0 nu 5
ip link set d0 num 5
ip link set d0 numt 5 numr 6
ip link set d0 addrg none
ip link set d0 addrgenmod eui64
ip link set d0 link-n x
=2 Error: argument "x" is wrong: Invalid "link-netns" value
=? 255
ip link set d0 link- x
=2 Error: argument "x" is wrong: Invalid "link-netns" value
=? 255
ip link set d0 link-netnsi 5
ip link set d0 link-netnsi x
ip link set d0 lin d1
ip link set d0 link d1
ip link set d0 l d1
ip link set d0 l nosuch
ip link set d0 gso 5
ip link set d0 protod on
ip link set d0 parent x
ip link set d0 parentdev x
ip link set d0 mod default
ip link set d0 sta up
ip link set d0 vr x
ip link set d0 he
ip link set d0 h
ip link add v0 ty veth
ip link add v1 t 5 ty veth
ip link add v2 nu 2 ty veth
ip link add l d0 name v3 ty macvlan
ip link add lin d0 v3 ty macvlan
