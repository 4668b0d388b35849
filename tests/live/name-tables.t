# Name tables with several names of an id, several ids of a name, and lines that are no entries.
! ip link add v0 type veth peer name v1
! ip link set v0 up
! ip link set v1 up
! ip addr add 10.0.0.1/24 dev v0
! mkdir -p /etc/iproute2

# Tables and groups keep every name of an id; the last one is printed.
! printf '200 wan\n200 isp1\n' >/etc/iproute2/rt_tables
ip rule add lookup wan pref 10
ip rule add lookup isp1 pref 11
ip rule show
ip -j rule show table wan
! printf '254 mymain\n' >/etc/iproute2/rt_tables
ip route show table main
ip route show table mymain
ip rule show
! printf '7 lan\n7 in\n' >/etc/iproute2/group
ip link set v0 group lan
ip link show group lan | grep -o 'group [a-z]*'
ip link set v0 group in
ip link show group in | grep -o 'group [a-z]*'
! printf '0 zero\n' >/etc/iproute2/group
ip link set v0 group default
ip link show v0 | grep -o 'group [a-z]*'

# A name of several ids is the first of the lowest hash bucket; in one bucket, the last read.
! printf '200 wan\n201 wan\n' >/etc/iproute2/rt_tables
ip rule add lookup wan pref 12
ip -N rule show pref 12
! printf '201 wan\n200 wan\n' >/etc/iproute2/rt_tables
ip rule add lookup wan pref 13
ip -N rule show pref 13
! printf '200 wan\n456 wan\n' >/etc/iproute2/rt_tables
ip rule add lookup wan pref 14
ip -N rule show pref 14
! printf '456 wan\n200 wan\n201 wan\n' >/etc/iproute2/rt_tables
ip rule add lookup wan pref 15
ip -N rule show pref 15
! printf '300 wan\n200 wan\n' >/etc/iproute2/rt_tables
ip rule add lookup wan pref 16
ip -N rule show pref 16
! printf '5 foo\n261 foo\n4 foo\n260 foo\n' >/etc/iproute2/group
ip link set v0 group foo
ip -N link show v0 | grep -o 'group [a-z0-9]*'

# Ids beyond 32 bits are cut, negative ones are passed over, and reading goes on.
! printf -- '4294967297 big\n-5 neg\n99999999999999999999 huge\n0x1ffffffff hex\n3000000000 far\n99 y\n' >/etc/iproute2/rt_tables
ip rule add lookup y pref 20
ip rule add lookup big pref 21
ip rule add lookup neg pref 22
ip rule add lookup huge pref 22
ip rule add lookup hex pref 22
ip rule add lookup far pref 22
ip -N rule show
# A name that is not UTF-8 is taken as it is and as it is shown; 7.3 prints it raw.
! printf '77 t\351st\n' >/etc/iproute2/rt_tables
ip route add 10.77.0.0/16 dev v0 table "$(printf 't\351st')"
ip route show table "$(printf 't\351st')"
rip route show table 't\xe9st'
= 10.77.0.0/16 dev v0 scope link 
! ip rule add table 77 pref 25
rip rule show pref 25
= 25:	from all lookup t\xe9st
! ip rule del pref 25
{ ip -j route show table all
! ip route del 10.77.0.0/16 table 77
! printf '12abc odd\n0X14 q\n+14 p\n014 dec\n15 #hash\n16 #\n17 c extra\n' >/etc/iproute2/rt_tables
ip rule add lookup abc pref 23
ip rule add lookup odd pref 24
ip rule add lookup X14 pref 24
ip rule add lookup p pref 25
ip rule add lookup dec pref 26
ip rule add lookup '#hash' pref 27
ip rule add lookup '#' pref 28
ip rule add lookup c pref 29
ip -N rule show
# What is no entry ends the file.
! printf '14 fine\nx y\n15 after\n' >/etc/iproute2/rt_tables
ip rule add lookup fine pref 30
ip rule add lookup after pref 31
! printf '14 fine\n18\n19 z\n' >/etc/iproute2/rt_tables
ip rule add lookup z pref 31
! (printf '7 '; head -c 600 /dev/zero | tr '\0' a; printf '\n9 q\n') >/etc/iproute2/rt_tables
ip rule add lookup q pref 31
! (printf '7 '; head -c 505 /dev/zero | tr '\0' a; printf '9 r\n9 q\n') >/etc/iproute2/rt_tables
ip rule add lookup q pref 32
ip rule add lookup r pref 33
! printf '9 \xff\xfe\n10 r\n' >/etc/iproute2/rt_tables
ip rule add lookup r pref 33
! rm /etc/iproute2/rt_tables

# Everything else has one name an id, up to 255, and a name is the lowest id that has it.
! printf '300 foo\n5 foo\n4 foo\n7 bar\n7 baz\n-3 neg\n256 big\n' >/etc/iproute2/rt_protos
ip route add 10.1.0.0/16 dev v0 proto foo
ip route add 10.2.0.0/16 dev v0 proto bar
ip route add 10.3.0.0/16 dev v0 proto baz
ip route add 10.4.0.0/16 dev v0 proto big
ip route add 10.4.0.0/16 dev v0 proto neg
ip -N route show
ip route show proto foo
ip nexthop add id 1 dev v0 proto bar
ip nexthop add id 2 dev v0 proto foo
ip nexthop show
ip rule add pref 40 protocol bar
ip rule add pref 41 protocol foo
ip rule show pref 41
ip neigh add 10.0.0.9 dev v0 lladdr 2:0:0:0:0:1 protocol bar
ip neigh add 10.0.0.8 dev v0 lladdr 2:0:0:0:0:1 protocol foo
ip neigh show 10.0.0.8
! printf '300 foo\n5 foo\n4 foo\n7 bar\n7 baz\n253 mylink\n' >/etc/iproute2/rt_scopes
ip route add 10.5.0.0/16 dev v0 scope foo
ip route add 10.6.0.0/16 dev v0 scope bar
ip route add 10.7.0.0/16 dev v0 scope baz
ip route add 10.8.0.0/16 dev v0 scope link
ip route show scope mylink
ip route show
! printf '300 foo\n5 foo\n4 foo\n7 bar\n7 baz\n0 nix\n' >/etc/iproute2/rt_realms
ip route add 10.11.0.0/16 dev v0 realm foo
ip route add 10.12.0.0/16 dev v0 realm bar
ip route add 10.13.0.0/16 dev v0 realm baz/foo
ip route add 10.14.0.0/16 dev v0 realm unknown/foo
ip route show realm foo
ip route show
! printf '0x10 foo\n0x08 foo\n0x20 bar\n0x20 baz\n0x1ff big\n16 hm\n' >/etc/iproute2/rt_dsfield
ip route add 10.21.0.0/16 dev v0 tos foo
ip route add 10.22.0.0/16 dev v0 tos bar
ip route add 10.23.0.0/16 dev v0 tos baz
ip route add 10.24.0.0/16 dev v0 tos hm
ip route add 10.24.0.0/16 dev v0 tos big
ip -N route show
ip rule add dscp foo pref 50
ip rule add dscp baz pref 51
ip rule show pref 50
! printf '5 foo\n4 foo\n7 bar\n7 baz\n300 big\n2 mine\n' >/etc/iproute2/rt_addrprotos
ip addr add 10.31.0.1/24 dev v1 proto foo
ip addr add 10.32.0.1/24 dev v1 proto bar
ip addr add 10.33.0.1/24 dev v1 proto baz
ip addr add 10.34.0.1/24 dev v1 proto kernel_ra
ip addr add 10.35.0.1/24 dev v1 proto big
ip -4 addr show dev v1 | grep inet
# protodown_reasons has no file of its own, only the folder.
! printf '7 baz\n' >/etc/iproute2/protodown_reasons
ip link set v0 protodown_reason baz on
! mkdir -p /etc/iproute2/protodown_reasons.d
! printf '5 foo\n7 bar\n7 baz\n40 forty\n' >/etc/iproute2/protodown_reasons.d/a.conf
ip link set v0 protodown_reason foo on
ip link set v0 protodown_reason bar on
ip link set v0 protodown_reason forty on
ip link set v0 protodown_reason 40 on
