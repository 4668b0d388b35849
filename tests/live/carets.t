# What follows the first line of an error: the command line, carets under the words that are meant, hints.
! ip link add d0 address 02:00:00:00:00:01 type veth peer name d1 address 02:00:00:00:00:02
rip addr add 10.0.0.1/24 dev d0 scope bogus 2>&1
=? 255
= Error: argument "bogus" is wrong: invalid scope value.
=   rip addr add 10.0.0.1/24 dev d0 scope bogus
=                                         ^^^^^
rip addr add 10.0.0.300/24 dev d0 2>&1
=? 1
= Error: any valid prefix is expected rather than "10.0.0.300/24".
=   rip addr add 10.0.0.300/24 dev d0
=                ^^^^^^^^^^^^^
rip addr add 10.0.0.1/24 dev nosuch 2>&1
=? 1
= Cannot find device "nosuch"
=   rip addr add 10.0.0.1/24 dev nosuch
=                                ^^^^^^
rip addr add 10.0.0.1/24 dev 2>&1
=? 255
= Command line is not complete. Try option "help"
=   rip addr add 10.0.0.1/24 dev
=                                ^
rip addr add 10.0.0.1/24 2>&1
=? 1
= Not enough information: "dev" argument is required.
=   rip addr add 10.0.0.1/24
=                            ^
rip addr add 10.0.0.1/24 dev d0 metric x 2>&1
=? 255
= Error: argument "x" is wrong: "metric" value is invalid
=   rip addr add 10.0.0.1/24 dev d0 metric x
=                                          ^
rip addr add 10.0.0.1/24 brd 10.0.0.255 brd 10.0.0.255 dev d0 2>&1
=? 255
= Error: duplicate "broadcast": "10.0.0.255" is the second value.
=   rip addr add 10.0.0.1/24 brd 10.0.0.255 brd 10.0.0.255 dev d0
=                            ^^^ ^^^^^^^^^^ ^^^ ^^^^^^^^^^
rip link set d0 mtu 1 mtu 2 2>&1
=? 255
= Error: duplicate "mtu": "2" is the second value.
=   rip link set d0 mtu 1 mtu 2
=                   ^^^ ^ ^^^ ^
rip link set d0 mtu 10 2>&1
=? 2
= Error: mtu less than device minimum.
=   rip link set d0 mtu 10
=                   ^^^ ^^
rip link set d0 nosuchword 2>&1
=? 255
= Error: either "dev" is duplicate, or "nosuchword" is garbage.
=   rip link set d0 nosuchword
=                ^^ ^^^^^^^^^^
rip link sett d0 2>&1
=? 255
= Command "sett" is unknown, try "ip link help".
=   rip link sett d0
=            ^^^^
rip lnk 2>&1
=? 1
= Object "lnk" is unknown, try "ip help".
=   rip lnk
=       ^^^
rip -o link set d0 master nosuch 2>&1
=? 255
= Error: argument "nosuch" is wrong: Device does not exist
=   rip -o link set d0 master nosuch
=                             ^^^^^^
rip link add x type nosuchkind 2>&1
=? 2
= Error: Unknown device type.
=   rip link add x type nosuchkind
=                  ^^^^ ^^^^^^^^^^
rip addr show dev d9 2>&1
=? 1
= Device "d9" does not exist.
=   rip addr show dev d9
=                     ^^
rip link set d0 address zz 2>&1
=? 1
= "zz" is invalid lladdr.
=   rip link set d0 address zz
=                           ^^
rip link set d0 arp maybe 2>&1
=? 1
= Error: argument of "arp" must be "on" or "off", not "maybe"
=   rip link set d0 arp maybe
=                       ^^^^^
rip link set dev "$(printf 'd0\033[31m')" up 2>&1
=? 1
= Cannot find device "d0\x1b[31m"
=   rip link set dev 'd0\x1b[31m' up
=                    ^^^^^^^^^^^^
