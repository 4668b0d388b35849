//! `address`: the IP addresses of devices.

mod change;
mod file;
mod flush;
pub mod show;
pub mod view;

use crate::cli::tree::{Object, Verb};
use crate::object::link::select::SELECTOR;

pub static OBJECT: Object = Object {
    names: &["address~"],
    about: "IP addresses of devices",
    verbs: &[
        Verb { names: &["add~"], about: "add an address", run: change::add, tables: &[&change::ADDRESS] },
        Verb {
            names: &["change~", "chg"],
            about: "change an address",
            run: change::change,
            tables: &[&change::ADDRESS],
        },
        Verb {
            names: &["replace~"],
            about: "add or change an address",
            run: change::replace,
            tables: &[&change::ADDRESS],
        },
        Verb { names: &["delete~"], about: "remove an address", run: change::delete, tables: &[&change::ADDRESS] },
        Verb { names: &["show~", "list~", "lst~"], about: "list addresses", run: show::show, tables: &[&SELECTOR] },
        Verb { names: &["flush~"], about: "remove every address that fits", run: flush::flush, tables: &[&SELECTOR] },
        Verb {
            names: &["save~"],
            about: "write addresses to a file, for restore",
            run: file::save,
            tables: &[&SELECTOR],
        },
        Verb { names: &["showdump~"], about: "list the addresses of a saved file", run: file::showdump, tables: &[] },
        Verb { names: &["restore~"], about: "add the addresses of a saved file", run: file::restore, tables: &[] },
    ],
    default: Some(show::show),
    unknown: None,
};
