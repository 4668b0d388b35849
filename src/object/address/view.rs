//! An address: reads its message without copying, and prints it.

use crate::field;
use crate::grammar::address::{INET6, family_name};
use crate::grammar::words::Table;
use crate::net::Index;
use crate::net::attr::u32_at;
use crate::object::link::select::FLAGS;
use crate::output::color::of_family;
use crate::output::scalar::{Both, Hex, Literal};
use crate::output::{Printer, Scalar};
use crate::schema::*;
use crate::session::Session;
use std::net::IpAddr;

/// An address message: its header and its attributes.
pub struct Address<'a> {
    /// `ifa_family`.
    pub family: u8,
    /// `ifa_prefixlen`, in bits.
    pub len: u8,
    /// IFA_FLAGS, or `ifa_flags` if it is absent.
    pub flags: u32,
    /// `ifa_scope`, RT_SCOPE_*.
    pub scope: u8,
    /// `ifa_index`.
    pub index: u32,
    /// The attributes, IFA_*.
    pub a: Index<'a, 12>,
}

impl<'a> Address<'a> {
    /// Parses a message body; `None` if it is too short.
    pub fn parse(body: &'a [u8]) -> Option<Address<'a>> {
        let a: Index<'a, 12> = Index::of_record(body.get(IFADDRMSG..)?);
        let short = u32::from(*body.get(2)?);
        Some(Address {
            family: *body.first()?,
            len: *body.get(1)?,
            flags: a.u32(IFA_FLAGS).unwrap_or(short),
            scope: *body.get(3)?,
            index: u32_at(body, 4)?,
            a,
        })
    }

    /// The local address.
    pub fn local(&self) -> Option<IpAddr> {
        self.a.ip(IFA_LOCAL, self.family).or_else(|| self.a.ip(IFA_ADDRESS, self.family))
    }

    /// The peer's address, unless it equals the local one.
    pub fn peer(&self) -> Option<IpAddr> {
        self.a.ip(IFA_ADDRESS, self.family).filter(|ip| Some(*ip) != self.local())
    }
}

/// A lifetime in seconds, or forever.
struct Seconds(u32);

impl Scalar for Seconds {
    fn text(&self, out: &mut Vec<u8>) {
        if self.0 == u32::MAX {
            out.extend_from_slice(b"forever");
        } else {
            self.0.text(out);
            out.extend_from_slice(b"sec");
        }
    }
    fn json(&self, out: &mut Vec<u8>) {
        self.0.json(out);
    }
}

/// The address with its peer and prefix length: what `-br` prints, and the middle of the full form.
pub fn ends(s: &Session, p: &mut Printer<'_>, a: &Address<'_>) {
    let role = of_family(a.family);
    // Multicast and anycast addresses have no local address.
    let Some(local) = a.local() else { return };
    p.field_colored(role, field!("local", "{}"), s.host(local));
    if let Some(ip) = a.peer() {
        p.text(" peer ");
        p.field_colored(role, field!("address", "{}"), s.host(ip));
    }
    p.field(field!("prefixlen", "/{} "), a.len);
    if let Some(v) = a.a.u32(IFA_RT_PRIORITY) {
        p.field(field!("metric", "metric {} "), v);
    }
}

/// Describes an address with its lifetimes. `head`: the device comes first, as with `-o`.
pub fn describe(s: &Session, p: &mut Printer<'_>, a: &Address<'_>, head: bool) {
    if head {
        p.field(field!("index", "{}: "), a.index);
        p.field(field!("dev", "{}"), s.link_name(a.index));
    }
    match family_name(a.family) {
        "???" => p.field(field!("family", "    family {} "), a.family),
        name => p.field(field!("family", "    {} "), Literal(name)),
    }
    ends(s, p, a);
    let role = of_family(a.family);
    for (attr, word, key) in
        [(IFA_BROADCAST, "brd ", "broadcast"), (IFA_ANYCAST, "any ", "anycast"), (IFA_MULTICAST, "mcast ", "multicast")]
    {
        if let Some(ip) = a.a.ip(attr, a.family) {
            p.text(word);
            p.colored(role, key, "{} ", s.host(ip));
        }
    }
    p.field(field!("scope", "scope {} "), s.named(Table::Scopes, a.scope.into()));
    flags(p, a);
    if let Some(v) = a.a.u8(IFA_PROTO) {
        match s.named(Table::AddressProtocols, v.into()) {
            n if n.name.is_some() => p.field(field!("protocol", "proto {} "), n),
            _ => p.field(field!("protocol", "proto {} "), Hex::with_prefix(v)),
        }
    }
    if let Some(label) = a.a.str(IFA_LABEL) {
        p.field(field!("label", "{}"), label);
    }
    if let Some(info) = a.a.get(IFA_CACHEINFO) {
        let (preferred, valid) = (u32_at(info, 0).unwrap_or(0), u32_at(info, 4).unwrap_or(0));
        p.nl();
        p.field(field!("valid_life_time", "       valid_lft {}"), Seconds(valid));
        p.field(field!("preferred_life_time", " preferred_lft {}"), Seconds(preferred));
    }
    p.end_line();
}

fn flags(p: &mut Printer<'_>, a: &Address<'_>) {
    let mut rest = a.flags;
    for (name, bit) in FLAGS.iter().filter(|(n, _)| *n != "temporary") {
        rest &= !bit;
        match *bit {
            IFA_F_PERMANENT if a.flags & IFA_F_PERMANENT == 0 => p.flag("dynamic", "dynamic "),
            IFA_F_PERMANENT => {}
            IFA_F_SECONDARY if a.flags & IFA_F_SECONDARY != 0 && a.family == INET6 => p.flag("temporary", "temporary "),
            bit if a.flags & bit != 0 => {
                p.hidden(name, true);
                p.text_item("{} ", *name);
            }
            _ => {}
        }
    }
    if rest != 0 {
        p.field(field!("ifa_flags", "flags {} "), Both(format_args!("{rest:02x}"), format_args!("{rest:02x}")));
    }
}
