//! Received events that are not printed yet: raw, bounded, each with its time and namespace.

use super::print::Origin;
use crate::net::attr::{align, u32_at};
use crate::sys::receive_datagram;
use netlink_sys::Socket;
use nix::errno::Errno;
use nix::sys::socket::{MsgFlags, MultiHeaders, NetlinkAddr, recvmmsg};
use std::collections::VecDeque;
use std::io::IoSliceMut;
use std::os::fd::{AsFd as _, AsRawFd as _};
use std::time::SystemTime;

/// Maximum bytes in the queue.
pub const BOUND: usize = 256 * 1024 * 1024;
/// Bytes of overhead per datagram.
const OVERHEAD: usize = 64;
/// Maximum number of datagrams received before some are printed.
const AT_ONCE: usize = 4096;
/// Bytes: the kernel's messages are shorter, except for devices with hundreds of virtual functions.
const DATAGRAM: usize = 64 * 1024;

/// Datagrams received by one system call.
const TOGETHER: usize = 32;

/// One datagram, or several of one message each that were received together.
pub struct Packet {
    /// Its time and namespace.
    pub from: Origin,
    /// The messages.
    pub bytes: Box<[u8]>,
    /// The number of datagrams.
    pub count: usize,
}

/// Datagrams that are not printed yet, bounded in bytes.
pub struct Queue {
    packets: VecDeque<Packet>,
    bytes: usize,
    bound: usize,
    /// Room for a datagram, or, if several are received at once, for each of them.
    buf: Vec<u8>,
    /// The length of such a room.
    room: usize,
    /// The headers of several datagrams; `None`: one is received at a time, with its namespace.
    headers: Option<MultiHeaders<NetlinkAddr>>,
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
            room: DATAGRAM,
            headers: None,
            dropped: 0,
            overrun: false,
            foreign: 0,
        }
    }

    /// The same for a socket that hears only of its own namespace: a system call receives several datagrams.
    pub fn of_own(bound: usize) -> Queue {
        // Pages that no datagram reaches are never used.
        let headers = Some(MultiHeaders::preallocate(TOGETHER, None));
        Queue { buf: vec![0; DATAGRAM * TOGETHER], headers, ..Queue::new(bound) }
    }

    /// Whether the queue is empty.
    pub fn is_empty(&self) -> bool {
        self.packets.is_empty()
    }

    /// Adds a datagram; if there is no room, it is counted as lost.
    pub fn push(&mut self, packet: Packet) {
        let cost = packet.bytes.len() + OVERHEAD;
        if self.bytes + cost > self.bound {
            self.dropped += packet.count as u64;
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
        if self.headers.is_some() {
            for _ in 0..AT_ONCE / TOGETHER {
                match self.receive(socket) {
                    Err(Errno::EAGAIN) => return Ok(true),
                    Err(Errno::EINTR) => {}
                    Err(Errno::ENOBUFS) => self.overrun = true,
                    other => other?,
                }
            }
            return Ok(false);
        }
        for _ in 0..AT_ONCE {
            match receive_datagram(socket.as_fd(), &mut self.buf) {
                Ok(got) if got.port != 0 => self.foreign += 1,
                Ok(got) => match self.buf.get(..got.len) {
                    Some(bytes) => {
                        let from = Origin { at: SystemTime::now(), nsid: got.nsid };
                        self.push(Packet { from, bytes: bytes.into(), count: 1 });
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

    /// Receives several datagrams. Those of one message each, as all events are, go into one packet: received and kept one by one,
    /// an event takes a third more CPU time.
    fn receive(&mut self, socket: &Socket) -> Result<(), Errno> {
        let Some(headers) = &mut self.headers else { return Ok(()) };
        let mut parts: Vec<_> = self.buf.chunks_exact_mut(self.room).map(|part| [IoSliceMut::new(part)]).collect();
        let flags = MsgFlags::MSG_DONTWAIT | MsgFlags::MSG_TRUNC;
        let results = recvmmsg(socket.as_raw_fd(), headers, parts.iter_mut(), flags, None)?;
        let mut got = [(0, 0); TOGETHER];
        for (slot, result) in got.iter_mut().zip(results) {
            *slot = (result.bytes, result.address.map_or(0, |from| from.pid()));
        }
        let from = Origin { at: SystemTime::now(), nsid: None };
        let (mut bytes, mut count, mut longest) = (Vec::new(), 0, 0);
        let buf = std::mem::take(&mut self.buf);
        for (part, (len, port)) in buf.chunks_exact(self.room).zip(got).take_while(|(_, (len, _))| *len > 0) {
            longest = longest.max(len);
            match part.get(..len) {
                _ if port != 0 => self.foreign += 1,
                None => self.overrun = true,
                Some(one) if u32_at(one, 0) == u32::try_from(len).ok() => {
                    bytes.extend_from_slice(one);
                    bytes.resize(align(bytes.len()), 0);
                    count += 1;
                }
                Some(several) => {
                    // What follows a message that is cut short in it must not be lost.
                    if count > 0 {
                        self.push(Packet { from, bytes: std::mem::take(&mut bytes).into(), count });
                    }
                    self.push(Packet { from, bytes: several.into(), count: 1 });
                    count = 0;
                }
            }
        }
        if count > 0 {
            self.push(Packet { from, bytes: bytes.into(), count });
        }
        self.buf = buf;
        if longest > self.room {
            self.room = longest;
            self.buf = vec![0; longest * TOGETHER];
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_finds_no_room_is_counted() {
        let mut q = Queue::new(1000);
        for _ in 0..20 {
            q.push(Packet { from: Origin::now(), bytes: vec![0; 36].into(), count: 1 });
        }
        assert_eq!((q.dropped, q.overrun), (10, true));
        let mut n = 0;
        while q.pop().is_some() {
            n += 1;
        }
        assert_eq!((n, q.bytes), (10, 0));
    }
}
