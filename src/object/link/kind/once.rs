//! Attributes of a kind whose settings may be given only once, by whichever of their words.

use super::{Body, Data, Filled, Raw};
use crate::diag::{Diag, Span};
use crate::grammar::{Target, Words, full};
use netlink_packet_route::link::InfoData;

/// A kind's attributes, and the settings given so far.
pub struct Once<A> {
    /// The attributes.
    pub data: Data<A>,
    seen: Vec<(&'static str, Span)>,
}

impl<A> Default for Once<A> {
    fn default() -> Once<A> {
        Once { data: Data::default(), seen: Vec::new() }
    }
}

/// The span of words that are still being parsed.
const OPEN: Span = Span { from: usize::MAX, to: usize::MAX };

impl<A> Target for Once<A> {
    fn set_span(&mut self, span: Span) {
        self.data.trail.close(span);
        if let Some((_, at)) = self.seen.last_mut().filter(|(_, at)| at.from == OPEN.from) {
            *at = span;
        }
    }
    fn repeated(&self, names: &[&'static str], w: &Words<'_>) -> Option<Diag> {
        let (key, earlier) = self.seen.iter().find(|(key, _)| names.iter().any(|n| full(n) == *key))?;
        let value = w.peek()?;
        Some(Diag::garbage(key, &value.shown(), value.span()).at(*earlier))
    }
}

/// The word before the present one, as it may be printed.
fn last_word(w: &Words<'_>) -> String {
    w.line().get(w.at().saturating_sub(1)).map(|b| crate::output::escape::shown(b)).unwrap_or_default()
}

impl<A: Raw> Once<A> {
    /// Records a setting; the error about a second one names this word and value.
    fn note(&mut self, key: &'static str, word: &str, value: &str, w: &Words<'_>) -> Result<(), Diag> {
        let here = Span::word(w.at().saturating_sub(1));
        if let Some((_, earlier)) = self.seen.iter().find(|(k, _)| *k == key) {
            return Err(Diag::garbage(word, value, here).at(*earlier));
        }
        self.seen.push((key, OPEN));
        Ok(())
    }

    /// Records a keyword with a value that sends nothing by itself.
    ///
    /// # Errors
    ///
    /// The setting was given before.
    pub fn once(&mut self, key: &'static str, w: &Words<'_>) -> Result<(), Diag> {
        let value = last_word(w);
        self.note(key, key, &value, w)
    }

    /// Records a keyword with a value and adds its attribute.
    ///
    /// # Errors
    ///
    /// The setting was given before.
    pub fn set(&mut self, key: &'static str, attr: A, w: &Words<'_>) -> Result<(), Diag> {
        self.once(key, w)?;
        self.data.put(attr);
        Ok(())
    }

    /// Records a flag that sends nothing by itself. The setting's key is the word without `no`.
    ///
    /// # Errors
    ///
    /// The setting was given before.
    pub fn mark(&mut self, word: &'static str, key: &'static str, w: &Words<'_>) -> Result<(), Diag> {
        self.note(key, word, word, w)
    }

    /// Records a flag whose error about a second one names it as it was typed, shortened or not.
    ///
    /// # Errors
    ///
    /// The setting was given before.
    pub fn typed(&mut self, key: &'static str, w: &Words<'_>) -> Result<(), Diag> {
        let word = last_word(w);
        self.note(key, &word, &word, w)
    }

    /// Records a flag, or its `no` form, and adds its attribute.
    ///
    /// # Errors
    ///
    /// The setting was given before.
    pub fn flag(&mut self, word: &'static str, key: &'static str, attr: A, w: &Words<'_>) -> Result<(), Diag> {
        self.mark(word, key, w)?;
        self.data.put(attr);
        Ok(())
    }

    /// The span of the words that gave a setting.
    pub fn made(&self, key: &str) -> Option<Span> {
        self.seen.iter().find(|(k, _)| *k == key).map(|(_, span)| *span)
    }

    /// The finished data.
    pub fn filled(self, wrap: fn(Vec<A>) -> InfoData) -> Filled {
        Filled { body: Body::Data(wrap(self.data.list)), trail: self.data.trail }
    }
}
