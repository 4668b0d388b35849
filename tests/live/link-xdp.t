# XDP programs that are pinned in a BPF file system: attached, shown, replaced, taken off.
@ needs root perl
! echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6
! ip link add d0 address 02:00:00:00:00:01 type veth peer name d1 address 02:00:00:00:00:02
ip link set d0 xdp
ip link set d0 xdp off
ip link set d0 xdp none
ip link set d0 xdp off up
ip link set d0 xdp up
ip link set xdp off
ip link set d0 xdp foo
ip link set d0 xdpgeneric off
ip link set d0 xdpdrv off
ip link set d0 xdpoffload off
ip link set d0 xdpoffload foo
ip link set d0 xdp pinned
ip link set d0 xdp pinned /nosuch
ip link set d0 xdp object
ip link set d0 xdp bytecode
ip link set d0 xdp fd 3
ip link set d0 xdp fd
ip link set nosuch xdp off
ip link add xdp off type veth
# Object files that cannot be read.
ip link set d0 xdp object /nosuch
ip link set d0 xdpgeneric obj /nosuch section foo verbose
! mkdir /run/b
! mount -t bpf b /run/b
# A program of two instructions: XDP_PASS, exit. BPF_PROG_LOAD, then BPF_OBJ_PIN.
! perl -e 'my $c = pack("CCsl", 0xb7, 0, 0, 2) . pack("CCsl", 0x95, 0, 0, 0); my $l = "GPL\0"; my $p = sub { unpack("Q", pack("P", $_[0])) }; my $n = `uname -m` =~ /x86_64/ ? 321 : 280; my $a = pack("LLQQLLQLL", 6, 2, $p->($c), $p->($l), 0, 0, 0, 0, 0); my $f = syscall($n, 5, $a, length $a); die "load: $!" if $f < 0; my $z = "/run/b/pass\0"; my $b = pack("QLL", $p->($z), $f, 0); syscall($n, 6, $b, length $b) == 0 or die "pin: $!"'
! hide() { sed -E -e 's/(tag[ ":]*)[0-9a-f]{16}/\1T/g' -e 's/(id[ ":]*)[0-9]+/\1N/g' -e 's/(load_time[ ":]*)[0-9]+/\1N/g'; }
ip link set d0 xdpgeneric pinned /run/b/pass
ip link show d0 | hide
ip link show d0 | hide | grep -o -e 'xdpgen.*qdisc' -e 'prog.*'
ip -o link show d0 | hide
ip -d link show d0 | hide
ip -s link show d0 | hide
ip -br link show d0
ip -j link show d0 | hide
ip -d -j link show d0 | hide
ip addr show d0 | hide
ip -d addr show d0 | hide
ip -4 addr show d0 | hide
ip -j addr show d0 | hide
setpriv --reuid 65534 --clear-groups ip -d link show d0 | hide
setpriv --reuid 65534 --clear-groups ip -j link show d0 | hide
ip link set d0 xdpgeneric pinned /run/b/pass
ip -force link set d0 xdpgeneric pinned /run/b/pass
ip link set d0 xdp pinned /run/b/pass
ip link set d0 xdpdrv pinned /run/b/pass
ip link set d0 xdp off
ip link show d0 | hide
ip link set d0 xdpgeneric off
ip link show d0 | hide
ip link set d0 xdp off
ip link set d0 xdp off off
ip link set d0 xdpoffload pinned /run/b/pass
ip link set d0 alias text xdp pinned /run/b/pass section foo up
ip link property add dev d0 altname other
ip link show d0 | hide
ip -d -s link show d0 | hide
ip link set d0 xdpdrv off
ip link set d0 xdp fd /run/b/pass verbose
ip link set d0 xdp object-pinned /run/b/pass
ip -force link set d0 xdpdrv pin /run/b/pass
ip -j link show d0 | hide
ip link set d0 xdp pinned /etc/passwd
ip link set d0 xdp pinned /run/b/nosuch
ip link set d0 xdp pinned pass
ip link set d0 xdp pinned /run/b/pass pinned
ip link set d0 xdp pinned /run/b/pass nosuchword
ip link add v5 xdp pinned /run/b/pass type veth
ip link set d0 xdp none
ip link set d0 mtu 1400 xdp off
