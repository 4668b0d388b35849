# Peers far behind: what is shown while the rest is being read names devices that have not been read yet.
! echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6
! awk 'BEGIN { for (n = 0; n < 400; n++) printf "link add a%d index %d address 02:00:00:00:%02x:%02x type veth peer name b%d index %d address 02:00:00:01:%02x:%02x\n", n, 100 + n, n / 256, n % 256, n, 3000 - n, n / 256, n % 256 }' > /run/links
! ip -batch /run/links
! for n in $(seq 0 399); do echo "link set b$n up"; echo "addr add 10.1.$((n / 200)).$((1 + n % 200))/32 dev a$n"; done > /run/up
! ip -batch /run/up
* ip link show
* ip addr show
ip link show up | md5sum
ip -j link show type veth | tr '{' '\n' | grep -c '"link":"a'
