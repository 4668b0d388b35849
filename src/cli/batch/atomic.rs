//! `-atomic -batch FILE`: all lines, or none.
//!
//! The whole file is read first. Then it is rehearsed (see `rehearsal`), a journal with the present state is written,
//! and the lines run; see `undo/`.

use super::rehearsal::Rehearsal;
use super::signals::{ENDING, Signals};
use super::{Batch, Mode, Runner};
use crate::command::lines::{Whole, open};
use crate::diag::{Diag, errno_text};
use crate::net::Kernel;
use crate::output::out::{Out, print_stderr};
use crate::output::report::Place;
use crate::session::Session;
use crate::undo::report::roll_back;
use crate::undo::{Journal, snapshot};
use nix::sys::signal::Signal;
use std::rc::Rc;

/// A batch whose lines have all run, and that can still be rolled back.
pub struct Made {
    /// The session that ran them.
    pub session: Session,
    /// Its journal.
    pub journal: Rc<Journal>,
    /// Blocks signals until the outcome is decided.
    _signals: Signals,
}

/// Reads a whole batch.
///
/// # Errors
///
/// The file cannot be opened. The inner error: it cannot be read or is longer than 256 MiB, or a line cannot be split
/// into words; with the number of the line.
pub fn read(file: &[u8]) -> Result<Result<Whole, (usize, Diag)>, Diag> {
    let too_long = |mib| format!("Error: -atomic is limited to batches of {mib} MiB.");
    let whole = open(file)?.read_all(too_long);
    Ok(whole.and_then(|whole| whole.each_line(|_, _| {}).map(|()| whole)))
}

impl Batch<'_> {
    /// Runs a batch that is rolled back if a line fails; returns its exit code.
    ///
    /// # Errors
    ///
    /// The file cannot be opened, or the journal cannot be begun.
    pub(super) fn run_atomic(self, s: &Session) -> Result<u8, Diag> {
        let lines = match read(self.file)? {
            Ok(lines) => lines,
            Err((line, d)) => {
                (self.tell)(s, d, self.words, Some(Place { file: self.file, line }));
                self.say_failed(line);
                say_nothing_changed();
                return Ok(1);
            }
        };
        let Ok(made) = self.make(s, &lines, &String::from_utf8_lossy(self.file), &ENDING)? else { return Ok(1) };
        match made.journal.remove() {
            Ok(()) => Ok(0),
            // While the journal exists, the batch can be rolled back.
            Err(d) => {
                (self.tell)(&made.session, d, self.words, None);
                roll_back(&made.session, &made.journal);
                Ok(1)
            }
        }
    }

    /// Runs all lines under a journal, which remains. Returns an exit code if a line failed and everything is rolled
    /// back. `label` describes the batch in the journal; `signals` interrupt it.
    ///
    /// # Errors
    ///
    /// The journal cannot be begun.
    pub fn make(self, s: &Session, lines: &Whole, label: &str, signals: &[Signal]) -> Result<Result<Made, u8>, Diag> {
        let kernel = Kernel::open(s.options.rcvbuf)?;
        let links = snapshot::links(&kernel).map_err(|e| Diag::fail(e.line()))?;
        let rehearsal = Rc::new(Rehearsal::new(s.options.rcvbuf, links)?);
        let own = rehearsal.session(s);
        let code = Runner::new(&own, Mode::Rehearsed(&rehearsal, s), self, None).run(lines.lines());
        if code != 0 {
            say_nothing_changed();
            return Ok(Err(1));
        }
        let signals = Signals::block(signals)?;
        // No other atomic batch runs between the snapshot and its end.
        let journal = Rc::new(Journal::begin(label, kernel, rehearsal.reached())?);
        let own = Session::new(s.options.clone(), Out::stdout()).for_batch().intercepted(journal.clone());
        let lines = lines.lines();
        let code = Runner::new(&own, Mode::Atomic(&signals), self, lines.size).run(lines);
        if code != 0 {
            roll_back(&own, &journal);
            return Ok(Err(code));
        }
        own.flush();
        // A failed write is a failure of the batch.
        if let Some(e) = own.out.borrow().failed() {
            print_stderr(&format!("write error: {}\n", errno_text(e as i32)));
            roll_back(&own, &journal);
            return Ok(Err(1));
        }
        Ok(Ok(Made { session: own, journal, _signals: signals }))
    }
}

fn say_nothing_changed() {
    print_stderr("No changes were made.\n");
}
