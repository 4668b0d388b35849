//! Reads what a scope reaches of the kernel's tables, for a rollback.

use super::scope::Scope;
use crate::net::{Kernel, KernelError, Request};
use crate::schema::RTA_TABLE;
use crate::schema::family::MPLS;
use crate::state::diff::route::belongs;
use crate::state::store::{Choose, Matching};
use crate::state::{Dump, Key, ObjectType, Store, key};
use std::collections::HashSet;

/// All present links.
///
/// # Errors
///
/// The kernel refuses the dump.
pub fn links(kernel: &Kernel) -> Result<Store, KernelError> {
    Store::load(kernel, [ObjectType::Link])
}

/// Reads what a scope reaches of an object type, and replaces what the store had of it. Links and nexthops are read
/// completely, because the reach of the others depends on them.
///
/// # Errors
///
/// The kernel refuses the dump.
pub fn refresh(
    store: &mut Store,
    kernel: &Kernel,
    object: ObjectType,
    scope: &Scope<'_>,
    keys: &Keys,
) -> Result<(), KernelError> {
    store.clear(object);
    match object {
        _ if !scope.wants(object) => Ok(()),
        ObjectType::Link | ObjectType::Nexthop => store.read(kernel, object, &mut Matching(&|_| true)),
        ObjectType::Route => store.read_by(kernel, object, &mut dumps(scope, keys), &mut Runs::new(scope, keys)),
        _ => store.read(kernel, object, &mut Matching(&|body| scope.covers(object, body))),
    }
}

/// Maximum number of tables that are read one by one, of all families together.
const TABLES: usize = 32;

/// The dumps that list all routes that are reached: of their tables, if those are known. The kernel filters routes by
/// table, type, protocol and device, and not by prefix: the time that a dump takes is in proportion to the table.
fn dumps(scope: &Scope<'_>, keys: &Keys) -> impl Iterator<Item = Request> {
    let known = scope.route_tables().map(|mut tables| {
        tables.extend(keys.iter().filter_map(Key::route_table));
        tables
    });
    let tables = known.filter(|tables| tables.len() <= TABLES);
    let all = tables.is_none().then(|| ObjectType::Route.own_dumps()).into_iter().flatten();
    all.chain(tables.into_iter().flatten().map(|(family, table)| {
        let request = Dump::of(family).request(ObjectType::Route);
        // MPLS has one table.
        if family == MPLS { request } else { request.with(RTA_TABLE, &table.to_ne_bytes()) }
    }))
}

/// Keys of routes.
pub type Keys = HashSet<Key>;

/// Routes with one key (prefix, TOS and metric) are adjacent. If one of them is reached, the others count too: their
/// order matters, or they are paths of one route.
struct Runs<'a> {
    scope: &'a Scope<'a>,
    /// Keys of which all routes are kept.
    keys: &'a Keys,
    /// Only routes with a key that was touched are reached: all of a run, or none.
    is_keyed: bool,
    /// The key of the run, and of the next route.
    key: Vec<u8>,
    next: Vec<u8>,
    wanted: bool,
    run: Vec<(Vec<u8>, bool)>,
}

impl<'a> Runs<'a> {
    fn new(scope: &'a Scope<'a>, keys: &'a Keys) -> Runs<'a> {
        let is_keyed = scope.route_tables().is_some();
        Runs { scope, keys, is_keyed, key: Vec::new(), next: Vec::new(), wanted: false, run: Vec::new() }
    }
}

impl Choose for Runs<'_> {
    fn take(&mut self, body: &[u8], list: &mut Vec<Vec<u8>>) {
        if key::put(ObjectType::Route, body, &mut self.next).is_none() {
            self.next.clear();
        }
        let is_kept = |key: &[u8]| !self.keys.is_empty() && self.keys.contains(key);
        // Nearly all of a large table.
        if self.is_keyed && !self.scope.has_stem_of(&self.next) && !is_kept(&self.next) {
            return;
        }
        if self.next != self.key {
            let wanted = is_kept(&self.next);
            self.end(list);
            self.wanted = wanted;
            std::mem::swap(&mut self.key, &mut self.next);
        }
        let covered = self.scope.covers(ObjectType::Route, body);
        self.wanted |= covered;
        self.run.push((body.to_vec(), covered));
    }

    fn end(&mut self, list: &mut Vec<Vec<u8>>) {
        let wanted = std::mem::take(&mut self.wanted);
        list.extend(self.run.drain(..).filter(|(body, covered)| *covered || wanted && belongs(body)).map(|(b, _)| b));
    }

    fn reset(&mut self) {
        self.key.clear();
        self.wanted = false;
        self.run.clear();
    }
}

/// The keys of the routes in a snapshot.
pub fn route_keys(of: &Store) -> Keys {
    of.list(ObjectType::Route).into_iter().filter_map(|b| Key::of(ObjectType::Route, b)).collect()
}
