# A FOU port made in one namespace receives what another one sends: an IPv4 packet in UDP reaches the IPIP tunnel of its addresses,
@ needs jq
# while the port exists. The guests' kernels are built without tunnels that send FOU.
@ guest
! ip netns add n1; ip netns add n2
! ip -n n1 link add v0 type veth peer name v0 netns n2
! for n in 1 2; do ip -n n$n addr add 192.0.2.$n/24 dev v0; ip -n n$n link set v0 up; ip -n n$n link set lo up; done
! ip -n n2 fou add port 5555 ipproto ipencap
! ip -n n2 link add t0 type ipip remote 192.0.2.1 local 192.0.2.2
! ip -n n2 addr add 172.16.0.2/30 dev t0; ip -n n2 link set t0 up
! ip netns exec n1 bash -c 'for i in 1 2 3; do printf "\x45\x00\x00\x1c\x00\x01\x00\x00\x40\x11\x22\xad\xac\x10\x00\x01\xac\x10\x00\x02\x00\x09\x00\x09\x00\x08\x00\x00" >/dev/udp/192.0.2.2/5555; done'; sleep 0.2
! test $(ip -n n2 -j -s link show t0 | jq '.[0].stats64.rx.packets') = 3
ip -n n2 fou show
ip -n n2 fou del port 5555
! ip netns exec n1 bash -c 'printf "\x45\x00\x00\x1c\x00\x01\x00\x00\x40\x11\x22\xad\xac\x10\x00\x01\xac\x10\x00\x02\x00\x09\x00\x09\x00\x08\x00\x00" >/dev/udp/192.0.2.2/5555'; sleep 0.2
! test $(ip -n n2 -j -s link show t0 | jq '.[0].stats64.rx.packets') = 3
