//! Read-ahead for large dumps: a second thread receives from the kernel while this one formats what has arrived.

use super::dump::{Consumer, Reading};
use super::extack::KernelError;
use super::kernel::receive;
use netlink_sys::Socket;
use nix::errno::Errno;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Maximum number of datagrams that are read ahead; each is 32 KiB.
const AHEAD: usize = 64;
/// Datagrams per hand-over, growing with the length of the dump: each hand-over may wake a thread, which costs as much
/// as formatting a datagram.
const BATCH: std::ops::RangeInclusive<usize> = 2..=8;
/// Bytes of stack: the reader needs no more than a few frames.
const STACK: usize = 64 * 1024;

/// The state shared by the two threads.
#[derive(Default)]
struct Buffers {
    full: Vec<Vec<u8>>,
    empty: Vec<Vec<u8>>,
    /// Datagrams handed over so far.
    taken: usize,
    /// The reader has ended, with this result.
    ended: Option<Result<(), Errno>>,
    /// The other thread will take nothing more.
    gone: bool,
    /// Which thread sleeps: only that is woken, because waking is a system call.
    writer_sleeps: bool,
    reader_sleeps: bool,
}

#[derive(Default)]
struct ReadAhead {
    buffers: Mutex<Buffers>,
    filled: Condvar,
    emptied: Condvar,
}

impl Buffers {
    /// Whether there is enough for a hand-over.
    fn ready(&self) -> bool {
        self.ended.is_some() || self.full.len() >= (self.taken / 8).clamp(*BATCH.start(), *BATCH.end())
    }
}

impl ReadAhead {
    fn lock(&self) -> MutexGuard<'_, Buffers> {
        self.buffers.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Receives datagrams until one ends the dump, an error occurs, or the other thread has left.
    fn read(&self, socket: &Socket) {
        let mut buf = Vec::new();
        loop {
            let result = receive(socket, &mut buf);
            let end = result.is_err() || Reading::ends(&buf);
            let mut buffers = self.lock();
            buffers.full.push(buf);
            if end {
                buffers.ended = Some(result);
            }
            if buffers.writer_sleeps && buffers.ready() {
                buffers.writer_sleeps = false;
                // The reader that wakes needs the lock first.
                drop(buffers);
                self.filled.notify_one();
                buffers = self.lock();
            }
            while buffers.full.len() >= AHEAD && !buffers.gone && !end {
                buffers.reader_sleeps = true;
                buffers = self.emptied.wait(buffers).unwrap_or_else(PoisonError::into_inner);
            }
            if buffers.gone || end {
                return;
            }
            buf = buffers.empty.pop().unwrap_or_default();
        }
    }

    /// Takes all datagrams received so far and returns the buffers of the last batch to the reader. An error is reported
    /// after everything that was received before it.
    fn take(&self, batch: &mut Vec<Vec<u8>>) -> Result<(), Errno> {
        let mut buffers = self.lock();
        buffers.empty.append(batch);
        while !buffers.ready() {
            buffers.writer_sleeps = true;
            buffers = self.filled.wait(buffers).unwrap_or_else(PoisonError::into_inner);
        }
        std::mem::swap(&mut buffers.full, batch);
        buffers.taken += batch.len();
        let (reader_sleeps, ended) = (std::mem::take(&mut buffers.reader_sleeps), buffers.ended);
        drop(buffers);
        if reader_sleeps {
            self.emptied.notify_one();
        }
        match ended {
            // The buffer of a failed read has no datagram.
            Some(Err(e)) if batch.len() <= 1 => Err(e),
            Some(Err(_)) => {
                batch.pop();
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn leave(&self) {
        self.lock().gone = true;
        self.emptied.notify_one();
    }
}

/// Reads a dump to its end; returns whether the kernel flagged it as interrupted.
///
/// # Errors
///
/// The socket fails, or the kernel ends the dump with an error.
pub fn run(socket: &Socket, mut dump: Reading, consumer: &mut dyn Consumer) -> Result<bool, KernelError> {
    let ahead = ReadAhead::default();
    std::thread::scope(|scope| {
        let builder = std::thread::Builder::new().stack_size(STACK);
        if builder.spawn_scoped(scope, || ahead.read(socket)).is_err() {
            // No thread can be created: read here, one datagram at a time.
            return alone(socket, &mut dump, consumer);
        }
        let mut batch = Vec::new();
        let result = loop {
            if let Err(e) = ahead.take(&mut batch) {
                break Err(KernelError::from_errno(e));
            }
            if batch.is_empty() {
                break Ok(dump.interrupted);
            }
            batch.iter().for_each(|datagram| consumer.preview(&mut dump.messages(datagram)));
            match batch.iter().try_fold(false, |end, datagram| Ok(end || dump.take(datagram, consumer)?)) {
                Err(e) => break Err(e),
                Ok(true) => break Ok(dump.interrupted),
                Ok(false) => {}
            }
        };
        ahead.leave();
        result
    })
}

fn alone(socket: &Socket, dump: &mut Reading, consumer: &mut dyn Consumer) -> Result<bool, KernelError> {
    let mut buf = Vec::new();
    loop {
        receive(socket, &mut buf).map_err(KernelError::from_errno)?;
        consumer.preview(&mut dump.messages(&buf));
        if dump.take(&buf, consumer)? {
            return Ok(dump.interrupted);
        }
    }
}
