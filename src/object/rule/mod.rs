//! `rule`: which routing table is asked for which packet.

mod change;
mod file;
pub mod show;
pub mod view;
pub mod words;

use crate::cli::tree::{Object, Verb};

pub static OBJECT: Object = Object {
    names: &["rule~"],
    about: "routing policy",
    verbs: &[
        Verb { names: &["list~", "lst~", "show~"], about: "list rules", run: show::show, tables: &[&words::SELECTOR] },
        Verb { names: &["save~"], about: "write rules to a file, for restore", run: file::save, tables: &[] },
        Verb { names: &["restore~"], about: "add the rules of a saved file", run: file::restore, tables: &[] },
        Verb { names: &["add~"], about: "add a rule", run: change::add, tables: &[&words::RULE] },
        Verb { names: &["delete~"], about: "remove a rule", run: change::delete, tables: &[&words::RULE] },
        Verb {
            names: &["flush~"],
            about: "remove every rule that fits",
            run: show::flush,
            tables: &[&words::SELECTOR],
        },
    ],
    default: Some(show::show),
    unknown: None,
};
