//! MARK: a value and a mask of its significant bits.

use super::pack::{set, u32_of};
use crate::diag::Diag;
use crate::grammar::number::U32;
use crate::grammar::{Offer, Value, Walk, Words};
use crate::output::Printer;
use crate::output::scalar::Hex;
use std::borrow::Cow;

/// A mark: struct xfrm_mark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    /// The value.
    pub value: u32,
    /// Its significant bits; 0 if no mark was given.
    pub mask: u32,
}

impl Mark {
    /// The mark as struct xfrm_mark.
    pub fn bytes(self) -> [u8; 8] {
        let mut out = [0; 8];
        set(&mut out, 0, &self.value.to_ne_bytes());
        set(&mut out, 4, &self.mask.to_ne_bytes());
        out
    }

    /// Parses struct xfrm_mark.
    pub fn parse(b: &[u8]) -> Mark {
        Mark { value: u32_of(b, 0), mask: u32_of(b, 4) }
    }

    /// Whether a request to get or delete includes the mark.
    pub fn selects(self) -> bool {
        self.mask & self.value != 0
    }
}

/// A mark with an optional mask; holds the errors about a wrong value and a wrong mask.
pub struct MarkWord {
    /// The error about the value.
    pub value: &'static str,
    /// The error about the mask.
    pub mask: &'static str,
    /// The mask if none is given.
    pub full: u32,
    /// The placeholder in iproute2's usage text.
    pub term: &'static str,
}

/// The value of `mark`.
pub const MARK: MarkWord = MarkWord {
    value: "MARK value is invalid\n",
    mask: "MASK value is invalid\n",
    full: u32::MAX,
    term: "MARK [ mask MASK ]",
};

impl Value for MarkWord {
    type Out = Mark;
    fn meta(&self) -> Cow<'static, str> {
        "MARK [ mask MASK ]".into()
    }
    fn term(&self) -> Cow<'static, str> {
        self.term.into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Mark, Diag> {
        let value = U32(self.value).take(w)?;
        let mask = match w.take_if(&["mask"]) {
            Some(_) => U32(self.mask).take(w)?,
            None => self.full,
        };
        Ok(Mark { value, mask })
    }
    fn offer(&self, _w: &Words<'_>) -> Vec<Offer> {
        Vec::new()
    }
    fn more(&self, w: &Words<'_>) -> Vec<Offer> {
        // Offered after the value, not after the mask.
        let before = w.at().checked_sub(2).and_then(|at| w.line().get(at));
        match before.is_some_and(|word| word == b"mask") {
            true => Vec::new(),
            false => vec![Offer::new("mask", "significant bits of the mark")],
        }
    }
    fn walk(&self, w: &mut Walk<'_, '_>) {
        w.pass(&|w| self.take(w).map(drop), &|w| self.offer(w), &|w| self.more(w), "MARK");
    }
}

/// Describes a mark; in JSON as an object.
pub fn describe(p: &mut Printer<'_>, key: &str, form: &str, mark: Mark) {
    p.object(Some(key));
    p.hidden("value", mark.value);
    p.hidden("mask", mark.mask);
    p.close();
    let text = |v: u32| {
        let mut out = Vec::new();
        crate::output::Scalar::text(&Hex::alternate(v), &mut out);
        String::from_utf8_lossy(&out).into_owned()
    };
    p.text_item(form, format_args!("{}/{}", text(mark.value), text(mark.mask)));
}
