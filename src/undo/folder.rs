//! The folders that journals are kept in: opened once, and only then listed, read and written.

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
/// The name of a journal that has no head yet.
const UNBORN: &CStr = c".new";

/// A directory of journals.
pub struct Folder {
    path: PathBuf,
    fd: OwnedFd,
}

fn failed(what: &str, path: &Path, e: Errno) -> Diag {
    Diag::fail(format!("{what} {}: {}", shown(path.as_os_str().as_bytes()), errno_text(e as i32)))
}

/// Where journals may be: the system's folder for root, the user's own otherwise.
fn paths() -> Vec<PathBuf> {
    let own = std::env::var_os("XDG_RUNTIME_DIR").map(|d| Path::new(&d).join("rip")).filter(|d| d.is_absolute());
    let system = nix::unistd::geteuid().is_root().then(|| PathBuf::from("/run/rip"));
    system.into_iter().chain(own).collect()
}

/// Whether nobody but us can have written something.
fn is_ours(stat: &nix::sys::stat::FileStat) -> bool {
    stat.st_uid == nix::unistd::geteuid().as_raw() && stat.st_mode & 0o022 == 0
}

/// Every folder that is there. One that others can write to is an error.
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

/// The first folder that a journal can be kept in; it is made where it is not there.
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

    /// Waits for our turn: as long as this is held, no other batch begins.
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

    /// Makes a journal: it appears with its head, locked.
    pub fn create(self: &Rc<Folder>, origin: &Origin) -> Result<(Kept, Writer), Diag> {
        let name = format!("batch-{}-{}.journal", origin.cookie, origin.pid);
        let path = self.path.join(&name);
        let failed = |e| failed("Cannot create", &path, e);
        let name = CString::new(name).map_err(|_| failed(Errno::EINVAL))?;
        // Unrestored by a batch that died in its turn, which is over.
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

    /// Opens one of its journals; none where it has gone meanwhile.
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
    /// Removes it.
    pub fn remove(&self) -> Result<(), Diag> {
        unlinkat(&self.folder.fd, self.name.as_c_str(), UnlinkatFlags::NoRemoveDir)
            .map_err(|e| failed("Cannot remove", &self.path, e))
    }
}

/// A journal that was found.
pub struct Found {
    /// Its path.
    pub path: PathBuf,
    /// Whose it is.
    pub origin: Origin,
    file: File,
    size: u64,
    /// Its folder, and its name there; none where it was named by its path.
    place: Option<(Rc<Folder>, CString)>,
    /// Held by the process that writes the journal, or undoes it; ours once it was asked for.
    lock: OnceCell<Option<Flock<File>>>,
}

/// Every journal there is, or why one cannot be used.
pub fn journals() -> Result<Vec<Result<Found, Diag>>, Diag> {
    let mut out = Vec::new();
    for folder in all()? {
        for name in folder.names()? {
            out.extend(folder.find(&name).transpose());
        }
    }
    Ok(out)
}

/// One journal, by its path.
pub fn at(path: &Path) -> Result<Found, Diag> {
    let fd = open(path, READ, Mode::empty()).map_err(|e| failed("Cannot open", path, e))?;
    found(path.to_path_buf(), fd, None)
}

fn found(path: PathBuf, fd: OwnedFd, place: Option<(Rc<Folder>, CString)>) -> Result<Found, Diag> {
    let unfit =
        |why: &str| Diag::fail(format!("Cannot use the journal \"{}\": {why}", shown(path.as_os_str().as_bytes())));
    let stat = fstat(&fd).map_err(|e| failed("Cannot open", &path, e))?;
    if SFlag::from_bits_truncate(stat.st_mode) & SFlag::S_IFMT != SFlag::S_IFREG {
        return Err(unfit("it is no regular file"));
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
    /// Whether its batch still runs, or is being undone by another process.
    pub fn is_busy(&self) -> bool {
        let lock = || Flock::lock(self.file.try_clone().ok()?, FlockArg::LockExclusiveNonblock).ok();
        self.lock.get_or_init(lock).is_none()
    }

    /// Whether it was removed since it was opened.
    pub fn is_gone(&self) -> bool {
        fstat(&self.file).is_ok_and(|s| s.st_nlink == 0)
    }

    /// Reads all of it.
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

    /// Removes it.
    pub fn remove(&self) -> Result<(), Diag> {
        let gone = match &self.place {
            Some((folder, name)) => unlinkat(&folder.fd, name.as_c_str(), UnlinkatFlags::NoRemoveDir),
            None => nix::unistd::unlink(&self.path),
        };
        gone.map_err(|e| failed("Cannot remove", &self.path, e))
    }
}
