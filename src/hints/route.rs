//! Routes and nexthops: unreachable gateways, interfaces that are down, entries that exist already.

use super::address::{LocalAddress, all};
use super::{Case, Reason, by_errno, by_message};
use crate::diag::Span;
use crate::grammar::address::{INET, INET6};
use crate::net::Request;
use crate::object::route::view::{self, Route, ShowOptions};
use crate::schema::*;
use nix::errno::Errno;
use std::net::IpAddr;

const NEW: &[u16] = &[RTM_NEWROUTE];
const PATHS: &[u16] = &[RTM_NEWROUTE, RTM_NEWNEXTHOP];
const TABLES: &[u16] = &[RTM_NEWROUTE, RTM_DELROUTE, RTM_GETROUTE];

/// Reasons for refused routes.
pub const REASONS: &[Reason] = &[
    by_message(PATHS, "Nexthop has invalid gateway", gateway),
    by_errno(PATHS, Errno::EHOSTUNREACH, gateway),
    by_errno(PATHS, Errno::ENETUNREACH, gateway),
    by_message(PATHS, "Gateway can not be a local address", gateway),
    by_message(PATHS, "Device for nexthop is not up", down),
    by_message(PATHS, "Nexthop device is not up", down),
    by_errno(PATHS, Errno::ENETDOWN, down),
    by_message(NEW, "Invalid prefix for given prefix length", prefix),
    by_message(NEW, "Invalid prefsrc address", foreign_source),
    by_message(NEW, "Invalid source address", foreign_source),
    by_message(TABLES, "FIB table does not exist", table),
    by_errno(NEW, Errno::EEXIST, |c| {
        existing(c).map(|r| format!("already there: \"{r}\"; use \"route replace\" to overwrite it"))
    }),
];

/// Maximum number of networks in a hint.
const NETWORKS: usize = 3;

/// Gateway and device of the request, if it has at most one of each.
fn path(case: &Case<'_>) -> Option<(IpAddr, Option<u32>)> {
    let a = case.attrs();
    let (family, attr, oif) = match case.r.kind {
        RTM_NEWNEXTHOP => (case.head(0), NHA_GATEWAY, NHA_OIF),
        _ => (case.head(0), RTA_GATEWAY, RTA_OIF),
    };
    let via = || {
        let (kind, ip) = a.get(RTA_VIA)?.split_first_chunk::<2>()?;
        match u16::from_ne_bytes(*kind) {
            2 => ip.first_chunk().map(|b: &[u8; 4]| IpAddr::from(*b)),
            10 => ip.first_chunk().map(|b: &[u8; 16]| IpAddr::from(*b)),
            _ => None,
        }
    };
    let ip = a.ip(attr, family).or_else(|| if attr == RTA_GATEWAY { via() } else { None })?;
    Some((ip, a.u32(oif)))
}

/// Why a gateway is invalid.
fn gateway(case: &Case<'_>) -> Option<String> {
    let (ip, dev) = path(case)?;
    if ip.is_multicast() {
        return Some(format!("{ip} is a multicast address"));
    }
    let own = all(case, if ip.is_ipv4() { INET } else { INET6 });
    if let Some(own) = own.iter().find(|o| o.ip == ip) {
        return Some(format!("{ip} is a local address, on {}", case.device(own.index)));
    }
    let down = |o: &LocalAddress| case.s.link_up(o.index) == Some(false);
    if let Some(near) = own.iter().find(|o| o.holds(ip)) {
        let name = case.device(near.index);
        return match dev {
            Some(dev) if dev != near.index => {
                Some(format!("{} is on {name}, not on {}", near.network(), case.device(dev)))
            }
            _ if down(near) => {
                Some(format!("{name}, which has {}, is down: type \"link set {name} up\"", near.network()))
            }
            _ => None,
        };
    }
    let local = |o: &LocalAddress| o.ip.is_loopback() || matches!(o.ip, IpAddr::V6(v) if v.is_unicast_link_local());
    let mut networks: Vec<String> = Vec::new();
    for o in own.iter().filter(|o| !local(o) && dev.is_none_or(|d| d == o.index)) {
        networks.push(match dev {
            Some(_) => o.network(),
            None => format!("{} on {}", o.network(), case.device(o.index)),
        });
    }
    networks.dedup();
    let version = if ip.is_ipv4() { "IPv4" } else { "IPv6" };
    match (networks.as_slice(), dev) {
        ([], Some(d)) => {
            Some(format!("{} has no {version} address; add \"onlink\" if the gateway is on that link", case.device(d)))
        }
        ([], None) => Some(format!("no device has an {version} address")),
        (few, Some(d)) if few.len() <= NETWORKS => {
            Some(format!("{} has {}; add \"onlink\" if the gateway is on that link", case.device(d), few.join(", ")))
        }
        (few, None) if few.len() <= NETWORKS => {
            Some(format!("{ip} is not on a directly connected network ({})", few.join(", ")))
        }
        (many, _) => Some(format!("{ip} is not on any of the {} directly connected networks", many.len())),
    }
}

/// The words of the path whose device is down.
pub fn down_hop(case: &Case<'_>) -> Option<Span> {
    let r = Route::parse(&case.r.body)?;
    let places: Vec<Span> = at_hop(case, RTA_OIF);
    let devices: Vec<u32> = r.hops().map(|h| h.dev).filter(|d| *d != 0).collect();
    let n = devices.iter().position(|i| case.s.link_up(*i) == Some(false))?;
    if devices.len() == places.len() { places.get(n).copied() } else { None }
}

/// The words of this attribute in every path, in order.
fn at_hop(case: &Case<'_>, attr: u16) -> Vec<Span> {
    case.r.trail.iter().filter(|(p, _)| p == &[RTA_MULTIPATH, attr]).map(|(_, s)| *s).collect()
}

/// The device that is down.
fn down(case: &Case<'_>) -> Option<String> {
    let oif = if case.r.kind == RTM_NEWNEXTHOP { NHA_OIF } else { RTA_OIF };
    let hops = Route::parse(&case.r.body).filter(|_| case.r.kind == RTM_NEWROUTE);
    let mut devices: Vec<u32> = case.attrs().u32(oif).into_iter().collect();
    devices.extend(hops.iter().flat_map(|r| r.hops()).map(|h| h.dev));
    let down = |i: &&u32| case.s.link_up(**i) == Some(false);
    let name = case.device(*devices.iter().find(down)?);
    Some(format!("{name} is down: type \"link set {name} up\""))
}

/// The network of an address with a prefix length.
fn prefix(case: &Case<'_>) -> Option<String> {
    let r = Route::parse(&case.r.body)?;
    let ip = r.a.ip(RTA_DST, r.family)?;
    let net = ipnetwork::IpNetwork::new(ip, r.dst_len).ok()?;
    (net.network() != ip).then(|| format!("the network is {}/{}", net.network(), r.dst_len))
}

/// A preferred source that is not a local address.
fn foreign_source(case: &Case<'_>) -> Option<String> {
    let r = Route::parse(&case.r.body)?;
    let ip = r.a.ip(RTA_PREFSRC, r.family)?;
    let absent = all(case, r.family).iter().all(|o| o.ip != ip);
    absent.then(|| format!("{ip} is not a local address"))
}

/// A table that does not exist.
fn table(case: &Case<'_>) -> Option<String> {
    let number = case.attrs().u32(RTA_TABLE).unwrap_or_else(|| case.head(4).into());
    Some(format!("table {number} is empty; the first route creates it"))
}

/// The existing route with the same key.
fn existing(case: &Case<'_>) -> Option<String> {
    if case.is_one_of_many() {
        return None;
    }
    let wanted = Route::parse(&case.r.body)?;
    let dump = Request::of_family(RTM_GETROUTE, 0, wanted.family).with(RTA_TABLE, &wanted.table().to_ne_bytes());
    let body = case.entry(&dump)?;
    let route = Route::parse(&body)?;
    Some(case.line(|p| view::describe(case.s, p, &route, &ShowOptions::default())))
}

/// The words of the gateway, among those of several paths, that is on no directly connected network.
pub fn stray_hop(case: &Case<'_>) -> Option<Span> {
    let r = Route::parse(&case.r.body).filter(|_| !case.is_one_of_many())?;
    let own = all(case, r.family);
    let mut strays = r.hops().enumerate().filter_map(|(n, h)| {
        let ip = h.a.ip(RTA_GATEWAY, r.family)?;
        (!own.iter().any(|o| o.holds(ip))).then_some(n)
    });
    let (first, more) = (strays.next()?, strays.next());
    let all_have = r.hops().all(|h| h.a.has(RTA_GATEWAY));
    if more.is_some() || !all_have { None } else { at_hop(case, RTA_GATEWAY).get(first).copied() }
}
