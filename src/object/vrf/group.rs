//! Control groups of VRFs: `MOUNT/.../vrf/NAME`, in a named namespace below `N-ns`.

use crate::diag::{Diag, FAIL, errno_of};
use crate::output::escape::shown;
use nix::errno::Errno;
use nix::mount::{MsFlags, mount as mount_at};
use nix::sys::stat::Mode;
use std::ffi::OsStr;
use std::os::unix::ffi::{OsStrExt as _, OsStringExt as _};
use std::path::{Path, PathBuf};

/// Where cgroup2 is mounted if it is not yet, as by iproute2.
const OWN_MOUNT: &str = "/var/run/cgroup2";

/// The mount point of cgroup2, which is mounted first if necessary.
///
/// # Errors
///
/// The mount point cannot be created, or cgroup2 cannot be mounted there.
pub fn mount() -> Result<PathBuf, Diag> {
    let mounts = std::fs::read("/proc/mounts").unwrap_or_default();
    if let Some(found) = mounts.split(|b| *b == b'\n').find_map(mounted) {
        return Ok(found);
    }
    let path = Path::new(OWN_MOUNT);
    make(path)
        .and_then(|()| {
            let none: Option<&str> = None;
            mount_at(Some("none"), path, Some("cgroup2"), MsFlags::empty(), none).map_err(|e| {
                let text = crate::diag::errno_text(e as i32);
                Diag::fail(format!("Failed to mount cgroup2. Are CGROUPS enabled in your kernel? {text}"))
                    .with_errno(e as i32)
            })
        })
        .map_err(|d| d.line("Failed to setup cgroup2 directory").with_code(FAIL))?;
    Ok(path.to_path_buf())
}

/// The mount point in a line of /proc/mounts, if it is cgroup2; spaces in it are octal escapes.
fn mounted(line: &[u8]) -> Option<PathBuf> {
    let mut fields = line.split(|b| *b == b' ');
    let (_, at, kind) = (fields.next()?, fields.next()?, fields.next()?);
    if kind != b"cgroup2" {
        return None;
    }
    let mut out = Vec::new();
    let mut rest = at;
    while let Some((first, tail)) = rest.split_first() {
        let octal = tail.get(..3).filter(|_| *first == b'\\').and_then(|d| std::str::from_utf8(d).ok());
        match octal.and_then(|d| u8::from_str_radix(d, 8).ok()) {
            Some(byte) => {
                out.push(byte);
                rest = tail.get(3..).unwrap_or_default();
            }
            None => {
                out.push(*first);
                rest = tail;
            }
        }
    }
    Some(std::ffi::OsString::from_vec(out).into())
}

/// Creates a directory and its parents.
///
/// # Errors
///
/// The errno of mkdir(2) for the first directory that cannot be created.
pub fn make(path: &Path) -> Result<(), Diag> {
    let mut so_far = PathBuf::new();
    for part in path.components() {
        so_far.push(part);
        match nix::unistd::mkdir(&so_far, Mode::from_bits_truncate(0o755)) {
            Ok(()) | Err(Errno::EEXIST) => {}
            // An existing directory need not be writable.
            Err(_) if so_far.is_dir() => {}
            Err(e) => {
                let name = shown(so_far.as_os_str().as_bytes());
                return Err(Diag::os(format!("mkdir failed for {name}"), e));
            }
        }
    }
    Ok(())
}

/// The cgroup2 of a process: what follows `0::` in its list.
///
/// # Errors
///
/// ENOENT if there is no such process, or another errno of reading its list.
pub fn of_process(pid: &str) -> Result<Vec<u8>, Errno> {
    let list = std::fs::read(format!("/proc/{pid}/cgroup")).map_err(|e| errno_of(&e))?;
    let own = list.split(|b| *b == b'\n').find_map(|line| line.strip_prefix(b"0::"));
    Ok(own.unwrap_or_default().to_vec())
}

/// The VRF of a control group.
pub fn vrf_of(group: &[u8]) -> Option<&[u8]> {
    let at = find(group, b"/vrf/")?;
    group.get(at + b"/vrf/".len()..).filter(|name| !name.is_empty())
}

/// The path of a control group without its VRF part.
fn outside(group: &[u8]) -> &[u8] {
    let end = find(group, b"/vrf/").or_else(|| group.ends_with(b"/vrf").then(|| group.len() - b"/vrf".len()));
    group.get(..end.unwrap_or(group.len())).unwrap_or_default()
}

fn find(text: &[u8], part: &[u8]) -> Option<usize> {
    text.windows(part.len()).position(|w| w == part)
}

/// The name of the directory for the VRFs of a named namespace.
fn folder_of(space: &[u8]) -> Vec<u8> {
    [space, b"-ns"].concat()
}

/// The directory of a VRF's group for a process in this group; with an empty VRF, the parent of all of them.
pub fn path(mount: &Path, own: &[u8], space: Option<&[u8]>, vrf: &[u8]) -> PathBuf {
    let outside = outside(own);
    let mut path = mount.join(OsStr::from_bytes(outside.strip_prefix(b"/").unwrap_or(outside)));
    if let Some(folder) = space.map(folder_of)
        && path.file_name() != Some(OsStr::from_bytes(&folder))
    {
        path.push(OsStr::from_bytes(&folder));
    }
    path.push("vrf");
    if !vrf.is_empty() {
        path.push(OsStr::from_bytes(vrf));
    }
    path
}

/// The processes in groups of a VRF; in a named namespace, in those of its directory.
pub fn processes(mount: &Path, vrf: &[u8], space: Option<&[u8]>) -> Vec<u32> {
    let folder = space.map(folder_of);
    let mut out = Vec::new();
    let mut open = vec![mount.to_path_buf()];
    while let Some(dir) = open.pop() {
        let fits = folder.as_ref().is_none_or(|f| dir.file_name() == Some(OsStr::from_bytes(f)));
        if fits
            && let Ok(list) = std::fs::read_to_string(dir.join("vrf").join(OsStr::from_bytes(vrf)).join("cgroup.procs"))
        {
            out.extend(list.lines().filter_map(|l| l.parse::<u32>().ok()));
        }
        let Ok(entries) = std::fs::read_dir(&dir) else { continue };
        let below: Vec<PathBuf> =
            entries.flatten().filter(|e| e.file_type().is_ok_and(|t| t.is_dir())).map(|e| e.path()).collect();
        open.extend(below.into_iter().rev());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_by_their_names() {
        assert_eq!(vrf_of(b"/vrf/red"), Some(&b"red"[..]));
        assert_eq!(vrf_of(b"/a/n1-ns/vrf/red"), Some(&b"red"[..]));
        for none in [&b"/"[..], b"/vrf", b"/vrf/", b"/vrfs/red"] {
            assert_eq!(vrf_of(none), None, "{none:?}");
        }
        let at = |own: &[u8], space: Option<&[u8]>, vrf: &[u8]| path(Path::new("/cg"), own, space, vrf);
        assert_eq!(at(b"/", None, b"red"), Path::new("/cg/vrf/red"));
        assert_eq!(at(b"/a/vrf/blue", None, b"red"), Path::new("/cg/a/vrf/red"));
        assert_eq!(at(b"/a/vrf", None, b""), Path::new("/cg/a/vrf"));
        assert_eq!(at(b"/vrfs/x", None, b"red"), Path::new("/cg/vrfs/x/vrf/red"));
        assert_eq!(at(b"/", Some(b"n1"), b"red"), Path::new("/cg/n1-ns/vrf/red"));
        assert_eq!(at(b"/n1-ns/vrf/green", Some(b"n1"), b"red"), Path::new("/cg/n1-ns/vrf/red"));
    }

    #[test]
    fn where_the_groups_are_mounted() {
        assert_eq!(mounted(b"cg /sys/fs/cgroup cgroup2 rw 0 0"), Some("/sys/fs/cgroup".into()));
        assert_eq!(mounted(b"cg /a\\040b cgroup2 rw 0 0"), Some("/a b".into()));
        assert_eq!(mounted(b"cg /sys/fs/cgroup cgroup rw 0 0"), None);
        assert_eq!(mounted(b""), None);
    }
}
