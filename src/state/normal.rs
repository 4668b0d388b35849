//! The settable part of a message: what a request can carry back to the kernel, and what is equal in two messages about
//! an unchanged entry. Counters, read-only states and times are omitted.

use super::{Key, ObjectType, route_table};
use crate::net::attr::{Attrs, Index, align, put, u16_at, u32_at};
use crate::net::multipath::mark_encaps;
use crate::schema::family::{INET, INET6};
use crate::schema::*;

/// The part of a message that is equal as long as the entry is unchanged; for comparison only, never sent.
pub fn normalize(object: ObjectType, body: &[u8]) -> Vec<u8> {
    match object {
        ObjectType::Address => address(body),
        ObjectType::Route => route(body),
        ObjectType::Nexthop => nexthop(body),
        ObjectType::Rule => rule(body),
        ObjectType::Neigh => neigh(body),
        _ => {
            let mut out = Vec::new();
            settable(&mut out, attrs_of(object), object.attrs(body));
            out
        }
    }
}

/// The attributes of an object type.
pub fn attrs_of(object: ObjectType) -> &'static [Attr] {
    message(object.spec().new).map_or(&[][..], |m| m.attrs)
}

/// Copies the attributes that a request can carry back, also inside nests.
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

/// Entries that the kernel creates and deletes by itself: those from router advertisements, IPv6 routes to local and
/// multicast addresses, neighbours that are being resolved or failed.
pub fn by_itself(object: ObjectType, body: &[u8]) -> bool {
    let a = object.index(body);
    match object {
        ObjectType::Address => {
            body.first() == Some(&INET6)
                && (a.u32(IFA_FLAGS).unwrap_or(0) & IFA_F_SECONDARY != 0 || a.u8(IFA_PROTO) == Some(IFAPROT_KERNEL_RA))
        }
        ObjectType::Route => {
            let protocol = body.get(5).copied().unwrap_or(0);
            body.first() == Some(&INET6)
                && (matches!(protocol, RTPROT_RA | RTPROT_REDIRECT)
                    || protocol == RTPROT_KERNEL && route_table(body, &a) == Some(RT_TABLE_LOCAL)
                    // RTN_MULTICAST routes exist while the device is up.
                    || protocol == RTPROT_KERNEL && body.get(7) == Some(&RTN_MULTICAST))
        }
        ObjectType::Neigh => {
            let state = u16_at(body, 8).unwrap_or(0);
            let proxy = body.get(10).is_some_and(|f| f & NTF_PROXY != 0);
            // The kernel keeps resolving a managed one.
            !proxy && !is_managed(&a) && (state & (NUD_FAILED | NUD_INCOMPLETE) != 0 || state == 0)
                || body.get(11) == Some(&RTN_MULTICAST)
        }
        _ => false,
    }
}

fn is_managed(neigh: &Index<'_, 72>) -> bool {
    neigh.u32(NDA_FLAGS_EXT).unwrap_or(0) & NTF_EXT_MANAGED != 0
}

/// RTN_MULTICAST (linux/rtnetlink.h).
const RTN_MULTICAST: u8 = nix::libc::RTN_MULTICAST;

// Addresses.

fn address(body: &[u8]) -> Vec<u8> {
    let a = ObjectType::Address.index(body);
    let mut out = body.get(..2).unwrap_or_default().to_vec();
    out.extend(body.get(3..8).unwrap_or_default());
    // Flags that the kernel sets: all but NODAD, HOMEADDRESS (IPv6), NOPREFIXROUTE and MCAUTOJOIN.
    let reported = if body.first() == Some(&INET) { 0xcf } else { 0xe8 };
    out.extend((a.u32(IFA_FLAGS).unwrap_or(0) & !reported).to_ne_bytes());
    let own = |row: &&Attr| row.is_settable() && !matches!(row.number, IFA_FLAGS | IFA_CACHEINFO);
    for row in ADDRESS_ATTRS.iter().filter(own) {
        out.extend(row.number.to_ne_bytes());
        out.extend(a.get(row.number).unwrap_or_default());
    }
    out
}

/// The preferred and the valid lifetime of an address, in seconds (struct ifa_cacheinfo).
pub fn lifetimes(body: &[u8]) -> (u32, u32) {
    let info = ObjectType::Address.index(body).get(IFA_CACHEINFO).unwrap_or_default();
    (u32_at(info, 0).unwrap_or(INFINITY_LIFE_TIME), u32_at(info, 4).unwrap_or(INFINITY_LIFE_TIME))
}

/// The remaining lifetime after `elapsed` seconds.
pub fn remaining_lifetime(lifetime: u32, elapsed: u32) -> u32 {
    if lifetime == INFINITY_LIFE_TIME { INFINITY_LIFE_TIME } else { lifetime.saturating_sub(elapsed) }
}

/// An address `elapsed` seconds after it was reported.
pub fn after(body: &[u8], elapsed: u32) -> Vec<u8> {
    let mut out = body.get(..IFADDRMSG).unwrap_or_default().to_vec();
    for (attr, v) in ObjectType::Address.attrs(body) {
        let mut v = v.to_vec();
        if attr == IFA_CACHEINFO {
            let (preferred, valid) = lifetimes(body);
            let left = [preferred, valid].map(|l| remaining_lifetime(l, elapsed).to_ne_bytes()).concat();
            v.splice(..v.len().min(8), left);
        }
        put(&mut out, attr, &v);
    }
    out
}

/// Whether two pairs of lifetimes are equal within the two seconds that reading them can take.
pub fn lifetimes_match(a: (u32, u32), b: (u32, u32)) -> bool {
    let near = |x: u32, y: u32| (x == INFINITY_LIFE_TIME) == (y == INFINITY_LIFE_TIME) && x.abs_diff(y) <= 2;
    near(a.0, b.0) && near(a.1, b.1)
}

// Routes.

/// A route as a request can carry it: without read-only attributes, and without the paths that stand for a nexthop
/// object.
pub fn sendable_route(body: &[u8]) -> Vec<u8> {
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
    // IPv6 reports the remaining lifetime of a route in ticks of USER_HZ.
    let expires = a.get(RTA_CACHEINFO).and_then(|c| u32_at(c, 8)).map_or(0, u32::cast_signed);
    if expires > 0 && !a.has(RTA_EXPIRES) {
        put(&mut out, RTA_EXPIRES, &(expires.unsigned_abs() / 100).max(1).to_ne_bytes());
    }
    mark_encaps(out.get_mut(RTMSG..).unwrap_or_default());
    out
}

/// Paths without read-only states.
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

fn route(body: &[u8]) -> Vec<u8> {
    let sent = sendable_route(body);
    let mut out = sent.get(..RTMSG).unwrap_or_default().to_vec();
    let a = ObjectType::Route.index(body);
    let ends = a.has(RTA_EXPIRES) || a.get(RTA_CACHEINFO).and_then(|c| u32_at(c, 8)).unwrap_or(0) != 0;
    out.push(u8::from(ends));
    let mut attrs: Vec<(u16, &[u8])> = ObjectType::Route.attrs(&sent).filter(|(k, _)| *k != RTA_EXPIRES).collect();
    attrs.sort_unstable();
    for (k, v) in attrs {
        out.extend(k.to_ne_bytes());
        if k == RTA_MULTIPATH && body.first() == Some(&INET6) {
            // IPv6 paths are in the order in which they were added.
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

// Nexthops, rules and neighbours.

/// A nexthop as a request can carry it; also for comparison.
pub fn nexthop(body: &[u8]) -> Vec<u8> {
    let mut out = vec![body.first().copied().unwrap_or(0), 0, body.get(2).copied().unwrap_or(0), 0];
    out.extend((u32_at(body, 4).unwrap_or(0) & u32::from(RTNH_F_ONLINK)).to_ne_bytes());
    settable(&mut out, NEXTHOP_ATTRS, ObjectType::Nexthop.attrs(body));
    out
}

fn rule(body: &[u8]) -> Vec<u8> {
    let mut out = Key::of(ObjectType::Rule, body).map(|k| k.bytes().to_vec()).unwrap_or_default();
    out.extend(ObjectType::Rule.index(body).u8(FRA_PROTOCOL));
    out
}

/// The states that users set; all states that the kernel learns count as one.
const LASTING: u16 = NUD_PERMANENT | NUD_NOARP;

fn neigh(body: &[u8]) -> Vec<u8> {
    let a = ObjectType::Neigh.index(body);
    let state = u16_at(body, 8).unwrap_or(0) & LASTING;
    let mut out = state.to_ne_bytes().to_vec();
    // NTF_PROXY, NTF_EXT_LEARNED and NTF_ROUTER.
    out.push(body.get(10).copied().unwrap_or(0) & 0x98);
    out.push(u8::from(is_managed(&a)));
    out.push(a.u8(NDA_PROTOCOL).unwrap_or(0));
    if is_managed(&a) {
        // Resolved again and again.
        return out;
    }
    out.extend(a.get(NDA_LLADDR).unwrap_or_default());
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
        let sent = sendable_route(&body);
        assert_eq!(u32_at(&sent, 8), Some(0));
        let a = ObjectType::Route.index(&sent);
        assert_eq!((a.has(RTA_CACHEINFO), a.get(RTA_MULTIPATH).and_then(|m| m.get(2))), (false, Some(&4)));
        put(&mut body, RTA_NH_ID, &7u32.to_ne_bytes());
        assert!(!ObjectType::Route.index(&sendable_route(&body)).has(RTA_MULTIPATH));
    }

    #[test]
    fn lifetimes_run_on() {
        let left = [(INFINITY_LIFE_TIME, 5), (100, 30), (10, 30)].map(|(l, e)| remaining_lifetime(l, e));
        assert_eq!(left, [INFINITY_LIFE_TIME, 70, 0]);
        assert!(
            lifetimes_match((INFINITY_LIFE_TIME, 100), (INFINITY_LIFE_TIME, 99))
                && !lifetimes_match((INFINITY_LIFE_TIME, 100), (INFINITY_LIFE_TIME, INFINITY_LIFE_TIME))
        );
        let mut body = vec![INET, 24, 0, 0, 1, 0, 0, 0];
        let info = [50u32, 100, 7, 7].map(u32::to_ne_bytes).concat();
        put(&mut body, IFA_CACHEINFO, &info);
        let later = after(&body, 30);
        assert_eq!((lifetimes(&later), later.len()), ((20, 70), body.len()));
    }
}
