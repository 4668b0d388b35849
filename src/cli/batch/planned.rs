//! `-dry-run -batch FILE`: every line is planned, also behind one that is known to fail.

use super::{Lines, open, split};
use crate::diag::Diag;
use crate::plan::Plan;
use crate::session::Session;
use crate::show::report::Place;
use crate::show::{escape, out};

/// Plans every line; 1 where something is known to fail.
pub fn run(s: &Session, plan: &Plan, file: &[u8], words: &[Vec<u8>]) -> Result<u8, Diag> {
    let mut lines = open(file)?;
    s.in_batch.set(true);
    let program = words.first().cloned().unwrap_or_default();
    let mut failed = false;
    loop {
        let code = match one(s, plan, &mut lines, &program) {
            Ok(None) => return Ok(u8::from(failed)),
            Ok(Some(code)) => code,
            Err(d) => crate::tell(s, d, words, Some(Place { file, line: lines.number })).max(1),
        };
        if code != 0 {
            s.flush();
            out::complain(&format!("Command failed {}:{}\n", escape::shown(file), lines.number));
            failed = true;
        }
        if s.out.borrow().failed().is_some() || lines.broken() {
            return Ok(crate::diag::FAIL);
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
    plan.dispatch(s, lines.number, &line).map(Some).map_err(|d| d.with_words(&line))
}
