//! `monitor`: prints changes as they happen.

mod file;
mod print;
mod processor;
pub mod queue;
pub mod schema;
mod small;
pub mod until;
pub mod watch;
pub mod words;

use crate::command::view::View;
use crate::command::{Effect, Object, Purpose, Verb};
use crate::diag::{Diag, errno_of, errno_text};
use crate::grammar::Words;
use crate::session::Session;
use crate::state::ObjectType;
use words::Watch;

/// The object `monitor`.
pub static OBJECT: Object = Object {
    names: &["monitor~"],
    about: "report changes as they happen",
    purpose: Purpose::Watching,
    ours: &["init", "count", "timeout", "until"],
    terms: &[
        ("", "[ all | OBJECTS ] [ FILE ]"),
        (
            "OBJECTS",
            "address | link | mroute | maddress | acaddress | neigh | netconf | nexthop | nsid | prefix | route | rule | stats",
        ),
        ("FILE", "file FILENAME"),
    ],
    verbs: &[Verb {
        names: &[],
        about: "report changes as they happen",
        run,
        effect: Effect::Read,
        tables: &[&words::MONITOR],
        examples: &[
            ("rip monitor count 1 timeout 5 init link", "end after one link event"),
            ("rip monitor timeout 10 until link dev eth0 up", "wait for a device, ten seconds at most"),
            ("rip -t -j monitor address route", "address and route events as JSON lines, with time stamps"),
            ("rip -ts monitor label all-nsid", "all events of all namespaces"),
        ],
    }],
    default: Some(run),
    unknown: Some(run),
    ..Object::BASE
};

/// The view of an object type.
pub fn view(object: ObjectType) -> Option<&'static View> {
    crate::object::view(object).or_else(|| Some(&small::VIEW).filter(|v| v.is_of(object)))
}

fn run(s: &Session, words: &mut Words<'_>) -> Result<u8, Diag> {
    let mut w = Watch::parse(s, words)?;
    w.home = match &s.options.netns {
        Some(name) => Some(name.clone()),
        None => crate::object::netns::name_of_process("self").ok().flatten(),
    };
    // Cache the names of namespaces, for events about their deletion.
    let _ = crate::object::netns::name_of_nsid(s, 0);
    match &w.file {
        Some((path, _)) => file::show(s, &w, path),
        None => watch::live(s, &w),
    }
}

/// Prints the events of a stream like `monitor label file`: the entry point for fuzzing.
///
/// # Errors
///
/// As [`file::replay`].
pub fn replay(s: &Session, stream: &[u8]) -> Result<u8, Diag> {
    let mut w = Watch::default();
    w.label = true;
    file::replay(s, &w, stream)
}

fn sys_error(what: &str, e: &std::io::Error) -> Diag {
    Diag::fail(format!("{what}: {}", errno_text(errno_of(e) as i32)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_watched_type_is_shown_and_what_is_selected_has_its_own_view() {
        for object in ObjectType::watched() {
            assert!(view(object).is_some(), "{object:?}");
        }
        let names: Vec<&str> = until::objects().map(Object::name).collect();
        let mut unique = names.clone();
        unique.sort_unstable();
        unique.dedup();
        assert_eq!((unique.len(), names.first()), (names.len(), Some(&"link")));
    }
}
