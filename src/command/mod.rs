//! What an object of the command line is made of: names, verbs, the tables of their words, and what a verb changes.
//!
//! The objects are built from these types, and the command line is read by them; neither is known here.

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
    /// How its entries are shown and selected, where the kernel lists or announces them.
    pub views: &'static [&'static View],
    /// The verbs and keywords that iproute2 does not have: under the name `ip` they do not exist.
    pub ours: &'static [&'static str],
    /// What the words of its usage stand for, where no row says it.
    pub terms: usage::Terms,
    /// What runs without a verb; an object that needs one says so with its usage.
    pub default: Option<Run>,
    /// What a word that is no verb means: an error, for most.
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
    /// Every purpose with the heading of its group, in the order of the help text.
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
    /// What it does to the kernel's tables and to namespaces.
    pub effect: Effect,
    /// The grammars its words are read by; the first one reads the line.
    pub tables: &'static [&'static dyn Table],
    /// Command lines, and what each does.
    pub examples: &'static [(&'static str, &'static str)],
}

impl Verb {
    /// `help` as a verb: the usage, of which `ip` makes an error.
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

/// What running a verb changes: dry runs, batches and rollback must know it before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Nothing.
    Read,
    /// All it does is to look its words up and send one request: a batch may hand that on and read the next line.
    Request,
    /// Several requests, or changes by other ways; each is shown to the interceptor of the session before it is made.
    Change,
    /// Changes that no interceptor sees: it can be neither planned nor rolled back.
    Opaque,
}

impl Object {
    /// The name in messages: the longest one, or what iproute2 says instead.
    pub fn name(&self) -> &'static str {
        match self.names.first().map_or("", |n| full(n)) {
            "neighbor" => "neigh",
            name => name,
        }
    }

    /// Whether any verb changes what no interceptor sees; words that are no verb may do so, too.
    pub fn is_opaque(&self) -> bool {
        self.verbs.iter().any(|v| v.effect == Effect::Opaque)
    }

    /// The view by whose words its entries are selected, and how; `None` where they cannot be.
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

/// The error about a word that is no verb of its object, with a hint at the verb that is nearly it.
pub fn unknown(object: &Object, word: &[u8], at: usize) -> Diag {
    suggest(unknown_command(object, word, at), word, object.verbs.iter().flat_map(|v| v.names.iter()))
}

/// The error about an unknown command of an object.
pub fn unknown_command(object: &Object, word: &[u8], at: usize) -> Diag {
    let shown = crate::output::escape::shown(word);
    Diag::usage(format!("Command \"{shown}\" is unknown, try \"ip {} help\".", object.name())).at(Span::word(at))
}

/// Adds a hint at the name that is nearly this word.
pub fn suggest<'a>(d: Diag, word: &[u8], names: impl Iterator<Item = &'a &'static str>) -> Diag {
    crate::grammar::suggest::hint(d, word, names.map(|n| full(n)))
}
