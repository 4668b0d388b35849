//! `until`: ends the monitor once a matching entry exists (or none does), by the words of the object's `show`.

use crate::command::Object;
use crate::command::view::Select;
use crate::diag::{Diag, Span};
use crate::grammar::{Offer, Value, Walk, Words, spells};
use crate::object::SELECTABLE;
use crate::session::Session;
use crate::state::{Change, ObjectType};
use std::borrow::Cow;

/// The condition.
pub struct Until {
    /// Whether it is met when nothing matches.
    pub gone: bool,
    object: ObjectType,
    wanted: Box<dyn Select>,
}

/// The objects that support it.
pub fn objects() -> impl Iterator<Item = &'static Object> {
    SELECTABLE.iter().copied()
}

/// The object that a word names.
pub fn named(word: &[u8]) -> Option<&'static Object> {
    objects().find(|o| is_named(o, word))
}

fn is_named(object: &Object, word: &[u8]) -> bool {
    object.names.iter().any(|n| spells(n, word))
}

/// Their names, for messages.
fn names() -> String {
    let names: Vec<&str> = objects().map(Object::name).collect();
    let (last, others) = names.split_last().map_or(("", String::new()), |(l, o)| (*l, o.join(", ")));
    format!("{others} and {last}")
}

/// `[ gone ] OBJECT SELECTOR`, parsed after the other words of the line.
pub struct Awaited;

impl Value for Awaited {
    type Out = ();
    fn meta(&self) -> Cow<'static, str> {
        "[ gone ] OBJECT SELECTOR".into()
    }
    fn take(&self, _w: &mut Words<'_>) -> Result<(), Diag> {
        Ok(())
    }
    fn walk(&self, w: &mut Walk<'_, '_>) {
        let gone = w.words.take_if(&["gone"]).is_some();
        let Some(arg) = w.words.peek() else {
            let known = objects().map(|o| Offer::new(o.name(), o.about));
            let first = (!gone).then(|| Offer::new("gone", "wait until no object matches"));
            return w.want(known.chain(first).collect(), "");
        };
        w.words.skip();
        let show = named(arg.bytes).and_then(|o| o.verb(b"show")).and_then(|v| v.tables.first());
        match show {
            Some(table) => table.walk(w),
            None => w.wrong.push(arg.wrong("no such object")),
        }
        w.done = true;
    }
}

impl Until {
    /// Parses `[ gone ] OBJECT SELECTOR`, to the end of the line.
    ///
    /// # Errors
    ///
    /// A wrong word.
    pub fn parse(s: &Session, w: &mut Words<'_>) -> Result<Until, Diag> {
        let gone = w.take_if(&["gone"]).is_some();
        Until::of(s, w, "until", gone)
    }

    /// Parses `OBJECT SELECTOR`, to the end of the words. `by`: the word that messages name.
    ///
    /// # Errors
    ///
    /// A wrong word, or an object that does not support it.
    pub fn of(s: &Session, w: &mut Words<'_>, by: &str, gone: bool) -> Result<Until, Diag> {
        let word = w.next()?;
        let found = named(word.bytes).and_then(|object| {
            let (view, selection) = object.selection()?;
            Some((*view.objects.first()?, selection.parse))
        });
        let Some((object, parse)) = found else {
            let what = format!("\"{by}\" knows {}, not \"{}\"", names(), word.shown());
            return Err(Diag::usage(what).at(Span::word(word.at)));
        };
        Ok(Until { gone, object, wanted: parse(s, w)? })
    }

    /// The selected entries.
    pub fn selection(&self) -> &dyn Select {
        &*self.wanted
    }

    /// Removes the conditions on duplicate address detection; see `Select`.
    pub fn take_detection(&mut self) -> Option<(u32, u32)> {
        self.wanted.take_detection()
    }

    /// The type of object that is waited for.
    pub fn object(&self) -> ObjectType {
        self.object
    }

    /// Whether the words match an entry.
    pub fn matches(&self, s: &Session, body: &[u8]) -> bool {
        self.wanted.matches(s, body)
    }
}

/// The number of entries that match a predicate: counted once in what exists, then updated by each `Change` of the store. It
/// decides `until` and the conditions of `wait`.
#[derive(Clone, Copy, Debug, Default)]
pub struct MatchCount(usize);

impl MatchCount {
    /// Counts the matching entries among those that exist.
    pub fn of<'b>(all: impl Iterator<Item = &'b [u8]>, matches: impl Fn(&[u8]) -> bool) -> MatchCount {
        MatchCount(all.filter(|body| matches(body)).count())
    }

    /// Updates the count for one change. The deletion of an entry that the store lacks changes nothing.
    pub fn apply(&mut self, change: &Change<'_>, matches: impl Fn(&[u8]) -> bool) {
        match (change.before().is_some_and(&matches), change.after().is_some_and(&matches)) {
            (false, true) => self.0 += 1,
            (true, false) => self.0 = self.0.saturating_sub(1),
            _ => {}
        }
    }

    /// The number of matching entries.
    pub fn get(self) -> usize {
        self.0
    }

    /// Whether the condition holds: that an entry matches, or (`gone`) that none does.
    pub fn holds(self, gone: bool) -> bool {
        (self.0 == 0) == gone
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::borrow::Cow;

    #[test]
    fn matching_entries_are_counted_as_they_change() {
        let object = ObjectType::Rule;
        let odd = |body: &[u8]| body.first().is_some_and(|b| b % 2 == 1);
        let mut n = MatchCount::of([&[1u8][..], &[2], &[3]].into_iter(), odd);
        assert_eq!((n.get(), n.holds(false), n.holds(true)), (2, true, false));
        let body = |b: u8| Cow::Owned(vec![b]);
        let changed = |old, new| Change::Changed { object, old: body(old), new: body(new), attributes: None };
        for (change, count) in [
            (Change::Added { object, new: body(4) }, 2),
            (changed(1, 2), 1),
            (changed(3, 5), 1),
            (Change::Removed { object, old: None }, 1),
            (Change::PathsRemoved { object, old: body(5), left: body(7) }, 1),
            (Change::Removed { object, old: Some(body(7)) }, 0),
        ] {
            n.apply(&change, odd);
            assert_eq!(n.get(), count, "{change:?}");
        }
        assert!(n.holds(true) && !n.holds(false));
    }
}
