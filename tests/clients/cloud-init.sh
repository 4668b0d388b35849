# cloud-init: what it reads of devices and routes, and its temporary network.
ip link set lo up
ip link add eth0 address 02:00:00:00:00:01 type veth peer name up0 address 02:00:00:00:00:02; ip link set up0 up; ip link set eth0 up
ip addr add 192.0.2.5/24 brd + dev eth0; ip addr add 2001:db8::5/64 dev eth0 nodad; ip route add default via 192.0.2.1; ip -6 route add default via 2001:db8::1
export PYTHONPATH=$C/usr/lib/python3/dist-packages
/usr/bin/python3 - <<'P'
from cloudinit import netinfo, subp
import json
print(json.dumps(netinfo.netdev_info(), sort_keys=True, indent=1))
print(json.dumps(netinfo.route_info(), sort_keys=True, indent=1))
print(netinfo.debug_info())
from cloudinit.net.ephemeral import EphemeralIPv4Network
P
echo "exit $?"
/usr/bin/python3 - <<'P'
from cloudinit.net.ephemeral import EphemeralIPv4Network
from cloudinit import subp
with EphemeralIPv4Network("eth0", "198.51.100.4", "255.255.255.0", "198.51.100.255", router="198.51.100.1", static_routes=[("203.0.113.0/24", "198.51.100.1")]):
    print(subp.subp(["ip", "route"])[0])
print(subp.subp(["ip", "route"])[0])
P
echo "exit $?"
