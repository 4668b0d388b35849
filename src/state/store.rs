//! The store: the bodies of the kernel's messages, by key.
//!
//! An entry costs one allocation and a look-up one hash: a monitor must not cost more than what it watches. Entries
//! with the same key (routes to one prefix, equal rules) keep the kernel's order.

mod choose;

pub use choose::{Choose, Matching};

use super::{Change, Event, Key, ObjectType, What, covers, key, replaced_route, same, without_paths};
use crate::net::{Kernel, KernelError, Request};
use crate::schema::RTA_TABLE;
use crate::sort::Arrange as _;
use choose::{Chosen, Everything};
use netlink_packet_core::{NLM_F_APPEND, NLM_F_MULTIPART, NLM_F_REPLACE};
use nix::errno::Errno;
use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::{BuildHasher as _, BuildHasherDefault, Hasher, RandomState};

/// Maximum bytes of a monitor's store, keys and messages together; further entries are not kept.
pub const BOUND: usize = 256 * 1024 * 1024;
/// Bytes per entry besides its key and its message.
const OVERHEAD: usize = 80;

/// An entry: its key followed by its last message, and its position in the order of arrival.
#[derive(Clone, Debug)]
struct Item {
    split: u32,
    order: u32,
    bytes: Box<[u8]>,
}

impl Item {
    fn new(order: u32, key: &[u8], body: &[u8]) -> Item {
        let split = u32::try_from(key.len()).unwrap_or(u32::MAX);
        let mut bytes = Vec::with_capacity(key.len() + body.len());
        bytes.extend_from_slice(key);
        bytes.extend_from_slice(body);
        Item { split, order, bytes: bytes.into() }
    }

    fn parts(&self) -> (&[u8], &[u8]) {
        let split = usize::try_from(self.split).unwrap_or(usize::MAX);
        self.bytes.split_at_checked(split).unwrap_or_default()
    }

    /// The message, in the memory of the entry.
    fn into_body(self) -> Vec<u8> {
        let split = usize::try_from(self.split).unwrap_or(usize::MAX);
        let mut bytes = self.bytes.into_vec();
        bytes.drain(..split.min(bytes.len()));
        bytes
    }

    fn cost(&self) -> usize {
        self.bytes.len() + OVERHEAD
    }
}

/// The entries whose keys share a hash: nearly always those of one key, and nearly always one entry.
#[derive(Clone, Debug)]
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

/// Passes hashes through: keys are hashed before.
#[derive(Clone, Default)]
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

/// The entries of one object type.
#[derive(Clone, Debug, Default)]
struct Table {
    slots: HashMap<u64, Slot, BuildHasherDefault<Hashed>>,
    /// Complete: an entry that is not in it does not exist.
    loaded: bool,
}

/// Existing entries, by object type and key.
#[derive(Clone, Debug)]
pub struct Store {
    tables: Vec<Table>,
    /// Seeded per process against hash flooding: route prefixes may come from peers.
    seed: u64,
    bytes: usize,
    bound: usize,
    next: u32,
    /// The key of the current entry, kept to reuse its memory.
    key: Vec<u8>,
    /// An entry was dropped because the store is full.
    pub full: bool,
}

impl Default for Store {
    fn default() -> Store {
        Store::new(usize::MAX)
    }
}

impl Store {
    /// An empty store that holds at most `bound` bytes.
    pub fn new(bound: usize) -> Store {
        let seed = RandomState::new().hash_one(0u8);
        let tables = ObjectType::ALL.iter().map(|_| Table::default()).collect();
        Store { tables, seed, bytes: 0, bound, next: 0, key: Vec::new(), full: false }
    }

    /// Loads the entries of some object types that requests can change.
    ///
    /// # Errors
    ///
    /// The kernel refuses a dump, except of address families and object types that it lacks.
    pub fn load(kernel: &Kernel, objects: impl IntoIterator<Item = ObjectType>) -> Result<Store, KernelError> {
        let mut store = Store::default();
        for object in objects {
            store.read(kernel, object, &mut Everything)?;
        }
        Ok(store)
    }

    /// Reads a dump of an object type and keeps the entries that `choose` selects.
    ///
    /// # Errors
    ///
    /// The kernel refuses a dump, except of address families and object types that it lacks.
    pub fn read(&mut self, kernel: &Kernel, object: ObjectType, choose: &mut dyn Choose) -> Result<(), KernelError> {
        self.read_by(kernel, object, &mut object.own_dumps(), choose)
    }

    /// [`read`](Store::read) by other requests than those of a type's own dumps: with filters, for example.
    ///
    /// # Errors
    ///
    /// As `read`.
    pub fn read_by(
        &mut self,
        kernel: &Kernel,
        object: ObjectType,
        requests: &mut dyn Iterator<Item = Request>,
        choose: &mut dyn Choose,
    ) -> Result<(), KernelError> {
        self.clear(object);
        for request in requests {
            let mut list = Vec::new();
            let family = request.body.first().copied().unwrap_or(0);
            let table = (object == ObjectType::Route).then(|| object.index(&request.body).u32(RTA_TABLE)).flatten();
            match kernel.dump(&request, &mut Chosen { new: object.spec().new, family, table, list: &mut list, choose })
            {
                Ok(()) => choose.end(&mut list),
                Err(e) if [Errno::EOPNOTSUPP, Errno::EAFNOSUPPORT, Errno::ENOENT].iter().any(|no| e.is(*no)) => {
                    continue;
                }
                Err(e) => return Err(e),
            }
            list.iter().for_each(|body| self.insert(object, body));
        }
        if let Some(table) = self.table_mut(object) {
            table.loaded = true;
        }
        Ok(())
    }

    fn table(&self, object: ObjectType) -> Option<&Table> {
        self.tables.get(usize::from(object as u8))
    }

    fn table_mut(&mut self, object: ObjectType) -> Option<&mut Table> {
        self.tables.get_mut(usize::from(object as u8))
    }

    /// Whether the entries of a type are complete.
    pub fn is_loaded(&self, object: ObjectType) -> bool {
        self.table(object).is_some_and(|t| t.loaded)
    }

    /// Marks these types as complete: an entry that is not in the store does not exist.
    pub fn set_loaded(&mut self, objects: impl IntoIterator<Item = ObjectType>) {
        for object in objects {
            if let Some(table) = self.table_mut(object) {
                table.loaded = true;
            }
        }
    }

    /// Forgets an object type.
    pub fn clear(&mut self, object: ObjectType) {
        let Some(table) = self.table_mut(object) else { return };
        let gone: usize = std::mem::take(table).slots.values().flat_map(Slot::items).map(Item::cost).sum();
        self.bytes = self.bytes.saturating_sub(gone);
    }

    /// Appends an entry; one without a key is ignored.
    pub fn insert(&mut self, object: ObjectType, body: &[u8]) {
        let mut buffer = std::mem::take(&mut self.key);
        if key::put(object, body, &mut buffer).is_some() {
            let hash = self.hash(&buffer);
            self.add(hash, &buffer, object, body, false);
        }
        self.key = buffer;
    }

    /// Adds the entries of another store.
    pub fn extend(&mut self, more: &Store) {
        for object in ObjectType::ALL.iter().copied() {
            more.list(object).into_iter().for_each(|body| self.insert(object, body));
            if more.is_loaded(object) {
                self.set_loaded([object]);
            }
        }
    }

    fn add(&mut self, hash: u64, key: &[u8], object: ObjectType, body: &[u8], first: bool) {
        let cost = key.len() + body.len() + OVERHEAD;
        if self.bytes.saturating_add(cost) > self.bound {
            self.full = true;
            return;
        }
        self.bytes += cost;
        self.next = self.next.wrapping_add(1);
        let item = Item::new(self.next, key, body);
        let Some(table) = self.table_mut(object) else { return };
        match table.slots.entry(hash) {
            std::collections::hash_map::Entry::Occupied(mut slot) => slot.get_mut().insert(first, item),
            std::collections::hash_map::Entry::Vacant(slot) => drop(slot.insert(Slot::One(item))),
        }
    }

    fn hash(&self, key: &[u8]) -> u64 {
        let fold = |a: u64, b: u64| {
            let wide = u128::from(a) * u128::from(b);
            (wide as u64) ^ (wide >> 64) as u64
        };
        let salt = 0x9e37_79b9_7f4a_7c15 ^ self.seed.rotate_left(32);
        let mut hash = self.seed ^ key.len() as u64;
        let (words, rest) = key.as_chunks::<8>();
        for word in words {
            hash = fold(hash ^ u64::from_le_bytes(*word), salt);
        }
        // The last eight bytes, some of them for the second time: the length tells which.
        let last = match key.last_chunk::<8>() {
            Some(last) if !rest.is_empty() => u64::from_le_bytes(*last),
            Some(_) => 0,
            None => rest.iter().fold(0, |word, byte| word << 8 | u64::from(*byte)),
        };
        hash = fold(hash ^ last, salt);
        fold(hash, 0xd6e8_feb8_6659_fd93)
    }

    /// Applies an event; `None` for one about an object type that is not kept.
    pub fn apply<'e>(&mut self, e: &Event<'e>) -> Option<Change<'e>> {
        let mut buffer = std::mem::take(&mut self.key);
        let change = key::put(e.object, e.body, &mut buffer).map(|()| self.apply_to(&buffer, e));
        self.key = buffer;
        change
    }

    /// Applies an event whose key is known.
    pub fn apply_to<'e>(&mut self, key: &[u8], e: &Event<'e>) -> Change<'e> {
        let object = e.object;
        let hash = self.hash(key);
        if e.what == What::Deleted {
            return self.remove(hash, key, e);
        }
        // A route without this flag is inserted before existing ones.
        let first = e.object == ObjectType::Route && e.flags & (NLM_F_APPEND | NLM_F_MULTIPART) == 0;
        let slot = self.tables.get_mut(usize::from(e.object as u8)).and_then(|t| t.slots.get_mut(&hash));
        let Some(slot) = slot else {
            self.add(hash, key, e.object, e.body, false);
            return Change::Added { object, new: Cow::Borrowed(e.body) };
        };
        if let Some(item) = place(slot.items(), key, e).and_then(|at| slot.items_mut().get_mut(at)) {
            let new = match object.spec().partial {
                true => Cow::Owned(joined(object, item.parts().1, e.body)),
                false => Cow::Borrowed(e.body),
            };
            let fresh = Item::new(item.order, key, &new);
            self.bytes = self.bytes.saturating_sub(item.cost()) + fresh.cost();
            let old = std::mem::replace(item, fresh).into_body();
            return Change::Changed { object, old: Cow::Owned(old), new, attributes: None };
        }
        self.add(hash, key, object, e.body, first);
        Change::Added { object, new: Cow::Borrowed(e.body) }
    }

    fn remove(&mut self, hash: u64, key: &[u8], e: &Event<'_>) -> Change<'static> {
        let object = e.object;
        let unknown = Change::Removed { object, old: None };
        let Some(table) = self.tables.get_mut(usize::from(object as u8)) else { return unknown };
        let Some(slot) = table.slots.get_mut(&hash) else { return unknown };
        let own = |i: &Item| i.parts().0 == key;
        let mut at = slot.items().iter().position(|i| own(i) && same(e.object, i.parts().1, e.body));
        if at.is_none() && e.object == ObjectType::Route {
            // Some paths of an IPv6 route.
            for item in slot.items_mut().iter_mut().filter(|i| own(i)) {
                if let Some(left) = without_paths(item.parts().1, e.body) {
                    let new = Item::new(item.order, key, &left);
                    self.bytes = self.bytes.saturating_sub(item.cost()) + new.cost();
                    let old = std::mem::replace(item, new);
                    return Change::PathsRemoved { object, old: old.into_body().into(), left: left.into_vec().into() };
                }
            }
        }
        let items = slot.items();
        if at.is_none() && items.iter().filter(|i| own(i)).count() == 1 {
            at = items.iter().position(own);
        }
        let gone = match (slot, at) {
            (Slot::Many(items), Some(at)) if items.len() > 1 => Some(items.remove(at)),
            (_, Some(_)) => match table.slots.remove(&hash) {
                Some(Slot::One(item)) => Some(item),
                Some(Slot::Many(items)) => items.into_iter().next(),
                None => None,
            },
            (_, None) => None,
        };
        let Some(gone) = gone else { return unknown };
        if table.slots.is_empty() {
            // Release the memory of a flood.
            table.slots.shrink_to(1024);
        }
        self.bytes = self.bytes.saturating_sub(gone.cost());
        Change::Removed { object, old: Some(gone.into_body().into()) }
    }

    /// The first entry with a key.
    pub fn get(&self, key: &Key) -> Option<&[u8]> {
        let items = self.slot(key.bytes());
        items.iter().map(Item::parts).find(|(k, _)| *k == key.bytes()).map(|(_, body)| body)
    }

    /// The entries with a key, in kernel order.
    pub fn get_all<'a>(&'a self, key: &'a [u8]) -> impl Iterator<Item = &'a [u8]> + Clone {
        self.slot(key).iter().map(Item::parts).filter(move |(k, _)| *k == key).map(|(_, body)| body)
    }

    fn slot(&self, key: &[u8]) -> &[Item] {
        let table = key.first().and_then(|object| self.tables.get(usize::from(*object)));
        table.and_then(|t| t.slots.get(&self.hash(key))).map_or(&[], Slot::items)
    }

    /// A link by its index.
    pub fn link(&self, index: u32) -> Option<&[u8]> {
        self.get(&Key::of_link(index))
    }

    /// The keys and messages of an object type, in arbitrary order.
    pub fn iter(&self, object: ObjectType) -> impl Iterator<Item = (&[u8], &[u8])> {
        self.table(object).into_iter().flat_map(|t| t.slots.values()).flat_map(Slot::items).map(Item::parts)
    }

    /// The messages of an object type, in order of arrival.
    pub fn list(&self, object: ObjectType) -> Vec<&[u8]> {
        let table = self.table(object).into_iter();
        let mut items: Vec<&Item> = table.flat_map(|t| t.slots.values()).flat_map(Slot::items).collect();
        items.arrange_by_key(|item| item.order);
        items.into_iter().map(|item| item.parts().1).collect()
    }

    /// The entries that a dump of a type and family would list.
    pub fn listed(&self, object: ObjectType, family: u8) -> impl Iterator<Item = (&[u8], &[u8])> {
        self.iter(object).filter(move |(key, _)| covers(key, object, family))
    }
}

/// The index of the entry that an event is about.
fn place(items: &[Item], key: &[u8], e: &Event<'_>) -> Option<usize> {
    let own = items.iter().enumerate().filter(|(_, i)| i.parts().0 == key);
    match e.object {
        object if object.spec().repeats => None,
        ObjectType::Route => {
            if let Some((at, _)) = own.clone().find(|(_, i)| same(e.object, i.parts().1, e.body)) {
                return Some(at);
            }
            // No event announces the deletion of a replaced route.
            let replaced = e.flags & NLM_F_REPLACE != 0 && e.flags & NLM_F_APPEND == 0;
            let nth = replaced_route(own.clone().map(|(_, i)| i.parts().1), e.body, replaced)?;
            own.clone().nth(nth).map(|(at, _)| at)
        }
        _ => own.map(|(at, _)| at).next(),
    }
}

/// An entry updated by an event that has only the changed attributes.
fn joined(object: ObjectType, old: &[u8], new: &[u8]) -> Vec<u8> {
    let mut out = new.to_vec();
    out.resize(crate::net::attr::align(out.len()), 0);
    let has = |kind: u16| object.attrs(new).any(|(k, _)| k == kind);
    for (kind, body) in object.attrs(old).filter(|(k, _)| !has(*k)) {
        crate::net::attr::put(&mut out, kind, body);
    }
    out
}

#[cfg(test)]
mod tests;
