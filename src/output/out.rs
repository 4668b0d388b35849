//! Buffered standard output. A failed write is remembered and reported once.

use super::fields::Extractor;
use super::writer_thread::WriterThread;
use nix::errno::Errno;
use std::os::fd::{BorrowedFd, RawFd};
use std::time::Duration;

const LIMIT: usize = 64 * 1024;
/// Bytes of output after a checkpoint that can be rewound.
const CHECKPOINT_LIMIT: usize = 8 * 1024 * 1024;

/// The destination of the output.
pub enum Sink {
    /// A file descriptor of the process.
    Fd(RawFd),
    /// Memory (tests, fuzzing, comparisons).
    Memory(Vec<u8>),
    /// A file descriptor that receives the fields of the JSON written here (`-fields`).
    Fields(RawFd, Box<Extractor>),
    /// A thread that writes, so that a slow reader of the output does not block the program.
    Thread(WriterThread),
}

/// The output stream.
pub struct Out {
    /// Output not yet written.
    pub buf: Vec<u8>,
    sink: Sink,
    failed: Option<Errno>,
    /// The offset in the buffer of the checkpoint.
    checkpoint: Option<usize>,
    /// The length from which on `flush_if_full` has something to do.
    check: usize,
}

/// The length at which room for the whole buffer is reserved: short outputs stay small.
const SMALL: usize = LIMIT / 32;

impl Out {
    /// Standard output.
    pub fn stdout() -> Out {
        Out { buf: Vec::new(), sink: Sink::Fd(1), failed: None, checkpoint: None, check: SMALL }
    }

    /// Standard output that extracts these fields from the JSON written here.
    pub fn fields(paths: Vec<Vec<String>>) -> Out {
        Out { sink: Sink::Fields(1, Box::new(Extractor::new(paths))), ..Out::stdout() }
    }

    /// Switches to plain text: what follows is not JSON to extract fields from.
    pub fn text(&mut self) {
        if let Sink::Fields(fd, _) = self.sink {
            self.flush();
            self.sink = Sink::Fd(fd);
        }
    }

    /// Why the fields could not be extracted.
    pub fn wrong(&self) -> Option<&str> {
        if let Sink::Fields(_, extractor) = &self.sink { extractor.wrong() } else { None }
    }

    /// Withholds the output until each of these names has been a key of the object's records.
    pub fn doubt(&mut self, object: &'static str, names: Vec<String>) {
        if let Sink::Fields(_, extractor) = &mut self.sink {
            extractor.doubt(object, names);
        }
    }

    /// A requested name that was never a key, and the object.
    pub fn unseen(&self) -> Option<(&'static str, &str)> {
        if let Sink::Fields(_, extractor) = &self.sink { extractor.unseen() } else { None }
    }

    /// Output to memory.
    pub fn memory() -> Out {
        Out { buf: Vec::new(), sink: Sink::Memory(Vec::new()), failed: None, checkpoint: None, check: SMALL }
    }

    /// Flushes the buffer when it is nearly full.
    #[inline(always)]
    pub fn flush_if_full(&mut self) {
        if self.buf.len() > self.check {
            self.flush_if_limit();
        }
    }

    #[cold]
    fn flush_if_limit(&mut self) {
        // Room for all of it at once: doubled again and again beside another buffer, it would be copied each time.
        if self.buf.capacity() < LIMIT {
            self.buf.reserve(LIMIT);
        }
        self.check = if self.checkpoint.is_some() { CHECKPOINT_LIMIT } else { LIMIT - 4096 };
        if self.buf.len() > self.check {
            self.flush();
        }
    }

    /// Sets a checkpoint: output from here on stays in the buffer while it is small, and can be rewound.
    pub fn checkpoint(&mut self) {
        (self.checkpoint, self.check) = (Some(self.buf.len()), SMALL);
    }

    /// Rewinds to the checkpoint; false if some of the output since has been written.
    pub fn rewind(&mut self) -> bool {
        self.checkpoint.inspect(|at| self.buf.truncate(*at)).is_some()
    }

    /// Drops the checkpoint and keeps the output since.
    pub fn keep(&mut self) {
        (self.checkpoint, self.check) = (None, SMALL);
        self.flush_if_full();
    }

    /// Writes the buffer. An error is kept for [`Out::failed`].
    pub fn flush(&mut self) {
        (self.checkpoint, self.check) = (None, SMALL);
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

    /// Starts a thread that writes. It calls `told` once [`Out::is_behind`] was true and no longer is.
    pub fn hand_over(&mut self, told: Box<dyn Fn() + Send>) {
        self.flush();
        if let Sink::Fd(fd) = self.sink
            && let Ok(own) = borrow(fd).try_clone_to_owned()
            && let Ok(thread) = WriterThread::start(own, told)
        {
            self.sink = Sink::Thread(thread);
        }
    }

    /// Ends the thread; waits up to `limit` for the rest of its output to be written.
    pub fn take_back(&mut self, limit: Duration) {
        self.flush();
        if let Sink::Thread(_) = self.sink
            && let Sink::Thread(thread) = std::mem::replace(&mut self.sink, Sink::Fd(1))
        {
            self.failed = self.failed.or(thread.finish(limit));
        }
    }

    /// Whether the thread has more than `limit` bytes to write; if so, it calls `told` when it has not.
    pub fn is_behind(&self, limit: usize) -> bool {
        if let Sink::Thread(thread) = &self.sink { thread.pending(limit) > limit } else { false }
    }

    /// The error of the first failed write.
    pub fn failed(&self) -> Option<Errno> {
        match &self.sink {
            Sink::Thread(thread) => self.failed.or(thread.failed()),
            _ => self.failed,
        }
    }

    /// The output written to memory.
    pub fn into_bytes(mut self) -> Vec<u8> {
        self.flush();
        match self.sink {
            Sink::Memory(all) => all,
            Sink::Fd(_) | Sink::Fields(..) | Sink::Thread(_) => Vec::new(),
        }
    }
}

/// Writes all bytes; waits if the descriptor is non-blocking.
///
/// # Errors
///
/// What write(2) answers, except for EINTR and EAGAIN; EIO if it writes nothing.
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

/// Writes to stderr in one call, with terminal controls escaped. A failure is ignored: there is nowhere to report it.
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
