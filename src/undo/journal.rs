//! The journal of a batch that can be undone: in memory, and in a file that outlives the process.

use super::record::{self, Origin, Record, uptime};
use super::refuse::refuse;
use super::snapshot::Snapshot;
use crate::deed::{Deed, Undo, Watch};
use crate::diag::{Diag, errno_of, errno_text};
use crate::net::identity::Class;
use crate::net::{Guard, KernelError, Request, Verdict};
use nix::errno::Errno;
use nix::fcntl::{Flock, FlockArg, OFlag, open};
use nix::sys::stat::{Mode, fstat};
use std::cell::{OnceCell, RefCell};
use std::fs::File;
use std::io::{BufWriter, Read as _, Write as _};
use std::os::fd::OwnedFd;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

/// A journal may be this long: a full table of the Internet's routes is a tenth of it.
const SIZE_MAX: u64 = 2 << 30;

pub struct Journal {
    record: RefCell<Record>,
    file: Flock<File>,
    path: PathBuf,
}

fn failed(what: &str, path: &Path, e: Errno) -> Diag {
    Diag::fail(format!(
        "{what} {}: {}",
        crate::show::escape::shown(path.as_os_str().as_encoded_bytes()),
        errno_text(e as i32)
    ))
}

/// Where journals may be: the system's folder for root, the user's own otherwise.
fn folders() -> Vec<PathBuf> {
    let own = std::env::var_os("XDG_RUNTIME_DIR").map(|d| Path::new(&d).join("rip")).filter(|d| d.is_absolute());
    let system = nix::unistd::geteuid().is_root().then(|| PathBuf::from("/run/rip"));
    system.into_iter().chain(own).collect()
}

/// Opens a folder that nobody else can write to.
fn trusted(folder: &Path) -> Result<OwnedFd, Errno> {
    let fd = open(folder, OFlag::O_DIRECTORY | OFlag::O_NOFOLLOW | OFlag::O_CLOEXEC, Mode::empty())?;
    let stat = fstat(&fd)?;
    if stat.st_uid != nix::unistd::geteuid().as_raw() || stat.st_mode & 0o022 != 0 {
        return Err(Errno::EPERM);
    }
    Ok(fd)
}

/// The first folder that a journal can be kept in.
fn folder() -> Result<(PathBuf, OwnedFd), Diag> {
    let mut last = Diag::fail("a journal needs a folder: XDG_RUNTIME_DIR is not set");
    for path in folders() {
        let made = match nix::unistd::mkdir(&path, Mode::S_IRWXU) {
            Err(e) if e != Errno::EEXIST => Err(e),
            _ => trusted(&path),
        };
        match made {
            Ok(fd) => return Ok((path, fd)),
            Err(e) => last = failed("Cannot keep a journal in", &path, e),
        }
    }
    Err(last)
}

/// This boot, this namespace, this process, now.
pub fn here(file: &str) -> Result<Origin, Diag> {
    let boot = std::fs::read_to_string("/proc/sys/kernel/random/boot_id").unwrap_or_default().trim().to_string();
    let ns = std::fs::metadata("/proc/self/ns/net")
        .map_err(|e| failed("Cannot look at", Path::new("/proc/self/ns/net"), errno_of(&e)))?;
    let pid = std::process::id();
    let file = crate::show::escape::shown(file.as_bytes()).replace('\n', " ");
    Ok(Origin { boot, netns: (ns.dev(), ns.ino()), pid, since: uptime(), file })
}

/// The journals of a folder that we can read.
pub struct Found {
    pub path: PathBuf,
    pub record: Record,
    /// It got as far as the first change.
    pub ready: bool,
    file: File,
    /// Held by whoever writes the journal, or undoes it; ours once it was asked for.
    lock: OnceCell<Option<Flock<File>>>,
}

impl Found {
    /// Whether its batch still runs, or is being undone by another process.
    pub fn is_busy(&self) -> bool {
        let lock = || Flock::lock(self.file.try_clone().ok()?, FlockArg::LockExclusiveNonblock).ok();
        self.lock.get_or_init(lock).is_none()
    }
}

/// Every journal there is.
pub fn all() -> Vec<Found> {
    let mut out = Vec::new();
    for folder in folders() {
        if trusted(&folder).is_err() {
            continue;
        }
        let names = std::fs::read_dir(&folder).into_iter().flatten().flatten();
        let mut paths: Vec<PathBuf> =
            names.map(|e| e.path()).filter(|p| p.extension().is_some_and(|e| e == "journal")).collect();
        paths.sort();
        out.extend(paths.into_iter().filter_map(|p| read(&p).ok()));
    }
    out
}

/// Reads one journal.
pub fn read(path: &Path) -> Result<Found, Diag> {
    let flags = OFlag::O_RDONLY | OFlag::O_NOFOLLOW | OFlag::O_NONBLOCK | OFlag::O_CLOEXEC;
    let fd = open(path, flags, Mode::empty()).map_err(|e| failed("Cannot open", path, e))?;
    let stat = fstat(&fd).map_err(|e| failed("Cannot open", path, e))?;
    if stat.st_uid != nix::unistd::geteuid().as_raw() || stat.st_mode & 0o022 != 0 {
        return Err(failed("Cannot trust", path, Errno::EPERM));
    }
    let mut bytes = Vec::new();
    let file = File::from(fd);
    (&file).take(SIZE_MAX).read_to_end(&mut bytes).map_err(|e| failed("Cannot read", path, errno_of(&e)))?;
    let Some((record, ready)) = Record::read(&bytes) else {
        return Err(Diag::fail(format!(
            "\"{}\" is no journal",
            crate::show::escape::shown(path.as_os_str().as_encoded_bytes())
        )));
    };
    Ok(Found { path: path.to_path_buf(), record, ready, file, lock: OnceCell::new() })
}

impl Journal {
    /// Writes what there is now to a new file; the first change may follow.
    pub fn begin(file: &str, before: Snapshot) -> Result<Journal, Diag> {
        let origin = here(file)?;
        let ours = |f: &&Found| f.record.origin.boot == origin.boot && f.record.origin.netns == origin.netns;
        if let Some(other) = all().iter().find(ours) {
            let o = &other.record.origin;
            return Err(if other.is_busy() {
                Diag::fail(format!("another atomic batch runs in this namespace, process {}", o.pid))
            } else {
                Diag::fail(format!("an atomic batch of this namespace was interrupted ({})", o.file))
                    .hint("undo it first: rip batch-recover")
            });
        }
        let (folder, dir) = folder()?;
        let path = folder.join(format!("batch-{}-{}.journal", origin.netns.1, origin.pid));
        let name = path.file_name().unwrap_or_default();
        // One that is left from another boot, by a process of the same number.
        let _ = nix::unistd::unlinkat(&dir, name, nix::unistd::UnlinkatFlags::NoRemoveDir);
        let flags = OFlag::O_WRONLY | OFlag::O_CREAT | OFlag::O_EXCL | OFlag::O_NOFOLLOW | OFlag::O_CLOEXEC;
        let fd = nix::fcntl::openat(&dir, name, flags, Mode::S_IRUSR | Mode::S_IWUSR)
            .map_err(|e| failed("Cannot make", &path, e))?;
        let file = Flock::lock(File::from(fd), FlockArg::LockExclusiveNonblock)
            .map_err(|(_, e)| failed("Cannot lock", &path, e))?;
        let record = Record { origin, before, ..Record::default() };
        let mut out = BufWriter::new(&*file);
        let written = record.begin(&mut out).and_then(|()| out.flush()).and_then(|()| file.sync_all());
        drop(out);
        let journal = Journal { record: RefCell::new(record), file, path };
        if let Err(e) = written {
            journal.remove();
            return Err(failed("Cannot write", &journal.path, errno_of(&e)));
        }
        let _ = File::from(dir).sync_all();
        Ok(journal)
    }

    /// The batch has come to its end, or is undone.
    pub fn remove(&self) {
        let _ = std::fs::remove_file(&self.path);
    }

    pub fn record(&self) -> Record {
        self.record.borrow().clone()
    }

    fn append(&self, part: &[u8]) -> Result<(), Errno> {
        (&*self.file).write_all(part).map_err(|e| errno_of(&e))
    }
}

impl Guard for Journal {
    fn before(&self, r: &Request) -> Result<Verdict, KernelError> {
        let mut record = self.record.borrow_mut();
        refuse(&record.before, r)?;
        // What was not expected of these lines was not looked at.
        if Class::of(r.kind).is_some_and(|c| !record.before.0.contains_key(&c)) {
            return Err(KernelError::from_errno(Errno::EOPNOTSUPP));
        }
        self.append(&record::request(r.kind, r.flags, &r.body)).map_err(KernelError::from_errno)?;
        record.touched.note(r.kind, r.flags, &r.body);
        Ok(Verdict::Send)
    }
}

impl Watch for Journal {
    fn deed(&self, deed: &Deed) -> Result<bool, Diag> {
        let mut record = self.record.borrow_mut();
        let part = match &deed.undo {
            Undo::Never(why) | Undo::Unname(_, why) | Undo::Unlink(_, why) => return Err(never(deed, why)),
            Undo::Nothing => return Ok(true),
            // One that is there already is not made, and must not be removed.
            Undo::Name(name) if crate::object::netns::open(name).is_ok() => return Ok(true),
            Undo::Name(name) => {
                record.names.push(name.clone());
                record::name(name)
            }
            Undo::Link(name) => {
                record.touched.note_name(name);
                record::link(name)
            }
        };
        self.append(&part).map_err(|e| failed("Cannot write", &self.path, e))?;
        Ok(true)
    }
}

/// Refuses a deed.
pub fn never(deed: &Deed, why: &str) -> Diag {
    Diag::fail(format!("Error: -atomic: {} cannot be undone: {why}.", deed.words))
}
