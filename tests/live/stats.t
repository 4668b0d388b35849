# Statistics of devices: groups, subgroups and suites; and whether the hardware counts.
! ip link add v0 type veth peer name v1
! ip link add br0 type bridge
! ip link set v1 master br0
* ip stats show dev lo
* ip stats show dev br0 group link
* ip stats show dev v0 group xstats group xstats_slave
* ip stats show dev br0 group xstats
* ip stats show dev v1 group xstats_slave subgroup bridge
* ip stats show dev v1 group offload
ip stats show dev lo group offload subgroup l3_stats
ip stats show dev lo group offload subgroup hw_stats_info group link
ip stats show dev lo group offload subgroup cpu_hit
ip stats show dev br0 group xstats subgroup bridge suite vlan suite mcast
ip stats show dev br0 group xstats subgroup bridge suite stp subgroup bond group afstats
ip stats show dev lo group link group link
ip stats show group link dev lo
ip stats show group link | head -20
ip stats | head -30
ip -s stats | head -30
ip -s -s stats | head -30
ip -d -d stats | head -30
ip -j stats show group link
ip -j -p stats show group afstats
ip -c stats show group afstats
ip -h stats show dev lo group link
ip -6 stats show dev lo group link
ip -0 stats show dev lo group link
# With -o everything stands on one line without an end in ip.
ip -o stats show dev v0 group link
= 3: v0: group link\    RX:  bytes packets errors dropped  missed   mcast           \             0       0      0       0       0       0 \    TX:  bytes packets errors dropped carrier collsns           \             0       0      0       0       0       0 \
=? 0
ip -o stats show group afstats | wc -l
= 4
=? 0
ip stats show dev
ip stats show dev nosuch
ip stats show dev lo dev br0
ip stats show dev averyveryverylongname
ip stats show foo
ip stats show group link foo dev nosuch
ip stats show group foo
ip stats show group ''
ip stats show group
ip stats show group link subgroup foo
ip stats show group link suite foo
ip stats show group xstats subgroup foo
ip stats show group xstats subgroup bridge suite foo
ip stats show group afstats subgroup mpls suite foo
ip stats show group xstats suite stp
ip stats show suite stp
ip stats show subgroup bridge
ip stats show group xstats subgroup bridge suite
ip stats show gro link
ip stats show group foo dev nosuch
ip stats show group foo subgroup x suite y foo2
ip stats show group link subgroup x subgroup y foo2
ip stats show group xstats suite x foo2
ip stats show group xstats subgroup bridge suite x group y foo2
ip stats show dev lo group foo help
ip stats show h
ip stats show help
ip stats show dev lo group link help
ip stats set help
ip stats help
ip stats h
ip stats s
ip stats foo
ip stats set
ip stats set dev
ip stats set dev lo
ip stats set dev nosuch
ip stats set dev averyveryverylongname
ip stats set dev lo l3_stats
ip stats set dev lo l3_stats x
ip stats set dev lo l3_stats on l3_stats off
ip stats set dev lo foo
ip stats set l3_stats on
ip stats set l3_stats on dev nosuch
ip stats set dev lo dev br0 l3_stats on
ip stats set de lo
ip stats set dev lo l3_stats on
* ip stats show dev lo group offload
ip stats set dev lo l3_stats off
ip stats show dev lo group offload
printf 'stats show dev lo group afstats\nstats set dev lo l3_stats on\nstats show group foo\n' | ip -batch -
# A name that is the keyword of a lower level is that, too.
ip stats show group suite
ip stats show group suite stp
ip stats show group subgroup x
ip stats show group link subgroup suite
ip stats show group link subgroup suite x
~ ip stats show group subgroup subgroup bridge
