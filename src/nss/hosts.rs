//! Host names for `-r`. A static program cannot load NSS modules, so it asks the system's `getent`, which uses hosts
//! files, DNS and whatever else /etc/nsswitch.conf lists.

use crate::output::{Scalar, escape};
use std::cell::RefCell;
use std::collections::HashMap;
use std::net::IpAddr;
use std::path::Path;
use std::process::{Command, Stdio};
use std::rc::Rc;

/// Look-ups per run at most; further addresses are printed as numbers.
const MOST: usize = 65_536;

/// A cache of host names, also of addresses that have none.
#[derive(Default)]
pub struct Resolver {
    known: RefCell<HashMap<IpAddr, Option<Rc<[u8]>>>>,
}

impl Resolver {
    /// The host name of an address, if it has one.
    pub fn name(&self, ip: IpAddr) -> Option<Rc<[u8]>> {
        if let Some(known) = self.known.borrow().get(&ip) {
            return known.clone();
        }
        if self.known.borrow().len() >= MOST {
            return None;
        }
        let name = ask(ip).map(Rc::from);
        self.known.borrow_mut().insert(ip, name.clone());
        name
    }
}

/// Where getent(1) is on Debian, Fedora and NixOS.
const PLACES: &[&str] = &["/usr/bin/getent", "/bin/getent", "/run/current-system/sw/bin/getent"];

/// getent(1), never from $PATH, which an unprivileged caller controls.
fn getent() -> Option<Command> {
    let mut command = Command::new(PLACES.iter().find(|p| Path::new(p).exists())?);
    if crate::rights::are_lent() {
        command.env_clear();
    }
    Some(command)
}

/// The second word of `getent hosts ADDRESS`.
fn ask(ip: IpAddr) -> Option<Vec<u8>> {
    let run = getent()?.args(["hosts", &ip.to_string()]).stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    let mut words = run.stdout.split(u8::is_ascii_whitespace).filter(|w| !w.is_empty());
    words.nth(1).map(<[u8]>::to_vec)
}

/// An address, or its host name.
pub enum Host {
    Ip(IpAddr),
    Name(Rc<[u8]>),
}

impl Scalar for Host {
    fn text(&self, out: &mut Vec<u8>) {
        match self {
            Host::Ip(ip) => ip.text(out),
            Host::Name(name) => escape::text(out, name),
        }
    }
    fn json(&self, out: &mut Vec<u8>) {
        match self {
            Host::Ip(ip) => ip.json(out),
            Host::Name(name) => escape::json(out, name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loopback_has_a_name() {
        // A bare system has no hosts file.
        let hosts = std::fs::read_to_string("/etc/hosts").unwrap_or_default();
        let name = hosts.lines().find_map(|l| l.strip_prefix("127.0.0.1")?.split_whitespace().next());
        let (Some(name), Some(_)) = (name, getent()) else { return };
        assert_eq!(Resolver::default().name([127, 0, 0, 1].into()).as_deref(), Some(name.as_bytes()));
    }
}
