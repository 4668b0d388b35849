//! Live transcripts: the files under tests/live, each run by `ip` and by `rip` in twin namespaces.

mod support;

use std::process::ExitCode;
use std::sync::Arc;
use support::machine;
use support::runner::{self, Case, Outcome};
use support::transcript::{Transcript, all};

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
        let transcript = Arc::new(transcript);
        let places: &[bool] = match (machine::root(), transcript.also_user) {
            (true, true) => &[false, true],
            (true, false) => &[false],
            _ => &[true],
        };
        for user in places {
            let (transcript, plain) = (transcript.clone(), name.clone());
            let shown = if *user { format!("{name}, in a user namespace") } else { name.clone() };
            cases.push(Case::new(shown, move || {
                if !machine::namespaces(*user) {
                    return Outcome::Skipped("namespaces cannot be made here".into());
                }
                transcript.compare(&plain, *user)
            }));
        }
    }
    runner::run("live", cases, 2)
}
