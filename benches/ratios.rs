//! `cargo bench`: how `rip` compares with the installed `ip`, as ratios of medians of alternating runs, in
//! namespaces of its own. `cargo bench -- routes=1000000 links=5000 lines=50000 pairs=9 [SECTION...]` changes the sizes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::fmt::Write as _;
use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;

const RIP: &str = env!("CARGO_BIN_EXE_rip");
type Section = (&'static str, fn(&Sizes));
const SECTIONS: &[Section] =
    &[("start", start), ("routes", routes), ("links", links), ("batch", batch), ("monitor", monitor)];

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
    if let Ok(inside) = std::env::var("RIP_BENCH_INSIDE") {
        shell(
            "mount -t tmpfs tmpfs /run; ip link set lo up; ip link add d0 type veth peer name d1; ip link set d0 up; ip link set d1 up",
        );
        let section = SECTIONS.iter().find(|(name, _)| *name == inside).expect("a section");
        section.1(&sizes);
        return ExitCode::SUCCESS;
    }
    let Ok(version) = Command::new("ip").arg("-V").output() else {
        eprintln!("there is no installed `ip` to compare with");
        return ExitCode::SUCCESS;
    };
    println!("compared with {}", String::from_utf8_lossy(&version.stdout).trim());
    println!("{:<44} {:>11} {:>11} {:>6}", "", "ip", "rip", "ratio");
    let words: Vec<&String> = args.iter().filter(|a| !a.contains('=')).collect();
    for (name, _) in SECTIONS.iter().filter(|(n, _)| words.is_empty() || words.iter().any(|w| w == n)) {
        let user: &[&str] = if nix::unistd::geteuid().is_root() { &[] } else { &["-U", "-r"] };
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

/// Runs lines one after the other and gives the milliseconds that one takes.
fn time(tool: &str, lines: &[String]) -> f64 {
    let began = Instant::now();
    for line in lines {
        let words: Vec<&str> = line.split_whitespace().collect();
        let status = command(tool, &words).status().expect("a run");
        assert!(status.success(), "{tool} {line}: {status}");
    }
    began.elapsed().as_secs_f64() * 1e3 / f64::from(u32::try_from(lines.len()).unwrap_or(1))
}

/// Alternating runs of both tools: a row with both medians and the median of the ratios of the pairs.
/// `line` is told which run it is for and its place in it: adding an address twice would fail.
fn compare(sizes: &Sizes, title: &str, times: usize, line: impl Fn(usize, usize) -> String) {
    let (mut theirs, mut mine, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    for pair in 0..=sizes.pairs {
        let lines = |run: usize| (0..times).map(|i| line(run, i)).collect::<Vec<_>>();
        // Who goes first changes from pair to pair.
        let (t, m) = if pair % 2 == 0 {
            let t = time("ip", &lines(pair * 2));
            (t, time(RIP, &lines(pair * 2 + 1)))
        } else {
            let m = time(RIP, &lines(pair * 2));
            (time("ip", &lines(pair * 2 + 1)), m)
        };
        // The first pair warms the caches.
        if pair > 0 {
            theirs.push(t);
            mine.push(m);
            ratios.push(m / t);
        }
    }
    println!("{title:<44} {:>8.3} ms {:>8.3} ms {:>6.2}", median(theirs), median(mine), median(ratios));
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
            println!(
                "{:<44} {theirs:>11.0} {mine:>11.0} {:>6.2}",
                format!("  user instructions, {line}"),
                mine / theirs
            );
        }
        _ => println!("  user instructions: valgrind could not count them"),
    }
}

/// `--peak TOOL WORDS...`: runs it and prints the most memory it had, in KiB.
fn peak(words: &[String]) -> ExitCode {
    let line: Vec<&str> = words[1..].iter().map(String::as_str).collect();
    let ok = command(&words[0], &line).status().is_ok_and(|s| s.success());
    let usage = nix::sys::resource::getrusage(nix::sys::resource::UsageWho::RUSAGE_CHILDREN).expect("usage");
    println!("{}", usage.max_rss());
    if ok { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn memory(line: &str) {
    let most = |tool: &str| -> f64 {
        let me = std::env::current_exe().expect("this program");
        let out = Command::new(me).args(["--peak", tool]).args(line.split_whitespace()).output().expect("a run");
        String::from_utf8_lossy(&out.stdout).trim().parse().unwrap_or(f64::NAN)
    };
    let (theirs, mine) = (most("ip"), most(RIP));
    println!("{:<44} {theirs:>7.0} KiB {mine:>7.0} KiB {:>6.2}", format!("  peak memory, {line}"), mine / theirs);
}

fn start(sizes: &Sizes) {
    compare(sizes, "link show lo", 100, |_, _| "link show lo".to_string());
    instructions("link show lo");
    memory("link show lo");
    compare(sizes, "addr add", 100, |run, i| format!("addr add 10.{run}.{}.{}/32 dev d1", i / 200, 1 + i % 200));
    shell("ip addr flush dev d1; ip addr add 10.200.0.1/24 dev d0; ip route add 10.201.0.0/16 via 10.200.0.2");
    compare(sizes, "route get", 100, |_, _| "route get 10.201.0.1".to_string());
}

/// Hands lines to `ip -batch`.
fn feed(lines: &str) {
    std::fs::write("/run/lines", lines).expect("a batch file");
    shell("ip -batch /run/lines");
}

fn routes(sizes: &Sizes) {
    let mut lines = String::new();
    for n in 0..sizes.routes {
        let _ = writeln!(lines, "route add {}.{}.{}.{} dev d0", 20 + (n >> 24), n >> 16 & 255, n >> 8 & 255, n & 255);
    }
    feed(&lines);
    for line in ["route show", "-j route show", "-d route show"] {
        compare(sizes, &format!("{} routes, {line}", sizes.routes), 1, |_, _| line.to_string());
        memory(line);
    }
}

fn links(sizes: &Sizes) {
    shell("echo 1 >/proc/sys/net/ipv6/conf/default/disable_ipv6");
    let mut lines = String::new();
    for n in 0..sizes.links / 2 {
        let _ = writeln!(
            lines,
            "link add a{n} type veth peer name b{n}\naddr add 10.{}.{}.1/24 dev a{n}",
            n / 250,
            n % 250
        );
    }
    feed(&lines);
    for line in ["link show", "-d link show", "-j link show", "addr show", "-br addr show"] {
        compare(sizes, &format!("{} links, {line}", sizes.links), 2, |_, _| line.to_string());
    }
    memory("-d link show");
}

fn batch(sizes: &Sizes) {
    let mut lines = String::new();
    for n in 0..sizes.lines {
        let _ = writeln!(lines, "route replace 10.{}.{}.{} dev d0", n >> 16 & 255, n >> 8 & 255, n & 255);
    }
    std::fs::write("/run/batch", lines).expect("a batch file");
    compare(sizes, &format!("{} lines, -batch", sizes.lines), 1, |_, _| "-batch /run/batch".to_string());
    compare(sizes, &format!("{} lines, -force -batch", sizes.lines), 1, |_, _| "-force -batch /run/batch".to_string());
    memory("-batch /run/batch");
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
        println!("{title:<44} {:>8.2} us {:>8.2} us {:>6.2}", median(theirs), median(mine), median(ratios));
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
