//! Whether the generator reaches every word of the tables: what it never says is never compared.

use super::grow::Grower;
use super::support::sandbox::DEADLY;
use rip::internals::cli::objects::OBJECTS;
use rip::internals::command::{Object, Table};
use rip::internals::encap::TYPES;
use rip::internals::grammar::{full, spells};
use rip::internals::object::link::kind::KINDS;
use rip::internals::object::link::port::PORTS;
use rip::internals::session::options::OPTIONS;
use std::collections::BTreeSet;

/// Lines in which every word must stand; links have as many words as all the others.
fn lines(object: &str) -> usize {
    match object {
        "link" => 20_000,
        "route" | "tunnel" => 6_000,
        "xfrm" => 12_000,
        _ => 2_000,
    }
}

/// Words that are for the guest alone (the machine's kernel crashes on them), name processes of the machine, or are not iproute2's.
fn never(word: &str) -> bool {
    DEADLY.contains(&word) || ["attach", "hint"].contains(&word)
}

/// The words that so many lines of each object lack, and how many words there are.
pub fn lacking(objects: &[&'static str], seed: u64) -> (usize, Vec<String>) {
    let (mut all, mut left) = (0, Vec::new());
    let mut said = BTreeSet::new();
    for name in objects {
        let object: &Object = OBJECTS.iter().find(|o| o.name() == *name).expect("an object");
        let mut grower = Grower::new(seed);
        let lines: Vec<String> = (0..lines(name)).map(|_| format!(" {} ", grower.line(name).join(" "))).collect();
        let mut check = |of: &str, lines: &[&str], words: BTreeSet<&str>| {
            let words: BTreeSet<&str> = words.into_iter().filter(|w| !never(w)).collect();
            all += words.len();
            let lacks = |w: &&str| !lines.iter().any(|l| l.contains(&format!(" {w} ")));
            left.extend(words.into_iter().filter(lacks).map(|w| format!("{of}: {w}")));
        };
        let every: Vec<&str> = lines.iter().map(String::as_str).collect();
        check(name, &every, object.names.iter().map(|n| full(n)).collect());
        for verb in object.verbs {
            let lines: Vec<&str> = match verb.names.is_empty() {
                true => every.clone(),
                false => after(&every, &verb.names.iter().map(|n| full(n)).collect::<Vec<_>>()),
            };
            let of = format!("{name} {}", verb.name());
            check(&of, &every, verb.names.iter().map(|n| full(n)).collect());
            verb.tables.iter().for_each(|t| check(&of, &lines, words(*t)));
        }
        if *name == "link" {
            for kind in KINDS.iter().chain(PORTS) {
                let lines = after(&every, &[&format!("type {}", kind.name)]);
                check("link type", &every, BTreeSet::from([kind.name]));
                kind.tables.iter().for_each(|t| check(&format!("link type {}", kind.name), &lines, words(*t)));
            }
        }
        if *name == "route" {
            for encap in TYPES {
                let of = format!("encap {}", encap.name());
                let lines = after(&every, &[&of]);
                check(&of, &lines, words(encap.table));
            }
        }
        for line in &lines {
            said.extend(line.split(' ').take_while(|w| w.is_empty() || w.starts_with('-')).map(str::to_string));
        }
    }
    for option in OPTIONS.iter().filter(|o| !o.ours && !never(full(o.names[0]))) {
        all += 1;
        let is = |word: &String| option.names.iter().any(|n| spells(n, word.trim_start_matches('-').as_bytes()));
        if !said.iter().any(is) {
            left.push(format!("option: -{}", full(option.names[0])));
        }
    }
    (all, left)
}

/// The keywords of a table.
fn words(table: &'static dyn Table) -> BTreeSet<&'static str> {
    table.entries().iter().flat_map(|e| e.names).map(|n| full(n)).collect()
}

/// What stands behind one of these words, in the lines that have it.
fn after<'a>(lines: &[&'a str], words: &[&str]) -> Vec<&'a str> {
    let rest =
        |l: &'a str| words.iter().find_map(|w| l.find(&format!(" {w} ")).and_then(|at| l.get(at + w.len() + 1..)));
    lines.iter().filter_map(|l| rest(l)).collect()
}
