//! The lock on /run/netns, which `ip` takes too. Every user can open the directory and hold the lock, so waiting has a limit.

use crate::output::out::print_stderr;
use nix::errno::Errno;
use nix::fcntl::{Flock, FlockArg, OFlag, open};
use nix::sys::stat::{Mode, major, minor, stat};
use std::os::fd::OwnedFd;
use std::time::{Duration, Instant};

/// How long to wait for the lock: a process that creates the mount holds it for milliseconds.
const PATIENCE: Duration = Duration::from_secs(3);
const NAP: Duration = Duration::from_millis(10);

/// Locks a directory. If another process holds the lock for too long, reports it and continues without the lock.
pub fn wait(folder: &str) -> Option<Flock<OwnedFd>> {
    let mut fd = open(folder, OFlag::O_RDONLY | OFlag::O_DIRECTORY | OFlag::O_CLOEXEC, Mode::empty()).ok()?;
    let until = Instant::now() + PATIENCE;
    loop {
        match Flock::lock(fd, FlockArg::LockExclusiveNonblock) {
            Ok(lock) => return Some(lock),
            Err((back, Errno::EWOULDBLOCK | Errno::EINTR)) if Instant::now() < until => fd = back,
            Err((_, Errno::EWOULDBLOCK)) => {
                let who = holder(folder).unwrap_or_else(|| "another process".into());
                print_stderr(&format!("{folder} is locked by {who}; continuing without the lock\n"));
                return None;
            }
            Err(_) => return None,
        }
        std::thread::sleep(NAP);
    }
}

/// The process that holds the lock, by /proc/locks: `1: FLOCK  ADVISORY  WRITE 77 00:5a:9 0 EOF`.
fn holder(folder: &str) -> Option<String> {
    let s = stat(folder).ok()?;
    let file = format!("{:02x}:{:02x}:{}", major(s.st_dev), minor(s.st_dev), s.st_ino);
    let locks = std::fs::read_to_string("/proc/locks").ok()?;
    let pid = locks.lines().find_map(|line| {
        let words: Vec<&str> = line.split_ascii_whitespace().collect();
        (words.get(1) == Some(&"FLOCK") && words.get(5) == Some(&file.as_str())).then(|| words.get(4).copied())?
    })?;
    let name = std::fs::read(format!("/proc/{pid}/comm")).unwrap_or_default();
    Some(format!("process {pid} ({})", crate::output::escape::shown(name.trim_ascii_end())))
}
