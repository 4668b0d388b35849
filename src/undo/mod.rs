//! Rollback of a batch: the difference between the state before it and the present one becomes requests, until nothing
//! differs.
//!
//! The kernel does more than requested: a link that goes down loses routes, deleting an address deletes others. So
//! nothing is reverted line by line. Each object type is dumped again in dependency order, and what differs from the
//! snapshot is sent; further rounds restore what depended on a later type.

pub mod folder;
mod generic;
pub mod journal;
pub mod ledger;
mod reach;
mod record;
pub mod recover;
mod refuse;
pub mod report;
mod scope;
mod setting;
pub mod snapshot;
mod touched;

pub use journal::Journal;
pub use record::{Origin, Record};
pub use refuse::{refuse, refuse_deletion};
pub use touched::Entry;

use crate::diag::Diag;
use crate::net::{Kernel, KernelError, Request};
use crate::object::Declared;
use crate::schema::{IFF_UP, RTPROT_KERNEL};
use crate::state::link::ifindex;
use crate::state::requests::{delete_as_group, down};
use crate::state::{Change, Key, ObjectType, Store, diff_of, requests};
use nix::errno::Errno;
use scope::Scope;
use std::collections::HashSet;

/// What cannot be rolled back; this text is part of the manual.
pub const LIMITS: &str = "\
Refused before anything is changed: changes of IPsec states other than adding one, deleting a namespace, running a program, moving a link to another namespace, choosing \
the id of a namespace, attaching or detaching XDP programs, settings of virtual functions, the operational state and the IPv4 settings of a \
device, deleting a tun or tap device, \
adding a nexthop without an id, deleting IPv6 routes that the kernel keeps for addresses and multicast (refused when their line runs), and \
deleting a link that cannot be recreated as it was: only bridge, dummy, erspan, gre, gretap, ifb, ip6erspan, ip6gre, ip6gretap, \
ip6tnl, ipip, ipvlan, macvlan, macvtap, nlmon, sit, vcan, veth, vlan, vrf, vti, vti6 and vxlan can, unless the other end is in another \
namespace. Not restored: counters; what other programs \
keep on a link that was deleted and recreated (queueing disciplines, filters, sysctl settings, multicast groups, VLANs \
and forwarding entries of a bridge); the numbers of bridge ports; whether the kernel or a user had chosen an address or an \
MTU; the address of a bridge without ports; the random permanent address of a tunnel over IPv6, and the MTU bounds of a tunnel \
that `tunnel` created; ids that the kernel gave to namespaces; \
which nexthop the buckets of a resilient group use; learned neighbours; addresses and routes \
from router advertisements. Other programs can see intermediate states while the batch runs.";

/// Maximum number of rounds over all object types, and of tries of one type in a round.
const ROUNDS: usize = 4;
const TRIES: usize = 5;

/// Something that could not be restored.
pub struct Unrestored {
    /// What it is.
    pub what: What,
    /// The kernel's refusal of the last try.
    pub why: Option<String>,
}

/// What was not rolled back.
pub enum What {
    /// The request that would restore it.
    Request(Request),
    /// The name of a namespace.
    Name(Vec<u8>),
    /// A setting that keeps its value.
    Setting(setting::Saved),
    /// An entry of a generic netlink family.
    Generic(generic::Saved),
}

/// Restores what a batch changed; returns what could not be restored.
///
/// # Errors
///
/// The tables cannot be read.
pub fn roll_back(record: &Record, kernel: &Kernel) -> Result<Vec<Unrestored>, Diag> {
    let names: Vec<Unrestored> = record.names.iter().filter_map(forget).collect();
    // Deleting a new session deletes its device.
    let (created, others): (Vec<_>, Vec<_>) = record.generic.iter().rev().partition(|kept| kept.is_new());
    let entry = |kept: &&generic::Saved| {
        let why = kept.restore().err()?;
        Some(Unrestored { what: What::Generic((*kept).clone()), why: Some(why) })
    };
    let created: Vec<Unrestored> = created.iter().filter_map(entry).collect();
    let mut left = restore(record, kernel).map_err(|e| Diag::fail(e.line()))?;
    left.extend(names);
    left.extend(created);
    left.extend(others.iter().filter_map(entry));
    // The devices are restored by now.
    left.extend(record.settings.iter().filter_map(|kept| {
        let why = kept.restore(kernel).err()?;
        Some(Unrestored { what: What::Setting(kept.clone()), why: Some(crate::diag::errno_text(why as i32)) })
    }));
    Ok(left)
}

/// Deletes the name of a namespace that the batch created.
fn forget(name: &record::Name) -> Option<Unrestored> {
    let why = crate::object::netns::forget(&name.name, name.cookie).err()?;
    Some(Unrestored { what: What::Name(name.name.clone()), why: Some(why) })
}

/// The requests that would restore what a batch changed, given the present state. Sends nothing.
pub fn differences(record: &Record, now: &Store) -> Vec<Request> {
    let planned = Scope::new(&record.planned, &record.before, &Store::default());
    ObjectType::restorable().flat_map(|class| of_class(record, now, &planned, class)).collect()
}

fn of_class(record: &Record, now: &Store, planned: &Scope<'_>, class: ObjectType) -> Vec<Request> {
    let scope = Scope::new(&record.touched, &record.before, now).within(planned);
    if !scope.wants(class) {
        return Vec::new();
    }
    let changes = diff_of(class, now, &record.before, &Elapsed { scope: &scope, record }, &Declared);
    requests(&changes, &Declared)
}

/// The scope of a comparison: what the batch touched.
struct Elapsed<'a> {
    scope: &'a Scope<'a>,
    record: &'a Record,
}

impl crate::state::Scope for Elapsed<'_> {
    fn covers(&self, object: ObjectType, body: &[u8]) -> bool {
        self.scope.covers(object, body)
    }

    // What others created meanwhile stays, even on a link that is restored.
    fn deletes_link(&self, body: &[u8], replaces: bool) -> bool {
        if replaces { self.scope.is_made(body) } else { self.scope.is_new(body) }
    }

    fn compares_data(&self, body: &[u8]) -> bool {
        self.scope.named(body)
    }

    fn elapsed(&self) -> u32 {
        self.record.elapsed()
    }
}

/// A rollback in progress.
struct Rollback<'a> {
    record: &'a Record,
    kernel: &'a Kernel,
    /// What the snapshot holds.
    planned: Scope<'a>,
    /// The keys of the routes in the snapshot: routes that reach the same keys are compared too.
    keys: snapshot::Keys,
    now: Store,
}

fn restore(record: &Record, kernel: &Kernel) -> Result<Vec<Unrestored>, KernelError> {
    let planned = Scope::new(&record.planned, &record.before, &Store::default());
    let keys = snapshot::route_keys(&record.before);
    let mut r = Rollback { record, kernel, planned, keys, now: snapshot::links(kernel)? };
    let mut left = Vec::new();
    for _ in 0..ROUNDS {
        left.clear();
        let mut done = true;
        for class in ObjectType::restorable() {
            done &= match r.class(class, &mut left)? {
                Outcome::Idle => true,
                Outcome::Restored => !has_consequences(class),
                Outcome::Differs => false,
            };
        }
        if done {
            return Ok(Vec::new());
        }
    }
    r.remaining(left)
}

/// How the restoration of an object type ended.
enum Outcome {
    /// There was nothing to do.
    Idle,
    /// After the changes, it was read again as it was before the batch.
    Restored,
    /// It still differs.
    Differs,
}

/// Whether a change of an entry of this type can change entries of others.
fn has_consequences(class: ObjectType) -> bool {
    matches!(class, ObjectType::Link | ObjectType::Address | ObjectType::Nexthop)
}

impl Rollback<'_> {
    /// The differences of an object type, as the requests that would restore it.
    fn differences(&mut self, class: ObjectType) -> Result<Vec<Request>, KernelError> {
        let record = self.record;
        let scope = Scope::new(&record.touched, &record.before, &self.now).within(&self.planned);
        let mut fresh = Store::default();
        snapshot::refresh(&mut fresh, self.kernel, class, &scope, &self.keys)?;
        drop(scope);
        self.now.clear(class);
        self.now.extend(&fresh);
        Ok(of_class(record, &self.now, &self.planned, class))
    }

    /// Restores an object type.
    fn class(&mut self, class: ObjectType, left: &mut Vec<Unrestored>) -> Result<Outcome, KernelError> {
        let mut last: Vec<Vec<u8>> = Vec::new();
        for _ in 0..TRIES {
            let list = self.differences(class)?;
            let asked: Vec<Vec<u8>> = list.iter().map(|r| r.body.clone()).collect();
            if list.is_empty() {
                return Ok(if last.is_empty() { Outcome::Idle } else { Outcome::Restored });
            }
            if asked == last {
                break;
            }
            last = asked;
            left.retain(|l| !matches!(&l.what, What::Request(r) if ObjectType::of_request(r.kind) == Some(class)));
            if class == ObjectType::Link {
                delete_as_group(&list, &self.now).iter().for_each(|r| drop(self.kernel.change(r)));
            }
            for request in list {
                if let Err(e) = send(self.kernel, &request) {
                    left.push(Unrestored { what: What::Request(request), why: Some(e.line()) });
                }
            }
        }
        Ok(Outcome::Differs)
    }

    /// What still differs after everything was tried.
    fn remaining(&mut self, tried: Vec<Unrestored>) -> Result<Vec<Unrestored>, KernelError> {
        let mut out = Vec::new();
        for class in ObjectType::restorable() {
            for request in self.differences(class)? {
                let same = |l: &&Unrestored| matches!(&l.what, What::Request(r) if r.body == request.body);
                let why = tried.iter().find(same).and_then(|l| l.why.clone());
                out.push(Unrestored { what: What::Request(request), why });
            }
        }
        Ok(out)
    }
}

/// The scope of what a change deleted unintentionally: the former state, except for what was changed on purpose.
struct Kept<'a> {
    planned: Scope<'a>,
    changed: &'a HashSet<Key>,
    /// Includes links, because one was recreated. Otherwise a bridge that follows its ports would be kept as it was.
    links: bool,
}

impl crate::state::Scope for Kept<'_> {
    fn covers(&self, object: ObjectType, body: &[u8]) -> bool {
        // The kernel's own routes follow the addresses.
        let kernel = object == ObjectType::Route && body.get(5) == Some(&RTPROT_KERNEL);
        let meant = || Key::of(object, body).is_some_and(|key| self.changed.contains(&key));
        (self.links || object != ObjectType::Link) && !kernel && self.planned.covers(object, body) && !meant()
    }

    fn deletes_link(&self, _body: &[u8], _replaces: bool) -> bool {
        false
    }
}

/// Restores what was deleted together with a recreated object; `changed` are the keys of what was changed on purpose.
/// Deletes nothing. Returns the requests that the kernel refuses.
///
/// # Errors
///
/// The kernel refuses a dump.
pub fn repair(
    record: &Record,
    changed: &HashSet<Key>,
    links: bool,
    kernel: &Kernel,
) -> Result<Vec<Request>, KernelError> {
    for _ in 0..ROUNDS {
        let now = Store::load(kernel, ObjectType::restorable())?;
        let scope = Kept { planned: Scope::new(&record.planned, &record.before, &now), changed, links };
        let mut changes: Vec<Change<'_>> = crate::state::diff(&now, &record.before, &scope, &Declared);
        changes.retain(|c| !matches!(c, Change::Removed { .. }));
        let list = requests(&changes, &Declared);
        let refused: Vec<Request> = list.iter().filter(|r| send(kernel, r).is_err()).cloned().collect();
        if refused.len() == list.len() {
            // Entries on a link that is deleted on purpose are deleted with it.
            let stands = |r: &Request| {
                let object = ObjectType::of_request(r.kind);
                object.is_none_or(|o| crate::state::devices(o, &r.body).iter().all(|i| now.link(*i).is_some()))
            };
            return Ok(refused.into_iter().filter(|r| r.kind & 3 == 0 && stands(r)).collect());
        }
    }
    Ok(Vec::new())
}

/// The requests that take a link down and up again.
pub fn around(index: u32) -> (Request, Request) {
    let down = down(index);
    let mut up = down.clone();
    if let Some(flags) = up.body.get_mut(8..12) {
        flags.copy_from_slice(&IFF_UP.to_ne_bytes());
    }
    (down, up)
}

fn send(kernel: &Kernel, request: &Request) -> Result<(), KernelError> {
    match kernel.change(request) {
        // Some settings, and names on older kernels, can be changed only while a link is down.
        Err(e) if e.is(Errno::EBUSY) && ObjectType::of_request(request.kind) == Some(ObjectType::Link) => {
            kernel.change(&down(ifindex(&request.body)))?;
            kernel.change(request)
        }
        // The kernel has deleted it with another one.
        Err(e)
            if request.kind & 3 == 1
                && [Errno::ESRCH, Errno::ENOENT, Errno::ENODEV, Errno::EADDRNOTAVAIL].iter().any(|n| e.is(*n)) =>
        {
            Ok(())
        }
        other => other,
    }
}
