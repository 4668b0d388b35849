# ifupdown's method `tunnel` and a tunnel profile of netctl, as tests/clients/fetch unpacks them.
@ guest
@ needs clients
! echo 1 >/proc/sys/net/ipv6/conf/default/addr_gen_mode; C=$TESTS/../target/clients; mount -t sysfs sys /sys 2>/dev/null || true
! for k in gre:gre0 sit:sit0 ipip:tunl0 ip6tnl:ip6tnl0 ip6gre:ip6gre0; do ip link add ${k#*:} type ${k%:*}; done
! ip link add v0 address 02:00:00:00:00:01 type veth peer name v1 address 02:00:00:00:00:02; ip link set v0 up; ip link set v1 up; ip addr add 192.0.2.1/24 dev v0; ip addr add 2001:db8::1/64 dev v0 nodad
! mkdir -p /run/network /etc/network/if-pre-up.d /etc/network/if-up.d /etc/network/if-down.d /etc/network/if-post-down.d
! printf 'iface gre1 inet tunnel\n  mode gre\n  address 10.9.0.1\n  netmask 255.255.255.252\n  dstaddr 10.9.0.2\n  local 192.0.2.1\n  endpoint 192.0.2.2\n  ttl 64\n  mtu 1400\niface ipip1 inet tunnel\n  mode ipip\n  address 10.9.1.1\n  dstaddr 10.9.1.2\n  endpoint 192.0.2.2\niface six1 inet6 v4tunnel\n  address 2001:db8:9::1\n  netmask 64\n  endpoint 192.0.2.3\n  local 192.0.2.1\n  ttl 64\n  gateway 2001:db8:9::2\n' >/run/interfaces
$C/sbin/ifup -v --force -i /run/interfaces --state-dir=/run/network gre1 2>&1
$C/sbin/ifup -v --force -i /run/interfaces --state-dir=/run/network ipip1 2>&1
$C/sbin/ifup -v --force -i /run/interfaces --state-dir=/run/network six1 2>&1
ip tunnel
ip -br addr
ip route
ip -6 route
$C/sbin/ifdown -v --force -i /run/interfaces --state-dir=/run/network gre1 ipip1 six1 2>&1
ip tunnel
! mkdir -p /etc/netctl/interfaces /etc/netctl/hooks /run/netctl; mount -t overlay lib -o lowerdir=$C/usr/lib:/usr/lib /usr/lib
! printf 'Interface=tun1\nConnection=tunnel\nMode=gre\nRemote=192.0.2.2\nLocal=192.0.2.1\nKey=1234\nIP=static\nAddress=(10.8.0.1/30)\nRoutes=(10.77.0.0/16)\n' >/etc/netctl/four
! printf 'Interface=tun2\nConnection=tunnel\nMode=sit\nRemote=192.0.2.3\nIP6=static\nAddress6=(2001:db8:8::2/64)\nSkipDAD=yes\n' >/etc/netctl/sit
! printf 'Interface=tun3\nConnection=tunnel\nMode=ip6gre\nRemote=2001:db8::2\nLocal=2001:db8::1\nIP=no\n' >/etc/netctl/six
for p in four sit six; do NETCTL_DEBUG=yes bash /usr/lib/netctl/network start $p 2>&1; echo "$p $?"; done
ip tunnel
ip -6 tunnel
ip -br addr
ip route
for p in four sit six; do NETCTL_DEBUG=yes bash /usr/lib/netctl/network stop $p 2>&1; echo "$p $?"; done
ip tunnel
