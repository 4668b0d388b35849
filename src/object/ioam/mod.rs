//! `ioam`: namespaces, schemas and trace events of IPv6 In-situ OAM (RFC 9197, linux/ioam6_genl.h).

mod namespace;
mod schema;

use crate::command::events::{Group, follow};
use crate::command::generic::Unknown;
use crate::command::{Effect, Object, Purpose, Verb, generic};
use crate::diag::{Diag, FAIL};
use crate::grammar::Words;
use crate::net::Index;
use crate::net::generic::FamilyName;
use crate::output::Printer;
use crate::output::scalar::{Both, Hex};
use crate::session::Session;

/// The object.
pub static OBJECT: Object = Object {
    names: &["ioam~"],
    about: "IPv6 In-situ OAM: namespaces, schemas and traces",
    purpose: Purpose::Routing,
    terms: &[
        ("", "ip ioam { COMMAND | help }"),
        ("", "ip ioam namespace show"),
        ("", "ip ioam namespace add ID [ data DATA32 ] [ wide DATA64 ]"),
        ("", "ip ioam namespace del ID"),
        ("", "ip ioam schema show"),
        ("", "ip ioam schema add ID DATA"),
        ("", "ip ioam schema del ID"),
        ("", "ip ioam namespace set ID schema { ID | none }"),
        ("", "ip ioam monitor"),
    ],
    verbs: &[
        Verb {
            names: &["namespace"],
            about: "IOAM namespaces",
            run: namespace::run,
            effect: Effect::Change,
            tables: &[&namespace::BELOW],
            examples: &[
                ("rip ioam namespace add 123 data 0xdeadbeef", "add a namespace with node data"),
                ("rip ioam namespace set 123 schema 777", "add the data of schema 777 to traces in it"),
                ("rip ioam namespace show", "list namespaces"),
            ],
        },
        Verb {
            names: &["schema"],
            about: "data that this node adds to traces",
            run: schema::run,
            effect: Effect::Change,
            tables: &[&schema::BELOW],
            examples: &[
                ("rip ioam schema add 777 rack12", "add a schema"),
                ("rip -j ioam schema show", "list schemas, as JSON"),
            ],
        },
        Verb {
            names: &["monitor"],
            about: "print the traces of arriving packets",
            run: monitor,
            effect: Effect::Read,
            tables: &[],
            examples: &[("rip ioam monitor", "until interrupted")],
        },
    ],
    unknown: Some(|_, w| Err(w.next()?.wrong("Unknown"))),
    ..Object::BASE
};

// linux/ioam6_genl.h: the family and its commands.
const FAMILY: FamilyName = FamilyName { name: "IOAM6", version: 1 };
const IOAM6_CMD_ADD_NAMESPACE: u8 = 1;
const IOAM6_CMD_DEL_NAMESPACE: u8 = 2;
const IOAM6_CMD_DUMP_NAMESPACES: u8 = 3;
const IOAM6_CMD_ADD_SCHEMA: u8 = 4;
const IOAM6_CMD_DEL_SCHEMA: u8 = 5;
const IOAM6_CMD_DUMP_SCHEMAS: u8 = 6;
const IOAM6_CMD_NS_SET_SCHEMA: u8 = 7;

crate::attrs! {
    /// The attributes of requests and answers of the family.
    pub const IOAM6_ATTRS;
    IOAM6_ATTR_NS_ID = 1: U16, Request;
    IOAM6_ATTR_NS_DATA = 2: U32, Request;
    IOAM6_ATTR_NS_DATA_WIDE = 3: U64, Request;
    IOAM6_ATTR_SC_ID = 4: U32, Request;
    IOAM6_ATTR_SC_DATA = 5: Bytes, Request;
    IOAM6_ATTR_SC_NONE = 6: Flag, Request;
}

crate::attrs! {
    /// The attributes of an event (enum ioam6_event_attr).
    pub const IOAM6_EVENT_ATTRS;
    IOAM6_EVENT_ATTR_TRACE_NAMESPACE = 1: U16, Read;
    /// The length of the data of a node, in units of four bytes.
    IOAM6_EVENT_ATTR_TRACE_NODELEN = 2: U8, Read;
    IOAM6_EVENT_ATTR_TRACE_TYPE = 3: U32, Read;
    IOAM6_EVENT_ATTR_TRACE_DATA = 4: Bytes, Read;
}

/// IOAM6_EVENT_TRACE: a packet with a trace arrived.
const IOAM6_EVENT_TRACE: u8 = 1;

const GROUP: Group = Group { family: &FAMILY, name: "ioam6_events", whose: "ioam6", ends: false, refused: FAIL };

/// Prints traces as they arrive. Like `ip`, ignores further words.
fn monitor(s: &Session, _: &mut Words<'_>) -> Result<u8, Diag> {
    follow(s, &GROUP, &|p, event, attrs| {
        if event == IOAM6_EVENT_TRACE {
            trace(p, &Index::new(attrs));
        }
    })
}

fn trace(p: &mut Printer<'_>, a: &Index<'_, 8>) {
    p.item("event", "[{}]", "TRACE");
    if let Some(v) = a.u16(IOAM6_EVENT_ATTR_TRACE_NAMESPACE) {
        p.item("namespace", " Namespace={}", v);
    }
    if let Some(v) = a.u8(IOAM6_EVENT_ATTR_TRACE_NODELEN) {
        p.item("nodelen", " NodeLen={}", v);
    }
    if let Some(v) = a.u32(IOAM6_EVENT_ATTR_TRACE_TYPE) {
        p.item("type", " Type={}", Both(format!("0x{v:06x}"), Hex::with_prefix(v)));
    }
    if let Some(bytes) = a.get(IOAM6_EVENT_ATTR_TRACE_DATA) {
        let hex: String = bytes.iter().map(|b| format!("{b:02x}")).collect();
        p.item("data", " Data={}", hex.as_str());
    }
    p.end_line();
}
