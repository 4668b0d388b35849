//! A route: reads its message without copying, and prints it.

use super::{metrics, types};
use crate::command::host::{Host, Network, full};
use crate::field;
use crate::grammar::address::{INET, MPLS, family_name};
use crate::grammar::words::Table;
use crate::net::Index;
use crate::net::attr::{u16_at, u32_at};
use crate::net::multipath::Hops;
use crate::object::nexthop::view::{self, flags};
use crate::output::Printer;
use crate::output::color::{Role, of_family};
use crate::output::scalar::{Both, Hex};
use crate::schema::*;
use crate::session::Session;

/// A route message: its header and its attributes.
pub struct Route<'a> {
    /// `rtm_family`.
    pub family: u8,
    /// `rtm_dst_len`, in bits.
    pub dst_len: u8,
    /// `rtm_src_len`, in bits.
    pub src_len: u8,
    /// `rtm_tos`.
    pub tos: u8,
    /// `rtm_protocol`, RTPROT_*.
    pub protocol: u8,
    /// `rtm_scope`, RT_SCOPE_*.
    pub scope: u8,
    /// `rtm_type`, RTN_*.
    pub kind: u8,
    /// `rtm_flags`, RTM_F_* and RTNH_F_*.
    pub flags: u32,
    /// The attributes, RTA_*.
    pub a: Index<'a, 32>,
    table: u8,
}

impl<'a> Route<'a> {
    /// Parses a message body; `None` if it is too short.
    #[inline(always)]
    pub fn parse(body: &'a [u8]) -> Option<Route<'a>> {
        let h: &[u8; 12] = body.first_chunk()?;
        let [family, dst_len, src_len, tos, table, protocol, scope, kind, f0, f1, f2, f3] = *h;
        Some(Route {
            family,
            dst_len,
            src_len,
            tos,
            protocol,
            scope,
            kind,
            flags: u32::from_ne_bytes([f0, f1, f2, f3]),
            a: Index::of_record(body.get(RTMSG..)?),
            table,
        })
    }

    /// RTA_TABLE, or `rtm_table` if it is absent.
    #[inline(always)]
    pub fn table(&self) -> u32 {
        self.a.u32(RTA_TABLE).unwrap_or(self.table.into())
    }

    /// The paths of a multipath route (RTA_MULTIPATH).
    pub fn hops(&self) -> Hops<'a> {
        Hops::new(self.a.get(RTA_MULTIPATH).unwrap_or_default())
    }
}

/// What the selector's words make superfluous.
#[derive(Clone, Copy, Default)]
pub struct ShowOptions {
    /// RTM_DELROUTE: starts with `Deleted`.
    pub deleted: bool,
    /// Without the table.
    pub table: bool,
    /// Without the interface.
    pub dev: bool,
    /// Without the protocol.
    pub protocol: bool,
    /// Without the scope.
    pub scope: bool,
    /// Without the DS field.
    pub tos: bool,
    /// Without the metric.
    pub metric: bool,
    /// Without the preferred source.
    pub src: bool,
    /// The routes have this family, so gateways are printed without it.
    pub via: Option<u8>,
    /// Without the incoming interface.
    pub iif: bool,
    /// Without the mark.
    pub mark: bool,
    /// Without the realms.
    pub realm: bool,
}

/// Describes a route and ends its line. The caller opens and closes the record.
pub fn describe(s: &Session, p: &mut Printer<'_>, r: &Route<'_>, opts: &ShowOptions) {
    let details = s.options.details;
    let role = of_family(r.family);
    if opts.deleted {
        p.flag("deleted", "Deleted ");
    }
    if r.kind != RTN_UNICAST || details {
        p.field(field!("type", "{} "), types::shown(s, r.kind));
    }
    match r.a.get(RTA_DST) {
        Some(bytes) => {
            let host = Host { s, family: r.family, bytes, named: r.dst_len == full(r.family) };
            p.field_colored(role, field!("dst", "{} "), Network { host, len: r.dst_len });
        }
        None => network(s, p, r, RTA_DST, r.dst_len),
    }
    if r.src_len != 0 || r.a.has(RTA_SRC) {
        network(s, p, r, RTA_SRC, r.src_len);
    }
    if let Some(id) = r.a.u32(RTA_NH_ID) {
        p.field(field!("nhid", "nhid {} "), id);
    }
    if let Some(bytes) = r.a.get(RTA_NEWDST) {
        p.item("to", "as to {} ", Host { s, family: r.family, bytes, named: false });
    }
    if let Some(body) = r.a.get(RTA_ENCAP) {
        crate::encap::describe(s, p, r.a.u16(RTA_ENCAP_TYPE).unwrap_or(0), body);
    }
    if r.tos != 0 && !opts.tos {
        field(s, p, r.tos);
    }
    if opts.via != Some(r.family) && r.a.has_any([RTA_GATEWAY, RTA_VIA]) {
        gateway(s, p, r.family, &r.a);
    }
    if let Some(index) = r.a.u32(RTA_OIF).filter(|_| !opts.dev) {
        p.text("dev ");
        s.with_link_name(index, |name| p.field_colored(Role::Ifname, field!("dev", "{} "), name));
    }
    let table = r.table();
    if (table != RT_TABLE_MAIN || details) && !opts.table && table != 0 {
        p.field(field!("table", "table {} "), s.named(Table::Tables, table));
    }
    if r.flags & RTM_F_CLONED == 0 {
        if (r.protocol != RTPROT_BOOT || details) && !opts.protocol {
            p.field(field!("protocol", "proto {} "), s.named(Table::Protocols, r.protocol.into()));
        }
        if (r.scope != 0 || details) && !opts.scope {
            p.field(field!("scope", "scope {} "), s.named(Table::Scopes, r.scope.into()));
        }
    }
    if let Some(bytes) = r.a.get(RTA_PREFSRC).filter(|_| !opts.src) {
        p.text("src ");
        p.field_colored(role, field!("prefsrc", "{} "), Host { s, family: r.family, bytes, named: false });
    }
    if let Some(v) = r.a.u32(RTA_PRIORITY).filter(|_| !opts.metric) {
        p.field(field!("metric", "metric {} "), v);
    }
    match r.flags & view::PRINTED {
        0 => p.empty_array(field!("flags", "")),
        _ => flags(p, r.flags),
    }
    if r.flags & RTM_F_CLONED != 0 || r.a.has_any(RARE) {
        rarities(s, p, r, opts);
    }
    p.end_line();
}

/// What stands behind the flags: few routes have any of it, so that one look is enough for most.
const RARE: [u16; 10] = [
    RTA_NH_ID,
    RTA_MARK,
    RTA_FLOW,
    RTA_UID,
    RTA_CACHEINFO,
    RTA_METRICS,
    RTA_IIF,
    RTA_PREF,
    RTA_TTL_PROPAGATE,
    RTA_MULTIPATH,
];

fn rarities(s: &Session, p: &mut Printer<'_>, r: &Route<'_>, opts: &ShowOptions) {
    let details = s.options.details;
    if let Some(v) = r.a.u32(RTA_MARK).filter(|v| *v != 0 && !opts.mark) {
        if v >= 16 {
            p.item("mark", "mark {} ", Both(Hex::with_prefix(v), v));
        } else {
            p.item("mark", "mark {} ", v);
        }
    }
    if let Some(v) = r.a.u32(RTA_FLOW).filter(|_| !opts.realm) {
        realms(s, p, v);
    }
    if let Some(v) = r.a.u32(RTA_UID) {
        p.item("uid", "uid {} ", v);
    }
    if r.flags & RTM_F_CLONED != 0 && r.family == INET {
        cache(p, r.flags);
    }
    if let Some(info) = r.a.get(RTA_CACHEINFO) {
        cacheinfo(s, p, info);
    }
    if let Some(nest) = r.a.get(RTA_METRICS) {
        metrics::describe(p, nest);
    }
    if let Some(index) = r.a.u32(RTA_IIF).filter(|_| !opts.iif) {
        p.text("iif ");
        s.with_link_name(index, |name| p.colored(Role::Ifname, "iif", "{} ", name));
    }
    if let Some(v) = r.a.u8(RTA_PREF) {
        match v {
            3 => p.item("pref", "pref {}", "low"),
            0 => p.item("pref", "pref {}", "medium"),
            1 => p.item("pref", "pref {}", "high"),
            v => p.item("pref", "pref {}", v),
        }
    }
    if let Some(v) = r.a.u8(RTA_TTL_PROPAGATE) {
        p.item("ttl-propogate", "ttl-propogate {}", Both(if v != 0 { "enabled" } else { "disabled" }, v != 0));
    }
    if let Some(id) = r.a.u32(RTA_NH_ID).filter(|_| details) {
        nexthop(s, p, id);
    }
    if r.a.has(RTA_MULTIPATH) {
        hops(s, p, r);
    }
}

/// Describes the nexthop object of a route.
fn nexthop(s: &Session, p: &mut Printer<'_>, id: u32) {
    let Some(body) = s.nexthop(id, view::ask) else { return };
    let Some(n) = view::Nexthop::parse(&body) else { return };
    // On a separate line even with -o, as in iproute2.
    p.text("\n\tnh_info ");
    p.object(Some("nh_info"));
    view::fields(s, p, &n);
    p.close();
}

/// Describes the source of a route, or the destination if it has no address.
fn network(s: &Session, p: &mut Printer<'_>, r: &Route<'_>, attr: u16, len: u8) {
    let destination = attr == RTA_DST;
    let key = if destination { "dst" } else { "from" };
    match r.a.get(attr) {
        Some(bytes) => {
            let net = Network { host: Host { s, family: r.family, bytes, named: len == full(r.family) }, len };
            p.any_field(of_family(r.family), field!("from", "from {} "), &net);
        }
        None if len != 0 => p.item(key, if destination { "{} " } else { "from {} " }, format_args!("0/{len}")),
        None if destination => p.item(key, "{} ", "default"),
        None => {}
    }
}

/// Describes `tos 0x10`, or its name.
fn field(s: &Session, p: &mut Printer<'_>, tos: u8) {
    match s.named(Table::Fields, tos.into()).name {
        Some(n) => p.item("tos", "tos {} ", n),
        None => p.item("tos", "tos {} ", format_args!("0x{tos:02x}")),
    }
}

/// Describes `via ADDRESS`, or `via FAMILY ADDRESS`.
pub fn gateway(s: &Session, p: &mut Printer<'_>, family: u8, a: &Index<'_, 32>) {
    if let Some(bytes) = a.get(RTA_GATEWAY) {
        p.text("via ");
        p.field_colored(of_family(family), field!("gateway", "{} "), Host { s, family, bytes, named: true });
    }
    if let Some(via) = a.get(RTA_VIA) {
        let family = u16_at(via, 0).and_then(|f| u8::try_from(f).ok()).unwrap_or(0);
        p.object(Some("via"));
        p.item("family", "via {} ", family_name(family));
        p.colored(
            of_family(family),
            "host",
            "{} ",
            Host { s, family, bytes: via.get(2..).unwrap_or_default(), named: true },
        );
        p.close();
    }
}

fn realms(s: &Session, p: &mut Printer<'_>, v: u32) {
    let (from, to) = (v >> 16, v & 0xffff);
    p.object(Some("flow"));
    p.text(if from != 0 { "realms " } else { "realm " });
    if from != 0 {
        p.item("from", "{}/", s.named(Table::Realms, from));
    }
    p.item("to", "{} ", s.named(Table::Realms, to));
    p.close();
}

/// RTCF_* flags of a cached IPv4 route (linux/in_route.h).
const CACHE: &[(u32, &str)] = &[
    (0x8000_0000, "local"),
    (0x4000_0000, "reject"),
    (0x2000_0000, "mc"),
    (0x1000_0000, "brd"),
    (0x0800_0000, "dst-nat"),
    (0x0080_0000, "src-nat"),
    (0x0040_0000, "masq"),
    (0x0002_0000, "dst-direct"),
    (0x0400_0000, "src-direct"),
    (0x0004_0000, "redirected"),
    (0x0100_0000, "redirect"),
    (0x0020_0000, "fastroute"),
    (0x0001_0000, "notify"),
    (0x0008_0000, "proxy"),
];

fn cache(p: &mut Printer<'_>, bits: u32) {
    p.nl();
    p.text("    cache ");
    p.array(Some("cache"));
    let mut open = false;
    for (_, name) in CACHE.iter().filter(|(bit, _)| bits & bit != 0) {
        p.text(if open { "," } else { "<" });
        open = true;
        p.element("{}", *name);
    }
    if open {
        p.text("> ");
    }
    p.close();
}

/// Describes struct rta_cacheinfo: users, last use, expiry, error, uses.
fn cacheinfo(s: &Session, p: &mut Printer<'_>, info: &[u8]) {
    let at = |i: usize| u32_at(info, i * 4).unwrap_or(0);
    let expires = at(2).cast_signed();
    if expires != 0 {
        p.item("expires", "expires {}sec ", expires / USER_HZ.cast_signed());
    }
    if at(3) != 0 {
        p.item("error", "error {} ", at(3).cast_signed());
    }
    if s.options.stats > 0 {
        if at(0) != 0 {
            p.item("users", "users {} ", at(0));
        }
        if at(4) != 0 {
            p.item("used", "used {} ", at(4));
        }
        if at(1) != 0 {
            p.item("age", "age {}sec ", at(1) / USER_HZ);
        }
    }
}

fn hops(s: &Session, p: &mut Printer<'_>, r: &Route<'_>) {
    p.array(Some("nexthops"));
    for h in r.hops() {
        p.nl();
        p.text("\tnexthop ");
        p.object(None);
        if let Some(body) = h.a.get(RTA_ENCAP) {
            crate::encap::describe(s, p, h.a.u16(RTA_ENCAP_TYPE).unwrap_or(0), body);
        }
        if let Some(bytes) = h.a.get(RTA_NEWDST) {
            p.item("to", "as to {} ", Host { s, family: r.family, bytes, named: false });
        }
        gateway(s, p, r.family, &h.a);
        if let Some(v) = h.a.u32(RTA_FLOW) {
            realms(s, p, v);
        }
        if h.dev != 0 {
            s.with_link_name(h.dev, |name| p.item("dev", "dev {} ", name));
        }
        if r.family != MPLS {
            p.item("weight", "weight {} ", u16::from(h.weight) + 1);
        }
        flags(p, h.flags.into());
        p.close();
    }
    p.close();
}
