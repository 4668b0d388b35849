# TCP metrics: the first family of generic netlink.
ip tcp_metrics show 10.5.0.2
ip tcp_metrics show 2001:db8::2
? ip tcp_metrics
? ip tcp_metrics show 10.5.0.0/24
? ip -6 tcpmetrics show src 2001:db8::1
ip tcp_metrics delete 10.5.0.2
ip tcp_metrics remove addr 2001:db8::2
ip tcp_metrics flush 10.5.0.8
ip tcp_metrics flush
? ip tcp_metrics flush src 10.5.0.9
ip tcp_metrics delete src 10.5.0.1 10.5.0.2
> NETLINK_GENERIC:tcp_metrics 5 02010000 1=0a050002 11=0a050001
