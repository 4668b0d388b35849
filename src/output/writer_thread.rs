//! A thread that writes standard output for the monitor, which must not block on a slow reader.

use nix::errno::Errno;
use std::os::fd::{AsFd as _, OwnedFd};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// Bytes of stack: the writer needs no more than a few frames.
const STACK: usize = 64 * 1024;
/// The sleep where there is no deadline; then the wait starts again.
const AGES: Duration = Duration::from_secs(3600);
/// Bytes of capacity that an idle buffer keeps.
const KEPT: usize = 256 * 1024;

#[derive(Default)]
struct State {
    waiting: Vec<u8>,
    /// Bytes that the thread is writing now.
    writing: usize,
    closed: bool,
    /// The owner waits to be told that the backlog is below its limit.
    asked: bool,
    failed: Option<Errno>,
}

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    wake: Condvar,
    done: Condvar,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The owner's handle of the thread.
pub struct WriterThread {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
    fd: Arc<OwnedFd>,
    reader: Reader,
}

/// The type of the descriptor: some can be written to directly without blocking.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reader {
    /// A regular file or /dev/null: a write never blocks.
    File,
    /// A pipe accepts PIECE bytes without blocking when poll(2) says it is writable.
    Pipe,
    Other,
}

/// Bytes: PIPE_BUF of linux/limits.h.
const PIECE: usize = 4096;

fn reader(fd: &OwnedFd) -> Reader {
    use nix::sys::stat::{SFlag, fstat};
    const NULL: u64 = 0x103;
    match fstat(fd) {
        Ok(s) => match SFlag::from_bits_truncate(s.st_mode & SFlag::S_IFMT.bits()) {
            SFlag::S_IFREG => Reader::File,
            SFlag::S_IFCHR if s.st_rdev == NULL => Reader::File,
            SFlag::S_IFIFO => Reader::Pipe,
            _ => Reader::Other,
        },
        Err(_) => Reader::Other,
    }
}

fn is_ready(fd: &OwnedFd) -> bool {
    use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
    let mut fds = [PollFd::new(fd.as_fd(), PollFlags::POLLOUT)];
    poll(&mut fds, PollTimeout::ZERO) == Ok(1) && fds.iter().all(|f| f.revents() == Some(PollFlags::POLLOUT))
}

impl WriterThread {
    /// Starts the thread. It calls `told` when the backlog that `pending` found above its limit has been written, or a
    /// write failed.
    ///
    /// # Errors
    ///
    /// The system cannot create a thread (EAGAIN).
    pub fn start(fd: OwnedFd, told: Box<dyn Fn() + Send>) -> std::io::Result<WriterThread> {
        let (shared, fd) = (Arc::new(Shared::default()), Arc::new(fd));
        let (theirs, their_fd) = (shared.clone(), fd.clone());
        let thread = std::thread::Builder::new().stack_size(STACK);
        let thread = thread.spawn(move || run(&theirs, &their_fd, told.as_ref()))?;
        Ok(WriterThread { shared, thread: Some(thread), reader: reader(&fd), fd })
    }

    /// Queues bytes and empties the buffer; returns the error of an earlier write.
    pub fn submit(&self, bytes: &mut Vec<u8>) -> Option<Errno> {
        let mut state = self.shared.lock();
        let idle = state.waiting.is_empty() && state.writing == 0 && state.failed.is_none();
        let at_once = match self.reader {
            Reader::File => true,
            Reader::Pipe => bytes.len() <= PIECE && is_ready(&self.fd),
            Reader::Other => false,
        };
        if idle && at_once {
            state.failed = super::out::write_all(self.fd.as_fd(), bytes).err();
            bytes.clear();
            return state.failed;
        }
        if state.waiting.is_empty() {
            std::mem::swap(&mut state.waiting, bytes);
        } else {
            state.waiting.extend_from_slice(bytes);
        }
        bytes.clear();
        self.shared.wake.notify_one();
        state.failed
    }

    /// Bytes not yet written; if more than `limit`, `told` will be called when they have been.
    pub fn pending(&self, limit: usize) -> usize {
        let mut state = self.shared.lock();
        let pending = state.waiting.len() + state.writing;
        state.asked = pending > limit;
        pending
    }

    /// The error of the first write that failed.
    pub fn failed(&self) -> Option<Errno> {
        self.shared.lock().failed
    }

    /// Waits up to `limit` for the rest to be written: a reader may never read again. Returns the first error.
    pub fn finish(mut self, limit: Duration) -> Option<Errno> {
        // `None`: no deadline.
        let end = Instant::now().checked_add(limit);
        let mut state = self.shared.lock();
        while (!state.waiting.is_empty() || state.writing > 0) && state.failed.is_none() {
            let left = end.map_or(AGES, |end| end.saturating_duration_since(Instant::now()));
            if left.is_zero() {
                return state.failed;
            }
            (state, _) = self.shared.done.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner);
        }
        state.closed = true;
        let failed = state.failed;
        drop(state);
        self.shared.wake.notify_one();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
        failed
    }
}

fn run(shared: &Shared, fd: &OwnedFd, told: &dyn Fn()) {
    let mut bytes = Vec::new();
    loop {
        {
            let mut state = shared.lock();
            while state.waiting.is_empty() {
                if state.closed {
                    return;
                }
                state = shared.wake.wait(state).unwrap_or_else(PoisonError::into_inner);
            }
            std::mem::swap(&mut state.waiting, &mut bytes);
            state.writing = bytes.len();
        }
        let failed = super::out::write_all(fd.as_fd(), &bytes).err();
        bytes.clear();
        bytes.shrink_to(KEPT);
        let asked = {
            let mut state = shared.lock();
            state.writing = 0;
            state.failed = state.failed.or(failed);
            if state.failed.is_some() {
                state.waiting.clear();
            }
            std::mem::take(&mut state.asked) || failed.is_some()
        };
        shared.done.notify_all();
        if asked {
            told();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_that_stands_still_holds_nobody_up() {
        let (read, write) = nix::unistd::pipe().unwrap();
        let out = WriterThread::start_on(write);
        let mut bytes = vec![7u8; 1 << 20];
        assert!(out.submit(&mut bytes).is_none() && bytes.is_empty());
        out.submit(&mut vec![8u8; 3]);
        assert!(out.pending(0) > 1 << 19, "{}", out.pending(0));
        let reader = std::thread::spawn(move || {
            let mut all = Vec::new();
            let mut buf = vec![0u8; 65536];
            while all.len() < (1 << 20) + 3 {
                let n = nix::unistd::read(&read, &mut buf).unwrap();
                all.extend_from_slice(&buf[..n]);
            }
            all
        });
        assert_eq!(out.finish(Duration::from_secs(20)), None);
        let all = reader.join().unwrap();
        assert_eq!((all.len(), &all[1 << 20..]), ((1 << 20) + 3, &[8u8, 8, 8][..]));
    }

    #[test]
    fn the_end_does_not_wait_for_a_reader_for_ever() {
        let (_read, write) = nix::unistd::pipe().unwrap();
        let out = WriterThread::start_on(write);
        out.submit(&mut vec![7u8; 1 << 20]);
        let began = Instant::now();
        out.finish(Duration::from_millis(50));
        assert!(began.elapsed() < Duration::from_secs(10));
    }

    impl WriterThread {
        fn start_on(fd: OwnedFd) -> WriterThread {
            WriterThread::start(fd, Box::new(|| {})).unwrap()
        }
    }
}
