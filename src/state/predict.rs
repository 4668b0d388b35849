//! Predicts the effects of requests without sending them, for dry runs.
//!
//! The model is the kernel's present state with the requests so far applied. The kernel does more than requested
//! (deleting a link deletes its routes, an address adds one): after such a change, nothing is predicted for the object
//! types that it may have touched.

mod present;

use super::link::{ifindex, kind_of, peer_of};
use super::{Key, ObjectType, Store, devices, route_table};
use crate::diag::Diag;
use crate::net::interceptor::Known;
use crate::net::multipath::Hops;
use crate::net::{Kernel, KernelError, Request};
use crate::schema::family::{INET, INET6};
use crate::schema::*;
use crate::sort::Arrange as _;
use netlink_packet_core::{NLM_F_CREATE, NLM_F_EXCL, NLM_F_REPLACE};
use nix::errno::Errno;
use present::Present;
use std::collections::{BTreeMap, HashMap};

/// The first index for links that do not exist yet.
const IMAGINED: u32 = 1_000_000_000;

/// The effects of a request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Effects {
    /// The earlier lines that create what it needs.
    pub depends: Vec<usize>,
}

/// Entries of a type: those that exist now, and those that lines would create.
#[derive(Default)]
struct Entries {
    now: Present,
    /// By key, with the line that would create it.
    made: BTreeMap<Key, usize>,
}

/// An entry that was found.
enum Found {
    /// The line would create it.
    Made(Key, usize),
    /// It exists now, at this place among those that do.
    Now(usize),
    /// A rule: by a part of its selectors it may be any.
    Unknown,
}

impl Entries {
    fn get(&self, key: &Key) -> Option<Found> {
        let made = self.made.get(key).map(|line| Found::Made(key.clone(), *line));
        made.or_else(|| self.now.find(key).map(Found::Now))
    }

    /// The first entry whose key begins like that of `key`.
    fn get_like(&self, key: &Key) -> Option<Found> {
        let stem = key.stem();
        let made = self.made.range(stem.clone()..).next().filter(|(k, _)| k.has_stem(&stem));
        let now = self.now.first_like(key);
        match (made, now) {
            (Some((made, line)), now) if now.is_none_or(|(tail, _)| present::tail(made) < tail) => {
                Some(Found::Made(made.clone(), *line))
            }
            (_, now) => now.map(|(_, at)| Found::Now(at)),
        }
    }

    fn remove(&mut self, found: Found) {
        match found {
            Found::Made(key, _) => drop(self.made.remove(&key)),
            Found::Now(at) => self.now.remove(at),
            Found::Unknown => {}
        }
    }
}

/// The predicted state: the kernel's state with the requests so far applied.
pub struct Model {
    kernel: Kernel,
    kinds: &'static dyn Kinds,
    /// The number of the line that is being planned.
    pub line: usize,
    entries: HashMap<ObjectType, Entries>,
    /// Links by name: their index, or `None` if deleted.
    links: HashMap<Vec<u8>, Option<u32>>,
    names: HashMap<u32, Vec<u8>>,
    /// The line that would create a predicted link, by its index.
    made: HashMap<u32, usize>,
    next: u32,
    /// The prefixes of addresses that lines would add, and the lines.
    networks: Vec<(ipnetwork::IpNetwork, usize)>,
    /// Types of which the kernel may change more than requested.
    unsure: Vec<ObjectType>,
    changed: bool,
    /// Rules by family and preference, loaded when one is deleted.
    rules: Option<Vec<(u8, u32)>>,
    /// Whether to read the present state and predict errors; otherwise only names of links are followed.
    pub predicts: bool,
}

impl Model {
    /// A model of the present state; `rcvbuf` is the receive buffer of its socket, in bytes.
    ///
    /// # Errors
    ///
    /// The netlink socket cannot be opened.
    pub fn new(rcvbuf: u32, kinds: &'static dyn Kinds) -> Result<Model, Diag> {
        Ok(Model {
            kernel: Kernel::open(rcvbuf)?,
            kinds,
            line: 0,
            entries: HashMap::new(),
            links: HashMap::new(),
            names: HashMap::new(),
            made: HashMap::new(),
            next: IMAGINED,
            networks: Vec::new(),
            unsure: Vec::new(),
            changed: false,
            rules: None,
            predicts: true,
        })
    }

    /// A device by its name.
    pub fn link(&self, name: &[u8]) -> Known {
        match self.links.get(name) {
            Some(Some(index)) => Known::Index(*index),
            Some(None) => Known::Gone,
            None => Known::Unknown,
        }
    }

    /// The name that a link would have.
    pub fn name(&self, index: u32) -> Option<Vec<u8>> {
        self.names.get(&index).cloned()
    }

    /// Predicts the effects of a request, and applies them to the model.
    ///
    /// # Errors
    ///
    /// The error with which the kernel would certainly refuse it.
    pub fn predict(&mut self, r: &Request) -> Result<Effects, KernelError> {
        let Some(object) = ObjectType::of_request(r.kind) else { return Ok(Effects::default()) };
        let mut depends: Vec<usize> =
            devices(object, &r.body).iter().filter_map(|i| self.made.get(i)).copied().collect();
        if object == ObjectType::Link {
            self.take_link(r)?;
        } else if self.predicts {
            if object == ObjectType::Rule {
                self.take_rule(r)?;
            }
            depends.extend(self.take_entry(object, r)?);
            depends.extend(self.network_lines(object, r));
        }
        self.changed = true;
        depends.retain(|line| *line != self.line);
        depends.arrange();
        depends.dedup();
        Ok(Effects { depends })
    }

    /// Applies the creation of a link without a request.
    ///
    /// # Errors
    ///
    /// EEXIST: its name is in use.
    pub fn make_link(&mut self, name: &[u8]) -> Result<(), KernelError> {
        if name.is_empty() {
            return Ok(());
        }
        if self.is_there(name) {
            return Err(KernelError::from_errno(Errno::EEXIST));
        }
        self.imagine(name);
        Ok(())
    }

    /// Applies the deletion of a link without a request.
    pub fn remove_link(&mut self, name: &[u8]) {
        self.links.insert(name.to_vec(), None);
        self.forget(&[ObjectType::Address, ObjectType::Route, ObjectType::Neigh, ObjectType::Nexthop]);
    }

    /// The earlier line that would create a link.
    pub fn maker(&self, name: &[u8]) -> Option<usize> {
        let index = self.links.get(name).copied().flatten()?;
        self.made.get(&index).copied().filter(|line| *line < self.line)
    }

    /// Whether a link of this name would exist.
    pub fn is_there(&self, name: &[u8]) -> bool {
        match self.link(name) {
            Known::Index(_) => true,
            Known::Gone => false,
            Known::Unknown => {
                let mut z = name.to_vec();
                z.push(0);
                let attr = if name.len() > 15 { IFLA_ALT_IFNAME } else { IFLA_IFNAME };
                self.kernel.ask(&Request::of_family(RTM_GETLINK, 0, 0).with(attr, &z)).is_ok()
            }
        }
    }

    fn imagine(&mut self, name: &[u8]) {
        let index = self.next;
        self.next += 1;
        self.links.insert(name.to_vec(), Some(index));
        self.names.insert(index, name.to_vec());
        self.made.insert(index, self.line);
    }

    fn take_link(&mut self, r: &Request) -> Result<(), KernelError> {
        let a = ObjectType::Link.index(&r.body);
        let index = ifindex(&r.body);
        let new_name = a.str(IFLA_IFNAME);
        match r.kind {
            RTM_NEWLINK if r.flags & NLM_F_CREATE != 0 => {
                let kind = kind_of(&a);
                let there = new_name.is_some_and(|n| self.is_there(n));
                if there && r.flags & NLM_F_EXCL != 0 {
                    return Err(KernelError::from_errno(Errno::EEXIST));
                }
                // Created in another namespace, it is not visible here.
                let away = a.has(IFLA_NET_NS_FD) || a.has(IFLA_NET_NS_PID);
                if let Some(name) = new_name.filter(|_| !there && !away) {
                    self.imagine(name);
                }
                if let Some(name) = peer_name(&a, self.kinds).filter(|_| !kind.is_empty() && !there)
                    && !self.is_there(&name)
                {
                    self.imagine(&name);
                }
                return Ok(());
            }
            RTM_DELLINK => {
                let name = self.name_of(index);
                if let Some(name) = name {
                    self.links.insert(name, None);
                }
                self.forget(&[ObjectType::Address, ObjectType::Route, ObjectType::Neigh, ObjectType::Nexthop]);
            }
            RTM_NEWLINK | RTM_SETLINK => {
                if let Some(new) = new_name.filter(|_| index != 0) {
                    let old = self.name_of(index);
                    if self.is_there(new) && old.as_deref() != Some(new) {
                        return Err(KernelError::from_errno(Errno::EEXIST));
                    }
                    if let Some(old) = old {
                        self.links.insert(old, None);
                    }
                    self.links.insert(new.to_vec(), Some(index));
                    self.names.insert(index, new.to_vec());
                }
                if (a.has(IFLA_NET_NS_FD) || a.has(IFLA_NET_NS_PID))
                    && let Some(name) = self.name_of(index)
                {
                    self.links.insert(name, None);
                }
                self.forget(&[ObjectType::Address, ObjectType::Route, ObjectType::Neigh, ObjectType::Nexthop]);
            }
            // RTM_NEWLINKPROP and RTM_DELLINKPROP: altnames.
            _ => {
                let names = a.get(IFLA_PROP_LIST).unwrap_or_default();
                for (_, name) in crate::net::Attrs(names) {
                    let name = crate::net::attr::until_nul(name);
                    if r.kind == RTM_DELLINKPROP {
                        self.links.insert(name.to_vec(), None);
                    } else if self.is_there(name) {
                        return Err(KernelError::from_errno(Errno::EEXIST));
                    } else {
                        self.links.insert(name.to_vec(), Some(index));
                    }
                }
            }
        }
        Ok(())
    }

    /// The name that a device has now.
    pub fn name_of(&self, index: u32) -> Option<Vec<u8>> {
        use std::os::fd::AsFd as _;
        self.name(index).or_else(|| crate::sys::name_of_index(self.kernel.socket().as_fd(), index).ok())
    }

    fn forget(&mut self, objects: &[ObjectType]) {
        for object in objects {
            // Entries that are created from now on are known again.
            self.entries.insert(*object, Entries::default());
            if !self.unsure.contains(object) {
                self.unsure.push(*object);
            }
        }
    }

    fn take_entry(&mut self, object: ObjectType, r: &Request) -> Result<Vec<usize>, KernelError> {
        let family = r.body.first().copied().unwrap_or(0);
        let a = object.index(&r.body);
        let mut depends = Vec::new();
        let nexthop = if object == ObjectType::Route { a.u32(RTA_NH_ID) } else { None };
        if let Some(Found::Made(_, line)) =
            nexthop.and_then(|id| self.entries(ObjectType::Nexthop).get(&Key::of_nexthop(id)))
        {
            depends.push(line);
        }
        let follows = matches!(family, INET | INET6) && !object.spec().loose_requests || object == ObjectType::Nexthop;
        let key = Key::of(object, &r.body).filter(|_| follows);
        let sure = !self.unsure.contains(&object);
        if let Some(key) = key {
            let adds = r.kind & 3 == 0;
            let found = self.find(object, &key, adds, r);
            match (adds, &found) {
                (true, Some(_)) if r.flags & NLM_F_EXCL != 0 => return Err(there(object, family)),
                (true, None) if r.flags & (NLM_F_CREATE | NLM_F_REPLACE) == NLM_F_REPLACE && sure => {
                    return Err(KernelError::from_errno(Errno::ENOENT));
                }
                (false, None) if sure => return Err(absent(object, family)),
                _ => {}
            }
            if let Some(Found::Made(_, line)) = &found {
                depends.push(*line);
            }
            let line = self.line;
            if adds {
                self.unreachable(object, r)?;
                // `route test` changes nothing.
                if r.flags & (NLM_F_CREATE | NLM_F_REPLACE) != 0 && found.is_none() {
                    self.entries(object).made.entry(key).or_insert(line);
                }
            } else if let Some(found) = found {
                self.entries(object).remove(found);
            }
        }
        // Deleting an address or a nexthop deletes routes, and an address adds some.
        match object {
            ObjectType::Address => self.forget(&[ObjectType::Route, ObjectType::Nexthop]),
            ObjectType::Nexthop if r.kind == RTM_DELNEXTHOP => self.forget(&[ObjectType::Route, ObjectType::Nexthop]),
            _ => {}
        }
        Ok(depends)
    }

    /// A rule that is deleted by its preference must exist; which of several is unknown.
    fn take_rule(&mut self, r: &Request) -> Result<(), KernelError> {
        let place = |body: &[u8]| {
            let preference = ObjectType::Rule.index(body).u32(FRA_PRIORITY);
            (body.first().copied().unwrap_or(0), preference.unwrap_or(0))
        };
        let given = ObjectType::Rule.index(&r.body).has(FRA_PRIORITY);
        let kernel = &self.kernel;
        let rules = self.rules.get_or_insert_with(|| {
            let store = Store::load(kernel, [ObjectType::Rule]).unwrap_or_default();
            store.iter(ObjectType::Rule).map(|(_, body)| place(body)).collect()
        });
        let this = place(&r.body);
        if r.kind == RTM_NEWRULE {
            rules.push(this);
        } else if given {
            let at = rules.iter().position(|p| *p == this).ok_or_else(|| absent(ObjectType::Rule, this.0))?;
            rules.swap_remove(at);
        }
        Ok(())
    }

    /// The entry that a request is about.
    fn find(&mut self, object: ObjectType, key: &Key, adds: bool, r: &Request) -> Option<Found> {
        let a = object.index(&r.body);
        let entries = self.entries(object);
        let exact = entries.get(key);
        if exact.is_some() || adds {
            // A rule without an explicit preference never equals another.
            return exact.filter(|_| object != ObjectType::Rule || a.has(FRA_PRIORITY));
        }
        match object {
            // Without a metric, any metric matches; for an address, any prefix.
            ObjectType::Route if a.has(RTA_PRIORITY) => None,
            ObjectType::Route | ObjectType::Address => entries.get_like(key),
            // A rule may be deleted by a part of its selectors: nothing is known.
            ObjectType::Rule => Some(Found::Unknown),
            _ => None,
        }
    }

    /// The lines that would add an address whose prefix contains the gateway or preferred source.
    fn network_lines(&mut self, object: ObjectType, r: &Request) -> Vec<usize> {
        let family = r.body.first().copied().unwrap_or(0);
        let a = object.index(&r.body);
        if object == ObjectType::Address {
            let net = a
                .ip(IFA_ADDRESS, family)
                .or_else(|| a.ip(IFA_LOCAL, family))
                .and_then(|ip| ipnetwork::IpNetwork::new(ip, r.body.get(1).copied()?).ok());
            match (r.kind, net) {
                (RTM_NEWADDR, Some(net)) => self.networks.push((net, self.line)),
                (_, Some(net)) => self.networks.retain(|(n, _)| *n != net),
                _ => {}
            }
            return Vec::new();
        }
        let mut needs: Vec<std::net::IpAddr> = Vec::new();
        match object {
            ObjectType::Route => {
                needs.extend(a.ip(RTA_GATEWAY, family));
                needs.extend(a.ip(RTA_PREFSRC, family));
                let paths = Hops::new(a.get(RTA_MULTIPATH).unwrap_or_default());
                needs.extend(paths.filter_map(|path| path.a.ip(RTA_GATEWAY, family)));
            }
            ObjectType::Nexthop => needs.extend(a.ip(NHA_GATEWAY, family)),
            _ => {}
        }
        let adds = r.kind & 3 == 0;
        let within = |net: &ipnetwork::IpNetwork| needs.iter().any(|ip| net.contains(*ip));
        self.networks.iter().filter(|(net, _)| adds && within(net)).map(|(_, line)| *line).collect()
    }

    /// Predicts the refusal of an unreachable gateway, unless an earlier change could make it reachable.
    fn unreachable(&self, object: ObjectType, r: &Request) -> Result<(), KernelError> {
        let a = object.index(&r.body);
        let onlink = crate::net::attr::u32_at(&r.body, 8).unwrap_or(0) & u32::from(RTNH_F_ONLINK) != 0;
        if object != ObjectType::Route || self.changed || onlink || route_table(&r.body, &a) != Some(RT_TABLE_MAIN) {
            return Ok(());
        }
        let (Some(gateway), Some(INET)) = (a.get(RTA_GATEWAY), r.body.first().copied()) else { return Ok(()) };
        let mut header = [0u8; 12];
        (header[0], header[1]) = (INET, 32);
        match self.kernel.ask(&Request::raw(RTM_GETROUTE, 0, &header).with(RTA_DST, gateway)) {
            Err(e) if e.is(Errno::ENETUNREACH) => Err(said(Errno::ENETUNREACH, "Nexthop has invalid gateway")),
            _ => Ok(()),
        }
    }

    fn entries(&mut self, object: ObjectType) -> &mut Entries {
        let kernel = &self.kernel;
        self.entries
            .entry(object)
            .or_insert_with(|| Entries { now: Present::load(kernel, object), ..Entries::default() })
    }
}

/// The name that a request gives to the peer of a pair, if that stays in this namespace.
fn peer_name(a: &crate::net::Index<'_, 72>, kinds: &dyn Kinds) -> Option<Vec<u8>> {
    let inner = ObjectType::Link.index(peer_of(a, kinds)?);
    let stays = !inner.has(IFLA_NET_NS_FD) && !inner.has(IFLA_NET_NS_PID);
    inner.str(IFLA_IFNAME).filter(|_| stays).map(<[u8]>::to_vec)
}

fn said(errno: Errno, message: &str) -> KernelError {
    KernelError { message: Some(message.as_bytes().to_vec()), ..KernelError::from_errno(errno) }
}

/// The kernel's error for an entry that exists.
fn there(object: ObjectType, family: u8) -> KernelError {
    match (object, family) {
        (ObjectType::Address, INET) => said(Errno::EEXIST, "ipv4: Address already assigned"),
        (ObjectType::Address, _) => said(Errno::EEXIST, "ipv6: address already assigned"),
        _ => KernelError::from_errno(Errno::EEXIST),
    }
}

/// The kernel's error for an entry that does not exist.
fn absent(object: ObjectType, family: u8) -> KernelError {
    match (object, family) {
        (ObjectType::Address, INET) => said(Errno::EADDRNOTAVAIL, "ipv4: Address not found"),
        (ObjectType::Address, _) => said(Errno::EADDRNOTAVAIL, "ipv6: address not found"),
        (ObjectType::Route, _) => KernelError::from_errno(Errno::ESRCH),
        _ => KernelError::from_errno(Errno::ENOENT),
    }
}
