//! The last test program: says what the ones before it skipped, and why.

mod support;

use std::collections::BTreeMap;
use std::process::ExitCode;

fn main() -> ExitCode {
    let skips = support::skip::all();
    if std::env::args().any(|a| a == "--list" || a == "--ignored") {
        return ExitCode::SUCCESS;
    }
    println!("\n{} skipped in all", skips.len());
    let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, why) in &skips {
        *reasons.entry(why).or_default() += 1;
    }
    for (why, n) in reasons {
        println!("    {n} x {why}");
    }
    support::skip::forget();
    ExitCode::SUCCESS
}
