//! Undoing a batch: the difference between what there was and what there is becomes requests, until nothing differs.
//!
//! The kernel does more than it is asked for: a link that goes down loses routes, an address that goes takes others with
//! it. So nothing is undone line by line. Each class of things is listed anew, in the order in which they need one
//! another, and what differs from the snapshot is sent; a few rounds settle what depended on something later.

pub mod journal;
mod link;
mod record;
mod refuse;
mod scope;
pub mod snapshot;
mod thing;

pub use journal::Journal;
pub use record::Record;
pub use refuse::refuse;

use crate::diag::Diag;
use crate::net::identity::Class;
use crate::net::{Kernel, KernelError, Request};
use nix::errno::Errno;
use scope::Scope;
use snapshot::{CLASSES, Snapshot, index_of};

/// What cannot be undone; part of the manual.
pub const LIMITS: &str = "\
Refused before anything is done: deleting a namespace, running a program, moving a link to another namespace, choosing \
the id of a namespace, attaching or detaching XDP programs, settings of virtual functions, deleting a tun or tap device, and \
deleting a link that could not be made again as it was: only bridge, dummy, ifb, ipvlan, macvlan, macvtap, nlmon, vcan, \
veth, vlan, vrf and vxlan can, unless their other end is in another namespace. Not put back: counters; what other programs \
keep on a link that was deleted and made again (queueing disciplines, filters, sysctl settings, multicast groups, VLANs \
and forwarding entries of a bridge); the numbers of bridge ports; whether the kernel or a user had chosen an address or an \
MTU; ids that the kernel gave to namespaces; learned neighbours; addresses and routes that routers announce. Whoever \
looks while the batch runs sees the states between.";

/// Rounds over every class, and tries of one class in a round.
const ROUNDS: usize = 4;
const TRIES: usize = 5;

/// Something that is still not as it was.
pub struct Left {
    pub request: Request,
    /// What the kernel said when it was tried.
    pub why: Option<String>,
}

/// Puts back what a batch changed; what could not be is told.
pub fn back(record: &Record, rcvbuf: u32) -> Result<Vec<Left>, Diag> {
    let kernel = Kernel::open(rcvbuf)?;
    for name in &record.names {
        crate::object::netns::forget(name);
    }
    let explain = |e: KernelError| Diag::fail(e.line());
    let classes: Vec<Class> = CLASSES.into_iter().filter(|c| record.before.0.contains_key(c)).collect();
    let mut now = Snapshot::take(&kernel, &classes).map_err(explain)?;
    let mut left = Vec::new();
    for _ in 0..ROUNDS {
        left.clear();
        let mut idle = true;
        for class in &classes {
            let mut last: Vec<Vec<u8>> = Vec::new();
            for _ in 0..TRIES {
                let fresh = Snapshot::take(&kernel, &[*class]).map_err(explain)?;
                now.0.extend(fresh.0);
                let scope = Scope::new(&record.touched, &record.before, &now);
                let list = thing::differences(*class, &record.before, &now, &scope, record.elapsed());
                let asked: Vec<Vec<u8>> = list.iter().map(|r| r.body.clone()).collect();
                if list.is_empty() || asked == last {
                    break;
                }
                idle = false;
                last = asked;
                left.retain(|l: &Left| Class::of(l.request.kind) != Some(*class));
                if *class == Class::Link {
                    link::together(&list, &now).iter().for_each(|r| drop(kernel.change(r)));
                }
                for request in list {
                    if let Err(e) = send(&kernel, &request) {
                        left.push(Left { request, why: Some(e.line()) });
                    }
                }
            }
        }
        if idle {
            return Ok(Vec::new());
        }
    }
    remains(&kernel, record, &classes, left).map_err(explain)
}

/// What differs still, after everything that could be done.
fn remains(kernel: &Kernel, record: &Record, classes: &[Class], tried: Vec<Left>) -> Result<Vec<Left>, KernelError> {
    let now = Snapshot::take(kernel, classes)?;
    let scope = Scope::new(&record.touched, &record.before, &now);
    let all = classes.iter().flat_map(|c| thing::differences(*c, &record.before, &now, &scope, record.elapsed()));
    Ok(all
        .map(|request| {
            let why = tried.iter().find(|l| l.request.body == request.body).and_then(|l| l.why.clone());
            Left { request, why }
        })
        .collect())
}

fn send(kernel: &Kernel, request: &Request) -> Result<(), KernelError> {
    match kernel.change(request) {
        // Some settings, and names on older kernels, can be changed only while a link is down.
        Err(e) if e.is(Errno::EBUSY) && Class::of(request.kind) == Some(Class::Link) => {
            kernel.change(&link::down(index_of(&request.body)))?;
            kernel.change(request)
        }
        // It went with another one.
        Err(e)
            if request.kind & 3 == 1
                && [Errno::ESRCH, Errno::ENOENT, Errno::ENODEV, Errno::EADDRNOTAVAIL].iter().any(|n| e.is(*n)) =>
        {
            Ok(())
        }
        other => other,
    }
}
