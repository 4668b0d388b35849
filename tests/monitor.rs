//! The monitor under stress and its own words: recorded files, a state joined with events, losses made good,
//! forged messages, ends. What it prints line by line is in live/monitor.t.
//! `--role forge PORT` sends a message to a netlink port, `--role slow SECONDS` reads its input after a while,
//! `--role print-all` puts recorded and spoilt streams through every printer.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use serde_json::Value;
use std::collections::BTreeSet;
use std::io::{Read as _, Write as _};
use std::process::ExitCode;
use std::time::Duration;
use support::machine;
use support::runner::{self, Case, Outcome};
use support::streams::{kinds, print_all, printers, recorded, spoilt};
use support::watch::*;

/// Every object in JSON: one valid object a line, and what changed.
fn json() -> Result<usize, String> {
    let out = run("
rip link add v0 type veth peer name v1
begin -j monitor link address route rule neigh nexthop
rip link set v0 mtu 1400
rip addr add 10.0.0.1/24 dev v0
rip link set v0 up
rip route add 10.1.0.0/16 via 10.0.0.2 onlink dev v0
rip route replace 10.1.0.0/16 via 10.0.0.3 onlink dev v0
rip rule add pref 7 table 5
rip neigh add 10.0.0.9 lladdr 02:00:00:00:00:09 dev v0
rip neigh change 10.0.0.9 lladdr 02:00:00:00:00:0a dev v0
echo 0 >/proc/sys/net/ipv6/conf/v0/disable_ipv6
for i in 2 3; do rip -6 route append fd09::/64 via fd00::$i onlink dev v0; done
rip -6 route del fd09::/64 via fd00::3
rip nexthop add id 3 blackhole
rip nexthop del id 3
rip rule del pref 7
rip link del v0
finish
[ $? = 143 ] || exit 40
cat /run/m")?;
    let events = objects(&out)?;
    let find = |object: &str, event: &str, test: &dyn Fn(&Value) -> bool| {
        events
            .iter()
            .any(|e| e["object"] == object && e["event"] == event && test(e))
            .then_some(())
            .ok_or_else(|| format!("  no {event} of {object} as expected in:\n{out}"))
    };
    find("link", "change", &|e| {
        e["changed"] == serde_json::json!(["mtu"]) && e["old"]["mtu"] == 1500 && e["record"]["mtu"] == 1400
    })?;
    find("address", "new", &|e| e["record"]["local"] == "10.0.0.1" && e["record"]["dev"] == "v0")?;
    find("route", "change", &|e| e["changed"] == serde_json::json!(["gateway"]) && e["old"]["gateway"] == "10.0.0.2")?;
    // The kernel tells which way went: the route is still there.
    find("route", "change", &|e| {
        e["record"]["gateway"] == "fd00::2"
            && e["record"]["flags"][0] == "onlink"
            && e["old"]["nexthops"].as_array().is_some_and(|hops| hops.len() == 2)
    })?;
    find("rule", "new", &|e| e["record"]["priority"] == 7)?;
    find("neigh", "change", &|e| e["old"]["lladdr"] == "02:00:00:00:00:09")?;
    find("nexthop", "del", &|e| e["record"]["id"] == 3 && e["record"].get("deleted").is_none())?;
    find("link", "del", &|e| e["record"]["ifname"] == "v1")?;
    for e in &events {
        let time = e["time"].as_str().unwrap_or_default();
        if time.len() != 27 || !time.ends_with('Z') {
            return Err(format!("  time {time:?}"));
        }
    }
    Ok(events.len())
}

/// Other namespaces are named, and their devices are theirs.
fn namespaces() -> Result<usize, String> {
    let out = run("
rip netns add q
rip netns set q 7
rip link add v0 type veth peer name v1
rip -n q link add zz type veth peer name zy
begin -j monitor all-nsid address
rip -n q addr add 10.0.0.1/24 dev zz
rip addr add 10.0.0.2/24 dev v0
rip netns add late
rip netns set late 9
rip -n late addr add 10.0.0.9/24 dev lo
finish
cat /run/m
echo -----
rip netns exec q rip -j monitor init address until address to 10.0.0.1")?;
    let (all, home) = halves(&out)?;
    let events = objects(all)?;
    let seen = events.iter().find(|e| e["record"]["local"] == "10.0.0.1").ok_or("  no event from q")?;
    if seen["nsid"] != 7 || seen["netns"] != "q" || seen["record"]["dev"] != "zz" {
        return Err(format!("  {seen}"));
    }
    let late = events.iter().find(|e| e["record"]["local"] == "10.0.0.9").ok_or("  no event from late")?;
    if late["nsid"] != 9 || late["netns"] != "late" || events.iter().any(|e| e["object"] == "nsid") {
        return Err(format!("  {late}"));
    }
    let ours = events.iter().find(|e| e["record"]["local"] == "10.0.0.2").ok_or("  no event from here")?;
    if ours.get("nsid").is_some() || ours["record"]["dev"] != "v0" {
        return Err(format!("  {ours}"));
    }
    let home = objects(home)?;
    let met = home.last().ok_or("  nothing in q")?;
    if met["netns"] != "q" || met["record"]["local"] != "10.0.0.1" {
        return Err(format!("  {met}"));
    }
    Ok(4)
}

/// The state and the stream: while routes are added and deleted, a monitor started at any moment ends with the true state.
fn init() -> Result<usize, String> {
    let script = "
for i in $(seq 3000); do echo route add 10.7.$((i / 250)).$((i % 250)) dev lo; done >/run/add
for i in $(seq 3000); do echo route $([ $((i % 3)) = 0 ] && echo replace || echo del) 10.7.$((i / 250)).$((i % 250)) dev lo $([ $((i % 3)) = 0 ] && echo mtu 1400); done >/run/change
rip -batch /run/add
(rip -batch /run/change; rip -batch /run/add 2>/dev/null -force; rip -batch /run/change -force 2>/dev/null) & C=$!
sleep 0.0$((RANDOM % 9))
begin -j -4 monitor init route
wait $C
finish 0.5
cat /run/m
echo -----
rip -4 -j route show table all";
    let mut n = 0;
    for _ in 0..3 {
        let out = run(script)?;
        let (events, table) = halves(&out)?;
        let (events, table) = (objects(events)?, truth(table));
        compare(&believed(&events), &table)?;
        // No double: whoever is new was not there, whoever changes was.
        let mut there = BTreeSet::new();
        for e in &events {
            let key = format!("{} {} {}", e["record"]["dst"], e["record"]["table"], e["record"]["metric"]);
            let fits = match e["event"].as_str() {
                Some("new") => there.insert(key),
                Some("del") => there.remove(&key),
                _ => there.contains(&key),
            };
            if !fits {
                return Err(format!("  told twice, or out of nothing: {e}"));
            }
        }
        n += events.len();
    }
    Ok(n)
}

/// 200,000 changes while the reader stands still, with little room in the kernel: said, and made good.
fn overrun() -> Result<usize, String> {
    let out = run_for(
        "
for i in $(seq 0 99999); do echo route add 10.$((i >> 16)).$((i >> 8 & 255)).$((i & 255)) dev lo; done >/run/b
for i in $(seq 0 2 99999); do echo route del 10.$((i >> 16)).$((i >> 8 & 255)).$((i & 255)) dev lo; done >>/run/b
for i in $(seq 1 2 99999); do echo route replace 10.$((i >> 16)).$((i >> 8 & 255)).$((i & 255)) dev lo mtu 1400; done >>/run/b
rip -rc 100000 -j -4 monitor route 2>/run/m.err > >($ROLE slow 4 >/run/m) & M=$!
ready
kill -STOP $M; rip -batch /run/b & B=$!; sleep 1; kill -CONT $M; wait $B
settled
kill $M; sleep 0.5
head -1 /run/m.err | grep -q '^netlink receive error No buffer space available (105)$' || exit 41
cat /run/m
echo -----
rip -4 -j route show table all",
        150,
    )?;
    let (events, table) = halves(&out)?;
    let events = objects(events)?;
    let lost = events.iter().filter(|e| e["event"] == "overrun").filter_map(|e| e["dropped"].as_u64()).sum::<u64>();
    if lost == 0 {
        return Err("  nothing was lost, or nobody said so".into());
    }
    // What the kernel made for lo was there before the watch.
    let table = truth(table).into_iter().filter(|(k, _)| !k.contains("local")).collect();
    compare(&believed(&events), &table)?;
    Ok(events.len())
}

/// A reader that stands still holds up nobody: with room, nothing is lost at all.
fn still_reader() -> Result<usize, String> {
    let out = run_for(
        "
for i in $(seq 0 29999); do echo route add 10.$((i >> 16)).$((i >> 8 & 255)).$((i & 255)) dev lo; done >/run/b
rip -j -4 monitor route 2>/run/m.err > >($ROLE slow 3 >/run/m) & M=$!
ready
rip -batch /run/b
settled
kill $M; sleep 0.3
[ -s /run/m.err ] && exit 42
cat /run/m
echo -----
rip -4 -j route show table all",
        90,
    )?;
    let (events, table) = halves(&out)?;
    let events = objects(events)?;
    let table = truth(table).into_iter().filter(|(k, _)| !k.contains("local")).collect();
    compare(&believed(&events), &table)?;
    if events.len() < 30_000 {
        return Err(format!("  {} events", events.len()));
    }
    Ok(events.len())
}

/// Routes that are added and deleted: memory use stays constant.
fn memory() -> Result<usize, String> {
    let rounds = if std::env::var_os("RIP_LONG").is_some() { 500 } else { 50 };
    let out = run_for(
        &format!(
            "
for i in $(seq 1000); do echo route add 10.7.$((i / 250)).$((i % 250)) dev lo; done >/run/b
for i in $(seq 1000); do echo route del 10.7.$((i / 250)).$((i % 250)) dev lo; done >>/run/b
rip -4 monitor route >/dev/null & M=$!
ready
rip -batch /run/b; rip -batch /run/b
grep VmHWM /proc/$M/status
for i in $(seq {rounds}); do rip -batch /run/b; done
grep VmHWM /proc/$M/status
kill $M"
        ),
        900,
    )?;
    let sizes: Vec<u64> = out.split_ascii_whitespace().filter_map(|w| w.parse().ok()).collect();
    match sizes[..] {
        [early, late] if late < early + 8192 && late < 64 * 1024 => Ok(rounds * 2000),
        _ => Err(format!("  {out}")),
    }
}

/// Messages of others than the kernel are not believed, and end nothing.
fn forged() -> Result<usize, String> {
    let out = run("
begin monitor route rule
P=$(awk '$2 == 0 && $4 != \"00000000\" { print $3 }' /proc/net/netlink)
$ROLE forge $P
rip route add 10.5.0.0/16 dev lo
finish
[ $? = 143 ] || exit 43
grep -qx 'monitor: 2 messages did not come from the kernel and were ignored' /run/m.err || exit 49
cat /run/m")?;
    match out.as_str() {
        "10.5.0.0/16 dev lo scope link \n" => Ok(3),
        _ => Err(format!("  {out}")),
    }
}

/// How it ends: by words, by signals, by whoever reads.
fn ends() -> Result<usize, String> {
    let cases = [
        ("rip monitor timeout 0.2 link", 124),
        (
            "(sleep 0.3; rip link set lo mtu 3000; rip link set lo mtu 3001) & rip monitor count 1 link timeout 5 >/run/o; [ $(grep -c mtu /run/o) = 1 ]",
            0,
        ),
        ("rip monitor timeout 5 until link dev lo up | grep -q LOOPBACK", 0),
        ("rip monitor timeout 0.3 until link dev lo down", 124),
        (
            "(sleep 0.3; rip addr add 10.0.0.1/8 dev lo) & rip monitor timeout 5 until address to 10.0.0.1 dev lo >/run/o; code=$?; grep -q 'inet 10.0.0.1/8' /run/o && exit $code",
            0,
        ),
        (
            "(sleep 0.3; rip addr del 10.0.0.1/8 dev lo) & rip monitor timeout 5 until gone address to 10.0.0.1 | grep -q '^Deleted 1: lo    inet 10.0.0.1/8'",
            0,
        ),
        ("rip monitor timeout 5 until gone address to 10.0.0.1", 0),
        (
            "(sleep 0.3; rip link add v0 type veth peer name v1) & rip monitor timeout 5 link until link dev v1 >/dev/null",
            0,
        ),
        (
            "(sleep 0.3; rip route add default dev lo) & rip monitor timeout 5 until route default | grep -q '^default dev lo'",
            0,
        ),
        (
            "rip link set v0 up; rip route add 10.9.0.0/16 dev v0; (sleep 0.3; rip link set v0 down) & rip monitor timeout 8 route until gone route 10.9.0.0/16 >/dev/null",
            0,
        ),
        ("(sleep 0.3; rip rule add pref 77 table 5) & rip monitor timeout 5 until rule pref 77 | grep -q ^77:", 0),
        (
            "rip link set v0 up; (sleep 0.3; rip neigh add 10.0.0.9 lladdr 02:00:00:00:00:09 dev v0) & rip monitor timeout 5 until neigh 10.0.0.9 nud permanent | grep -q ^10.0.0.9",
            0,
        ),
        (
            "(sleep 0.3; rip mrule add iif lo lookup 5 pref 78) & rip monitor timeout 5 until mrule pref 78 | grep -q '^78:'",
            0,
        ),
        (
            "rip link add nc0 type veth peer name nc1; (sleep 0.3; rip link del nc0) & rip monitor timeout 5 netconf until gone netconf dev nc0 | grep -q '^Deleted inet nc0'",
            0,
        ),
        ("rip monitor timeout 0.3 until mroute from 10.0.0.0/8", 124),
        (
            "(sleep 0.3; rip nexthop add id 8 blackhole) & rip monitor timeout 5 until nexthop id 8 | grep -q '^id 8 blackhole'",
            0,
        ),
        // What is there already counts in no time at all.
        ("rip monitor timeout 0 until link dev lo up >/dev/null", 0),
        // All of it is written, though its reader takes more than the two seconds that a signal would leave it.
        (
            "for i in $(seq 5000); do echo route add 10.7.$((i / 250)).$((i % 250)) dev lo; done >/run/b; rip -batch /run/b; [ $(rip -4 monitor init route count 5000 | (sleep 3; cat) | wc -l) = 5000 ]",
            0,
        ),
        ("rip monitor until bogus", 255),
        ("rip monitor until", 255),
        ("rip monitor link until route default", 255),
        ("rip monitor count 0", 255),
        ("rip monitor timeout -1", 255),
        ("timeout --preserve-status -s INT 0.5 rip monitor link", 130),
        ("begin monitor link; kill -HUP $M; wait $M", 129),
        ("begin monitor link >/dev/full; rip link set lo mtu 3002; finish", 143),
        (
            "rip monitor link >/dev/full 2>/run/e & M=$!; ready; rip link set lo mtu 3003; wait $M; code=$?; grep -qx 'write error: No space left on device' /run/e && exit $code",
            2,
        ),
        // Nothing happens any more, and it ends all the same.
        (
            "set -o pipefail; (sleep 0.4; rip link set lo mtu 3004) & timeout 5 rip monitor link | head -1 >/dev/null",
            141,
        ),
        (
            "set -o pipefail; trap '' PIPE; (sleep 0.4; rip link set lo mtu 3005) & timeout 5 rip monitor link | head -1 >/dev/null",
            2,
        ),
    ];
    for (line, code) in cases {
        let script = format!(
            "rip link add v0 type veth peer name v1 2>/dev/null; rip link del v0\n( {line} ) 2>/run/said; code=$?; [ $code = {code} ] || {{ echo exit $code; cat /run/said; exit 44; }}"
        );
        let script = if line.contains("v0") && !line.contains("add v0") {
            format!(
                "rip link add v0 type veth peer name v1\n( {line} ) 2>/run/said; code=$?; [ $code = {code} ] || {{ echo exit $code; cat /run/said; exit 44; }}"
            )
        } else if line.contains("gone address") && line.contains("del") {
            format!("rip addr add 10.0.0.1/8 dev lo\n{script}")
        } else {
            script
        };
        run(&script).map_err(|e| format!("  {line}\n{e}"))?;
    }
    Ok(cases.len())
}

/// Losses of every object: whoever applies what is told has what a watch that begins now is told.
fn made_good() -> Result<usize, String> {
    let out = run_for(
        "
for d in v w x; do rip link add ${d}0 type veth peer name ${d}1; done
for d in v0 v1 w0 w1; do rip link set $d addrgenmode none up; echo 0 > /proc/sys/net/ipv6/conf/$d/disable_ipv6; done
rip link add br0 type bridge; rip link set br0 addrgenmode none up
rip link set w1 master br0
rip addr add 10.0.0.1/24 dev v0; rip addr add 10.0.1.1/24 dev v0; rip addr add fd00::1/64 dev v0 nodad
for i in 1 2 3; do rip rule add pref $i table $i; rip nexthop add id $i via 10.0.0.$((i + 1)) dev v0; rip neigh add 10.0.0.$((i + 20)) lladdr 02:00:00:00:00:0$i dev v0; done
rip route add fd09::/64 via fd00::2; rip -6 route append fd09::/64 via fd00::3; rip route add fd08::/64 via fd00::2
rip -6 route append fd08::/64 via fd00::3; rip -6 route append fd08::/64 via fd00::4
rip route add 10.9.0.0/16 via 10.0.0.2; rip route append 10.9.0.0/16 via 10.0.0.3; rip route add 10.8.0.0/16 via 10.0.0.2
W='link address route rule neigh nexthop netconf'
rip -rc 2304 -j monitor init $W >/run/m 2>/run/m.err & M=$!
ready; sleep 1
kill -STOP $M
for i in $(seq 300); do echo route add 10.77.$((i / 250)).$((i % 250)) dev v0; done >/run/b
rip -batch /run/b
rip link set v0 mtu 1400; rip link set w1 nomaster; rip link set w0 master br0; rip link del x0; rip link add y0 type veth peer name y1
rip addr del 10.0.1.1/24 dev v0; rip addr add 10.0.2.1/24 dev v0; rip addr add fd00:5::1/64 dev v0 nodad
rip rule del pref 2; rip rule add pref 9 from 10.0.0.0/8 table 9
rip nexthop del id 1; rip nexthop replace id 2 blackhole; rip nexthop add id 7 group 3
rip neigh del 10.0.0.21 dev v0; rip neigh change 10.0.0.22 lladdr 02:00:00:00:00:0a dev v0; rip neigh add 10.0.0.40 lladdr 02:00:00:00:00:0b dev v0
rip -6 route append fd09::/64 via fd00::5; rip -6 route del fd08::/64 via fd00::3; rip route add fd07::/64 via fd00::9
rip route del 10.9.0.0/16 via 10.0.0.3; rip route replace 10.8.0.0/16 via 10.0.0.4 mtu 1300
echo 1 > /proc/sys/net/ipv4/conf/w0/rp_filter
kill -CONT $M
sleep 1; settled
kill $M; wait $M
grep -q 'events were lost; read again, [1-9]' /run/m.err || { cat /run/m.err; exit 48; }
cat /run/m
echo -----
rip -j monitor init $W timeout 1 || true",
        90,
    )?;
    let (told, now) = halves(&out)?;
    let (told, now) = (objects(told)?, objects(now)?);
    let (told, now) = (standing(&told), standing(&now));
    let wrong: Vec<String> = now
        .iter()
        .filter(|(key, record)| told.get(*key) != Some(record))
        .map(|(key, record)| format!("  {key}: told {:?}, is {record}", told.get(key).map(Value::to_string)))
        .chain(told.keys().filter(|key| !now.contains_key(*key)).map(|key| format!("  {key}: a ghost")))
        .collect();
    if now.len() < 300 || !wrong.is_empty() {
        return Err(format!("{} things\n{}", now.len(), wrong.join("\n")));
    }
    Ok(now.len())
}

/// The programs of the scripts.
fn role(words: &[String]) -> ExitCode {
    match words {
        [what, port] if what == "forge" => {
            let mut socket = netlink_sys::Socket::new(0).expect("a socket");
            socket.bind_auto().expect("bind");
            let to = netlink_sys::SocketAddr::new(port.parse().expect("a port"), 0);
            let mut route = vec![36, 0, 0, 0, 24, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
            route.extend([2, 16, 0, 0, 254, 3, 0, 1, 0, 0, 0, 0, 8, 0, 1, 0, 10, 66, 0, 0]);
            socket.send_to(&route, &to, 0).expect("send");
            socket.send_to(&[1, 2, 3, 4, 5, 6], &to, 0).expect("send");
            ExitCode::SUCCESS
        }
        [what] if what == "print-all" => match print_all() {
            Ok(n) => {
                println!("{n}");
                ExitCode::SUCCESS
            }
            Err(_) => ExitCode::FAILURE,
        },
        [what, seconds] if what == "slow" => {
            std::thread::sleep(Duration::from_secs(seconds.parse().expect("seconds")));
            let mut buf = vec![0; 1 << 20];
            while let Ok(n) = std::io::stdin().read(&mut buf) {
                if n == 0 || std::io::stdout().write_all(&buf[..n]).is_err() {
                    break;
                }
            }
            ExitCode::SUCCESS
        }
        _ => ExitCode::FAILURE,
    }
}

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    if let Some(at) = words.iter().position(|w| w == "--role") {
        return role(&words[at + 1..]);
    }
    let mut cases = Vec::new();
    type Test = fn() -> Result<usize, String>;
    let all: [(&str, Test, bool); 13] = [
        ("overrun", overrun, false),
        ("recorded", recorded, true),
        ("kinds", kinds, true),
        ("json", json, false),
        ("namespaces", namespaces, false),
        ("init", init, false),
        ("still-reader", still_reader, false),
        ("memory", memory, false),
        ("forged", forged, false),
        ("ends", ends, false),
        ("spoilt", spoilt, false),
        ("printers", printers, false),
        ("made-good", made_good, false),
    ];
    for (name, test, oracle) in all {
        cases.push(Case::new(name, move || {
            let why = machine::lacks(if machine::root() { "root" } else { "user" });
            let why = why.or_else(|| if oracle { machine::lacks("oracle") } else { None });
            match why {
                Some(why) => Outcome::Skipped(why),
                None => test().map_or_else(Outcome::Failed, Outcome::Passed),
            }
        }));
    }
    runner::run("monitor", cases, 2)
}
