//! Skips are printed past libtest's capture and counted, so that a green run says what it did not do.

use std::io::Write as _;
use std::path::PathBuf;

fn ledger() -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("skips")
}

/// One run of `cargo test` starts all its test programs: its process id tells this run's skips from older ones.
fn run_id() -> i32 {
    nix::unistd::getppid().as_raw()
}

/// Says that `test` did not run, and why.
pub fn skip(test: &str, reason: &str) {
    let _ = std::io::stderr().write_all(format!("SKIPPED: {test}: {reason}\n").as_bytes());
    let file = std::fs::OpenOptions::new().create(true).append(true).open(ledger());
    if let Ok(mut file) = file {
        let _ = file.write_all(format!("{}\t{test}\t{reason}\n", run_id()).as_bytes());
    }
}

/// Skips `test` when one of its needs is missing.
pub fn lacking(test: &str, needs: &[&str]) -> bool {
    let why = needs.iter().find_map(|n| super::machine::lacks(n));
    if let Some(why) = &why {
        skip(test, why);
    }
    why.is_some()
}

/// Every skip of this run of `cargo test`, as (test, reason).
pub fn all() -> Vec<(String, String)> {
    let text = std::fs::read_to_string(ledger()).unwrap_or_default();
    let mine = run_id().to_string();
    let rows = text.lines().filter_map(|l| {
        let mut parts = l.split('\t');
        (parts.next() == Some(mine.as_str()))
            .then(|| (parts.next().unwrap_or_default().to_string(), parts.next().unwrap_or_default().to_string()))
    });
    rows.collect()
}

/// Forgets the skips of older runs.
pub fn forget() {
    let _ = std::fs::remove_file(ledger());
}
