# Batches that are undone, on a kernel where links must be down to get another name, and with kinds that others lack.
@ guest
! echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6; echo 1 > /proc/sys/net/ipv6/conf/all/disable_ipv6
! rip link set lo up; rip link add d0 type dummy; rip link set d0 up; rip addr add 10.0.0.1/24 dev d0
! rip link add d0.5 link d0 type vlan id 5 ingress-qos-map 1:2; rip link set d0.5 up; rip addr add 10.5.0.1/24 dev d0.5
! rip link add vrf7 type vrf table 7; rip link set vrf7 up; rip link add d1 type dummy; rip link set d1 master vrf7; rip link set d1 up
! rip addr add 10.7.0.1/24 dev d1; rip route add 10.77.0.0/16 via 10.7.0.2 vrf vrf7
! rip link add br0 type bridge vlan_filtering 1; rip link set br0 up; rip link add d2 type dummy; rip link set d2 master br0; rip link set d2 up
! rip link add ipv0 link d0 type ipvlan mode l3; rip link add vc0 type vcan; rip link add nl0 type nlmon
! echo 'look() { rip -d link | sed -E "s/state (UP|DOWN|UNKNOWN|LOWERLAYERDOWN)/state/; s/[a-z_]*_timer +[0-9.]+//g; s/NO-CARRIER,//; s/,LOWER_UP//; s/qdisc [a-z]+//; s/state (forwarding|disabled) //"; rip -d addr | grep inet; rip route show table all; rip rule; }; look >/run/a; printf "$1\nrule del pref 31999\n" | rip -atomic -batch - 2>&1 | grep ndone; look >/run/b; diff /run/a /run/b && echo same' >/run/try
bash /run/try 'link del d0'
= Rolled back: everything is as it was before the batch.
= same
bash /run/try 'link del vrf7'
= Rolled back: everything is as it was before the batch.
= same
bash /run/try 'link set d0 down\nlink set d0 name bar\nlink set d2 down\nlink set d2 name d0\nlink set bar name d2'
= Rolled back: everything is as it was before the batch.
= same
bash /run/try 'link del br0\nlink del d2\nlink del ipv0\nlink del vc0\nlink del nl0'
= Rolled back: everything is as it was before the batch.
= same
bash /run/try 'link set d0 mtu 1400\nlink set d0.5 type vlan reorder_hdr off'
= Rolled back: everything is as it was before the batch.
= same
bash /run/try 'link set br0 type bridge vlan_filtering 0 ageing_time 500 stp_state 1'
= Rolled back: everything is as it was before the batch.
= same
# A change of a tunnel resets what it does not name: the rollback names everything.
! rip link add gre1 type gre remote 10.0.0.2 local 10.0.0.1 ttl 9 key 7; rip link add ipip1 type ipip remote 10.0.0.3 local 10.0.0.1 ttl 8 tos 4
! rip link add sit1 type sit remote 10.0.0.4 local 10.0.0.1 ttl 7; rip link add vti1 type vti remote 10.0.0.5 local 10.0.0.1 key 3
bash /run/try 'link set gre1 type gre remote 10.0.0.2 local 10.0.0.1 ttl 5 tos 8 key 7'
= Rolled back: everything is as it was before the batch.
= same
bash /run/try 'link set ipip1 type ipip remote 10.0.0.9 local 10.0.0.1\nlink set sit1 type sit remote 10.0.0.8 local 10.0.0.1 ttl 3'
= Rolled back: everything is as it was before the batch.
= same
bash /run/try 'link set vti1 type vti remote 10.0.0.5 local 10.0.0.1 key 3 fwmark 9'
= Rolled back: everything is as it was before the batch.
= same
