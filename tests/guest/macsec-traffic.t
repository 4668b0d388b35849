# A MACsec pair between two namespaces, made by rip alone: a ping passes, and its frames count as encrypted.
@ guest
@ needs ping
! ip netns add n1
! ip netns add n2
! ip -n n1 link add v0 address 02:00:00:00:00:01 type veth peer name v0 address 02:00:00:00:00:02 netns n2
! for n in 1 2; do echo 1 > /proc/sys/net/ipv6/conf/all/disable_ipv6; ip netns exec n$n sh -c 'echo 1 > /proc/sys/net/ipv6/conf/all/disable_ipv6'; done
! for n in 1 2; do ip -n n$n link set v0 up; ip -n n$n link add link v0 m0 type macsec port 1 encrypt on; done
! ip -n n1 macsec add m0 tx sa 0 pn 1 on key 01 00112233445566778899aabbccddeeff
! ip -n n2 macsec add m0 tx sa 0 pn 1 on key 02 ffeeddccbbaa99887766554433221100
! ip -n n1 macsec add m0 rx port 1 address 02:00:00:00:00:02
! ip -n n2 macsec add m0 rx port 1 address 02:00:00:00:00:01
! ip -n n1 macsec add m0 rx port 1 address 02:00:00:00:00:02 sa 0 pn 1 on key 02 ffeeddccbbaa99887766554433221100
! ip -n n2 macsec add m0 rx port 1 address 02:00:00:00:00:01 sa 0 pn 1 on key 01 00112233445566778899aabbccddeeff
! for n in 1 2; do ip -n n$n addr add 10.9.0.$n/24 dev m0; ip -n n$n link set m0 up; ip -n n$n neigh replace 10.9.0.$((3-n)) lladdr 02:00:00:00:00:0$((3-n)) dev m0; done
! ip netns exec n1 ping -c 2 -i 0.2 -W 3 10.9.0.2 | grep -q '2 received'
ip -n n2 -s macsec show m0
ip -n n2 -s -j macsec show m0
# Without the association of the peer nothing is received.
! ip -n n2 macsec set m0 rx port 1 address 02:00:00:00:00:01 sa 0 off
! ip -n n2 macsec delete m0 rx port 1 address 02:00:00:00:00:01 sa 0
! ip netns exec n1 ping -c 1 -W 1 10.9.0.2 | grep -q '0 received'
ip -n n2 macsec show m0
