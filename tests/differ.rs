//! The grammar-driven comparison: command lines grown from the program's own tables are run by iproute2 and by `rip` in twin
//! namespaces, and must send the same requests, end with the same code, the same first line of errors and the same output.
//!
//! `RIP_SEED=N` replays a run, `RIP_LINES=N` sets how many lines an object gets, `RIP_LONG=1` runs 20,000. The cases `guest: OBJECT` run
//! in the newest kernel, which has every kind of link; RIP_GUEST_LINES sets their lines.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "differ/allowed.rs"]
mod allowed;
#[path = "differ/cover.rs"]
mod cover;
#[path = "differ/drive.rs"]
mod drive;
#[path = "differ/events.rs"]
mod events;
#[path = "differ/found.rs"]
mod found;
#[path = "differ/grow.rs"]
mod grow;
#[path = "differ/judge.rs"]
mod judge;
#[path = "differ/read.rs"]
mod read;
#[path = "differ/round.rs"]
mod round;
mod support;
#[path = "differ/tables.rs"]
mod tables;
#[path = "differ/values.rs"]
mod values;
#[path = "differ/words.rs"]
mod words;
#[path = "differ/world.rs"]
mod world;

use rip::internals::cli::objects::OBJECTS;
use rip::internals::cli::tree::is_our_object;
use std::process::ExitCode;
use support::runner::{self, Case, Outcome};
use support::{boot, machine};

/// What is compared, each a case: every object of the program that iproute2 has.
fn objects() -> impl Iterator<Item = &'static str> {
    OBJECTS.iter().filter(|o| !is_our_object(o)).map(|o| o.name())
}

/// Those whose lines need kinds and tables that a machine's own kernel may lack.
const IN_GUEST: &[&str] = &["link", "route", "address", "nexthop", "monitor", "tunnel", "vrf", "stats", "fou", "ila"];
const GUEST_LINES: u64 = 40;
const GUEST_SECONDS: u32 = 1500;

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().and_then(|s| s.parse().ok())
}

/// A seed for a run that names none.
fn seed() -> u64 {
    number("RIP_SEED").unwrap_or(20_261_127)
}

/// Compares in a guest of the newest kernel.
fn in_guest(object: &'static str) -> Outcome {
    if let Some(why) = machine::lacks("root").or_else(machine::no_oracle) {
        return Outcome::Skipped(why);
    }
    let Some(root) = boot::newest() else { return Outcome::Skipped("tests/newest has not been run".into()) };
    let lines = number("RIP_GUEST_LINES").unwrap_or(GUEST_LINES);
    let variables = [("RIP_SEED", seed()), ("RIP_LINES", lines)].map(|(name, n)| (name.to_string(), n.to_string()));
    let results = machine::scratch("differ-guest");
    let words = ["--inside".to_string(), object.to_string()];
    let (code, _) = boot::run(Some(root), &results, GUEST_SECONDS, &variables, &words);
    let read = |name: &str| std::fs::read_to_string(results.join(name)).unwrap_or_default();
    let out = read("out");
    let compared = || {
        out.split_once(&format!("ok      {object} (")).and_then(|(_, rest)| rest.split([',', ')']).next()?.parse().ok())
    };
    println!("RIP_SEED={} RIP_GUEST_LINES={lines} guest: {object}", seed());
    out.lines().filter(|l| l.starts_with(&format!("{object}: "))).for_each(|counted| println!("{counted}"));
    match (code, compared()) {
        (Some(0), Some(compared)) => {
            let _ = std::fs::remove_dir_all(&results);
            Outcome::Passed(compared)
        }
        (Some(boot::DID_NOT_BOOT), _) => Outcome::Skipped("the guest does not boot here".into()),
        (Some(boot::DIED), _) if !out.contains("FAILED  ") => Outcome::Skipped("the guest's kernel died".into()),
        _ => Outcome::Failed(format!("  {code:?}\n{out}\n{}", read("err"))),
    }
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
    let seed = seed();
    let long = if std::env::var_os("RIP_LONG").is_some() { 20_000 } else { 250 };
    let lines = number("RIP_LINES").unwrap_or(long) as usize;
    println!("RIP_SEED={seed} RIP_LINES={lines} {object}");
    let done = match object {
        "monitor" => events::compare(seed, lines, &oracle),
        _ => round::compare(object, seed, lines, &oracle),
    };
    let counted = format!(
        "{object}: {} lines, {} looks, {} differences gone in a second run",
        done.lines, done.looks, done.unsettled
    );
    println!("{counted}");
    match done.found {
        found if found.is_empty() => Outcome::Passed(done.lines + done.looks),
        found => Outcome::Failed(format!("  RIP_SEED={seed}\n{found}  {counted}")),
    }
}

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().collect();
    if let [_, role, jobs, results, oracle, family @ ..] = args.as_slice()
        && role == "--drive"
    {
        drive::drive(jobs, results, oracle, family.first().map(String::as_str));
        return ExitCode::SUCCESS;
    }
    if let [_, role, families, answers, file, command @ ..] = args.as_slice()
        && role == "--stand-in"
    {
        let code = support::stand_in::run(families, answers, file, command);
        return ExitCode::from(u8::try_from(code).unwrap_or(1));
    }
    if let [_, role, object, n] = args.as_slice()
        && role == "--grow"
    {
        let object = objects().find(|o| o == object).expect("an object");
        let mut grower = grow::Grower::new(number("RIP_SEED").unwrap_or(1));
        (0..n.parse().unwrap_or(10)).for_each(|_| println!("{}", round::shown(&grower.line(object))));
        return ExitCode::SUCCESS;
    }
    // In a guest the words name the objects whole.
    let inside = args.iter().any(|a| a == "--inside");
    let wanted = |o: &&str| !inside || args.iter().any(|a| a == o);
    let mut cases: Vec<Case> = objects().filter(wanted).map(|o| Case::new(o, move || compare(o)).once()).collect();
    if !inside {
        cases.extend(IN_GUEST.iter().map(|o| Case::new(format!("guest: {o}"), || in_guest(o)).once()));
    }
    if !inside {
        cases.push(
            Case::new("every word", || match cover::lacking(&objects().collect::<Vec<_>>(), seed()) {
                (all, left) if left.is_empty() => Outcome::Passed(all),
                (all, left) => {
                    Outcome::Failed(format!("  {} of {all} words in no line:\n  {}", left.len(), left.join("\n  ")))
                }
            })
            .once(),
        );
    }
    runner::run("differ", cases, 1)
}
