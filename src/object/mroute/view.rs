//! Prints a multicast route, for lists and events.

use crate::command::host::Host;
use crate::grammar::address::{INET, INET6, IPMR};
use crate::grammar::words::Table;
use crate::net::attr::u64_at;
use crate::object::route::view::Route;
use crate::output::color::Role;
use crate::output::scalar::{Both, Float, Hundredths, Padded};
use crate::output::{Printer, Scalar};
use crate::schema::*;
use crate::session::Session;

// linux/rtnetlink.h: flags of a route.
/// RTNH_F_OFFLOAD: forwarded by hardware.
const OFFLOAD: u32 = 0x08;
/// RTNH_F_UNRESOLVED: the daemon has not resolved it yet.
const UNRESOLVED: u32 = 0x20;

/// A source and a group, padded to a column.
struct SourceGroup<'a>(Option<Host<'a>>, Option<Host<'a>>);

impl Scalar for SourceGroup<'_> {
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

/// Describes a multicast route and ends its line. `table`: print the table.
pub fn describe(s: &Session, p: &mut Printer<'_>, r: &Route<'_>, table: bool) {
    let family = if r.family == IPMR { INET } else { INET6 };
    let host = |attr: u16| r.a.get(attr).map(|bytes| Host { s, family, bytes, named: false });
    if let Some(source) = host(RTA_SRC) {
        p.hidden("src", source);
    }
    if let Some(group) = host(RTA_DST) {
        p.hidden("dst", group);
    }
    p.text_item("{} ", Padded(SourceGroup(host(RTA_SRC), host(RTA_DST)), 32));
    match r.a.u32(RTA_IIF) {
        Some(index) => {
            p.text("Iif: ");
            p.colored(Role::Ifname, "iif", "{} ", Padded(s.link_name(index), 10));
        }
        None => p.text("Iif: unresolved "),
    }
    if r.a.has(RTA_MULTIPATH) {
        p.text("Oifs: ");
        p.array(Some("multipath"));
        for hop in r.hops() {
            p.object(None);
            p.colored(Role::Ifname, "oif", "{}", s.link_name(hop.dev));
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
        let ticks = u32::try_from(v).unwrap_or(u32::MAX);
        p.item("expires", ", Age {}", Both(Hundredths(v, 0), Float(f64::from(ticks) / f64::from(USER_HZ))));
    }
    let id = r.table();
    if table && id != 0 && (id != RT_TABLE_MAIN || s.options.details) {
        p.item("table", " Table: {}", s.named(Table::Tables, id));
    }
    p.end_line();
}
