# A tunnel whose UDP port another program has.
@ needs python3
@ explained
! ip link add vx0 type vxlan id 9 dstport 999
! ip link add vx1 type vxlan id 9 dstport 998
! python3 -c 'import socket,time; s=socket.socket(socket.AF_INET6,socket.SOCK_DGRAM); s.bind(("::",999)); time.sleep(20)' & sleep 0.5
ip link set vx0 up
=e   hint: another socket uses UDP port 999
! ip link set vx1 up
