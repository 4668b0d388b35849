# Pacemaker's agents IPaddr2 and Route: start, monitor, stop, by exit codes.
ip link set lo up
ip link add eth0 address 02:00:00:00:00:01 type veth peer name up0 address 02:00:00:00:00:02; ip link set up0 up; ip link set eth0 up; ip addr add 192.0.2.5/24 dev eth0
export OCF_ROOT=$C/usr/lib/ocf OCF_FUNCTIONS_DIR=$C/usr/lib/ocf/lib/heartbeat OCF_RESKEY_ip=192.0.2.77 OCF_RESKEY_cidr_netmask=24 OCF_RESKEY_nic=eth0 OCF_RESKEY_arp_count=1 OCF_RESKEY_arp_bg=false HA_RSCTMP=/run/rsc HA_VARRUN=/run OCF_RESKEY_CRM_meta_interval=0 HA_LOGFACILITY=none
# Nobody is there to hear gratuitous ARP.
mount -t tmpfs tmpfs /usr/libexec; mkdir -p /usr/libexec/heartbeat; ln -s /bin/true /usr/libexec/heartbeat/send_arp
mkdir -p /run/rsc /run/resource-agents
for act in monitor start monitor stop monitor; do bash $OCF_ROOT/resource.d/heartbeat/IPaddr2 $act 2>/run/err; echo "$act $?"; sed 's/.*\(INFO\|ERROR\|WARNING\)/\1/' /run/err | grep -v "ocf_log\|date" ; ip -o addr show dev eth0; done
export OCF_RESKEY_destination=198.51.100.0/24 OCF_RESKEY_device=eth0 OCF_RESKEY_gateway=192.0.2.1 OCF_RESKEY_source=192.0.2.5 OCF_RESKEY_table=100
for act in monitor start monitor stop monitor; do bash $OCF_ROOT/resource.d/heartbeat/Route $act 2>/dev/null; echo "$act $?"; ip route show table 100; done
