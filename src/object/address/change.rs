//! `address add`, `change`, `replace` and `delete`.

use crate::diag::{Diag, Span};
use crate::grammar::address::{Addr, INET, INET6, MPLS, Prefix, PrefixOf, take_addr};
use crate::grammar::named::SCOPE;
use crate::grammar::number::{Named, Term, U32};
use crate::grammar::value::{Absent, Text, Word};
use crate::grammar::words::Table;
use crate::grammar::{Arg, Fallback, Grammar, Names as _, Offer, Row, Target, Value, Words, spells};
use crate::net::{KernelError, Request, Trail};
use crate::object::link::select::FLAGS;
use crate::output::out::print_stderr;
use crate::schema::*;
use crate::session::Session;
use crate::{row, rows};
use netlink_packet_core::{DefaultNla, NLM_F_CREATE, NLM_F_EXCL, NLM_F_REPLACE, Nla as _};
use netlink_packet_route::RouteNetlinkMessage;
use netlink_packet_route::address::{
    AddressAttribute, AddressFlags, AddressHeaderFlags, AddressMessage, AddressScope, CacheInfo,
};
use std::borrow::Cow;
use std::net::IpAddr;

/// An address message that is being parsed.
#[derive(Default)]
pub struct Builder {
    msg: AddressMessage,
    trail: Trail,
    deleting: bool,
    local: Option<(Prefix, Span)>,
    peer: Option<(Prefix, Span)>,
    broadcast: Option<(Broadcast, Span)>,
    scope: Option<u8>,
    dev: Option<(Vec<u8>, usize)>,
    flags: u32,
    valid: Option<(u32, Span)>,
    preferred: Option<(u32, Span)>,
}

impl Target for Builder {
    fn set_span(&mut self, span: Span) {
        self.trail.close(span);
    }
}

impl Builder {
    fn put(&mut self, attr: AddressAttribute) {
        self.trail.note(&[attr.kind()]);
        self.msg.attributes.push(attr);
    }

    fn at(&mut self, attr: AddressAttribute, span: Span) {
        self.put(attr);
        self.trail.close(span);
    }
}

/// `brd ADDRESS`, or a sign for one derived from the prefix.
enum Broadcast {
    Ones,
    Zeros,
    Given(Addr),
}

static ROWS: &[Row<Builder>] = rows!(Builder;
    @once "peer" | "remote" => PrefixOf, "address of the peer", |d, v, w| d.peer = Some((v, last(w)));
    @once "broadcast~" | "brd" => Term("ADDR", BroadcastOf), "broadcast address; + all ones, - all zeros of the prefix",
        |d, v, w| d.broadcast = Some((v, last(w)));
    @once "anycast" => Term("ADDR", crate::grammar::address::Address), "anycast address", |d, v| {
        let bytes = v.bytes();
        d.put(AddressAttribute::Other(DefaultNla::new(IFA_ANYCAST, bytes)));
    };
    "scope" => Term("SCOPE-ID", ScopeOf), "scope of the address", |d, v| {
        d.scope = Some(v);
        d.trail.note(&[HEAD_SCOPE]);
    };
    "dev" => Term("IFNAME", Word("DEV")), "the device", |d, v| {
        d.dev = Some(v);
        d.trail.note(&[HEAD_DEV]);
    };
    "label" => Term("IFNAME", Text("LABEL")), "label, for legacy programs", |d, v| {
        let mut z = v;
        z.push(0);
        d.put(AddressAttribute::Other(DefaultNla::new(IFA_LABEL, z)));
    };
    "metric~" | "priority~" | "preference~" => Named("METRIC", U32("\"metric\" value is invalid\n")),
        "metric of the prefix route", |d, v| d.put(AddressAttribute::RoutePriority(v));
    "valid_lft~" => Term("LFT", Lifetime("valid_lft value")), "valid lifetime in seconds, or forever", |d, v, w| {
        if let Some((_, earlier)) = d.valid {
            return Err(Diag::duplicate("valid_lft", "valid_lft").at(earlier).at(last(w)));
        }
        d.valid = Some((v, last(w)));
        Ok(())
    };
    "preferred_lft~" => Term("LFT", Lifetime("preferred_lft value")), "preferred lifetime in seconds, or forever", |d, v, w| {
        if let Some((_, earlier)) = d.preferred {
            return Err(Diag::duplicate("preferred_lft", "preferred_lft").at(earlier).at(last(w)));
        }
        d.preferred = Some((v, last(w)));
        Ok(())
    };
    "secondary" => FlagWord("secondary"), "read-only, set by the kernel", |d, v| d.flags |= v;
    "temporary" => FlagWord("temporary"), "read-only, set by the kernel", |d, v| d.flags |= v;
    "nodad" => FlagWord("nodad"), "skip duplicate address detection (IPv6)", |d, v| d.flags |= v;
    "optimistic" => FlagWord("optimistic"), "optimistic duplicate address detection (IPv6)", |d, v| d.flags |= v;
    "dadfailed" => FlagWord("dadfailed"), "read-only, set by the kernel", |d, v| d.flags |= v;
    "home" => FlagWord("home"), "home address of Mobile IPv6", |d, v| d.flags |= v;
    "deprecated" => FlagWord("deprecated"), "read-only, set by the kernel", |d, v| d.flags |= v;
    "tentative" => FlagWord("tentative"), "read-only, set by the kernel", |d, v| d.flags |= v;
    "permanent" => FlagWord("permanent"), "read-only, set by the kernel", |d, v| d.flags |= v;
    "mngtmpaddr" => FlagWord("mngtmpaddr"), "create temporary addresses from this one (IPv6)", |d, v| d.flags |= v;
    "noprefixroute" => FlagWord("noprefixroute"), "create no prefix route", |d, v| d.flags |= v;
    "autojoin" => FlagWord("autojoin"), "join the multicast group (IPv4 and IPv6)", |d, v| d.flags |= v;
    "stable-privacy" => FlagWord("stable-privacy"), "read-only, set by the kernel", |d, v| d.flags |= v;
    "proto" => Term("ADDRPROTO", Protocol), "originating protocol", |d, v| d.put(AddressAttribute::Protocol(v.into()));
);

static LOCAL: Row<Builder> =
    row!(Builder; @once "local" => Local, "the address", |d, v, w| d.local = Some((v, last(w))));

/// The words of `address add` and the other changes.
pub static ADDRESS: Grammar<Builder> = Grammar { title: "ADDRESS", rows: &[ROWS], fallback: Fallback::Take(&LOCAL) };

/// A prefix, or `help`.
struct Local;

impl Value for Local {
    type Out = Prefix;
    fn meta(&self) -> Cow<'static, str> {
        PrefixOf.meta()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Prefix, Diag> {
        match w.peek().filter(|arg| spells("help~", arg.bytes)) {
            Some(_) => Err(w.usage()),
            None => PrefixOf.take(w),
        }
    }
}

/// The span of the word just consumed.
fn last(w: &Words<'_>) -> Span {
    Span::word(w.at().saturating_sub(1))
}

/// A broadcast address, `+` or `-`.
struct BroadcastOf;

impl Value for BroadcastOf {
    type Out = Broadcast;
    fn meta(&self) -> Cow<'static, str> {
        "{ ADDRESS | + | - }".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Broadcast, Diag> {
        if w.take_if(&["+"]).is_some() {
            return Ok(Broadcast::Ones);
        }
        if w.take_if(&["-"]).is_some() {
            return Ok(Broadcast::Zeros);
        }
        let a = take_addr(w, w.family)?;
        if w.family == 0 {
            w.family = a.family();
        }
        Ok(Broadcast::Given(a))
    }
}

/// A scope, with this object's error for a bad one.
struct ScopeOf;

impl Value for ScopeOf {
    type Out = u8;
    fn meta(&self) -> Cow<'static, str> {
        "SCOPE".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<u8, Diag> {
        let arg = w.next()?;
        SCOPE.find(&arg, w.names).and_then(|v| u8::try_from(v).ok()).ok_or_else(|| arg.wrong("invalid scope value."))
    }
    fn offer(&self, w: &Words<'_>) -> Vec<Offer> {
        w.names.names(Table::Scopes)
    }
}

/// `forever`, or seconds.
struct Lifetime(&'static str);

impl Value for Lifetime {
    type Out = u32;
    fn meta(&self) -> Cow<'static, str> {
        "{ forever | SECONDS }".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<u32, Diag> {
        let arg = w.next()?;
        if arg.is("forever") {
            return Ok(INFINITY_LIFE_TIME);
        }
        U32::parse(arg.bytes).ok_or_else(|| arg.wrong(self.0))
    }
    fn offer(&self, _w: &Words<'_>) -> Vec<Offer> {
        vec![Offer::new("forever", "")]
    }
}

/// A flag word. Flags that only the kernel sets, and IPv6 flags on an IPv4 address, are ignored with a warning.
struct FlagWord(&'static str);

const KERNELS_OWN: [&str; 7] =
    ["secondary", "temporary", "dadfailed", "deprecated", "tentative", "permanent", "stable-privacy"];
const IPV6_ONLY: [&str; 4] = ["nodad", "optimistic", "home", "mngtmpaddr"];

impl Value for FlagWord {
    type Out = u32;
    fn meta(&self) -> Cow<'static, str> {
        "".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<u32, Diag> {
        let name = self.0;
        if KERNELS_OWN.contains(&name) {
            print_stderr(&format!("Warning: {name} option is not mutable from userspace\n"));
            return Ok(0);
        }
        if IPV6_ONLY.contains(&name) && w.family != INET6 {
            print_stderr(&format!("Warning: {name} option can be set only for IPv6 addresses\n"));
            return Ok(0);
        }
        Ok(FLAGS.iter().find(|(n, _)| *n == name).map_or(0, |(_, bits)| *bits))
    }
    /// Has no value; and a line that is only completed gets no warning.
    fn walk(&self, _w: &mut crate::grammar::Walk<'_, '_>) {}
}

/// An address protocol: a name of rt_addrprotos, or a number.
struct Protocol;

impl Value for Protocol {
    type Out = u8;
    fn meta(&self) -> Cow<'static, str> {
        "PROTO".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<u8, Diag> {
        let arg = w.next()?;
        let number = w.names.number(Table::AddressProtocols, arg.bytes);
        number
            .or_else(|| U32::parse(arg.bytes))
            .and_then(|v| u8::try_from(v).ok())
            .ok_or_else(|| arg.wrong("\"proto\" value is invalid\n"))
    }
    fn offer(&self, w: &Words<'_>) -> Vec<Offer> {
        w.names.names(Table::AddressProtocols)
    }
}

/// Runs `address add`.
///
/// # Errors
///
/// A wrong word; EEXIST if the address exists, or another refusal of the kernel.
pub fn add(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    modify(s, w, NLM_F_CREATE | NLM_F_EXCL)
}

/// Runs `address change`.
///
/// # Errors
///
/// A wrong word; ENODEV or EADDRNOTAVAIL if the device or address does not exist, or another refusal of the kernel.
pub fn change(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    modify(s, w, NLM_F_REPLACE)
}

/// Runs `address replace`.
///
/// # Errors
///
/// A wrong word, or a refusal of the kernel.
pub fn replace(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    modify(s, w, NLM_F_CREATE | NLM_F_REPLACE)
}

fn modify(s: &Session, w: &mut Words<'_>, flags: u16) -> Result<u8, Diag> {
    let d = parse(s, w, false)?;
    send(s, &Request::of(RouteNetlinkMessage::NewAddress(d.msg), flags, d.trail))
}

/// Runs `address delete`.
///
/// # Errors
///
/// A wrong word; EADDRNOTAVAIL if the address does not exist, or another refusal of the kernel.
pub fn delete(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let d = parse(s, w, true)?;
    send(s, &Request::of(RouteNetlinkMessage::DelAddress(d.msg), 0, d.trail))
}

fn send(s: &Session, request: &Request) -> Result<u8, Diag> {
    let result = if s.options.echo { echo(s, request) } else { s.kernel()?.change(request) };
    result.map(|()| 0).map_err(|e| e.explain(request))
}

/// Parses a line and completes the message.
fn parse(s: &Session, w: &mut Words<'_>, deleting: bool) -> Result<Builder, Diag> {
    let mut d = Builder { deleting, ..Builder::default() };
    ADDRESS.parse(&mut d, w)?;
    let Some((dev, at)) = d.dev.take() else {
        return Err(Diag::fail("Not enough information: \"dev\" argument is required.").at(Span::word(w.at())));
    };
    finish(&mut d, w)?;
    let arg = Arg { bytes: &dev, at };
    d.msg.header.index = s.link(&dev)?.ok_or_else(|| Absent::CannotFind.say(&arg))?;
    lifetimes(&mut d)?;
    let local = |a: &AddressAttribute| matches!(a, AddressAttribute::Local(ip) if ip.is_multicast());
    if d.flags & IFA_F_MCAUTOJOIN != 0 && !d.msg.attributes.iter().any(local) {
        return Err(Diag::fail("autojoin needs multicast address"));
    }
    Ok(d)
}

/// Fills in addresses, prefix length, broadcast, scope, flags and lifetimes from the words.
fn finish(d: &mut Builder, w: &Words<'_>) -> Result<(), Diag> {
    let family = w.family;
    let local = d.local.take();
    let peer = d.peer.take();
    d.msg.header.family = family.into();
    let local_ip = local.as_ref().and_then(|(p, _)| p.ip());
    // As iproute2 sends them: `any` is an address without bytes, and a peer `any` is omitted; `default` is the
    // unspecified address of a known family.
    let empty = |kind| AddressAttribute::Other(DefaultNla::new(kind, Vec::new()));
    // An MPLS label is sent unchanged; the kernel refuses it.
    let label = |kind, p: &Prefix| {
        let bytes = p.addr.as_ref().filter(|_| family == MPLS).map(Addr::bytes)?;
        Some(AddressAttribute::Other(DefaultNla::new(kind, bytes)))
    };
    if let Some((p, span)) = &local {
        let other = || label(IFA_LOCAL, p).unwrap_or_else(|| empty(IFA_LOCAL));
        d.at(there(p).map_or_else(other, AddressAttribute::Local), *span);
    }
    if let Some((_, span)) = peer.as_ref().filter(|(p, _)| there(p).is_none()) {
        d.at(empty(IFA_ADDRESS), *span);
    }
    let peer = peer.filter(|(p, _)| there(p).is_some());
    let own = local.as_ref().map(|(p, _)| p.len);
    let mut length = peer.as_ref().map(|(p, _)| p.len).filter(|len| *len != 0).or(own);
    match (&peer, &local) {
        (Some((p, span)), _) => {
            if let Some(ip) = there(p) {
                d.at(AddressAttribute::Address(ip), *span);
            }
        }
        (None, Some((p, span))) => {
            if d.deleting && p.family == INET && !p.given {
                let typed = w.line().get(span.to.saturating_sub(1)).map(|word| crate::output::escape::shown(word));
                let ip = typed.unwrap_or_default();
                print_stderr(&format!(
                    "Warning: Executing wildcard deletion to stay compatible with old scripts.\n         \
                     Explicitly specify the prefix length ({ip}/32) to avoid this warning.\n         \
                     This special behaviour is likely to disappear in further releases,\n         \
                     fix your scripts!\n"
                ));
            } else if let Some(address) = there(p).map(AddressAttribute::Address).or_else(|| label(IFA_ADDRESS, p)) {
                d.at(address, *span);
            }
        }
        (None, None) => length = None,
    }
    d.msg.header.prefix_len = length.unwrap_or(0);
    broadcast(d, peer.as_ref().or(local.as_ref()).map(|(p, _)| p), family)?;
    if !d.deleting {
        let default = if local_ip.is_some_and(|ip| ip.is_loopback() && ip.is_ipv4()) { 254 } else { 0 };
        d.msg.header.scope = AddressScope::from(d.scope.unwrap_or(default));
    } else if let Some(scope) = d.scope {
        d.msg.header.scope = AddressScope::from(scope);
    }
    match u8::try_from(d.flags) {
        Ok(bits) => d.msg.header.flags = AddressHeaderFlags::from_bits_retain(bits),
        Err(_) => d.put(AddressAttribute::Flags(AddressFlags::from_bits_retain(d.flags))),
    }
    Ok(())
}

/// The address of a prefix, unless it is `any`.
fn there(p: &Prefix) -> Option<IpAddr> {
    p.ip().or_else(|| p.zeros())
}

fn broadcast(d: &mut Builder, prefix: Option<&Prefix>, family: u8) -> Result<(), Diag> {
    let Some((wanted, span)) = d.broadcast.take() else { return Ok(()) };
    let given = match wanted {
        Broadcast::Given(address) => Some(address),
        // For a deletion, iproute2 derives none from the prefix.
        _ if d.deleting => None,
        _ if family != INET => {
            return Err(Diag::fail("Broadcast can be set only for IPv4 addresses").at(span));
        }
        sign => prefix.filter(|p| p.len <= 30).and_then(|p| match there(p) {
            Some(IpAddr::V4(ip)) => {
                let host = u32::MAX.checked_shr(p.len.into()).unwrap_or(0);
                let bits = u32::from(ip);
                let bits = if matches!(sign, Broadcast::Ones) { bits | host } else { bits & !host };
                Some(Addr::Ip(IpAddr::V4(bits.into())))
            }
            _ => None,
        }),
    };
    match given {
        Some(Addr::Ip(IpAddr::V4(ip))) => d.at(AddressAttribute::Broadcast(ip), span),
        Some(address) => d.at(AddressAttribute::Other(DefaultNla::new(IFA_BROADCAST, address.bytes())), span),
        None => {}
    }
    Ok(())
}

fn lifetimes(d: &mut Builder) -> Result<(), Diag> {
    if d.valid.is_none() && d.preferred.is_none() {
        return Ok(());
    }
    if let Some((0, at)) = d.valid {
        return Err(Diag::fail("valid_lft is zero").at(at));
    }
    let mut info = CacheInfo::default();
    info.ifa_valid = d.valid.map_or(INFINITY_LIFE_TIME, |(v, _)| v);
    info.ifa_preferred = d.preferred.map_or(INFINITY_LIFE_TIME, |(v, _)| v);
    if info.ifa_preferred > info.ifa_valid {
        let e = Diag::fail("preferred_lft is greater than valid_lft");
        let e = match d.preferred {
            None => e.hint("preferred_lft is forever unless given"),
            Some(_) => e,
        };
        return Err(d.preferred.into_iter().chain(d.valid).fold(e, |e, (_, at)| e.at(at)));
    }
    d.put(AddressAttribute::CacheInfo(info));
    Ok(())
}

/// `-echo`: prints the addresses that the kernel echoes: the new one, or each deleted one.
fn echo(s: &Session, request: &Request) -> Result<(), KernelError> {
    crate::command::echo::echo(s, request, &mut |p, m| {
        let Some(a) = super::view::Address::parse(m.body) else { return };
        p.object(None);
        if m.kind == RTM_DELADDR {
            p.flag("deleted", "Deleted ");
        }
        if s.options.brief {
            super::view::ends(s, p, &a);
            p.end_line();
        } else {
            super::view::describe(s, p, &a, true);
        }
        p.close();
    })
}
