//! Batches that go on (`-force`), and plans (`-dry-run`): what would be sent is said, nothing is sent, nothing changes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use serde_json::Value;
use std::process::ExitCode;
use support::machine;
use support::runner::{self, Case, Outcome};
use support::sandbox::{Sandbox, Tool, quoted};
use support::world::{LOOK, MADE};

/// Every verb that changes something, and what its plan must say.
const VERBS: &[(&str, &str)] = &[
    ("addr add 10.0.0.9/24 dev e0", "add address 10.0.0.9/24 dev e0"),
    ("addr change 10.0.0.1/24 valid_lft 50 preferred_lft 50 dev e0", "change address 10.0.0.1/24 dev e0"),
    ("addr replace 2001:db8::9/64 dev e0", "replace address 2001:db8::9/64 dev e0"),
    ("addr del 10.0.0.7/24 dev e0", "delete address 10.0.0.7/24 dev e0"),
    ("addr flush dev e1", "delete address 10.1.0.1/24 dev e1"),
    ("link add n0 type veth peer name n1", "add link n0 type veth peer n1"),
    ("link add b7 mtu 1400 type bridge", "add link b7 mtu 1400 type bridge"),
    ("link add v0 parentdev x type ifb", "add link v0 parent_dev_name x type ifb"),
    ("link set e0 down", "set link e0 down"),
    ("link set e0 up promisc on", "set link e0 up promisc on"),
    ("link set p1 master br0", "set link p1 master br0"),
    ("link set p0 nomaster", "set link p0 nomaster"),
    ("link set e0 name other", "set link e0 name other"),
    ("link set e0 mtu 1400 alias new", "set link e0 mtu 1400"),
    ("link set br0 type bridge ageing_time 500", "set link br0 type bridge settings"),
    ("link set group 7 down", "set link"),
    ("link change e0 up", "set link e0 up"),
    ("link replace n0 type ifb", "replace link n0 type ifb"),
    ("link del mv0", "delete link mv0"),
    ("link property add altname more dev e0", "add altnames to link e0 altname more"),
    ("link property del altname e-one dev e0", "delete altnames of link e0 altname e-one"),
    ("route add 10.50.0.0/16 via 10.0.0.2", "add route 10.50.0.0/16 via 10.0.0.2"),
    ("route change 10.16.0.0/16 via 10.0.0.3", "change route 10.16.0.0/16 via 10.0.0.3"),
    ("route replace 10.16.0.0/16 dev e1", "replace route 10.16.0.0/16 dev e1"),
    ("route prepend 10.16.0.0/16 dev e1", "prepend route 10.16.0.0/16 dev e1"),
    ("route append 10.16.0.0/16 dev e1", "append route 10.16.0.0/16 dev e1"),
    ("route del 10.16.0.0/16", "delete route 10.16.0.0/16"),
    ("route del 10.17.0.0/16 metric 5", "delete route 10.17.0.0/16 metric 5"),
    ("route flush table 77", "delete route blackhole 10.19.0.0/16"),
    ("-6 route add 2001:db8:99::/64 via 2001:db8::9", "add route 2001:db8:99::/64 via 2001:db8::9"),
    ("rule add from 10.9.0.0/16 lookup 100 pref 9", "add rule 9: from 10.9.0.0/16 lookup 100"),
    ("rule add flowlabel 5 table 7", "add rule"),
    ("rule del pref 5", "delete rule 5: from all"),
    ("mrule add iif e0 lookup 100 pref 9", "add mrule 9: from all iif e0 lookup 100"),
    ("-6 mrule flush", "delete mrule 32767: from all lookup main"),
    ("addrlabel add prefix 2001:db8::/32 label 5", "add addrlabel prefix 2001:db8::/32 label 5"),
    ("addrlabel flush", "delete addrlabel prefix ::1/128 label 0"),
    ("stats set dev e0 l3_stats on", "set stats dev e0 l3_stats 1"),
    ("mptcp endpoint add 10.0.0.9 id 9 signal dev e0", "add MPTCP endpoint 10.0.0.9 id 9 signal dev e0"),
    ("mptcp endpoint change id 9 nobackup", "change MPTCP endpoint id 9 nobackup nofullmesh"),
    ("mptcp endpoint delete id 9", "delete MPTCP endpoint id 9"),
    ("mptcp endpoint flush", "delete all MPTCP endpoints"),
    ("mptcp limits set subflows 3", "set MPTCP limits subflows 3"),
    ("ioam namespace add 5 data 7", "add IOAM namespace 5"),
    ("ioam namespace set 5 schema none", "set IOAM namespace 5 schema none"),
    ("ioam namespace del 5", "delete IOAM namespace 5"),
    ("ioam schema add 7 text", "add IOAM schema 7"),
    ("ioam schema del 7", "delete IOAM schema 7"),
    (
        "xfrm state add dst 10.0.0.9 proto esp spi 5 enc x KEY",
        "add IPsec state dst 10.0.0.9 proto esp spi 0x00000005 enc x",
    ),
    ("xfrm state flush proto ah", "delete all IPsec states of ah"),
    ("sr tunsrc set 2001:db8::1", "set SRv6 tunnel source 2001:db8::1"),
    ("tcp_metrics flush", "tcp_metrics delete all"),
    ("tcp_metrics delete 10.0.0.2", "tcp_metrics delete 10.0.0.2"),
    ("ntable change name arp_cache dev e0 retrans 5", "set ntable name arp_cache dev e0 retrans 5"),
    ("rule flush", "delete rule 5: from 10.0.0.0/8 lookup 100"),
    ("neigh add 10.0.0.34 lladdr 2:0:0:0:0:35 dev e0", "add neigh 10.0.0.34 dev e0 lladdr 02:00:00:00:00:35"),
    ("neigh change 10.0.0.33 lladdr 2:0:0:0:0:35 dev e0", "change neigh 10.0.0.33 dev e0"),
    ("neigh replace 10.0.0.33 lladdr 2:0:0:0:0:35 dev e0", "replace neigh 10.0.0.33 dev e0"),
    ("neigh del 10.0.0.33 dev e0", "delete neigh 10.0.0.33 dev e0"),
    ("neigh flush dev e0 nud permanent", "delete neigh 10.0.0.33 dev e0"),
    ("nexthop add id 5 via 10.0.0.2 dev e0", "add nexthop id 5 via 10.0.0.2 dev e0"),
    ("nexthop replace id 1 via 10.0.0.3 dev e0", "replace nexthop id 1 via 10.0.0.3 dev e0"),
    ("nexthop del id 1", "delete nexthop id 1"),
    ("nexthop flush", "delete nexthop id 1"),
    ("netns add new", "add namespace new"),
    ("netns attach new 1", "attach namespace new to process 1"),
    ("netns del there", "delete namespace there"),
    ("netns set there 77", "set netns id"),
    ("netns exec there touch /run/touched", "run touch /run/touched in namespace there"),
    ("-all netns exec touch /run/touched", "run touch /run/touched in namespace there"),
    ("-all netns del", "delete namespace there"),
    ("link set e1 netns there", "set link e1 net_ns_fd"),
    ("link add far link-netns there type veth peer name near netns there", "add link far"),
    ("tuntap add dev t7 mode tap", "add tap device t7"),
    ("tuntap del dev t0 mode tun", "delete tun device t0"),
    ("route flush cache", "route flush cache"),
    ("-echo addr add 10.0.0.9/24 dev e0", "add address 10.0.0.9/24 dev e0"),
    ("-force -n there link set lo up", "set link lo up"),
];

/// What is known to fail, and the first line of what is said.
const FAILS: &[(&str, &str)] = &[
    ("addr add 10.0.0.1/24 dev e0", "Error: ipv4: Address already assigned."),
    ("addr add 2001:db8::1/64 dev e0", "Error: ipv6: address already assigned."),
    ("addr del 10.99.0.1/24 dev e0", "Error: ipv4: Address not found."),
    ("addr add 10.0.0.9/24 dev nosuch", "Cannot find device \"nosuch\""),
    ("link add e0 type bridge", "RTNETLINK answers: File exists"),
    ("link set e0 name e1", "RTNETLINK answers: File exists"),
    ("link set nosuch up", "Cannot find device \"nosuch\""),
    ("route add 10.16.0.0/16 via 10.0.0.2", "RTNETLINK answers: File exists"),
    ("-6 route add 2001:db8:16::/64 via 2001:db8::9", "RTNETLINK answers: File exists"),
    ("route change 10.99.0.0/16 via 10.0.0.2", "RTNETLINK answers: No such file or directory"),
    ("route del 10.99.0.0/16", "RTNETLINK answers: No such process"),
    ("route add 10.99.0.0/16 via 172.16.0.1", "Error: Nexthop has invalid gateway."),
    ("rule add from 10.0.0.0/8 lookup 100 pref 5", "RTNETLINK answers: File exists"),
    ("mrule del pref 31999", "RTNETLINK answers: No such file or directory"),
    ("rule del pref 31999", "RTNETLINK answers: No such file or directory"),
    ("neigh add 10.0.0.33 lladdr 2:0:0:0:0:35 dev e0", "RTNETLINK answers: File exists"),
    ("neigh del 10.0.0.77 dev e0", "RTNETLINK answers: No such file or directory"),
    ("nexthop add id 1 via 10.0.0.2 dev e0", "RTNETLINK answers: File exists"),
    ("nexthop del id 77", "RTNETLINK answers: No such file or directory"),
    ("netns add there", "add namespace there: File exists"),
];

const MORE: &str = "\nip netns add there\nrip tuntap add dev t0 mode tun\nsleep 1.2\n";
/// The system calls that could change something.
const CALLS: &str = "sendto,sendmsg,write,ioctl,mount,umount2,unlink,unlinkat,mkdir,unshare,setns,execve";

/// What a call of the list shows that changes something; `-n` goes into its namespace, which is no change.
fn changes(trace: &str) -> Vec<&str> {
    let bad = |l: &&str| {
        let sends = l.contains("sendto(") || l.contains("sendmsg(");
        sends && ["RTM_NEW", "RTM_DEL", "RTM_SET"].iter().any(|t| l.contains(t))
            || ["TUNSET", "unlink", "mkdir"].iter().any(|t| l.contains(t)) && !l.contains("write(")
            || l.contains("execve(") && !l.contains("/rip")
    };
    trace.lines().filter(bad).collect()
}

fn verbs() -> Outcome {
    let mut script = format!("{MADE}{LOOK}{MORE}look /run/before\n");
    for (n, (line, _)) in VERBS.iter().enumerate() {
        script.push_str(&format!(
            "strace -f -qq -s 200 -e trace={CALLS} -o /run/trace.{n} rip -dry-run {line} >/run/text.{n} 2>&1; echo $? >>/run/text.{n}\n\
             rip -dry-run -j {line} >/run/json.{n} 2>&1\n"
        ));
    }
    script.push_str("look /run/after; cat /run/before; printf '\\0'; cat /run/after\n");
    for n in 0..VERBS.len() {
        script.push_str(&format!("for f in trace text json; do printf '\\0'; cat /run/$f.{n}; done\n"));
    }
    script.push_str("[ ! -e /run/touched ]");
    let ended = Sandbox::new(Tool::Rip).script("plan-verbs", &script);
    let out = ended.stdout();
    let parts: Vec<&str> = out.split('\0').collect();
    if ended.code != Some(0) || parts.len() != 2 + 3 * VERBS.len() {
        return Outcome::Failed(format!("  exit {:?}, {} parts\n{}", ended.code, parts.len(), ended.stderr()));
    }
    let mut wrong = support::world::difference(parts[0], parts[1]);
    for ((line, said), part) in VERBS.iter().zip(parts[2..].chunks(3)) {
        let (trace, text, json) = (part[0], part[1], part[2]);
        for call in changes(trace) {
            wrong.push_str(&format!("  {line}: {call}\n"));
        }
        if !trace.contains("RTM_GET") && !trace.contains("exited") && trace.is_empty() {
            wrong.push_str(&format!("  {line}: no trace\n"));
        }
        if !text.contains(&format!("would {said}")) || !text.ends_with("\n0\n") {
            wrong.push_str(&format!("  {line}: {text}"));
        }
        match serde_json::from_str::<Value>(json) {
            Ok(Value::Array(steps)) if steps.iter().any(|v| v["would"].as_str().is_some_and(|w| w.contains(said))) => {
                let named = |list: &Value| list.as_array().is_some_and(|l| l.iter().all(|a| a["name"].is_string()));
                let good = |r: &Value| r.is_null() || r["name"].is_string() && named(&r["attributes"]);
                if !steps.iter().all(|v| good(&v["request"])) {
                    wrong.push_str(&format!("  {line}: {json}"));
                }
            }
            _ => wrong.push_str(&format!("  {line}: {json}\n")),
        }
    }
    if wrong.is_empty() { Outcome::Passed(VERBS.len()) } else { Outcome::Failed(wrong) }
}

/// What is foretold is what the kernel then says.
fn fails() -> Outcome {
    let mut script = format!("{MADE}{MORE}");
    for (line, _) in FAILS {
        for dry in ["-dry-run", ""] {
            script.push_str(&format!(
                "rip {dry} {line} 2>&1 >/run/out | head -1; echo ${{PIPESTATUS[0]}}; cat /run/out | wc -l\n"
            ));
        }
    }
    let ended = Sandbox::new(Tool::Rip).script("plan-fails", &script);
    let out = ended.stdout();
    let lines: Vec<&str> = out.lines().collect();
    let mut wrong = String::new();
    for ((line, said), got) in FAILS.iter().zip(lines.chunks(6)) {
        let planned = got.first() == Some(said) && got.get(1) == Some(&"1");
        // The deeds have their own words.
        let real = line.starts_with("netns") || got.get(3) == Some(said);
        if !planned || !real {
            wrong.push_str(&format!("  {line}: {got:?}\n"));
        }
    }
    if wrong.is_empty() && lines.len() == FAILS.len() * 6 {
        Outcome::Passed(FAILS.len())
    } else {
        Outcome::Failed(format!("{wrong}{}", ended.stderr()))
    }
}

/// Lines that need what earlier lines would make.
const BATCH: &str = "link add n0 type veth peer name n1
link set n0 up
addr add 10.77.0.1/24 dev n0
addr add 10.77.0.1/24 dev n0
route add 10.78.0.0/16 via 10.77.0.2 dev n0
link set n0 name n2
link set n0 up
link set n2 mtu 1400
link del n2
addr add 10.77.0.9/24 dev n2
netns add fresh
link set n1 netns fresh
nexthop add id 70 via 10.0.0.2 dev e0
route add 10.79.0.0/16 nhid 70
tuntap add t9 mode tun
link set t9 up
addr frobnicate
link show dev lo
link add z0 type bridge
addr show dev z0
addr flush dev z0
netns del there
netns add there
netns del nosuch
";
const PLANNED: &str = "line 1: would add link n0 type veth peer n1
line 2: would set link n0 up (depends on line 1)
line 3: would add address 10.77.0.1/24 dev n0 (depends on line 1)
line 4: would add address 10.77.0.1/24 dev n0 (would fail: ipv4: Address already assigned)
line 5: would add route 10.78.0.0/16 via 10.77.0.2 dev n0 (depends on line 1) (depends on line 3)
line 6: would set link n0 name n2 (depends on line 1)
line 8: would set link n2 mtu 1400 (depends on line 1)
line 9: would delete link n2 (depends on line 1)
line 11: would add namespace fresh
line 12: would run: link set n1 netns fresh (depends on line 11)
line 13: would add nexthop id 70 via 10.0.0.2 dev e0
line 14: would add route 10.79.0.0/16 nhid 70 (depends on line 13)
line 15: would add tun device t9
line 16: would set link t9 up (depends on line 15)
line 19: would add link z0 type bridge
line 20: would run: addr show dev z0 (depends on line 19)
line 21: would run: addr flush dev z0 (depends on line 19)
line 22: would delete namespace there
line 23: would add namespace there
line 24: would delete namespace nosuch (would fail: No such file or directory)
";

fn batch() -> Outcome {
    let script = format!(
        "{MADE}{LOOK}{MORE}look /run/before\nprintf '%s' {} >/run/batch\nrip -dry-run -batch /run/batch 2>/run/err; echo $?\n\
         grep '^Command failed' /run/err\nprintf '\\0'; rip -dry-run -force -j -batch /run/batch 2>/run/err\n\
         look /run/after; printf '\\0'; cat /run/before; printf '\\0'; cat /run/after",
        quoted(BATCH)
    );
    let out = Sandbox::new(Tool::Rip).script("plan-batch", &script).stdout();
    let parts: Vec<&str> = out.split('\0').collect();
    let [text, json, before, after] = parts[..] else { return Outcome::Failed(out) };
    let failed: String = [4, 7, 10, 17, 24].iter().map(|n| format!("Command failed /run/batch:{n}\n")).collect();
    let planned: String = text.lines().filter(|l| l.starts_with("line ")).map(|l| format!("{l}\n")).collect();
    let mut wrong = support::world::difference(before, after);
    if planned != PLANNED || !text.ends_with(&format!("1\n{failed}")) {
        wrong.push_str(text);
    }
    for line in json.lines() {
        if serde_json::from_str::<Value>(line).is_err() {
            wrong.push_str(&format!("  no JSON: {line}\n"));
        }
    }
    if wrong.is_empty() { Outcome::Passed(PLANNED.lines().count()) } else { Outcome::Failed(wrong) }
}

/// Every kind of error there is; each has its line, and none ends the batch.
const ERRORS: &[&str] = &[
    "addr add 10.0.0.300/24 dev e0",
    "addr add 10.0.0.1/33 dev e0",
    "addr add 10.0.0.1/24",
    "addr add 10.0.0.1/24 dev",
    "addr add 10.0.0.1/24 dev nosuch",
    "addr add 10.0.0.1/24 dev e0",
    "addr add 10.0.0.5/24 dev e0 scope nosuch",
    "addr add 10.0.0.5/24 dev e0 valid_lft x",
    "addr add 10.0.0.5/24 dev e0 local 10.0.0.6",
    "addr frobnicate",
    "addr show dev nosuch",
    "addr help",
    "frobnicate",
    "link set e0 mtu x",
    "link set e0 mtu 1",
    "link set e0 up master nosuch",
    "link set e0 address 1:2",
    "link set nosuch up",
    "link set",
    "link add",
    "link add x0 type nosuch",
    "link add x0 type veth peer name e0",
    "link add name waytoolongforaname type ifb",
    "route add 10.0.0.0/24 dev",
    "route add 10.50.0.0/16 via 172.31.0.1",
    "route add 10.50.0.0/16 via fe80::zz",
    "route add 10.50.0.0/16 metric x via 10.0.0.2",
    "route add",
    "route del 10.99.0.0/16",
    "route get nosuch",
    "rule add frobnicate",
    "rule add pref x",
    "rule del pref 31999",
    "neigh add 10.0.0.3",
    "neigh add 10.0.0.3 lladdr zz dev e0",
    "neigh del 10.0.0.77 dev e0",
    "nexthop add id 0",
    "nexthop add id x via 10.0.0.2 dev e0",
    "nexthop del id 77",
    "netns add there",
    "netns add a/b",
    "netns del nosuch",
    "netns exec nosuch true",
    "netns exec there false",
    "netns exec there nosuchprogram",
    "netns set there x",
    "tuntap add dev t0 mode tun",
    "tuntap add dev t1",
    "tuntap add dev t1 mode tun user nosuchuser",
    "link set e0 alias 'unterminated",
    "monitor frobnicate",
];

fn force() -> Outcome {
    let many = format!("addr {}\n", "x ".repeat(600));
    let batch = format!("{}\n{many}link set e0 alias done\n", ERRORS.join("\n"));
    let script = format!(
        "{MADE}{MORE}printf '%s' {} >/run/batch\nrip -force -batch /run/batch >/run/out 2>/run/err; echo $?\n\
         grep '^Command failed' /run/err | sed 's/.*://'; tail -1 /run/err; rip link show e0 | grep alias",
        quoted(&batch)
    );
    let out = Sandbox::new(Tool::Rip).script("force", &script).stdout();
    let failures = ERRORS.len() + 1;
    let numbers: String = (1..=failures).map(|n| format!("{n}\n")).collect();
    let wanted = format!("1\n{numbers}{failures} failures in {} commands\n    alias done\n", failures + 1);
    if out == wanted { Outcome::Passed(failures) } else { Outcome::Failed(out) }
}

/// A bar on a terminal, after a second, and gone at the end; nothing anywhere else.
fn progress() -> Outcome {
    let lines = "yes link show dev lo | head -640";
    let script = format!(
        "export TERM=xterm; mkfifo /run/fifo; ({lines}; sleep 1.3; {lines}) >/run/fifo & \
         script -qc 'rip -batch /run/fifo >/dev/null' /run/typed </dev/null >/dev/null; grep -c ' lines ' /run/typed\n\
         tail -c 60 /run/typed | grep -c lines\n\
         ({lines}; sleep 1.3; {lines}) >/run/fifo & rip -batch /run/fifo 2>&1 >/dev/null | wc -c\n\
         ({lines}) >/run/fifo & script -qc 'rip -batch /run/fifo >/dev/null' /run/typed </dev/null >/dev/null; grep -c ' lines ' /run/typed\ntrue"
    );
    let out = Sandbox::new(Tool::Rip).script("progress", &script).stdout();
    let said: Vec<u32> = out.lines().filter_map(|l| l.trim().parse().ok()).collect();
    match said[..] {
        [shown, 0, 0, 0] if shown > 0 => Outcome::Passed(4),
        _ => Outcome::Failed(out),
    }
}

/// A dry run of a flush does not keep 100,000 routes or nexthops: it takes as much memory as showing them, and in a batch
/// 16 to 32 bytes an entry beside that. Its reader stops after 95,000 lines to look, when all but the end of the table has
/// been read.
fn streamed() -> Outcome {
    let script = r#"set -e
         mkfifo /run/fifo
         rip link set lo up
         seq 1 100000 | while read i; do
             echo "route add 11.$((i >> 16)).$((i >> 8 & 255)).$((i & 255)) dev lo table 5"
         done >/run/routes
         rip -force -batch /run/routes
         seq 1 100000 | sed 's/.*/nexthop add id & dev lo/' >/run/nexthops
         rip -force -batch /run/nexthops
         echo 'route flush table 5' >/run/route
         echo 'nexthop flush' >/run/nexthop
         for words in 'route show table 5' '-dry-run route flush table 5' '-dry-run -batch /run/route' \
             'nexthop show' '-dry-run nexthop flush' '-dry-run -batch /run/nexthop'; do
             rip $words >/run/fifo & pid=$!
             { head -n 95000 >/dev/null; echo $(grep VmHWM /proc/$pid/status | tr -dc 0-9) $(tail -n 1); } </run/fifo
         done
         rip -dry-run -j route flush table 5 >/run/json
         grep -o '"would"' /run/json | wc -l
         head -c 2 /run/json; tail -c 4 /run/json
         rip route show table 5 | wc -l"#;
    let ended = Sandbox::new(Tool::Rip).script("plan-streamed", script);
    let out = ended.stdout();
    let kib = |line: &str| line.split(' ').next().and_then(|n| n.parse::<u64>().ok());
    let peaks: Vec<u64> = out.lines().take(6).filter_map(kib).collect();
    let ends = |word: &str| out.lines().filter(|l| l.ends_with(word)).count();
    let rest = "100000\n[{}}]\n100000\n";
    let both =
        ends("delete route 11.1.134.160 dev lo table 5 scope link") == 2 && ends("delete nexthop id 100000") == 2;
    match peaks[..] {
        [routes, one, batch, nexthops, other, in_batch]
            if one < routes + 4096
                && batch < routes + 8192
                && other < nexthops + 4096
                && in_batch < nexthops + 8192
                && both
                && out.ends_with(rest) =>
        {
            Outcome::Passed(5)
        }
        _ => Outcome::Failed(out + &ended.stderr()),
    }
}

/// Help pages do not exist in a batch, however it is run.
fn help() -> Outcome {
    let script = r#"
         printf 'help link\n' >/run/batch
         for way in '' -dry-run -atomic; do
             rip $way -batch /run/batch >/run/out 2>/run/err; echo $? $(wc -c </run/out) $(head -c 6 /run/err)
         done"#;
    let out = Sandbox::new(Tool::Rip).script("plan-help", script).stdout();
    if out == "1 0 Usage:\n".repeat(3) { Outcome::Passed(3) } else { Outcome::Failed(out) }
}

fn guarded(needs: &'static [&'static str], check: fn() -> Outcome) -> impl Fn() -> Outcome {
    move || {
        if !machine::namespaces(!machine::root()) {
            return Outcome::Skipped("namespaces cannot be made here".into());
        }
        match needs.iter().find_map(|n| machine::lacks(n)) {
            Some(why) => Outcome::Skipped(why),
            None => check(),
        }
    }
}

fn main() -> ExitCode {
    let cases = vec![
        Case::new("-force", guarded(&["tun"], force)),
        Case::new("progress", guarded(&["script"], progress)),
        Case::new("every verb", guarded(&["tun", "strace"], verbs)),
        Case::new("what is known to fail", guarded(&["tun"], fails)),
        Case::new("a large table", guarded(&[], streamed)),
        Case::new("help in a batch", guarded(&[], help)),
        Case::new("a batch", guarded(&["tun"], batch)),
    ];
    runner::run("plan", cases, 2)
}
