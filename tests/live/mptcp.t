# MPTCP: endpoints, limits, and the events of a connection with two subflows.
@ needs python3
@ needs jq
! ip link set lo up
! for a in 1 2; do ip addr add 10.1.0.$a/24 dev lo; done
ip mptcp
ip mptcp help
ip mptcp foo
ip mptcp endpoint help
ip mptcp endpoint foo
ip mptcp endpoint
ip mptcp endpoint add
ip mptcp endpoint add 10.1.0.2 dev lo signal id 9 port 77
ip mptcp endpoint add 10.0.0.1 subflow
ip mptcp endpoint add 2001:db8::1 laminar
ip mptcp end a 2001:db8::2 fullmesh backup i 77 d lo
ip mptcp endpoint add 2001:db8::2 fullmesh backup
* ip mptcp endpoint
* ip mptcp endpoint show id 9
ip mptcp endpoint show i 77
ip mptcp endpoint show id 99
ip mptcp endpoint show 10.0.0.1
ip mptcp endpoint show id 9 id 1
ip mptcp endpoint show id 0
ip mptcp endpoint show id 256
ip mptcp endpoint show id
ip mptcp endpoint show subflow
ip mptcp endpoint show dev lo
ip mptcp endpoint show help
ip mptcp endpoint change id 9 backup
ip mptcp endpoint change id 1 backup
ip mptcp endpoint
ip mptcp endpoint change id 1 nobackup
ip mptcp endpoint change id 1 signal
ip mptcp endpoint change subflow signal 10.0.0.1
ip mptcp endpoint change 10.0.0.1 fullmesh backup
ip mptcp endpoint change 10.0.0.1 port 5 backup
ip mptcp endpoint change id 9 port 5 backup
ip mptcp endpoint change id 1 port 0
ip mptcp endpoint change
ip mptcp endpoint change backup fullmesh id 1 id 0
ip mptcp endpoint
ip mptcp endpoint add 10.0.0.9 signal fullmesh
ip mptcp endpoint add 10.0.0.9 port 9
ip mptcp endpoint add 10.0.0.9 dev nosuch
ip mptcp endpoint add 10.0.0.9 dev
ip mptcp endpoint add 10.0.0.9 dev aaaaaaaaaaaaaaaaaaaaaaaa
ip mptcp endpoint add 10.0.0.9 port x
ip mptcp endpoint add foo
ip mptcp endpoint add sig
ip mptcp endpoint add id 0 foo
ip mptcp endpoint add id 0 10.1.0.8
ip mptcp endpoint add 10.0.0.9/24
ip mptcp endpoint add 10.0.0.8 implicit
ip mptcp endpoint add 10.1.0.8 10.1.0.7 nobackup nofullmesh port 0
ip -6 mptcp endpoint add 10.1.0.6
ip -0 mptcp endpoint add 2001:db8::6
ip mptcp endpoint delete
ip mptcp endpoint delete 10.0.0.3
ip mptcp endpoint delete id 9 10.0.0.2
ip mptcp endpoint delete id 0
ip mptcp endpoint delete id 0 10.0.0.3
ip mptcp endpoint delete id 99
ip mptcp endpoint delete id 9 signal port 7 dev lo
ip mptcp endpoint
ip mptcp endpoint flush x
ip mptcp endpoint
ip -j mptcp endpoint
ip mptcp limits
ip -o mptcp limits show
{ ip -j mptcp limits
= [{"add_addr_accepted":0,"subflows":2}]
ip mptcp limits foo
ip mptcp limits help
ip mptcp limits set
ip mptcp limits set sub 3 add 4
ip mptcp limits show subflows 3
ip mptcp limits show foo
ip mptcp limits set subflows 99
ip mptcp limits set subflows x
ip mptcp limits set subflows
ip mptcp limits set foo
ip mptcp limits set help
ip mptcp limits
ip mptcp monitor foo
ip mptcp monitor help
! ip mptcp endpoint add 10.1.0.2 subflow dev lo
! watch() { timeout -s INT 3 ip "$@" mptcp monitor & sleep 1; python3 $TESTS/support/mptcp.py; wait $!; echo $?; }
! same() { sed -E 's/token=[0-9a-f]{8}/token=T/; s/^\[2[0-9T:.-]*\]/TIME/; s/(port=)[0-9]{5}/\1PORT/g'; }
# The kernel orders events of two sockets as they come, and refuses a second subflow now and then.
watch | same | grep -v SF_ | sort
watch -ts | same | grep -v SF_ | sort
watch -o -t | tr '\\' '\n' | same | grep -v SF_ | tr -d 0-9 | sort -u
watch -j | head -n1 | jq -c '.[] | select(.event | startswith("SF_") | not) | del(.token) | if .sport > 9999 then del(.sport) else . end | if .dport > 9999 then del(.dport) else . end' | sort
watch -j -ts | head -n1 | jq -c '.[] | select(.event | startswith("SF_") | not) | keys_unsorted' | sort
watch -j -t | head -n1 | jq -c '.[] | select(.event | startswith("SF_") | not) | .timestamp |= type | keys_unsorted' | sort
ip mptcp monitor & sleep 1; kill -TERM $!; wait $!; echo $?
