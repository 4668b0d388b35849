//! Compares two states: a `Change` for each entry that differs and that a request can change. Read-only attributes, and
//! entries that the kernel creates and deletes by itself, are ignored.
//!
//! Where the kernel keeps a list in the order in which entries were added (`Spec::ordered`), an entry in another
//! position differs: all after the first difference are deleted and added again.

pub(super) mod link;
pub mod route;

use super::normal::{after, attrs_of, by_itself, lifetimes, lifetimes_match, normalize, remaining_lifetime};
use super::same::changed_attributes;
use super::{Change, Key, ObjectType, Store};
use crate::schema::{IFA_CACHEINFO, Kinds, find};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

/// Which entries are compared.
pub trait Scope {
    /// Whether an entry is compared.
    fn covers(&self, object: ObjectType, body: &[u8]) -> bool;

    /// Whether to delete a link that the wanted state lacks. `replaces`: the wanted state has another link with its
    /// index.
    fn deletes_link(&self, body: &[u8], _replaces: bool) -> bool {
        self.covers(ObjectType::Link, body)
    }

    /// Whether to compare the settings of a kind that `rip` cannot recreate.
    fn compares_data(&self, _body: &[u8]) -> bool {
        true
    }

    /// Seconds since the wanted state was read: lifetimes have decreased since.
    fn elapsed(&self) -> u32 {
        0
    }
}

/// Compares everything.
pub struct Everything;

impl Scope for Everything {
    fn covers(&self, _object: ObjectType, _body: &[u8]) -> bool {
        true
    }
}

/// The changes that lead from one state to another, in dependency order.
///
/// One pass may not be enough: a created link gets the settings that the kernel accepts only afterwards in the next
/// comparison, and the kernel deletes more than requested.
pub fn diff<'a>(from: &'a Store, to: &'a Store, scope: &dyn Scope, kinds: &dyn Kinds) -> Vec<Change<'a>> {
    ObjectType::restorable().flat_map(|object| diff_of(object, from, to, scope, kinds)).collect()
}

/// [`diff`] of one object type.
pub fn diff_of<'a>(
    object: ObjectType,
    from: &'a Store,
    to: &'a Store,
    scope: &dyn Scope,
    kinds: &dyn Kinds,
) -> Vec<Change<'a>> {
    match object {
        ObjectType::Link => link::diff(from, to, scope, kinds),
        ObjectType::Route => route::diff(from, to, scope),
        _ if object.spec().ordered.is_some() => lists(object, from, to, scope),
        _ => entries(object, from, to, scope),
    }
}

/// The entries that are compared.
fn compared<'a>(object: ObjectType, of: &'a Store, scope: &dyn Scope) -> impl Iterator<Item = &'a [u8]> {
    of.list(object).into_iter().filter(move |b| scope.covers(object, b) && !by_itself(object, b))
}

fn added(object: ObjectType, new: &[u8]) -> Change<'_> {
    Change::Added { object, new: Cow::Borrowed(new) }
}

fn removed(object: ObjectType, old: &[u8]) -> Change<'_> {
    Change::Removed { object, old: Some(Cow::Borrowed(old)) }
}

/// Entries without an order.
fn entries<'a>(object: ObjectType, from: &'a Store, to: &'a Store, scope: &dyn Scope) -> Vec<Change<'a>> {
    let key = |body: &'a [u8]| Some((Key::of(object, body)?, body));
    let is: HashMap<Key, &[u8]> = compared(object, from, scope).filter_map(key).collect();
    let wanted: Vec<(Key, &[u8])> = compared(object, to, scope).filter_map(key).collect();
    let kept: HashMap<&Key, &[u8]> = wanted.iter().map(|(key, body)| (key, *body)).collect();
    // Entries that no request deletes are created and deleted with other entries.
    let stands_alone = object.spec().del != 0;
    let surplus =
        compared(object, from, scope).filter_map(key).filter(|(key, _)| stands_alone && !kept.contains_key(key));
    let mut out: Vec<Change<'a>> = surplus.map(|(_, body)| removed(object, body)).collect();
    for (key, new) in &wanted {
        match is.get(key) {
            None if stands_alone => out.push(added(object, new)),
            None => {}
            Some(old) if normalize(object, old) == normalize(object, new) => {}
            Some(old) => out.push(changed(object, old, new)),
        }
    }
    out
}

fn changed<'a>(object: ObjectType, old: &'a [u8], new: &'a [u8]) -> Change<'a> {
    let table = attrs_of(object);
    let is_settable = |number: &u16| find(table, *number).is_some_and(|row| row.is_settable());
    let attributes = changed_attributes(object, old, new).filter(is_settable).collect();
    Change::Changed { object, old: Cow::Borrowed(old), new: Cow::Borrowed(new), attributes: Some(attributes) }
}

/// An entry and its settable part.
type Entry<'a> = (&'a [u8], Vec<u8>);

/// How an ordered list differs.
struct Differences<'a> {
    /// The entries in the right position, as they are and as they are wanted.
    kept: Vec<(&'a [u8], &'a [u8])>,
    removed: Vec<&'a [u8]>,
    added: Vec<&'a [u8]>,
}

/// Compares two lists to which entries can only be appended: surplus entries are deleted, and of the others, all after
/// the first one in the wrong position.
fn ordered<'a>(from: &[Entry<'a>], to: &[Entry<'a>]) -> Differences<'a> {
    // The kernel can hold equal entries.
    let mut counts: HashMap<&[u8], usize> = HashMap::new();
    to.iter().for_each(|(_, n)| *counts.entry(n).or_insert(0) += 1);
    let (mut stay, mut removed) = (Vec::new(), Vec::new());
    for entry in from {
        match counts.get_mut(entry.1.as_slice()).filter(|n| **n > 0) {
            Some(n) => {
                *n -= 1;
                stay.push(entry);
            }
            None => removed.push(entry.0),
        }
    }
    let same = stay.iter().zip(to).take_while(|(a, b)| a.1 == b.1).count();
    removed.extend(stay.iter().skip(same).map(|e| e.0));
    let kept = stay.iter().zip(to).take(same).map(|(a, b)| (a.0, b.0)).collect();
    Differences { kept, removed, added: to.iter().skip(same).map(|e| e.0).collect() }
}

/// Addresses and rules: compares each list separately.
fn lists<'a>(object: ObjectType, from: &'a Store, to: &'a Store, scope: &dyn Scope) -> Vec<Change<'a>> {
    let mut all: BTreeMap<Vec<u8>, [Vec<Entry<'a>>; 2]> = BTreeMap::new();
    for (n, store) in [from, to].into_iter().enumerate() {
        for body in compared(object, store, scope) {
            let list = object.spec().ordered.and_then(|list| list(body)).map(|name| all.entry(name).or_default());
            if let Some(list) = list.and_then(|both| both.get_mut(n)) {
                list.push((body, normalize(object, body)));
            }
        }
    }
    let mut out = Vec::new();
    for [mut is, mut wanted] in all.into_values() {
        if object == ObjectType::Address && is.iter().chain(&wanted).any(|(b, _)| is_v6(b)) {
            // The kernel inserts a new IPv6 address before those of its scope: the last one was added first.
            is.reverse();
            wanted.reverse();
        }
        let d = ordered(&is, &wanted);
        if object == ObjectType::Address {
            out.extend(d.kept.iter().filter_map(|(old, new)| aged(old, new, scope.elapsed())));
        }
        out.extend(d.removed.into_iter().map(|body| removed(object, body)));
        out.extend(d.added.into_iter().filter_map(|body| match object {
            ObjectType::Address => later(body, scope.elapsed()),
            _ => Some(added(object, body)),
        }));
    }
    out
}

fn is_v6(body: &[u8]) -> bool {
    body.first() == Some(&crate::schema::family::INET6)
}

/// The change of an address whose lifetimes differ from what they should be by now.
fn aged<'a>(old: &'a [u8], new: &'a [u8], elapsed: u32) -> Option<Change<'a>> {
    let (preferred, valid) = lifetimes(new);
    let left = (remaining_lifetime(preferred, elapsed), remaining_lifetime(valid, elapsed));
    (!lifetimes_match(left, lifetimes(old))).then(|| Change::Changed {
        object: ObjectType::Address,
        old: Cow::Borrowed(old),
        new: Cow::Owned(after(new, elapsed)),
        attributes: Some(vec![IFA_CACHEINFO]),
    })
}

/// An address that is missing, unless it would have expired by now.
fn later(new: &[u8], elapsed: u32) -> Option<Change<'_>> {
    let (_, valid) = lifetimes(new);
    let new = if elapsed == 0 { Cow::Borrowed(new) } else { Cow::Owned(after(new, elapsed)) };
    (remaining_lifetime(valid, elapsed) > 0).then_some(Change::Added { object: ObjectType::Address, new })
}

#[cfg(test)]
mod tests;
