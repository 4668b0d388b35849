//! What is shown can be typed again: every line of tables of varied routes, rules, neighbours and nexthops is removed and added
//! by its own words, and the table is as it was.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use std::process::{Command, ExitCode, Stdio};
use support::machine;
use support::runner::{self, Case, Outcome};
use support::sandbox::{Sandbox, Tool, quoted};

const SETUP: &str = "
rip link set lo up
rip link add d0 address 02:00:00:00:00:01 type veth peer name d1 address 02:00:00:00:00:02
rip link set d0 up
rip link set d1 up
rip addr add 10.0.0.1/24 dev d0
rip addr add 10.0.1.1/24 dev d1
rip addr add 2001:db8::1/64 dev d0 nodad
rip addr add 2001:db8:1::1/64 dev d1 nodad
sleep 0.3
for n in 1 2; do rip nexthop add id $n via 10.0.0.$n dev d0; done
rip nexthop add id 4 blackhole
rip nexthop add id 5 via 2001:db8::5 dev d0
rip nexthop add id 6 group 1/2
";

struct Table {
    name: &'static str,
    /// The words of `rip` up to the verb.
    object: &'static str,
    show: &'static str,
    /// What is added first, as words behind the verb.
    entries: &'static [&'static str],
    /// The words of a shown line, as a line of the language.
    typed: fn(&str) -> String,
    /// The words that remove it.
    removed: fn(&str) -> String,
}

/// Behind the id of a nexthop a route shows what that is.
fn route(line: &str) -> String {
    let line = line.split("nexthop").next().filter(|_| line.contains("nhid ")).unwrap_or(line);
    // Of a header that seg6local adds, the word for it is not shown.
    let line = match line.split_once("action End.B6") {
        Some((before, after)) => format!("{before}action End.B6{}", after.replace("segs", "srh segs")),
        None => line.to_string(),
    };
    // This metric is always locked, and takes no word for it.
    let line = line.replace("rto_min lock ", "rto_min ");
    let mut words: Vec<&str> = line.split_whitespace().collect();
    for word in ["via", "dev"].into_iter().filter(|_| line.contains("nhid ")) {
        if let Some(at) = words.iter().position(|w| *w == word) {
            words.drain(at..at + 2);
        }
    }
    let line = words.join(" ");
    // Such a route is unicast until its nexthop is looked at.
    line.strip_prefix("blackhole ").filter(|l| l.contains("nhid ")).unwrap_or(&line).to_string()
}

/// A rule's preference has a keyword; marks of what became of devices and targets are no words.
fn rule(line: &str) -> String {
    let (preference, rest) = line.split_once(":\t").unwrap_or(("", line));
    let rest = rest.replace(" [detached]", "").replace(" [unresolved]", "");
    format!("{} pref {preference}", rest.replace("lookup [l3mdev-table]", "l3mdev"))
}

/// A state is shown in capitals, without its keyword; `proxy` stands before the address.
fn neigh(line: &str) -> String {
    let mut words: Vec<String> = line.split_whitespace().map(String::from).collect();
    if let Some(at) = words.iter().position(|w| w == "proxy") {
        words.remove(at);
        words.insert(0, "proxy".into());
    }
    for word in &mut words {
        if word.len() > 3 && word.chars().all(|c| c.is_ascii_uppercase()) {
            *word = format!("nud {}", word.to_lowercase());
        }
    }
    words.join(" ")
}

/// A nexthop's scope follows from the rest, and how long a group has been unbalanced cannot be typed.
fn nexthop(line: &str) -> String {
    let mut words: Vec<&str> = line.split_whitespace().collect();
    for word in ["scope", "unbalanced_time"] {
        if let Some(at) = words.iter().position(|w| *w == word) {
            words.drain(at..at + 2);
        }
    }
    words.join(" ")
}

fn id(line: &str) -> String {
    line.split_whitespace().take(2).collect::<Vec<_>>().join(" ")
}

const TABLES: &[Table] = &[
    Table {
        name: "IPv4 routes",
        object: "-4 route",
        show: "show table all",
        entries: &[
            "default via 10.0.0.2 metric 5",
            "10.9.0.0/24 dev d0",
            "10.9.0.0/16 via 10.0.0.3 src 10.0.0.1",
            "10.8.0.0/16 via 10.0.1.3 proto bird table 100",
            "10.9.0.7 via 10.0.0.4 mtu lock 1400 rtt 20ms rttvar 3s cwnd 5 hoplimit 7 initcwnd 9 features ecn quickack 1 congctl reno ssthresh 5 reordering 4 advmss 1000 window 6 initrwnd 7 rto_min 300ms fastopen_no_cookie 1",
            "10.10.0.0/16 dev d1 scope host",
            "10.11.0.0/16 dev d1 tos 0x10",
            "10.11.0.0/16 dev d1 tos 0x14 metric 4",
            "10.12.0.0/16 dev d1 proto 77 realm 5",
            "10.13.0.0/16 dev d1 realms 7/8 table 1000",
            "blackhole 10.20.0.0/16",
            "unreachable 10.21.0.0/16 metric 5",
            "prohibit 10.22.0.0/16",
            "throw 10.23.0.0/16 table 100",
            "local 10.24.0.0/24 dev lo",
            "broadcast 10.24.1.255 dev d0 table 77",
            "multicast 224.5.0.0/16 dev d0",
            "10.30.0.0/16 nexthop via 10.0.0.2 weight 2 nexthop via 10.0.1.2 dev d1 realms 3",
            "10.31.0.0/16 nexthop via 10.0.0.2 dev d0 nexthop via 10.99.0.2 dev d1 onlink",
            "10.32.0.0/16 via inet6 2001:db8::9 dev d0",
            "10.33.0.0/16 nexthop via inet6 fe80::9 dev d0 nexthop via 10.0.1.2",
            "10.34.0.0/16 via 10.77.0.1 dev d1 onlink",
            "10.35.0.0/16 nhid 1",
            "10.36.0.0/16 nhid 6",
            "10.37.0.0/16 nhid 4",
            "10.38.0.0/16 encap ip id 5 dst 1.2.3.4 ttl 7 dev d0",
        ],
        typed: route,
        removed: route,
    },
    Table {
        name: "IPv6 routes",
        object: "-6 route",
        show: "show table all",
        entries: &[
            "default via 2001:db8::2",
            "2001:db8:5::/48 via fe80::1 dev d0 metric 50 pref low",
            "2001:db8:6::/48 nexthop via 2001:db8::3 weight 2 nexthop via 2001:db8:1::3",
            "unreachable 2001:db8:7::/48",
            "blackhole 2001:db8:8::/48 metric 7",
            "prohibit 2001:db8:88::/48",
            "throw 2001:db8:89::/48 table 100",
            "2001:db8:9::/48 from 2001:db8::/32 via 2001:db8::3",
            "2001:db8:a::/48 via 2001:db8::3 src 2001:db8::1 table 200 pref high",
            "2001:db8:b::1 dev d1 mtu 1300 hoplimit 5",
            "anycast 2001:db8:c::1 dev d0",
            "local 2001:db8:d::/64 dev lo",
            "2001:db8:e::/48 nhid 5",
            "2001:db8:f::/48 dev d0 proto static expires 9000",
            "2001:db8:10::/48 encap seg6 mode encap segs fc00::1,fc00::2 dev d0",
            "2001:db8:11::/48 encap seg6 mode inline segs fc00::1 dev d0",
            "2001:db8:12::/48 encap seg6 mode encap.red segs fc00::1,fc00::2,fc00::3 dev d0",
            "2001:db8:20::/48 encap seg6local action End dev d0",
            "2001:db8:21::/48 encap seg6local action End.X nh6 fe80::1 dev d0",
            "2001:db8:22::/48 encap seg6local action End.DX2 oif d1 dev d0",
            "2001:db8:23::/48 encap seg6local action End.DX4 nh4 1.2.3.4 dev d0",
            "2001:db8:24::/48 encap seg6local action End.B6.Encaps srh segs fc00::1,fc00::2 dev d0",
            "2001:db8:27::/48 encap seg6local action End flavors next-csid lblen 48 nflen 16 dev d0",
            "2001:db8:28::/48 encap seg6local action End flavors psp dev d0",
            "2001:db8:30::/48 nexthop encap seg6 mode encap segs fc00::1 via 2001:db8::5 nexthop encap seg6 mode encap segs fc00::2,fc00::3 via 2001:db8::6 weight 2",
        ],
        typed: route,
        removed: route,
    },
    Table { name: "IPv4 rules", object: "-4 rule", show: "show", entries: RULES, typed: rule, removed: rule },
    Table {
        name: "IPv6 rules",
        object: "-6 rule",
        show: "show",
        entries: &[
            "from 2001:db8::/32 table 100 pref 1",
            "to 2001:db8::1 lookup 1000 pref 7",
            "not from 2001:db8:1::/48 prohibit pref 8",
            "fwmark 1 iif d0 oif d1 ipproto udp sport 1 dport 2-3 uidrange 0-0 suppress_prefixlength 4 pref 9 proto 9 table 10",
            "l3mdev pref 10",
            "goto 700 pref 11",
            "flowlabel 0x12345 table 5 pref 12",
            "flowlabel 0x45/0xff table 5 pref 13",
            "dscp 10 table 5 pref 14",
        ],
        typed: rule,
        removed: rule,
    },
    Table {
        name: "neighbours",
        object: "neigh",
        show: "show nud all",
        entries: &[
            "10.0.0.5 lladdr 1:2:3:4:5:6 dev d0",
            "10.0.0.7 lladdr 1:2:3:4:5:6 dev d0 nud noarp",
            "10.0.0.8 lladdr 1:2:3:4:5:6 dev d0 nud stale router",
            "10.0.0.9 lladdr 1:2:3:4:5:6 dev d0 nud stale extern_learn",
            "10.0.0.10 lladdr 1:2:3:4:5:6 dev d0 nud stale extern_valid",
            "10.0.0.15 lladdr 1:2:3:4:5:6 dev d0 protocol static",
            "10.0.0.16 lladdr 1:2:3:4:5:6 dev d0 proto 200",
            "2001:db8::5 lladdr 1:2:3:4:5:6 dev d0 router",
            "2001:db8::6 lladdr 1:2:3:4:5:6 dev d1 nud stale",
        ],
        typed: neigh,
        removed: neigh,
    },
    Table {
        name: "proxied neighbours",
        object: "neigh",
        show: "show proxy",
        entries: &["proxy 10.0.0.20 dev d0", "proxy 10.0.0.21 dev d1 protocol static", "proxy 2001:db8::6 dev d0"],
        typed: neigh,
        removed: neigh,
    },
    Table {
        name: "nexthops",
        object: "nexthop",
        show: "show",
        entries: &[
            "id 11 via 10.0.0.2 dev d0",
            "id 12 via 10.77.0.3 dev d0 onlink proto static",
            "id 13 dev d0",
            "id 15 via 2001:db8::2 dev d0",
            "id 16 via fe80::1 dev d0",
            "id 17 via 10.0.0.7 fdb",
            "id 18 encap seg6 mode encap segs fc00::1,fc00::2 via 2001:db8::5 dev d0",
            "id 100 group 1/2",
            "id 101 group 1,5/2,700",
            "id 102 group 1/2 type resilient buckets 16 idle_timer 5 unbalanced_timer 7",
        ],
        typed: nexthop,
        removed: id,
    },
];

const RULES: &[&str] = &[
    "from 10.0.0.0/8 table 100 pref 1",
    "to 10.0.0.0/8 fwmark 5/0xff iif d0 oif d1 ipproto tcp sport 5 dport 6-7 uidrange 0-0 tun_id 7 suppress_prefixlength 5 suppress_ifgroup 4 table 100 protocol 5 tos 0x10 realms 5/6 pref 2",
    "not from 1.2.3.4 blackhole pref 3",
    "from 1.2.3.5 prohibit pref 4",
    "from 1.2.3.6 unreachable proto static pref 5",
    "goto 9 pref 6",
    "goto 500 pref 7",
    "nop pref 9",
    "l3mdev pref 10",
    "fwmark 16 lookup main pref 11",
    "iif nosuch lookup 200 pref 12",
    "lookup 201 suppress_prefixlength 0 pref 13",
    "dscp 10 table 5 pref 14",
    "dscp 0x0f/0x1f table 5 pref 15",
    "sport 80/0xff dport 5/0x0f table 5 pref 16",
    "ipproto icmp table 4294967295 pref 17",
    "ipproto 200 table 5 pref 18",
];

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().collect();
    if let [_, role, name] = args.as_slice()
        && role == "--role"
    {
        let table = TABLES.iter().find(|t| t.name == name).expect("a table");
        let wrong = check(table).expect("a check");
        println!("{}", wrong.join("\n"));
        return if wrong.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    }
    let cases = TABLES.iter().map(|table| {
        Case::new(table.name, || {
            if !machine::namespaces(!machine::root()) {
                return Outcome::Skipped("namespaces cannot be made here".into());
            }
            let me = std::env::current_exe().expect("this program");
            let script = format!("{SETUP}exec {} --role {}", quoted(&me.to_string_lossy()), quoted(table.name));
            let ended = Sandbox::new(Tool::Rip).script("roundtrip", &script);
            match ended.code {
                Some(0) => Outcome::Passed(table.entries.len()),
                code => Outcome::Failed(format!("  exit {code:?}\n{}{}", ended.stdout(), ended.stderr())),
            }
        })
    });
    runner::run("roundtrip", cases.collect(), 2)
}

fn rip(words: &str) -> Result<String, String> {
    let run = Command::new("/run/bin/rip").args(words.split_whitespace()).stdin(Stdio::null()).output();
    let run = run.map_err(|e| e.to_string())?;
    if run.status.success() {
        Ok(String::from_utf8_lossy(&run.stdout).into_owned())
    } else {
        let said = String::from_utf8_lossy(&run.stderr).lines().next().unwrap_or_default().to_string();
        Err(format!("rip {words}\n    {said}"))
    }
}

/// The lines of a table, in an order of their own; what is left of a lifetime does not count.
fn lines(table: &Table, options: &str) -> Result<Vec<String>, String> {
    let text = rip(&format!("{options} -o {} {}", table.object, table.show))?;
    let mut lines: Vec<String> = text.lines().map(|l| l.replace('\\', " ").trim_end().to_string()).collect();
    lines.sort();
    Ok(lines)
}

fn timeless(lines: &[String]) -> Vec<String> {
    let still = |l: &String| {
        let words = l.split_whitespace().map(|w| if w.ends_with("sec") { "SEC" } else { w });
        words.collect::<Vec<_>>().join(" ")
    };
    lines.iter().map(still).collect()
}

/// What is wrong, line by line.
fn check(table: &Table) -> Result<Vec<String>, String> {
    let before = lines(table, "")?;
    for entry in table.entries {
        rip(&format!("{} add {entry}", table.object))?;
    }
    let all = lines(table, "")?;
    let mut state = timeless(&lines(table, "-d")?);
    let mut wrong = Vec::new();
    let own: Vec<&String> = all.iter().filter(|l| !before.contains(l)).collect();
    if own.len() != table.entries.len() {
        wrong.push(format!("  {} entries, {} lines", table.entries.len(), own.len()));
    }
    for line in own {
        let removal = format!("{} del {}", table.object, (table.removed)(line));
        if let Err(why) = rip(&removal) {
            wrong.push(format!("  {why}"));
            continue;
        }
        if timeless(&lines(table, "")?).contains(&timeless(std::slice::from_ref(line))[0]) {
            wrong.push(format!("  still there after rip {removal}"));
        }
        if let Err(why) = rip(&format!("{} add {}", table.object, (table.typed)(line))) {
            wrong.push(format!("  {why}"));
            continue;
        }
        let now = timeless(&lines(table, "-d")?);
        if now != state {
            let lost: Vec<&String> = state.iter().filter(|l| !now.contains(l)).collect();
            let new: Vec<&String> = now.iter().filter(|l| !state.contains(l)).collect();
            wrong.push(format!("  {line}\n    lost {lost:?}\n    new  {new:?}"));
            state = now;
        }
    }
    Ok(wrong)
}
