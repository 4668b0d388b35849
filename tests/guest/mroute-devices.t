# Kernels without multicast routing of a family answer with the routes of the others.
@ guest
* ip mroute
* ip -6 mroute
ip -6 mroute show table 5
ip -6 mroute show table all
ip -6 mroute show ff0e::1 from 2001:db8::/32
ip -6 mrule
