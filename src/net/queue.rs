//! Changes of a batch on their way to the kernel: without acknowledgement, and with `-force` many in one send.
//!
//! The kernel works on a request while it is being sent: once `send` returns, a refusal is there to be read, and
//! nothing is there after a success. Many requests in one send are done in order, whatever becomes of the ones
//! before; so only those who go on after an error may put them together.

use super::extack::KernelError;
use super::kernel::{Kernel, Messages, error_of};
use super::request::{Protocol, Request, Trail};
use crate::schema::*;
use netlink_packet_core::{NLM_F_ACK, NLM_F_REQUEST, NLMSG_ERROR};
use nix::errno::Errno;
use nix::libc;
use std::cell::{Cell, RefCell};

/// Requests in one send. If all are refused, their errors fit the socket's buffer.
const TOGETHER: usize = 64;
/// Bytes in one send; more than a send buffer holds would be refused.
const BYTES: usize = 32 * 1024;

/// How changes are sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sending {
    /// One by one, each acknowledged: the kernel may add a warning to its consent.
    #[default]
    Acknowledged,
    /// One by one; only refusals are answered.
    Quiet,
    /// Many at once, for this line of a batch; refusals are kept until they are asked for.
    Queued(usize),
}

/// A change that was refused after its line had been left.
#[derive(Debug)]
pub struct Refused {
    /// The line of the batch.
    pub line: usize,
    /// The request.
    pub request: Request,
    /// The refusal.
    pub error: KernelError,
}

/// A request in the queue: its number, its place among the bytes, its line and its words.
struct Asked {
    seq: u32,
    from: usize,
    line: usize,
    trail: Trail,
}

/// What has not been sent, and what was refused.
#[derive(Default)]
pub struct Queue {
    /// How requests are sent now: set by the runner of a batch for each line, and by `change_all` for its own requests. A cell,
    /// because the change is sent by the code of a verb, which does not know that it runs in a batch.
    pub sending: Cell<Sending>,
    bytes: RefCell<Vec<u8>>,
    asked: RefCell<Vec<Asked>>,
    refused: RefCell<Vec<Refused>>,
}

/// Changes of this kind succeed in silence: no warning is lost with their acknowledgement.
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
    /// A change in the manner of the batch; none where it must be acknowledged.
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

    /// Sends a change; what is then there to be read is its refusal.
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

    /// Changes of which none needs another, sent in this manner: what was refused first, but for the errors that may be.
    /// After that, no more are sent.
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

    /// Sends what is in the queue and reads what was refused of it. The last one is acknowledged: when its answer
    /// has come, those of all others have.
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
            // Nothing was done: the kernel did not take them.
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
        // What became of them cannot be known, or it is known that nothing did: never sent twice.
        if let Err(e) = read {
            asked.iter_mut().for_each(|one| refuse(one, KernelError::from_errno(e)));
        }
        asked.clear();
        bytes.clear();
        self.queue.asked.replace(asked);
        self.queue.bytes.replace(bytes);
    }

    /// What was refused, in the order of the lines; none while something is in the queue.
    pub fn refused(&self) -> Option<Vec<Refused>> {
        self.queue.asked.borrow().is_empty().then(|| self.queue.refused.take())
    }

    /// Reads answers until `see` has what it wants or, without waiting, until there are no more.
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

/// A request as it was put into the queue.
fn again(bytes: &[u8], asked: &mut Asked) -> Request {
    let message = bytes.get(asked.from..).and_then(|b| Messages(b).next());
    let (kind, flags, body) = message.map_or((0, 0, &[][..]), |(m, ..)| (m.kind, m.flags, m.body));
    let trail = std::mem::take(&mut asked.trail);
    Request { protocol: Protocol::Route, kind, flags: flags & !(NLM_F_REQUEST | NLM_F_ACK), body: body.to_vec(), trail }
}
