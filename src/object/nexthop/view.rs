//! A nexthop object as it arrived, and its description.

use crate::grammar::words::Table;
use crate::net::attr::{u16_at, u32_at};
use crate::net::uapi::*;
use crate::net::{Index, Nested, Request};
use crate::object::route::encap::{self, Place};
use crate::object::route::host::Host;
use crate::object::route::view::flags;
use crate::session::Session;
use crate::show::Paper;
use crate::show::color::{Role, of_family};
use crate::show::lit::{Lit, decimal};

// linux/nexthop.h
pub const NHA_ID: u16 = 1;
pub const NHA_GROUP: u16 = 2;
pub const NHA_GROUP_TYPE: u16 = 3;
pub const NHA_BLACKHOLE: u16 = 4;
pub const NHA_OIF: u16 = 5;
pub const NHA_GATEWAY: u16 = 6;
pub const NHA_ENCAP_TYPE: u16 = 7;
pub const NHA_ENCAP: u16 = 8;
pub const NHA_FDB: u16 = 11;
pub const NHA_RES_GROUP: u16 = 12;

const RES_BUCKETS: u16 = 1;
const RES_IDLE_TIMER: u16 = 2;
const RES_UNBALANCED_TIMER: u16 = 3;
const RES_UNBALANCED_TIME: u16 = 4;

const TYPE_MPATH: u16 = 0;
const TYPE_RESILIENT: u16 = 1;

/// struct nhmsg
pub const HEADER: usize = 8;

/// A nexthop message: its header and its attributes.
pub struct Nexthop<'a> {
    pub family: u8,
    pub scope: u8,
    pub protocol: u8,
    pub flags: u32,
    pub a: Index<'a, 20>,
}

impl<'a> Nexthop<'a> {
    /// Reads a message's body; none when it is too short to be one.
    pub fn read(body: &'a [u8]) -> Option<Nexthop<'a>> {
        let [family, scope, protocol, _, f0, f1, f2, f3] = *body.first_chunk::<HEADER>()?;
        let flags = u32::from_ne_bytes([f0, f1, f2, f3]);
        Some(Nexthop { family, scope, protocol, flags, a: Index::new(body.get(HEADER..)?) })
    }

    /// The members of a group: id and weight.
    pub fn members(&self) -> impl Iterator<Item = (u32, u32)> + use<'a> {
        // struct nexthop_grp: id, weight less one, the high bits of that, reserved
        self.a.get(NHA_GROUP).unwrap_or_default().chunks_exact(8).filter_map(|m| {
            let [low, high] = [*m.get(4)?, *m.get(5)?];
            Some((u32_at(m, 0)?, (u32::from(high) << 8 | u32::from(low)) + 1))
        })
    }
}

/// Asks the kernel for a nexthop object, on the second socket: the first may be in the middle of a dump.
pub fn ask(s: &Session, id: u32) -> Option<Vec<u8>> {
    let request = Request::raw(RTM_GETNEXTHOP, 0, &[0; HEADER]).with(NHA_ID, &id.to_ne_bytes());
    let answer = s.side().ok()?.ask(&request).ok()?;
    answer.get(16..).map(<[u8]>::to_vec)
}

/// Describes the fields of a nexthop object. The caller opens the record and ends the line.
pub fn describe(s: &Session, p: &mut Paper<'_>, n: &Nexthop<'_>) {
    let details = s.options.details;
    if let Some(id) = n.a.u32(NHA_ID) {
        p.item("id", "id {} ", id);
    }
    if n.a.has(NHA_GROUP) {
        group(p, n);
    }
    if let Some(body) = n.a.get(NHA_ENCAP) {
        encap::describe(s, p, Place::Hop, n.a.u16(NHA_ENCAP_TYPE).unwrap_or(0), body);
    }
    if let Some(bytes) = n.a.get(NHA_GATEWAY) {
        p.text("via ");
        p.colored(of_family(n.family), "gateway", "{} ", Host { s, family: n.family, bytes, named: true });
    }
    if let Some(index) = n.a.u32(NHA_OIF) {
        p.text("dev ");
        s.with_link_name(index, |name| p.colored(Role::Ifname, "dev", "{} ", name));
    }
    if n.scope != 0 || details {
        p.item("scope", "scope {} ", s.named(Table::Scopes, n.scope.into()));
    }
    if n.a.has(NHA_BLACKHOLE) {
        p.null("blackhole", "blackhole ");
    }
    if n.protocol != 0 || details {
        p.item("protocol", "proto {} ", s.named(Table::Protocols, n.protocol.into()));
    }
    flags(p, n.flags);
    if n.a.has(NHA_FDB) {
        p.null("fdb", "fdb");
    }
}

fn group(p: &mut Paper<'_>, n: &Nexthop<'_>) {
    p.array(Some("group"));
    p.text("group ");
    for (i, (id, weight)) in n.members().enumerate() {
        p.object(None);
        p.item("id", if i > 0 { "/{}" } else { "{}" }, id);
        if weight > 1 {
            p.item("weight", ",{}", weight);
        }
        p.close();
    }
    p.text(" ");
    p.close();
    match n.a.u16(NHA_GROUP_TYPE) {
        None | Some(TYPE_MPATH) => {}
        Some(TYPE_RESILIENT) => p.item("type", "type {} ", "resilient"),
        Some(_) => p.item("type", "type {} ", "<unknown type>"),
    }
    if let Some(nest) = n.a.get(NHA_RES_GROUP) {
        resilient(p, nest);
    }
}

fn resilient(p: &mut Paper<'_>, nest: &[u8]) {
    let a: Nested<'_> = Index::new(nest);
    p.object(Some("resilient_args"));
    if let Some(v) = a.get(RES_BUCKETS).and_then(|b| u16_at(b, 0)) {
        p.item("buckets", "buckets {} ", v);
    }
    for (attr, key, form) in [
        (RES_IDLE_TIMER, "idle_timer", "idle_timer {} "),
        (RES_UNBALANCED_TIMER, "unbalanced_timer", "unbalanced_timer {} "),
    ] {
        if let Some(v) = a.u32(attr) {
            p.item(key, form, Seconds(v.into()));
        }
    }
    if let Some(v) = a.u64(RES_UNBALANCED_TIME) {
        p.item("unbalanced_time", "unbalanced_time {} ", Seconds(v));
    }
    p.close();
}

/// Hundredths of a second; whole ones without a fraction.
pub struct Seconds(u64);

impl Lit for Seconds {
    fn text(&self, out: &mut Vec<u8>) {
        decimal(out, self.0 / 100);
        let rest = self.0 % 100;
        if rest != 0 {
            let digits = format!(".{rest:02}");
            out.extend_from_slice(digits.trim_end_matches('0').as_bytes());
        }
    }
    fn json(&self, out: &mut Vec<u8>) {
        self.text(out);
    }
}
