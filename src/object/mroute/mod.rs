//! `mroute`: the multicast routes that a daemon keeps in the kernel.

mod show;
pub mod view;

use crate::command::view::{View, deleted};
use crate::command::{Effect, Object, Verb};
use crate::object::route::view::Route;
use crate::schema::RTA_IIF;
use crate::state::ObjectType;

/// How multicast routes are shown.
pub static VIEW: View = View {
    is_on: Some(|body, index| ObjectType::Mroute.index(body).u32(RTA_IIF) == Some(index)),
    ..View::of(&[ObjectType::Mroute], |s, p, body, shown| {
        if let Some(r) = Route::parse(body) {
            deleted(p, shown);
            view::describe(s, p, &r, true);
        }
    })
};

/// The object.
pub static OBJECT: Object = Object {
    names: &["mroute~"],
    about: "multicast routes",
    terms: &[("", "[ [ to ] PREFIX ]"), ("TABLE_ID", "[ local | main | default | all | NUMBER ]")],
    verbs: &[Verb {
        names: &["list~", "show~", "lst~"],
        about: "list multicast routes",
        run: show::show,
        effect: Effect::Read,
        tables: &[&show::SELECTOR],
        examples: &[
            ("rip mroute", "the IPv4 routes of the default table"),
            ("rip -6 -s mroute show ff0e::/16", "IPv6 routes to these groups, with counters"),
            ("rip mroute show table all iif eth0", "every table, of what comes in through a device"),
        ],
    }],
    default: Some(show::show),
    unknown: None,
};
