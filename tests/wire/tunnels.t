! ip link add v0 type veth peer name v1
ip link add t0 type gre
ip link add t0 type gre key 5
ip link add t0 type gre key 1.2.3.4
ip link add t0 type gre ikey 5 okey 6
ip link add t0 type gre key 5 nokey
ip link add t0 type gre key 5 noikey
ip link add t0 type gre key 5 nookey
ip link add t0 type gre seq
ip link add t0 type gre seq noseq
ip link add t0 type gre iseq
ip link add t0 type gre oseq
ip link add t0 type gre seq noiseq
ip link add t0 type gre seq nooseq
ip link add t0 type gre csum
ip link add t0 type gre csum nocsum
ip link add t0 type gre icsum
ip link add t0 type gre ocsum
ip link add t0 type gre csum noicsum
ip link add t0 type gre csum noocsum
ip link add t0 type gre remote 1.2.3.4 local 1.2.3.5
ip link add t0 type gre remote any local any
ip link add t0 type gre dev v0
ip link add t0 type gre encap fou encap-sport 5 encap-dport 6
ip link add t0 type gre encap gue encap-sport auto encap-dport 6 encap-csum encap-udp6-csum encap-remcsum
ip link add t0 type gre encap none noencap-csum noencap-udp6-csum noencap-remcsum
ip link add t0 type gre encap fou noencap
ip link add t0 type gre encap gue encap-csum noencap-csum encap-remcsum
ip link add t0 type gre external
ip link add t0 type gre external key 5 remote 1.2.3.4
ip link add t0 type gre fwmark 0x10
ip link add t0 type gre pmtudisc
ip link add t0 type gre nopmtudisc
ip link add t0 type gre nopmtudisc pmtudisc
ip link add t0 type gre ttl 7
ip link add t0 type gre ttl inherit
ip link add t0 type gre hoplimit 255 tos 0x10
ip link add t0 type gre hlim 7 tclass inherit
ip link add t0 type gre dsfield AF11
ip link add t0 type gre tos 1
ip link add t0 type gre ignore-df
ip link add t0 type gre noignore-df
ip link add t0 type gre ignore-df nopmtudisc
ip link add t0 type gretap
ip link add t0 type gretap key 5
ip link add t0 type gretap key 1.2.3.4
ip link add t0 type gretap ikey 5 okey 6
ip link add t0 type gretap key 5 nokey
ip link add t0 type gretap key 5 noikey
ip link add t0 type gretap key 5 nookey
ip link add t0 type gretap seq
ip link add t0 type gretap seq noseq
ip link add t0 type gretap iseq
ip link add t0 type gretap oseq
ip link add t0 type gretap seq noiseq
ip link add t0 type gretap seq nooseq
ip link add t0 type gretap csum
ip link add t0 type gretap csum nocsum
ip link add t0 type gretap icsum
ip link add t0 type gretap ocsum
ip link add t0 type gretap csum noicsum
ip link add t0 type gretap csum noocsum
ip link add t0 type gretap remote 1.2.3.4 local 1.2.3.5
ip link add t0 type gretap remote any local any
ip link add t0 type gretap dev v0
ip link add t0 type gretap encap fou encap-sport 5 encap-dport 6
ip link add t0 type gretap encap gue encap-sport auto encap-dport 6 encap-csum encap-udp6-csum encap-remcsum
ip link add t0 type gretap encap none noencap-csum noencap-udp6-csum noencap-remcsum
ip link add t0 type gretap encap fou noencap
ip link add t0 type gretap encap gue encap-csum noencap-csum encap-remcsum
ip link add t0 type gretap external
ip link add t0 type gretap external key 5 remote 1.2.3.4
ip link add t0 type gretap fwmark 0x10
ip link add t0 type gretap pmtudisc
ip link add t0 type gretap nopmtudisc
ip link add t0 type gretap nopmtudisc pmtudisc
ip link add t0 type gretap ttl 7
ip link add t0 type gretap ttl inherit
ip link add t0 type gretap hoplimit 255 tos 0x10
ip link add t0 type gretap hlim 7 tclass inherit
ip link add t0 type gretap dsfield AF11
ip link add t0 type gretap tos 1
ip link add t0 type gretap ignore-df
ip link add t0 type gretap noignore-df
ip link add t0 type gretap ignore-df nopmtudisc
ip link add t0 type erspan
ip link add t0 type erspan key 5
ip link add t0 type erspan key 1.2.3.4
ip link add t0 type erspan ikey 5 okey 6
ip link add t0 type erspan key 5 nokey
ip link add t0 type erspan key 5 noikey
ip link add t0 type erspan key 5 nookey
ip link add t0 type erspan seq
ip link add t0 type erspan seq noseq
ip link add t0 type erspan iseq
ip link add t0 type erspan oseq
ip link add t0 type erspan seq noiseq
ip link add t0 type erspan seq nooseq
ip link add t0 type erspan csum
ip link add t0 type erspan csum nocsum
ip link add t0 type erspan icsum
ip link add t0 type erspan ocsum
ip link add t0 type erspan csum noicsum
ip link add t0 type erspan csum noocsum
ip link add t0 type erspan remote 1.2.3.4 local 1.2.3.5
ip link add t0 type erspan remote any local any
ip link add t0 type erspan dev v0
ip link add t0 type erspan encap fou encap-sport 5 encap-dport 6
ip link add t0 type erspan encap gue encap-sport auto encap-dport 6 encap-csum encap-udp6-csum encap-remcsum
ip link add t0 type erspan encap none noencap-csum noencap-udp6-csum noencap-remcsum
ip link add t0 type erspan encap fou noencap
ip link add t0 type erspan encap gue encap-csum noencap-csum encap-remcsum
ip link add t0 type erspan external
ip link add t0 type erspan external key 5 remote 1.2.3.4
ip link add t0 type erspan fwmark 0x10
ip link add t0 type erspan pmtudisc
ip link add t0 type erspan nopmtudisc
ip link add t0 type erspan nopmtudisc pmtudisc
ip link add t0 type erspan ttl 7
ip link add t0 type erspan ttl inherit
ip link add t0 type erspan hoplimit 255 tos 0x10
ip link add t0 type erspan hlim 7 tclass inherit
ip link add t0 type erspan dsfield AF11
ip link add t0 type erspan tos 1
ip link add t0 type erspan ignore-df
ip link add t0 type erspan noignore-df
ip link add t0 type erspan ignore-df nopmtudisc
ip link add t0 type erspan erspan 5
ip link add t0 type erspan erspan 1048575
ip link add t0 type erspan erspan_ver 1 erspan 5
ip link add t0 type erspan erspan_ver 0
ip link add t0 type erspan erspan_ver 0 erspan 5
ip link add t0 type erspan erspan_ver 2
ip link add t0 type erspan erspan_ver 2 erspan_dir ingress
ip link add t0 type erspan erspan_ver 2 erspan_dir egress erspan_hwid 0x3f
ip link add t0 type erspan erspan_ver 2 erspan_hwid 10
ip link add t0 type erspan erspan_ver 2 erspan 5 erspan_dir e
ip link add t0 type ip6gre
ip link add t0 type ip6gre key 5
ip link add t0 type ip6gre key 1.2.3.4
ip link add t0 type ip6gre ikey 5 okey 6
ip link add t0 type ip6gre key 5 nokey
ip link add t0 type ip6gre key 5 noikey
ip link add t0 type ip6gre key 5 nookey
ip link add t0 type ip6gre seq
ip link add t0 type ip6gre seq noseq
ip link add t0 type ip6gre iseq
ip link add t0 type ip6gre oseq
ip link add t0 type ip6gre seq noiseq
ip link add t0 type ip6gre seq nooseq
ip link add t0 type ip6gre csum
ip link add t0 type ip6gre csum nocsum
ip link add t0 type ip6gre icsum
ip link add t0 type ip6gre ocsum
ip link add t0 type ip6gre csum noicsum
ip link add t0 type ip6gre csum noocsum
ip link add t0 type ip6gre remote 2001:db8::1 local 2001:db8::2
ip link add t0 type ip6gre remote any local any
ip link add t0 type ip6gre dev v0
ip link add t0 type ip6gre encap fou encap-sport 5 encap-dport 6
ip link add t0 type ip6gre encap gue encap-sport auto encap-dport 6 encap-csum encap-udp6-csum encap-remcsum
ip link add t0 type ip6gre encap none noencap-csum noencap-udp6-csum noencap-remcsum
ip link add t0 type ip6gre encap fou noencap
ip link add t0 type ip6gre encap gue encap-csum noencap-csum encap-remcsum
ip link add t0 type ip6gre external
ip link add t0 type ip6gre external key 5 remote ::1
ip link add t0 type ip6gre ttl 7
ip link add t0 type ip6gre hoplimit inherit
ip link add t0 type ip6gre hlim 255 tos 10
ip link add t0 type ip6gre tclass inherit
ip link add t0 type ip6gre dsfield 0xff
ip link add t0 type ip6gre tc 10
ip link add t0 type ip6gre flowlabel 5
ip link add t0 type ip6gre fl inherit
ip link add t0 type ip6gre flowlabel 0xfffff tclass 3
ip link add t0 type ip6gre dscp inherit
ip link add t0 type ip6gre encaplimit 7
ip link add t0 type ip6gre encaplimit none
ip link add t0 type ip6gre encaplimit none encaplimit 3
ip link add t0 type ip6gre fwmark inherit
ip link add t0 type ip6gre fwmark 5
ip link add t0 type ip6gre fwmark inherit fwmark 6
ip link add t0 type ip6gre allow-localremote
ip link add t0 type ip6gre allow-localremote noallow-localremote
ip link add t0 type ip6gretap
ip link add t0 type ip6gretap key 5
ip link add t0 type ip6gretap key 1.2.3.4
ip link add t0 type ip6gretap ikey 5 okey 6
ip link add t0 type ip6gretap key 5 nokey
ip link add t0 type ip6gretap key 5 noikey
ip link add t0 type ip6gretap key 5 nookey
ip link add t0 type ip6gretap seq
ip link add t0 type ip6gretap seq noseq
ip link add t0 type ip6gretap iseq
ip link add t0 type ip6gretap oseq
ip link add t0 type ip6gretap seq noiseq
ip link add t0 type ip6gretap seq nooseq
ip link add t0 type ip6gretap csum
ip link add t0 type ip6gretap csum nocsum
ip link add t0 type ip6gretap icsum
ip link add t0 type ip6gretap ocsum
ip link add t0 type ip6gretap csum noicsum
ip link add t0 type ip6gretap csum noocsum
ip link add t0 type ip6gretap remote 2001:db8::1 local 2001:db8::2
ip link add t0 type ip6gretap remote any local any
ip link add t0 type ip6gretap dev v0
ip link add t0 type ip6gretap encap fou encap-sport 5 encap-dport 6
ip link add t0 type ip6gretap encap gue encap-sport auto encap-dport 6 encap-csum encap-udp6-csum encap-remcsum
ip link add t0 type ip6gretap encap none noencap-csum noencap-udp6-csum noencap-remcsum
ip link add t0 type ip6gretap encap fou noencap
ip link add t0 type ip6gretap encap gue encap-csum noencap-csum encap-remcsum
ip link add t0 type ip6gretap external
ip link add t0 type ip6gretap external key 5 remote ::1
ip link add t0 type ip6gretap ttl 7
ip link add t0 type ip6gretap hoplimit inherit
ip link add t0 type ip6gretap hlim 255 tos 10
ip link add t0 type ip6gretap tclass inherit
ip link add t0 type ip6gretap dsfield 0xff
ip link add t0 type ip6gretap tc 10
ip link add t0 type ip6gretap flowlabel 5
ip link add t0 type ip6gretap fl inherit
ip link add t0 type ip6gretap flowlabel 0xfffff tclass 3
ip link add t0 type ip6gretap dscp inherit
ip link add t0 type ip6gretap encaplimit 7
ip link add t0 type ip6gretap encaplimit none
ip link add t0 type ip6gretap encaplimit none encaplimit 3
ip link add t0 type ip6gretap fwmark inherit
ip link add t0 type ip6gretap fwmark 5
ip link add t0 type ip6gretap fwmark inherit fwmark 6
ip link add t0 type ip6gretap allow-localremote
ip link add t0 type ip6gretap allow-localremote noallow-localremote
ip link add t0 type ip6erspan
ip link add t0 type ip6erspan key 5
ip link add t0 type ip6erspan key 1.2.3.4
ip link add t0 type ip6erspan ikey 5 okey 6
ip link add t0 type ip6erspan key 5 nokey
ip link add t0 type ip6erspan key 5 noikey
ip link add t0 type ip6erspan key 5 nookey
ip link add t0 type ip6erspan seq
ip link add t0 type ip6erspan seq noseq
ip link add t0 type ip6erspan iseq
ip link add t0 type ip6erspan oseq
ip link add t0 type ip6erspan seq noiseq
ip link add t0 type ip6erspan seq nooseq
ip link add t0 type ip6erspan csum
ip link add t0 type ip6erspan csum nocsum
ip link add t0 type ip6erspan icsum
ip link add t0 type ip6erspan ocsum
ip link add t0 type ip6erspan csum noicsum
ip link add t0 type ip6erspan csum noocsum
ip link add t0 type ip6erspan remote 2001:db8::1 local 2001:db8::2
ip link add t0 type ip6erspan remote any local any
ip link add t0 type ip6erspan dev v0
ip link add t0 type ip6erspan encap fou encap-sport 5 encap-dport 6
ip link add t0 type ip6erspan encap gue encap-sport auto encap-dport 6 encap-csum encap-udp6-csum encap-remcsum
ip link add t0 type ip6erspan encap none noencap-csum noencap-udp6-csum noencap-remcsum
ip link add t0 type ip6erspan encap fou noencap
ip link add t0 type ip6erspan encap gue encap-csum noencap-csum encap-remcsum
ip link add t0 type ip6erspan external
ip link add t0 type ip6erspan external key 5 remote ::1
ip link add t0 type ip6erspan ttl 7
ip link add t0 type ip6erspan hoplimit inherit
ip link add t0 type ip6erspan hlim 255 tos 10
ip link add t0 type ip6erspan tclass inherit
ip link add t0 type ip6erspan dsfield 0xff
ip link add t0 type ip6erspan tc 10
ip link add t0 type ip6erspan flowlabel 5
ip link add t0 type ip6erspan fl inherit
ip link add t0 type ip6erspan flowlabel 0xfffff tclass 3
ip link add t0 type ip6erspan dscp inherit
ip link add t0 type ip6erspan encaplimit 7
ip link add t0 type ip6erspan encaplimit none
ip link add t0 type ip6erspan encaplimit none encaplimit 3
ip link add t0 type ip6erspan fwmark inherit
ip link add t0 type ip6erspan fwmark 5
ip link add t0 type ip6erspan fwmark inherit fwmark 6
ip link add t0 type ip6erspan allow-localremote
ip link add t0 type ip6erspan allow-localremote noallow-localremote
ip link add t0 type ip6erspan erspan 5
ip link add t0 type ip6erspan erspan 1048575
ip link add t0 type ip6erspan erspan_ver 1 erspan 5
ip link add t0 type ip6erspan erspan_ver 0
ip link add t0 type ip6erspan erspan_ver 0 erspan 5
ip link add t0 type ip6erspan erspan_ver 2
ip link add t0 type ip6erspan erspan_ver 2 erspan_dir ingress
ip link add t0 type ip6erspan erspan_ver 2 erspan_dir egress erspan_hwid 0x3f
ip link add t0 type ip6erspan erspan_ver 2 erspan_hwid 10
ip link add t0 type ip6erspan erspan_ver 2 erspan 5 erspan_dir e
ip link add t0 type ipip
ip link add t0 type ipip remote 1.2.3.4 local 1.2.3.5
ip link add t0 type ipip remote any local any
ip link add t0 type ipip dev v0
ip link add t0 type ipip ttl 7
ip link add t0 type ipip ttl inherit
ip link add t0 type ipip hoplimit 255 tos 0x10
ip link add t0 type ipip hlim 7 tclass inherit
ip link add t0 type ipip dsfield AF11
ip link add t0 type ipip tos 1
ip link add t0 type ipip pmtudisc
ip link add t0 type ipip nopmtudisc
ip link add t0 type ipip ttl 0 nopmtudisc
ip link add t0 type ipip encap fou encap-sport 5 encap-dport 6
ip link add t0 type ipip encap gue encap-sport auto encap-dport 6 encap-csum encap-udp6-csum encap-remcsum
ip link add t0 type ipip encap none noencap-csum noencap-udp6-csum noencap-remcsum
ip link add t0 type ipip encap fou noencap
ip link add t0 type ipip external
ip link add t0 type ipip external mode any
ip link add t0 type ipip 6rd-prefix 2001:db8::/32
ip link add t0 type ipip 6rd-prefix 2001:db8::/32 6rd-relay_prefix 10.0.0.0/8
ip link add t0 type ipip 6rd-relay_prefix 10.0.0.0/8
ip link add t0 type ipip 6rd-prefix 2001:db8::/32 6rd-reset
> NEWLINK 605 00000000 00000000 00000000 00000000 3="t0\0" 18{1="ipip\0" 2{1=00000000 4=00 5=00 9=00 10=01 15=0000 16=0000 17=0000 18=0000 20=00000000}}
ip link add t0 type ipip 6rd-reset
> NEWLINK 605 00000000 00000000 00000000 00000000 3="t0\0" 18{1="ipip\0" 2{1=00000000 4=00 5=00 9=00 10=01 15=0000 16=0000 17=0000 18=0000 20=00000000}}
ip link add t0 type ipip fwmark 0x10
ip link add t0 type ipip tc 10
ip link add t0 type ipip mode ipip
ip link add t0 type ipip mode ipv4/ipv4
ip link add t0 type ipip mode ip4ip4
ip link add t0 type ipip mode mplsip
ip link add t0 type ipip mode mpls/ipv4
ip link add t0 type ipip mode any
ip link add t0 type ipip mode any/ipv4
ip link add t0 type sit
ip link add t0 type sit remote 1.2.3.4 local 1.2.3.5
ip link add t0 type sit remote any local any
ip link add t0 type sit dev v0
ip link add t0 type sit ttl 7
ip link add t0 type sit ttl inherit
ip link add t0 type sit hoplimit 255 tos 0x10
ip link add t0 type sit hlim 7 tclass inherit
ip link add t0 type sit dsfield AF11
ip link add t0 type sit tos 1
ip link add t0 type sit pmtudisc
ip link add t0 type sit nopmtudisc
ip link add t0 type sit ttl 0 nopmtudisc
ip link add t0 type sit encap fou encap-sport 5 encap-dport 6
ip link add t0 type sit encap gue encap-sport auto encap-dport 6 encap-csum encap-udp6-csum encap-remcsum
ip link add t0 type sit encap none noencap-csum noencap-udp6-csum noencap-remcsum
ip link add t0 type sit encap fou noencap
ip link add t0 type sit external
ip link add t0 type sit external mode any
ip link add t0 type sit 6rd-prefix 2001:db8::/32
ip link add t0 type sit 6rd-prefix 2001:db8::/32 6rd-relay_prefix 10.0.0.0/8
ip link add t0 type sit 6rd-relay_prefix 10.0.0.0/8
ip link add t0 type sit 6rd-prefix 2001:db8::/32 6rd-reset
> NEWLINK 605 00000000 00000000 00000000 00000000 3="t0\0" 18{1="sit\0" 2{1=00000000 4=00 5=00 8=0000 9=00 10=01 11=20020000000000000000000000000000 12=00000000 13=1000 14=0000 15=0000 16=0000 17=0000 18=0000 20=00000000}}
ip link add t0 type sit 6rd-reset
> NEWLINK 605 00000000 00000000 00000000 00000000 3="t0\0" 18{1="sit\0" 2{1=00000000 4=00 5=00 8=0000 9=00 10=01 11=20020000000000000000000000000000 12=00000000 13=1000 14=0000 15=0000 16=0000 17=0000 18=0000 20=00000000}}
ip link add t0 type sit fwmark 0x10
ip link add t0 type sit tc 10
ip link add t0 type sit mode ipip
ip link add t0 type sit mode ipv4/ipv4
ip link add t0 type sit mode ip4ip4
ip link add t0 type sit mode mplsip
ip link add t0 type sit mode mpls/ipv4
ip link add t0 type sit mode any
ip link add t0 type sit mode any/ipv4
ip link add t0 type sit mode ip6ip
ip link add t0 type sit mode ipv6/ipv4
ip link add t0 type sit isatap
ip link add t0 type ip6tnl
ip link add t0 type ip6tnl mode ip6ip6
ip link add t0 type ip6tnl mode ipv6/ipv6
ip link add t0 type ip6tnl mode ipip6
ip link add t0 type ip6tnl mode ip/ipv6
ip link add t0 type ip6tnl mode ipv4/ipv6
ip link add t0 type ip6tnl mode ip4ip6
ip link add t0 type ip6tnl mode any
ip link add t0 type ip6tnl mode any/ipv6
ip link add t0 type ip6tnl remote 2001:db8::1 local 2001:db8::2
ip link add t0 type ip6tnl remote any local any
ip link add t0 type ip6tnl dev v0
ip link add t0 type ip6tnl encap fou encap-sport 5 encap-dport 6
ip link add t0 type ip6tnl encap gue encap-sport auto encap-dport 6 encap-csum encap-udp6-csum encap-remcsum
ip link add t0 type ip6tnl encap none noencap-csum noencap-udp6-csum noencap-remcsum
ip link add t0 type ip6tnl encap fou noencap
ip link add t0 type ip6tnl external
ip link add t0 type ip6tnl external mode any
ip link add t0 type ip6tnl ttl 7
ip link add t0 type ip6tnl hoplimit inherit
ip link add t0 type ip6tnl hlim 255 tos 10
ip link add t0 type ip6tnl tclass inherit
ip link add t0 type ip6tnl dsfield 0xff
ip link add t0 type ip6tnl tc 10
ip link add t0 type ip6tnl flowlabel 5
ip link add t0 type ip6tnl fl inherit
ip link add t0 type ip6tnl flowlabel 0xfffff tclass 3
ip link add t0 type ip6tnl dscp inherit
ip link add t0 type ip6tnl encaplimit 7
ip link add t0 type ip6tnl encaplimit none
ip link add t0 type ip6tnl encaplimit none encaplimit 3
ip link add t0 type ip6tnl fwmark inherit
ip link add t0 type ip6tnl fwmark 5
ip link add t0 type ip6tnl fwmark inherit fwmark 6
ip link add t0 type ip6tnl allow-localremote
ip link add t0 type ip6tnl allow-localremote noallow-localremote
ip link add t0 type vti
ip link add t0 type vti key 5
ip link add t0 type vti key 1.2.3.4
ip link add t0 type vti ikey 5 okey 6
ip link add t0 type vti remote 1.2.3.4 local 1.2.3.5
ip link add t0 type vti remote any
ip link add t0 type vti dev v0
ip link add t0 type vti fwmark 5
ip link add t0 type vti key 5 dev v0 fwmark 0x10
ip link add t0 type vti6
ip link add t0 type vti6 key 5
ip link add t0 type vti6 key 1.2.3.4
ip link add t0 type vti6 ikey 5 okey 6
ip link add t0 type vti6 remote 2001:db8::1 local 2001:db8::2
ip link add t0 type vti6 remote any
ip link add t0 type vti6 dev v0
ip link add t0 type vti6 fwmark 5
ip link add t0 type vti6 key 5 dev v0 fwmark 0x10
ip link set v0 type gre
ip link set v0 type gre remote 10.0.0.1
ip link set v0 type gretap
ip link set v0 type gretap remote 10.0.0.1
ip link set v0 type erspan
ip link set v0 type erspan remote 10.0.0.1
ip link set v0 type ip6gre
ip link set v0 type ip6gre remote 2001:db8::1
ip link set v0 type ip6gretap
ip link set v0 type ip6gretap remote 2001:db8::1
ip link set v0 type ip6erspan
ip link set v0 type ip6erspan remote 2001:db8::1
ip link set v0 type ipip
ip link set v0 type ipip remote 10.0.0.1
ip link set v0 type sit
ip link set v0 type sit remote 10.0.0.1
ip link set v0 type ip6tnl
ip link set v0 type ip6tnl remote 2001:db8::1
ip link set v0 type vti
ip link set v0 type vti remote 10.0.0.1
ip link set v0 type vti6
ip link set v0 type vti6 remote 2001:db8::1
