# -batch: lines, comments, continuations, failures.
@ also user
! echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6
! ip link add d0 address 02:00:00:00:00:01 type veth peer name d1 address 02:00:00:00:00:02
printf 'link set d0 up\nlink set d1 up\naddr add 10.0.0.1/24 dev d0\n' | ip -b -
ip addr show
printf 'addr show d0\nlink show d1\n' > f; ip -b f
printf '# comment\n\n   \naddr add 10.0.1.1/24 dev d0 # tail\n' | ip -batch -
printf 'addr add 10.0.2.1/24 \\\n dev d0\naddr show d0\n' | ip -b -
printf 'link set d0 alias "two words"\nlink show d0\n' | ip -b -
printf "link set d0 alias 'it is'\nlink show d0\n" | ip -b -
printf 'link set d0 alias "open\n' | ip -b -
printf 'link set d0 alias "a#b"\n' | ip -b -
printf 'addr add 10.0.3.1/24 dev d0\naddr add 10.0.3.1/24 dev d0\naddr add 10.0.4.1/24 dev d0\n' | ip -b -
ip addr show d0
printf 'addr add 10.0.3.1/24 dev d0\naddr add 10.0.4.1/24 dev d0\n' | ip -force -b -
ip addr show d0
printf 'addr add 10.0.3.1/24 dev d0\n' > f; ip -b f
printf 'bogus\n' | ip -b -
printf 'bogus\nlink show lo\n' | ip -force -b -
# A word that is wrong ends a batch, with -force, too: so it is in iproute2, and under its name.
printf 'link bogus\nlink show lo\n' | ip -b -
printf 'link show lo\nlink bogus\nlink show lo\n' | ip -force -b -
printf 'link set d0 mtu x\nlink show lo\n' | ip -force -b -
printf 'neigh add\nlink show lo\n' | ip -force -b -
printf 'addr help\nlink show lo\n' | ip -force -b - 2>/dev/null
# Under its own name the batch names the line of every failure, goes on with -force, and ends with 1.
printf 'link bogus\nlink show lo\n' | rip -b -
=2 Command "bogus" is unknown, try "ip link help".
=? 1
printf 'link bogus\nlink show lo\n' | rip -force -b - 2>&1 | grep -c -e 'Command failed -:1' -e '^1: lo:'
= 2
=2 
=? 0
printf 'link set nosuch up\nlink show lo\n' | ip -b -
printf 'link set nosuch up\nlink show lo\n' | ip -fo -b -
printf 'ip link show lo\n' | ip -b -
printf -- '-4 addr show\n' | ip -b -
printf 'addr show d0\nlink show lo\n' | ip -j -b -
printf 'addr show d0\nlink show lo\n' | ip -j -p -b -
printf 'addr show d0\nlink show lo\n' | ip -o -b -
printf 'addr show d0\naddr show d1\n' | ip -br -b -
printf 'addr show d0\nroute show\n' | ip -4 -b -
printf 'route add 10.50.0.0/16 dev d0\nroute add 10.51.0.0/16 via 10.0.0.2\nroute show\nroute del 10.50.0.0/16\nroute show\n' | ip -b -
printf 'netns add n1\nnetns exec n1 ip link\nnetns exec n1 false\nlink show lo\n' | ip -b -
printf '' | ip -b -
printf 'link show lo' | ip -b -
printf 'link show lo\r\n' | ip -b -
printf '\tlink\tshow   lo\n' | ip -b -
ip -b -
ip -b
ip -b nosuchfile
ip -b f link show lo
ip -batch /
