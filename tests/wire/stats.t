# Statistics: which attributes a group, a subgroup or a suite asks for.
! ip link add d0 type veth peer name d1
? ip stats
? ip stats show group link
? ip stats show group xstats group xstats_slave
? ip -6 stats show group offload subgroup cpu_hit
ip stats show dev d0
ip stats show dev d0 group link
ip stats show dev d0 group offload
ip stats show dev d0 group offload subgroup cpu_hit
ip stats show dev d0 group offload subgroup hw_stats_info
ip stats show dev d0 group offload subgroup l3_stats
ip stats show dev d0 group offload subgroup cpu_hit subgroup hw_stats_info
ip stats show dev d0 group offload subgroup cpu_hit subgroup l3_stats
ip stats show dev d0 group offload subgroup hw_stats_info group afstats
ip stats show dev d0 group afstats subgroup mpls
ip stats show dev d0 group xstats subgroup bridge suite stp
ip stats show dev d0 group xstats_slave subgroup bond suite 802.3ad
ip stats set dev d0 l3_stats on
ip -6 stats set l3_stats off dev d0
