//! The file format of a journal, which shows what was committed and whether it is complete.
//!
//! A magic line; the number of committed bytes and their checksum; the head with its own checksum; the parts. A part is
//! first appended and then committed by one small write: a killed process leaves a valid commit, possibly followed by
//! bytes that do not count. So a truncated or changed file can be told from one whose writer died.

use nix::errno::Errno;
use std::fs::File;
use std::io::Read;
use std::os::unix::fs::FileExt as _;

/// The beginning of a journal.
const MAGIC: &[u8; 20] = b"rip batch journal 4\n";
/// The offset of the committed bytes: after the magic line, their number and their checksum.
const START: u64 = 36;
/// Maximum bytes of the head, which names a file and a boot.
const HEAD_MAX: u32 = 1 << 16;
/// Maximum bytes of a journal.
const SIZE_MAX: u64 = 1 << 30;
/// Bytes per write.
const CHUNK: usize = 1 << 16;

/// FNV-1a, 64 bits.
#[derive(Clone, Copy)]
struct Sum(u64);

impl Sum {
    const NEW: Sum = Sum(0xcbf2_9ce4_8422_2325);

    fn add(&mut self, bytes: &[u8]) {
        for b in bytes {
            self.0 = (self.0 ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn of(bytes: &[u8]) -> u64 {
        let mut sum = Sum::NEW;
        sum.add(bytes);
        sum.0
    }
}

/// Writes a journal.
pub struct Writer {
    len: u64,
    sum: Sum,
    /// Appended bytes that are not written yet.
    waiting: Vec<u8>,
}

impl Writer {
    /// Begins a file and commits its head.
    ///
    /// # Errors
    ///
    /// That of write(2).
    pub fn begin(file: &File, head: &[u8]) -> std::io::Result<Writer> {
        let mut w = Writer { len: 0, sum: Sum::NEW, waiting: Vec::new() };
        w.waiting.extend(u32::try_from(head.len()).unwrap_or(u32::MAX).to_ne_bytes());
        w.waiting.extend(head);
        w.waiting.extend(Sum::of(head).to_ne_bytes());
        let mut first = MAGIC.to_vec();
        w.sum.add(&w.waiting);
        w.len = w.waiting.len() as u64;
        first.extend(w.record());
        first.append(&mut w.waiting);
        file.write_all_at(&first, 0)?;
        Ok(w)
    }

    fn record(&self) -> [u8; 16] {
        let mut out = [0; 16];
        let (len, sum) = out.split_at_mut(8);
        len.copy_from_slice(&self.len.to_ne_bytes());
        sum.copy_from_slice(&self.sum.0.to_ne_bytes());
        out
    }

    /// Appends a part, which counts only once committed.
    ///
    /// # Errors
    ///
    /// That of write(2); EFBIG beyond 1 GiB.
    pub fn append(&mut self, file: &File, part: &[u8]) -> std::io::Result<()> {
        self.waiting.extend_from_slice(part);
        if self.waiting.len() >= CHUNK { self.flush(file) } else { Ok(()) }
    }

    fn flush(&mut self, file: &File) -> std::io::Result<()> {
        let len = self.len + self.waiting.len() as u64;
        if START + len > SIZE_MAX {
            return Err(Errno::EFBIG.into());
        }
        file.write_all_at(&self.waiting, START + self.len)?;
        self.sum.add(&self.waiting);
        self.len = len;
        self.waiting.clear();
        Ok(())
    }

    /// Commits everything that was appended.
    ///
    /// # Errors
    ///
    /// That of write(2); EFBIG beyond 1 GiB.
    pub fn commit(&mut self, file: &File) -> std::io::Result<()> {
        self.flush(file)?;
        file.write_all_at(&self.record(), MAGIC.len() as u64)
    }

    /// Discards what was appended after a mark and not committed.
    pub fn back(&mut self, to: &Mark) {
        (self.len, self.sum) = (to.0, to.1);
        self.waiting.clear();
    }

    /// The position where the next part begins.
    pub fn mark(&self) -> Mark {
        Mark(self.len, self.sum)
    }
}

/// A position that a writer can go back to.
pub struct Mark(u64, Sum);

/// Why a file cannot be used as a journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    Empty,
    /// It is not a journal of this version.
    Alien,
    /// It is shorter than what was committed.
    Cut,
    /// The checksum is wrong.
    Damaged,
    TooLong,
    Unreadable(Errno),
}

impl std::fmt::Display for Unfit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Unfit::Empty => f.write_str("it is empty"),
            Unfit::Alien => f.write_str("it is not a journal of this version of rip"),
            Unfit::Cut => f.write_str("it is damaged: its end is missing"),
            Unfit::Damaged => f.write_str("it is damaged: its checksum is wrong"),
            Unfit::TooLong => write!(f, "it is longer than {} MiB", SIZE_MAX >> 20),
            Unfit::Unreadable(e) => f.write_str(&crate::diag::errno_text(*e as i32)),
        }
    }
}

fn unreadable(e: &std::io::Error) -> Unfit {
    Unfit::Unreadable(crate::diag::errno_of(e))
}

/// Reads the committed bytes of a journal, from its head on.
pub struct Reader<R> {
    input: R,
    left: u64,
    sum: Sum,
    expected: u64,
}

impl<R: Read> Reader<R> {
    /// Checks the beginning of a file of this size in bytes; returns the head.
    ///
    /// # Errors
    ///
    /// The file is not of this build, or damaged.
    pub fn begin(mut input: R, size: u64) -> Result<(Reader<R>, Vec<u8>), Unfit> {
        if size == 0 {
            return Err(Unfit::Empty);
        }
        if size > SIZE_MAX {
            return Err(Unfit::TooLong);
        }
        let mut first = [0; 36];
        read_exact(&mut input, &mut first).map_err(|e| if e == Unfit::Cut { Unfit::Alien } else { e })?;
        let (magic, record) = first.split_at(MAGIC.len());
        if magic != MAGIC {
            return Err(Unfit::Alien);
        }
        let number = |at: usize| record.get(at..at + 8).and_then(|b| b.first_chunk()).map(|b| u64::from_ne_bytes(*b));
        let (Some(left), Some(expected)) = (number(0), number(8)) else { return Err(Unfit::Damaged) };
        let mut reader = Reader { input, left, sum: Sum::NEW, expected };
        let len = reader.take(4)?.first_chunk().map_or(u32::MAX, |b| u32::from_ne_bytes(*b));
        if len > HEAD_MAX {
            return Err(Unfit::Damaged);
        }
        let head = reader.take(usize::try_from(len).unwrap_or(0))?;
        if reader.take(8)? != Sum::of(&head).to_ne_bytes() {
            return Err(Unfit::Damaged);
        }
        Ok((reader, head))
    }

    /// Reads the next `len` bytes.
    ///
    /// # Errors
    ///
    /// The committed bytes end before that, or the file is damaged.
    pub fn take(&mut self, len: usize) -> Result<Vec<u8>, Unfit> {
        self.left = self.left.checked_sub(len as u64).ok_or(Unfit::Damaged)?;
        let mut out = vec![0; len];
        read_exact(&mut self.input, &mut out)?;
        self.sum.add(&out);
        Ok(out)
    }

    /// Whether all of it was read.
    pub fn at_end(&self) -> bool {
        self.left == 0
    }

    /// Checks, at the end, that what was read is what was written.
    ///
    /// # Errors
    ///
    /// The checksum is wrong.
    pub fn check(&self) -> Result<(), Unfit> {
        if self.left == 0 && self.sum.0 == self.expected { Ok(()) } else { Err(Unfit::Damaged) }
    }
}

fn read_exact(input: &mut impl Read, out: &mut [u8]) -> Result<(), Unfit> {
    input.read_exact(out).map_err(|e| match e.kind() {
        std::io::ErrorKind::UnexpectedEof => Unfit::Cut,
        _ => unreadable(&e),
    })
}
