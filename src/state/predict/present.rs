//! The keys of the entries that exist, in 16 bytes each: a dry run beside a million routes must not need a copy of them.

use crate::net::Kernel;
use crate::state::store::Choose;
use crate::state::{Key, ObjectType, Store};
use std::hash::{BuildHasher as _, RandomState};

/// A removed entry; no tail is as large.
const GONE: u64 = u64::MAX;

/// The keys of existing entries: the hash of a key's stem ([`Key::stem`]), and what follows it. Two stems with one hash
/// would at worst make a prediction wrong.
#[derive(Default)]
pub struct Present {
    /// Sorted by the hash.
    entries: Vec<(u64, u64)>,
    seed: RandomState,
}

impl Present {
    /// Reads the keys of an object type; none if the kernel refuses the dump.
    pub fn load(kernel: &Kernel, object: ObjectType) -> Present {
        let mut keys = Keys { object, of: Present::default() };
        if Store::default().read(kernel, object, &mut keys).is_err() {
            keys.reset();
        }
        let mut of = keys.of;
        of.entries.sort_unstable();
        of
    }

    fn stem(&self, key: &Key) -> u64 {
        self.seed.hash_one(key.split().0)
    }

    /// The entries with a stem, and the place of the first.
    fn like(&self, key: &Key) -> impl Iterator<Item = (usize, u64)> {
        let stem = self.stem(key);
        let from = self.entries.partition_point(|(of, _)| *of < stem);
        let all = self.entries.iter().enumerate().skip(from).take_while(move |(_, (of, _))| *of == stem);
        all.map(|(at, (_, tail))| (at, *tail)).filter(|(_, tail)| *tail != GONE)
    }

    /// The place of the entry with a key.
    pub fn find(&self, key: &Key) -> Option<usize> {
        let wanted = tail(key);
        self.like(key).find(|(_, tail)| *tail == wanted).map(|(at, _)| at)
    }

    /// The first entry whose key has the same stem: what follows it, and its place.
    pub fn first_like(&self, key: &Key) -> Option<(u64, usize)> {
        self.like(key).map(|(at, tail)| (tail, at)).min()
    }

    /// Removes the entry at a place.
    pub fn remove(&mut self, at: usize) {
        if let Some((_, tail)) = self.entries.get_mut(at) {
            *tail = GONE;
        }
    }
}

/// What follows the stem of a key, for comparisons: of a route its metric.
pub fn tail(key: &Key) -> u64 {
    let rest = key.split().1;
    match rest.first_chunk() {
        Some(metric) if rest.len() == 4 => u32::from_be_bytes(*metric).into(),
        // The prefix of an address, and the peer's: FNV-1a.
        _ => {
            rest.iter().fold(0xcbf2_9ce4_8422_2325, |sum: u64, b| (sum ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3))
        }
    }
}

/// Keeps the keys of a dump.
struct Keys {
    object: ObjectType,
    of: Present,
}

impl Choose for Keys {
    fn take(&mut self, body: &[u8], _list: &mut Vec<Vec<u8>>) {
        if let Some(key) = Key::of(self.object, body) {
            let entry = (self.of.stem(&key), tail(&key));
            self.of.entries.push(entry);
        }
    }

    fn reset(&mut self) {
        self.of.entries.clear();
    }
}
