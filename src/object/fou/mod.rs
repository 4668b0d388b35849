//! `fou`: UDP ports that receive tunnel packets, in foo over UDP or generic UDP encapsulation (linux/fou.h). The kernel
//! removes the UDP header and receives the inner packet.

mod words;

use crate::command::generic::Entries;
use crate::command::{Effect, Object, Purpose, Verb, generic};
use crate::diag::Diag;
use crate::grammar::Words;
use crate::grammar::address::{INET, INET6, family_name};
use crate::net::attr::put;
use crate::net::generic::FamilyName;
use crate::output::Printer;
use crate::session::Session;
use words::{FOU, Port};

/// The object.
pub static OBJECT: Object = Object {
    names: &["fou~"],
    about: "UDP ports of FOU and GUE tunnels",
    purpose: Purpose::Interfaces,
    terms: &[
        (
            "",
            "ip fou add port PORT { ipproto PROTO | gue } [ local IFADDR ] [ peer IFADDR ] [ peer_port PORT ] [ dev IFNAME ]",
        ),
        ("", "ip fou del port PORT [ local IFADDR ] [ peer IFADDR ] [ peer_port PORT ] [ dev IFNAME ]"),
        ("", "ip fou show"),
        ("PROTO", "{ ipproto-name | 1..255 }"),
        ("PORT", "{ 1..65535 }"),
        ("IFADDR", "{ addr }"),
    ],
    verbs: &[
        Verb {
            names: &["add~"],
            about: "receive encapsulated packets on a port",
            run: |s, w| change(s, w, FOU_CMD_ADD),
            effect: Effect::Change,
            tables: &[&FOU],
            examples: &[
                ("rip fou add port 5555 ipproto 4", "IPv4 in UDP"),
                ("rip fou add port 5556 gue", "generic UDP encapsulation, which names the inner protocol"),
                ("rip fou add port 5557 gue local 192.0.2.1 peer 192.0.2.2 peer_port 5557", "from one peer only"),
            ],
        },
        Verb {
            names: &["delete~"],
            about: "stop receiving on a port",
            run: |s, w| change(s, w, FOU_CMD_DEL),
            effect: Effect::Change,
            tables: &[&FOU],
            examples: &[("rip fou delete port 5555", "name its addresses and its device too, if it has any")],
        },
        Verb {
            names: &["show~"],
            about: "list ports",
            run: |s, w| generic::show_entries(s, w, &ENTRIES, &OBJECT, |p, a| describe(s, p, a)),
            effect: Effect::Read,
            tables: &[],
            examples: &[("rip -j fou show", "list ports, as JSON")],
        },
        Verb::usage(&[("rip fou help", "the usage of fou")]),
    ],
    unknown: Some(|s, w| generic::unknown(s, w, &FAMILY, &OBJECT)),
    ..Object::BASE
};

// linux/fou.h: the family and its commands.
const FAMILY: FamilyName = FamilyName { name: "fou", version: 1 };
const FOU_CMD_ADD: u8 = 1;
const FOU_CMD_DEL: u8 = 2;
const FOU_CMD_GET: u8 = 3;

crate::attrs! {
    /// The attributes of the family.
    pub const FOU_ATTRS;
    FOU_ATTR_PORT = 1: Be16, Request;
    FOU_ATTR_AF = 2: U8, Request;
    FOU_ATTR_IPPROTO = 3: U8, Request;
    FOU_ATTR_TYPE = 4: U8, Request;
    FOU_ATTR_REMCSUM_NOPARTIAL = 5: Flag, Request;
    FOU_ATTR_LOCAL_V4 = 6: Ip, Request;
    FOU_ATTR_LOCAL_V6 = 7: Ip, Request;
    FOU_ATTR_PEER_V4 = 8: Ip, Request;
    FOU_ATTR_PEER_V6 = 9: Ip, Request;
    FOU_ATTR_PEER_PORT = 10: Be16, Request;
    FOU_ATTR_IFINDEX = 11: I32, Request;
}

// FOU_ENCAP_* of linux/fou.h.
const DIRECT: u8 = 1;
const GUE: u8 = 2;

const IDENTITY: &[u16] = &[
    FOU_ATTR_PORT,
    FOU_ATTR_AF,
    FOU_ATTR_LOCAL_V4,
    FOU_ATTR_LOCAL_V6,
    FOU_ATTR_PEER_V4,
    FOU_ATTR_PEER_V6,
    FOU_ATTR_PEER_PORT,
    FOU_ATTR_IFINDEX,
];

/// How a rollback restores ports.
pub static ENTRIES: Entries = Entries {
    name: "FOU port",
    family: &FAMILY,
    add: FOU_CMD_ADD,
    delete: FOU_CMD_DEL,
    list: FOU_CMD_GET,
    key: |a| generic::copied(a, IDENTITY),
    body: |a| {
        let mut out = generic::copied(a, IDENTITY);
        out.extend(generic::copied(a, &[FOU_ATTR_IPPROTO, FOU_ATTR_TYPE]));
        if a.has(FOU_ATTR_REMCSUM_NOPARTIAL) {
            put(&mut out, FOU_ATTR_REMCSUM_NOPARTIAL, &[]);
        }
        out
    },
    words: |a| format!("FOU port {}", a.be16(FOU_ATTR_PORT).unwrap_or_default()),
    fixed: None,
};

fn change(s: &Session, w: &mut Words<'_>, command: u8) -> Result<u8, Diag> {
    let (kernel, family) = s.generic(&FAMILY)?;
    let mut port = Port::default();
    port.family = w.family;
    // Here `help` is an unknown word, too.
    w.help_word = "";
    FOU.parse(&mut port, w)?;
    let verb = if command == FOU_CMD_ADD { "add" } else { "delete" };
    let mut request = family.request(command, 0);
    port.fill(&mut request, w, command == FOU_CMD_ADD)?;
    generic::change_entry(s, kernel, &request, format!("{verb} FOU {}", port.words(s)), &ENTRIES, None)?;
    Ok(0)
}

/// Describes a port and ends its line.
fn describe(s: &Session, p: &mut Printer<'_>, a: &generic::Entry<'_>) {
    if let Some(port) = a.be16(FOU_ATTR_PORT) {
        p.item("port", "port {}", port);
    }
    match a.u8(FOU_ATTR_TYPE) {
        Some(GUE) => p.null("gue", " gue"),
        _ => {
            if let Some(protocol) = a.u8(FOU_ATTR_IPPROTO) {
                p.item("ipproto", " ipproto {}", protocol);
            }
        }
    }
    if let Some(family) = a.u8(FOU_ATTR_AF) {
        p.hidden("family", family_name(family));
        if family == INET6 {
            p.text(" -6");
        }
    }
    let address = |four, six| a.ip(four, INET).or_else(|| a.ip(six, INET6)).filter(|ip| !ip.is_unspecified());
    if let Some(ip) = address(FOU_ATTR_LOCAL_V4, FOU_ATTR_LOCAL_V6) {
        p.item("local", " local {}", s.host(ip));
    }
    if let Some(ip) = address(FOU_ATTR_PEER_V4, FOU_ATTR_PEER_V6) {
        p.item("peer", " peer {}", s.host(ip));
    }
    if let Some(port) = a.be16(FOU_ATTR_PEER_PORT).filter(|port| *port != 0) {
        p.item("peer_port", " peer_port {}", port);
    }
    if let Some(index) = a.u32(FOU_ATTR_IFINDEX).filter(|index| *index != 0) {
        s.with_link_name(index, |name| p.item("dev", " dev {}", name));
    }
    p.end_line();
}
