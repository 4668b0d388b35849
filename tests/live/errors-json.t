# Errors with -j: the reference's first line, then one JSON object; on stdout a whole document or nothing.
! ip link add d0 address 02:00:00:00:00:01 type veth peer name d1 address 02:00:00:00:00:02
rip -j link set d0 mtu 10 2>&1
rip -j link set d0 mtu 2>&1
rip -j link set d0 mtu 1 mtu 2 2>&1
# An option that cannot be read; one that comes before it counts.
rip -j -bogus link 2>&1
rip -j link set "$(printf 'a\033\377b')" up 2>&1
# A usage is not repeated.
rip -j netns attach 2>&1
rip -j link help 2>&1 | tail -1 | cut -c1-53
# A batch says where.
printf 'link show d9\nlink set d0 mtu 10\n' | rip -force -j -b - 2>&1
rip -j -b /nosuch 2>&1
# A dump that is refused is an empty document, as 7.1 has it; other failures leave nothing.
rip -j route show table 999 2>/dev/null
rip -j -M rule show 2>/dev/null
rip -j nexthop bucket show id 7 2>/dev/null
rip -j -p route show table 999 2>/dev/null
rip -j link show d9
rip -j nexthop get id 7
rip -j route get 9.9.9.9
rip -j neigh show dev d9
rip -j rule show table nosuch
# Success says nothing, asked for hints or not.
rip -j link set d0 alias fine 2>&1
rip -hint link set d0 alias fine 2>&1
rip -hint -j link set d0 alias fine 2>&1
