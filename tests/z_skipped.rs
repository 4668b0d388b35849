//! The last test program: says what the ones before it skipped, and why, and how long each layer took.

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
    for case in support::skip::ran_again() {
        println!("failed and ran again: {case}");
    }
    let mut layers: BTreeMap<String, f64> = BTreeMap::new();
    for (layer, seconds) in support::skip::times() {
        *layers.entry(layer).or_default() += seconds;
    }
    let mut layers: Vec<(String, f64)> = layers.into_iter().collect();
    layers.sort_by(|a, b| b.1.total_cmp(&a.1));
    println!("{:.0} s in {} layers", layers.iter().fold(0.0, |sum, (_, s)| sum + s), layers.len());
    for (layer, seconds) in layers {
        println!("    {seconds:6.1} s  {layer}");
    }
    support::skip::forget();
    ExitCode::SUCCESS
}
