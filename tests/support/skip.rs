//! Skips are printed past libtest's capture and counted, so that a green run says what it did not do.

use std::io::Write as _;
use std::path::PathBuf;

fn ledger(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name)
}

/// One run of `cargo test` starts all its test programs: its process id tells this run's skips from older ones.
fn run_id() -> i32 {
    nix::unistd::getppid().as_raw()
}

/// Says that `test` did not run, and why.
pub fn skip(test: &str, reason: &str) {
    let _ = std::io::stderr().write_all(format!("SKIPPED: {test}: {reason}\n").as_bytes());
    note("skips", test, reason);
}

/// Notes how long a layer took.
pub fn took(layer: &str, seconds: f64) {
    note("times", layer, &format!("{seconds:.1}"));
}

/// Notes that a case failed and runs again.
pub fn again(case: &str) {
    note("again", case, "");
}

/// The cases of this run that failed at least once, each as often as it failed.
pub fn ran_again() -> Vec<String> {
    noted("again").into_iter().map(|(case, _)| case).collect()
}

fn note(name: &str, key: &str, value: &str) {
    let file = std::fs::OpenOptions::new().create(true).append(true).open(ledger(name));
    if let Ok(mut file) = file {
        let _ = file.write_all(format!("{}\t{key}\t{value}\n", run_id()).as_bytes());
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
    noted("skips")
}

/// How long each layer of this run took, in seconds, in the order in which they ended.
pub fn times() -> Vec<(String, f64)> {
    noted("times").into_iter().map(|(layer, seconds)| (layer, seconds.parse().unwrap_or(0.0))).collect()
}

fn noted(name: &str) -> Vec<(String, String)> {
    let text = std::fs::read_to_string(ledger(name)).unwrap_or_default();
    let mine = run_id().to_string();
    let rows = text.lines().filter_map(|l| {
        let mut parts = l.split('\t');
        (parts.next() == Some(mine.as_str()))
            .then(|| (parts.next().unwrap_or_default().to_string(), parts.next().unwrap_or_default().to_string()))
    });
    rows.collect()
}

/// Forgets what older runs noted.
pub fn forget() {
    for name in ["skips", "times", "again"] {
        let _ = std::fs::remove_file(ledger(name));
    }
}
