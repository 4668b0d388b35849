# The prefixes of 6rd (RFC 5969) at sit tunnels: set, shown and reset.
@ guest
! ip link add sit0 type sit
ip tunnel add six1 mode sit local 192.0.2.1 ttl 64
ip tunnel add six2 mode sit remote 192.0.2.9 local 192.0.2.1
ip tunnel show six1
ip tunnel 6rd dev six1 6rd-prefix 2001:db8::/32
+ ip tunnel show six1
ip tunnel 6rd dev six1 6rd-prefix 2001:db8:a000::/36 6rd-relay_prefix 192.0.2.0/24
+ ip tunnel show six1
+ ip -d link show six1
ip -s tunnel show six1
ip tunnel 6rd dev six1 6rd-relay_prefix 10.0.0.0/8
ip tunnel show six1
ip tunnel 6rd dev six1 6rd-prefix 2002::/16
ip tunnel show six1
ip tunnel 6rd dev six1 6rd-reset
+ ip tunnel show six1
ip -d link show six1
ip tunnel 6rd six1 6rd-prefix fd00::/48
ip tunnel show
ip tunnel 6rd dev six1 6rd-prefix fd00::1/48
ip tunnel 6rd dev six1 6rd-prefix fd00::/0
ip tunnel 6rd dev six1 6rd-prefix fd00::/129
ip tunnel 6rd dev six1 6rd-prefix 10.0.0.0/8
ip tunnel 6rd dev six1 6rd-prefix
ip tunnel 6rd dev six1 6rd-relay_prefix fd00::/8
ip tunnel 6rd dev six1 6rd-prefix 2001:db8::/32 6rd-relay_prefix 192.0.2.1/24
ip tunnel 6rd dev six1 6rd-prefix 2001:db8::/32 6rd-reset
ip tunnel 6rd dev six1
ip tunnel 6rd dev sit0 6rd-prefix 2001:db8::/32
ip tunnel 6rd dev nosuch 6rd-prefix 2001:db8::/32
ip tunnel 6rd dev lo 6rd-prefix 2001:db8::/32
ip tunnel show
# A tunnel of link's words.
ip link add six3 type sit local 192.0.2.3 6rd-prefix 2001:db8:1::/48 6rd-relay_prefix 192.0.2.0/24
+ ip -d link show six3
ip tunnel show six3
# iproute2 7.3 crashes here.
rip link set six3 type sit 6rd-reset; rip -d link show six3 | grep -o '6rd-[^ ]* [^ ]*'; rip tunnel show six3
= six3: any/ip remote any local 192.0.2.3 ttl inherit
ip link set six3 type sit 6rd-prefix 2001:db8::/33
ip tunnel show six3
ip link add six4 type sit local 192.0.2.4 6rd-prefix 2001:db8::1/32
ip link set six3 type sit 6rd-relay_prefix 192.0.2.0/33
