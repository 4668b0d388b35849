//! Lints: folds over every table of the program, and over its sources.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use rip::cli::options::OPTIONS;
use rip::cli::tree::{self, Object, Table};
use rip::grammar::{full, spells};
use rip::object::OBJECTS;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Every table of every verb, once each, with where it was found.
fn tables() -> Vec<(String, &'static dyn Table)> {
    let mut found: Vec<(String, &'static dyn Table)> = Vec::new();
    for object in OBJECTS {
        for verb in object.verbs {
            for table in verb.tables {
                if !found.iter().any(|(_, t)| std::ptr::addr_eq(*t, *table)) {
                    found.push((format!("{} {}: {}", object.name(), verb.name(), table.title()), *table));
                }
            }
        }
    }
    found
}

/// What is wrong, all at once.
fn none_of(wrong: Vec<String>) {
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_name_resolves_to_its_own_row() {
    let mut wrong = Vec::new();
    for (place, table) in tables() {
        let rows = table.entries();
        for (i, row) in rows.iter().enumerate() {
            for name in row.names.iter().map(|n| full(n)).filter(|n| !n.is_empty()) {
                let first = rows.iter().position(|r| r.names.iter().any(|n| spells(n, name.as_bytes())));
                if first != Some(i) {
                    let other = first.map_or("none", |f| rows[f].names[0]);
                    wrong.push(format!("{place}: {name:?} means {other:?}"));
                }
            }
        }
    }
    none_of(wrong);
}

#[test]
fn every_verb_and_option_resolves_to_itself() {
    let mut wrong = Vec::new();
    for object in OBJECTS {
        for name in object.names {
            let found = tree::object(full(name).as_bytes()).map(Object::name);
            if found != Some(object.name()) {
                wrong.push(format!("object {name:?} means {found:?}"));
            }
        }
        for verb in object.verbs {
            for name in verb.names {
                let found = object.verb(full(name).as_bytes());
                if !found.is_some_and(|f| std::ptr::eq(f, verb)) {
                    wrong.push(format!("{} {name:?} means {:?}", object.name(), found.map(|f| f.name())));
                }
            }
        }
    }
    for option in OPTIONS {
        for name in option.names {
            let found = OPTIONS.iter().find(|o| o.names.iter().any(|n| spells(n, full(name).as_bytes())));
            if found.is_some_and(|f| f.id != option.id) {
                wrong.push(format!("option {name:?} means {:?}", found.map(|f| f.id)));
            }
        }
    }
    none_of(wrong);
}

#[test]
fn help_is_short_plain_and_there() {
    let mut wrong = Vec::new();
    let mut check = |place: String, help: &str| {
        if help.is_empty() {
            wrong.push(format!("{place}: no help"));
        }
        if help.trim() != help || help.ends_with('.') || help.contains('\n') || help.len() > 70 {
            wrong.push(format!("{place}: {help:?} is no short plain line"));
        }
    };
    for (place, table) in tables() {
        for row in table.entries() {
            check(format!("{place} {:?}", row.names), row.help);
        }
    }
    for object in OBJECTS {
        check(object.name().to_string(), object.about);
        object.verbs.iter().for_each(|v| check(format!("{} {}", object.name(), v.name()), v.about));
    }
    OPTIONS.iter().for_each(|o| check(format!("-{}", full(o.names[0])), o.help));
    none_of(wrong);
}

#[test]
fn usage_has_no_trailing_blanks_and_names_every_keyword() {
    let mut wrong = Vec::new();
    for object in OBJECTS {
        let text = tree::object_usage(object);
        for line in text.lines() {
            if line.ends_with(' ') || line.contains('\t') {
                wrong.push(format!("{}: {line:?}", object.name()));
            }
        }
        let words: BTreeSet<&str> = text.split_whitespace().collect();
        for verb in object.verbs {
            for name in verb.names.iter().map(|n| full(n)) {
                if !words.contains(name) {
                    wrong.push(format!("{}: the usage lacks {name:?}", object.name()));
                }
            }
            for entry in verb.tables.iter().flat_map(|t| t.entries()) {
                for name in entry.names.iter().map(|n| full(n)).filter(|n| !n.is_empty()) {
                    if !words.contains(name) {
                        wrong.push(format!("{} {}: the usage lacks {name:?}", object.name(), verb.name()));
                    }
                }
            }
        }
    }
    let all = tree::usage();
    wrong.extend(all.lines().filter(|l| l.ends_with(' ')).map(|l| format!("usage: {l:?}")));
    none_of(wrong);
}

/// The keywords of the reference's grammar, by object and verb: tests/keywords.txt.
#[test]
fn every_keyword_of_the_reference_is_there() {
    let mut wrong = Vec::new();
    for line in include_str!("keywords.txt").lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty()) {
        let (place, words) = line.split_once(':').expect("`object verb: words`");
        let (object, verb) = place.split_once(' ').expect("`object verb`");
        let Some(object) = OBJECTS.iter().find(|o| o.names.iter().any(|n| full(n) == object)) else {
            wrong.push(format!("no object {object:?}"));
            continue;
        };
        let Some(verb) = object.verbs.iter().find(|v| v.names.iter().any(|n| full(n) == verb)) else {
            wrong.push(format!("{} has no verb {verb:?}", object.name()));
            continue;
        };
        let names: BTreeSet<&str> =
            verb.tables.iter().flat_map(|t| t.entries()).flat_map(|e| e.names).map(|n| full(n)).collect();
        let missing: Vec<&str> = words.split_whitespace().filter(|w| !names.contains(w)).collect();
        if !missing.is_empty() {
            wrong.push(format!("{} {} lacks: {}", object.name(), verb.name(), missing.join(" ")));
        }
    }
    none_of(wrong);
}

fn sources() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut todo = vec![root.join("src"), root.join("tests"), root.join("benches")];
    let mut found = Vec::new();
    while let Some(dir) = todo.pop() {
        for entry in std::fs::read_dir(&dir).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                // The fuzzer is a package of its own and builds where it lies.
                todo.extend(Some(path).filter(|p| !p.ends_with("target")));
            } else if path.extension().is_some_and(|e| e == "rs") {
                let text = std::fs::read_to_string(&path).unwrap_or_default();
                found.push((path.strip_prefix(root).unwrap_or(&path).to_path_buf(), text));
            }
        }
    }
    assert!(found.len() > 20, "the sources are not where they were");
    found
}

#[test]
fn files_are_short_and_begin_with_what_they_are() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let lines = text.lines().count();
        if lines > 500 {
            wrong.push(format!("{}: {lines} lines", path.display()));
        }
        if !text.starts_with("//! ") {
            wrong.push(format!("{}: no first paragraph", path.display()));
        }
        for word in ["utils", "common", "helper", "manager"] {
            if path.file_stem().is_some_and(|s| s.to_string_lossy().contains(word)) {
                wrong.push(format!("{}: the name says nothing", path.display()));
            }
        }
    }
    none_of(wrong);
}

#[test]
fn nothing_is_left_to_do() {
    // Written apart, so that this file is not its own finding.
    let marks = [
        concat!("TO", "DO"),
        concat!("FIX", "ME"),
        concat!("XX", "X:"),
        concat!("unimple", "mented!"),
        concat!("to", "do!("),
    ];
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        for (n, line) in text.lines().enumerate() {
            if marks.iter().any(|m| line.contains(m)) {
                wrong.push(format!("{}:{}: {line}", path.display(), n + 1));
            }
            if path.starts_with("src") && line.contains("unsafe ") && line.contains('{') && !path.ends_with("sys.rs") {
                wrong.push(format!("{}:{}: unsafe outside src/sys.rs", path.display(), n + 1));
            }
        }
    }
    none_of(wrong);
}

#[test]
fn the_layers_know_only_those_below_them() {
    let forbidden: &[(&str, &[&str])] = &[
        ("src/grammar", &["crate::net::", "crate::object", "crate::session", "crate::cli"]),
        (
            "src/net",
            &["crate::object", "crate::session", "crate::cli", "crate::grammar", "print!", "crate::show::paper"],
        ),
        ("src/show", &["crate::net", "crate::object", "crate::session", "crate::cli", "crate::grammar", "netlink"]),
        ("src/diag.rs", &["crate::net", "crate::object", "crate::session", "crate::cli", "crate::grammar"]),
    ];
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        for (layer, words) in forbidden.iter().filter(|(l, _)| path.starts_with(l)) {
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            // A request notes the words that caused it: the one trait that `net` takes from above.
            let skip = |l: &str| l.trim_start().starts_with("//") || l == "use crate::grammar::Target;";
            for line in code.lines().filter(|l| !skip(l)) {
                if let Some(word) = words.iter().find(|w| line.contains(*w)) {
                    wrong.push(format!("{} ({layer}) uses {word}: {}", path.display(), line.trim()));
                }
            }
        }
    }
    none_of(wrong);
}
