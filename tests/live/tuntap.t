# TUN and TAP devices.
@ needs python3
@ also user
@ needs tun
! echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6
ip tuntap
ip tuntap add dev tun0 mode tun
ip tuntap add dev tap0 mode tap
ip tuntap add tun1 mode tun
ip tuntap add name tun2 mode tun user 0 group 0
ip tuntap add tun3 mode tun pi
ip tuntap add tun4 mode tun one_queue vnet_hdr multi_queue
ip tap add dev tap1 mode tap user 12345 group 54321
ip tuntap add mode tun
ip tuntap
ip tuntap show
ip tuntap list
ip tunt lst
ip tap
ip -j tuntap
ip -j -p tuntap show
ip -d tuntap show
ip -d -j tuntap
ip -N tuntap
ip -o tuntap
ip link show tun0
ip -d link show tun0
ip -d link show tun2
ip -d -j link show tun3
ip -d link show tun4
ip -d -j link show tun4
ip link set tun0 up
ip addr add 10.0.0.1/24 dev tun0
ip addr show tun0
ip -j addr show tun0
ip route show
ip route add 10.0.0.0/24 dev tun0
ip tuntap add dev tun0 mode tun
ip tuntap add dev tun0 mode tap
ip tuntap add
ip tuntap add dev x
ip tuntap add dev x mode
ip tuntap add dev x mode nosuch
ip tuntap add dev x mode tun mode tap
ip tuntap add dev x mode tun user nosuchuser
ip tuntap add dev x mode tun group nosuchgroup
ip tuntap add dev x mode tun user root group root
ip tuntap add dev x dev y mode tun
ip tuntap add x y mode tun
ip tuntap add dev toolongdevicename16 mode tun
ip tuntap add dev a/b mode tun
ip tuntap add dev z mode tun junk extra
ip tuntap add help
ip tuntap del
ip tuntap del tun0
ip tuntap del dev tun0 mode tap
ip tuntap del dev tun0 mode tun
ip tuntap del dev nosuch mode tun
ip tuntap del tun1 mode tun user 0
ip tuntap d tun1 mode tun
ip tuntap bogus
ip tuntap help
ip tuntap
ip link del tun2
ip tuntap
ip tuntap del tun3 mode tun
ip -c=always tuntap
ip tuntap add dev '' mode tun
ip tuntap add . mode tun
ip tuntap add 'a%d' mode tap
ip tuntap add 'a%d' mode tap
ip tuntap add v mode tun vn pi mu
ip tuntap add g mode tap group 010 user 010
ip tuntap
# A device of a flag that netlink does not tell.
! python3 -c "import fcntl,struct; f=open('/dev/net/tun','r+b',buffering=0); fcntl.ioctl(f,0x400454ca,struct.pack('16sH22x',b'napi',0x1012)); fcntl.ioctl(f,0x400454cb,1)"
ip tuntap
ip -j tuntap
# A number that is no user's is refused, where the reference takes another.
ip tuntap add w mode tun user 4294967295
=2 invalid user "4294967295"
=? 255
ip tuntap add w mode tun user 4294967296
=2 invalid user "4294967296"
=? 255
ip tuntap add w mode tun group -5
=2 invalid group "-5"
=? 255
