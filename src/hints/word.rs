//! Words that are missing, mistyped, or belong elsewhere: found in the tables of every object.

use super::Case;
use crate::cli::objects::OBJECTS;
use crate::command::{Object, Table, Verb};
use crate::diag::{Lost, Span};
use crate::grammar::{full, suggest};
use crate::object::link::kind::KINDS;
use crate::object::{link, netns};
use crate::output::escape::shown;
use crate::rootless;
use crate::schema::{self, Form, Inner};
use crate::sort::Arrange as _;

/// Maximum number of namespaces in a hint.
const NAMESPACES: usize = 2;
/// Maximum number of commands in a hint about a word that several have: a more common word is no clue.
const COMMANDS: usize = 4;

/// The keyword that the kernel reports as missing, with its value.
pub fn missing(case: &Case<'_>) -> Option<String> {
    let word = super::meant::missing(case)?;
    let kind = case.kind().map_or(&[][..], |k| k.tables);
    let tables = kind.iter().chain(case.verb().map_or(&[][..], |(_, v)| v.tables));
    let entry = tables.flat_map(|t| t.entries()).find(|e| e.names.iter().any(|n| full(n) == word));
    let value = entry.map(|e| format!(" {}", e.meta)).unwrap_or_default();
    Some(format!("missing: {word}{}", value.trim_end()))
}

/// First lines of errors about a missing keyword, and the keyword.
const REQUIRED: &[(&str, &str)] = &[
    ("Not enough information: \"dev\"", "dev"),
    ("Not enough of information: \"dev\"", "dev"),
    ("Not enough information: \"type\"", "type"),
    ("Error: argument \"IF_ID\" is required", "if_id"),
    ("Error: argument \"dev\" is required", "dev"),
    ("Error: argument \"ethertype\" is required", "ethertype"),
    ("Error: argument \"dstport\" is required", "dstport"),
    ("You failed to specify a tunnel mode", "mode"),
    ("vxlan: missing virtual network identifier", "id"),
    ("geneve: missing virtual network identifier", "id"),
    ("geneve: remote link partner not specified", "remote"),
    ("gtp: role of the gtp device was not specified", "role"),
    ("need at least a destination address", "to"),
    ("xstats: missing argument", "type"),
];

/// The keyword that our own parser reports as missing.
pub fn required(case: &Case<'_>) -> Option<&'static str> {
    let first = case.d.what().first()?;
    if first.starts_with("Device and ") && first.ends_with(" are required arguments.") {
        let dev = case.words.iter().any(|w| w == b"dev");
        return Some(if dev { "to" } else { "dev" });
    }
    REQUIRED.iter().find(|(said, _)| first.starts_with(said)).map(|(_, word)| *word)
}

/// The word after `type` that is not a kind, so that the words after it could not be parsed.
pub fn wrong_kind(case: &Case<'_>) -> Option<Span> {
    let garbage = case.d.what().first()?.starts_with("Garbage instead of arguments");
    let at = case.words.iter().position(|w| w == b"type").filter(|_| garbage)? + 1;
    case.words.get(at).filter(|w| link::kind::find(w).is_none()).map(|_| Span::word(at))
}

/// The kind that a wrong one was probably meant to be; or a general link setting after the kind.
pub fn behind_kind(case: &Case<'_>) -> Option<String> {
    if let Some(span) = wrong_kind(case) {
        let word = std::str::from_utf8(case.words.get(span.from)?).ok()?;
        return suggest::nearest(word, KINDS.iter().map(|k| k.name)).map(suggest::did_you_mean);
    }
    let lost = case.d.what_is_lost().iter().find_map(|l| match l {
        Lost::Keyword(at) => Some(*at),
        _ => None,
    });
    // For paired kinds, iproute2 prints only the usage.
    let said = ["Garbage instead of arguments", "Usage: ... "];
    let garbage = said.iter().any(|s| case.d.what().first().is_some_and(|l| l.starts_with(s)));
    let at = lost.or_else(|| case.d.spans().first().filter(|_| garbage).map(|s| s.from))?;
    let kind = case.words.iter().position(|w| w == b"type")?;
    let word = case.text(at).filter(|_| at > kind + 1)?;
    if case.general(word) {
        return Some(format!("\"{word}\" goes before \"type\""));
    }
    if let Some(hint) = super::slip::after_kind(case, at, word) {
        return Some(hint);
    }
    // A kind without its own words.
    let alone = case.kind().filter(|k| k.parse.is_none() && at == kind + 2)?;
    Some(format!("nothing can follow \"type {}\"", alone.name))
}

/// What a name that does not exist was probably meant to be.
pub fn lost(case: &Case<'_>) -> Option<String> {
    case.d.what_is_lost().iter().find_map(|lost| match lost {
        // A device that is not in the -rootless namespace but on the host: that is certain.
        Lost::Device(name) if rootless::holder().is_some() && rootless::host_has_device(name) => Some(format!(
            "{} is a device of the host, which -rootless does not reach; for the internet, start pasta or slirp4netns on \
             process {}",
            shown(name),
            rootless::holder().unwrap_or(0)
        )),
        Lost::Device(name) => {
            let near = mean(name, link::offers(case.s).into_iter().map(|o| o.word));
            near.or_else(|| super::link::masters(case))
        }
        Lost::Namespace(name) => namespace(name),
        Lost::Keyword(at) => elsewhere(case, case.words.get(*at)?),
    })
}

/// A namespace with a similar name, or the few that exist.
fn namespace(name: &[u8]) -> Option<String> {
    let mut names: Vec<String> = netns::names().unwrap_or_default().iter().map(|n| shown(n)).collect();
    names.arrange();
    mean(name, names.iter().cloned()).or_else(|| match names.as_slice() {
        [] => Some("no namespace has a name: create one with \"rip netns add NAME\"".into()),
        few if few.len() <= NAMESPACES => Some(format!("existing namespaces: {}", few.join(", "))),
        _ => None,
    })
}

/// `on` or `off` where a number is expected.
pub fn switch(case: &Case<'_>) -> Option<String> {
    let at = case.d.spans().first()?.from;
    let on = match case.text(at)? {
        "on" | "yes" | "true" | "enable" | "enabled" => 1,
        "off" | "no" | "false" | "disable" | "disabled" => 0,
        _ => return None,
    };
    let first = case.d.what().first().filter(|l| l.starts_with("Error: argument \""))?;
    let keyword = case.words.get(at.checked_sub(1)?)?;
    let entry = case.kind()?.tables.iter().flat_map(|t| t.entries());
    let number =
        entry.into_iter().any(|e| e.meta == "NUMBER" && e.names.iter().any(|n| crate::grammar::spells(n, keyword)));
    (number && first.contains(" is wrong: ")).then(|| format!("this is a number: type {on}"))
}

fn mean(name: &[u8], all: impl Iterator<Item = String>) -> Option<String> {
    let all: Vec<String> = all.collect();
    suggest::nearest(&shown(name), all.iter().map(String::as_str)).map(suggest::did_you_mean)
}

/// Where a keyword that is wrong here would be valid.
fn elsewhere(case: &Case<'_>, word: &[u8]) -> Option<String> {
    let word = std::str::from_utf8(word).ok().filter(|w| w.len() > 1)?;
    let has = |tables: &[&'static dyn Table]| tables.iter().any(|t| owns(*t, word));
    let here = case.verb();
    if let Some(hint) = behind_kind(case) {
        return Some(hint);
    }
    let behind = case.kind_at().is_some_and(|at| case.words.iter().position(|w| w == word.as_bytes()) > Some(at));
    if behind {
        return None;
    }
    if let Some(kind) = case.kind().filter(|k| has(k.tables)) {
        return Some(format!("\"{word}\" belongs after type {}", kind.name));
    }
    let mut places: Vec<(bool, String)> = Vec::new();
    for object in OBJECTS {
        let own = here.is_some_and(|(o, _)| std::ptr::eq(o, *object));
        let mut verbs = object.verbs.iter().filter(|v| has(v.tables));
        if let Some(verb) = verbs.next().filter(|v| here.is_none_or(|(_, h)| !std::ptr::eq(h, *v))) {
            places.push((own, format!("{} {}", object.name(), verb.name())));
        }
    }
    if places.is_empty() {
        places = KINDS.iter().filter(|k| has(k.tables)).map(|k| (false, format!("link type {}", k.name))).collect();
    }
    places.arrange_by_key(|(own, _)| !own);
    if places.first().is_some_and(|(own, _)| *own) {
        places.truncate(1);
    }
    let names: Vec<String> = places.into_iter().map(|(_, n)| n).collect();
    match names.as_slice() {
        [] => None,
        few if few.len() <= COMMANDS => Some(format!("\"{word}\" belongs to {}", few.join(", "))),
        _ => None,
    }
}

/// Whether `word` is a keyword of the grammar.
pub(super) fn owns(table: &dyn Table, word: &str) -> bool {
    table.entries().iter().flat_map(|e| e.names).any(|n| full(n) == word)
}

impl Case<'_> {
    /// The object and the verb of the line.
    pub(super) fn verb(&self) -> Option<(&'static Object, &'static Verb)> {
        let rest = crate::cli::head::parse(self.words).ok()?.rest;
        let object = self.words.get(rest).and_then(|w| crate::cli::tree::object(w))?;
        let verb = self.words.get(rest + 1).and_then(|w| object.verb(w));
        // Without a verb, the object's default verb runs: `show`.
        let verb = verb.or_else(|| object.verb(b"show"))?;
        Some((object, verb))
    }

    /// The kind of link that the line is about.
    pub(super) fn kind(&self) -> Option<&'static link::kind::Kind> {
        let at = self.words.iter().position(|w| w == b"type")?;
        self.words.get(at + 1).and_then(|w| link::kind::find(w))
    }
}

/// The keyword that sets an attribute which the kernel may report as missing.
pub fn of_attribute(request: u16, path: &[u16]) -> Option<&'static str> {
    let (last, nests) = path.split_last()?;
    let mut table = schema::message(request)?.attrs;
    for nest in nests {
        table = match schema::find(table, *nest)?.form {
            Form::Nest(Inner::Attrs(inner)) => inner,
            _ => return None,
        };
    }
    schema::find(table, *last).map(|row| row.word).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::*;

    #[test]
    fn the_words_of_attributes_are_keywords() {
        let tables = || OBJECTS.iter().flat_map(|o| o.verbs).flat_map(|v| v.tables);
        let rows = schema::MESSAGES.iter().flat_map(|m| m.attrs).chain(LINKINFO_ATTRS);
        for row in rows.filter(|row| !row.word.is_empty()) {
            assert!(tables().any(|t| owns(*t, row.word)), "{} of {}", row.word, row.name);
        }
        assert_eq!(of_attribute(RTM_NEWROUTE, &[RTA_OIF]), Some("dev"));
        assert_eq!(of_attribute(RTM_NEWROUTE, &[RTA_OIF, 1]), None);
        assert_eq!(of_attribute(RTM_NEWADDR, &[RTA_OIF]), None);
    }
}
