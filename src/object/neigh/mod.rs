//! `neighbour`: the tables of ARP and neighbour discovery.

mod change;
pub mod show;
pub mod state;
pub mod view;

use crate::cli::tree::{Object, Verb};

pub static OBJECT: Object = Object {
    names: &["neighbor~", "neighbour~"],
    about: "ARP and neighbour discovery",
    verbs: &[
        Verb { names: &["add~"], about: "add an entry", run: change::add, tables: &[&change::NEIGH] },
        Verb { names: &["change~", "chg"], about: "change an entry", run: change::change, tables: &[&change::NEIGH] },
        Verb { names: &["replace~"], about: "add or change an entry", run: change::replace, tables: &[&change::NEIGH] },
        Verb { names: &["delete~"], about: "remove an entry", run: change::delete, tables: &[&change::NEIGH] },
        Verb { names: &["get~"], about: "one entry", run: change::get, tables: &[&change::GET] },
        Verb { names: &["show~", "lst~", "list~"], about: "list entries", run: show::show, tables: &[&show::SELECTOR] },
        Verb {
            names: &["flush~"],
            about: "remove every entry that fits",
            run: show::flush,
            tables: &[&show::SELECTOR],
        },
    ],
    default: Some(show::show),
    unknown: None,
};
