//! Standard output behind one buffer: a write that fails is kept and reported once.

use nix::errno::Errno;
use std::os::fd::{BorrowedFd, RawFd};

const LIMIT: usize = 64 * 1024;

/// Where finished bytes go.
pub enum Sink {
    /// A file descriptor of the process.
    Fd(RawFd),
    /// Kept in memory (tests, fuzzing, comparisons).
    Memory(Vec<u8>),
}

/// The output stream.
pub struct Out {
    pub buf: Vec<u8>,
    sink: Sink,
    failed: Option<Errno>,
}

impl Out {
    pub fn stdout() -> Out {
        Out { buf: Vec::new(), sink: Sink::Fd(1), failed: None }
    }

    pub fn memory() -> Out {
        Out { buf: Vec::new(), sink: Sink::Memory(Vec::new()), failed: None }
    }

    /// Hands the buffer on when it is nearly full.
    pub fn settle(&mut self) {
        if self.buf.len() >= LIMIT - 4096 {
            self.flush();
        }
    }

    /// Writes everything out. Errors are kept for `check`.
    pub fn flush(&mut self) {
        match &mut self.sink {
            Sink::Memory(all) => all.append(&mut self.buf),
            Sink::Fd(fd) => {
                let mut rest = self.buf.as_slice();
                while !rest.is_empty() && self.failed.is_none() {
                    match nix::unistd::write(borrow(*fd), rest) {
                        Ok(0) => self.failed = Some(Errno::EIO),
                        Ok(n) => rest = rest.get(n..).unwrap_or_default(),
                        Err(Errno::EINTR) => {}
                        Err(Errno::EAGAIN) => wait_writable(*fd),
                        Err(e) => self.failed = Some(e),
                    }
                }
                self.buf.clear();
            }
        }
    }

    /// The first write that failed, if any did.
    pub fn failed(&self) -> Option<Errno> {
        self.failed
    }

    /// What was written to memory.
    pub fn into_bytes(mut self) -> Vec<u8> {
        self.flush();
        match self.sink {
            Sink::Memory(all) => all,
            Sink::Fd(_) => Vec::new(),
        }
    }
}

fn wait_writable(fd: RawFd) {
    use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
    let mut fds = [PollFd::new(borrow(fd), PollFlags::POLLOUT)];
    let _ = poll(&mut fds, PollTimeout::NONE);
}

/// Descriptors 0 to 2 live as long as the process.
fn borrow(fd: RawFd) -> BorrowedFd<'static> {
    crate::sys::standard(fd)
}

/// Writes to stderr in one piece; nothing can be done where that fails.
pub fn complain(text: &str) {
    let mut rest = text.as_bytes();
    while !rest.is_empty() {
        match nix::unistd::write(borrow(2), rest) {
            Ok(n) if n > 0 => rest = rest.get(n..).unwrap_or_default(),
            Err(Errno::EINTR) => {}
            _ => return,
        }
    }
}
