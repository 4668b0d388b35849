//! An object nested in an object: `xfrm state`, whose verbs have their own words.

use super::{Object, Verb};
use crate::diag::Diag;
use crate::grammar::walk::{Entry, Table, Topic};
use crate::grammar::{Offer, Walk, Words, full};
use crate::session::Session;

/// The table of a verb that is itself an object; its name has both words, as typed.
pub struct Inner(pub &'static Object);

impl Table for Inner {
    fn title(&self) -> &'static str {
        "COMMAND"
    }

    /// The keywords belong to its verbs.
    fn entries(&self) -> Vec<Entry> {
        Vec::new()
    }

    fn verbs(&self) -> Vec<(&'static str, &'static str)> {
        self.0.verbs.iter().filter_map(|v| Some((*v.names.first()?, v.about))).collect()
    }

    fn usage(&self) -> Option<String> {
        Some(super::usage::object(self.0, &|_| None, &|_| true))
    }

    fn walk(&self, w: &mut Walk<'_, '_>) {
        let Some(arg) = w.words.peek() else {
            let names = |v: &'static Verb| v.names.iter().enumerate().map(move |(i, n)| (v, i, full(n)));
            let offer = |(v, i, name): (&'static Verb, usize, &'static str)| Offer {
                other: i > 0,
                ..Offer::new(name, v.about)
            };
            let offers = self.0.verbs.iter().flat_map(names).map(offer).collect();
            return w.want(offers, "");
        };
        w.words.skip();
        match self.0.verb(arg.bytes) {
            Some(verb) => {
                w.topic = Some(Topic {
                    keyword: "",
                    name: verb.name(),
                    first: "",
                    about: verb.about,
                    tables: verb.tables.to_vec(),
                    examples: verb.examples,
                });
                match verb.tables.first() {
                    Some(table) => table.walk(w),
                    None => w.done = true,
                }
            }
            None => w.wrong.push(super::unknown(self.0, arg.bytes, arg.at)),
        }
    }
}

/// Runs the verb of a nested object that the next word names.
///
/// # Errors
///
/// The word is not a verb; or the verb's own error.
pub fn run(object: &'static Object, s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    w.help = Box::new(move || super::usage::object(object, &|_| None, &|_| true));
    let Some(arg) = w.peek() else {
        return match object.default {
            Some(run) => run(s, w),
            None => Err(w.usage_error()),
        };
    };
    w.skip();
    match object.verb(arg.bytes) {
        Some(verb) => (verb.run)(s, w),
        None if crate::grammar::spells("help~", arg.bytes) => Err(w.usage()),
        None => Err(super::unknown(object, arg.bytes, arg.at)),
    }
}
