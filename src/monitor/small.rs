//! Descriptions of what only events and small objects tell: prefixes, settings of devices, labels.

use crate::command::host::Host;
use crate::grammar::address::{INET6, family_name};
use crate::net::Index;
use crate::net::attr::u32_at;
use crate::output::color::{Role, of_family};
use crate::output::scalar::Both;
use crate::output::{Printer, Scalar};
use crate::schema::*;
use crate::session::Session;

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
