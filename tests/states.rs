//! `apply`: random states are reached from random states, and are what iproute2 makes of the same lines; a run that is
//! killed is recovered to the state before, or had reached the one after. `RIP_LONG=1`: 1,000 pairs of states.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use std::fmt::Write as _;
use std::time::Duration;
use support::random::Dice as Random;
use support::sandbox::{Sandbox, Tool};
use support::{machine, skip};

fn run(name: &str, lines: &str, seconds: u64) -> Option<String> {
    if !machine::namespaces(!machine::root()) {
        skip::skip("states", "namespaces cannot be made here");
        return None;
    }
    let sandbox = Sandbox { timeout: Duration::from_secs(seconds), ..Sandbox::new(Tool::Rip) };
    let ended = sandbox.script(name, lines);
    assert_eq!(ended.code, Some(0), "{}{}", ended.stdout(), ended.stderr());
    Some(ended.stdout())
}

/// One random state: lines in an order that iproute2 can take. What a link does not say is as a new one has it, whatever an
/// earlier state said.
fn state(r: &mut Random) -> Vec<String> {
    let mut out = Vec::new();
    let mut line = |text: String| out.push(text);
    let mtu = |r: &mut Random| 1400 + 10 * r.below(5);
    let pairs: Vec<usize> = (0..3).filter(|n| *n == 0 || r.below(3) > 0).collect();
    for n in &pairs {
        line(format!("link add name a{n} type veth peer name b{n}"));
    }
    let bridge = r.below(2) == 0;
    if bridge {
        let stp = if r.below(2) == 0 { "stp_state 1" } else { "" };
        line(format!("link add name br0 type bridge {stp} priority {}", 100 + r.below(3)));
    }
    let macvlan = r.below(2) == 0;
    if macvlan {
        line("link add link b0 name m0 type macvlan mode bridge".into());
    }
    let vxlan = r.below(2) == 0;
    if vxlan {
        line(format!("link add name x0 type vxlan id 7 dstport 4789 remote 10.0.0.{} dev a0", 20 + r.below(2)));
    }
    for n in &pairs {
        for end in ["a", "b"] {
            let mut words = String::new();
            let mut say =
                |chance: usize, word: String| words += &if chance == 0 { format!(" {word}") } else { String::new() };
            let port = end == "b" && *n > 0 && bridge && r.below(3) > 0;
            say(usize::from(!port), "master br0".into());
            // The devices on a0 must not have a larger MTU than it has.
            say(r.below(2).min(*n), format!("mtu {}", mtu(r)));
            say(r.below(2), format!("txqueuelen {}", 500 + r.below(3)));
            say(r.below(4), "alias some".into());
            say(r.below(4), "multicast off".into());
            say(r.below(4), "promisc on".into());
            say(r.below(4), "group 7".into());
            say(r.below(4), "addrgenmode none".into());
            if !words.is_empty() {
                line(format!("link set dev {end}{n}{words}"));
            }
            if port && r.below(2) == 0 {
                line(format!("link set dev {end}{n} type bridge_slave hairpin on priority {}", 3 + r.below(2)));
            }
        }
    }
    if macvlan {
        line("link set dev m0 mtu 1300".into());
    }
    if vxlan {
        // One that was made before its lower device's MTU was lowered has an MTU that the kernel would not take again.
        line("link set dev x0 mtu 1300".into());
    }
    let names = pairs.iter().flat_map(|n| [format!("a{n}"), format!("b{n}")]);
    let names =
        names.chain(bridge.then(|| "br0".into())).chain(macvlan.then(|| "m0".into())).chain(vxlan.then(|| "x0".into()));
    for name in ["lo".to_string()].into_iter().chain(names) {
        if matches!(name.as_str(), "lo" | "a0" | "b0") || r.below(4) > 0 {
            line(format!("link set dev {name} up"));
        }
    }
    line("address add 10.0.0.1/24 broadcast 10.0.0.255 metric 3 dev a0".into());
    line("address add 2001:db8::1/64 nodad dev a0".into());
    for n in 2..6 {
        if r.below(2) == 0 {
            line(format!(
                "address add 10.0.{}.{n}/24 broadcast 10.0.255.255 metric {} dev a0",
                r.below(2),
                1 + r.below(2)
            ));
        }
        if r.below(3) == 0 {
            line(format!("address add 2001:db8::{n}/64 nodad dev a0"));
        }
    }
    for id in 1..5 {
        if id < 3 || r.below(2) == 0 {
            line(format!("nexthop add id {id} via 10.0.0.{} dev a0", 100 + r.below(9)));
        }
    }
    line(format!("nexthop add id 20 group {}", ["1/2", "2", "1,3/2"][r.below(3)]));
    for n in 0..8 {
        let via = |r: &mut Random| format!("10.0.0.{}", 100 + r.below(6));
        let via6 = |r: &mut Random| format!("2001:db8::{}", 100 + r.below(6));
        match r.below(8) {
            0 => line(format!("route add 10.{}.0.0/16 via {} metric {}", 10 + n, via(r), 1 + r.below(2))),
            1 => {
                let (a, b) = (r.below(3), 3 + r.below(3));
                line(format!("route add 10.{}.0.0/16 via 10.0.0.{} metric 4", 10 + n, 100 + a));
                line(format!("route append 10.{}.0.0/16 via 10.0.0.{} metric 4", 10 + n, 100 + b));
            }
            2 => line(format!(
                "route add 10.{}.0.0/16 metric 4 nexthop via 10.0.0.100 weight {} nexthop via 10.0.0.101",
                10 + n,
                1 + r.below(3)
            )),
            3 => line(format!(
                "route add {} 10.{}.0.0/16 metric 4 table {}",
                ["blackhole", "unreachable"][r.below(2)],
                10 + n,
                100 + r.below(2)
            )),
            4 => line(format!("route add 10.{}.0.0/16 metric 4 nhid {}", 10 + n, [1, 2, 20][r.below(3)])),
            5 => line(format!("route add 2001:db8:{n}::/48 via {} metric {}", via6(r), 5 + r.below(2))),
            6 => {
                let first = 100 + r.below(3);
                let weights = (1 + r.below(3), 1 + r.below(3));
                line(format!(
                    "route add 2001:db8:{n}::/48 metric 5 nexthop via 2001:db8::{first} weight {} nexthop via 2001:db8::{} weight {}",
                    weights.0,
                    first + 3,
                    weights.1
                ));
            }
            _ => {}
        }
    }
    for n in 0..4 {
        if r.below(2) == 0 {
            line(format!("rule add pref {} from 10.{}.0.0/16 lookup {}", 100 + n, r.below(2), 100 + r.below(2)));
        }
        if r.below(2) == 0 {
            line(format!("neigh add 10.0.0.{} lladdr 02:00:00:00:00:0{} nud permanent dev a0", 50 + n, 1 + r.below(3)));
        }
    }
    out
}

/// The lines in another order, but those of one route in theirs.
fn shuffled(r: &mut Random, lines: &[String]) -> String {
    let mut list: Vec<&String> = lines.iter().filter(|l| !l.starts_with("route append")).collect();
    for i in (1..list.len()).rev() {
        list.swap(i, r.below(i + 1));
    }
    let mut out = String::from("# rip snapshot 1: link address nexthop route rule neigh\n");
    for line in list {
        writeln!(out, "{line}").unwrap();
        let key = line.replace("route add", "route append");
        let key: Vec<&str> = key.split(' ').take(3).collect();
        for more in lines.iter().filter(|l| line.starts_with("route add") && l.starts_with(&key.join(" "))) {
            writeln!(out, "{more}").unwrap();
        }
    }
    out
}

/// From state to state and back: nothing differs then, nothing is sent again, and iproute2 makes the same of the lines.
#[test]
fn random_states_are_reached_from_random_states() {
    let pairs = if std::env::var_os("RIP_LONG").is_some() { 1000 } else { 100 };
    let mut r = Random::new(seed());
    let mut script = String::from(
        // The paths of an IPv6 route have no order.
        "paths() { sed -E 's/(nexthop via 2001:db8::10[3-5] [^:]*) (nexthop via 2001:db8::10[0-2] .*)/\\2 \\1/' | sort; }\n\
         sorted() { rip snapshot link address nexthop route rule neigh 2>&1 | paths; }\n",
    );
    for n in 0..pairs {
        let (from, to) = (state(&mut r), state(&mut r));
        let files = [("S", shuffled(&mut r, &from)), ("W", shuffled(&mut r, &to)), ("I", to.join("\n") + "\n")];
        for (name, text) in files {
            writeln!(script, "cat >/run/{name} <<'END'\n{text}END").unwrap();
        }
        script.push_str("for f in S W S W; do rip apply purge links /run/$f >/run/out 2>&1 || { echo \"pair ");
        writeln!(script, "{n} $f: $?\"; cat /run/out; cat /run/S; echo; cat /run/W; exit 3; }}").unwrap();
        writeln!(script, "rip apply check purge links /run/$f >/run/out || {{ echo \"pair {n} $f differs\"; cat /run/out /run/$f; exit 3; }}; done; sorted >/run/a").unwrap();
        if n % 5 == 0 {
            writeln!(script, "strace -f -e trace=sendto,sendmsg -s 64 -o /run/strace rip apply purge links /run/W; ! grep 'RTM_NEW\\|RTM_DEL\\|RTM_SET' /run/strace || exit 4").unwrap();
            script.push_str("unshare -n -m bash -c 'mount -t sysfs s /sys; reference -batch /run/I || exit 9; rip snapshot link address nexthop route rule neigh 2>&1' >/run/c || exit 5; paths </run/c >/run/b\n");
            writeln!(script, "diff /run/a /run/b || {{ echo pair {n}; cat /run/S; echo; cat /run/W; exit 6; }}")
                .unwrap();
        }
    }
    script.push_str("ls /run/rip");
    if machine::reference().is_none() {
        skip::skip("states", "iproute2 7.3 is not installed");
        return;
    }
    let Some(said) = run("states-random", &script, 3600) else { return };
    assert_eq!(said, "");
}

/// A rollback cannot tell the kernel that it had chosen an address or an MTU itself (see the limits in the manual): that is not
/// compared. A run that is killed at any point leaves a journal: recovered, the network is what it was, or it had been what it should
/// be.
#[test]
fn killed_at_any_point_it_is_before_or_after() {
    let rounds = if std::env::var_os("RIP_LONG").is_some() { 300 } else { 30 };
    let mut r = Random::new(seed() ^ 1);
    let mut script = String::from(
        "now() { rip snapshot link address nexthop route rule neigh 2>/dev/null | sed -E 's/ address [0-9a-f:]{17}//g;s/^(link add name br0) mtu [0-9]+/\\1/' | sort; }\nbefore=0; after=0\n",
    );
    for n in 0..rounds {
        let (from, to) = (state(&mut r), state(&mut r));
        for (name, text) in [("S", shuffled(&mut r, &from)), ("W", shuffled(&mut r, &to))] {
            writeln!(script, "cat >/run/{name} <<'END'\n{text}END").unwrap();
        }
        writeln!(script, "rip apply purge links /run/S >/dev/null || exit 3; now >/run/s").unwrap();
        writeln!(script, "rip apply purge links /run/W >/dev/null & p=$!; sleep 0.{:03}; kill -9 $p 2>/dev/null; wait $p 2>/dev/null", r.below(700)).unwrap();
        script.push_str("ls /run/rip | grep -q journal && { rip batch-recover 2>/run/err || { cat /run/err; exit 4; }; }; now >/run/n\n");
        writeln!(script, "if cmp -s /run/s /run/n; then before=$((before+1)); elif rip apply check purge links /run/W >/dev/null; then after=$((after+1)); else echo round {n}; diff /run/s /run/n; exit 5; fi").unwrap();
    }
    script.push_str("echo $before $after");
    let Some(said) = run("states-killed", &script, 3600) else { return };
    println!("before, after: {said}");
}

/// Of the random states; `RIP_SEED` replays one.
fn seed() -> u64 {
    std::env::var("RIP_SEED").ok().and_then(|s| s.parse().ok()).unwrap_or(1)
}
