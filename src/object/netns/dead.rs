//! Names in /run/netns that refer to no namespace, and unused namespaces.
//!
//! `gc` removes only the former. A name that is a plain file here may be mounted in another mount namespace, where
//! unlinking the file would unmount it; such a name is left alone.

use super::{place, unnamed};
use crate::diag::{Diag, FAIL, errno_of};
use crate::grammar::Words;
use crate::net::attr::u32_at;
use crate::net::interceptor::{Revert, SideEffect};
use crate::net::{Message, Request};
use crate::output::escape::shown;
use crate::output::out::print_stderr;
use crate::rights::as_lender;
use crate::schema::{IFINFOMSG, RTM_GETLINK};
use crate::session::Session;
use nix::errno::Errno;
use nix::mount::{MntFlags, umount2};
use std::collections::HashSet;
use std::fs::Metadata;
use std::ops::ControlFlow;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::{FileTypeExt as _, MetadataExt as _};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// `netns add` creates the file and then mounts the namespace on it, so a younger file is checked again.
const YOUNG: Duration = Duration::from_secs(1);

/// A name that refers to no namespace.
struct Dead {
    name: Vec<u8>,
    file: Metadata,
}

impl Dead {
    /// The file of a name that certainly refers to no namespace.
    fn find(name: Vec<u8>) -> Option<Dead> {
        let file = place::is_dead(&name).then(|| place::path(&name).symlink_metadata())?.ok()?;
        Some(Dead { name, file })
    }

    fn kind(&self) -> &'static str {
        let t = self.file.file_type();
        match t {
            _ if t.is_file() => "file",
            _ if t.is_dir() => "directory",
            _ if t.is_symlink() => "symlink",
            _ if t.is_fifo() => "fifo",
            _ if t.is_socket() => "socket",
            _ => "device",
        }
    }

    fn is_young(&self) -> bool {
        let changed = UNIX_EPOCH + Duration::from_secs(u64::try_from(self.file.ctime()).unwrap_or(0));
        // The timestamp is rounded down to seconds; if the clock was set back, nothing is old.
        SystemTime::now().duration_since(changed).is_ok_and(|age| age <= YOUNG + Duration::from_secs(1))
    }

    /// Removes the name.
    fn remove(&self) -> Result<(), Errno> {
        let path = place::path(&self.name);
        let unlink = || match self.file.is_dir() {
            true => std::fs::remove_dir(&path).map_err(|e| errno_of(&e)),
            false => nix::unistd::unlink(&path),
        };
        match as_lender(unlink) {
            // Something is mounted on it; unmount it only if it is still not a namespace.
            Err(Errno::EBUSY) if place::is_mounted(&self.name) == Ok(false) => {
                umount2(&path, MntFlags::MNT_DETACH | MntFlags::UMOUNT_NOFOLLOW)?;
                as_lender(unlink)
            }
            other => other,
        }
    }
}

/// All names that refer to no namespace. Waits for a `netns add` of another process to mount its namespace.
fn all_dead() -> Result<Vec<Dead>, Diag> {
    let find = || -> Result<Vec<Dead>, Diag> {
        let names = place::all_names()?.unwrap_or_default();
        Ok(names.into_iter().filter_map(Dead::find).collect())
    };
    let first = find()?;
    if !first.iter().any(Dead::is_young) {
        return Ok(first);
    }
    std::thread::sleep(YOUNG);
    // A name that is new since the first look may be in creation, too.
    let mut now = find()?;
    now.retain(|d| first.iter().any(|f| f.name == d.name && f.file.ino() == d.file.ino()));
    Ok(now)
}

/// The names of network namespaces that are mounted in other mount namespaces, as far as this process may inspect them.
fn mounted_elsewhere() -> HashSet<Vec<u8>> {
    let own = std::fs::metadata("/proc/self/ns/mnt").map(|m| m.ino()).ok();
    let mut seen: HashSet<u64> = own.into_iter().collect();
    let mut names = HashSet::new();
    for entry in std::fs::read_dir("/proc").into_iter().flatten().flatten() {
        if entry.file_name().to_str().is_none_or(|n| n.parse::<u32>().is_err()) {
            continue;
        }
        let is_new = std::fs::metadata(entry.path().join("ns/mnt")).is_ok_and(|m| seen.insert(m.ino()));
        if is_new && let Ok(mounts) = std::fs::read(entry.path().join("mountinfo")) {
            names.extend(mounts.split(|b| *b == b'\n').filter_map(mounted_name));
        }
    }
    names
}

/// The name of a mounted namespace in a line of mountinfo(5): `39 28 0:4 net:[4026532] /run/netns/red rw - nsfs nsfs rw`.
fn mounted_name(line: &[u8]) -> Option<Vec<u8>> {
    let mut words = line.split(|b| *b == b' ');
    let at = words.nth(4)?;
    words.find(|w| *w == b"-")?;
    if words.next()? != b"nsfs" {
        return None;
    }
    let (folder, name) = at.split_at(at.iter().rposition(|b| *b == b'/')? + 1);
    folder.ends_with(b"/netns/").then(|| unescape(name))
}

/// Decodes the octal escapes of mountinfo: `\040` is a space.
fn unescape(word: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(word.len());
    let mut rest = word;
    while let Some((first, more)) = rest.split_first() {
        let code = more.get(..3).filter(|_| *first == b'\\').and_then(|d| std::str::from_utf8(d).ok());
        match code.and_then(|d| u8::from_str_radix(d, 8).ok()) {
            Some(byte) => {
                out.push(byte);
                rest = more.get(3..).unwrap_or_default();
            }
            None => {
                out.push(*first);
                rest = more;
            }
        }
    }
    out
}

/// Runs `netns gc [ check ]`: removes the names that refer to no namespace, or only lists them.
///
/// # Errors
///
/// A word other than `check`, or a name that cannot be removed.
pub fn gc(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let check = w.take_if(&["check"]).is_some();
    if let Some(extra) = w.peek() {
        return Err(extra.wrong("\"gc\" takes nothing but \"check\""));
    }
    let dead = s.listed(all_dead())?;
    let elsewhere = if dead.is_empty() { HashSet::new() } else { mounted_elsewhere() };
    let mut code = 0;
    let mut found: Vec<&Dead> = Vec::new();
    for one in &dead {
        if elsewhere.contains(&one.name) {
            s.note(&format!("{}: mounted in another mount namespace, left alone\n", shown(&one.name)));
            continue;
        }
        if check {
            code = FAIL;
            found.push(one);
            continue;
        }
        let why = "a name that refers to no namespace cannot be restored";
        if !s.allow(|| {
            SideEffect::new(format!("delete dead namespace name {}", shown(&one.name)), Revert::Impossible(why))
        })? {
            continue;
        }
        match one.remove() {
            Ok(()) => found.push(one),
            Err(Errno::ENOENT) => {}
            Err(Errno::ENOTEMPTY | Errno::EEXIST) if one.file.is_dir() => {
                s.note(&format!("{}: the directory is not empty, left alone\n", shown(&one.name)));
            }
            Err(e) => {
                let path = place::path(&one.name);
                let d = Diag::os(format!("Cannot remove namespace file \"{}\"", shown(path.as_os_str().as_bytes())), e);
                code = d.code();
                print_stderr(&d.render(&[]));
            }
        }
    }
    if s.is_dry_run() {
        return Ok(code);
    }
    s.document(|p| {
        for one in &found {
            p.object(None);
            p.item("name", "{}", &one.name);
            p.item("type", " ({})", one.kind());
            p.end_line();
            p.close();
        }
    });
    Ok(code)
}

/// Runs `netns list idle`: lists the namespaces without processes and without links other than the loopback.
///
/// # Errors
///
/// EMFILE, ENFILE or ENOMEM while reading /run/netns.
pub fn idle(s: &Session) -> Result<u8, Diag> {
    let names = s.listed(place::all_names())?.unwrap_or_default();
    let (inhabited, closed) = unnamed::inhabited();
    if closed > 0 {
        s.note(&format!("{closed} processes could not be inspected: that needs root\n"));
    }
    let mut idle = Vec::new();
    for name in names {
        let Some(fd) = place::open(&name).ok().filter(place::is_namespace) else { continue };
        let Ok(file) = std::fs::metadata(place::path(&name)) else { continue };
        if inhabited.iter().any(|p| p.identity == (file.dev(), file.ino())) {
            continue;
        }
        match super::within(&fd, || has_links(s)) {
            Ok(Ok(false)) => idle.push(name),
            Ok(Ok(true)) => {}
            Ok(Err(d)) | Err(d) => s.note(&format!("{}: {}\n", shown(&name), d.what().join(": "))),
        }
    }
    s.document(|p| {
        for name in &idle {
            p.object(None);
            p.item("name", "{}", name);
            p.end_line();
            p.close();
        }
    });
    Ok(0)
}

/// Whether the current namespace has a link other than the loopback.
fn has_links(s: &Session) -> Result<bool, Diag> {
    let mut found = false;
    let request = Request::raw(RTM_GETLINK, 0, &[0; IFINFOMSG]);
    let dumped = s.fresh_kernel()?.dump(&request, &mut |m: Message<'_>| {
        // `ifi_flags` of struct ifinfomsg.
        found |= u32_at(m.body, 8).is_some_and(|flags| flags & nix::libc::IFF_LOOPBACK as u32 == 0);
        ControlFlow::Continue(())
    });
    dumped.map_err(|e| e.explain(&request))?;
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_mountinfo() {
        let name = |line: &str| mounted_name(line.as_bytes());
        let at = |path: &str| format!("39 28 0:4 net:[4026532] {path} rw shared:1 - nsfs nsfs rw");
        assert_eq!(name(&at("/run/netns/red")), Some(b"red".to_vec()));
        assert_eq!(name(&at("/var/run/netns/a\\040b\\134")), Some(b"a b\\".to_vec()));
        assert_eq!(name(&at("/run/other/red")), None);
        assert_eq!(name("39 28 0:4 / /run/netns/red rw - tmpfs tmpfs rw"), None);
        assert_eq!(name(""), None);
    }
}
