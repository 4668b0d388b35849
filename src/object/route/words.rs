//! The words of `route add` and the other changes.

use super::types;
use super::{hop, metrics};
use crate::diag::{Diag, Span};
use crate::encap::{self, Encap, Encapsulation};
use crate::grammar::address::{Addr, INET, INET6, MPLS, PACKET, Prefix, UNSPEC, take_addr, take_family, take_prefix};
use crate::grammar::named::{PROTOCOL, Realms, SCOPE, TABLE, TOS};
use crate::grammar::number::{Named, Term, U32};
use crate::grammar::value::{Absent, Choice, Flag, Word};
use crate::grammar::walk::Of;
use crate::grammar::{Arg, Fallback, Grammar, Offer, Row, Target, Value, Words};
use crate::net::Trail;
use crate::schema::*;
use crate::state::ObjectType;
use crate::{row, rows};
use netlink_packet_core::{DefaultNla, Nla as _};
use netlink_packet_route::route::{
    RouteAddress, RouteAttribute, RouteFlags, RouteMessage, RouteMetric, RouteNextHop, RouteVia,
};
use std::borrow::Cow;

/// A route message that is being parsed.
#[derive(Default)]
pub struct RouteBuilder {
    /// The message.
    pub msg: RouteMessage,
    /// Which words led to which attribute.
    pub trail: Trail,
    /// `delete`: the words only select the route.
    pub deleting: bool,
    /// The destination and its words.
    pub dst: Option<(Prefix, Span)>,
    /// The interface, with the position of its word.
    pub dev: Option<(Vec<u8>, usize)>,
    /// RTN_*.
    pub kind: Option<u8>,
    /// RT_SCOPE_*.
    pub scope: Option<u8>,
    /// RTA_TABLE.
    pub table: Option<u32>,
    /// A gateway was given.
    pub gateway: bool,
    /// A nexthop id was given.
    pub nhid: bool,
    /// RTA_METRICS.
    pub metrics: Vec<RouteMetric>,
    /// RTAX_LOCK: a bit for each locked metric.
    pub locked: u32,
    /// RTA_MULTIPATH.
    pub hops: Vec<RouteNextHop>,
    /// Paths were given, even if they are wrong.
    pub listed: bool,
}

impl Target for RouteBuilder {
    fn repeated(&self, names: &[&'static str], w: &Words<'_>) -> Option<Diag> {
        (self.gateway && names.contains(&"via")).then(|| {
            let at = Span::word(w.at().saturating_sub(1));
            let twice = Diag::wrong("via", "use nexthop syntax to specify multiple via\n", at);
            let earlier = self.trail.exact(&[RTA_GATEWAY]).or_else(|| self.trail.exact(&[RTA_VIA]));
            earlier.into_iter().fold(twice, Diag::at)
        })
    }
    fn set_span(&mut self, span: Span) {
        self.trail.close(span);
    }
}

impl RouteBuilder {
    /// Adds an attribute.
    pub fn put(&mut self, attr: RouteAttribute) {
        self.trail.note(&[attr.kind()]);
        self.msg.attributes.push(attr);
    }

    /// Adds an encapsulation.
    pub fn encap(&mut self, e: Encap) {
        self.trail.adopt(&[RTA_ENCAP], e.trail);
        self.trail.note(&[RTA_ENCAP_TYPE]);
        self.trail.note(&[RTA_ENCAP]);
        self.msg.attributes.extend(encap::attributes(e.kind, e.bytes));
    }

    /// Adds an attribute as bytes.
    pub fn raw(&mut self, kind: u16, body: impl AsRef<[u8]>) {
        self.put(RouteAttribute::Other(DefaultNla::new(kind, body.as_ref().to_vec())));
    }
}

/// An address as the value of an attribute.
pub fn address(a: &Addr) -> RouteAddress {
    match a {
        Addr::Ip(ip) => (*ip).into(),
        Addr::Mpls(bytes) | Addr::Link(bytes) => RouteAddress::Other(bytes.clone()),
    }
}

static FIRST: &[Row<RouteBuilder>] = rows!(RouteBuilder;
    "src" => Term("ADDRESS", crate::grammar::address::Address), "preferred source address of local packets",
        |d, v| d.put(RouteAttribute::PrefSource(address(&v)));
    "as" => Term("ADDRESS", crate::grammar::address::ToAddress), "new destination (MPLS labels)", |d, v| d.raw(RTA_NEWDST, v.bytes());
    "via" => Via, "gateway; its family first if it differs from the destination's", |d, v| {
        d.gateway = true;
        d.put(v);
    };
    "from" => crate::grammar::address::PrefixOf, "only packets from this prefix", |d, v| {
        d.msg.header.source_prefix_length = v.len;
        match &v.addr {
            Some(a) => d.put(RouteAttribute::Source(address(a))),
            None => {
                if let Some(ip) = v.zeros() {
                    d.put(RouteAttribute::Source(ip.into()));
                }
            }
        }
    };
    "tos" | "dsfield~" => Term("TOS", TOS), "type of service", |d, v| {
        d.msg.header.tos = low(v);
        d.trail.note(&[HEAD_TOS]);
    };
    "expires" => Term("TIME", Seconds), "lifetime in seconds (IPv6)", |d, v| d.put(RouteAttribute::Expires(v));
    "metric~" | "priority~" | "preference" => Named("METRIC", U32("\"metric\" value is invalid\n")), "metric: the lower, the more preferred",
        |d, v| d.put(RouteAttribute::Priority(v));
    "scope" => Term("SCOPE", SCOPE), "scope of the destination", |d, v| {
        d.scope = Some(low(v));
        d.trail.note(&[HEAD_SCOPE]);
    };
);

static LAST: &[Row<RouteBuilder>] = rows!(RouteBuilder;
    "realms~" => Term("REALM", Realms), "routing realms", |d, v| d.raw(RTA_FLOW, v.to_ne_bytes());
    "onlink" => Flag, "treat the gateway as directly connected", |d, ()| d.msg.header.flags.insert(RouteFlags::Onlink);
    "nexthop" => Term("NH", hop::List), "a path of a multipath route; only at the end", |d, v, w| {
        d.listed = true;
        // iproute2 looks the route's own device up first.
        if let Some((name, at)) = &d.dev {
            let arg = Arg { bytes: name, at: *at };
            w.names.link(name)?.ok_or_else(|| Absent::CannotFind.say(&arg))?;
        }
        let (hops, trail) = v?;
        d.hops = hops;
        d.trail.adopt(&[RTA_MULTIPATH], trail);
        d.trail.note(&[RTA_MULTIPATH]);
        Ok(())
    };
    "nhid" => Of(ObjectType::Nexthop, Named("ID", U32("\"id\" value is invalid\n"))), "nexthop object", |d, v| {
        d.nhid = v != 0;
        d.put(RouteAttribute::NhId(v));
    };
    "protocol~" => PROTOCOL, "originating protocol", |d, v| {
        d.msg.header.protocol = low(v).into();
        d.trail.note(&[HEAD_PROTOCOL]);
    };
    "table~" => Term("TABLE_ID", TABLE), "routing table", |d, v| {
        d.table = Some(v);
        d.trail.note(&[RTA_TABLE]);
    };
    "vrf~" => Term("NAME", VrfTable), "the table of this VRF", |d, v| d.table = Some(v);
    "dev" | "oif" => Term("STRING", Word("DEV")), "the device", |d, v| {
        d.dev = Some(v);
        d.trail.note(&[RTA_OIF]);
    };
    "pref~" => Term("PREF", Preference), "preference of an IPv6 router", |d, v| d.raw(RTA_PREF, [v]);
    "encap" => Encapsulation, "lightweight tunnel encapsulation", |d, v| d.encap(v);
    "ttl-propagate" => Choice(&[("enabled~", 1u8), ("disabled~", 0)], "\"ttl-propagate\" value is invalid\n"),
        "propagate the MPLS TTL", |d, v| d.raw(RTA_TTL_PROPAGATE, [v]);
);

static TO: Row<RouteBuilder> = row!(RouteBuilder; @once "to" => Destination, "destination; a type other than unicast precedes it", |d, (kind, p, span)| {
    if kind.is_some() {
        d.kind = kind;
        d.trail.note(&[HEAD_KIND]);
    }
    d.dst = Some((p, span));
    d.trail.note(&[RTA_DST]);
});

/// The words of `route add` and the other changes.
pub static ROUTE: Grammar<RouteBuilder> =
    Grammar { title: "ROUTE", rows: &[FIRST, metrics::EXACT, LAST], fallback: Fallback::Take(&TO) };

/// The low byte of a number up to 255.
fn low(v: u32) -> u8 {
    u8::try_from(v).unwrap_or(u8::MAX)
}

/// `[ TYPE ] PREFIX`
struct Destination;

impl Value for Destination {
    type Out = (Option<u8>, Prefix, Span);
    fn meta(&self) -> Cow<'static, str> {
        "[ TYPE ] PREFIX".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Self::Out, Diag> {
        let kind = w.peek().and_then(|a| types::number(a.bytes));
        self.lead(w);
        let at = w.at();
        if let Some(arg) = w.peek()
            && crate::grammar::spells("help~", arg.bytes)
        {
            return Err(w.usage());
        }
        let p = take_prefix(w, w.family)?;
        if w.family == UNSPEC {
            w.family = p.family;
        }
        Ok((kind, p, Span::word(at)))
    }
    fn lead(&self, w: &mut Words<'_>) {
        if w.peek().is_some_and(|a| types::number(a.bytes).is_some()) {
            w.skip();
        }
    }
    fn offer(&self, _w: &Words<'_>) -> Vec<Offer> {
        let mut all: Vec<Offer> = types::names().map(|n| Offer::new(n, "route type")).collect();
        all.push(Offer::new("default", ""));
        all
    }
}

/// `[ FAMILY ] ADDRESS`: a gateway of the route's own family, or of another.
pub struct Via;

impl Value for Via {
    type Out = RouteAttribute;
    fn meta(&self) -> Cow<'static, str> {
        "[ FAMILY ] ADDRESS".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<RouteAttribute, Diag> {
        let family = take_family(w);
        if family == Some(PACKET) {
            return Ok(RouteAttribute::Via(RouteVia::Other((PACKET.into(), take_addr(w, PACKET)?.bytes()))));
        }
        let a = take_addr(w, family.unwrap_or(w.family))?;
        if w.family == UNSPEC {
            w.family = a.family();
        }
        if a.family() == w.family {
            return Ok(RouteAttribute::Gateway(address(&a)));
        }
        Ok(RouteAttribute::Via(match a.ip() {
            Some(std::net::IpAddr::V4(ip)) => RouteVia::Inet(ip),
            Some(std::net::IpAddr::V6(ip)) => RouteVia::Inet6(ip),
            None => RouteVia::Other((MPLS.into(), a.bytes())),
        }))
    }
}

/// Seconds, optionally followed by `sec`, as `show` prints them.
struct Seconds;

impl Value for Seconds {
    type Out = u32;
    fn meta(&self) -> Cow<'static, str> {
        "SECONDS".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<u32, Diag> {
        let arg = w.next()?;
        let digits = arg.bytes.strip_suffix(b"sec").unwrap_or(arg.bytes);
        U32::parse(digits).ok_or_else(|| arg.wrong("\"expires\" value is invalid\n"))
    }
}

/// The table of a VRF device; `default` is the main table.
pub struct VrfTable;

impl Value for VrfTable {
    type Out = u32;
    fn meta(&self) -> Cow<'static, str> {
        "NAME".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<u32, Diag> {
        let arg = w.next()?;
        match w.names.vrf(arg.bytes)? {
            Some(table) => Ok(table),
            None if arg.is("default") => Ok(RT_TABLE_MAIN),
            None => Err(arg.wrong("Invalid VRF\n")),
        }
    }
    fn offer(&self, w: &Words<'_>) -> Vec<Offer> {
        let mut all = w.names.links();
        all.push(Offer::new("default", "the main table"));
        all
    }
}

/// `low`, `medium`, `high` or a number (RFC 4191).
struct Preference;

const PREFERENCES: Choice<u8> = Choice(&[("low", 3), ("medium", 0), ("high", 1)], "\"pref\" value is invalid\n");

impl Value for Preference {
    type Out = u8;
    fn meta(&self) -> Cow<'static, str> {
        PREFERENCES.meta()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<u8, Diag> {
        let arg: Arg<'_> = w.next()?;
        PREFERENCES
            .find(arg.bytes)
            .or_else(|| crate::grammar::number::U8::parse(arg.bytes))
            .ok_or_else(|| arg.wrong("\"pref\" value is invalid\n"))
    }
    fn offer(&self, w: &Words<'_>) -> Vec<Offer> {
        PREFERENCES.offer(w)
    }
}

/// Completes the message: family, type, table, scope, protocol, and the attributes made of several words.
pub fn finish(d: &mut RouteBuilder, family: u8) {
    let family = if family == UNSPEC { INET } else { family };
    d.msg.header.address_family = family.into();
    // MPLS has only unicast routes, and a deletion has to say so.
    let any = d.deleting && family != MPLS;
    let kind = d.kind.unwrap_or(if any { 0 } else { RTN_UNICAST });
    d.msg.header.kind = kind.into();
    if let Some((p, span)) = d.dst.take() {
        d.msg.header.destination_prefix_length = p.len;
        match &p.addr {
            Some(a) => d.put(RouteAttribute::Destination(address(a))),
            None => {
                if let Some(ip) = p.zeros() {
                    d.put(RouteAttribute::Destination(ip.into()));
                }
            }
        }
        d.trail.close(span);
    }
    let own = matches!(kind, RTN_LOCAL | RTN_BROADCAST | RTN_NAT | RTN_ANYCAST);
    let table = d.table.unwrap_or(if own { RT_TABLE_LOCAL } else { RT_TABLE_MAIN });
    match u8::try_from(table) {
        Ok(t) => d.msg.header.table = t,
        Err(_) => {
            d.msg.header.table = 0;
            d.put(RouteAttribute::Table(table));
        }
    }
    let default = match kind {
        RTN_LOCAL | RTN_NAT => RT_SCOPE_HOST,
        RTN_BROADCAST | RTN_MULTICAST | RTN_ANYCAST => RT_SCOPE_LINK,
        RTN_UNICAST | 0 if d.deleting => RT_SCOPE_NOWHERE,
        RTN_UNICAST | 0 if !d.gateway && !d.nhid && d.hops.is_empty() => RT_SCOPE_LINK,
        _ if d.deleting => RT_SCOPE_NOWHERE,
        _ => 0,
    };
    let default = if matches!(family, INET6 | MPLS) { 0 } else { default };
    d.msg.header.scope = d.scope.unwrap_or(default).into();
    let mut list = std::mem::take(&mut d.metrics);
    if d.locked != 0 {
        list.insert(0, RouteMetric::Lock(d.locked));
    }
    if !list.is_empty() {
        d.msg.attributes.push(RouteAttribute::Metrics(list));
    }
    let hops = std::mem::take(&mut d.hops);
    if !hops.is_empty() {
        d.msg.attributes.push(RouteAttribute::MultiPath(hops));
    }
}
