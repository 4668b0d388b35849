//! `mroute`: the multicast routes that a daemon keeps in the kernel.

pub mod show;
pub mod view;

use crate::command::{Effect, Object, Purpose, Verb};

/// The object.
pub static OBJECT: Object = Object {
    names: &["mroute~"],
    about: "multicast routes",
    purpose: Purpose::Routing,
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
            ("rip mroute show table all iif eth0", "all tables, packets from one device"),
        ],
    }],
    default: Some(show::show),
    unknown: None,
};
