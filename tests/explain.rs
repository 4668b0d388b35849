//! `route explain`: in random worlds of rules, routes and nexthops, the walk of random packets ends at the table and the
//! entry that the kernel takes, and each refusal is explained. `RIP_LONG=1` asks 10,000 times; `RIP_SEED=N` is a world.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use std::fmt::Write as _;
use support::sandbox::{Sandbox, Tool};
use support::worlds::{PREPARED, check};
use support::{machine, skip};

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
        let (w, r) = check(*seed, flows, false);
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
        "reverse path filter of d1: the route back to 192.168.2.9 is through d2",
        "RTNETLINK answers: Invalid argument",
    ),
    (
        "192.168.0.9 from 203.0.113.1 iif d1",
        "reverse path filter of d1: there is no route back to 203.0.113.1",
        "RTNETLINK answers: Invalid argument",
    ),
    (
        "192.168.0.9 from 203.0.113.1 iif d2",
        "net.ipv4.conf.d2.forwarding is 0",
        "sysctl -w net.ipv4.conf.d2.forwarding=1",
    ),
    ("192.168.0.9 from 192.168.0.1 iif d1", "192.168.0.1 is a local address", "RTNETLINK answers: Invalid argument"),
    ("192.168.0.9 from 203.0.113.1", "203.0.113.1 is not a local address, and no iif is given", "RTNETLINK answers:"),
    ("10.70.1.1 oif off", "off is down", "rip link set off up"),
    ("10.70.1.1 oif d1", "no route, but oif is given: 10.70.1.1 is treated as directly connected to d1", "exit 0"),
    ("224.0.0.9 oif d1", "no routing table is consulted: 224.0.0.9 is sent on d1", "exit 0"),
];

#[test]
fn each_refusal_is_explained() {
    if !machine::namespaces(!machine::root()) {
        return skip::skip("explain", "namespaces cannot be made here");
    }
    let mut script = format!(
        "{PREPARED}
echo 1 >/proc/sys/net/ipv4/conf/d1/rp_filter; echo 0 >/proc/sys/net/ipv4/conf/d2/forwarding
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
        assert!(!answer.contains("disagrees"), "{answer}");
        let code = if answer.contains("RTNETLINK answers") { "exit 2\n" } else { "exit 0\n" };
        assert!(answer.ends_with(code), "{answer}");
    }
    let rest = answers.next().unwrap_or_default();
    assert!(rest.contains("Command \"explain\" is unknown, try \"ip route help\".\n"), "{rest}");
    assert!(rest.contains("Command \"e\" is unknown, try \"ip route help\".\n"), "{rest}");
    assert!(rest.contains("inet prefix is expected rather than \"fibmatch\""), "{rest}");
}
