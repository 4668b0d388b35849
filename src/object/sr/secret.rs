//! Prompts for a secret on the terminal without echo, like getpass(3).

use crate::diag::Diag;
use crate::output::out::write_all;
use nix::errno::Errno;
use nix::sys::termios::{LocalFlags, SetArg, tcgetattr, tcsetattr};
use std::fs::OpenOptions;
use std::os::fd::{AsFd as _, BorrowedFd};
use std::os::unix::fs::OpenOptionsExt as _;

/// Prompts on the terminal and reads a line from it; without a terminal, prompts on stderr and reads stdin.
///
/// # Errors
///
/// The line cannot be read.
pub fn ask(prompt: &str) -> Result<Vec<u8>, Diag> {
    let terminal = OpenOptions::new().read(true).write(true).custom_flags(nix::libc::O_NOCTTY).open("/dev/tty");
    match &terminal {
        Ok(terminal) => silently(terminal.as_fd(), terminal.as_fd(), prompt),
        Err(_) => silently(crate::sys::standard(0), crate::sys::standard(2), prompt),
    }
    .map_err(|e| Diag::os("Cannot read the secret", e))
}

/// Reads a line with the terminal's echo turned off.
fn silently(input: BorrowedFd<'_>, output: BorrowedFd<'_>, prompt: &str) -> Result<Vec<u8>, Errno> {
    let before = tcgetattr(input).ok();
    if let Some(before) = &before {
        let mut quiet = before.clone();
        quiet.local_flags.remove(LocalFlags::ECHO | LocalFlags::ISIG);
        tcsetattr(input, SetArg::TCSAFLUSH, &quiet)?;
    }
    let line = write_all(output, prompt.as_bytes()).and_then(|()| line(input));
    if let Some(before) = &before {
        let _ = tcsetattr(input, SetArg::TCSAFLUSH, before);
        let _ = write_all(output, b"\n");
    }
    line
}

/// Reads one line byte by byte, so that nothing after it is consumed.
fn line(input: BorrowedFd<'_>) -> Result<Vec<u8>, Errno> {
    let mut line = Vec::new();
    let mut byte = [0];
    loop {
        match nix::unistd::read(input, &mut byte) {
            Ok(0) => return Ok(line),
            Ok(_) if byte == [b'\n'] => return Ok(line),
            Ok(_) => line.extend_from_slice(&byte),
            Err(Errno::EINTR) => {}
            Err(e) => return Err(e),
        }
    }
}
