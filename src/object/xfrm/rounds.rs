//! `deleteall` of states and policies.

use crate::diag::Diag;
use crate::net::Request;
use crate::output::out::print_stderr;
use crate::session::Session;
use nix::errno::Errno;

/// Maximum number of rounds: a key manager may add new ones all the time.
const ROUNDS: u32 = 10;

/// Deletes in rounds until nothing matches. `each` reads a reply to the question and passes on the outcome of each
/// deletion; `gone` is the errno for one that has expired or was deleted by another process.
///
/// # Errors
///
/// The kernel's refusal.
pub fn delete_all(
    s: &Session,
    question: &Request,
    gone: Errno,
    each: impl Fn(&[u8], &mut dyn FnMut(Result<(), Diag>) -> Result<(), Diag>) -> Result<(), Diag>,
) -> Result<u8, Diag> {
    let kernel = s.xfrm()?;
    let trace = |text: String| {
        if s.options.stats > 1 {
            print_stderr(&text);
        }
    };
    for round in 0..ROUNDS {
        trace(format!("Delete-all round = {round}\n"));
        let answer = kernel.collect(question).map_err(|e| e.explain(question))?;
        let mut count = 0;
        each(&answer, &mut |outcome| {
            count += 1;
            match outcome {
                Err(d) if d.errno() == Some(gone as i32) => Ok(()),
                other => other,
            }
        })?;
        if count == 0 || s.is_dry_run() {
            break;
        }
        trace(format!("Delete-all nlmsg count = {count}\n"));
    }
    trace("Delete-all completed\n".into());
    Ok(0)
}
