//! Sends the changes of a batch without acknowledgements, and with `-force` many in one send.
//!
//! The kernel processes a request during send(2): when that returns, a refusal can be read, and nothing after a
//! success. Several requests in one send are processed in order, regardless of failures; so they can only be combined
//! if the batch continues after errors.

use super::extack::KernelError;
use super::kernel::{Kernel, Messages, error_of};
use super::request::{Protocol, Request, Trail};
use crate::schema::*;
use netlink_packet_core::{NLM_F_ACK, NLM_F_REQUEST, NLMSG_ERROR};
use nix::errno::Errno;
use nix::libc;
use std::cell::{Cell, RefCell};

/// Maximum number of requests per send. If all are refused, their errors fit the receive buffer.
const TOGETHER: usize = 64;
/// Maximum bytes per send; more than the send buffer would be refused.
const BYTES: usize = 32 * 1024;

/// How changes are sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sending {
    /// One by one, each acknowledged: the acknowledgement may carry a warning.
    #[default]
    Acknowledged,
    /// One by one; the kernel only reports refusals.
    Quiet,
    /// Many at once, for this line of a batch; refusals are kept until they are queried.
    Queued(usize),
}

/// A change that was refused after its line had ended.
#[derive(Debug)]
pub struct Refused {
    /// The line of the batch.
    pub line: usize,
    /// The request.
    pub request: Request,
    /// The refusal.
    pub error: KernelError,
}

/// A queued request: its sequence number, its range of bytes, its line and its words.
struct Asked {
    seq: u32,
    from: usize,
    line: usize,
    trail: Trail,
}

/// The unsent requests, and the refusals.
#[derive(Default)]
pub struct Queue {
    /// How requests are sent now: set by the runner of a batch for each line, and by `change_all` for its own requests. It is a
    /// cell because the code of a verb sends the change, and does not know that it runs in a batch.
    pub sending: Cell<Sending>,
    bytes: RefCell<Vec<u8>>,
    asked: RefCell<Vec<Asked>>,
    refused: RefCell<Vec<Refused>>,
}

/// Whether changes of this type never carry a warning, so that none is lost without the acknowledgement.
fn silent(kind: u16) -> bool {
    matches!(
        kind,
        RTM_NEWROUTE
            | RTM_DELROUTE
            | RTM_NEWADDR
            | RTM_DELADDR
            | RTM_NEWNEIGH
            | RTM_DELNEIGH
            | RTM_NEWRULE
            | RTM_DELRULE
    )
}

impl Kernel {
    /// Sends a change in the way of the batch; `None` if it must be acknowledged.
    ///
    /// # Errors
    ///
    /// The kernel's refusal; a queued change is refused later.
    pub(super) fn unacknowledged(&self, request: &Request, flags: u16) -> Option<Result<(), KernelError>> {
        if self.protocol != Protocol::Route || flags != NLM_F_ACK || !silent(request.kind) {
            return None;
        }
        match self.queue.sending.get() {
            Sending::Acknowledged => None,
            Sending::Quiet => Some(self.tell(request)),
            Sending::Queued(line) => {
                self.put(request, line);
                Some(Ok(()))
            }
        }
    }

    /// Sends a change; what can be read afterwards is its refusal.
    fn tell(&self, request: &Request) -> Result<(), KernelError> {
        let seq = self.next_seq();
        let mut bytes = self.queue.bytes.take();
        bytes.clear();
        request.append(&mut bytes, seq, request.flags | NLM_F_REQUEST);
        let sent = self.send(&bytes);
        bytes.clear();
        self.queue.bytes.replace(bytes);
        sent?;
        let mut result = Ok(());
        self.read_refusals(libc::MSG_DONTWAIT, &mut |its_seq, error| {
            if its_seq == seq && error.errno != 0 {
                result = Err(error);
            }
            false
        })
        .map_err(KernelError::from_errno)?;
        result
    }

    /// Sends independent changes in this way, until the first refusal other than the forgiven errnos.
    ///
    /// # Errors
    ///
    /// The first refusal that is not forgiven.
    pub fn change_all(&self, requests: &[Request], forgiven: &[Errno], sending: Sending) -> Result<(), Box<Refused>> {
        let before = self.queue.sending.replace(sending);
        let unforgiven = |one: &Refused| !forgiven.iter().any(|e| one.error.is(*e));
        let known = || self.refused().into_iter().flatten().find(unforgiven);
        let at_once = |request: &Request| {
            let error = self.change(request).err()?;
            Some(Refused { line: 0, request: request.clone(), error }).filter(unforgiven)
        };
        let first = requests.iter().find_map(|request| at_once(request).or_else(known));
        self.flush_queue();
        let rest = known();
        self.queue.sending.set(before);
        first.or(rest).map_or(Ok(()), |one| Err(Box::new(one)))
    }

    fn put(&self, request: &Request, line: usize) {
        if self.queue.bytes.borrow().len() + request.body.len() > BYTES {
            self.flush_queue();
        }
        let seq = self.next_seq();
        let mut bytes = self.queue.bytes.borrow_mut();
        let from = bytes.len();
        request.append(&mut bytes, seq, request.flags | NLM_F_REQUEST);
        drop(bytes);
        let mut asked = self.queue.asked.borrow_mut();
        asked.push(Asked { seq, from, line, trail: request.trail.clone() });
        let full = asked.len() >= TOGETHER;
        drop(asked);
        if full {
            self.flush_queue();
        }
    }

    /// Sends the queued requests and reads the refusals. The last request is acknowledged: when its reply has arrived,
    /// those of all others have.
    pub fn flush_queue(&self) {
        if self.queue.asked.borrow().is_empty() {
            return;
        }
        let mut asked = self.queue.asked.take();
        let mut bytes = self.queue.bytes.take();
        let last = asked.last().map_or(0, |a| a.seq);
        if let Some(flags) = asked.last().and_then(|a| bytes.get_mut(a.from + 6..a.from + 8)) {
            let with = flags.first_chunk().map_or(0, |f| u16::from_ne_bytes(*f)) | NLM_F_ACK;
            flags.copy_from_slice(&with.to_ne_bytes());
        }
        let mut refused = self.queue.refused.borrow_mut();
        let mut refuse = |asked: &mut Asked, error| {
            let request = again(&bytes, asked);
            refused.push(Refused { line: asked.line, request, error });
        };
        let read = match self.send(&bytes) {
            // Nothing was done: the kernel did not accept the datagram.
            Err(e) => Err(Errno::from_raw(e.errno)),
            Ok(()) => self.read_refusals(0, &mut |seq, error| {
                if error.errno != 0
                    && let Some(one) = asked.iter_mut().find(|a| a.seq == seq)
                {
                    refuse(one, error);
                }
                seq == last
            }),
        };
        // Their outcome is unknown, or nothing was done: never send them twice.
        if let Err(e) = read {
            asked.iter_mut().for_each(|one| refuse(one, KernelError::from_errno(e)));
        }
        asked.clear();
        bytes.clear();
        self.queue.asked.replace(asked);
        self.queue.bytes.replace(bytes);
    }

    /// The refusals, in line order; `None` while requests are queued.
    pub fn refused(&self) -> Option<Vec<Refused>> {
        self.queue.asked.borrow().is_empty().then(|| self.queue.refused.take())
    }

    /// Reads replies until `see` is satisfied or, without waiting, until there are no more.
    fn read_refusals(&self, flags: i32, see: &mut dyn FnMut(u32, KernelError) -> bool) -> Result<(), Errno> {
        let mut buf = self.buf.take();
        let result = 'reading: loop {
            match super::kernel::receive_with(self.socket(), &mut buf, flags) {
                Err(Errno::EAGAIN) if flags != 0 => break Ok(()),
                Err(e) => break Err(e),
                Ok(()) => {}
            }
            for (m, seq, port) in Messages(&buf) {
                if port == self.port() && m.kind == NLMSG_ERROR && see(seq, error_of(&m)) {
                    break 'reading Ok(());
                }
            }
        };
        self.buf.replace(buf);
        result
    }
}

/// The request as it was queued.
fn again(bytes: &[u8], asked: &mut Asked) -> Request {
    let message = bytes.get(asked.from..).and_then(|b| Messages(b).next());
    let (kind, flags, body) = message.map_or((0, 0, &[][..]), |(m, ..)| (m.kind, m.flags, m.body));
    let trail = std::mem::take(&mut asked.trail);
    Request { protocol: Protocol::Route, kind, flags: flags & !(NLM_F_REQUEST | NLM_F_ACK), body: body.to_vec(), trail }
}
