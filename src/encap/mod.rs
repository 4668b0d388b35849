//! Route encapsulations (lightweight tunnels), one file each with its words and its description. Routes, their nexthops
//! and nexthop objects share `encap TYPE ...`.

pub mod bpf;
pub mod ila;
pub mod ioam6;
pub mod ip;
pub mod mpls;
mod opts;
pub mod rpl;
pub mod seg6;
pub mod seg6local;
mod srh;
pub mod xfrm;

use crate::command::{Entry, Table};
use crate::diag::{Diag, Span};
use crate::grammar::address::{INET, UNSPEC, take_addr};
use crate::grammar::walk::{Offers, Topic};
use crate::grammar::{Grammar, Offer, Target, Value, Walk, Words};
use crate::net::attr::TYPE_MASK;
use crate::net::{Index, Trail};
use crate::output::Printer;
use crate::schema::{Attr, RTA_ENCAP};
use crate::session::Session;
use netlink_packet_core::{DefaultNla, Emitable as _, Nla};
use netlink_packet_route::route::{RouteAttribute, RouteLwEnCapType};
use std::borrow::Cow;

pub use crate::schema::NESTED;

/// One type of encapsulation.
pub struct Type {
    /// A slice of one name, for [`Entry::names`].
    pub names: &'static [&'static str],
    /// LWTUNNEL_ENCAP_* of linux/lwtunnel.h.
    pub number: u16,
    /// A noun phrase for completion.
    pub help: &'static str,
    /// The placeholder before the keywords in usage lines.
    pub first: &'static str,
    /// Parses the words after the name.
    pub parse: fn(&mut Words<'_>) -> Result<Body, Diag>,
    /// The grammar, for help and completion.
    pub table: &'static dyn Table,
    /// The attributes of RTA_ENCAP.
    pub attrs: &'static [Attr],
    /// Describes the attributes.
    pub describe: fn(&mut RecordWriter<'_, '_, '_>),
}

/// Every type, in the order of iproute2's usage.
pub static TYPES: &[&Type] = &[
    &mpls::TYPE,
    &ip::IP,
    &ip::IP6,
    &ila::TYPE,
    &bpf::TYPE,
    &seg6::TYPE,
    &seg6local::TYPE,
    &rpl::TYPE,
    &ioam6::TYPE,
    &xfrm::TYPE,
];

impl Type {
    /// The name.
    pub fn name(&self) -> &'static str {
        self.names.first().copied().unwrap_or("")
    }

    /// The usage of everything after the name.
    fn meta(&self) -> String {
        let mut words = crate::command::usage::words(&self.table.entries());
        if !self.first.is_empty() {
            words.insert(0, self.first.to_string());
        }
        words.join(" ")
    }
}

/// The attributes of an encapsulation that is being parsed; paths in the trail begin below the encapsulation.
#[derive(Debug, Default)]
pub struct Body {
    /// The attributes as sent.
    pub bytes: Vec<u8>,
    /// Which words led to which attribute.
    pub trail: Trail,
}

impl Target for Body {
    fn set_span(&mut self, span: Span) {
        self.trail.close(span);
    }
}

impl Body {
    /// Adds an attribute.
    pub fn put(&mut self, nla: impl Nla) {
        self.trail.note(&[nla.kind() & TYPE_MASK]);
        let mut bytes = vec![0; nla.buffer_len()];
        nla.emit(&mut bytes);
        self.bytes.extend(bytes);
    }

    /// Adds an attribute that netlink-packet-route lacks or types too narrowly.
    pub fn raw(&mut self, kind: u16, value: impl AsRef<[u8]>) {
        self.put(DefaultNla::new(kind, value.as_ref().to_vec()));
    }
}

/// Parses the words of a type whose keywords only push attributes.
fn plain(w: &mut Words<'_>, grammar: &Grammar<Body>) -> Result<Body, Diag> {
    let mut body = Body::default();
    grammar.parse(&mut body, w)?;
    Ok(body)
}

/// A parsed encapsulation.
#[derive(Debug)]
pub struct Encap {
    /// LWTUNNEL_ENCAP_* (linux/lwtunnel.h).
    pub kind: u16,
    /// The attributes as sent.
    pub bytes: Vec<u8>,
    /// Which words led to which attribute.
    pub trail: Trail,
}

/// RTA_ENCAP and RTA_ENCAP_TYPE of a route or a nexthop of it. The serialized message still needs [`mark`].
pub fn attributes(kind: u16, bytes: Vec<u8>) -> [RouteAttribute; 2] {
    let body = DefaultNla::new(RTA_ENCAP, bytes);
    [RouteAttribute::Other(body), RouteAttribute::EncapType(RouteLwEnCapType::from(kind))]
}

/// `TYPE ...`, the value of `encap`.
pub struct Encapsulation;

impl Value for Encapsulation {
    type Out = Encap;
    fn meta(&self) -> Cow<'static, str> {
        "ENCAP".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Encap, Diag> {
        let arg = w.next()?;
        if arg.is("help") {
            return Err(Diag::usage(usage().trim_end()));
        }
        let Some(t) = TYPES.iter().find(|t| arg.is(t.name())) else {
            let d = arg.wrong("\"encap type\" value is invalid\n");
            let names = TYPES.iter().map(|t| t.name());
            return Err(crate::grammar::suggest::hint(d, arg.bytes, names));
        };
        match w.rest() {
            [] => return Err(Diag::incomplete(w.at())),
            // Like iproute2, refuses a type with nothing after it.
            [_] => {
                let d = Diag::usage("Error: argument \"encap type\" is required").at(Span::word(w.at()));
                return Err(d.hint(format!("encap {} {}", t.name(), t.meta())));
            }
            _ => {}
        }
        let family = std::mem::replace(&mut w.family, UNSPEC);
        let body = (t.parse)(w);
        w.family = family;
        let Body { bytes, trail } = body?;
        Ok(Encap { kind: t.number, bytes, trail })
    }
    fn offer(&self, _w: &Words<'_>) -> Vec<Offer> {
        TYPES.iter().map(|t| Offer::new(t.name(), t.help)).collect()
    }
    fn walk(&self, w: &mut Walk<'_, '_>) {
        let Some(arg) = w.words.peek() else {
            w.topic = Some(Topic {
                keyword: "encap",
                name: "ENCAP",
                first: "",
                about: "lightweight tunnel encapsulation",
                tables: vec![&Every],
                examples: &[],
            });
            let offers = self.offer(w.words);
            return w.want(offers, "");
        };
        w.words.skip();
        let Some(t) = TYPES.iter().find(|t| arg.is(t.name())) else {
            w.wrong.push(arg.wrong("\"encap type\" value is invalid\n"));
            return;
        };
        w.topic = Some(Topic {
            keyword: "encap",
            name: t.name(),
            first: t.first,
            about: t.help,
            tables: vec![t.table],
            examples: &[],
        });
        // MPLS labels precede all keywords.
        if !t.first.is_empty() {
            w.pass(&|w| w.next().map(drop), &|_| Vec::new(), &|_| Vec::new(), t.first);
        }
        let family = std::mem::replace(&mut w.words.family, UNSPEC);
        if !w.done {
            t.table.walk(w);
        }
        w.words.family = family;
    }
}

/// All types and their keywords, as one table for help, completion and the manual.
pub struct Every;

impl Table for Every {
    fn title(&self) -> &'static str {
        "ENCAP"
    }
    fn entries(&self) -> Vec<Entry> {
        TYPES
            .iter()
            .map(|t| Entry {
                names: t.names,
                meta: t.meta().into(),
                term: t.meta().into(),
                help: t.help,
                once: false,
                offers: Offers::Place(|_| Vec::new()),
            })
            .collect()
    }
}

/// The usage text of `encap help`.
fn usage() -> String {
    let mut out = String::from("Usage: ip route ... encap TYPE [ OPTIONS ] [...]\nwhere TYPE :=");
    for (i, t) in TYPES.iter().enumerate() {
        out.push_str(if i == 0 { " { " } else { " | " });
        out.push_str(t.name());
    }
    out.push_str(" }\n");
    for t in TYPES {
        out.push_str(&format!("       {} {}\n", t.name(), t.meta()));
    }
    out
}

/// An address of a family, parsed to bytes: none for `any`, zeros for `default`.
struct Address(u8);

impl Value for Address {
    type Out = Vec<u8>;
    fn meta(&self) -> Cow<'static, str> {
        "ADDRESS".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Vec<u8>, Diag> {
        if w.take_if(&["any", "all"]).is_some() {
            return Ok(Vec::new());
        }
        if w.take_if(&["default"]).is_some() {
            return Ok(vec![0; if self.0 == INET { 4 } else { 16 }]);
        }
        take_addr(w, self.0).map(|a| a.bytes())
    }
}

/// Writes the fields of an encapsulation that are present.
pub struct RecordWriter<'s, 'o, 'd> {
    /// The session, for names and options.
    pub s: &'s Session,
    /// The printer to write to.
    pub p: &'s mut Printer<'o>,
    /// The attributes.
    pub a: Index<'d, 16>,
}

impl RecordWriter<'_, '_, '_> {
    fn u8(&mut self, attr: u16, key: &str, form: &str) {
        if let Some(v) = self.a.u8(attr) {
            self.p.item(key, form, v);
        }
    }

    fn u32(&mut self, attr: u16, key: &str, form: &str) {
        if let Some(v) = self.a.u32(attr) {
            self.p.item(key, form, v);
        }
    }

    fn ip(&mut self, attr: u16, family: u8, key: &str, form: &str) {
        if let Some(ip) = self.a.ip(attr, family) {
            self.p.item(key, form, ip);
        }
    }

    fn device(&mut self, attr: u16, key: &str, form: &str) {
        if let Some(index) = self.a.u32(attr) {
            self.s.with_link_name(index, |name| self.p.item(key, form, name));
        }
    }
}

/// Describes an encapsulation, in JSON as a nested object.
pub fn describe(s: &Session, p: &mut Printer<'_>, kind: u16, body: &[u8]) {
    let t = TYPES.iter().find(|t| t.number == kind);
    p.object(Some("encap"));
    p.item("encap_type", " encap {} ", t.map_or("unknown", |t| t.name()));
    if let Some(t) = t {
        (t.describe)(&mut RecordWriter { s, p, a: Index::new(body) });
    }
    p.close();
}

#[cfg(test)]
mod tests;
