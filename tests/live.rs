//! Live transcripts: the files under tests/live, each run by `ip` and by `rip` in twin namespaces.

mod support;

use std::process::ExitCode;
use std::sync::Arc;
use support::runner::{self, Case, Outcome};
use support::transcript::{Transcript, all};
use support::{answers, machine};

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
        if let Some(folders) = std::env::var_os("RIP_MERGE") {
            let (transcript, name) = (transcript.clone(), name.clone());
            cases.push(Case::new(name.clone(), move || {
                let folders: Vec<_> = std::env::split_paths(&folders).collect();
                let folders: Vec<&std::path::Path> = folders.iter().map(|f| f.as_path()).collect();
                match answers::merge(&name, &transcript.recordable(), &folders) {
                    Ok(n) => Outcome::Passed(n),
                    Err(e) => Outcome::Failed(e.to_string()),
                }
            }));
            continue;
        }
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
    let code = runner::run("live", cases, 2);
    support::columns::keep();
    code
}
