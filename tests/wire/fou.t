# FOU and GUE ports.
@ stand-in fou
< fou 3 1=15b3 2=02 3=04 4=01 6=00000000 8=00000000 10=0000 11=00000000
< fou 3 1=15b4 2=02 4=02 6=0a000001 8=0a000002 10=004d 11=01000000
< fou 3 1=15b5 2=0a 4=02 7=20010db8000000000000000000000001 9=20010db8000000000000000000000002 10=0009
< fou 3 1=15b6 2=0a 3=11 4=01 7=00000000000000000000000000000000
< fou 3 1=15b7 3=11
ip fou add port 5555 ipproto 4
ip fou add port 5555 ipproto ipencap
ip fou add port 0x10 ipproto 010
ip fou add port 5556 gue
ip fou add port 5556 gue gue port 5557
ip -6 fou add port 5558 gue
ip fou add -6 port 5559 gue
ip -4 fou add port 5559 -6 gue
ip fou add port 5560 gue local 10.0.0.1
ip fou add port 5560 gue local any
ip fou add port 5560 gue local default
ip fou add port 5561 gue local 10.0.0.1 peer 10.0.0.2 peer_port 77 dev lo
ip fou add port 5562 ipproto udp local 2001:db8::1 peer 2001:db8::2 peer_port 77 dev lo -6
ip fou add pe 10.0.0.2 p 5573 g peer_ 8 l 10.0.0.1 d lo
ip -6 fou a ippr 41 po 7 lo all
ip -M fou add port 5 gue
ip -0 fou add port 5 gue local 01:02:03:04:05:06
ip fou del port 5555
ip fou delete port 5555 gue
ip fou del port 5561 local 10.0.0.1 peer 10.0.0.2 peer_port 77 dev lo
ip fou del port 5558 -6
ip fou del port 5558 ipproto 7
? ip fou show
o ip fou show
o ip -o fou show
o ip -s -d fou show
o ip -j fou show
o ip -j -p fou show
o ip -c=always fou sh
o ip fou show x
o ip fou list
o ip fou
o ip fou he
o ip fou add help
o ip fou add foo
o ip fou add port
o ip fou add port 0
o ip fou add port 65536
o ip fou add port 5 ipproto 0
o ip fou add port 5 ipproto 256
o ip fou add port 5 ipproto nosuch
o ip fou add peer_port 0
o ip fou add dev nosuch foo
o ip fou add dev a/b foo
o ip fou add dev waytoolongname1234
o ip fou add port 5 gue local x
o ip fou add port 5 gue local 2001:db8::1
o ip fou add port 5 gue -6 local 10.0.0.1
o ip -M fou add port 5 gue local 10.0.0.1
o ip fou add port 5 gue local 10.0.0.1/24
# ip sends half of the request all the same.
ip fou add
>
o ip fou add local x
> error fou: missing port
> exit 255
o ip fou add local x port 1
> error fou: must set ipproto or gue
> exit 255
o ip fou add port 1 gue ipproto 4
> error fou: cannot set ipproto and gue
> exit 255
o ip fou del port 1 peer 10.0.0.1
> error fou: both peer and peer port must be set
> exit 255
o ip fou del
> error fou: missing port
> exit 255
