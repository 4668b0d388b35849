//! What the features that work on every object know of one: how to show an entry, and which entries the words of `show`
//! select. `monitor`, `until`, `wait` and `-dry-run` reach an object only through this.

use super::snapshot::Line;
use crate::diag::Diag;
use crate::grammar::{Offer, Words};
use crate::output::out::Out;
use crate::output::{Format, Printer};
use crate::session::Session;
use crate::state::{Event, ObjectType};

/// How entries of one object type, or of several similar ones, are shown and selected.
pub struct View {
    /// The object types.
    pub objects: &'static [ObjectType],
    /// Describes an entry and ends its line.
    pub describe: fn(&Session, &mut Printer<'_>, &[u8], Shown),
    /// Describes what a request is about, for a dry run, if `describe` does not.
    pub request: Option<fn(&Session, &mut Printer<'_>, &[u8])>,
    /// The word that names an entry, with a description, for completion.
    pub offer: Option<Named>,
    /// Why a message cannot be shown, other than being too short; an empty text: skip it silently.
    pub defect: Option<Defect>,
    /// Whether an entry is on an interface; `None`: entries of this type belong to no interface and concern all.
    pub is_on: Option<fn(&[u8], u32) -> bool>,
    /// What the session learns from an event before it is shown.
    pub learn: Option<fn(&Session, &Event<'_>)>,
    /// What the session forgets after an event was shown.
    pub forget: Option<fn(&Session, &Event<'_>)>,
    /// How the words of the object's `show` select entries, for `until` and `wait`.
    pub selects: Option<Selection>,
    /// How `snapshot` writes entries; `None`: it omits them.
    pub snapshot: Option<InSnapshot>,
}

/// The line of a batch that creates an entry; `None` for one that nobody configured.
pub type WriteLine = fn(&Session, &[u8]) -> Option<Line>;

/// The entries in a snapshot: batch lines that create them again.
#[derive(Clone, Copy)]
pub struct InSnapshot {
    /// Which entries, for help.
    pub about: &'static str,
    /// Writes an entry, unless it is the kernel's own, learned or leased. `None` for links: one needs several lines, so `want` writes
    /// them.
    pub line: Option<WriteLine>,
}

/// How the words of an object's `show` select entries.
#[derive(Clone, Copy)]
pub struct Selection {
    /// Which entries, and by which words, for help.
    pub about: &'static str,
    /// Parses the words.
    pub parse: Parse,
}

/// Why a message cannot be shown; `None` if it can.
pub type Defect = fn(&[u8]) -> Option<String>;

/// The word that names an entry, with a description.
pub type Named = fn(&Session, &[u8]) -> Option<Offer>;

/// Parses the words of an object's `show` as a condition, to the end of the line.
pub type Parse = fn(&Session, &mut Words<'_>) -> Result<Box<dyn Select>, Diag>;

/// The context in which an entry is shown.
#[derive(Clone, Copy, Debug, Default)]
pub struct Shown {
    /// The entry was deleted.
    pub deleted: bool,
    /// Only one interface is shown, so its name is omitted.
    pub of_device: bool,
}

/// A selection of entries by words.
pub trait Select {
    /// Whether the words match an entry.
    fn matches(&self, s: &Session, body: &[u8]) -> bool;

    /// The device that the words name.
    fn device(&self) -> Option<&[u8]> {
        None
    }

    /// Whether a change of a device may change which entries match.
    fn selects_devices(&self) -> bool {
        false
    }

    /// Whether the words ask for one entry.
    fn is_one(&self) -> bool {
        false
    }

    /// Removes the conditions on duplicate address detection and returns them: a mask of flags (IFA_F_*), and those
    /// that must be set; `None` if entries have no such state.
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

/// Prints the word before a deleted entry.
pub fn deleted(p: &mut Printer<'_>, shown: Shown) {
    if shown.deleted {
        p.flag("deleted", "Deleted ");
    }
}

/// A description as one line, with single spaces.
pub fn one_line(describe: impl FnOnce(&mut Printer<'_>)) -> String {
    let mut out = Out::memory();
    describe(&mut Printer::new(&mut out, Format { oneline: true, ..Format::default() }));
    let text = String::from_utf8_lossy(&out.into_bytes()).replace(['\n', '\t', '\\'], " ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A candidate for an entry whose description begins with the word that names it, possibly after a keyword.
pub fn offer(line: &str, keyword: &str, word: String) -> Offer {
    let rest = line.strip_prefix(keyword).unwrap_or(line).trim_start();
    let rest = rest.strip_prefix(word.as_str()).unwrap_or(rest);
    Offer::new(&word, rest.trim_start_matches(':').trim_start())
}
