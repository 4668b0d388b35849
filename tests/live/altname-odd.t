# Altnames may hold any byte, and a device is found by them everywhere.
! ip link add v0 index 50 address 2:0:0:0:0:50 type veth peer name v1 index 51 address 2:0:0:0:0:51
! ip link add v2 index 52 address 2:0:0:0:0:52 type veth peer name v3 index 53 address 2:0:0:0:0:53
ip link property add dev v0 altname a:b/c altname 'x y' altname .. altname . altname c:d
ip link set a:b/c up
ip link set dev 'x y' down
ip link set .. up
ip link set . mtu 1400
ip link show 'x y'
ip addr add 10.0.0.1/24 dev a:b/c
ip addr flush dev ..
ip link property add dev a:b/c altname zz
ip link property del dev . altname zz
ip link property del dev . altname nosuch
ip link set 'x y' vrf a:b/c
ip link set a:b/c name w0
ip link set nosuch/x up
ip link set '' up
ip link set dev aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa up
ip link del a:b/c
ip -br link show
# Whether the name of a new device is a good one is for the kernel to say.
ip link add 'bad name' type veth
ip link add bad/name type veth
ip link add . type veth
ip link add p1 type veth peer a/b
ip link add name bad/name type veth
ip link set v2 name bad/name
