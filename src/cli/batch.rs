//! `-batch`: lines of a file through the same path as a command line.
//!
//! One runner reads the lines, splits them, runs each, says what failed and shows the progress; its [`Mode`] says what running a
//! line means. `-atomic` is two runs over the same lines (see `atomic`).

pub mod atomic;
pub mod planned;
mod progress;
mod rehearsal;
pub mod signals;

use super::tree;
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

/// A line that is longer, in bytes, is not queued: it would have to be kept until its change is made.
const KEPT: usize = 4096;
/// Lines that are kept at most.
const QUEUED_MAX: usize = 256;

/// Says what went wrong in a line, and why; gives the exit code.
pub type Tell = fn(&Session, Diag, &[Vec<u8>], Option<Place<'_>>) -> u8;

/// Runs every line; the exit code of the whole.
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

/// What a batch is called in messages, and who writes these.
#[derive(Clone, Copy)]
pub struct Batch<'a> {
    /// Its file.
    pub file: &'a [u8],
    /// The command line that runs it.
    pub words: &'a [Vec<u8>],
    /// Says what went wrong in a line.
    pub tell: Tell,
}

/// What is done with each line.
enum Mode<'a> {
    /// It is run. With `-force`, so are the lines after one that fails.
    Plain,
    /// `-dry-run`: it is planned. A line that is known to fail changes nothing, so those after it are planned, too.
    Planned(&'a Plan),
    /// The first run of `-atomic`: it is parsed and checked, nothing is changed. The session tells of a failure.
    Rehearsed(&'a Rehearsal, &'a Session),
    /// The second run of `-atomic`: it is run, unless a signal has come.
    Atomic(&'a Signals),
}

/// A batch while it runs.
struct Runner<'a> {
    s: &'a Session,
    mode: Mode<'a>,
    batch: Batch<'a>,
    program: &'a [u8],
    commands: u64,
    failed: u64,
    /// The exit code of the line that failed last.
    code: u8,
    /// The lines whose changes are in the queue, with their numbers; the first ones of these, the others are old.
    queued: Vec<(usize, Vec<u8>)>,
    count: usize,
    progress: Progress,
}

impl<'a> Runner<'a> {
    /// A runner of lines that have `size` bytes, where that is known.
    fn new(s: &'a Session, mode: Mode<'a>, batch: Batch<'a>, size: Option<u64>) -> Runner<'a> {
        let progress = match mode {
            Mode::Rehearsed(..) => Progress::hidden(),
            _ => Progress::new(size),
        };
        let program = batch.words.first().map_or(&[][..], |w| w);
        let (commands, failed, code, queued, count) = (0, 0, 0, Vec::new(), 0);
        Runner { s, mode, batch, program, commands, failed, code, queued, count, progress }
    }

    /// Runs every line, up to the first that fails unless the mode goes on; the exit code of the whole.
    fn run(&mut self, mut lines: Lines) -> u8 {
        let s = self.s;
        let mut line: Vec<Vec<u8>> = vec![self.program.to_vec()];
        loop {
            // The program that writes the lines may wait for what the ones before have done and said.
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
            // What was printed is part of a batch that is all or nothing.
            if let (Mode::Atomic(_), Some(e)) = (&self.mode, s.out.borrow().failed()) {
                outcome = Err(Diag::fail(format!("write error: {}", errno_text(e as i32))));
            }
            let code = match outcome {
                Ok(code) => code,
                Err(d) => {
                    self.flush_queue();
                    let ends = s.options.invocation.is_ip && (unread || d.code() == USAGE && d.errno().is_none());
                    let code = self.tell(d, self.batch.words, lines.number).max(1);
                    // iproute2 exits where a word is wrong, in a batch and with `-force`, too.
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

    /// Whether the lines after one that failed are run, too.
    fn goes_on(&self) -> bool {
        match self.mode {
            Mode::Plain => self.s.options.force,
            Mode::Planned(_) => true,
            Mode::Rehearsed(..) | Mode::Atomic(_) => false,
        }
    }

    /// Does with a line what the mode says.
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

    /// Runs a line. With `-force`, one that only changes something may be left before its change is made.
    fn plain(&mut self, words: &[Vec<u8>], lines: &Lines) -> Result<u8, Diag> {
        let s = self.s;
        let task = tree::find(words, 1, s.options.invocation.is_ip)?;
        if !task.only_changes() {
            // It may print, ask, or change something by other ways: everything before it must have been done.
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

    /// Keeps a line until its change has been made.
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

    /// Makes the changes that are in the queue, and says what was refused.
    fn flush_queue(&mut self) {
        let refused = self.s.flush_queue();
        self.report(Some(refused));
    }

    /// Says what was refused; `None` while changes are still in the queue.
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

    /// Says what went wrong in a line; its exit code.
    fn tell(&mut self, d: Diag, words: &[Vec<u8>], line: usize) -> u8 {
        self.progress.hide();
        let s = match self.mode {
            // What the rehearsal imagines does not exist: it explains nothing.
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

    /// Counts what failed, if the batch went on after it; the exit code.
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
    /// Says in iproute2's words that a line failed.
    fn say_failed(&self, line: usize) {
        out::print_stderr(&format!("Command failed {}:{line}\n", escape::shown(self.file)));
    }
}
