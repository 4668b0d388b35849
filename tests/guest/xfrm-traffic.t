# An ESP tunnel between two hosts, made by rip alone. The router between them forwards ESP and nothing else: a ping passes only inside.
@ guest
@ needs ping
! for n in a r b; do ip netns add $n; done
! ip -n a link add v0 type veth peer name a0 netns r; ip -n b link add v0 type veth peer name b0 netns r
! ip -n a addr add 10.1.0.2/24 dev v0; ip -n r addr add 10.1.0.1/24 dev a0; ip -n b addr add 10.2.0.2/24 dev v0; ip -n r addr add 10.2.0.1/24 dev b0
! for l in a0 b0; do ip -n r link set $l up; done; for n in a b; do ip -n $n link set v0 up; ip -n $n link set lo up; done
! ip -n a route add default via 10.1.0.1; ip -n b route add default via 10.2.0.1
! ip netns exec r sh -c 'echo 1 > /proc/sys/net/ipv4/ip_forward'; ip -n r rule add pref 100 ipproto esp lookup main; ip -n r rule del pref 32766; ip -n r rule del pref 32767
! ip netns exec a ping -c 1 -W 1 10.2.0.2 | grep -q ' 0 received'
! for n in a b; do ip -n $n xfrm state add src 10.1.0.2 dst 10.2.0.2 proto esp spi 0x100 reqid 1 mode tunnel aead 'rfc4106(gcm(aes))' 0x00112233445566778899aabbccddeeff01020304 128; ip -n $n xfrm state add src 10.2.0.2 dst 10.1.0.2 proto esp spi 0x200 reqid 1 mode tunnel aead 'rfc4106(gcm(aes))' 0xffeeddccbbaa9988776655443322110001020304 128; done
! ip -n a xfrm policy add src 10.1.0.2 dst 10.2.0.2 dir out tmpl src 10.1.0.2 dst 10.2.0.2 proto esp reqid 1 mode tunnel; ip -n a xfrm policy add src 10.2.0.2 dst 10.1.0.2 dir in tmpl src 10.2.0.2 dst 10.1.0.2 proto esp reqid 1 mode tunnel
! ip -n b xfrm policy add src 10.2.0.2 dst 10.1.0.2 dir out tmpl src 10.2.0.2 dst 10.1.0.2 proto esp reqid 1 mode tunnel; ip -n b xfrm policy add src 10.1.0.2 dst 10.2.0.2 dir in tmpl src 10.1.0.2 dst 10.2.0.2 proto esp reqid 1 mode tunnel
! ip netns exec a ping -c 3 -i 0.2 -W 3 10.2.0.2 | grep -q ' 3 received'
ip -n b -s xfrm state get src 10.1.0.2 dst 10.2.0.2 proto esp spi 0x100 | grep -c '252(bytes), 3(packets)'
# With another key nothing arrives.
! ip -n b xfrm state delete src 10.1.0.2 dst 10.2.0.2 proto esp spi 0x100; ip -n b xfrm state add src 10.1.0.2 dst 10.2.0.2 proto esp spi 0x100 reqid 1 mode tunnel aead 'rfc4106(gcm(aes))' 0x10112233445566778899aabbccddeeff01020304 128
! ip netns exec a ping -c 1 -W 1 10.2.0.2 | grep -q ' 0 received'
ip -n b xfrm state count
# Where keys are hidden, monitor hides them too.
! for o in "" -j; do (rip $o xfrm monitor nokeys > /run/m 2>&1 & p=$!; sleep 1; ip xfrm state add src 192.0.2.1 dst 192.0.2.2 proto esp spi 9 mode tunnel aead 'rfc4106(gcm(aes))' 0xc0ffee33445566778899aabbccddeeff01020304 128; ip xfrm state flush; sleep 1; kill $p; grep -q '192.0.2.1' /run/m && ! grep -qi c0ffee /run/m) || exit 1; done
