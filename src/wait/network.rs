//! The state that the conditions depend on: read once, then kept up to date by events.

use crate::diag::Diag;
use crate::monitor::queue::{BOUND, Packet, Queue};
use crate::monitor::watch::listen;
use crate::net::kernel::Messages;
use crate::object::link::view::Link;
use crate::schema::IFF_UP;
use crate::schema::family::BRIDGE;
use crate::session::Session;
use crate::state::{Change, Event, ObjectType, Store, What, consistent_dump};
use netlink_sys::Socket;
use nix::errno::Errno;

/// Maximum number of consecutive reads before other events are handled.
const TRIES: usize = 10;

/// The state of the network, as far as conditions need it.
pub struct Network<'a> {
    s: &'a Session,
    /// The socket of the events.
    pub socket: Socket,
    /// Events that have not been applied.
    pub queue: Queue,
    /// What exists.
    pub store: Store,
    objects: Vec<ObjectType>,
    /// Events were lost, so the present state is unknown.
    pub stale: bool,
    /// Something may have been deleted without an event.
    silent: bool,
}

impl<'a> Network<'a> {
    /// Subscribes to the events of these object types, then reads what exists.
    ///
    /// # Errors
    ///
    /// The socket cannot be opened, or the kernel refuses a dump.
    pub fn open(s: &'a Session, objects: Vec<ObjectType>) -> Result<Network<'a>, Diag> {
        let (socket, _) = listen(s, &objects, 0, false)?;
        let (queue, store) = (Queue::new(BOUND), Store::default());
        let mut network = Network { s, socket, queue, store, objects, stale: true, silent: false };
        network.load(false)?;
        Ok(network)
    }

    /// Receives all that the socket has; true if it is empty now.
    ///
    /// # Errors
    ///
    /// The socket fails.
    pub fn fill(&mut self) -> Result<bool, Diag> {
        let empty = self.queue.fill(&self.socket).map_err(|e| Diag::os("netlink receive error", e))?;
        self.stale |= std::mem::take(&mut self.queue.overrun);
        Ok(empty)
    }

    /// Whether the present state has to be read again.
    pub fn must_load(&self) -> bool {
        self.stale || self.silent
    }

    /// Reads the present state again, after a loss.
    ///
    /// # Errors
    ///
    /// The kernel refuses a dump.
    pub fn renew(&mut self) -> Result<(), Diag> {
        let quiet = !self.stale;
        self.load(quiet)
    }

    /// Reads all object types, or (`silent`) those that the kernel deletes without an event.
    fn load(&mut self, silent: bool) -> Result<(), Diag> {
        let objects: Vec<ObjectType> = self.objects.iter().copied().filter(|o| !silent || is_silent(*o)).collect();
        for _ in 0..TRIES {
            (self.silent, self.stale) = (false, false);
            if silent {
                // The event about a device is sent before its routes are deleted, under the lock that this request
                // needs.
                let _ = self.s.ask_link(1);
            }
            objects.iter().for_each(|o| self.store.clear(*o));
            for object in &objects {
                self.read(*object)?;
            }
            // Receive everything from before the end of the dumps.
            let mut window: Vec<Packet> = Vec::new();
            loop {
                let empty = self.fill()?;
                window.extend(std::iter::from_fn(|| self.queue.pop()));
                if empty {
                    break;
                }
            }
            self.s.forget_all();
            self.s.forget_nexthops();
            // Applying an event twice is harmless, except that two equal rules would become three.
            let mut events = window.iter().flat_map(|p| Messages(&p.bytes)).filter_map(|(m, _, _)| Event::read(&m));
            if self.stale || events.any(|e| objects.contains(&e.object) && e.object.spec().repeats) {
                self.stale = true;
                match silent {
                    // The other types have to be read too.
                    true => return Ok(()),
                    false => continue,
                }
            }
            for packet in &window {
                for (m, _, _) in Messages(&packet.bytes) {
                    if let Some(e) = Event::read(&m) {
                        self.apply(&e);
                    }
                }
            }
            return Ok(());
        }
        Ok(())
    }

    fn read(&mut self, object: ObjectType) -> Result<(), Diag> {
        let kernel = self.s.kernel()?;
        for request in object.own_dumps() {
            let list = match consistent_dump::collect(kernel, object, &request) {
                Ok(list) => list,
                // The kernel lacks the family or the object.
                Err(e) if [Errno::EOPNOTSUPP, Errno::EAFNOSUPPORT, Errno::ENOENT].iter().any(|no| e.is(*no)) => {
                    continue;
                }
                Err(e) => return Err(e.explain(&request)),
            };
            for (m, _, _) in Messages(&list).filter(|(m, _, _)| m.kind == object.spec().new) {
                self.store.insert(object, m.body);
            }
        }
        Ok(())
    }

    /// Applies an event; `None` for one about another object type.
    pub fn apply<'e>(&mut self, e: &Event<'e>) -> Option<Change<'e>> {
        // A bridge's report about a port does not describe the link.
        let partial = e.object == ObjectType::Link && e.family() == BRIDGE;
        if partial || e.what == What::Miss || !self.objects.contains(&e.object) {
            return None;
        }
        let change = self.store.apply(e)?;
        let deleted = e.what == What::Deleted;
        match e.object {
            ObjectType::Link => {
                let is_up = |body: &[u8]| Link::parse(body).is_some_and(|l| l.flags & IFF_UP != 0);
                let name = |body: &[u8]| Link::parse(body).map(|l| l.name().to_vec());
                let was = match &change {
                    Change::Changed { old, .. } => Some(old),
                    _ => None,
                };
                if was.is_none_or(|old| name(old) != name(e.body)) {
                    self.s.forget_all();
                }
                self.silent |= deleted || was.is_some_and(|old| is_up(old) && !is_up(e.body));
            }
            ObjectType::Address => self.silent |= deleted,
            ObjectType::Nexthop => {
                self.s.forget_nexthops();
                self.silent |= deleted;
            }
            _ => {}
        }
        self.silent &= self.objects.iter().any(|o| is_silent(*o));
        Some(change)
    }
}

/// Whether the kernel deletes entries of a type with their device without an event.
fn is_silent(object: ObjectType) -> bool {
    matches!(object, ObjectType::Route | ObjectType::Nexthop)
}
