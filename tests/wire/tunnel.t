# The ioctls of `tunnel`, every word of it. No kernel is needed that has the drivers: the call is made before it is refused.
i ip -f mpls tunnel add g0
i ip -f mpls tunnel foo
i ip -4 tunnel add g0 mode ip6gre
i ip -6 tunnel add g0 mode gre
i ip -6 tunnel add g0 mode sit
i ip -6 tunnel add g0 mode foo
i ip -6 tunnel add g0 mode ip6gre mode any
i ip -6 tunnel add g0 mode ipip6
i ip -6 tunnel add g0 mode ip6ip6
i ip -6 tunnel add g0 mode any/ipv6
i ip -6 tunnel add g0 mode vti6
i ip -6 tunnel add g0 mode gre/ipv6
i ip -6 tunnel add g0 mode ip4ip6
i ip -6 tunnel add g0
i ip -6 tunnel add gre7
i ip -6 tunnel add ip6gre7
i ip -6 tunnel add vti67
i ip -6 tunnel add
i ip -6 tunnel add g0 remote zz
i ip -6 tunnel add g0 remote 10.0.0.1
i ip -6 tunnel add g0 remote any
i ip -6 tunnel add g0 remote default
i ip -6 tunnel add g0 dev nosuch
i ip -6 tunnel add g0 dev lo
i ip -6 tunnel add g0 encaplimit zz
>
i ip -6 tunnel add g0 encaplimit 256
>
i ip -6 tunnel add g0 encaplimit none
i ip -6 tunnel add g0 encaplimit 7
i ip -6 tunnel add g0 encaplimit 0
i ip -6 tunnel add g0 encaplimit -1
>
i ip -6 tunnel add g0 encaplimit 0x10
i ip -6 tunnel add g0 encaplimit none encaplimit 5
i ip -6 tunnel add g0 hoplimit 300
i ip -6 tunnel add g0 hoplimit inherit
i ip -6 tunnel add g0 ttl 0
i ip -6 tunnel add g0 hlim 5
i ip -6 tunnel add g0 tclass inherit
i ip -6 tunnel add g0 tclass zz
i ip -6 tunnel add g0 tclass 100
i ip -6 tunnel add g0 tc 1f
i ip -6 tunnel add g0 tos 0x1f
i ip -6 tunnel add g0 ds 1f
i ip -6 tunnel add g0 d 1f
i ip -6 tunnel add g0 tclass 1f tclass inherit
i ip -6 tunnel add g0 tclass inherit tclass 1f
i ip -6 tunnel add g0 flowlabel inherit
i ip -6 tunnel add g0 flowlabel zz
i ip -6 tunnel add g0 fl 100000
i ip -6 tunnel add g0 fl fffff
i ip -6 tunnel add g0 fl inherit fl 5
i ip -6 tunnel add g0 dscp inherit
i ip -6 tunnel add g0 dscp foo
i ip -6 tunnel add g0 dscp
i ip -6 tunnel add g0 allow-localremote
i ip -6 tunnel add g0 allow-localremote noallow-localremote
i ip -6 tunnel add g0 key 5
i ip -6 tunnel add g0 mode ip6gre key 5
i ip -6 tunnel add g0 mode ip6gre ikey 1.2.3.4 okey 5 seq csum
i ip -6 tunnel add g0 mode ip6gre iseq ocsum
i ip -6 tunnel add g0 mode ip6gre key zz
i ip -6 tunnel add g0 mode vti6 key 5
i ip -6 tunnel add g0 name g1
i ip -6 tunnel add name g0
i ip -6 tunnel add abcdefghijklmnop
i ip -6 tunnel add name abcdefghijklmnop
i ip -6 tunnel add g0 g1
i ip -6 tunnel add g0 remote ff02::1
i ip -6 tunnel add g0 pmtudisc
i ip -6 tunnel add g0 he
i ip tunnel add g0 mode ipip tos 1/2
i ip tunnel add g0 mode ipip tos 0/2
i ip tunnel add g0 mode ipip tos 0x11/zz
i ip tunnel change encaplimit ttl 5
i ip -6 tunnel change pmtudisc hoplimit 5
i ip tunnel prl '' 9000
i ip tunnel 6rd ''
i ip -6 tunnel change hoplimit 5
i ip -6 tunnel change hoplimit 5 name g0
i ip -6 tunnel change name g0 hoplimit 5
i ip -6 tunnel del g0
i ip -6 tunnel del
i ip -6 tunnel del g0 mode ip6gre remote ::1
i ip -6 tunnel del mode ip6gre
i ip -6 tunnel del mode vti6
i ip -6 tunnel prl
i ip -6 tunnel 6rd
i ip -6 tunnel p
i ip -6 tunnel s
i ip -6 tunnel l
i ip -6 tunnel
i ip tunnel del
i ip tunnel del mode gre
i ip tunnel del gre7
i ip tunnel del g0 mode sit
i ip tunnel del g0 dev nosuch
i ip tunnel del remote 1.1.1.1
i ip tunnel del mode isatap
i ip tunnel del mode vti
i ip tunnel change
i ip tunnel change mode gre ttl 5
i ip tunnel change ttl 5 g0
i ip tunnel change name g0 ttl 5
i ip tunnel change ttl 5 nopmtudisc
i ip tunnel mode ip6gre
i ip tunnel mode
i ip -6 tunnel add dev nosuch
i ip -6 tunnel add g0 dev
i ip -6 tunnel add g0 mode vti6 mode ip6gre
i ip -6 tunnel add g0 mode vti6 mode any
i ip -6 tunnel del dev lo
i ip -6 tunnel change
i ip -6 tunnel change mode ip6gre hoplimit 5
i ip -6 tunnel change hoplimit
i ip tunnel change name
i ip tunnel change abcdefghijklmnopq ttl 5
i ip -6 tunnel add g0 local all
i ip -6 tunnel add g0 remote 1::/64
i ip tunnel change lo ttl 5
i ip tunnel del lo
i ip tunnel show sit7
i ip tunnel show mode gre
i ip -6 tunnel show g0
i ip tunnel change g0 ttl 4
i ip -6 tunnel change name g0 hoplimit 4
i ip tunnel change mode gre key 5 ttl 4 name g7
i ip -6 tunnel change mode ip6gre hoplimit 4 name g7 key 8
