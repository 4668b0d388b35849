//! A nexthop: reads its message without copying, and prints it.

use crate::command::host::Host;
use crate::encap;
use crate::field;
use crate::grammar::words::Table;
use crate::net::attr::{Attrs, u32_at};
use crate::net::{Index, Nested, Request};
use crate::output::color::{Role, of_family};
use crate::output::scalar::Literal;
use crate::output::{Printer, Scalar};
use crate::schema::*;
use crate::session::Session;
use nix::errno::Errno;

/// A nexthop message: its header and its attributes.
pub struct Nexthop<'a> {
    /// `nh_family`.
    pub family: u8,
    /// `nh_scope`, RT_SCOPE_*.
    pub scope: u8,
    /// `nh_protocol`, RTPROT_*.
    pub protocol: u8,
    /// `nh_flags`, RTNH_F_*.
    pub flags: u32,
    /// The attributes, NHA_*.
    pub a: Index<'a, 20>,
}

impl<'a> Nexthop<'a> {
    /// Parses a message body; `None` if it is too short.
    pub fn parse(body: &'a [u8]) -> Option<Nexthop<'a>> {
        Some(Nexthop {
            family: *body.first()?,
            scope: *body.get(1)?,
            protocol: *body.get(2)?,
            flags: u32_at(body, 4)?,
            a: Index::new(body.get(NHMSG..)?),
        })
    }
}

/// NHA_OP_FLAGS for `-s` (packet counters) and `-s -s` (hardware counters too).
pub fn counters(stats: u8) -> u32 {
    match stats {
        0 => 0,
        1 => 1,
        _ => 3,
    }
}

/// The request for one nexthop; kernels before 6.9 refuse one for counters.
pub fn question(id: u32, family: u8, stats: u8) -> Request {
    let mut request = Request::raw(RTM_GETNEXTHOP, 0, &[family, 0, 0, 0, 0, 0, 0, 0]).with(NHA_ID, &id.to_ne_bytes());
    if stats > 0 {
        request.put(NHA_OP_FLAGS, &counters(stats).to_ne_bytes());
    }
    request
}

/// Requests a nexthop on the second socket: the first may be in the middle of a dump.
pub fn ask(s: &Session, id: u32) -> Option<Vec<u8>> {
    let (side, stats) = (s.side().ok()?, s.options.stats);
    let answer = match side.ask(&question(id, 0, stats)) {
        Err(e) if e.is(Errno::EINVAL) && stats > 0 => side.ask(&question(id, 0, 0)),
        other => other,
    }
    .ok()?;
    answer.get(NLMSG_HDRLEN..).map(<[u8]>::to_vec)
}

/// Hundredths of a second, printed as seconds without trailing zeros.
pub struct Ticks(pub u64);

impl Scalar for Ticks {
    fn text(&self, out: &mut Vec<u8>) {
        let (whole, rest) = (self.0 / 100, self.0 % 100);
        whole.text(out);
        let digits = match rest {
            0 => return,
            r if r % 10 == 0 => format!(".{}", r / 10),
            r => format!(".{r:02}"),
        };
        out.extend_from_slice(digits.as_bytes());
    }
    fn json(&self, out: &mut Vec<u8>) {
        self.text(out);
    }
}

/// Describes a nexthop and ends its line. The caller opens and closes the record.
pub fn describe(s: &Session, p: &mut Printer<'_>, n: &Nexthop<'_>, deleted: bool) {
    if deleted {
        p.flag("deleted", "Deleted ");
    }
    fields(s, p, n);
    p.end_line();
}

/// Describes the fields only, as they also appear under a route.
pub fn fields(s: &Session, p: &mut Printer<'_>, n: &Nexthop<'_>) {
    if let Some(id) = n.a.u32(NHA_ID) {
        p.item("id", "id {} ", id);
    }
    if let Some(list) = n.a.get(NHA_GROUP) {
        group(p, list);
        if n.a.u16(NHA_GROUP_TYPE) == Some(NEXTHOP_GRP_TYPE_RES) {
            p.item("type", "type {} ", "resilient");
        }
    }
    if let Some(args) = n.a.nest(NHA_RES_GROUP) {
        resilient(p, &args);
    }
    if let Some(body) = n.a.get(NHA_ENCAP) {
        let kind = n.a.u16(NHA_ENCAP_TYPE).unwrap_or(0);
        encap::describe(s, p, kind, body);
    }
    if let Some(bytes) = n.a.get(NHA_GATEWAY) {
        p.text("via ");
        p.colored(of_family(n.family), "gateway", "{} ", Host { s, family: n.family, bytes, named: true });
    }
    if let Some(index) = n.a.u32(NHA_OIF) {
        p.text("dev ");
        s.with_link_name(index, |name| p.colored(Role::Ifname, "dev", "{} ", name));
    }
    if n.scope != 0 || s.options.details {
        p.item("scope", "scope {} ", s.named(Table::Scopes, n.scope.into()));
    }
    if n.a.has(NHA_BLACKHOLE) {
        p.null("blackhole", "blackhole ");
    }
    if n.protocol != 0 || s.options.details {
        p.item("protocol", "proto {} ", s.named(Table::Protocols, n.protocol.into()));
    }
    flags(p, n.flags);
    if n.a.has(NHA_FDB) {
        p.null("fdb", "fdb ");
    }
    if let Some(port) = n.a.be16(NHA_DST_PORT) {
        p.item("dst_port", "dst_port {} ", port);
    }
    if s.options.stats > 0 {
        count(p, n);
    }
}

/// Describes `group 1,5/2`: ids, and weights other than 1.
fn group(p: &mut Printer<'_>, list: &[u8]) {
    p.array(Some("group"));
    for (i, entry) in list.chunks_exact(8).enumerate() {
        let (Some(id), Some(low), Some(high)) = (u32_at(entry, 0), entry.get(4), entry.get(5)) else { continue };
        let weight = u32::from(u16::from_le_bytes([*low, *high])) + 1;
        p.text(if i == 0 { "group " } else { "/" });
        p.object(None);
        p.item("id", "{}", id);
        if weight != 1 {
            p.item("weight", ",{}", weight);
        }
        p.close();
    }
    p.text(" ");
    p.close();
}

fn resilient(p: &mut Printer<'_>, args: &Nested<'_>) {
    p.object(Some("resilient_args"));
    if let Some(v) = args.u16(NHA_RES_GROUP_BUCKETS) {
        p.item("buckets", "buckets {} ", v);
    }
    for (attr, key, form) in [
        (NHA_RES_GROUP_IDLE_TIMER, "idle_timer", "idle_timer {} "),
        (NHA_RES_GROUP_UNBALANCED_TIMER, "unbalanced_timer", "unbalanced_timer {} "),
    ] {
        if let Some(v) = args.u32(attr) {
            p.item(key, form, Ticks(v.into()));
        }
    }
    if let Some(v) = args.u64(NHA_RES_GROUP_UNBALANCED_TIME) {
        p.item("unbalanced_time", "unbalanced_time {} ", Ticks(v));
    }
    p.close();
}

fn count(p: &mut Printer<'_>, n: &Nexthop<'_>) {
    if let Some(on) = n.a.u32(NHA_HW_STATS_ENABLE) {
        p.object(Some("hw_stats"));
        p.switch("enabled", "hw_stats {} ", on != 0);
        // The kernel reports this only for groups with counters.
        p.switch("used", "used {} ", n.a.u32(NHA_HW_STATS_USED).unwrap_or(0) != 0);
        p.close();
    }
    let Some(stats) = n.a.get(NHA_GROUP_STATS) else { return };
    p.nl();
    p.text("  stats:");
    p.array(Some("group_stats"));
    for (_, entry) in Attrs(stats) {
        let e = Nested::new(entry);
        p.nl();
        p.object(None);
        if let Some(id) = e.u32(NHA_GROUP_STATS_ENTRY_ID) {
            p.item("id", "    id {}", id);
        }
        for (attr, key, form) in [
            (NHA_GROUP_STATS_ENTRY_PACKETS, "packets", " packets {}"),
            (NHA_GROUP_STATS_ENTRY_PACKETS_HW, "packets_hw", " packets_hw {}"),
        ] {
            // The kernel sends counters as 32 or 64 bits, whichever they need (nla_put_uint).
            let value = e.u64(attr).or(e.u32(attr).map(u64::from));
            if let Some(v) = value {
                p.item(key, form, v);
            }
        }
        p.close();
    }
    p.close();
}

const FLAGS: &[(u32, &str)] = &[
    (0x1, "dead"),
    (0x4, "onlink"),
    (0x2, "pervasive"),
    (0x8, "offload"),
    (0x40, "trap"),
    (0x100, "notify"),
    (0x10, "linkdown"),
    (0x20, "unresolved"),
    (0x4000, "rt_offload"),
    (0x8000, "rt_trap"),
    (0x2000_0000, "rt_offload_failed"),
];

/// The flags that are printed.
pub const PRINTED: u32 = {
    let (mut bits, mut rest) = (0, FLAGS);
    while let [(bit, _), others @ ..] = rest {
        (bits, rest) = (bits | *bit, others);
    }
    bits
};

/// Describes the flags (RTNH_F_*) of a route, a path or a nexthop object.
pub fn flags(p: &mut Printer<'_>, bits: u32) {
    // Fast path: nearly every route has none, and an empty list prints nothing in text.
    if bits == 0 && !p.is_json() {
        return;
    }
    p.array_field(field!("flags", ""));
    for (_, name) in FLAGS.iter().filter(|(bit, _)| bits & bit != 0) {
        p.element("{} ", Literal(name));
    }
    p.close();
}
