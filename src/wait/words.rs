//! The words of `wait`, parsed to conditions.

use crate::command::Object;
use crate::diag::{Diag, Span};
use crate::grammar::value::DevWord;
use crate::grammar::value::Flag;
use crate::grammar::{Arg, Fallback, Grammar, Offer, Row, Target, Value, Walk, Words};
use crate::monitor::until;
use crate::monitor::words::Seconds;
use crate::object::{SELECTABLE, netns};
use crate::{row, rows};
use std::borrow::Cow;
use std::time::Duration;

/// The subject of a condition.
#[derive(Clone, Debug, PartialEq)]
pub enum Subject {
    /// A device that has carrier.
    Carrier(Vec<u8>),
    /// A device that is ready: with carrier and usable addresses.
    Ready(Vec<u8>),
    /// A named namespace.
    Netns(Vec<u8>),
    /// Kernel objects, by the words from this index on.
    Object(usize),
}

/// A parsed condition.
#[derive(Clone, Debug, PartialEq)]
pub struct Written {
    /// Its words in the line.
    pub span: Span,
    /// It holds while nothing matches.
    pub no: bool,
    /// What it is about.
    pub subject: Subject,
}

/// The parsed words.
#[derive(Default)]
pub struct Ask {
    /// The timeout; `None`: no limit.
    pub timeout: Option<Duration>,
    /// The conditions, at least one.
    pub conditions: Vec<Written>,
    /// `no`, and its position in the line.
    no: Option<usize>,
    /// `and` was parsed, or nothing yet.
    open: bool,
}

impl Target for Ask {}

impl Ask {
    /// Parses the words after `wait`.
    ///
    /// # Errors
    ///
    /// A word that is not part of a condition; exit code 255.
    pub fn parse(w: &mut Words<'_>) -> Result<Ask, Diag> {
        let mut ask = Ask { open: true, ..Ask::default() };
        CONDITIONS.parse(&mut ask, w)?;
        if ask.open || ask.no.is_some() {
            return Err(Diag::incomplete(w.at()));
        }
        Ok(ask)
    }

    /// Adds a condition that ends at the cursor.
    fn push(&mut self, w: &Words<'_>, from: usize, subject: Subject) -> Result<(), Diag> {
        if !std::mem::take(&mut self.open) {
            return Err(word(w, from).wrong("\"and\" must stand between two conditions"));
        }
        let no = self.no.take();
        if let (Some(at), Subject::Carrier(_) | Subject::Ready(_)) = (no, &subject) {
            return Err(word(w, at).wrong("\"no\" must precede an object or \"netns\""));
        }
        self.conditions.push(Written {
            span: Span { from: no.unwrap_or(from), to: w.at() },
            no: no.is_some(),
            subject,
        });
        Ok(())
    }

    fn limit(&mut self, w: &Words<'_>, timeout: Duration) -> Result<(), Diag> {
        if self.timeout.is_some() || !self.conditions.is_empty() || self.no.is_some() {
            return Err(word(w, w.at().saturating_sub(2)).wrong("\"timeout\" stands once, before the conditions"));
        }
        self.timeout = Some(timeout);
        Ok(())
    }

    fn negate(&mut self, w: &Words<'_>) -> Result<(), Diag> {
        let at = w.at().saturating_sub(1);
        if !self.open || self.no.is_some() {
            return Err(word(w, at).wrong("\"and\" must stand between two conditions"));
        }
        self.no = Some(at);
        Ok(())
    }

    fn next(&mut self, w: &Words<'_>) -> Result<(), Diag> {
        if self.open {
            return Err(word(w, w.at().saturating_sub(1)).wrong("a condition must stand before \"and\""));
        }
        self.open = true;
        Ok(())
    }
}

fn word<'a>(w: &Words<'a>, at: usize) -> Arg<'a> {
    Arg { bytes: w.line().get(at).map_or(&[][..], |b| b), at }
}

/// The name of a namespace, which need not exist.
struct Name;

impl Value for Name {
    type Out = Vec<u8>;
    fn meta(&self) -> Cow<'static, str> {
        "NAME".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Vec<u8>, Diag> {
        let arg = w.next()?;
        match netns::is_name(arg.bytes) {
            true => Ok(arg.bytes.to_vec()),
            false => Err(arg.wrong("invalid netns name")),
        }
    }
    fn offer(&self, _w: &Words<'_>) -> Vec<Offer> {
        netns::offers()
    }
}

/// The selector words of an object's `show`, up to the next `and`; parsed to the position of the object's name.
struct Selector;

/// The end of the condition at the cursor.
fn end(w: &Words<'_>) -> usize {
    w.at() + w.rest().iter().position(|word| word == b"and").unwrap_or(w.rest().len())
}

impl Value for Selector {
    type Out = usize;
    fn meta(&self) -> Cow<'static, str> {
        "SELECTOR".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<usize, Diag> {
        let object = w.at().saturating_sub(1);
        let end = end(w);
        while w.at() < end {
            w.skip();
        }
        Ok(object)
    }
    fn walk(&self, w: &mut Walk<'_, '_>) {
        let object = word(w.words, w.words.at().saturating_sub(1));
        let show = until::named(object.bytes).and_then(|o| o.verb(b"show")).and_then(|v| v.tables.first());
        let Some(table) = show else { return };
        let end = end(w.words);
        if let Some(line) = w.words.line().get(..end).filter(|l| l.len() < w.words.line().len()) {
            let mut part = Words::new(line, w.words.at(), w.words.names);
            let mut inner = Walk::new(&mut part);
            table.walk(&mut inner);
            let wrong = std::mem::take(&mut inner.wrong);
            w.wrong.extend(wrong);
            while w.words.at() < end {
                w.words.skip();
            }
            return;
        }
        let bare = w.words.is_empty();
        table.walk(w);
        if bare {
            (w.wanting, w.meta) = (true, self.meta().into());
        } else if !w.wanting {
            w.offers.push(Offer::new("and", AND));
        }
        w.done = true;
    }
}

const AND: &str = "another condition, which must hold at the same moment";

/// One row per object whose `show` can select entries.
static SELECTIONS: [Row<Ask>; SELECTABLE.len()] = {
    const ROW: Row<Ask> = row!(Ask; "" => Selector, "", |a, v, w| a.push(w, v, Subject::Object(v)));
    let mut rows = [ROW; SELECTABLE.len()];
    let mut rest: &mut [Row<Ask>] = &mut rows;
    let mut objects: &[&Object] = &SELECTABLE;
    while let ([object, others @ ..], [row, left @ ..]) = (objects, rest) {
        if let Some((_, selection)) = object.selection() {
            row.head.spell(object.names);
            row.head.help = selection.about;
        }
        (objects, rest) = (others, left);
    }
    rows
};

/// The words of `wait`.
pub static CONDITIONS: Grammar<Ask> = Grammar {
    title: "CONDITIONS",
    rows: &[
        rows!(Ask;
            "timeout" => Seconds, "time limit, exit code 124; must stand first", |a, v, w| a.limit(w, v);
            "carrier" => DevWord, "a device with carrier", |a, v, w| a.push(w, w.at() - 2, Subject::Carrier(v.0));
            "ready" => DevWord, "a device with carrier and usable addresses", |a, v, w| a.push(w, w.at() - 2, Subject::Ready(v.0));
            "netns" => Name, "a named namespace", |a, v, w| a.push(w, w.at() - 2, Subject::Netns(v));
        ),
        &SELECTIONS,
        rows!(Ask;
            "no" => Flag, "before an object or netns: until nothing matches", |a, (), w| a.negate(w);
            "and" => Flag, AND, |a, (), w| a.next(w);
        ),
    ],
    fallback: Fallback::Unknown(|arg| arg.wrong("unknown condition")),
};

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Ask, Diag> {
        let words: Vec<Vec<u8>> = line.split(' ').map(|w| w.as_bytes().to_vec()).collect();
        let s = crate::session::Session::new(Default::default(), crate::output::out::Out::memory());
        Ask::parse(&mut Words::new(&words, 0, &s))
    }

    #[test]
    fn every_object_that_can_be_selected_is_a_condition() {
        for object in until::objects() {
            for name in object.names.iter().map(|n| crate::grammar::full(n)).chain([object.name()]) {
                let ask = parse(name).unwrap();
                assert!(matches!(ask.conditions[..], [Written { subject: Subject::Object(0), .. }]), "{name}");
            }
        }
    }

    #[test]
    fn conditions_stand_between_and() {
        let ask = parse("timeout 2.5 no route to 10.0.0.0/8 and carrier v0 and no netns red").unwrap();
        assert_eq!(ask.timeout, Some(Duration::from_millis(2500)));
        let written: Vec<_> =
            ask.conditions.iter().map(|c| (c.span.from, c.span.to, c.no, c.subject.clone())).collect();
        assert_eq!(
            written,
            [
                (2, 6, true, Subject::Object(3)),
                (7, 9, false, Subject::Carrier(b"v0".to_vec())),
                (10, 13, true, Subject::Netns(b"red".to_vec())),
            ]
        );
    }

    #[test]
    fn words_that_are_no_conditions() {
        for bad in [
            "timeout 5",
            "and",
            "carrier",
            "carrier v0 and",
            "carrier v0 ready v0",
            "no",
            "no carrier v0",
            "no no link",
            "carrier v0 timeout 5",
            "timeout 1 timeout 2 link",
            "netns a/b",
            "link and and link",
            "up v0",
            "timeout x link",
        ] {
            assert_eq!(parse(bad).err().map(|d| d.code()), Some(crate::diag::USAGE), "{bad}");
        }
    }
}
