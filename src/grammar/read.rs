//! Grammars without their target: the reader of a line, suggestions, usage. Their code exists once, whatever a line fills.

use super::{Arg, Fallback, Grammar, Head, Row, Target, Words, full, spells};
use crate::diag::{Diag, Lost, Span};

/// A grammar without its target.
pub trait Heads {
    /// Shows every row, the fallback's included.
    fn each(&self, see: &mut dyn FnMut(&'static Head));
    /// The first row that the word matches: iproute2's rule.
    fn head(&self, word: &[u8]) -> Option<&'static Head>;
    /// What happens to a word that is no keyword.
    fn otherwise(&self) -> Otherwise;
}

/// A [`Fallback`] without its target.
#[derive(Clone, Copy)]
pub enum Otherwise {
    Take(&'static Head),
    TakeAll(&'static Head),
    Unknown(fn(&Arg<'_>) -> Diag),
    Stop,
}

impl Otherwise {
    /// The row that takes bare words.
    pub fn bare(self) -> Option<&'static Head> {
        match self {
            Otherwise::Take(head) | Otherwise::TakeAll(head) => Some(head),
            _ => None,
        }
    }
}

/// A grammar and what it fills, while a line is read.
pub trait Reader {
    /// The grammar.
    fn heads(&self) -> &dyn Heads;
    /// Finds the row of a word, and goes on with it.
    fn find(&mut self, word: &[u8]) -> Option<&'static Head>;
    /// Goes on with the row that takes bare words.
    fn bare(&mut self);
    /// Parses the value of the row it has gone on with.
    fn take(&mut self, w: &mut Words<'_>) -> Result<(), Diag>;
    /// See [`Target::repeated`].
    fn repeated(&self, names: &[&'static str], w: &Words<'_>) -> Option<Diag>;
    /// See [`Target::set_span`].
    fn set_span(&mut self, span: Span);
}

/// A grammar with the target that a line fills.
pub struct Filler<'g, T: 'static> {
    /// The words.
    pub grammar: &'g Grammar<T>,
    /// What they fill.
    pub target: &'g mut T,
    /// The row whose value comes next.
    pub row: Option<&'static Row<T>>,
}

impl<T: Target> Reader for Filler<'_, T> {
    fn heads(&self) -> &dyn Heads {
        self.grammar
    }
    fn find(&mut self, word: &[u8]) -> Option<&'static Head> {
        self.row = self.grammar.find(word);
        self.row.map(|row| &row.head)
    }
    fn bare(&mut self) {
        self.row = self.grammar.bare();
    }
    fn take(&mut self, w: &mut Words<'_>) -> Result<(), Diag> {
        self.row.map_or(Ok(()), |row| (row.take)(self.target, w))
    }
    fn repeated(&self, names: &[&'static str], w: &Words<'_>) -> Option<Diag> {
        self.target.repeated(names, w)
    }
    fn set_span(&mut self, span: Span) {
        self.target.set_span(span);
    }
}

impl<T: Target> Heads for Grammar<T> {
    fn each(&self, see: &mut dyn FnMut(&'static Head)) {
        self.all().for_each(|row| see(&row.head));
    }
    fn head(&self, word: &[u8]) -> Option<&'static Head> {
        self.find(word).map(|row| &row.head)
    }
    fn otherwise(&self) -> Otherwise {
        match self.fallback {
            Fallback::Take(row) => Otherwise::Take(&row.head),
            Fallback::TakeAll(row) => Otherwise::TakeAll(&row.head),
            Fallback::Unknown(say) => Otherwise::Unknown(say),
            Fallback::Stop => Otherwise::Stop,
        }
    }
}

/// An error in the value of a keyword points at both, and says what was expected.
pub fn misplaced(d: Diag, row: &Head, from: usize, w: &Words<'_>) -> Diag {
    d.at_first(Span { from, to: w.at().max(from + 1) }).expected(|| row.value.meta())
}

/// [`Grammar::parse`].
///
/// # Errors
///
/// A keyword is unknown, repeated or incomplete, or its value is wrong; `help` gives the usage as an error.
pub fn read(r: &mut dyn Reader, w: &mut Words<'_>) -> Result<(), Diag> {
    let otherwise = r.heads().otherwise();
    let mut seen: Vec<(&'static Head, Span)> = Vec::new();
    while let Some(arg) = w.peek() {
        let from = arg.at;
        let mut bare = false;
        let row = match r.find(arg.bytes) {
            Some(row) => {
                w.skip();
                row
            }
            None => {
                bare = true;
                r.bare();
                match otherwise {
                    Otherwise::Stop => return Ok(()),
                    Otherwise::TakeAll(row) => row,
                    _ if !w.help_word.is_empty() && spells(w.help_word, arg.bytes) => return Err(w.usage()),
                    Otherwise::Take(row) => row,
                    Otherwise::Unknown(say) => return Err(suggest(r.heads(), say(&arg), &arg)),
                }
            }
        };
        if row.once {
            let earlier = seen.iter().find(|(r, _)| std::ptr::eq(*r, row)).map(|(_, s)| *s);
            if let Some(earlier) = earlier {
                return Err(twice(r.heads(), row, w, from, earlier));
            }
        }
        if let Some(d) = r.repeated(row.names, w)
            && !row.value.meta().is_empty()
        {
            return Err(d);
        }
        r.take(w).map_err(|d| {
            let d = misplaced(d, row, from, w);
            // A bare word that is not a valid value may be a mistyped keyword.
            if bare && d.spans() == [Span::word(from)] { suggest(r.heads(), d, &arg) } else { d }
        })?;
        let span = Span { from, to: w.at() };
        r.set_span(span);
        if row.once {
            seen.push((row, span));
        }
        if w.stopped() {
            return Ok(());
        }
    }
    Ok(())
}

#[cold]
fn twice(g: &dyn Heads, row: &'static Head, w: &mut Words<'_>, from: usize, earlier: Span) -> Diag {
    // Where bare words are allowed, iproute2 cannot tell a repeated keyword from garbage.
    let bare = match g.otherwise() {
        Otherwise::Take(r) | Otherwise::TakeAll(r) => std::ptr::eq(r, row),
        Otherwise::Stop => true,
        Otherwise::Unknown(_) => false,
    };
    // iproute2 names the word after a repeated keyword; a flag has none, so it names the flag.
    if row.value.meta().is_empty() {
        w.back();
    }
    row.value.lead(w);
    let value = match w.next() {
        Ok(v) => v,
        Err(d) => return d.expected(|| row.value.meta()),
    };
    let here = Span { from, to: w.at() };
    if bare {
        let d = suggest(g, Diag::garbage(row.name(), &value.shown(), here).at(earlier), &value);
        return match w.line().get(earlier.from).filter(|_| earlier.to == earlier.from + 1) {
            // The mistyped word may be the earlier bare one.
            Some(word) if d.hints().is_empty() => suggest(g, d, &Arg { bytes: word, at: earlier.from }),
            _ => d,
        };
    }
    Diag::duplicate(row.name(), &value.shown()).at(earlier).at(here)
}

/// [`Grammar::suggest`].
#[cold]
pub fn suggest(g: &dyn Heads, d: Diag, arg: &Arg<'_>) -> Diag {
    let mut names = Vec::new();
    g.each(&mut |row| names.extend(row.names.iter().map(|n| full(n))));
    super::suggest::hint(d, arg.bytes, names.into_iter()).lost(Lost::Keyword(arg.at))
}

/// [`Grammar::usage`].
pub fn usage(g: &dyn Heads) -> Vec<String> {
    let mut lines = Vec::new();
    g.each(&mut |row| {
        let names: Vec<_> = row.names.iter().map(|n| full(n)).collect();
        let meta = row.value.meta();
        lines.push(if meta.is_empty() {
            format!("[ {} ]", names.join(" | "))
        } else {
            format!("[ {} {meta} ]", names.join(" | "))
        });
    });
    lines
}
