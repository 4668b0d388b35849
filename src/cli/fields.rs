//! `-fields`: the keys of each object's JSON, the commands that have them, and completion.

use crate::command::{Object, Verb};
use crate::diag::{Diag, Span};
use crate::grammar::{Offer, suggest};
use crate::output::fields::Fields;
use crate::session::Session;

/// The keys of each object, one object per line: `address: addr_info address ...`. Collected from the sources and from
/// recorded output by `RIP_BLESS=1 cargo test --test lints`, which also finds a stale line.
const KEYS: &str = include_str!("fields.txt");

/// The verbs that print records.
const VERBS: &[&str] = &[
    "show",
    "list",
    "get",
    "list-id",
    "showdump",
    "bucket",
    "xstats",
    "afstats",
    "gc",
    "endpoint",
    "limits",
    "namespace",
    "schema",
    "hmac",
    "tunsrc",
    "state",
    "policy",
];

/// All keys in the JSON of an object; empty if it has no records.
pub fn keys(object: &str) -> impl Iterator<Item = &'static str> {
    // `mrule` prints records of `rule`.
    let object = if object == "mrule" { "rule" } else { object };
    let line = KEYS.lines().find_map(|l| l.split_once(": ").filter(|(name, _)| *name == object));
    line.map_or("", |(_, keys)| keys).split_whitespace()
}

/// Checks that a command prints records, and that its object knows the fields. A single command may still print a key
/// that the table lacks (of a newer kernel, for example): then its output decides.
///
/// # Errors
///
/// The command prints no records, or a field is unknown; exit code 255.
pub fn check(s: &Session, object: &Object, verb: Option<&Verb>, at: usize) -> Result<(), Diag> {
    let Some(Fields { paths, .. }) = &s.options.fields else { return Ok(()) };
    let name = object.name();
    if verb.is_some_and(|v| !VERBS.contains(&v.name())) || keys(name).next().is_none() {
        let verb = verb.map_or(String::new(), |v| format!(" {}", v.name()));
        return Err(Diag::usage(format!("Error: \"{name}{verb}\" has no fields.")).at(Span::word(at)));
    }
    let strange = paths.iter().flatten().filter(|part| !keys(name).any(|k| k == **part));
    match s.in_batch {
        // A batch line has its own words.
        true => strange.take(1).try_for_each(|part| Err(wrong(name, part, None))),
        false => {
            s.out.borrow_mut().doubt(name, strange.cloned().collect());
            Ok(())
        }
    }
}

/// The error about a field that an object does not have, with similar fields.
pub fn wrong(object: &str, part: &str, list: Option<usize>) -> Diag {
    let d = Diag::usage(format!("Error: argument \"{part}\" is wrong: {object} has no such field"));
    let d = list.into_iter().fold(d, |d, at| d.at(Span::word(at)));
    suggest::hint(d, part.as_bytes(), keys(object))
}

/// The candidates for the next field of a partly typed list.
pub fn offers(typed: &[u8]) -> Vec<Offer> {
    let typed = String::from_utf8_lossy(typed);
    let before = typed.rfind([',', '.']).and_then(|at| typed.get(..=at)).unwrap_or_default();
    let mut keys: Vec<(&str, Vec<&str>)> = Vec::new();
    for (object, line) in KEYS.lines().filter_map(|l| l.split_once(": ")) {
        for key in line.split_whitespace() {
            match keys.binary_search_by(|(k, _)| k.cmp(&key)) {
                Ok(at) => keys.get_mut(at).into_iter().for_each(|(_, of)| of.push(object)),
                Err(at) => keys.insert(at, (key, vec![object])),
            }
        }
    }
    keys.into_iter().map(|(key, of)| Offer::new(format!("{before}{key}"), of.join(", "))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_completed_field_by_field() {
        let words = |typed: &str| offers(typed.as_bytes()).into_iter().map(|o| o.word).collect::<Vec<_>>();
        assert!(words("lo").contains(&"local".to_string()));
        assert!(words("ifname,lo").contains(&"ifname,local".to_string()));
        assert!(words("ifname,stats64.r").contains(&"ifname,stats64.rx".to_string()));
    }
}
