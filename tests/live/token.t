# The object `token`.
@ needs jq
! ip link add v0 index 50 address 02:00:00:00:00:10 type veth peer name v1 index 51 address 02:00:00:00:00:11
! ip link add br0 index 52 address 02:00:00:00:00:20 type bridge
ip token set ::5 dev v0
# A device without router solicitations takes no token.
! for d in v0 v1 br0; do echo 3 >/proc/sys/net/ipv6/conf/$d/router_solicitations; done
! for d in v0 v1 lo; do ip link set $d up; done
* ip token
* ip token list
ip token list dev v0
ip token get dev v0
ip token get
ip token g dev v0
ip token list dev lo
ip -j token get dev lo
ip token list foo
ip token list foo dev v0
ip token list dev v0 dev nosuch
ip token get help dev v0
ip token list dev
ip token list dev nosuch
ip token set ::5 dev v0
ip token
ip token set ::6/64 dev v0
ip token add dev v0 2001:db8::7
ip -4 token set ::8 dev v1
* ip token
ip token set ::7 ::8 dev v0
ip token set ::9 zz dev v0 dev nosuch
ip token set default dev v1
ip token
ip token del dev v0
ip token set ::5 dev v0
ip token delete foo dev v0 dev nosuch
ip token
# Bad values.
ip token set dev v0
ip token set ::5
ip token set
ip token set zz dev v0
ip token set 10.0.0.1 dev v0
ip token set ::5/129 dev v0
ip token set any dev v0
ip token set ::9 dev nosuch
ip token set dev nosuch ::9
ip token set ::5 dev lo
ip token set ::5 dev
ip token set ::5 dev br0
ip token del
ip token del foo
ip token del dev nosuch
ip token del dev lo
ip token dev v0
ip token nosuch
ip token set ::5 dev v0 help
ip token
printf 'token set ::9 dev v0\ntoken set ::9 dev lo\ntoken list dev v0\n' | ip -force -b -
rip -dry-run -j token set ::5 dev v0 | jq -r '.. | .name? // empty' | sort -u
= AF_SPEC_INET6
= IFLA_AF_SPEC
= IFLA_INET6_TOKEN
= RTM_SETLINK
printf 'token set ::77 dev v0\ntoken set ::9 dev lo\n' | rip -atomic -b - 2>/dev/null; ip token get dev v0
= token ::9 dev v0
