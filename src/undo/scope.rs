//! What a batch touched: only that, and what hangs on it, is put back. Changes that others made meanwhile stay.

use super::snapshot::{Snapshot, index_of};
use crate::net::attr::u32_at;
use crate::net::identity::{self, Class};
use crate::net::uapi::*;
use netlink_packet_core::NLM_F_CREATE;
use std::collections::HashSet;

const NHA_GROUP: u16 = 2;

const FRA_PRIORITY: u16 = 6;

/// What the requests of a batch spoke of.
#[derive(Clone, Debug, Default)]
pub struct Touched {
    links: HashSet<u32>,
    names: HashSet<Vec<u8>>,
    /// Devices that have other things on them that were touched.
    hosts: HashSet<u32>,
    /// A group of links, or a link whose name the kernel chose.
    any_link: bool,
    /// Routes without their metric, rules by their preference, neighbours, nexthops.
    keys: HashSet<(Class, Vec<u8>)>,
    any_nexthop: bool,
    any_rule: bool,
}

impl Touched {
    /// Takes a request in.
    pub fn note(&mut self, kind: u16, flags: u16, body: &[u8]) {
        let Some(class) = Class::of(kind) else { return };
        match class {
            Class::Link => self.note_link(kind, flags, body),
            Class::Address => drop(self.hosts.insert(index_of(body))),
            // One without a preference gets one from the kernel, or means any.
            Class::Rule => match class.index(body).get(FRA_PRIORITY) {
                Some(preference) => drop(self.keys.insert((class, preference.to_vec()))),
                None => self.any_rule = true,
            },
            Class::Nexthop => match identity::key(class, body) {
                Some(key) => drop(self.keys.insert((class, key))),
                None => self.any_nexthop = true,
            },
            Class::Route | Class::Neigh => {
                if let Some(mut key) = identity::key(class, body) {
                    if class == Class::Route {
                        key.truncate(key.len() - 4);
                    }
                    self.keys.insert((class, key));
                }
            }
        }
    }

    fn note_link(&mut self, kind: u16, flags: u16, body: &[u8]) {
        let a = Class::Link.index(body);
        let index = index_of(body);
        let creates = kind == RTM_NEWLINK && flags & NLM_F_CREATE != 0;
        if index != 0 {
            self.links.insert(index);
        }
        match a.str(IFLA_IFNAME) {
            Some(name) => drop(self.names.insert(name.to_vec())),
            None if creates || index == 0 => self.any_link = true,
            None => {}
        }
        if !creates {
            return;
        }
        let Some(info) = a.nest(IFLA_LINKINFO) else { return };
        if matches!(info.str(IFLA_INFO_KIND), Some(b"veth" | b"vxcan" | b"netkit")) {
            let peer = info.nest(IFLA_INFO_DATA).and_then(|d| d.get(1)).map(|b| Class::Link.index(b));
            match peer.and_then(|p| p.str(IFLA_IFNAME)) {
                Some(name) => drop(self.names.insert(name.to_vec())),
                None => self.any_link = true,
            }
        }
    }

    /// A link that was made without a request.
    pub fn note_name(&mut self, name: &[u8]) {
        if name.is_empty() {
            self.any_link = true;
        }
        self.names.insert(name.to_vec());
    }
}

/// What is to be put back, once it is known what there was and what there is.
pub struct Scope<'a> {
    touched: &'a Touched,
    links: HashSet<u32>,
    /// Links, and devices that have something on them that was touched.
    hosts: HashSet<u32>,
    nexthops: HashSet<Vec<u8>>,
    /// The addresses of these devices: a route from one of them, on any device, goes with it.
    sources: HashSet<Vec<u8>>,
}

impl<'a> Scope<'a> {
    pub fn new(touched: &'a Touched, before: &Snapshot, now: &Snapshot) -> Scope<'a> {
        let all: Vec<&Vec<u8>> = before.of(Class::Link).iter().chain(now.of(Class::Link)).collect();
        let mut links: HashSet<u32> = touched.links.clone();
        for body in &all {
            let named = Class::Link.index(body).str(IFLA_IFNAME).is_some_and(|n| touched.names.contains(n));
            if touched.any_link || named {
                links.insert(index_of(body));
            }
        }
        // A link that goes, or goes down, takes those above with it; masters follow their ports.
        loop {
            let more: Vec<u32> = all
                .iter()
                .flat_map(|body| {
                    let family: Vec<u32> = related(body);
                    if family.iter().any(|i| links.contains(i)) { family } else { Vec::new() }
                })
                .filter(|i| !links.contains(i))
                .collect();
            if more.is_empty() {
                break;
            }
            links.extend(more);
        }
        let hosts: HashSet<u32> = links.union(&touched.hosts).copied().collect();
        let addresses = before.of(Class::Address).iter().chain(now.of(Class::Address));
        let local = |b: &Vec<u8>| {
            let a = Class::Address.index(b);
            a.get(IFA_LOCAL).or_else(|| a.get(IFA_ADDRESS)).map(<[u8]>::to_vec)
        };
        let sources = addresses.filter(|b| hosts.contains(&index_of(b))).filter_map(local).collect();
        let mut scope = Scope { touched, links, hosts, nexthops: HashSet::new(), sources };
        let list = || before.of(Class::Nexthop).iter().chain(now.of(Class::Nexthop));
        let mut nexthops: HashSet<Vec<u8>> = list()
            .filter(|b| touched.any_nexthop || scope.on_host(Class::Nexthop, b))
            .chain(list().filter(|b| identity::key(Class::Nexthop, b).is_some_and(|k| scope.keyed(Class::Nexthop, k))))
            .filter_map(|b| identity::key(Class::Nexthop, b))
            .collect();
        // A group loses a member that goes.
        let groups: Vec<Vec<u8>> = list()
            .filter(|b| {
                let members = Class::Nexthop.index(b).get(NHA_GROUP).unwrap_or_default();
                members.chunks(8).any(|m| m.get(..4).is_some_and(|id| nexthops.contains(id)))
            })
            .filter_map(|b| identity::key(Class::Nexthop, b))
            .collect();
        nexthops.extend(groups);
        scope.nexthops = nexthops;
        scope
    }

    fn on_host(&self, class: Class, body: &[u8]) -> bool {
        identity::devices(class, body).iter().any(|i| self.hosts.contains(i))
    }

    fn keyed(&self, class: Class, key: Vec<u8>) -> bool {
        self.touched.keys.contains(&(class, key))
    }

    /// Whether a thing is to be put back, or to go.
    pub fn covers(&self, class: Class, body: &[u8]) -> bool {
        let key = || identity::key(class, body);
        match class {
            Class::Link => self.links.contains(&index_of(body)),
            Class::Address => self.hosts.contains(&index_of(body)),
            Class::Rule => {
                let preference = class.index(body).get(FRA_PRIORITY).unwrap_or(&[0; 4]).to_vec();
                self.touched.any_rule || self.keyed(class, preference)
            }
            Class::Nexthop => key().is_some_and(|k| self.nexthops.contains(&k)),
            // The last address of a family takes the neighbours with it.
            Class::Neigh => self.hosts.contains(&index_of(body)) || key().is_some_and(|k| self.keyed(class, k)),
            Class::Route => {
                let a = class.index(body);
                let through = a.u32(RTA_NH_ID).is_some_and(|id| self.nexthops.contains(id.to_ne_bytes().as_slice()));
                let source = a.get(RTA_PREFSRC).is_some_and(|ip| self.sources.contains(ip));
                let stem = key().map(|mut k| {
                    k.truncate(k.len().saturating_sub(4));
                    k
                });
                through || source || self.on_host(class, body) || stem.is_some_and(|k| self.keyed(class, k))
            }
        }
    }

    /// Whether the batch spoke of this link itself.
    pub fn named(&self, body: &[u8]) -> bool {
        self.touched.links.contains(&index_of(body)) || self.touched.any_link
    }
}

/// A link, its master, and the links below it, where those are in this namespace.
fn related(body: &[u8]) -> Vec<u32> {
    let a = Class::Link.index(body);
    let below = a.u32(IFLA_LINK).filter(|_| !a.has(IFLA_LINK_NETNSID));
    let all = [u32_at(body, 4), a.u32(IFLA_MASTER), below, super::link::carrier_of(body)];
    all.into_iter().flatten().filter(|i| *i != 0).collect()
}
