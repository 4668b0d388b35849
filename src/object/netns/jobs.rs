//! `-all -jobs N netns exec`: a command in many namespaces at once. Each command's output is buffered until it ends,
//! and printed in the order of the names.

use super::enter;
use crate::diag::{Diag, FAIL, USAGE, errno_of};
use crate::output::Printer;
use crate::output::out::{self, Out};
use crate::session::Session;
use nix::errno::Errno;
use nix::sys::memfd::{MFdFlags, memfd_create};
use nix::sys::wait::{WaitStatus, waitpid};
use nix::unistd::{Pid, dup2_stderr, dup2_stdin, dup2_stdout};
use std::collections::VecDeque;
use std::fs::File;
use std::os::fd::{AsFd as _, OwnedFd};
use std::os::unix::fs::FileExt as _;

/// A running command.
struct Job {
    name: Vec<u8>,
    pid: Pid,
    out: File,
    err: File,
    ended: Option<WaitStatus>,
}

/// The exit code of a command, as a shell has it: 128 and the signal if a signal killed it.
pub fn exit_code(ended: WaitStatus) -> u8 {
    match ended {
        WaitStatus::Exited(_, code) => u8::try_from(code & 0xff).unwrap_or(USAGE),
        WaitStatus::Signaled(_, signal, _) => 128u8.saturating_add(u8::try_from(signal as i32).unwrap_or(127)),
        _ => 0,
    }
}

/// Runs a command in each of these namespaces.
///
/// As in iproute2, the commands' exit codes are ignored; with `-fail`, one that failed makes the exit code 1. With
/// `-jobs` or `-fail`, and `-json`, the exit codes are printed as a document on stderr after everything else.
///
/// # Errors
///
/// A command cannot be started.
pub fn all(s: &Session, names: Vec<Vec<u8>>, command: &[Vec<u8>]) -> Result<u8, Diag> {
    let o = &s.options;
    let mut results: Vec<(Vec<u8>, WaitStatus)> = Vec::new();
    let run = match o.jobs > 1 {
        true => at_once(s, names, command, &mut results),
        false => one_by_one(s, names, command, &mut results),
    };
    if o.json && (o.jobs > 1 || o.fail) {
        s.flush();
        let mut out = Out::memory();
        let mut p = Printer::new(&mut out, s.format());
        p.begin();
        for (name, ended) in &results {
            p.object(None);
            p.item("netns", "{}", name);
            p.item("exit", "{}", u64::from(exit_code(*ended)));
            if let WaitStatus::Signaled(_, signal, _) = ended {
                p.item("signal", "{}", signal.as_str());
            }
            p.close();
        }
        p.end();
        let _ = out::write_all(crate::sys::standard(2), &out.into_bytes());
    }
    run?;
    let failed = o.fail && results.iter().any(|(_, ended)| exit_code(*ended) != 0);
    Ok(if failed { FAIL } else { 0 })
}

fn one_by_one(
    s: &Session,
    names: Vec<Vec<u8>>,
    command: &[Vec<u8>],
    results: &mut Vec<(Vec<u8>, WaitStatus)>,
) -> Result<(), Diag> {
    for name in names {
        s.print_text(|p| p.text_item("\nnetns: {}\n", &name));
        s.flush();
        let is_ip = s.options.invocation.is_ip;
        let ended = enter::run_child(s, || enter::become_in(&name, command, is_ip))?;
        results.push((name, ended));
    }
    Ok(())
}

/// Runs up to `-jobs` commands at a time.
fn at_once(
    s: &Session,
    names: Vec<Vec<u8>>,
    command: &[Vec<u8>],
    results: &mut Vec<(Vec<u8>, WaitStatus)>,
) -> Result<(), Diag> {
    let mut names = VecDeque::from(names);
    let mut jobs: VecDeque<Job> = VecDeque::new();
    loop {
        while jobs.iter().filter(|j| j.ended.is_none()).count() < s.options.jobs
            && let Some(name) = names.pop_front()
        {
            s.flush();
            jobs.push_back(start(name, command, s.options.invocation.is_ip)?);
        }
        if jobs.is_empty() {
            return Ok(());
        }
        match waitpid(None, None) {
            Ok(status) if matches!(status, WaitStatus::Exited(..) | WaitStatus::Signaled(..)) => {
                if let Some(job) = jobs.iter_mut().find(|j| Some(j.pid) == status.pid()) {
                    job.ended = Some(status);
                }
            }
            Ok(_) | Err(Errno::EINTR) => {}
            Err(e) => return Err(Diag::os("waitpid failed", e)),
        }
        while let Some(ended) = jobs.front().and_then(|j| j.ended) {
            if let Some(job) = jobs.pop_front() {
                show(s, &job, ended);
                results.push((job.name, ended));
            }
        }
    }
}

/// A memfd, which disappears with its last descriptor.
fn held() -> Result<OwnedFd, Diag> {
    memfd_create(c"rip", MFdFlags::MFD_CLOEXEC).map_err(|e| Diag::os("cannot hold the output", e))
}

/// Starts the command. Its output goes to memfds; its input is /dev/null, because several commands cannot share ours.
fn start(name: Vec<u8>, command: &[Vec<u8>], is_ip: bool) -> Result<Job, Diag> {
    let (out, err) = (held()?, held()?);
    let nothing = File::open("/dev/null").map_err(|e| Diag::os("Cannot open /dev/null", errno_of(&e)))?;
    match crate::sys::fork().map_err(|e| Diag::os("fork failed", e))? {
        Some(pid) => Ok(Job { name, pid, out: out.into(), err: err.into(), ended: None }),
        None => {
            let placed = dup2_stdin(nothing.as_fd())
                .and_then(|()| dup2_stdout(out.as_fd()))
                .and_then(|()| dup2_stderr(err.as_fd()));
            match placed {
                Ok(()) => enter::fail(&enter::become_in(&name, command, is_ip)),
                Err(_) => crate::sys::leave(crate::diag::FAIL),
            }
        }
    }
}

/// Prints the output of a command under the name of its namespace.
fn show(s: &Session, job: &Job, ended: WaitStatus) {
    s.print_text(|p| p.text_item("\nnetns: {}\n", &job.name));
    s.flush();
    pour(&job.out, &mut |piece| {
        s.out.borrow_mut().buf.extend_from_slice(piece);
        s.flush();
    });
    pour(&job.err, &mut |piece| {
        let _ = out::write_all(crate::sys::standard(2), piece);
    });
    if let WaitStatus::Signaled(_, signal, _) = ended {
        s.note(&format!("command was killed by {signal}\n"));
    }
}

/// Reads a file piece by piece.
fn pour(file: &File, see: &mut dyn FnMut(&[u8])) {
    let mut piece = vec![0; 64 * 1024];
    let mut at = 0;
    loop {
        match file.read_at(&mut piece, at) {
            Ok(0) => return,
            Ok(n) => {
                see(piece.get(..n).unwrap_or_default());
                at += n as u64;
            }
            Err(e) if e.kind() == std::io::ErrorKind::Interrupted => {}
            Err(_) => return,
        }
    }
}
