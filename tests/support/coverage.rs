//! The words of every kind of link and port, of the program's tables and of tests/kinds.txt, and which of them a
//! wire case sends.

use super::machine;
use rip::internals::grammar::full;
use rip::internals::object::link::kind::{KINDS, Kind, find};
use rip::internals::object::link::port::PORTS;
use std::collections::BTreeSet;

/// A keyword of iproute2, and the words that may follow where they are few.
type Word = (&'static str, Vec<&'static str>);

/// The kinds of iproute2's grammar.
pub fn reference() -> Vec<(&'static str, Vec<Word>)> {
    let lines = include_str!("../kinds.txt").lines().filter(|l| !l.starts_with('#'));
    let words =
        |l: &'static str| l.split_whitespace().map(|w| w.split_once('=').unwrap_or((w, ""))).collect::<Vec<_>>();
    lines
        .filter_map(|l| l.split_once(':'))
        .map(|(kind, rest)| {
            (
                kind,
                words(rest).into_iter().map(|(k, v)| (k, v.split('|').filter(|v| !v.is_empty()).collect())).collect(),
            )
        })
        .collect()
}

/// What our tables lack of it.
pub fn lacking() -> Vec<String> {
    let mut wrong = Vec::new();
    for (name, words) in reference() {
        let Some(kind) = find(name.as_bytes()) else {
            wrong.push(format!("no kind {name:?}"));
            continue;
        };
        for (word, values) in words {
            let entries: Vec<_> = kind.tables.iter().flat_map(|t| t.entries()).collect();
            let Some(row) = entries.iter().find(|e| e.names.iter().any(|n| full(n) == word)) else {
                wrong.push(format!("{name} lacks {word}"));
                continue;
            };
            let told: BTreeSet<&str> = row.meta.split([' ', '{', '}', '[', ']']).collect();
            wrong.extend(
                values.iter().filter(|v| !told.contains(**v)).map(|v| format!("{name} {word} does not tell of {v}")),
            );
        }
    }
    wrong
}

/// One kind: how many of its keywords and values there are, and those that no wire case sends.
pub struct Count {
    pub kind: &'static str,
    pub all: usize,
    pub left: BTreeSet<String>,
}

/// Keywords of the tables, keywords and values of iproute2.
pub fn counts() -> Vec<Count> {
    let lines = sending();
    let reference = reference();
    let count = |k: &&'static Kind| {
        let rows = k.tables.iter().flat_map(|t| t.entries()).flat_map(|e| e.names);
        let mut words: BTreeSet<String> = rows.map(|n| full(n).to_string()).collect();
        for (word, values) in reference.iter().filter(|(n, _)| *n == k.name).flat_map(|(_, words)| words) {
            words.extend(values.iter().map(|v| format!("{word} {v}")));
        }
        let tails = lines.iter().filter_map(|l| l.split_once(&format!(" type {} ", k.name)));
        let tails: Vec<String> = tails.map(|(_, tail)| format!(" {tail} ")).collect();
        let all = words.len();
        words.retain(|w| !tails.iter().any(|t| t.contains(&format!(" {w} "))));
        Count { kind: k.name, all, left: words }
    };
    KINDS.iter().chain(PORTS).map(count).collect()
}

/// Command lines of the wire cases that a request follows, of iproute2 (`stored/`) or written by hand.
fn sending() -> Vec<String> {
    let mut found = Vec::new();
    for dir in ["wire/stored", "wire"] {
        for entry in std::fs::read_dir(machine::tests().join(dir)).into_iter().flatten().flatten() {
            let text = std::fs::read_to_string(entry.path()).unwrap_or_default();
            let pairs = text.lines().zip(text.lines().skip(1));
            found.extend(pairs.filter(|(_, next)| next.starts_with("> ")).map(|(line, _)| line.to_string()));
        }
    }
    found
}

/// The table that the wire suite ends with.
pub fn table() -> String {
    let mut out = String::from("keywords and values of the kinds that wire cases send:");
    for (i, c) in counts().iter().filter(|c| c.all > 0).enumerate() {
        let lead = if i % 5 == 0 { "\n  " } else { "  " };
        let sent = format!("{} {}/{}", c.kind, c.all - c.left.len(), c.all);
        out.push_str(&format!("{lead}{sent:<22}"));
    }
    out.lines().map(|l| format!("{}\n", l.trim_end())).collect()
}
