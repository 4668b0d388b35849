//! `-batch`: lines of a file through the same path as a command line.

pub mod atomic;
pub mod planned;
mod progress;
pub mod signals;

use super::tree;
use crate::command::lines::{Lines, open, split_into};
use crate::diag::{Diag, FAIL, REFUSED, USAGE};
use crate::net::queue::{Refused, Sending};
use crate::output::report::Place;
use crate::output::{escape, out};
use crate::plan::Plan;
use crate::session::Session;
use progress::Progress;

/// Bytes: only shorter lines are queued before their change is made, and at most this many bytes of them are kept.
const KEPT: usize = 4096;
const LEFT_MAX: usize = 256;

/// Reports an error of a line; returns the exit code.
pub type Tell = fn(&Session, Diag, &[Vec<u8>], Option<Place<'_>>) -> u8;

/// Runs all lines; returns the exit code of the batch.
///
/// # Errors
///
/// The file cannot be opened.
pub fn run(s: &Session, plan: Option<&Plan>, file: &[u8], words: &[Vec<u8>], tell: Tell) -> Result<u8, Diag> {
    if plan.is_none() && s.options.atomic {
        return atomic::run(s, file, words, tell);
    }
    let mut lines = open(file)?;
    s.in_batch.set(true);
    let mut b = Batch {
        s,
        plan,
        file,
        tell,
        program: words.first().map_or(&[][..], |w| w),
        commands: 0,
        failed: 0,
        waiting: Vec::new(),
        left: 0,
        progress: Progress::new(lines.size),
    };
    let mut line: Vec<Vec<u8>> = vec![b.program.to_vec()];
    loop {
        // The program that writes the lines may be waiting for the effects and output of earlier ones.
        if !lines.is_ready() {
            b.flush_queue();
            s.flush();
        }
        let mut unread = false;
        let outcome = match lines.next_line() {
            Ok(false) => break,
            Ok(true) => split_into(&lines.line, &mut line, 1)
                .inspect(|n| b.commands += u64::from(*n > 1))
                .inspect_err(|_| (b.commands, unread) = (b.commands + 1, true))
                .map(|n| line.get(..n).unwrap_or_default())
                .and_then(|words| b.run(words, &lines).map_err(|d| d.with_words(words))),
            Err(d) => Err(d),
        };
        b.progress.at(lines.number, lines.bytes);
        if b.progress.is_shown() && !s.out.borrow().buf.is_empty() {
            b.progress.hide();
            s.flush();
        }
        let code = match outcome {
            Ok(code) => code,
            Err(d) => {
                b.flush_queue();
                b.progress.hide();
                let ends = s.options.invocation.is_ip && (unread || d.code() == USAGE && d.errno().is_none());
                let code = tell(s, d, words, Some(Place { file, line: lines.number })).max(1);
                // iproute2 exits at a wrong word, even in a batch and with `-force`.
                if ends {
                    return Ok(code);
                }
                code
            }
        };
        if s.out.borrow().failed().is_some() {
            return Ok(if plan.is_some() { FAIL } else { REFUSED });
        }
        if code != 0 {
            b.fail(lines.number);
            // In a dry run, a line that is known to fail does not end the batch.
            if !s.options.force && plan.is_none() || lines.is_broken {
                break;
            }
        }
    }
    b.flush_queue();
    Ok(b.finish())
}

/// A running batch.
struct Batch<'a> {
    s: &'a Session,
    /// For a dry run: the lines are planned, not run.
    plan: Option<&'a Plan>,
    file: &'a [u8],
    tell: Tell,
    program: &'a [u8],
    commands: u64,
    failed: u64,
    /// The lines whose changes are queued, with their numbers. Only the first ones are in use; the others are kept
    /// buffers.
    waiting: Vec<(usize, Vec<u8>)>,
    left: usize,
    progress: Progress,
}

impl Batch<'_> {
    /// Runs one line. With `-force`, a line that only sends one request may be queued.
    fn run(&mut self, words: &[Vec<u8>], lines: &Lines) -> Result<u8, Diag> {
        let s = self.s;
        if words.len() < 2 {
            return Ok(0);
        }
        if let Some(plan) = self.plan {
            return planned::line(plan, s, lines.number, words);
        }
        let task = tree::find(words, 1, s.options.invocation.is_ip)?;
        if !task.only_changes() {
            // The line may print, read, or change something by other means: all earlier changes must be done first.
            self.flush_queue();
            s.sending.set(Sending::Quiet);
            let result = tree::run(s, &task, words);
            s.forget_all();
            return result;
        }
        if s.options.force && s.may_queue() && lines.line.len() <= KEPT {
            s.sending.set(Sending::Queued(lines.number));
            self.keep(lines);
        } else {
            s.sending.set(Sending::Quiet);
        }
        let result = tree::run(s, &task, words);
        self.report(s.refused());
        result
    }

    /// Keeps a line until its change is acknowledged.
    fn keep(&mut self, lines: &Lines) {
        if self.left >= LEFT_MAX {
            self.flush_queue();
        }
        match self.waiting.get_mut(self.left) {
            Some((number, line)) => {
                *number = lines.number;
                line.clear();
                line.extend_from_slice(&lines.line);
            }
            None => self.waiting.push((lines.number, lines.line.clone())),
        }
        self.left += 1;
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
            let line = self.waiting.iter().take(self.left).find(|(number, _)| *number == one.line);
            let mut words = vec![self.program.to_vec()];
            let _ = line.map(|(_, line)| split_into(line, &mut words, 1));
            self.progress.hide();
            let place = Place { file: self.file, line: one.line };
            (self.tell)(self.s, one.error.explain(&one.request), &words, Some(place));
            self.fail(one.line);
        }
        self.left = 0;
    }

    fn fail(&mut self, line: usize) {
        self.progress.hide();
        self.s.flush();
        out::print_stderr(&format!("Command failed {}:{line}\n", escape::shown(self.file)));
        self.failed += 1;
    }

    /// Reports the number of failed lines, if the batch continued after them; returns the exit code.
    fn finish(&mut self) -> u8 {
        if self.failed > 0 && self.s.options.force && self.plan.is_none() {
            let ending = |n: u64| if n == 1 { "" } else { "s" };
            let (failed, all) = (self.failed, self.commands);
            self.s.flush();
            self.s.note(&format!("{failed} failure{} in {all} command{}\n", ending(failed), ending(all)));
        }
        u8::from(self.failed > 0)
    }
}
