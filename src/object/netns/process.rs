//! Maps processes to namespaces. A process that exits during the search is skipped.

use super::place;
use super::reference::Reference;
use crate::diag::{Diag, Lost, Span, errno_of};
use crate::grammar::Words;
use crate::session::Session;
use nix::errno::Errno;
use nix::sys::stat::{FileStat, stat};
use std::path::Path;

/// Device and inode, which identify a namespace.
fn identity(s: &FileStat) -> (u64, u64) {
    (s.st_dev, s.st_ino)
}

fn cannot_open(e: Errno) -> Diag {
    Diag::os("Cannot open network namespace", e)
}

/// Runs `netns identify [ PID ]`: prints the name of a process's namespace, or an empty line.
///
/// # Errors
///
/// A wrong word; ENOENT if there is no such process, EACCES if it may not be inspected.
pub fn identify(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    super::check(s, w)?;
    if let Some(extra) = w.peek_second() {
        return Err(Diag::fail("extra arguments specified").at(extra.span()));
    }
    let pid = match w.peek() {
        None => "self".to_string(),
        Some(arg) if !arg.bytes.is_empty() && arg.bytes.iter().all(u8::is_ascii_digit) => {
            String::from_utf8_lossy(arg.bytes).into_owned()
        }
        Some(arg) => {
            return Err(Diag::fail(format!("Specified string '{}' is not a pid", arg.shown())).at(arg.span()));
        }
    };
    let found = name_of(&pid).map_err(cannot_open)?;
    s.document(|p| {
        let Some(name) = &found else { return p.end_line() };
        p.object(None);
        p.item("name", "{}", name);
        p.end_line();
        p.close();
    });
    Ok(0)
}

/// The name of the namespace that a process is in, if it has one.
///
/// # Errors
///
/// ENOENT if there is no such process, EACCES if it may not be inspected.
pub fn name_of(pid: &str) -> Result<Option<Vec<u8>>, Errno> {
    let here = stat(Path::new(&format!("/proc/{pid}/ns/net")))?;
    let mut found = None;
    for name in place::names().unwrap_or_default() {
        if stat(&place::path(&name)).is_ok_and(|n| identity(&n) == identity(&here)) {
            found = Some(name);
        }
    }
    Ok(found)
}

/// Runs `netns pids NAME`: lists the processes in a namespace, one per line.
///
/// # Errors
///
/// A wrong word, or a namespace that does not exist or may not be inspected.
pub fn pids(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let name = super::word(s, w)?;
    if let Some(extra) = w.peek() {
        return Err(Diag::fail("extra arguments specified").at(extra.span()));
    }
    let at = Span::word(w.at().saturating_sub(1));
    let reference = Reference::parse(name, s.options.invocation.is_ip).map_err(|d| d.at_first(at))?;
    let there = stat(&reference.path()).map_err(|e| match reference.name() {
        Some(_) => cannot_open(e).at(at).lost(Lost::Namespace(name.to_vec())),
        None => cannot_open(e).at(at),
    })?;
    let entries = std::fs::read_dir("/proc").map_err(|e| Diag::os("Open of /proc failed", errno_of(&e)))?;
    s.document(|p| {
        for entry in entries.flatten() {
            let Some(pid) = entry.file_name().to_str().and_then(|n| n.parse::<u32>().ok()) else { continue };
            if stat(&entry.path().join("ns/net")).is_ok_and(|p| identity(&p) == identity(&there)) {
                p.object(None);
                p.item("pid", "{}", pid);
                p.end_line();
                p.close();
            }
        }
    });
    Ok(0)
}

/// Leaves the VRF of this process, because a command in another namespace does not belong to it: moves from the VRF's
/// control group to the parent of all of them.
pub fn leave_vrf() {
    let Ok(groups) = std::fs::read_to_string("/proc/self/cgroup") else { return };
    let Some(group) = groups.lines().find_map(|l| l.strip_prefix("0::")).and_then(above_vrf) else { return };
    let Ok(mounts) = std::fs::read_to_string("/proc/self/mounts") else { return };
    let root = mounts.lines().find_map(|l| {
        let mut f = l.split(' ');
        let (_, at, kind) = (f.next()?, f.next()?, f.next()?);
        (kind == "cgroup2").then_some(at)
    });
    if let Some(root) = root {
        let _ = std::fs::write(format!("{root}{group}/cgroup.procs"), std::process::id().to_string());
    }
}

/// The parent group, if this is the group of a VRF: `/x/vrf` of `/x/vrf/red`.
fn above_vrf(group: &str) -> Option<&str> {
    let end = group.find("/vrf/")? + "/vrf".len();
    group.get(..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_group_of_a_vrf() {
        assert_eq!(above_vrf("/vrf/red"), Some("/vrf"));
        assert_eq!(above_vrf("/user/vrf/red"), Some("/user/vrf"));
        for other in ["/", "/vrf", "/vrfs/red", "/user/my-vrf/x"] {
            assert_eq!(above_vrf(other), None, "{other}");
        }
    }
}
