//! Random batches with errors sprinkled in, run by the installed `ip` and by `rip` in twin namespaces: what they
//! print, what they print_stderr of, line by line, and the state that they leave behind must be the same, with `-force`
//! (where `rip` sends many lines at once) and without it (where nothing after the first error may be sent).
//!
//! `RIP_BATCHES=100 RIP_BATCH_LINES=10000 cargo test --test batch` runs as many as it takes to believe it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use std::fmt::Write as _;
use std::process::ExitCode;
use support::machine;
use support::random::Dice;
use support::runner::{self, Case, Outcome};
use support::sandbox::{Ended, Sandbox, Tool, quoted};

fn number(name: &str, default: usize) -> usize {
    std::env::var(name).ok().and_then(|v| v.parse().ok()).unwrap_or(default)
}

/// The installed `ip` makes the devices and reads the state, in both worlds.
const PREPARE: &str = r#"
real() { env PATH=/usr/local/sbin:/usr/sbin:/sbin:/usr/bin:/bin ip "$@"; }
set -e
echo 1 >/proc/sys/net/ipv6/conf/default/disable_ipv6
for n in 0 2 4; do
  real link add d$n address 02:00:00:00:00:0$n type veth peer name d$((n+1)) address 02:00:00:00:00:0$((n+1))
  real link set d$n up; real link set d$((n+1)) up
done
echo 0 >/proc/sys/net/ipv6/conf/d0/disable_ipv6
real link set lo up
real addr add 10.250.0.1/24 dev d0
real -6 addr add 2001:db8:ffff::1/64 dev d0 nodad
for t in 100 101 102; do real route add unreachable 10.255.0.0/16 table $t; done
sleep 0.3
set +e
"#;

const STATE: &str = r#"
echo state
real -d -N route show table all | sort
real -6 -N route show table all | sort
real -N rule; real -6 -N rule
real neigh show nud permanent | sort
real -o addr
real -o link show | sed 's/ state .*//'
"#;

/// One line that is in order whatever came before it.
fn good(dice: &mut Dice) -> String {
    let net = format!("10.{}.{}.0/24", dice.below(3), dice.below(40));
    let near = format!("10.250.0.{}", 2 + dice.below(60));
    match dice.below(12) {
        0 => format!("route replace {net} dev d0"),
        1 => format!("route replace {net} via {near}"),
        2 => format!("ro rep {net} via {near} dev d0 metric {}", dice.below(4)),
        3 => format!("route replace {net} dev d0 table {} proto static", 100 + dice.below(3)),
        4 => format!("route replace blackhole {net} table 101"),
        5 => format!("route replace {net} src 10.250.0.1 dev d0 mtu {}", 1000 + dice.below(400)),
        6 => format!("route replace 2001:db8:{}::/48 dev d0", dice.below(9)),
        7 => format!("neigh replace {near} lladdr 02:00:00:00:01:{:02x} nud permanent dev d0", dice.below(256)),
        8 => format!("link set d2 mtu {}", 1200 + dice.below(200)),
        9 => format!("addr replace 10.251.{}.1/24 dev d2", dice.below(20)),
        10 => format!("route get 10.250.0.{}", 2 + dice.below(60)),
        _ => "route show table 102".into(),
    }
}

/// A line that may well fail.
fn any(dice: &mut Dice) -> String {
    let net = format!("10.{}.{}.0/24", dice.below(2), dice.below(12));
    let near = format!("10.250.0.{}", 2 + dice.below(9));
    match dice.below(24) {
        0 | 1 => format!("route add {net} dev d0"),
        2 | 3 => format!("route add {net} via {near}"),
        4 | 5 => format!("route del {net}"),
        6 => format!("route change {net} via {near}"),
        7 => format!("route append {net} via {near}"),
        8 => format!("route add {net} via 10.99.0.{}", dice.below(9)),
        9 => format!("route add {net} dev d{}", dice.below(9)),
        10 => format!("route add 2001:db8:{}::/48 via 2001:db8:{}::2", dice.below(6), ["ffff", "eeee"][dice.below(2)]),
        11 => format!("route del 2001:db8:{}::/48", dice.below(6)),
        12 => format!("addr add 10.252.{}.1/24 dev d{}", dice.below(6), dice.below(8)),
        13 => format!("addr del 10.252.{}.1/24 dev d{}", dice.below(6), dice.below(8)),
        // A neighbour that is refused ends iproute2's batch.
        14 => format!("neigh replace {near} lladdr 02:00:00:00:02:01 nud permanent dev d0"),
        15 => format!("addr change 10.252.{}.1/24 dev d1 preferred_lft 5000", dice.below(6)),
        16 => format!("rule add pref {} from 10.{}.0.0/16 lookup 101", 1000 + dice.below(6), dice.below(3)),
        17 => format!("rule del pref {}", 1000 + dice.below(6)),
        // Names change hands, so that an index remembered too long would be seen.
        18 => format!("link set d4 name n{}", dice.below(2)),
        19 => format!("link set n{} name d4", dice.below(2)),
        20 => format!("link add x{0} address 02:00:00:00:03:0{0} type veth peer name y{0}", dice.below(2)),
        21 => format!("link del x{}", dice.below(2)),
        22 => format!("addr add 10.253.{0}.1/24 dev {1}{0}", dice.below(2), ["x", "n"][dice.below(2)]),
        _ => {
            ["rule show", "route show table 101", "route show 10.1.0.0/16", "route get 10.0.1.1"][dice.below(4)].into()
        }
    }
}

/// The whole batch: with comments, empty lines, quotes, and lines that go on in the next.
fn batch(dice: &mut Dice, lines: usize, force: bool) -> String {
    let mut text = String::new();
    // Without -force the first error is the end: it comes late, and others follow that must not be sent.
    let from = if force { 0 } else { lines / 2 + dice.below(lines / 2) };
    for n in 0..lines {
        let line = if n >= from && dice.below(3) > 0 { any(dice) } else { good(dice) };
        let _ = match dice.below(30) {
            0 => writeln!(text, "# a comment\n\n{line}"),
            1 => writeln!(text, "  {line}   # and why"),
            2 => writeln!(text, "{}", line.replacen(' ', " \\\n", 1)),
            3 => writeln!(text, "{}", line.replace("dev d0", "dev 'd0'")),
            _ => writeln!(text, "{line}"),
        };
    }
    text
}

/// The errors as they were, without what `rip` alone says: the line again, carets, hints, a sum.
fn complaints(ended: &Ended) -> Vec<String> {
    let ours = |l: &&str| l.starts_with("  ") || l.contains(" failure") && l.ends_with(" commands");
    ended.stderr().lines().filter(|l| !ours(l)).map(str::to_string).collect()
}

/// The first line in which two lists differ.
fn differ(what: &str, ip: &[String], rip: &[String]) -> Result<(), String> {
    let n = (0..ip.len().max(rip.len())).find(|n| ip.get(*n) != rip.get(*n));
    match n {
        None => Ok(()),
        Some(n) => Err(format!("  {what}, line {}:\n    ip:  {:?}\n    rip: {:?}", n + 1, ip.get(n), rip.get(n))),
    }
}

fn compare(seed: usize, force: bool, lines: usize) -> Outcome {
    let dir = machine::scratch("batch");
    let mut dice = Dice::new(7 + seed as u64);
    let file = dir.join("lines");
    std::fs::write(&file, batch(&mut dice, lines, force)).expect("a batch");
    let option = if force { "-force " } else { "" };
    // Read from the same name in both worlds, sometimes through a pipe.
    let run = if seed.is_multiple_of(2) { "ip FORCE-batch /run/lines" } else { "cat /run/lines | ip FORCE-batch -" };
    let script = format!(
        "{PREPARE}cp {} /run/lines\n{}; [ ${{PIPESTATUS[-1]}} = 0 ]; echo well: $?\n{STATE}",
        quoted(&file.to_string_lossy()),
        run.replace("FORCE", option)
    );
    let world = |tool: Tool, name: &str| {
        let folder = dir.join(name);
        std::fs::create_dir_all(&folder).expect("a folder");
        Sandbox { timeout: std::time::Duration::from_secs(300), ..Sandbox::new(tool) }.run(&script, &folder)
    };
    let (ip, rip) = (world(Tool::Oracle, "ip"), world(Tool::Rip, "rip"));
    if ip.code != Some(0) || rip.code != Some(0) {
        return Outcome::Failed(format!("  {:?} {:?}\n{}{}", ip.code, rip.code, ip.stderr(), rip.stderr()));
    }
    let out = |e: &Ended| e.stdout().lines().map(|l| l.trim_end().to_string()).collect::<Vec<_>>();
    let same =
        differ("errors", &complaints(&ip), &complaints(&rip)).and_then(|()| differ("output", &out(&ip), &out(&rip)));
    match same {
        Ok(()) => {
            let compared = complaints(&ip).len() + out(&ip).len();
            let _ = std::fs::remove_dir_all(&dir);
            Outcome::Passed(compared)
        }
        Err(why) => Outcome::Failed(format!("  in {}\n{why}", dir.display())),
    }
}

fn main() -> ExitCode {
    let (batches, lines) = (number("RIP_BATCHES", 4), number("RIP_BATCH_LINES", 1500));
    let mut cases = Vec::new();
    for seed in 0..batches {
        for force in [true, false] {
            let name = format!("{} batch {seed}", if force { "forced" } else { "plain" });
            cases.push(Case::new(name, move || match machine::lacks("oracle") {
                Some(why) => Outcome::Skipped(why),
                None if !machine::namespaces(!machine::root()) => {
                    Outcome::Skipped("namespaces cannot be made here".into())
                }
                None => compare(seed, force, lines),
            }));
        }
    }
    runner::run("batch", cases, 2)
}
