//! Received events that are not printed yet: raw, bounded, each with its time and namespace.

use super::print::Origin;
use crate::sys::receive_datagram;
use netlink_sys::Socket;
use nix::errno::Errno;
use std::collections::VecDeque;
use std::os::fd::AsFd as _;
use std::time::SystemTime;

/// Maximum bytes in the queue.
pub const BOUND: usize = 256 * 1024 * 1024;
/// Bytes of overhead per datagram.
const OVERHEAD: usize = 64;
/// Maximum number of datagrams received before some are printed.
const AT_ONCE: usize = 4096;
/// Bytes: the kernel's messages are shorter, except for devices with hundreds of virtual functions.
const DATAGRAM: usize = 64 * 1024;

/// One datagram.
pub struct Packet {
    /// Its time and namespace.
    pub from: Origin,
    /// The datagram.
    pub bytes: Box<[u8]>,
}

/// Datagrams that are not printed yet, bounded in bytes.
pub struct Queue {
    packets: VecDeque<Packet>,
    bytes: usize,
    bound: usize,
    buf: Vec<u8>,
    /// Datagrams dropped because the queue was full.
    pub dropped: u64,
    /// The receive buffer was full (ENOBUFS), or a datagram was truncated.
    pub overrun: bool,
    /// Datagrams that were not from the kernel.
    pub foreign: u64,
}

impl Queue {
    /// An empty queue that holds at most `bound` bytes.
    pub fn new(bound: usize) -> Queue {
        Queue {
            packets: VecDeque::new(),
            bytes: 0,
            bound,
            buf: vec![0; DATAGRAM],
            dropped: 0,
            overrun: false,
            foreign: 0,
        }
    }

    /// Whether the queue is empty.
    pub fn is_empty(&self) -> bool {
        self.packets.is_empty()
    }

    /// Adds a datagram; if there is no room, it is counted as lost.
    pub fn push(&mut self, packet: Packet) {
        let cost = packet.bytes.len() + OVERHEAD;
        if self.bytes + cost > self.bound {
            self.dropped += 1;
            self.overrun = true;
            return;
        }
        self.bytes += cost;
        self.packets.push_back(packet);
    }

    /// The oldest datagram.
    pub fn pop(&mut self) -> Option<Packet> {
        let packet = self.packets.pop_front()?;
        self.bytes = self.bytes.saturating_sub(packet.bytes.len() + OVERHEAD);
        if self.packets.is_empty() && self.packets.capacity() > AT_ONCE {
            self.packets = VecDeque::new();
        }
        Some(packet)
    }

    /// Receives all that the socket has. True if it is empty now; an error ends the watch.
    ///
    /// # Errors
    ///
    /// That of recvmsg(2), except ENOBUFS.
    pub fn fill(&mut self, socket: &Socket) -> Result<bool, Errno> {
        for _ in 0..AT_ONCE {
            match receive_datagram(socket.as_fd(), &mut self.buf) {
                Ok(got) if got.port != 0 => self.foreign += 1,
                Ok(got) => match self.buf.get(..got.len) {
                    Some(bytes) => {
                        let packet =
                            Packet { from: Origin { at: SystemTime::now(), nsid: got.nsid }, bytes: bytes.into() };
                        self.push(packet);
                    }
                    None => {
                        self.overrun = true;
                        self.buf.resize(got.len, 0);
                    }
                },
                Err(Errno::EAGAIN) => return Ok(true),
                Err(Errno::EINTR) => {}
                Err(Errno::ENOBUFS) => self.overrun = true,
                Err(e) => return Err(e),
            }
        }
        Ok(false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_finds_no_room_is_counted() {
        let mut q = Queue::new(1000);
        for _ in 0..20 {
            q.push(Packet { from: Origin::now(), bytes: vec![0; 36].into() });
        }
        assert_eq!((q.dropped, q.overrun), (10, true));
        let mut n = 0;
        while q.pop().is_some() {
            n += 1;
        }
        assert_eq!((n, q.bytes), (10, 0));
    }
}
