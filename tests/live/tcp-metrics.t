# What TCP has learned about hosts: listed, by address and source, and forgotten.
@ needs python3
@ needs jq
! ip link set lo up
! for a in 1 2 3; do ip addr add 10.5.0.$a/24 dev lo; done
! for a in 1 2; do ip addr add 2001:db8::$a/64 dev lo nodad; done
* ip tcp_metrics
ip tcp_metrics show 10.5.0.2
! echo 3 >/proc/sys/net/ipv4/tcp_fastopen
! python3 $TESTS/support/tcp.py fastopen
! plain() { sed -E 's/ age [0-9.]*sec//; s/ (cwnd|rtt|rttvar|ssthresh|reordering) [0-9]*(us)?//g; s/fo_cookie [0-9a-f]*/fo_cookie/' | sort; }
ip tcp_metrics | plain
ip tcpmetrics show | plain
ip -d -s -o -N tcp_metrics | plain
ip -c tcp_metrics | plain
ip -4 tcp_metrics list | plain
ip -6 tcp_metrics lst | plain
ip -j tcp_metrics | jq -cS 'map(del(.cwnd, .rtt, .rttvar, .ssthresh, .reordering) | .age |= type | if .fo_cookie then .fo_cookie |= type else . end) | sort_by(.dst)'
ip -j tcp_metrics | jq -cS 'map({dst, rtt: (.rtt | type), var: (.rttvar | type)}) | sort_by(.dst)'
ip -0 tcp_metrics
ip -M tcp_metrics show help
ip -B tcp_metrics foo
ip -0 tcp_metrics delete
ip -0 tcp_metrics flush
ip tcp_metrics help
ip tcp_metrics show 10.5.0.2 | plain
ip tcp_metrics show address 10.5.0.2 | plain
ip tcp_metrics show addr 2001:db8::2 | plain
ip tcp_metrics show 10.5.0.0/24 | plain
ip tcp_metrics show 10.5.0.0/31 | plain
ip tcp_metrics show 2001:db8::/32 | plain
ip tcp_metrics show all | plain
ip tcp_metrics show 0/0 | plain
ip tcp_metrics show ::/0 | plain
ip tcp_metrics show default | plain
ip -4 tcp_metrics show any | plain
ip tcp_metrics show src 10.5.0.1 | plain
ip tcp_metrics show source 2001:db8::1 | plain
ip tcp_metrics show 10.5.0.9
ip tcp_metrics show 10.9.0.0/24
ip -j tcp_metrics show 10.9.0.0/24
# A host and its source, in this order: ip takes the source for a second host.
ip tcp_metrics show 10.5.0.2 src 10.5.0.1 | plain
= 10.5.0.2 source 10.5.0.1
=? 0
ip tcp_metrics show src 10.5.0.1 10.5.0.3 | plain | sed 's/ fo.*cookie//'
= 10.5.0.3 source 10.5.0.1
=? 0
ip tcp_metrics show 10.5.0.2 10.5.0.1
=2 Error: either "address" is duplicate, or "10.5.0.1" is garbage.
=? 255
ip -j tcp_metrics show 10.5.0.2 | jq -c 'map(.dst)'
= ["10.5.0.2"]
=? 0
{ ip -j tcp_metrics show 2001:db8::2
ip tcp_metrics show src
ip tcp_metrics show addr
ip tcp_metrics show src 10.5.0.0/24
ip tcp_metrics show src all
ip tcp_metrics show src x
ip tcp_metrics show x
ip tcp_metrics show ad 10.5.0.1
ip tcp_metrics show so 10.5.0.1
ip tcp_metrics show help
ip tcp_metrics show 10.0.0.0/33
ip -4 tcp_metrics show 2001:db8::2
ip -6 tcp_metrics show src 10.5.0.1
ip tcp_metrics foo
ip tcp_metrics delete
ip tcp_metrics delete x
ip tcp_metrics delete 10.0.0.0/24
ip tcp_metrics delete all
ip tcp_metrics delete 10.9.0.1
ip tcp_metrics del address
ip tcp_metrics delete src 10.5.0.2
ip tcp_metrics delete help
ip tcp_metrics delete 10.5.0.3
ip tcp_metrics | plain
ip tcp_metrics remove address 10.5.0.3
ip tcp_metrics flush 10.9.0.1
ip tcp_metrics flush 10.9.0.0/24
ip tcp_metrics flush src 10.5.0.9
ip tcp_metrics flush x
ip tcp_metrics flush help
ip -s -s tcp_metrics flush 10.5.0.0/31 | plain
ip -s tcp_metrics flush 2001:db8::/32
ip tcp_metrics | plain
ip -4 tcp_metrics flush
ip -4 tcp_metrics flush
! python3 $TESTS/support/tcp.py
ip tcp_metrics flush
ip tcp_metrics
ip tcp_metrics flush
! python3 $TESTS/support/tcp.py
{ ip -j -s -s tcp_metrics flush 10.5.0.0/24
printf 'tcp_metrics show 10.5.0.9\ntcp_metrics delete\n' | ip -force -batch -
