# Global options, objects and their abbreviations, exit codes.
! echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6
! ip link add d0 address 02:00:00:00:00:01 type veth peer name d1 address 02:00:00:00:00:02
! ip link set d0 up
! ip link set d1 up
! ip addr add 10.0.0.1/24 dev d0
ip
ip help
ip h
ip -help
ip -he
ip --help
ip foo
ip -foo
ip -jp link
ip -ss link
ip -e link
ip -V | cut -c1-21
ip -Version | cut -c1-21
ip -4
ip -4 -6 addr
ip -6 -4 addr
ip -f inet addr
ip -f inet6 addr
ip -f link link
ip -f nosuch addr
ip -f unspec addr
ip -family
ip -oneline addr
ip -o a
ip --oneline link
ip -json addr
ip --json addr
ip -js addr
ip -pretty -json addr
ip -p addr
ip -br addr
ip -brief link
ip -br a
ip -br -4 a
ip -br -j a
ip -br -j l
ip -br -o a
ip -br -d l
ip -br -s l
ip -details link show d0
ip -det link show d0
ip -stats link show d0
ip -statistics link show d0
ip -s -s link show d0
ip -h -s link show d0
ip -human -s link show d0
ip -human-readable -s link show lo
ip -h -iec -s link show d0
ip -iec -s link show d0
ip -s -h -j link show d0
ip -N addr
ip -Numeric link
ip -N route
ip -r addr show lo
ip -l 5 link show lo
ip -loops x link show lo
ip -c addr
ip -color addr
ip -c=always addr
ip -c=auto addr
ip -c=never addr
ip -color=always -br addr
ip -c=nosuch addr
ip -c route
ip -c -j addr
ip -c -o link
ip -c -br link
env COLORFGBG='0;15' ip -c=always link show lo
env NO_COLOR=1 ip -c link show lo
env NO_COLOR=1 ip link show lo
ip -rcvbuf 65536 link show lo
ip -rc x link show lo
ip -t link show lo
ip -ts link show lo
ip -a link show lo
ip -echo link show lo
ip -- link show lo
ip - link show lo
ip -n nosuch link
ip -b /nonexistent
ip a
ip ad show
ip addr s
ip address sh lo
ip addr lis lo
ip l
ip li show lo
ip lin sh lo
ip r
ip ro
ip rou li
ip route lst
ip l s d0 mtu 1400
ip l sh d0
ip ns
ip lo
ip addresses
ip link show d0 extra
ip a d 10.0.0.1/24 dev d0
ip a a 10.0.0.2/24 dev d0
ip a c 10.0.0.2/24 dev d0
ip a r 10.0.0.2/24 dev d0
ip a f dev d0
ip r s
ip r l
ip r g 127.0.0.1
ip netn
ip tunt
ip ta
ip '' link
ip link ''
ip link show ''
ip addr show dev ''
ip link show > /dev/full
=? 2
=2 write error: No space left on device
