# Generic link settings on a veth pair, counters standing still.
@ also user
! echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6
ip link add d0 address 02:00:00:00:00:01 type veth peer name d1 address 02:00:00:00:00:02
* ip link show
* ip link
* ip l
ip -d link show lo | grep -o 'netns-imm[^ ]* '
ip -d -j link show lo | grep -o '"netns-imm[^,]*'
* ip link show d0
* ip link show dev d1
* ip link list
* ip link lst
* ip l sh d0
ip link set d0 up
ip link set d1 up
* ip link show
ip link set dev d0 mtu 1400
ip link set d0 txqueuelen 50
ip link set d0 txqlen 60
ip link set d0 qlen 70
ip link set d0 alias 'an alias "quoted"'
* ip link show d0
ip link set d0 alias ''
ip link set d0 arp off
ip link set d0 multicast off
ip link set d0 allmulticast on
ip link set d0 promisc on
* ip link show d0
ip link set d0 arp on multicast on allmulticast off promisc off
ip link set d0 address 02:00:00:00:00:11
ip link set d0 broadcast ff:ff:ff:ff:ff:00
ip link set d0 brd ff:ff:ff:ff:ff:ff
ip link set d0 group 42
ip link set d0 addrgenmode none
* ip link show d0
* ip link show group 42
* ip link show group default
* ip addr show group 42
ip link set group 42 down
* ip link show up
* ip link show d0
ip link set d0 addrgenmode eui64
ip link set d0 addrgenmode random
ip -d link show d0
ip link set d0 addrgenmode stable_secret
ip link set d0 down
ip link set d0 name e0
* ip link show e0
ip link show d0
ip link property add dev e0 altname another altname averylongalternativename0123456789
* ip link show e0
* ip link show another
ip link set another up
ip link show dev averylongalternativename0123456789
ip link property del dev e0 altname another
ip link property add dev e0 altname averylongalternativename0123456789
ip link show e0
ip link set e0 carrier off
ip link show d1
ip link set e0 carrier on
ip link set e0 protodown on
ip link set e0 numtxqueues 3
ip link set e0 gso_max_size 30000
ip link set e0 gso_max_segs 100
ip link set e0 gro_max_size 30000
ip link set e0 mode dormant
ip link show e0
ip link set e0 mode default
ip link set e0 state up
ip link set e0 state down
ip link set up dev e0
ip link set down e0
ip link set e0 up mtu 1300 alias x
ip link show e0
ip link set e0 nomaster
ip link del e0
ip link del e0
* ip link show
ip link add type veth
ip link add name v7 type veth
ip link show v7 | sed 's/link.*//;s/@[^:]*//'
ip link del v7
ip link add v8 numtxqueues 2 numrxqueues 3 mtu 1450 txqueuelen 5 address 02:00:00:00:00:21 type veth peer name v9 numtxqueues 4 numrxqueues 1 mtu 1460 address 02:00:00:00:00:22
* ip link show v8
* ip link show v9
ip link delete dev v9
ip link add index 77 name v77 address 02:00:00:00:00:77 type veth peer v78 index 88 address 02:00:00:00:00:78
* ip link show v77
ip link show if77
ip link show if99
ip link set v77 down up
ip link show v77
