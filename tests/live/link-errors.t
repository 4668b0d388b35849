# What `ip link` refuses, and how.
! ip link add d0 address 02:00:00:00:00:01 type veth peer name d1 address 02:00:00:00:00:02
ip link set
ip link set nosuch up
ip link set dev nosuch up
ip link set dev
ip link set d0 mtu
ip link set d0 mtu x
ip link set d0 mtu 0
ip link set d0 mtu 10
ip link set d0 mtu 99999999
ip link set d0 mtu 1400 mtu 1400
ip link set d0 txqlen x
ip link set d0 address zz
ip link set d0 address 02:00
ip link set d0 address 02:00:00:00:00:00:01
ip link set d0 address 01:00:00:00:00:01
ip link set d0 name
ip link set d0 name toolongdevicename16
ip link set d0 name a/b
ip link set d0 name 'a b'
ip link set d0 name ..
ip link set d0 name d1
ip link set d0 arp maybe
ip link set d0 multicast maybe
ip link set d0 carrier maybe
ip link set d0 protodown maybe
ip link set d0 group nosuch
ip link set d0 addrgenmode nosuch
ip link set d0 mode nosuch
ip link set d0 state nosuch
ip link set d0 state
ip link set d0 netns nosuch
ip link set d0 netns 999999999
ip link set d0 link-netnsid x
ip link set d0 nosuchword
ip link set d0 up nosuchword
ip link set d0 d1 up
ip link set d0 dev d1 up
ip link set d0 alias
ip link add d0 type veth peer name d1
ip link add d9 type veth peer name d1
ip link add d9 type veth peer
~ ip link del d9
ip link add d9 type veth peer name
# The reference prints this usage on its standard output.
ip link add d9 type veth junk >/dev/null
ip link add toolongdevicename16 type veth
ip link add d9 link nosuch type macvlan
ip link add link d0 type veth peer name
ip link del
ip link del nosuch
ip link del lo
ip link del d0 junk
ip link show nosuch
ip link show d0 junk
ip link show d0 dev d1
ip link show group nosuch
ip link show type
ip link show master
ip link show vrf nosuch
ip link show nomaster
ip -br link show down | cut -c1-5
ip link bogus
ip link help
ip l h
ip link add help
ip link set help
ip link set d0 help
ip link property
ip link property add
ip link property add dev d0
ip link property add altname x
ip link property add dev d0 altname
ip link property add dev d0 nosuch x
ip link property del dev d0 altname nosuch
ip link property bogus
ip link s d0 up
ip link show d0
ip link change nosuch up
ip link replace d0 up
ip link set d0 vf 0 mac 02:00:00:00:00:05
ip link set d0 vf x
ip link set d0 xdp off
ip link set d0 index 5
ip link set lo down up
