//! What the reader has been told is there: the last message of each thing, by what identifies it.
//!
//! It says which fields a change changed, and after a loss what differs from the kernel's truth.

use super::subject::{Event, Subject, What};
use crate::net::attr::Attrs;
use crate::net::uapi::*;
use netlink_packet_core::{NLM_F_APPEND, NLM_F_REPLACE};
use std::collections::HashMap;

/// Bytes kept at most, keys and messages together; things beyond are not remembered.
pub const BOUND: usize = 256 * 1024 * 1024;
/// What one thing costs beside its bytes.
const OVERHEAD: usize = 160;

/// What identifies a thing: its subject, family, and the fields that the kernel tells it by.
pub type Key = Box<[u8]>;

/// The things with one identity. There may be several routes to one prefix, and a rule may be there twice.
type Group = Vec<Box<[u8]>>;

#[derive(Default)]
pub struct Shadow {
    groups: HashMap<Key, Group>,
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
}

impl Shadow {
    pub fn new(bound: usize) -> Shadow {
        Shadow { bound, ..Shadow::default() }
    }

    /// Takes an event in.
    pub fn apply(&mut self, key: &[u8], e: &Event<'_>) -> Meaning {
        if e.what == What::Deleted {
            return Meaning::Deleted(self.remove(key, e));
        }
        let room = self.bytes + key.len() + e.body.len() + OVERHEAD <= self.bound;
        let Some(group) = self.groups.get_mut(key) else {
            if room {
                self.bytes += key.len() + e.body.len() + OVERHEAD;
                self.groups.insert(key.into(), vec![e.body.into()]);
            } else {
                self.full = true;
            }
            return Meaning::New;
        };
        let same = group.iter().position(|body| twin(e.subject, body, e.body)).filter(|_| e.subject != Subject::Rule);
        // A replaced route goes without a word of its own.
        let replaced = e.flags & NLM_F_REPLACE != 0 && e.flags & NLM_F_APPEND == 0;
        match same.or(replaced.then_some(0)).and_then(|at| group.get_mut(at)) {
            Some(body) => {
                let new = if e.subject == Subject::Netconf { joined(body, e.body) } else { e.body.into() };
                self.bytes = self.bytes.saturating_sub(body.len()) + new.len();
                return Meaning::Changed(std::mem::replace(body, new));
            }
            None if room => {
                self.bytes += e.body.len() + OVERHEAD;
                group.push(e.body.into());
            }
            None => self.full = true,
        }
        Meaning::New
    }

    fn remove(&mut self, key: &[u8], e: &Event<'_>) -> Option<Box<[u8]>> {
        let group = self.groups.get_mut(key)?;
        let at = match group.iter().position(|body| twin(e.subject, body, e.body)) {
            None if group.len() == 1 => Some(0),
            at => at,
        };
        let gone = at.map(|at| group.remove(at));
        if let Some(gone) = &gone {
            self.bytes = self.bytes.saturating_sub(gone.len() + OVERHEAD);
        }
        if group.is_empty() {
            self.groups.remove(key);
            self.bytes = self.bytes.saturating_sub(key.len());
        }
        gone
    }

    /// The things with an identity.
    pub fn group(&self, key: &[u8]) -> &[Box<[u8]>] {
        self.groups.get(key).map_or(&[], Vec::as_slice)
    }

    /// Everything of a subject; of one family, unless that is 0.
    pub fn of(&self, subject: Subject, family: u8) -> impl Iterator<Item = (&Key, &Box<[u8]>)> {
        self.groups
            .iter()
            .filter(move |(k, _)| covers(k, subject, family))
            .flat_map(|(k, group)| group.iter().map(move |body| (k, body)))
    }
}

/// Whether a question about a subject and a family lists the things with this identity.
pub fn covers(key: &[u8], subject: Subject, family: u8) -> bool {
    key.first() == Some(&(subject as u8)) && (family == 0 || key.get(1) == Some(&family))
}

/// Whether two messages with one identity are about the same thing.
pub fn twin(subject: Subject, a: &[u8], b: &[u8]) -> bool {
    match subject {
        // Type, router, device, hops: what several routes to one prefix differ in.
        Subject::Route => a.get(7) == b.get(7) && hops(a).eq(hops(b)),
        _ => true,
    }
}

fn hops(body: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    Attrs(body.get(12..).unwrap_or_default())
        .filter(|(kind, _)| matches!(*kind, RTA_OIF | RTA_GATEWAY | RTA_MULTIPATH | RTA_VIA | RTA_NH_ID | RTA_ENCAP))
}

/// What identifies the thing an event is about; things without an identity are told and forgotten.
pub fn key(e: &Event<'_>) -> Option<Key> {
    let mut key = Vec::new();
    put_key(e, &mut key)?;
    Some(key.into())
}

/// What tells one thing of a list from all others: more than [`key`] says, where several things share that.
pub fn identity(subject: Subject, body: &[u8]) -> Option<Key> {
    let mut key = Vec::new();
    put_key(&Event { subject, what: What::Is, flags: 0, body }, &mut key)?;
    match subject {
        Subject::Route => {
            key.push(*body.get(7)?);
            for (kind, value) in hops(body) {
                key.extend(kind.to_ne_bytes());
                key.extend_from_slice(value);
            }
        }
        // Of its flags a rule has one by itself; the others say what became of the devices and rules that it names.
        Subject::Rule => {
            const FLAGS: usize = 2 + 8;
            let own = *key.get(FLAGS)? & INVERT;
            key.get_mut(FLAGS..FLAGS + 4)?.copy_from_slice(&[own, 0, 0, 0]);
        }
        _ => {}
    }
    Some(key.into())
}

/// linux/fib_rules.h, FIB_RULE_INVERT
const INVERT: u8 = 2;

/// The key, into a buffer that is used again.
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
        Subject::Rule => {
            take(0..b.len())?;
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
        // Bridges tell their own ports' entries by MAC address, VLAN and master.
        Subject::Neigh => {
            take(4..8)?;
            let proxy = b.get(10)? & 0x08;
            key.push(proxy);
            const BRIDGE_ENTRY: &[u16] = &[1, 2, 5, 7, 9];
            if e.family() == crate::grammar::address::BRIDGE { BRIDGE_ENTRY } else { &[1] }
        }
        Subject::Netconf => &[super::small::NETCONFA_IFINDEX],
        Subject::Nsid | Subject::Nexthop => {
            // The family of a nexthop is not part of its name.
            if let Some(family) = key.get_mut(1) {
                *family = 0;
            }
            &[1]
        }
        Subject::Prefix | Subject::Bucket | Subject::AddrLabel | Subject::Stats => return None,
    };
    // In the order of their types: the kernel has more than one.
    let list = Attrs(b.get(header(e.subject)..)?);
    for wanted in attrs {
        if let Some((_, body)) = list.clone().find(|(kind, _)| kind == wanted) {
            key.push(u8::try_from(*wanted).unwrap_or(u8::MAX));
            key.extend_from_slice(body);
        }
    }
    Some(())
}

/// Settings of a device after some of them changed: only those are in the event.
fn joined(old: &[u8], new: &[u8]) -> Box<[u8]> {
    let mut out = new.to_vec();
    out.resize(crate::net::attr::align(out.len()), 0);
    let has = |kind: u16| Attrs(new.get(4..).unwrap_or_default()).any(|(k, _)| k == kind);
    for (kind, body) in Attrs(old.get(4..).unwrap_or_default()).filter(|(k, _)| !has(*k)) {
        crate::net::attr::put(&mut out, kind, body);
    }
    out.into()
}

fn table_attr(body: &[u8]) -> Option<&[u8]> {
    Attrs(body.get(12..)?).find(|(kind, _)| *kind == RTA_TABLE).map(|(_, b)| b)
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
    use crate::net::attr::put;

    fn route(metric: u32, via: u8) -> Vec<u8> {
        let mut b = vec![2, 24, 0, 0, 254, 3, 0, 1, 0, 0, 0, 0];
        put(&mut b, RTA_TABLE, &254u32.to_ne_bytes());
        put(&mut b, RTA_DST, &[10, 9, 8, 0]);
        put(&mut b, RTA_PRIORITY, &metric.to_ne_bytes());
        put(&mut b, RTA_GATEWAY, &[10, 0, 0, via]);
        b
    }

    fn is(body: &[u8], flags: u16) -> Event<'_> {
        Event { subject: Subject::Route, what: What::Is, flags, body }
    }

    fn told(s: &mut Shadow, e: &Event<'_>) -> Meaning {
        s.apply(&key(e).unwrap(), e)
    }

    #[test]
    fn routes_to_one_prefix_are_told_apart_and_replaced() {
        let mut s = Shadow::new(BOUND);
        let (a, b, c) = (route(5, 1), route(5, 2), route(6, 1));
        assert_eq!(told(&mut s, &is(&a, 0)), Meaning::New);
        assert_eq!(told(&mut s, &is(&c, 0)), Meaning::New);
        assert_eq!(told(&mut s, &is(&b, NLM_F_APPEND)), Meaning::New);
        assert_eq!(s.of(Subject::Route, 2).count(), 3);
        assert_eq!(told(&mut s, &is(&a, 0)), Meaning::Changed(a.clone().into()));
        let gone = Event { what: What::Deleted, ..is(&b, 0) };
        assert_eq!(told(&mut s, &gone), Meaning::Deleted(Some(b.clone().into())));
        assert_eq!(told(&mut s, &is(&b, NLM_F_REPLACE)), Meaning::Changed(a.into()));
        assert_eq!(s.of(Subject::Route, 2).count(), 2);
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
        assert_eq!((s.bytes, s.groups.len()), (0, 0));
    }

    #[test]
    fn memory_has_an_end() {
        let mut s = Shadow::new(2000);
        for metric in 0..1000 {
            let r = route(metric, 1);
            assert_eq!(told(&mut s, &is(&r, 0)), Meaning::New);
        }
        assert!(s.full && s.bytes <= 2000 && s.groups.len() > 5, "{} {}", s.bytes, s.groups.len());
    }

    #[test]
    fn a_rule_may_be_there_twice() {
        let body = [2, 0, 0, 0, 254, 0, 0, 1, 0, 0, 0, 0];
        let e = Event { subject: Subject::Rule, what: What::Is, flags: 0, body: &body };
        let mut s = Shadow::new(BOUND);
        assert_eq!((told(&mut s, &e), told(&mut s, &e)), (Meaning::New, Meaning::New));
        told(&mut s, &Event { what: What::Deleted, ..e });
        assert_eq!(s.of(Subject::Rule, 2).count(), 1);
    }

    #[test]
    fn cut_messages_have_no_identity_or_a_harmless_one() {
        let whole = route(5, 1);
        for subject in super::super::subject::ALL {
            for len in 0..whole.len() {
                let e = Event { subject, what: What::Is, flags: 0, body: &whole[..len] };
                if let Some(key) = key(&e) {
                    Shadow::new(BOUND).apply(&key, &e);
                }
            }
        }
    }
}
