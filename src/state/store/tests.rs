//! What a store makes of events.

use super::*;
use crate::net::attr::put;
use crate::schema::*;

fn route(metric: u32, via: u8) -> Vec<u8> {
    let mut b = vec![2, 24, 0, 0, 254, 3, 0, 1, 0, 0, 0, 0];
    put(&mut b, RTA_TABLE, &254u32.to_ne_bytes());
    put(&mut b, RTA_DST, &[10, 9, 8, 0]);
    put(&mut b, RTA_PRIORITY, &metric.to_ne_bytes());
    put(&mut b, RTA_GATEWAY, &[10, 0, 0, via]);
    b
}

fn is(body: &[u8], flags: u16) -> Event<'_> {
    Event { object: ObjectType::Route, what: What::Is, flags, body }
}

fn entries(s: &Store) -> usize {
    s.tables.iter().map(|t| t.slots.len()).sum()
}

/// What a change says, without what follows from the event.
#[derive(Debug, PartialEq)]
enum Saw {
    Added,
    Changed(Vec<u8>),
    Removed(Option<Vec<u8>>),
    PathsRemoved { old: Vec<u8>, left: Vec<u8> },
}

fn told(s: &mut Store, e: &Event<'_>) -> Saw {
    match s.apply(e).unwrap() {
        Change::Added { new, .. } => {
            assert_eq!(new, e.body);
            Saw::Added
        }
        change @ Change::Changed { .. } => {
            let attributes = change.attributes();
            let Change::Changed { old, new, .. } = change else { unreachable!() };
            assert_eq!((&*new, attributes.is_empty()), (e.body, old.get(12..) == new.get(12..)));
            Saw::Changed(old.into())
        }
        Change::Removed { old, .. } => Saw::Removed(old.map(Into::into)),
        Change::PathsRemoved { old, left, .. } => Saw::PathsRemoved { old: old.into(), left: left.into() },
    }
}

#[test]
fn routes_to_one_prefix_are_told_apart_and_replaced() {
    let mut s = Store::new(BOUND);
    let (a, b, c) = (route(5, 1), route(5, 2), route(6, 1));
    assert_eq!(told(&mut s, &is(&a, 0)), Saw::Added);
    assert_eq!(told(&mut s, &is(&c, 0)), Saw::Added);
    assert_eq!(told(&mut s, &is(&b, NLM_F_APPEND)), Saw::Added);
    assert_eq!(s.listed(ObjectType::Route, 2).count(), 3);
    assert_eq!(told(&mut s, &is(&a, 0)), Saw::Changed(a.clone()));
    let gone = Event { what: What::Deleted, ..is(&b, 0) };
    assert_eq!(told(&mut s, &gone), Saw::Removed(Some(b.clone())));
    assert_eq!(told(&mut s, &is(&b, NLM_F_REPLACE)), Saw::Changed(a));
    assert_eq!(s.listed(ObjectType::Route, 2).count(), 2);
}

#[test]
fn what_is_removed_costs_nothing() {
    let mut s = Store::new(BOUND);
    for metric in 0..100 {
        let r = route(metric, 1);
        told(&mut s, &is(&r, 0));
    }
    for metric in 0..100 {
        let r = route(metric, 1);
        told(&mut s, &Event { what: What::Deleted, ..is(&r, 0) });
    }
    assert_eq!((s.bytes, entries(&s)), (0, 0));
}

#[test]
fn memory_has_an_end() {
    let mut s = Store::new(2000);
    for metric in 0..1000 {
        let r = route(metric, 1);
        assert_eq!(told(&mut s, &is(&r, 0)), Saw::Added);
    }
    assert!(s.full && s.bytes <= 2000 && entries(&s) > 5, "{} {}", s.bytes, entries(&s));
}

#[test]
fn a_rule_may_be_there_twice() {
    let body = [2, 0, 0, 0, 254, 0, 0, 1, 0, 0, 0, 0];
    let e = Event { object: ObjectType::Rule, what: What::Is, flags: 0, body: &body };
    let mut s = Store::new(BOUND);
    assert_eq!((told(&mut s, &e), told(&mut s, &e)), (Saw::Added, Saw::Added));
    told(&mut s, &Event { what: What::Deleted, ..e });
    assert_eq!(s.listed(ObjectType::Rule, 2).count(), 1);
}

#[test]
fn cut_messages_have_no_identity_or_a_harmless_one() {
    let whole = route(5, 1);
    for subject in ObjectType::watched() {
        for len in 0..whole.len() {
            let e = Event { object: subject, what: What::Is, flags: 0, body: &whole[..len] };
            Store::new(BOUND).apply(&e);
        }
    }
}

/// An IPv6 route with these ways: (device, last byte of the router).
fn ways(list: &[(u32, u8)]) -> Vec<u8> {
    let mut b = vec![10, 64, 0, 0, 254, 3, 0, 1, 0, 0, 0, 0];
    put(&mut b, RTA_DST, &[0xfd; 16]);
    let via = |v: u8| [0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, v];
    if let [(dev, router)] = list {
        put(&mut b, RTA_OIF, &dev.to_ne_bytes());
        put(&mut b, RTA_GATEWAY, &via(*router));
        return b;
    }
    let mut hops = Vec::new();
    for (dev, router) in list {
        hops.extend(28u16.to_ne_bytes());
        hops.extend([0, 0]);
        hops.extend(dev.to_ne_bytes());
        put(&mut hops, RTA_GATEWAY, &via(*router));
    }
    put(&mut b, RTA_MULTIPATH, &hops);
    b
}

#[test]
fn ways_of_an_ipv6_route_come_and_go() {
    let mut s = Store::new(BOUND);
    let lone = ways(&[(3, 1)]);
    assert_eq!(told(&mut s, &is(&lone, 0)), Saw::Added);
    // A second way: the kernel tells both.
    let both = ways(&[(3, 1), (4, 2)]);
    assert_eq!(told(&mut s, &is(&both, NLM_F_APPEND)), Saw::Changed(lone.clone()));
    let three = ways(&[(3, 1), (4, 2), (4, 3)]);
    assert_eq!(told(&mut s, &is(&three, NLM_F_APPEND)), Saw::Changed(both.clone()));
    // One goes: the kernel tells that one alone.
    let gone = ways(&[(4, 3)]);
    let less = Saw::PathsRemoved { old: three, left: both.clone() };
    assert_eq!(told(&mut s, &Event { what: What::Deleted, ..is(&gone, 0) }), less);
    assert_eq!(s.listed(ObjectType::Route, 10).map(|(_, b)| b.to_vec()).collect::<Vec<_>>(), [both]);
    let gone = ways(&[(4, 2)]);
    told(&mut s, &Event { what: What::Deleted, ..is(&gone, 0) });
    assert_eq!(
        s.listed(ObjectType::Route, 10).map(|(_, b)| b.to_vec()).collect::<Vec<_>>(),
        std::slice::from_ref(&lone)
    );
    // A way of another kind beside it, and what replaces the first.
    let direct = {
        let mut b = ways(&[(3, 1)]);
        b.truncate(12 + 20 + 8);
        b
    };
    assert_eq!(told(&mut s, &is(&direct, 0)), Saw::Added);
    let other = ways(&[(4, 9)]);
    assert_eq!(told(&mut s, &is(&other, NLM_F_REPLACE)), Saw::Changed(lone));
    assert_eq!(s.listed(ObjectType::Route, 10).count(), 2);
    told(&mut s, &Event { what: What::Deleted, ..is(&direct, 0) });
    told(&mut s, &Event { what: What::Deleted, ..is(&other, 0) });
    assert_eq!((s.bytes, entries(&s)), (0, 0));
}

#[test]
fn routes_of_one_way_differ_in_the_rest() {
    let mut s = Store::new(BOUND);
    let (a, mut b) = (route(5, 1), route(5, 1));
    b[5] = 4;
    assert_eq!((told(&mut s, &is(&a, 0)), told(&mut s, &is(&b, NLM_F_APPEND))), (Saw::Added, Saw::Added));
    // What the kernel prefers is replaced: the first.
    let c = route(5, 3);
    assert_eq!(told(&mut s, &is(&c, NLM_F_REPLACE)), Saw::Changed(a));
    let front = route(5, 4);
    assert_eq!(told(&mut s, &is(&front, 0)), Saw::Added);
    assert_eq!(told(&mut s, &is(&route(5, 5), NLM_F_REPLACE)), Saw::Changed(front));
    assert_eq!(s.listed(ObjectType::Route, 2).count(), 3);
}
