//! The lines of `-j monitor`, described: what the manual prints, and what the tests hold events against.

use crate::state::{Event, ObjectType};

/// A key, its type, which events have it (empty: all), and what it says.
pub struct Field {
    /// The member's name.
    pub key: &'static str,
    /// The type of its value.
    pub kind: &'static str,
    /// The events that have it.
    pub of: &'static [&'static str],
    /// What it says.
    pub about: &'static str,
}

const fn field(key: &'static str, kind: &'static str, of: &'static [&'static str], about: &'static str) -> Field {
    Field { key, kind, of, about }
}

/// What can happen to a thing, and what can happen to the watch.
pub static EVENTS: &[(&str, &str)] = &[
    ("new", "the object was added; with init: it existed before"),
    ("change", "the object changed"),
    ("del", "the object was deleted; the record is its last state"),
    ("miss", "the kernel asks for a neighbour"),
    ("overrun", "events were lost; the differences follow as ordinary events"),
];

/// What events are about. Each record has the keys of `rip -j OBJECT show`.
pub fn objects() -> Vec<&'static str> {
    let shown = ObjectType::ALL.iter().copied().filter(|object| super::view(*object).is_some());
    shown.flat_map(Event::names).collect()
}

/// The keys, in the order in which they are written. Only `nsid`, `netns` and `family` may be missing where they belong.
pub static FIELDS: &[Field] = &[
    field("time", "string", &[], "when it was received: RFC 3339, UTC, microseconds"),
    field("nsid", "number", THINGS, "with all-nsid: the id of the namespace, if it is not our own"),
    field("netns", "string", THINGS, "the name of the namespace, if it has one"),
    field("event", "string", &[], "what happened"),
    field("object", "string", THINGS, "type of the object"),
    field("family", "string", THINGS, "of routes, rules and neighbours: inet, inet6, mpls, bridge"),
    field("record", "object", THINGS, "the thing"),
    field("changed", "array", &["change"], "names of the changed fields"),
    field("old", "object", &["change"], "old values of the changed fields; a field without one is new"),
    field("dropped", "number or null", &["overrun"], "number of lost events, or null"),
];

const THINGS: &[&str] = &["new", "change", "del", "miss"];
