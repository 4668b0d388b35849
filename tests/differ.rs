//! The grammar-driven comparison: command lines grown from the program's own tables are run by iproute2 and by `rip` in twin
//! namespaces, and must send the same requests, end with the same code, the same first line of errors and the same output.
//!
//! `RIP_SEED=N` replays a run, `RIP_LINES=N` sets how many lines an object gets, `RIP_LONG=1` runs 20,000.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "differ/allowed.rs"]
mod allowed;
#[path = "differ/drive.rs"]
mod drive;
#[path = "differ/grow.rs"]
mod grow;
#[path = "differ/judge.rs"]
mod judge;
#[path = "differ/round.rs"]
mod round;
mod support;
#[path = "differ/values.rs"]
mod values;
#[path = "differ/world.rs"]
mod world;

use std::process::ExitCode;
use support::machine;
use support::runner::{self, Case, Outcome};

/// What is compared; each is a case.
const OBJECTS: &[&str] =
    &["address", "link", "route", "rule", "neigh", "nexthop", "netns", "tuntap", "ntable", "mroute", "mrule"];

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().and_then(|s| s.parse().ok())
}

fn compare(object: &'static str) -> Outcome {
    for need in ["strace", "root"] {
        if let Some(why) = machine::lacks(need) {
            return Outcome::Skipped(why);
        }
    }
    if !machine::namespaces(false) {
        return Outcome::Skipped("namespaces cannot be made here".into());
    }
    let Some(oracle) = round::oracle() else { return Outcome::Skipped(machine::no_oracle().unwrap_or_default()) };
    let seed = number("RIP_SEED").unwrap_or(20_261_127);
    let long = if std::env::var_os("RIP_LONG").is_some() { 20_000 } else { 250 };
    let lines = number("RIP_LINES").unwrap_or(long) as usize;
    println!("RIP_SEED={seed} RIP_LINES={lines} {object}");
    let (compared, found) = round::compare(object, seed, lines, &oracle);
    if found.is_empty() { Outcome::Passed(compared) } else { Outcome::Failed(format!("  RIP_SEED={seed}\n{found}")) }
}

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().collect();
    if let [_, role, jobs, results, oracle] = args.as_slice()
        && role == "--drive"
    {
        drive::drive(jobs, results, oracle);
        return ExitCode::SUCCESS;
    }
    if let [_, role, object, n] = args.as_slice()
        && role == "--grow"
    {
        let object = OBJECTS.iter().find(|o| *o == object).expect("an object");
        let mut grower = grow::Grower::new(number("RIP_SEED").unwrap_or(1));
        (0..n.parse().unwrap_or(10)).for_each(|_| println!("{}", round::shown(&grower.line(object))));
        return ExitCode::SUCCESS;
    }
    let cases = OBJECTS.iter().map(|o| Case::new(*o, || compare(o)));
    runner::run("differ", cases.collect(), 1)
}
