//! Random command lines and random batch input: the program must never panic, crash or hang.
//!
//! No request reaches a kernel: the lines run where no descriptor is left to open a socket with (so that every word is
//! read, and the first question to the kernel fails), in namespaces of their own. The guest test does the same against its kernel.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use std::io::Write as _;
use std::process::ExitCode;
use support::machine;
use support::random::{self, Dice};
use support::runner::{self, Case, Outcome};
use support::sandbox::{Sandbox, Tool, quoted};

const VECTORS: usize = 10_000;
const BATCHES: usize = 200;

/// `RIP_SEED=N` runs what another run found; without it every run is the same.
fn seed() -> u64 {
    std::env::var("RIP_SEED").ok().and_then(|s| s.parse().ok()).unwrap_or(20_260_628)
}

fn vectors(part: u64) -> Outcome {
    let dir = machine::scratch("random");
    let report = dir.join("report");
    let me = std::env::current_exe().expect("this program");
    let words = [
        &me.to_string_lossy(),
        "--role",
        &(seed() + part).to_string(),
        &(VECTORS / 2).to_string(),
        &report.to_string_lossy(),
    ];
    let words: Vec<String> = words.iter().map(|w| quoted(w)).collect();
    // Standard input, output and error and the report: there is no fifth.
    let script = format!("ulimit -c 0; exec </dev/null >/dev/null; ulimit -n 4; exec {}", words.join(" "));
    let ended = Sandbox { timeout: std::time::Duration::from_secs(200), ..Sandbox::new(Tool::Rip) }.run(&script, &dir);
    let said = std::fs::read_to_string(&report).unwrap_or_default();
    match random::verdict(ended.code, &said) {
        Ok(()) => {
            let _ = std::fs::remove_dir_all(&dir);
            Outcome::Passed(VECTORS / 2)
        }
        Err(why) => {
            let last = ended.stderr().lines().rev().take(3).map(|l| format!("\n  {l}")).collect::<String>();
            Outcome::Failed(format!("{why}{last}"))
        }
    }
}

/// Lines for -batch: random bytes, random command lines, broken quotes and continuations.
fn batch(dice: &mut Dice) -> Vec<u8> {
    let mut text = Vec::new();
    for _ in 0..dice.below(40) {
        if dice.below(3) == 0 {
            let n = dice.below(200);
            text.extend((0..n).map(|_| u8::try_from(dice.below(256)).unwrap_or(0)));
        } else {
            text.extend(random::tail(dice).join(&b' '));
        }
        text.extend([&b"\n"[..], b"\\\n", b"\r\n", b"'", b"\" ", b" # ", b""][dice.below(7)]);
    }
    text
}

fn batches() -> Outcome {
    let dir = machine::scratch("random-batch");
    let mut dice = Dice::new(seed());
    for n in 0..BATCHES {
        let mut file = std::fs::File::create(dir.join(format!("{n}.batch"))).expect("a batch file");
        file.write_all(&batch(&mut dice)).expect("a batch");
    }
    let script = format!(
        "cd {}; ulimit -c 0\nfor f in *.batch; do ( exec <$f >/dev/null 2>err; ulimit -n 3; exec /run/bin/rip -force -batch - ) & p=$!\n\
         ( sleep 20; kill -9 $p ) 2>/dev/null & w=$!\nwait $p; c=$?; kill $w 2>/dev/null\n\
         if [ $c -gt 2 -a $c != 255 -a $c != 22 ]; then echo $f: exit $c; tail -3 err; fi; done",
        quoted(&dir.to_string_lossy())
    );
    let ended = Sandbox { timeout: std::time::Duration::from_secs(200), ..Sandbox::new(Tool::Rip) }.run(&script, &dir);
    if ended.code == Some(0) && ended.out.is_empty() {
        let _ = std::fs::remove_dir_all(&dir);
        return Outcome::Passed(BATCHES);
    }
    Outcome::Failed(format!("  in {}: {:?}\n{}{}", dir.display(), ended.code, ended.stdout(), ended.stderr()))
}

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().collect();
    if args.get(1).is_some_and(|a| a == "--role") {
        random::work(args[2].parse().expect("a seed"), args[3].parse().expect("a count"), &args[4], false);
    }
    let guarded = |check: fn() -> Outcome| {
        move || {
            if machine::namespaces(!machine::root()) {
                check()
            } else {
                Outcome::Skipped("namespaces cannot be made here".into())
            }
        }
    };
    let cases = vec![
        Case::new("random command lines, first half", guarded(|| vectors(0))),
        Case::new("random command lines, second half", guarded(|| vectors(1))),
        Case::new("random bytes in -batch", guarded(batches)),
    ];
    runner::run("random", cases, 2)
}
