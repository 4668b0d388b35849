# Mininet: three hosts at a bridge, all reach all; then one link goes down.
ip link set lo up
export PYTHONPATH=$C/usr/lib/python3/dist-packages PATH=$PATH:$C/sbin:$C/bin:$C/usr/bin LD_LIBRARY_PATH=$C/usr/lib/x86_64-linux-gnu
/usr/bin/python3 - <<'P'
import time
from mininet.net import Mininet
from mininet.topo import SingleSwitchTopo
from mininet.nodelib import LinuxBridge
net = Mininet(topo=SingleSwitchTopo(3), switch=LinuxBridge, controller=None, autoSetMacs=True)
net.start()
time.sleep(1)
print("loss", net.pingAll(timeout=4))
h1 = net.get("h1")
print(h1.cmd("ip addr show h1-eth0 | grep 'inet '").strip())
net.configLinkStatus("h1", "s1", "down")
print("loss", net.pingAll(timeout=1.5))
net.stop()
P
echo "exit $?"
ip -br link
