//! The directory that leads to a user's holder process.

use super::Record;
use crate::diag::{Diag, errno_of};
use crate::output::escape::shown;
use nix::errno::Errno;
use nix::fcntl::{Flock, FlockArg, OFlag, open};
use nix::sys::stat::{Mode, SFlag, fstat, lstat};
use nix::unistd::{UnlinkatFlags, unlinkat};
use std::ffi::OsString;
use std::io::Read as _;
use std::os::fd::{AsFd as _, OwnedFd};
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};

const STATE: &str = "rootless";
const DOOR: &str = "rootless.lock";

/// A directory that only this user can write to.
pub struct Folder(PathBuf);

/// The state of the holder.
pub enum Holder {
    /// It is running.
    Alive(Record),
    /// It is not running; its record, unless it ended normally.
    Dead(Option<Record>),
}

fn failed(what: &str, path: &Path, e: Errno) -> Diag {
    Diag::os(format!("{what} {}", shown(path.as_os_str().as_bytes())), e)
}

/// Whether only this user can write there.
fn is_ours(path: &Path) -> Result<bool, Errno> {
    let s = lstat(path)?;
    let directory = SFlag::from_bits_truncate(s.st_mode & SFlag::S_IFMT.bits()) == SFlag::S_IFDIR;
    Ok(directory && s.st_uid == nix::unistd::geteuid().as_raw() && s.st_mode & 0o022 == 0)
}

/// The candidate directories: the system's for root; below $XDG_RUNTIME_DIR or /run/user/UID, which are deleted at
/// logout; without both, in /tmp.
fn candidates() -> Vec<PathBuf> {
    let uid = nix::unistd::geteuid();
    let session = std::env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from);
    let session = session.into_iter().chain([PathBuf::from(format!("/run/user/{uid}"))]);
    let usable = session.filter(|d| d.is_absolute() && is_ours(d) == Ok(true)).map(|d| d.join("rip"));
    let system = uid.is_root().then(|| PathBuf::from("/run/rip"));
    system.into_iter().chain(usable).chain([PathBuf::from(format!("/tmp/rip-{uid}"))]).collect()
}

impl Folder {
    /// The directory of this user, created if it is missing.
    ///
    /// # Errors
    ///
    /// No candidate can be created, or each belongs to or is writable by others.
    pub fn own() -> Result<Folder, Diag> {
        let mut last = None;
        for path in candidates() {
            let made: Result<(), Diag> = match nix::unistd::mkdir(&path, Mode::S_IRWXU) {
                Err(e) if e != Errno::EEXIST => Err(failed("mkdir", &path, e)),
                _ => match is_ours(&path) {
                    Ok(true) => return Ok(Folder(path)),
                    Ok(false) => {
                        let text = shown(path.as_os_str().as_bytes());
                        Err(Diag::fail(format!("{text} is not a directory of this user alone")))
                    }
                    Err(e) => Err(failed("Cannot use", &path, e)),
                },
            };
            last = last.or_else(|| made.err());
        }
        Err(last.unwrap_or_else(|| Diag::fail("-rootless finds no directory to keep its state in")))
    }

    /// The file that names the holder.
    pub fn state(&self) -> PathBuf {
        self.0.join(STATE)
    }

    /// The file that a command locks while it looks for, starts or ends the holder.
    pub fn door(&self) -> PathBuf {
        self.0.join(DOOR)
    }

    /// Waits for the lock to look for the holder. `None`: the directory was deleted meanwhile by a holder that ended.
    ///
    /// # Errors
    ///
    /// The lock file cannot be opened or locked.
    pub fn turn(&self) -> Result<Option<Flock<OwnedFd>>, Diag> {
        let path = self.door();
        let fd = match create(&path) {
            Err(Errno::ENOENT) => return Ok(None),
            other => other.map_err(|e| failed("Cannot open", &path, e))?,
        };
        let lock = Flock::lock(fd, FlockArg::LockExclusive).map_err(|(_, e)| failed("Cannot lock", &path, e))?;
        let same = matches!((fstat(lock.as_fd()), lstat(&path)), (Ok(a), Ok(b)) if a.st_ino == b.st_ino);
        Ok(same.then_some(lock))
    }

    /// Opens the directory by descriptor, because its path may lead elsewhere inside the namespaces.
    ///
    /// # Errors
    ///
    /// That of open(2): ENOENT if the directory was deleted.
    pub fn open(&self) -> Result<Opened, Errno> {
        let flags = OFlag::O_PATH | OFlag::O_DIRECTORY | OFlag::O_CLOEXEC;
        let open = |path: &Path| open(path, flags, Mode::empty());
        let parent = self.0.parent().ok_or(Errno::ENOENT)?;
        Ok(Opened {
            own: open(&self.0)?,
            parent: open(parent)?,
            name: self.0.file_name().map(Into::into).unwrap_or_default(),
        })
    }

    /// The state of the holder.
    ///
    /// # Errors
    ///
    /// The state file cannot be opened, locked or read, or a process other than a holder locks it.
    pub fn holder(&self) -> Result<Holder, Diag> {
        let path = self.state();
        let fd = create(&path).map_err(|e| failed("Cannot open", &path, e))?;
        let (fd, runs) = match Flock::lock(fd, FlockArg::LockExclusiveNonblock) {
            Ok(lock) => (lock.unlock().map_err(|(_, e)| failed("Cannot unlock", &path, e))?, false),
            Err((fd, Errno::EWOULDBLOCK)) => (fd, true),
            Err((_, e)) => return Err(failed("Cannot lock", &path, e)),
        };
        let mut text = String::new();
        let read = std::fs::File::from(fd).take(100).read_to_string(&mut text);
        read.map_err(|e| failed("Cannot read", &path, errno_of(&e)))?;
        match (runs, Record::parse(&text)) {
            (true, Some(record)) => Ok(Holder::Alive(record)),
            (true, None) => Err(Diag::fail(format!(
                "{} is locked by another process than a holder of namespaces",
                shown(path.as_os_str().as_bytes())
            ))),
            (false, old) => Ok(Holder::Dead(old)),
        }
    }
}

/// The directory, by descriptors.
pub struct Opened {
    own: OwnedFd,
    parent: OwnedFd,
    name: OsString,
}

impl Opened {
    /// Deletes what a holder leaves. Only with the lock of `turn`.
    pub fn remove(&self) {
        for name in [STATE, DOOR] {
            let _ = unlinkat(&self.own, name, UnlinkatFlags::NoRemoveDir);
        }
        // It fails if there are journals too.
        let _ = unlinkat(&self.parent, self.name.as_os_str(), UnlinkatFlags::RemoveDir);
    }
}

/// Opens a file of this user, created if it is missing.
///
/// # Errors
///
/// That of open(2): ELOOP for a symbolic link.
pub fn create(path: &Path) -> Result<OwnedFd, Errno> {
    let flags = OFlag::O_RDWR | OFlag::O_CREAT | OFlag::O_CLOEXEC | OFlag::O_NOFOLLOW;
    open(path, flags, Mode::S_IRUSR | Mode::S_IWUSR)
}
