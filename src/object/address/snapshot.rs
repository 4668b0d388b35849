//! Writes addresses as batch lines: those that somebody configured, without a finite lifetime.

use super::view::Address;
use crate::command::snapshot::Line;
use crate::command::view::InSnapshot;
use crate::grammar::address::{INET, INET6};
use crate::grammar::words::Table;
use crate::net::attr::u32_at;
use crate::object::link::select::FLAGS;
use crate::output::Scalar as _;
use crate::schema::*;
use crate::session::Session;
use std::net::{IpAddr, Ipv4Addr};

/// How addresses are written.
pub const SNAPSHOT: InSnapshot = InSnapshot { about: "addresses without an end", line: Some(write) };

/// The flag words that a line can set.
const SETTABLE: &[&str] = &["home", "nodad", "mngtmpaddr", "noprefixroute", "autojoin", "optimistic"];

/// The line of an address; `None` for one that the kernel created, a router announced, or a lease limits.
fn write(s: &Session, body: &[u8]) -> Option<Line> {
    let a = Address::parse(body)?;
    let info = a.a.get(IFA_CACHEINFO).unwrap_or_default();
    let finite = |at: usize| u32_at(info, at).is_some_and(|v| v != INFINITY_LIFE_TIME);
    let temporary = a.family == INET6 && a.flags & IFA_F_SECONDARY != 0;
    // Created by the kernel: loopback, router advertisement, link-local (linux/if_addr.h, IFAPROT_KERNEL_*).
    if finite(4) || temporary || a.a.u8(IFA_PROTO).is_some_and(|p| (1..=3).contains(&p)) {
        return None;
    }
    let dev = s.link_name(a.index);
    let local = a.local()?;
    // Older kernels do not report the protocol of the loopback device's addresses.
    if dev == b"lo" && matches!((local.to_string().as_str(), a.len), ("127.0.0.1", 8) | ("::1", 128)) {
        return None;
    }
    let mut line = Line::of("address add");
    // The kernel leaves the peer out where it is 0.0.0.0; an IPv4 address without a peer is its own.
    let no_peer = || (a.family == INET && a.a.get(IFA_ADDRESS).is_none()).then(|| Ipv4Addr::UNSPECIFIED.into());
    line = match a.peer().or_else(no_peer) {
        Some(peer) => line.and(&[local.to_string().as_bytes(), b"peer", format!("{peer}/{}", a.len).as_bytes()]),
        None => line.and(&[format!("{local}/{}", a.len).as_bytes()]),
    };
    for (attr, word) in [(IFA_BROADCAST, &b"broadcast"[..]), (IFA_ANYCAST, b"anycast")] {
        if let Some(ip) = a.a.ip(attr, a.family) {
            line = line.and(&[word, ip.to_string().as_bytes()]);
        }
    }
    if let Some(label) = a.a.str(IFA_LABEL).filter(|l| *l != dev.as_slice()) {
        line = line.and(&[b"label", label]);
    }
    if a.family == INET && a.scope != usual_scope(local) {
        let mut name = Vec::new();
        s.named(Table::Scopes, a.scope.into()).text(&mut name);
        line = line.and(&[b"scope", &name]);
    }
    if let Some(metric) = a.a.u32(IFA_RT_PRIORITY).filter(|m| *m != 0) {
        line = line.and(&[b"metric", metric.to_string().as_bytes()]);
    }
    for (name, _) in FLAGS.iter().filter(|(n, bit)| SETTABLE.contains(n) && a.flags & bit != 0) {
        line = line.and(&[name.as_bytes()]);
    }
    if let Some(protocol) = a.a.u8(IFA_PROTO).filter(|p| *p != 0) {
        let mut name = Vec::new();
        match s.named(Table::AddressProtocols, protocol.into()) {
            n if n.name.is_some() => n.text(&mut name),
            _ => name = format!("{protocol:#x}").into_bytes(),
        }
        line = line.and(&[b"proto", &name]);
    }
    if finite(0) {
        line = line.and(&[b"preferred_lft", b"0"]);
    }
    Some(line.and(&[b"dev", &dev]))
}

/// The default scope of an address.
fn usual_scope(ip: IpAddr) -> u8 {
    if ip.is_loopback() { RT_SCOPE_HOST } else { 0 }
}
