# Ansible's facts about the network.
ip link set lo up
ip link add eth0 address 02:00:00:00:00:01 type veth peer name up0 address 02:00:00:00:00:02; ip link set up0 up; ip link set eth0 up
ip addr add 192.0.2.5/24 brd + dev eth0; ip addr add 192.0.2.6/24 dev eth0;  ip addr add 2001:db8::5/64 dev eth0 nodad; ip route add default via 192.0.2.1; ip -6 route add default via 2001:db8::1
export PYTHONPATH=$C/usr/lib/python3/dist-packages
/usr/bin/python3 - <<'P'
import json, subprocess
from ansible.module_utils.facts.network.linux import LinuxNetwork
class M:
    def get_bin_path(self, n, *a, **k):
        import shutil; return shutil.which(n)
    def run_command(self, a, errors=None, **k):
        p = subprocess.run(a, shell=isinstance(a, str), capture_output=True, text=True); return p.returncode, p.stdout, p.stderr
f = LinuxNetwork(M()).populate()
for k in f:
    if isinstance(f[k], dict): f[k].pop("features", None)
print(json.dumps(f, sort_keys=True, indent=1, default=sorted))
P
echo "exit $?"
