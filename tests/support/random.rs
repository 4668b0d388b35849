//! Random command lines grown from the program's own tables, and a worker that runs them in one process.
//! The worker is started where it cannot open a socket (no descriptor is left), or inside the guest.

use super::sandbox::deadly;
use rip::internals::cli::objects::OBJECTS;
use rip::internals::command::{Object, Verb};
use rip::internals::grammar::full;
use rip::internals::session::options::OPTIONS;
use std::io::{Seek as _, Write as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// A small generator of numbers, so that a seed gives the same run everywhere.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Dice {
        Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap_or(0) % n.max(1)
    }

    fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    fn pick<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        list.get(self.below(list.len()))
    }
}

/// Values of every sort, good ones and bad ones.
const VALUES: &[&str] = &[
    "lo",
    "d0",
    "d1",
    "if2",
    "if0",
    "if4294967295",
    "nosuch",
    "a/b",
    "",
    " ",
    "-",
    "--",
    ".",
    "..",
    "10.0.0.1",
    "10.0.0.1/24",
    "10/8",
    "0/0",
    "10.0.0.1/33",
    "256.1.1.1",
    "1.2.3.4.5",
    "2001:db8::1",
    "2001:db8::1/64",
    "::/0",
    "::1/129",
    "fe80::1%lo",
    "default",
    "any",
    "all",
    "+",
    "on",
    "off",
    "0",
    "1",
    "-1",
    "7",
    "0x10",
    "010",
    "255",
    "256",
    "65535",
    "65536",
    "4294967295",
    "4294967296",
    "18446744073709551615",
    "18446744073709551616",
    "99999999999999999999999",
    "1e9",
    "20ms",
    "2s",
    "1.5s",
    "0.0000001s",
    "forever",
    "inherit",
    "none",
    "auto",
    "02:00:00:00:00:01",
    "02:00",
    "zz",
    "00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00",
    "main",
    "local",
    "table",
    "link",
    "global",
    "host",
    "static",
    "kernel",
    "inet",
    "inet6",
    "mpls",
    "tcp",
    "5/6",
    "1:2",
    "1,2/3",
    "d0:1",
    "d0*",
    "averyveryverylongdevicename",
    "tun",
    "tap",
    "veth",
    "bridge",
    "vlan",
    "vxlan",
    "dummy",
    "macvlan",
    "peer",
    "name",
    "type",
    "dev",
    "via",
    "nexthop",
    "help",
    "lock",
    "encap",
    "802.1Q",
    "\u{1b}[31m",
    "\u{fffd}",
    "ÄÖ",
    "\n",
    "\t",
    "'",
    "\"",
    "\\",
    "#",
];

fn word(dice: &mut Dice) -> Vec<u8> {
    if dice.one_in(12) {
        let longest = if dice.one_in(20) { 5000 } else { 12 };
        let n = dice.below(longest);
        return (0..n).map(|_| u8::try_from(1 + dice.below(255)).unwrap_or(1)).collect();
    }
    let mut bytes = dice.pick(VALUES).copied().unwrap_or_default().as_bytes().to_vec();
    if dice.one_in(15) && !bytes.is_empty() {
        let at = dice.below(bytes.len());
        bytes[at] = u8::try_from(1 + dice.below(255)).unwrap_or(1);
    }
    bytes
}

/// A name, whole or (rarely) shortened.
fn spelled(dice: &mut Dice, names: &[&'static str]) -> Vec<u8> {
    let name = dice.pick(names).copied().map_or("", full);
    let end = if dice.one_in(4) { 1 + dice.below(name.len()) } else { name.len() };
    name.as_bytes().get(..end).unwrap_or_default().to_vec()
}

/// A command line without the program's name and options: an object, a verb and words of its grammars.
pub fn tail(dice: &mut Dice) -> Vec<Vec<u8>> {
    let mut line = Vec::new();
    let objects: &[&Object] = OBJECTS;
    let Some(object) = dice.pick(objects).copied() else { return vec![word(dice)] };
    line.push(if dice.one_in(30) { word(dice) } else { spelled(dice, object.names) });
    if dice.one_in(15) {
        return line;
    }
    let verb: Option<&Verb> = dice.pick(object.verbs);
    line.push(match verb {
        Some(verb) if !dice.one_in(20) => spelled(dice, verb.names),
        _ => word(dice),
    });
    let entries: Vec<_> = verb.into_iter().flat_map(|v| v.tables).flat_map(|t| t.entries()).collect();
    for _ in 0..dice.below(14) {
        match dice.pick(&entries) {
            Some(entry) if !dice.one_in(4) => {
                line.push(spelled(dice, entry.names));
                if !entry.meta.is_empty() && !dice.one_in(8) {
                    line.push(word(dice));
                }
            }
            _ => line.push(word(dice)),
        }
    }
    line.retain(|w| !w.contains(&0) && deadly(&String::from_utf8_lossy(w)).is_none());
    line
}

/// A whole command line.
pub fn vector(dice: &mut Dice) -> Vec<Vec<u8>> {
    let mut line = vec![if dice.one_in(2) { b"rip".to_vec() } else { b"/sbin/ip".to_vec() }];
    for _ in 0..dice.below(4) {
        let Some(option) = dice.pick(OPTIONS) else { break };
        let mut typed = b"-".to_vec();
        typed.extend(spelled(dice, option.names));
        line.push(typed);
        if !option.meta.is_empty() && !dice.one_in(4) {
            line.push(word(dice));
        }
    }
    line.extend(tail(dice));
    line
}

fn shown(line: &[Vec<u8>]) -> String {
    line.iter().map(|w| format!("{:?} ", String::from_utf8_lossy(w))).collect()
}

/// Whether a line could wait for ever or become another program, by design.
fn endless(line: &[Vec<u8>]) -> bool {
    line.iter().any(|w| {
        !w.is_empty() && (b"monitor".starts_with(w) || b"exec".starts_with(w) || *w == b"try" || *w == b"wait")
    })
}

/// Runs `count` random lines in this process; what went wrong stands in the report. `careful`: the kernel can be reached.
pub fn work(seed: u64, count: usize, report: &str, careful: bool) -> ! {
    let mut report = std::fs::File::create(report).expect("a report");
    if !careful && std::net::UdpSocket::bind("127.0.0.1:0").is_ok() {
        let _ = write!(report, "a socket could be opened: this place is not safe");
        std::process::exit(5);
    }
    let begun = Instant::now();
    let ticking = Arc::new(AtomicU64::new(0));
    let clock = ticking.clone();
    let millis = move || u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(Duration::from_millis(200));
            if millis().saturating_sub(clock.load(Ordering::Relaxed)) > 20_000 {
                std::process::exit(4);
            }
        }
    });
    let mut dice = Dice::new(seed);
    for n in 0..count {
        let line = vector(&mut dice);
        if careful && endless(&line) {
            continue;
        }
        // The line at work stands in the report, should the process die of it.
        let _ = report.rewind();
        let _ = report.set_len(0);
        let _ = write!(report, "seed {seed}, line {n}: {}", shown(&line));
        ticking.store(millis(), Ordering::Relaxed);
        if std::panic::catch_unwind(|| rip::run(&line)).is_err() {
            std::process::exit(3);
        }
    }
    let _ = report.rewind();
    let _ = report.set_len(0);
    let _ = write!(report, "done {count}");
    std::process::exit(0)
}

/// How a worker ended, for people.
pub fn verdict(code: Option<i32>, report: &str) -> Result<(), String> {
    let what = match code {
        Some(0) if report.starts_with("done") => return Ok(()),
        Some(3) => "it panicked",
        Some(4) | None => "it hung",
        Some(5) => "it did not begin",
        _ => "it died",
    };
    Err(format!("  {what} ({code:?}) at {report}"))
}
