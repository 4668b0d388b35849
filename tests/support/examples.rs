//! The examples that stand in the tables: of every verb and every kind of link.

use rip::object::OBJECTS;
use rip::object::link::kind::KINDS;
use rip::object::link::port::PORTS;

/// Where each was found, its line, and what it does.
pub fn all() -> Vec<(String, &'static str, &'static str)> {
    let verbs =
        OBJECTS.iter().flat_map(|o| o.verbs.iter().map(move |v| (format!("{} {}", o.name(), v.name()), v.examples)));
    let kinds = KINDS.iter().chain(PORTS).map(|k| (format!("type {}", k.name), k.examples));
    let all = verbs.chain(kinds);
    all.flat_map(|(place, list)| list.iter().map(move |(line, what)| (place.clone(), *line, *what))).collect()
}

/// The words of a line as a shell hands them on: without quotes and without files for input and output.
pub fn words(line: &str) -> Vec<String> {
    line.split(' ').filter(|w| !w.starts_with(['<', '>'])).map(|w| w.replace(['"', '\''], "")).collect()
}
