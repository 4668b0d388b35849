//! The lines of a state file, each with its options.

use crate::cli::{self, head, tree};
use crate::command::{Effect, Object, lines};
use crate::diag::Diag;
use crate::output::escape::shown;
use crate::session::Session;

/// A line and its options.
pub struct Entry {
    /// Its number in the file, from 1.
    pub number: usize,
    /// Its words, the program's name first.
    pub words: Vec<Vec<u8>>,
    /// The position of its object.
    pub at: usize,
    /// The family of its options.
    pub family: u8,
    /// The namespace of its options.
    pub netns: Option<Vec<u8>>,
}

/// Verbs that say what should exist.
const WANTED: &[&str] = &["add", "replace", "append", "prepend", "change", "set", "property"];
/// Verbs that say what should not exist.
const ABSENT: &[&str] = &["delete", "del"];
/// Objects without entries of their own in a table of the kernel; their lines can be compared as well.
const OTHERS: &[&str] = &["netns", "tuntap", "token"];

/// The objects whose lines can be compared with what exists: those with entries that a request can restore, and `OTHERS`.
pub fn objects() -> impl Iterator<Item = &'static Object> {
    cli::objects::OBJECTS.iter().copied().filter(|o| is_comparable(o))
}

fn is_comparable(object: &Object) -> bool {
    let types = || object.views.iter().flat_map(|view| view.objects);
    OTHERS.contains(&object.name()) || types().any(|object| object.spec().restorable)
}

/// Whether a verb says what should exist, or should not.
pub fn says_what_should_exist(verb: &str) -> bool {
    WANTED.contains(&verb) || ABSENT.contains(&verb)
}

impl Entry {
    /// Parses the words of a line; `program` precedes them.
    ///
    /// # Errors
    ///
    /// An option that lines cannot have, or a verb that does not say what should exist.
    pub fn new(s: &Session, program: &[u8], number: usize, words: Vec<Vec<u8>>) -> Result<Entry, Diag> {
        let words: Vec<Vec<u8>> = std::iter::once(program.to_vec()).chain(words).collect();
        let is_option = words.get(1).is_some_and(|w| w.starts_with(b"-"));
        let (mut at, mut family, mut netns) = (1, s.options.family, None);
        if is_option {
            only_place(&words)?;
            let head = head::parse(&words)?;
            (at, family, netns) = (head.rest, head.options.family, head.options.netns);
            if family == 0 {
                family = s.options.family;
            }
        }
        let entry = Entry { number, words, at, family, netns };
        entry.check().map_err(|d| d.with_words(&entry.words))?;
        Ok(entry)
    }

    fn check(&self) -> Result<(), Diag> {
        let word = self.words.get(self.at).map_or(&[][..], Vec::as_slice);
        tree::find(&self.words, self.at, false)?;
        let object = tree::object(word);
        let verb = self.verb();
        let span = crate::diag::Span { from: self.at, to: self.at + 2 };
        let known = object.is_some_and(is_comparable) && says_what_should_exist(verb);
        let reads = object.is_some_and(|o| o.verbs.iter().any(|v| v.name() == verb && v.effect == Effect::Read));
        match known {
            true => Ok(()),
            false if reads || verb.is_empty() => {
                Err(Diag::fail(format!("Error: \"{} {verb}\" does not say what should exist.", shown(word))).at(span))
            }
            false => {
                Err(Diag::fail(format!("Error: rip cannot tell whether \"{} {verb}\" is needed.", shown(word)))
                    .at(span))
            }
        }
    }

    /// The full name of its verb.
    fn verb(&self) -> &'static str {
        let object = self.words.get(self.at).and_then(|w| tree::object(w));
        let verb = self.words.get(self.at + 1).and_then(|w| object?.verb(w));
        verb.map_or("", |v| v.name())
    }

    /// The name of its object.
    pub fn object(&self) -> &'static str {
        self.words.get(self.at).and_then(|w| tree::object(w)).map_or("", |o| o.name())
    }

    /// Whether it says that something should not exist.
    pub fn is_absent(&self) -> bool {
        let word = self.words.get(self.at + 2).map_or(&[][..], Vec::as_slice);
        let property = self.verb() == "property" && !word.is_empty() && b"delete".starts_with(word);
        ABSENT.contains(&self.verb()) || property
    }

    /// Whether it creates a link.
    pub fn makes_link(&self) -> bool {
        matches!((self.object(), self.verb()), ("link", "add" | "replace") | ("tuntap" | "netns", "add"))
    }

    /// Whether the request refers to a namespace by a descriptor.
    pub fn names_a_namespace(&self) -> bool {
        self.words.iter().skip(self.at).any(|w| matches!(w.as_slice(), b"netns" | b"link-netns"))
    }

    /// The former and the new name, if the line renames a link.
    pub fn rename(&self) -> Option<(&[u8], &[u8])> {
        if (self.object(), self.verb()) != ("link", "set") {
            return None;
        }
        let mut words = self.words.iter().skip(self.at + 2).map(Vec::as_slice);
        let first = words.next()?;
        let old = if first == b"dev" { words.next()? } else { first };
        words.find(|w| *w == b"name")?;
        Some((old, words.next()?))
    }

    /// Its words for a report.
    pub fn shown(&self) -> String {
        super::tell::shown(self.words.get(1..).unwrap_or_default())
    }
}

/// Checks that a line only has the options for namespace and family; the others belong to the command.
fn only_place(words: &[Vec<u8>]) -> Result<(), Diag> {
    let mut at = 1;
    while let Some(word) = words.get(at).filter(|w| w.starts_with(b"-")) {
        at += match word.as_slice() {
            b"-4" | b"-6" | b"-M" => 1,
            b"-n" | b"-netns" | b"-f" | b"-family" => 2,
            _ => {
                let why = format!("Error: option \"{}\" must precede \"ensure\", not a line.", shown(word));
                return Err(Diag::usage(why).at(crate::diag::Span::word(at)).with_words(words));
            }
        };
    }
    Ok(())
}

/// The lines of a file, and its first line.
///
/// # Errors
///
/// The number of the first wrong line, and its error.
pub fn read(s: &Session, program: &[u8], file: &[u8]) -> Result<(Vec<u8>, Vec<Entry>), (usize, Diag)> {
    let (first, mut lines) = lines::states(file).map_err(|d| (0, d))?;
    let mut out = Vec::new();
    loop {
        match lines.next_line() {
            Ok(true) => {}
            Ok(false) => return Ok((first, out)),
            Err(d) => return Err((lines.number, d)),
        }
        let words = lines::split(&lines.line).map_err(|d| (lines.number, d))?;
        if !words.is_empty() {
            out.push(Entry::new(s, program, lines.number, words).map_err(|d| (lines.number, d))?);
        }
    }
}

/// The lines that must have renamed their link before this one can take its name, starting with the line itself.
fn chain<'a>(all: &'a [Entry], from: &'a Entry) -> Vec<&'a Entry> {
    let mut out = vec![from];
    while let Some((_, new)) = out.last().and_then(|e| e.rename()) {
        let holder =
            all.iter().find(|e| e.netns == from.netns && e.rename().is_some_and(|(old, to)| old == new && to != old));
        match holder {
            Some(e) if !out.iter().any(|seen| std::ptr::eq(*seen, e)) => out.push(e),
            _ => break,
        }
    }
    out
}

/// How many other links must be renamed before a line's new name is free.
pub fn waits_for(all: &[Entry], entry: &Entry) -> usize {
    if entry.rename().is_some() { chain(all, entry).len() - 1 } else { 0 }
}

/// Whether a link already has its new name. `exists` says which names exist: the former name does not, or by now
/// belongs to a link that another line renames.
pub fn is_renamed(all: &[Entry], entry: &Entry, exists: &impl Fn(&[u8]) -> bool) -> bool {
    let mut at = entry;
    for _ in all {
        match at.rename() {
            Some((_, new)) if !exists(new) => return false,
            Some((old, _)) if !exists(old) => return true,
            Some((old, _)) => {
                let heir = all
                    .iter()
                    .find(|e| e.netns == at.netns && e.rename().is_some_and(|(from, new)| new == old && from != old));
                match heir {
                    Some(e) => at = e,
                    None => return false,
                }
            }
            None => return false,
        }
    }
    false
}

/// Two lines of a cycle of new names: whether they have already been swapped cannot be seen.
pub fn circle(all: &[Entry]) -> Option<(&Entry, &Entry)> {
    all.iter().find_map(|e| {
        let last = *chain(all, e).last()?;
        let (old, new) = e.rename()?;
        (old != new && last.rename().is_some_and(|(_, to)| to == old)).then_some((e, last))
    })
}

/// Two lines that contradict each other.
pub fn contradiction(all: &[Entry]) -> Option<(&Entry, &Entry)> {
    use std::collections::HashMap;
    /// The namespace, the object and the other words.
    type Said<'a> = (Option<&'a [u8]>, &'static str, Vec<&'a [u8]>);
    let mut seen: HashMap<Said<'_>, &Entry> = HashMap::new();
    for e in all {
        let rest: Vec<&[u8]> =
            e.words.iter().skip(e.at + 2).map(Vec::as_slice).filter(|w| !matches!(*w, b"dev" | b"name")).collect();
        let key = (e.netns.as_deref(), e.object(), rest);
        match seen.get(&key) {
            Some(other) if other.is_absent() != e.is_absent() => return Some((other, e)),
            _ => drop(seen.insert(key, e)),
        }
    }
    // A link that is both created and deleted, in any words.
    let name = |e: &Entry| {
        let mut words = e.words.iter().skip(e.at + 2).map(Vec::as_slice);
        let first = words.next()?;
        if matches!(first, b"dev" | b"name") { words.next().map(<[u8]>::to_vec) } else { Some(first.to_vec()) }
    };
    let links = || all.iter().filter(|e| e.object() == "link");
    links().filter(|e| e.verb() == "delete").find_map(|gone| {
        let other = links().find(|e| {
            e.netns == gone.netns && e.verb() != "delete" && e.verb() != "property" && name(e) == name(gone)
        })?;
        Some(if other.number < gone.number { (other, gone) } else { (gone, other) })
    })
}
