# Where ip prints values of the session before, or of none, and does not select.
@ stand-in l2tp
< l2tp 4 2=0000 7=03 9=01000000 10=02000000 13=00 24=0a000001 25=0a000002 26=8813 27=7017
< l2tp 4 2=0100 7=03 9=03000000 10=04000000 24=0a000001 25=0a000002
< l2tp 8 1=0500 8="foo1\0" 9=01000000 10=02000000 11=06000000 12=05000000 15=01234567 16=0123456789abcdef 18=01 19=01 22=8813000000000000
< l2tp 8 1=0500 8="foo2\0" 9=01000000 10=02000000 11=07000000 12=08000000 18=00 19=00
< l2tp 8 1=0500 9=03000000 10=04000000 11=07000000 12=09000000 18=00 19=00
o ip l2tp show session
> | Session 6 in tunnel 1
> |   Peer session 5, tunnel 2
> |   interface name: foo1
> |   offset 0, peer offset 0
> |   cookie 01234567  peer cookie 0123456789abcdef  reorder timeout: 5000
> |   sequence numbering: send recv
> | Session 7 in tunnel 1
> |   Peer session 8, tunnel 2
> |   interface name: foo2
> |   offset 0, peer offset 0
> |
> | Session 7 in tunnel 3
> |   Peer session 9, tunnel 4
> |   offset 0, peer offset 0
> |
> exit 0
o ip l2tp show tunnel tunnel_id 3
> | Tunnel 3, encap IP
> |   From 10.0.0.1 to 10.0.0.2
> |   Peer tunnel 4
> exit 0
o ip -j l2tp show tunnel tunnel_id 9
> | []
> exit 0
o ip -j l2tp show session session_id 7
> | [{"session_id":7,"tunnel_id":1,"peer_session_id":8,"peer_tunnel_id":2,"interface":"foo2"},{"session_id":7,"tunnel_id":3,"peer_session_id":9,"peer_tunnel_id":4}]
> exit 0
o ip -j l2tp show session tunnel_id 3
> | [{"session_id":7,"tunnel_id":3,"peer_session_id":9,"peer_tunnel_id":4}]
> exit 0
o ip -j l2tp show session tunnel_id 1 session_id 7
> | [{"session_id":7,"tunnel_id":1,"peer_session_id":8,"peer_tunnel_id":2,"interface":"foo2"}]
> exit 0
