# The object `vrf`: the list, commands bound to one, and that they reach its networks alone.
@ guest
@ needs ping
ip vrf
ip -j vrf
! ip link add red type vrf table 100
! ip link add blue type vrf table 4294967295
! ip link add averylongvrfnam type vrf table 7
! ip link add v0 type veth peer name v1
! for d in lo red blue; do ip link set $d up; done
* ip vrf
* ip vrf show
ip -4 vrf list
ip -M vrf l
ip -6 vrf show
= Name              Table
= -----------------------
= red                100
= blue             4294967295
= averylongvrfnam      7
ip vrf show red
ip -c vrf show red
{ ip -j vrf show red
= [{"name":"red","table":100}]
ip vrf show nosuch
ip vrf show lo
ip vrf show v0
ip vrf show help
~ ip vrf show red blue
ip vrf nosuch
ip vrf identify
ip vrf identify 1
ip vrf i 1
ip vrf identify 0x1
ip vrf identify x
ip vrf identify -1
ip vrf identify 0
ip vrf identify ''
ip vrf identify 99999999999
ip vrf identify 1 2
ip vrf pids
ip vrf pids red blue
ip vrf pids nosuch
ip vrf pids lo
ip vrf pids red
ip vrf exec
ip vrf exec red
ip vrf exec nosuch true
ip vrf exec lo true
ip vrf exec help
ip vrf exec red cat /proc/self/cgroup
ip vrf exec red ip vrf identify
ip vrf exec default cat /proc/self/cgroup
ip vrf exec red ip vrf exec blue cat /proc/self/cgroup
ip vrf exec red ip vrf exec default cat /proc/self/cgroup
ip vrf exec red ip vrf exec default ip vrf identify
ip vrf exec red nosuchcommand
ip vrf exec red sh -c 'exit 7'
ip vrf e red sh -c 'echo $0 $1' a -h
{ ip vrf exec red ip -j vrf identify
= [{"name":"red"}]
{ ip -j vrf identify
= []
! sh -c 'ip vrf exec red sleep 60 & echo $! >pid; sleep 1'
ip vrf pids red | awk '{print $2}'
ip vrf pids blue
ip vrf identify $(cat pid)
{ ip -j vrf pids red | sed "s,$(cat pid),PID,"
= [{"pid":PID,"cmd":"sleep"}]
! kill $(cat pid)

# Namespaces have groups of their own, and leaving for one leaves the VRF.
! ip netns add n1
! ip -n n1 link add green type vrf table 5
ip netns exec n1 ip vrf exec green cat /proc/self/cgroup
ip -n n1 vrf exec green cat /proc/self/cgroup
ip netns exec n1 ip vrf exec green ip vrf identify
ip vrf exec red ip netns exec n1 cat /proc/self/cgroup
ip vrf exec red ip netns exec n1 ip vrf exec green cat /proc/self/cgroup
ip netns exec n1 ip vrf exec green ip vrf exec default cat /proc/self/cgroup
ip netns exec n1 ip vrf exec green ip netns exec n1 cat /proc/self/cgroup
! sh -c 'ip -n n1 vrf exec green sleep 60 & echo $! >pid; sleep 1'
ip -n n1 vrf pids green | awk '{print $2}'
ip vrf pids green
! kill $(cat pid)

# Two VRFs with the same addresses: each command comes to the one that it is bound to.
! for v in red blue; do ip netns add far$v; ip link add to$v type veth peer name eth0 netns far$v; ip link set to$v master $v up; ip addr add 10.0.0.1/24 dev to$v; ip -n far$v addr add 10.0.0.2/24 dev eth0; ip -n far$v link set eth0 up; ip -n far$v link set lo up; ip route add 10.9.0.0/16 via 10.0.0.2 vrf $v; done
! ip -n farred addr add 10.9.1.1/32 dev lo
! ip -n farblue addr add 10.9.2.1/32 dev lo
! ip vrf exec red ping -c 1 -W 2 10.0.0.2 | grep -q '1 received'
! ip vrf exec red ping -c 1 -W 2 10.9.1.1 | grep -q '1 received'
! ip vrf exec red ping -c 1 -W 1 10.9.2.1 | grep -q '0 received'
! ip vrf exec blue ping -c 1 -W 2 10.0.0.2 | grep -q '1 received'
! ip vrf exec blue ping -c 1 -W 1 10.9.1.1 | grep -q '0 received'
! ip vrf exec blue ping -c 1 -W 2 10.9.2.1 | grep -q '1 received'
ping -c 1 -W 1 10.0.0.2 2>&1 | grep -o '[0-9] received'
ip vrf exec red ip vrf exec default ping -c 1 -W 1 10.0.0.2 2>&1 | grep -o '[0-9] received'

# What is lacking is named.
~ setpriv --bounding-set -all ip vrf exec red true
setpriv --bounding-set -sys_admin,-bpf,-perfmon ip vrf exec red true
~ setpriv --reuid 1000 --clear-groups ip vrf exec averylongvrfnam true
printf 'vrf exec red true\nvrf exec red sh -c "exit 3"\nvrf show red\nvrf identify\n' | ip -force -b -
rip -dry-run vrf exec red true
= would run true in VRF red
printf 'vrf exec red true\n' | rip -atomic -b -
=2 Error: -atomic: cannot roll back "run true in VRF red": what the program does is unknown.
=? 1
