//! `nexthop add`, `replace` and `delete`.

use super::view::{self, *};
use crate::diag::{Diag, Span};
use crate::encap::{Encap, Encapsulation};
use crate::grammar::address::{Addr, INET, UNSPEC, take_addr, take_family};
use crate::grammar::named::PROTOCOL;
use crate::grammar::number::{Named, Term, U16, U32};
use crate::grammar::value::{Absent, Dev, Flag, Switch};
use crate::grammar::walk::Of;
use crate::grammar::{Fallback, Grammar, Offer, Row, Target, Value, Words};
use crate::net::attr::put;
use crate::net::{KernelError, Request, Trail};
use crate::rows;
use crate::schema::*;
use crate::session::Session;
use crate::state::ObjectType;
use netlink_packet_core::{NLM_F_CREATE, NLM_F_EXCL, NLM_F_REPLACE};
use std::borrow::Cow;

const ONLINK: u32 = 4;

/// A nexthop that is being parsed. netlink-packet-route lacks the message, so attributes are bytes.
#[derive(Default)]
pub struct Builder {
    attrs: Vec<u8>,
    trail: Trail,
    protocol: u8,
    flags: u32,
}

impl Target for Builder {
    fn set_span(&mut self, span: Span) {
        self.trail.close(span);
    }
}

impl Builder {
    fn put(&mut self, kind: u16, body: impl AsRef<[u8]>) {
        self.trail.note(&[kind & 0x3fff]);
        put(&mut self.attrs, kind, body.as_ref());
    }
}

static ROWS: &[Row<Builder>] = rows!(Builder;
    "id" => Of(ObjectType::Nexthop, Named("ID", U32("invalid id value"))), "id of the nexthop", |d, v| d.put(NHA_ID, v.to_ne_bytes());
    "dev" => Term("DEV", Dev(Absent::Wrong)), "the device", |d, v, w| {
        default_family(w, INET);
        d.put(NHA_OIF, v.to_ne_bytes());
    };
    "via" => Term("ADDRESS", Gateway), "gateway address", |d, v| d.put(NHA_GATEWAY, v.bytes());
    "encap" => Encapsulation, "lightweight tunnel encapsulation", |d, e| {
        let Encap { kind, bytes, trail } = e;
        d.put(NHA_ENCAP_TYPE, kind.to_ne_bytes());
        put(&mut d.attrs, NHA_ENCAP | 0x8000, &bytes);
        d.trail.adopt(&[NHA_ENCAP], trail);
    };
    "blackhole" => Flag, "drop", |d, (), w| {
        default_family(w, INET);
        d.put(NHA_BLACKHOLE, []);
    };
    "fdb" => Flag, "for forwarding database entries of VXLAN devices", |d, ()| d.put(NHA_FDB, []);
    "onlink" => Flag, "treat the gateway as directly connected", |d, ()| d.flags |= ONLINK;
    "group" => Members, "group of nexthops: ids, each with a weight", |d, v| d.put(NHA_GROUP, v);
    "type" => GroupType, "type of group, with its settings", |d, (kind, args)| {
        d.put(NHA_GROUP_TYPE, kind.to_ne_bytes());
        if let Some(args) = args {
            d.put(NHA_RES_GROUP | 0x8000, args);
        }
    };
    "dst_port" => Term("PORT", U16("\"dst_port\" value is invalid\n")), "UDP destination port, for forwarding database entries of VXLAN devices", |d, v| d.put(NHA_DST_PORT, v.to_be_bytes());
    "protocol~" => Term("ID", PROTOCOL), "originating protocol", |d, v| {
        d.protocol = u8::try_from(v).unwrap_or(0);
        d.trail.note(&[HEAD_PROTOCOL]);
    };
    "hw_stats" => Switch("hw_stats", 22), "hardware statistics", |d, v| d.put(NHA_HW_STATS_ENABLE, u32::from(v).to_ne_bytes());
);

/// The words of `nexthop add` and `nexthop replace`.
pub static NEXTHOP: Grammar<Builder> =
    Grammar { title: "NEXTHOP", rows: &[ROWS], fallback: Fallback::Unknown(|arg| arg.wrong("")) };

/// Sets the family, unless an earlier word has: a device or `blackhole` means IPv4.
fn default_family(w: &mut Words<'_>, family: u8) {
    if w.family == UNSPEC {
        w.family = family;
    }
}

/// `[ FAMILY ] ADDRESS`
struct Gateway;

impl Value for Gateway {
    type Out = Addr;
    fn meta(&self) -> Cow<'static, str> {
        "[ FAMILY ] ADDRESS".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Addr, Diag> {
        let family = take_family(w);
        let a = take_addr(w, family.unwrap_or(w.family))?;
        if w.family != UNSPEC && w.family != a.family() {
            w.back();
            return Err(w.next()?.wrong("address family mismatch\n"));
        }
        w.family = a.family();
        Ok(a)
    }
}

/// `ID[,WEIGHT]/ID[,WEIGHT]...` as the kernel's array of members.
struct Members;

impl Value for Members {
    type Out = Vec<u8>;
    fn meta(&self) -> Cow<'static, str> {
        "ID[,WEIGHT][/ID[,WEIGHT]...]".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Vec<u8>, Diag> {
        let arg = w.next()?;
        let mut out = Vec::new();
        for member in arg.bytes.split(|b| *b == b'/') {
            let mut parts = member.splitn(2, |b| *b == b',');
            // iproute2 has split the word by then, and names its first part.
            let first = arg.bytes.split(|b| matches!(b, b',' | b'/')).next().unwrap_or_default();
            let id = parts.next().and_then(U32::parse).ok_or_else(|| {
                Diag::wrong(&crate::output::escape::shown(first), "\"group\" value is invalid\n", arg.span())
            })?;
            let weight = match parts.next() {
                None => 1,
                Some(word) => U32::parse(word).filter(|v| (1..=65_536).contains(v)).ok_or_else(|| {
                    Diag::wrong(&crate::output::escape::shown(word), "\"weight\" is invalid\n", arg.span())
                })?,
            };
            let [low, high] = u16::try_from(weight - 1).unwrap_or(0).to_le_bytes();
            out.extend(id.to_ne_bytes());
            out.extend([low, high, 0, 0]);
        }
        Ok(out)
    }
}

/// `mpath`, or `resilient` with its settings.
struct GroupType;

impl Value for GroupType {
    type Out = (u16, Option<Vec<u8>>);
    fn meta(&self) -> Cow<'static, str> {
        "{ mpath | resilient [ buckets N ] [ idle_timer SECONDS ] [ unbalanced_timer SECONDS ] }".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Self::Out, Diag> {
        let arg = w.next()?;
        match arg.bytes {
            b"mpath" => return Ok((0, None)),
            b"resilient" => {}
            _ => return Err(arg.wrong("\"type\" value is invalid\n")),
        }
        // Like iproute2, sends no settings at all at the end of the line, not even an empty nest.
        if w.is_empty() {
            return Ok((NEXTHOP_GRP_TYPE_RES, None));
        }
        let mut args = Vec::new();
        loop {
            if w.take_if(&["buckets"]).is_some() {
                put(&mut args, NHA_RES_GROUP_BUCKETS, &U16("invalid buckets value").take(w)?.to_ne_bytes());
            } else if w.take_if(&["idle_timer"]).is_some() {
                put(&mut args, NHA_RES_GROUP_IDLE_TIMER, &seconds(w, "invalid idle timer value")?);
            } else if w.take_if(&["unbalanced_timer"]).is_some() {
                put(&mut args, NHA_RES_GROUP_UNBALANCED_TIMER, &seconds(w, "invalid unbalanced timer value")?);
            } else {
                return Ok((NEXTHOP_GRP_TYPE_RES, Some(args)));
            }
        }
    }
    fn offer(&self, _w: &Words<'_>) -> Vec<Offer> {
        vec![
            Offer::new("mpath", "distribute flows by hash"),
            Offer::new("resilient", "keep flows on their member when the group changes"),
        ]
    }
    fn more(&self, w: &Words<'_>) -> Vec<Offer> {
        // The settings are between `type` and the end of the line, each with its value.
        let set: Vec<&[u8]> = w.line().iter().rev().take_while(|w| *w != b"type").map(Vec::as_slice).collect();
        let words = [
            ("buckets", "number of buckets"),
            ("idle_timer", "seconds without traffic before a bucket may move"),
            ("unbalanced_timer", "seconds that a group may stay unbalanced before buckets are moved (0: for ever)"),
        ];
        let open = |name: &str| set.last() == Some(&&b"resilient"[..]) && !set.contains(&name.as_bytes());
        words.iter().filter(|(n, _)| open(n)).map(|(n, help)| Offer::new(*n, *help)).collect()
    }
}

/// Parses seconds, converted to the kernel's hundredths of a second (USER_HZ).
fn seconds(w: &mut Words<'_>, why: &str) -> Result<[u8; 4], Diag> {
    let arg = w.next()?;
    let ticks = U32::parse(arg.bytes).and_then(|v| v.checked_mul(100)).ok_or_else(|| arg.wrong(why))?;
    Ok(ticks.to_ne_bytes())
}

/// Runs `nexthop add`.
///
/// # Errors
///
/// A wrong word; EEXIST if the id is in use, or another refusal of the kernel.
pub fn add(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    modify(s, w, RTM_NEWNEXTHOP, NLM_F_CREATE | NLM_F_EXCL)
}

/// Runs `nexthop replace`.
///
/// # Errors
///
/// A wrong word, or a refusal of the kernel.
pub fn replace(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    modify(s, w, RTM_NEWNEXTHOP, NLM_F_CREATE | NLM_F_REPLACE)
}

/// Runs `nexthop delete`.
///
/// # Errors
///
/// A wrong word; ENOENT if there is no such nexthop.
pub fn delete(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    modify(s, w, RTM_DELNEXTHOP, 0)
}

fn modify(s: &Session, w: &mut Words<'_>, kind: u16, flags: u16) -> Result<u8, Diag> {
    let mut d = Builder::default();
    w.help_word = "help";
    NEXTHOP.parse(&mut d, w)?;
    let mut header = vec![w.family, 0, d.protocol, 0];
    header.extend(d.flags.to_ne_bytes());
    let mut request = Request::raw(kind, flags, &header);
    request.body.extend(d.attrs);
    request.trail = d.trail;
    let result = if s.options.echo { echo(s, &request) } else { s.kernel()?.change(&request) };
    result.map(|()| 0).map_err(|e| e.explain(&request))
}

/// `-echo`: prints the nexthop that the kernel echoes: the new one, or the deleted one.
fn echo(s: &Session, request: &Request) -> Result<(), KernelError> {
    crate::command::echo::echo(s, request, &mut |p, m| {
        let Some(n) = Nexthop::parse(m.body) else { return };
        p.object(None);
        view::describe(s, p, &n, m.kind == RTM_DELNEXTHOP);
        p.close();
    })
}
