//! Descriptions of what only events and small objects tell: multicast routes, prefixes, settings of devices, labels.

use crate::command::host::Host;
use crate::grammar::address::{INET, INET6, IPMR, family_name};
use crate::grammar::words::Table;
use crate::net::Index;
use crate::net::attr::{u32_at, u64_at};
use crate::object::route::view::Route;
use crate::output::color::{Role, of_family};
use crate::output::scalar::{Both, Padded};
use crate::output::{Printer, Scalar};
use crate::schema::*;
use crate::session::Session;

const OFFLOAD: u32 = 0x08;
const UNRESOLVED: u32 = 0x20;
/// What a counter of the kernel's user interface ticks in a second.
const HZ: u64 = 100;

/// A source and a group, together as wide as a column.
struct Flow<'a>(Option<Host<'a>>, Option<Host<'a>>);

impl Scalar for Flow<'_> {
    fn text(&self, out: &mut Vec<u8>) {
        out.push(b'(');
        for (i, host) in [&self.0, &self.1].into_iter().enumerate() {
            if i > 0 {
                out.push(b',');
            }
            match host {
                Some(host) => host.text(out),
                None => out.extend_from_slice(b"unknown"),
            }
        }
        out.push(b')');
    }
    fn json(&self, out: &mut Vec<u8>) {
        self.text(out);
    }
}

/// Describes a multicast route and ends its line.
pub fn mroute(s: &Session, p: &mut Printer<'_>, r: &Route<'_>) {
    let family = if r.family == IPMR { INET } else { INET6 };
    let host = |attr: u16| r.a.get(attr).map(|bytes| Host { s, family, bytes, named: false });
    if let Some(source) = host(RTA_SRC) {
        p.hidden("src", source);
    }
    if let Some(group) = host(RTA_DST) {
        p.hidden("dst", group);
    }
    p.text_item("{} ", Padded(Flow(host(RTA_SRC), host(RTA_DST)), 32));
    match r.a.u32(RTA_IIF) {
        Some(index) => p.item("iif", "Iif: {} ", Padded(s.link_name(index), 10)),
        None => p.text("Iif: unresolved "),
    }
    if r.a.has(RTA_MULTIPATH) {
        p.text("Oifs: ");
        p.array(Some("multipath"));
        for hop in r.hops() {
            p.object(None);
            p.item("oif", "{}", s.link_name(hop.dev));
            if hop.weight > 1 {
                p.item("ttl", "(ttl {})", hop.weight);
            }
            p.text(" ");
            p.close();
        }
        p.close();
    }
    let state = if r.flags & UNRESOLVED != 0 { "unresolved" } else { "resolved" };
    p.item("state", " State: {}", state);
    if r.flags & OFFLOAD != 0 {
        p.flag("offload", " offload");
    }
    if s.options.stats > 0
        && let Some(stats) = r.a.get(RTA_MFC_STATS)
    {
        let at = |i: usize| u64_at(stats, i * 8).unwrap_or(0);
        p.nl();
        p.item("packets", "  {} packets,", at(0));
        p.item("bytes", " {} bytes", at(1));
        if at(2) != 0 {
            p.item("wrong_if", ", {} arrived on wrong iif.", at(2));
        }
    }
    if s.options.stats > 0
        && let Some(v) = r.a.u64(RTA_EXPIRES)
    {
        p.item("expires", ", Age {}", format_args!("{}.{:02}", v / HZ, v % HZ));
    }
    let table = r.table();
    if table != 0 && (table != RT_TABLE_MAIN || s.options.details) {
        p.item("table", " Table: {}", s.named(Table::Tables, table));
    }
    p.end_line();
}

// linux/rtnetlink.h, struct prefixmsg and the attributes after it; flags from RFC 4861, 4.6.2
const PREFIX_INFORMATION: u8 = 3;
const ONLINK: u8 = 1;
const AUTOCONF: u8 = 2;

/// What is wrong with a message that should be about a prefix.
pub fn no_prefix(body: &[u8]) -> Option<String> {
    match (body.first(), body.get(8)) {
        (Some(&family), _) if family != INET6 => Some(format!("incorrect protocol family: {family}")),
        (_, Some(&kind)) if kind != PREFIX_INFORMATION => Some(format!("wrong ND type {kind}")),
        _ => None,
    }
}

/// Describes a prefix that a router announced and ends its line.
pub fn prefix(s: &Session, p: &mut Printer<'_>, body: &[u8]) {
    let Some([_, _, _, _, i0, i1, i2, i3, _, len, flags, _]) = body.first_chunk::<12>() else { return };
    let a: Index<'_, 4> = Index::new(body.get(PREFIXMSG..).unwrap_or_default());
    if let Some(bytes) = a.get(PREFIX_ADDRESS) {
        let host = Host { s, family: INET6, bytes, named: false };
        p.item("prefix", "prefix {}", &host);
        p.item("prefixlen", "/{}", *len);
    }
    let index = u32::from_ne_bytes([*i0, *i1, *i2, *i3]);
    p.item("dev", "dev {} ", s.link_name(index));
    if flags & ONLINK != 0 {
        p.flag("onlink", "onlink ");
    }
    if flags & AUTOCONF != 0 {
        p.flag("autoconf", "autoconf ");
    }
    if let Some(info) = a.get(PREFIX_CACHEINFO) {
        p.item("valid", "valid {} ", u32_at(info, 4).unwrap_or(0));
        p.item("preferred", "preferred {} ", u32_at(info, 0).unwrap_or(0));
    }
    p.end_line();
}

// linux/netconf.h
const SWITCHES: &[(u16, &str, &str)] = &[
    (2, "forwarding", "forwarding {} "),
    (NETCONFA_RP_FILTER, "rp_filter", "rp_filter {} "),
    (4, "mc_forwarding", "mc_forwarding {} "),
    (5, "proxy_neigh", "proxy_neigh {} "),
    (6, "ignore_routes_with_linkdown", "ignore_routes_with_linkdown {} "),
    (7, "input", "input {} "),
];

/// Describes the settings of a device and ends their line.
pub fn netconf(s: &Session, p: &mut Printer<'_>, body: &[u8]) {
    let a: Index<'_, 8> = Index::new(body.get(RTGENMSG..).unwrap_or_default());
    p.item("family", "{} ", family_name(body.first().copied().unwrap_or(0)));
    match a.s32(NETCONFA_IFINDEX) {
        Some(-1) => p.item("interface", "{} ", "all"),
        Some(-2) => p.item("interface", "{} ", "default"),
        Some(index) => p.colored(Role::Ifname, "interface", "{} ", s.link_name(index.cast_unsigned())),
        None => {}
    }
    for (attr, key, form) in SWITCHES {
        let Some(v) = a.u32(*attr) else { continue };
        match (*attr, v) {
            (NETCONFA_RP_FILTER, 0) => p.item(key, form, "off"),
            (NETCONFA_RP_FILTER, 1) => p.item(key, form, "strict"),
            (NETCONFA_RP_FILTER, 2) => p.item(key, form, "loose"),
            (NETCONFA_RP_FILTER, v) => p.item(key, form, Both(v, v)),
            (_, v) => p.switch(key, form, v != 0),
        }
    }
    p.end_line();
}

/// Describes a label of addresses and ends its line.
pub fn addrlabel(s: &Session, p: &mut Printer<'_>, body: &[u8]) {
    let a: Index<'_, 4> = Index::new(body.get(IFADDRLBLMSG..).unwrap_or_default());
    let (family, len) = (body.first().copied().unwrap_or(0), body.get(2).copied().unwrap_or(0));
    if let Some(bytes) = a.get(IFAL_ADDRESS) {
        let host = Host { s, family, bytes, named: true };
        p.hidden("address", &host);
        p.hidden("prefixlen", len);
        p.text("prefix ");
        p.text_colored(of_family(family), "{} ", SlashLen(host, len));
    }
    if let Some(index) = u32_at(body, 4).filter(|i| *i != 0) {
        p.item("ifname", "dev {} ", s.link_name(index));
    }
    if let Some(v) = a.u32(IFAL_LABEL) {
        p.item("label", "label {} ", v.cast_signed());
    }
    p.end_line();
}

struct SlashLen<'a>(Host<'a>, u8);

impl Scalar for SlashLen<'_> {
    fn text(&self, out: &mut Vec<u8>) {
        self.0.text(out);
        out.push(b'/');
        crate::output::scalar::decimal(out, self.1.into());
    }
    fn json(&self, out: &mut Vec<u8>) {
        self.text(out);
    }
}

/// Describes counters of a device (struct if_stats_msg) and ends their line: whether its hardware counts.
pub fn stats(s: &Session, p: &mut Printer<'_>, body: &[u8]) {
    let index = u32_at(body, 4).unwrap_or(0);
    p.item("ifindex", "{}: ", index);
    p.colored(Role::Ifname, "ifname", "{}:", s.link_name(index));
    let a: Index<'_, 8> = Index::new(body.get(IF_STATS_MSG..).unwrap_or_default());
    let info = a
        .nest(IFLA_STATS_LINK_OFFLOAD_XSTATS)
        .and_then(|n| n.nest(IFLA_OFFLOAD_XSTATS_HW_S_INFO))
        .and_then(|n| n.nest(IFLA_OFFLOAD_XSTATS_L3_STATS));
    if let Some(info) = info {
        p.nl();
        p.text("    l3_stats");
        p.object(Some("l3_stats"));
        for (attr, key, form) in [(1, "request", " {}"), (2, "used", " used {}")] {
            if let Some(v) = info.u8(attr) {
                p.switch(key, form, v != 0);
            }
        }
        p.close();
    }
    p.end_line();
}
