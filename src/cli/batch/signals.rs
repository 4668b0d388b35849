//! Delays signals during atomic changes.

use crate::diag::Diag;
use nix::sys::signal::{SigSet, Signal};
use nix::sys::signalfd::{SfdFlags, SignalFd};
use std::os::fd::{AsFd as _, BorrowedFd};

/// The signals that usually end a program: from a terminal, from another process, or through a closed pipe.
pub const ENDING: [Signal; 5] = [Signal::SIGINT, Signal::SIGTERM, Signal::SIGHUP, Signal::SIGQUIT, Signal::SIGPIPE];

/// Signals that would end the program are held until the current line is done; then the batch is rolled back.
pub struct Signals {
    fd: SignalFd,
    before: SigSet,
}

impl Signals {
    /// Blocks these signals.
    ///
    /// # Errors
    ///
    /// A system call fails: EMFILE, for example.
    pub fn block(signals: &[Signal]) -> Result<Signals, Diag> {
        let mut set = SigSet::empty();
        signals.iter().for_each(|s| set.add(*s));
        let failed = |e| Diag::os("Cannot catch signals", e);
        let fd = SignalFd::with_flags(&set, SfdFlags::SFD_NONBLOCK | SfdFlags::SFD_CLOEXEC).map_err(failed)?;
        let before = SigSet::thread_get_mask().map_err(failed)?;
        set.thread_block().map_err(failed)?;
        Ok(Signals { fd, before })
    }

    /// A descriptor that is readable once a signal is pending.
    pub fn as_fd(&self) -> BorrowedFd<'_> {
        self.fd.as_fd()
    }

    /// A pending signal.
    pub fn pending(&self) -> Option<Signal> {
        let info = self.fd.read_signal().ok()??;
        i32::try_from(info.ssi_signo).ok().and_then(|n| Signal::try_from(n).ok())
    }
}

impl Drop for Signals {
    fn drop(&mut self) {
        // A signal that came too late must not end the program after everything is done.
        while self.pending().is_some() {}
        let _ = self.before.thread_set_mask();
    }
}
