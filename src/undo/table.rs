//! The parameters of neighbour tables as they were: of each entry that still exists, those that differ.

use super::scope::Scope;
use super::thing::{settable, within};
use crate::net::Request;
use crate::net::attr::{Attrs, put};
use crate::schema::*;
use crate::state::{Key, ObjectType, Store};
use netlink_packet_core::NLM_F_REPLACE;

/// The parameters to be set again, a request for each entry. Entries come and go with their devices.
pub fn differences(before: &Store, now: &Store, scope: &Scope<'_>) -> Vec<Request> {
    const CLASS: ObjectType = ObjectType::NeighTable;
    let is = within(CLASS, now, scope);
    let key = |body: &[u8]| Key::of(CLASS, body);
    let pair = |was| is.iter().find(|body| key(body) == key(was)).map(|is| (was, *is));
    within(CLASS, before, scope).into_iter().filter_map(pair).filter_map(|(was, is)| of_entry(was, is)).collect()
}

fn of_entry(was: &[u8], is: &[u8]) -> Option<Request> {
    let (a, b) = (ObjectType::NeighTable.index(was), ObjectType::NeighTable.index(is));
    let inside = |body: &[u8]| {
        let mut list = Vec::new();
        settable(&mut list, NEIGHTBL_PARM_ATTRS, Attrs(body));
        list
    };
    let (x, y) = [&a, &b].map(|index| inside(index.get(NDTA_PARMS).unwrap_or_default())).into();
    let mut parms = Vec::new();
    changed(&mut parms, &x, &y);
    let mut own = Vec::new();
    for attr in [NDTA_THRESH1, NDTA_THRESH2, NDTA_THRESH3, NDTA_GC_INTERVAL] {
        if let Some(v) = a.get(attr).filter(|v| b.get(attr) != Some(v)) {
            put(&mut own, attr, v);
        }
    }
    if parms.is_empty() && own.is_empty() {
        return None;
    }
    let mut r = Request::raw(RTM_SETNEIGHTBL, NLM_F_REPLACE, &[was.first().copied().unwrap_or(0), 0, 0, 0]);
    r.put(NDTA_NAME, a.get(NDTA_NAME).unwrap_or_default());
    r.body.extend(own);
    if !parms.is_empty() {
        let device = a.nest(NDTA_PARMS).and_then(|p| p.u32(NDTPA_IFINDEX));
        let mut nest = Vec::new();
        if let Some(index) = device {
            put(&mut nest, NDTPA_IFINDEX, &index.to_ne_bytes());
        }
        nest.extend(parms);
        r.put(NDTA_PARMS, &nest);
    }
    Some(r)
}

/// The attributes of the first list that the second one lacks or has otherwise.
fn changed(out: &mut Vec<u8>, was: &[u8], is: &[u8]) {
    for (attr, v) in Attrs(was).filter(|pair| !Attrs(is).any(|other| other == *pair)) {
        put(out, attr, v);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(own: &[(u16, u32)], parms: &[(u16, u64)]) -> Vec<u8> {
        let mut body = vec![2, 0, 0, 0];
        put(&mut body, NDTA_NAME, b"arp_cache\0");
        own.iter().for_each(|(attr, v)| put(&mut body, *attr, &v.to_ne_bytes()));
        let mut nest = Vec::new();
        put(&mut nest, NDTPA_IFINDEX, &7u32.to_ne_bytes());
        parms.iter().for_each(|(attr, v)| put(&mut nest, *attr, &v.to_ne_bytes()));
        put(&mut body, NDTA_PARMS | NESTED, &nest);
        body
    }

    #[test]
    fn only_what_differs_and_can_be_set_is_sent() {
        let was =
            entry(&[(NDTA_THRESH1, 5)], &[(NDTPA_REACHABLE_TIME, 1), (NDTPA_RETRANS_TIME, 9), (NDTPA_LOCKTIME, 3)]);
        let is =
            entry(&[(NDTA_THRESH1, 5)], &[(NDTPA_REACHABLE_TIME, 2), (NDTPA_RETRANS_TIME, 8), (NDTPA_LOCKTIME, 3)]);
        assert!(of_entry(&was, &was).is_none());
        let mut parms = Vec::new();
        put(&mut parms, NDTPA_IFINDEX, &7u32.to_ne_bytes());
        put(&mut parms, NDTPA_RETRANS_TIME, &9u64.to_ne_bytes());
        let wanted = Request::raw(RTM_SETNEIGHTBL, NLM_F_REPLACE, &[2, 0, 0, 0])
            .with(NDTA_NAME, b"arp_cache\0")
            .with(NDTA_PARMS, &parms);
        assert_eq!(of_entry(&was, &is).map(|r| r.body), Some(wanted.body));
    }
}
