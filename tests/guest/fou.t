# FOU and GUE ports: added, listed in every format, refused and deleted; and a tunnel over each that carries packets.
@ guest
@ needs ping
! ip link set lo up; ip link add d0 type dummy; ip link set d0 up; ip addr add 10.0.0.1/24 dev d0; ip addr add 2001:db8::1/64 dev d0 nodad
ip fou show
ip -j fou show
ip fou add port 5555 ipproto 4
ip fou add port 5555 ipproto 4
ip fou add port 5556 gue
ip fou add port 5560 gue local 10.0.0.1
ip fou add port 5561 gue local 10.0.0.1 peer 10.0.0.2 peer_port 77
ip fou add port 5562 gue local 10.0.0.1 peer 10.0.0.2 peer_port 77 dev d0
ip -6 fou add port 5563 ipproto udp local 2001:db8::1 peer 2001:db8::2 peer_port 9 dev d0
ip fou add port 5564 -6 gue
ip fou add port 5565 gue local 10.0.0.9
ip fou add port 5565 gue local any
ip fou add port 5565 gue -6 local any
ip -0 fou add port 5566 gue
ip -M fou add port 5566 gue
* ip fou show
ip -c=always fou show
ip fou list
ip fou show x
ip fou add help
ip fou del port 5560
ip fou del port 5560 local 10.0.0.1
ip fou del port 5561 local 10.0.0.1 peer 10.0.0.2 peer_port 77
ip fou del port 5563 -6
ip fou del port 5564 -6
ip fou del port 5555
ip fou del port 5555
* ip fou show
# ip sends half of the request.
ip fou add port 5570
=? 255
=2 fou: must set ipproto or gue
{ rip -j fou show
! rip fou del port 5563 -6 local 2001:db8::1 peer 2001:db8::2 peer_port 9 dev d0; rip fou del port 5556; rip fou add port 5555 gue
rip -fields port,dev fou show
= 5555	
= 5562	d0
rip -dry-run fou add port 5571 ipproto ipencap peer 10.0.0.2 peer_port 9
= would add FOU port 5571 ipproto 4 peer 10.0.0.2 peer_port 9
# A batch that fails leaves the ports as they were: a new one is deleted, a deleted one added again, one of another kind replaced.
! rip fou show >/run/before; cat >/run/try <<< 'printf "$1\nlink set nosuch up\n" | rip -atomic -batch - 2>&1 | grep "Rolled back\|cannot"; rip fou show | sort >/run/after; sort /run/before | diff - /run/after && echo same'
bash /run/try 'fou add port 6000 ipproto 4\nfou del port 5555'
= Rolled back: everything is as it was before the batch.
= same
bash /run/try 'fou del port 5555\nfou add port 5555 ipproto 4\nfou del port 5562 local 10.0.0.1 peer 10.0.0.2 peer_port 77 dev d0\nlink add d1 type dummy\nfou add port 6001 gue dev d1'
= Rolled back: everything is as it was before the batch.
= same
bash /run/try 'fou add port 5555 gue'
= Rolled back: everything is as it was before the batch.
= same
! printf 'fou del port 5555\nfou add port 5555 ipproto 4\n' | rip -atomic -batch -
rip fou show | grep -w 5555
= port 5555 ipproto 4
