//! The lines of a batch: comments stripped, continuations joined, words split and unquoted as iproute2 does.

use crate::diag::{Diag, errno_of};
use crate::output::escape;
use crate::output::scalar::push_short;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::os::unix::ffi::OsStrExt as _;
use std::rc::Rc;

/// Maximum length of a line with its continuations, in bytes.
const LINE_MAX: usize = 1 << 20;
/// iproute2's limit of words per line.
const WORDS_MAX: usize = 512;

/// Opens a file, or standard input (`-`), to read its lines.
///
/// # Errors
///
/// The file cannot be opened.
pub fn open(file: &[u8]) -> Result<Lines, Diag> {
    let mut size = None;
    let input: Box<dyn Read> = if file == b"-" {
        Box::new(std::io::stdin())
    } else {
        match File::open(std::ffi::OsStr::from_bytes(file)) {
            // Like iproute2, reads a directory as an empty file.
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
    Ok(Lines::new(input, size))
}

/// Comments that begin like this are commands for `rip`: they need an option, which a batch line of `ip` cannot have.
const OPTIONS: &[&[u8]] = &[b"#-6 ", b"#-M "];
/// Maximum size of a batch that is read whole, in bytes: endless input must not use all memory.
const SIZE_MAX: usize = 256 << 20;

/// A batch in memory, whose lines can be read more than once.
#[derive(Clone)]
pub struct Whole(Rc<[u8]>);

impl Whole {
    /// A batch of these bytes.
    pub fn of(bytes: impl Into<Rc<[u8]>>) -> Whole {
        Whole(bytes.into())
    }

    /// Its lines, from the first one.
    pub fn lines(&self) -> Lines {
        Lines::new(Box::new(std::io::Cursor::new(self.0.clone())), Some(self.0.len() as u64))
    }

    /// Calls `see` for every line, with its number and its words.
    ///
    /// # Errors
    ///
    /// A line cannot be split into words, or is too long; with its number.
    pub fn each_line(&self, see: impl FnMut(usize, Vec<Vec<u8>>)) -> Result<(), (usize, Diag)> {
        each(self.lines(), see)
    }
}

/// Opens a state file (of `rip snapshot`); returns its first line verbatim, and its lines.
///
/// # Errors
///
/// The file cannot be opened or read, or is longer than 256 MiB.
pub fn states(file: &[u8]) -> Result<(Vec<u8>, Lines), Diag> {
    let too_long = |mib| format!("Error: a state file is limited to {mib} MiB.");
    let Whole(bytes) = open(file)?.read_all(too_long).map_err(|(_, d)| d)?;
    let first = bytes.split(|b| *b == b'\n').next().unwrap_or_default().to_vec();
    let mut plain = Vec::with_capacity(bytes.len());
    for line in bytes.split_inclusive(|b| *b == b'\n') {
        let is_line = OPTIONS.iter().any(|o| line.starts_with(o));
        plain.extend_from_slice(line.get(usize::from(is_line)..).unwrap_or_default());
    }
    Ok((first, Whole::of(plain).lines()))
}

/// Calls `see` for every line of a batch, with its number and its words.
///
/// # Errors
///
/// The input cannot be read; a line is too long, has too many words, or an unterminated quote or continuation. Later
/// lines are not read.
pub fn each_line(input: Box<dyn Read>, see: &mut dyn FnMut(usize, &[Vec<u8>])) -> Result<(), Diag> {
    each(Lines::new(input, None), |number, words| see(number, &words)).map_err(|(_, d)| d)
}

fn each(mut lines: Lines, mut see: impl FnMut(usize, Vec<Vec<u8>>)) -> Result<(), (usize, Diag)> {
    loop {
        match lines.next_line().and_then(|more| if more { split(&lines.line).map(Some) } else { Ok(None) }) {
            Ok(Some(words)) => see(lines.number, words),
            Ok(None) => return Ok(()),
            Err(d) => return Err((lines.number, d)),
        }
    }
}

/// Reads logical lines: comments stripped, continuations joined.
pub struct Lines {
    input: BufReader<Box<dyn Read>>,
    /// The number of the last physical line read, from 1.
    pub number: usize,
    /// Bytes read.
    pub bytes: u64,
    /// The size of a regular file, in bytes.
    pub size: Option<u64>,
    /// The logical line.
    pub line: Vec<u8>,
    /// A line was too long: what follows may be the rest of it.
    pub is_broken: bool,
}

impl Lines {
    fn new(input: Box<dyn Read>, size: Option<u64>) -> Lines {
        let input = BufReader::with_capacity(64 * 1024, input);
        Lines { input, number: 0, bytes: 0, size, line: Vec::new(), is_broken: false }
    }

    /// Reads the input to its end; `too_long` makes the error for an input of more than this many MiB.
    ///
    /// # Errors
    ///
    /// The input cannot be read, or is longer than 256 MiB; with the number of lines read.
    pub fn read_all(self, too_long: impl FnOnce(usize) -> String) -> Result<Whole, (usize, Diag)> {
        let mut bytes = Vec::new();
        let outcome = self.input.take(SIZE_MAX as u64 + 1).read_to_end(&mut bytes);
        let line = || bytes.iter().filter(|b| **b == b'\n').count();
        match outcome {
            Err(e) => Err((line(), Diag::os("Cannot read batch", errno_of(&e)))),
            Ok(_) if bytes.len() > SIZE_MAX => Err((line(), Diag::fail(too_long(SIZE_MAX >> 20)))),
            Ok(_) => Ok(Whole::of(bytes)),
        }
    }

    /// Whether a whole line is buffered, so that reading it does not block.
    pub fn is_ready(&self) -> bool {
        self.input.buffer().contains(&b'\n')
    }

    /// Reads the next logical line into `line`; false at the end of the input.
    ///
    /// # Errors
    ///
    /// The input cannot be read, a line is longer than 1 MiB, or the input ends after a `\`.
    pub fn next_line(&mut self) -> Result<bool, Diag> {
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
            if has(part, b'#') {
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

/// Splits a line into words.
///
/// # Errors
///
/// A quote is not closed, or there are more than 512 words.
pub fn split(line: &[u8]) -> Result<Vec<Vec<u8>>, Diag> {
    let mut words = Vec::new();
    split_into(line, &mut words, 0)?;
    Ok(words)
}

/// Splits a line into `words`, from index `n` on, and returns the index after the last one; later elements are left
/// over from earlier lines. A word that begins with a quote ends at the same quote.
///
/// # Errors
///
/// A quote is not closed, or there are more than 512 words.
pub fn split_into(line: &[u8], words: &mut Vec<Vec<u8>>, mut n: usize) -> Result<usize, Diag> {
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
                let end = word_end(rest);
                (rest.get(..end), rest.get(end..))
            }
        };
        let word = word.unwrap_or_default();
        match words.get_mut(n) {
            Some(old) => {
                old.clear();
                push_short(old, word);
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

fn blank(b: u8) -> bool {
    b <= b' ' && matches!(b, b' ' | b'\t' | b'\r' | b'\n')
}

const ONES: u64 = 0x0101_0101_0101_0101;
const TOPS: u64 = 0x8080_8080_8080_8080;

/// Where the first word of `rest` ends: eight bytes at a time, because a batch spends a tenth of its instructions here.
fn word_end(rest: &[u8]) -> usize {
    let mut at = 0;
    for word in rest.as_chunks::<8>().0 {
        let word = u64::from_le_bytes(*word);
        // The lowest top bit that is set marks the first byte up to a space.
        let low = word.wrapping_sub(ONES * 0x21) & !word & TOPS;
        if low != 0 {
            at += (low.trailing_zeros() / 8) as usize;
            break;
        }
        at += 8;
    }
    let tail = rest.get(at..).unwrap_or_default();
    at + tail.iter().position(|b| blank(*b)).unwrap_or(tail.len())
}

/// Whether a byte occurs.
fn has(bytes: &[u8], wanted: u8) -> bool {
    let (words, rest) = bytes.as_chunks::<8>();
    let mut found = 0;
    for word in words {
        let other = u64::from_le_bytes(*word) ^ (ONES * u64::from(wanted));
        found |= other.wrapping_sub(ONES) & !other & TOPS;
    }
    found != 0 || rest.contains(&wanted)
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
        for len in 0..20 {
            for blank in [' ', '\t', '\u{1}', 'é', '\u{7f}'] {
                let word = "x".repeat(len);
                let wanted: Vec<String> = match blank {
                    ' ' | '\t' => [word.clone(), word.clone()].into_iter().filter(|w| !w.is_empty()).collect(),
                    _ => vec![format!("{word}{blank}{word}")],
                };
                assert_eq!(words(&format!("{word}{blank}{word}\n")), wanted);
                assert!(has(format!("{word}#{word}").as_bytes(), b'#') && !has(word.as_bytes(), b'#'));
            }
        }
    }

    fn reader(text: &str) -> Lines {
        Whole::of(text.as_bytes()).lines()
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
