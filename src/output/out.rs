//! Standard output behind one buffer: a write that fails is kept and reported once.

use super::fields::Extractor;
use super::writer_thread::WriterThread;
use nix::errno::Errno;
use std::os::fd::{BorrowedFd, RawFd};
use std::time::Duration;

const LIMIT: usize = 64 * 1024;
/// Output after a checkpoint up to this size, in bytes, can be rewound.
const CHECKPOINT_LIMIT: usize = 8 * 1024 * 1024;

/// Where finished bytes go.
pub enum Sink {
    /// A file descriptor of the process.
    Fd(RawFd),
    /// Kept in memory (tests, fuzzing, comparisons).
    Memory(Vec<u8>),
    /// A file descriptor that gets the fields of the JSON documents written here.
    Fields(RawFd, Box<Extractor>),
    /// A thread writes, so that a slow reader of the output does not block the program.
    Thread(WriterThread),
}

/// The output stream.
pub struct Out {
    /// What is not written yet.
    pub buf: Vec<u8>,
    sink: Sink,
    failed: Option<Errno>,
    /// Where in the buffer a checkpoint begins.
    checkpoint: Option<usize>,
}

impl Out {
    /// Standard output.
    pub fn stdout() -> Out {
        Out { buf: Vec::new(), sink: Sink::Fd(1), failed: None, checkpoint: None }
    }

    /// Standard output for the fields of what is written in JSON.
    pub fn fields(paths: Vec<Vec<String>>) -> Out {
        Out { sink: Sink::Fields(1, Box::new(Extractor::new(paths))), ..Out::stdout() }
    }

    /// What follows is text, not JSON to take fields from.
    pub fn text(&mut self) {
        if let Sink::Fields(fd, _) = self.sink {
            self.flush();
            self.sink = Sink::Fd(fd);
        }
    }

    /// Why fields could not be taken.
    pub fn wrong(&self) -> Option<&str> {
        if let Sink::Fields(_, extractor) = &self.sink { extractor.wrong() } else { None }
    }

    /// Holds the fields back until each of these names has been a key of the object.
    pub fn doubt(&mut self, object: &'static str, names: Vec<String>) {
        if let Sink::Fields(_, extractor) = &mut self.sink {
            extractor.doubt(object, names);
        }
    }

    /// A name asked for that was no key, and the object.
    pub fn unseen(&self) -> Option<(&'static str, &str)> {
        if let Sink::Fields(_, extractor) = &self.sink { extractor.unseen() } else { None }
    }

    /// Into memory.
    pub fn memory() -> Out {
        Out { buf: Vec::new(), sink: Sink::Memory(Vec::new()), failed: None, checkpoint: None }
    }

    /// Hands the buffer on when it is nearly full.
    #[inline]
    pub fn flush_if_full(&mut self) {
        if self.buf.len() > LIMIT / 32 {
            self.flush_if_limit();
        }
    }

    fn flush_if_limit(&mut self) {
        // Room for all of it at once: doubled again and again beside another buffer, it would be copied each time.
        if self.buf.capacity() < LIMIT {
            self.buf.reserve(LIMIT);
        }
        let limit = if self.checkpoint.is_some() { CHECKPOINT_LIMIT } else { LIMIT - 4096 };
        if self.buf.len() >= limit {
            self.flush();
        }
    }

    /// Sets a checkpoint: what is written from here on stays in the buffer while it is small, and can be rewound.
    pub fn checkpoint(&mut self) {
        self.checkpoint = Some(self.buf.len());
    }

    /// Rewinds to the checkpoint; false if some of the output since has been written.
    pub fn rewind(&mut self) -> bool {
        self.checkpoint.inspect(|at| self.buf.truncate(*at)).is_some()
    }

    /// The checkpoint was right.
    pub fn keep(&mut self) {
        self.checkpoint = None;
        self.flush_if_full();
    }

    /// Writes everything out. Errors are kept for `check`.
    pub fn flush(&mut self) {
        self.checkpoint = None;
        match &mut self.sink {
            Sink::Memory(all) => all.append(&mut self.buf),
            Sink::Thread(thread) => {
                if !self.buf.is_empty() {
                    self.failed = self.failed.or(thread.submit(&mut self.buf));
                }
            }
            Sink::Fields(fd, extractor) => {
                let mut lines = Vec::new();
                extractor.feed(&self.buf, &mut lines);
                if self.failed.is_none() {
                    self.failed = write_all(borrow(*fd), &lines).err();
                }
                self.buf.clear();
            }
            Sink::Fd(fd) => {
                if self.failed.is_none() {
                    self.failed = write_all(borrow(*fd), &self.buf).err();
                }
                self.buf.clear();
                self.buf.shrink_to(2 * LIMIT);
            }
        }
    }

    /// Hands the writing to a thread. It calls `told` when `is_behind` was true and no longer is.
    pub fn hand_over(&mut self, told: Box<dyn Fn() + Send>) {
        self.flush();
        if let Sink::Fd(fd) = self.sink
            && let Ok(own) = borrow(fd).try_clone_to_owned()
            && let Ok(thread) = WriterThread::start(own, told)
        {
            self.sink = Sink::Thread(thread);
        }
    }

    /// Takes the writing back; what is still to be written has `limit` to be taken.
    pub fn take_back(&mut self, limit: Duration) {
        self.flush();
        if let Sink::Thread(_) = self.sink
            && let Sink::Thread(thread) = std::mem::replace(&mut self.sink, Sink::Fd(1))
        {
            self.failed = self.failed.or(thread.finish(limit));
        }
    }

    /// Whether a thread has more than this still to write; if so, it tells when it is done.
    pub fn is_behind(&self, limit: usize) -> bool {
        if let Sink::Thread(thread) = &self.sink { thread.pending(limit) > limit } else { false }
    }

    /// The first write that failed, if any did.
    pub fn failed(&self) -> Option<Errno> {
        match &self.sink {
            Sink::Thread(thread) => self.failed.or(thread.failed()),
            _ => self.failed,
        }
    }

    /// What was written to memory.
    pub fn into_bytes(mut self) -> Vec<u8> {
        self.flush();
        match self.sink {
            Sink::Memory(all) => all,
            Sink::Fd(_) | Sink::Fields(..) | Sink::Thread(_) => Vec::new(),
        }
    }
}

/// Writes all of it, whatever the descriptor's mode.
pub fn write_all(fd: BorrowedFd<'_>, mut rest: &[u8]) -> Result<(), Errno> {
    while !rest.is_empty() {
        match nix::unistd::write(fd, rest) {
            Ok(0) => return Err(Errno::EIO),
            Ok(n) => rest = rest.get(n..).unwrap_or_default(),
            Err(Errno::EINTR) => {}
            Err(Errno::EAGAIN) => wait_writable(fd),
            Err(e) => return Err(e),
        }
    }
    Ok(())
}

fn wait_writable(fd: BorrowedFd<'_>) {
    use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
    let mut fds = [PollFd::new(fd, PollFlags::POLLOUT)];
    let _ = poll(&mut fds, PollTimeout::NONE);
}

/// Descriptors 0 to 2 live as long as the process.
fn borrow(fd: RawFd) -> BorrowedFd<'static> {
    crate::sys::standard(fd)
}

/// Writes to stderr in one piece; nothing can be done where that fails. Nothing that acts on a terminal gets through.
pub fn print_stderr(text: &str) {
    let text = super::escape::guard(text);
    let mut rest = text.as_bytes();
    while !rest.is_empty() {
        match nix::unistd::write(borrow(2), rest) {
            Ok(n) if n > 0 => rest = rest.get(n..).unwrap_or_default(),
            Err(Errno::EINTR) => {}
            _ => return,
        }
    }
}
