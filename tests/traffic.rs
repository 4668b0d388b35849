//! Packets take the path that routes, rules, nexthops and neighbours say: routers made of namespaces, with `rip` alone.
//!
//! At the far ends sits a program that answers every datagram with its name (`--role answer NAME ADDRESS:PORT`), so that whoever
//! asks (`--role ask FROM TO FLOWS MARK`) learns which way the datagram went. `--role mptcp-answer` and `mptcp-ask` do the same with
//! a connection of Multipath TCP.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use nix::sys::socket::{
    AddressFamily, Backlog, MsgFlags, SockFlag, SockProtocol, SockType, SockaddrIn, SockaddrIn6, bind, connect, listen,
    sendto, setsockopt, socket, sockopt,
};
use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::net::{Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6, TcpListener, TcpStream, UdpSocket};
use std::os::fd::{AsRawFd as _, FromRawFd as _, OwnedFd};
use std::process::ExitCode;
use std::time::Duration;
use support::machine;
use support::runner::{self, Case, Outcome};
use support::sandbox::{Sandbox, Tool, quoted};

/// Two uplinks, each to a provider of its own that has the same far addresses; who answers there says which it was.
const UPLINKS: &str = "set -e
say() { echo \"$@\" >&2; }
wants() { w=\"$1\"; shift; got=$(\"$@\"); [ \"$got\" = \"$w\" ] || { say \"wanted <$w>, got <$got>: $*\"; exit 21; }; }
ask() { $ROLE ask \"$@\"; }
rip link set lo up
for n in 1 2; do
  rip netns add isp$n
  rip link add up$n type veth peer name eth0 netns isp$n
  rip addr add 10.0.$n.2/24 dev up$n
  rip addr add fd00:$n::2/64 dev up$n nodad
  rip link set up$n up
  rip -n isp$n link set lo up
  rip -n isp$n addr add 10.0.$n.1/24 dev eth0
  rip -n isp$n addr add fd00:$n::1/64 dev eth0 nodad
  rip -n isp$n addr add 198.51.100.1/32 dev lo
  rip -n isp$n addr add fd99::1/128 dev lo nodad
  rip -n isp$n link set eth0 up
  rip -n isp$n route add default via 10.0.$n.2
  rip -n isp$n route add default via fd00:$n::2
  for a in 198.51.100.1 [fd99::1]; do
    for p in 7000 7001; do rip netns exec isp$n $ROLE answer isp$n $a:$p & done
  done
done
sleep 0.5
";

/// By source, by mark, by protocol and port, and refused; and back when the rule is gone.
const POLICY: &str = "
rip route add default via 10.0.1.1
rip -6 route add default via fd00:1::1
rip route add default via 10.0.1.1 table 101
rip route add default via 10.0.2.1 table 102
rip -6 route add default via fd00:1::1 table 101
rip -6 route add default via fd00:2::1 table 102
four=198.51.100.1 six=fd99::1
wants isp1=1 ask 0.0.0.0:0 $four:7000 1 0
wants isp1=1 ask [::]:0 [$six]:7000 1 0
rip rule add from 10.0.1.2 lookup 101 pref 100
rip rule add from 10.0.2.2 lookup 102 pref 101
rip rule add fwmark 0x20/0xf0 lookup 102 pref 102
rip rule add ipproto udp dport 7001 lookup 102 pref 103
rip -6 rule add from fd00:1::2 lookup 101 pref 100
rip -6 rule add from fd00:2::/64 lookup 102 pref 101
rip -6 rule add fwmark 0x20/0xf0 lookup 102 pref 102
rip -6 rule add ipproto udp dport 7001 lookup 102 pref 103
wants isp1=1 ask 10.0.1.2:0 $four:7000 1 0
wants isp2=1 ask 10.0.2.2:0 $four:7000 1 0
wants isp1=1 ask 0.0.0.0:0 $four:7000 1 0
wants isp2=1 ask 0.0.0.0:0 $four:7000 1 $((0x25))
wants isp1=1 ask 0.0.0.0:0 $four:7000 1 $((0x15))
wants isp2=1 ask 0.0.0.0:0 $four:7001 1 0
wants isp1=1 ask [fd00:1::2]:0 [$six]:7000 1 0
wants isp2=1 ask [fd00:2::2]:0 [$six]:7000 1 0
wants isp1=1 ask [::]:0 [$six]:7000 1 0
wants isp2=1 ask [::]:0 [$six]:7000 1 $((0x25))
wants isp2=1 ask [::]:0 [$six]:7001 1 0
rip route get $four ipproto udp dport 7001 | grep -q 'via 10.0.2.1'
rip rule add from all to $four dport 7001 ipproto udp prohibit pref 50
wants nobody=1 ask 0.0.0.0:0 $four:7001 1 0
rip rule del pref 50
rip rule del pref 103
wants isp1=1 ask 0.0.0.0:0 $four:7001 1 0
ping -c1 -w5 -I 10.0.2.2 $four
";

/// Many flows over a group of nexthops; one leg is taken down and comes again.
const LEGS: &str = "
echo 1 >/proc/sys/net/ipv4/fib_multipath_hash_policy
echo 1 >/proc/sys/net/ipv6/fib_multipath_hash_policy
legs() {
  rip nexthop add id 1 via 10.0.1.1 dev up1
  rip nexthop add id 11 via fd00:1::1 dev up1
}
legs
rip nexthop add id 2 via 10.0.2.1 dev up2
rip nexthop add id 12 via fd00:2::1 dev up2
rip nexthop add id 10 group 1/2
rip nexthop add id 20 group 11/12
rip route add 198.51.100.0/24 nhid 10
rip -6 route add fd99::/64 nhid 20
both() {
  case \"$($ROLE ask $1 $2 64 0)\" in isp1=*' 'isp2=*) ;; *) say \"one leg only: $1\"; exit 22;; esac
}
both 0.0.0.0:0 198.51.100.1:7000
both [::]:0 [fd99::1]:7000
rip link set up1 down
rip nexthop show id 10 | grep -q '^id 10 group 2 '
wants isp2=64 ask 0.0.0.0:0 198.51.100.1:7000 64 0
wants isp2=64 ask [::]:0 [fd99::1]:7000 64 0
rip link set up1 up
rip addr replace fd00:1::2/64 dev up1 nodad
sleep 0.5
legs
rip nexthop replace id 10 group 1/2
rip nexthop replace id 20 group 11/12
both 0.0.0.0:0 198.51.100.1:7000
both [::]:0 [fd99::1]:7000
rip nexthop add id 30 group 1/2 type resilient buckets 32
rip route replace 198.51.100.0/24 nhid 30
both 0.0.0.0:0 198.51.100.1:7000
[ $(rip nexthop bucket list id 30 nhid 2 | wc -l) = 16 ]
rip nexthop add id 3 blackhole
rip route replace 198.51.100.0/24 nhid 3
wants nobody=1 ask 0.0.0.0:0 198.51.100.1:7000 1 0
rip route replace 198.51.100.0/24 nexthop via 10.0.1.1 weight 1 nexthop via 10.0.2.1 weight 3
both 0.0.0.0:0 198.51.100.1:7000
";

/// a - r - b: the only way from a to b is a path of segments that r ends.
const SEGMENTS: &str = "set -e
for n in a r b; do rip netns add $n; rip -n $n link set lo up; done
rip link add tor netns a type veth peer name toa netns r
rip link add tor netns b type veth peer name tob netns r
for n in a b; do
  rip -n $n link set tor up
  rip -n r link set to$n up
done
rip -n a addr add fd0a::2/64 dev tor nodad
rip -n r addr add fd0a::1/64 dev toa nodad
rip -n b addr add fd0b::2/64 dev tor nodad
rip -n r addr add fd0b::1/64 dev tob nodad
rip netns exec r sh -c 'for c in all default toa tob; do echo 1 >/proc/sys/net/ipv6/conf/$c/seg6_enabled; done; echo 1 >/proc/sys/net/ipv6/conf/all/forwarding'
rip -n b -6 route add default via fd0b::1
rip -n a -6 route add fc00:e::/32 via fd0a::1
sleep 0.3
if rip netns exec a ping -c1 -W1 fd0b::2; then exit 31; fi
rip -n a -6 route add fd0b::/64 encap seg6 mode encap segs fc00:e::6 dev tor
rip -n r -6 route add fc00:e::6/128 encap seg6local action End.DT6 table main count dev tob
rip netns exec a ping -c2 -w5 fd0b::2
rip -n r -s -6 route show fc00:e::6 | grep -q 'packets [1-9]'
rip -n r -6 route replace fc00:e::6/128 encap seg6local action End.DX6 nh6 fd0b::2 count dev tob
rip netns exec a ping -c1 -w5 fd0b::2
rip -n r -s -j -6 route show fc00:e::6 | grep -q '\"stats64\":{\"packets\":[1-9]'
rip -n r -6 route del fc00:e::6/128
if rip netns exec a ping -c1 -W1 fd0b::2; then exit 32; fi
";

/// b lives behind r, with an address of a's own network: r answers for it.
const PROXY: &str = "set -e
for n in a r b; do rip netns add $n; rip -n $n link set lo up; done
rip link add tor netns a type veth peer name toa netns r
rip link add tor netns b type veth peer name tob netns r
for n in a b; do
  rip -n $n link set tor up
  rip -n r link set to$n up
done
rip netns exec r sh -c 'echo 1 >/proc/sys/net/ipv4/ip_forward; echo 1 >/proc/sys/net/ipv6/conf/all/forwarding; echo 1 >/proc/sys/net/ipv6/conf/toa/proxy_ndp; echo 0 >/proc/sys/net/ipv4/neigh/toa/proxy_delay; echo 0 >/proc/sys/net/ipv6/neigh/toa/proxy_delay'
rip -n a addr add 10.0.0.1/24 dev tor
rip -n a addr add fd00::1/64 dev tor nodad
rip -n r addr add 10.0.0.254/24 dev toa
rip -n r addr add fd00::fe/64 dev toa nodad
rip -n r route add 10.0.0.200/32 dev tob
rip -n r -6 route add fd00::200/128 dev tob
rip -n b addr add 10.0.0.200/32 dev tor
rip -n b addr add fd00::200/128 dev tor nodad
rip -n b route add 10.0.0.254/32 dev tor
rip -n b route add default via 10.0.0.254
rip -n r addr add fe80::1/64 dev tob nodad
rip -n b -6 route add default via fe80::1 dev tor
rip -n r addr add 10.9.9.9/32 dev tob
sleep 0.3
if rip netns exec a ping -c1 -W1 10.0.0.200; then exit 41; fi
if rip netns exec a ping -c1 -W1 fd00::200; then exit 42; fi
rip -n r neigh add proxy 10.0.0.200 dev toa
rip -n r neigh add proxy fd00::200 dev toa
rip -n a neigh flush dev tor
rip netns exec a ping -c1 -w5 10.0.0.200
rip netns exec a ping -c1 -w5 fd00::200
mac=$(rip -n r -br link show toa | grep -o '..:..:..:..:..:..' | head -1)
rip -n a neigh show 10.0.0.200 | grep -q \"$mac\"
rip -n a neigh show fd00::200 | grep -q \"$mac\"
[ $(rip -n r neigh show proxy | wc -l) = 2 ]
rip -n r neigh del proxy 10.0.0.200 dev toa
rip -n a neigh flush dev tor
if rip netns exec a ping -c1 -W1 10.0.0.200; then exit 43; fi
rip -n a neigh replace 10.0.0.200 lladdr $mac dev tor nud permanent
rip netns exec a ping -c1 -w5 10.0.0.200
";

/// One MPTCP connection over two links: an endpoint of the client opens the second subflow, which carries it alone once the first
/// link is down.
const TWO_PATHS: &str = "set -e
rip netns add a
rip netns add b
for n in 1 2; do
  rip -n a link add p$n type veth peer name p$n netns b
  rip -n a addr add 10.0.$n.1/24 dev p$n
  rip -n b addr add 10.0.$n.2/24 dev p$n
  rip -n a link set p$n up
  rip -n b link set p$n up
done
rip -n b link set lo up
rip -n a route add 10.0.1.0/24 via 10.0.2.2 dev p2 table 102
rip -n a rule add from 10.0.2.1 lookup 102
joins() { rip netns exec $1 awk '/^MPTcpExt/ { if (seen++) for (i = 2; i <= NF; i++) if (name[i] == w) print $i; for (i = 2; i <= NF; i++) name[i] = $i }' w=$2 /proc/net/netstat; }
rip -n a mptcp limits set subflows 2 add_addr_accepted 0
rip -n b mptcp limits set subflows 2
rip -n a mptcp endpoint add 10.0.2.1 dev p2 subflow
rip netns exec b $ROLE mptcp-answer 10.0.1.2:7000 &
rip netns exec a $ROLE mptcp-ask 10.0.1.2:7000 /run/joined /run/cut & asks=$!
for i in $(seq 50); do [ -e /run/joined ] && break; sleep 0.1; done
[ \"$(joins b MPJoinSynRx)\" = 1 ] && [ \"$(joins b MPJoinAckRx)\" = 1 ] || { joins b MPJoinSynRx; exit 51; }
rip -n a link set p1 down
touch /run/cut
wait $asks
# Without the endpoint there is one path.
rip -n a link set p1 up
rip -n a mptcp endpoint delete id 1
[ -z \"$(rip -n a mptcp endpoint show)\" ]
rm /run/joined /run/cut; touch /run/cut
rip netns exec a $ROLE mptcp-ask 10.0.1.2:7000 /run/joined /run/cut
[ \"$(joins b MPJoinSynRx)\" = 1 ] || exit 52
echo two legs
";

/// A router announces a prefix, and the token is the other half of the address that comes of it.
const TOKEN: &str = "set -e
for n in r h; do rip netns add $n; done
rip link add uplink address 02:00:00:00:00:0a netns h type veth peer name lan netns r
rip netns exec r sh -c 'echo 1 >/proc/sys/net/ipv6/conf/all/forwarding'
rip netns exec h sh -c 'echo 0 >/proc/sys/net/ipv6/conf/uplink/accept_dad; echo 1 >/proc/sys/net/ipv6/conf/uplink/router_solicitation_interval; echo 3 >/proc/sys/net/ipv6/conf/uplink/router_solicitations'
rip netns exec r sh -c 'echo 0 >/proc/sys/net/ipv6/conf/lan/accept_dad'
rip -n r link set lan up
rip -n h link set uplink up
rip -n r wait timeout 10 carrier lan
rip -n r addr add 2001:db8:5::1/64 dev lan nodad
rip -n h token set ::1234:5 dev uplink
rip netns exec r $ROLE advertise lan 2001:db8:5:: & router=$!
rip -n h wait timeout 10 address dev uplink to 2001:db8:5::1234:5/128
[ $(rip -n h -o addr show dev uplink dynamic | wc -l) = 1 ]
rip netns exec h ping -c1 -w5 2001:db8:5::1
# Another token, another address from the next announcement; without one, the device's own identifier.
rip -n h token set ::9 dev uplink
rip -n h wait timeout 10 address dev uplink to 2001:db8:5::9/128
rip -n h token del dev uplink
rip -n h wait timeout 10 address dev uplink to 2001:db8:5::ff:fe00:a/128
kill $router
";

fn pings(script: &str, user: bool) -> Result<usize, String> {
    let me = std::env::current_exe().map_err(|e| e.to_string())?;
    let script = format!("ROLE={}\n{script}exit 0\n", quoted(&format!("{} --role", me.display())));
    let ended = Sandbox { user, ..Sandbox::new(Tool::Rip) }.script("traffic", &script);
    let out = ended.stdout();
    match ended.code {
        Some(0) if out.contains("1 received") || out.contains("2 received") || script.contains("legs") => Ok(1),
        code => Err(format!("  exit {code:?}\n{out}{}", ended.stderr())),
    }
}

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().collect();
    if args.get(1).is_some_and(|a| a == "--role") {
        role(&args[2..]);
    }
    let checks: &[(&str, String)] = &[
        ("policy routing over two uplinks", format!("{UPLINKS}{POLICY}")),
        ("many flows over two legs, one taken down", format!("{UPLINKS}{LEGS}")),
        ("a path of segments", SEGMENTS.to_string()),
        ("proxied neighbours", PROXY.to_string()),
        ("an MPTCP connection over two paths", TWO_PATHS.to_string()),
        ("a token in the address that a router's prefix makes", TOKEN.to_string()),
    ];
    let mut cases = Vec::new();
    for user in [false, true] {
        for (name, script) in checks {
            let script = script.clone();
            let place = if user { "in a user namespace" } else { "as root" };
            cases.push(Case::new(format!("{name}, {place}"), move || {
                let place = if user { "user" } else { "root" };
                match [place, "ping"].iter().find_map(|n| machine::lacks(n)) {
                    Some(why) => Outcome::Skipped(why),
                    None => pings(&script, user).map_or_else(Outcome::Failed, Outcome::Passed),
                }
            }));
        }
    }
    runner::run("traffic", cases, 2)
}

fn role(args: &[String]) -> ! {
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["answer", name, at] => answer(name, at),
        ["ask", from, to, flows, mark] => {
            println!("{}", ask(from.parse().expect("from"), to.parse().expect("to"), flows, mark));
            std::process::exit(0)
        }
        ["advertise", device, prefix] => advertise(device, prefix.parse().expect("a prefix")),
        ["mptcp-answer", at] => mptcp_answer(at.parse().expect("an address")),
        ["mptcp-ask", to, joined, cut] => {
            mptcp_ask(to.parse().expect("an address"), joined, cut);
            std::process::exit(0)
        }
        _ => panic!("no such role: {words:?}"),
    }
}

fn answer(name: &str, at: &str) -> ! {
    let socket = UdpSocket::bind(at).expect("a UDP socket");
    let mut packet = [0u8; 64];
    loop {
        if let Ok((_, from)) = socket.recv_from(&mut packet) {
            let _ = socket.send_to(name.as_bytes(), from);
        }
    }
}

/// Announces a prefix of 64 bits on a device, five times a second: a router advertisement with a prefix information option
/// (RFC 4861, 4.2 and 4.6.2) that hosts form addresses from. The kernel fills in the checksum.
fn advertise(device: &str, prefix: Ipv6Addr) -> ! {
    let socket =
        socket(AddressFamily::Inet6, SockType::Raw, SockFlag::empty(), SockProtocol::IcmpV6).expect("a raw socket");
    setsockopt(&socket, sockopt::Ipv6MulticastHops, &255).expect("the hop limit of neighbour discovery");
    let index = nix::net::if_::if_nametoindex(device).expect("a device");
    let lifetime = 1800u32.to_be_bytes();
    let mut packet = vec![134, 0, 0, 0, 64, 0, lifetime[2], lifetime[3], 0, 0, 0, 0, 0, 0, 0, 0];
    packet.extend([3, 4, 64, 0xc0]);
    packet.extend([lifetime, lifetime, [0; 4]].concat());
    packet.extend(prefix.octets());
    let all = SockaddrIn6::from(SocketAddrV6::new(Ipv6Addr::new(0xff02, 0, 0, 0, 0, 0, 0, 1), 0, 0, index));
    loop {
        let _ = sendto(socket.as_raw_fd(), &packet, &all, MsgFlags::empty());
        std::thread::sleep(Duration::from_millis(200));
    }
}

/// A socket of Multipath TCP.
#[allow(unsafe_code)]
fn mptcp() -> OwnedFd {
    // SAFETY: socket(2) takes numbers alone, and its descriptor is nobody else's.
    unsafe {
        let fd = nix::libc::socket(nix::libc::AF_INET, nix::libc::SOCK_STREAM, nix::libc::IPPROTO_MPTCP);
        assert!(fd >= 0, "{}", std::io::Error::last_os_error());
        OwnedFd::from_raw_fd(fd)
    }
}

/// Sends back what comes.
fn mptcp_answer(at: SocketAddrV4) -> ! {
    let socket = mptcp();
    setsockopt(&socket, sockopt::ReuseAddr, &true).expect("an option");
    bind(socket.as_raw_fd(), &SockaddrIn::from(at)).expect("an address");
    listen(&socket, Backlog::new(4).expect("a number")).expect("listening");
    let listening = TcpListener::from(socket);
    loop {
        let (mut stream, _) = listening.accept().expect("a connection");
        let mut byte = [0];
        while stream.read_exact(&mut byte).is_ok() && stream.write_all(&byte).is_ok() {}
    }
}

/// Sends bytes, which must come back: first while a second subflow may come up, then once the file `cut` is there.
fn mptcp_ask(to: SocketAddrV4, joined: &str, cut: &str) {
    // The program that answers may not listen yet.
    let connected = || {
        std::thread::sleep(Duration::from_millis(100));
        let socket = mptcp();
        connect(socket.as_raw_fd(), &SockaddrIn::from(to)).is_ok().then_some(socket)
    };
    let socket = (0..50).find_map(|_| connected()).expect("a connection");
    let mut stream = TcpStream::from(socket);
    stream.set_read_timeout(Some(Duration::from_secs(30))).expect("a timeout");
    let mut echo = || {
        let mut byte = [7];
        stream.write_all(&byte).expect("a byte");
        stream.read_exact(&mut byte).expect("its echo");
    };
    for _ in 0..10 {
        echo();
        std::thread::sleep(Duration::from_millis(50));
    }
    std::fs::write(joined, "").expect("a file");
    while std::fs::metadata(cut).is_err() {
        std::thread::sleep(Duration::from_millis(20));
    }
    echo();
}

/// Who answers how many flows, each from a port of its own: `isp1=3 isp2=5`.
fn ask(from: SocketAddr, to: SocketAddr, flows: &str, mark: &str) -> String {
    let (flows, mark): (usize, u32) = (flows.parse().expect("flows"), mark.parse().expect("a mark"));
    let mut answers: BTreeMap<String, usize> = BTreeMap::new();
    for _ in 0..flows {
        let socket = UdpSocket::bind(from).expect("a UDP socket");
        setsockopt(&socket, sockopt::Mark, &mark).expect("a mark");
        socket.set_read_timeout(Some(Duration::from_millis(600))).expect("a timeout");
        let mut name = "nobody".to_string();
        // A neighbour that is not known yet may cost a datagram.
        for _ in 0..5 {
            let mut packet = [0u8; 64];
            if socket.send_to(b"who?", to).is_ok()
                && let Ok(n) = socket.recv(&mut packet)
            {
                name = String::from_utf8_lossy(&packet[..n]).into_owned();
                break;
            }
        }
        *answers.entry(name).or_default() += 1;
    }
    answers.iter().map(|(n, c)| format!("{n}={c}")).collect::<Vec<_>>().join(" ")
}
