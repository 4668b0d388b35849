# Batches that are undone, on a kernel where links must be down to get another name, and with kinds that others lack.
@ guest
! echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6; echo 1 > /proc/sys/net/ipv6/conf/all/disable_ipv6
! rip link set lo up; rip link add d0 type dummy; rip link set d0 up; rip addr add 10.0.0.1/24 dev d0
! rip link add d0.5 link d0 type vlan id 5 ingress-qos-map 1:2; rip link set d0.5 up; rip addr add 10.5.0.1/24 dev d0.5
! rip link add vrf7 type vrf table 7; rip link set vrf7 up; rip link add d1 type dummy; rip link set d1 master vrf7; rip link set d1 up
! rip addr add 10.7.0.1/24 dev d1; rip route add 10.77.0.0/16 via 10.7.0.2 vrf vrf7
! rip link add br0 type bridge vlan_filtering 1; rip link set br0 up; rip link add d2 type dummy; rip link set d2 master br0; rip link set d2 up
! rip link add ipv0 link d0 type ipvlan mode l3; rip link add vc0 type vcan; rip link add nl0 type nlmon
! echo 'look() { rip -d link | sed -E "s/state (UP|DOWN|UNKNOWN|LOWERLAYERDOWN)/state/; s/[a-z_]*_timer +[0-9.]+//g; s/NO-CARRIER,//; s/,LOWER_UP//; s/qdisc [a-z]+//; s/state (forwarding|disabled) //"; rip -d addr | grep inet; rip route show table all; rip rule; }; look >/run/a; printf "$1\nrule del pref 31999\n" | rip -atomic -batch - 2>&1 | grep "Rolled back"; look >/run/b; diff /run/a /run/b && echo same' >/run/try
bash /run/try 'link del d0'
= Rolled back: everything is as it was before the batch.
= same
bash /run/try 'link del vrf7'
= Rolled back: everything is as it was before the batch.
= same
bash /run/try 'link set d0 down\nlink set d0 name bar\nlink set d2 down\nlink set d2 name d0\nlink set bar name d2'
= Rolled back: everything is as it was before the batch.
= same
bash /run/try 'link del br0\nlink del d2\nlink del ipv0\nlink del vc0\nlink del nl0'
= Rolled back: everything is as it was before the batch.
= same
bash /run/try 'link set d0 mtu 1400\nlink set d0.5 type vlan reorder_hdr off'
= Rolled back: everything is as it was before the batch.
= same
bash /run/try 'link set br0 type bridge vlan_filtering 0 ageing_time 500 stp_state 1'
= Rolled back: everything is as it was before the batch.
= same
# A change of a tunnel resets what it does not name: the rollback names everything.
! rip link add gre1 type gre remote 10.0.0.2 local 10.0.0.1 ttl 9 key 7; rip link add ipip1 type ipip remote 10.0.0.3 local 10.0.0.1 ttl 8 tos 4
! rip link add sit1 type sit remote 10.0.0.4 local 10.0.0.1 ttl 7; rip link add vti1 type vti remote 10.0.0.5 local 10.0.0.1 key 3
bash /run/try 'link set gre1 type gre remote 10.0.0.2 local 10.0.0.1 ttl 5 tos 8 key 7'
= Rolled back: everything is as it was before the batch.
= same
bash /run/try 'link set ipip1 type ipip remote 10.0.0.9 local 10.0.0.1\nlink set sit1 type sit remote 10.0.0.8 local 10.0.0.1 ttl 3'
= Rolled back: everything is as it was before the batch.
= same
bash /run/try 'link set vti1 type vti remote 10.0.0.5 local 10.0.0.1 key 3 fwmark 9'
= Rolled back: everything is as it was before the batch.
= same
# What the ioctls of `tunnel` change: settings, prefixes of 6rd, potential routers, the tunnel itself with its addresses and routes.
! rip link add tunl0 type ipip; rip link add sit0 type sit; rip link add gre0 type gre; rip link add ip6tnl0 type ip6tnl; rip link add ip6gre0 type ip6gre; rip link add ip_vti0 type vti; rip link add ip6_vti0 type vti6
! rip tunnel add gre2 mode gre remote 10.0.0.12 local 10.0.0.1 key 7 ttl 9 csum seq dev d0; rip link set gre2 up; rip addr add 10.12.0.1/24 dev gre2; rip route add 10.13.0.0/16 dev gre2 metric 5
! rip tunnel add ipip2 mode ipip remote 10.0.0.13 local 10.0.0.1 tos 0x10; rip tunnel add vti2 mode vti remote 10.0.0.14 local 10.0.0.1 key 5
! rip tunnel add sit2 mode sit remote 10.0.0.15 local 10.0.0.1; rip tunnel add isa2 mode isatap local 10.5.0.1; rip tunnel prl prl-default 10.5.0.7 dev isa2; rip tunnel prl prl-nodefault 10.5.0.8 dev isa2
! rip tunnel add six2 mode ip6ip6 remote 2001:db8::2 local 2001:db8::1 encaplimit 3 tclass 0x10 flowlabel 0x55; rip tunnel add gsix2 mode ip6gre remote 2001:db8::3 local 2001:db8::1 key 5 hoplimit 9; rip tunnel add vsix2 mode vti6 remote 2001:db8::4 local 2001:db8::1 key 5
! sed -i 's/rip rule; }/rip rule; rip tunnel; rip -6 tunnel; for t in isa2 sit2; do rip tunnel show $t; done; rip maddress show dev d0; rip ntable show dev d0 | sed "s, reachable [0-9]*,,"; }/; s/rip -d link |/rip -d link | sed -E "s,permaddr [^ ]*,,; s,minmtu.*,," |/' /run/try
! head -c $(grep -bo '; look >/run/a' /run/try | cut -d: -f1) /run/try >/run/killed
! echo '; look >/run/a; printf "$1\nroute restore\n" >/run/lines; mkfifo /run/hold; rip -atomic -batch /run/lines </run/hold & p=$!; exec 9>/run/hold; for n in 1 2 3 4 5 6 7 8 9; do sleep 0.3; look >/run/c; cmp -s /run/a /run/c || break; done; cmp -s /run/a /run/c && echo no change; sleep 0.5; kill -9 $p; wait $p 2>/dev/null; exec 9>&-; rm /run/hold; rip batch-recover 2>&1; look >/run/b; diff /run/a /run/b && echo same' >>/run/killed
bash /run/try 'tunnel change gre2 ttl 5 key 8\ntunnel change ipip2 remote 10.0.0.99 tos 8\ntunnel change vti2 key 6\ntunnel change sit2 ttl 7\ntunnel change isa2 ttl 7 tos 8\ntunnel prl prl-delete 10.5.0.7 dev isa2\ntunnel prl prl-default 10.5.0.9 dev isa2\ntunnel change six2 mode ip6ip6 hoplimit 3 encaplimit none\ntunnel change gsix2 mode ip6gre key 9\nntable change name arp_cache dev d0 queue 7 locktime 5\nmaddress add 33:33:00:00:00:06 dev d0'
= Rolled back: everything is as it was before the batch.
= same
bash /run/try 'tunnel del gre2\ntunnel del ipip2\ntunnel del vti2\ntunnel del sit2\ntunnel del isa2\ntunnel del six2 mode ip6ip6\ntunnel del gsix2 mode ip6gre\ntunnel del vsix2 mode vti6\ntunnel add gre3 mode gre remote 10.0.0.33 local 10.0.0.1\ntunnel change gre3 ttl 9\ntunnel del gre3\ntunnel add gre3 mode gre remote 10.0.0.34\nlink del d0'
= Rolled back: everything is as it was before the batch.
= same
bash /run/killed 'tunnel change gre2 ttl 5 key 8\ntunnel change ipip2 remote 10.0.0.99 tos 8\ntunnel change vti2 key 6\ntunnel change sit2 ttl 7\ntunnel change isa2 ttl 7 tos 8\ntunnel prl prl-delete 10.5.0.7 dev isa2\ntunnel prl prl-default 10.5.0.9 dev isa2\ntunnel change six2 mode ip6ip6 hoplimit 3 encaplimit none\ntunnel change gsix2 mode ip6gre key 9\nntable change name arp_cache dev d0 queue 7 locktime 5\nmaddress add 33:33:00:00:00:06 dev d0'
= Rolled back: everything is as it was before the batch.
= same
bash /run/killed 'tunnel del gre2\ntunnel del ipip2\ntunnel del vti2\ntunnel del sit2\ntunnel del isa2\ntunnel del six2 mode ip6ip6\ntunnel del gsix2 mode ip6gre\ntunnel del vsix2 mode vti6'
= Rolled back: everything is as it was before the batch.
= same
