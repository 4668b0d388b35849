# Tunnels over FOU, over IPv4 and IPv6, made by `rip` alone in two namespaces, carry packets.
@ guest
@ needs ping
! ip netns add n1; ip netns add n2
! ip -n n1 link add v0 type veth peer name v0 netns n2
! for n in 1 2; do ip -n n$n addr add 192.0.2.$n/24 dev v0; ip -n n$n link set v0 up; ip -n n$n link set lo up; done
! for n in 1 2; do ip -n n$n fou add port 5555 ipproto ipencap; ip -n n$n fou add port 5556 gue; done
! for n in 1 2; do ip -n n$n link add t0 type ipip remote 192.0.2.$((3-n)) local 192.0.2.$n encap fou encap-sport auto encap-dport 5555; done
! for n in 1 2; do ip -n n$n link add t1 type ipip remote 192.0.2.$((3-n)) local 192.0.2.$n ttl 9 encap gue encap-sport 5556 encap-dport 5556; done
! for n in 1 2; do for t in 0 1; do ip -n n$n addr add 10.$t.0.$n/30 dev t$t; ip -n n$n link set t$t up; done; done
! ip netns exec n1 ping -c 2 -i 0.2 -W 3 10.0.0.2 | grep -q '2 received'
ip -n n2 fou show
# Without the port nothing comes.
! ip -n n2 fou del port 5555
! ip netns exec n1 ping -c 1 -W 1 10.0.0.2 | grep -q '0 received'
! ip -n n2 fou add port 5555 ipproto 4
! ip netns exec n1 ping -c 1 -W 3 10.0.0.2 | grep -q '1 received'
