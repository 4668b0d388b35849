//! Files of `save`: a magic number, then raw kernel messages. They may be damaged or hostile.

use crate::diag::{Diag, REFUSED, errno_of};
use crate::net::Request;
use crate::net::attr::{align, u32_at};
use crate::net::kernel::{Message, Messages};
use crate::output::out::{Out, print_stderr};
use crate::session::Session;
use nix::errno::Errno;
use std::io::Read;

/// Maximum size of a dump, in bytes: millions of routes.
const LIMIT: usize = 512 << 20;
/// Bytes per read.
const PIECE: u64 = 64 * 1024;
/// Bytes: the size of struct nlmsghdr, and more than any message of the kernel.
const HEADER: usize = 16;
const MAGIC: usize = 4;
const LONGEST: usize = 1 << 20;

/// One kind of file.
pub struct File {
    /// The noun for its content, in errors: `address`.
    pub what: &'static str,
    /// The four bytes at the start of the file, in host byte order.
    pub magic: u32,
    /// The exit code for a file without them.
    pub bad_code: u8,
}

impl File {
    /// Writes the magic number.
    pub fn begin(&self, out: &mut Out) {
        out.buf.extend_from_slice(&self.magic.to_ne_bytes());
    }

    /// Reads standard input after the magic number, up to the first bytes that are not a message.
    ///
    /// # Errors
    ///
    /// Standard input is a terminal, cannot be read, or does not begin with the magic number.
    pub fn read(&self) -> Result<Vec<u8>, Diag> {
        if nix::unistd::isatty(crate::sys::standard(0)).unwrap_or(false) {
            return Err(
                Diag::usage(format!("Can't restore {} dump from a terminal", self.what)).with_code(self.bad_code)
            );
        }
        self.parse(std::io::stdin().lock(), LIMIT)
    }

    /// Reads any input like [`File::read`].
    ///
    /// # Errors
    ///
    /// The input cannot be read, is longer than `limit` bytes, or does not begin with the magic number.
    pub fn parse(&self, mut input: impl Read, limit: usize) -> Result<Vec<u8>, Diag> {
        let cannot = |e: std::io::Error| Diag::os("Cannot read the dump", errno_of(&e));
        let mut magic = Vec::new();
        input.by_ref().take(4).read_to_end(&mut magic).map_err(cannot)?;
        let magic = u32_at(&magic, 0);
        if magic != Some(self.magic) {
            let count = u8::from(magic.is_some());
            return Err(Diag::new(
                self.bad_code,
                format!("Magic mismatch ({count} elems, {:x} magic)", magic.unwrap_or(0)),
            ));
        }
        let mut bytes = Vec::new();
        let mut next = 0;
        while input.by_ref().take(PIECE).read_to_end(&mut bytes).map_err(cannot)? > 0 {
            while let Some(len) = u32_at(&bytes, next) {
                if !is_length(len) {
                    // Not a message: ignore the rest.
                    return Ok(bytes);
                }
                next += align(usize::try_from(len).unwrap_or(HEADER));
            }
            if bytes.len() > limit {
                return Err(Diag::fail(format!("The dump is longer than {limit} bytes")).with_code(self.bad_code));
            }
        }
        Ok(bytes)
    }
}

/// Refuses to write a binary stream to a terminal.
///
/// # Errors
///
/// Standard output is a terminal.
pub fn refuse_terminal() -> Result<(), Diag> {
    if nix::unistd::isatty(crate::sys::standard(1)).unwrap_or(false) {
        return Err(Diag::usage("Not sending a binary stream to stdout"));
    }
    Ok(())
}

/// Writes one message.
pub fn put(out: &mut Out, message: &[u8]) {
    out.buf.extend_from_slice(message);
    let len = out.buf.len() + align(message.len()) - message.len();
    out.buf.resize(len, 0);
    out.flush_if_full();
}

/// The messages of a file, and the resulting exit code: the first bytes that are not a message end it, with a warning
/// that has their offset, and the code of a failure.
pub fn messages<'a>(s: &Session, bytes: &'a [u8]) -> (Vec<Message<'a>>, u8) {
    let mut walk = Messages(bytes);
    let list: Vec<_> = walk.by_ref().map(|(m, _, _)| m).collect();
    if walk.0.is_empty() {
        return (list, 0);
    }
    let at = bytes.len() - walk.0.len() + MAGIC;
    match u32_at(walk.0, 0).filter(|len| walk.0.len() >= HEADER && !is_length(*len)) {
        Some(len) => print_stderr(&format!("!!!malformed message: len={} @{}\n", len.cast_signed(), at + HEADER)),
        None => print_stderr("rtnl-from_file: truncated message\n"),
    }
    s.note(&format!("The dump is damaged from byte {at} on; the rest of it is ignored.\n"));
    (list, REFUSED)
}

/// Sends the requests for entries that do not exist yet; the last refusal is the error, earlier ones are printed.
///
/// # Errors
///
/// The last refusal of the kernel.
pub fn restore(s: &Session, requests: impl Iterator<Item = Request>, code: u8) -> Result<u8, Diag> {
    let mut failed = None;
    for request in requests {
        match s.kernel()?.change(&request) {
            Err(e) if e.is(Errno::EEXIST) => print_stderr(&format!("{}\n", e.line())),
            Err(e) => {
                if let Some(before) = failed.replace(e.explain(&request)) {
                    print_stderr(&before.render(&[]));
                }
            }
            Ok(()) => {}
        }
    }
    failed.map_or(Ok(code), Err)
}

/// Whether a message can have this length, in bytes.
fn is_length(len: u32) -> bool {
    usize::try_from(len).is_ok_and(|len| (HEADER..=LONGEST).contains(&len))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: File = File { what: "test", magic: 7, bad_code: 9 };

    fn session() -> Session {
        Session::new(crate::session::options::Options::default(), Out::memory())
    }

    #[test]
    fn an_endless_dump_ends() {
        let magic = || std::io::Cursor::new(7u32.to_ne_bytes());
        let refused = |input: &mut dyn Read| FILE.parse(input, 1 << 20).unwrap_err();
        let d = refused(&mut std::io::repeat(0));
        assert_eq!((d.code(), &*d.what()[0]), (9, "Magic mismatch (1 elems, 0 magic)"));
        assert_eq!(refused(&mut std::io::empty()).what(), ["Magic mismatch (0 elems, 0 magic)"]);
        // Zeros are no message; an endless row of messages is too long.
        let bytes = FILE.parse(magic().chain(std::io::repeat(0)), 1 << 20).unwrap();
        assert!(bytes.len() <= 64 * 1024 && messages(&session(), &bytes).0.is_empty());
        let message = b"\x10\0\0\0".repeat(4);
        let row = message.repeat(1 << 17);
        let mut endless = magic().chain(&row[..]);
        assert_eq!(refused(&mut endless).what(), ["The dump is longer than 1048576 bytes"]);
        let whole = FILE.parse(magic().chain(&row[..1 << 20]), 1 << 20).unwrap();
        assert_eq!(messages(&session(), &whole).0.len(), 1 << 16);
    }

    #[test]
    fn a_length_beyond_any_message_ends_it() {
        for len in [0u32, 15, 2 << 20, u32::MAX] {
            let mut file = 7u32.to_ne_bytes().to_vec();
            file.extend(16u32.to_ne_bytes());
            file.extend([0; 12]);
            file.extend(len.to_ne_bytes());
            file.extend(vec![1; 200_000]);
            let bytes = FILE.parse(&file[..], usize::MAX).unwrap();
            let (list, code) = messages(&session(), &bytes);
            assert_eq!((list.len(), code), (1, REFUSED), "{len}");
        }
    }
}
