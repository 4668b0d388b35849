//! `-dry-run -batch FILE`: plans all lines, even after one that is known to fail.

use crate::cli::tree;
use crate::command::{Effect, Verb};
use crate::diag::{Diag, FAIL, REFUSED, USAGE};
use crate::plan::Plan;
use crate::session::Session;

/// Plans one command.
///
/// # Errors
///
/// A wrong word, or a change that is known to fail.
pub fn command(plan: &Plan, s: &Session, words: &[Vec<u8>], at: usize) -> Result<u8, Diag> {
    let outcome = tree::dispatch(s, words, at);
    plan.tell(s);
    match outcome {
        // A plan cannot tell who would refuse a change: all predicted failures have the same exit code.
        Err(d) if d.code() == REFUSED => Err(d.with_code(FAIL)),
        other => other,
    }
}

/// Plans one line of a batch.
///
/// # Errors
///
/// A wrong word, or a change that is known to fail.
pub fn line(plan: &Plan, s: &Session, number: usize, words: &[Vec<u8>]) -> Result<u8, Diag> {
    plan.line(number);
    let outcome = command(plan, s, words, 1);
    s.forget_all();
    let earlier = outcome.as_ref().err().and_then(|d| made(plan, words, d));
    match (outcome, earlier) {
        // What an earlier line would create cannot be opened or shown yet.
        (Err(_), Some(earlier)) => {
            plan.later(words, earlier);
            plan.tell(s);
            Ok(0)
        }
        (outcome, _) => outcome,
    }
}

/// The earlier line that would create what these words need.
pub fn made(plan: &Plan, words: &[Vec<u8>], d: &Diag) -> Option<usize> {
    let asks = |verb: &Verb| verb.effect == Effect::Read || verb.name() == "flush";
    let object = words.get(1).and_then(|w| tree::object(w));
    let verb = words.get(2).and_then(|w| object?.verb(w));
    plan.made(words.get(3..).unwrap_or_default(), d.code() != USAGE && verb.is_some_and(asks))
}
