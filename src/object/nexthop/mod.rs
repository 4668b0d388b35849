//! `nexthop`: next hops as objects of their own, alone or in groups.

pub mod bucket;
mod change;
pub mod show;
pub mod view;

use crate::cli::tree::{Object, Verb};

pub static OBJECT: Object = Object {
    names: &["nexthop~"],
    about: "nexthop objects",
    verbs: &[
        Verb { names: &["add~"], about: "add a nexthop or a group", run: change::add, tables: &[&change::NEXTHOP] },
        Verb { names: &["replace~"], about: "add or change one", run: change::replace, tables: &[&change::NEXTHOP] },
        Verb { names: &["delete~"], about: "remove one", run: change::delete, tables: &[&change::NEXTHOP] },
        Verb {
            names: &["list~", "show~", "lst~"],
            about: "list nexthops",
            run: show::show,
            tables: &[&show::SELECTOR],
        },
        Verb { names: &["get~"], about: "one nexthop: id ID", run: show::get, tables: &[&show::ONE] },
        Verb {
            names: &["flush~"],
            about: "remove every nexthop that fits",
            run: show::flush,
            tables: &[&show::SELECTOR],
        },
        Verb {
            names: &["bucket~"],
            about: "buckets of resilient groups: list, get",
            run: bucket::run,
            tables: &[&bucket::BUCKET],
        },
    ],
    default: Some(show::show),
    unknown: None,
};
