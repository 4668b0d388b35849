"""Talks TCP between addresses of this host, so that the kernel has metrics of them: 10.5.0.1 and 10.5.0.2, 2001:db8::1 and ::2 on lo.
With the word `fastopen`, also by TCP Fast Open (net.ipv4.tcp_fastopen must be 3)."""
import socket
import sys
import threading


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


talk(socket.AF_INET, "10.5.0.1", "10.5.0.2", 5001)
talk(socket.AF_INET6, "2001:db8::1", "2001:db8::2", 5002)
if "fastopen" in sys.argv:
    talk(socket.AF_INET, "10.5.0.1", "10.5.0.3", 5003, fast=True)
