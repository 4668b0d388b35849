# dhclient-script, as the DHCP client calls it.
ip link add eth0 address 02:00:00:00:00:01 type veth peer name up0; ip link set up0 up
export interface=eth0 new_ip_address=192.0.2.7 new_subnet_mask=255.255.255.0 new_broadcast_address=192.0.2.255 new_routers=192.0.2.1 new_dhcp_lease_time=3600
mkdir -p /etc/dhcp/dhclient-enter-hooks.d
step() { echo "== $*"; env "$@" bash $C/sbin/dhclient-script; echo "exit $?"; { ip addr show dev eth0; ip route; ip -6 route; } | sed 's/[0-9]*sec/Nsec/g'; }
step reason=PREINIT
step reason=BOUND
step reason=RENEW old_ip_address=192.0.2.7 new_ip_address=192.0.2.8 new_mtu=1400
step reason=EXPIRE old_ip_address=192.0.2.8
step reason=PREINIT6
step reason=BOUND6 new_ip6_address=2001:db8::7 new_ip6_prefixlen=128 new_preferred_life=100 new_max_life=200
step reason=DEPREF6 cur_ip6_address=2001:db8::7 cur_ip6_prefixlen=128
step reason=EXPIRE6 old_ip6_address=2001:db8::7 old_ip6_prefixlen=128
