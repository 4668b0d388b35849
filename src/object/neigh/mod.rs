//! `neighbour`: the ARP and neighbour discovery tables.

mod change;
pub mod event;
pub mod show;
mod snapshot;
pub mod state;
pub mod view;

use crate::command::{Effect, Object, Purpose, Verb};
use crate::grammar::walk::Naming;
use crate::state::ObjectType;

/// The words that name an existing entry.
static THAT: Naming = Naming { then: &change::NEIGH, there: ObjectType::Neigh };
static ONE: Naming = Naming { then: &change::GET, there: ObjectType::Neigh };

/// The object `neigh`.
pub static OBJECT: Object = Object {
    names: &["neighbor~", "neighbour~"],
    about: "ARP and neighbour discovery",
    purpose: Purpose::Neighbours,
    views: &[&event::VIEW],
    terms: &[
        ("", "{ ADDR | proxy ADDR } dev DEV"),
        ("STATE", "{ permanent | noarp | reachable | stale | none | incomplete | delay | probe | failed }"),
    ],
    verbs: &[
        Verb {
            names: &["add~"],
            about: "add an entry",
            run: change::add,
            effect: Effect::Request,
            tables: &[&change::NEIGH],
            examples: &[
                ("rip neigh add 192.0.2.7 lladdr 02:00:00:00:00:07 dev eth0 nud permanent", "a permanent entry"),
                ("rip neigh add proxy 192.0.2.8 dev eth0", "a proxy entry for another host"),
            ],
        },
        Verb {
            names: &["change~", "chg"],
            about: "change an existing entry",
            run: change::change,
            effect: Effect::Request,
            tables: &[&THAT],
            examples: &[("rip neigh change 192.0.2.5 lladdr 02:00:00:00:00:06 dev eth0", "change the address")],
        },
        Verb {
            names: &["replace~"],
            about: "add or change an entry",
            run: change::replace,
            effect: Effect::Request,
            tables: &[&THAT],
            examples: &[(
                "rip neigh replace 192.0.2.5 lladdr 02:00:00:00:00:06 dev eth0",
                "add it, or change its address",
            )],
        },
        Verb {
            names: &["delete~"],
            about: "delete an entry",
            run: change::delete,
            effect: Effect::Request,
            tables: &[&THAT],
            examples: &[("rip neigh del 192.0.2.5 dev eth0", "delete an entry")],
        },
        Verb {
            names: &["get~"],
            about: "show one entry",
            run: change::get,
            effect: Effect::Read,
            tables: &[&ONE],
            examples: &[("rip neigh get 192.0.2.5 dev eth0", "show one entry")],
        },
        Verb {
            names: &["show~", "lst~", "list~"],
            about: "list entries",
            run: show::show,
            effect: Effect::Read,
            tables: &[&show::SELECTOR],
            examples: &[
                ("rip neigh", "all entries in use"),
                ("rip neigh show dev eth0 nud reachable", "by device and state"),
            ],
        },
        Verb {
            names: &["flush~"],
            about: "delete the matching entries",
            run: show::flush,
            effect: Effect::Change,
            tables: &[&show::SELECTOR],
            examples: &[("rip neigh flush dev eth0", "all entries of a device")],
        },
    ],
    default: Some(show::show),
    ..Object::BASE
};
