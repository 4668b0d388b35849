//! The usage texts of `ip help`, `ip OBJECT help` and `ip link help KIND`, which programs search for keywords.
//!
//! They are generated from the tables: each row gives `[ keyword TERM ]`; a term that needs explanation gets a line of
//! its own.

use super::{Entry, Object, Table, Verb};
use crate::grammar::full;

/// Approximate line width, in columns.
const WIDTH: usize = 78;

/// The definition of a placeholder in a usage: `("SCOPE", "{ host | link | global | NUMBER }")`. An empty placeholder
/// adds a line by itself, for a form that no row shows.
pub type Terms = &'static [(&'static str, &'static str)];

/// A definition that is replaced by the list of link kinds.
pub const KINDS: &str = "{ kinds of link }";
/// The definition of a placeholder that lists the objects whose entries can be selected.
pub const SELECTABLE: &str = "{ objects that can be selected }";
/// The definition of a placeholder that lists the object types of a snapshot.
pub const WRITTEN: &str = "[ object types of a snapshot ]";

/// The words that a meaning like `KINDS` stands for; `None`: the meaning is text.
pub type Meaning<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Verbs that iproute2 writes without a brace before them, because programs search for `ip link add`.
const ALONE: &[(&str, &[&str])] = &[
    ("link", &["add", "delete", "show"]),
    ("address", &["del"]),
    ("route", &["save", "restore", "showdump"]),
    ("vrf", &["show", "exec", "identify", "pids"]),
    ("netns", &["list", "add", "pids", "monitor"]),
    ("ntable", &["change", "show"]),
    ("mroute", &["show"]),
    ("stats", &["show", "set", "help"]),
    ("tcp_metrics", &["delete"]),
];

/// The usage of an object: a line for each group of verbs with the same words, then the words of each group.
///
/// `lists` gives the text of a term that is a list of another layer: link kinds, objects. `exists` says whether a word
/// exists under the name that the program was called by.
pub fn object(object: &Object, lists: Meaning<'_>, exists: &dyn Fn(&str) -> bool) -> String {
    let alone = ALONE.iter().find(|(o, _)| *o == object.name()).map_or(&[][..], |(_, verbs)| verbs);
    let mut out = String::new();
    let mut tables: Vec<&'static dyn Table> = Vec::new();
    for verbs in groups(object.verbs.iter().filter(|v| exists(v.name()))) {
        let names: Vec<&str> = verbs.iter().flat_map(|v| spellings(v)).collect();
        let (lone, names): (Vec<&str>, Vec<&str>) =
            names.into_iter().filter(|n| !n.is_empty()).partition(|n| alone.contains(n));
        let mut line: Vec<String> = Vec::new();
        for t in verbs.first().map_or(&[][..], |v| v.tables) {
            // A nested object: its own usage has the keywords.
            if t.usage().is_some() {
                line.push("{ COMMAND | help }".into());
                break;
            }
            let below: Vec<&str> = t.verbs().into_iter().map(|(n, _)| full(n)).collect();
            if !below.is_empty() {
                line.push(format!("{{ {} }}", below.join(" | ")));
            }
            // Positional arguments only.
            if t.entries().iter().all(|e| e.names.is_empty()) {
                if !exists(t.title().trim_matches(['[', ']', ' '])) {
                    continue;
                }
                line.push(t.title().to_string());
                continue;
            }
            line.push(format!("[ {} ]", t.title()));
            if !tables.iter().any(|known| known.title() == t.title()) {
                tables.push(*t);
            }
        }
        let together = match names.as_slice() {
            [] if lone.is_empty() => Some(String::new()),
            [] => None,
            [one] => Some((*one).to_string()),
            all => Some(format!("{{ {} }}", all.join(" | "))),
        };
        for head in lone.into_iter().map(String::from).chain(together) {
            let lead = if out.is_empty() { "Usage:" } else { "      " };
            out.push_str(&format!("{lead} ip {}", object.name()));
            let parts = [head.as_str()].into_iter().filter(|h| !h.is_empty()).chain(line.iter().map(String::as_str));
            fold(&mut out, &parts.collect::<Vec<_>>(), "", 14);
            out.push('\n');
        }
    }
    for t in &tables {
        out.push_str(&format!("where {} :=", t.title()));
        let mut entries = t.entries();
        entries.retain(|e| e.names.iter().all(|n| exists(n)));
        let words = words(&entries);
        fold(&mut out, &words.iter().map(String::as_str).collect::<Vec<_>>(), "", 8);
        out.push('\n');
    }
    let entries: Vec<Entry> = tables.iter().flat_map(|t| t.entries()).collect();
    terms(&mut out, &entries, object.terms, lists);
    out
}

/// The usage of a kind of link.
pub fn kind(name: &str, tables: &[&'static dyn Table], of: Terms) -> String {
    let entries: Vec<Entry> = tables.iter().flat_map(|t| t.entries()).collect();
    let mut out = format!("Usage: ... {name}");
    for (i, word) in words(&entries).iter().enumerate() {
        if i > 0 {
            out.push_str("\n\t\t");
        }
        fold(&mut out, &[word], "", 16);
    }
    out.push('\n');
    terms(&mut out, &entries, of, &|_| None);
    out
}

/// Groups of adjacent verbs that take the same words.
fn groups(verbs: impl Iterator<Item = &'static Verb>) -> Vec<Vec<&'static Verb>> {
    let title = |v: &Verb| v.tables.iter().map(|t| t.title()).collect::<Vec<_>>();
    let mut out: Vec<Vec<&'static Verb>> = Vec::new();
    for verb in verbs {
        match out.iter_mut().find(|g| g.first().is_some_and(|v| title(v) == title(verb))) {
            Some(group) => group.push(verb),
            None => out.push(vec![verb]),
        }
    }
    out
}

/// The names of a verb, and its common abbreviation.
fn spellings(verb: &'static Verb) -> Vec<&'static str> {
    let mut names: Vec<&str> = verb.names.iter().map(|n| full(n)).collect();
    if names.contains(&"delete") {
        names.push("del");
    }
    names
}

/// Each row as `[ metric METRIC ]`, with all its names; a flag and its `no` form as one.
pub fn words(entries: &[Entry]) -> Vec<String> {
    let named = |name: &str| entries.iter().find(|e| e.names.iter().any(|n| full(n) == name));
    let flag = |name: &str| named(name).is_some_and(|e| e.term.is_empty());
    // `ikey` and `okey` beside `key`.
    let both = |name: &str| named(&format!("i{name}")).is_some() && named(&format!("o{name}")).is_some();
    let half = |name: &str| name.strip_prefix(['i', 'o']).is_some_and(|n| both(n) && named(n).is_some());
    let mut out: Vec<String> = Vec::new();
    for e in entries {
        for name in e.names.iter().map(|n| full(n)) {
            let word = match (name, e.term.as_ref()) {
                ("", term) => format!("[ {term} ]"),
                (n, _) if half(n) || n.strip_prefix("no").is_some_and(half) => continue,
                (n, "") if both(n) && flag(&format!("no{n}")) => format!("[ [no][i|o]{n} ]"),
                (n, term) if both(n) && flag(&format!("no{n}")) => format!("[ [i|o]{n} {term} | no[i|o]{n} ]"),
                (n, term) if both(n) => format!("[ [i|o]{n} {term} ]"),
                (n, "") if n.strip_prefix("no").is_some_and(both) => continue,
                (n, "") if n.strip_prefix("no").is_some_and(flag) => continue,
                (n, "") if flag(&format!("no{n}")) => format!("[ [no]{n} ]"),
                (n, "") => format!("[ {n} ]"),
                (n, term) => format!("[ {n} {term} ]"),
            };
            if !out.contains(&word) {
                out.push(word);
            }
        }
        if e.names.is_empty() {
            out.push(format!("[ {} ]", e.term));
        }
    }
    out
}

/// Appends the definitions of the rows' placeholders, then the further ones.
fn terms(out: &mut String, entries: &[Entry], more: Terms, lists: Meaning<'_>) {
    let mut known: Vec<String> = Vec::new();
    let rows = entries
        .iter()
        .filter(|e| e.term != e.meta && e.meta.starts_with('{'))
        .map(|e| (e.term.as_ref(), e.meta.as_ref()));
    for (term, meaning) in rows.chain(more.iter().copied()) {
        if known.iter().any(|k| k == term) && !more.contains(&(term, meaning)) {
            continue;
        }
        known.push(term.to_string());
        out.push_str(&if term.is_empty() { "       ".to_string() } else { format!("{term} :=") });
        let listed = lists(meaning);
        fold(out, &listed.as_deref().unwrap_or(meaning).split(' ').collect::<Vec<_>>(), "", 8);
        out.push('\n');
    }
}

/// Appends words, wrapped into lines.
pub fn fold(out: &mut String, words: &[&str], between: &str, indent: usize) {
    let start = out.rfind('\n').map_or(0, |i| i + 1);
    let mut column = out.len() - start;
    // A word wider than a line is broken at its spaces.
    let wide = |w: &&str| w.len() + indent >= WIDTH && w.contains(' ');
    if between.is_empty() && words.iter().any(wide) {
        let parts: Vec<&str> =
            words.iter().flat_map(|w| if wide(w) { w.split(' ').collect() } else { vec![*w] }).collect();
        return fold(out, &parts, between, indent);
    }
    for (i, word) in words.iter().enumerate() {
        let tail = if i + 1 < words.len() { between } else { "" };
        if column + 1 + word.len() + tail.len() > WIDTH && i > 0 {
            out.push('\n');
            out.push_str(&" ".repeat(indent));
            column = indent;
        }
        out.push(' ');
        out.push_str(word);
        out.push_str(tail);
        column += 1 + word.len() + tail.len();
    }
}
