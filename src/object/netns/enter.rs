//! Enters a namespace and runs commands in it.

use super::place;
use super::reference::Reference;
use crate::diag::{Diag, Span, USAGE, errno_text};
use crate::grammar::Words;
use crate::net::interceptor::{Revert, SideEffect};
use crate::output::escape::shown;
use crate::output::out::print_stderr;
use crate::session::Session;
use nix::errno::Errno;
use nix::mount::{MntFlags, MsFlags, mount, umount2};
use nix::sched::{CloneFlags, setns, unshare};
use nix::sys::statvfs::{FsFlags, statvfs};
use nix::sys::wait::{WaitStatus, waitpid};
use std::ffi::{CString, OsStr};
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::ffi::OsStrExt as _;
use std::path::Path;

const NONE: Option<&str> = None;

/// Moves this process into a namespace, with its own /sys and its files of /etc/netns.
///
/// # Errors
///
/// There is no such namespace, or entering it is not permitted.
pub fn switch(word: &[u8], is_ip: bool) -> Result<(), Diag> {
    let to = Reference::parse(word, is_ip)?;
    let name = to.name().unwrap_or(word);
    let fail = |what: String, e: Errno| Diag::os(what, e).with_code(USAGE);
    let name_shown = shown(name);
    let fd = to.found(word)?;
    enter(&fd, is_ip).map_err(|e| fail(format!("setting the network namespace \"{name_shown}\" failed"), e))?;
    unshare(CloneFlags::CLONE_NEWNS).map_err(|e| fail("unshare failed".into(), e))?;
    // Mounts made here must not propagate to the outside.
    mount(NONE, "/", NONE, MsFlags::MS_SLAVE | MsFlags::MS_REC, NONE)
        .map_err(|e| fail("\"mount --make-rslave /\" failed".into(), e))?;
    match sysfs(name) {
        // A container's /sys may be partly hidden; then a user namespace cannot mount it again.
        Err(Errno::EPERM) if !is_ip && crate::sys::is_in_user_namespace() => {}
        result => result.map_err(|e| fail("mount of /sys failed".into(), e))?,
    }
    if let Some(name) = to.name() {
        bind_etc(name);
    }
    Ok(())
}

/// Enters a network namespace; first the user namespace that owns it, if only that gives the permission.
fn enter(fd: &OwnedFd, is_ip: bool) -> Result<(), Errno> {
    match setns(fd, CloneFlags::CLONE_NEWNET) {
        // File capabilities are lent for the network only: in another user's namespace they would open files.
        Err(Errno::EPERM) if !is_ip && !crate::rights::are_lent() => {
            let refused = |_| Errno::EPERM;
            let owner = crate::sys::owner_of(fd.as_fd()).map_err(refused)?;
            setns(owner, CloneFlags::CLONE_NEWUSER).map_err(refused)?;
            setns(fd, CloneFlags::CLONE_NEWNET)
        }
        other => other,
    }
}

/// Opens a namespace. Only names are accepted under the name `ip`, and with `names_only`.
///
/// # Errors
///
/// There is no such namespace, or it cannot be opened.
pub fn found(word: &[u8], names_only: bool) -> Result<OwnedFd, Diag> {
    Reference::parse(word, names_only)?.found(word)
}

/// Mounts /sys of the new namespace, read-only if it was.
fn sysfs(name: &[u8]) -> Result<(), Errno> {
    let mut flags = MsFlags::empty();
    if umount2("/sys", MntFlags::MNT_DETACH).is_err()
        && statvfs("/sys").is_ok_and(|s| s.flags().contains(FsFlags::ST_RDONLY))
    {
        flags = MsFlags::MS_RDONLY;
    }
    mount(Some(OsStr::from_bytes(name)), "/sys", Some("sysfs"), flags, NONE)
}

/// Bind-mounts each file of /etc/netns/NAME over its namesake in /etc.
fn bind_etc(name: &[u8]) {
    let dir = Path::new("/etc/netns").join(OsStr::from_bytes(name));
    let Ok(entries) = std::fs::read_dir(dir) else { return };
    for entry in entries.flatten() {
        let from = entry.path();
        let to = Path::new("/etc").join(entry.file_name());
        if let Err(e) = mount(Some(&from), &to, Some("none"), MsFlags::MS_BIND, NONE) {
            let (from, to) = (place::shown_path(&from), place::shown_path(&to));
            print_stderr(&format!("Bind {from} -> {to} failed: {}\n", errno_text(e as i32)));
        }
    }
}

/// Runs `work` in another network namespace and returns to this one. The mount namespace does not change.
///
/// # Errors
///
/// EPERM if the namespace may not be entered, EINVAL if it is not a network namespace.
pub fn within<R>(fd: &OwnedFd, work: impl FnOnce() -> R) -> Result<R, Diag> {
    let fail = |e: Errno| Diag::os("setting the network namespace failed", e);
    let home = place::open_path(Path::new("/proc/self/ns/net")).map_err(fail)?;
    setns(fd.as_fd(), CloneFlags::CLONE_NEWNET).map_err(fail)?;
    let result = work();
    setns(home, CloneFlags::CLONE_NEWNET).map_err(fail)?;
    Ok(result)
}

/// Runs `netns exec NAME COMMAND ...`.
///
/// # Errors
///
/// No name or command, a namespace that cannot be entered, or a command that cannot be run.
pub fn exec(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    if s.options.all {
        if w.is_empty() {
            return Err(no_command(w));
        }
        let mut names = Vec::new();
        for name in place::all_names()?.unwrap_or_default() {
            if may_run(s, &name, w.rest())? {
                names.push(name);
            }
        }
        return super::jobs::all(s, names, w.rest());
    }
    let name = super::word(s, w)?;
    let at = Span::word(w.at().saturating_sub(1));
    if w.is_empty() {
        return Err(no_command(w));
    }
    if !may_run(s, name, w.rest())? {
        return Ok(0);
    }
    s.flush();
    let is_ip = s.options.invocation.is_ip;
    if s.in_batch {
        return spawn(s, || become_in(name, w.rest(), is_ip));
    }
    super::process::leave_vrf();
    switch(name, is_ip).map_err(|d| d.at_first(at))?;
    Err(replace(w.rest()).at_first(Span::word(w.at())))
}

fn may_run(s: &Session, name: &[u8], command: &[Vec<u8>]) -> Result<bool, Diag> {
    s.allow(|| {
        let words: Vec<String> = command.iter().map(|w| shown(w)).collect();
        let why = "what the program does is unknown";
        SideEffect::new(format!("run {} in namespace {}", words.join(" "), shown(name)), Revert::Impossible(why))
    })
}

fn no_command(w: &Words<'_>) -> Diag {
    Diag::fail("No command specified").at(Span::word(w.at()))
}

/// Runs a command in a child process; its exit status becomes ours.
///
/// The child calls `become_it`, which returns only on failure.
///
/// # Errors
///
/// fork(2) or waitpid(2) fails.
pub fn spawn(s: &Session, become_it: impl FnOnce() -> Diag) -> Result<u8, Diag> {
    run_child(s, become_it).map(super::jobs::exit_code)
}

/// Runs a command in a child process and returns its wait status.
///
/// # Errors
///
/// fork(2) or waitpid(2) fails.
pub(super) fn run_child(s: &Session, become_it: impl FnOnce() -> Diag) -> Result<WaitStatus, Diag> {
    let child = match crate::sys::fork() {
        Ok(Some(child)) => child,
        Ok(None) => fail(&become_it()),
        Err(e) => return Err(Diag::os("fork failed", e)),
    };
    loop {
        match waitpid(child, None) {
            Ok(ended @ WaitStatus::Exited(..)) => return Ok(ended),
            Ok(ended @ WaitStatus::Signaled(_, signal, _)) => {
                s.note(&format!("command was killed by {signal}\n"));
                return Ok(ended);
            }
            Ok(_) | Err(Errno::EINTR) => {}
            Err(e) => return Err(Diag::os("waitpid failed", e)),
        }
    }
}

/// Replaces this process by the command, in a namespace. Returns only on failure.
pub(super) fn become_in(name: &[u8], command: &[Vec<u8>], is_ip: bool) -> Diag {
    super::process::leave_vrf();
    match switch(name, is_ip) {
        Ok(()) => replace(command),
        Err(d) => d,
    }
}

/// Reports an error and ends the child process.
pub(super) fn fail(d: &Diag) -> ! {
    print_stderr(&d.render(&[]));
    crate::sys::leave(d.code());
}

/// Replaces this process by the command. Returns only on failure.
pub fn replace(command: &[Vec<u8>]) -> Diag {
    let words: Option<Vec<CString>> = command.iter().map(|c| CString::new(c.as_slice()).ok()).collect();
    let (Some(words), Some(first)) = (words, command.first()) else {
        return Diag::fail("No command specified");
    };
    let Some(file) = words.first() else { return Diag::fail("No command specified") };
    let e = match nix::unistd::execvp(file, &words) {
        Ok(never) => match never {},
        Err(e) => e,
    };
    Diag::os(format!("exec of \"{}\" failed", shown(first)), e)
}
