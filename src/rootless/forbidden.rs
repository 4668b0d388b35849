//! Why a system forbids the namespaces of `-rootless`: each mechanism has its own errno and setting.

use crate::diag::Diag;
use nix::errno::Errno;

/// The step that failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// unshare(2) of a user namespace.
    User,
    /// Writing its uid_map and gid_map.
    Map,
    /// unshare(2) of a network and a mount namespace.
    Network,
    /// Mounts in the new mount namespace.
    Mount,
    /// Files and sockets of the holder.
    Files,
}

impl Stage {
    const ALL: [(Stage, &'static str); 5] = [
        (Stage::User, "cannot create a user namespace"),
        (Stage::Map, "cannot map the user into a new user namespace"),
        (Stage::Network, "cannot create a network namespace in a user namespace"),
        (Stage::Mount, "cannot mount in a new user namespace"),
        (Stage::Files, "cannot hold the namespaces"),
    ];

    /// Its number, for the holder's reply.
    pub fn number(self) -> usize {
        Stage::ALL.iter().position(|(s, _)| *s == self).unwrap_or(0)
    }

    /// The stage with a number.
    pub fn of(number: usize) -> Stage {
        Stage::ALL.get(number).map_or(Stage::Files, |(s, _)| *s)
    }

    fn text(self) -> &'static str {
        Stage::ALL.get(self.number()).map_or("", |(_, text)| text)
    }
}

/// The settings that restrict namespaces.
#[derive(Clone, Debug, Default)]
struct Settings {
    /// user.max_user_namespaces, and the limits of network and mount namespaces.
    users: Option<u64>,
    networks: Option<u64>,
    mounts: Option<u64>,
    /// kernel.unprivileged_userns_clone (Debian's and Ubuntu's kernels).
    unprivileged: Option<u64>,
    /// kernel.apparmor_restrict_unprivileged_userns (Ubuntu 23.10 and later).
    apparmor: Option<u64>,
    /// A seccomp filter is active.
    seccomp: bool,
    /// The kernel has user namespaces.
    supported: bool,
    /// The program's own path.
    program: String,
}

impl Settings {
    fn read() -> Settings {
        let number = |name: &str| std::fs::read_to_string(format!("/proc/sys/{name}")).ok()?.trim().parse().ok();
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        let program = std::env::current_exe().map(|p| p.display().to_string()).unwrap_or_default();
        Settings {
            users: number("user/max_user_namespaces"),
            networks: number("user/max_net_namespaces"),
            mounts: number("user/max_mnt_namespaces"),
            unprivileged: number("kernel/unprivileged_userns_clone"),
            apparmor: number("kernel/apparmor_restrict_unprivileged_userns"),
            seccomp: status.lines().any(|l| l.strip_prefix("Seccomp:").is_some_and(|v| v.trim() == "2")),
            supported: std::path::Path::new("/proc/self/ns/user").exists(),
            program: crate::output::escape::shown(program.as_bytes()),
        }
    }
}

/// The error, with its likely cause as a hint.
pub fn error(stage: Stage, e: Errno) -> Diag {
    let d = Diag::os(stage.text(), e);
    match reason(stage, e, &Settings::read()) {
        Some(why) => d.hint(why),
        None => d,
    }
}

fn reason(stage: Stage, e: Errno, s: &Settings) -> Option<String> {
    let refused = matches!(e, Errno::EPERM | Errno::EACCES);
    let limit = |what: &str, value: Option<u64>| match value {
        Some(0) => format!("{what} is 0, which switches it off; root allows it with \"sysctl {what}=10000\""),
        Some(n) => format!("the limit {what} ({n}) is reached, here or in an outer user namespace"),
        None => format!("the limit {what} is reached"),
    };
    match stage {
        Stage::User if !s.supported => Some("this kernel has no user namespaces (CONFIG_USER_NS)".into()),
        Stage::User if e == Errno::ENOSPC => Some(limit("user.max_user_namespaces", s.users)),
        Stage::User if e == Errno::EUSERS => Some("user namespaces can be nested at most 32 deep".into()),
        Stage::Network if e == Errno::ENOSPC && s.mounts == Some(0) => Some(limit("user.max_mnt_namespaces", s.mounts)),
        Stage::Network if e == Errno::ENOSPC => Some(limit("user.max_net_namespaces", s.networks)),
        Stage::User if refused && s.unprivileged == Some(0) => Some(
            "kernel.unprivileged_userns_clone is 0; root allows user namespaces with \"sysctl \
             kernel.unprivileged_userns_clone=1\""
                .into(),
        ),
        Stage::User | Stage::Map | Stage::Network | Stage::Mount if refused && s.apparmor == Some(1) => Some(format!(
            "kernel.apparmor_restrict_unprivileged_userns is 1: AppArmor takes the rights in a new user namespace away; \
             root allows it with \"sysctl kernel.apparmor_restrict_unprivileged_userns=0\", or for {} alone with an \
             AppArmor profile that has \"userns,\"",
            s.program
        )),
        Stage::User if refused && s.seccomp => Some(
            "a seccomp filter forbids it, as container runtimes set one; Docker and Podman allow it with \
             \"--security-opt seccomp=unconfined\""
                .into(),
        ),
        Stage::User if e == Errno::EPERM => Some("the kernel refuses user namespaces to programs in a chroot".into()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_way_names_its_setting() {
        let open =
            Settings { supported: true, users: Some(1000), networks: Some(5), mounts: Some(5), ..Settings::default() };
        let s = |change: fn(&mut Settings)| {
            let mut s = open.clone();
            change(&mut s);
            s
        };
        let off = s(|s| s.users = Some(0));
        let debian = s(|s| s.unprivileged = Some(0));
        let ubuntu = s(|s| (s.apparmor, s.unprivileged) = (Some(1), Some(1)));
        for (stage, e, settings, wanted) in [
            (Stage::User, Errno::ENOSPC, &off, "\"sysctl user.max_user_namespaces=10000\""),
            (Stage::User, Errno::ENOSPC, &open, "user.max_user_namespaces (1000) is reached"),
            (Stage::User, Errno::EPERM, &debian, "\"sysctl kernel.unprivileged_userns_clone=1\""),
            (Stage::Map, Errno::EPERM, &ubuntu, "\"sysctl kernel.apparmor_restrict_unprivileged_userns=0\""),
            (Stage::Mount, Errno::EACCES, &ubuntu, "kernel.apparmor_restrict_unprivileged_userns is 1"),
            (Stage::User, Errno::EPERM, &s(|s| s.seccomp = true), "seccomp=unconfined"),
            (Stage::User, Errno::EINVAL, &Settings::default(), "CONFIG_USER_NS"),
            (Stage::Network, Errno::ENOSPC, &s(|s| s.networks = Some(0)), "user.max_net_namespaces is 0"),
            (Stage::Network, Errno::ENOSPC, &s(|s| s.mounts = Some(0)), "user.max_mnt_namespaces is 0"),
        ] {
            let said = reason(stage, e, settings).unwrap_or_default();
            assert!(said.contains(wanted), "{stage:?} {e}: {said}");
        }
        assert_eq!(reason(Stage::Files, Errno::EACCES, &ubuntu), None);
        for (stage, _) in Stage::ALL {
            assert_eq!(Stage::of(stage.number()), stage);
        }
    }
}
