//! The session that must work, as typed in the project's issue, and the things people do around it, each
//! from end to end in namespaces of its own, as root and in a user namespace.
//! `--role echo DEVICE` and `--role udp DEVICE LOCAL PEER` are the programs at the other end of a tunnel.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use std::io::{Read as _, Write as _};
use std::net::UdpSocket;
use std::process::ExitCode;
use support::machine;
use support::runner::{self, Case, Outcome};
use support::sandbox::{Sandbox, Tool, quoted};

const PREPARED: &str = "
rip link add eth0 type veth peer name uplink
rip link set eth0 up
rip link set uplink up
";

const SESSION: &str = "
rip addr add 192.168.1.100/24 dev eth0
rip route add default via 192.168.1.1
rip netns add ns1
rip link add veth0 type veth peer name veth1
rip link set veth1 netns ns1
rip addr add 192.168.76.1/24 dev veth0
rip link set veth0 up
rip netns exec ns1 rip addr add 192.168.76.2/24 dev veth1
rip netns exec ns1 rip link set veth1 up
rip netns exec ns1 ping -c1 192.168.76.1
rip netns exec ns1 bash -c 'echo inside'
rip tuntap add dev tun0 mode tun
rip link set tun0 up
rip addr add 10.0.0.1/24 dev tun0
";

/// The address made this route already: refused as `ip` refuses it.
const REFUSED: &str = "
rip route add 10.0.0.0/24 dev tun0 2>/run/said && exit 1
code=$?
head -1 /run/said
[ $code = 2 ] || { echo exit $code; exit 1; }
";

const AFTER: &str = "
rip -j addr show dev eth0 | grep -q '\"local\":\"192.168.1.100\",\"prefixlen\":24' || exit 11
rip route show default | grep -q '^default via 192.168.1.1 dev eth0 $' || exit 12
rip -n ns1 -br addr show veth1 | grep -q ' 192.168.76.2/24 ' || exit 13
rip netns | grep -q '^ns1' || exit 14
rip tuntap | grep -q '^tun0: tun persist' || exit 15
rip -o addr show tun0 | grep -q ' inet 10.0.0.1/24 scope global tun0' || exit 16
";

fn session(word: &str, user: bool) -> Result<usize, String> {
    let script = format!("set -e{PREPARED}{SESSION}set +e{REFUSED}{AFTER}");
    let script = if word == "rip" { script } else { script.replace("rip ", &format!("{word} ")) };
    let out = run(&script, user)?;
    for wanted in ["1 received", "inside", "RTNETLINK answers: File exists"] {
        if !out.contains(wanted) {
            return Err(format!("  no {wanted:?} in:\n{out}"));
        }
    }
    Ok(SESSION.lines().count())
}

/// Two namespaces joined by a bridge.
const BRIDGE: &str = "set -e
rip link add br0 type bridge
rip link set br0 up
for n in 1 2; do
  rip netns add n$n
  rip link add p$n type veth peer name eth0 netns n$n
  rip link set p$n master br0 up
  rip -n n$n addr add 10.0.0.$n/24 dev eth0
  rip -n n$n link set eth0 up
done
rip netns exec n1 ping -c1 -w5 10.0.0.2
rip netns exec n2 ping -c1 -w5 10.0.0.1
[ $(rip -j link show master br0 | grep -o '\"ifname\"' | wc -l) = 2 ]
";

/// A namespace behind its host's firewall: masqueraded, forwarded, one address dropped.
const FIREWALL: &str = "set -e
rip netns add inner
rip netns add outer
rip link add toin type veth peer name eth0 netns inner
rip link add toout type veth peer name eth0 netns outer
rip addr add 10.1.0.1/24 dev toin
rip addr add 10.2.0.1/24 dev toout
rip link set toin up
rip link set toout up
rip -n inner addr add 10.1.0.2/24 dev eth0
rip -n inner link set eth0 up
rip -n inner route add default via 10.1.0.1
rip -n outer addr add 10.2.0.2/24 dev eth0
rip -n outer addr add 10.2.0.3/24 dev eth0
rip -n outer link set eth0 up
if rip netns exec inner ping -c1 -W1 10.2.0.2; then exit 21; fi
echo 1 >/proc/sys/net/ipv4/ip_forward
nft add table ip rip
nft 'add chain ip rip post { type nat hook postrouting priority 100; }'
nft add rule ip rip post ip saddr 10.1.0.0/24 oifname toout masquerade
nft 'add chain ip rip forwarded { type filter hook forward priority 0; policy accept; }'
nft add rule ip rip forwarded ip daddr 10.2.0.3 drop
rip netns exec inner ping -c1 -w5 10.2.0.2
if rip netns exec inner ping -c1 -W1 10.2.0.3; then exit 22; fi
";

/// A program that reads the packets of a TUN device and answers the ping.
const ECHO: &str = "set -e
rip tuntap add dev tun0 mode tun
rip link set tun0 up
rip addr add 10.0.0.1/24 dev tun0
$ROLE echo tun0 & echo=$!
for i in 1 2 3 4 5 6 7 8 9 10; do ping -c1 -W1 10.0.0.2 && break; done
rip -d tuntap show 2>/dev/null | grep -q \"($echo)\"
kill $echo
";

/// IP over UDP: two TUN devices, a program that carries packets, a ping through it.
const TUNNEL: &str = "set -e
for n in 1 2; do rip netns add n$n; done
rip link add u1 netns n1 type veth peer name u2 netns n2
for n in 1 2; do
  rip -n n$n addr add 192.0.2.$n/24 dev u$n
  rip -n n$n link set u$n up
  rip -n n$n tuntap add dev t$n mode tun
  rip -n n$n addr add 10.9.0.$n/24 dev t$n
  rip -n n$n link set t$n up mtu 1400
done
rip netns exec n1 $ROLE udp t1 192.0.2.1:5000 192.0.2.2:5000 & one=$!
rip netns exec n2 $ROLE udp t2 192.0.2.2:5000 192.0.2.1:5000 & two=$!
for i in 1 2 3 4 5 6 7 8 9 10; do rip netns exec n1 ping -c1 -W1 -s 1000 10.9.0.2 && break; done
rip netns exec n2 ping -c1 -w5 10.9.0.1
kill $one $two
";

fn run(script: &str, user: bool) -> Result<String, String> {
    let me = std::env::current_exe().map_err(|e| e.to_string())?;
    let script = format!("ROLE={}\n{script}", quoted(&format!("{} --role", me.display())));
    let sandbox = Sandbox { user, ..Sandbox::new(Tool::Rip) };
    let ended = sandbox.script("session", &script);
    match ended.code {
        Some(0) => Ok(ended.stdout()),
        code => Err(format!("  exit {code:?}\n{}{}", ended.stdout(), ended.stderr())),
    }
}

fn pings(script: &str, user: bool) -> Result<usize, String> {
    let out = run(script, user)?;
    let answers = out.matches("1 received").count();
    if answers == 0 { Err(format!("  no ping was answered:\n{out}")) } else { Ok(answers) }
}

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().collect();
    if args.get(1).is_some_and(|a| a == "--role") {
        role(&args[2..]);
    }
    type Check = fn(bool) -> Result<usize, String>;
    let checks: &[(&str, &[&str], Check)] = &[
        ("the session, typed with rip", &["ping", "tun"], |u| session("rip", u)),
        ("the session, typed with ip", &["ping", "tun"], |u| session("ip", u)),
        ("two namespaces on a bridge", &["ping"], |u| pings(BRIDGE, u)),
        ("masquerade and a dropped address", &["ping", "nft"], |u| pings(FIREWALL, u)),
        ("the tun crate answers a ping", &["ping", "tun"], |u| pings(ECHO, u)),
        ("IP over UDP between namespaces", &["ping", "tun"], |u| pings(TUNNEL, u)),
    ];
    let mut cases = Vec::new();
    for user in [false, true] {
        for (name, needs, check) in checks {
            let place = if user { "in a user namespace" } else { "as root" };
            cases.push(Case::new(format!("{name}, {place}"), move || {
                let place = if user { "user" } else { "root" };
                match [&place].into_iter().chain(*needs).find_map(|n| machine::lacks(n)) {
                    Some(why) => Outcome::Skipped(why),
                    None => check(user).map_or_else(Outcome::Failed, Outcome::Passed),
                }
            }));
        }
    }
    runner::run("session", cases, 2)
}

/// Opens a TUN device that `rip` has made.
fn open(name: &str) -> tun::Device {
    let mut config = tun::Configuration::default();
    config.tun_name(name);
    tun::create(&config).expect("the tun device")
}

fn role(args: &[String]) -> ! {
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["echo", device] => echo(open(device)),
        ["udp", device, local, peer] => carry(open(device), local, peer),
        _ => panic!("no such role: {words:?}"),
    }
}

/// Answers ICMP echo requests: source and destination change places, the type becomes a reply.
fn echo(mut device: tun::Device) -> ! {
    let mut packet = [0u8; 2048];
    loop {
        let n = device.read(&mut packet).expect("a packet");
        let ip = &mut packet[..n];
        let head = usize::from(ip[0] & 15) * 4;
        if ip[0] >> 4 != 4 || ip[9] != 1 || ip[head] != 8 {
            continue;
        }
        let (source, destination) = ip[12..20].split_at_mut(4);
        source.swap_with_slice(destination);
        ip[head] = 0;
        ip[head + 2..head + 4].fill(0);
        let sum = checksum(&ip[head..]);
        ip[head + 2..head + 4].copy_from_slice(&sum.to_be_bytes());
        device.write_all(&packet[..n]).expect("an answer");
    }
}

/// The Internet checksum.
fn checksum(bytes: &[u8]) -> u16 {
    let words = bytes.chunks(2).map(|c| u32::from(c[0]) << 8 | u32::from(*c.get(1).unwrap_or(&0)));
    let mut sum: u32 = words.sum();
    while sum > 0xffff {
        sum = (sum >> 16) + (sum & 0xffff);
    }
    u16::try_from(!sum & 0xffff).expect("sixteen bits")
}

/// Carries packets between a TUN device and a UDP peer.
fn carry(device: tun::Device, local: &str, peer: &str) -> ! {
    let socket = UdpSocket::bind(local).expect("a UDP socket");
    socket.connect(peer).expect("a peer");
    let back = socket.try_clone().expect("a second handle");
    let (mut reader, mut writer) = device.split();
    std::thread::spawn(move || {
        let mut packet = [0u8; 2048];
        loop {
            // The peer may not listen yet: its refusals arrive here.
            if let Ok(n) = back.recv(&mut packet) {
                writer.write_all(&packet[..n]).expect("a packet for the device");
            }
        }
    });
    let mut packet = [0u8; 2048];
    loop {
        let n = reader.read(&mut packet).expect("a packet from the device");
        let _ = socket.send(&packet[..n]);
    }
}
