//! `address`: the IP addresses of devices.

mod change;
pub mod event;
pub mod file;
mod flush;
pub mod show;
mod snapshot;
pub mod view;

use crate::command::usage;
use crate::command::{Effect, Object, Purpose, Verb};
use crate::grammar::walk::Naming;
use crate::object::link::select::SELECTOR;
use crate::state::ObjectType;

/// The words that name an existing address.
static THAT: Naming = Naming { then: &change::ADDRESS, there: ObjectType::Address };

/// The object `address`.
pub static OBJECT: Object = Object {
    names: &["address~"],
    about: "IP addresses of devices",
    purpose: Purpose::Interfaces,
    views: &[&event::VIEW],
    terms: &[
        ("", "ip address { add | change | replace } IFADDR dev IFNAME [ LIFETIME ] [ CONFFLAG-LIST ]"),
        ("", "[ FLAG-LIST ] [ { up | down } ] [ label LABEL ] [ master DEVICE ]"),
        ("IFADDR", "{ PREFIX | ADDR peer PREFIX }"),
        ("LIFETIME", "[ valid_lft LFT ] [ preferred_lft LFT ]"),
        ("LFT", "{ forever | SECONDS }"),
        ("SCOPE-ID", "[ global | link | host | NUMBER ]"),
        ("ADDRPROTO", "[ NUMBER | NAME ]"),
        ("FLAG-LIST", "[ FLAG-LIST ] FLAG"),
        (
            "FLAG",
            "[ primary | secondary | permanent | dynamic | temporary | [-]deprecated | [-]tentative | [-]dadfailed | CONFFLAG-LIST ]",
        ),
        ("CONFFLAG-LIST", "[ CONFFLAG-LIST ] CONFFLAG"),
        ("CONFFLAG", "[ nodad | noprefixroute | autojoin | home | mngtmpaddr ]"),
        ("TYPE", usage::KINDS),
    ],
    verbs: &[
        Verb {
            names: &["add~"],
            about: "add an address",
            run: change::add,
            effect: Effect::Request,
            tables: &[&change::ADDRESS],
            examples: &[
                ("rip addr add 192.0.2.2/24 dev eth0", "an address and its prefix route"),
                ("rip addr add 2001:db8::1/64 dev eth0 nodad", "an IPv6 address, without duplicate address detection"),
                ("rip addr add 10.0.0.1 peer 10.0.0.2 dev tun0", "one end of a point-to-point link"),
            ],
        },
        Verb {
            names: &["change~", "chg"],
            about: "change an existing address",
            run: change::change,
            effect: Effect::Request,
            tables: &[&THAT],
            examples: &[(
                "rip addr change 192.0.2.9/24 dev eth0 valid_lft 3600 preferred_lft 1800",
                "new lifetimes, in seconds",
            )],
        },
        Verb {
            names: &["replace~"],
            about: "add or change an address",
            run: change::replace,
            effect: Effect::Request,
            tables: &[&THAT],
            examples: &[("rip addr replace 192.0.2.9/24 dev eth0 metric 50", "add it, or set its metric")],
        },
        Verb {
            names: &["delete~"],
            about: "delete an address",
            run: change::delete,
            effect: Effect::Request,
            tables: &[&THAT],
            examples: &[("rip addr del 192.0.2.9/24 dev eth0", "delete an address")],
        },
        Verb {
            names: &["show~", "list~", "lst~"],
            about: "list addresses",
            run: show::show,
            effect: Effect::Read,
            tables: &[&SELECTOR],
            examples: &[
                ("rip addr", "everything"),
                ("rip -br addr", "one line for each device"),
                ("rip addr show dev eth0", "one device"),
                ("rip -j addr show up scope global", "global addresses as JSON"),
            ],
        },
        Verb {
            names: &["flush~"],
            about: "delete the matching addresses",
            run: flush::flush,
            effect: Effect::Change,
            tables: &[&SELECTOR],
            examples: &[
                ("rip addr flush dev eth0", "all addresses of a device"),
                ("rip -4 addr flush label \"eth0*\"", "by label"),
            ],
        },
        Verb {
            names: &["save~"],
            about: "save addresses to a file, for restore",
            run: file::save,
            effect: Effect::Read,
            tables: &[&SELECTOR],
            examples: &[("rip addr save dev eth0 >/run/addresses", "save the addresses of a device")],
        },
        Verb {
            names: &["showdump~"],
            about: "list the addresses in a saved file",
            run: file::showdump,
            effect: Effect::Read,
            tables: &[],
            examples: &[("rip addr showdump </run/addresses", "show a saved file")],
        },
        Verb {
            names: &["restore~"],
            about: "add the addresses from a saved file",
            run: file::restore,
            effect: Effect::Change,
            tables: &[],
            examples: &[("rip addr restore </run/addresses", "restore a saved file")],
        },
    ],
    default: Some(show::show),
    ..Object::BASE
};
