//! What there is: the kernel's own messages of links, addresses, nexthops, routes, rules and neighbours, as it lists them.

use super::scope::Scope;
use crate::net::kernel::{Message, Reader};
use crate::net::{Kernel, KernelError};
use crate::schema::family::INET6;
use crate::schema::*;
use crate::state::{Key, ObjectType};
use std::collections::{BTreeMap, HashSet};
use std::ops::ControlFlow;

/// The bodies of messages by class, in the kernel's order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snapshot(pub BTreeMap<ObjectType, Vec<Vec<u8>>>);

impl Snapshot {
    /// Every link that there is now.
    pub fn links(kernel: &Kernel) -> Result<Snapshot, KernelError> {
        let mut links = Snapshot::default();
        links.read(kernel, ObjectType::Link, &mut Each(&|_| true))?;
        Ok(links)
    }

    /// What a scope reaches of a class, in place of what was known of it. Links and nexthops are all read: what is
    /// reached of the others depends on them.
    pub fn refresh(
        &mut self,
        kernel: &Kernel,
        class: ObjectType,
        scope: &Scope<'_>,
        keys: &Keys,
    ) -> Result<(), KernelError> {
        self.0.remove(&class);
        match class {
            _ if !scope.wants(class) => Ok(()),
            ObjectType::Link | ObjectType::Nexthop => self.read(kernel, class, &mut Each(&|_| true)),
            ObjectType::Route => self.read(kernel, class, &mut Runs::new(scope, keys)),
            _ => self.read(kernel, class, &mut Each(&|body| scope.covers(class, body))),
        }
    }

    /// Reads a class while it is being listed, and keeps what is chosen of it.
    fn read(&mut self, kernel: &Kernel, class: ObjectType, choose: &mut dyn Choose) -> Result<(), KernelError> {
        let list = self.0.entry(class).or_default();
        for request in class.own_dumps() {
            let mut reader = Chosen { kind: class.spec().new, first: list.len(), list, choose };
            match kernel.whole(&request, &mut reader) {
                Ok(()) => choose.end(list),
                // A family, or nexthop objects, that this kernel lacks.
                Err(e) if missing(&e) => {}
                Err(e) => return Err(e),
            }
        }
        Ok(())
    }

    /// The messages of one type.
    pub fn of(&self, class: ObjectType) -> &[Vec<u8>] {
        self.0.get(&class).map_or(&[], Vec::as_slice)
    }

    /// A link by its index.
    pub fn link(&self, index: u32) -> Option<&[u8]> {
        self.of(ObjectType::Link).iter().find(|b| index_of(b) == index).map(Vec::as_slice)
    }

    /// What is not there is known not to be there.
    pub fn know_all(&mut self) {
        for class in ObjectType::restorable() {
            self.0.entry(class).or_default();
        }
    }

    /// Adds what another one holds.
    pub fn extend(&mut self, more: Snapshot) {
        for (class, list) in more.0 {
            self.0.entry(class).or_default().extend(list);
        }
    }
}

/// What is kept of a list.
trait Choose {
    /// The next one comes.
    fn see(&mut self, body: &[u8], list: &mut Vec<Vec<u8>>);
    /// The list has ended.
    fn end(&mut self, _list: &mut Vec<Vec<u8>>) {}
    /// It begins anew.
    fn reset(&mut self) {}
}

/// Each for itself.
struct Each<'a>(&'a dyn Fn(&[u8]) -> bool);

impl Choose for Each<'_> {
    fn see(&mut self, body: &[u8], list: &mut Vec<Vec<u8>>) {
        if (self.0)(body) {
            list.push(body.to_vec());
        }
    }
}

/// Keys of routes.
pub type Keys = HashSet<Key>;

/// Routes with one key stand together: to a prefix, with one TOS and metric. Where one of them is reached, the
/// others count as well: in which order they come, or which next hops one route has.
struct Runs<'a> {
    scope: &'a Scope<'a>,
    /// Keys of which all routes are wanted.
    keys: &'a Keys,
    key: Option<Key>,
    wanted: bool,
    run: Vec<(Vec<u8>, bool)>,
}

impl<'a> Runs<'a> {
    fn new(scope: &'a Scope<'a>, keys: &'a Keys) -> Runs<'a> {
        Runs { scope, keys, key: None, wanted: false, run: Vec::new() }
    }
}

impl Choose for Runs<'_> {
    fn see(&mut self, body: &[u8], list: &mut Vec<Vec<u8>>) {
        let key = Key::of(ObjectType::Route, body);
        if key != self.key {
            self.end(list);
            self.wanted = key.as_ref().is_some_and(|k| self.keys.contains(k));
            self.key = key;
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
        (self.key, self.wanted) = (None, false);
        self.run.clear();
    }
}

/// Whether a route of which others with the same key are reached is reached with them: IPv4 ones have an order, and next
/// hops on several devices may be one route.
pub fn belongs(body: &[u8]) -> bool {
    let a = ObjectType::Route.index(body);
    body.first() != Some(&INET6) || a.has(RTA_GATEWAY) || a.has(RTA_VIA) || a.has(RTA_MULTIPATH)
}

/// Reads a dump that may begin anew.
struct Chosen<'a> {
    kind: u16,
    first: usize,
    list: &'a mut Vec<Vec<u8>>,
    choose: &'a mut dyn Choose,
}

impl Reader for Chosen<'_> {
    fn see(&mut self, m: Message<'_>) -> ControlFlow<()> {
        if m.kind == self.kind {
            self.choose.see(m.body, self.list);
        }
        ControlFlow::Continue(())
    }

    fn forget(&mut self) -> bool {
        self.list.truncate(self.first);
        self.choose.reset();
        true
    }
}

fn missing(e: &KernelError) -> bool {
    use nix::errno::Errno;
    [Errno::EOPNOTSUPP, Errno::EAFNOSUPPORT, Errno::ENOENT].iter().any(|no| e.is(*no))
}

/// The index in a link's, an address's or a neighbour's message.
pub fn index_of(body: &[u8]) -> u32 {
    crate::net::attr::u32_at(body, 4).unwrap_or(0)
}
