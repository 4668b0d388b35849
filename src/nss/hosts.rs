//! `-r`: names of hosts. A static program has no name service of its own, so the system's `getent` is asked,
//! which knows hosts files, DNS and whatever else /etc/nsswitch.conf names.

use crate::output::{Scalar, escape};
use std::cell::RefCell;
use std::collections::HashMap;
use std::net::IpAddr;
use std::path::Path;
use std::process::{Command, Stdio};
use std::rc::Rc;

/// Names asked for at most; after that addresses are printed.
const MOST: usize = 65_536;

/// What was found so far.
#[derive(Default)]
pub struct Resolver {
    known: RefCell<HashMap<IpAddr, Option<Rc<[u8]>>>>,
}

impl Resolver {
    /// The name of an address, if it has one.
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

/// Where getent(1) is: Debian and Fedora, NixOS.
const PLACES: &[&str] = &["/usr/bin/getent", "/bin/getent", "/run/current-system/sw/bin/getent"];

/// The program that knows names: never looked for in $PATH, which may be anybody's.
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

/// An address, or its name.
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
        let r = Resolver::default();
        if getent().is_some() {
            assert_eq!(r.name([127, 0, 0, 1].into()).as_deref(), Some(&b"localhost"[..]));
        }
    }
}
