//! References to namespaces: `red`, `/run/docker/netns/default`, `pid:4242`, `container:4f1e09ad`.
//!
//! A name in /run/netns takes precedence, so a namespace named `pid:1` is found by that word. Under the name `ip`, only
//! names exist.

use super::place;
use crate::diag::{Diag, FAIL, Lost, USAGE};
use crate::grammar::Offer;
use crate::output::escape::shown;
use nix::errno::Errno;
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::os::fd::OwnedFd;
use std::os::unix::ffi::OsStrExt as _;
use std::path::PathBuf;

/// Minimum number of digits of a container id.
const PREFIX_MIN: usize = 8;
/// Digits of the ids of Docker, Podman, containerd and CRI-O.
const ID_LEN: usize = 64;
/// Digits that Docker and Podman print.
const SHORT_ID: usize = 12;

/// A parsed reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reference {
    /// A name in /run/netns.
    Name(Vec<u8>),
    /// A path.
    Path(PathBuf),
    /// The namespace of a process.
    Process(u32),
    /// The namespace of a container, by one of its processes.
    Container(u32),
}

impl Reference {
    /// Parses a word.
    ///
    /// # Errors
    ///
    /// An invalid process or container id, a container that does not exist, or several that match.
    pub fn parse(word: &[u8], is_ip: bool) -> Result<Reference, Diag> {
        let name = place::existing(word).into_owned();
        if is_ip || place::is_name(&name) && place::exists(&name) == Ok(true) {
            return Ok(Reference::Name(name));
        }
        if let Some(pid) = word.strip_prefix(b"pid:") {
            return process(pid).map(Reference::Process).ok_or_else(|| wrong(word, "not a process id"));
        }
        if let Some(id) = word.strip_prefix(b"container:") {
            return container(word, id).map(Reference::Container);
        }
        let Some(cut) = word.iter().rposition(|b| *b == b'/') else { return Ok(Reference::Name(name)) };
        let (folder, file) = word.split_at(cut + 1);
        // A path below /run/netns is the name, so that the files of /etc/netns/NAME apply.
        if matches!(folder, b"/run/netns/" | b"/var/run/netns/") && place::is_name(file) {
            return Ok(Reference::Name(file.to_vec()));
        }
        Ok(Reference::Path(PathBuf::from(OsStr::from_bytes(word))))
    }

    /// The name in /run/netns, if it is one.
    pub fn name(&self) -> Option<&[u8]> {
        match self {
            Reference::Name(name) => Some(name),
            _ => None,
        }
    }

    /// The file that leads to the namespace.
    pub fn path(&self) -> PathBuf {
        match self {
            Reference::Name(name) => place::path(name),
            Reference::Path(path) => path.clone(),
            Reference::Process(pid) | Reference::Container(pid) => PathBuf::from(format!("/proc/{pid}/ns/net")),
        }
    }

    /// Opens the file.
    ///
    /// # Errors
    ///
    /// That of open(2); ESRCH if there is no such process.
    pub fn open(&self) -> Result<OwnedFd, Errno> {
        match self {
            Reference::Name(name) => place::open(name),
            Reference::Path(path) => place::open_path(path),
            Reference::Process(_) | Reference::Container(_) => place::open_path(&self.path()).map_err(|e| match e {
                Errno::ENOENT => Errno::ESRCH,
                e => e,
            }),
        }
    }

    /// Opens the namespace.
    ///
    /// # Errors
    ///
    /// iproute2's error for an invalid name, and for a name that refers to nothing or not to a namespace.
    pub fn found(&self, typed: &[u8]) -> Result<OwnedFd, Diag> {
        let word = shown(self.name().unwrap_or(typed));
        if let Some(name) = self.name().filter(|name| !place::is_name(name)) {
            return Err(Diag::usage(format!("Invalid netns name \"{}\"", shown(name))));
        }
        let fail = |what: String, e: Errno| Diag::os(what, e).with_code(USAGE);
        let fd = self.open().map_err(|e| {
            let d = fail(format!("Cannot open network namespace \"{word}\""), e);
            match self.name() {
                Some(name) if e == Errno::ENOENT => d.lost(Lost::Namespace(name.to_vec())),
                _ => d,
            }
        })?;
        match place::is_namespace(&fd) {
            true => Ok(fd),
            false => Err(fail(format!("setting the network namespace \"{word}\" failed"), Errno::EINVAL)),
        }
    }
}

fn wrong(word: &[u8], why: &str) -> Diag {
    Diag::usage(format!("Error: argument \"{}\" is wrong: {why}", shown(word)))
}

fn process(digits: &[u8]) -> Option<u32> {
    let all = !digits.is_empty() && digits.iter().all(u8::is_ascii_digit);
    std::str::from_utf8(digits).ok().filter(|_| all)?.parse().ok().filter(|pid| *pid > 0)
}

/// A process of the container whose id starts with these digits.
fn container(word: &[u8], id: &[u8]) -> Result<u32, Diag> {
    if id.len() < PREFIX_MIN || id.len() > ID_LEN || !id.iter().all(u8::is_ascii_hexdigit) {
        return Err(wrong(word, "expected the first 8 to 64 hexadecimal digits of a container id"));
    }
    let prefix = String::from_utf8_lossy(id).to_lowercase();
    let mut found: BTreeMap<String, u32> = BTreeMap::new();
    for (pid, id) in containers() {
        if id.starts_with(&prefix) {
            let first = found.entry(id).or_insert(pid);
            *first = pid.min(*first);
        }
    }
    let mut all = found.iter();
    match (all.next(), all.next()) {
        (Some((_, pid)), None) => Ok(*pid),
        (None, _) => Err(Diag::new(FAIL, format!("No process belongs to container \"{prefix}\""))),
        _ => {
            let each = found.iter().map(|(id, pid)| format!("\n  container:{id}  process {pid} ({})", command(*pid)));
            Err(Diag::new(FAIL, format!("Several containers begin with \"{prefix}\":{}", each.collect::<String>())))
        }
    }
}

fn command(pid: u32) -> String {
    let name = std::fs::read(format!("/proc/{pid}/comm")).unwrap_or_default();
    shown(name.trim_ascii_end())
}

/// The processes in containers, with the container id.
fn containers() -> impl Iterator<Item = (u32, String)> {
    let all = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    all.filter_map(|e| {
        let pid = e.file_name().to_str()?.parse().ok()?;
        let groups = std::fs::read_to_string(e.path().join("cgroup")).ok()?;
        Some((pid, groups.lines().find_map(id_of)?))
    })
}

/// The container id in a line of /proc/PID/cgroup: `0::/system.slice/docker-4f1e....scope`, `4:memory:/docker/4f1e...`.
/// For nested containers, the innermost one's. Podman's monitor also has a group with the id, but is outside of the
/// container.
fn id_of(line: &str) -> Option<String> {
    let path = line.splitn(3, ':').nth(2)?;
    let part = path.rsplit('/').find(|part| id_in(part).is_some())?;
    id_in(part).filter(|_| !part.contains("conmon")).map(str::to_string)
}

fn id_in(part: &str) -> Option<&str> {
    let hex = |c: char| !(c.is_ascii_digit() || ('a'..='f').contains(&c));
    part.split(hex).find(|run| run.len() == ID_LEN)
}

/// Names and containers, for completion.
pub fn offers() -> Vec<Offer> {
    let found = crate::sort::map(containers().map(|(pid, id)| (id, pid)));
    let short = |id: &String| id.get(..SHORT_ID).unwrap_or_default().to_string();
    let containers = found.iter().map(|(id, pid)| Offer::new(format!("container:{}", short(id)), command(*pid)));
    place::offers().into_iter().chain(containers).collect()
}

/// Whether a word may refer to a namespace other than by name.
pub fn is_other(word: &[u8]) -> bool {
    word.contains(&b'/') || word.starts_with(b"pid:") || word.starts_with(b"container:")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_words_name() {
        let parse = |word: &str| Reference::parse(word.as_bytes(), false).map_err(|d| d.code());
        assert_eq!(parse("no-such"), Ok(Reference::Name(b"no-such".to_vec())));
        assert_eq!(parse("4242"), Ok(Reference::Name(b"4242".to_vec())));
        assert_eq!(parse("pid:4242"), Ok(Reference::Process(4242)));
        assert_eq!(parse("./a"), Ok(Reference::Path("./a".into())));
        assert_eq!(parse("/var/run/netns/red"), Ok(Reference::Name(b"red".to_vec())));
        for bad in ["pid:", "pid:0", "pid:+1", "pid:0x10", "pid:4294967296", "container:abc", "container:xyzxyzxyz"] {
            assert_eq!(parse(bad), Err(USAGE), "{bad}");
        }
        assert_eq!(parse("container:0123456789abcdef"), Err(FAIL));
        assert_eq!(Reference::parse(b"pid:1", true).ok(), Some(Reference::Name(b"pid:1".to_vec())));
    }

    #[test]
    fn ids_in_control_groups() {
        let id = "4f1e09ad".repeat(8);
        let other = "0123abcd".repeat(8);
        for line in [
            format!("0::/system.slice/docker-{id}.scope"),
            format!("4:memory:/docker/{id}"),
            format!("0::/machine.slice/libpod-{id}.scope/container"),
            format!("0::/kubepods/besteffort/pod12/cri-containerd-{id}.scope"),
            format!("1:name=systemd:/docker/{other}/docker/{id}"),
        ] {
            assert_eq!(id_of(&line), Some(id.clone()), "{line}");
        }
        for line in
            [format!("0::/libpod-conmon-{id}.scope"), format!("0::/x/{id}0"), "0::/user.slice".into(), String::new()]
        {
            assert_eq!(id_of(&line), None, "{line}");
        }
    }
}
