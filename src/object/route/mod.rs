//! `route`: the routing tables.

mod change;
pub mod encap;
mod file;
mod flush;
mod get;
pub mod hop;
pub mod host;
mod metrics;
mod range;
mod realm;
pub mod select;
mod show;
pub mod types;
pub mod view;
mod words;

use crate::cli::tree::{Object, Table, Verb};
pub use get::IpProto;

/// The grammars of the verbs that change a route.
const MODIFY: &[&dyn Table] = &[&words::ROUTE, &hop::HOP, &encap::Every];

pub static OBJECT: Object = Object {
    names: &["route~"],
    about: "routing tables",
    verbs: &[
        Verb { names: &["add~"], about: "add a route", run: change::add, tables: MODIFY },
        Verb { names: &["change~", "chg"], about: "change a route", run: change::change, tables: MODIFY },
        Verb { names: &["replace~"], about: "add or change a route", run: change::replace, tables: MODIFY },
        Verb { names: &["prepend~"], about: "add a route before its equals", run: change::prepend, tables: MODIFY },
        Verb { names: &["append~"], about: "add a route after its equals", run: change::append, tables: MODIFY },
        Verb { names: &["test~"], about: "ask whether a route could be added", run: change::test, tables: MODIFY },
        Verb { names: &["delete~"], about: "remove a route", run: change::delete, tables: MODIFY },
        Verb {
            names: &["show~", "list~", "lst~"],
            about: "list routes",
            run: show::show,
            tables: &[&select::SELECTOR],
        },
        Verb { names: &["get~"], about: "the route that a packet would take", run: get::get, tables: &[&get::GET] },
        Verb {
            names: &["flush~"],
            about: "remove every route that fits",
            run: flush::flush,
            tables: &[&select::SELECTOR],
        },
        Verb {
            names: &["save~"],
            about: "write routes to a file, for restore",
            run: file::save,
            tables: &[&select::SELECTOR],
        },
        Verb { names: &["restore~"], about: "add the routes of a saved file", run: file::restore, tables: &[] },
        Verb { names: &["showdump~"], about: "list the routes of a saved file", run: file::showdump, tables: &[] },
    ],
    default: Some(show::show),
    unknown: None,
};
