//! The words after the verb: tables of keywords, and the parser that fills a message from them.
//!
//! A grammar is data. Parsing, usage text, completion, the manual and the lint tests are folds over it.

pub mod address;
pub mod named;
pub mod number;
mod read;
pub mod suggest;
pub mod value;
pub mod walk;
pub mod words;

use crate::diag::{Diag, Span};
pub use read::{Heads, Otherwise};
use std::borrow::Cow;
pub use walk::Walk;
pub use words::{Arg, Names, Words};

/// A type of argument, of one word or several.
pub trait Value: Sync {
    type Out;
    /// The placeholder in a usage line: `ADDRESS`, `{ on | off }`.
    fn meta(&self) -> Cow<'static, str>;
    /// The placeholder in iproute2's usage text, where it differs from `meta`.
    fn term(&self) -> Cow<'static, str> {
        self.meta()
    }
    /// Parses the value from the words.
    ///
    /// # Errors
    ///
    /// The words are not such a value, or the line ends; the error points at the word.
    fn take(&self, w: &mut Words<'_>) -> Result<Self::Out, Diag>;
    /// Skips words that only say which type of value follows: the route type before a destination.
    fn lead(&self, _w: &mut Words<'_>) {}
    /// Completion candidates; by default the words that `meta` spells out.
    fn offer(&self, w: &Words<'_>) -> Vec<Offer> {
        walk::offers(&self.meta(), w)
    }
    /// Candidates that could continue the value, where the line ends after it.
    fn more(&self, _w: &Words<'_>) -> Vec<Offer> {
        Vec::new()
    }
    /// Skips the value on a line that is still being typed. Values with their own keywords walk their tables.
    fn walk(&self, w: &mut Walk<'_, '_>)
    where
        Self: Sized,
    {
        w.value(self);
    }
}

/// A [`Value`] without the type that it gives: what completion, help and the manual need of it. A row refers to one, so
/// that the code of each type exists once and not in every row.
pub trait Operand: Sync {
    /// See [`Value::meta`].
    fn meta(&self) -> Cow<'static, str>;
    /// See [`Value::term`].
    fn term(&self) -> Cow<'static, str>;
    /// See [`Value::lead`].
    fn lead(&self, w: &mut Words<'_>);
    /// See [`Value::offer`].
    fn offer(&self, w: &Words<'_>) -> Vec<Offer>;
    /// See [`Value::more`].
    fn more(&self, w: &Words<'_>) -> Vec<Offer>;
    /// See [`Value::walk`].
    fn walk(&self, w: &mut Walk<'_, '_>);
    /// Reads it and forgets what it gives.
    ///
    /// # Errors
    ///
    /// A wrong value.
    fn check(&self, w: &mut Words<'_>) -> Result<(), Diag>;
}

impl<V: Value> Operand for V {
    fn meta(&self) -> Cow<'static, str> {
        Value::meta(self)
    }
    fn term(&self) -> Cow<'static, str> {
        Value::term(self)
    }
    fn lead(&self, w: &mut Words<'_>) {
        Value::lead(self, w);
    }
    fn offer(&self, w: &Words<'_>) -> Vec<Offer> {
        Value::offer(self, w)
    }
    fn more(&self, w: &Words<'_>) -> Vec<Offer> {
        Value::more(self, w)
    }
    fn walk(&self, w: &mut Walk<'_, '_>) {
        Value::walk(self, w);
    }
    fn check(&self, w: &mut Words<'_>) -> Result<(), Diag> {
        self.take(w).map(drop)
    }
}

/// A completion candidate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// The word as it would be typed.
    pub word: String,
    /// Its description.
    pub help: String,
    /// An alias of the previous candidate: offered only if the user has begun to type it.
    pub other: bool,
}

impl Offer {
    /// A candidate with its description.
    pub fn new(word: impl Into<String>, help: impl Into<String>) -> Offer {
        Offer { word: word.into(), help: help.into(), other: false }
    }
}

/// What a grammar fills. `set_span` records which words led to the attributes pushed since the last call.
pub trait Target {
    fn set_span(&mut self, _span: Span) {}
    /// The error for a keyword with a value that was used before; the value is not parsed.
    fn repeated(&self, _names: &[&'static str], _w: &Words<'_>) -> Option<Diag> {
        None
    }
}

/// One keyword. A spelling that ends in `~` may be shortened to any leading part.
pub struct Row<T: 'static> {
    /// What is known of it without what it fills.
    pub head: Head,
    /// Parses its value into the target.
    pub take: fn(&mut T, &mut Words<'_>) -> Result<(), Diag>,
}

/// What a row is apart from what it does to its target.
pub struct Head {
    /// The spellings, the first one used in help.
    pub names: &'static [&'static str],
    /// The bits of their first letters, see [`initial`].
    pub initials: u32,
    /// A noun phrase or an imperative for help and completion.
    pub help: &'static str,
    /// Using it twice is an error.
    pub once: bool,
    /// Its value.
    pub value: &'static dyn Operand,
}

impl<T> std::ops::Deref for Row<T> {
    type Target = Head;
    fn deref(&self) -> &Head {
        &self.head
    }
}

impl Head {
    /// Gives a row of a table that is computed its spellings.
    pub const fn spell(&mut self, names: &'static [&'static str]) {
        (self.names, self.initials) = (names, initials(names));
    }

    /// The full form of the first spelling.
    pub fn name(&self) -> &'static str {
        self.names.first().map_or("", |n| full(n))
    }

    /// Whether `word` spells this keyword.
    #[inline(always)]
    pub fn matches(&self, word: &[u8]) -> bool {
        self.names.iter().any(|n| spells(n, word))
    }
}

/// A bit for the first letter of a word: most words differ from most keywords in it, and a look at the bits of a row costs
/// a third of one at its spellings.
pub const fn initial(word: &[u8]) -> u32 {
    match word {
        [b @ b'a'..=b'z', ..] => 1 << (*b - b'a'),
        [_, ..] => 1 << 26,
        [] => 0,
    }
}

/// The bits of all spellings.
pub const fn initials(names: &[&str]) -> u32 {
    let (mut all, mut rest) = (0, names);
    while let [name, more @ ..] = rest {
        (all, rest) = (all | initial(name.as_bytes()), more);
    }
    all
}

/// A spelling without the `~` that marks it as abbreviable.
pub fn full(name: &'static str) -> &'static str {
    name.strip_suffix('~').unwrap_or(name)
}

/// Whether `word` is `name`, or, where `name` ends in `~`, a leading part of it.
#[inline(always)]
pub fn spells(name: &str, word: &[u8]) -> bool {
    let name = name.as_bytes();
    // Fast path: most words differ from most names in the first byte.
    if let (Some(a), Some(b)) = (name.first(), word.first())
        && a != b
    {
        return false;
    }
    match name.strip_suffix(b"~") {
        Some(long) => !word.is_empty() && long.starts_with(word),
        None => name == word,
    }
}

/// Rows in matching order, and what to do with a word that matches none.
pub struct Grammar<T: 'static> {
    /// What the grammar describes: `link add`, `vxlan`.
    pub title: &'static str,
    /// The rows, in matching order.
    pub rows: &'static [&'static [Row<T>]],
    /// What happens to a word that is not a keyword.
    pub fallback: Fallback<T>,
}

/// What happens to a word that is not a keyword of the grammar.
pub enum Fallback<T: 'static> {
    /// This row parses it, as if its keyword had been typed; `help` prints the usage.
    Take(&'static Row<T>),
    /// The same, but `help` is an ordinary word.
    TakeAll(&'static Row<T>),
    /// It is an error.
    Unknown(fn(&Arg<'_>) -> Diag),
    /// It ends the group; the caller continues with it.
    Stop,
}

/// The return types that a row's closure may have.
pub trait Done {
    fn done(self) -> Result<(), Diag>;
}
impl Done for () {
    fn done(self) -> Result<(), Diag> {
        Ok(())
    }
}
impl Done for Result<(), Diag> {
    fn done(self) -> Result<(), Diag> {
        self
    }
}

impl<T: Target> Grammar<T> {
    fn bare(&self) -> Option<&'static Row<T>> {
        match self.fallback {
            Fallback::Take(row) | Fallback::TakeAll(row) => Some(row),
            _ => None,
        }
    }

    /// All rows, including the fallback's.
    pub fn all(&self) -> impl Iterator<Item = &'static Row<T>> {
        self.rows.iter().flat_map(|part| part.iter()).chain(self.bare())
    }

    /// The first row that matches the word, as in iproute2.
    #[inline(never)]
    pub fn find(&self, word: &[u8]) -> Option<&'static Row<T>> {
        // An empty word is a value; only the row for bare words has an empty name.
        if word.is_empty() {
            return None;
        }
        // Plain loops: most of the time of parsing a line is spent here.
        let initial = initial(word);
        for part in self.rows {
            for row in *part {
                if row.head.initials & initial != 0 && row.matches(word) {
                    return Some(row);
                }
            }
        }
        self.bare().filter(|row| row.matches(word))
    }

    /// Parses words to the end of the line, or, in a group, up to the first word that is not of this grammar.
    ///
    /// # Errors
    ///
    /// A keyword is unknown, repeated or incomplete, or its value is wrong; `help` gives the usage as an error.
    pub fn parse(&self, t: &mut T, w: &mut Words<'_>) -> Result<(), Diag> {
        read::read(&mut read::Filler { grammar: self, target: t, row: None }, w)
    }

    /// If this keyword is next, parses it with its value. Returns whether it was.
    ///
    /// # Errors
    ///
    /// The value is wrong or missing.
    pub fn one(&self, name: &str, t: &mut T, w: &mut Words<'_>) -> Result<bool, Diag> {
        let from = w.at();
        let Some(row) = w.peek().filter(|arg| arg.is(name)).and_then(|arg| self.find(arg.bytes)) else {
            return Ok(false);
        };
        w.skip();
        (row.take)(t, w).map_err(|d| read::misplaced(d, row, from, w))?;
        t.set_span(Span { from, to: w.at() });
        Ok(true)
    }

    /// Adds the nearest keyword as a suggestion.
    pub fn suggest(&self, d: Diag, arg: &Arg<'_>) -> Diag {
        read::suggest(self, d, arg)
    }

    /// Every row as `[ name META ]`, in order.
    pub fn usage(&self) -> Vec<String> {
        read::usage(self)
    }
}

/// A grammar's table: `rows!(Builder; "via" => GATEWAY, "gateway address", |r, v| r.gateway(v); ...)`.
///
/// `once` before the spellings makes a second use an error. The closure may name a third
/// parameter to see the words (for the family, the names, the spans).
#[macro_export]
macro_rules! rows {
    ($T:ty; $($(@$once:ident)? $first:literal $(| $more:literal)* => $v:expr, $help:expr, |$t:pat_param, $val:pat_param $(, $w:ident)?| $body:expr;)*) => {
        &[$($crate::row!($T; $(@$once)? $first $(| $more)* => $v, $help, |$t, $val $(, $w)?| $body)),*]
    };
}

/// One row of a table; see [`rows!`].
#[macro_export]
macro_rules! row {
    ($T:ty; $(@$once:ident)? $first:literal $(| $more:literal)* => $v:expr, $help:expr, |$t:pat_param, $val:pat_param| $body:expr) => {
        $crate::row!($T; $(@$once)? $first $(| $more)* => $v, $help, |$t, $val, _words| $body)
    };
    ($T:ty; $(@$once:ident)? $first:literal $(| $more:literal)* => $v:expr, $help:expr, |$t:pat_param, $val:pat_param, $w:ident| $body:expr) => {
        $crate::grammar::Row::<$T> {
            head: $crate::grammar::Head {
                names: &[$first $(, $more)*],
                initials: $crate::grammar::initials(&[$first $(, $more)*]),
                help: $help,
                once: $crate::row!(@once $($once)?),
                value: &$v,
            },
            take: |target, $w| {
                let value = $crate::grammar::Value::take(&$v, $w)?;
                let $t: &mut $T = target;
                let $val = value;
                $crate::grammar::Done::done($body)
            },
        }
    };
    (@once once) => { true };
    (@once) => { false };
}
