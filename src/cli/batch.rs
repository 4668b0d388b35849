//! `-batch`: lines of a file through the same path as a command line.
//!
//! One runner reads the lines, splits them, runs each, reports failures and shows the progress; its [`Mode`] decides
//! what running a line means. `-atomic` runs twice over the same lines (see `atomic`).

pub mod atomic;
pub mod planned;
mod progress;
mod rehearsal;
pub mod signals;

use super::tree::{self, Task};
use crate::command::lines::{Lines, open, split_into};
use crate::diag::{Diag, FAIL, REFUSED, USAGE, errno_text};
use crate::net::queue::{Refused, Sending};
use crate::output::report::Place;
use crate::output::{escape, out};
use crate::plan::Plan;
use crate::session::Session;
use progress::Progress;
use rehearsal::Rehearsal;
use signals::Signals;

/// Maximum length of a line whose change is queued, in bytes: queued lines are kept for messages.
const KEPT: usize = 4096;
/// Maximum number of kept lines.
const QUEUED_MAX: usize = 256;

/// Reports an error of a line; returns the exit code.
pub type Tell = fn(&Session, Diag, &[Vec<u8>], Option<Place<'_>>) -> u8;

/// Runs all lines; returns the exit code of the batch.
///
/// # Errors
///
/// The file cannot be opened.
pub fn run(s: &Session, plan: Option<&Plan>, file: &[u8], words: &[Vec<u8>], tell: Tell) -> Result<u8, Diag> {
    let batch = Batch { file, words, tell };
    let mode = match plan {
        Some(plan) => Mode::Planned(plan),
        None if s.options.atomic => return batch.run_atomic(s),
        None => Mode::Plain,
    };
    let lines = open(file)?;
    Ok(Runner::new(s, mode, batch, lines.size).run(lines))
}

/// A batch, for messages.
#[derive(Clone, Copy)]
pub struct Batch<'a> {
    /// The file, or `-`.
    pub file: &'a [u8],
    /// The command line that runs it.
    pub words: &'a [Vec<u8>],
    /// Reports an error of a line.
    pub tell: Tell,
}

/// What is done with each line.
enum Mode<'a> {
    /// It runs. With `-force`, lines after a failed one run as well.
    Plain,
    /// `-dry-run`: it is planned. A line that is known to fail changes nothing, so the following ones are planned as
    /// well.
    Planned(&'a Plan),
    /// The first run of `-atomic`: it is parsed and checked, nothing is changed. Failures are reported by the session.
    Rehearsed(&'a Rehearsal, &'a Session),
    /// The second run of `-atomic`: it runs, unless a signal is pending.
    Atomic(&'a Signals),
}

/// A running batch.
struct Runner<'a> {
    s: &'a Session,
    mode: Mode<'a>,
    batch: Batch<'a>,
    program: &'a [u8],
    commands: u64,
    failed: u64,
    /// The exit code of the line that failed last.
    code: u8,
    /// The lines whose changes are queued, with their numbers. Only the first `count` are in use; the others are kept
    /// buffers.
    queued: Vec<(usize, Vec<u8>)>,
    count: usize,
    /// The object and the verb of the last line that had both, and what they meant: most lines have those of the line before,
    /// and looking them up takes a tenth of what a line costs.
    last: Option<(Vec<u8>, Vec<u8>, Task)>,
    progress: Progress,
}

impl<'a> Runner<'a> {
    /// A runner; `size` is the total size of the lines in bytes, if known.
    fn new(s: &'a Session, mode: Mode<'a>, batch: Batch<'a>, size: Option<u64>) -> Runner<'a> {
        let progress = match mode {
            Mode::Rehearsed(..) => Progress::hidden(),
            _ => Progress::new(size),
        };
        let program = batch.words.first().map_or(&[][..], |w| w);
        let (commands, failed, code, queued, count) = (0, 0, 0, Vec::new(), 0);
        Runner { s, mode, batch, program, commands, failed, code, queued, count, last: None, progress }
    }

    /// Runs the lines, up to the first that fails unless the mode continues; returns the exit code of the batch.
    fn run(&mut self, mut lines: Lines) -> u8 {
        let s = self.s;
        let mut line: Vec<Vec<u8>> = vec![self.program.to_vec()];
        loop {
            // The program that writes the lines may be waiting for the effects and output of earlier ones.
            if !lines.is_ready() {
                self.flush_queue();
                s.flush();
            }
            let mut unread = false;
            let mut outcome = match lines.next_line() {
                Ok(false) => break,
                Ok(true) => split_into(&lines.line, &mut line, 1)
                    .inspect(|n| self.commands += u64::from(*n > 1))
                    .inspect_err(|_| (self.commands, unread) = (self.commands + 1, true))
                    .map(|n| line.get(..n).unwrap_or_default())
                    .and_then(|words| self.line(words, &lines).map_err(|d| d.with_words(words))),
                Err(d) => Err(d),
            };
            self.progress.at(lines.number, lines.bytes);
            if self.progress.is_shown() && !s.out.borrow().buf.is_empty() {
                self.progress.hide();
                s.flush();
            }
            // Output is part of an atomic batch: a failed write is a failure of it.
            if let (Mode::Atomic(_), Some(e)) = (&self.mode, s.out.borrow().failed()) {
                outcome = Err(Diag::fail(format!("write error: {}", errno_text(e as i32))));
            }
            let code = match outcome {
                Ok(code) => code,
                Err(d) => {
                    self.flush_queue();
                    let ends = s.options.invocation.is_ip && (unread || d.code() == USAGE && d.errno().is_none());
                    let code = self.tell(d, self.batch.words, lines.number).max(1);
                    // iproute2 exits at a wrong word, even in a batch and with `-force`.
                    if ends {
                        return code;
                    }
                    code
                }
            };
            match self.mode {
                Mode::Plain if s.out.borrow().failed().is_some() => return REFUSED,
                Mode::Planned(_) if s.out.borrow().failed().is_some() => return FAIL,
                _ => {}
            }
            if code != 0 {
                self.fail(lines.number, code);
                if !self.goes_on() || lines.is_broken {
                    break;
                }
            }
        }
        self.flush_queue();
        self.finish()
    }

    /// Whether the lines after a failed one run.
    fn goes_on(&self) -> bool {
        match self.mode {
            Mode::Plain => self.s.options.force,
            Mode::Planned(_) => true,
            Mode::Rehearsed(..) | Mode::Atomic(_) => false,
        }
    }

    /// Handles one line according to the mode.
    fn line(&mut self, words: &[Vec<u8>], lines: &Lines) -> Result<u8, Diag> {
        if words.len() < 2 {
            return Ok(0);
        }
        match self.mode {
            Mode::Plain => self.plain(words, lines),
            Mode::Planned(plan) => planned::line(plan, self.s, lines.number, words),
            Mode::Rehearsed(rehearsal, _) => rehearsal.line(self.s, lines.number, words),
            Mode::Atomic(signals) => match signals.pending() {
                Some(signal) => Err(Diag::fail(format!("Interrupted by {signal}"))),
                None => tree::dispatch(self.s, words, 1),
            },
        }
    }

    /// Runs one line. With `-force`, a line that only sends one request may be queued.
    fn plain(&mut self, words: &[Vec<u8>], lines: &Lines) -> Result<u8, Diag> {
        let s = self.s;
        let task = self.find(words)?;
        if !task.only_changes() {
            // The line may print, read, or change something by other means: all earlier changes must be done first.
            self.flush_queue();
            s.send_as(Sending::Quiet);
            let result = tree::run(s, &task, words);
            s.forget_all();
            return result;
        }
        if s.options.force && s.may_queue() && lines.line.len() <= KEPT {
            s.send_as(Sending::Queued(lines.number));
            self.keep(lines);
        } else {
            s.send_as(Sending::Quiet);
        }
        let result = tree::run(s, &task, words);
        self.report(s.refused());
        result
    }

    /// Resolves the object and the verb of a line.
    fn find(&mut self, words: &[Vec<u8>]) -> Result<Task, Diag> {
        let find = || tree::find(words, 1, self.s.options.invocation.is_ip);
        let [_, object, verb, ..] = words else { return find() };
        match &self.last {
            Some((last_object, last_verb, task)) if last_object == object && last_verb == verb => Ok(*task),
            _ => {
                let task = find()?;
                self.last = Some((object.clone(), verb.clone(), task));
                Ok(task)
            }
        }
    }

    /// Keeps a line until its change is acknowledged.
    fn keep(&mut self, lines: &Lines) {
        if self.count >= QUEUED_MAX {
            self.flush_queue();
        }
        match self.queued.get_mut(self.count) {
            Some((number, line)) => {
                *number = lines.number;
                line.clear();
                line.extend_from_slice(&lines.line);
            }
            None => self.queued.push((lines.number, lines.line.clone())),
        }
        self.count += 1;
    }

    /// Sends the queued changes and reports refusals.
    fn flush_queue(&mut self) {
        let refused = self.s.flush_queue();
        self.report(Some(refused));
    }

    /// Reports refusals; `None` while changes are still queued.
    fn report(&mut self, refused: Option<Vec<Refused>>) {
        let Some(refused) = refused else { return };
        for one in refused {
            let line = self.queued.iter().take(self.count).find(|(number, _)| *number == one.line);
            let mut words = vec![self.program.to_vec()];
            let _ = line.map(|(_, line)| split_into(line, &mut words, 1));
            let code = self.tell(one.error.explain(&one.request), &words, one.line);
            self.fail(one.line, code);
        }
        self.count = 0;
    }

    /// Reports an error of a line; returns its exit code.
    fn tell(&mut self, d: Diag, words: &[Vec<u8>], line: usize) -> u8 {
        self.progress.hide();
        let s = match self.mode {
            // Links that exist only in the rehearsal must not be used in explanations.
            Mode::Rehearsed(_, real) => real,
            _ => self.s,
        };
        (self.batch.tell)(s, d, words, Some(Place { file: self.batch.file, line }))
    }

    fn fail(&mut self, line: usize, code: u8) {
        self.progress.hide();
        self.s.flush();
        self.batch.say_failed(line);
        self.failed += 1;
        self.code = code;
    }

    /// Reports the number of failed lines, if the batch continued after them; returns the exit code.
    fn finish(&mut self) -> u8 {
        self.progress.hide();
        match self.mode {
            Mode::Rehearsed(..) | Mode::Atomic(_) => return self.code,
            Mode::Plain if self.failed > 0 && self.s.options.force => {
                let ending = |n: u64| if n == 1 { "" } else { "s" };
                let (failed, all) = (self.failed, self.commands);
                self.s.flush();
                self.s.note(&format!("{failed} failure{} in {all} command{}\n", ending(failed), ending(all)));
            }
            Mode::Plain | Mode::Planned(_) => {}
        }
        u8::from(self.failed > 0)
    }
}

impl Batch<'_> {
    /// Reports a failed line in iproute2's words.
    fn say_failed(&self, line: usize) {
        out::print_stderr(&format!("Command failed {}:{line}\n", escape::shown(self.file)));
    }
}
