//! EPERM: which capability is missing.

use super::Case;
use nix::errno::Errno;

// CAP_* of linux/capability.h.
const NET_ADMIN: u32 = 12;
const SYS_ADMIN: u32 = 21;

/// The beginnings of errors about namespaces; EPERM on files can have other reasons.
const NAMESPACES: &[&str] = &[
    "mount ",
    "mkdir ",
    "Cannot create namespace file",
    "Cannot open netns runtime directory",
    "Cannot remove namespace file",
    "unshare failed",
    "setting the network namespace",
    "Failed to create a new network namespace",
    "Bind ",
];

/// What would permit the command, if it certainly lacks a capability.
pub fn missing(case: &Case<'_>) -> Option<String> {
    let errno = case.errno().filter(|e| matches!(e, Errno::EPERM | Errno::EACCES))?;
    let request = case.d.refusal().is_some();
    // With its own message, the kernel refuses for another reason.
    if request && !case.says("", Some(Errno::EPERM)) {
        return None;
    }
    let first = case.d.what().first().map_or("", |l| l);
    let tun = first.starts_with("ioctl(TUN") && errno == Errno::EPERM;
    let (cap, name) = if request || tun || first.starts_with("open:") {
        (NET_ADMIN, "CAP_NET_ADMIN")
    } else if NAMESPACES.iter().any(|w| first.starts_with(w)) {
        (SYS_ADMIN, "CAP_SYS_ADMIN")
    } else {
        return None;
    };
    let held = effective()? & 1 << cap != 0;
    if !held && !nix::unistd::geteuid().is_root() {
        return Some(format!(
            "needs root or {name}; \"rip -rootless COMMAND\" works as an ordinary user, in namespaces of your own"
        ));
    }
    if !held {
        return Some(format!("root does not have {name} here: the container was started without it"));
    }
    // Root in a user namespace has all capabilities, but not over network namespaces that another one owns.
    if request && crate::sys::network_is_outside() {
        return Some(
            "this network namespace belongs to another user namespace; \"unshare -rn\" opens one of your own".into(),
        );
    }
    None
}

/// The effective capabilities.
fn effective() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|l| l.strip_prefix("CapEff:"))?;
    u64::from_str_radix(line.trim(), 16).ok()
}
