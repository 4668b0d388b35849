# XDP programs from object files: which one is taken, and what is said of one that the kernel refuses.
@ guest
! cp $NAMES/../bpf/*.o .
! echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6
! ip link add d0 address 02:00:00:00:00:01 type veth peer name d1 address 02:00:00:00:00:02
! head -c 300 pass.o >cut.o; echo hello >text.o; : >empty.o
! name() { ip link show d0 | grep -o 'name .*' | sed 's/ $//'; ip link set d0 xdpgeneric off; }
ip link set d0 xdpgeneric object pass.o; name
ip link set d0 xdpgeneric obj pass.o section xdp; name
ip link set d0 xdpgeneric object-file pass.o sec prog; name
ip link set d0 xdpgeneric object pass.o program drop; name
ip link set d0 xdpgeneric object pass.o program other; name
ip link set d0 xdpgeneric object pass.o section xdp program other; name
ip link set d0 xdpgeneric object pass.o section xdp up; name
ip link set d0 xdpgeneric object bad.o section xdp/ok; name
ip link set d0 xdpgeneric object bad.o program good; name
~ ip link set d0 xdpgeneric object pass.o section xdp verbose; name
ip link set d0 xdpgeneric object bad.o section xdp; name
ip link set d0 xdpdrv object pass.o section xdp; name
ip link set d0 xdp off
ip link set d0 xdp object pass.o section xdp
ip link set d0 xdp object pass.o section xdp
ip -force link set d0 xdp object pass.o section prog
name
ip link set d0 xdp off
# With a map whose types are in the file (BTF), and with global variables, which lie in maps of their own.
ip link set d0 xdpgeneric object maps.o section xdp; name
ip link set d0 xdp object maps.o program count; name; ip link set d0 xdp off
# Maps without types.
ip link set d0 xdpgeneric object legacy.o section xdp
ip link set d0 xdpgeneric object legacy.o section nosuch
# Bad values.
ip link set d0 xdpgeneric object pass.o section nosuch
ip link set d0 xdpgeneric object pass.o program nosuch
ip link set d0 xdpgeneric object bad.o
~ ip link set d0 xdpgeneric object pass.o program other section prog
ip link set d0 xdpgeneric object nosuch.o
ip link set d0 xdpgeneric object cut.o
ip link set d0 xdpgeneric object text.o
ip link set d0 xdpgeneric object empty.o
ip link set d0 xdpgeneric object .
ip link set d0 xdp object
ip link set d0 xdp object pass.o section
ip link set d0 xdp object pass.o program
ip link set nosuch xdp object pass.o section xdp
~ setpriv --bounding-set -all ip link set d0 xdp object pass.o section xdp
name
printf 'link set d0 xdp object pass.o section xdp\n' | rip -atomic -b - 2>&1 | head -1
= Error: -atomic: an XDP program cannot be attached again.
