//! Files of `save`: a magic number, then messages as the kernel sent them. They may be spoilt or hostile.

use crate::diag::Diag;
use crate::net::attr::{align, u32_at};
use crate::net::kernel::{Message, Messages};
use crate::session::Session;
use crate::show::out::Out;
use std::io::Read as _;

/// More than any real table; what is longer is not read.
const LIMIT: u64 = 1 << 30;

/// One kind of file.
pub struct File {
    /// What is in it, in a message: `address`.
    pub what: &'static str,
    pub magic: u32,
    /// Exit code for a file that is not one.
    pub bad_code: u8,
}

impl File {
    pub fn begin(&self, out: &mut Out) {
        out.buf.extend_from_slice(&self.magic.to_ne_bytes());
    }

    /// Reads standard input: everything after the magic number.
    pub fn read(&self) -> Result<Vec<u8>, Diag> {
        if nix::unistd::isatty(crate::sys::standard(0)).unwrap_or(false) {
            return Err(
                Diag::usage(format!("Can't restore {} dump from a terminal", self.what)).with_code(self.bad_code)
            );
        }
        let mut bytes = Vec::new();
        std::io::stdin()
            .take(LIMIT)
            .read_to_end(&mut bytes)
            .map_err(|e| Diag::fail(format!("Cannot read the dump: {e}")))?;
        let magic = u32_at(&bytes, 0);
        if magic != Some(self.magic) {
            let count = u8::from(magic.is_some());
            return Err(Diag::new(
                self.bad_code,
                format!("Magic mismatch ({count} elems, {:x} magic)", magic.unwrap_or(0)),
            ));
        }
        bytes.drain(..4);
        Ok(bytes)
    }
}

/// A binary stream is not for the eye.
pub fn refuse_terminal() -> Result<(), Diag> {
    if nix::unistd::isatty(crate::sys::standard(1)).unwrap_or(false) {
        return Err(Diag::usage("Not sending a binary stream to stdout"));
    }
    Ok(())
}

pub fn put(out: &mut Out, message: &[u8]) {
    out.buf.extend_from_slice(message);
    let len = out.buf.len() + align(message.len()) - message.len();
    out.buf.resize(len, 0);
    out.settle();
}

/// The messages of a file. Bytes that are none end it, with one warning that says where.
pub fn messages<'a>(s: &Session, bytes: &'a [u8]) -> Vec<Message<'a>> {
    let mut walk = Messages(bytes);
    let mut list = Vec::new();
    for (m, _, _) in walk.by_ref() {
        list.push(m);
    }
    if !walk.0.is_empty() {
        let at = bytes.len() - walk.0.len() + 4;
        s.note(&format!("The dump is spoilt from byte {at} on; what follows is left out.\n"));
    }
    list
}
