//! Dumps while hundreds of entries are added and deleted: an entry that stays is in every dump, once.
//!
//! One program changes, another lists (`--role NAME SECONDS`, in a namespace of its own). The entries that are added and deleted
//! stand among those that stay, so that every change moves what the kernel counts by.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use std::collections::HashMap;
use std::process::{Command, ExitCode, Stdio};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use support::machine;
use support::runner::{self, Case, Outcome};
use support::sandbox::{Sandbox, Tool, quoted};

/// Entries that are added and deleted.
const MOVING: usize = 500;

/// One kind of list.
struct List {
    name: &'static str,
    /// What stays.
    staying: usize,
    moving: usize,
    /// The words after `rip` that list.
    words: &'static str,
    /// A line of a batch that adds (or deletes) an entry; those below `staying` stay.
    line: fn(usize, bool) -> String,
    /// The entry that a line of the list shows.
    entry: fn(&str) -> Option<usize>,
}

const SETUP: &str = "
rip link set lo up
rip link add v0 type veth peer name v1
rip link set v0 up
rip link set v1 up
for t in 4 6; do for n in 1 2 3; do echo 100000 >/proc/sys/net/ipv$t/neigh/default/gc_thresh$n; done; done 2>/dev/null
rip addr add 10.0.0.1/8 dev v0
rip addr add fd00::1/16 dev v0 nodad
";

fn verb(add: bool) -> &'static str {
    if add { "add" } else { "del" }
}

/// Two numbers below 256 that stand for one.
fn pair(n: usize) -> (usize, usize) {
    (n / 200, n % 200)
}

fn unpair(text: &str, separator: char) -> Option<usize> {
    let (a, b) = text.split_once(separator)?;
    Some(a.parse::<usize>().ok()? * 200 + b.parse::<usize>().ok()?)
}

/// The entry of an IPv4 address below `net`, up to the first mark that cannot belong to it.
fn v4(line: &str, net: &str) -> Option<usize> {
    let rest = line.split(net).nth(1)?;
    unpair(rest.split([' ', '/']).next()?, '.')
}

fn v6(line: &str, net: &str) -> Option<usize> {
    let rest = line.split(net).nth(1)?;
    usize::from_str_radix(rest.split([' ', '/', ':']).next()?, 16).ok()
}

/// Priorities and addresses are dealt so that what moves stands among what stays.
fn rule(family: u8, n: usize, add: bool) -> String {
    let place = 1000 + (n * 7919) % 20_011;
    let net = if family == 4 { format!("10.9.{}.{}", pair(n).0, pair(n).1) } else { format!("fd09:{n:x}::/48") };
    format!("rule {} from {net} pref {place} lookup 100", verb(add))
}

const LISTS: &[List] = &[
    List {
        name: "IPv4 rules",
        staying: 1500,
        moving: MOVING,
        words: "-4 rule",
        line: |n, add| rule(4, n, add),
        entry: |l| v4(l, "from 10.9."),
    },
    List {
        name: "IPv6 rules",
        staying: 1500,
        moving: MOVING,
        words: "-6 rule",
        line: |n, add| rule(6, n, add),
        entry: |l| v6(l, "from fd09:"),
    },
    List {
        name: "IPv4 neighbours",
        staying: 1500,
        moving: MOVING,
        words: "-4 neigh",
        line: |n, add| format!("neigh {} 10.9.{}.{} lladdr 2:0:0:0:0:1 dev v0", verb(add), pair(n).0, pair(n).1),
        entry: |l| v4(l, "10.9."),
    },
    List {
        name: "IPv6 neighbours",
        staying: 1500,
        moving: MOVING,
        words: "-6 neigh",
        line: |n, add| format!("neigh {} fd00:9::{n:x} lladdr 2:0:0:0:0:1 dev v0", verb(add)),
        entry: |l| v6(l, "fd00:9::"),
    },
    List {
        name: "proxied neighbours",
        staying: 1000,
        moving: MOVING,
        words: "neigh show proxy",
        line: |n, add| format!("neigh {} proxy 10.9.{}.{} dev v0", verb(add), pair(n).0, pair(n).1),
        entry: |l| v4(l, "10.9."),
    },
    List {
        name: "IPv4 routes",
        staying: 3000,
        moving: MOVING,
        words: "route",
        line: |n, add| format!("route {} 10.9.{}.{} dev v0", verb(add), pair(n).0, pair(n).1),
        entry: |l| v4(l, "10.9."),
    },
    List {
        name: "IPv6 routes",
        staying: 3000,
        moving: MOVING,
        words: "-6 route",
        line: |n, add| format!("route {} fd00:9:{:x}::/48 dev v0", verb(add), (n * 7919) % 65_521),
        entry: |l| v6(l, "fd00:9:"),
    },
    List {
        name: "IPv4 addresses",
        staying: 800,
        moving: MOVING,
        words: "-4 addr show dev v1",
        line: |n, add| format!("addr {} 10.9.{}.{}/32 dev v1", verb(add), pair(n).0, pair(n).1),
        entry: |l| v4(l, "inet 10.9."),
    },
    List {
        name: "IPv6 addresses",
        staying: 800,
        moving: MOVING,
        words: "-6 addr show",
        line: |n, add| format!("addr {} fd00:9::{n:x}/128 dev v1{}", verb(add), if add { " nodad" } else { "" }),
        entry: |l| v6(l, "inet6 fd00:9::"),
    },
    List {
        name: "links",
        staying: 150,
        moving: 60,
        words: "link",
        line: |n, add| {
            if add { format!("link add c{n} type bridge") } else { format!("link del c{n}") }
        },
        entry: |l| l.split(": c").nth(1)?.split(':').next()?.parse().ok(),
    },
    List {
        name: "nexthops",
        staying: 1000,
        moving: MOVING,
        words: "nexthop",
        line: |n, add| format!("nexthop {} id {}{}", verb(add), n + 1, if add { " blackhole" } else { "" }),
        entry: |l| Some(l.strip_prefix("id ")?.split(' ').next()?.parse::<usize>().ok()? - 1),
    },
];

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().collect();
    if let [_, role, name, seconds] = args.as_slice()
        && role == "--role"
    {
        return match work(name, seconds.parse().expect("seconds")) {
            Ok(said) => {
                println!("{said}");
                ExitCode::SUCCESS
            }
            Err(why) => {
                println!("{why}");
                ExitCode::FAILURE
            }
        };
    }
    let cases = LISTS.iter().map(|list| {
        Case::new(list.name, || {
            if !machine::namespaces(!machine::root()) {
                return Outcome::Skipped("namespaces cannot be made here".into());
            }
            let me = std::env::current_exe().expect("this program");
            let me = quoted(&me.to_string_lossy());
            let script = format!("{SETUP}exec {me} --role {} 3", quoted(list.name));
            let ended = Sandbox::new(Tool::Rip).script("churn", &script);
            match (ended.code, ended.stdout().trim().parse()) {
                (Some(0), Ok(lists)) => Outcome::Passed(lists),
                (code, _) => Outcome::Failed(format!("  exit {code:?}\n  {}{}", ended.stdout(), ended.stderr())),
            }
        })
    });
    runner::run("churn", cases.collect(), 1)
}

fn rip(words: &str) -> Command {
    let mut command = Command::new("/run/bin/rip");
    command.args(words.split(' ')).stdin(Stdio::null());
    command
}

/// Changes and lists for some seconds; how many lists were right.
fn work(name: &str, seconds: u64) -> Result<usize, String> {
    let list = LISTS.iter().find(|l| l.name == name).ok_or("no such list")?;
    let total = list.staying + list.moving;
    // One in so many moves, and the kernel meets them all along its way.
    let every = total / list.moving;
    let moves = |n: usize| n.is_multiple_of(every) && n / every < list.moving;
    let (mut stay, mut come, mut go) = (String::new(), String::new(), String::new());
    for n in 0..total {
        let (add, del) = ((list.line)(n, true) + "\n", (list.line)(n, false) + "\n");
        if moves(n) {
            come.push_str(&add);
            go.push_str(&del);
        } else {
            stay.push_str(&add);
        }
    }
    for (file, text) in [("stay", &stay), ("come", &come), ("go", &go)] {
        std::fs::write(format!("/run/{file}"), text).map_err(|e| e.to_string())?;
    }
    let family = if list.words.starts_with("-6") { "-6" } else { "-4" };
    let made = rip(&format!("{family} -batch /run/stay")).status().map_err(|e| e.to_string())?;
    if !made.success() {
        return Err("what stays could not be made".into());
    }
    let stop = AtomicBool::new(false);
    let changes = AtomicUsize::new(0);
    let result = std::thread::scope(|scope| {
        scope.spawn(|| {
            while !stop.load(Ordering::Relaxed) {
                for file in ["come", "go"] {
                    let done = rip(&format!("{family} -batch /run/{file}")).status();
                    assert!(done.is_ok_and(|s| s.success()), "the changes do not work");
                    changes.fetch_add(list.moving, Ordering::Relaxed);
                }
            }
        });
        let result = watch(list, total, &moves, Duration::from_secs(seconds));
        stop.store(true, Ordering::Relaxed);
        result
    });
    let lists = result?;
    if changes.into_inner() < list.moving {
        return Err("nothing changed meanwhile".into());
    }
    Ok(lists)
}

fn watch(list: &List, total: usize, moves: &dyn Fn(usize) -> bool, time: Duration) -> Result<usize, String> {
    let until = Instant::now() + time;
    let (mut lists, mut wrong, mut missing, mut doubled, mut warned) = (0, 0, 0, 0, 0);
    while Instant::now() < until {
        let run = rip(list.words).output().map_err(|e| e.to_string())?;
        if !run.status.success() {
            return Err(format!("{:?}: {}", run.status, String::from_utf8_lossy(&run.stderr)));
        }
        lists += 1;
        warned += usize::from(!run.stderr.is_empty());
        let mut seen: HashMap<usize, usize> = HashMap::new();
        for n in String::from_utf8_lossy(&run.stdout).lines().filter_map(list.entry) {
            *seen.entry(n).or_default() += 1;
        }
        if list.name == "IPv6 routes" {
            // Their addresses are dealt; back to the entries.
            seen = (0..total).filter_map(|n| Some((n, *seen.get(&((n * 7919) % 65_521))?))).collect();
        }
        let lost = (0..total).filter(|n| !moves(*n) && !seen.contains_key(n)).count();
        let twice = seen.values().filter(|c| **c > 1).count();
        missing += lost;
        doubled += twice;
        wrong += usize::from(lost + twice > 0);
    }
    let said = format!("{lists} lists, {wrong} wrong: {missing} missing, {doubled} doubled; {warned} with a warning");
    if wrong > 0 || lists < 5 {
        return Err(said);
    }
    eprintln!("{said}");
    Ok(lists)
}
