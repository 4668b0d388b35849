//! Addresses, nexthops, routes, rules and neighbours as they were: what is missing is sent back as the kernel told it.

use super::scope::Scope;
use super::snapshot::{belongs, index_of};
use crate::net::Request;
use crate::net::attr::{Attrs, align, put, u16_at, u32_at};
use crate::schema::family::{INET, INET6, IP6MR, IPMR};
use crate::schema::*;
use crate::state::{Key, ObjectType, Store, route_table};
use netlink_packet_core::{NLM_F_APPEND, NLM_F_CREATE, NLM_F_EXCL, NLM_F_REPLACE};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// Everything of a class that is still to be done, in order. `elapsed` is the time since the snapshot, in seconds.
pub fn differences(class: ObjectType, before: &Store, now: &Store, scope: &Scope<'_>, elapsed: u32) -> Vec<Request> {
    match class {
        ObjectType::Link => super::link::differences(before, now, scope),
        ObjectType::Address => addresses(before, now, scope, elapsed),
        ObjectType::Route => routes(before, now, scope),
        ObjectType::Nexthop => nexthops(before, now, scope),
        ObjectType::Rule => rules(before, now, scope),
        ObjectType::Neigh => neighbours(before, now, scope),
        ObjectType::NeighTable => super::table::differences(before, now, scope),
        _ => entries(class, before, now, scope),
    }
}

/// The entries of a type that a scope covers.
pub fn within<'a>(class: ObjectType, of: &'a Store, scope: &Scope<'_>) -> Vec<&'a [u8]> {
    of.list(class).into_iter().filter(|b| scope.covers(class, b)).collect()
}

/// A request made of a message's own body.
fn back(kind: u16, flags: u16, body: &[u8]) -> Request {
    let mut r = Request::raw(kind, flags, body);
    r.body.truncate(align(body.len()));
    r
}

/// Entries that depend on nothing and have no order: what is too much is deleted, what is missing or differs in what can be
/// set is sent again.
fn entries(class: ObjectType, before: &Store, now: &Store, scope: &Scope<'_>) -> Vec<Request> {
    let (was, is) = (within(class, before, scope), within(class, now, scope));
    let spec = class.spec();
    let table = message(spec.new).map_or(&[][..], |m| m.attrs);
    let key = |b: &[u8]| Key::of(class, b);
    let values = |b: &[u8]| {
        let mut out = Vec::new();
        settable(&mut out, table, class.attrs(b));
        out
    };
    let surplus = is.iter().filter(|b| !was.iter().any(|w| key(w) == key(b)));
    let mut out: Vec<Request> = surplus.map(|b| back(spec.del, 0, b)).collect();
    let kept = |w: &[u8]| is.iter().any(|b| key(b) == key(w) && values(b) == values(w));
    for body in was.iter().filter(|w| !kept(w)) {
        let header = body.get(..spec.header).unwrap_or_default();
        let mut r = Request::raw(spec.new, NLM_F_CREATE | NLM_F_REPLACE, header);
        r.body.extend(values(body));
        out.push(r);
    }
    out
}

// Addresses.

/// What makes an address what it is; what the kernel only reports (tentative, deprecated, ...) is left out.
fn face(body: &[u8]) -> Vec<u8> {
    let a = ObjectType::Address.index(body);
    let mut out = body.get(..2).unwrap_or_default().to_vec();
    out.extend(body.get(3..8).unwrap_or_default());
    let reported = if body.first() == Some(&INET) { 0xcf } else { 0xe8 };
    out.extend((a.u32(IFA_FLAGS).unwrap_or(0) & !reported).to_ne_bytes());
    let own = |row: &&Attr| row.is_settable() && !matches!(row.number, IFA_FLAGS | IFA_CACHEINFO);
    for row in ADDRESS_ATTRS.iter().filter(own) {
        out.extend(row.number.to_ne_bytes());
        out.extend(a.get(row.number).unwrap_or_default());
    }
    out
}

/// Preferred and valid lifetime.
fn lifetimes(body: &[u8]) -> (u32, u32) {
    let info = ObjectType::Address.index(body).get(IFA_CACHEINFO).unwrap_or_default();
    (u32_at(info, 0).unwrap_or(INFINITY_LIFE_TIME), u32_at(info, 4).unwrap_or(INFINITY_LIFE_TIME))
}

/// A lifetime of then, as it would be now.
fn aged(lifetime: u32, elapsed: u32) -> u32 {
    if lifetime == INFINITY_LIFE_TIME { INFINITY_LIFE_TIME } else { lifetime.saturating_sub(elapsed) }
}

/// Whether two lifetimes are the same, but for the clock.
fn alike(a: (u32, u32), b: (u32, u32)) -> bool {
    let near = |x: u32, y: u32| (x == INFINITY_LIFE_TIME) == (y == INFINITY_LIFE_TIME) && x.abs_diff(y) <= 2;
    near(a.0, b.0) && near(a.1, b.1)
}

/// Addresses that the kernel makes from what routers announce: temporary ones, and those with an end that it set.
fn announced(body: &[u8]) -> bool {
    let a = ObjectType::Address.index(body);
    body.first() == Some(&INET6)
        && (a.u32(IFA_FLAGS).unwrap_or(0) & IFA_F_SECONDARY != 0 || a.u8(IFA_PROTO) == Some(IFAPROT_KERNEL_RA))
}

fn addresses(before: &Store, now: &Store, scope: &Scope<'_>, elapsed: u32) -> Vec<Request> {
    let mut out = Vec::new();
    let all =
        |of| -> Vec<&[u8]> { within(ObjectType::Address, of, scope).into_iter().filter(|b| !announced(b)).collect() };
    let (before, now) = (all(before), all(now));
    let mut places: Vec<(u32, u8)> =
        before.iter().chain(&now).map(|b| (index_of(b), b.first().copied().unwrap_or(0))).collect();
    places.sort_unstable();
    places.dedup();
    for (index, family) in places {
        let (was, is) = (placed(&before, index, family), placed(&now, index, family));
        // What is too much goes first: what stood behind it may be in its place then.
        let surplus = |b: &&[u8]| !was.iter().any(|a| face(a) == face(b));
        if is.iter().any(surplus) {
            out.extend(is.iter().filter(|b| surplus(b)).map(|b| back(RTM_DELADDR, 0, b)));
            continue;
        }
        let same = was.iter().zip(&is).take_while(|(a, b)| face(a) == face(b)).count();
        for (a, b) in was.iter().zip(&is).take(same) {
            let (p, v) = lifetimes(a);
            if !alike((aged(p, elapsed), aged(v, elapsed)), lifetimes(b)) {
                out.push(living(a, elapsed, NLM_F_REPLACE));
            }
        }
        // An address that is there for less long than another cannot come before it: all after the first difference.
        out.extend(is.iter().skip(same).map(|b| back(RTM_DELADDR, 0, b)));
        out.extend(was.iter().skip(same).filter_map(|a| {
            let (_, valid) = lifetimes(a);
            (aged(valid, elapsed) > 0).then(|| living(a, elapsed, NLM_F_CREATE | NLM_F_EXCL))
        }));
    }
    out
}

/// The addresses of an interface and a family, in the order in which they were added.
fn placed<'a>(list: &[&'a [u8]], index: u32, family: u8) -> Vec<&'a [u8]> {
    let own = list.iter().copied().filter(|b| index_of(b) == index && b.first() == Some(&family));
    // The kernel puts a new IPv6 address before those of its scope: the last one came first.
    if family == INET6 { own.rev().collect() } else { own.collect() }
}

/// An address with what is left of its life.
fn living(body: &[u8], elapsed: u32, flags: u16) -> Request {
    let mut r = Request::raw(RTM_NEWADDR, flags, body.get(..8).unwrap_or_default());
    for (attr, v) in ObjectType::Address.attrs(body) {
        if attr == IFA_CACHEINFO {
            let (p, valid) = lifetimes(body);
            let mut info = aged(p, elapsed).to_ne_bytes().to_vec();
            info.extend(aged(valid, elapsed).to_ne_bytes());
            info.resize(16, 0);
            r.put(attr, &info);
        } else if attr == IFA_FLAGS {
            // PERMANENT, TENTATIVE, DADFAILED and SECONDARY or TEMPORARY are the kernel's to set.
            r.put(attr, &(u32_at(v, 0).unwrap_or(0) & !0xc9).to_ne_bytes());
        } else {
            r.put(attr, v);
        }
    }
    if let Some(bits) = r.body.get_mut(2) {
        *bits &= !0xc9;
    }
    r
}

// Routes.

/// A route as it can be sent: without what the kernel reports, and not said twice.
fn sendable(body: &[u8]) -> Vec<u8> {
    let a = ObjectType::Route.index(body);
    let mut out = body.get(..8).unwrap_or_default().to_vec();
    let flags = u32_at(body, 8).unwrap_or(0) & u32::from(RTNH_F_ONLINK);
    let by_id = a.has(RTA_NH_ID);
    out.extend(if by_id { 0u32 } else { flags }.to_ne_bytes());
    for (attr, v) in ObjectType::Route.attrs(body) {
        match attr {
            _ if find(ROUTE_ATTRS, attr).is_some_and(|row| row.access == Access::Read) => {}
            RTA_OIF | RTA_GATEWAY | RTA_VIA | RTA_MULTIPATH | RTA_ENCAP | RTA_ENCAP_TYPE if by_id => {}
            RTA_MULTIPATH => put(&mut out, attr, &hops(v)),
            _ => put(&mut out, attr, v),
        }
    }
    // IPv6 tells the end of a route's life in ticks.
    let expires = a.get(RTA_CACHEINFO).and_then(|c| u32_at(c, 8)).map_or(0, u32::cast_signed);
    if expires > 0 && !a.has(RTA_EXPIRES) {
        put(&mut out, RTA_EXPIRES, &(expires.unsigned_abs() / 100).max(1).to_ne_bytes());
    }
    crate::encap::mark(out.get_mut(RTMSG..).unwrap_or_default());
    out
}

/// Several next hops, without the states that the kernel reports.
fn hops(list: &[u8]) -> Vec<u8> {
    let mut out = list.to_vec();
    let mut at = 0;
    while let Some(len) = u16_at(&out, at).map(usize::from).filter(|n| *n >= 8) {
        if let Some(flags) = out.get_mut(at + 2) {
            *flags &= RTNH_F_ONLINK;
        }
        at += align(len);
    }
    out
}

/// The keys of the routes that a snapshot holds.
pub fn route_keys(of: &Store) -> HashSet<Key> {
    of.list(ObjectType::Route).into_iter().filter_map(|b| Key::of(ObjectType::Route, b)).collect()
}

/// What two messages about the same route have in common: order and time do not count.
pub fn route_face(body: &[u8]) -> Vec<u8> {
    let sent = sendable(body);
    let mut out = sent.get(..RTMSG).unwrap_or_default().to_vec();
    let a = ObjectType::Route.index(body);
    let ends = a.has(RTA_EXPIRES) || a.get(RTA_CACHEINFO).and_then(|c| u32_at(c, 8)).unwrap_or(0) != 0;
    out.push(u8::from(ends));
    let mut attrs: Vec<(u16, &[u8])> = ObjectType::Route.attrs(&sent).filter(|(k, _)| *k != RTA_EXPIRES).collect();
    attrs.sort_unstable();
    for (k, v) in attrs {
        out.extend(k.to_ne_bytes());
        if k == RTA_MULTIPATH && body.first() == Some(&INET6) {
            // Their order is that of their coming.
            let mut list = each_hop(v);
            list.sort_unstable();
            out.extend(list.concat());
        } else {
            out.extend(v);
        }
    }
    out
}

fn each_hop(mut list: &[u8]) -> Vec<&[u8]> {
    let mut out = Vec::new();
    while let Some(hop) = u16_at(list, 0).map(usize::from).filter(|n| *n >= 8).and_then(|n| list.get(..n)) {
        out.push(hop);
        list = list.get(align(hop.len())..).unwrap_or_default();
    }
    out
}

/// Routes that the kernel adds and deletes by itself: IPv6 routes to local addresses, and those from router advertisements.
fn by_itself(body: &[u8]) -> bool {
    let a = ObjectType::Route.index(body);
    let protocol = body.get(5).copied().unwrap_or(0);
    body.first() == Some(&INET6)
        && (matches!(protocol, RTPROT_RA | RTPROT_REDIRECT)
            || protocol == RTPROT_KERNEL && route_table(body, &a) == Some(RT_TABLE_LOCAL)
            // Multicast: as long as the device is up.
            || protocol == RTPROT_KERNEL && body.get(7) == Some(&5))
}

/// What a route needs before it can be added: its own address, a connected network, or a router.
fn rank(body: &[u8]) -> u8 {
    let a = ObjectType::Route.index(body);
    let routed = a.has(RTA_GATEWAY) || a.has(RTA_VIA) || a.has(RTA_MULTIPATH);
    match (body.get(6), routed) {
        (Some(&RT_SCOPE_HOST), false) => 0,
        (_, false) => 1,
        (_, true) => 2,
    }
}

/// A route as the kernel told it, and what makes it what it is.
type Told = (Vec<u8>, Vec<u8>);

fn routes(before: &Store, now: &Store, scope: &Scope<'_>) -> Vec<Request> {
    let key = |body: &[u8]| Key::of(ObjectType::Route, body);
    let both = || before.list(ObjectType::Route).into_iter().chain(now.list(ObjectType::Route));
    let covered: BTreeSet<Key> = both().filter(|b| scope.covers(ObjectType::Route, b)).filter_map(&key).collect();
    let belongs = |body: &[u8]| {
        !by_itself(body)
            && (scope.covers(ObjectType::Route, body)
                || belongs(body) && key(body).is_some_and(|k| covered.contains(&k)))
    };
    let groups = |of: &Store| {
        let mut all: BTreeMap<Key, Vec<Told>> = BTreeMap::new();
        for body in of.list(ObjectType::Route).into_iter().filter(|b| belongs(b)) {
            if let Some(key) = key(body) {
                all.entry(key).or_default().push((body.to_vec(), route_face(body)));
            }
        }
        all
    };
    let (was, mut is) = (groups(before), groups(now));
    // Beside those that are reached: what was there before, and what is left of a route with several next hops.
    let left = |body: &[u8], was: &[Told]| {
        let several = |(w, _): &Told| ObjectType::Route.index(w).has(RTA_MULTIPATH);
        body.first() == Some(&INET6) && was.iter().any(several)
    };
    for (key, list) in &mut is {
        let was = was.get(key).map_or(&[][..], Vec::as_slice);
        let known = |face: &[u8]| was.iter().any(|(_, w)| w == face);
        list.retain(|(body, face)| scope.covers(ObjectType::Route, body) || known(face) || left(body, was));
    }
    let mut out = Vec::new();
    let none: Vec<Told> = Vec::new();
    let same = |a: &[Told], b: &[Told]| a.iter().zip(b).take_while(|((_, x), (_, y))| x == y).count();
    // Of IPv4 routes to one prefix with one metric the order counts: what follows the first difference goes, and comes
    // back. IPv6 has no such order.
    let odd = |list: &[Told], other: &[Told]| -> Vec<Vec<u8>> {
        let ordered = list.first().is_some_and(|(b, _)| b.first() != Some(&INET6));
        let kept = if ordered { same(list, other) } else { 0 };
        let rest = list.iter().skip(kept);
        rest.filter(|(_, f)| ordered || !other.iter().any(|(_, g)| f == g)).map(|(b, _)| b.clone()).collect()
    };
    for (key, list) in &is {
        let bodies = odd(list, was.get(key).unwrap_or(&none));
        out.extend(bodies.iter().map(|body| back(RTM_DELROUTE, 0, &sendable(body))));
    }
    let mut missing: Vec<(u8, Request)> = Vec::new();
    for (key, list) in &was {
        for body in odd(list, is.get(key).unwrap_or(&none)) {
            missing.push((rank(&body), back(RTM_NEWROUTE, NLM_F_CREATE | NLM_F_APPEND, &sendable(&body))));
        }
    }
    missing.sort_by_key(|(rank, _)| *rank);
    out.extend(missing.into_iter().map(|(_, r)| r));
    out
}

// Nexthops.

fn nexthops(before: &Store, now: &Store, scope: &Scope<'_>) -> Vec<Request> {
    let face = |body: &[u8]| {
        let mut out = vec![body.first().copied().unwrap_or(0), 0, body.get(2).copied().unwrap_or(0), 0];
        out.extend((u32_at(body, 4).unwrap_or(0) & u32::from(RTNH_F_ONLINK)).to_ne_bytes());
        settable(&mut out, NEXTHOP_ATTRS, ObjectType::Nexthop.attrs(body));
        out
    };
    let (was, is) = (within(ObjectType::Nexthop, before, scope), within(ObjectType::Nexthop, now, scope));
    let id = |b: &[u8]| Key::of(ObjectType::Nexthop, b);
    let mut out = Vec::new();
    for body in is.iter().filter(|b| !was.iter().any(|w| id(w) == id(b))) {
        let mut r = Request::of_family(RTM_DELNEXTHOP, 0, 0);
        r.put(NHA_ID, ObjectType::Nexthop.index(body).get(NHA_ID).unwrap_or_default());
        out.push(r);
    }
    let mut missing: Vec<&[u8]> =
        was.into_iter().filter(|w| !is.iter().any(|b| id(b) == id(w) && face(b) == face(w))).collect();
    // A group needs its members first.
    missing.sort_by_key(|b| ObjectType::Nexthop.index(b).has(NHA_GROUP));
    out.extend(missing.into_iter().map(|b| back(RTM_NEWNEXTHOP, NLM_F_CREATE | NLM_F_REPLACE, &face(b))));
    out
}

/// Copies the attributes that a request can carry back: of a nest those inside.
pub fn settable<'a>(out: &mut Vec<u8>, table: &[Attr], attrs: impl Iterator<Item = (u16, &'a [u8])>) {
    for (attr, v) in attrs {
        let Some(row) = find(table, attr).filter(|row| row.is_settable()) else { continue };
        match row.form {
            Form::Nest(Inner::Attrs(inner)) => {
                let mut list = Vec::new();
                settable(&mut list, inner, Attrs(v));
                put(out, attr | NESTED, &list);
            }
            Form::Nest(_) => put(out, attr | NESTED, v),
            _ => put(out, attr, v),
        }
    }
}

// Rules.

fn rules(before: &Store, now: &Store, scope: &Scope<'_>) -> Vec<Request> {
    let face = |b: &[u8]| {
        let protocol = ObjectType::Rule.index(b).u8(FRA_PROTOCOL);
        (Key::of(ObjectType::Rule, b), protocol)
    };
    // Rules are listed by preference, those with the same in the order in which they came: each preference alone.
    let mut places: BTreeMap<(u8, u32), [Vec<&[u8]>; 2]> = BTreeMap::new();
    for (n, snapshot) in [before, now].into_iter().enumerate() {
        for body in within(ObjectType::Rule, snapshot, scope) {
            let family = body.first().copied().filter(|f| [INET, INET6, IPMR, IP6MR].contains(f));
            let preference = ObjectType::Rule.index(body).u32(FRA_PRIORITY).unwrap_or(0);
            let place = family.map(|f| places.entry((f, preference)).or_default());
            if let Some(list) = place.and_then(|p| p.get_mut(n)) {
                list.push(body);
            }
        }
    }
    const INVERT: u8 = FIB_RULE_INVERT.to_ne_bytes()[0];
    let mut out = Vec::new();
    for [was, is] in places.into_values() {
        let same = was.iter().zip(&is).take_while(|(a, b)| face(a) == face(b)).count();
        out.extend(is.iter().skip(same).map(|b| back(RTM_DELRULE, 0, b)));
        out.extend(was.iter().skip(same).map(|b| {
            let mut r = back(RTM_NEWRULE, NLM_F_CREATE, b);
            // Whether its devices are there is the kernel's to say.
            if let Some(flags) = r.body.get_mut(8) {
                *flags &= INVERT;
            }
            r
        }));
    }
    out
}

// Neighbours.

const LASTING: u16 = NUD_PERMANENT | NUD_NOARP;

/// A neighbour's state, as far as it was somebody's will: all that are learned count as one.
fn neigh_face(body: &[u8]) -> (Vec<u8>, u16, u8) {
    let a = ObjectType::Neigh.index(body);
    let state = u16_at(body, 8).unwrap_or(0);
    let state = if state & LASTING != 0 { state & LASTING } else { 0 };
    let mut bytes = a.get(NDA_LLADDR).unwrap_or_default().to_vec();
    bytes.push(a.u8(NDA_PROTOCOL).unwrap_or(0));
    (bytes, state, body.get(10).copied().unwrap_or(0) & 0x98)
}

fn neighbours(before: &Store, now: &Store, scope: &Scope<'_>) -> Vec<Request> {
    // What is being looked for, or was not found, is nobody's entry; multicast ones are the kernel's.
    let real = |b: &&[u8]| {
        let state = u16_at(b, 8).unwrap_or(0);
        let proxy = b.get(10).is_some_and(|f| f & NTF_PROXY != 0);
        (proxy || state & (NUD_FAILED | NUD_INCOMPLETE) == 0 && state != 0) && b.get(11) != Some(&5)
    };
    let list = |of| -> Vec<&[u8]> { within(ObjectType::Neigh, of, scope).into_iter().filter(real).collect() };
    let (was, is) = (list(before), list(now));
    let id = |b: &[u8]| Key::of(ObjectType::Neigh, b);
    let mut out = Vec::new();
    out.extend(is.iter().filter(|b| !was.iter().any(|w| id(w) == id(b))).map(|b| back(RTM_DELNEIGH, 0, b)));
    for body in was.iter().filter(|w| !is.iter().any(|b| id(b) == id(w) && neigh_face(b) == neigh_face(w))) {
        let mut r = Request::raw(RTM_NEWNEIGH, NLM_F_CREATE | NLM_F_REPLACE, body.get(..12).unwrap_or_default());
        settable(&mut r.body, NEIGH_ATTRS, ObjectType::Neigh.attrs(body));
        out.push(r);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_route_is_sent_without_what_the_kernel_reports() {
        let mut hop = vec![8u8, 0, 1 | 4, 0];
        hop.extend(3u32.to_ne_bytes());
        let mut body = vec![INET, 24, 0, 0, 254, 3, 0, 1, 1, 0, 0, 0];
        put(&mut body, RTA_MULTIPATH, &hop);
        put(&mut body, RTA_CACHEINFO, &[0; 32]);
        let sent = sendable(&body);
        assert_eq!(u32_at(&sent, 8), Some(0));
        let a = ObjectType::Route.index(&sent);
        assert_eq!((a.has(RTA_CACHEINFO), a.get(RTA_MULTIPATH).and_then(|m| m.get(2))), (false, Some(&4)));
        put(&mut body, RTA_NH_ID, &7u32.to_ne_bytes());
        assert!(!ObjectType::Route.index(&sendable(&body)).has(RTA_MULTIPATH));
    }

    #[test]
    fn lifetimes_run_on() {
        assert_eq!((aged(INFINITY_LIFE_TIME, 5), aged(100, 30), aged(10, 30)), (INFINITY_LIFE_TIME, 70, 0));
        assert!(
            alike((INFINITY_LIFE_TIME, 100), (INFINITY_LIFE_TIME, 99))
                && !alike((INFINITY_LIFE_TIME, 100), (INFINITY_LIFE_TIME, INFINITY_LIFE_TIME))
        );
    }
}
