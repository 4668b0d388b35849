//! Walks a line that is still being typed by the tables' rows, without building a message, so that completion can
//! change nothing.
//!
//! Completion asks it what could stand at the end of the line, `--help` where that end is, and the tests whether the
//! words of an example are valid.

use super::{Grammar, Head, Heads, Offer, Operand, Otherwise, Target, Value, Words, full};
use crate::diag::Diag;
use std::borrow::Cow;

/// A grammar without its target type, for help, completion and the manual.
pub trait Table: Sync {
    /// The name of the grammar, for help.
    fn title(&self) -> &'static str;
    /// Its rows, as help and completion see them.
    fn entries(&self) -> Vec<Entry>;
    /// The row of bare words, if it has one.
    fn fallback_entry(&self) -> Option<Entry> {
        None
    }
    /// The verbs before its keywords, and what each does.
    fn verbs(&self) -> Vec<(&'static str, &'static str)> {
        Vec::new()
    }
    /// Its usage text, where that of the object omits its keywords.
    fn usage(&self) -> Option<String> {
        None
    }
    /// Walks the words typed so far.
    fn walk(&self, _w: &mut Walk<'_, '_>) {}
}

/// The literal words of a placeholder: `a` and `b` of `{ a | b FILE | NUMBER }`; the existing devices for `DEV`.
pub fn offers(meta: &str, w: &Words<'_>) -> Vec<Offer> {
    if meta == "DEV" {
        return w.names.links();
    }
    let inner = meta.strip_prefix("{ ").and_then(|m| m.strip_suffix(" }")).unwrap_or_default();
    if inner.contains(['{', '[']) {
        return Vec::new();
    }
    let literal = |word: &&str| word.contains(|c: char| c.is_ascii_lowercase()) && !word.contains(['.', '/']);
    inner.split(" | ").filter_map(|w| w.split(' ').next()).filter(literal).map(|word| Offer::new(word, "")).collect()
}

/// A row without its target type.
pub struct Entry {
    /// The spellings; none for a bare value.
    pub names: &'static [&'static str],
    /// The placeholder of its value in help.
    pub meta: Cow<'static, str>,
    /// The placeholder in iproute2's usage text.
    pub term: Cow<'static, str>,
    /// A noun phrase or an imperative: what it sets or does.
    pub help: &'static str,
    /// Using it twice is an error.
    pub once: bool,
    /// Where the candidates for its value come from.
    pub offers: Offers,
}

/// Where the candidates for a value come from.
pub enum Offers {
    Row(&'static dyn Operand),
    Place(fn(&Words<'_>) -> Vec<Offer>),
}

impl Entry {
    /// Candidates for its value.
    pub fn offer(&self, w: &Words<'_>) -> Vec<Offer> {
        match self.offers {
            Offers::Row(value) => value.offer(w),
            Offers::Place(offer) => offer(w),
        }
    }
}

impl From<&'static Head> for Entry {
    fn from(r: &'static Head) -> Entry {
        let (meta, term) = (r.value.meta(), r.value.term());
        Entry { names: r.names, meta, term, help: r.help, once: r.once, offers: Offers::Row(r.value) }
    }
}

/// A part of a line with its own keywords: a link kind, an encapsulation type.
pub struct Topic {
    /// The word before its name: `type`.
    pub keyword: &'static str,
    /// The name after the keyword.
    pub name: &'static str,
    /// The placeholder between its name and its keywords.
    pub first: &'static str,
    /// One line about it.
    pub about: &'static str,
    /// The grammars of its keywords.
    pub tables: Vec<&'static dyn Table>,
    /// Example command lines, and what each does.
    pub examples: &'static [(&'static str, &'static str)],
}

/// The state of a walk, and what it has found.
pub struct Walk<'w, 'a> {
    /// The line and the cursor.
    pub words: &'w mut Words<'a>,
    /// Candidates at the end of the line, the likeliest first.
    pub offers: Vec<Offer>,
    /// A file name could stand there.
    pub files: bool,
    /// The line ends in the middle of a keyword's value.
    pub wanting: bool,
    /// The placeholder of that value, if known.
    pub meta: String,
    /// The row for bare words has not been used.
    pub bare: bool,
    /// No keyword of the outer tables can follow.
    pub done: bool,
    /// The errors in the words so far, in order.
    pub wrong: Vec<Diag>,
    /// The innermost topic entered.
    pub topic: Option<Topic>,
}

impl<'w, 'a> Walk<'w, 'a> {
    /// A walk that starts at the cursor of `words`.
    pub fn new(words: &'w mut Words<'a>) -> Walk<'w, 'a> {
        Walk {
            words,
            offers: Vec::new(),
            files: false,
            wanting: false,
            meta: String::new(),
            bare: false,
            done: false,
            wrong: Vec::new(),
            topic: None,
        }
    }

    /// Records that the line ends where a value is expected.
    pub fn want(&mut self, offers: Vec<Offer>, meta: &str) {
        self.files |= offers.is_empty() && meta.split_whitespace().any(|w| matches!(w, "FILE" | "PATH"));
        self.offers.extend(offers);
        self.meta = meta.into();
        (self.wanting, self.done) = (true, true);
    }

    /// Skips a value.
    #[inline(never)]
    pub fn value(&mut self, v: &dyn Operand) {
        self.pass(&|w| v.check(w), &|w| v.offer(w), &|w| v.more(w), &v.meta());
    }

    /// Skips a value; at the end of the line offers what could start it, or (`more`) continue it.
    pub fn pass(
        &mut self,
        take: &dyn Fn(&mut Words<'_>) -> Result<(), Diag>,
        offer: &dyn Fn(&Words<'_>) -> Vec<Offer>,
        more: &dyn Fn(&Words<'_>) -> Vec<Offer>,
        meta: &str,
    ) {
        if self.words.is_empty() && !meta.is_empty() {
            let offers = offer(self.words);
            return self.want(offers, meta);
        }
        let from = self.words.at();
        let taken = take(self.words);
        self.words.stopped();
        match taken {
            Ok(()) if self.words.is_empty() => {
                let more = more(self.words);
                self.offers.extend(more);
            }
            Ok(()) => {}
            Err(_) if self.words.starved() => self.want(Vec::new(), ""),
            Err(d) => {
                self.wrong.push(d);
                if self.words.at() == from && !meta.is_empty() {
                    self.words.skip();
                }
            }
        }
    }

    /// Offers a keyword under each of its spellings.
    pub fn keyword(&mut self, names: &'static [&'static str], help: &'static str) {
        let names = names.iter().map(|n| full(n)).filter(|n| !n.is_empty());
        // The first name is always offered; the others only if the user has begun to type them.
        for (i, name) in names.enumerate() {
            self.offers.push(Offer { word: name.into(), help: help.into(), other: i > 0 });
        }
    }
}

impl<T: Target> Table for Grammar<T> {
    fn title(&self) -> &'static str {
        self.title
    }

    fn entries(&self) -> Vec<Entry> {
        let mut entries = Vec::new();
        self.each(&mut |row| entries.push(row.into()));
        entries
    }

    fn fallback_entry(&self) -> Option<Entry> {
        self.otherwise().bare().map(Entry::from)
    }

    fn walk(&self, w: &mut Walk<'_, '_>) {
        walk(self, w);
    }
}

/// Passes the words of a grammar.
fn walk(g: &dyn Heads, w: &mut Walk<'_, '_>) {
    let otherwise = g.otherwise();
    let mut seen: Vec<&'static Head> = Vec::new();
    while let Some(arg) = w.words.peek() {
        let row = match (g.head(arg.bytes), otherwise) {
            (Some(row), _) => {
                w.words.skip();
                row
            }
            (None, Otherwise::Take(row) | Otherwise::TakeAll(row)) => row,
            (None, Otherwise::Stop) => return,
            (None, Otherwise::Unknown(say)) => {
                w.wrong.push(say(&arg));
                w.words.skip();
                continue;
            }
        };
        if row.once && seen.iter().any(|r| std::ptr::eq(*r, row)) {
            w.wrong.push(Diag::duplicate(row.name(), &arg.shown()).at(arg.span()));
        }
        seen.push(row);
        row.value.walk(w);
        if w.done {
            return;
        }
        if w.words.at() == arg.at {
            w.words.skip();
        }
    }
    let open = |row: &Head| !seen.iter().any(|r| std::ptr::eq(*r, row));
    let bare = otherwise.bare().filter(|row| open(row));
    w.bare = bare.is_some();
    if let Some(row) = bare {
        let offers = row.value.offer(w.words);
        w.offers.extend(offers);
    }
    g.each(&mut |row| {
        if open(row) {
            w.keyword(row.names, row.help);
        }
    });
}

/// Positional arguments only: `NAME PID`.
pub struct Line {
    /// Its usage line.
    pub title: &'static str,
    /// The positions, in order.
    pub places: &'static [Place],
}

/// A value that names an existing object, by number or name.
pub struct Of<V>(pub crate::state::ObjectType, pub V);

impl<V: Value> Value for Of<V> {
    type Out = V::Out;
    fn meta(&self) -> Cow<'static, str> {
        self.1.meta()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<V::Out, Diag> {
        self.1.take(w)
    }
    fn offer(&self, w: &Words<'_>) -> Vec<Offer> {
        w.names.there(self.0, w)
    }
}

/// One positional argument.
pub struct Place {
    /// The placeholder in help.
    pub meta: &'static str,
    /// What it is, for help.
    pub help: &'static str,
    /// Candidates.
    pub offer: fn(&Words<'_>) -> Vec<Offer>,
    /// It and all words after it are a command to run.
    pub rest: bool,
}

impl Place {
    /// A position with its candidates.
    pub const fn new(meta: &'static str, help: &'static str, offer: fn(&Words<'_>) -> Vec<Offer>) -> Place {
        Place { meta, help, offer, rest: false }
    }
}

impl Table for Line {
    fn title(&self) -> &'static str {
        self.title
    }

    fn entries(&self) -> Vec<Entry> {
        let entry = |p: &Place| Entry {
            names: &[],
            meta: p.meta.into(),
            term: p.meta.into(),
            help: p.help,
            once: true,
            offers: Offers::Place(p.offer),
        };
        self.places.iter().map(entry).collect()
    }

    fn walk(&self, w: &mut Walk<'_, '_>) {
        for place in self.places {
            if w.words.is_empty() || place.rest {
                let last = w.words.rest().len();
                let offers = if last == 0 { (place.offer)(w.words) } else { Vec::new() };
                w.files |= last > 0;
                (0..last).for_each(|_| w.words.skip());
                return w.want(offers, place.meta);
            }
            w.words.skip();
        }
        if let Some(arg) = w.words.peek() {
            w.wrong.push(arg.wrong("nothing can follow here"));
        }
        w.done = true;
    }
}

/// Verbs below a verb, and the grammar that they share: `property add`.
pub struct Below {
    /// The name of the grammar.
    pub title: &'static str,
    /// The verbs, each with a line of help.
    pub verbs: &'static [(&'static str, &'static str)],
    /// The grammar after the verb.
    pub then: &'static dyn Table,
}

impl Table for Below {
    fn title(&self) -> &'static str {
        self.title
    }

    fn entries(&self) -> Vec<Entry> {
        self.then.entries()
    }

    fn fallback_entry(&self) -> Option<Entry> {
        self.then.fallback_entry()
    }

    fn verbs(&self) -> Vec<(&'static str, &'static str)> {
        self.verbs.to_vec()
    }

    fn walk(&self, w: &mut Walk<'_, '_>) {
        let Some(arg) = w.words.peek() else {
            let offers = self.verbs.iter().map(|(n, help)| Offer::new(full(n), *help)).collect();
            return w.want(offers, "");
        };
        w.words.skip();
        if !self.verbs.iter().any(|(n, _)| super::spells(n, arg.bytes)) {
            w.wrong.push(arg.wrong("no such command"));
        }
        self.then.walk(w);
    }
}

/// A grammar whose bare word names an existing object: an address to delete.
pub struct Naming {
    /// The grammar.
    pub then: &'static dyn Table,
    /// The type of object that the word names.
    pub there: crate::state::ObjectType,
}

impl Table for Naming {
    fn title(&self) -> &'static str {
        self.then.title()
    }

    fn entries(&self) -> Vec<Entry> {
        self.then.entries()
    }

    fn fallback_entry(&self) -> Option<Entry> {
        self.then.fallback_entry()
    }

    fn walk(&self, w: &mut Walk<'_, '_>) {
        self.then.walk(w);
        if w.bare && !w.done {
            let mut offers = w.words.names.there(self.there, w.words);
            offers.append(&mut w.offers);
            w.offers = offers;
        }
    }
}
