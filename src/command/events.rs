//! Follows the events of a generic netlink family: `mptcp monitor`, `ioam monitor`.

use super::stamp;
use crate::diag::Diag;
use crate::net::Kernel;
use crate::net::generic::{FamilyName, GENLMSGHDR};
use crate::net::kernel::{Message, Messages};
use crate::net::request::Protocol;
use crate::output::Printer;
use crate::session::Session;
use nix::errno::Errno;
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use nix::sys::signal::{SigSet, Signal};
use nix::sys::signalfd::{SfdFlags, SignalFd};
use std::os::fd::AsFd as _;
use std::time::SystemTime;

/// A multicast group of a family.
pub struct Group {
    /// The family.
    pub family: &'static FamilyName,
    /// The group.
    pub name: &'static str,
    /// Whose events they are, for errors.
    pub whose: &'static str,
    /// Whether SIGINT and SIGTERM end with exit code 0; otherwise they kill the program.
    pub ends: bool,
    /// The exit code where the kernel refuses the subscription.
    pub refused: u8,
}

/// Prints each event of a group until SIGINT, SIGTERM or the end of the output. In JSON the events are the elements of
/// one array. `describe` gets the command and the attributes of an event, in an open object.
///
/// # Errors
///
/// The kernel lacks the family, or refuses the subscription.
pub fn follow(s: &Session, group: &Group, describe: &dyn Fn(&mut Printer<'_>, u8, &[u8])) -> Result<u8, Diag> {
    let (_, family) = s.generic(group.family)?;
    let mut kernel = Kernel::open_protocol(Protocol::Generic, s.options.rcvbuf)?;
    let number = family.group(group.name).ok_or(Errno::ENOENT);
    number.and_then(|number| kernel.join(number)).map_err(|e| {
        let what = format!("can't subscribe to {} events: {}", group.whose, e.desc());
        Diag::new(group.refused, what).with_errno(e as i32)
    })?;
    let mask = SigSet::from_iter([Signal::SIGINT, Signal::SIGTERM]);
    mask.thread_block().map_err(|e| Diag::os("Cannot block signals", e))?;
    let ended = SignalFd::with_flags(&mask, SfdFlags::SFD_CLOEXEC | SfdFlags::SFD_NONBLOCK)
        .map_err(|e| Diag::os("Cannot watch for signals", e))
        .and_then(|signals| {
            s.document(|p| {
                p.out.flush();
                run(s, &kernel, &signals, p, describe)
            })
        });
    let _ = mask.thread_unblock();
    match ended? {
        Some(signal) if !group.ends => {
            s.flush();
            crate::sys::die_of(signal);
            Ok(u8::try_from(128 + signal as i32).unwrap_or(u8::MAX))
        }
        _ => Ok(0),
    }
}

fn run(
    s: &Session,
    kernel: &Kernel,
    signals: &SignalFd,
    p: &mut Printer<'_>,
    describe: &dyn Fn(&mut Printer<'_>, u8, &[u8]),
) -> Result<Option<Signal>, Diag> {
    let mut buf = Vec::new();
    loop {
        let output = crate::sys::standard(1);
        let mut fds = [
            PollFd::new(kernel.socket().as_fd(), PollFlags::POLLIN),
            PollFd::new(signals.as_fd(), PollFlags::POLLIN),
            // Without events, poll(2) still reports POLLERR once a pipe has no reader.
            PollFd::new(output, PollFlags::empty()),
        ];
        match poll(&mut fds, PollTimeout::NONE) {
            Ok(_) | Err(Errno::EINTR) => {}
            Err(e) => return Err(Diag::os("poll failed", e)),
        }
        let [events, signal, closed] = fds.map(|fd| fd.any().unwrap_or(false));
        if events {
            match kernel.receive(&mut buf) {
                Ok(()) => {}
                Err(Errno::EINTR | Errno::EAGAIN) => continue,
                Err(Errno::ENOBUFS) => {
                    s.note("events were lost: the receive buffer was full\n");
                    continue;
                }
                Err(e) => return Err(Diag::os("receive failed", e)),
            }
            // Devices may have been renamed since the last event.
            s.forget_all();
            let at = SystemTime::now();
            for (m, _, _) in Messages(&buf) {
                event(s, p, &m, at, describe);
            }
            p.out.flush();
        } else if signal {
            // Consume the signal, or it is delivered once signals are unblocked.
            let taken = signals.read_signal().ok().flatten();
            let number = taken.and_then(|taken| i32::try_from(taken.ssi_signo).ok());
            return Ok(number.and_then(|number| Signal::try_from(number).ok()));
        }
        if closed || p.out.failed().is_some() {
            return Ok(None);
        }
    }
}

fn event(
    s: &Session,
    p: &mut Printer<'_>,
    m: &Message<'_>,
    at: SystemTime,
    describe: &dyn Fn(&mut Printer<'_>, u8, &[u8]),
) {
    let (Some(command), Some(attrs)) = (m.body.first(), m.body.get(GENLMSGHDR..)) else { return };
    p.object(None);
    stamp::item(s, p, at);
    describe(p, *command, attrs);
    p.close();
}
