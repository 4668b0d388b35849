//! The selector words of `link show`, `address show`, `address flush` and `address save`.

use crate::diag::{Diag, Span};
use crate::grammar::address::{Prefix, PrefixOf};
use crate::grammar::named::Group;
use crate::grammar::number::{Term, U8};
use crate::grammar::value::{Absent, Dev, DevWord, Flag, Text, VrfDev};
use crate::grammar::words::Table;
use crate::grammar::{Fallback, Grammar, Offer, Row, Target, Value, Words, named};
use crate::schema::{IFA_F_PERMANENT, IFA_F_SECONDARY};
use crate::{row, rows};
use std::borrow::Cow;

/// The address flags and the words that select them.
pub const FLAGS: &[(&str, u32)] = &[
    ("secondary", IFA_F_SECONDARY),
    ("temporary", IFA_F_SECONDARY),
    ("nodad", 0x02),
    ("optimistic", 0x04),
    ("dadfailed", 0x08),
    ("home", 0x10),
    ("deprecated", 0x20),
    ("tentative", 0x40),
    ("permanent", IFA_F_PERMANENT),
    ("mngtmpaddr", 0x100),
    ("noprefixroute", 0x200),
    ("autojoin", 0x400),
    ("stable-privacy", 0x800),
];

/// IFLA_MASTER value for "without a master".
pub const NO_MASTER: u32 = u32::MAX;

/// The words that select entries.
#[derive(Default)]
pub struct Selector {
    /// Addresses inside this prefix.
    pub to: Option<Prefix>,
    /// Addresses of this scope.
    pub scope: Option<u8>,
    /// Devices that are up.
    pub up: bool,
    /// Devices that are down.
    pub down: bool,
    /// Address flags that must be set, IFA_F_*.
    pub flags: u32,
    /// The address flags that are compared.
    pub mask: u32,
    /// Addresses whose label matches this shell pattern.
    pub label: Option<Vec<u8>>,
    /// Devices of this group.
    pub group: Option<u32>,
    /// The index of the master; `NO_MASTER` for devices that have none.
    pub master: Option<u32>,
    /// Without virtual functions.
    pub novf: bool,
    /// Devices of this type.
    pub kind: Option<Vec<u8>>,
    /// Addresses of this protocol.
    pub proto: Option<u8>,
    /// The device, with the position of its word.
    pub dev: Option<(Vec<u8>, usize)>,
    /// Any word at all was given.
    pub given: bool,
}

impl Target for Selector {
    fn set_span(&mut self, _span: Span) {
        self.given = true;
    }
}

impl Selector {
    fn flag(&mut self, bits: u32, on: bool) {
        self.mask |= bits;
        if on {
            self.flags |= bits;
        } else {
            self.flags &= !bits;
        }
    }

    /// Drops the conditions on the master: iproute2 ignores them for a named device.
    pub fn forgive(&mut self) {
        self.master = self.master.filter(|m| *m != NO_MASTER);
    }

    /// Parses the selector words of a line.
    ///
    /// # Errors
    ///
    /// A wrong word.
    pub fn parse(w: &mut Words<'_>) -> Result<Selector, Diag> {
        let mut f = Selector::default();
        SELECTOR.parse(&mut f, w)?;
        Ok(f)
    }
}

static ROWS: &[Row<Selector>] = rows!(Selector;
    "to" => PrefixOf, "addresses in this prefix", |f, v| f.to = Some(v);
    "scope" => Scope, "addresses of this scope", |f, v| f.scope = v;
    "up" => Flag, "devices that are up", |f, ()| f.up = true;
    "down" => Flag, "devices that are down", |f, ()| f.down = true;
    "secondary" => Flag, "secondary addresses", |f, ()| f.flag(IFA_F_SECONDARY, true);
    "-secondary" => Flag, "addresses that are not secondary", |f, ()| f.flag(IFA_F_SECONDARY, false);
    "temporary" => Flag, "temporary IPv6 addresses", |f, ()| f.flag(IFA_F_SECONDARY, true);
    "-temporary" => Flag, "addresses that are not temporary", |f, ()| f.flag(IFA_F_SECONDARY, false);
    "primary" => Flag, "addresses that are not secondary", |f, ()| f.flag(IFA_F_SECONDARY, false);
    "-primary" => Flag, "secondary addresses", |f, ()| f.flag(IFA_F_SECONDARY, true);
    "dynamic" => Flag, "addresses with a lifetime", |f, ()| f.flag(IFA_F_PERMANENT, false);
    "-dynamic" => Flag, "permanent addresses", |f, ()| f.flag(IFA_F_PERMANENT, true);
    "permanent" => Flag, "permanent addresses", |f, ()| f.flag(IFA_F_PERMANENT, true);
    "-permanent" => Flag, "addresses with a lifetime", |f, ()| f.flag(IFA_F_PERMANENT, false);
    "nodad" => Flag, "addresses without duplicate address detection", |f, ()| f.flag(0x02, true);
    "-nodad" => Flag, "addresses with duplicate address detection", |f, ()| f.flag(0x02, false);
    "optimistic" => Flag, "optimistic addresses", |f, ()| f.flag(0x04, true);
    "-optimistic" => Flag, "addresses that are not optimistic", |f, ()| f.flag(0x04, false);
    "dadfailed" => Flag, "duplicate addresses", |f, ()| f.flag(0x08, true);
    "-dadfailed" => Flag, "addresses that are not duplicate", |f, ()| f.flag(0x08, false);
    "home" => Flag, "home addresses", |f, ()| f.flag(0x10, true);
    "-home" => Flag, "addresses that are not home addresses", |f, ()| f.flag(0x10, false);
    "deprecated" => Flag, "deprecated addresses", |f, ()| f.flag(0x20, true);
    "-deprecated" => Flag, "addresses that are not deprecated", |f, ()| f.flag(0x20, false);
    "tentative" => Flag, "tentative addresses", |f, ()| f.flag(0x40, true);
    "-tentative" => Flag, "addresses that are not tentative", |f, ()| f.flag(0x40, false);
    "mngtmpaddr" => Flag, "addresses that manage temporary addresses", |f, ()| f.flag(0x100, true);
    "-mngtmpaddr" => Flag, "addresses that do not manage temporary addresses", |f, ()| f.flag(0x100, false);
    "noprefixroute" => Flag, "addresses without a prefix route", |f, ()| f.flag(0x200, true);
    "-noprefixroute" => Flag, "addresses with a prefix route", |f, ()| f.flag(0x200, false);
    "autojoin" => Flag, "addresses with the autojoin flag", |f, ()| f.flag(0x400, true);
    "-autojoin" => Flag, "addresses without the autojoin flag", |f, ()| f.flag(0x400, false);
    "stable-privacy" => Flag, "stable privacy addresses", |f, ()| f.flag(0x800, true);
    "-stable-privacy" => Flag, "addresses that are not stable privacy addresses", |f, ()| f.flag(0x800, false);
    "label" => Text("PATTERN"), "addresses whose label matches a shell pattern", |f, v| f.label = Some(v);
    "group" => Group("Invalid \"group\" value\n"), "devices of this group", |f, v| f.group = Some(v);
    "master" => Term("DEV", Dev(Absent::Wrong)), "ports of this device", |f, v| f.master = Some(v);
    "vrf" => Term("NAME", VrfDev("Not a valid VRF name\n")), "devices of this VRF", |f, v| f.master = Some(v);
    "nomaster" => Flag, "devices without a master", |f, ()| f.master = Some(NO_MASTER);
    "novf" => Flag, "omit virtual functions", |f, ()| f.novf = true;
    "type" => Term("TYPE", KindName), "devices of this kind; KIND_slave for the ports of such a device", |f, v| f.kind = Some(v);
    "proto" => Term("VLAN-PROTO", U8("\"proto\" value is invalid\n")), "addresses of this protocol", |f, v| f.proto = Some(v);
);

static DEV: Row<Selector> =
    row!(Selector; @once "dev" => Term("DEVICE", DevWord), "the device", |f, v| f.dev = Some(v));

/// The selector words.
pub static SELECTOR: Grammar<Selector> = Grammar { title: "SELECTOR", rows: &[ROWS], fallback: Fallback::Take(&DEV) };

/// A kind, by its name.
struct KindName;

impl Value for KindName {
    type Out = Vec<u8>;
    fn meta(&self) -> Cow<'static, str> {
        "TYPE".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Vec<u8>, Diag> {
        Ok(w.next()?.bytes.to_vec())
    }
    fn offer(&self, _w: &Words<'_>) -> Vec<Offer> {
        super::kind::offers()
    }
}

/// A scope, or `all`.
struct Scope;

impl Value for Scope {
    type Out = Option<u8>;
    fn meta(&self) -> Cow<'static, str> {
        "{ SCOPE | all }".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Option<u8>, Diag> {
        let arg = w.next()?;
        match named::SCOPE.find(&arg, w.names) {
            Some(v) => Ok(u8::try_from(v).ok()),
            None if arg.is("all") => Ok(None),
            None => Err(arg.wrong("invalid \"scope\"\n")),
        }
    }
    fn offer(&self, w: &Words<'_>) -> Vec<Offer> {
        let mut all = w.names.names(Table::Scopes);
        all.push(Offer::new("all", ""));
        all
    }
}

/// A shell pattern over bytes: `*`, `?`, `[...]` with ranges and `!`, backslash.
pub fn glob_matches(pattern: &[u8], text: &[u8]) -> bool {
    let Some((first, rest)) = pattern.split_first() else { return text.is_empty() };
    match first {
        b'*' => (0..=text.len()).any(|i| glob_matches(rest, text.get(i..).unwrap_or_default())),
        b'?' => text.split_first().is_some_and(|(_, t)| glob_matches(rest, t)),
        b'[' => match (class(rest), text.split_first()) {
            (Some((set, after)), Some((c, t))) => member(set, *c) && glob_matches(after, t),
            (None, Some((b'[', t))) => glob_matches(rest, t),
            _ => false,
        },
        b'\\' => match (rest.split_first(), text.split_first()) {
            (Some((p, rest)), Some((c, t))) => p == c && glob_matches(rest, t),
            _ => false,
        },
        p => text.split_first().is_some_and(|(c, t)| p == c && glob_matches(rest, t)),
    }
}

/// The content of a bracket expression, and what follows it.
fn class(p: &[u8]) -> Option<(&[u8], &[u8])> {
    let skip = usize::from(matches!(p.first(), Some(b'!' | b'^'))) + 1;
    let end = p.iter().skip(skip).position(|b| *b == b']')? + skip;
    Some((p.get(..end)?, p.get(end + 1..)?))
}

fn member(set: &[u8], c: u8) -> bool {
    let (not, set) = match set.split_first() {
        Some((b'!' | b'^', rest)) => (true, rest),
        _ => (false, set),
    };
    let mut rest = set;
    let mut found = false;
    while let Some((a, after)) = rest.split_first() {
        rest = match after {
            [b'-', z, after @ ..] => {
                found |= (*a..=*z).contains(&c);
                after
            }
            _ => {
                found |= *a == c;
                after
            }
        };
    }
    found != not
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shell_patterns() {
        for (p, t, yes) in [
            ("eth*", "eth0:1", true),
            ("*:?", "eth0:1", true),
            ("eth[0-2]", "eth1", true),
            ("eth[!0-2]", "eth1", false),
            ("[", "[", true),
            ("a\\*", "a*", true),
            ("a\\*", "ab", false),
            ("", "x", false),
            ("*", "", true),
        ] {
            assert_eq!(glob_matches(p.as_bytes(), t.as_bytes()), yes, "{p} {t}");
        }
    }
}
