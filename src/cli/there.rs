//! The things that are there, for completion: what `show` shows, line by line.

use super::tree;
use crate::diag::Diag;
use crate::grammar::words::Table;
use crate::grammar::{Names, Offer, Words};
use crate::output::out::Out;
use crate::session::Session;
use crate::session::options::Options;
use crate::state::ObjectType;
use std::os::fd::OwnedFd;

/// Looks names up as the session does, and knows what is there.
pub struct Present<'a>(pub &'a Session);

impl Names for Present<'_> {
    fn link(&self, name: &[u8]) -> Result<Option<u32>, Diag> {
        self.0.link(name)
    }
    fn number(&self, table: Table, name: &[u8]) -> Option<u32> {
        self.0.number(table, name)
    }
    fn names(&self, table: Table) -> Vec<Offer> {
        self.0.names(table)
    }
    fn links(&self) -> Vec<Offer> {
        crate::object::link::offers(self.0)
    }
    fn there(&self, what: ObjectType, w: &Words<'_>) -> Vec<Offer> {
        offers(self.0, what, w)
    }
    fn hold(&self, fd: OwnedFd) {
        Names::hold(self.0, fd);
    }
    fn vrf(&self, name: &[u8]) -> Result<Option<u32>, Diag> {
        self.0.vrf(name)
    }
}

/// The things of a sort; of the device and the table that the line names already, where it does.
fn offers(s: &Session, what: ObjectType, w: &Words<'_>) -> Vec<Offer> {
    let selector: &[&str] = match what {
        ObjectType::Address => &["dev"],
        ObjectType::Route => &["dev", "table", "vrf"],
        ObjectType::Neigh => &["dev"],
        _ => &[],
    };
    // The rules of multicast routing have the words of rules.
    let typed = w.line().iter().find_map(|word| tree::object(word)).map(|o| o.name());
    let object = if what == ObjectType::Rule && typed == Some("mrule") { "mrule" } else { what.name() };
    let mut line: Vec<Vec<u8>> = ["rip", object, "show"].map(|w| w.as_bytes().to_vec()).to_vec();
    for pair in w.line().windows(2) {
        if let [key, value] = pair
            && selector.iter().any(|k| k.as_bytes() == key)
        {
            line.extend([key.clone(), value.clone()]);
        }
    }
    let options = Options { oneline: true, family: w.family, netns: None, ..s.options.clone() };
    let there = Session::new(options, Out::memory());
    if tree::dispatch(&there, &line, 1).is_err() {
        return Vec::new();
    }
    let text = there.out.into_inner().into_bytes();
    String::from_utf8_lossy(&text).lines().filter_map(|l| one(what, l)).collect()
}

/// The word that names a thing, and the rest of its line.
fn one(what: ObjectType, line: &str) -> Option<Offer> {
    // A backslash before a blank stands for a line break; before anything else it begins the escape of a name.
    let end = line.match_indices('\\').map(|(at, _)| at);
    let mut end =
        end.filter(|at| line.get(at + 1..).is_some_and(|rest| rest.starts_with([' ', '\t']) || rest.is_empty()));
    let line = end.next().and_then(|at| line.get(..at)).unwrap_or(line).trim();
    let words: Vec<&str> = line.split_whitespace().collect();
    let at = match what {
        // `3: eth0    inet 192.0.2.1/24 brd ...`
        ObjectType::Address => 3,
        // `id 1 via ...`
        ObjectType::Nexthop => 1,
        // `prefix 2001:db8::/32 label 5`
        ObjectType::AddrLabel => 1,
        // A type may stand before a destination.
        ObjectType::Route => usize::from(words.get(1).is_some_and(|w| w.contains(['.', ':']) || *w == "default")),
        _ => 0,
    };
    let word = words.get(at)?.trim_end_matches(':');
    let help = match what {
        ObjectType::Address => words.get(1)?.to_string(),
        ObjectType::Route if at == 1 => words.first()?.to_string(),
        _ => words.get(at + 1..)?.join(" "),
    };
    Some(Offer::new(word, help))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_things() {
        for (what, line, word, help) in [
            (
                ObjectType::Address,
                r"3: eth0    inet 192.0.2.1/24 scope global eth0\       valid_lft forever",
                "192.0.2.1/24",
                "eth0",
            ),
            (ObjectType::Route, "default via 192.0.2.254 dev eth0", "default", "via 192.0.2.254 dev eth0"),
            (ObjectType::Route, "blackhole 10.66.0.0/16 ", "10.66.0.0/16", "blackhole"),
            (ObjectType::Rule, "1000:\tfrom 10.1.0.0/16 lookup 100", "1000", "from 10.1.0.0/16 lookup 100"),
            (
                ObjectType::Nexthop,
                "id 1 via 192.0.2.254 dev eth0 scope link",
                "1",
                "via 192.0.2.254 dev eth0 scope link",
            ),
            (ObjectType::Neigh, "192.0.2.5 dev eth0 FAILED", "192.0.2.5", "dev eth0 FAILED"),
        ] {
            assert_eq!(one(what, line), Some(Offer::new(word, help)), "{line}");
        }
        assert_eq!(one(ObjectType::Address, "3: eth0"), None);
    }
}
