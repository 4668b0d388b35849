//! Named namespaces: files in /run/netns that namespaces are bind-mounted on.

use super::lock;
use crate::diag::{Diag, Lost, errno_of};
use crate::files::is_shortage;
use crate::grammar::Offer;
use crate::output::escape::shown;
use crate::rights::as_lender;
use nix::errno::Errno;
use nix::fcntl::{OFlag, open as open_file};
use nix::mount::{MntFlags, MsFlags, mount, umount2};
use nix::sched::{CloneFlags, setns, unshare};
use nix::sys::stat::Mode;
use nix::sys::statfs::{FsType, fstatfs, statfs};
use std::borrow::Cow;
use std::ffi::OsStr;
use std::os::fd::OwnedFd;
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};

/// The directory of named namespaces.
pub const RUN_DIR: &str = "/run/netns";
/// NSFS_MAGIC of linux/magic.h.
const NSFS: FsType = FsType(0x6e73_6673);

/// Whether a word can be the name of a namespace: a plain file name.
pub fn is_name(word: &[u8]) -> bool {
    !word.is_empty()
        && word.len() <= 255
        && word != b"."
        && word != b".."
        && !word.contains(&b'/')
        && !word.contains(&0)
}

/// The file of a name.
pub fn path(name: &[u8]) -> PathBuf {
    Path::new(RUN_DIR).join(OsStr::from_bytes(name))
}

/// The name of an existing namespace: as typed or, if there is none, with the escapes of our output decoded.
pub fn existing(typed: &[u8]) -> Cow<'_, [u8]> {
    let is_there = |name: &[u8]| is_name(name) && path(name).symlink_metadata().is_ok();
    match crate::output::escape::unescape(typed) {
        Some(real) if !is_there(typed) && is_there(&real) => Cow::Owned(real),
        _ => Cow::Borrowed(typed),
    }
}

/// All names in directory order; `None` without the directory. An error that prevents reading it is printed.
pub fn names() -> Option<Vec<Vec<u8>>> {
    match all_names() {
        Ok(names) => names,
        Err(d) => {
            crate::output::out::print_stderr(&d.render(&[]));
            None
        }
    }
}

/// All names in directory order; `None` if the directory cannot be read.
///
/// # Errors
///
/// EMFILE, ENFILE or ENOMEM.
pub fn all_names() -> Result<Option<Vec<Vec<u8>>>, Diag> {
    match std::fs::read_dir(RUN_DIR) {
        Ok(entries) => Ok(Some(entries.flatten().map(|e| e.file_name().as_bytes().to_vec()).collect())),
        Err(e) => match errno_of(&e) {
            e if is_shortage(e) => Err(failed(format!("Cannot read {RUN_DIR}"), e)),
            _ => Ok(None),
        },
    }
}

/// All names, for completion.
pub fn offers() -> Vec<Offer> {
    names().unwrap_or_default().iter().map(|n| Offer::new(shown(n), "")).collect()
}

/// The commands of $PATH, for completion.
pub fn commands(_w: &crate::grammar::Words<'_>) -> Vec<Offer> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::env::split_paths(&path).filter_map(|p| std::fs::read_dir(p).ok());
    let files = folders.flat_map(|f| f.flatten()).map(|e| e.file_name());
    files.filter_map(|f| f.into_string().ok()).map(|f| Offer::new(f, "command")).collect()
}

/// Opens a file that should be a namespace, without blocking if it is a FIFO.
///
/// # Errors
///
/// That of open(2).
pub fn open_path(path: &Path) -> Result<OwnedFd, Errno> {
    open_file(path, OFlag::O_RDONLY | OFlag::O_CLOEXEC | OFlag::O_NONBLOCK, Mode::empty())
}

/// Whether an open file is a namespace.
pub fn is_namespace(fd: &OwnedFd) -> bool {
    fstatfs(fd).is_ok_and(|s| s.filesystem_type() == NSFS)
}

/// Whether a namespace is mounted on a name, or a symbolic link points to one.
///
/// # Errors
///
/// That of statfs(2): ENOENT for a dangling link, EACCES for one to a process that we may not inspect.
pub fn is_mounted(name: &[u8]) -> Result<bool, Errno> {
    statfs(&path(name)).map(|s| s.filesystem_type() == NSFS)
}

/// Whether a name certainly refers to no namespace.
pub fn is_dead(name: &[u8]) -> bool {
    matches!(is_mounted(name), Ok(false) | Err(Errno::ENOENT | Errno::ELOOP))
}

/// Opens a namespace by name.
///
/// # Errors
///
/// EINVAL if the word cannot be a name; ENOENT if there is none, or another errno of open(2).
pub fn open(name: &[u8]) -> Result<OwnedFd, Errno> {
    if !is_name(name) {
        return Err(Errno::EINVAL);
    }
    open_path(&path(&existing(name)))
}

/// Opens a namespace by name, path or process id, as for `link set netns`. Whether the file is a namespace is left to
/// the kernel.
///
/// # Errors
///
/// That of open(2): ENOENT or ESRCH if there is no such namespace or process.
pub fn open_any(word: &[u8]) -> Result<OwnedFd, Errno> {
    let named = if word.contains(&b'/') { open_path(Path::new(OsStr::from_bytes(word))) } else { open(word) };
    named.or_else(|e| {
        let pid = crate::grammar::number::unsigned(word, 0).and_then(|v| u32::try_from(v).ok()).filter(|v| *v > 0);
        let pid = pid.filter(|_| !is_shortage(e)).ok_or(e)?;
        open_path(Path::new(&format!("/proc/{pid}/ns/net")))
    })
}

fn failed(what: String, e: Errno) -> Diag {
    Diag::os(what, e)
}

/// Creates the directory and, once, makes it a shared mount, so that names appear in all mount namespaces.
fn prepare() -> Result<(), Diag> {
    const NONE: Option<&str> = None;
    if let Err(e) = as_lender(|| nix::unistd::mkdir(RUN_DIR, Mode::from_bits_truncate(0o755)))
        && e != Errno::EEXIST
    {
        return Err(failed(format!("mkdir {RUN_DIR} failed"), e));
    }
    // Nothing must be mounted on a file or a dangling link.
    let flags = OFlag::O_RDONLY | OFlag::O_DIRECTORY | OFlag::O_CLOEXEC;
    as_lender(|| open_file(RUN_DIR, flags, Mode::empty()))
        .map_err(|e| failed(format!("Cannot open netns runtime directory \"{RUN_DIR}\""), e))?;
    let shared = || mount(NONE, RUN_DIR, NONE, MsFlags::MS_SHARED | MsFlags::MS_REC, NONE);
    let result = match shared() {
        Err(Errno::EINVAL) => first(&shared)?,
        other => other,
    };
    result.map_err(|e| failed(format!("mount --make-shared {RUN_DIR} failed"), e))
}

/// Makes the directory a mount. Two concurrent first users would stack two mounts, so the second waits until the first
/// is done.
fn first(shared: &dyn Fn() -> Result<(), Errno>) -> Result<Result<(), Errno>, Diag> {
    const NONE: Option<&str> = None;
    let lock = lock::wait(RUN_DIR);
    let result = match shared() {
        Err(Errno::EINVAL) => {
            mount(Some(RUN_DIR), RUN_DIR, NONE, MsFlags::MS_BIND | MsFlags::MS_REC, NONE)
                .map_err(|e| failed(format!("mount --bind {RUN_DIR} {RUN_DIR} failed"), e))?;
            // Under a shared /run it would be a peer of /run's mount, and each name would be mounted twice.
            mount(NONE, RUN_DIR, NONE, MsFlags::MS_PRIVATE | MsFlags::MS_REC, NONE)
                .map_err(|e| failed(format!("mount --make-private {RUN_DIR} failed"), e))?;
            shared()
        }
        other => other,
    };
    drop(lock);
    Ok(result)
}

/// Creates the empty file that a namespace is bind-mounted on.
fn create(name: &[u8]) -> Result<PathBuf, Diag> {
    prepare()?;
    let path = path(name);
    let flags = OFlag::O_RDONLY | OFlag::O_CREAT | OFlag::O_EXCL | OFlag::O_CLOEXEC;
    match as_lender(|| open_file(&path, flags, Mode::empty())) {
        Ok(_) => Ok(path),
        Err(e) => Err(failed(format!("Cannot create namespace file \"{}\"", shown_path(&path)), e)),
    }
}

/// Creates a namespace with a name. `inside` is called in the namespace, before the name refers to it.
///
/// # Errors
///
/// EEXIST if the name is in use; EPERM without CAP_SYS_ADMIN; or the error of `inside`.
pub fn add(name: &[u8], inside: impl FnOnce() -> Result<(), Diag>) -> Result<(), Diag> {
    let path = create(name)?;
    finish(fresh(name, &path, inside), &path)
}

/// Bind-mounts a new namespace on its file, and returns to the previous namespace for the next line of a batch.
fn fresh(name: &[u8], path: &Path, inside: impl FnOnce() -> Result<(), Diag>) -> Result<(), Diag> {
    let home =
        open_path(Path::new("/proc/self/ns/net")).map_err(|e| failed("Cannot open network namespace".into(), e))?;
    unshare(CloneFlags::CLONE_NEWNET)
        .map_err(|e| failed(format!("Failed to create a new network namespace \"{}\"", shown(name)), e))?;
    let result = inside().and_then(|()| bind("/proc/self/ns/net", path));
    setns(home, CloneFlags::CLONE_NEWNET).map_err(|e| failed("setting the network namespace failed".into(), e))?;
    result
}

/// Gives the namespace of a process a name; calls `first` before.
///
/// # Errors
///
/// EEXIST if the name is in use; ENOENT if there is no such process; or the error of `first`.
pub fn attach(name: &[u8], pid: i32, first: impl FnOnce() -> Result<(), Diag>) -> Result<(), Diag> {
    let path = create(name)?;
    finish(first().and_then(|()| bind(&format!("/proc/{pid}/ns/net"), &path)), &path)
}

/// The cookie of the current namespace (SO_NETNS_COOKIE).
///
/// # Errors
///
/// The kernel is older than 5.14, or has no netlink socket left.
pub fn cookie_here() -> Result<u64, Diag> {
    let kernel = crate::net::Kernel::open(crate::session::options::RCVBUF)?;
    kernel.cookie().map_err(|e| failed("Cannot tell one network namespace from another".into(), e))
}

/// The cookie of an open namespace (SO_NETNS_COOKIE).
///
/// # Errors
///
/// The namespace cannot be entered, or as [`cookie_here`].
pub fn cookie_of(namespace: &OwnedFd) -> Result<u64, Diag> {
    let entering = |e| failed("setting the network namespace failed".into(), e);
    let home =
        open_path(Path::new("/proc/self/ns/net")).map_err(|e| failed("Cannot open network namespace".into(), e))?;
    setns(namespace, CloneFlags::CLONE_NEWNET).map_err(entering)?;
    let cookie = cookie_here();
    setns(home, CloneFlags::CLONE_NEWNET).map_err(entering)?;
    cookie
}

/// Whether a name is in use.
///
/// # Errors
///
/// An errno of lstat(2) other than ENOENT and ENOTDIR.
pub fn exists(name: &[u8]) -> Result<bool, Errno> {
    match path(name).symlink_metadata().map_err(|e| crate::diag::errno_of(&e)) {
        Ok(_) => Ok(true),
        Err(Errno::ENOENT | Errno::ENOTDIR) => Ok(false),
        Err(e) => Err(e),
    }
}

/// Deletes a name that a batch gave to the namespace with this cookie, unless the name refers to another one by now.
/// `None`: the batch had not mounted the namespace yet, but may have created its file.
///
/// # Errors
///
/// The text of the error that prevents reading or deleting the name.
pub fn forget(name: &[u8], cookie: Option<u64>) -> Result<(), String> {
    let why = |e: Errno| crate::diag::errno_text(e as i32).to_string();
    if !is_name(name) || !exists(name).map_err(why)? {
        return Ok(());
    }
    let fd = match open(name) {
        Ok(fd) => fd,
        Err(Errno::ENOENT) => return Ok(()),
        Err(e) => return Err(why(e)),
    };
    if is_namespace(&fd) {
        let Some(cookie) = cookie else { return Ok(()) };
        if cookie_of(&fd).map_err(|d| d.what().join(" "))? != cookie {
            return Ok(());
        }
    } else if !std::fs::File::from(fd).metadata().is_ok_and(|m| m.is_file() && m.len() == 0) {
        return Ok(());
    }
    delete(name).map_err(|d| d.what().join(" "))
}

fn bind(from: &str, to: &Path) -> Result<(), Diag> {
    mount(Some(from), to, None::<&str>, MsFlags::MS_BIND, None::<&str>)
        .map_err(|e| failed(format!("Bind {from} -> {} failed", shown_path(to)), e))
}

/// Removes the name of a namespace that could not be created.
fn finish(result: Result<(), Diag>, path: &Path) -> Result<(), Diag> {
    if result.is_err() {
        let _ = as_lender(|| nix::unistd::unlink(path));
    }
    result
}

/// Deletes a name; the namespace lives on as long as a process or a socket uses it.
///
/// # Errors
///
/// ENOENT if there is no such name; EPERM or EACCES without the permission to delete it.
pub fn delete(name: &[u8]) -> Result<(), Diag> {
    let path = path(&existing(name));
    // Older programs may have stacked several mounts on it. The target of a symbolic link must not be unmounted.
    while umount2(&path, MntFlags::MNT_DETACH | MntFlags::UMOUNT_NOFOLLOW).is_ok() {}
    as_lender(|| nix::unistd::unlink(&path)).map_err(|e| {
        let d = failed(format!("Cannot remove namespace file \"{}\"", shown_path(&path)), e);
        if e == Errno::ENOENT { d.lost(Lost::Namespace(name.to_vec())) } else { d }
    })
}

/// A path, escaped.
pub fn shown_path(path: &Path) -> String {
    shown(path.as_os_str().as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_file_names() {
        for good in ["a", "ns 1", "..x", "-"] {
            assert!(is_name(good.as_bytes()), "{good}");
        }
        for bad in [&b""[..], b".", b"..", b"a/b", b"../x", &[b'x'; 256], b"a\0b"] {
            assert!(!is_name(bad), "{bad:?}");
        }
    }

    #[test]
    fn only_namespaces_open_as_such() {
        assert!(open_any(b"/nosuch").is_err());
        assert!(open_any(b"/proc/self/ns/net").is_ok());
        assert!(open_any(std::process::id().to_string().as_bytes()).is_ok());
        assert!(open_any(b"4294967295").is_err());
        assert!(open_any(b"0").is_err());
    }
}
