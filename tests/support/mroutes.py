"""Makes multicast routes, as a routing daemon would, and keeps them until it is killed: three IPv4 and two IPv6 ones between the
devices v0, v1 and br0. Constants and structures: linux/mroute.h, linux/mroute6.h."""
import os
import socket
import struct
import time

INIT, ADD_VIF, ADD_MFC = 200, 202, 204
DEVICES = [socket.if_nametoindex(d) for d in ("v0", "v1", "br0")]

four = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_IGMP)
four.setsockopt(socket.IPPROTO_IP, INIT, struct.pack("i", 1))
for i, index in enumerate(DEVICES):
    use_index = 8
    four.setsockopt(socket.IPPROTO_IP, ADD_VIF, struct.pack("HBBIi4s", i, use_index, 1, 0, index, bytes(4)))
for source, group, parent, ttls in [
    ("10.0.0.9", "224.1.1.1", 0, [0, 1, 5]),
    ("10.0.0.10", "224.1.1.2", 1, [3, 0, 0]),
    ("10.1.0.10", "239.1.1.2", 2, [3, 1, 0]),
]:
    head = socket.inet_aton(source) + socket.inet_aton(group) + struct.pack("H", parent)
    four.setsockopt(socket.IPPROTO_IP, ADD_MFC, head + bytes(ttls).ljust(32, b"\0") + bytes(18))

six = socket.socket(socket.AF_INET6, socket.SOCK_RAW, socket.IPPROTO_ICMPV6)
six.setsockopt(socket.IPPROTO_IPV6, INIT, struct.pack("i", 1))
for i, index in enumerate(DEVICES):
    six.setsockopt(socket.IPPROTO_IPV6, ADD_VIF, struct.pack("HBBHI", i, 0, 1, index, 0))


def address(text):
    return struct.pack("HHI16sI", socket.AF_INET6, 0, 0, socket.inet_pton(socket.AF_INET6, text), 0)


for source, group, parent, out in [("2001:db8::9", "ff0e::1", 0, [1, 2]), ("2001:db8:1::9", "ff0e::2", 1, [0])]:
    bits = sum(1 << i for i in out)
    six.setsockopt(
        socket.IPPROTO_IPV6, ADD_MFC, address(source) + address(group) + struct.pack("Hxx8I", parent, bits, *[0] * 7)
    )

# The tests end with their namespace's first process; nothing is left behind should that fail.
time.sleep(float(os.environ.get("SECONDS_TO_LIVE", "60")))
