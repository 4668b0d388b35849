//! Watches names of namespaces.
//!
//! A name is a file in /run/netns that a namespace is mounted on. `netns add` creates the file first, so its existence
//! says nothing; and a mount causes no inotify event, only POLLPRI on /proc/self/mountinfo. Names that are symbolic
//! links cause no mount. So both are watched.

use crate::diag::Diag;
use crate::object::netns::{self, RUN_DIR};
use nix::errno::Errno;
use nix::sys::inotify::{AddWatchFlags, InitFlags, Inotify};
use std::fs::File;
use std::os::fd::OwnedFd;
use std::os::unix::fs::MetadataExt as _;

/// What a name refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// A namespace: device and inode of its file.
    Namespace(u64, u64),
    /// Something else, or a namespace that was not mounted yet.
    File,
    /// There is no such name.
    Nothing,
    /// It cannot be opened.
    Closed(Errno),
}

/// What a name refers to now.
pub fn look(name: &[u8]) -> Named {
    match netns::open(name) {
        Ok(fd) if netns::is_namespace(&fd) => identity(fd).unwrap_or(Named::Closed(Errno::EIO)),
        Ok(_) => Named::File,
        Err(e) => match netns::exists(name) {
            Ok(false) => Named::Nothing,
            // A dangling link, or the file of a namespace in creation: its mode is 0.
            Ok(true) if matches!(e, Errno::ENOENT | Errno::EACCES) => Named::File,
            _ => Named::Closed(e),
        },
    }
}

fn identity(fd: OwnedFd) -> Option<Named> {
    let m = File::from(fd).metadata().ok()?;
    Some(Named::Namespace(m.dev(), m.ino()))
}

/// Signals possible changes of names in this mount namespace.
pub struct Names {
    /// Readable after a change of files.
    pub files: Inotify,
    /// POLLPRI after a mount or an unmount.
    pub mounts: File,
}

impl Names {
    /// Begins to watch.
    ///
    /// # Errors
    ///
    /// /proc is not mounted, or inotify's limit of watches is reached.
    pub fn watch() -> Result<Names, Diag> {
        let files = Inotify::init(InitFlags::IN_CLOEXEC | InitFlags::IN_NONBLOCK)
            .map_err(|e| Diag::os("inotify_init failed", e))?;
        let mounts = File::open("/proc/self/mountinfo")
            .map_err(|e| Diag::os("Cannot open /proc/self/mountinfo", crate::diag::errno_of(&e)))?;
        let names = Names { files, mounts };
        names.renew()?;
        Ok(names)
    }

    /// Consumes the events, and watches the present directory. Must be called before names are examined.
    ///
    /// # Errors
    ///
    /// Inotify's limit of watches is reached.
    pub fn renew(&self) -> Result<(), Diag> {
        while let Ok(events) = self.files.read_events() {
            if events.is_empty() {
                break;
            }
        }
        let mask = AddWatchFlags::IN_CREATE
            | AddWatchFlags::IN_DELETE
            | AddWatchFlags::IN_MOVED_FROM
            | AddWatchFlags::IN_MOVED_TO
            | AddWatchFlags::IN_DELETE_SELF;
        // Watch the deepest existing directory; each is checked again after its parent is watched.
        for folder in ["/", "/run", RUN_DIR] {
            match self.files.add_watch(folder, mask) {
                Ok(_) | Err(Errno::ENOENT | Errno::ENOTDIR | Errno::EACCES) => {}
                Err(e) => return Err(Diag::os("inotify_add_watch failed", e)),
            }
        }
        Ok(())
    }
}
