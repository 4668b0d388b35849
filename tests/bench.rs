//! `cargo bench`, as docs/measurements.md says it: that it starts the measurements and nothing else.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use std::process::Command;

/// The words that docs/measurements.md gives for the sizes of its table, with a section that does not exist: nothing is measured.
const WORDS: &str = "bench --offline --profile dev -- routes=1000000 no-such-section";

#[test]
fn the_documented_command_starts() {
    if support::skip::lacking("bench", &["cargo", "ip"]) {
        return;
    }
    let run = Command::new("cargo").args(WORDS.split(' ')).current_dir(env!("CARGO_MANIFEST_DIR")).output();
    let run = run.expect("cargo");
    let said = String::from_utf8_lossy(&run.stdout);
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    assert_eq!(said.lines().filter(|l| l.starts_with("compared with ip utility")).count(), 1, "{said}");
    // The program's own tests and the program itself are no benchmarks.
    assert_eq!(said.lines().count(), 2, "{said}");
}
