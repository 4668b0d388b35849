//! The user and group mappings of the user namespace: root is the user who started it; the ranges that /etc/subuid and
//! /etc/subgid assign to that user follow, if newuidmap(1) and newgidmap(1) are installed.

use crate::diag::errno_of;
use crate::nss::accounts::USERS;
use nix::errno::Errno;
use std::path::Path;
use std::process::{Command, Stdio};

/// Bytes of the file that are read: more than 100,000 ranges.
const FILE_MAX: u64 = 8 << 20;

/// Maps users and groups of the user namespace that a process has just created.
///
/// # Errors
///
/// EPERM: the kernel does not even accept a mapping of this user alone.
pub fn write(pid: i32) -> Result<(), Errno> {
    let (user, group) = (nix::unistd::geteuid().as_raw(), nix::unistd::getegid().as_raw());
    let name = USERS.name(user).unwrap_or_default();
    if !with_ranges("newuidmap", "/etc/subuid", pid, user, &name, user) {
        put(pid, "uid_map", &format!("0 {user} 1"))?;
    }
    if !with_ranges("newgidmap", "/etc/subgid", pid, user, &name, group) {
        // The kernel requires this first: dropping a group could open files that are closed to that group.
        put(pid, "setgroups", "deny")?;
        put(pid, "gid_map", &format!("0 {group} 1"))?;
    }
    Ok(())
}

fn put(pid: i32, file: &str, text: &str) -> Result<(), Errno> {
    std::fs::write(format!("/proc/{pid}/{file}"), text).map_err(|e| errno_of(&e))
}

/// Has the helper map `own` to 0 and this user's ranges from 1 on; false if that fails.
fn with_ranges(helper: &str, file: &str, pid: i32, user: u32, name: &[u8], own: u32) -> bool {
    let text = crate::files::lines(Path::new(file), FILE_MAX).unwrap_or_default();
    let ranges = ranges(&text, name, user);
    if ranges.is_empty() {
        return false;
    }
    let mut command = Command::new(helper);
    command.args([pid.to_string(), "0".into(), own.to_string(), "1".into()]);
    let mut next: u64 = 1;
    for (start, count) in ranges {
        command.args([next.to_string(), start.to_string(), count.to_string()]);
        next += u64::from(count);
    }
    let done = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    done.is_ok_and(|s| s.success())
}

/// The ranges of a user, first id and count, from lines `NAME:START:COUNT` or `UID:START:COUNT` (subuid(5)).
fn ranges(text: &[u8], name: &[u8], user: u32) -> Vec<(u32, u32)> {
    let user = user.to_string();
    let line = |line: &[u8]| {
        let mut fields = line.trim_ascii().split(|b| *b == b':');
        let owner = fields.next()?;
        let mut number = || std::str::from_utf8(fields.next()?).ok()?.parse::<u32>().ok();
        let range = (number()?, number()?);
        let is_own = owner == user.as_bytes() || !name.is_empty() && owner == name;
        (is_own && range.1 > 0).then_some(range)
    };
    text.split(|b| *b == b'\n').filter_map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_of_a_user() {
        let text = b"root:1:2\nann:100000:65536\n1000:300000:10\n1000:x:10\nann:5:0\nbob:200000:65536\n:7:7\n";
        assert_eq!(ranges(text, b"ann", 1000), [(100_000, 65_536), (300_000, 10)]);
        assert_eq!(ranges(text, b"", 1001), []);
    }
}
