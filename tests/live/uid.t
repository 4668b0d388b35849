# Users: a user namespace has none but its first, and the kernel refuses the others.
@ needs root
! ip link add d0 type veth peer name d1
! ip link set d0 up
! ip link set d1 up
! ip addr add 10.0.0.1/24 dev d0
ip rule add uidrange 5-6 table 100 pref 9
ip rule add uidrange 1000-2000 table 100 pref 10
ip rule add uidrange 0-4294967294 table 100 pref 11
* ip rule show table 100
ip rule show uidrange 5-6
ip rule show uidrange 5-7
ip rule del uidrange 5-6
ip rule del uidrange 5-6
ip route get 10.0.0.7 uid 1000
ip -j route get 10.0.0.7 uid 1000
ip route get 10.0.0.7 uid 4294967294
ip mrule add uidrange 5-6 table 7 pref 9
ip mrule show pref 9
