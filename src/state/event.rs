//! A notification: which object it is about, and whether that exists or was deleted.

use super::ObjectType;
use crate::net::Message;
use crate::schema::family::{BRIDGE, IP6MR, IPMR};

/// A message of the kernel, as an event.
#[derive(Clone, Copy)]
pub struct Event<'a> {
    /// The type of the object.
    pub object: ObjectType,
    /// What happened.
    pub what: What,
    /// The flags of the netlink header, which say how a route was added.
    pub flags: u16,
    /// What follows the netlink header.
    pub body: &'a [u8],
}

/// What happened to the object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// It is new, or has changed.
    Is,
    /// It was deleted.
    Deleted,
    /// A neighbour is being resolved by user space (a miss).
    Miss,
}

/// The JSON names of entries of some families of a type.
const OF_FAMILIES: &[(ObjectType, &[u8], &str)] = &[
    (ObjectType::Link, &[BRIDGE], "bridge-port"),
    (ObjectType::Neigh, &[BRIDGE], "fdb"),
    (ObjectType::Rule, &[IPMR, IP6MR], "mrule"),
];

impl<'a> Event<'a> {
    /// Parses a message; `None` if it is not an event.
    pub fn read(m: &Message<'a>) -> Option<Event<'a>> {
        let object = ObjectType::of(m.kind, m.body)?;
        let spec = object.spec();
        let what = match m.kind {
            kind if kind == spec.new => What::Is,
            kind if kind == spec.del => What::Deleted,
            kind if kind == spec.get => spec.get_event?,
            _ => return None,
        };
        Some(Event { object, what, flags: m.flags, body: m.body })
    }

    /// The JSON name of its object. A bridge's report about a port has a different one than the link.
    pub fn name(&self) -> &'static str {
        let own = OF_FAMILIES.iter().find(|(o, families, _)| *o == self.object && families.contains(&self.family()));
        own.map_or(self.object.name(), |(_, _, name)| name)
    }

    /// The names that objects of a type have in JSON.
    pub fn names(object: ObjectType) -> impl Iterator<Item = &'static str> {
        let others = OF_FAMILIES.iter().filter(move |(o, _, _)| *o == object).map(|(_, _, name)| *name);
        [object.name()].into_iter().chain(others)
    }

    /// The address family.
    pub fn family(&self) -> u8 {
        self.body.first().copied().unwrap_or(0)
    }
}
