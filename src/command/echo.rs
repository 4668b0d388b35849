//! `-echo`: sends a change with NLM_F_ECHO and prints the notification that the kernel returns.

use crate::net::kernel::{Message, Messages};
use crate::net::{KernelError, Request};
use crate::output::Printer;
use crate::session::Session;
use netlink_packet_core::{NLM_F_ACK, NLM_F_ECHO};
use nix::errno::Errno;

/// Sends a change and returns the kernel's echoed messages, netlink headers included.
///
/// # Errors
///
/// The kernel's refusal; EIO if the socket cannot be opened.
pub fn collect(s: &Session, request: &Request) -> Result<Vec<u8>, KernelError> {
    let mut made = Vec::new();
    let kernel = s.kernel().map_err(|_| KernelError::from_errno(Errno::EIO))?;
    kernel.exchange(request, NLM_F_ACK | NLM_F_ECHO, &mut |m| made.extend_from_slice(m.whole))?;
    Ok(made)
}

/// Sends a change and prints the result that the kernel echoes; `describe` writes one message as a record.
///
/// # Errors
///
/// As [`collect`].
pub fn echo(
    s: &Session,
    request: &Request,
    describe: &mut dyn FnMut(&mut Printer<'_>, &Message<'_>),
) -> Result<(), KernelError> {
    let made = collect(s, request)?;
    s.document(|p| Messages(&made).for_each(|(m, _, _)| describe(p, &m)));
    Ok(())
}
