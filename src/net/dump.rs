//! Reads dumps, and passes their messages to a consumer.
//!
//! The kernel sends a dump in parts, and sets NLM_F_DUMP_INTR if a change in between may have made it inconsistent.
//! [`Kernel::dump`] reads it pass by pass until its [`Consumer`] accepts one: the consumer decides how much of a pass is
//! buffered before it takes messages, whether it can forget what it has taken, and whether a finished pass is accepted.
//! Closures take messages and forget nothing; a `Vec<u8>` keeps them all.

use super::attr::align;
use super::extack::KernelError;
use super::kernel::{Kernel, Message, Messages, done_of, error_of};
use super::request::Request;
use netlink_packet_core::{NLM_F_DUMP, NLM_F_DUMP_INTR, NLM_F_REQUEST, NLMSG_DONE, NLMSG_ERROR, NLMSG_NOOP};
use std::ops::ControlFlow;

/// Bytes of a dump that are buffered, so that a short one can be read again before any of it is taken.
const BUFFERED: usize = 64 * 1024;
/// Maximum number of passes over a dump that the kernel keeps flagging NLM_F_DUMP_INTR.
pub(crate) const PASSES: u32 = 10;

/// How much of a dump is buffered before its consumer takes the first message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Buffering {
    /// All of it.
    Whole,
    /// Up to a limit; what was taken cannot be forgotten.
    Limited,
    /// Little: what was taken can be forgotten, as long as it is not too much.
    Tentative,
}

/// A finished pass over a dump.
#[derive(Default)]
pub struct Pass {
    /// Its number, from 1.
    pub number: u32,
    /// The buffered messages, each aligned; empty if they were too many.
    pub held: Vec<u8>,
    /// The messages were too many to buffer: the consumer has taken them.
    pub is_streamed: bool,
    /// The kernel flagged it NLM_F_DUMP_INTR.
    pub is_interrupted: bool,
}

/// A consumer's decision on a pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The dump is read again.
    Again,
    /// It is complete.
    Done,
    /// It may be incomplete: a warning is printed.
    Doubtful,
}

/// Takes the messages of a dump.
pub trait Consumer {
    /// Takes the next message; `Break`: no more are wanted.
    fn take(&mut self, m: Message<'_>) -> ControlFlow<()>;

    /// Takes the buffered messages, up to the last that is wanted.
    fn take_all(&mut self, held: Vec<u8>) {
        for (m, _, _) in Messages(&held) {
            if self.take(m).is_break() {
                break;
            }
        }
    }

    /// Gets the next messages, in order, before the first of them is taken.
    fn preview(&mut self, _messages: &mut dyn Iterator<Item = Message<'_>>) {}

    /// Forgets what was taken; false if that is impossible.
    fn forget(&mut self) -> bool {
        false
    }

    /// How much to buffer.
    fn buffering(&self) -> Buffering {
        Buffering::Limited
    }

    /// Begins a pass (the first has number 1); returns the number of bytes to buffer before the first message is taken.
    fn begin(&mut self, _number: u32) -> usize {
        match self.buffering() {
            Buffering::Whole => usize::MAX,
            Buffering::Limited | Buffering::Tentative => BUFFERED,
        }
    }

    /// Ends a pass: takes the buffered messages, unless the dump is read again.
    ///
    /// # Errors
    ///
    /// The dump stays inconsistent, and the consumer does not accept that.
    fn end(&mut self, pass: &mut Pass) -> Result<Verdict, KernelError> {
        if pass.is_interrupted && pass.number < PASSES && (!pass.is_streamed || self.forget()) {
            return Ok(Verdict::Again);
        }
        self.take_all(std::mem::take(&mut pass.held));
        Ok(if pass.is_interrupted { Verdict::Doubtful } else { Verdict::Done })
    }
}

impl<F: FnMut(Message<'_>) -> ControlFlow<()>> Consumer for F {
    #[inline(always)]
    fn take(&mut self, m: Message<'_>) -> ControlFlow<()> {
        self(m)
    }
}

/// Keeps the messages, each aligned, as [`Messages`] reads them.
impl Consumer for Vec<u8> {
    fn take(&mut self, m: Message<'_>) -> ControlFlow<()> {
        self.extend_from_slice(m.whole);
        self.resize(align(self.len()), 0);
        ControlFlow::Continue(())
    }

    fn take_all(&mut self, held: Vec<u8>) {
        *self = held;
    }

    fn forget(&mut self) -> bool {
        self.clear();
        true
    }

    fn buffering(&self) -> Buffering {
        Buffering::Whole
    }
}

impl Kernel {
    /// Reads a dump until its consumer accepts a pass. One that fails for lack of memory is read once more.
    ///
    /// # Errors
    ///
    /// The kernel refuses the dump or ends it with an error, or the socket fails.
    pub fn dump(&self, request: &Request, consumer: &mut dyn Consumer) -> Result<(), KernelError> {
        let mut pass = Pass::default();
        let mut is_first_failure = true;
        loop {
            pass = Pass { number: pass.number + 1, held: pass.held, ..Pass::default() };
            pass.held.clear();
            let limit = consumer.begin(pass.number);
            match self.pass(request, limit, &mut pass, consumer) {
                Err(e) if is_first_failure && e.is_memory() && (!pass.is_streamed || consumer.forget()) => {
                    is_first_failure = false;
                    continue;
                }
                other => other?,
            }
            match consumer.end(&mut pass)? {
                Verdict::Again => {}
                Verdict::Done => return Ok(()),
                Verdict::Doubtful => {
                    (self.print_stderr)("Dump was interrupted and may be inconsistent.\n");
                    return Ok(());
                }
            }
        }
    }

    /// Reads a complete dump, for output that must be joined or sorted first.
    ///
    /// # Errors
    ///
    /// As `dump`.
    pub fn collect(&self, request: &Request) -> Result<Vec<u8>, KernelError> {
        let mut all = Vec::new();
        self.dump(request, &mut all)?;
        Ok(all)
    }

    /// Reads a dump once. From `limit` bytes on, the consumer takes messages while they are read.
    fn pass(
        &self,
        request: &Request,
        limit: usize,
        pass: &mut Pass,
        consumer: &mut dyn Consumer,
    ) -> Result<(), KernelError> {
        self.flush_queue();
        let seq = self.next_seq();
        self.send(&request.bytes(seq, request.flags | NLM_F_REQUEST | NLM_F_DUMP))?;
        let mut dump = Reading { seq, port: self.port(), interrupted: false, wanted: true };
        let mut buf = self.buf.take();
        let result = loop {
            if let Err(e) = self.receive(&mut buf) {
                break Err(KernelError::from_errno(e));
            }
            consumer.preview(&mut dump.messages(&buf));
            if !pass.held.is_empty() && pass.held.capacity() < BUFFERED {
                // A long one, so room for all of it: doubled again and again beside the output, it would be copied each time.
                pass.held.reserve(BUFFERED * 3 / 2);
            }
            match dump.take(&buf, &mut pass.held) {
                Err(e) => break Err(e),
                Ok(true) => break Ok(dump.interrupted),
                Ok(false) if pass.held.len() > limit => {
                    pass.is_streamed = true;
                    for (m, _, _) in Messages(&std::mem::take(&mut pass.held)) {
                        if dump.wanted && consumer.take(m).is_break() {
                            dump.wanted = false;
                        }
                    }
                    break super::read_ahead::run(self.socket(), dump, consumer);
                }
                Ok(false) => {}
            }
        };
        self.buf.replace(buf);
        pass.is_interrupted = result?;
        Ok(())
    }
}

/// A dump that is being read.
pub struct Reading {
    seq: u32,
    port: u32,
    /// A message had NLM_F_DUMP_INTR.
    pub interrupted: bool,
    /// The consumer wants more.
    wanted: bool,
}

impl Reading {
    /// The messages of a datagram that are entries of the dump.
    pub fn messages<'a>(&self, datagram: &'a [u8]) -> impl Iterator<Item = Message<'a>> {
        let (seq, port) = (self.seq, self.port);
        Messages(datagram).filter(move |(m, s, p)| *s == seq && *p == port && m.kind > NLMSG_DONE).map(|(m, _, _)| m)
    }

    /// Passes the messages of a datagram on; true at the end of the dump.
    ///
    /// # Errors
    ///
    /// The kernel ends the dump with an error.
    pub fn take(&mut self, datagram: &[u8], consumer: &mut dyn Consumer) -> Result<bool, KernelError> {
        for (m, seq, port) in Messages(datagram) {
            if seq != self.seq || port != self.port {
                continue;
            }
            self.interrupted |= m.flags & NLM_F_DUMP_INTR != 0;
            match m.kind {
                NLMSG_DONE => {
                    let e = done_of(&m);
                    return if e.errno != 0 { Err(e) } else { Ok(true) };
                }
                NLMSG_ERROR => {
                    let e = error_of(&m);
                    if e.errno != 0 {
                        return Err(e);
                    }
                }
                NLMSG_NOOP => {}
                _ if self.wanted => self.wanted = consumer.take(m).is_continue(),
                _ => {}
            }
        }
        Ok(false)
    }

    /// Whether a datagram ends the dump, successfully or not.
    pub fn ends(datagram: &[u8]) -> bool {
        let mut rest = datagram;
        while let Some([l0, l1, l2, l3, k0, k1]) = rest.first_chunk() {
            if matches!(u16::from_ne_bytes([*k0, *k1]), NLMSG_DONE | NLMSG_ERROR) {
                return true;
            }
            let len = usize::try_from(u32::from_ne_bytes([*l0, *l1, *l2, *l3])).unwrap_or(usize::MAX);
            rest = rest.get(align(len.max(16))..).unwrap_or_default();
        }
        false
    }
}
