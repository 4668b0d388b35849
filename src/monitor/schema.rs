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
    ("new", "it exists now; with init: it existed before"),
    ("change", "it was there, and differs now"),
    ("del", "it is gone; the record is what it was"),
    ("miss", "somebody looks for a neighbour"),
    ("overrun", "events were lost; what differs follows as ordinary events"),
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
    field("object", "string", THINGS, "what it happened to"),
    field("family", "string", THINGS, "of routes, rules and neighbours: inet, inet6, mpls, bridge"),
    field("record", "object", THINGS, "the thing"),
    field("changed", "array", &["change"], "the names of the fields that differ"),
    field("old", "object", &["change"], "their old values; one that is not in it was not there"),
    field("dropped", "number or null", &["overrun"], "how many events were lost; null: the kernel does not tell"),
];

const THINGS: &[&str] = &["new", "change", "del", "miss"];
