//! An entry: reads its message without copying, and prints it.

use super::state::STATES;
use crate::field;
use crate::grammar::address::{BRIDGE, INET, INET6};
use crate::grammar::words::Table;
use crate::net::Index;
use crate::net::attr::{u16_at, u32_at};
use crate::object::link::ether::Mac;
use crate::output::Printer;
use crate::output::color::{Role, of_family};
use crate::output::scalar::Padded;
use crate::schema::*;
use crate::session::Session;

/// A neighbour message: its header and its attributes.
pub struct Neigh<'a> {
    /// `ndm_family`.
    pub family: u8,
    /// `ndm_ifindex`.
    pub index: u32,
    /// `ndm_state`, NUD_*.
    pub state: u16,
    /// `ndm_flags`, NTF_*.
    pub flags: u8,
    /// The attributes, NDA_*.
    pub a: Index<'a, 16>,
}

impl<'a> Neigh<'a> {
    /// Parses a message body; `None` if it is too short.
    pub fn parse(body: &'a [u8]) -> Option<Neigh<'a>> {
        Some(Neigh {
            family: *body.first()?,
            index: u32_at(body, 4)?,
            state: u16_at(body, 8)?,
            flags: *body.get(10)?,
            a: Index::of_record(body.get(NDMSG..)?),
        })
    }

    /// How many references to the entry the kernel holds (ndm_refcnt of struct nda_cacheinfo); `None` if it does not say.
    pub fn users(&self) -> Option<u32> {
        u32_at(self.a.get(NDA_CACHEINFO)?, 12)
    }
}

/// Describes an entry and ends its line. `dev`: print the device.
pub fn describe(s: &Session, p: &mut Printer<'_>, n: &Neigh<'_>, dev: bool, deleted: bool) {
    if deleted {
        p.flag("deleted", "Deleted ");
    }
    if s.options.brief {
        brief(s, p, n, dev);
        return;
    }
    destination(s, p, n, 0);
    if dev && n.index != 0 {
        p.text("dev ");
        s.with_link_name(n.index, |name| p.field_colored(Role::Ifname, field!("dev", "{} "), name));
    }
    if let Some(b) = n.a.get(NDA_LLADDR) {
        p.text("lladdr ");
        p.field_colored(Role::Mac, field!("lladdr", "{} "), Mac(hardware(b), b));
    }
    let extra = n.a.u32(NDA_FLAGS_EXT).unwrap_or(0);
    for (on, key, text) in [
        (n.flags & NTF_ROUTER != 0, "router", "router "),
        (n.flags & NTF_PROXY != 0, "proxy", "proxy "),
        (extra & NTF_EXT_MANAGED != 0, "managed", "managed "),
        (n.flags & NTF_EXT_LEARNED != 0, "extern_learn", "extern_learn "),
        (n.flags & NTF_OFFLOADED != 0, "offload", "offload "),
        (extra & NTF_EXT_EXT_VALIDATED != 0, "extern_valid", "extern_valid "),
    ] {
        if on {
            p.null(key, text);
        }
    }
    if s.options.stats > 0 {
        counters(p, n);
    }
    if n.state != 0 {
        p.array(Some("state"));
        for (_, name) in STATES.iter().filter(|(bit, _)| n.state & bit != 0) {
            p.element("{} ", *name);
        }
        p.close();
    }
    if let Some(v) = n.a.u8(NDA_PROTOCOL) {
        p.field(field!("protocol", "proto {} "), s.named(Table::Protocols, v.into()));
    }
    p.end_line();
}

/// Entries on tunnel devices have an IP address as link-layer address.
fn hardware(b: &[u8]) -> u16 {
    match b.len() {
        4 => 768,
        16 => 769,
        _ => 1,
    }
}

fn destination(s: &Session, p: &mut Printer<'_>, n: &Neigh<'_>, pad: usize) {
    // FDB entries name a remote tunnel endpoint, of either family.
    let family = match (n.family, n.a.get(NDA_DST).map(<[u8]>::len)) {
        (BRIDGE, Some(16)) => INET6,
        (BRIDGE, _) => INET,
        (family, _) => family,
    };
    let Some(ip) = n.a.ip(NDA_DST, family) else { return };
    p.field_colored(of_family(family), field!("dst", "{} "), Padded(s.host(ip), pad));
}

fn counters(p: &mut Printer<'_>, n: &Neigh<'_>) {
    if let Some(info) = n.a.get(NDA_CACHEINFO) {
        let at = |i: usize| u32_at(info, i * 4).unwrap_or(0);
        if at(3) != 0 {
            p.field(field!("refcnt", " ref {}"), at(3));
        }
        p.field(field!("used", " used {}"), at(1) / USER_HZ);
        p.field(field!("confirmed", "/{}"), at(0) / USER_HZ);
        p.field(field!("updated", "/{}"), at(2) / USER_HZ);
    }
    if let Some(v) = n.a.u32(NDA_PROBES) {
        p.field(field!("probes", "probes {} "), v);
    }
}

fn brief(s: &Session, p: &mut Printer<'_>, n: &Neigh<'_>, dev: bool) {
    destination(s, p, n, 39);
    if dev && n.index != 0 {
        s.with_link_name(n.index, |name| p.field_colored(Role::Ifname, field!("dev", "{} "), Padded(name, 16)));
    }
    if let Some(b) = n.a.get(NDA_LLADDR) {
        p.field_colored(Role::Mac, field!("lladdr", "{}"), Mac(hardware(b), b));
    }
    p.end_line();
}
