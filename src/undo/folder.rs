//! The directories of journals: opened once, and then listed, read and written only through the descriptor.

use super::ledger::{Reader, Unfit, Writer};
use super::record::{Origin, Record};
use crate::diag::{Diag, errno_of, errno_text};
use crate::output::escape::shown;
use crate::sort::Arrange as _;
use nix::dir::Dir;
use nix::errno::Errno;
use nix::fcntl::{AtFlags, Flock, FlockArg, OFlag, open, openat};
use nix::sys::stat::{Mode, SFlag, fstat};
use nix::unistd::{UnlinkatFlags, linkat, unlinkat};
use std::cell::OnceCell;
use std::ffi::{CStr, CString};
use std::fs::File;
use std::io::BufReader;
use std::os::fd::OwnedFd;
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};
use std::rc::Rc;

const SUFFIX: &[u8] = b".journal";
/// The name of a journal without a head yet.
const UNBORN: &CStr = c".new";

/// A directory of journals.
pub struct Folder {
    path: PathBuf,
    fd: OwnedFd,
}

fn failed(what: &str, path: &Path, e: Errno) -> Diag {
    Diag::fail(format!("{what} {}: {}", shown(path.as_os_str().as_bytes()), errno_text(e as i32)))
}

/// The directories of journals: the system's for root, the user's own otherwise.
fn paths() -> Vec<PathBuf> {
    let own = std::env::var_os("XDG_RUNTIME_DIR").map(|d| Path::new(&d).join("rip")).filter(|d| d.is_absolute());
    let system = nix::unistd::geteuid().is_root().then(|| PathBuf::from("/run/rip"));
    system.into_iter().chain(own).collect()
}

/// Whether only this user can have written something.
fn is_ours(stat: &nix::sys::stat::FileStat) -> bool {
    stat.st_uid == nix::unistd::geteuid().as_raw() && stat.st_mode & 0o022 == 0
}

/// All existing directories. One that others can write to is an error.
///
/// # Errors
///
/// A directory cannot be opened, or others can write to it.
pub fn all() -> Result<Vec<Rc<Folder>>, Diag> {
    let mut out = Vec::new();
    for path in paths() {
        match Folder::open(&path) {
            Ok(folder) => out.push(Rc::new(folder)),
            Err(Errno::ENOENT) => {}
            Err(e) => return Err(failed("Cannot read the journals in", &path, e)),
        }
    }
    Ok(out)
}

/// The first directory that can hold a journal; created if it is missing.
///
/// # Errors
///
/// No directory can be created, or others can write to it.
pub fn first() -> Result<Rc<Folder>, Diag> {
    let mut last = Diag::fail("-atomic needs a directory for its journal: run as root, or set XDG_RUNTIME_DIR");
    for path in paths() {
        let made = match nix::unistd::mkdir(&path, Mode::S_IRWXU) {
            Err(e) if e != Errno::EEXIST => Err(e),
            _ => Folder::open(&path),
        };
        match made {
            Ok(folder) => return Ok(Rc::new(folder)),
            Err(e) => last = failed("Cannot keep a journal in", &path, e),
        }
    }
    Err(last)
}

impl Folder {
    /// Its path.
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn open(path: &Path) -> Result<Folder, Errno> {
        let fd = open(path, OFlag::O_DIRECTORY | OFlag::O_NOFOLLOW | OFlag::O_CLOEXEC, Mode::empty())?;
        if !is_ours(&fstat(&fd)?) {
            return Err(Errno::EPERM);
        }
        Ok(Folder { path: path.to_path_buf(), fd })
    }

    /// Waits for the lock of the directory: while it is held, no other batch begins.
    ///
    /// # Errors
    ///
    /// The directory cannot be locked.
    pub fn turn(&self) -> Result<Flock<OwnedFd>, Diag> {
        let failed = |e| failed("Cannot lock", &self.path, e);
        let fd = openat(&self.fd, c".", OFlag::O_DIRECTORY | OFlag::O_CLOEXEC, Mode::empty()).map_err(failed)?;
        Flock::lock(fd, FlockArg::LockExclusive).map_err(|(_, e)| failed(e))
    }

    /// The names of the journals, in order.
    fn names(&self) -> Result<Vec<CString>, Diag> {
        let failed = |e| failed("Cannot list", &self.path, e);
        let mut dir =
            Dir::openat(&self.fd, c".", OFlag::O_DIRECTORY | OFlag::O_CLOEXEC, Mode::empty()).map_err(failed)?;
        let mut out = Vec::new();
        for entry in dir.iter() {
            let entry = entry.map_err(failed)?;
            if entry.file_name().to_bytes().ends_with(SUFFIX) {
                out.push(entry.file_name().to_owned());
            }
        }
        out.arrange();
        Ok(out)
    }

    /// Creates a journal, which appears complete with its head, and locked.
    ///
    /// # Errors
    ///
    /// EEXIST if the name is in use, or another errno of creating and writing the file.
    pub fn create(self: &Rc<Folder>, origin: &Origin) -> Result<(Kept, Writer), Diag> {
        let name = format!("batch-{}-{}.journal", origin.cookie, origin.pid);
        let path = self.path.join(&name);
        let failed = |e| failed("Cannot create", &path, e);
        let name = CString::new(name).map_err(|_| failed(Errno::EINVAL))?;
        // Left by a batch that died while it held the lock.
        let _ = unlinkat(&self.fd, UNBORN, UnlinkatFlags::NoRemoveDir);
        let flags = OFlag::O_RDWR | OFlag::O_CREAT | OFlag::O_EXCL | OFlag::O_NOFOLLOW | OFlag::O_CLOEXEC;
        let fd = openat(&self.fd, UNBORN, flags, Mode::S_IRUSR | Mode::S_IWUSR).map_err(failed)?;
        let begun = Flock::lock(File::from(fd), FlockArg::LockExclusiveNonblock).map_err(|(_, e)| e).and_then(|file| {
            let out = Writer::begin(&file, origin.head().as_bytes()).map_err(|e| errno_of(&e))?;
            linkat(&self.fd, UNBORN, &self.fd, name.as_c_str(), AtFlags::empty())?;
            Ok((file, out))
        });
        let _ = unlinkat(&self.fd, UNBORN, UnlinkatFlags::NoRemoveDir);
        let (file, out) = begun.map_err(failed)?;
        Ok((Kept { folder: self.clone(), name, path, file }, out))
    }

    /// Opens one of its journals; `None` if it was deleted meanwhile.
    fn find(self: &Rc<Folder>, name: &CStr) -> Result<Option<Found>, Diag> {
        let path = self.path.join(std::ffi::OsStr::from_bytes(name.to_bytes()));
        let fd = match openat(&self.fd, name, READ, Mode::empty()) {
            Err(Errno::ENOENT) => return Ok(None),
            other => other.map_err(|e| failed("Cannot open", &path, e))?,
        };
        found(path, fd, Some((self.clone(), name.to_owned()))).map(Some)
    }
}

const READ: OFlag =
    OFlag::O_RDONLY.union(OFlag::O_NOFOLLOW).union(OFlag::O_NONBLOCK).union(OFlag::O_CLOEXEC).union(OFlag::O_NOCTTY);

/// A journal that is being written.
pub struct Kept {
    folder: Rc<Folder>,
    name: CString,
    /// Its path.
    pub path: PathBuf,
    /// The file, locked.
    pub file: Flock<File>,
}

impl Kept {
    /// Deletes it.
    ///
    /// # Errors
    ///
    /// The file cannot be deleted.
    pub fn remove(&self) -> Result<(), Diag> {
        unlinkat(&self.folder.fd, self.name.as_c_str(), UnlinkatFlags::NoRemoveDir)
            .map_err(|e| failed("Cannot remove", &self.path, e))
    }
}

/// A journal that was found.
pub struct Found {
    /// Its path.
    pub path: PathBuf,
    /// The batch that it belongs to.
    pub origin: Origin,
    file: File,
    size: u64,
    /// Its directory and its name there; `None` if it was given by path.
    place: Option<(Rc<Folder>, CString)>,
    /// The lock, which the process that writes or rolls back the journal holds; ours once acquired.
    lock: OnceCell<Option<Flock<File>>>,
}

/// All journals, or why one cannot be used.
///
/// # Errors
///
/// A directory cannot be opened or read, or others can write to it.
pub fn journals() -> Result<Vec<Result<Found, Diag>>, Diag> {
    let mut out = Vec::new();
    for folder in all()? {
        for name in folder.names()? {
            out.extend(folder.find(&name).transpose());
        }
    }
    Ok(out)
}

/// Opens a journal by its path.
///
/// # Errors
///
/// The file cannot be opened, is not a regular file of this user, or is not a journal.
pub fn at(path: &Path) -> Result<Found, Diag> {
    let fd = open(path, READ, Mode::empty()).map_err(|e| failed("Cannot open", path, e))?;
    found(path.to_path_buf(), fd, None)
}

fn found(path: PathBuf, fd: OwnedFd, place: Option<(Rc<Folder>, CString)>) -> Result<Found, Diag> {
    let unfit =
        |why: &str| Diag::fail(format!("Cannot use the journal \"{}\": {why}", shown(path.as_os_str().as_bytes())));
    let stat = fstat(&fd).map_err(|e| failed("Cannot open", &path, e))?;
    if SFlag::from_bits_truncate(stat.st_mode) & SFlag::S_IFMT != SFlag::S_IFREG {
        return Err(unfit("it is not a regular file"));
    }
    if !is_ours(&stat) {
        return Err(unfit("another user owns it, or can write to it"));
    }
    let file = File::from(fd);
    let size = u64::try_from(stat.st_size).unwrap_or(0);
    let head = Reader::begin(&file, size).and_then(|(_, head)| Origin::read(&head).ok_or(Unfit::Damaged));
    let origin = head.map_err(|why| unfit(&why.to_string()))?;
    Ok(Found { path, origin, file, size, place, lock: OnceCell::new() })
}

impl Found {
    /// Whether its batch still runs, or another process is rolling it back.
    pub fn is_busy(&self) -> bool {
        let lock = || Flock::lock(self.file.try_clone().ok()?, FlockArg::LockExclusiveNonblock).ok();
        self.lock.get_or_init(lock).is_none()
    }

    /// Whether it was deleted since it was opened.
    pub fn is_gone(&self) -> bool {
        fstat(&self.file).is_ok_and(|s| s.st_nlink == 0)
    }

    /// Reads its content.
    ///
    /// # Errors
    ///
    /// The journal is truncated, damaged or of another version, or cannot be read.
    pub fn record(&self) -> Result<Record, Diag> {
        let read = || {
            std::io::Seek::rewind(&mut &self.file).map_err(|e| Unfit::Unreadable(errno_of(&e)))?;
            let (mut reader, _) = Reader::begin(BufReader::new(&self.file), self.size)?;
            Record::read(self.origin.clone(), &mut reader)
        };
        read().map_err(|why: Unfit| {
            Diag::fail(format!("Cannot use the journal \"{}\": {why}", shown(self.path.as_os_str().as_bytes())))
        })
    }

    /// Deletes it.
    ///
    /// # Errors
    ///
    /// The file cannot be deleted.
    pub fn remove(&self) -> Result<(), Diag> {
        let gone = match &self.place {
            Some((folder, name)) => unlinkat(&folder.fd, name.as_c_str(), UnlinkatFlags::NoRemoveDir),
            None => nix::unistd::unlink(&self.path),
        };
        gone.map_err(|e| failed("Cannot remove", &self.path, e))
    }
}
