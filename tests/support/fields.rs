//! The keys of each object's JSON: collected from the sources, and from the recorded answers of iproute2.
#![allow(dead_code)]

use rip::internals::cli::objects::OBJECTS;
use rip::internals::cli::tree;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        match entry.path() {
            path if path.is_dir() => sources(&path, found),
            path => found.extend(Some(path).filter(|p| p.extension().is_some_and(|e| e == "rs"))),
        }
    }
}

/// The strings of a source without its unit tests that can be keys, each with what stands before and behind it.
fn strings(text: &str) -> Vec<(&str, &str, &str)> {
    let text = text.split("#[cfg(test)]").next().unwrap_or_default();
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = text[from..].find('"').map(|at| from + at + 1) {
        let mut end = start;
        while text.as_bytes().get(end).is_some_and(|b| *b != b'"') {
            end += if text.as_bytes()[end] == b'\\' { 2 } else { 1 };
        }
        let Some(word) = text.get(start..end) else { break };
        let inner = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'_' | b'-');
        let starts = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
        let line = text[..start].rsplit('\n').next().unwrap_or_default().trim_start();
        // A row of a grammar: `"up" => Flag, ...`.
        let row =
            line.starts_with('"') && text[start - line.len()..].lines().next().is_some_and(|l| l.contains("\" => "));
        if !row
            && word.starts_with(starts)
            && word.contains(|c: char| c.is_ascii_lowercase())
            && word.bytes().all(inner)
        {
            let before = text[..start - 1].trim_end();
            let line = before.len() - before.len().min(60);
            let line = (line..before.len()).find(|i| before.is_char_boundary(*i)).unwrap_or(before.len());
            found.push((&before[line..], word, text[end + 1..].trim_start()));
        }
        from = end + 1;
    }
    found
}

/// Whether a string is an argument of what writes a field, or stands in a table of keys.
fn is_key(before: &str, word: &str, behind: &str) -> bool {
    const WRITERS: &[&str] =
        &[".item(", ".colored(", ".hidden(", ".flag(", ".null(", ".switch(", ".object(Some(", ".array(Some("];
    let call = before.rsplit_once('.').map(|(_, call)| format!(".{call}")).unwrap_or_default();
    let writes = WRITERS.iter().any(|w| call.starts_with(w)) && !call.contains('"');
    let grammar = behind.starts_with("=>") || behind.starts_with('|');
    // Numbers stand in many tables.
    let name = !word.starts_with(|c: char| c.is_ascii_digit());
    writes || name && !grammar && before.ends_with([',', '(']) && behind.starts_with([',', ')']) && before.contains('(')
}

fn collect(v: &Value, keys: &mut BTreeSet<String>) {
    match v {
        Value::Object(members) => members.iter().for_each(|(k, v)| {
            keys.insert(k.clone());
            collect(v, keys);
        }),
        Value::Array(all) => all.iter().for_each(|v| collect(v, keys)),
        _ => {}
    }
}

/// The JSON documents that iproute2 answered with, by object.
pub fn answers() -> BTreeMap<&'static str, Vec<String>> {
    let mut found: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let mut files: Vec<_> =
        std::fs::read_dir(root().join("tests/live/answers")).expect("answers").flatten().map(|e| e.path()).collect();
    files.sort();
    for file in files {
        let text = std::fs::read_to_string(file).expect("answers");
        for case in text.split("\n$ ") {
            let mut lines = case.lines();
            let command = lines.next().unwrap_or_default().trim_start_matches("$ ");
            let out: Vec<&str> = lines.filter_map(|l| l.strip_prefix(' ')).collect();
            let out = out.join("\n");
            let mut words = command.split_whitespace().skip_while(|w| *w != "ip").skip(1);
            let Some(object) = words.find(|w| !w.starts_with('-')).and_then(|w| tree::object(w.as_bytes())) else {
                continue;
            };
            let is_json = out.starts_with(['[', '{']) && serde_json::from_str::<Value>(&out).is_ok();
            if is_json && object.name() != "monitor" && !command.contains(" -p ") {
                found.entry(object.name()).or_default().push(out);
            }
        }
    }
    found
}

/// The words of an object's sources that only look like keys.
fn others(object: &str) -> impl Iterator<Item = &'static str> {
    let line = include_str!("../not-fields.txt").lines().filter_map(|l| l.split_once(": ")).find(|(o, _)| *o == object);
    line.map_or("", |(_, words)| words).split_whitespace()
}

/// Keys that stand in no call of a writer: composed ones, and those of tables of the kernel's numbers.
fn more(object: &str) -> impl Iterator<Item = &'static str> {
    let line =
        include_str!("../more-fields.txt").lines().filter_map(|l| l.split_once(": ")).find(|(o, _)| *o == object);
    line.map_or("", |(_, words)| words).split_whitespace()
}

/// What the table should be.
///
/// # Panics
/// If a word of tests/not-fields.txt is no longer found, or is a key after all; if one of tests/more-fields.txt is found
/// without it.
pub fn table() -> String {
    let answers = answers();
    let mut lines = Vec::new();
    for object in OBJECTS {
        let name = object.name();
        let folder = root().join("src/object").join(name);
        let mut files = Vec::new();
        match folder.is_dir() {
            true => sources(&folder, &mut files),
            false => files.extend(Some(root().join(format!("src/object/{name}.rs"))).filter(|f| f.is_file())),
        }
        if files.is_empty() {
            continue;
        }
        // Parts that several objects share.
        if matches!(name, "route" | "nexthop") {
            sources(&root().join("src/encap"), &mut files);
            sources(&root().join("src/object/nexthop"), &mut files);
        }
        if name == "address" {
            sources(&root().join("src/object/link"), &mut files);
        }
        let mut keys = BTreeSet::new();
        for file in files {
            let text = std::fs::read_to_string(file).expect("a source");
            keys.extend(strings(&text).into_iter().filter(|(b, w, a)| is_key(b, w, a)).map(|(_, w, _)| w.to_string()));
        }
        let stale: Vec<&str> = others(name).filter(|word| !keys.remove(*word)).collect();
        assert!(stale.is_empty(), "tests/not-fields.txt: the sources of {name} have none of {stale:?} like a key");
        let mut answered = BTreeSet::new();
        for answer in answers.get(name).into_iter().flatten() {
            collect(&serde_json::from_str(answer).expect("JSON"), &mut answered);
        }
        let wrong: Vec<&str> = others(name).filter(|word| answered.contains(*word)).collect();
        assert!(wrong.is_empty(), "tests/not-fields.txt: iproute2 answers {name} with {wrong:?}");
        keys.append(&mut answered);
        // Options of tunnels, under their keywords.
        if matches!(name, "route" | "nexthop") {
            keys.extend(super::sandbox::DEADLY.iter().map(|word| word.to_string()));
        }
        for word in more(name) {
            assert!(keys.insert(word.to_string()), "tests/more-fields.txt: {word:?} of {name} is found without it");
        }
        if !keys.is_empty() {
            lines.push(format!("{name}: {}", keys.into_iter().collect::<Vec<_>>().join(" ")));
        }
    }
    lines.join("\n") + "\n"
}
