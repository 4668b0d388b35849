# What follows the first line of an error: the command line, carets under the words that are meant, hints.
! ip link add d0 address 02:00:00:00:00:01 type veth peer name d1 address 02:00:00:00:00:02
ip addr add 10.0.0.1/24 dev d0 scope bogus 2>&1
=? 255
= Error: argument "bogus" is wrong: invalid scope value.
=   ip addr add 10.0.0.1/24 dev d0 scope bogus
=                                        ^^^^^
ip addr add 10.0.0.300/24 dev d0 2>&1
=? 1
= Error: any valid prefix is expected rather than "10.0.0.300/24".
=   ip addr add 10.0.0.300/24 dev d0
=               ^^^^^^^^^^^^^
ip addr add 10.0.0.1/24 dev nosuch 2>&1
=? 1
= Cannot find device "nosuch"
=   ip addr add 10.0.0.1/24 dev nosuch
=                               ^^^^^^
ip addr add 10.0.0.1/24 dev 2>&1
=? 255
= Command line is not complete. Try option "help"
=   ip addr add 10.0.0.1/24 dev
=                               ^
ip addr add 10.0.0.1/24 2>&1
=? 1
= Not enough information: "dev" argument is required.
=   ip addr add 10.0.0.1/24
=                           ^
ip addr add 10.0.0.1/24 dev d0 metric x 2>&1
=? 255
= Error: argument "x" is wrong: "metric" value is invalid
=   ip addr add 10.0.0.1/24 dev d0 metric x
=                                         ^
ip addr add 10.0.0.1/24 brd 10.0.0.255 brd 10.0.0.255 dev d0 2>&1
=? 255
= Error: duplicate "broadcast": "10.0.0.255" is the second value.
=   ip addr add 10.0.0.1/24 brd 10.0.0.255 brd 10.0.0.255 dev d0
=                           ^^^ ^^^^^^^^^^ ^^^ ^^^^^^^^^^
ip link set d0 mtu 1 mtu 2 2>&1
=? 255
= Error: duplicate "mtu": "2" is the second value.
=   ip link set d0 mtu 1 mtu 2
=                  ^^^ ^ ^^^ ^
ip link set d0 mtu 10 2>&1
=? 2
= Error: mtu less than device minimum.
=   ip link set d0 mtu 10
=                  ^^^ ^^
ip link set d0 nosuchword 2>&1
=? 255
= Error: either "dev" is duplicate, or "nosuchword" is garbage.
=   ip link set d0 nosuchword
=               ^^ ^^^^^^^^^^
ip link sett d0 2>&1
=? 255
= Command "sett" is unknown, try "ip link help".
=   ip link sett d0
=           ^^^^
ip lnk 2>&1
=? 1
= Object "lnk" is unknown, try "ip help".
=   ip lnk
=      ^^^
ip -o link set d0 master nosuch 2>&1
=? 255
= Error: argument "nosuch" is wrong: Device does not exist
=   ip -o link set d0 master nosuch
=                            ^^^^^^
ip link add x type nosuchkind 2>&1
=? 2
= Error: Unknown device type.
=   ip link add x type nosuchkind
=                 ^^^^ ^^^^^^^^^^
ip addr show dev d9 2>&1
=? 1
= Device "d9" does not exist.
=   ip addr show dev d9
=                    ^^
ip link set d0 address zz 2>&1
=? 1
= "zz" is invalid lladdr.
=   ip link set d0 address zz
=                          ^^
ip link set d0 arp maybe 2>&1
=? 1
= Error: argument of "arp" must be "on" or "off", not "maybe"
=   ip link set d0 arp maybe
=                      ^^^^^
ip link set dev "$(printf 'd0\033[31m')" up 2>&1
=? 1
= Cannot find device "d0\x1b[31m"
=   ip link set dev 'd0\x1b[31m' up
=                   ^^^^^^^^^^^^
