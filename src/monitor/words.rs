//! The words of `monitor`: what to watch, how to print it, when to end.

use super::until::Until;
use crate::diag::{Diag, Span};
use crate::grammar::number::Term;
use crate::grammar::value::{Absent, Flag, Word};
use crate::grammar::{Arg, Fallback, Grammar, Names as _, Row, Target, Value, Words, spells};
use crate::session::Session;
use crate::state::{Keyword, ObjectType};
use crate::{row, rows};
use std::borrow::Cow;
use std::time::Duration;

/// What to watch.
#[derive(Default)]
pub struct Watch {
    /// The selected types; empty: all.
    named: Vec<ObjectType>,
    /// `file`: a recording instead of the kernel, with the position of its word.
    pub file: Option<(Vec<u8>, usize)>,
    /// `label`.
    pub label: bool,
    /// `all-nsid`: also events of namespaces that have an id here.
    pub all_nsid: bool,
    dev_word: Option<(Vec<u8>, usize)>,
    /// `dev`: the interface.
    pub dev: Option<u32>,
    /// `init`: print the existing entries first.
    pub init: bool,
    /// `count`: end after this many events.
    pub count: Option<u64>,
    /// `timeout`.
    pub timeout: Option<Duration>,
    waits: Option<Span>,
    /// `until`.
    pub until: Option<Until>,
    /// The name of our own namespace, if it has one.
    pub home: Option<Vec<u8>>,
}

impl Target for Watch {}

impl Watch {
    /// Parses the words and looks their device up.
    ///
    /// # Errors
    ///
    /// A wrong word, or a device that does not exist.
    pub fn parse(s: &Session, words: &mut Words<'_>) -> Result<Watch, Diag> {
        let mut w = Watch::default();
        let grammar = if s.options.invocation.is_ip { &OF_IP } else { &MONITOR };
        grammar.parse(&mut w, words)?;
        if let Some((name, at)) = &w.dev_word {
            let arg = Arg { bytes: name, at: *at };
            let found = s.link(name)?;
            w.dev = Some(found.ok_or_else(|| Absent::Wrong.say(&arg))?);
        }
        if let Some(span) = w.waits {
            let until = Until::parse(s, words)?;
            if !w.named.is_empty() && !w.named.contains(&until.object()) {
                let name = until.object().name();
                return Err(Diag::usage(format!("\"until {name}\" waits for events that are not watched")).at(span));
            }
            w.until = Some(until);
        }
        Ok(w)
    }

    /// The object types to watch, links before what is configured on them.
    pub fn objects(&self) -> Vec<ObjectType> {
        ObjectType::watched().filter(|s| self.named.is_empty() || self.named.contains(s)).collect()
    }

    /// The object types to subscribe to: with `all-nsid` also namespace ids, which name the namespace of an event.
    pub fn subscribed(&self) -> Vec<ObjectType> {
        ObjectType::watched()
            .filter(|s| self.is_unprinted(*s) || self.named.is_empty() || self.named.contains(s))
            .collect()
    }

    /// Whether events of an object type are received and not printed.
    pub fn is_unprinted(&self, subject: ObjectType) -> bool {
        subject == ObjectType::Nsid && self.all_nsid && !self.named.is_empty() && !self.named.contains(&subject)
    }
}

/// The words before those of the object types, which iproute2 matches first.
const FIRST: &[Row<Watch>] = rows!(Watch;
    "file~" => Word("FILE"), "show the events recorded in a file", |w, v| w.file = Some(v);
    "label~" => Flag, "prefix each event with its object", |w, ()| w.label = true;
);

/// The other words that `ip` also has.
const OTHERS: &[Row<Watch>] = rows!(Watch;
    "all" => Flag, "the same as label", |w, ()| w.label = true;
    "all-nsid~" => Flag, "also events of other namespaces", |w, ()| w.all_nsid = true;
    "dev" => Term("DEVICE", Word("DEV")), "of this device", |w, v| w.dev_word = Some(v);
);

/// The keywords of the object types with their types, in matching order.
static KEYWORDS: [(Keyword, ObjectType); KEYWORD_COUNT] = {
    let mut keywords = [(Keyword { place: 0, names: &[], about: "" }, ObjectType::Link); KEYWORD_COUNT];
    let mut rest: &mut [(Keyword, ObjectType)] = &mut keywords;
    let mut place = 0;
    while let [slot, left @ ..] = rest {
        let mut types = ObjectType::ALL;
        while let [object, others @ ..] = types {
            match object.spec().monitor {
                Some(keyword) if keyword.place == place => *slot = (keyword, *object),
                _ => {}
            }
            types = others;
        }
        (rest, place) = (left, place + 1);
    }
    keywords
};

const KEYWORD_COUNT: usize = {
    let (mut count, mut types) = (0, ObjectType::ALL);
    while let [object, others @ ..] = types {
        count += object.spec().monitor.is_some() as usize;
        types = others;
    }
    count
};

/// One row per object type that is watched.
static TYPES: [Row<Watch>; KEYWORD_COUNT] = {
    const ROW: Row<Watch> = row!(Watch; "" => Flag, "", |w, (), words| w.named.extend(spelled(words)));
    let mut rows = [ROW; KEYWORD_COUNT];
    let (mut rest, mut keywords): (&mut [Row<Watch>], &[(Keyword, ObjectType)]) = (&mut rows, &KEYWORDS);
    while let ([row, left @ ..], [(keyword, _), others @ ..]) = (rest, keywords) {
        row.head.spell(keyword.names);
        row.head.help = keyword.about;
        (rest, keywords) = (left, others);
    }
    rows
};

/// The object type that the keyword before the cursor spells.
fn spelled(words: &Words<'_>) -> Option<ObjectType> {
    let word = words.line().get(words.at().checked_sub(1)?)?;
    let found = KEYWORDS.iter().find(|(keyword, _)| keyword.names.iter().any(|name| spells(name, word)));
    found.map(|(_, object)| *object)
}

/// The words that only `rip` has: under the name `ip` they do not exist.
const OURS: &[Row<Watch>] = rows!(Watch;
    "init" => Flag, "first report what exists, as events", |w, ()| w.init = true;
    "count" => Count, "end after this many events", |w, v| w.count = Some(v);
    "timeout" => Seconds, "end after this time, with exit code 124", |w, v| w.timeout = Some(v);
    "until" => super::until::Awaited, "end when a matching object exists (gone: when none does)", |w, (), words| {
        w.waits = Some(Span { from: words.at() - 1, to: words.at() });
        words.stop();
    };
);

/// The words of `monitor`.
pub static MONITOR: Grammar<Watch> =
    Grammar { title: "WATCH", rows: &[FIRST, &TYPES, OTHERS, OURS], fallback: Fallback::Unknown(unknown) };
static OF_IP: Grammar<Watch> =
    Grammar { title: "WATCH", rows: &[FIRST, &TYPES, OTHERS], fallback: Fallback::Unknown(unknown) };

fn unknown(arg: &Arg<'_>) -> Diag {
    Diag::usage(format!("Argument \"{}\" is unknown, try \"ip monitor help\".", arg.shown())).at(arg.span())
}

/// A number of events, at least one.
struct Count;

impl Value for Count {
    type Out = u64;
    fn meta(&self) -> Cow<'static, str> {
        "NUMBER".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<u64, Diag> {
        let arg = w.next()?;
        let v = crate::grammar::number::unsigned(arg.bytes, 0).filter(|v| *v > 0);
        v.ok_or_else(|| arg.wrong("\"count\" value is invalid"))
    }
}

/// A time in seconds, with decimals.
pub struct Seconds;

/// The longest timeout in seconds: a year.
const LONGEST: f64 = 366.0 * 86_400.0;

impl Value for Seconds {
    type Out = Duration;
    fn meta(&self) -> Cow<'static, str> {
        "SECONDS".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Duration, Diag> {
        let arg = w.next()?;
        let digits = arg.bytes.iter().all(|b| b.is_ascii_digit() || *b == b'.');
        let v = arg.str().filter(|_| digits).and_then(|s| s.parse::<f64>().ok()).filter(|v| *v <= LONGEST);
        v.map(Duration::from_secs_f64).ok_or_else(|| arg.wrong("\"timeout\" value is invalid"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_keyword_names_its_own_type() {
        let s = crate::session::Session::new(Default::default(), crate::output::out::Out::memory());
        assert_eq!(KEYWORDS.len(), ObjectType::watched().count());
        for (place, (keyword, object)) in KEYWORDS.iter().enumerate() {
            assert_eq!((usize::from(keyword.place), object.spec().monitor.is_some()), (place, true), "{object:?}");
            for name in keyword.names {
                let line = [crate::grammar::full(name).as_bytes().to_vec()];
                let watch = Watch::parse(&s, &mut Words::new(&line, 0, &s)).unwrap();
                assert_eq!(watch.named, [*object], "{name}");
            }
        }
    }
}
