//! The guardian: makes the change, and rolls it back unless it is confirmed in time.

use super::control::{self, Ending, Status};
use super::{Trial, tell};
use crate::cli::batch::atomic::Made;
use crate::cli::batch::signals::Signals;
use crate::diag::Diag;
use crate::output::escape::shown;
use crate::undo::Origin;
use nix::errno::Errno;
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use nix::sys::signal::{SigSet, Signal};
use nix::sys::timerfd::TimerFd;
use std::fs::File;
use std::io::{Read as _, Write as _};
use std::os::fd::AsFd as _;
use std::os::unix::net::{UnixListener, UnixStream};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

pub use crate::undo::journal::TRIAL as LABEL;
/// How long the guardian waits for a client that connects and sends nothing.
const PATIENCE: Duration = Duration::from_secs(1);
/// The oom_score_adj of the guardian: other processes are killed first.
const OOM_SCORE: &str = "-900";

/// A change that was made and awaits confirmation.
struct Open<'a> {
    trial: &'a Trial<'a>,
    made: Made,
    origin: Origin,
    started: i64,
    end: Duration,
    child: Option<Child>,
}

/// Runs the guardian in a forked process; returns its exit code.
pub fn guard(trial: &Trial<'_>, mut told: File) -> u8 {
    let mut say = |e: &Ending| drop(told.write_all(e.line().as_bytes()));
    match begin(trial) {
        Err(d) => {
            let code = tell(trial.s, d, trial.words, None);
            say(&Ending::Failed(code));
            code
        }
        Ok(Err(code)) => {
            say(&Ending::Failed(code));
            code
        }
        Ok(Ok(mut open)) => {
            let ended = match wait(&mut open, &mut say) {
                Ok(ended) => ended,
                // The change could no longer be confirmed.
                Err(_) => open.undo(Ending::Undone),
            };
            say(&ended);
            u8::from(ended != Ending::Confirmed)
        }
    }
}

/// Leaves the terminal, and makes the change.
fn begin<'a>(trial: &'a Trial<'a>) -> Result<Result<Open<'a>, u8>, Diag> {
    let failed = |what: &'static str| move |e| Diag::os(what, e);
    nix::unistd::setsid().map_err(failed("setsid failed"))?;
    // Block the signals that would end it with the shell or the connection.
    let mut deaf = SigSet::empty();
    [Signal::SIGHUP, Signal::SIGINT, Signal::SIGQUIT, Signal::SIGTSTP, Signal::SIGPIPE]
        .into_iter()
        .for_each(|s| deaf.add(s));
    deaf.thread_block().map_err(failed("Cannot block signals"))?;
    // Unprivileged users may not lower it.
    let _ = std::fs::write("/proc/self/oom_score_adj", OOM_SCORE);
    let started = now();
    let until = started + i64::try_from(trial.time.as_secs()).unwrap_or(i64::MAX / 2);
    let label = format!("{LABEL} {} ({})", control::clock(until), trial.command());
    let end = crate::wait::now() + trial.time;
    let made = match trial.batch().make(trial.s, &trial.lines, &label, &[Signal::SIGTERM])? {
        Ok(made) => made,
        Err(code) => return Ok(Err(code)),
    };
    let origin = made.journal.record().origin.clone();
    control::forget(&origin);
    Ok(Ok(Open { trial, made, origin, started, end, child: None }))
}

fn now() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.ok().and_then(|d| i64::try_from(d.as_secs()).ok()).unwrap_or(0)
}

/// Waits until the trial ends.
fn wait(open: &mut Open<'_>, say: &mut dyn FnMut(&Ending)) -> Result<Ending, Diag> {
    let path = control::socket(&open.origin)?;
    // The socket may be left by a guardian that was killed: there is one journal per namespace, and this is ours.
    let _ = std::fs::remove_file(&path);
    let failed = |e: std::io::Error| Diag::os("Cannot listen", crate::diag::errno_of(&e));
    let listener = UnixListener::bind(&path).map_err(failed)?;
    let timer = crate::wait::timer(open.end.saturating_sub(crate::wait::now()))?;
    let signals = Signals::block(&[Signal::SIGTERM])?;
    say(&Ending::Made(std::process::id()));
    quiet();
    let ended = open.follow(&listener, &timer, &signals);
    let _ = std::fs::remove_file(&path);
    ended
}

/// Closes the terminal, the shell's pipes and the connection.
fn quiet() {
    let Ok(null) = File::options().read(true).write(true).open("/dev/null") else { return };
    let _ = nix::unistd::dup2_stdin(&null);
    let _ = nix::unistd::dup2_stdout(&null);
    let _ = nix::unistd::dup2_stderr(&null);
    // Other descriptors that a shell left open lack O_CLOEXEC; ours have it.
    for entry in std::fs::read_dir("/proc/self/fd").into_iter().flatten().flatten() {
        let Some(fd) = entry.file_name().to_str().and_then(|n| n.parse::<i32>().ok()).filter(|fd| *fd > 2) else {
            continue;
        };
        if is_inherited(fd) {
            let _ = nix::unistd::close(fd);
        }
    }
}

/// Whether a descriptor lacks O_CLOEXEC.
fn is_inherited(fd: i32) -> bool {
    let info = std::fs::read_to_string(format!("/proc/self/fdinfo/{fd}")).unwrap_or_default();
    let flags = info.lines().find_map(|l| l.strip_prefix("flags:")).map(str::trim);
    flags.and_then(|f| u32::from_str_radix(f, 8).ok()).is_some_and(|f| f & nix::libc::O_CLOEXEC.cast_unsigned() == 0)
}

impl Open<'_> {
    fn follow(&mut self, listener: &UnixListener, timer: &TimerFd, signals: &Signals) -> Result<Ending, Diag> {
        loop {
            let mut fds = [
                PollFd::new(timer.as_fd(), PollFlags::POLLIN),
                PollFd::new(signals.as_fd(), PollFlags::POLLIN),
                PollFd::new(listener.as_fd(), PollFlags::POLLIN),
            ];
            let every = if self.trial.check.is_some() { PollTimeout::from(200u16) } else { PollTimeout::NONE };
            match poll(&mut fds, every) {
                Ok(_) | Err(Errno::EINTR) => {}
                Err(e) => return Err(Diag::os("poll failed", e)),
            }
            let [expired, stopped, asked] = fds.map(|f| f.any().unwrap_or(false));
            if asked
                && let Ok((stream, _)) = listener.accept()
                && let Some(ended) = self.answer(stream)
            {
                return Ok(ended);
            }
            if expired || stopped && signals.pending().is_some() {
                return Ok(self.undo(Ending::Undone));
            }
            if self.succeeds() {
                return Ok(self.confirm());
            }
        }
    }

    /// Whether the command that checks the change has succeeded. It is run again a second after a failure.
    fn succeeds(&mut self) -> bool {
        let Some(words) = &self.trial.check else { return false };
        if let Some(child) = &mut self.child {
            return match child.try_wait() {
                Ok(Some(status)) if status.success() => true,
                Ok(None) => false,
                _ => {
                    self.child = None;
                    std::thread::sleep(PATIENCE);
                    false
                }
            };
        }
        let Some((program, rest)) = words.split_first() else { return false };
        use std::os::unix::ffi::OsStrExt as _;
        let word = |w: &Vec<u8>| std::ffi::OsStr::from_bytes(w).to_os_string();
        let command = Command::new(word(program))
            .args(rest.iter().map(word))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        self.child = command.ok();
        false
    }

    /// Replies to a client; returns the outcome, if the trial has ended.
    fn answer(&mut self, mut stream: UnixStream) -> Option<Ending> {
        let _ = stream.set_read_timeout(Some(PATIENCE));
        let mut what = [0u8; 1];
        stream.read_exact(&mut what).ok()?;
        let ended = match what {
            [control::CONFIRM] => self.confirm(),
            [control::CANCEL] => self.undo(Ending::Cancelled),
            _ => {
                let _ = stream.write_all(self.status("open").text().as_bytes());
                return None;
            }
        };
        let _ = stream.write_all(ended.line().as_bytes());
        Some(ended)
    }

    fn status(&self, state: &str) -> Status {
        let left = self.end.saturating_sub(crate::wait::now());
        let mut lines = Vec::new();
        // All lines could be split when they were read.
        let _ = self.trial.lines.each_line(|_, words| {
            if !words.is_empty() {
                lines.push(words.iter().map(|w| shown(w)).collect::<Vec<_>>().join(" "));
            }
        });
        Status {
            id: std::process::id(),
            started: self.started,
            seconds: self.trial.time.as_secs(),
            left: if state == "open" { u64::try_from(left.as_millis() / 10).unwrap_or(u64::MAX) } else { 0 },
            ended: if state == "open" { 0 } else { now() },
            uid: nix::unistd::getuid().as_raw(),
            command: self.trial.command(),
            lines,
            state: state.into(),
        }
    }

    fn end(&mut self, ended: Ending) -> Ending {
        if let Some(child) = &mut self.child {
            let _ = child.kill();
        }
        control::keep(&self.origin, &self.status(ended.state()));
        ended
    }

    fn confirm(&mut self) -> Ending {
        match self.made.journal.remove() {
            Ok(()) => self.end(Ending::Confirmed),
            // While the journal exists, it could be rolled back later.
            Err(_) => self.undo(Ending::Cancelled),
        }
    }

    fn undo(&mut self, as_what: Ending) -> Ending {
        let clean = self.made.journal.undo().is_ok_and(|left| left.is_empty());
        let removed = clean && self.made.journal.remove().is_ok();
        let path = self.made.journal.shown();
        self.end(if removed { as_what } else { Ending::Broken(path) })
    }
}
