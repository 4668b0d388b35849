//! Which of several routes with the same key a message is about: when the kernel considers two routes the same, which
//! one a new one replaces, and what remains when paths of an IPv6 route are deleted.

use super::ObjectType;
use super::normal::attrs_of;
use crate::net::attr::{Attrs, put, u32_at};
use crate::net::multipath::{Hop as Part, Hops};
use crate::schema::family::INET6;
use crate::schema::*;

/// Whether two messages with the same key are about the same entry: there can be several routes to one prefix, and
/// several equal rules.
pub fn same(object: ObjectType, a: &[u8], b: &[u8]) -> bool {
    if a == b {
        return true;
    }
    if object != ObjectType::Route {
        let apart = object.spec().apart;
        let value = |body, number| object.attrs(body).find(|(kind, _)| *kind == number).map(|(_, v)| v);
        return apart.iter().all(|number| value(a, *number) == value(b, *number));
    }
    // The route's type (`rtm_type`), its paths and its nexthop object.
    if a.get(7) != b.get(7) || attr(a, RTA_NH_ID) != attr(b, RTA_NH_ID) || hops(a) != hops(b) {
        return false;
    }
    // IPv6 has one route for each path; IPv4 also compares everything else.
    let weights = |body| parts(body).map(|p| p.weight);
    let all = |body| attrs(body).filter(|(kind, _)| !matches!(*kind, RTA_MULTIPATH | RTA_CACHEINFO));
    a.first() == Some(&INET6) || a.get(5..7) == b.get(5..7) && weights(a).eq(weights(b)) && all(a).eq(all(b))
}

/// The attributes in which two messages about an entry differ, in the order of the newer one, followed by those that
/// only the older one has.
pub fn changed_attributes<'a>(object: ObjectType, old: &'a [u8], new: &'a [u8]) -> impl Iterator<Item = u16> + 'a {
    // The kernel reports attributes in a fixed order: nearly always, the next one of the other message is the same.
    let in_order = move |body: &'a [u8]| {
        let mut rest = object.attrs(body);
        move |number: u16| {
            let mut next = rest.clone();
            let value = next.next().filter(|(kind, _)| *kind == number).or_else(|| {
                next = object.attrs(body);
                next.find(|(kind, _)| *kind == number)
            });
            if value.is_some() {
                rest = next;
            }
            value.map(|(_, v)| v)
        }
    };
    let (mut before, mut after) = (in_order(old), in_order(new));
    let changed = object.attrs(new).filter(move |(kind, v)| before(*kind) != Some(*v)).map(|(kind, _)| kind);
    let gone = object.attrs(old).map(|(kind, _)| kind).filter(move |kind| after(*kind).is_none());
    changed.chain(gone)
}

/// Whether two messages about an entry differ only in what changes as time passes.
pub fn differ_by_time_alone(object: ObjectType, old: &[u8], new: &[u8]) -> bool {
    let spec = object.spec();
    old == new
        || old.get(..spec.header) == new.get(..spec.header)
            && changed_attributes(object, old, new).all(|number| spec.times.contains(&number))
}

impl ObjectType {
    /// Whether a member of the JSON record changes by itself as time passes.
    pub fn varies_by_time(self, key: &str) -> bool {
        let keys = |number: &u16| find(attrs_of(self), *number).and_then(|row| row.keys);
        self.spec().times.iter().filter_map(keys).any(|keys| keys.contains(&key))
    }
}

/// The index, in a list of routes with one key, of the route that an event replaces. `replace`: the event has
/// NLM_F_REPLACE.
pub fn replaced_route<'a>(
    mut list: impl Iterator<Item = &'a [u8]> + Clone,
    body: &[u8],
    replace: bool,
) -> Option<usize> {
    if body.first() == Some(&INET6) {
        let new = hops(body);
        if !replace {
            // An additional path: the kernel reports all paths together.
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

/// The remainder of an IPv6 route without some of its paths; `None` unless it had all of those and more.
pub fn without_paths(old: &[u8], gone: &[u8]) -> Option<Box<[u8]>> {
    let (all, gone) = (hops(old), hops(gone));
    if old.first() != Some(&INET6)
        || gone.is_empty()
        || gone.len() >= all.len()
        || !gone.iter().all(|h| all.contains(h))
    {
        return None;
    }
    let mut out = old.get(..RTMSG)?.to_vec();
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

/// One path of a route.
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
    Attrs(body.get(RTMSG..).unwrap_or_default())
}

fn attr(body: &[u8], wanted: u16) -> Option<&[u8]> {
    attrs(body).find(|(kind, _)| *kind == wanted).map(|(_, b)| b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_changes_no_entry() {
        let neigh = |state: u8, probes: u8, mac: u8| {
            let mut body = vec![2, 0, 0, 0, 3, 0, 0, 0, state, 0, 0, 0];
            put(&mut body, NDA_DST, &[10, 0, 0, 1]);
            put(&mut body, NDA_LLADDR, &[2, 0, 0, 0, 0, mac]);
            put(&mut body, NDA_PROBES, &[probes, 0, 0, 0]);
            body
        };
        let alone = |a: &[u8], b: &[u8]| differ_by_time_alone(ObjectType::Neigh, a, b);
        assert!(alone(&neigh(2, 1, 1), &neigh(2, 1, 1)) && alone(&neigh(2, 1, 1), &neigh(2, 4, 1)));
        assert!(!alone(&neigh(2, 1, 1), &neigh(4, 1, 1)) && !alone(&neigh(2, 1, 1), &neigh(2, 1, 9)));
        let (old, new) = (neigh(2, 1, 1), neigh(2, 1, 9));
        assert_eq!(changed_attributes(ObjectType::Neigh, &old, &new).collect::<Vec<_>>(), [NDA_LLADDR]);
        let less = &old[..20];
        assert_eq!(changed_attributes(ObjectType::Neigh, &old, less).collect::<Vec<_>>(), [NDA_LLADDR, NDA_PROBES]);
    }
}
