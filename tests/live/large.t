# More than is held back: the rest is read by one thread and shown by another.
! ip link add d0 address 02:00:00:00:00:01 type veth peer name d1
! ip link set d0 up && ip link set d1 up
! awk 'BEGIN { for (n = 0; n < 120000; n++) printf "neigh add 10.%d.%d.%d lladdr 02:00:00:00:00:02 nud permanent dev d0\n", n/65536, n/256%256, n%256 }' | rip -batch -
ip neigh show dev d0 | sort | md5sum
ip -j neigh show | tr '{' '\n' | tr -d '],' | sort | md5sum
ip neigh show nosuch
! awk 'BEGIN { for (n = 0; n < 20000; n++) printf "route add 10.%d.%d.%d dev d0 metric %d\n", n/65536, n/256%256, n%256, n%7 }' | rip -force -batch -
ip route | md5sum
ip -j route | md5sum
ip -j -p route | md5sum
rip neigh show | head -1 | wc -l
