//! `-dry-run -batch FILE`: every line is planned, also behind one that is known to fail.

use super::{Lines, Tell, open, split};
use crate::cli::tree;
use crate::command::{Effect, Verb};
use crate::diag::{Diag, FAIL, REFUSED, USAGE};
use crate::output::report::Place;
use crate::output::{escape, out};
use crate::plan::Plan;
use crate::session::Session;

/// Plans every line; 1 where something is known to fail.
pub fn run(s: &Session, plan: &Plan, file: &[u8], words: &[Vec<u8>], tell: Tell) -> Result<u8, Diag> {
    let mut lines = open(file)?;
    s.in_batch.set(true);
    let program = words.first().cloned().unwrap_or_default();
    let mut failed = false;
    loop {
        let code = match one(s, plan, &mut lines, &program) {
            Ok(None) => return Ok(u8::from(failed)),
            Ok(Some(code)) => code,
            Err(d) => tell(s, d, words, Some(Place { file, line: lines.number })).max(1),
        };
        if code != 0 {
            s.flush();
            out::print_stderr(&format!("Command failed {}:{}\n", escape::shown(file), lines.number));
            failed = true;
        }
        if s.out.borrow().failed().is_some() || lines.is_broken {
            return Ok(FAIL);
        }
    }
}

/// Plans the next line; none at the end.
fn one(s: &Session, plan: &Plan, lines: &mut Lines, program: &[u8]) -> Result<Option<u8>, Diag> {
    if !lines.next_line()? {
        return Ok(None);
    }
    let mut line = split(&lines.line)?;
    if line.is_empty() {
        return Ok(Some(0));
    }
    line.insert(0, program.to_vec());
    in_line(plan, s, lines.number, &line).map(Some).map_err(|d| d.with_words(&line))
}

/// Plans one command.
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
fn in_line(plan: &Plan, s: &Session, number: usize, line: &[Vec<u8>]) -> Result<u8, Diag> {
    plan.line(number);
    let outcome = command(plan, s, line, 1);
    s.forget_all();
    let earlier = outcome.as_ref().err().and_then(|d| made(plan, line, d));
    match (outcome, earlier) {
        // What is not there yet cannot be opened or shown.
        (Err(_), Some(earlier)) => {
            plan.later(line, earlier);
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
