//! `-rootless`: runs any command as an ordinary user, in the user's own user, mount and network namespaces.
//!
//! One process per user, the holder, keeps the three namespaces. A command enters them and then runs as it would for
//! root: nothing is implemented twice. The first command that needs it starts the holder, which ends with the last
//! named namespace, or, before there was one, when a command leaves nothing behind.
//!
//! Outside, `rootless` in the user's own directory names the holder, which holds a lock on that file while it runs. A
//! command holds `rootless.lock` while it looks for, starts or ends the holder. Inside, /run/rip/rootless has the same
//! line, and each command keeps a connection to /run/rip/rootless.sock while it runs.

mod folder;
mod forbidden;
mod holder;
mod map;

use crate::diag::{Diag, errno_of};
use crate::output::out::print_stderr;
use folder::Folder;
use nix::errno::Errno;
use nix::sched::{CloneFlags, setns};
use nix::unistd::{chdir, fchdir, getcwd};
use std::fs::File;
use std::io::{Read as _, Write as _};
use std::os::unix::fs::MetadataExt as _;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::time::{Duration, Instant};

/// The file that names the holder, inside the namespaces.
const INSIDE: &str = "/run/rip/rootless";
const SOCKET: &str = "/run/rip/rootless.sock";
/// How long to wait for the holder, which normally answers at once but may be stopped.
const PATIENCE: Duration = Duration::from_secs(10);
const NAP: Duration = Duration::from_millis(5);

/// A process that holds the namespaces of a user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Record {
    pid: i32,
    /// The inode of its user namespace.
    user: u64,
}

impl Record {
    fn parse(text: &str) -> Option<Record> {
        let mut words = text.split_whitespace();
        let (pid, user) = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
        (pid > 0).then_some(Record { pid, user })
    }

    fn line(self) -> String {
        format!("{} {}\n", self.pid, self.user)
    }
}

/// The user namespace of this process, by its inode.
fn own_user_namespace() -> Option<u64> {
    std::fs::metadata("/proc/self/ns/user").ok().map(|m| m.ino())
}

/// Whether the environment has `RIP_ROOTLESS=1`.
pub fn is_in_environment() -> bool {
    std::env::var_os("RIP_ROOTLESS").is_some_and(|v| !v.is_empty() && v != "0")
}

/// The holder's process id, if we are in `-rootless` namespaces.
pub fn holder() -> Option<i32> {
    let record = Record::parse(&std::fs::read_to_string(INSIDE).ok()?)?;
    (own_user_namespace()? == record.user).then_some(record.pid)
}

/// A command's stay in the namespaces: while there is one, the holder keeps running.
pub struct Stay(Option<UnixStream>);

impl Stay {
    /// Tells the holder that a command begins.
    fn begin(root: &str) -> std::io::Result<Stay> {
        let mut stream = UnixStream::connect(format!("{root}{SOCKET}"))?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.read_exact(&mut [0])?;
        Ok(Stay(Some(stream)))
    }

    /// Ends the stay: the holder ends too, if nothing is left in its namespaces. Returns once that is decided.
    pub fn end(mut self) {
        if let Some(mut stream) = self.0.take()
            && stream.write_all(b"e").is_ok()
        {
            // End of file: the holder has ended.
            let _ = stream.read(&mut [0]);
        }
    }
}

/// Enters the namespaces of the user who runs this process, and starts their holder if there is none.
///
/// # Errors
///
/// The system forbids the namespaces (with the setting as a hint), or the holder does not answer.
pub fn enter() -> Result<Stay, Diag> {
    if holder().is_some() {
        return Ok(Stay::begin("").unwrap_or(Stay(None)));
    }
    let failed = |what: &str, e: Errno| Diag::os(what.to_string(), e);
    crate::rights::give_up().map_err(|e| failed("cannot give up rights", e))?;
    let (folder, turn) = loop {
        let folder = Folder::own()?;
        if let Some(turn) = folder.turn()? {
            break (folder, turn);
        }
    };
    let namespaces = match open_existing(&folder)? {
        Ok(namespaces) => namespaces,
        Err(old) => {
            if let Some(old) = old {
                print_stderr(&format!(
                    "the namespaces of the earlier -rootless holder, process {}, are gone\n",
                    old.pid
                ));
            }
            let record = holder::start(&folder).inspect_err(|_| {
                if let Ok(opened) = folder.open() {
                    opened.remove();
                }
            })?;
            Namespaces::open(record).map_err(|e| cannot_enter(record, e))?
        }
    };
    let stay = namespaces.join()?;
    drop(turn);
    Ok(stay)
}

/// Opens the namespaces of the running holder, or returns the record of the last one.
fn open_existing(folder: &Folder) -> Result<Result<Namespaces, Option<Record>>, Diag> {
    let until = Instant::now() + PATIENCE;
    loop {
        let record = match folder.holder()? {
            folder::Holder::Alive(record) => record,
            folder::Holder::Dead(old) => return Ok(Err(old)),
        };
        match Namespaces::open(record) {
            Ok(namespaces) => return Ok(Ok(namespaces)),
            // A holder that is being killed loses its namespaces and its socket before its lock.
            Err(e) if e != Errno::EAGAIN && Instant::now() < until => std::thread::sleep(NAP),
            Err(e) => return Err(cannot_enter(record, e)),
        }
    }
}

fn cannot_enter(record: Record, e: Errno) -> Diag {
    let pid = record.pid;
    match e {
        Errno::EAGAIN => Diag::fail(format!("the -rootless holder, process {pid}, does not answer")),
        e => Diag::os(format!("cannot enter the namespaces of process {pid}"), e),
    }
}

/// Enters the namespaces of a running holder; does nothing without one. For completion.
pub fn join_existing() {
    if holder().is_none()
        && crate::rights::give_up().is_ok()
        && let Ok(folder) = Folder::own()
        && let Ok(Ok(namespaces)) = open_existing(&folder)
    {
        // Completion leaves nothing behind and need not wait for the holder's decision.
        let _ = namespaces.join();
    }
}

/// The open namespaces of a holder.
struct Namespaces {
    record: Record,
    user: File,
    net: File,
    mnt: File,
    stay: Stay,
}

impl Namespaces {
    fn open(record: Record) -> Result<Namespaces, Errno> {
        let open = |kind: &str| File::open(format!("/proc/{}/ns/{kind}", record.pid)).map_err(|e| errno_of(&e));
        let (user, net, mnt) = (open("user")?, open("net")?, open("mnt")?);
        let stay = Stay::begin(&format!("/proc/{}/root", record.pid)).map_err(|e| errno_of(&e))?;
        let all = Namespaces { record, user, net, mnt, stay };
        // The process id may belong to another process by now.
        match all.user.metadata().is_ok_and(|m| m.ino() == record.user) {
            true => Ok(all),
            false => Err(Errno::ESRCH),
        }
    }

    /// Enters the namespaces and keeps the working directory.
    fn join(self) -> Result<Stay, Diag> {
        let failed = |e: Errno| cannot_enter(self.record, e);
        let here = (getcwd().ok(), File::open(".").ok());
        setns(&self.user, CloneFlags::CLONE_NEWUSER).map_err(failed)?;
        setns(&self.net, CloneFlags::CLONE_NEWNET).map_err(failed)?;
        setns(&self.mnt, CloneFlags::CLONE_NEWNS).map_err(failed)?;
        // setns(2) to a mount namespace changes to its root directory.
        let back = here.0.is_some_and(|path| chdir(&path).is_ok());
        if !back && let Some(file) = here.1 {
            let _ = fchdir(file);
        }
        Ok(self.stay)
    }
}

/// The path of a namespace name for processes outside.
pub fn path_from_outside(holder: i32, name: &[u8]) -> Vec<u8> {
    [format!("/proc/{holder}/root/run/netns/").as_bytes(), name].concat()
}

/// Whether the host has a device with this name: inside the namespaces, its devices do not exist.
pub fn host_has_device(name: &[u8]) -> bool {
    let Ok(table) = std::fs::read("/proc/1/net/dev") else { return false };
    Path::new("/proc/1").exists() && devices(&table).any(|d| d == name)
}

/// The devices in /proc/PID/net/dev: `  eth0: 0 0 ...` after two header lines.
fn devices(table: &[u8]) -> impl Iterator<Item = &[u8]> {
    let lines = table.split(|b| *b == b'\n').skip(2);
    lines.filter_map(|l| l.get(..l.iter().rposition(|b| *b == b':')?)).map(|name| name.trim_ascii_start())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_and_back() {
        let record = Record { pid: 42, user: 4_026_531_837 };
        assert_eq!(Record::parse(&record.line()), Some(record));
        for bad in ["", "x 1", "42", "0 7", "-1 7"] {
            assert_eq!(Record::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn devices_of_a_table() {
        let table = b"Inter-|   Receive\n face |bytes\n    lo: 0 0\n a:b:1 2\n";
        assert_eq!(devices(table).collect::<Vec<_>>(), [&b"lo"[..], b"a:b"]);
    }
}
