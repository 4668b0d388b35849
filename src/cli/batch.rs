//! `-batch`: lines of a file through the same path as a command line.

use super::tree;
use crate::diag::Diag;
use crate::session::Session;
use crate::show::report::Place;
use crate::show::{escape, out};
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::os::unix::ffi::OsStrExt as _;

/// A line, with its continuations, may be this long.
const LINE_MAX: usize = 1 << 20;
/// The reference's limit of words in a line.
const WORDS_MAX: usize = 512;

/// Runs every line; the exit code of the whole.
pub fn run(s: &Session, file: &[u8], words: &[Vec<u8>]) -> Result<u8, Diag> {
    let input: Box<dyn Read> = if file == b"-" {
        Box::new(std::io::stdin())
    } else {
        match File::open(std::ffi::OsStr::from_bytes(file)) {
            Ok(f) => Box::new(f),
            Err(e) => {
                let errno = nix::errno::Errno::from_raw(e.raw_os_error().unwrap_or(0));
                return Err(Diag::os(format!("Cannot open file \"{}\" for reading", escape::shown(file)), errno));
            }
        }
    };
    s.in_batch.set(true);
    let mut lines = Lines { input: BufReader::with_capacity(64 * 1024, input), number: 0, line: Vec::new() };
    let program = words.first().cloned().unwrap_or_default();
    let mut failed = false;
    loop {
        let outcome = match lines.next_line() {
            Ok(false) => break,
            Ok(true) => split(&lines.line).and_then(|mut line| {
                if line.is_empty() {
                    return Ok(0);
                }
                line.insert(0, program.clone());
                tree::dispatch(s, &line, 1).map_err(|d| d.with_words(&line))
            }),
            Err(d) => Err(d),
        };
        let code = match outcome {
            Ok(code) => code,
            Err(d) => crate::tell(s, d, words, Some(Place { file, line: lines.number })).max(1),
        };
        if s.out.borrow().failed().is_some() {
            return Ok(crate::diag::REFUSED);
        }
        if code != 0 {
            s.flush();
            out::complain(&format!("Command failed {}:{}\n", escape::shown(file), lines.number));
            failed = true;
            if !s.options.force || lines.broken() {
                break;
            }
        }
    }
    Ok(u8::from(failed))
}

/// Reads logical lines: comments cut, continuations joined.
struct Lines {
    input: BufReader<Box<dyn Read>>,
    number: usize,
    line: Vec<u8>,
}

impl Lines {
    /// The next logical line is in `line`; false at the end of the input.
    fn next_line(&mut self) -> Result<bool, Diag> {
        self.line.clear();
        let mut part = Vec::new();
        let mut any = false;
        loop {
            part.clear();
            let limit = u64::try_from(LINE_MAX + 2 - self.line.len().min(LINE_MAX)).unwrap_or(2);
            let n = (&mut self.input)
                .take(limit)
                .read_until(b'\n', &mut part)
                .map_err(|e| Diag::fail(format!("Cannot read batch: {e}")))?;
            if n == 0 {
                return Ok(any);
            }
            any = true;
            self.number += 1;
            if !part.ends_with(b"\n") && n as u64 == limit {
                self.line = Vec::new();
                self.number = self.number.max(1);
                return Err(Diag::fail(format!("line is longer than {LINE_MAX} bytes")));
            }
            if let Some(i) = part.iter().position(|b| *b == b'#') {
                // A comment runs to the end of its line, which then has no continuation.
                part.truncate(i);
                self.line.extend_from_slice(&part);
                return Ok(true);
            }
            if part.ends_with(b"\\\n") {
                part.truncate(part.len() - 2);
                self.line.extend_from_slice(&part);
                continue;
            }
            self.line.extend_from_slice(&part);
            return Ok(true);
        }
    }

    /// After a line that was too long nothing that follows can be trusted.
    fn broken(&self) -> bool {
        self.line.is_empty() && self.line.capacity() == 0
    }
}

/// The words of a line. A word that begins with a quote runs to the same quote.
pub fn split(line: &[u8]) -> Result<Vec<Vec<u8>>, Diag> {
    let blank = |b: u8| matches!(b, b' ' | b'\t' | b'\r' | b'\n');
    let mut words = Vec::new();
    let mut rest = line;
    loop {
        let start = rest.iter().position(|b| !blank(*b));
        let Some(start) = start else { return Ok(words) };
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
        words.push(word.unwrap_or_default().to_vec());
        if words.len() > WORDS_MAX {
            return Err(Diag::fail("Too many arguments to command"));
        }
        rest = after.unwrap_or_default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<String> {
        split(line.as_bytes()).unwrap().into_iter().map(|w| String::from_utf8(w).unwrap()).collect()
    }

    #[test]
    fn splits_like_the_reference() {
        assert_eq!(words("link  set\tv0 alias 'a b' \"c'd\"\r\n"), ["link", "set", "v0", "alias", "a b", "c'd"]);
        assert_eq!(words("a'b c'd"), ["a'b", "c'd"]);
        assert!(split(b"alias 'x").is_err());
        assert!(split("x ".repeat(600).as_bytes()).is_err());
        assert!(words("").is_empty());
    }

    fn lines(text: &str) -> Vec<(usize, String)> {
        let mut l = Lines {
            input: BufReader::new(Box::new(std::io::Cursor::new(text.as_bytes().to_vec()))),
            number: 0,
            line: Vec::new(),
        };
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
    }
}
