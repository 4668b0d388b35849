//! The types of which the objects of the command line are built: names, verbs, keyword tables, and what a verb changes.
//!
//! `object` builds on these types and `cli` reads the command line by them; this layer knows neither.

pub mod echo;
pub mod events;
pub mod flush;
pub mod generic;
pub mod host;
pub mod inner;
pub mod ip_proto;
pub mod lines;
pub mod route_type;
pub mod snapshot;
pub mod stamp;
pub mod usage;
pub mod view;

use crate::diag::{Diag, Span};
pub use crate::grammar::walk::{Entry, Table};
use crate::grammar::{Words, full, spells};
use crate::session::Session;
use view::{Selection, View};

/// One object of the command line: `address`, `link`, ...
pub struct Object {
    /// The spellings, the full one first; one that ends in `~` may be shortened.
    pub names: &'static [&'static str],
    /// One line for help and completion.
    pub about: &'static str,
    /// The group of commands it belongs to.
    pub purpose: Purpose,
    /// Its verbs, in matching order.
    pub verbs: &'static [Verb],
    /// How its entries are shown and selected, if the kernel lists or announces them.
    pub views: &'static [&'static View],
    /// The verbs and keywords that iproute2 does not have: under the name `ip` they do not exist.
    pub ours: &'static [&'static str],
    /// Definitions of the placeholders in its usage that no row explains.
    pub terms: usage::Terms,
    /// What runs without a verb; `None` if the object requires one.
    pub default: Option<Run>,
    /// What handles a word that is not a verb; `None` if it is an error.
    pub unknown: Option<Run>,
}

impl Object {
    /// An object without names or verbs; the base of the others.
    pub const BASE: Object = Object {
        names: &[],
        about: "",
        purpose: Purpose::Interfaces,
        verbs: &[],
        views: &[],
        ours: &[],
        terms: &[],
        default: None,
        unknown: None,
    };
}

/// What an object is used for: `rip --help` lists the objects by it, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Devices and their addresses.
    Interfaces,
    /// Routing tables and policy.
    Routing,
    /// Neighbours and other hosts.
    Neighbours,
    /// Network namespaces.
    Namespaces,
    /// Watching and understanding the network.
    Watching,
    /// Changing the network as a whole.
    Changes,
}

impl Purpose {
    /// All purposes with their headings, in the order of the help text.
    pub const ALL: [(Purpose, &'static str); 6] = [
        (Purpose::Interfaces, "Interfaces and addresses"),
        (Purpose::Routing, "Routing"),
        (Purpose::Neighbours, "Neighbours and other hosts"),
        (Purpose::Namespaces, "Namespaces"),
        (Purpose::Watching, "Watch and understand"),
        (Purpose::Changes, "Change as a whole"),
    ];
}

/// Runs a verb on the words after it.
pub type Run = fn(&Session, &mut Words<'_>) -> Result<u8, Diag>;

/// One verb of an object.
pub struct Verb {
    /// The spellings, the full one first; one that ends in `~` may be shortened.
    pub names: &'static [&'static str],
    /// One line for help and completion.
    pub about: &'static str,
    /// What it runs.
    pub run: Run,
    /// What it changes in the kernel.
    pub effect: Effect,
    /// The grammars of its words; the first one parses the line.
    pub tables: &'static [&'static dyn Table],
    /// Example command lines, and what each does.
    pub examples: &'static [(&'static str, &'static str)],
}

impl Verb {
    /// `help` as a verb: prints the usage, as an error.
    pub const fn usage(examples: &'static [(&'static str, &'static str)]) -> Verb {
        Verb {
            names: &["help~"],
            about: "usage",
            run: |_, w| Err(w.usage_error()),
            effect: Effect::Read,
            tables: &[],
            examples,
        }
    }
}

/// What running a verb changes. Dry runs, batches and rollback need to know before it runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Nothing.
    Read,
    /// Only looks up names and sends one request: a batch may queue it and read the next line.
    Request,
    /// Several requests, or changes by other means; the interceptor sees each before it is made.
    Change,
    /// Changes that the interceptor does not see: it can be neither planned nor rolled back.
    Opaque,
}

impl Object {
    /// The name for messages: the longest one, or the one that iproute2 uses.
    pub fn name(&self) -> &'static str {
        match self.names.first().map_or("", |n| full(n)) {
            "neighbor" => "neigh",
            name => name,
        }
    }

    /// Whether any verb is opaque, or what handles a word that is not a verb may be.
    pub fn is_opaque(&self) -> bool {
        self.verbs.iter().any(|v| v.effect == Effect::Opaque)
    }

    /// The view by whose words its entries are selected, and how; `None` if they cannot be.
    pub const fn selection(&self) -> Option<(&'static View, Selection)> {
        let mut views = self.views;
        while let [view, rest @ ..] = views {
            if let Some(selection) = view.selects {
                return Some((*view, selection));
            }
            views = rest;
        }
        None
    }

    /// The verb that a word spells.
    pub fn verb(&self, word: &[u8]) -> Option<&'static Verb> {
        self.verbs.iter().find(|v| v.names.iter().any(|n| spells(n, word)))
    }
}

impl Verb {
    /// The full spelling of the first name.
    pub fn name(&self) -> &'static str {
        self.names.first().map_or("", |n| full(n))
    }
}

/// The error about a word that is not a verb of its object, with the nearest verb as a hint.
pub fn unknown(object: &Object, word: &[u8], at: usize) -> Diag {
    suggest(unknown_command(object, word, at), word, object.verbs.iter().flat_map(|v| v.names.iter()))
}

/// The error about an unknown command of an object.
pub fn unknown_command(object: &Object, word: &[u8], at: usize) -> Diag {
    let shown = crate::output::escape::shown(word);
    Diag::usage(format!("Command \"{shown}\" is unknown, try \"ip {} help\".", object.name())).at(Span::word(at))
}

/// Adds the nearest name as a hint.
pub fn suggest<'a>(d: Diag, word: &[u8], names: impl Iterator<Item = &'a &'static str>) -> Diag {
    crate::grammar::suggest::hint(d, word, names.map(|n| full(n)))
}
