//! What the tests of atomic batches share.

use super::machine;
use super::runner::Outcome;
use super::sandbox::{Sandbox, Tool};
use super::world::{LOOK, MADE};

/// A script whose every line must be true; `set -e` names the one that is not.
pub fn holds(name: &str, script: &str, user: bool) -> Outcome {
    let script =
        format!("{MADE}{LOOK}\nsleep 1\nset -eE; trap 'echo \"line $LINENO: $BASH_COMMAND\" >&2' ERR\n{script}");
    let timeout = std::time::Duration::from_secs(if std::env::var_os("RIP_LONG").is_some() { 3600 } else { 300 });
    let ended = Sandbox { user, timeout, ..Sandbox::new(Tool::Rip) }.script(name, &script);
    match ended.code {
        Some(0) => Outcome::Passed(1),
        code => Outcome::Failed(format!("  exit {code:?}\n{}{}", ended.stdout(), ended.stderr())),
    }
}

pub fn guarded(
    needs: &'static [&'static str],
    check: impl Fn() -> Outcome + Send + Sync + 'static,
) -> impl Fn() -> Outcome {
    move || {
        if !machine::namespaces(!machine::root()) {
            return Outcome::Skipped("namespaces cannot be made here".into());
        }
        match needs.iter().find_map(|n| machine::lacks(n)) {
            Some(why) => Outcome::Skipped(why),
            None => check(),
        }
    }
}
