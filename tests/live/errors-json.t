# Errors with -j: the reference's first line, then one JSON object; on stdout a whole document or nothing.
! ip link add d0 address 02:00:00:00:00:01 type veth peer name d1 address 02:00:00:00:00:02
rip -j link set d0 mtu 10 2>&1
=? 2
= Error: mtu less than device minimum.
= {"message":"Error: mtu less than device minimum.","errno":"EINVAL","exit":2,"words":["mtu","10"],"spans":[{"first":5,"last":6,"from":19,"to":25}],"hints":["d0 takes an mtu of at least 68"]}
rip -j link set d0 mtu 2>&1
=? 255
= Command line is not complete. Try option "help"
= {"message":"Command line is not complete. Try option \"help\"","errno":null,"exit":255,"words":[],"spans":[{"first":6,"last":6,"from":23,"to":23}],"hints":["expected: NUMBER"]}
rip -j link set d0 mtu 1 mtu 2 2>&1
=? 255
= Error: duplicate "mtu": "2" is the second value.
= {"message":"Error: duplicate \"mtu\": \"2\" is the second value.","errno":null,"exit":255,"words":["mtu","1","mtu","2"],"spans":[{"first":5,"last":6,"from":19,"to":24},{"first":7,"last":8,"from":25,"to":30}],"hints":[]}
# An option that cannot be read; one that comes before it counts.
rip -j -bogus link 2>&1
=? 255
= Option "-bogus" is unknown, try "ip -help".
= {"message":"Option \"-bogus\" is unknown, try \"ip -help\".","errno":null,"exit":255,"words":["-bogus"],"spans":[{"first":2,"last":2,"from":7,"to":13}],"hints":[]}
rip -j link set "$(printf 'a\033\377b')" up 2>&1
=? 1
= Cannot find device "a\x1b\xffb"
= {"message":"Cannot find device \"a\\x1b\\xffb\"","errno":null,"exit":1,"words":["a\u001b\\xffb"],"spans":[{"first":4,"last":4,"from":16,"to":20}],"hints":[]}
# A usage is not repeated.
rip -j netns attach 2>&1
=? 1
= No netns name and PID specified
= {"message":"No netns name and PID specified","errno":null,"exit":1,"words":[],"spans":[{"first":4,"last":4,"from":20,"to":20}],"hints":[]}
rip -j link help 2>&1 | tail -1 | cut -c1-53
= {"message":"Usage: ip link { add | replace } [ LINK ]"
# A batch says where.
printf 'link show d9\nlink set d0 mtu 10\n' | rip -force -j -b - 2>&1
=? 1
= Device "d9" does not exist.
= {"message":"Device \"d9\" does not exist.","errno":null,"exit":1,"words":["d9"],"spans":[{"first":3,"last":3,"from":14,"to":16}],"hints":[],"file":"-","line":1}
= Command failed -:1
= Error: mtu less than device minimum.
= {"message":"Error: mtu less than device minimum.","errno":"EINVAL","exit":2,"words":["mtu","10"],"spans":[{"first":4,"last":5,"from":16,"to":22}],"hints":["d0 takes an mtu of at least 68"],"file":"-","line":2}
= Command failed -:2
= 2 failures in 2 commands
rip -j -b /nosuch 2>&1
=? 1
= Cannot open file "/nosuch" for reading: No such file or directory
= {"message":"Cannot open file \"/nosuch\" for reading: No such file or directory","errno":"ENOENT","exit":1,"words":[],"spans":[],"hints":[]}
# A dump that is refused is an empty document, as 7.1 has it; other failures leave nothing.
rip -j route show table 999 2>/dev/null
=? 2
= []
rip -j -M rule show 2>/dev/null
=? 255
= []
rip -j nexthop bucket show id 7 2>/dev/null
=? 2
= []
rip -j -p route show table 999 2>/dev/null
=? 2
= [ ]
rip -j link show d9
rip -j nexthop get id 7
rip -j route get 9.9.9.9
rip -j neigh show dev d9
rip -j rule show table nosuch
# Success says nothing, asked for hints or not.
rip -j link set d0 alias fine 2>&1
=? 0
rip -hint link set d0 alias fine 2>&1
=? 0
rip -hint -j link set d0 alias fine 2>&1
=? 0
