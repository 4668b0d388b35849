# XDP programs from object files at both ends of a veth pair, as the kernel's veth selftest attaches its own: what one passes
# arrives, what one drops does not.
@ guest
@ needs ping
! cp $NAMES/../bpf/pass.o .
! ip netns add n1
! ip netns add n2
! ip -n n1 link add v0 type veth peer name v0 netns n2
! for n in 1 2; do ip -n n$n addr add 192.0.2.$n/24 dev v0; ip -n n$n link set v0 up; done
! arrives() { ip netns exec n1 ping -c 2 -i 0.2 -W 3 192.0.2.2 | grep -q '2 received'; }
! is_lost() { ip netns exec n1 ping -c 1 -W 1 192.0.2.2 | grep -q ' 0 received'; }
! arrives
! ip -n n1 link set dev v0 xdp object pass.o section xdp
! ip -n n2 link set dev v0 xdp object pass.o section xdp
! arrives
! ip -n n2 -force link set dev v0 xdp object pass.o program drop
! is_lost
! ip -n n2 link set dev v0 xdp off
! arrives
! ip -n n2 link set dev v0 xdpgeneric object pass.o program drop
! is_lost
! ip -n n2 link set dev v0 xdpgeneric off
! ip -n n1 link set dev v0 xdp off
! arrives
ip -n n1 -br link show v0 | cut -d' ' -f1
