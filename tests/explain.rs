//! `route explain`: in random worlds of rules, routes and nexthops, the walk of random packets ends at the table and the
//! entry that the kernel takes, and each refusal is explained. `RIP_LONG=1` asks 10,000 times; `RIP_SEED=N` is a world.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use serde_json::Value;
use std::fmt::Write as _;
use support::sandbox::{Sandbox, Tool};
use support::{machine, skip};

/// xorshift64*
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % n
    }
    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }
    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
}

/// A family's addresses in the test: hosts, networks, routers, and the lengths of its prefixes.
struct Family {
    six: bool,
}

impl Family {
    fn host(&self, r: &mut Random) -> String {
        let (a, b, c) = (r.below(3), r.below(3), 2 + r.below(3));
        if self.six { format!("2001:db8:{a}:{b}::{c}") } else { format!("10.{a}.{b}.{c}") }
    }
    fn net(&self, r: &mut Random) -> String {
        let (a, b, c) = (r.below(3), r.below(3), 2 + r.below(3));
        match (self.six, r.below(5)) {
            (false, 0) => "default".into(),
            (false, 1) => "10.0.0.0/8".into(),
            (false, 2) => format!("10.{a}.0.0/16"),
            (false, 3) => format!("10.{a}.{b}.0/24"),
            (false, _) => format!("10.{a}.{b}.{c}"),
            (true, 0) => "default".into(),
            (true, 1) => "2001:db8::/32".into(),
            (true, 2) => format!("2001:db8:{a}::/48"),
            (true, 3) => format!("2001:db8:{a}:{b}::/64"),
            (true, _) => format!("2001:db8:{a}:{b}::{c}"),
        }
    }
    fn router(&self, dev: usize, r: &mut Random) -> String {
        let n = 2 + r.below(2);
        if self.six { format!("2001:db8:ff{dev}::{n}") } else { format!("192.168.{dev}.{n}") }
    }
    fn own(&self, dev: usize) -> String {
        if self.six { format!("2001:db8:ff{dev}::1") } else { format!("192.168.{dev}.1") }
    }
    fn route(&self, r: &mut Random) -> String {
        let mut net = self.net(r);
        // The kernel alternates between several default routers of one table: they get metrics of their own below.
        let metric = if net == "default" { 1 + r.below(4000) } else { [0, 0, 10, 20][r.below(4)] };
        if self.six && r.chance(10) {
            let _ = write!(net, " from {}", ["2001:db8:ff0::/64", "2001:db8:ff1::1", "2001:db8::/32"][r.below(3)]);
        }
        let table = r.one(&["main", "100", "101", "102"]);
        let way = |r: &mut Random| {
            let dev = r.below(3);
            match r.below(3) {
                0 => format!("dev d{dev}"),
                _ => format!("via {} dev d{dev}", self.router(dev, r)),
            }
        };
        let (kind, target) = match r.below(12) {
            0 => (r.one(&["blackhole ", "unreachable ", "prohibit ", "throw "]), String::new()),
            1 | 2 => {
                let (a, b) = (r.below(3), r.below(3));
                let (x, y) = (self.router(a, r), self.router(b, r));
                ("", format!("nexthop via {x} dev d{a} weight {} nexthop via {y} dev d{b}", 1 + r.below(3)))
            }
            3 | 4 if net != "default" => ("", format!("nhid {}", 1 + r.below(5))),
            _ => ("", way(r)),
        };
        let mut line = format!("{kind}{net} {target} table {table}");
        if metric > 0 {
            let _ = write!(line, " metric {metric}");
        }
        if !self.six && kind.is_empty() && r.chance(12) {
            let _ = write!(line, " tos {}", r.one(&["0x10", "0x08"]));
        }
        if self.six && kind.is_empty() && r.chance(12) {
            let _ = write!(line, " pref {}", r.one(&["low", "high"]));
        }
        line
    }
    fn rule(&self, r: &mut Random) -> String {
        let mut line = format!("pref {}", 100 + r.below(900));
        if r.chance(15) {
            line.push_str(" not");
        }
        let mut say = |r: &mut Random, percent: usize, what: String| {
            if r.chance(percent) {
                line.push(' ');
                line.push_str(&what);
            }
        };
        let net = self.net(r).replace("default", "all");
        say(r, 35, format!("to {net}"));
        let source = self.own(r.below(3));
        say(r, 12, format!("from {source}"));
        let mark = r.one(&["1", "7", "0x4/0x4", "0/0x1"]);
        say(r, 15, format!("fwmark {mark}"));
        let dev = r.one(&["lo", "d0", "d1", "nosuch"]);
        say(r, 12, format!("iif {dev}"));
        let dev = r.one(&["d0", "d1", "nosuch"]);
        say(r, 8, format!("oif {dev}"));
        let users = r.one(&["0-0", "1000-2000", "0-4294967294"]);
        say(r, 10, format!("uidrange {users}"));
        let protocol = r.one(&["tcp", "udp", "icmp"]);
        say(r, 12, format!("ipproto {protocol}"));
        let ports = r.one(&["22", "80-443", "1000-2000"]);
        say(r, 10, format!("dport {ports}"));
        say(r, 6, format!("sport {ports}"));
        let tos = r.one(&["tos 0x10", "tos 0x08", "dscp 2"]);
        say(r, 8, tos.into());
        match r.below(12) {
            0 => line.push_str(r.one(&[" blackhole", " unreachable", " prohibit"])),
            1 => line.push_str(" nop"),
            2 | 3 => {
                let _ = write!(line, " goto {}", 1000 + 100 * r.below(3));
            }
            _ => {
                let _ = write!(line, " lookup {}", r.one(&["100", "101", "102", "103", "main"]));
                if r.chance(20) {
                    let _ = write!(line, " suppress_prefixlength {}", r.one(&["0", "16", "32"]));
                }
                if r.chance(10) {
                    let _ = write!(line, " suppress_ifgroup {}", r.below(2) * 5);
                }
            }
        }
        line
    }
    fn flow(&self, r: &mut Random) -> String {
        let mut line = self.host(r);
        if r.chance(20) {
            let source = self.host(r);
            let _ = write!(line, " from {source} iif d{}", r.below(3));
        } else {
            if r.chance(25) {
                let _ = write!(line, " from {}", self.own(r.below(3)));
            }
            if r.chance(12) {
                let _ = write!(line, " oif d{}", r.below(3));
            }
            if r.chance(20) {
                let _ = write!(line, " uid {}", r.one(&["0", "1000", "5000"]));
            }
        }
        if r.chance(30) {
            let _ = write!(line, " mark {}", r.one(&["1", "4", "5", "7"]));
        }
        if r.chance(30) {
            let _ =
                write!(line, " ipproto {} dport {} sport {}", r.one(&["tcp", "udp"]), r.one(&["22", "100", "7"]), 1500);
        }
        if r.chance(15) {
            let _ = write!(line, " tos {}", r.one(&["0x10", "0x08", "0x04"]));
        }
        line
    }
}

/// Three devices with carrier, the first in group 5, one of them without when `down`.
const PREPARED: &str = "
rip link set lo up
for n in 0 1 2; do
  rip link add d$n type veth peer name p$n; rip link set d$n addrgenmode none; rip link set p$n addrgenmode none
  rip link set d$n up; rip link set p$n up
  rip addr add 192.168.$n.1/24 dev d$n; rip addr add 2001:db8:ff$n::1/64 dev d$n nodad
  sysctl -qw net.ipv4.conf.d$n.rp_filter=0
done
rip link set d0 group 5
sysctl -qw net.ipv4.conf.all.rp_filter=0 net.ipv4.ip_forward=1
";

fn script(seed: u64, flows: usize) -> (String, Vec<String>) {
    let mut r = Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let family = Family { six: seed % 2 == 1 };
    let option = if family.six { "-6" } else { "-4" };
    let mut lines = String::new();
    for n in 1..=3 {
        let dev = n - 1;
        let _ = writeln!(lines, "nexthop add id {n} via {} dev d{dev}", family.router(dev, &mut r));
    }
    lines.push_str("nexthop add id 4 blackhole\nnexthop add id 5 group 1/2,3/3\n");
    (0..30).for_each(|_| writeln!(lines, "route add {}", family.route(&mut r)).unwrap());
    (0..10).for_each(|_| writeln!(lines, "rule add {}", family.rule(&mut r)).unwrap());
    for target in [1000, 1100, 1200] {
        let _ = writeln!(lines, "rule add pref {target} lookup {}", r.one(&["100", "101", "102"]));
    }
    let asked: Vec<String> = (0..flows).map(|_| family.flow(&mut r)).collect();
    let questions: String = asked.iter().map(|q| format!("route explain {q}\n")).collect();
    let down = if seed % 4 > 1 {
        "rip link set p1 down; sysctl -qw net.ipv4.conf.d1.ignore_routes_with_linkdown=1"
    } else {
        ""
    };
    let script = format!(
        "{PREPARED}\ncat >/run/lines <<'EOF'\n{lines}EOF\ncat >/run/questions <<'EOF'\n{questions}EOF
rip {option} -force -batch /run/lines 2>/run/refused\n{down}\nrip {option} -j -force -batch /run/questions 2>/run/said || true\n"
    );
    (script, asked)
}

/// What of a route must be equal: IPv6 begins an ECMP route with the way that was chosen.
fn essence(route: &Value) -> (Value, Vec<String>) {
    let mut rest = route.clone();
    let members = rest.as_object_mut().expect("a route");
    // The kernel repeats the device that the question names.
    members.remove("iif");
    let ways = members.remove("nexthops");
    let mut ways: Vec<String> = ways.iter().flat_map(|w| w.as_array().unwrap()).map(Value::to_string).collect();
    ways.sort();
    (rest, ways)
}

fn check(seed: u64, flows: usize) -> (usize, usize) {
    let (script, asked) = script(seed, flows);
    if std::env::var_os("RIP_SEED").is_some() {
        println!("{script}");
    }
    let ended = Sandbox::new(Tool::Rip).script("explain", &script);
    let said = ended.stdout();
    let answers: Vec<Value> = serde_json::Deserializer::from_str(&said).into_iter().map(|v| v.expect("JSON")).collect();
    assert_eq!(answers.len(), asked.len(), "world {seed}: {}", ended.stderr());
    let (mut ways, mut refusals) = (0, 0);
    for (answer, question) in answers.iter().zip(&asked) {
        let answer = &answer[0];
        let story = || format!("RIP_SEED={seed}: route explain {question}\n{answer:#}");
        assert_eq!(answer["agrees"], true, "{}", story());
        let last = answer["rules"].as_array().and_then(|r| r.last()).expect("a rule");
        if answer["kernel"].is_null() {
            refusals += 1;
            continue;
        }
        // With a device given, IPv4 does without a route.
        if answer["fibmatch"].is_null() {
            assert!(answer["why"].as_str().is_some_and(|w| w.contains("no route")), "{}", story());
            continue;
        }
        assert_eq!(last["verdict"], "match", "{}", story());
        // The kernel names any of the IPv6 routes that share a nexthop object.
        let shared = question.contains(':') && !last["route"]["nhid"].is_null();
        match shared {
            true => assert_eq!(last["route"]["nhid"], answer["fibmatch"]["nhid"], "{}", story()),
            false => assert_eq!(essence(&last["route"]), essence(&answer["fibmatch"]), "{}", story()),
        }
        ways += 1;
    }
    (ways, refusals)
}

#[test]
fn the_walk_ends_where_the_kernel_goes() {
    if !machine::namespaces(!machine::root()) {
        return skip::skip("explain", "namespaces cannot be made here");
    }
    let long = std::env::var_os("RIP_LONG").is_some();
    let (worlds, flows) = if long { (100, 100) } else { (8, 60) };
    let seeds: Vec<u64> = match std::env::var("RIP_SEED").ok().and_then(|s| s.parse().ok()) {
        Some(seed) => vec![seed],
        None => (0..worlds).collect(),
    };
    let (mut ways, mut refusals) = (0, 0);
    for seed in &seeds {
        let (w, r) = check(*seed, flows);
        (ways, refusals) = (ways + w, refusals + r);
    }
    println!("{ways} ways and {refusals} refusals");
    assert!(
        ways > seeds.len() * flows / 4 && refusals > 0,
        "{ways} ways, {refusals} refusals: the worlds are too poor"
    );
}

/// Each refusal, with the words that say why, and the command where one surely helps.
const REFUSALS: &[(&str, &str, &str)] = &[
    ("10.66.1.1", "refuses: Permission denied", "RTNETLINK answers: Permission denied"),
    ("10.67.1.1", "table main: unreachable 10.67.0.0/16", "RTNETLINK answers: No route to host"),
    ("10.68.1.1", "table main: blackhole 10.68.0.0/16", "RTNETLINK answers: Invalid argument"),
    ("10.69.1.1", "table 100: throw 10.69.0.0/16", "RTNETLINK answers: Network is unreachable"),
    ("10.70.1.1", "table main: no route", "RTNETLINK answers: Network is unreachable"),
    ("10.71.1.1", "suppressed: /8 is no longer than /8", "RTNETLINK answers: Network is unreachable"),
    (
        "192.168.0.9 from 192.168.2.9 iif d1",
        "reverse path filter of d1: the way back to 192.168.2.9 is d2",
        "RTNETLINK answers: Invalid argument",
    ),
    (
        "192.168.0.9 from 203.0.113.1 iif d1",
        "reverse path filter of d1: there is no way back to 203.0.113.1",
        "RTNETLINK answers: Invalid argument",
    ),
    (
        "192.168.0.9 from 203.0.113.1 iif d2",
        "net.ipv4.conf.d2.forwarding is 0",
        "sysctl -w net.ipv4.conf.d2.forwarding=1",
    ),
    (
        "192.168.0.9 from 192.168.0.1 iif d1",
        "192.168.0.1 is an address of this machine",
        "RTNETLINK answers: Invalid argument",
    ),
    (
        "192.168.0.9 from 203.0.113.1",
        "203.0.113.1 is not an address of this machine, and no iif is given",
        "RTNETLINK answers:",
    ),
    ("10.70.1.1 oif off", "off is down", "rip link set off up"),
    ("10.70.1.1 oif d1", "no route, but a device is given: 10.70.1.1 is taken for a host on d1", "exit 0"),
    ("224.0.0.9 oif d1", "no table is asked: 224.0.0.9 goes out by d1", "exit 0"),
];

#[test]
fn each_refusal_is_explained() {
    if !machine::namespaces(!machine::root()) {
        return skip::skip("explain", "namespaces cannot be made here");
    }
    let mut script = format!(
        "{PREPARED}
sysctl -qw net.ipv4.conf.d1.rp_filter=1 net.ipv4.conf.d2.forwarding=0
rip link add off type veth peer name other
rip route add unreachable 10.67.0.0/16; rip route add blackhole 10.68.0.0/16
rip route add throw 10.69.0.0/16 table 100; rip route add 10.0.0.0/8 via 192.168.0.2 table 101
rip rule add pref 66 to 10.66.0.0/16 prohibit; rip rule add pref 69 to 10.69.0.0/16 lookup 100
rip rule add pref 71 to 10.71.0.0/16 lookup 101 suppress_prefixlength 8\n"
    );
    for (question, ..) in REFUSALS {
        let _ = writeln!(script, "rip route explain {question} 2>&1; echo \"exit $?\"; echo END");
    }
    script.push_str("ip route explain 10.1.1.1 2>&1; rip route e 2>&1; rip route explain 10.67.1.1 fibmatch 2>&1\n");
    let ended = Sandbox::new(Tool::Rip).script("explain", &script);
    let said = ended.stdout();
    let mut answers = said.split("END\n");
    for ((question, why, more), answer) in REFUSALS.iter().zip(answers.by_ref()) {
        for wanted in [why, more] {
            assert!(answer.contains(wanted), "route explain {question}: no {wanted:?} in:\n{answer}{}", ended.stderr());
        }
        assert!(!answer.contains("otherwise"), "{answer}");
        let code = if answer.contains("RTNETLINK answers") { "exit 2\n" } else { "exit 0\n" };
        assert!(answer.ends_with(code), "{answer}");
    }
    let rest = answers.next().unwrap_or_default();
    assert!(rest.contains("Command \"explain\" is unknown, try \"ip route help\".\n"), "{rest}");
    assert!(rest.contains("Command \"e\" is unknown, try \"ip route help\".\n"), "{rest}");
    assert!(rest.contains("inet prefix is expected rather than \"fibmatch\""), "{rest}");
}
