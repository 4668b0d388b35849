# The map of a bond with VLANs, one of them in a bridge and one in another namespace.
@ guest
! echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6
! for n in 1 2; do ip link add e$n address 02:00:00:00:00:0$n type dummy; done
! ip link add bond0 address 02:00:00:00:00:b0 type bond mode active-backup miimon 50
! ip link set e1 master bond0; ip link set e2 master bond0; ip link set bond0 up
! ip link add link bond0 name bond0.10 type vlan id 10; ip link add link bond0 name bond0.20 type vlan id 20
! ip link add br0 address 02:00:00:00:00:bb type bridge; ip link set bond0.10 master br0
! ip addr add 10.20.0.1/24 dev bond0.20
! ip netns add inner; ip link add link bond0 name bond0.30 netns inner type vlan id 30
! rip wait timeout 5 carrier bond0
LC_ALL=C rip topology dev bond0
= (here)
= |- bond0  bond  up
= |  |- e1  dummy  up
= |  |- e2  dummy  up
= |  `- bond0.20  vlan  down  10.20.0.1/24
= `- br0  bridge  down
=    `- bond0.10  vlan  down  on bond0
= inner
= `- bond0.30  vlan  down -- (here): bond0
