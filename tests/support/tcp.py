"""Talks TCP between addresses of this host, so that the kernel has metrics of them: 10.5.0.1 and 10.5.0.2, 2001:db8::1 and ::2 on lo.
With the word `fastopen`, also by TCP Fast Open (net.ipv4.tcp_fastopen must be 3)."""
import socket
import subprocess
import sys
import threading
import time


def talk(family, a, b, port, fast=False):
    server = socket.socket(family)
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    server.bind((b, port))
    if fast:
        server.setsockopt(socket.IPPROTO_TCP, socket.TCP_FASTOPEN, 5)
    server.listen()
    client = socket.socket(family)
    client.bind((a, 0))
    if fast:
        client.sendto(b"x", socket.MSG_FASTOPEN, (b, port))
    else:
        client.connect((b, port))
    peer, _ = server.accept()

    def echo():
        while peer.recv(65536):
            peer.sendall(b"ok")

    thread = threading.Thread(target=echo)
    thread.start()
    for _ in range(30):
        client.sendall(b"x" * 2000)
        client.recv(100)
    client.close()
    thread.join()
    peer.close()
    server.close()


PAIRS = [
    (socket.AF_INET, "10.5.0.1", "10.5.0.2", 5001, False),
    (socket.AF_INET6, "2001:db8::1", "2001:db8::2", 5002, False),
]
if "fastopen" in sys.argv:
    PAIRS.append((socket.AF_INET, "10.5.0.1", "10.5.0.3", 5003, True))


def known():
    """The destinations and sources whose round trip times the kernel has."""
    shown = subprocess.run(["ip", "tcp_metrics"], capture_output=True, text=True, check=True).stdout
    lines = [line.split() for line in shown.splitlines() if " rtt " in line]
    return {(words[0], words[-1]) for words in lines}


# The kernel stores them once both ends have seen the end of a connection, after close() has returned; a connection that had to
# send something again, on a busy machine, leaves no round trip time.
for _ in range(20):
    for pair in PAIRS:
        talk(*pair)
    wanted = {ends for _, a, b, _, _ in PAIRS for ends in ((a, b), (b, a))}
    until = time.monotonic() + 1
    while time.monotonic() < until and not wanted <= known():
        time.sleep(0.05)
    if wanted <= known():
        break
else:
    sys.exit("the kernel has no metrics of %s" % sorted(wanted - known()))
