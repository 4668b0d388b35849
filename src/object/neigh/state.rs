//! The states of an entry (linux/neighbour.h, NUD_*).

use crate::diag::Diag;
use crate::grammar::number::U32;
use crate::grammar::{Offer, Value, Words, full, spells};
use crate::schema::*;
use std::borrow::Cow;

/// States by number, in the order they are printed.
pub const STATES: &[(u16, &str)] = &[
    (NUD_INCOMPLETE, "INCOMPLETE"),
    (NUD_REACHABLE, "REACHABLE"),
    (NUD_STALE, "STALE"),
    (NUD_DELAY, "DELAY"),
    (NUD_PROBE, "PROBE"),
    (NUD_FAILED, "FAILED"),
    (NUD_NOARP, "NOARP"),
    (NUD_PERMANENT, "PERMANENT"),
];

const WORDS: &[(&str, u16)] = &[
    ("permanent~", NUD_PERMANENT),
    ("reachable~", NUD_REACHABLE),
    ("noarp", NUD_NOARP),
    ("none", 0),
    ("stale", NUD_STALE),
    ("incomplete", NUD_INCOMPLETE),
    ("delay", NUD_DELAY),
    ("probe", NUD_PROBE),
    ("failed~", NUD_FAILED),
];

/// A state: a name, or a number with one bit set.
pub struct State;

fn find(word: &[u8]) -> Option<u16> {
    WORDS.iter().find(|(n, _)| spells(n, word)).map(|(_, v)| *v).or_else(|| {
        U32::parse(word).filter(|v| *v < 0x100 && v & v.wrapping_sub(1) == 0).and_then(|v| u16::try_from(v).ok())
    })
}

fn offers() -> Vec<Offer> {
    WORDS.iter().map(|(n, _)| Offer::new(full(n), "")).collect()
}

impl Value for State {
    type Out = u16;
    fn meta(&self) -> Cow<'static, str> {
        "STATE".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<u16, Diag> {
        let arg = w.next()?;
        find(arg.bytes).ok_or_else(|| arg.wrong("nud state is bad"))
    }
    fn offer(&self, _w: &Words<'_>) -> Vec<Offer> {
        offers()
    }
}

/// A state in a selector, where `all` means every state.
pub struct StateOrAll;

/// Marks entries in no state (NUD_NONE), in a mask of states.
pub const NONE: u16 = 0x100;
/// `all`; for `flush`, without NUD_NOARP entries.
pub const ALL: u16 = !NUD_NOARP;

impl Value for StateOrAll {
    type Out = u16;
    fn meta(&self) -> Cow<'static, str> {
        "{ STATE | all }".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<u16, Diag> {
        let arg = w.next()?;
        match find(arg.bytes) {
            Some(0) => Ok(NONE),
            Some(v) => Ok(v),
            None if arg.is("all") => Ok(ALL),
            None => Err(arg.wrong("nud state is bad")),
        }
    }
    fn offer(&self, _w: &Words<'_>) -> Vec<Offer> {
        let mut all = offers();
        all.push(Offer::new("all", ""));
        all
    }
}
