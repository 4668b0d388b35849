//! Budgets: how many user instructions the release build may take, counted by valgrind. Unlike a time, a count is the
//! same on a busy machine. Each budget is a tenth to a sixth more than was measured; `ip`'s own count stands beside it.
//!
//! The debug build says nothing here: `cargo build --release` first, or the budgets are skipped.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::SystemTime;
use support::machine;
use support::runner::{self, Case, Outcome};
use support::sandbox::{Sandbox, Tool, quoted};

/// What is counted: a command, how many things it does, and the most instructions for each of them.
struct Budget {
    what: &'static str,
    line: &'static str,
    things: u64,
    limit: u64,
}

/// `ip` 6.1 takes 926,000, 899,000, 908,000; 8,250 and 8,390 for a route; 24,700, 34,600 and 47,400 for a link; of the objects from
/// `tunnel` on 2,300, 5,100 and 6,400 for a link; 934,000, 1,426,000, 915,000 and 896,000; 23,000 for an address that is listened to,
/// 13,100 and 37,300 for a device, and 25,600 for the counters of a link.
static BUDGETS: &[Budget] = &[
    Budget { what: "link show lo", line: "link show lo", things: 1, limit: 49_000 },
    Budget { what: "addr add", line: "addr add 10.9.0.1/32 dev d0", things: 1, limit: 40_000 },
    Budget { what: "route get", line: "route get 10.250.0.2", things: 1, limit: 36_000 },
    Budget { what: "route show, each of 5,000 routes", line: "route show", things: 5_000, limit: 1_240 },
    Budget { what: "-j route show, each route", line: "-j route show", things: 5_000, limit: 1_410 },
    Budget { what: "link show, each of 400 links", line: "link show", things: 400, limit: 4_900 },
    Budget { what: "-d link show, each link", line: "-d link show", things: 400, limit: 9_300 },
    Budget { what: "addr show, each link", line: "addr show", things: 400, limit: 6_700 },
    Budget { what: "-batch, each of 5,000 lines", line: "-batch /run/batch", things: 5_000, limit: 9_100 },
    Budget { what: "monitor, each of 4,000 events", line: "monitor file /run/events", things: 4_000, limit: 2_950 },
    Budget { what: "-j monitor, each event", line: "-j monitor file /run/events", things: 4_000, limit: 3_900 },
    Budget { what: "tunnel, each of 400 links that are none", line: "tunnel", things: 400, limit: 2_250 },
    Budget { what: "vrf, each of 400 links that are none", line: "vrf show", things: 400, limit: 2_850 },
    Budget { what: "token, each of 400 links without one", line: "token", things: 400, limit: 1_850 },
    Budget { what: "addrlabel", line: "addrlabel", things: 1, limit: 137_000 },
    Budget { what: "mroute", line: "mroute", things: 1, limit: 30_000 },
    Budget { what: "mrule", line: "mrule", things: 1, limit: 57_000 },
    Budget { what: "tcp_metrics", line: "tcp_metrics", things: 1, limit: 30_000 },
    Budget {
        what: "maddress show, each of 1,000 addresses",
        line: "maddress show dev d0",
        things: 1_000,
        limit: 10_900,
    },
    Budget { what: "netconf, each of 400 devices", line: "netconf", things: 400, limit: 5_000 },
    Budget { what: "ntable, each of 400 devices", line: "ntable", things: 400, limit: 13_600 },
    Budget {
        what: "stats show group link, each of 400 links",
        line: "stats show group link",
        things: 400,
        limit: 14_200,
    },
    Budget { what: "-force -batch, each line", line: "-force -batch /run/batch", things: 5_000, limit: 9_450 },
];

/// Two devices, 400 more, 5,000 routes, and a batch that changes nothing of that.
const PREPARE: &str = r#"
set -e
ip link set lo up
ip link add d0 type veth peer name d1; ip link set d0 up; ip link set d1 up; ip addr add 10.250.0.1/24 dev d0
echo 1 >/proc/sys/net/ipv6/conf/default/disable_ipv6
for n in $(seq 200); do echo link add a$n type veth peer name b$n; echo addr add 10.251.$n.1/24 dev a$n; done >/run/links
for n in $(seq 0 4999); do
  case $((n % 3)) in
  0) echo route replace 10.$((n / 250)).$((n % 250)).0/24 dev d0 ;;
  1) echo route replace 10.$((n / 250)).$((n % 250)).0/24 via 10.250.0.$((2 + n % 200)) metric $((n % 500)) ;;
  2) echo route replace 10.$((n / 250)).$((n % 250)).0/24 dev d0 src 10.250.0.1 proto static ;;
  esac
done >/run/batch
ip -batch /run/links
for n in $(seq 0 999); do printf 'maddress add 33:33:00:00:%02x:%02x dev d0\n' $((n / 256)) $((n % 256)); done >/run/listens
ip -batch /run/batch
"#;

/// 2,000 routes that are added and deleted, as rtmon(8) records them: struct nlmsghdr, struct rtmsg, RTA_TABLE, RTA_DST, RTA_OIF.
const EVENTS: &str = r#"
for kind in 18 19; do
  for n in $(seq 0 1999); do
    printf -v net '\\x%02x\\x%02x' $((n / 256)) $((n % 256))
    printf "\x34\0\0\0\x$kind\0\0\x06\0\0\0\0\0\0\0\0\x02\x18\0\0\xfe\x03\xfd\x01\0\0\0\0\x08\0\x0f\0\xfe\0\0\0\x08\0\x01\0\x0a$net\0\x08\0\x04\0\x01\0\0\0"
  done
done >/run/events
"#;

/// The release build, unless a source is newer than it.
fn release() -> Result<PathBuf, String> {
    let debug = machine::rip();
    let binary = debug.parent().and_then(Path::parent).map(|d| d.join("release/rip")).unwrap_or_default();
    let changed = |p: &Path| std::fs::metadata(p).and_then(|m| m.modified()).ok();
    let built = changed(&binary).ok_or("there is no release build")?;
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut newest = changed(&root.join("Cargo.lock")).unwrap_or(SystemTime::UNIX_EPOCH);
    let mut folders = vec![root.join("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("the sources").flatten() {
            match entry.path() {
                path if path.is_dir() => folders.push(path),
                path => newest = newest.max(changed(&path).expect("its time")),
            }
        }
    }
    if newest > built { Err("the release build is older than the sources".into()) } else { Ok(binary) }
}

fn count(binary: &Path, budget: &Budget) -> Outcome {
    // The C library looks at every variable of the environment before `main`, and cargo sets many.
    let command = format!(
        "env -i PATH=\"$PATH\" valgrind --tool=callgrind --callgrind-out-file=/dev/null {}",
        quoted(&binary.to_string_lossy())
    );
    let more = match budget.line {
        line if line.starts_with("maddress") => "ip -batch /run/listens\n",
        line if line.contains("/run/events") => EVENTS,
        _ => "",
    };
    let script = format!("{PREPARE}{more}{command} {} 2>&1 >/dev/null", budget.line);
    let ended =
        Sandbox { timeout: std::time::Duration::from_secs(120), ..Sandbox::new(Tool::Rip) }.script("budget", &script);
    let said = ended.stdout();
    let total = said.lines().find_map(|l| l.split("Collected : ").nth(1)?.trim().parse::<u64>().ok());
    match (ended.code, total) {
        (Some(0), Some(total)) => {
            let each = total / budget.things;
            println!("        {each} instructions, at most {}: {}", budget.limit, budget.what);
            if each <= budget.limit {
                return Outcome::Passed(1);
            }
            Outcome::Failed(format!("  {each} instructions; the budget is {}", budget.limit))
        }
        (code, _) => Outcome::Failed(format!("  exit {code:?}\n{said}{}", ended.stderr())),
    }
}

/// What the release build may weigh, in bytes. With its symbols it is 1.1 MB larger.
const SIZE: u64 = 4_900_000;

fn weigh() -> Outcome {
    match release() {
        Err(why) => Outcome::Skipped(why),
        Ok(binary) => {
            let bytes = std::fs::metadata(binary).expect("its size").len();
            println!("        {bytes} bytes, at most {SIZE}: the program");
            if bytes <= SIZE {
                Outcome::Passed(1)
            } else {
                Outcome::Failed(format!("  {bytes} bytes; the budget is {SIZE}"))
            }
        }
    }
}

fn main() -> ExitCode {
    let counts = BUDGETS.iter().map(|budget| {
        Case::new(budget.what, move || {
            let lacking = machine::lacks("valgrind");
            match (lacking, release()) {
                (Some(why), _) | (None, Err(why)) => Outcome::Skipped(why),
                _ if !machine::namespaces(!machine::root()) => {
                    Outcome::Skipped("namespaces cannot be made here".into())
                }
                (None, Ok(binary)) => count(&binary, budget),
            }
        })
    });
    let cases = counts.chain([Case::new("the size of the program", weigh)]).collect();
    runner::run("budget", cases, 2)
}
