//! The transport: a netlink socket with sequence numbers, acknowledgements and replies. Dumps are in `dump`.
//!
//! # Errors
//!
//! Functions fail with the kernel's refusal, or with the errno of the socket: ENOBUFS if the receive buffer was full.

use super::attr::{align, u32_at};
use super::extack::KernelError;
use super::interceptor::{Interceptor, changes};
use super::queue::Queue;
use super::request::{Protocol, Request};
use crate::diag::{Diag, FAIL, errno_of};
use crate::schema::NLMSG_HDRLEN;
use netlink_packet_core::{
    NLM_F_ACK, NLM_F_ACK_TLVS, NLM_F_CAPPED, NLM_F_REQUEST, NLMSG_DONE, NLMSG_ERROR, NLMSG_NOOP,
};
use netlink_sys::{Socket, SocketAddr};
use nix::errno::Errno;
use nix::libc;
use std::cell::{Cell, OnceCell, RefCell};
use std::io;
use std::rc::Rc;

/// Bytes: the kernel never fills more in one read.
const READ: usize = 32 * 1024;
/// A message of a reply.
#[derive(Clone, Copy, Debug)]
pub struct Message<'a> {
    /// `nlmsg_type`.
    pub kind: u16,
    /// `nlmsg_flags`.
    pub flags: u16,
    /// What follows the netlink header.
    pub body: &'a [u8],
    /// The message with its header.
    pub whole: &'a [u8],
}

/// The messages of one datagram, each with its sequence number and port.
pub struct Messages<'a>(pub &'a [u8]);

impl<'a> Iterator for Messages<'a> {
    type Item = (Message<'a>, u32, u32);

    #[inline(always)]
    fn next(&mut self) -> Option<Self::Item> {
        let head: &[u8; NLMSG_HDRLEN] = self.0.first_chunk()?;
        let [l0, l1, l2, l3, k0, k1, f0, f1, s0, s1, s2, s3, p0, p1, p2, p3] = *head;
        let len = u32::from_ne_bytes([l0, l1, l2, l3]) as usize;
        let whole = self.0.get(..len)?;
        let body = whole.get(NLMSG_HDRLEN..)?;
        let (kind, flags) = (u16::from_ne_bytes([k0, k1]), u16::from_ne_bytes([f0, f1]));
        let (seq, port) = (u32::from_ne_bytes([s0, s1, s2, s3]), u32::from_ne_bytes([p0, p1, p2, p3]));
        self.0 = self.0.get(align(len)..).unwrap_or_default();
        Some((Message { kind, flags, body, whole }, seq, port))
    }
}

/// A socket to one netlink protocol of the kernel.
pub struct Kernel {
    pub(super) socket: Socket,
    pub(super) protocol: Protocol,
    port: u32,
    seq: Cell<u32>,
    interceptor: OnceCell<Rc<dyn Interceptor>>,
    pub(super) buf: RefCell<Vec<u8>>,
    /// Requests whose replies are not read yet.
    pub queue: Rc<Queue>,
    /// Prints warnings, and reports dumps that stayed inconsistent.
    pub print_stderr: fn(&str),
}

impl Kernel {
    /// Opens NETLINK_ROUTE with extended ack and strict checking.
    pub fn open(rcvbuf: u32) -> Result<Kernel, Diag> {
        Kernel::open_protocol(Protocol::Route, rcvbuf)
    }

    /// Opens a socket of a protocol; `rcvbuf` is the receive buffer, in bytes.
    ///
    /// # Errors
    ///
    /// The kernel lacks the protocol, or the process is out of descriptors.
    pub fn open_protocol(protocol: Protocol, rcvbuf: u32) -> Result<Kernel, Diag> {
        let mut socket = Socket::new(protocol.number()).map_err(|e| os("Cannot open netlink socket", &e))?;
        let addr = socket.bind_auto().map_err(|e| os("Cannot bind netlink socket", &e))?;
        // Kernels before 4.12 and 4.20 lack these; the replies are then less detailed, not wrong.
        let _ = socket.set_ext_ack(true);
        let _ = socket.set_cap_ack(true);
        let _ = socket.set_netlink_get_strict_chk(true);
        let _ = socket.set_rx_buf_sz(i32::try_from(rcvbuf).unwrap_or(i32::MAX));
        Ok(Kernel {
            socket,
            protocol,
            port: addr.port_number(),
            seq: Cell::new(0),
            buf: RefCell::new(Vec::new()),
            interceptor: OnceCell::new(),
            queue: Rc::default(),
            print_stderr: |text| crate::output::out::print_stderr(text),
        })
    }

    /// Shows every change to an interceptor before it is sent.
    pub fn intercept(&self, interceptor: Rc<dyn Interceptor>) {
        let _ = self.interceptor.set(interceptor);
    }

    /// Gives the socket a queue that was created before it.
    pub fn with_queue(self, queue: Rc<Queue>) -> Kernel {
        Kernel { queue, ..self }
    }

    /// The socket.
    pub fn socket(&self) -> &Socket {
        &self.socket
    }

    /// The cookie of the socket's network namespace (SO_NETNS_COOKIE).
    pub fn cookie(&self) -> Result<u64, Errno> {
        crate::sys::netns_cookie(&self.socket)
    }

    /// The netlink port id of the socket.
    pub fn port(&self) -> u32 {
        self.port
    }

    pub(super) fn next_seq(&self) -> u32 {
        let seq = self.seq.get().wrapping_add(1).max(1);
        self.seq.set(seq);
        seq
    }

    pub(super) fn send(&self, bytes: &[u8]) -> Result<(), KernelError> {
        loop {
            match self.socket.send_to(bytes, &SocketAddr::new(0, 0), 0) {
                Ok(_) => return Ok(()),
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                Err(e) => return Err(KernelError::from_errno(errno_of(&e))),
            }
        }
    }

    /// Reads one datagram from the kernel into `buf`; those of other senders are dropped.
    pub fn receive(&self, buf: &mut Vec<u8>) -> Result<(), Errno> {
        receive(&self.socket, buf)
    }

    /// Sends a request and waits for its acknowledgement; earlier messages go to `see`.
    pub fn exchange(&self, request: &Request, flags: u16, see: &mut dyn FnMut(Message<'_>)) -> Result<(), KernelError> {
        if let Some(interceptor) = self.interceptor.get()
            && self.protocol == Protocol::Route
            && changes(request.kind)
            && !interceptor.request(request)?
        {
            return Ok(());
        }
        if let Some(told) = self.unacknowledged(request, flags) {
            return told;
        }
        self.flush_queue();
        let seq = self.next_seq();
        self.send(&request.bytes(seq, request.flags | flags | NLM_F_REQUEST))?;
        let mut buf = self.buf.take();
        let result = self.answers(&mut buf, seq, flags & NLM_F_ACK != 0, see);
        self.buf.replace(buf);
        result
    }

    fn answers(
        &self,
        buf: &mut Vec<u8>,
        seq: u32,
        ack: bool,
        see: &mut dyn FnMut(Message<'_>),
    ) -> Result<(), KernelError> {
        loop {
            self.receive(buf).map_err(KernelError::from_errno)?;
            let mut answered = false;
            for (m, its_seq, port) in Messages(buf) {
                if its_seq != seq || port != self.port {
                    continue;
                }
                match m.kind {
                    NLMSG_ERROR => {
                        let e = error_of(&m);
                        if e.errno != 0 {
                            return Err(e);
                        }
                        if e.message.is_some() {
                            (self.print_stderr)(&format!("{}\n", e.line()));
                        }
                        return Ok(());
                    }
                    NLMSG_DONE => return Ok(()),
                    NLMSG_NOOP => {}
                    _ => {
                        see(m);
                        answered = true;
                    }
                }
            }
            if answered && !ack {
                return Ok(());
            }
        }
    }

    /// Sends a change and waits for its acknowledgement.
    pub fn change(&self, request: &Request) -> Result<(), KernelError> {
        self.exchange(request, NLM_F_ACK, &mut |_| {})
    }

    /// Sends a request with a single reply; returns the reply with its header.
    pub fn ask(&self, request: &Request) -> Result<Vec<u8>, KernelError> {
        let mut answer = Vec::new();
        self.exchange(request, 0, &mut |m| answer = m.whole.to_vec())?;
        if answer.is_empty() {
            return Err(KernelError::from_errno(Errno::ENOENT));
        }
        Ok(answer)
    }
}

/// Reads one datagram from the kernel into `buf`; those of other senders are dropped.
pub fn receive(socket: &Socket, buf: &mut Vec<u8>) -> Result<(), Errno> {
    receive_with(socket, buf, 0)
}

/// [`receive`] with flags of recv(2).
pub(super) fn receive_with(socket: &Socket, buf: &mut Vec<u8>, flags: i32) -> Result<(), Errno> {
    loop {
        buf.clear();
        buf.reserve(READ);
        match socket.recv_from(buf, libc::MSG_TRUNC | flags) {
            Ok((len, _)) if len > buf.len() => {
                // Larger than the kernel promises: grow for the caller's next try.
                buf.reserve(len);
                return Err(Errno::EMSGSIZE);
            }
            Ok((_, from)) if from.port_number() != 0 => {}
            Ok(_) => return Ok(()),
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => return Err(errno_of(&e)),
        }
    }
}

fn os(what: &str, e: &io::Error) -> Diag {
    Diag::new(FAIL, format!("{what}: {}", crate::diag::errno_text(errno_of(e) as i32)))
}

/// The content of an NLMSG_ERROR message.
pub fn error_of(m: &Message<'_>) -> KernelError {
    let errno = u32_at(m.body, 0).map_or(libc::EPROTO, |v| v.cast_signed().saturating_neg());
    let mut tlvs: &[u8] = &[];
    if m.flags & NLM_F_ACK_TLVS != 0 {
        let inner = if m.flags & NLM_F_CAPPED != 0 {
            16
        } else {
            u32_at(m.body, 4).and_then(|v| usize::try_from(v).ok()).unwrap_or(16)
        };
        tlvs = m.body.get(4 + align(inner)..).unwrap_or_default();
    }
    KernelError::parse(errno, tlvs)
}

/// The content of an NLMSG_DONE message.
pub(super) fn done_of(m: &Message<'_>) -> KernelError {
    let code = u32_at(m.body, 0).map_or(0, u32::cast_signed);
    let tlvs = m.body.get(4..).unwrap_or_default();
    let mut e = KernelError::parse(if code < 0 { code.saturating_neg() } else { 0 }, tlvs);
    e.dump = true;
    e
}
