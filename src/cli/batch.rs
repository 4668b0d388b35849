//! `-batch`: lines of a file through the same path as a command line.

pub mod atomic;
pub mod planned;
mod progress;

use super::tree;
use crate::diag::{Diag, FAIL, REFUSED, USAGE, errno_of};
use crate::net::queue::{Refused, Sending};
use crate::output::report::Place;
use crate::output::{escape, out};
use crate::plan::Plan;
use crate::session::Session;
use progress::Progress;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::os::unix::ffi::OsStrExt as _;

/// A line, with its continuations, may be this long.
const LINE_MAX: usize = 1 << 20;
/// iproute2's limit of words in a line.
const WORDS_MAX: usize = 512;

/// Only a line that is not longer may leave before its change is made, and so many of them.
const KEPT: usize = 4096;
const LEFT_MAX: usize = 256;

/// Says what went wrong in a line, and why; gives the exit code.
pub type Tell = fn(&Session, Diag, &[Vec<u8>], Option<Place<'_>>) -> u8;

/// Opens the lines of a file, or of standard input.
fn open(file: &[u8]) -> Result<Lines, Diag> {
    let mut size = None;
    let input: Box<dyn Read> = if file == b"-" {
        Box::new(std::io::stdin())
    } else {
        match File::open(std::ffi::OsStr::from_bytes(file)) {
            // As in iproute2, a directory has no lines.
            Ok(f) if f.metadata().is_ok_and(|m| m.is_dir()) => Box::new(std::io::empty()),
            Ok(f) => {
                size = f.metadata().ok().filter(std::fs::Metadata::is_file).map(|m| m.len());
                Box::new(f)
            }
            Err(e) => {
                let what = format!("Cannot open file \"{}\" for reading", escape::shown(file));
                return Err(Diag::os(what, errno_of(&e)));
            }
        }
    };
    Ok(Lines {
        input: BufReader::with_capacity(64 * 1024, input),
        number: 0,
        bytes: 0,
        size,
        line: Vec::new(),
        is_broken: false,
    })
}

/// Runs every line; the exit code of the whole.
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
        // Whoever writes the lines may wait for what the ones before have done and said.
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
                // iproute2 exits where a word is wrong, in a batch and with `-force`, too.
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
            // A line that is known to fail changes nothing: the others are planned, too.
            if !s.options.force && plan.is_none() || lines.is_broken {
                break;
            }
        }
    }
    b.flush_queue();
    Ok(b.finish())
}

/// A batch while it runs.
struct Batch<'a> {
    s: &'a Session,
    /// The lines are planned, not run.
    plan: Option<&'a Plan>,
    file: &'a [u8],
    tell: Tell,
    program: &'a [u8],
    commands: u64,
    failed: u64,
    /// The lines whose changes are in the queue, with their numbers; the first ones of these, the others are old.
    waiting: Vec<(usize, Vec<u8>)>,
    left: usize,
    progress: Progress,
}

impl Batch<'_> {
    /// Runs one line. With `-force`, a line that only changes something may leave before its change is made.
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
            // It may print, ask, or change something by other ways: everything before it must have been done.
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

    /// Keeps a line until its change has been made.
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

    /// Makes the changes that wait, and says what was refused.
    fn flush_queue(&mut self) {
        let refused = self.s.flush_queue();
        self.report(Some(refused));
    }

    /// Says what was refused; none where changes still wait.
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

    /// Counts what failed, if the batch went on after it; the exit code.
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

/// Every line of a batch, with its number and its words, until one cannot be read.
///
/// # Errors
///
/// The input cannot be read, or a line is wrong.
pub fn each_line(input: Box<dyn Read>, see: &mut dyn FnMut(usize, &[Vec<u8>])) -> Result<(), Diag> {
    let input = BufReader::with_capacity(64 * 1024, input);
    let mut lines = Lines { input, number: 0, bytes: 0, size: None, line: Vec::new(), is_broken: false };
    while lines.next_line()? {
        see(lines.number, &split(&lines.line)?);
    }
    Ok(())
}

/// Reads logical lines: comments cut, continuations joined.
struct Lines {
    input: BufReader<Box<dyn Read>>,
    number: usize,
    /// Bytes read, and the size of the file where it has one.
    bytes: u64,
    size: Option<u64>,
    line: Vec<u8>,
    /// A line was too long: nothing that follows can be trusted.
    is_broken: bool,
}

impl Lines {
    /// Whether a whole line can be had without waiting.
    fn is_ready(&self) -> bool {
        self.input.buffer().contains(&b'\n')
    }

    /// The next logical line is in `line`; false at the end of the input.
    fn next_line(&mut self) -> Result<bool, Diag> {
        self.line.clear();
        let mut any = false;
        loop {
            let from = self.line.len();
            let limit = u64::try_from(LINE_MAX + 2 - from.min(LINE_MAX)).unwrap_or(2);
            let n = (&mut self.input)
                .take(limit)
                .read_until(b'\n', &mut self.line)
                .map_err(|e| Diag::os("Cannot read batch", errno_of(&e)))?;
            if n == 0 {
                return if any { Err(Diag::fail("Missing continuation line")) } else { Ok(false) };
            }
            any = true;
            self.number += 1;
            self.bytes += n as u64;
            let part = self.line.get(from..).unwrap_or_default();
            if !part.ends_with(b"\n") && n as u64 == limit {
                self.line.clear();
                self.is_broken = true;
                self.number = self.number.max(1);
                return Err(Diag::fail(format!("line is longer than {LINE_MAX} bytes")));
            }
            if part.contains(&b'#') {
                // A comment runs to the end of its line, which then has no continuation.
                let end = part.iter().position(|b| *b == b'#').map_or(self.line.len(), |i| from + i);
                self.line.truncate(end);
                return Ok(true);
            }
            if part.ends_with(b"\\\n") {
                self.line.truncate(self.line.len() - 2);
                continue;
            }
            return Ok(true);
        }
    }
}

/// The words of a line.
fn split(line: &[u8]) -> Result<Vec<Vec<u8>>, Diag> {
    let mut words = Vec::new();
    split_into(line, &mut words, 0)?;
    Ok(words)
}

/// Puts the words of a line into `words`, from the place `n` on; how many there are then. What stands behind is
/// what is left of other lines. A word that begins with a quote runs to the same quote.
///
/// # Errors
///
/// A quoted word does not end; too many words.
pub fn split_into(line: &[u8], words: &mut Vec<Vec<u8>>, mut n: usize) -> Result<usize, Diag> {
    let blank = |b: u8| b <= b' ' && matches!(b, b' ' | b'\t' | b'\r' | b'\n');
    let first = n;
    let mut rest = line;
    loop {
        let start = rest.iter().position(|b| !blank(*b));
        let Some(start) = start else { return Ok(n) };
        rest = rest.get(start..).unwrap_or_default();
        let (word, after) = match rest.split_first() {
            Some((q @ (b'\'' | b'"'), inner)) => {
                let end = inner.iter().position(|b| b == q).ok_or_else(|| Diag::fail("Unterminated quoted string"))?;
                (inner.get(..end), inner.get(end + 1..))
            }
            _ => {
                let end = rest.iter().position(|b| blank(*b)).unwrap_or(rest.len());
                (rest.get(..end), rest.get(end..))
            }
        };
        let word = word.unwrap_or_default();
        match words.get_mut(n) {
            Some(old) => {
                old.clear();
                old.extend_from_slice(word);
            }
            None => words.push(word.to_vec()),
        }
        n += 1;
        if n - first > WORDS_MAX {
            return Err(Diag::fail("Too many arguments to command"));
        }
        rest = after.unwrap_or_default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<String> {
        let mut words = vec![b"left".to_vec(), b"over".to_vec(), b"of".to_vec()];
        let n = split_into(line.as_bytes(), &mut words, 1).unwrap();
        words[1..n].iter().map(|w| String::from_utf8(w.clone()).unwrap()).collect()
    }

    #[test]
    fn splits_like_the_reference() {
        assert_eq!(words("link  set\tv0 alias 'a b' \"c'd\"\r\n"), ["link", "set", "v0", "alias", "a b", "c'd"]);
        assert_eq!(words("a'b c'd"), ["a'b", "c'd"]);
        assert!(split_into(b"alias 'x", &mut Vec::new(), 0).is_err());
        assert!(split_into("x ".repeat(600).as_bytes(), &mut Vec::new(), 0).is_err());
        assert!(words("").is_empty());
    }

    fn reader(text: &str) -> Lines {
        let input: Box<dyn Read> = Box::new(std::io::Cursor::new(text.as_bytes().to_vec()));
        Lines { input: BufReader::new(input), number: 0, bytes: 0, size: None, line: Vec::new(), is_broken: false }
    }

    fn lines(text: &str) -> Vec<(usize, String)> {
        let mut l = reader(text);
        let mut out = Vec::new();
        while l.next_line().unwrap() {
            out.push((l.number, String::from_utf8(l.line.clone()).unwrap()));
        }
        out
    }

    #[test]
    fn continuations_and_comments() {
        assert_eq!(lines("a \\\nb\nc # x\nd"), [(2, "a b\n".into()), (3, "c ".into()), (4, "d".into())]);
        assert_eq!(lines("a\\"), [(1, "a\\".into())]);
        let mut l = reader("a\nb \\\n");
        assert!(l.next_line().unwrap());
        assert_eq!(l.next_line().unwrap_err().what(), ["Missing continuation line"]);
    }
}
