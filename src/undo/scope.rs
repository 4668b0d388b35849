//! What requests reach: the entries they name, and what the kernel changes in consequence. A snapshot needs no more,
//! and nothing else is restored: changes by others stay.

use super::touched::{Entry, Touched};
use crate::net::attr::u32_at;
use crate::net::{Index, Request};
use crate::object::Declared;
use crate::schema::family::INET;
use crate::schema::*;
use crate::state::link::{ifindex, related_links};
use crate::state::{Key, ObjectType, Store, devices};
use std::collections::{BTreeSet, HashSet};
use std::rc::Rc;

/// What is reached, given the former and the present state.
pub struct Scope<'a> {
    touched: Rc<Touched>,
    links: HashSet<u32>,
    /// Links that were touched, or that have touched entries.
    hosts: HashSet<u32>,
    /// Devices that only get more addresses: the kernel adds its own routes to them.
    added: HashSet<u32>,
    nexthops: HashSet<Key>,
    /// The addresses of these devices: the kernel deletes routes with such a source on any device.
    sources: HashSet<Vec<u8>>,
    /// Nothing outside of the snapshot's scope is restored.
    limit: Option<&'a Scope<'a>>,
    routes_by_key: bool,
}

impl<'a> Scope<'a> {
    /// The scope of what a batch touched.
    pub fn new(touched: &Rc<Touched>, before: &Store, now: &Store) -> Scope<'a> {
        let all: Vec<&[u8]> = before.list(ObjectType::Link).into_iter().chain(now.list(ObjectType::Link)).collect();
        let links = family(touched, &all);
        let mut hosts: HashSet<u32> = links.union(&touched.hosts).copied().collect();
        // A device that loses its only IPv4 address loses all its routes.
        let known = if before.is_loaded(ObjectType::Address) { before } else { now };
        let is_bare = |index: &u32| {
            let addresses = known.list(ObjectType::Address).into_iter();
            !addresses.filter(|b| b.first() == Some(&INET)).any(|b| ifindex(b) == *index)
        };
        let (bare, added): (HashSet<u32>, HashSet<u32>) = touched.added.iter().copied().partition(is_bare);
        hosts.extend(bare);
        let addresses = before.list(ObjectType::Address).into_iter().chain(now.list(ObjectType::Address));
        let local = |b: &[u8]| {
            let a = ObjectType::Address.index(b);
            a.get(IFA_LOCAL).or_else(|| a.get(IFA_ADDRESS)).map(<[u8]>::to_vec)
        };
        let sources = addresses
            .filter(|b| hosts.contains(&ifindex(b)) || added.contains(&ifindex(b)))
            .filter_map(local)
            .collect();
        let routes_by_key = touched.has_keys(ObjectType::Route);
        let mut scope = Scope {
            touched: touched.clone(),
            links,
            hosts,
            added,
            nexthops: HashSet::new(),
            sources,
            limit: None,
            routes_by_key,
        };
        let list = || before.list(ObjectType::Nexthop).into_iter().chain(now.list(ObjectType::Nexthop));
        let mut nexthops: HashSet<Key> = list()
            .filter(|b| touched.is_any(ObjectType::Nexthop) || scope.on_host(ObjectType::Nexthop, b))
            .chain(list().filter(|b| Key::of(ObjectType::Nexthop, b).is_some_and(|k| touched.keyed(&k))))
            .filter_map(|b| Key::of(ObjectType::Nexthop, b))
            .collect();
        // A group loses a member that is deleted.
        let groups: Vec<Key> = list()
            .filter(|b| {
                let members = ObjectType::Nexthop.index(b).get(NHA_GROUP).unwrap_or_default();
                members.chunks(8).filter_map(|m| u32_at(m, 0)).any(|id| nexthops.contains(&Key::of_nexthop(id)))
            })
            .filter_map(|b| Key::of(ObjectType::Nexthop, b))
            .collect();
        nexthops.extend(groups);
        scope.nexthops = nexthops;
        scope
    }

    /// The scope, limited to that of a snapshot.
    pub fn within(mut self, limit: &'a Scope<'a>) -> Scope<'a> {
        self.limit = Some(limit);
        self
    }

    /// Whether anything of an object type can be reached.
    pub fn wants(&self, class: ObjectType) -> bool {
        let here = self.touched.is_any(class) || self.touched.has_keys(class);
        match class {
            ObjectType::Link => {
                !self.links.is_empty()
                    || !self.touched.settings.is_empty()
                    || !self.touched.names.is_empty()
                    || self.touched.any_link
                    || self.touched.unnamed
            }
            ObjectType::Address => !self.hosts.is_empty() || !self.added.is_empty(),
            ObjectType::Nexthop | ObjectType::Neigh => here || !self.hosts.is_empty(),
            ObjectType::Route => here || !self.hosts.is_empty() || !self.added.is_empty() || !self.nexthops.is_empty(),
            _ => here,
        }
    }

    fn on_host(&self, class: ObjectType, body: &[u8]) -> bool {
        devices(class, body).iter().any(|i| self.hosts.contains(i))
    }

    /// Whether an entry is to be restored or deleted.
    pub fn covers(&self, class: ObjectType, body: &[u8]) -> bool {
        self.reaches(class, body)
            && self.limit.is_none_or(|l| l.reaches(class, body) || class == ObjectType::Link && self.is_new(body))
    }

    fn reaches(&self, class: ObjectType, body: &[u8]) -> bool {
        if self.touched.is_any(class) {
            return true;
        }
        let keyed = || Key::of(class, body).is_some_and(|k| self.touched.keyed(&k));
        match class {
            ObjectType::Link => {
                let index = ifindex(body);
                self.links.contains(&index) || self.touched.settings.contains(&index)
            }
            ObjectType::Address => self.hosts.contains(&ifindex(body)) || self.added.contains(&ifindex(body)),
            ObjectType::Rule => {
                let preference = class.index(body).u32(FRA_PRIORITY).unwrap_or(0);
                self.touched.preferences.contains(&preference)
            }
            ObjectType::Nexthop => {
                Key::of(class, body).is_some_and(|k| self.nexthops.contains(&k) || self.touched.keyed(&k))
            }
            // The kernel deletes the neighbours with the last address of a family.
            ObjectType::Neigh => self.hosts.contains(&ifindex(body)) || keyed(),
            ObjectType::Route => self.reaches_route(body),
            _ => keyed(),
        }
    }

    fn reaches_route(&self, body: &[u8]) -> bool {
        let a: Index<'_, 72> = ObjectType::Route.index(body);
        let own = body.get(5) == Some(&RTPROT_KERNEL);
        if a.u32(RTA_OIF).is_some_and(|i| self.hosts.contains(&i) || own && self.added.contains(&i)) {
            return true;
        }
        let through = a.u32(RTA_NH_ID).is_some_and(|id| self.nexthops.contains(&Key::of_nexthop(id)));
        let source = a.get(RTA_PREFSRC).is_some_and(|ip| self.sources.contains(ip));
        let several = || a.has(RTA_MULTIPATH) && self.on_host(ObjectType::Route, body);
        let keyed = || Key::of(ObjectType::Route, body).is_some_and(|k| self.touched.keyed(&k.stem()));
        through || source || several() || self.routes_by_key && keyed()
    }

    /// The families and tables of all routes that are reached, if only the keys of routes reach any.
    pub fn route_tables(&self) -> Option<BTreeSet<(u8, u32)>> {
        let by_others = self.touched.is_any(ObjectType::Route)
            || !(self.hosts.is_empty() && self.added.is_empty() && self.nexthops.is_empty() && self.sources.is_empty());
        (!by_others).then(|| crate::sort::set(self.touched.keys.iter().filter_map(Key::route_table)))
    }

    /// Whether the route with this key, or one that differs from it in its metric, was touched by its key.
    pub fn has_stem_of(&self, key: &[u8]) -> bool {
        let stem = key.len().checked_sub(4).and_then(|end| key.get(..end));
        stem.is_some_and(|stem| self.touched.keys.contains(stem))
    }

    /// Whether a link is reached with all that depends on it.
    pub fn has_link(&self, index: u32) -> bool {
        self.links.contains(&index)
    }

    /// Whether the batch named this link itself.
    pub fn named(&self, body: &[u8]) -> bool {
        self.touched.links.contains(&ifindex(body)) || self.touched.any_link
    }

    /// Whether the batch created a link with this name.
    pub fn is_made(&self, body: &[u8]) -> bool {
        let name = ObjectType::Link.index(body).str(IFLA_IFNAME).unwrap_or_default();
        self.touched.unnamed || self.touched.names.contains(name)
    }

    /// Whether a link that did not exist before was created by the batch.
    pub fn is_new(&self, body: &[u8]) -> bool {
        let index = ifindex(body);
        self.is_made(body) || self.touched.links.contains(&index) || self.touched.settings.contains(&index)
    }

    /// Whether everything that a request names is in the scope; a link that the batch created had no former state.
    pub fn includes(&self, r: &Request, entries: &[Entry], is_made: &mut dyn FnMut(u32) -> bool) -> bool {
        let class = ObjectType::of_request(r.kind);
        let deletes = r.kind & 3 == 1;
        let devices = class.map(|c| devices(c, &r.body)).unwrap_or_default();
        let mut on_hosts = || !devices.is_empty() && devices.iter().all(|i| self.hosts.contains(i) || is_made(*i));
        let by_host = match class {
            Some(ObjectType::Route) => deletes && on_hosts(),
            Some(ObjectType::Neigh) => on_hosts(),
            _ => false,
        };
        by_host
            || entries.iter().all(|e| match e {
                Entry::Link(index) => self.links.contains(index) || is_made(*index),
                Entry::Setting(index) => {
                    self.links.contains(index) || self.touched.settings.contains(index) || is_made(*index)
                }
                Entry::Name(name) => self.touched.names.contains(name) || self.touched.any_link,
                Entry::Added(index) => self.hosts.contains(index) || self.added.contains(index) || is_made(*index),
                Entry::Host(index) => self.hosts.contains(index) || is_made(*index),
                Entry::AnyLink => self.touched.any_link,
                Entry::Unnamed => true,
                Entry::Key(key) => {
                    key.object().is_some_and(|object| self.touched.is_any(object)) || self.touched.keyed(key)
                }
                Entry::Preference(preference) => {
                    self.touched.is_any(ObjectType::Rule) || self.touched.preferences.contains(preference)
                }
                Entry::Any(class) => self.touched.is_any(*class),
            })
    }
}

/// The links that are reached: deleting a link or setting it down affects the links above it; masters follow their
/// ports.
fn family(touched: &Touched, all: &[&[u8]]) -> HashSet<u32> {
    let mut links = touched.links.clone();
    for body in all {
        let named = ObjectType::Link.index(body).str(IFLA_IFNAME).is_some_and(|n| touched.names.contains(n));
        if touched.any_link || named || touched.is_any(ObjectType::Link) {
            links.insert(ifindex(body));
        }
    }
    let families: Vec<Vec<u32>> =
        all.iter().map(|body| related_links(body, &Declared)).filter(|f| f.len() > 1).collect();
    loop {
        let more: Vec<u32> = families
            .iter()
            .filter(|f| f.iter().any(|i| links.contains(i)))
            .flatten()
            .copied()
            .filter(|i| !links.contains(i))
            .collect();
        if more.is_empty() {
            return links;
        }
        links.extend(more);
    }
}
