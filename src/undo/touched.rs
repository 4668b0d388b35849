//! The entries that requests refer to: for the lines of a batch before they run, to know what a snapshot needs; for sent
//! requests, to know what to restore.

use super::record::object_of;
use crate::net::attr::u32_at;
use crate::object::Declared;
use crate::schema::{Kinds as _, *};
use crate::state::link::{ifindex, kind_of, peer_of};
use crate::state::{Key, ObjectType};
use netlink_packet_core::{NLM_F_CREATE, NLM_F_EXCL};
use std::collections::{BTreeSet, HashSet};

/// Settings of a link that change nothing else: neither flags nor what other links, addresses and routes depend on.
const OWN: &[u16] = &[IFLA_IFALIAS, IFLA_TXQLEN, IFLA_GROUP, IFLA_IFNAME, IFLA_EXT_MASK];

/// An entry that a request refers to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Entry {
    /// A link, with all that depends on it.
    Link(u32),
    /// A link, of which only a setting of its own changes.
    Setting(u32),
    /// A link by its name.
    Name(Vec<u8>),
    /// A device on which something else changes.
    Host(u32),
    /// A device that gets one more address.
    Added(u32),
    /// A group of links.
    AnyLink,
    /// A new link whose name the kernel chooses.
    Unnamed,
    /// A route whatever its metric, a neighbour, a nexthop.
    Key(Key),
    /// The rules with a preference.
    Preference(u32),
    /// Any of a class.
    Any(ObjectType),
}

impl Entry {
    /// A device that will get a name; with an empty one the kernel chooses it.
    pub fn of_new(name: &[u8]) -> Entry {
        if name.is_empty() { Entry::Unnamed } else { Entry::Name(name.to_vec()) }
    }

    /// As it stands in the file.
    pub fn bytes(&self) -> Vec<u8> {
        let with = |tag: u8, bytes: &[u8]| [&[tag], bytes].concat();
        match self {
            Entry::Link(index) => with(b'l', &index.to_ne_bytes()),
            Entry::Setting(index) => with(b's', &index.to_ne_bytes()),
            Entry::Name(name) => with(b'n', name),
            Entry::Host(index) => with(b'h', &index.to_ne_bytes()),
            Entry::Added(index) => with(b'A', &index.to_ne_bytes()),
            Entry::AnyLink => vec![b'L'],
            Entry::Unnamed => vec![b'U'],
            Entry::Key(key) => with(b'k', key.bytes()),
            Entry::Preference(preference) => with(b'P', &preference.to_ne_bytes()),
            Entry::Any(class) => vec![b'a', *class as u8],
        }
    }

    /// Parses it from the file.
    pub fn read(bytes: &[u8]) -> Option<Entry> {
        let (tag, rest) = bytes.split_first()?;
        Some(match tag {
            b'l' => Entry::Link(u32_at(rest, 0)?),
            b's' => Entry::Setting(u32_at(rest, 0)?),
            b'n' => Entry::Name(rest.to_vec()),
            b'h' => Entry::Host(u32_at(rest, 0)?),
            b'A' => Entry::Added(u32_at(rest, 0)?),
            b'L' => Entry::AnyLink,
            b'U' => Entry::Unnamed,
            b'k' => Entry::Key(Key::from_bytes(rest)?),
            b'P' => Entry::Preference(u32_at(rest, 0)?),
            b'a' => Entry::Any(object_of(*rest.first()?)?),
            _ => return None,
        })
    }

    /// The entries that a request refers to.
    pub fn of(kind: u16, flags: u16, body: &[u8]) -> Vec<Entry> {
        let Some(class) = ObjectType::of_request(kind) else { return Vec::new() };
        match class {
            ObjectType::Link => of_link(kind, flags, body),
            ObjectType::Address if kind == RTM_NEWADDR && flags & NLM_F_EXCL != 0 => vec![Entry::Added(ifindex(body))],
            ObjectType::Address => vec![Entry::Host(ifindex(body))],
            // One without a preference gets one from the kernel, or means any.
            ObjectType::Rule => match class.index(body).u32(FRA_PRIORITY) {
                Some(preference) => vec![Entry::Preference(preference)],
                None => vec![Entry::Any(class)],
            },
            _ if class.spec().loose_requests => vec![Entry::Any(class)],
            _ => match Key::of(class, body) {
                Some(key) if class == ObjectType::Route => vec![Entry::Key(key.stem())],
                Some(key) => vec![Entry::Key(key)],
                None => vec![Entry::Any(class)],
            },
        }
    }
}

fn of_link(kind: u16, flags: u16, body: &[u8]) -> Vec<Entry> {
    let a = ObjectType::Link.index(body);
    let index = ifindex(body);
    let creates = kind == RTM_NEWLINK && flags & NLM_F_CREATE != 0;
    let flagged = u32_at(body, 8).unwrap_or(0) | u32_at(body, 12).unwrap_or(0) != 0;
    let own = !creates && !flagged && ObjectType::Link.attrs(body).all(|(k, _)| OWN.contains(&k));
    let mut out = Vec::new();
    match kind {
        RTM_NEWLINKPROP | RTM_DELLINKPROP if index != 0 => return vec![Entry::Setting(index)],
        // The kernel renames the labels of addresses with their device.
        RTM_NEWLINK | RTM_SETLINK if own && index != 0 && a.has(IFLA_IFNAME) => {
            return vec![Entry::Setting(index), Entry::Host(index)];
        }
        RTM_NEWLINK | RTM_SETLINK if own && index != 0 => return vec![Entry::Setting(index)],
        _ if index != 0 => out.push(Entry::Link(index)),
        _ => {}
    }
    // A master changes with its ports.
    out.extend(a.u32(IFLA_MASTER).filter(|i| *i != 0).map(Entry::Link));
    match a.str(IFLA_IFNAME) {
        Some(name) => out.push(Entry::Name(name.to_vec())),
        None if creates => out.push(Entry::Unnamed),
        None if index == 0 => out.push(Entry::AnyLink),
        None => {}
    }
    if creates && Declared.quirks(kind_of(&a)).peer.is_some() {
        let peer = peer_of(&a, &Declared).map(|body| ObjectType::Link.index(body));
        out.push(match peer.and_then(|p| p.str(IFLA_IFNAME)) {
            Some(name) => Entry::Name(name.to_vec()),
            None => Entry::Unnamed,
        });
    }
    out
}

/// The entries that the requests of a batch refer to.
#[derive(Clone, Debug, Default)]
pub struct Touched {
    /// Links by index.
    pub links: HashSet<u32>,
    /// Links of which only settings change, by index.
    pub settings: HashSet<u32>,
    /// Links by name.
    pub names: HashSet<Vec<u8>>,
    /// Links whose addresses change, by index.
    pub hosts: HashSet<u32>,
    /// Links that get addresses, by index.
    pub added: HashSet<u32>,
    /// Any link may change.
    pub any_link: bool,
    /// A link without a name may be created.
    pub unnamed: bool,
    /// Entries by key.
    pub keys: HashSet<Key>,
    /// Rules by preference.
    pub preferences: HashSet<u32>,
    /// Types of which any entry may change.
    pub any: BTreeSet<ObjectType>,
}

impl Touched {
    /// Adds an entry.
    pub fn add(&mut self, entry: Entry) {
        match entry {
            Entry::Link(index) => drop(self.links.insert(index)),
            Entry::Setting(index) => drop(self.settings.insert(index)),
            Entry::Name(name) => drop(self.names.insert(name)),
            Entry::Host(index) => drop(self.hosts.insert(index)),
            Entry::Added(index) => drop(self.added.insert(index)),
            Entry::AnyLink => self.any_link = true,
            Entry::Unnamed => self.unnamed = true,
            Entry::Key(key) => drop(self.keys.insert(key)),
            Entry::Preference(preference) => drop(self.preferences.insert(preference)),
            Entry::Any(class) => drop(self.any.insert(class)),
        }
    }

    /// Takes a request in.
    pub fn note(&mut self, kind: u16, flags: u16, body: &[u8]) {
        Entry::of(kind, flags, body).into_iter().for_each(|e| self.add(e));
    }

    /// A link that was made without a request.
    pub fn note_name(&mut self, name: &[u8]) {
        self.add(Entry::of_new(name));
    }

    /// Whether a device that will get this name, or with an empty one any, is among the entries.
    pub fn has_new(&self, name: &[u8]) -> bool {
        if name.is_empty() { self.unnamed } else { self.names.contains(name) }
    }

    /// The entries.
    pub fn entries(&self) -> Vec<Entry> {
        let numbers =
            |list: &HashSet<u32>, make: fn(u32) -> Entry| -> Vec<Entry> { list.iter().copied().map(make).collect() };
        let mut out = numbers(&self.links, Entry::Link);
        out.extend(numbers(&self.settings, Entry::Setting));
        out.extend(numbers(&self.hosts, Entry::Host));
        out.extend(numbers(&self.added, Entry::Added));
        out.extend(self.names.iter().cloned().map(Entry::Name));
        out.extend(self.keys.iter().cloned().map(Entry::Key));
        out.extend(numbers(&self.preferences, Entry::Preference));
        out.extend(self.any.iter().copied().map(Entry::Any));
        out.extend(self.any_link.then_some(Entry::AnyLink));
        out.extend(self.unnamed.then_some(Entry::Unnamed));
        out
    }

    /// Whether any entry of a type may change.
    pub fn is_any(&self, class: ObjectType) -> bool {
        self.any.contains(&class)
    }

    /// Whether an entry of this type was noted by what identifies it.
    pub fn has_keys(&self, object: ObjectType) -> bool {
        object == ObjectType::Rule && !self.preferences.is_empty()
            || self.keys.iter().any(|key| key.object() == Some(object))
    }

    /// Whether the entry of a key may change.
    pub fn keyed(&self, key: &Key) -> bool {
        !self.keys.is_empty() && self.keys.contains(key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::Request;

    fn set(change: u32) -> Request {
        let mut header = vec![0u8; 4];
        header.extend(7u32.to_ne_bytes());
        header.extend(change.to_ne_bytes());
        header.extend(change.to_ne_bytes());
        Request::raw(RTM_NEWLINK, 0, &header)
    }

    fn entries(r: &Request) -> Vec<Entry> {
        Entry::of(r.kind, r.flags, &r.body)
    }

    #[test]
    fn a_setting_of_its_own_reaches_only_the_link() {
        assert_eq!(entries(&set(0).with(IFLA_IFALIAS, b"x")), [Entry::Setting(7)]);
        assert_eq!(entries(&set(0).with(IFLA_IFNAME, b"x")), [Entry::Setting(7), Entry::Host(7)]);
        assert_eq!(entries(&set(0).with(IFLA_MTU, &[0; 4])), [Entry::Link(7)]);
        assert_eq!(entries(&set(1)), [Entry::Link(7)]);
        assert_eq!(entries(&set(0).with(IFLA_MASTER, &9u32.to_ne_bytes())), [Entry::Link(7), Entry::Link(9)]);
    }

    #[test]
    fn entries_are_read_as_they_were_written() {
        let all = [
            Entry::Link(1),
            Entry::Setting(2),
            Entry::Name(b"x".to_vec()),
            Entry::Host(3),
            Entry::Added(4),
            Entry::AnyLink,
            Entry::Unnamed,
            Entry::Key(Key::of_nexthop(3)),
            Entry::Preference(100),
            Entry::Any(ObjectType::Rule),
        ];
        let mut touched = Touched::default();
        for e in all {
            assert_eq!(Entry::read(&e.bytes()), Some(e.clone()));
            touched.add(e);
        }
        assert_eq!(touched.entries().len(), 10);
    }
}
