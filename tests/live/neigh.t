# Neighbours. The order of the table is random, so lists are sorted and JSON is asked for one by one.
! ip link add v0 address 00:11:22:33:44:55 type veth peer name v1 address 00:11:22:33:44:66
! ip link set v0 up
! ip link set v1 up
! ip addr add 10.0.0.1/24 dev v0
! sleep 0.1
ip neigh | sort
ip neigh add
ip neigh add 10.0.0.5
ip neigh add 10.0.0.5 dev v0
ip neigh add 10.0.0.5 lladdr 1:2:3:4:5:6
ip neigh add 10.0.0.5 lladdr 1:2:3:4:5:6 dev v0
ip neigh add 10.0.0.5 lladdr 1:2:3:4:5:6 dev v0
ip neigh add 10.0.0.6 lladdr 1:2:3:4:5:6 dev v0 nud reachable
ip neigh add 10.0.0.7 dev v0 nud noarp
ip neigh add 10.0.0.8 lladdr 1:2:3:4:5:6 dev v0 nud stale router
ip neigh add 10.0.0.11 dev v0 nud none
ip neigh add 10.0.0.12 dev v0 nud failed
ip neigh add 10.0.0.15 lladdr 1:2:3:4:5:6 dev v0 protocol static
ip neigh add 10.0.0.16 lladdr 1:2:3:4:5:6 dev v0 proto 200
ip neigh add 10.0.0.17 lladdr null dev v0
ip neigh add 10.0.0.18 lladdr zz dev v0
ip neigh add 10.0.0.18 lladdr 1:2 dev v0
ip neigh add 10.0.0.18 lladdr 1:2:3:4:5:6 dev v0 nud foo
ip neigh add 10.0.0.18 lladdr 1:2:3:4:5:6 dev v0 nud 300
ip neigh add 10.0.0.18 lladdr 1:2:3:4:5:6 dev nosuch
ip neigh add 10.0.0.18 lladdr 1:2:3:4:5:6 dev v0 protocol foo
ip neigh add foo lladdr 1:2:3:4:5:6 dev v0
ip neigh add 10.0.0.18 10.0.0.19 dev v0
ip neigh add proxy 10.0.0.20 dev v0
ip neigh add proxy 10.0.0.21 dev v0 protocol static
ip neigh add proxy 10.0.0.22
ip neigh add to 10.0.0.30 lladdr 1:2:3:4:5:6 dev v0 
ip neigh add 2001:db8::5 lladdr 1:2:3:4:5:6 dev v0 router
ip neigh add proxy 2001:db8::6 dev v0
ip neigh foo
ip neigh help
ip neigh | sort
ip -d neigh | sort
ip -o neigh | sort
ip -N neigh | sort
ip -br neigh | sort
ip -4 neigh | sort
ip -6 neigh | sort
ip neigh show dev v0 | sort
ip neigh show dev nosuch | sort
ip neigh show nud permanent | sort
ip neigh show nud reachable nud stale | sort
ip neigh show nud noarp | sort
ip neigh show nud foo | sort
ip neigh show 10.0.0.5 | sort
ip neigh show to 10.0.0.0/29 | sort
ip neigh show proxy | sort
ip neigh show proxy dev v0 | sort
ip neigh show unused | sort
ip neigh show router | sort
ip neigh show master v0 | sort
ip neigh show master nosuch | sort
ip neigh show nomaster | sort
ip neigh show vrf nosuch | sort
ip neigh show vrf v0 | sort
ip neigh show protocol static | sort
ip neigh show protocol all | sort
ip neigh show protocol foo | sort
ip neigh show foo | sort
ip neigh get
ip neigh get 10.0.0.5
ip neigh get 10.0.0.5 dev v0
ip neigh get to 10.0.0.5 dev v0
ip neigh get 10.0.0.99 dev v0
ip neigh get 10.0.0.5 dev nosuch
ip neigh get foo dev v0
ip neigh get proxy 10.0.0.20 dev v0
ip  neigh show to 10.0.0.15
ip  neigh show to 10.0.0.8 nud all
ip -j neigh show to 10.0.0.15
ip -j neigh show to 10.0.0.8 nud all
ip -j -p neigh show to 10.0.0.15
ip -j -p neigh show to 10.0.0.8 nud all
ip -d neigh show to 10.0.0.15
ip -d neigh show to 10.0.0.8 nud all
ip -o neigh show to 10.0.0.15
ip -o neigh show to 10.0.0.8 nud all
ip -br neigh show to 10.0.0.15
ip -br neigh show to 10.0.0.8 nud all
ip -br -j neigh show to 10.0.0.15
ip -br -j neigh show to 10.0.0.8 nud all
ip -N neigh show to 10.0.0.15
ip -N neigh show to 10.0.0.8 nud all
ip -c neigh show to 10.0.0.15
ip -c neigh show to 10.0.0.8 nud all
ip neigh change 10.0.0.5 lladdr 1:2:3:4:5:7 dev v0
ip neigh chg 10.0.0.5 dev v0 nud stale
ip neigh replace 10.0.0.5 lladdr 1:2:3:4:5:8 dev v0 nud reachable
ip neigh change 10.0.0.99 lladdr 1:2:3:4:5:7 dev v0
ip neigh show 10.0.0.5 | sort
ip neigh del 10.0.0.5
ip neigh del 10.0.0.5 dev v0
ip neigh del 10.0.0.99 dev v0
ip neigh del proxy 10.0.0.20 dev v0
ip neigh flush
ip neigh flush 10.0.0.6
ip neigh flush dev v0
ip -s neigh flush dev v0 nud permanent
ip -s neigh flush proxy
ip neigh flush dev nosuch
ip neigh | sort
ip n s
ip n a 10.0.0.77 lladdr 1:2:3:4:5:6 dev v0
ip n d 10.0.0.77 dev v0
ip neigh add 10.0.0.41 lladdr 1:2:3:4:5:6 dev v0
# 7.1 answers in JSON where 6.1 printed text.
ip -j neigh get 10.0.0.41 dev v0
# The last of master and nomaster holds.
! ip link add nqb type bridge
! ip link add nq0 type veth peer name nq1
! ip link set nq0 master nqb
! ip neigh add 10.0.9.1 lladdr 02:00:00:00:09:01 dev nq0 nud permanent
! ip neigh add 10.0.9.2 lladdr 02:00:00:00:09:02 dev nq1 nud permanent
ip neigh show master nqb nomaster dev nq0
ip neigh show master nqb nomaster dev nq1
ip neigh show nomaster master nqb
