//! `deleteall` of states and of policies.

use crate::diag::Diag;
use crate::net::Request;
use crate::output::out::print_stderr;
use crate::session::Session;
use nix::errno::Errno;

/// Rounds at most: a key manager makes new ones at once.
const ROUNDS: u32 = 10;

/// Deletes in rounds until nothing matches. `each` reads an answer to the question and hands the outcome of each deletion on;
/// `gone` is the error about one that has expired, or that another process deleted.
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
