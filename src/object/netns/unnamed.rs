//! Namespaces without a name, found through the processes in them, and the peers of links.

use super::{id, place};
use crate::net::{Nested, Request};
use crate::schema::*;
use crate::session::Session;
use crate::sort::Arrange as _;
use std::os::fd::{AsFd as _, OwnedFd};
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;

/// A network namespace that a process is in.
pub struct Inhabited {
    /// Device and inode of its file, which identify it.
    pub identity: (u64, u64),
    /// A process in it.
    pub pid: u32,
    /// The command name of that process.
    pub command: Vec<u8>,
}

/// The namespaces of all processes that we may inspect, each with its lowest process id, and the number of processes
/// that we may not. Inspecting needs the permission to trace a process.
pub fn inhabited() -> (Vec<Inhabited>, usize) {
    let mut pids: Vec<u32> = std::fs::read_dir("/proc")
        .map(|all| all.flatten().filter_map(|e| e.file_name().to_str()?.parse().ok()).collect())
        .unwrap_or_default();
    pids.arrange();
    let mut found: Vec<Inhabited> = Vec::new();
    let mut closed = 0;
    for pid in pids {
        let identity = match std::fs::metadata(format!("/proc/{pid}/ns/net")) {
            Ok(m) => (m.dev(), m.ino()),
            Err(e) => {
                closed += usize::from(e.kind() == std::io::ErrorKind::PermissionDenied);
                continue;
            }
        };
        if found.iter().all(|f| f.identity != identity) {
            found.push(Inhabited { identity, pid, command: command(pid) });
        }
    }
    (found, closed)
}

/// The command name of a process (/proc/PID/comm).
pub fn command(pid: u32) -> Vec<u8> {
    let mut command = std::fs::read(format!("/proc/{pid}/comm")).unwrap_or_default();
    command.truncate(command.iter().position(|b| *b == b'\n').unwrap_or(command.len()));
    command
}

/// Opens the namespace of a process.
pub fn open(pid: u32) -> Option<OwnedFd> {
    place::open_path(Path::new(&format!("/proc/{pid}/ns/net"))).ok()
}

/// Opens the current namespace.
///
/// # Errors
///
/// /proc is not mounted.
pub fn open_own() -> Result<OwnedFd, nix::errno::Errno> {
    place::open_path(Path::new("/proc/self/ns/net"))
}

/// The id of an open namespace here.
pub fn nsid_of(s: &Session, fd: &OwnedFd) -> Option<i32> {
    id::ask(s.side().ok()?, fd.as_fd())
}

/// The peer of a link.
pub struct Peer {
    /// Its name.
    pub ifname: Option<Vec<u8>>,
    /// The name of its namespace, if it has one.
    pub netns: Option<Vec<u8>>,
    /// A process in its namespace, and its command name.
    pub process: Option<(u32, Vec<u8>)>,
}

/// Finds the device with an index in the namespace with an id here; `None` is this namespace.
pub fn peer(s: &Session, nsid: Option<i32>, index: u32) -> Option<Peer> {
    let Some(nsid) = nsid else {
        return Some(Peer { ifname: Some(s.link_name(index)), netns: None, process: None });
    };
    if nsid < 0 || s.view().is_some() {
        return None;
    }
    let netns = super::name_of_nsid(s, nsid);
    let process = match netns {
        Some(_) => None,
        None => s
            .processes(|| {
                let all = inhabited().0;
                all.into_iter().filter_map(|p| Some((nsid_of(s, &open(p.pid)?)?, (p.pid, p.command)))).collect()
            })
            .get(&nsid)
            .cloned(),
    };
    let mut header = vec![0u8; 4];
    header.extend(index.to_ne_bytes());
    header.resize(IFINFOMSG, 0);
    let request = Request::raw(RTM_GETLINK, 0, &header).with(IFLA_TARGET_NETNSID, &nsid.to_ne_bytes());
    let answer = s.side().ok().and_then(|k| k.ask(&request).ok());
    let ifname = answer.and_then(|whole| {
        let a = Nested::new(whole.get(NLMSG_HDRLEN + IFINFOMSG..)?);
        a.str(IFLA_IFNAME).map(<[u8]>::to_vec)
    });
    (ifname.is_some() || netns.is_some() || process.is_some()).then_some(Peer { ifname, netns, process })
}
