"""Opens, uses and closes an MPTCP connection over IPv4 and one over IPv6, from and to this host."""

import socket
import time


def connection(family, address, port):
    listening = socket.socket(family, socket.SOCK_STREAM, 262)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind((address, port))
    listening.listen(1)
    client = socket.socket(family, socket.SOCK_STREAM, 262)
    client.connect((address, port))
    server, _ = listening.accept()
    client.send(b"x")
    server.recv(1)
    server.send(b"y")
    client.recv(1)
    time.sleep(0.2)
    client.close()
    time.sleep(0.2)
    server.close()
    listening.close()


connection(socket.AF_INET, "10.1.0.1", 7001)
connection(socket.AF_INET6, "::1", 7002)
