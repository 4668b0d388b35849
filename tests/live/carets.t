# What follows the first line of an error: the command line, carets under the words that are meant, hints.
! ip link add d0 address 02:00:00:00:00:01 type veth peer name d1 address 02:00:00:00:00:02
rip addr add 10.0.0.1/24 dev d0 scope bogus 2>&1
rip addr add 10.0.0.300/24 dev d0 2>&1
rip addr add 10.0.0.1/24 dev nosuch 2>&1
rip addr add 10.0.0.1/24 dev 2>&1
rip addr add 10.0.0.1/24 2>&1
rip addr add 10.0.0.1/24 dev d0 metric x 2>&1
rip addr add 10.0.0.1/24 brd 10.0.0.255 brd 10.0.0.255 dev d0 2>&1
rip link set d0 mtu 1 mtu 2 2>&1
rip link set d0 mtu 10 2>&1
rip link set d0 nosuchword 2>&1
rip link sett d0 2>&1
rip lnk 2>&1
rip -o link set d0 master nosuch 2>&1
rip link add x type nosuchkind 2>&1
rip addr show dev d9 2>&1
rip link set d0 address zz 2>&1
rip link set d0 arp maybe 2>&1
rip link set dev "$(printf 'd0\033[31m')" up 2>&1
