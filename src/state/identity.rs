//! What identifies a thing: by what the kernel tells it from others, and what may differ between two messages about it.

use super::subject::{Event, Subject, What};
use crate::net::attr::{Attrs, put, u32_at};
use crate::net::multipath::{Hop as Part, Hops};
use crate::schema::family::{BRIDGE, INET6};
use crate::schema::*;

/// What identifies a thing: its subject, family, and the fields that the kernel tells it by.
pub type Key = Box<[u8]>;

/// Attributes that identify a thing, at most.
const PARTS: usize = 8;

/// Whether a question about a subject and a family lists the things with this identity.
pub fn covers(key: &[u8], subject: Subject, family: u8) -> bool {
    // Devices are listed without their family; what bridges tell of them is another list.
    let any = family == 0 && subject != Subject::Link;
    key.first() == Some(&(subject as u8)) && (any || key.get(1) == Some(&family))
}

/// What identifies the thing an event is about; things without an identity are told and forgotten.
pub fn key(e: &Event<'_>) -> Option<Key> {
    let mut key = Vec::new();
    put_key(e, &mut key)?;
    Some(key.into())
}

/// The same, into a buffer that is used again.
pub fn put_key(e: &Event<'_>, key: &mut Vec<u8>) -> Option<()> {
    let b = e.body;
    key.clear();
    key.extend([e.subject as u8, e.family()]);
    let mut take = |at: std::ops::Range<usize>| b.get(at).map(|part| key.extend_from_slice(part));
    let attrs: &[u16] = match e.subject {
        Subject::Link => {
            take(4..8)?;
            return Some(());
        }
        // All of it, and of its flags the one that it has by itself: whether its device is there changes in silence.
        Subject::Rule => {
            take(0..8)?;
            take(12..b.len())?;
            key.push(u8::from(u32_at(b, 8)? & FIB_RULE_INVERT != 0));
            return Some(());
        }
        Subject::Address | Subject::Maddress | Subject::Acaddress => {
            take(1..2)?;
            take(4..8)?;
            &[IFA_ADDRESS, IFA_LOCAL, IFA_MULTICAST, IFA_ANYCAST]
        }
        // Prefix lengths and tos; the table follows as an attribute.
        Subject::Route | Subject::Mroute => {
            take(1..4)?;
            if table_attr(b).is_none() {
                take(4..5)?;
            }
            &[RTA_DST, RTA_SRC, RTA_PRIORITY, RTA_TABLE]
        }
        // Entries of bridges go by MAC address, VLAN and master, those of tunnels by port, VNI and device, too.
        Subject::Neigh => {
            take(4..8)?;
            let proxy = b.get(10)? & NTF_PROXY;
            key.push(proxy);
            const BRIDGE_ENTRY: &[u16] = &[NDA_DST, NDA_LLADDR, NDA_VLAN, NDA_PORT, NDA_VNI, NDA_IFINDEX, NDA_MASTER];
            if e.family() == BRIDGE { BRIDGE_ENTRY } else { &[NDA_DST] }
        }
        Subject::Netconf => &[NETCONFA_IFINDEX],
        Subject::Nsid | Subject::Nexthop => {
            // The family of a nexthop is not part of its name.
            if let Some(family) = key.get_mut(1) {
                *family = 0;
            }
            if e.subject == Subject::Nsid { &[NETNSA_NSID] } else { &[NHA_ID] }
        }
        Subject::Prefix | Subject::Bucket | Subject::AddrLabel | Subject::Stats => return None,
    };
    // In the order of their types: the kernel has more than one.
    let mut found: [Option<&[u8]>; PARTS] = [None; PARTS];
    for (kind, body) in Attrs(b.get(header(e.subject)..)?) {
        let slot = attrs.iter().position(|wanted| *wanted == kind).and_then(|at| found.get_mut(at));
        if let Some(slot @ None) = slot {
            *slot = Some(body);
        }
    }
    for (wanted, body) in attrs.iter().zip(found) {
        if let Some(body) = body {
            key.push(u8::try_from(*wanted).unwrap_or(u8::MAX));
            key.extend_from_slice(body);
        }
    }
    Some(())
}

/// What tells one thing of a list from all others: more than [`key`] says, where several things share that.
pub fn identity(subject: Subject, body: &[u8]) -> Option<Key> {
    let mut key = Vec::new();
    put_key(&Event { subject, what: What::Is, flags: 0, body }, &mut key)?;
    if subject == Subject::Route {
        key.push(*body.get(7)?);
        let ways = [RTA_OIF, RTA_GATEWAY, RTA_MULTIPATH, RTA_VIA, RTA_NH_ID, RTA_ENCAP];
        for (kind, value) in attrs(body).filter(|(kind, _)| ways.contains(kind)) {
            key.extend(kind.to_ne_bytes());
            key.extend_from_slice(value);
        }
    }
    Some(key.into())
}

/// Whether two messages with one identity are about the same thing: there may be several routes to one prefix.
pub fn twin(subject: Subject, a: &[u8], b: &[u8]) -> bool {
    if subject != Subject::Route || a == b {
        return true;
    }
    // Type, way and nexthop object.
    if a.get(7) != b.get(7) || attr(a, RTA_NH_ID) != attr(b, RTA_NH_ID) || hops(a) != hops(b) {
        return false;
    }
    // IPv6 has one route a way; IPv4 tells them apart by everything else, too.
    let weights = |body| parts(body).map(|p| p.weight);
    let all = |body| attrs(body).filter(|(kind, _)| !matches!(*kind, RTA_MULTIPATH | RTA_CACHEINFO));
    a.first() == Some(&INET6) || a.get(5..7) == b.get(5..7) && weights(a).eq(weights(b)) && all(a).eq(all(b))
}

/// Where in a list of routes to one prefix the one is that an event of the kernel's takes the place of.
/// `replace`: the event says that it does.
pub fn predecessor<'a>(mut list: impl Iterator<Item = &'a [u8]> + Clone, body: &[u8], replace: bool) -> Option<usize> {
    if body.first() == Some(&INET6) {
        let new = hops(body);
        if !replace {
            // A way more: all of them are told together.
            return list.position(|old| {
                let old = hops(old);
                !old.is_empty() && old.iter().all(|h| new.contains(h))
            });
        }
        let routed = |hops: &[Hop<'_>]| hops.iter().any(|h| !h.via.is_empty());
        return list.clone().position(|old| routed(&hops(old)) == routed(&new)).or(list.next().map(|_| 0));
    }
    if !replace {
        return None;
    }
    let id = attr(body, RTA_NH_ID);
    let same = list.clone().position(|old| id.is_some() && attr(old, RTA_NH_ID) == id);
    same.or(list.next().map(|_| 0))
}

/// What is left of an IPv6 route when some of its ways go; none unless all of those were among them.
pub fn without(old: &[u8], gone: &[u8]) -> Option<Box<[u8]>> {
    let (all, gone) = (hops(old), hops(gone));
    if old.first() != Some(&INET6)
        || gone.is_empty()
        || gone.len() >= all.len()
        || !gone.iter().all(|h| all.contains(h))
    {
        return None;
    }
    let mut out = old.get(..header(Subject::Route))?.to_vec();
    for (kind, body) in attrs(old).filter(|(kind, _)| *kind != RTA_MULTIPATH) {
        put(&mut out, kind, body);
    }
    let stay: Vec<Part<'_>> = parts(old).filter(|p| !gone.contains(&Hop::of(p))).collect();
    if let [one] = stay.as_slice() {
        if let Some(flags) = out.get_mut(8) {
            *flags |= one.flags;
        }
        put(&mut out, RTA_OIF, &one.dev.to_ne_bytes());
        for (kind, body) in Attrs(one.bytes) {
            put(&mut out, kind, body);
        }
    } else {
        let mut list = Vec::new();
        for part in &stay {
            let len = u16::try_from(part.bytes.len() + 8).unwrap_or(u16::MAX);
            list.extend(len.to_ne_bytes());
            list.extend([part.flags, part.weight]);
            list.extend(part.dev.to_ne_bytes());
            list.extend_from_slice(part.bytes);
            list.resize(crate::net::attr::align(list.len()), 0);
        }
        put(&mut out, RTA_MULTIPATH, &list);
    }
    Some(out.into())
}

/// One way of a route.
#[derive(PartialEq, Eq)]
struct Hop<'a> {
    dev: u32,
    via: &'a [u8],
    encap: &'a [u8],
}

impl<'a> Hop<'a> {
    fn of(part: &Part<'a>) -> Hop<'a> {
        Hop { dev: part.dev, ..Hop::read(Attrs(part.bytes)) }
    }

    fn read(attrs: Attrs<'a>) -> Hop<'a> {
        let mut hop = Hop { dev: 0, via: &[], encap: &[] };
        for (kind, body) in attrs {
            match kind {
                RTA_OIF => hop.dev = u32_at(body, 0).unwrap_or(0),
                RTA_GATEWAY | RTA_VIA => hop.via = body,
                RTA_ENCAP => hop.encap = body,
                _ => {}
            }
        }
        hop
    }
}

fn hops(body: &[u8]) -> Vec<Hop<'_>> {
    match attr(body, RTA_MULTIPATH) {
        Some(_) => parts(body).map(|p| Hop::of(&p)).collect(),
        None => match Hop::read(attrs(body)) {
            Hop { dev: 0, via: [], .. } => Vec::new(),
            hop => vec![hop],
        },
    }
}

fn parts(body: &[u8]) -> Hops<'_> {
    Hops::new(attr(body, RTA_MULTIPATH).unwrap_or_default())
}

fn attrs(body: &[u8]) -> Attrs<'_> {
    Attrs(body.get(header(Subject::Route)..).unwrap_or_default())
}

fn attr(body: &[u8], wanted: u16) -> Option<&[u8]> {
    attrs(body).find(|(kind, _)| *kind == wanted).map(|(_, b)| b)
}

fn table_attr(body: &[u8]) -> Option<&[u8]> {
    attr(body, RTA_TABLE)
}

/// The size of the family header before the attributes.
fn header(subject: Subject) -> usize {
    match subject {
        Subject::Link => 16,
        Subject::Address | Subject::Maddress | Subject::Acaddress | Subject::Nexthop => 8,
        Subject::Netconf | Subject::Nsid => 4,
        _ => 12,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_told_by_its_negation_not_by_its_device() {
        const DETACHED: u8 = 8;
        let rule = |flags: u8| [&[2, 0, 0, 0, 254, 0, 0, 1, flags, 0, 0, 0][..], &[8, 0, 6, 0, 5, 0, 0, 0]].concat();
        let of = |flags| identity(Subject::Rule, &rule(flags)).unwrap();
        assert_eq!(of(0), of(DETACHED));
        assert_ne!(of(0), of(2));
    }

    #[test]
    fn routes_to_one_prefix_are_told_by_their_ways() {
        let route = |oif: u8| [&[2, 8, 0, 0, 254, 3, 0, 1, 0, 0, 0, 0][..], &[8, 0, 4, 0, oif, 0, 0, 0]].concat();
        let same = |a: &[u8], b: &[u8]| identity(Subject::Route, a) == identity(Subject::Route, b);
        assert!(same(&route(1), &route(1)));
        assert!(!same(&route(1), &route(2)));
    }
}
