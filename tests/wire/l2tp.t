# L2TPv3 tunnels and sessions.
@ stand-in l2tp
< l2tp 4 2=0000 7=03 9=01000000 10=02000000 13=00 24=0a000001 25=0a000002 26=8813 27=7017
< l2tp 4 2=0000 7=03 9=02000000 10=02000000 13=01 24=0a000001 25=0a000002 26=8813 27=7017
< l2tp 4 2=0100 7=03 9=03000000 10=04000000 24=0a000001 25=0a000002
< l2tp 4 2=0100 7=03 9=05000000 10=06000000 31=20010db8000000000000000000000001 32=20010db8000000000000000000000002
< l2tp 4 2=0000 7=03 9=07000000 10=08000000 26=8813 27=7017 31=20010db8000000000000000000000001 32=20010db8000000000000000000000002
< l2tp 4 2=0000 7=03 9=09000000 10=08000000 26=8813 27=7017 31=20010db8000000000000000000000001 32=20010db8000000000000000000000002 33=
< l2tp 4 2=0000 7=03 9=0b000000 10=08000000 26=8813 27=7017 31=20010db8000000000000000000000001 32=20010db8000000000000000000000002 34=
< l2tp 4 2=0000 7=03 9=0d000000 10=08000000 26=8813 27=7017 31=20010db8000000000000000000000001 32=20010db8000000000000000000000002 33= 34=
< l2tp 8 1=0500 8="l2tpeth8\0" 9=01000000 10=02000000 11=01000000 12=11000000 18=00 19=00
< l2tp 8 1=0500 8="l2tpeth1\0" 9=01000000 10=02000000 11=02000000 12=12000000 18=01 19=00
< l2tp 8 1=0500 8="l2tpeth2\0" 9=01000000 10=02000000 11=03000000 12=13000000 18=00 19=01
< l2tp 8 1=0500 8="foo1\0" 9=03000000 10=04000000 11=06000000 12=05000000 15=01234567 16=0123456789abcdef 18=01 19=01 22=8813000000000000
ip l2tp add tunnel tunnel_id 1 peer_tunnel_id 2 local 10.0.0.1 remote 10.0.0.2 udp_sport 5000 udp_dport 6000
ip l2tp add tunnel tid 1 ptid 2 local 10.0.0.1 remote 10.0.0.2 encap ip udp_sport 5 udp_csum on
ip l2tp add tunnel tid 1 ptid 2 local 10.0.0.1 remote 10.0.0.2 encap udp udp_sport 5000 udp_dport 6000 udp_csum on
ip l2tp add tunnel tid 1 ptid 2 local ::1 remote ::2 udp_sport 5000 udp_dport 6000 udp_csum off
ip l2tp add tunnel tid 1 ptid 2 local ::1 remote ::2 udp_sport 5000 udp_dport 6000 udp6_csum_tx off
ip l2tp add tunnel tid 1 ptid 2 local ::1 remote ::2 udp_sport 5000 udp_dport 6000 udp6_csum_rx off udp6_csum_tx on
ip l2tp add tunnel tid 1 ptid 2 local ::1 remote ::2 encap ip udp6_csum_tx off udp6_csum_rx off
ip -4 l2tp add tunnel tid 1 ptid 2 local 10.0.0.1 remote ::2 encap ip
ip l2tp add tunnel tid 1 ptid 2 local 0.0.0.0 remote 1.2.3.4 encap ip
ip l2tp a tunnel tid 0x10 tid 010 ptid 2 local 10.0.0.1 remote 10.0.0.2 encap ip
ip l2tp add session tid 1 psid 3 sid 4
ip l2tp add session tunnel_id 1 peer_session_id 3 session_id 4 name foo0 cookie 01234567 peer_cookie 0123456789abcdef
ip l2tp add session tid 1 psid 3 sid 4 cookie ABCDEF01 ptid 9
ip l2tp add session tid 1 psid 3 sid 4 seq send l2spec_type none
ip l2tp add session tid 1 psid 3 sid 4 seq recv l2spec_type default
ip l2tp add session tid 1 psid 3 sid 4 seq BoTh l2spec_type NONE
ip l2tp add session tid 1 psid 3 sid 4 seq none
ip l2tp add session tid 1 psid 3 sid 4 offset 5 peer_offset x
ip l2tp add session tunnel tid 41 ptid 42 sid 43 psid 44 local 10.0.0.1 remote 10.0.0.2 encap ip name both0
ip l2tp del tunnel tid 1
ip l2tp delete tunnel tunnel_id 1 session_id 6
ip l2tp del session tid 1 sid 6
ip l2tp del session sid 6
ip l2tp del tunnel session tid 1 sid 8 name x
? ip l2tp show tunnel
? ip l2tp show session
? ip l2tp show tunnel tid 5
? ip l2tp show session tid 5
? ip l2tp show session sid 5
? ip l2tp show session tid 5 sid 6
? ip l2tp show tunnel session
o ip l2tp show tunnel
o ip l2tp list tunnel
o ip -o l2tp lst tunnel
o ip -j l2tp show tunnel
o ip -j -p l2tp show tunnel
o ip -c=always l2tp show tunnel
o ip l2tp show session
o ip -c=always l2tp show session
o ip -o l2tp show session
o ip -j l2tp show session
o ip -j -p l2tp show session
o ip l2tp
o ip l2tp h
o ip l2tp foo
o ip l2tp add
o ip l2tp del
o ip l2tp show
o ip l2tp add foo
o ip l2tp add tunnel hel
o ip l2tp add tid 1
o ip l2tp add tunnel
o ip l2tp add tunnel tid 1
o ip l2tp add tunnel tid 1 ptid 2
o ip l2tp add tunnel tid 1 ptid 2 local 10.0.0.1
o ip l2tp add tunnel tid 1 ptid 2 local any remote 10.0.0.1
o ip l2tp add tunnel tid 1 ptid 2 local 10.0.0.2 remote all
o ip l2tp add tunnel tid 1 ptid 2 local 10.0.0.2 remote 10.0.0.1
o ip l2tp add tunnel tid 1 ptid 2 local 10.0.0.2 remote 10.0.0.1 udp_sport 5
o ip l2tp add tunnel session tid 1
o ip l2tp add session
o ip l2tp add session tid 1
o ip l2tp add session tid 1 psid 1
o ip l2tp add session tid 1 psid 1 sid 0
o ip l2tp add tunnel tid x
o ip l2tp add tunnel tid 4294967296
o ip l2tp add tunnel tid -1
o ip l2tp add tunnel udp_sport 70000
o ip l2tp add tunnel udp_csum x
o ip l2tp add tunnel udp6_csum_rx x
o ip l2tp add tunnel udp6_csum_tx x
o ip l2tp add tunnel encap UDP
o ip l2tp add tunnel encap i
o ip l2tp add tunnel local x
o ip l2tp add tunnel name waytoolongname1234
o ip l2tp add tunnel name ""
o ip l2tp add tunnel cookie 1234567
o ip l2tp add tunnel cookie 1234567g
o ip l2tp add tunnel peer_cookie 0x123456
o ip l2tp add tunnel l2spec_type foo
o ip l2tp add tunnel seq foo
o ip l2tp add tunnel seq
o ip l2tp add tunnel offset 5
o ip l2tp add tunnel offset
o ip l2tp del tunnel
o ip l2tp del session
o ip l2tp del tunnel session
o ip l2tp del session tid 1
o ip l2tp del tid 1
o ip l2tp show tid 1
