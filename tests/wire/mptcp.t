# MPTCP endpoints and limits.
ip mptcp endpoint add 10.0.0.1 subflow
ip mptcp endpoint add 10.0.0.2 signal backup port 77 id 9 dev lo
ip mptcp endpoint add 2001:db8::1 fullmesh
ip mptcp endpoint add 2001:db8::2 laminar
ip mptcp endpoint add 10.0.0.8 implicit
ip mptcp endpoint add 10.1.0.8 10.1.0.7 nobackup nofullmesh port 0
ip mptcp endpoint add 10.1.0.8 id 3 id 4
ip mptcp endpoint change id 9 backup
ip mptcp endpoint change id 9 nobackup
ip mptcp endpoint change id 9 nofullmesh port 0
ip mptcp endpoint change 10.0.0.1 port 5 fullmesh
ip mptcp endpoint change
ip mptcp endpoint delete id 9
ip mptcp endpoint delete id 9 signal port 7 dev lo
ip mptcp endpoint delete id 0 10.0.0.3
ip mptcp endpoint flush
ip mptcp endpoint show id 5
ip mptcp endpoint show 10.0.0.1 subflow dev lo port 7
? ip mptcp endpoint show
ip mptcp limits set
ip mptcp limits set subflows 3 add_addr_accepted 4
ip mptcp limits set add_addr_accepted 0
ip mptcp limits show
ip mptcp limits show subflows 3
