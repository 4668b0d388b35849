//! What `-fields` must give: read out of a JSON document by a reader that shares nothing with the program's own.

use rip::internals::cli::fields::keys;
use rip::internals::cli::tree;
use rip::internals::output::fields::{Extractor, Fields};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::sync::Mutex;

/// A path of keys from the record to a value; lists on the way are passed through.
pub type Path = Vec<String>;

/// The records of a document.
pub fn records(document: &Value) -> Vec<&Value> {
    match document {
        Value::Array(all) => all.iter().filter(|v| v.is_object()).collect(),
        Value::Object(_) => vec![document],
        _ => Vec::new(),
    }
}

/// Every path in a record.
pub fn paths(record: &Value) -> BTreeSet<Path> {
    fn walk(v: &Value, path: &mut Path, found: &mut BTreeSet<Path>) {
        match v {
            Value::Object(members) => {
                for (key, v) in members {
                    path.push(key.clone());
                    found.insert(path.clone());
                    walk(v, path, found);
                    path.pop();
                }
            }
            Value::Array(all) => all.iter().for_each(|v| walk(v, path, found)),
            _ => {}
        }
    }
    let mut found = BTreeSet::new();
    walk(record, &mut Vec::new(), &mut found);
    found
}

/// The values at a path, in their order.
fn at<'v>(v: &'v Value, path: &[String], found: &mut Vec<&'v Value>) {
    match (v, path.split_first()) {
        (_, None) => found.push(v),
        (Value::Array(all), _) => all.iter().for_each(|v| at(v, path, found)),
        (Value::Object(members), Some((key, rest))) => members.get(key).into_iter().for_each(|v| at(v, rest, found)),
        _ => {}
    }
}

/// A value as a column: `null` is empty, a list of plain values has commas, the rest is JSON.
fn shown(v: &Value) -> String {
    let plain = |v: &Value| !v.is_array() && !v.is_object();
    match v {
        Value::Null => String::new(),
        Value::String(text) => {
            let safe = |c: char| if c.is_control() { format!("\\x{:02x}", u32::from(c)) } else { c.to_string() };
            text.chars().map(safe).collect()
        }
        Value::Array(all) if all.iter().all(plain) => all.iter().map(shown).collect::<Vec<_>>().join(","),
        v => v.to_string(),
    }
}

/// The lines of one field: those of the shortest path of each record that ends in it, or what it could mean.
pub fn lines(document: &Value, field: &[String]) -> Result<Vec<String>, Vec<String>> {
    let mut found = Vec::new();
    for record in records(document) {
        let ending: Vec<Path> = paths(record).into_iter().filter(|p| p.ends_with(field)).collect();
        let shortest = ending.iter().map(Vec::len).min().unwrap_or_default();
        let meant: Vec<&Path> = ending.iter().filter(|p| p.len() == shortest).collect();
        match meant.as_slice() {
            [] => {}
            [path] => {
                let mut values = Vec::new();
                at(record, path, &mut values);
                found.extend(values.into_iter().map(shown));
            }
            several => return Err(several.iter().map(|p| p.join(".")).collect()),
        }
    }
    Ok(found)
}

/// The fields to ask a document for: every path in it, and every key alone.
pub fn fields(document: &Value) -> BTreeSet<Path> {
    let mut all: BTreeSet<Path> = records(document).into_iter().flat_map(paths).collect();
    let alone: Vec<Path> = all.iter().flatten().map(|key| vec![key.clone()]).collect();
    all.extend(alone);
    all
}

/// The object whose records a command line prints, where that is one command of `ip` or `rip`.
fn object_of(command: &str) -> Option<&'static str> {
    let mut words = command.split_whitespace().skip_while(|w| *w != "ip" && *w != "rip").skip(1);
    let valued = ["-n", "-netns", "-f", "-family", "-l", "-loops", "-rc", "-rcvbuf"];
    loop {
        match words.next()? {
            option if valued.contains(&option) => words.next().map(drop)?,
            option if option.starts_with('-') => {}
            word => return tree::object(word.as_bytes()).map(|o| o.name()),
        }
    }
}

/// The paths of each object that were judged, so that each kind of record is judged once.
static JUDGED: Mutex<BTreeMap<&str, BTreeSet<(Path, bool)>>> = Mutex::new(BTreeMap::new());

/// Every key that a command printed, by object, is in the table of fields, and the extractor that stands behind `-fields`
/// gives what the reader finds; what differs otherwise.
pub fn judge(command: &str, out: &[u8]) -> Result<usize, String> {
    if command.contains('|') {
        return Ok(0);
    }
    let documents = serde_json::Deserializer::from_slice(out).into_iter::<Value>().collect::<Result<Vec<_>, _>>();
    let (Some(object), Ok(documents)) = (object_of(command), documents) else { return Ok(0) };
    if keys(object).next().is_none() {
        return Ok(0);
    }
    let known: BTreeSet<&str> = keys(object).collect();
    let mut compared = 0;
    for document in &documents {
        let mut wanted = Vec::new();
        let all = fields(document);
        let strange: BTreeSet<String> =
            all.iter().flatten().filter(|key| !known.contains(key.as_str())).cloned().collect();
        {
            let mut judged = JUDGED.lock().map_err(|e| e.to_string())?;
            let judged = judged.entry(object).or_default();
            for field in all {
                let expected = lines(document, &field);
                if judged.insert((field.clone(), expected.is_err())) {
                    wanted.push((field, expected));
                }
            }
        }
        if !strange.is_empty() {
            return Err(format!("{object}: {strange:?} of its JSON are not in tests/more-fields.txt"));
        }
        let text = document.to_string();
        for (field, expected) in wanted {
            let name = field.join(".");
            let parsed = Fields::parse(name.as_bytes(), 0).map_err(|e| format!("{object}: not a field: {e}"))?;
            let mut extractor = Extractor::new(parsed.paths);
            let mut lines = Vec::new();
            extractor.feed(text.as_bytes(), &mut lines);
            let said = String::from_utf8_lossy(&lines).into_owned();
            let fits = match (&expected, extractor.wrong()) {
                (Ok(expected), None) => said.lines().eq(expected.iter().map(String::as_str)),
                (Err(several), Some(wrong)) => several.iter().all(|one| wrong.contains(one.as_str())),
                _ => false,
            };
            if !fits {
                let wrong = extractor.wrong();
                return Err(format!("{object}: -fields {name}: wanted {expected:?}, got {said:?} {wrong:?} of {text}"));
            }
            compared += 1;
        }
    }
    Ok(compared)
}

/// Appends the keys that `judge` has seen, an object a line, to the file that RIP_KEYS names.
pub fn keep() {
    let Some(file) = std::env::var_os("RIP_KEYS") else { return };
    let judged = JUDGED.lock().map(|j| j.clone()).unwrap_or_default();
    let mut text = String::new();
    for (object, paths) in judged {
        let keys: BTreeSet<&str> = paths.iter().flat_map(|(path, _)| path).map(String::as_str).collect();
        text.push_str(&format!("{object}: {}\n", keys.into_iter().collect::<Vec<_>>().join(" ")));
    }
    let file = std::fs::OpenOptions::new().create(true).append(true).open(file);
    file.and_then(|mut f| f.write_all(text.as_bytes())).expect("the keys");
}
