//! The format of `-j monitor`: printed in the manual, and compared with events by the tests.

use crate::state::{Event, ObjectType};

/// A key, its type, the events that have it (empty: all), and its meaning.
pub struct Field {
    /// The member's name.
    pub key: &'static str,
    /// The type of its value.
    pub kind: &'static str,
    /// The events that have it.
    pub of: &'static [&'static str],
    /// Its meaning.
    pub about: &'static str,
}

const fn field(key: &'static str, kind: &'static str, of: &'static [&'static str], about: &'static str) -> Field {
    Field { key, kind, of, about }
}

/// The events of objects, and of the monitor itself.
pub static EVENTS: &[(&str, &str)] = &[
    ("new", "the object was added; with init: it existed before"),
    ("change", "the object changed"),
    ("del", "the object was deleted; the record is its last state"),
    ("miss", "the kernel asks user space to resolve a neighbour"),
    ("overrun", "events were lost; the differences follow as ordinary events"),
];

/// The types of objects in events. Each record has the keys of `rip -j OBJECT show`.
pub fn objects() -> Vec<&'static str> {
    let shown = ObjectType::ALL.iter().copied().filter(|object| super::view(*object).is_some());
    shown.flat_map(Event::names).collect()
}

/// The keys in output order. Only `nsid`, `netns` and `family` may be missing.
pub static FIELDS: &[Field] = &[
    field("time", "string", &[], "when it was received: RFC 3339, UTC, microseconds"),
    field("nsid", "number", OF_OBJECTS, "with all-nsid: the id of the namespace, if it is not our own"),
    field("netns", "string", OF_OBJECTS, "the name of the namespace, if it has one"),
    field("event", "string", &[], "what happened"),
    field("object", "string", OF_OBJECTS, "type of the object"),
    field("family", "string", OF_OBJECTS, "of routes, rules and neighbours: inet, inet6, mpls, bridge"),
    field("record", "object", OF_OBJECTS, "the object"),
    field("changed", "array", &["change"], "names of the changed fields"),
    field("old", "object", &["change"], "old values of the changed fields; a field without one is new"),
    field("dropped", "number or null", &["overrun"], "number of lost events, or null"),
];

/// The events about an object.
const OF_OBJECTS: &[&str] = &["new", "change", "del", "miss"];
