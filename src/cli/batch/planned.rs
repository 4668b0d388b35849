//! `-dry-run -batch FILE`: every line is planned, also behind one that is known to fail.

use crate::cli::tree;
use crate::command::{Effect, Verb};
use crate::diag::{Diag, FAIL, REFUSED, USAGE};
use crate::plan::Plan;
use crate::session::Session;

/// Plans one command.
///
/// # Errors
///
/// Wrong words, or what is known to fail.
pub fn command(plan: &Plan, s: &Session, words: &[Vec<u8>], at: usize) -> Result<u8, Diag> {
    let outcome = tree::dispatch(s, words, at);
    plan.tell(s);
    match outcome {
        // A plan cannot tell who would refuse: every foreseen failure exits with the same code.
        Err(d) if d.code() == REFUSED => Err(d.with_code(FAIL)),
        other => other,
    }
}

/// Plans one line of a batch.
///
/// # Errors
///
/// Wrong words, or what is known to fail.
pub fn line(plan: &Plan, s: &Session, number: usize, words: &[Vec<u8>]) -> Result<u8, Diag> {
    plan.line(number);
    let outcome = command(plan, s, words, 1);
    s.forget_all();
    let earlier = outcome.as_ref().err().and_then(|d| made(plan, words, d));
    match (outcome, earlier) {
        // What is not there yet cannot be opened or shown.
        (Err(_), Some(earlier)) => {
            plan.later(words, earlier);
            plan.tell(s);
            Ok(0)
        }
        (outcome, _) => outcome,
    }
}

/// The earlier line that would make what these words need now.
pub fn made(plan: &Plan, words: &[Vec<u8>], d: &Diag) -> Option<usize> {
    let asks = |verb: &Verb| verb.effect == Effect::Read || verb.name() == "flush";
    let object = words.get(1).and_then(|w| tree::object(w));
    let verb = words.get(2).and_then(|w| object?.verb(w));
    plan.made(words.get(3..).unwrap_or_default(), d.code() != USAGE && verb.is_some_and(asks))
}
