//! The words after the verb: tables of keywords, and the parser that fills a message from them.
//!
//! A grammar is data. Parsing, usage text, completion, the manual and the lint tests are folds over it.

pub mod address;
pub mod named;
pub mod number;
pub mod suggest;
pub mod value;
pub mod walk;
pub mod words;

use crate::diag::{Diag, Lost, Span};
use std::borrow::Cow;
pub use walk::Walk;
pub use words::{Arg, Names, Words};

/// A type of argument, of one word or several.
pub trait Value {
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
    #[inline(never)]
    fn walk(&self, w: &mut Walk<'_, '_>) {
        w.pass(&|w| self.take(w).map(drop), &|w| self.offer(w), &|w| self.more(w), &self.meta());
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
    /// The spellings, the first one used in help.
    pub names: &'static [&'static str],
    /// A noun phrase or an imperative for help and completion.
    pub help: &'static str,
    /// Using it twice is an error.
    pub once: bool,
    /// The placeholder of its value in help.
    pub meta: fn() -> Cow<'static, str>,
    /// The placeholder in iproute2's usage text.
    pub term: fn() -> Cow<'static, str>,
    /// Parses its value into the target.
    pub take: fn(&mut T, &mut Words<'_>) -> Result<(), Diag>,
    /// See [`Value::lead`].
    pub lead: fn(&mut Words<'_>),
    /// Candidates for its value.
    pub offer: fn(&Words<'_>) -> Vec<Offer>,
    /// Skips its value on a line that is still being typed.
    pub walk: fn(&mut Walk<'_, '_>),
}

impl<T> Row<T> {
    /// The full form of the first spelling.
    pub fn name(&self) -> &'static str {
        self.names.first().map_or("", |n| full(n))
    }

    /// Whether `word` spells this keyword.
    pub fn matches(&self, word: &[u8]) -> bool {
        self.names.iter().any(|n| spells(n, word))
    }
}

/// A spelling without the `~` that marks it as abbreviable.
pub fn full(name: &'static str) -> &'static str {
    name.strip_suffix('~').unwrap_or(name)
}

/// Whether `word` is `name`, or, where `name` ends in `~`, a leading part of it.
#[inline]
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
    /// All rows, including the fallback's.
    pub fn all(&self) -> impl Iterator<Item = &'static Row<T>> {
        let bare = match self.fallback {
            Fallback::Take(row) | Fallback::TakeAll(row) => Some(row),
            _ => None,
        };
        self.rows.iter().flat_map(|part| part.iter()).chain(bare)
    }

    /// The first row that matches the word, as in iproute2.
    pub fn find(&self, word: &[u8]) -> Option<&'static Row<T>> {
        // An empty word is a value; only the row for bare words has an empty name.
        if word.is_empty() {
            return None;
        }
        // Plain loops: most of the time of parsing a line is spent here.
        for part in self.rows {
            for row in *part {
                if row.matches(word) {
                    return Some(row);
                }
            }
        }
        match self.fallback {
            Fallback::Take(row) | Fallback::TakeAll(row) if row.matches(word) => Some(row),
            _ => None,
        }
    }

    /// Parses words to the end of the line, or, in a group, up to the first word that is not of this grammar.
    ///
    /// # Errors
    ///
    /// A keyword is unknown, repeated or incomplete, or its value is wrong; `help` gives the usage as an error.
    pub fn parse(&self, t: &mut T, w: &mut Words<'_>) -> Result<(), Diag> {
        let mut seen: Vec<(&'static Row<T>, Span)> = Vec::new();
        while let Some(arg) = w.peek() {
            let from = arg.at;
            let mut bare = false;
            let row = match self.find(arg.bytes) {
                Some(row) => {
                    w.skip();
                    row
                }
                None => match &self.fallback {
                    Fallback::Stop => return Ok(()),
                    Fallback::TakeAll(row) => {
                        bare = true;
                        row
                    }
                    _ if !w.help_word.is_empty() && spells(w.help_word, arg.bytes) => return Err(w.usage()),
                    Fallback::Take(row) => {
                        bare = true;
                        row
                    }
                    Fallback::Unknown(say) => return Err(self.suggest(say(&arg), &arg)),
                },
            };
            if row.once {
                let earlier = seen.iter().find(|(r, _)| std::ptr::eq(*r, row)).map(|(_, s)| *s);
                if let Some(earlier) = earlier {
                    return Err(self.twice(row, w, from, earlier));
                }
            }
            if let Some(d) = t.repeated(row.names, w)
                && !(row.meta)().is_empty()
            {
                return Err(d);
            }
            (row.take)(t, w).map_err(|d| {
                let d = d.at_first(Span { from, to: w.at().max(from + 1) }).expected(row.meta);
                // A bare word that is not a valid value may be a mistyped keyword.
                if bare && d.spans() == [Span::word(from)] { self.suggest(d, &arg) } else { d }
            })?;
            let span = Span { from, to: w.at() };
            t.set_span(span);
            if row.once {
                seen.push((row, span));
            }
            if w.stopped() {
                return Ok(());
            }
        }
        Ok(())
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
        (row.take)(t, w).map_err(|d| d.at_first(Span { from, to: w.at().max(from + 1) }).expected(row.meta))?;
        t.set_span(Span { from, to: w.at() });
        Ok(true)
    }

    fn twice(&self, row: &Row<T>, w: &mut Words<'_>, from: usize, earlier: Span) -> Diag {
        // Where bare words are allowed, iproute2 cannot tell a repeated keyword from garbage.
        let bare = match self.fallback {
            Fallback::Take(r) | Fallback::TakeAll(r) => std::ptr::eq(r, row),
            Fallback::Stop => true,
            Fallback::Unknown(_) => false,
        };
        // iproute2 names the word after a repeated keyword; a flag has none, so it names the flag.
        if (row.meta)().is_empty() {
            w.back();
        }
        (row.lead)(w);
        let value = match w.next() {
            Ok(v) => v,
            Err(d) => return d.expected(row.meta),
        };
        let here = Span { from, to: w.at() };
        if bare {
            let d = self.suggest(Diag::garbage(row.name(), &value.shown(), here).at(earlier), &value);
            return match w.line().get(earlier.from).filter(|_| earlier.to == earlier.from + 1) {
                // The mistyped word may be the earlier bare one.
                Some(word) if d.hints().is_empty() => self.suggest(d, &Arg { bytes: word, at: earlier.from }),
                _ => d,
            };
        }
        Diag::duplicate(row.name(), &value.shown()).at(earlier).at(here)
    }

    /// Adds the nearest keyword as a suggestion.
    pub fn suggest(&self, d: Diag, arg: &Arg<'_>) -> Diag {
        let names = self.all().flat_map(|r| r.names.iter().map(|n| full(n)));
        suggest::hint(d, arg.bytes, names).lost(Lost::Keyword(arg.at))
    }

    /// Every row as `[ name META ]`, in order.
    pub fn usage(&self) -> Vec<String> {
        self.all()
            .map(|r| {
                let names: Vec<_> = r.names.iter().map(|n| full(n)).collect();
                let meta = (r.meta)();
                if meta.is_empty() {
                    format!("[ {} ]", names.join(" | "))
                } else {
                    format!("[ {} {meta} ]", names.join(" | "))
                }
            })
            .collect()
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
            names: &[$first $(, $more)*],
            help: $help,
            once: $crate::row!(@once $($once)?),
            meta: || $crate::grammar::Value::meta(&$v),
            term: || $crate::grammar::Value::term(&$v),
            take: |target, $w| {
                let value = $crate::grammar::Value::take(&$v, $w)?;
                let $t: &mut $T = target;
                let $val = value;
                $crate::grammar::Done::done($body)
            },
            lead: |w| $crate::grammar::Value::lead(&$v, w),
            offer: |w| $crate::grammar::Value::offer(&$v, w),
            walk: |w| $crate::grammar::Value::walk(&$v, w),
        }
    };
    (@once once) => { true };
    (@once) => { false };
}
