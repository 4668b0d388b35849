//! Enters a namespace, and runs commands there.

use super::place;
use crate::diag::{Diag, Lost, Span, USAGE, errno_text};
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

/// Moves this process into a named namespace, with its own /sys and its files of /etc/netns.
pub fn switch(name: &[u8]) -> Result<(), Diag> {
    let name = &*place::existing(name);
    let fail = |what: String, e: Errno| Diag::os(what, e).with_code(USAGE);
    let name_shown = shown(name);
    let fd = found(name)?;
    setns(fd, CloneFlags::CLONE_NEWNET)
        .map_err(|e| fail(format!("setting the network namespace \"{name_shown}\" failed"), e))?;
    unshare(CloneFlags::CLONE_NEWNS).map_err(|e| fail("unshare failed".into(), e))?;
    // What is mounted here must not be seen outside.
    mount(NONE, "/", NONE, MsFlags::MS_SLAVE | MsFlags::MS_REC, NONE)
        .map_err(|e| fail("\"mount --make-rslave /\" failed".into(), e))?;
    sysfs(name).map_err(|e| fail("mount of /sys failed".into(), e))?;
    bind_etc(name);
    Ok(())
}

/// Opens a named namespace, or says why one cannot go there.
pub fn found(name: &[u8]) -> Result<OwnedFd, Diag> {
    let name = &*place::existing(name);
    if !place::is_name(name) {
        return Err(Diag::usage(format!("Invalid netns name \"{}\"", shown(name))));
    }
    let fail = |what: String, e: Errno| Diag::os(what, e).with_code(USAGE);
    let name_shown = shown(name);
    let fd = place::open(name).map_err(|e| {
        let d = fail(format!("Cannot open network namespace \"{name_shown}\""), e);
        if e == Errno::ENOENT { d.lost(Lost::Namespace(name.to_vec())) } else { d }
    })?;
    if !place::is_namespace(&fd) {
        return Err(fail(format!("setting the network namespace \"{name_shown}\" failed"), Errno::EINVAL));
    }
    Ok(fd)
}

/// /sys of the new namespace; read-only where it was.
fn sysfs(name: &[u8]) -> Result<(), Errno> {
    let mut flags = MsFlags::empty();
    if umount2("/sys", MntFlags::MNT_DETACH).is_err()
        && statvfs("/sys").is_ok_and(|s| s.flags().contains(FsFlags::ST_RDONLY))
    {
        flags = MsFlags::MS_RDONLY;
    }
    mount(Some(OsStr::from_bytes(name)), "/sys", Some("sysfs"), flags, NONE)
}

/// Binds each file of /etc/netns/NAME over its namesake in /etc.
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

/// Runs `work` in another network namespace and returns. The mount namespace does not change.
pub fn within<R>(fd: &OwnedFd, work: impl FnOnce() -> R) -> Result<R, Diag> {
    let fail = |e: Errno| Diag::os("setting the network namespace failed", e);
    let home = place::open_path(Path::new("/proc/self/ns/net")).map_err(fail)?;
    setns(fd.as_fd(), CloneFlags::CLONE_NEWNET).map_err(fail)?;
    let result = work();
    setns(home, CloneFlags::CLONE_NEWNET).map_err(fail)?;
    Ok(result)
}

/// `netns exec NAME COMMAND ...`
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
        if s.options.jobs > 1 {
            return super::jobs::run(s, names, w.rest(), s.options.jobs);
        }
        for name in names {
            s.print_text(|p| p.text_item("\nnetns: {}\n", &name));
            s.flush();
            // As in iproute2, what the commands return is not looked at.
            spawn(s, || become_in(&name, w.rest()))?;
        }
        return Ok(0);
    }
    let name = super::name(s, w)?;
    let at = Span::word(w.at().saturating_sub(1));
    if w.is_empty() {
        return Err(no_command(w));
    }
    if !may_run(s, name, w.rest())? {
        return Ok(0);
    }
    s.flush();
    if s.in_batch.get() {
        return spawn(s, || become_in(name, w.rest()));
    }
    super::process::leave_vrf();
    switch(name).map_err(|d| d.at_first(at))?;
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

/// Runs a command in a child; its status is ours.
/// `become_it` is run there, and comes back only where it failed.
pub fn spawn(s: &Session, become_it: impl FnOnce() -> Diag) -> Result<u8, Diag> {
    let child = match crate::sys::fork() {
        Ok(Some(child)) => child,
        Ok(None) => fail(&become_it()),
        Err(e) => return Err(Diag::os("fork failed", e)),
    };
    loop {
        match waitpid(child, None) {
            Ok(WaitStatus::Exited(_, code)) => return Ok(u8::try_from(code & 0xff).unwrap_or(USAGE)),
            Ok(WaitStatus::Signaled(_, signal, _)) => {
                s.note(&format!("command was killed by {signal}\n"));
                return Ok(128u8.saturating_add(u8::try_from(signal as i32).unwrap_or(127)));
            }
            Ok(_) | Err(Errno::EINTR) => {}
            Err(e) => return Err(Diag::os("waitpid failed", e)),
        }
    }
}

/// Becomes the command, in a namespace. Comes back only where that failed.
pub(super) fn become_in(name: &[u8], command: &[Vec<u8>]) -> Diag {
    super::process::leave_vrf();
    match switch(name) {
        Ok(()) => replace(command),
        Err(d) => d,
    }
}

/// The end of a child that could not become a command.
pub(super) fn fail(d: &Diag) -> ! {
    print_stderr(&d.render(&[]));
    crate::sys::leave(d.code());
}

/// Becomes the command. Comes back only where that failed.
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
