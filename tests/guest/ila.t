# Identifier-locator mappings: added, listed in every format, refused and deleted. The kernel lists them in an order of its own.
@ guest
! ip link set lo up; ip link add d0 type dummy; ip link set d0 up
ip ila list
ip -j ila list
ip ila add loc_match 1:2:3:4 loc 5:6:7:8
ip ila add loc_match 1:2:3:4 loc 5:6:7:8
* ip ila list
ip -c=always ila list
ip ila del loc_match 1:2:3:4
ip ila del loc_match 1:2:3:4
ip ila add loc_match 2:2:3:4 loc 5:6:7:8 dev d0 csum-mode neutral-map-auto ident-type luid
* ip ila show
ip ila del loc_match 2:2:3:4
ip ila list
ip ila del loc_match 2:2:3:4 dev d0
ip ila list
ip ila add loc_match ffff:abcd:0:4 loc 5:6:7:8 csum-mode adj-transport ident-type use-format
* ip ila lst
ip ila del loc_match ffff:abcd:0:4 loc 5:6:7:8
ip ila add loc_match 1:2:3:4 loc 5:6:7:8 csum-mode neutral-map
ip ila list
ip ila list x
ip ila foo
# ip adds a mapping of 0:0:0:0.
ip ila add loc 1:2:3:4 csum-mode foo
=? 255
=2 Bad csum-mode: foo
# A batch that fails leaves the mappings as they were.
! rip ila add loc_match 5:5:5:5 loc 0:0:0:6 csum-mode adj-transport; rip ila add loc_match 7:7:7:7 loc 8:8:8:8 dev d0
! rip ila list >/run/before; cat >/run/try <<< 'printf "$1\nlink set nosuch up\n" | rip -atomic -batch - 2>&1 | grep "Rolled back\|cannot"; rip ila list | sort >/run/after; sort /run/before | diff - /run/after && echo same'
bash /run/try 'ila del loc_match 5:5:5:5\nila del loc_match 7:7:7:7 dev d0\nila add loc_match 9:9:9:9 loc 1:1:1:1\nila add loc_match 5:5:5:5 loc 3:3:3:3 ident-type luid'
= Rolled back: everything is as it was before the batch.
= same
