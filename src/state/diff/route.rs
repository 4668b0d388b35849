//! Compares routes: those with the same prefix, metric and TOS are one list, which is ordered for IPv4.

use super::{Entry, Scope, added, ordered, removed};
use crate::schema::family::INET6;
use crate::schema::*;
use crate::state::normal::{by_itself, normalize};
use crate::state::{Change, Key, ObjectType, Store};
use std::collections::BTreeMap;

const ROUTE: ObjectType = ObjectType::Route;

/// Whether a route counts when others with its key are compared: IPv4 routes are ordered, and paths on several devices
/// may be one route.
pub fn belongs(body: &[u8]) -> bool {
    let a = ROUTE.index(body);
    body.first() != Some(&INET6) || a.has(RTA_GATEWAY) || a.has(RTA_VIA) || a.has(RTA_MULTIPATH)
}

/// The changes that lead from one state to another.
pub fn diff<'a>(from: &'a Store, to: &'a Store, scope: &dyn Scope) -> Vec<Change<'a>> {
    let key = |body: &[u8]| Key::of(ROUTE, body);
    let both = || from.list(ROUTE).into_iter().chain(to.list(ROUTE));
    let covered = crate::sort::set(both().filter(|b| scope.covers(ROUTE, b)).filter_map(&key));
    let counts = |body: &[u8]| {
        !by_itself(ROUTE, body)
            && (scope.covers(ROUTE, body) || belongs(body) && key(body).is_some_and(|k| covered.contains(&k)))
    };
    let groups = |of: &'a Store| {
        let mut all: BTreeMap<Key, Vec<Entry<'a>>> = BTreeMap::new();
        for body in of.list(ROUTE).into_iter().filter(|b| counts(b)) {
            if let Some(key) = key(body) {
                all.entry(key).or_default().push((body, normalize(ROUTE, body)));
            }
        }
        all
    };
    let (mut is, wanted) = (groups(from), groups(to));
    // Of routes that only share a key with compared ones: those that are wanted, and the rest of a multipath route.
    let is_rest = |body: &[u8], wanted: &[Entry<'_>]| {
        body.first() == Some(&INET6) && wanted.iter().any(|(w, _)| ROUTE.index(w).has(RTA_MULTIPATH))
    };
    for (key, list) in &mut is {
        let wanted = wanted.get(key).map_or(&[][..], Vec::as_slice);
        list.retain(|(body, n)| {
            scope.covers(ROUTE, body) || wanted.iter().any(|(_, w)| w == n) || is_rest(body, wanted)
        });
    }
    let keys = crate::sort::set(is.keys().chain(wanted.keys()));
    let (mut out, mut missing) = (Vec::new(), Vec::new());
    for key in keys {
        let of = |groups: &'_ BTreeMap<Key, Vec<Entry<'a>>>| groups.get(key).cloned().unwrap_or_default();
        let (is, wanted) = (of(&is), of(&wanted));
        if is.iter().chain(&wanted).any(|(b, _)| ROUTE.spec().ordered.is_some_and(|list| list(b).is_some())) {
            let d = ordered(&is, &wanted);
            out.extend(d.removed.into_iter().map(|b| removed(ROUTE, b)));
            missing.extend(d.added.into_iter().map(|b| added(ROUTE, b)));
        } else {
            let odd = |n: &[u8], other: &[Entry<'_>]| !other.iter().any(|(_, o)| o == n);
            out.extend(is.iter().filter(|(_, n)| odd(n, &wanted)).map(|(b, _)| removed(ROUTE, b)));
            missing.extend(wanted.iter().filter(|(_, n)| odd(n, &is)).map(|(b, _)| added(ROUTE, b)));
        }
    }
    out.extend(missing);
    out
}
