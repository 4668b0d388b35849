//! What the features that work on every object know of one: how its entries are shown, and which the words of its `show`
//! select. `monitor`, `until`, `wait` and `-dry-run` reach an object through this alone.

use super::snapshot::Line;
use crate::diag::Diag;
use crate::grammar::{Offer, Words};
use crate::output::out::Out;
use crate::output::{Format, Printer};
use crate::session::Session;
use crate::state::{Event, ObjectType};

/// How entries of one object type, or of several that are alike, are shown and selected.
pub struct View {
    /// The object types.
    pub objects: &'static [ObjectType],
    /// Describes an entry and ends its line.
    pub describe: fn(&Session, &mut Printer<'_>, &[u8], Shown),
    /// Describes what a request is about, for a dry run, where that is not the same.
    pub request: Option<fn(&Session, &mut Printer<'_>, &[u8])>,
    /// The word that names an entry, and what else is said of it, for completion.
    pub offer: Option<Named>,
    /// Why a message is about nothing that could be shown, beyond being too short; empty text: nothing is said of it.
    pub defect: Option<Defect>,
    /// Whether an entry is on an interface; without it, entries are on none, and of concern to all.
    pub is_on: Option<fn(&[u8], u32) -> bool>,
    /// What the session learns from an event before it is shown.
    pub learn: Option<fn(&Session, &Event<'_>)>,
    /// What the session forgets after an event was shown.
    pub forget: Option<fn(&Session, &Event<'_>)>,
    /// How the words of the object's `show` select entries: what `until` and `wait` wait for.
    pub selects: Option<Selection>,
    /// How `snapshot` writes entries; without it, it leaves them out.
    pub snapshot: Option<InSnapshot>,
}

/// The line of a batch that creates an entry; `None` for one that nobody configured.
pub type WriteLine = fn(&Session, &[u8]) -> Option<Line>;

/// Entries in a snapshot: lines of a batch that create them again.
#[derive(Clone, Copy)]
pub struct InSnapshot {
    /// A line of help: which entries.
    pub about: &'static str,
    /// Writes an entry, unless it is the kernel's own, learned or leased; `None` for links: one takes several lines, which `want` writes.
    pub line: Option<WriteLine>,
}

/// Entries selected by the words of an object's `show`.
#[derive(Clone, Copy)]
pub struct Selection {
    /// A line of help: which entries, and by which words.
    pub about: &'static str,
    /// Reads the words.
    pub parse: Parse,
}

/// Says why a message is about nothing that could be shown; `None`: it can be.
pub type Defect = fn(&[u8]) -> Option<String>;

/// The word that names an entry, and what else is said of it.
pub type Named = fn(&Session, &[u8]) -> Option<Offer>;

/// Reads the words of an object's `show` as a condition, to the end of the words.
pub type Parse = fn(&Session, &mut Words<'_>) -> Result<Box<dyn Select>, Diag>;

/// What surrounds an entry that is shown.
#[derive(Clone, Copy, Debug, Default)]
pub struct Shown {
    /// The entry is gone.
    pub deleted: bool,
    /// Only the events of one interface are shown: its name says nothing.
    pub of_device: bool,
}

/// Entries that words select.
pub trait Select {
    /// Whether the words match an entry.
    fn matches(&self, s: &Session, body: &[u8]) -> bool;

    /// The device that the words name.
    fn device(&self) -> Option<&[u8]> {
        None
    }

    /// Whether a change of any device may change which entries match.
    fn selects_devices(&self) -> bool {
        false
    }

    /// Whether the words ask for one entry.
    fn is_one(&self) -> bool {
        false
    }

    /// Takes the words about duplicate address detection out: the flags (IFA_F_*) that are compared, and those that must be
    /// set; `None` where entries have no such state.
    fn take_detection(&mut self) -> Option<(u32, u32)> {
        None
    }
}

impl View {
    /// A view that only describes; the base of the others.
    pub const fn of(objects: &'static [ObjectType], describe: fn(&Session, &mut Printer<'_>, &[u8], Shown)) -> View {
        View {
            objects,
            describe,
            request: None,
            offer: None,
            defect: None,
            is_on: None,
            learn: None,
            forget: None,
            selects: None,
            snapshot: None,
        }
    }

    /// Whether entries of a type are shown by it.
    pub const fn is_of(&self, object: ObjectType) -> bool {
        let mut objects = self.objects;
        while let [first, rest @ ..] = objects {
            if *first as u8 == object as u8 {
                return true;
            }
            objects = rest;
        }
        false
    }
}

/// The word before an entry that is gone.
pub fn deleted(p: &mut Printer<'_>, shown: Shown) {
    if shown.deleted {
        p.flag("deleted", "Deleted ");
    }
}

/// A description as one line, with single blanks.
pub fn one_line(describe: impl FnOnce(&mut Printer<'_>)) -> String {
    let mut out = Out::memory();
    describe(&mut Printer::new(&mut out, Format { oneline: true, ..Format::default() }));
    let text = String::from_utf8_lossy(&out.into_bytes()).replace(['\n', '\t', '\\'], " ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// An entry whose description begins with the word that names it, perhaps after a keyword.
pub fn offer(line: &str, keyword: &str, word: String) -> Offer {
    let rest = line.strip_prefix(keyword).unwrap_or(line).trim_start();
    let rest = rest.strip_prefix(word.as_str()).unwrap_or(rest);
    Offer::new(&word, rest.trim_start_matches(':').trim_start())
}
