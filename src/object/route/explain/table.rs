//! Looks a packet up in one table: which route the kernel would select, and why not the others.
//!
//! IPv4 selects the longest prefix, then the TOS, then the metric, which is the order of its dumps; a route whose paths
//! are all dead is skipped. IPv6 ranks the routes of a prefix by metric, reachability of the gateway, device and router
//! preference (net/ipv6/route.c). Both are described in Documentation/networking and RFC 4191; tests/explain.rs
//! compares them with the running kernel.

use super::super::view::Route;
use super::flow::{Flow, TOS_BITS, within};
use super::world::World;
use crate::grammar::address::INET;
use crate::schema::*;
use crate::sort::Arrange as _;
use nix::errno::Errno;
use std::net::IpAddr;

/// RTNH_F_DEAD of linux/rtnetlink.h; also set for a link without carrier if `ignore_routes_with_linkdown` is set.
const DEAD: u32 = 1;

/// The result of a look-up in a table.
pub enum Found<'w> {
    /// A usable route.
    Way(&'w [u8]),
    /// A route whose type refuses the packet.
    Refused(&'w [u8], Errno),
    /// A `throw` route: the look-up continues with the next rule.
    Throw(&'w [u8]),
    Nothing,
}

/// The result of a look-up, and the matching routes that lost, best first.
pub struct Answer<'w> {
    /// What the look-up found.
    pub found: Found<'w>,
    /// How many routes the table has.
    pub total: usize,
    /// Routes that match and lost.
    pub lost: Vec<&'w [u8]>,
}

/// Looks a packet up in a table.
pub fn ask<'w>(world: &'w World, flow: &Flow, table: u32) -> Answer<'w> {
    let Some(table) = world.tables.get(&table) else {
        return Answer { found: Found::Nothing, total: 0, lost: Vec::new() };
    };
    let mut routes: Vec<(Route<'w>, &'w [u8])> =
        table.routes.iter().filter_map(|b| Some((Route::parse(b)?, b.as_slice()))).collect();
    routes.retain(|(r, _)| within(flow.dst, r.a.ip(RTA_DST, r.family), r.dst_len));
    routes.arrange_by_key(|(r, _)| (std::cmp::Reverse(r.dst_len), std::cmp::Reverse(r.src_len)));
    let chosen = if flow.family == INET { v4(flow, &routes) } else { v6(world, flow, &routes) };
    let found = chosen.map_or(Found::Nothing, |body| match refusal(body) {
        None => Found::Way(body),
        Some(Errno::EAGAIN) => Found::Throw(body),
        Some(e) => Found::Refused(body, e),
    });
    let lost = routes
        .iter()
        .filter(|(r, _)| from(flow, r))
        .map(|(_, b)| *b)
        .filter(|b| chosen.is_none_or(|c| !std::ptr::eq(c, *b)))
        .collect();
    Answer { found, total: table.total, lost }
}

/// Whether a route is for packets from this source.
fn from(flow: &Flow, r: &Route<'_>) -> bool {
    let source = flow.src.unwrap_or(IpAddr::V6(std::net::Ipv6Addr::UNSPECIFIED));
    r.src_len == 0 || within(source, r.a.ip(RTA_SRC, r.family), r.src_len)
}

/// The error of a route's type; EAGAIN for `throw`.
fn refusal(body: &[u8]) -> Option<Errno> {
    Some(match Route::parse(body)?.kind {
        RTN_BLACKHOLE | RTN_NAT | RTN_XRESOLVE => Errno::EINVAL,
        RTN_UNREACHABLE => Errno::EHOSTUNREACH,
        RTN_PROHIBIT => Errno::EACCES,
        RTN_THROW => Errno::EAGAIN,
        _ => return None,
    })
}

/// A path: its device, whether it is dead, its gateway.
type Way = (u32, bool, Option<IpAddr>);

fn ways(r: &Route<'_>) -> Vec<Way> {
    if r.a.has(RTA_MULTIPATH) {
        let each = r.hops().map(|h| (h.dev, u32::from(h.flags) & DEAD != 0, h.a.ip(RTA_GATEWAY, r.family)));
        return each.collect();
    }
    vec![(r.a.u32(RTA_OIF).unwrap_or(0), r.flags & DEAD != 0, r.a.ip(RTA_GATEWAY, r.family))]
}

/// Whether the route's type decides, regardless of its device.
fn refuses(r: &Route<'_>) -> bool {
    matches!(r.kind, RTN_BLACKHOLE | RTN_NAT | RTN_XRESOLVE | RTN_UNREACHABLE | RTN_PROHIBIT | RTN_THROW)
}

fn v4<'w>(flow: &Flow, routes: &[(Route<'w>, &'w [u8])]) -> Option<&'w [u8]> {
    // Prefixes with the same address are one leaf of the trie, whatever their lengths. A route there whose nexthop
    // object is unusable ends the search of the leaf (`fib_table_lookup`).
    let mut passed: Option<Option<IpAddr>> = None;
    for (r, body) in routes {
        let leaf = r.a.ip(RTA_DST, r.family);
        let tos = r.tos == 0 || r.tos == flow.tos & TOS_BITS;
        if !tos || passed == Some(leaf) {
            continue;
        }
        let alive = |(dev, dead, _): &Way| !dead && flow.oif.is_none_or(|oif| oif == *dev);
        if refuses(r) || ways(r).iter().any(alive) {
            return Some(body);
        }
        if r.a.has(RTA_NH_ID) {
            passed = Some(leaf);
        }
    }
    None
}

/// How strictly IPv6 checks devices and gateways.
struct Strict {
    /// The packet must leave through the given device.
    device: bool,
    /// Gateways that do not answer are skipped.
    reachable: bool,
}

fn v6<'w>(world: &World, flow: &Flow, routes: &[(Route<'w>, &'w [u8])]) -> Option<&'w [u8]> {
    // A link-local or multicast destination is ambiguous without its device.
    let near = matches!(flow.dst, IpAddr::V6(a) if a.is_unicast_link_local() || a.is_multicast());
    let device = match flow.input {
        Some(_) => near,
        None => near || flow.oif.is_some() && flow.src.is_none(),
    };
    let attempts: &[bool] = if world.forwards { &[false] } else { &[true, false] };
    let order = order(flow, routes);
    attempts.iter().find_map(|reachable| {
        let strict = Strict { device, reachable: *reachable };
        let node = |r: &Route<'_>| (r.dst_len, r.src_len);
        order.chunk_by(|a, b| node(&a.0) == node(&b.0)).find_map(|node| select(world, flow, &strict, node))
    })
}

/// The routes in the order in which the kernel visits their nodes (`fib6_node_lookup`). The search does not start at a
/// prefix that has routes with a source of which none matches, even if it also has one without; once started at a
/// longer prefix, those without a source count.
fn order<'r, 'w>(flow: &Flow, routes: &'r [(Route<'w>, &'w [u8])]) -> Vec<&'r (Route<'w>, &'w [u8])> {
    let prefixes: Vec<_> = routes.chunk_by(|a, b| a.0.dst_len == b.0.dst_len).collect();
    let begins = |prefix: &&[(Route<'w>, &'w [u8])]| {
        let sources = prefix.iter().any(|(r, _)| r.src_len > 0);
        !sources || prefix.iter().any(|(r, _)| r.src_len > 0 && from(flow, r))
    };
    match prefixes.iter().position(begins) {
        Some(start) => prefixes.iter().skip(start).flat_map(|p| p.iter()).filter(|(r, _)| from(flow, r)).collect(),
        // Every search ends at the root of the tree.
        None => routes.iter().filter(|(r, _)| r.dst_len == 0 && r.src_len == 0).collect(),
    }
}

/// The best route of a prefix: among those of the lowest metric, or else among all others.
fn select<'w>(world: &World, flow: &Flow, strict: &Strict, node: &[&(Route<'w>, &'w [u8])]) -> Option<&'w [u8]> {
    let metric = |r: &Route<'_>| r.a.u32(RTA_PRIORITY).unwrap_or(0);
    let lowest = metric(&node.first()?.0);
    let (first, rest): (Vec<_>, Vec<_>) = node.iter().copied().partition(|(r, _)| metric(r) == lowest);
    let best = |routes: &[&(Route<'w>, &'w [u8])]| {
        let mut best: Option<(i32, &'w [u8])> = None;
        for (r, body) in routes {
            // A blackhole nexthop object ends the search, regardless of earlier routes and of the device.
            if r.kind == RTN_BLACKHOLE && r.a.has(RTA_NH_ID) {
                return Some(*body);
            }
            if let Some(score) = score(world, flow, strict, r).filter(|s| best.is_none_or(|(b, _)| *s > b)) {
                best = Some((score, body));
            }
        }
        best.map(|(_, body)| body)
    };
    best(&first).or_else(|| best(&rest))
}

fn score(world: &World, flow: &Flow, strict: &Strict, r: &Route<'_>) -> Option<i32> {
    let wanted = flow.input.or(flow.oif);
    // Medium is 0, high 1 and low 3 in the message (RFC 4191).
    let preference = match r.a.u8(RTA_PREF) {
        Some(1) => 3,
        Some(3) => 1,
        _ => 2,
    };
    let each = ways(r).into_iter().filter_map(|(dev, dead, gateway)| {
        let here = wanted.is_none_or(|w| w == dev);
        let silent = strict.reachable && gateway.is_some_and(|g| world.has_failed(dev, g));
        (!dead && !silent && (here || !strict.device)).then_some(preference << 2 | if here { 2 } else { 0 })
    });
    each.max()
}
