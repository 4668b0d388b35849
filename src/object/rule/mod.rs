//! `rule`: the routing policy database, which selects the routing table for a packet.

pub mod change;
pub mod event;
pub mod file;
pub mod show;
mod snapshot;
pub mod view;
pub mod words;

use crate::command::usage::Terms;
use crate::command::{Effect, Object, Purpose, Verb};

/// Definitions of the placeholders in the usage.
pub const TERMS: Terms = &[
    ("", "ip rule { flush | save | restore } [ list [ SELECTOR ]]"),
    ("", "[ pref NUMBER ] ACTION SUPPRESSOR"),
    ("TABLE_ID", "[ main | local | default | NUMBER ]"),
];

/// The object `rule`.
pub static OBJECT: Object = Object {
    names: &["rule~"],
    about: "policy routing rules",
    purpose: Purpose::Routing,
    views: &[&event::VIEW],
    terms: TERMS,
    verbs: &[
        Verb {
            names: &["list~", "lst~", "show~"],
            about: "list rules",
            run: show::show,
            effect: Effect::Read,
            tables: &[&words::SELECTOR],
            examples: &[("rip rule", "all rules"), ("rip rule show table 100", "rules for a table")],
        },
        Verb {
            names: &["save~"],
            about: "save rules to a file, for restore",
            run: file::save,
            effect: Effect::Read,
            tables: &[],
            examples: &[("rip rule save >/run/rules", "save the rules")],
        },
        Verb {
            names: &["restore~"],
            about: "add the rules from a saved file",
            run: file::restore,
            effect: Effect::Change,
            tables: &[],
            examples: &[("rip rule restore </run/rules", "restore a saved file")],
        },
        Verb {
            names: &["add~"],
            about: "add a rule",
            run: change::add,
            effect: Effect::Request,
            tables: &[&words::RULE],
            examples: &[
                ("rip rule add from 10.1.0.0/16 lookup 100", "use table 100 for packets from a network"),
                ("rip rule add fwmark 7 iif eth0 lookup 100 pref 500", "by mark and device"),
            ],
        },
        Verb {
            names: &["delete~"],
            about: "delete a rule",
            run: change::delete,
            effect: Effect::Request,
            tables: &[&words::RULE],
            examples: &[
                ("rip rule del pref 1000", "by preference"),
                ("rip rule del from 10.1.0.0/16 lookup 100", "by its selectors"),
            ],
        },
        Verb {
            names: &["flush~"],
            about: "delete the matching rules",
            run: show::flush,
            effect: Effect::Change,
            tables: &[&words::SELECTOR],
            examples: &[("rip rule flush table 100", "all rules for a table")],
        },
    ],
    default: Some(show::show),
    ..Object::BASE
};
