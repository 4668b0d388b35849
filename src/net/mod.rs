//! Netlink: the transport, requests with the trail of words, extended acks, and the reader of replies.

pub mod attr;
pub mod dump;
pub mod extack;
pub mod generic;
pub mod interceptor;
pub mod kernel;
pub mod multipath;
pub mod queue;
mod read_ahead;
pub mod request;

pub use attr::{Attrs, Index, Nested};
pub use extack::KernelError;
pub use kernel::{Kernel, Message};
pub use request::{Path, Request, Trail};
