//! The request for the parameters of a neighbour table, its defaults or those of an interface, that differ.

use crate::net::Request;
use crate::net::attr::{Attrs, put};
use crate::schema::*;
use crate::state::ObjectType;
use crate::state::normal::settable;
use netlink_packet_core::NLM_F_REPLACE;

/// The request that changes the parameters of an entry to those of another one.
pub fn change(old: &[u8], new: &[u8]) -> Request {
    let (is, wanted) = (ObjectType::NeighTable.index(old), ObjectType::NeighTable.index(new));
    let inside = |parms: Option<&[u8]>| {
        let mut list = Vec::new();
        settable(&mut list, NEIGHTBL_PARM_ATTRS, Attrs(parms.unwrap_or_default()));
        list
    };
    let mut r = Request::raw(RTM_SETNEIGHTBL, NLM_F_REPLACE, &[new.first().copied().unwrap_or(0), 0, 0, 0]);
    r.put(NDTA_NAME, wanted.get(NDTA_NAME).unwrap_or_default());
    for attr in [NDTA_THRESH1, NDTA_THRESH2, NDTA_THRESH3, NDTA_GC_INTERVAL] {
        if let Some(v) = wanted.get(attr).filter(|v| is.get(attr) != Some(v)) {
            r.put(attr, v);
        }
    }
    let mut parms = Vec::new();
    changed(&mut parms, &inside(wanted.get(NDTA_PARMS)), &inside(is.get(NDTA_PARMS)));
    if !parms.is_empty() {
        let mut nest = Vec::new();
        if let Some(index) = wanted.nest(NDTA_PARMS).and_then(|p| p.u32(NDTPA_IFINDEX)) {
            put(&mut nest, NDTPA_IFINDEX, &index.to_ne_bytes());
        }
        nest.extend(parms);
        r.put(NDTA_PARMS, &nest);
    }
    r
}

/// The attributes of the first list that the second one lacks or has with another value.
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
        let mut parms = Vec::new();
        put(&mut parms, NDTPA_IFINDEX, &7u32.to_ne_bytes());
        put(&mut parms, NDTPA_RETRANS_TIME, &9u64.to_ne_bytes());
        let wanted = Request::raw(RTM_SETNEIGHTBL, NLM_F_REPLACE, &[2, 0, 0, 0])
            .with(NDTA_NAME, b"arp_cache\0")
            .with(NDTA_PARMS, &parms);
        assert_eq!(change(&is, &was).body, wanted.body);
    }
}
