//! `route`: the routing tables.

mod change;
pub mod event;
mod explain;
pub mod file;
mod flush;
mod get;
pub mod hop;
mod metrics;
mod range;
mod realm;
pub mod select;
mod show;
pub mod view;
pub mod words;

pub use crate::command::route_type as types;
use crate::command::{Effect, Object, Purpose, Table, Verb};
use crate::encap::Every;
use crate::grammar::walk::Naming;
use crate::state::ObjectType;

/// The grammars of the verbs that change a route.
const MODIFY: &[&dyn Table] = &[&words::ROUTE, &hop::HOP, &Every];

/// The same, of an existing route.
const THAT: &[&dyn Table] = &[&Naming { then: &words::ROUTE, there: ObjectType::Route }, &hop::HOP, &Every];

/// The object `route`.
pub static OBJECT: Object = Object {
    names: &["route~"],
    about: "routing tables",
    purpose: Purpose::Routing,
    terms: &[
        ("", "ip route get [ ROUTE_GET_FLAGS ] [ to ] ADDRESS [ from ADDRESS iif STRING ]"),
        ("ROUTE", "NODE_SPEC [ INFO_SPEC ]"),
        ("NODE_SPEC", "[ TYPE ] PREFIX"),
        ("INFO_SPEC", "{ NH | nhid ID } OPTIONS FLAGS [ nexthop NH ]..."),
        ("NH", "[ encap ENCAPTYPE ENCAPHDR ] [ via [ FAMILY ] ADDRESS ] NHFLAGS"),
        ("FAMILY", "[ inet | inet6 | mpls | bridge | link ]"),
        ("NHFLAGS", "[ onlink | pervasive ]"),
        ("SELECTOR", "[ root PREFIX ] [ match PREFIX ] [ exact PREFIX ] [ proto RTPROTO ]"),
        ("TYPE", "{ unicast | local | broadcast | multicast | blackhole | unreachable | prohibit | throw | nat }"),
        ("TABLE_ID", "[ main | local | default | all | NUMBER ]"),
        ("SCOPE", "[ global | link | host | NUMBER ]"),
        ("RTPROTO", "[ kernel | boot | static | NUMBER ]"),
        ("TIME", "NUMBER[s|ms]"),
        ("BOOL", "[ 1 | 0 ]"),
        ("PREF", "[ low | medium | high ]"),
        ("FEATURES", "ecn"),
        ("ROUTE_GET_FLAGS", "ROUTE_GET_FLAG [ ROUTE_GET_FLAGS ]"),
        ("ROUTE_GET_FLAG", "[ fibmatch | connected | notify ]"),
        ("ENCAPTYPE", "[ mpls | ip | ip6 | ila | bpf | seg6 | seg6local | rpl | ioam6 | xfrm ]"),
        ("ENCAPHDR", "[ MPLSLABEL | SEG6HDR | SEG6LOCAL | IOAM6HDR | XFRMINFO ]"),
        ("SEG6HDR", "[ mode SEGMODE ] segs ADDR1,ADDRi,ADDRn [ hmac HMACKEYID ] [ cleanup ] [ lookup TABLEID ]"),
        ("SEGMODE", "[ inline | encap | encap.red | l2encap | l2encap.red ]"),
        ("SEG6LOCAL", "action ACTION [ OPTIONS ] [ count ]"),
        ("OPTIONS", "OPTION [ OPTIONS ]"),
        (
            "OPTION",
            "{ nh4 ADDR | nh6 ADDR | table TABLEID | vrftable TABLEID | iif DEV | oif DEV | srh SEG6HDR | endpoint PROGNAME | flavors FLAVORS }",
        ),
        ("FLAVORS", "{ FLAVOR[,FLAVOR] }"),
        ("IOAM6HDR", "trace prealloc type IOAM6_TRACE_TYPE ns IOAM6_NAMESPACE size IOAM6_TRACE_SIZE"),
        ("XFRMINFO", "if_id IF_ID [ link_dev LINK ]"),
    ],
    verbs: &[
        Verb {
            names: &["add~"],
            about: "add a route",
            run: change::add,
            effect: Effect::Request,
            tables: MODIFY,
            examples: &[
                ("rip route add default via 192.0.2.254", "the default route"),
                ("rip route add 10.0.0.0/8 via 192.0.2.254 dev eth0 metric 50", "a network behind a router"),
                (
                    "rip route add 10.9.0.0/16 nexthop via 192.0.2.254 weight 2 nexthop via 192.0.2.253",
                    "two routers that share the traffic",
                ),
                ("rip route add blackhole 10.66.0.0/16", "drop in silence"),
            ],
        },
        Verb {
            names: &["change~", "chg"],
            about: "change a route",
            run: change::change,
            effect: Effect::Request,
            tables: THAT,
            examples: &[("rip route change 10.1.0.0/16 via 192.0.2.253", "another router")],
        },
        Verb {
            names: &["replace~"],
            about: "add or change a route",
            run: change::replace,
            effect: Effect::Request,
            tables: THAT,
            examples: &[("rip route replace 10.1.0.0/16 via 192.0.2.253", "add it, or change the router")],
        },
        Verb {
            names: &["prepend~"],
            about: "add a route before its equals",
            run: change::prepend,
            effect: Effect::Request,
            tables: MODIFY,
            examples: &[("rip route prepend 10.1.0.0/16 via 192.0.2.253", "before the one that is there")],
        },
        Verb {
            names: &["append~"],
            about: "add a route after its equals",
            run: change::append,
            effect: Effect::Request,
            tables: MODIFY,
            examples: &[("rip route append 10.1.0.0/16 via 192.0.2.253", "after the one that is there")],
        },
        Verb {
            names: &["test~"],
            about: "ask whether a route could be added",
            run: change::test,
            effect: Effect::Request,
            tables: THAT,
            examples: &[("rip route test 10.1.0.0/16 via 192.0.2.254", "says File exists where it is there")],
        },
        Verb {
            names: &["delete~"],
            about: "remove a route",
            run: change::delete,
            effect: Effect::Request,
            tables: THAT,
            examples: &[
                ("rip route del 10.1.0.0/16", "by its destination"),
                ("rip route del 10.1.0.0/16 via 192.0.2.254 dev eth0", "by everything it has"),
            ],
        },
        Verb {
            names: &["show~", "list~", "lst~"],
            about: "list routes",
            run: show::show,
            effect: Effect::Read,
            tables: &[&select::SELECTOR],
            examples: &[
                ("rip route", "the main table"),
                ("rip route show table all", "every table"),
                ("rip -6 route show dev eth0", "IPv6, one device"),
                ("rip route show match 10.1.2.3", "every route that could carry a packet there"),
            ],
        },
        Verb {
            names: &["get~"],
            about: "the route that a packet would take",
            run: get::get,
            effect: Effect::Read,
            tables: &[&get::GET],
            examples: &[
                ("rip route get 192.0.2.77", "which way a packet goes"),
                ("rip route get 192.0.2.77 from 192.0.2.1 mark 7", "with a source and a mark"),
            ],
        },
        Verb {
            names: &["flush~"],
            about: "remove every route that fits",
            run: flush::flush,
            effect: Effect::Change,
            tables: &[&select::SELECTOR],
            examples: &[
                ("rip route flush table 100", "empty a table"),
                ("rip route flush dev eth0 proto static", "by device and protocol"),
            ],
        },
        Verb {
            names: &["save~"],
            about: "write routes to a file, for restore",
            run: file::save,
            effect: Effect::Read,
            tables: &[&select::SELECTOR],
            examples: &[("rip route save table main >/run/routes", "keep a table")],
        },
        Verb {
            names: &["restore~"],
            about: "add the routes of a saved file",
            run: file::restore,
            effect: Effect::Change,
            tables: &[],
            examples: &[("rip route restore </run/routes", "add what was saved")],
        },
        Verb {
            names: &["showdump~"],
            about: "list the routes of a saved file",
            run: file::showdump,
            effect: Effect::Read,
            tables: &[],
            examples: &[("rip route showdump </run/routes", "look into a saved file")],
        },
        // Ours, and last: no abbreviation that iproute2 knows changes its meaning.
        Verb {
            names: &["explain"],
            about: "why a packet goes where it goes, rule by rule",
            run: explain::explain,
            effect: Effect::Read,
            tables: &[&get::EXPLAIN],
            examples: &[
                ("rip route explain 192.0.2.77", "which rule and route decide, and what they beat"),
                ("rip route explain 192.0.2.77 mark 7 ipproto tcp dport 22", "of a packet with a mark to a port"),
            ],
        },
    ],
    default: Some(show::show),
    unknown: None,
};
