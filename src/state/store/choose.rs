//! What is kept of a dump while it is read.

use crate::net::dump::{Buffering, Consumer, PASSES, Pass, Verdict};
use crate::net::{KernelError, Message};
use crate::state::{ObjectType, route_table};
use nix::errno::Errno;
use std::ops::ControlFlow;

/// Selects the entries of a dump to keep.
pub trait Choose {
    /// Receives the next entry; adds it to `list` to keep it.
    fn take(&mut self, body: &[u8], list: &mut Vec<Vec<u8>>);
    /// The dump has ended.
    fn end(&mut self, _list: &mut Vec<Vec<u8>>) {}
    /// The dump begins again.
    fn reset(&mut self) {}
}

/// Keeps the entries that match.
pub struct Matching<'a>(pub &'a dyn Fn(&[u8]) -> bool);

impl Choose for Matching<'_> {
    fn take(&mut self, body: &[u8], list: &mut Vec<Vec<u8>>) {
        if (self.0)(body) {
            list.push(body.to_vec());
        }
    }
}

/// Keeps all entries.
pub struct Everything;

impl Choose for Everything {
    fn take(&mut self, body: &[u8], list: &mut Vec<Vec<u8>>) {
        list.push(body.to_vec());
    }
}

/// The reader of a dump that may begin again.
pub struct Chosen<'a> {
    /// The type of the messages that list entries.
    pub new: u16,
    /// For a family that it lacks, the kernel lists those of all families.
    pub family: u8,
    /// The routing table that was asked for; kernels before 4.20 list all.
    pub table: Option<u32>,
    /// What is kept.
    pub list: &'a mut Vec<Vec<u8>>,
    /// What selects.
    pub choose: &'a mut dyn Choose,
}

impl Chosen<'_> {
    fn is_asked(&self, m: &Message<'_>) -> bool {
        // `rtm_table` holds the small ones.
        let own = |table: u32| match u8::try_from(table) {
            Ok(table) => m.body.get(4) == Some(&table),
            Err(_) => route_table(m.body, &ObjectType::Route.index(m.body)) == Some(table),
        };
        m.kind == self.new && (self.family == 0 || m.body.first() == Some(&self.family)) && self.table.is_none_or(own)
    }
}

impl Consumer for Chosen<'_> {
    fn take(&mut self, m: Message<'_>) -> ControlFlow<()> {
        if self.is_asked(&m) {
            self.choose.take(m.body, self.list);
        }
        ControlFlow::Continue(())
    }

    fn forget(&mut self) -> bool {
        self.list.clear();
        self.choose.reset();
        true
    }

    fn buffering(&self) -> Buffering {
        Buffering::Tentative
    }

    fn end(&mut self, pass: &mut Pass) -> Result<Verdict, KernelError> {
        if !pass.is_interrupted {
            self.take_all(std::mem::take(&mut pass.held));
            return Ok(Verdict::Done);
        }
        // What is derived from the store must not rest on an inconsistent dump; another pass over a short one costs little.
        if pass.number >= if pass.is_streamed { PASSES } else { PASSES * PASSES } {
            let message = Some(b"Dump was interrupted".to_vec());
            return Err(KernelError { message, ..KernelError::from_errno(Errno::EAGAIN) });
        }
        if pass.is_streamed {
            self.forget();
        }
        Ok(Verdict::Again)
    }
}
