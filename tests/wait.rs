//! `wait`: conditions that hold before it starts and that come to hold later, what it says when the time is over or when
//! they can no longer hold, and races against the event. `RIP_LONG=1` races 1,000 times.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use serde_json::Value;
use std::time::Duration;
use support::sandbox::{Sandbox, Tool};
use support::{machine, skip};

/// `after CHANGE... -- WAIT...`: starts the wait, makes the change once it sleeps, and prints exit code and stderr. It
/// must not have ended before.
const TOOLS: &str = r#"
asleep() { for i in $(seq 500); do grep -q poll /proc/$1/wchan 2>/dev/null && return; [ "$(cut -d' ' -f3 /proc/$1/stat 2>/dev/null)" = S ] && { sleep 0.05; return; }; sleep 0.01; done; }
after() { local change=$1; shift; rip "$@" >/run/out 2>/run/err & local p=$!; asleep $p; sleep 0.05
  kill -0 $p 2>/dev/null || echo "EARLY: $*"; eval "$change"; wait $p; echo "$?: $*"; cat /run/err; }
at_once() { timeout 20 rip wait timeout 15 "$@" 2>&1; echo "$?: $*"; }
over() { rip wait timeout 0.05 "$@" 2>&1; echo "$?: $*"; }
for f in all default; do echo 1 >/proc/sys/net/ipv6/conf/$f/disable_ipv6; done
"#;

fn run(name: &str, lines: &str, seconds: u64) -> Option<String> {
    if !machine::namespaces(!machine::root()) {
        skip::skip("wait", "namespaces cannot be made here");
        return None;
    }
    let sandbox = Sandbox { timeout: Duration::from_secs(seconds), ..Sandbox::new(Tool::Rip) };
    let ended = sandbox.script(name, &format!("{TOOLS}\n{lines}"));
    let said = ended.stdout();
    assert_eq!(ended.code, Some(0), "{said}{}", ended.stderr());
    Some(said)
}

#[test]
fn conditions_that_hold_already() {
    let lines = "rip link set lo up; rip link add v0 type veth peer name v1; rip link set v0 up; rip link set v1 up
rip addr add 10.0.0.1/24 dev v0; rip route add 10.1.0.0/16 via 10.0.0.2; rip rule add pref 7 table 5
rip neigh add 10.0.0.9 lladdr 02:00:00:00:00:09 dev v0; rip nexthop add id 3 blackhole; rip netns add red
at_once link dev v0; at_once carrier v0; at_once ready v0; at_once addr to 10.0.0.1; at_once route 10.1.0.0/16
at_once rule pref 7; at_once neigh dev v0; at_once nexthop id 3; at_once netns red; at_once no netns blue
at_once no link dev w0; at_once no route dev w0; at_once carrier lo
at_once carrier v0 and ready v0 and no addr to 10.0.0.7 and route table main 10.1.0.0/16 and netns red
rip -n red wait timeout 0 no addr; echo $?";
    let Some(said) = run("wait-holds", lines, 120) else { return };
    for line in said.lines() {
        assert!(line.starts_with('0'), "{said}");
    }
    assert_eq!(said.lines().count(), 15);
}

#[test]
fn multicast_routes() {
    if let Some(why) = machine::lacks("root").or_else(|| machine::lacks("python3")) {
        return skip::skip("wait: multicast routes", &why);
    }
    let daemon = machine::tests().join("support/mroutes.py");
    let lines = format!(
        "rip link add v0 type veth peer name v1; rip link add br0 type bridge; for d in v0 v1 br0; do rip link set $d up; done
after 'python3 {} & echo $! >/run/daemon' wait mroute 224.1.1.1 from 10.0.0.9 iif v0 and no mroute 224.1.1.9
at_once mroute iif v1; at_once no mroute table 77
after 'kill $(cat /run/daemon)' wait no mroute
over mroute iif br0",
        daemon.display()
    );
    let Some(said) = run("wait-mroutes", &lines, 120) else { return };
    let codes: Vec<&str> = said.lines().filter_map(|l| l.split_once(": ").map(|(code, _)| code)).collect();
    assert_eq!(codes, ["0", "0", "0", "0", "mroute iif br0", "124"], "{said}");
}

#[test]
fn conditions_that_come_to_hold() {
    let lines = "rip link set lo up
after 'rip link add v0 type veth peer name v1' wait link dev v0
after 'rip link set v0 up; sleep 0.1; rip link set v1 up' wait carrier v0
after 'rip addr add 10.0.0.1/24 dev v0' wait ready v0
after 'rip addr add 10.0.0.2/24 dev v0' wait addr dev v0 to 10.0.0.2
after 'rip route add 10.1.0.0/16 via 10.0.0.9' wait route to 10.1.0.0/16
after 'rip rule add pref 7 table 5' wait rule pref 7
after 'rip neigh add 10.0.0.9 lladdr 02:00:00:00:00:09 dev v0' wait neigh to 10.0.0.9 dev v0
after 'rip nexthop add id 3 blackhole' wait nexthop id 3
after 'rip nexthop del id 3' wait no nexthop id 3
after 'rip neigh del 10.0.0.9 dev v0' wait no neigh to 10.0.0.9 dev v0
after 'rip rule del pref 7' wait no rule pref 7
after 'rip mrule add iif v0 lookup 9 pref 9' wait mrule pref 9 and no rule pref 9
after 'rip mrule del pref 9' wait no mrule pref 9
after 'rip link add n0 type veth peer name n1' wait netconf dev n0 and no mroute
after 'rip link del n0' wait no netconf dev n0
after 'rip link set v0 down' wait no route to 10.1.0.0/16
after 'rip link set v0 name w0' wait link dev w0 and no link dev v0
after 'rip link set w0 up; rip route add 10.2.0.0/16 dev w0; rip link set w0 name u0' wait route dev u0 10.2.0.0/16
after 'rip addr del 10.0.0.2/24 dev u0' wait no addr to 10.0.0.2
after 'rip link del u0' wait no link dev u0 and no route dev u0
ls -d /run/netns 2>/dev/null
after 'rip netns add red' wait netns red
after 'rip netns del red' wait no netns red
after 'rip netns add blue; rip -n blue link set lo up' -n blue wait carrier lo
after 'rip link add a0 type veth peer name a1; rip addr add 10.9.0.1/24 dev a0; rip link set a0 up' wait addr up to 10.9.0.1
after 'rip link add b0 type bridge; rip link set a0 master b0' wait link master b0
after 'rip netns add green; rip link set a0 up; rip link set a1 up' wait netns green and carrier a0 and ready a0";
    let Some(said) = run("wait-comes", lines, 240) else { return };
    for line in said.lines() {
        assert!(line.starts_with("0: "), "{said}");
    }
    assert_eq!(said.lines().count(), 26);
}

#[test]
fn what_is_said_at_the_end() {
    let lines = "rip link add v0 type veth peer name v1; rip link set lo up
over carrier v0; rip link set v0 up; over carrier v0; over carrier w0; over ready lo
over ready v0 and carrier lo and netns red; mkdir -p /run/netns; touch /run/netns/red; over netns red; over no netns red
rm /run/netns/red; over no link dev v0; over route to 10.0.0.0/8; over route dev w0; over link dev v0 type bridge
rip -n none wait timeout 0.05 carrier lo 2>&1; echo $?
ip wait netns red 2>&1; echo $?; rip wai netns red 2>&1 | head -n 1; rip wait 2>/dev/null; echo $?
rip wait carrier 2>&1 | head -n 1; rip wait up v0 2>&1 | head -n 1; rip wait no carrier v0 2>&1 | head -n 1
rip wait link dev v0 type 2>&1 | head -n 1; rip -d wait carrier lo and link dev v0 2>&1
timeout --preserve-status -s INT 1 rip wait carrier w0; echo $?";
    let Some(said) = run("wait-says", lines, 120) else { return };
    let wanted = "carrier v0: down
124: carrier v0
carrier v0: no carrier
124: carrier v0
carrier w0: no such device
124: carrier w0
0: ready lo
ready v0: no carrier
netns red: no such namespace
124: ready v0 and carrier lo and netns red
netns red: a file that is not a namespace
124: netns red
no netns red: a file that is not a namespace
124: no netns red
no link dev v0: 1 matching
124: no link dev v0
route to 10.0.0.0/8: none
124: route to 10.0.0.0/8
route dev w0: no device \"w0\"
124: route dev w0
link dev v0 type bridge: no carrier
124: link dev v0 type bridge
carrier lo: no network namespace \"none\"
124
Object \"wait\" is unknown, try \"ip help\".
1
Object \"wai\" is unknown, try \"ip help\".
255
Command line is not complete. Try option \"help\"
Error: argument \"up\" is wrong: unknown condition
Error: argument \"no\" is wrong: \"no\" must precede an object or \"netns\"
Command line is not complete. Try option \"help\"
carrier lo: met
link dev v0: met
130
";
    assert_eq!(said, wanted);
}

#[test]
fn a_duplicate_ends_it_at_once() {
    // The other end has the address, so that detection fails.
    let lines = "for f in all default; do echo 0 >/proc/sys/net/ipv6/conf/$f/disable_ipv6; echo 1 >/proc/sys/net/ipv6/conf/$f/accept_dad; done
rip netns add red; rip link add v0 type veth peer name v1 netns red
rip netns exec red sh -c 'for f in all default v1; do echo 0 >/proc/sys/net/ipv6/conf/$f/disable_ipv6; done'
rip link set v0 up; rip -n red link set v1 up; rip wait timeout 30 carrier v0; rip -n red addr add 2001:db8::1/64 dev v1 nodad
rip -n red wait timeout 30 addr dev v1 scope link; rip wait timeout 30 addr dev v0 scope link
after 'rip addr add 2001:db8::1/64 dev v0' wait timeout 30 addr to 2001:db8::1 dev v0
at_once addr to 2001:db8::1 dadfailed; rip -j wait timeout 0 addr to 2001:db8::1 2>/dev/null; echo $?
after 'rip addr add 2001:db8::2/64 dev v0' wait timeout 30 addr to 2001:db8::2
rip -6 addr show dev v0 to 2001:db8::2 | grep -c tentative
at_once ready v0
rip netns add home; after 'rip netns del home' -n home wait timeout 30 link dev w0
rip netns add home; after 'rip netns del home' -n home wait timeout 30 no netns home; exit 0";
    let Some(said) = run("wait-duplicate", lines, 240) else { return };
    let lines: Vec<&str> = said.lines().collect();
    let json: Value = serde_json::from_str(lines[3]).unwrap_or_else(|e| panic!("{e}: {said}"));
    assert_eq!(json["met"], false, "{said}");
    assert_eq!(json["conditions"][0]["words"][2], "2001:db8::1");
    assert_eq!(json["conditions"][0]["why"], "2001:db8::1 is a duplicate");
    assert_eq!(json["conditions"][0]["record"]["local"], "2001:db8::1");
    let text: Vec<&str> = lines.iter().enumerate().filter(|(at, _)| *at != 3).map(|(_, l)| *l).collect();
    assert_eq!(
        text,
        [
            "1: wait timeout 30 addr to 2001:db8::1 dev v0",
            "2001:db8::1 is a duplicate on v0",
            "0: addr to 2001:db8::1 dadfailed",
            "1",
            "0: wait timeout 30 addr to 2001:db8::2",
            "0",
            "0: ready v0",
            "1: -n home wait timeout 30 link dev w0",
            "Network namespace \"home\" was deleted.",
            "0: -n home wait timeout 30 no netns home",
        ]
    );
}

#[test]
fn json_is_one_object() {
    let lines = "rip link set lo up; rip -j wait carrier lo and no link dev w0; rip -j wait timeout 0.2 carrier w0 2>/dev/null; true";
    let Some(said) = run("wait-json", lines, 60) else { return };
    let all: Vec<Value> = said.lines().map(|l| serde_json::from_str(l).expect("JSON")).collect();
    assert_eq!((&all[0]["met"], &all[1]["met"]), (&true.into(), &false.into()));
    assert_eq!(all[0]["conditions"][0]["record"]["ifname"], "lo");
    assert_eq!(all[0]["conditions"][0]["why"], Value::Null);
    assert_eq!(all[1]["conditions"][0]["why"], "no such device");
    let seconds = all[1]["seconds"].as_f64().unwrap();
    assert!((0.2..10.0).contains(&seconds), "{seconds}");
}

/// The event falls anywhere around the start of the wait. It is never missed; and once the wait has ended, the condition
/// has been true: nobody takes it back.
#[test]
fn never_missed_and_never_early() {
    let rounds = if std::env::var_os("RIP_LONG").is_some() { 1000 } else { 200 };
    let lines = format!(
        "rip link set lo up; rip link add v0 type veth peer name v1; n=0
for i in $(seq {rounds}); do
  (for j in $(seq $((RANDOM % 40))); do :; done; [ $((i % 2)) = 0 ] && sleep 0.00$((RANDOM % 9)); rip -batch - <<END
link set v0 up
link set v1 up
addr add 10.0.$((i % 250)).1/24 dev v0
route add 10.200.$((i % 250)).0/24 dev v0
END
rip netns add n$i) & p=$!
  timeout 60 rip wait timeout 50 carrier v0 and route to 10.200.$((i % 250)).0/24 and netns n$i || {{ echo \"missed in round $i\"; exit 1; }}
  rip -n n$i link show dev lo >/dev/null || {{ echo \"early in round $i\"; exit 1; }}
  [ -n \"$(rip route show 10.200.$((i % 250)).0/24)\" ] || {{ echo \"early in round $i\"; exit 1; }}
  wait $p
  (rip link set v0 down; rip addr flush dev v0; rip netns del n$i) & p=$!
  timeout 60 rip wait timeout 50 no route to 10.200.$((i % 250)).0/24 and no addr dev v0 and no netns n$i || {{ echo \"missed end in round $i\"; exit 1; }}
  [ -e /run/netns/n$i ] && {{ echo \"early end in round $i\"; exit 1; }}
  wait $p; n=$((n + 1))
done; echo $n"
    );
    let Some(said) = run("wait-race", &lines, if rounds > 200 { 3600 } else { 600 }) else { return };
    assert_eq!(said, format!("{rounds}\n"));
}

#[test]
fn it_sleeps() {
    let lines = "rip wait carrier w0 & p=$!; asleep $p; a=$(grep ctxt_switches /proc/$p/status); sleep 1
b=$(grep ctxt_switches /proc/$p/status); [ \"$a\" = \"$b\" ] && echo asleep; kill $p";
    let Some(said) = run("wait-sleeps", lines, 60) else { return };
    assert_eq!(said, "asleep\n");
}
