//! Live transcripts: the files under tests/live, each run by `ip` and by `rip` in twin namespaces.

mod support;

use std::process::ExitCode;
use support::runner::{self, Case, Outcome};
use support::transcript::{Transcript, all};
use support::{machine, skip};

fn main() -> ExitCode {
    let mut cases = Vec::new();
    for (name, path) in all("live") {
        let transcript = match Transcript::read(&path) {
            Ok(t) => t,
            Err(e) => {
                cases.push(Case::new(name, move || Outcome::Failed(format!("  {e}"))));
                continue;
            }
        };
        if transcript.guest {
            continue;
        }
        let user = !machine::root();
        cases.push(Case::new(name.clone(), move || {
            if !machine::namespaces(user) {
                return Outcome::Skipped("namespaces cannot be made here".into());
            }
            transcript.compare(&name, user)
        }));
    }
    let _ = skip::all;
    runner::run("live", cases, 2)
}
