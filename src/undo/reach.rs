//! Reads what a batch may change before it does: for all lines before the first one runs, and for an unforeseen request
//! before it is sent. What was not read until then is as it was before the batch.

use super::record::Record;
use super::scope::Scope;
use super::snapshot::{self, route_keys};
use super::touched::{Entry, Touched};
use crate::net::{Kernel, KernelError};
use crate::state::link::ifindex;
use crate::state::normal::normalize;
use crate::state::{Key, ObjectType, Store};
use std::collections::HashSet;
use std::rc::Rc;

/// The present state of some entries.
pub struct Reached {
    /// What the batch may change.
    pub entries: Vec<Entry>,
    /// Its present state.
    pub things: Store,
    /// All present links.
    pub links: HashSet<u32>,
}

/// Reads everything that these entries reach and that the record lacks.
///
/// # Errors
///
/// The kernel refuses a dump.
pub fn read(kernel: &Kernel, record: &Record, entries: Vec<Entry>) -> Result<Reached, KernelError> {
    let mut planned = Touched::clone(&record.planned);
    entries.iter().cloned().for_each(|e| planned.add(e));
    let planned = Rc::new(planned);
    let before = &record.before;
    let known = Scope::new(&record.planned, before, &Store::default());
    let none = HashSet::new();
    let mut now = snapshot::links(kernel)?;
    let links = now.list(ObjectType::Link).into_iter().map(ifindex).collect();
    for class in ObjectType::restorable().filter(|c| *c != ObjectType::Link) {
        let mut fresh = std::mem::take(&mut now);
        let scope = Scope::new(&planned, before, &fresh);
        let mut list = Store::default();
        snapshot::refresh(&mut list, kernel, class, &scope, &none)?;
        drop(scope);
        fresh.extend(&list);
        now = fresh;
    }
    let scope = Scope::new(&planned, before, &now);
    let mut things = Store::default();
    for class in ObjectType::restorable() {
        let list = now.list(class);
        let fresh: Vec<&[u8]> = match class {
            ObjectType::Route => routes(before, list, &known),
            ObjectType::Link => {
                // If the kernel chooses the name of a device, only one that is not in the snapshot is known to be new.
                let covers = |b: &[u8]| planned.unnamed || scope.covers(class, b);
                let new = |b: &&[u8]| covers(b) && before.link(ifindex(b)).is_none();
                list.into_iter().filter(new).collect()
            }
            _ => list.into_iter().filter(|b| scope.covers(class, b) && !known.covers(class, b)).collect(),
        };
        fresh.into_iter().for_each(|body| things.insert(class, body));
    }
    Ok(Reached { entries, things, links })
}

/// The routes that are not recorded yet: one that shares a key with a reached one may be.
fn routes<'a>(before: &Store, list: Vec<&'a [u8]>, known: &Scope<'_>) -> Vec<&'a [u8]> {
    let keys = route_keys(before);
    let is_known = |b: &[u8]| {
        known.covers(ObjectType::Route, b)
            || Key::of(ObjectType::Route, b).is_some_and(|k| {
                keys.contains(&k)
                    && before
                        .get_all(k.bytes())
                        .any(|w| normalize(ObjectType::Route, w) == normalize(ObjectType::Route, b))
            })
    };
    list.into_iter().filter(|b| !is_known(b)).collect()
}
