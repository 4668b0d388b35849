//! `nexthop`: nexthop objects, alone or in groups, which routes refer to by id.

pub mod bucket;
mod change;
pub mod event;
pub mod show;
mod snapshot;
pub mod view;

use crate::command::{Effect, Object, Purpose, Verb};

/// The object `nexthop`.
pub static OBJECT: Object = Object {
    names: &["nexthop~"],
    about: "nexthop objects",
    purpose: Purpose::Routing,
    views: &[&event::VIEW, &event::BUCKETS],
    terms: &[
        ("", "ip nexthop { get | del } id ID"),
        ("BUCKET_SELECTOR", "SELECTOR | [ nhid ID ]"),
        (
            "NH",
            "{ blackhole | [ via ADDRESS ] [ encap ENCAPTYPE ENCAPHDR ] | group GROUP [ type TYPE [ TYPE_ARGS ] ] }",
        ),
        ("GROUP", "[ <id[,weight]>/<id[,weight]>/... ]"),
        ("TYPE", "{ mpath | resilient }"),
        ("TYPE_ARGS", "[ RESILIENT_ARGS ]"),
        ("RESILIENT_ARGS", "[ buckets BUCKETS ] [ idle_timer IDLE ] [ unbalanced_timer UNBALANCED ]"),
        ("ENCAPTYPE", "[ mpls ]"),
        ("ENCAPHDR", "[ MPLSLABEL ]"),
    ],
    verbs: &[
        Verb {
            names: &["add~"],
            about: "add a nexthop or a group",
            run: change::add,
            effect: Effect::Change,
            tables: &[&change::NEXTHOP],
            examples: &[
                ("rip nexthop add id 10 via 192.0.2.254 dev eth0", "a nexthop"),
                ("rip nexthop add id 20 group 1,2/2", "a group, with a weight"),
            ],
        },
        Verb {
            names: &["replace~"],
            about: "add or change a nexthop",
            run: change::replace,
            effect: Effect::Change,
            tables: &[&change::NEXTHOP],
            examples: &[("rip nexthop replace id 1 via 192.0.2.253 dev eth0", "change it for all routes that use it")],
        },
        Verb {
            names: &["delete~"],
            about: "delete a nexthop",
            run: change::delete,
            effect: Effect::Change,
            tables: &[&change::NEXTHOP],
            examples: &[("rip nexthop del id 1", "delete it, and the routes that use it")],
        },
        Verb {
            names: &["list~", "show~", "lst~"],
            about: "list nexthops",
            run: show::show,
            effect: Effect::Read,
            tables: &[&show::SELECTOR],
            examples: &[("rip nexthop", "all nexthops"), ("rip nexthop show dev eth0", "nexthops through a device")],
        },
        Verb {
            names: &["get~"],
            about: "show a nexthop: id ID",
            run: show::get,
            effect: Effect::Read,
            tables: &[&show::ONE],
            examples: &[("rip nexthop get id 1", "one nexthop")],
        },
        Verb {
            names: &["flush~"],
            about: "delete the matching nexthops",
            run: show::flush,
            effect: Effect::Change,
            tables: &[&show::SELECTOR],
            examples: &[("rip nexthop flush proto 4", "by protocol, as a number")],
        },
        Verb {
            names: &["bucket~"],
            about: "buckets of resilient groups",
            run: bucket::run,
            effect: Effect::Read,
            tables: &[&bucket::BELOW],
            examples: &[
                ("rip nexthop bucket list id 30", "the buckets of a resilient group"),
                ("rip nexthop bucket get id 30 index 2", "one bucket"),
            ],
        },
    ],
    default: Some(show::show),
    ..Object::BASE
};
