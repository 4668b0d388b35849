//! `cargo bench`: how `rip` compares with the installed `ip`, as ratios of medians of alternating runs, in
//! namespaces of its own, each beside what was promised of it. The small sizes take about ten minutes on two cores;
//! `cargo bench -- routes=1000000 links=5000 lines=1000000` are the sizes of the promises (`ip` 6.1 loses 4 KiB of memory
//! a line), `pairs=9` takes more runs, and the name of a section runs that one alone. `root=DIR` compares with the `ip`
//! of another root folder: its libraries are mounted over the installed ones, so that no chroot and no loader that is
//! named on the command line is timed with it (0.9 ms a start).
//!
//! The floor of a list is what a program takes that starts, asks, reads the same dump and writes as many bytes; that of a batch,
//! one that starts and sends the same requests.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "floor/mod.rs"]
mod floor;

use std::fmt::Write as _;
use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;

const RIP: &str = env!("CARGO_BIN_EXE_rip");
type Section = (&'static str, fn(&Sizes));
const SECTIONS: &[Section] =
    &[("start", start), ("routes", routes), ("links", links), ("batch", batch), ("netns", netns), ("monitor", monitor)];

struct Sizes {
    routes: usize,
    links: usize,
    lines: usize,
    pairs: usize,
}

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    if args.first().is_some_and(|a| a == "--peak") {
        return peak(&args[1..]);
    }
    if args.first().is_some_and(|a| a == "--read") {
        let per_mille = args.get(2).map_or(0, |n| n.parse().expect("a number"));
        let bytes = floor::read(&args[1], per_mille);
        if args.len() < 3 {
            println!("{bytes}");
        }
        return ExitCode::SUCCESS;
    }
    if args.first().is_some_and(|a| a == "--send") {
        let number = |i: usize| args[i].parse().expect("a number");
        floor::send(args[1] == "replace", number(2), number(3));
        return ExitCode::SUCCESS;
    }
    let number = |name: &str, default: usize| {
        let given = args.iter().find_map(|a| a.strip_prefix(name)?.strip_prefix('='));
        given.map_or(default, |n| n.parse().expect("a number"))
    };
    let sizes = Sizes {
        routes: number("routes", 100_000),
        links: number("links", 2_000),
        lines: number("lines", 20_000),
        pairs: number("pairs", 7).max(5),
    };
    let root = args.iter().find_map(|a| a.strip_prefix("root="));
    if let Ok(inside) = std::env::var("RIP_BENCH_INSIDE") {
        shell(&other(root));
        shell(
            "mount -t tmpfs tmpfs /run; ip link set lo up; ip link add d0 type veth peer name d1; ip link set d0 up; ip link set d1 up",
        );
        let section = SECTIONS.iter().find(|(name, _)| *name == inside).expect("a section");
        section.1(&sizes);
        return ExitCode::SUCCESS;
    }
    let user: &[&str] = if nix::unistd::geteuid().is_root() { &[] } else { &["-U", "-r"] };
    let script = format!("{}; exec ip -V", other(root));
    let version = Command::new("unshare").args(user).args(["-m", "sh", "-c", &script]).output();
    let Some(version) = version.ok().filter(|v| v.status.success()) else {
        eprintln!("there is no `ip` to compare with");
        return ExitCode::SUCCESS;
    };
    println!("compared with {}", String::from_utf8_lossy(&version.stdout).trim());
    println!("{:<48} {:>11} {:>11} {:>6}  at most", "", "ip", "rip", "ratio");
    let words: Vec<&String> = args.iter().filter(|a| !a.contains('=')).collect();
    for (name, _) in SECTIONS.iter().filter(|(n, _)| words.is_empty() || words.iter().any(|w| w == n)) {
        let me = std::env::current_exe().expect("this program");
        let mut run = Command::new("unshare");
        run.args(["-n", "-m"]).args(user).arg(me).args(&args).env("RIP_BENCH_INSIDE", name);
        if !run.status().is_ok_and(|s| s.success()) {
            eprintln!("{name}: the namespace could not be made, or a command failed");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

/// What makes the `ip` of another root the installed one, in this mount namespace.
fn other(root: Option<&str>) -> String {
    let Some(root) = root else { return ":".to_string() };
    let libraries = "usr/lib/x86_64-linux-gnu";
    format!(
        "set -e; mount --bind {root}/usr/bin/ip $(readlink -f $(command -v ip)); mount --bind {root}/{libraries} /{libraries}"
    )
}

fn shell(script: &str) {
    let status = Command::new("sh").args(["-c", script]).stdin(Stdio::null()).status();
    assert!(status.is_ok_and(|s| s.success()), "{script}");
}

fn command(tool: &str, words: &[&str]) -> Command {
    let mut c = Command::new(tool);
    c.args(words).stdin(Stdio::null()).stdout(Stdio::null());
    c
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Where the output goes.
#[derive(Clone, Copy)]
enum To {
    Null,
    File,
    Pipe,
}

/// Runs one line; its output goes where it is told to.
fn run(tool: &str, line: &str, to: To) {
    let words: Vec<&str> = line.split_whitespace().collect();
    let mut c = command(tool, &words);
    match to {
        To::Null => {}
        To::File => drop(c.stdout(std::fs::File::create("/run/out").expect("a file"))),
        To::Pipe => drop(c.stdout(Stdio::piped())),
    }
    let mut child = c.spawn().expect("a run");
    if let Some(mut pipe) = child.stdout.take() {
        let mut piece = vec![0; 64 * 1024];
        while std::io::Read::read(&mut pipe, &mut piece).expect("output") > 0 {}
    }
    let status = child.wait().expect("its end");
    assert!(status.success(), "{tool} {line}: {status}");
}

/// Runs lines one after the other and gives the milliseconds that one takes.
fn time(tool: &str, lines: &[String], to: To) -> f64 {
    let began = Instant::now();
    lines.iter().for_each(|line| run(tool, line, to));
    began.elapsed().as_secs_f64() * 1e3 / lines.len() as f64
}

/// One line of the table; `most` is what was promised, where something was.
fn row(title: &str, theirs: &str, mine: &str, ratio: f64, most: Option<f64>) {
    let promise = most.map_or(String::new(), |m| format!("  {m:.2}{}", if ratio > m { "  MISSED" } else { "" }));
    println!("{title:<48} {theirs:>11} {mine:>11} {ratio:>6.2}{promise}");
}

/// What is compared: a title, how often a line runs in one measurement, where its output goes, what was promised,
/// and what must be done before each measurement.
struct Contest<'a> {
    title: &'a str,
    times: usize,
    to: To,
    most: Option<f64>,
    before: &'a str,
    /// What `rip` is compared with.
    ip: &'a str,
}

impl<'a> Contest<'a> {
    fn new(title: &'a str, times: usize, most: f64) -> Contest<'a> {
        Contest { title, times, to: To::Null, most: Some(most), before: "", ip: "ip" }
    }

    /// Alternating runs of both tools: a row with both medians and the median of the ratios of the pairs.
    /// `line` is told whether it is for `rip`, which run it is for, and its place in that: adding an address twice
    /// would fail. Gives `rip`'s median.
    fn run(&self, sizes: &Sizes, line: impl Fn(bool, usize, usize) -> String) -> f64 {
        let (mut theirs, mut mine, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
        let once = |ours: bool, run: usize| {
            if !self.before.is_empty() {
                shell(self.before);
            }
            let lines: Vec<String> = (0..self.times).map(|i| line(ours, run, i)).collect();
            time(if ours { RIP } else { self.ip }, &lines, self.to)
        };
        for pair in 0..=sizes.pairs {
            // Who goes first changes from pair to pair.
            let (t, m) = if pair % 2 == 0 {
                let t = once(false, pair * 2);
                (t, once(true, pair * 2 + 1))
            } else {
                let m = once(true, pair * 2);
                (once(false, pair * 2 + 1), m)
            };
            // The first pair warms the caches.
            if pair > 0 {
                theirs.push(t);
                mine.push(m);
                ratios.push(m / t);
            }
        }
        let (theirs, mine) = (median(theirs), median(mine));
        row(self.title, &format!("{theirs:.3} ms"), &format!("{mine:.3} ms"), median(ratios), self.most);
        mine
    }
}

/// Instructions in user space, counted by valgrind.
fn instructions(line: &str) {
    let count = |tool: &str| -> Option<f64> {
        let words: Vec<&str> = line.split_whitespace().collect();
        let mut run = Command::new("valgrind");
        run.args(["--tool=callgrind", "--callgrind-out-file=/dev/null", tool]).args(&words);
        let out = run.stdout(Stdio::null()).output().ok()?;
        let text = String::from_utf8_lossy(&out.stderr).into_owned();
        text.lines().find_map(|l| l.split("Collected : ").nth(1)?.split_whitespace().next()?.parse().ok())
    };
    match (count("ip"), count(RIP)) {
        (Some(theirs), Some(mine)) => {
            let title = format!("  user instructions, {line}");
            row(&title, &theirs.to_string(), &mine.to_string(), mine / theirs, Some(350_000.0 / theirs));
        }
        _ => println!("  user instructions: valgrind could not count them"),
    }
}

/// What the kernel's part of a line costs, beside `rip`: its dumps are read, and as much is written as `rip` writes. No
/// program that asks for it can take much less.
fn floor(sizes: &Sizes, what: &str, line: &str, to: To, most: f64) {
    let me = std::env::current_exe().expect("this program");
    let said =
        |tool: &std::path::Path, words: &str| Command::new(tool).args(words.split(' ')).output().expect("a run").stdout;
    let written = said(RIP.as_ref(), line).len();
    let read: usize = String::from_utf8_lossy(&said(&me, &format!("--read {what}"))).trim().parse().expect("a length");
    let words = format!("--read {what} {}", written * 1000 / read.max(1));
    let title = format!("  beside the floor: {line}");
    let contest = Contest { to, ip: &me.to_string_lossy(), ..Contest::new(&title, 4, most) };
    contest.run(sizes, |ours, _, _| if ours { line.to_string() } else { words.clone() });
}

/// `--peak TOOL WORDS...`: runs it and prints the most memory it had, in KiB.
fn peak(words: &[String]) -> ExitCode {
    let line: Vec<&str> = words[1..].iter().map(String::as_str).collect();
    let ok = command(&words[0], &line).status().is_ok_and(|s| s.success());
    let usage = nix::sys::resource::getrusage(nix::sys::resource::UsageWho::RUSAGE_CHILDREN).expect("usage");
    println!("{}", usage.max_rss());
    if ok { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The most memory that a line takes; the promise is of our own, in MiB.
fn memory(line: &str, most: Option<f64>) {
    let peak = |tool: &str| -> f64 {
        let me = std::env::current_exe().expect("this program");
        let out = Command::new(me).args(["--peak", tool]).args(line.split_whitespace()).output().expect("a run");
        String::from_utf8_lossy(&out.stdout).trim().parse().unwrap_or(f64::NAN)
    };
    let (theirs, mine) = (peak("ip"), peak(RIP));
    let title = format!("  peak memory, {line}");
    row(&title, &format!("{theirs} KiB"), &format!("{mine} KiB"), mine / theirs, most.map(|m| m * 1024.0 / theirs));
}

fn start(sizes: &Sizes) {
    Contest::new("link show lo", 100, 0.55).run(sizes, |_, _, _| "link show lo".to_string());
    instructions("link show lo");
    memory("link show lo", None);
    let add = |_: bool, run: usize, i: usize| format!("addr add 10.{run}.{}.{}/32 dev d1", i / 200, 1 + i % 200);
    Contest::new("addr add", 100, 0.55).run(sizes, add);
    shell("ip addr flush dev d1; ip addr add 10.200.0.1/24 dev d0; ip route add 10.201.0.0/16 via 10.200.0.2");
    Contest::new("route get", 100, 0.55).run(sizes, |_, _, _| "route get 10.201.0.1".to_string());
    println!("  the binary has {} KiB", std::fs::metadata(RIP).map_or(0, |m| m.len() / 1024));
}

/// Lines for a batch file, and the batch run by `rip`: the installed `ip` loses memory with every line.
fn feed(lines: &str) {
    std::fs::write("/run/lines", lines).expect("a batch file");
    shell(&format!("{RIP} -batch /run/lines"));
}

/// Routes of the four common shapes.
fn route_lines(verb: &str, first: usize, count: usize, tail: &str) -> String {
    let mut lines = String::new();
    for n in 0..count {
        let net = format!("{}.{}.{}.0/24", first + (n >> 16), n >> 8 & 255, n & 255);
        let way = match n % 4 {
            0 => "dev d0".to_string(),
            1 => format!("via 10.250.0.{}", 2 + n % 200),
            2 => format!("via 10.250.0.{} metric {}", 2 + n % 200, 1 + n % 1000),
            _ => "dev d0 src 10.250.0.1 proto static".to_string(),
        };
        let _ = writeln!(lines, "route {verb} {net} {way}{tail}");
    }
    lines
}

fn routes(sizes: &Sizes) {
    shell("ip addr add 10.250.0.1/24 dev d0");
    feed(&(route_lines("add", 20, sizes.routes, "") + &route_lines("add", 20, 10_000, " table 100")));
    let n = sizes.routes;
    let mut all = 0.0;
    for line in ["route show", "-j route show"] {
        for (to, where_to) in [(To::File, "a file"), (To::Pipe, "a pipe")] {
            let title = format!("{n} routes, {line}, to {where_to}");
            all = Contest { to, ..Contest::new(&title, 1, 0.22) }.run(sizes, |_, _, _| line.to_string());
            floor(sizes, "routes", line, to, 1.1);
        }
        memory(line, Some(16.0));
    }
    let few = Contest { to: To::Pipe, ..Contest::new("10,000 routes, -j route show table 100", 10, 1.0) }
        .run(sizes, |_, _, _| "-j route show table 100".to_string());
    let each = |ms: f64, n: usize| ms * 1e6 / n as f64;
    let (few, all) = (each(few, 10_000), each(all, n));
    row(
        &format!("  a route of 10,000; of {n} (rip)"),
        &format!("{few:.0} ns"),
        &format!("{all:.0} ns"),
        all / few,
        None,
    );
    for line in ["route show proto static", "route show dev d1", "route show type blackhole", "route show 20.0.1.0/24"]
    {
        Contest::new(&format!("  filtered: {line}"), 3, 1.0).run(sizes, |_, _, _| line.to_string());
    }
}

fn links(sizes: &Sizes) {
    shell("echo 1 >/proc/sys/net/ipv6/conf/default/disable_ipv6; ip link add br0 type bridge");
    let mut lines = String::new();
    for n in 0..sizes.links / 2 {
        let _ = writeln!(lines, "link add a{n} type veth peer name b{n}");
        for (end, net) in [("a", 10), ("b", 11)] {
            for host in [1, 2] {
                let _ = writeln!(lines, "addr add {net}.{}.{}.{host}/24 dev {end}{n}", n / 250, n % 250);
            }
        }
    }
    feed(&lines);
    feed("link set a0 master br0\nlink set a1 master br0\n");
    for line in ["link show", "-d link show", "-j link show", "addr show", "-br addr show", "-j addr show"] {
        let title = format!("{} links, {} addresses, {line}", sizes.links, sizes.links * 2);
        Contest::new(&title, 2, 0.38).run(sizes, |_, _, _| line.to_string());
        let what = if line.contains("addr") { "addresses" } else { "links" };
        floor(sizes, what, line, To::Null, 1.2);
        memory(line, Some(8.0));
    }
    for line in
        ["link show master br0", "link show type bridge", "link show dev b7", "addr show dev b7", "addr show up"]
    {
        Contest::new(&format!("  filtered: {line}"), 5, 1.0).run(sizes, |_, _, _| line.to_string());
    }
}

fn batch(sizes: &Sizes) {
    shell("ip addr add 10.250.0.1/24 dev d0");
    std::fs::write("/run/add", route_lines("add", 20, sizes.lines, "")).expect("a batch file");
    std::fs::write("/run/replace", route_lines("replace", 20, sizes.lines, "")).expect("a batch file");
    let empty = "ip link set d0 down; ip link set d0 up";
    let n = sizes.lines;
    let me = std::env::current_exe().expect("this program");
    let floor = |verb: &str, option: &str, before: &str| {
        let words = format!("--send {verb} {n} {}", if option.is_empty() { 1 } else { 64 });
        let title = format!("  beside the floor: {option}-batch, {verb}");
        Contest { before, ip: &me.to_string_lossy(), ..Contest::new(&title, 1, 1.25) }
            .run(sizes, |ours, _, _| if ours { format!("{option}-batch /run/{verb}") } else { words.clone() });
    };
    for option in ["", "-force "] {
        let title = format!("{n} lines into an empty table, {option}-batch");
        let line = |_: bool, _: usize, _: usize| format!("{option}-batch /run/add");
        Contest { before: empty, ..Contest::new(&title, 1, 0.65) }.run(sizes, line);
        floor("add", option, empty);
    }
    shell(&format!("{RIP} -force -batch /run/replace"));
    for option in ["", "-force "] {
        let title = format!("{n} lines, all there already, {option}-batch");
        Contest::new(&title, 1, 0.5).run(sizes, |_, _, _| format!("{option}-batch /run/replace"));
        floor("replace", option, "");
        memory(&format!("{option}-batch /run/replace"), Some(8.0));
    }
}

fn netns(sizes: &Sizes) {
    shell("for n in $(seq 16); do ip netns add n$n; done");
    Contest::new("netns exec n1 true", 50, 1.0).run(sizes, |_, _, _| "netns exec n1 true".to_string());
    Contest::new("-n n1 link show lo", 50, 1.0).run(sizes, |_, _, _| "-n n1 link show lo".to_string());
    Contest::new("16 namespaces, -all (-jobs 4) exec sleep 0.02", 1, 0.5)
        .run(sizes, |ours, _, _| format!("-all {}netns exec sleep 0.02", if ours { "-jobs 4 " } else { "" }));
}

/// The CPU time that one event costs whoever watches, while 100,000 routes come and go.
fn monitor(sizes: &Sizes) {
    let lines = |verb: &str| {
        let mut out = String::new();
        for n in 0..50_000 {
            let _ = writeln!(out, "route {verb} 10.{}.{}.{} dev d0", n >> 16 & 255, n >> 8 & 255, n & 255);
        }
        out
    };
    std::fs::write("/run/lines", lines("add") + &lines("del")).expect("a batch file");
    let cost = |tool: &str, words: &[&str]| -> f64 {
        let mut watch = command(tool, words).spawn().expect("a watch");
        std::thread::sleep(std::time::Duration::from_millis(300));
        shell("ip -batch /run/lines");
        std::thread::sleep(std::time::Duration::from_millis(300));
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", watch.id())).expect("its times");
        let ticks: f64 = stat.split_whitespace().skip(13).take(2).map(|w| w.parse::<f64>().unwrap_or(0.0)).sum();
        let _ = watch.kill();
        let _ = watch.wait();
        ticks * 10_000.0 / 100_000.0
    };
    for words in [&["monitor", "route"][..], &["-j", "monitor", "route"]] {
        let pairs: Vec<(f64, f64)> = (0..sizes.pairs).map(|_| (cost("ip", words), cost(RIP, words))).collect();
        let (theirs, mine) = pairs.iter().copied().unzip::<f64, f64, Vec<_>, Vec<_>>();
        let ratios = pairs.iter().map(|(t, m)| m / t).collect();
        let title = format!("CPU for an event, {}", words.join(" "));
        let (theirs, mine) = (median(theirs), median(mine));
        row(&title, &format!("{theirs:.2} us"), &format!("{mine:.2} us"), median(ratios), None);
    }
    let pairs: Vec<(f64, f64)> = (0..sizes.pairs).map(|_| (drain("ip"), drain(RIP))).collect();
    let (theirs, mine) = pairs.iter().copied().unzip::<f64, f64, Vec<_>, Vec<_>>();
    let ratios = pairs.iter().map(|(t, m)| m / t).collect();
    let title = "events a second, after a pause";
    println!("{title:<44} {:>11.0} {:>11.0} {:>6.2}", median(theirs), median(mine), median(ratios));
}

/// How many events a second a watch tells that stood still while they came: as many as its socket holds for sure.
fn drain(tool: &str) -> f64 {
    const EVENTS: usize = 300;
    let lines = |verb: &str| {
        let line = |n: usize| format!("route {verb} 10.99.{}.{} dev d0\n", n >> 8, n & 255);
        (0..EVENTS / 2).map(line).collect::<String>()
    };
    std::fs::write("/run/some", lines("add") + &lines("del")).expect("a batch file");
    let file = std::fs::File::create("/run/told").expect("a file");
    let mut watch = command(tool, &["monitor", "route"]).stdout(file).spawn().expect("a watch");
    std::thread::sleep(std::time::Duration::from_millis(300));
    let pid = nix::unistd::Pid::from_raw(i32::try_from(watch.id()).expect("a process"));
    let told = || std::fs::metadata("/run/told").expect("what was told").len();
    let mut best = f64::INFINITY;
    let mut size = 0;
    for round in 0..60 {
        nix::sys::signal::kill(pid, nix::sys::signal::SIGSTOP).expect("a stop");
        shell("ip -batch /run/some");
        let before = told();
        let began = Instant::now();
        nix::sys::signal::kill(pid, nix::sys::signal::SIGCONT).expect("a go");
        if round == 0 {
            // Every round says the same: this one, how much.
            std::thread::sleep(std::time::Duration::from_millis(500));
            size = told() - before;
            continue;
        }
        while told() < before + size && began.elapsed().as_secs() < 5 {}
        best = best.min(began.elapsed().as_secs_f64());
    }
    let _ = watch.kill();
    let _ = watch.wait();
    f64::from(u32::try_from(EVENTS).unwrap_or(1)) / best
}
