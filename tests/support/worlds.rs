//! Random worlds of rules, routes and nexthops, with VRFs where the kernel has them, and random packets: `route explain`
//! must end at the table and the entry that the kernel takes.

use super::sandbox::{Sandbox, Tool};
use serde_json::Value;
use std::fmt::Write as _;

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
pub const PREPARED: &str = "
rip link set lo up
for n in 0 1 2; do
  rip link add d$n type veth peer name p$n; rip link set d$n addrgenmode none; rip link set p$n addrgenmode none
  rip link set d$n up; rip link set p$n up
  rip addr add 192.168.$n.1/24 dev d$n; rip addr add 2001:db8:ff$n::1/64 dev d$n nodad
  echo 0 >/proc/sys/net/ipv4/conf/d$n/rp_filter
done
rip link set d0 group 5
echo 0 >/proc/sys/net/ipv4/conf/all/rp_filter; echo 1 >/proc/sys/net/ipv4/ip_forward
";

/// Devices in VRFs, whose tables are two of those of the routes, and the rule that leads there.
fn vrfs(seed: u64, r: &mut Random, option: &str) -> String {
    let mut lines =
        String::from("rip link add red type vrf table 102; rip link set red up; rip link set d2 master red\n");
    if seed.is_multiple_of(3) {
        lines.push_str("rip link add blue type vrf table 101; rip link set blue up; rip link set d0 master blue\n");
    }
    // A device that changes its VRF loses these.
    for n in [0, 2] {
        let _ = writeln!(lines, "rip addr replace 2001:db8:ff{n}::1/64 dev d{n} nodad");
    }
    let place = r.one(&["50", "300", "600", "999"]);
    let _ = writeln!(lines, "rip {option} rule del l3mdev; rip {option} rule add pref {place} l3mdev");
    lines
}

/// The same question of a VRF, or of a device in one.
fn through_vrf(question: String, r: &mut Random) -> String {
    let (says, roll) = (|word: &str| question.contains(word), r.below(10));
    let swapped =
        |word: &str| (0..2).fold(question.clone(), |q, n| q.replace(&format!("{word}d{n}"), &format!("{word}red")));
    match roll {
        0..3 if says(" iif ") => swapped(" iif "),
        3..6 if says(" oif ") => swapped(" oif "),
        0..6 if !says("if ") && !says(" from ") => {
            question + [" vrf red", " oif red", " oif d2"][roll.saturating_sub(3)]
        }
        _ => question,
    }
}

fn script(seed: u64, flows: usize, vrf: bool) -> (String, Vec<String>) {
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
    let mut asked: Vec<String> = (0..flows).map(|_| family.flow(&mut r)).collect();
    let mut prepared = PREPARED.to_string();
    if vrf {
        prepared.push_str(&vrfs(seed, &mut r, option));
        asked = asked.into_iter().map(|q| through_vrf(q, &mut r)).collect();
    }
    let questions: String = asked.iter().map(|q| format!("route explain {q}\n")).collect();
    let down = if seed % 4 > 1 {
        "rip link set p1 down; echo 1 >/proc/sys/net/ipv4/conf/d1/ignore_routes_with_linkdown"
    } else {
        ""
    };
    let script = format!(
        "{prepared}\ncat >/run/lines <<'EOF'\n{lines}EOF\ncat >/run/questions <<'EOF'\n{questions}EOF
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

/// Asks so many questions in the world of a seed; gives how many had a way, and how many none.
///
/// # Panics
/// If the walk and the kernel disagree.
pub fn check(seed: u64, flows: usize, vrf: bool) -> (usize, usize) {
    let (script, asked) = script(seed, flows, vrf);
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
