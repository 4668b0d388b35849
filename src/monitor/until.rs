//! `until`: ends the monitor once a matching entry exists (or none does), by the words of the object's `show`.

use crate::command::Object;
use crate::command::view::Select;
use crate::diag::{Diag, Span};
use crate::grammar::{Offer, Value, Walk, Words, spells};
use crate::object::VIEWS;
use crate::session::Session;
use crate::state::{Event, ObjectType};
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
    VIEWS.iter().filter_map(|v| v.selects).map(|(object, _)| object)
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
        let found = VIEWS.iter().find_map(|v| {
            let (_, parse) = v.selects.filter(|(object, _)| is_named(object, word.bytes))?;
            Some((*v.objects.first()?, parse))
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

    /// The object type.
    pub fn subject(&self) -> ObjectType {
        self.object
    }

    /// Whether the words match the entry that an event is about.
    pub fn matches(&self, s: &Session, e: &Event<'_>) -> bool {
        e.object == self.object && self.wanted.matches(s, e.body)
    }
}
