//! `neigh add`, `change`, `replace`, `delete` and `get`.

use super::state::State;
use super::view::{self, *};
use crate::diag::{Diag, Span};
use crate::grammar::address::{Addr, Address};
use crate::grammar::named::PROTOCOL;
use crate::grammar::number::Term;
use crate::grammar::value::{Absent, Flag, Word, lladdr};
use crate::grammar::{Arg, Fallback, Grammar, Names as _, Row, Target, Value, Words, spells};
use crate::net::{Request, Trail};
use crate::schema::*;
use crate::session::Session;
use crate::{row, rows};
use netlink_packet_core::{DefaultNla, NLM_F_CREATE, NLM_F_EXCL, NLM_F_REPLACE, Nla as _};
use netlink_packet_route::RouteNetlinkMessage;
use netlink_packet_route::neighbour::{NeighbourAttribute, NeighbourFlags, NeighbourMessage};
use std::borrow::Cow;

/// An entry that is being parsed.
#[derive(Default)]
pub struct Entry {
    msg: NeighbourMessage,
    trail: Trail,
    dst: Option<Addr>,
    /// A destination was given, possibly `default`.
    named: bool,
    dev: Option<(Vec<u8>, usize)>,
    lladdr: Option<(Vec<u8>, usize)>,
    state: Option<u16>,
    flags: u8,
    extra: u32,
}

impl Target for Entry {
    fn set_span(&mut self, span: Span) {
        self.trail.close(span);
    }
}

impl Entry {
    fn raw(&mut self, kind: u16, body: impl AsRef<[u8]>) {
        self.trail.note(&[kind]);
        let attr = NeighbourAttribute::Other(DefaultNla::new(kind, body.as_ref().to_vec()));
        debug_assert_eq!(attr.kind(), kind);
        self.msg.attributes.push(attr);
    }
}

/// A link-layer address, parsed after the whole line; `null` for none.
struct LlOrNull;

impl Value for LlOrNull {
    type Out = (Vec<u8>, usize);
    fn meta(&self) -> Cow<'static, str> {
        "{ LLADDR | null }".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Self::Out, Diag> {
        let arg = w.next()?;
        Ok((arg.bytes.to_vec(), arg.at))
    }
}

/// An address. A second one is reported as such before it is checked to be an address.
struct Second;

impl Value for Second {
    type Out = Result<Addr, Diag>;
    fn meta(&self) -> Cow<'static, str> {
        Address.meta()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Self::Out, Diag> {
        match w.peek() {
            None => Address.take(w).map(Ok),
            Some(arg) if spells("help~", arg.bytes) => Err(w.usage()),
            Some(_) => Ok(Address.take(w)),
        }
    }
}

/// [`Second`], but `any`, `all` and `default` are not accepted until the family is known.
struct Destination;

impl Value for Destination {
    type Out = Result<Option<Addr>, Diag>;
    fn meta(&self) -> Cow<'static, str> {
        Address.meta()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Self::Out, Diag> {
        let open = w.family == 0;
        match w.peek() {
            None => Address.take(w).map(|a| Ok(Some(a))),
            Some(arg) if spells("help~", arg.bytes) => Err(w.usage()),
            Some(arg) if open && ["any", "all", "default"].iter().any(|word| arg.is(word)) => {
                w.skip();
                Ok(Ok(None))
            }
            Some(_) => Ok(Address.take(w).map(Some)),
        }
    }
}

/// The address, unless there was one before.
fn only<A>(e: &Entry, v: Result<A, Diag>, w: &Words<'_>, twice: fn(&str, Span) -> Diag) -> Result<A, Diag> {
    if e.dst.is_none() && !e.named {
        return v;
    }
    let at = w.at().saturating_sub(1);
    let value = w.line().get(at).map(|b| crate::output::escape::shown(b)).unwrap_or_default();
    Err(twice(&value, Span::word(at)))
}

fn one_more(e: &Entry, v: Result<Addr, Diag>, w: &Words<'_>) -> Result<Addr, Diag> {
    only(e, v, w, |value, at| Diag::duplicate("address", value).at(at))
}

static ROWS: &[Row<Entry>] = rows!(Entry;
    @once "lladdr~" => Term("LLADDR", LlOrNull), "link-layer address", |e, v| {
        e.lladdr = Some(v);
        e.trail.note(&[NDA_LLADDR]);
    };
    "nud" => Term("STATE", State), "state of the entry", |e, v| {
        e.state = Some(v);
        e.trail.note(&[HEAD_STATE]);
    };
    "proxy~" => Second, "proxy entry: answer for this address on the device", |e, v, w| {
        let v = one_more(e, v, w)?;
        e.flags |= NTF_PROXY;
        e.dst = Some(v);
        e.trail.note(&[NDA_DST]);
        Ok(())
    };
    "router" => Flag, "the neighbour is a router", |e, ()| e.flags |= NTF_ROUTER;
    "use" => Flag, "use the entry now, so that the kernel resolves it", |e, ()| e.flags |= NTF_USE;
    "managed" => Flag, "managed: the kernel keeps it resolved", |e, ()| {
        e.trail.note(&[NDA_FLAGS_EXT]);
        e.extra |= NTF_EXT_MANAGED;
        e.state = Some(0);
    };
    "extern_learn~" => Flag, "externally learned", |e, ()| e.flags |= NTF_EXT_LEARNED;
    "extern_valid" => Flag, "externally validated", |e, ()| e.extra |= NTF_EXT_EXT_VALIDATED;
    "dev" => Word("DEV"), "the device", |e, v| e.dev = Some(v);
    "protocol~" => Term("PROTO", PROTOCOL), "originating protocol", |e, v| e.raw(NDA_PROTOCOL, [u8::try_from(v).unwrap_or(0)]);
);

static TO: Row<Entry> = row!(Entry; @once "to" => Term("PREFIX", Destination), "the neighbour's address", |e, v, w| {
    e.dst = only(e, v, w, |value, at| Diag::garbage("to", value, at))?;
    e.named = true;
    e.trail.note(&[NDA_DST]);
    Ok(())
});

/// The words of `neigh add` and the other changes.
pub static NEIGH: Grammar<Entry> = Grammar { title: "NEIGH", rows: &[ROWS], fallback: Fallback::Take(&TO) };

static GET_ROWS: &[Row<Entry>] = rows!(Entry;
    "dev" => Word("DEV"), "the device", |e, v| e.dev = Some(v);
    "proxy~" => Second, "address of the proxy entry", |e, v, w| {
        let v = one_more(e, v, w)?;
        e.flags |= NTF_PROXY;
        e.dst = Some(v);
        e.trail.note(&[NDA_DST]);
    };
);

/// The words of `neigh get`.
pub static GET: Grammar<Entry> = Grammar { title: "NEIGH-GET", rows: &[GET_ROWS], fallback: Fallback::Take(&TO) };

/// Runs `neigh add`.
///
/// # Errors
///
/// A wrong word; EEXIST if the entry exists, or another refusal of the kernel.
pub fn add(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    modify(s, w, NLM_F_CREATE | NLM_F_EXCL)
}

/// Runs `neigh change`.
///
/// # Errors
///
/// A wrong word; ENOENT if the entry does not exist, or another refusal of the kernel.
pub fn change(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    modify(s, w, NLM_F_REPLACE)
}

/// Runs `neigh replace`.
///
/// # Errors
///
/// A wrong word, or a refusal of the kernel.
pub fn replace(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    modify(s, w, NLM_F_CREATE | NLM_F_REPLACE)
}

fn modify(s: &Session, w: &mut Words<'_>, flags: u16) -> Result<u8, Diag> {
    let (msg, trail) = parse(s, w)?;
    s.change(&Request::of(RouteNetlinkMessage::NewNeighbour(msg), flags, trail))?;
    Ok(0)
}

/// Runs `neigh delete`.
///
/// # Errors
///
/// A wrong word; ENOENT if the entry does not exist, or another refusal of the kernel.
pub fn delete(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let (msg, trail) = parse(s, w)?;
    s.change(&Request::of(RouteNetlinkMessage::DelNeighbour(msg), 0, trail))?;
    Ok(0)
}

fn parse(s: &Session, w: &mut Words<'_>) -> Result<(NeighbourMessage, Trail), Diag> {
    let mut e = Entry::default();
    NEIGH.parse(&mut e, w)?;
    // A proxy entry needs no device.
    let missing = e.dst.is_none() || e.dev.is_none() && e.flags & NTF_PROXY == 0;
    if missing {
        return Err(Diag::usage("Device and destination are required arguments.").at(Span::word(w.at())));
    }
    e.msg.header.state = e.state.unwrap_or(NUD_PERMANENT).into();
    if let Some((word, at)) = e.lladdr.take().filter(|(word, _)| word != b"null") {
        let bytes = lladdr(&word).map_err(|e| Diag::fail(e).at(Span::word(at)))?;
        e.msg.attributes.push(NeighbourAttribute::Other(DefaultNla::new(NDA_LLADDR, bytes)));
    }
    finish(s, e, w.family)
}

/// Sets the destination, the flags and the device of the message.
fn finish(s: &Session, mut e: Entry, family: u8) -> Result<(NeighbourMessage, Trail), Diag> {
    e.msg.header.family = e.dst.as_ref().map_or(family, Addr::family).into();
    e.msg.header.flags = NeighbourFlags::from_bits_retain(e.flags);
    if let Some(dst) = e.dst.take() {
        let attr = NeighbourAttribute::Other(DefaultNla::new(NDA_DST, dst.bytes()));
        e.msg.attributes.push(attr);
    }
    if e.extra != 0 {
        let extra = e.extra;
        e.raw(NDA_FLAGS_EXT, extra.to_ne_bytes());
    }
    if let Some((dev, at)) = e.dev.take() {
        let arg = Arg { bytes: &dev, at };
        e.msg.header.ifindex = s.link(&dev)?.ok_or_else(|| Absent::CannotFind.say(&arg))?;
    }
    Ok((e.msg, e.trail))
}

/// Runs `neigh get ADDRESS dev DEV`.
///
/// # Errors
///
/// A wrong or missing word; ENOENT if there is no such entry.
pub fn get(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let mut e = Entry::default();
    GET.parse(&mut e, w)?;
    // A proxy entry needs no device.
    if e.dst.is_none() || e.dev.is_none() && e.flags & NTF_PROXY == 0 {
        return Err(Diag::fail("Device and address are required arguments.").at(Span::word(w.at())));
    }
    let (msg, trail) = finish(s, e, w.family)?;
    let request = Request::of(RouteNetlinkMessage::GetNeighbour(msg), 0, trail);
    let answer = s.kernel()?.ask(&request).map_err(|e| e.explain(&request))?;
    s.document(|p| {
        if let Some(n) = answer.get(NLMSG_HDRLEN..).and_then(Neigh::parse) {
            p.object(None);
            view::describe(s, p, &n, true, false);
            p.close();
        }
    });
    Ok(0)
}
