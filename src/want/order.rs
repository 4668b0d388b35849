//! The canonical order of entries: dependencies first, then by key; entries with the same key in kernel order.

use crate::net::Index;
use crate::net::attr::u32_at;
use crate::object::address::view::Address;
use crate::schema::family::INET6;
use crate::schema::*;
use crate::session::Session;
use crate::sort::Arrange as _;
use crate::state::{Key, ObjectType, Store};

/// The entries of a type, in order.
pub fn of<'a>(s: &Session, store: &'a Store, object: ObjectType) -> Vec<&'a [u8]> {
    let mut list = store.list(object);
    match object {
        ObjectType::Address => {
            // The kernel inserts a new IPv6 address before those of its scope.
            let (mut v6, mut v4): (Vec<&[u8]>, Vec<&[u8]>) = list.iter().partition(|b| b.first() == Some(&INET6));
            v6.reverse();
            v4.append(&mut v6);
            list = v4;
            let place = |b: &&[u8]| {
                let index = Address::parse(b).map_or(0, |a| a.index);
                (s.link_name(index), b.first().copied())
            };
            list.arrange_by_cached_key(place);
        }
        // By preference; those with the same one stay in order.
        ObjectType::Rule => list.arrange_by_key(|b| {
            let a: Index<'_, 32> = Index::new(b.get(FIB_RULE_HDR..).unwrap_or_default());
            (b.first().copied(), a.u32(FRA_PRIORITY).unwrap_or(0))
        }),
        ObjectType::Nexthop => list.arrange_by_key(|b| {
            let a: Index<'_, 32> = Index::new(b.get(NHMSG..).unwrap_or_default());
            (a.has(NHA_GROUP), a.u32(NHA_ID).unwrap_or(0))
        }),
        ObjectType::Route => list.arrange_by_cached_key(|b| (rank(b), Key::of(object, b))),
        ObjectType::Neigh => list.arrange_by_cached_key(|b| {
            (b.first().copied(), s.link_name(u32_at(b, 4).unwrap_or(0)), Key::of(object, b))
        }),
        _ => list.arrange_by_cached_key(|b| Key::of(object, b)),
    }
    list
}

/// The order in which a route can be added: local addresses, connected networks, routes with a gateway.
fn rank(body: &[u8]) -> u8 {
    let a = ObjectType::Route.index(body);
    let routed = a.has(RTA_GATEWAY) || a.has(RTA_VIA) || a.has(RTA_MULTIPATH) || a.has(RTA_NH_ID);
    match (body.get(6), routed) {
        (Some(&RT_SCOPE_HOST), false) => 0,
        (_, false) => 1,
        (_, true) => 2,
    }
}
