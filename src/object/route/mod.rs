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
mod snapshot;
pub mod view;
pub mod words;

pub use crate::command::route_type as types;
use crate::command::{Effect, Object, Purpose, Table, Verb};
use crate::encap::Every;
use crate::grammar::walk::Naming;
use crate::state::ObjectType;

/// The grammars of the verbs that change a route.
const MODIFY: &[&dyn Table] = &[&words::ROUTE, &hop::HOP, &Every];

/// The grammars of the verbs that name an existing route.
const THAT: &[&dyn Table] = &[&Naming { then: &words::ROUTE, there: ObjectType::Route }, &hop::HOP, &Every];

/// The object `route`.
pub static OBJECT: Object = Object {
    names: &["route~"],
    about: "routing tables",
    purpose: Purpose::Routing,
    views: &[&event::VIEW],
    ours: &["explain"],
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
                ("rip route add 10.0.0.0/8 via 192.0.2.254 dev eth0 metric 50", "a network behind a gateway"),
                (
                    "rip route add 10.9.0.0/16 nexthop via 192.0.2.254 weight 2 nexthop via 192.0.2.253",
                    "a multipath route: share the traffic 2 to 1",
                ),
                ("rip route add blackhole 10.66.0.0/16", "drop packets silently"),
            ],
        },
        Verb {
            names: &["change~", "chg"],
            about: "change an existing route",
            run: change::change,
            effect: Effect::Request,
            tables: THAT,
            examples: &[("rip route change 10.1.0.0/16 via 192.0.2.253", "change the gateway")],
        },
        Verb {
            names: &["replace~"],
            about: "add or change a route",
            run: change::replace,
            effect: Effect::Request,
            tables: THAT,
            examples: &[("rip route replace 10.1.0.0/16 via 192.0.2.253", "add it, or change its gateway")],
        },
        Verb {
            names: &["prepend~"],
            about: "add a route before equal ones",
            run: change::prepend,
            effect: Effect::Request,
            tables: MODIFY,
            examples: &[("rip route prepend 10.1.0.0/16 via 192.0.2.253", "add it before an existing route")],
        },
        Verb {
            names: &["append~"],
            about: "add a route after equal ones",
            run: change::append,
            effect: Effect::Request,
            tables: MODIFY,
            examples: &[("rip route append 10.1.0.0/16 via 192.0.2.253", "add it after an existing route")],
        },
        Verb {
            names: &["test~"],
            about: "test whether a route exists",
            run: change::test,
            effect: Effect::Request,
            tables: THAT,
            examples: &[("rip route test 10.1.0.0/16 via 192.0.2.254", "fails with File exists if it exists")],
        },
        Verb {
            names: &["delete~"],
            about: "delete a route",
            run: change::delete,
            effect: Effect::Request,
            tables: THAT,
            examples: &[
                ("rip route del 10.1.0.0/16", "by destination"),
                ("rip route del 10.1.0.0/16 via 192.0.2.254 dev eth0", "by all its attributes"),
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
                ("rip route show table all", "all tables"),
                ("rip -6 route show dev eth0", "IPv6, one device"),
                ("rip route show match 10.1.2.3", "all routes that match an address"),
            ],
        },
        Verb {
            names: &["get~"],
            about: "show the route of a packet",
            run: get::get,
            effect: Effect::Read,
            tables: &[&get::GET],
            examples: &[
                ("rip route get 192.0.2.77", "the route of a packet"),
                ("rip route get 192.0.2.77 from 192.0.2.1 mark 7", "with a source and a mark"),
            ],
        },
        Verb {
            names: &["flush~"],
            about: "delete the matching routes",
            run: flush::flush,
            effect: Effect::Change,
            tables: &[&select::SELECTOR],
            examples: &[
                ("rip route flush table 100", "flush a table"),
                ("rip route flush dev eth0 proto static", "by device and protocol"),
            ],
        },
        Verb {
            names: &["save~"],
            about: "save routes to a file, for restore",
            run: file::save,
            effect: Effect::Read,
            tables: &[&select::SELECTOR],
            examples: &[("rip route save table main >/run/routes", "save a table")],
        },
        Verb {
            names: &["restore~"],
            about: "add the routes from a saved file",
            run: file::restore,
            effect: Effect::Change,
            tables: &[],
            examples: &[("rip route restore </run/routes", "restore a saved file")],
        },
        Verb {
            names: &["showdump~"],
            about: "list the routes in a saved file",
            run: file::showdump,
            effect: Effect::Read,
            tables: &[],
            examples: &[("rip route showdump </run/routes", "show a saved file")],
        },
        // Not in iproute2, and last: it must not change the meaning of iproute2's abbreviations.
        Verb {
            names: &["explain"],
            about: "explain the route of a packet, rule by rule",
            run: explain::explain,
            effect: Effect::Read,
            tables: &[&get::EXPLAIN],
            examples: &[
                ("rip route explain 192.0.2.77", "the deciding rule and route, and those they override"),
                (
                    "rip route explain 192.0.2.77 mark 7 ipproto tcp dport 22",
                    "a packet with a firewall mark, to a port",
                ),
            ],
        },
    ],
    default: Some(show::show),
    ..Object::BASE
};
