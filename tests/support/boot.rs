//! Starts a program of the tests in a user-mode-linux guest (tests/guest/boot).

use super::machine;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

/// Exit codes of tests/guest/boot.
pub const DIED: i32 = 125;
pub const DID_NOT_BOOT: i32 = 126;

/// The directory of the newest kernel's root, where tests/newest has been run.
pub fn newest() -> Option<&'static Path> {
    machine::reference().and_then(|r| r.root.as_deref()).filter(|root| root.join("usr/bin/linux.uml").exists())
}

/// Runs this very program in a guest, with these words behind it and these variables of the environment; `root` is the guest's root
/// directory where it is not this machine's own. What it prints goes to `out` and `err` in `results`. Gives the exit code of
/// tests/guest/boot and how long it took.
pub fn run(
    root: Option<&Path>,
    results: &Path,
    seconds: u32,
    variables: &[(String, String)],
    words: &[String],
) -> (Option<i32>, Duration) {
    let begun = Instant::now();
    let me = std::env::current_exe().expect("this program");
    let tests = machine::tests();
    let clients = Some(machine::clients()).filter(|folder| folder.exists());
    let seen = [Some(tests.as_path()), me.parent(), machine::rip().parent(), clients.as_deref()];
    let seen: Vec<String> = seen.iter().flatten().map(|p| p.display().to_string()).collect();
    let mut boot = Command::new(tests.join("guest/boot"));
    boot.env("SEEN", seen.join(":"));
    if let Some(root) = root {
        boot.arg("-R").arg(root);
    }
    boot.arg(results).arg(seconds.to_string()).arg("env");
    for (name, value) in variables {
        boot.arg(format!("{name}={value}"));
    }
    let ended = boot.arg(me).args(words).output();
    (ended.ok().and_then(|e| e.status.code()), begun.elapsed())
}
