//! The rest of a large dump: one thread reads from the kernel while this one writes what came before.

use super::extack::KernelError;
use super::kernel::{Flow, Message, Reading, receive};
use netlink_sys::Socket;
use nix::errno::Errno;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

/// Datagrams read ahead at most; each is 32 KiB.
const AHEAD: usize = 3;
/// The reader needs no more than a few frames.
const STACK: usize = 64 * 1024;

/// Reads a dump to its end; whether the kernel marked it as interrupted.
pub fn run(socket: &Socket, mut dump: Reading, see: &mut dyn FnMut(Message<'_>) -> Flow) -> Result<bool, KernelError> {
    let (full, filled) = sync_channel::<Result<Vec<u8>, Errno>>(AHEAD);
    let (empty, emptied) = sync_channel::<Vec<u8>>(AHEAD + 2);
    std::thread::scope(|scope| {
        let builder = std::thread::Builder::new().stack_size(STACK);
        let reader = builder.spawn_scoped(scope, move || read(socket, &full, &emptied));
        if reader.is_err() {
            // No thread to be had: read here, one datagram at a time.
            return alone(socket, &mut dump, see);
        }
        while let Ok(datagram) = filled.recv() {
            let datagram = datagram.map_err(KernelError::from_errno)?;
            if dump.take(&datagram, see)? {
                return Ok(dump.interrupted);
            }
            // The reader takes the buffer again, if it still reads.
            let _ = empty.try_send(datagram);
        }
        Ok(dump.interrupted)
    })
}

/// The reader: until a datagram ends the dump, an error does, or nobody listens any more.
fn read(socket: &Socket, full: &SyncSender<Result<Vec<u8>, Errno>>, emptied: &Receiver<Vec<u8>>) {
    loop {
        let mut buf = emptied.try_recv().unwrap_or_default();
        let result = receive(socket, &mut buf);
        let end = result.is_err() || Reading::ends(&buf);
        if full.send(result.map(|()| buf)).is_err() || end {
            return;
        }
    }
}

fn alone(socket: &Socket, dump: &mut Reading, see: &mut dyn FnMut(Message<'_>) -> Flow) -> Result<bool, KernelError> {
    let mut buf = Vec::new();
    loop {
        receive(socket, &mut buf).map_err(KernelError::from_errno)?;
        if dump.take(&buf, see)? {
            return Ok(dump.interrupted);
        }
    }
}
