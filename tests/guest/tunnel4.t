# The object `tunnel` over IPv4. No namespace but the first has the base devices here; links of their names serve as well.
@ guest
! for k in "tunl0 type ipip" "gre0 type gre" "sit0 type sit" "ip_vti0 type vti"; do ip link add $k || exit 1; done
! ip link add v0 index 90 type veth peer name v1 index 91
! ip link set lo up

# Every mode, and every word.
ip tunnel add g0 mode gre remote 10.0.0.1 local 10.0.0.2 ttl 5 key 5 csum seq
ip tunnel add g1 mode gre remote 10.0.0.1 local 10.0.0.3 ikey 5 okey 6 tos inherit iseq dev v0
ip tunnel add g2 mode gre/ip remote 10.0.0.1 local 10.0.0.4 tos inherit/0x10 nopmtudisc
ip tunnel add name g3 mode gre remote 10.0.0.1 local 10.0.0.5 oseq ocsum hoplimit 9 tclass CS1
ip tunnel add gre4 remote 10.0.0.1 local 10.0.0.6 icsum hlim inherit dsf 4 pmtudisc okey 1.2.3.4
ip tunnel add g5 mode gre remote 224.0.0.9 local 10.0.0.7
ip tunnel add s0 mode sit remote 10.0.0.1 local 10.0.0.2 tos 0x10
ip tunnel add sit1 remote 10.0.0.1 local 10.0.0.3 ttl 3
ip tunnel add i0 mode ipip remote 10.0.0.1 local 10.0.0.2
ip tunnel add ipip1 remote any local 10.0.0.3 ttl 0xff
ip tunnel add v4 mode vti remote 10.0.0.1 local 10.0.0.2 key 7
ip tunnel add vti1 remote 10.0.0.1 local 10.0.0.3 ikey 7 okey 8
ip tunnel add is0 mode isatap local 10.0.0.9
ip tunnel add isatap1 local 10.0.0.9
ip tunnel add isatap1 local 10.0.0.10
+ ip tunnel show
ip -s tunnel show
ip -s -s tunnel show
ip -s -c tunnel show
ip -s -o tunnel show
+ ip tunnel
+ ip tunl l
ip -r tunnel show
ip -N tunnel show g3

# Some of them.
+ ip tunnel show g0
+ ip tunnel show is0
ip tunnel show nosuch
ip -j tunnel show nosuch
ip tunnel show remote 10.0.0.1
ip tunnel show local 10.0.0.3
ip tunnel show remote 10.0.0.1 local 10.0.0.3
ip tunnel show dev v0
ip tunnel show remote 224.0.0.9 local 10.0.0.7
ip tunnel show g0 remote 10.9.9.9
ip tunnel show lo
ip tunnel show g0 key 5
# A mode that is known, by its word or by a name, asks one driver.
ip tunnel show gre4
ip -s tunnel show gre4
ip -c tunnel show gre4
ip tunnel show sit1
ip tunnel show isatap1
ip tunnel show vti1
ip tunnel show ipip1
ip tunnel show g0 mode gre
ip tunnel show mode gre
ip tunnel show mode ipip
ip tunnel show mode sit
ip tunnel show mode vti
ip tunnel show mode isatap
ip tunnel show gre9
ip tunnel show mode gre lo
{ ip -j tunnel show gre4
= [{"ifname":"gre4","mode":"gre/ip","remote":"10.0.0.1","local":"10.0.0.6","tos":"LE","okey":16909060,"flags":["rx_csum"]}
= ]
{ ip -j -s tunnel show g0
= [{"ifname":"g0","mode":"gre/ip","remote":"10.0.0.1","local":"10.0.0.2","ttl":5,"key":5,"flags":["rx_drop_ooseq","rx_csum","tx_seq","tx_csum"],"stats":{"rx":{"packets":0,"bytes":0,"errors":0,"csum_errors":0,"out_of_sequence":0,"multicast":0},"tx":{"packets":0,"bytes":0,"errors":0,"dead_loop":0,"no_route":0,"no_buffers":0}}}
= ]

# Routers of ISATAP.
ip tunnel prl prl-default 10.1.1.1 dev is0
ip tunnel prl prl-nodefault 10.1.1.2 dev is0
ip tunnel prl prl-nodefault 10.1.1.2 dev is0
ip tunnel show is0
ip tunnel prl prl-nodefault 10.1.1.1 dev is0
ip tunnel prl prl-delete 10.1.1.3 dev is0
ip tunnel prl prl-nodefault 10.1.1.4 dev is0
+ ip tunnel show is0
ip tunnel prl prl-delete 10.1.1.2 dev is0
ip tunnel prl prl-delete any dev is0
ip tunnel show is0
ip tunnel prl prl-default 10.1.1.1 dev g0
ip tunnel prl prl-default 10.1.1.1 dev nosuch
# Prefixes of 6rd: neither guest's kernel has them.
ip tunnel 6rd 6rd-prefix 2001:db8::/32 6rd-relay_prefix 10.0.0.0/8 dev s0
ip tunnel 6rd 6rd-reset dev s0

# Changes: what is not named stays where the name comes first.
ip tunnel change g0 ttl 7
ip tunnel show g0
ip tunnel change name g0 tos 4 ocsum
ip tunnel show g0
ip tunnel change g1 dev lo
ip tunnel change g1 remote 10.0.0.99 local any ttl inherit
ip tunnel show g1
ip tunnel change ttl 9 mode gre g2
ip tunnel show g2
ip tunnel change mode gre name g2 remote 10.0.0.77 ttl 3
ip tunnel show g2
ip tunnel change g0 mode gre key 9
ip tunnel change g0 mode sit
ip tunnel change g0 nopmtudisc
# iproute2 leaves the TTL as it is.
! ip tunnel change g0 ttl inherit
{ ip tunnel show g0
= g0: gre/ip remote 10.0.0.1 local 10.0.0.2 ttl inherit tos LE key 9
=   Drop packets out of sequence.
=   Checksum in received packet is required.
=   Sequence packets on output.
=   Checksum output packets.
! ip tunnel change g0 ttl 7
ip tunnel show g0
ip tunnel change g3 ttl 0 nopmtudisc
ip tunnel show g3
ip tunnel change is0 local 10.0.0.33
ip tunnel change v4 key 9
ip tunnel change g5 remote 224.0.0.10
ip tunnel show g5
ip tunnel change nosuch ttl 4
ip tunnel change lo ttl 4
ip tunnel change g2 remote 10.0.0.99 local any key 9
ip tunnel show

# What is there already, and what is not.
ip tunnel add g0 mode gre remote 10.8.8.8
ip tunnel add x0 mode gre remote 10.0.0.77
ip tunnel add x1 mode gre remote 10.0.0.77
ip tunnel add mode gre remote 10.0.0.78 local 10.0.0.2
ip tunnel add x2 mode gre key 5
ip tunnel del nosuch
ip tunnel del lo
ip tunnel del
ip tunnel del g0
ip tunnel del g0
ip tunnel delete name g1
ip tunnel del mode gre remote 10.0.0.77
ip tunnel del sit1 mode ipip
ip tunnel show

# Both ends of a batch.
printf 'tunnel add b0 mode ipip remote 10.7.7.1 local 10.7.7.2\ntunnel change b0 ttl 5\ntunnel show b0\ntunnel del b0\ntunnel show b0\n' | ip -b -
printf 'tunnel del b0\ntunnel show i0\n' | ip -force -b -
{ rip -dry-run tunnel add d0 mode gre remote 10.6.6.1
= would tunnel add d0 mode gre/ip
{ rip -dry-run tunnel del i0
= would tunnel delete i0
