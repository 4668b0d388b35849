//! The holder: a process without a terminal, files or threads that keeps the namespaces and counts the commands inside.

use super::folder::{self, Folder, Opened};
use super::forbidden::{self, Stage};
use super::{INSIDE, Record, SOCKET, devices, map, own_user_namespace};
use crate::diag::{Diag, errno_of};
use nix::errno::Errno;
use nix::fcntl::{Flock, FlockArg, OFlag, open};
use nix::mount::{MsFlags, mount};
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use nix::sched::{CloneFlags, unshare};
use nix::sys::inotify::{AddWatchFlags, InitFlags, Inotify};
use nix::sys::socket::{AddressFamily, SockFlag, SockType, socket};
use nix::sys::stat::Mode;
use nix::unistd::{chdir, pipe2, setsid};
use std::ffi::OsString;
use std::fs::{File, FileType};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::os::fd::{AsFd as _, AsRawFd as _, OwnedFd};
use std::os::unix::fs::DirBuilderExt as _;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::Path;

const NONE: Option<&str> = None;
const RUN: &str = "/run";
const NETNS: &str = "/run/netns";

/// A failed step and its errno.
type Failed = (Stage, Errno);

fn during(stage: Stage) -> impl Fn(Errno) -> Failed {
    move |e| (stage, e)
}

fn of_io(e: std::io::Error) -> Failed {
    (Stage::Files, errno_of(&e))
}

/// Starts the holder, and returns once its namespaces can be entered.
///
/// # Errors
///
/// A step of creating the namespaces is forbidden or fails, or the holder dies.
pub fn start(folder: &Folder) -> Result<Record, Diag> {
    let failed = |e: Errno| forbidden::error(Stage::Files, e);
    let (order, mut orders) = pipe2(OFlag::O_CLOEXEC).map(|(r, w)| (r, File::from(w))).map_err(failed)?;
    let (answers, answer) = pipe2(OFlag::O_CLOEXEC).map_err(failed)?;
    // Fork twice, so that the holder is not our child and no program that we become has to wait for it.
    match crate::sys::fork().map_err(failed)? {
        Some(child) => {
            let _ = nix::sys::wait::waitpid(child, None);
        }
        None => match crate::sys::fork() {
            Ok(None) => become_holder(folder, order, answer),
            _ => crate::sys::leave(0),
        },
    }
    drop((order, answer));
    let mut answers = BufReader::new(File::from(answers)).lines();
    let mut next = || -> Result<Vec<u64>, Diag> {
        let line = answers.next().and_then(Result::ok).unwrap_or_default();
        let numbers: Vec<u64> = line.split(' ').skip(1).filter_map(|n| n.parse().ok()).collect();
        match (line.split(' ').next(), numbers.as_slice()) {
            (Some("failed"), [stage, e]) => {
                let e = Errno::from_raw(i32::try_from(*e).unwrap_or(0));
                Err(forbidden::error(Stage::of(usize::try_from(*stage).unwrap_or(0)), e))
            }
            (Some("holder"), [_, ..]) => Ok(numbers),
            _ => Err(Diag::fail("the holder of the -rootless namespaces has died")),
        }
    };
    let pid = next()?.first().and_then(|n| i32::try_from(*n).ok()).unwrap_or(0);
    map::write(pid).map_err(|e| forbidden::error(Stage::Map, e))?;
    orders.write_all(b"m").map_err(|e| failed(errno_of(&e)))?;
    let user = next()?.get(1).copied().unwrap_or(0);
    Ok(Record { pid, user })
}

fn become_holder(folder: &Folder, order: OwnedFd, answer: OwnedFd) -> ! {
    let mut answer = File::from(answer);
    let made = Holder::make(folder, File::from(order), &mut answer);
    let mut holder = match made {
        Ok(holder) => holder,
        Err((stage, e)) => {
            let _ = answer.write_all(format!("failed {} {}\n", stage.number(), e as i32).as_bytes());
            crate::sys::leave(1);
        }
    };
    drop(answer);
    holder.hold();
    crate::sys::leave(0);
}

struct Holder {
    listener: UnixListener,
    /// The commands that run inside.
    commands: Vec<UnixStream>,
    /// The locked state file, which names this process.
    state: Flock<OwnedFd>,
    /// Notifies when that file is deleted: at logout.
    watch: Inotify,
    door: Option<OwnedFd>,
    folder: Opened,
    /// The devices that a new network namespace has.
    first: Vec<Vec<u8>>,
}

impl Holder {
    /// Creates the namespaces. The command that started the holder maps the users in between.
    fn make(folder: &Folder, mut order: File, answer: &mut File) -> Result<Holder, Failed> {
        let files = during(Stage::Files);
        detach(&[order.as_raw_fd(), answer.as_raw_fd()])?;
        let state = folder::create(&folder.state()).map_err(&files)?;
        let state = Flock::lock(state, FlockArg::LockExclusiveNonblock).map_err(|(_, e)| (Stage::Files, e))?;
        let door = folder::create(&folder.door()).map_err(&files)?;
        let opened = folder.open().map_err(&files)?;
        let watch = Inotify::init(InitFlags::IN_CLOEXEC | InitFlags::IN_NONBLOCK).map_err(&files)?;
        let gone = AddWatchFlags::IN_ATTRIB | AddWatchFlags::IN_DELETE_SELF | AddWatchFlags::IN_MOVE_SELF;
        watch.add_watch(&folder.state(), gone).map_err(&files)?;
        unshare(CloneFlags::CLONE_NEWUSER).map_err(during(Stage::User))?;
        let pid = i32::try_from(std::process::id()).map_err(|_| (Stage::Files, Errno::ERANGE))?;
        answer.write_all(format!("holder {pid}\n").as_bytes()).map_err(of_io)?;
        // End of file: the command that started the holder gave up.
        order.read_exact(&mut [0]).map_err(of_io)?;
        unshare(CloneFlags::CLONE_NEWNET | CloneFlags::CLONE_NEWNS).map_err(during(Stage::Network))?;
        mounts().map_err(during(Stage::Mount))?;
        let user = own_user_namespace().ok_or((Stage::Files, Errno::ENOENT))?;
        let line = Record { pid, user }.line();
        std::fs::DirBuilder::new().mode(0o700).create("/run/rip").map_err(of_io)?;
        std::fs::write(INSIDE, &line).map_err(of_io)?;
        let listener = UnixListener::bind(SOCKET).map_err(of_io)?;
        File::from(state.try_clone().map_err(of_io)?).set_len(0).map_err(of_io)?;
        File::from(state.try_clone().map_err(of_io)?).write_all(line.as_bytes()).map_err(of_io)?;
        let _ = chdir("/");
        answer.write_all(format!("holder {pid} {user}\n").as_bytes()).map_err(of_io)?;
        Ok(Holder {
            listener,
            commands: Vec::new(),
            state,
            watch,
            door: Some(door),
            folder: opened,
            first: all_devices(),
        })
    }

    /// Counts commands until nothing is left to keep.
    fn hold(&mut self) {
        loop {
            let mut fds = vec![
                PollFd::new(self.listener.as_fd(), PollFlags::POLLIN),
                PollFd::new(self.watch.as_fd(), PollFlags::POLLIN),
            ];
            fds.extend(self.commands.iter().map(|c| PollFd::new(c.as_fd(), PollFlags::POLLIN)));
            if !matches!(poll(&mut fds, PollTimeout::NONE), Ok(_) | Err(Errno::EINTR)) {
                return;
            }
            let ready: Vec<bool> = fds.iter().map(|f| f.any().unwrap_or(true)).collect();
            let mut ready = ready.into_iter();
            let (arrives, told) = (ready.next() == Some(true), ready.next() == Some(true));
            let (ended, stay): (Vec<_>, Vec<_>) = self.commands.drain(..).zip(ready).partition(|(_, ready)| *ready);
            self.commands = stay.into_iter().map(|(c, _)| c).collect();
            if told {
                let _ = self.watch.read_events();
                if nix::sys::stat::fstat(self.state.as_fd()).map_or(true, |s| s.st_nlink == 0) {
                    return;
                }
            }
            if arrives
                && let Ok((mut command, _)) = self.listener.accept()
                && command.write_all(b"h").is_ok()
            {
                self.commands.push(command);
            }
            if !ended.is_empty() && self.commands.is_empty() && self.is_over() {
                return;
            }
            for (mut command, _) in ended {
                let _ = command.write(b"s");
            }
        }
    }

    /// Whether nothing is left. If so, it keeps the lock, so that no command can enter any more.
    fn is_over(&mut self) -> bool {
        if !self.is_empty() {
            return false;
        }
        let Some(door) = self.door.take() else { return false };
        match Flock::lock(door, FlockArg::LockExclusiveNonblock) {
            Ok(lock) => {
                self.folder.remove();
                // The lock is held until this process ends.
                std::mem::forget(lock);
                true
            }
            Err((door, _)) => {
                self.door = Some(door);
                false
            }
        }
    }

    /// After the first `netns add`, names decide; before that, devices.
    fn is_empty(&self) -> bool {
        match std::fs::read_dir(NETNS) {
            Ok(mut names) => names.next().is_none(),
            Err(_) => all_devices() == self.first && !is_up(b"lo"),
        }
    }
}

fn all_devices() -> Vec<Vec<u8>> {
    let table = std::fs::read("/proc/self/net/dev").unwrap_or_default();
    devices(&table).map(<[u8]>::to_vec).collect()
}

fn is_up(device: &[u8]) -> bool {
    let up = socket(AddressFamily::Inet, SockType::Datagram, SockFlag::SOCK_CLOEXEC, None)
        .and_then(|s| crate::sys::flags_of_name(s.as_fd(), device));
    up.is_ok_and(|flags| i32::from(flags) & nix::libc::IFF_UP != 0)
}

/// Leaves the terminal and closes the descriptors of the command that started the holder, so that a reader of its
/// output sees the end.
fn detach(keep: &[i32]) -> Result<(), Failed> {
    let files = during(Stage::Files);
    let _ = setsid();
    let _ = nix::sys::prctl::set_name(c"rip-rootless");
    let null = open("/dev/null", OFlag::O_RDWR | OFlag::O_CLOEXEC, Mode::empty()).map_err(&files)?;
    nix::unistd::dup2_stdin(null.as_fd()).map_err(&files)?;
    nix::unistd::dup2_stdout(null.as_fd()).map_err(&files)?;
    nix::unistd::dup2_stderr(null.as_fd()).map_err(&files)?;
    drop(null);
    let open: Vec<i32> = std::fs::read_dir("/proc/self/fd")
        .map_err(of_io)?
        .flatten()
        .filter_map(|e| e.file_name().to_str()?.parse().ok())
        .collect();
    for fd in open.into_iter().filter(|fd| *fd > 2 && !keep.contains(fd)) {
        let _ = nix::unistd::close(fd);
    }
    nix::sys::stat::umask(Mode::from_bits_truncate(0o022));
    Ok(())
}

/// Mounts a private /run, with its former content except namespace names, and /sys of the new network namespace.
fn mounts() -> Result<(), Errno> {
    mount(NONE, "/", NONE, MsFlags::MS_SLAVE | MsFlags::MS_REC, NONE)?;
    let old = entries(Path::new(RUN));
    mount(Some("rip"), RUN, Some("tmpfs"), MsFlags::MS_NOSUID | MsFlags::MS_NODEV, Some("mode=755"))?;
    for (name, kind, fd) in old {
        let _ = keep(&Path::new(RUN).join(&name), kind, &fd);
    }
    // A container's /sys may be partly hidden; then it cannot be mounted again.
    let _ = mount(Some("rip"), "/sys", Some("sysfs"), MsFlags::empty(), NONE);
    Ok(())
}

/// The entries of a directory, opened.
fn entries(folder: &Path) -> Vec<(OsString, FileType, OwnedFd)> {
    let flags = OFlag::O_PATH | OFlag::O_NOFOLLOW | OFlag::O_CLOEXEC;
    let all = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let own = |name: &OsString| name == "netns" || name == "rip";
    all.filter(|e| !own(&e.file_name()))
        .filter_map(|e| Some((e.file_name(), e.file_type().ok()?, open(&e.path(), flags, Mode::empty()).ok()?)))
        .collect()
}

/// Bind-mounts a file or directory back to where the new mount hides it.
fn keep(at: &Path, kind: FileType, fd: &OwnedFd) -> Result<(), Errno> {
    if kind.is_symlink() {
        let to = nix::fcntl::readlinkat(fd, "")?;
        return nix::unistd::symlinkat(to.as_os_str(), nix::fcntl::AT_FDCWD, at);
    }
    match kind.is_dir() {
        true => nix::unistd::mkdir(at, Mode::from_bits_truncate(0o755))?,
        false => drop(File::create(at).map_err(|e| errno_of(&e))?),
    }
    let from = format!("/proc/self/fd/{}", fd.as_raw_fd());
    mount(Some(from.as_str()), at, NONE, MsFlags::MS_BIND | MsFlags::MS_REC, NONE)
}
