# Beside a device that is named, `addr flush` does not look at the words about links.
! ip link add v0 type veth peer name v1
! ip link set v0 up
! ip link set v1 up
! ip addr add 10.0.0.1/24 dev v0
ip addr flush dev v0 down
ip -4 -br addr show dev v0
! ip addr add 10.0.0.1/24 dev v0
ip addr flush dev v0 group 7
ip -4 -br addr show dev v0
! ip addr add 10.0.0.1/24 dev v0
ip addr flush dev v0 type bridge
ip -4 -br addr show dev v0
! ip addr add 10.0.0.1/24 dev v0
ip addr flush dev v0 master v1
ip -4 -br addr show dev v0
! ip addr add 10.0.0.1/24 dev v0
ip -l 1 addr flush dev v0
! ip addr add 10.0.0.1/24 dev v0
ip -s -l 1 addr flush dev v0
ip -l 1 addr flush dev v0
# What a flush says that fails
ip route flush table 300
ip -6 route flush table 300
! ip addr add 10.0.0.1/24 dev v0
! ip route add 9.0.0.0/8 dev v0
! ip neigh add 10.0.0.9 lladdr 2:0:0:0:0:1 dev v0
! ip rule add pref 5 protocol static
setpriv --bounding-set -net_admin --inh-caps -net_admin ip addr flush dev v0
setpriv --bounding-set -net_admin --inh-caps -net_admin ip route flush 9.0.0.0/8
setpriv --bounding-set -net_admin --inh-caps -net_admin ip neigh flush dev v0 nud permanent
setpriv --bounding-set -net_admin --inh-caps -net_admin ip rule flush protocol static
# Dumps are not read from a terminal
script -qec 'ip route restore' /dev/null
script -qec 'ip addr restore' /dev/null
script -qec 'ip rule restore' /dev/null
# A directory has no lines
ip -b .
ip -force -b /
# Without a device, these words do count here: `ip` deletes the addresses of all devices.
! ip link set v0 group 7
! ip addr flush dev v0
! ip addr add 10.0.0.1/24 dev v0
! ip addr add 10.0.1.1/24 dev v1
! ip -4 addr flush group 7
ip -o -4 addr show dev v1 | grep -o '10.0.1.1/24'
= 10.0.1.1/24
# A last line that goes on nowhere is not run.
printf 'link set v1 mtu 1400\nlink set v1 mtu 1300 \\\n' | ip -b -
=2 Missing continuation line
=? 1
ip -br link show v1 | wc -l
ip link show v1 | grep -o 'mtu [0-9]*'
printf 'link set v1 mtu \\\n 1350\n' | ip -b -
ip link show v1 | grep -o 'mtu [0-9]*'
# A group without devices: nothing is deleted, nothing saved; 7.3 takes every address.
! ip addr add 10.78.0.1/24 dev v0
rip addr flush group 78
rip -o -4 addr show dev v0 to 10.78.0.1 | grep -o 10.78.0.1/24
= 10.78.0.1/24
rip addr save group 78 | wc -c
= 4
