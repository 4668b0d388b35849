# A GRE and an IPIP tunnel over IPv4, and one of each over IPv6, made by `tunnel` in two namespaces, carry packets.
@ guest
@ needs ping
! ip netns add n1
! ip netns add n2
! for n in 1 2; do ip -n n$n link add tunl0 type ipip; ip -n n$n link add gre0 type gre; ip -n n$n link add ip6tnl0 type ip6tnl; ip -n n$n link add ip6gre0 type ip6gre; done
! ip -n n1 link add v0 type veth peer name v0 netns n2
! for n in 1 2; do ip -n n$n addr add 192.0.2.$n/24 dev v0; ip -n n$n addr add 2001:db8::$n/64 dev v0 nodad; ip -n n$n link set v0 up; ip -n n$n link set lo up; done
! ip -n n1 tunnel add gre1 mode gre remote 192.0.2.2 local 192.0.2.1 key 7 csum seq ttl 64
! ip -n n2 tunnel add gre1 mode gre remote 192.0.2.1 local 192.0.2.2 key 7 csum seq ttl 64
! ip -n n1 tunnel add ipip1 mode ipip remote 192.0.2.2 local 192.0.2.1
! ip -n n2 tunnel add ipip1 mode ipip remote 192.0.2.1 local 192.0.2.2
! ip -n n1 tunnel add six1 mode ipip6 remote 2001:db8::2 local 2001:db8::1
! ip -n n2 tunnel add six1 mode ipip6 remote 2001:db8::1 local 2001:db8::2
! ip -n n1 tunnel add gsix1 mode ip6gre remote 2001:db8::2 local 2001:db8::1 key 9
! ip -n n2 tunnel add gsix1 mode ip6gre remote 2001:db8::1 local 2001:db8::2 key 9
! for n in 1 2; do i=0; for t in gre1 ipip1 six1 gsix1; do i=$((i+1)); ip -n n$n addr add 10.$i.0.$n/30 dev $t; ip -n n$n link set $t up; done; done
! ip netns exec n1 ping -c 2 -i 0.2 -W 3 10.1.0.2 | grep -q '2 received'
! ip netns exec n1 ping -c 2 -i 0.2 -W 3 10.2.0.2 | grep -q '2 received'
! ip netns exec n1 ping -c 2 -i 0.2 -W 3 10.3.0.2 | grep -q '2 received'
! ip netns exec n1 ping -c 2 -i 0.2 -W 3 10.4.0.2 | grep -q '2 received'
# Where the keys differ, nothing comes.
! ip -n n2 tunnel change gre1 key 8
! ip netns exec n1 ping -c 1 -W 1 10.1.0.2 | grep -q '0 received'
! ip -n n2 tunnel change gre1 key 7
! ip netns exec n1 ping -c 1 -W 3 10.1.0.2 | grep -q '1 received'
ip -n n2 -s tunnel show gre1
ip -n n2 -s tunnel show ipip1
