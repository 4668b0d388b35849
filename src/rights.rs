//! Privileges that the program's file lends to the user: a setuid or setgid bit, or file capabilities. They are used
//! for the network only: files are opened and programs run as the user who started it.

use crate::sys::{self, Capabilities};
use nix::errno::Errno;
use nix::unistd::{Uid, getresgid, getresuid, seteuid, setresgid, setresuid};

// CAP_* of linux/capability.h, as masks.
const NET_BIND_SERVICE: u64 = 1 << 10;
const NET_BROADCAST: u64 = 1 << 11;
const NET_ADMIN: u64 = 1 << 12;
const NET_RAW: u64 = 1 << 13;
const SYS_ADMIN: u64 = 1 << 21;
const PERFMON: u64 = 1 << 38;
const BPF: u64 = 1 << 39;

/// The capabilities that commands need: for links, routes, namespaces, BPF programs. None of them opens other users'
/// files.
const NETWORK: u64 = NET_BIND_SERVICE | NET_BROADCAST | NET_ADMIN | NET_RAW | SYS_ADMIN | PERFMON | BPF;

/// The user who runs the program, and the capabilities that its file lends.
#[derive(Clone, Copy, Debug)]
struct Start {
    real: Uid,
    effective: Uid,
    capabilities: Capabilities,
    /// AT_SECURE: the kernel says that the file lends privileges.
    lent: bool,
}

/// What to do with the privileges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Keep,
    /// Drop all capabilities, like `ip`.
    GiveUp,
    /// Keep only the network capabilities.
    Reduce,
    /// [`Fate::Reduce`], and the effective user becomes the real one; the other remains for the files that it owns.
    Return,
}

fn fate(s: &Start) -> Fate {
    if s.real.is_root() {
        return Fate::Keep;
    }
    if s.effective != s.real {
        return Fate::Return;
    }
    let Capabilities { permitted, inheritable, .. } = s.capabilities;
    // A user with CAP_NET_ADMIN in the inheritable set is meant to have it: session or service settings gave it.
    match (permitted, inheritable & NET_ADMIN) {
        (0, _) => Fate::Keep,
        (_, 0) => Fate::GiveUp,
        _ if s.lent => Fate::Reduce,
        _ => Fate::Keep,
    }
}

/// Drops all lent privileges except those for the network. Must be called before anything is read.
///
/// # Errors
///
/// The errno if a privilege could not be dropped; the caller must not continue.
pub fn drop_privileges() -> Result<(), Errno> {
    let (users, groups) = (getresuid()?, getresgid()?);
    let start = Start {
        real: users.real,
        effective: users.effective,
        capabilities: Capabilities::of_process()?,
        lent: sys::is_lent(),
    };
    if !users.real.is_root() && groups.effective != groups.real {
        setresgid(groups.real, groups.real, groups.real)?;
    }
    match fate(&start) {
        Fate::Keep => Ok(()),
        Fate::GiveUp => Capabilities::default().set(),
        Fate::Reduce => start.capabilities.reduced().set(),
        Fate::Return => {
            let saved = if start.effective.is_root() { start.effective } else { start.real };
            setresuid(start.real, start.real, saved)?;
            start.capabilities.reduced().set()
        }
    }
}

/// Drops everything that the program's file lends. Root keeps its own privileges. The user may trace the process again,
/// as if exec(2) had given it nothing.
///
/// # Errors
///
/// The errno if a privilege could not be dropped; the caller must not continue.
pub fn give_up() -> Result<(), Errno> {
    let (users, groups) = (getresuid()?, getresgid()?);
    if !users.real.is_root() {
        setresgid(groups.real, groups.real, groups.real)?;
        setresuid(users.real, users.real, users.real)?;
        Capabilities::default().set()?;
    }
    nix::sys::prctl::set_dumpable(true)
}

impl Capabilities {
    fn reduced(self) -> Capabilities {
        let permitted = self.permitted & NETWORK;
        Capabilities { permitted, effective: permitted, ..self }
    }
}

/// Whether the program's file lends privileges, so that the environment is not trusted.
pub fn are_lent() -> bool {
    sys::is_lent()
}

/// Runs `work` with the privileges of the program file's owner, for files that belong to it. The paths must not come
/// from outside.
pub fn as_lender<R>(work: impl FnOnce() -> R) -> R {
    let Ok(users) = getresuid() else { return work() };
    if users.saved == users.effective || seteuid(users.saved).is_err() {
        return work();
    }
    let result = work();
    // Changing the effective user clears the effective capabilities.
    let back = seteuid(users.effective)
        .and_then(|()| Capabilities::of_process())
        .and_then(|c| Capabilities { effective: c.permitted, ..c }.set());
    if let Err(e) = back {
        crate::output::out::print_stderr(&refused(e));
        sys::leave(crate::diag::FAIL);
    }
    result
}

/// The error if a privilege cannot be dropped.
pub fn refused(e: Errno) -> String {
    format!("cannot give up rights: {}\n", crate::diag::errno_text(e as i32))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capabilities_decide_and_not_the_user() {
        let (root, user, other) = (Uid::from_raw(0), Uid::from_raw(1000), Uid::from_raw(1001));
        let all = !0 >> 23;
        let caps = |permitted, inheritable| Capabilities { effective: permitted, permitted, inheritable };
        for (real, effective, capabilities, lent, expected) in [
            (root, root, caps(all, 0), false, Fate::Keep),
            (user, user, caps(0, 0), false, Fate::Keep),
            // setcap ...=ep
            (user, user, caps(NET_ADMIN, 0), true, Fate::GiveUp),
            (user, user, caps(all, SYS_ADMIN), true, Fate::GiveUp),
            // setcap ...=eip for a user who inherits it; an ambient capability
            (user, user, caps(all, NET_ADMIN), true, Fate::Reduce),
            (user, user, caps(NET_ADMIN, NET_ADMIN), false, Fate::Keep),
            // setuid
            (user, root, caps(all, 0), true, Fate::Return),
            (user, other, caps(0, 0), true, Fate::Return),
        ] {
            let s = Start { real, effective, capabilities, lent };
            assert_eq!(fate(&s), expected, "{s:?}");
        }
    }

    #[test]
    fn what_stays_opens_no_files() {
        let dac = 0b1111_1111;
        let c = Capabilities { effective: !0, permitted: !0, inheritable: 0 }.reduced();
        assert_eq!((c.permitted & dac, c.effective), (0, NETWORK));
    }
}
