//! `mptcp endpoint`.

use super::*;
use crate::diag::Span;
use crate::grammar::address::{Addr, INET, INET6, UNSPEC, take_addr};
use crate::grammar::number::{Named, Term, U8, U16};
use crate::grammar::value::{Flag, is_name};
use crate::grammar::walk::Below;
use crate::grammar::{Fallback, Grammar, Offer, Row, Target, Value};
use crate::net::attr::put;
use crate::net::{Nested, Request, Trail};
use crate::output::Printer;
use crate::output::color::{Role, of_family};
use crate::output::scalar::Hex;
use crate::schema::NESTED;
use crate::{row, rows};
use std::borrow::Cow;

// MPTCP_PM_ADDR_FLAG_* of linux/mptcp.h.
const SIGNAL: u32 = 1;
const SUBFLOW: u32 = 2;
const BACKUP: u32 = 4;
const FULLMESH: u32 = 8;
const IMPLICIT: u32 = 16;
const LAMINAR: u32 = 32;

/// The flags in output order.
const FLAGS: &[(u32, &str)] = &[
    (SIGNAL, "signal"),
    (SUBFLOW, "subflow"),
    (BACKUP, "backup"),
    (FULLMESH, "fullmesh"),
    (IMPLICIT, "implicit"),
    (LAMINAR, "laminar"),
];

/// Why `-atomic` refuses changes.
const NEVER: &str = "rip cannot restore MPTCP endpoints";

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Doing {
    Add,
    Change,
    Delete,
    #[default]
    Show,
}

/// An endpoint that is being parsed.
#[derive(Default)]
pub struct Endpoint {
    doing: Doing,
    flags: u32,
    id: Option<u8>,
    dev: Option<u32>,
    port: Option<u16>,
    address: Option<Addr>,
    trail: Trail,
    /// The spans of the identifier and the port.
    id_at: Span,
    port_at: Span,
    any: bool,
}

impl Target for Endpoint {
    fn set_span(&mut self, span: Span) {
        self.any = true;
        self.trail.close(span);
    }
}

impl Endpoint {
    fn flag(&mut self, flag: u32, w: &Words<'_>) -> Result<(), Diag> {
        self.flags |= flag;
        self.trail.note(&[MPTCP_PM_ATTR_ADDR, MPTCP_PM_ADDR_ATTR_FLAGS]);
        let at = w.at().saturating_sub(1);
        let wrong = |why| {
            let word = w.line().get(at).map_or(String::new(), |word| crate::output::escape::shown(word));
            Err(Diag::wrong(&word, why, Span::word(at)))
        };
        match self.doing {
            Doing::Add if self.flags & (SIGNAL | FULLMESH) == SIGNAL | FULLMESH => {
                wrong("flags mustn't have both signal and fullmesh")
            }
            Doing::Change if self.flags & !(BACKUP | FULLMESH) != 0 => wrong("invalid flags, backup and fullmesh only"),
            _ => Ok(()),
        }
    }
}

static FLAG_ROWS: &[Row<Endpoint>] = rows!(Endpoint;
    "signal" => Flag, "announce the address to peers", |e, (), w| e.flag(SIGNAL, w);
    "subflow" => Flag, "open a subflow from the address", |e, (), w| e.flag(SUBFLOW, w);
    "backup" => Flag, "use its subflows only when no other subflow is available", |e, (), w| e.flag(BACKUP, w);
    "fullmesh" => Flag, "open subflows to all addresses of a peer", |e, (), w| e.flag(FULLMESH, w);
    "implicit" => Flag, "read-only, set by the kernel for endpoints that it creates", |e, (), w| e.flag(IMPLICIT, w);
    "laminar" => Flag, "open subflows from the address to announced addresses only", |e, (), w| e.flag(LAMINAR, w);
    "nobackup" => Flag, "clear the backup flag (for change)", |e, (), w| e.flag(0, w);
    "nofullmesh" => Flag, "clear the fullmesh flag (for change)", |e, (), w| e.flag(0, w);
);
static WORDS: &[Row<Endpoint>] = rows!(Endpoint;
    "id~" => Named("ID", U8("invalid ID\n")), "identifier of the endpoint, 1 to 255", |e, v, w| {
        e.id = Some(v);
        e.id_at = Span::word(w.at().saturating_sub(1));
        e.trail.note(&[MPTCP_PM_ATTR_ADDR, MPTCP_PM_ADDR_ATTR_ID]);
    };
    "dev~" => Term("NAME", Device), "device of the address", |e, v| {
        e.dev = Some(v);
        e.trail.note(&[MPTCP_PM_ATTR_ADDR, MPTCP_PM_ADDR_ATTR_IF_IDX]);
    };
    "port~" => Named("NR", U16("expected port")), "TCP port to announce with the address", |e, v, w| {
        e.port = Some(v);
        e.port_at = Span { from: w.at().saturating_sub(2), to: w.at() };
        e.trail.note(&[MPTCP_PM_ATTR_ADDR, MPTCP_PM_ADDR_ATTR_PORT]);
    };
);
static ADDRESS: Row<Endpoint> = row!(Endpoint; "" => AnyAddress, "local IPv4 or IPv6 address", |e, v| {
    let attr = if v.family() == INET { MPTCP_PM_ADDR_ATTR_ADDR4 } else { MPTCP_PM_ADDR_ATTR_ADDR6 };
    e.trail.note(&[MPTCP_PM_ATTR_ADDR, attr]);
    e.address = Some(v);
});

/// The words of an endpoint.
pub static ENDPOINT: Grammar<Endpoint> =
    Grammar { title: "ENDPOINT", rows: &[FLAG_ROWS, WORDS], fallback: Fallback::TakeAll(&ADDRESS) };

/// `mptcp endpoint add|change|delete|show|flush`, in matching order.
const VERBS: &[(&str, &str)] = &[
    ("add~", "add an endpoint"),
    ("change~", "change the flags of an endpoint"),
    ("delete~", "delete an endpoint"),
    ("show~", "list endpoints"),
    ("flush~", "delete all endpoints"),
];

/// The verbs below `mptcp endpoint`.
pub static BELOW: Below = Below { title: "ENDPOINT", verbs: VERBS, then: &ENDPOINT };

/// An address of either family, whatever the options say.
struct AnyAddress;

impl Value for AnyAddress {
    type Out = Addr;
    fn meta(&self) -> Cow<'static, str> {
        "ADDRESS".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Addr, Diag> {
        take_addr(w, UNSPEC)
    }
}

/// A device that must exist.
struct Device;

impl Value for Device {
    type Out = u32;
    fn meta(&self) -> Cow<'static, str> {
        "DEV".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<u32, Diag> {
        let arg = w.next()?;
        if !is_name(arg.bytes) {
            return Err(arg.wrong("invalid interface name\n"));
        }
        let absent = || arg.wrong("device does not exist\n").lost(crate::diag::Lost::Device(arg.bytes.to_vec()));
        w.names.link(arg.bytes)?.ok_or_else(absent)
    }
    fn offer(&self, w: &Words<'_>) -> Vec<Offer> {
        w.names.links()
    }
}

/// Runs `mptcp endpoint`.
///
/// # Errors
///
/// A wrong word, the kernel lacks the family, or it refuses the request.
pub fn run(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    s.generic(&FAMILY)?;
    if w.is_empty() {
        return show(s, w);
    }
    match generic::below(w, VERBS, Unknown::Command(&OBJECT))? {
        "add" => change(s, w, Doing::Add),
        "change" => change(s, w, Doing::Change),
        "delete" => change(s, w, Doing::Delete),
        "flush" => flush(s),
        _ => show(s, w),
    }
}

fn wrong_id(e: &Endpoint, why: &str) -> Diag {
    Diag::wrong("ID", why, e.id_at)
}

/// Parses the words and composes the request.
fn parse(family: &Family, w: &mut Words<'_>, doing: Doing, command: u8) -> Result<(Endpoint, Request), Diag> {
    let mut e = Endpoint { doing, ..Endpoint::default() };
    ENDPOINT.parse(&mut e, w)?;
    let required = |what: &str| Diag::usage(format!("Error: argument \"{what}\" is required")).at(Span::word(w.at()));
    match doing {
        Doing::Delete => match (e.id, &e.address) {
            (None, _) => return Err(required("ID")),
            (Some(0), None) => return Err(wrong_id(&e, "address is needed for deleting id 0 address\n")),
            (Some(1..), Some(_)) => {
                return Err(Diag::wrong("ADDRESS", "invalid for non-zero id address\n", e.id_at));
            }
            _ => {}
        },
        _ if e.id == Some(0) => return Err(wrong_id(&e, "cannot be 0\n")),
        Doing::Add if e.address.is_none() => return Err(required("ADDRESS")),
        Doing::Add if e.port.is_some_and(|port| port != 0) && e.flags & SIGNAL == 0 => {
            return Err(Diag::wrong("port", "flags must have signal when using port", e.port_at));
        }
        Doing::Change if e.port.is_some_and(|port| port != 0) && e.id.is_some() => {
            return Err(Diag::wrong("port", "port can't be used with id", e.port_at).at(e.id_at));
        }
        _ => {}
    }
    let mut nest = Vec::new();
    if let Some(id) = e.id {
        put(&mut nest, MPTCP_PM_ADDR_ATTR_ID, &[id]);
    }
    if e.flags != 0 {
        put(&mut nest, MPTCP_PM_ADDR_ATTR_FLAGS, &e.flags.to_ne_bytes());
    }
    if let Some(index) = e.dev {
        put(&mut nest, MPTCP_PM_ADDR_ATTR_IF_IDX, &index.to_ne_bytes());
    }
    if let Some(port) = e.port.filter(|port| *port != 0) {
        put(&mut nest, MPTCP_PM_ADDR_ATTR_PORT, &port.to_ne_bytes());
    }
    if let Some(addr) = &e.address {
        let attr = if addr.family() == INET { MPTCP_PM_ADDR_ATTR_ADDR4 } else { MPTCP_PM_ADDR_ATTR_ADDR6 };
        put(&mut nest, MPTCP_PM_ADDR_ATTR_FAMILY, &u16::from(addr.family()).to_ne_bytes());
        put(&mut nest, attr, &addr.bytes());
    }
    let mut request = family.request(command, 0);
    request.put(MPTCP_PM_ATTR_ADDR | NESTED, &nest);
    request.trail = std::mem::take(&mut e.trail);
    Ok((e, request))
}

fn change(s: &Session, w: &mut Words<'_>, doing: Doing) -> Result<u8, Diag> {
    let (kernel, family) = s.generic(&FAMILY)?;
    let (command, verb) = match doing {
        Doing::Add => (MPTCP_PM_CMD_ADD_ADDR, "add"),
        Doing::Change => (MPTCP_PM_CMD_SET_FLAGS, "change"),
        _ => (MPTCP_PM_CMD_DEL_ADDR, "delete"),
    };
    let (e, request) = parse(&family, w, doing, command)?;
    generic::change(s, kernel, &request, format!("{verb} MPTCP endpoint{}", words(s, &e)), NEVER)?;
    Ok(0)
}

/// The command line words of an endpoint.
fn words(s: &Session, e: &Endpoint) -> String {
    let mut out = String::new();
    let mut word = |text: String| {
        out.push(' ');
        out.push_str(&text);
    };
    if let Some(ip) = e.address.as_ref().and_then(Addr::ip) {
        word(ip.to_string());
    }
    if let Some(id) = e.id {
        word(format!("id {id}"));
    }
    if let Some(port) = e.port {
        word(format!("port {port}"));
    }
    for (_, name) in FLAGS.iter().filter(|(flag, _)| e.flags & flag != 0) {
        word((*name).into());
    }
    if e.doing == Doing::Change && e.flags == 0 {
        word("nobackup nofullmesh".into());
    }
    if let Some(index) = e.dev {
        word(format!("dev {}", crate::output::escape::shown(&s.link_name(index))));
    }
    out
}

fn flush(s: &Session) -> Result<u8, Diag> {
    let (kernel, family) = s.generic(&FAMILY)?;
    let request = family.request(MPTCP_PM_CMD_FLUSH_ADDRS, 0);
    generic::change(s, kernel, &request, "delete all MPTCP endpoints", NEVER)?;
    Ok(0)
}

/// Lists the endpoints, or asks for one.
fn show(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let (kernel, family) = s.generic(&FAMILY)?;
    let answer = if w.is_empty() {
        let question = family.request(MPTCP_PM_CMD_GET_ADDR, 0);
        s.listed(kernel.collect(&question).map_err(|e| e.explain(&question)))?
    } else {
        let (_, question) = parse(&family, w, Doing::Show, MPTCP_PM_CMD_GET_ADDR)?;
        kernel.ask(&question).map_err(|e| e.explain(&question))?
    };
    s.document(|p| {
        for a in generic::entries(&answer) {
            if let Some(e) = a.nest(MPTCP_PM_ATTR_ADDR) {
                p.object(None);
                describe(s, p, &e);
                p.close();
            }
        }
    });
    Ok(0)
}

/// Describes an endpoint and ends its line.
fn describe(s: &Session, p: &mut Printer<'_>, e: &Nested<'_>) {
    let family = match e.u16(MPTCP_PM_ADDR_ATTR_FAMILY) {
        Some(family) if family == u16::from(INET) => INET,
        _ => INET6,
    };
    let ip = e.ip(MPTCP_PM_ADDR_ATTR_ADDR4, INET).or_else(|| e.ip(MPTCP_PM_ADDR_ATTR_ADDR6, INET6));
    if let Some(ip) = ip {
        p.colored(of_family(family), "address", "{} ", s.host(ip));
    }
    if let Some(port) = e.u16(MPTCP_PM_ADDR_ATTR_PORT).filter(|port| *port != 0) {
        p.item("port", "port {} ", port);
    }
    if let Some(id) = e.u8(MPTCP_PM_ADDR_ATTR_ID) {
        p.item("id", "id {} ", id);
    }
    let mut rest = e.u32(MPTCP_PM_ADDR_ATTR_FLAGS).unwrap_or(0);
    for (flag, name) in FLAGS {
        if rest & flag != 0 {
            p.flag(name, &format!("{name} "));
        }
        rest &= !flag;
    }
    if rest != 0 {
        p.item("rawflags", "rawflags {} ", Hex::digits(rest));
    }
    if let Some(index) = e.u32(MPTCP_PM_ADDR_ATTR_IF_IDX).filter(|index| *index != 0) {
        p.text("dev ");
        s.with_link_name(index, |name| p.colored(Role::Ifname, "dev", "{} ", name));
    }
    p.nl();
    p.out.flush_if_full();
}
