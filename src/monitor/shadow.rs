//! What the reader has been told is there: the last message of each thing, by what identifies it.
//!
//! It says which fields a change changed, and after a loss what differs from the kernel's truth.
//! A thing costs one piece of memory, and an event one look-up: a monitor may not cost more than what it watches.

use crate::state::{Event, ObjectType, What, covers, replaced_route, same, without_paths};
use netlink_packet_core::{NLM_F_APPEND, NLM_F_MULTIPART, NLM_F_REPLACE};
use std::collections::HashMap;
use std::hash::{BuildHasher as _, BuildHasherDefault, Hasher, RandomState};

/// Bytes kept at most, keys and messages together; things beyond are not remembered.
pub const BOUND: usize = 256 * 1024 * 1024;
/// What one thing costs beside its bytes.
const OVERHEAD: usize = 80;

/// One thing: its key and its last message, one after the other.
struct Item {
    split: u32,
    bytes: Box<[u8]>,
}

impl Item {
    fn new(key: &[u8], body: &[u8]) -> Item {
        let split = u32::try_from(key.len()).unwrap_or(u32::MAX);
        let mut bytes = Vec::with_capacity(key.len() + body.len());
        bytes.extend_from_slice(key);
        bytes.extend_from_slice(body);
        Item { split, bytes: bytes.into() }
    }

    fn parts(&self) -> (&[u8], &[u8]) {
        let split = usize::try_from(self.split).unwrap_or(usize::MAX);
        self.bytes.split_at_checked(split).unwrap_or_default()
    }

    fn cost(&self) -> usize {
        self.bytes.len() + OVERHEAD
    }
}

/// The things whose keys have one hash: nearly always those of one identity, and nearly always one.
enum Slot {
    One(Item),
    Many(Vec<Item>),
}

impl Slot {
    fn items(&self) -> &[Item] {
        match self {
            Slot::One(item) => std::slice::from_ref(item),
            Slot::Many(items) => items,
        }
    }

    fn items_mut(&mut self) -> &mut [Item] {
        match self {
            Slot::One(item) => std::slice::from_mut(item),
            Slot::Many(items) => items,
        }
    }

    fn insert(&mut self, first: bool, item: Item) {
        let mut items = match std::mem::replace(self, Slot::Many(Vec::new())) {
            Slot::One(one) => vec![one],
            Slot::Many(items) => items,
        };
        items.insert(if first { 0 } else { items.len() }, item);
        *self = Slot::Many(items);
    }
}

/// Keys are hashed before they come here.
#[derive(Default)]
struct Hashed(u64);

impl Hasher for Hashed {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for b in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*b);
        }
    }
    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

pub struct Shadow {
    slots: HashMap<u64, Slot, BuildHasherDefault<Hashed>>,
    seed: u64,
    bytes: usize,
    bound: usize,
    /// Something was left out.
    pub full: bool,
}

/// What an event means to somebody who knows everything before it.
#[derive(Debug, PartialEq, Eq)]
pub enum Meaning {
    New,
    /// It was there, as this message said.
    Changed(Box<[u8]>),
    /// It is gone; this is what it was, where that is known.
    Deleted(Option<Box<[u8]>>),
    /// Some ways of an IPv6 route are gone: what it was, and what is left of it.
    Less(Box<[u8]>, Box<[u8]>),
}

impl Shadow {
    pub fn new(bound: usize) -> Shadow {
        // Nobody outside can know which keys would meet.
        let seed = RandomState::new().hash_one(0u8);
        Shadow { slots: HashMap::default(), seed, bytes: 0, bound, full: false }
    }

    fn hash(&self, key: &[u8]) -> u64 {
        let fold = |a: u64, b: u64| {
            let wide = u128::from(a) * u128::from(b);
            (wide as u64) ^ (wide >> 64) as u64
        };
        let mut hash = self.seed ^ key.len() as u64;
        for part in key.chunks(8) {
            let mut word = [0u8; 8];
            for (slot, byte) in word.iter_mut().zip(part) {
                *slot = *byte;
            }
            hash = fold(hash ^ u64::from_le_bytes(word), 0x9e37_79b9_7f4a_7c15 ^ self.seed.rotate_left(32));
        }
        fold(hash, 0xd6e8_feb8_6659_fd93)
    }

    /// Takes an event in.
    pub fn apply(&mut self, key: &[u8], e: &Event<'_>) -> Meaning {
        let hash = self.hash(key);
        if e.what == What::Deleted {
            return self.remove(hash, key, e);
        }
        let cost = key.len() + e.body.len() + OVERHEAD;
        let room = self.bytes + cost <= self.bound;
        let Some(slot) = self.slots.get_mut(&hash) else {
            if room {
                self.bytes += cost;
                self.slots.insert(hash, Slot::One(Item::new(key, e.body)));
            } else {
                self.full = true;
            }
            return Meaning::New;
        };
        if let Some(item) = place(slot.items(), key, e).and_then(|at| slot.items_mut().get_mut(at)) {
            let old: Box<[u8]> = item.parts().1.into();
            let new = match e.object.spec().partial {
                true => Item::new(key, &joined(e.object, &old, e.body)),
                false => Item::new(key, e.body),
            };
            self.bytes = self.bytes.saturating_sub(item.cost()) + new.cost();
            *item = new;
            return Meaning::Changed(old);
        }
        if room {
            self.bytes += cost;
            // A route without this word is preferred to those that were there.
            let first = e.object == ObjectType::Route && e.flags & (NLM_F_APPEND | NLM_F_MULTIPART) == 0;
            slot.insert(first, Item::new(key, e.body));
        } else {
            self.full = true;
        }
        Meaning::New
    }

    fn remove(&mut self, hash: u64, key: &[u8], e: &Event<'_>) -> Meaning {
        let Some(slot) = self.slots.get_mut(&hash) else { return Meaning::Deleted(None) };
        let own = |i: &Item| i.parts().0 == key;
        let mut at = slot.items().iter().position(|i| own(i) && same(e.object, i.parts().1, e.body));
        if at.is_none() && e.object == ObjectType::Route {
            // Some of the ways of an IPv6 route.
            for item in slot.items_mut().iter_mut().filter(|i| own(i)) {
                if let Some(rest) = without_paths(item.parts().1, e.body) {
                    let new = Item::new(key, &rest);
                    self.bytes = self.bytes.saturating_sub(item.cost()) + new.cost();
                    let old = std::mem::replace(item, new);
                    return Meaning::Less(old.parts().1.into(), rest);
                }
            }
        }
        let items = slot.items();
        if at.is_none() && items.iter().filter(|i| own(i)).count() == 1 {
            at = items.iter().position(own);
        }
        let gone = match (slot, at) {
            (Slot::Many(items), Some(at)) if items.len() > 1 => Some(items.remove(at)),
            (_, Some(_)) => match self.slots.remove(&hash) {
                Some(Slot::One(item)) => Some(item),
                Some(Slot::Many(items)) => items.into_iter().next(),
                None => None,
            },
            (_, None) => None,
        };
        let Some(gone) = gone else { return Meaning::Deleted(None) };
        self.bytes = self.bytes.saturating_sub(gone.cost());
        if self.slots.is_empty() {
            // What a flood took is given back.
            self.slots.shrink_to(1024);
        }
        Meaning::Deleted(Some(gone.parts().1.into()))
    }

    /// The things with an identity, as they were last told.
    pub fn group<'a>(&'a self, key: &'a [u8]) -> impl Iterator<Item = &'a [u8]> + Clone {
        let items = self.slots.get(&self.hash(key)).map_or(&[][..], Slot::items);
        items.iter().map(Item::parts).filter(move |(k, _)| *k == key).map(|(_, body)| body)
    }

    /// Everything of a subject and a family: what a question about them lists.
    pub fn of(&self, subject: ObjectType, family: u8) -> impl Iterator<Item = (&[u8], &[u8])> {
        self.slots.values().flat_map(Slot::items).map(Item::parts).filter(move |(k, _)| covers(k, subject, family))
    }
}

/// Which of the things that were there an event is about.
fn place(items: &[Item], key: &[u8], e: &Event<'_>) -> Option<usize> {
    let own = items.iter().enumerate().filter(|(_, i)| i.parts().0 == key);
    match e.object {
        object if object.spec().repeats => None,
        ObjectType::Route => {
            if let Some((at, _)) = own.clone().find(|(_, i)| same(e.object, i.parts().1, e.body)) {
                return Some(at);
            }
            // A replaced route goes without a word of its own.
            let replaced = e.flags & NLM_F_REPLACE != 0 && e.flags & NLM_F_APPEND == 0;
            let nth = replaced_route(own.clone().map(|(_, i)| i.parts().1), e.body, replaced)?;
            own.clone().nth(nth).map(|(at, _)| at)
        }
        _ => own.map(|(at, _)| at).next(),
    }
}

/// An entry after an event that carries only the attributes that changed.
fn joined(object: ObjectType, old: &[u8], new: &[u8]) -> Box<[u8]> {
    let mut out = new.to_vec();
    out.resize(crate::net::attr::align(out.len()), 0);
    let has = |kind: u16| object.attrs(new).any(|(k, _)| k == kind);
    for (kind, body) in object.attrs(old).filter(|(k, _)| !has(*k)) {
        crate::net::attr::put(&mut out, kind, body);
    }
    out.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::attr::put;
    use crate::schema::*;
    use crate::state::Key;

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

    fn told(s: &mut Shadow, e: &Event<'_>) -> Meaning {
        s.apply(Key::of_event(e).unwrap().bytes(), e)
    }

    #[test]
    fn routes_to_one_prefix_are_told_apart_and_replaced() {
        let mut s = Shadow::new(BOUND);
        let (a, b, c) = (route(5, 1), route(5, 2), route(6, 1));
        assert_eq!(told(&mut s, &is(&a, 0)), Meaning::New);
        assert_eq!(told(&mut s, &is(&c, 0)), Meaning::New);
        assert_eq!(told(&mut s, &is(&b, NLM_F_APPEND)), Meaning::New);
        assert_eq!(s.of(ObjectType::Route, 2).count(), 3);
        assert_eq!(told(&mut s, &is(&a, 0)), Meaning::Changed(a.clone().into()));
        let gone = Event { what: What::Deleted, ..is(&b, 0) };
        assert_eq!(told(&mut s, &gone), Meaning::Deleted(Some(b.clone().into())));
        assert_eq!(told(&mut s, &is(&b, NLM_F_REPLACE)), Meaning::Changed(a.into()));
        assert_eq!(s.of(ObjectType::Route, 2).count(), 2);
    }

    #[test]
    fn what_is_removed_costs_nothing() {
        let mut s = Shadow::new(BOUND);
        for metric in 0..100 {
            let r = route(metric, 1);
            told(&mut s, &is(&r, 0));
        }
        for metric in 0..100 {
            let r = route(metric, 1);
            told(&mut s, &Event { what: What::Deleted, ..is(&r, 0) });
        }
        assert_eq!((s.bytes, s.slots.len()), (0, 0));
    }

    #[test]
    fn memory_has_an_end() {
        let mut s = Shadow::new(2000);
        for metric in 0..1000 {
            let r = route(metric, 1);
            assert_eq!(told(&mut s, &is(&r, 0)), Meaning::New);
        }
        assert!(s.full && s.bytes <= 2000 && s.slots.len() > 5, "{} {}", s.bytes, s.slots.len());
    }

    #[test]
    fn a_rule_may_be_there_twice() {
        let body = [2, 0, 0, 0, 254, 0, 0, 1, 0, 0, 0, 0];
        let e = Event { object: ObjectType::Rule, what: What::Is, flags: 0, body: &body };
        let mut s = Shadow::new(BOUND);
        assert_eq!((told(&mut s, &e), told(&mut s, &e)), (Meaning::New, Meaning::New));
        told(&mut s, &Event { what: What::Deleted, ..e });
        assert_eq!(s.of(ObjectType::Rule, 2).count(), 1);
    }

    #[test]
    fn cut_messages_have_no_identity_or_a_harmless_one() {
        let whole = route(5, 1);
        for subject in ObjectType::watched() {
            for len in 0..whole.len() {
                let e = Event { object: subject, what: What::Is, flags: 0, body: &whole[..len] };
                if let Some(key) = Key::of_event(&e) {
                    Shadow::new(BOUND).apply(key.bytes(), &e);
                }
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
        let mut s = Shadow::new(BOUND);
        let lone = ways(&[(3, 1)]);
        assert_eq!(told(&mut s, &is(&lone, 0)), Meaning::New);
        // A second way: the kernel tells both.
        let both = ways(&[(3, 1), (4, 2)]);
        assert_eq!(told(&mut s, &is(&both, NLM_F_APPEND)), Meaning::Changed(lone.clone().into()));
        let three = ways(&[(3, 1), (4, 2), (4, 3)]);
        assert_eq!(told(&mut s, &is(&three, NLM_F_APPEND)), Meaning::Changed(both.clone().into()));
        // One goes: the kernel tells that one alone.
        let gone = ways(&[(4, 3)]);
        let less = Meaning::Less(three.into(), both.clone().into());
        assert_eq!(told(&mut s, &Event { what: What::Deleted, ..is(&gone, 0) }), less);
        assert_eq!(s.of(ObjectType::Route, 10).map(|(_, b)| b.to_vec()).collect::<Vec<_>>(), [both]);
        let gone = ways(&[(4, 2)]);
        told(&mut s, &Event { what: What::Deleted, ..is(&gone, 0) });
        assert_eq!(
            s.of(ObjectType::Route, 10).map(|(_, b)| b.to_vec()).collect::<Vec<_>>(),
            std::slice::from_ref(&lone)
        );
        // A way of another kind beside it, and what replaces the first.
        let direct = {
            let mut b = ways(&[(3, 1)]);
            b.truncate(12 + 20 + 8);
            b
        };
        assert_eq!(told(&mut s, &is(&direct, 0)), Meaning::New);
        let other = ways(&[(4, 9)]);
        assert_eq!(told(&mut s, &is(&other, NLM_F_REPLACE)), Meaning::Changed(lone.into()));
        assert_eq!(s.of(ObjectType::Route, 10).count(), 2);
        told(&mut s, &Event { what: What::Deleted, ..is(&direct, 0) });
        told(&mut s, &Event { what: What::Deleted, ..is(&other, 0) });
        assert_eq!((s.bytes, s.slots.len()), (0, 0));
    }

    #[test]
    fn routes_of_one_way_differ_in_the_rest() {
        let mut s = Shadow::new(BOUND);
        let (a, mut b) = (route(5, 1), route(5, 1));
        b[5] = 4;
        assert_eq!((told(&mut s, &is(&a, 0)), told(&mut s, &is(&b, NLM_F_APPEND))), (Meaning::New, Meaning::New));
        // What the kernel prefers is replaced: the first.
        let c = route(5, 3);
        assert_eq!(told(&mut s, &is(&c, NLM_F_REPLACE)), Meaning::Changed(a.into()));
        let front = route(5, 4);
        assert_eq!(told(&mut s, &is(&front, 0)), Meaning::New);
        assert_eq!(told(&mut s, &is(&route(5, 5), NLM_F_REPLACE)), Meaning::Changed(front.into()));
        assert_eq!(s.of(ObjectType::Route, 2).count(), 3);
    }
}
