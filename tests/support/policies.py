"""Gives a socket policies of its own (IP_XFRM_POLICY), in and out, and keeps it for so many seconds."""
import socket,struct,sys,time
s=socket.socket(socket.AF_INET,socket.SOCK_DGRAM)
sel=bytearray(56); sel[40:42]=struct.pack('=H',2)
lft=struct.pack('=8Q',2**64-1,2**64-1,2**64-1,2**64-1,0,0,0,0)
def pol(d): return bytes(sel)+lft+bytes(32)+struct.pack('=IIBBBB4x',3,0,d,0,0,0)
for d in (0,1): s.setsockopt(0,17,pol(d))
sys.stdout.write('ok\n'); sys.stdout.flush(); time.sleep(float(sys.argv[1]))
