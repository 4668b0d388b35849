//! The rest of a large dump: one thread reads from the kernel while this one writes what came before.

use super::extack::KernelError;
use super::kernel::{Reader, Reading, receive};
use netlink_sys::Socket;
use nix::errno::Errno;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Datagrams read ahead at most; each is 32 KiB.
const AHEAD: usize = 64;
/// So many are handed over at once, more as the dump turns out to be long: each hand-over may wake a thread, which costs as
/// much as formatting a datagram.
const BUNCH: std::ops::RangeInclusive<usize> = 2..=8;
/// The reader needs no more than a few frames.
const STACK: usize = 64 * 1024;

/// What stands between the two threads.
#[derive(Default)]
struct Shelf {
    full: Vec<Vec<u8>>,
    empty: Vec<Vec<u8>>,
    /// So many have been handed over.
    taken: usize,
    /// The reader has ended: well, or with this.
    ended: Option<Result<(), Errno>>,
    /// Nobody will take what is read.
    gone: bool,
    /// Who sleeps: only they are woken, because waking is a system call.
    writer_sleeps: bool,
    reader_sleeps: bool,
}

#[derive(Default)]
struct Pump {
    shelf: Mutex<Shelf>,
    filled: Condvar,
    emptied: Condvar,
}

impl Shelf {
    /// Whether there is enough for a hand-over.
    fn ready(&self) -> bool {
        self.ended.is_some() || self.full.len() >= (self.taken / 8).clamp(*BUNCH.start(), *BUNCH.end())
    }
}

impl Pump {
    fn lock(&self) -> MutexGuard<'_, Shelf> {
        self.shelf.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The reader: until a datagram ends the dump, an error does, or nobody listens any more.
    fn read(&self, socket: &Socket) {
        let mut buf = Vec::new();
        loop {
            let result = receive(socket, &mut buf);
            let end = result.is_err() || Reading::ends(&buf);
            let mut shelf = self.lock();
            shelf.full.push(buf);
            if end {
                shelf.ended = Some(result);
            }
            if shelf.writer_sleeps && shelf.ready() {
                shelf.writer_sleeps = false;
                // Whoever is woken needs the lock first.
                drop(shelf);
                self.filled.notify_one();
                shelf = self.lock();
            }
            while shelf.full.len() >= AHEAD && !shelf.gone && !end {
                shelf.reader_sleeps = true;
                shelf = self.emptied.wait(shelf).unwrap_or_else(PoisonError::into_inner);
            }
            if shelf.gone || end {
                return;
            }
            buf = shelf.empty.pop().unwrap_or_default();
        }
    }

    /// The writer takes all there is, and gives back what it has used; an error once everything before it was taken.
    fn take(&self, bunch: &mut Vec<Vec<u8>>) -> Result<(), Errno> {
        let mut shelf = self.lock();
        shelf.empty.append(bunch);
        while !shelf.ready() {
            shelf.writer_sleeps = true;
            shelf = self.filled.wait(shelf).unwrap_or_else(PoisonError::into_inner);
        }
        std::mem::swap(&mut shelf.full, bunch);
        shelf.taken += bunch.len();
        let (reader_sleeps, ended) = (std::mem::take(&mut shelf.reader_sleeps), shelf.ended);
        drop(shelf);
        if reader_sleeps {
            self.emptied.notify_one();
        }
        match ended {
            // What a failed read left behind is no datagram.
            Some(Err(e)) if bunch.len() <= 1 => Err(e),
            Some(Err(_)) => {
                bunch.pop();
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

/// Reads a dump to its end; whether the kernel marked it as interrupted.
pub fn run(socket: &Socket, mut dump: Reading, reader: &mut dyn Reader) -> Result<bool, KernelError> {
    let pump = Pump::default();
    std::thread::scope(|scope| {
        let builder = std::thread::Builder::new().stack_size(STACK);
        if builder.spawn_scoped(scope, || pump.read(socket)).is_err() {
            // No thread to be had: read here, one datagram at a time.
            return alone(socket, &mut dump, reader);
        }
        let mut bunch = Vec::new();
        let result = loop {
            if let Err(e) = pump.take(&mut bunch) {
                break Err(KernelError::from_errno(e));
            }
            if bunch.is_empty() {
                break Ok(dump.interrupted);
            }
            bunch.iter().for_each(|datagram| reader.note(&mut dump.messages(datagram)));
            match bunch.iter().try_fold(false, |end, datagram| Ok(end || dump.take(datagram, &mut |m| reader.see(m))?))
            {
                Err(e) => break Err(e),
                Ok(true) => break Ok(dump.interrupted),
                Ok(false) => {}
            }
        };
        pump.leave();
        result
    })
}

fn alone(socket: &Socket, dump: &mut Reading, reader: &mut dyn Reader) -> Result<bool, KernelError> {
    let mut buf = Vec::new();
    loop {
        receive(socket, &mut buf).map_err(KernelError::from_errno)?;
        reader.note(&mut dump.messages(&buf));
        if dump.take(&buf, &mut |m| reader.see(m))? {
            return Ok(dump.interrupted);
        }
    }
}
