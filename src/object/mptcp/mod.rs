//! `mptcp`: endpoints, limits and events of the in-kernel path manager of Multipath TCP (RFC 8684, linux/mptcp_pm.h).

mod endpoint;
mod limits;
mod monitor;

use crate::command::generic::Unknown;
use crate::command::{Effect, Object, Purpose, Verb, generic};
use crate::diag::Diag;
use crate::grammar::Words;
use crate::net::generic::{Family, FamilyName};
use crate::session::Session;
pub use monitor::MPTCP_ATTRS;

/// The object.
pub static OBJECT: Object = Object {
    names: &["mptcp~"],
    about: "Multipath TCP: endpoints, limits and events",
    purpose: Purpose::Neighbours,
    terms: &[
        ("", "ip mptcp endpoint add ADDRESS [ dev NAME ] [ id ID ] [ port NR ] [ FLAG-LIST ]"),
        ("", "ip mptcp endpoint delete id ID [ ADDRESS ]"),
        ("", "ip mptcp endpoint change [ id ID ] [ ADDRESS ] [ port NR ] CHANGE-OPT"),
        ("", "ip mptcp endpoint show [ id ID ]"),
        ("", "ip mptcp endpoint flush"),
        ("", "ip mptcp limits set [ subflows NR ] [ add_addr_accepted NR ]"),
        ("", "ip mptcp limits show"),
        ("FLAG-LIST", "[ FLAG-LIST ] FLAG"),
        ("FLAG", "[ signal | subflow | laminar | backup | fullmesh ]"),
        ("CHANGE-OPT", "[ backup | nobackup | fullmesh | nofullmesh ]"),
    ],
    verbs: &[
        Verb {
            names: &["endpoint~"],
            about: "addresses for additional subflows",
            run: endpoint::run,
            effect: Effect::Change,
            tables: &[&endpoint::BELOW],
            examples: &[
                ("rip mptcp endpoint add 192.0.2.7 dev eth1 subflow", "open a second subflow from this address"),
                ("rip mptcp endpoint add 192.0.2.7 signal", "announce this address to peers"),
                ("rip mptcp endpoint change id 1 backup", "use its subflows only when the others fail"),
                ("rip mptcp endpoint", "list endpoints"),
                ("rip mptcp endpoint delete id 1", "delete an endpoint"),
            ],
        },
        Verb {
            names: &["limits~"],
            about: "maximum numbers of subflows and of accepted addresses, per connection",
            run: limits::run,
            effect: Effect::Change,
            tables: &[&limits::BELOW],
            examples: &[
                ("rip mptcp limits set subflows 4 add_addr_accepted 2", "set both limits"),
                ("rip mptcp limits", "show the limits"),
            ],
        },
        Verb {
            names: &["monitor~"],
            about: "print events of connections and subflows",
            run: monitor::run,
            effect: Effect::Read,
            tables: &[],
            examples: &[("rip -ts mptcp monitor", "events, each with its time")],
        },
    ],
    unknown: Some(|s, w| generic::unknown(s, w, &FAMILY, &OBJECT)),
    ..Object::BASE
};

// linux/mptcp_pm.h: the family and its commands.
const FAMILY: FamilyName = FamilyName { name: "mptcp_pm", version: 1 };
const MPTCP_PM_CMD_ADD_ADDR: u8 = 1;
const MPTCP_PM_CMD_DEL_ADDR: u8 = 2;
const MPTCP_PM_CMD_GET_ADDR: u8 = 3;
const MPTCP_PM_CMD_FLUSH_ADDRS: u8 = 4;
const MPTCP_PM_CMD_SET_LIMITS: u8 = 5;
const MPTCP_PM_CMD_GET_LIMITS: u8 = 6;
const MPTCP_PM_CMD_SET_FLAGS: u8 = 7;

crate::attrs! {
    /// The attributes of requests and answers of the family.
    pub const MPTCP_PM_ATTRS;
    MPTCP_PM_ATTR_ADDR = 1: Nest(Attrs(MPTCP_PM_ADDR_ATTRS)), Request;
    /// Maximum number of announced addresses that a connection accepts.
    MPTCP_PM_ATTR_RCV_ADD_ADDRS = 2: U32, Request;
    /// Maximum number of additional subflows of a connection.
    MPTCP_PM_ATTR_SUBFLOWS = 3: U32, Request;
}

crate::attrs! {
    /// The attributes of an endpoint.
    pub const MPTCP_PM_ADDR_ATTRS;
    MPTCP_PM_ADDR_ATTR_FAMILY = 1: U16, Request;
    MPTCP_PM_ADDR_ATTR_ID = 2: U8, Request;
    MPTCP_PM_ADDR_ATTR_ADDR4 = 3: Ip, Request;
    MPTCP_PM_ADDR_ATTR_ADDR6 = 4: Ip, Request;
    MPTCP_PM_ADDR_ATTR_PORT = 5: U16, Request;
    MPTCP_PM_ADDR_ATTR_FLAGS = 6: U32, Request;
    MPTCP_PM_ADDR_ATTR_IF_IDX = 7: I32, Request;
}
