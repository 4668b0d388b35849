# ifup and ifdown of a device with a static IPv4 and an IPv6 address.
mkdir -p /etc/network/if-pre-up.d /etc/network/if-up.d /etc/network/if-down.d /etc/network/if-post-down.d /run/network
ip link set lo up
ip link add eth0 address 02:00:00:00:00:01 type veth peer name up0; ip link set up0 up
cat > /run/interfaces <<X
iface eth0 inet static
  address 192.0.2.5
  netmask 255.255.255.0
  gateway 192.0.2.1
  metric 7
  mtu 1400
  hwaddress 02:00:00:00:00:09
iface eth0 inet6 static
  address 2001:db8::5/64
  gateway 2001:db8::1
  dad-attempts 0
X
$C/sbin/ifup -v --force -i /run/interfaces --state-dir=/run/network eth0 ; echo "ifup $?"
ip addr show eth0; ip route; ip -6 route
$C/sbin/ifdown -v --force -i /run/interfaces --state-dir=/run/network eth0; echo "ifdown $?"
ip addr show eth0
