# `link` is looked up in the namespace that link-netns or link-netnsid names.
! ip link add v0 type veth peer name v1
! ip netns add a
! ip netns add b
! ip netns exec a ip link add eth1 index 77 address 2:0:0:0:0:77 type veth peer name eth2 index 78 address 2:0:0:0:0:78
! ip netns exec a ip link property add dev eth1 altname a-name-of-more-than-15-bytes altname short
! ip netns set a 7
ip link add link-netnsid 7 link nosuch name v5 type vlan id 5
ip link add link-netnsid 7 link v0 name v5 type vlan id 5
ip link add link v0 link-netnsid 7 name v5 type vlan id 5
ip link add link-netnsid 8 link eth1 name v5 type vlan id 5
ip link add link-netnsid 7 link eth1 netns b name v5 type vlan id 5
ip link add link-netns a link nosuch name v5 type vlan id 5
ip link add link-netns b link nosuch name v5 type vlan id 5
ip link add name v5 type veth peer name x link nosuch
ip link add name v5 type veth peer name x link v0 link-netnsid 7
ip link add name v5 index 60 address 2:0:0:0:0:60 type veth peer name x index 61 address 2:0:0:0:0:61 link eth1 link-netns a
ip -br link show v5
ip link del v5
