//! `addrlabel`: labels for the selection of IPv6 source addresses (RFC 6724, linux/if_addrlabel.h).

use crate::command::host::Host;
use crate::command::snapshot::{Line, line, words};
use crate::command::view::{InSnapshot, View, deleted, offer, one_line};
use crate::command::{Effect, Object, Purpose, Verb};
use crate::diag::{Diag, FAIL, Lost, Span, USAGE};
use crate::grammar::address::{INET6, Prefix, UNSPEC, take_prefix};
use crate::grammar::number::U32;
use crate::grammar::{Fallback, Grammar, Offer, Row, Target, Value, Words};
use crate::net::attr::u32_at;
use crate::net::kernel::Messages;
use crate::net::{Index, Request, Trail};
use crate::output::Printer;
use crate::output::color::{Role, of_family};
use crate::rows;
use crate::schema::*;
use crate::session::Session;
use crate::state::{ObjectType, consistent_dump};
use netlink_packet_core::{NLM_F_CREATE, NLM_F_EXCL};
use nix::errno::Errno;
use std::borrow::Cow;

/// The view of labels.
pub static VIEW: View = View {
    offer: Some(|s, body| {
        let a: Index<'_, 4> = Index::new(body.get(IFADDRLBLMSG..)?);
        let word = format!("{}/{}", a.ip(IFAL_ADDRESS, *body.first()?)?, body.get(2)?);
        Some(offer(&one_line(|p| describe(s, p, body)), "prefix", word))
    }),
    snapshot: Some(InSnapshot { about: "address labels other than the kernel's", line: Some(write) }),
    ..View::of(&[ObjectType::AddrLabel], |s, p, body, shown| {
        deleted(p, shown);
        describe(s, p, body);
    })
};

/// The labels that every namespace has (linux/net/ipv6/addrlabel.c, after RFC 6724, section 2.1).
const DEFAULTS: &[&str] = &[
    "prefix ::1/128 label 0",
    "prefix ::/96 label 3",
    "prefix ::ffff:0.0.0.0/96 label 4",
    "prefix ::ffff:0:0/96 label 4",
    "prefix 2001::/32 label 6",
    "prefix 2001:10::/28 label 7",
    "prefix 3ffe::/16 label 12",
    "prefix 2002::/16 label 2",
    "prefix fec0::/10 label 11",
    "prefix fc00::/7 label 5",
    "prefix ::/0 label 1",
];

/// The line that adds a label; `None` for the kernel's own.
fn write(s: &Session, body: &[u8]) -> Option<Line> {
    let words = words(s, &VIEW, body);
    let text = words.join(" ");
    (!text.is_empty() && !DEFAULTS.contains(&text.as_str())).then(|| line("addrlabel add", words))
}

/// The object.
pub static OBJECT: Object = Object {
    names: &["addrlabel~"],
    about: "labels for IPv6 source address selection",
    purpose: Purpose::Routing,
    views: &[&VIEW],
    terms: &[
        ("", "ip addrlabel { add | del } prefix PREFIX [ dev DEV ] [ label LABEL ]"),
        ("", "ip addrlabel [ list | flush | help ]"),
    ],
    verbs: &[
        Verb {
            names: &["list~", "lst~", "show~"],
            about: "list labels",
            run: show,
            effect: Effect::Read,
            tables: &[],
            examples: &[("rip addrlabel", "all labels")],
        },
        Verb {
            names: &["add~"],
            about: "add a label",
            run: |s, w| change(s, w, RTM_NEWADDRLABEL, NLM_F_CREATE | NLM_F_EXCL),
            effect: Effect::Request,
            tables: &[&LABEL],
            examples: &[("rip addrlabel add prefix 2001:db8::/32 label 99", "a label for a prefix")],
        },
        Verb {
            names: &["delete~"],
            about: "delete a label",
            run: |s, w| change(s, w, RTM_DELADDRLABEL, 0),
            effect: Effect::Request,
            tables: &[&LABEL],
            examples: &[("rip addrlabel del prefix 2001:db8::/32 label 99", "by its prefix")],
        },
        Verb {
            names: &["flush~"],
            about: "delete all labels, the kernel's defaults too",
            run: flush,
            effect: Effect::Change,
            tables: &[],
            examples: &[("rip addrlabel flush", "delete all labels")],
        },
    ],
    default: Some(show),
    ..Object::BASE
};

/// A label that is being parsed.
#[derive(Default)]
pub struct Builder {
    prefix: Option<Prefix>,
    dev: u32,
    label: Option<u32>,
    trail: Trail,
}

impl Target for Builder {
    fn set_span(&mut self, span: Span) {
        self.trail.close(span);
    }
}

static ROWS: &[Row<Builder>] = rows!(Builder;
    "prefix" => Net, "addresses in this prefix", |b, v| {
        b.trail.note(&[IFAL_ADDRESS]);
        b.prefix = Some(v);
    };
    "dev" => Device, "this device only", |b, v| {
        b.trail.note(&[HEAD_INDEX]);
        b.dev = v;
    };
    "label" => Number, "label number; equal labels of source and destination are preferred", |b, v| {
        b.trail.note(&[IFAL_LABEL]);
        b.label = Some(v);
    };
);

static LABEL: Grammar<Builder> = Grammar { title: "LABELLED", rows: &[ROWS], fallback: Fallback::Stop };

/// A prefix of the requested family.
struct Net;

impl Value for Net {
    type Out = Prefix;
    fn meta(&self) -> Cow<'static, str> {
        "PREFIX".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Prefix, Diag> {
        take_prefix(w, w.family)
    }
    fn offer(&self, w: &Words<'_>) -> Vec<Offer> {
        w.names.there(ObjectType::AddrLabel, w)
    }
}

/// A device by its index.
struct Device;

impl Value for Device {
    type Out = u32;
    fn meta(&self) -> Cow<'static, str> {
        "DEV".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<u32, Diag> {
        let arg = w.next()?;
        let lost = || arg.wrong("dev is invalid\n").lost(Lost::Device(arg.bytes.to_vec()));
        w.names.link(arg.bytes)?.ok_or_else(lost)
    }
    fn offer(&self, w: &Words<'_>) -> Vec<Offer> {
        w.names.links()
    }
}

/// A label number; the kernel uses 0xffffffff for "none".
struct Number;

impl Value for Number {
    type Out = u32;
    fn meta(&self) -> Cow<'static, str> {
        "LABEL".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<u32, Diag> {
        let arg = w.next()?;
        U32::parse(arg.bytes).filter(|v| *v != u32::MAX).ok_or_else(|| arg.wrong("label is invalid\n"))
    }
}

/// Adds or deletes a label. As in `ip`, unknown words are ignored.
fn change(s: &Session, w: &mut Words<'_>, kind: u16, flags: u16) -> Result<u8, Diag> {
    let mut b = Builder::default();
    while let Some(arg) = w.peek() {
        let known = ["prefix", "dev", "label"].into_iter().find(|name| arg.is(name));
        match known {
            Some(name) => drop(LABEL.one(name, &mut b, w)?),
            None => w.skip(),
        }
    }
    let missing =
        |what| Diag::fail(format!("Not enough information: \"{what}\" argument is required.")).at(Span::word(w.at()));
    let prefix = b.prefix.ok_or_else(|| missing("prefix"))?;
    let label = b.label.ok_or_else(|| missing("label"))?;
    let family = if w.family == UNSPEC { INET6 } else { w.family };
    let mut header = [0; IFADDRLBLMSG];
    let [own, _, len, _, i0, i1, i2, i3, ..] = &mut header;
    (*own, *len) = (family, prefix.len);
    [*i0, *i1, *i2, *i3] = b.dev.to_ne_bytes();
    let mut request = Request::raw(kind, flags, &header);
    request.put(IFAL_LABEL, &label.to_ne_bytes());
    // `default`, `any` and `all` mean the unspecified address, which the kernel wants as full-length zeros.
    let zeros = || if family == INET6 { vec![0; 16] } else { Vec::new() };
    request.put(IFAL_ADDRESS, &prefix.addr.as_ref().map_or_else(zeros, |addr| addr.bytes()));
    request.trail = b.trail;
    s.change(&request).map(|()| 0)
}

/// All labels. `ended` is the error line if there is no list.
fn list(s: &Session, w: &Words<'_>, ended: &str) -> Result<Vec<u8>, Diag> {
    let family = if w.family == UNSPEC { INET6 } else { w.family };
    let request = Request::of_family(RTM_GETADDRLABEL, 0, family);
    consistent_dump::collect(s.kernel()?, ObjectType::AddrLabel, &request).map_err(|e| {
        let d = e.explain_ended(&request, ended);
        // The kernel refuses a family without labels before the dump begins.
        if e.dump { d } else { d.line(ended) }
    })
}

fn show(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    if let Some(arg) = w.peek() {
        return Err(Diag::fail("\"ip addrlabel show\" does not take any arguments.").at(arg.span()));
    }
    let all = s.listed(list(s, w, "Dump terminated").map_err(|d| d.with_code(USAGE)))?;
    s.document(|p| {
        for (m, _, _) in Messages(&all) {
            p.object(None);
            describe(s, p, m.body);
            p.close();
        }
    });
    Ok(0)
}

fn flush(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    if let Some(arg) = w.peek() {
        return Err(Diag::fail("\"ip addrlabel flush\" does not allow extra arguments").at(arg.span()));
    }
    let all = list(s, w, "Flush terminated").map_err(|d| d.with_code(FAIL))?;
    let doomed: Vec<Request> = Messages(&all).map(|(m, _, _)| Request::raw(RTM_DELADDRLABEL, 0, m.body)).collect();
    s.change_all(&doomed, &[Errno::ESRCH]).map_err(|d| d.line("Flush terminated").with_code(FAIL))?;
    Ok(0)
}

/// Describes a label and ends its line.
pub fn describe(s: &Session, p: &mut Printer<'_>, body: &[u8]) {
    let a: Index<'_, 4> = Index::new(body.get(IFADDRLBLMSG..).unwrap_or_default());
    let (family, len) = (body.first().copied().unwrap_or(0), body.get(2).copied().unwrap_or(0));
    if let Some(bytes) = a.get(IFAL_ADDRESS) {
        p.text("prefix ");
        p.colored(of_family(family), "address", "{}", Host { s, family, bytes, named: true });
        p.item("prefixlen", "/{} ", len);
    }
    if let Some(index) = u32_at(body, 4).filter(|i| *i != 0) {
        p.text("dev ");
        s.with_link_name(index, |name| p.colored(Role::Ifname, "ifname", "{} ", name));
    }
    if let Some(v) = a.u32(IFAL_LABEL) {
        p.item("label", "label {} ", v);
    }
    p.end_line();
}
