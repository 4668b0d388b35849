//! SELECTOR: the traffic that a policy or a state applies to. Addresses, a device, and one UPSPEC: the upper-layer
//! protocol with its ports, its type and code, or its key.

use super::id::{Endpoint, unlike};
use super::pack::{address_of, be16_of, family_of, ip_of, set, u8_of, u16_of, u32_of};
use crate::diag::{Diag, Span};
use crate::grammar::address::{INET, Prefix, UNSPEC, octets};
use crate::grammar::number::{Named, Term, U8, U16, U32};
use crate::grammar::value::is_name;
use crate::grammar::{Fallback, Grammar, Offer, Target, Value, Walk, Words};
use crate::nss::protocols;
use crate::output::Printer;
use crate::output::scalar::Scalar;
use crate::rows;
use crate::schema::xfrm::selector;
use crate::session::Session;
use nix::libc;
use std::borrow::Cow;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

const TCP: u8 = libc::IPPROTO_TCP as u8;
const UDP: u8 = libc::IPPROTO_UDP as u8;
const DCCP: u8 = libc::IPPROTO_DCCP as u8;
const SCTP: u8 = libc::IPPROTO_SCTP as u8;
const ICMP: u8 = libc::IPPROTO_ICMP as u8;
const ICMPV6: u8 = libc::IPPROTO_ICMPV6 as u8;
const MH: u8 = libc::IPPROTO_MH as u8;
const GRE: u8 = libc::IPPROTO_GRE as u8;

/// The error about a second UPSPEC.
pub type Again = fn(&str, Span) -> Diag;

/// `argument "X" is wrong: unknown`.
pub fn unknown(word: &str, at: Span) -> Diag {
    Diag::wrong(word, "unknown", at)
}

/// A selector, as far as given.
#[derive(Clone, Debug)]
pub struct Selector {
    /// The source.
    pub src: Option<Prefix>,
    /// The destination.
    pub dst: Option<Prefix>,
    /// The index of a device; 0 for any.
    pub dev: u32,
    /// The upper-layer protocol, its ports, type, code and key.
    pub upspec: Option<Upspec>,
    again: Again,
}

/// The upper-layer protocol, and the fields of its header that must match.
#[derive(Clone, Debug, Default)]
pub struct Upspec {
    /// IPPROTO_*; 0 for any.
    pub proto: u8,
    /// The protocol was given, possibly as any.
    named: bool,
    sport: Option<u16>,
    dport: Option<u16>,
    kind: Option<u8>,
    code: Option<u8>,
    key: Option<u32>,
}

impl Default for Selector {
    fn default() -> Selector {
        Selector { src: None, dst: None, dev: 0, upspec: None, again: unknown }
    }
}

impl Target for Selector {
    fn repeated(&self, names: &[&'static str], w: &Words<'_>) -> Option<Diag> {
        let begins = names.first().is_some_and(|name| UPSPEC.find(name.as_bytes()).is_some());
        let at = Span::word(w.at().saturating_sub(1));
        let word = w.line().get(at.from)?;
        (begins && self.upspec.is_some()).then(|| (self.again)(&crate::output::escape::shown(word), at))
    }
}

impl Target for Upspec {}

/// The words of a selector, in any order.
pub static SELECTOR: Grammar<Selector> = Grammar {
    title: "SELECTOR",
    rows: &[
        rows!(Selector;
            "src" => Net("src"), "source prefix", |s, v| s.src = Some(v);
            "dst" => Net("dst"), "destination prefix", |s, v| s.dst = Some(v);
            "dev" => Term("DEV", Device), "device, or none for any", |s, v| s.dev = v;
        ),
        rows!(Selector;
            "proto" => UpspecWord(UpperProtocol), "upper-layer protocol, or any", |s, v| s.upspec = Some(v);
            "sport" => UpspecWord(Named("PORT", U16(""))), "source port of TCP, UDP, SCTP or DCCP; 0 for any", |s, v| {
                s.upspec = Some(v);
            };
            "dport" => UpspecWord(Named("PORT", U16(""))), "destination port; 0 for any", |s, v| s.upspec = Some(v);
            "type" => UpspecWord(Named("NUMBER", U8(""))), "type of ICMP, ICMPv6 or Mobile IPv6 messages", |s, v| {
                s.upspec = Some(v);
            };
            "code" => UpspecWord(Named("NUMBER", U8(""))), "code of ICMP or ICMPv6 messages", |s, v| s.upspec = Some(v);
            "key" => UpspecWord(GreKey), "GRE key, a number or four numbers with dots", |s, v| s.upspec = Some(v);
        ),
    ],
    fallback: Fallback::Stop,
};

static UPSPEC: Grammar<Upspec> = Grammar {
    title: "UPSPEC",
    rows: &[rows!(Upspec;
        "proto" => UpperProtocol, "upper-layer protocol, or any", |u, v| {
            u.proto = v;
            u.named = true;
        };
        "sport" => Named("PORT", U16("value after \"sport\" is invalid")), "source port", |u, v| u.sport = Some(v);
        "dport" => Named("PORT", U16("value after \"dport\" is invalid")), "destination port", |u, v| u.dport = Some(v);
        "type" => U8("value after \"type\" is invalid"), "type", |u, v| u.kind = Some(v);
        "code" => U8("value after \"code\" is invalid"), "code", |u, v| u.code = Some(v);
        "key" => GreKey, "GRE key", |u, v| u.key = Some(v);
    )],
    fallback: Fallback::Stop,
};

/// A prefix of either family; holds the keyword, for errors.
pub struct Net(pub &'static str);

impl Value for Net {
    type Out = Prefix;
    fn meta(&self) -> Cow<'static, str> {
        "PREFIX".into()
    }
    fn term(&self) -> Cow<'static, str> {
        "ADDR[/PLEN]".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Prefix, Diag> {
        Endpoint(self.0).take(w)
    }
}

/// A device, or `none`.
pub struct Device;

impl Value for Device {
    type Out = u32;
    fn meta(&self) -> Cow<'static, str> {
        "DEV".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<u32, Diag> {
        let arg = w.next()?;
        if arg.is("none") {
            return Ok(0);
        }
        let wrong = || arg.wrong("DEV value is invalid");
        if !is_name(arg.bytes) {
            return Err(wrong());
        }
        w.names.link(arg.bytes)?.ok_or_else(|| wrong().lost(crate::diag::Lost::Device(arg.bytes.to_vec())))
    }
    fn offer(&self, w: &Words<'_>) -> Vec<Offer> {
        w.names.links()
    }
}

/// An upper-layer protocol by name or number, or any.
pub struct UpperProtocol;

impl Value for UpperProtocol {
    type Out = u8;
    fn meta(&self) -> Cow<'static, str> {
        "PROTO".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<u8, Diag> {
        let arg = w.next()?;
        if arg.is("any") {
            return Ok(0);
        }
        let named = arg.str().and_then(protocols::number);
        named.or_else(|| U8::parse(arg.bytes)).ok_or_else(|| arg.wrong("PROTO value is invalid"))
    }
    fn offer(&self, _w: &Words<'_>) -> Vec<Offer> {
        protocols::names().map(|(n, v)| Offer::new(n, v.to_string())).collect()
    }
}

/// A GRE key: a number, or four numbers with dots.
pub struct GreKey;

impl Value for GreKey {
    type Out = u32;
    fn meta(&self) -> Cow<'static, str> {
        "KEY".into()
    }
    fn term(&self) -> Cow<'static, str> {
        "{ DOTTED-QUAD | NUMBER }".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<u32, Diag> {
        let arg = w.next()?;
        if arg.bytes.contains(&b'.') {
            return octets(&arg).map(u32::from_be_bytes);
        }
        U32::parse(arg.bytes).ok_or_else(|| Diag::usage("value after \"key\" is invalid").at(arg.span()))
    }
}

/// An UPSPEC that begins with the keyword before the cursor. Holds the value of that keyword.
struct UpspecWord<V>(V);

impl<V: Value> Value for UpspecWord<V> {
    type Out = Upspec;
    fn meta(&self) -> Cow<'static, str> {
        self.0.meta()
    }
    fn term(&self) -> Cow<'static, str> {
        self.0.term()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Upspec, Diag> {
        w.back();
        let from = w.at();
        let mut u = Upspec::default();
        UPSPEC.parse(&mut u, w)?;
        u.check().map_err(|d| d.at(Span { from, to: w.at() }))?;
        Ok(u)
    }
    fn offer(&self, w: &Words<'_>) -> Vec<Offer> {
        self.0.offer(w)
    }
    fn walk(&self, w: &mut Walk<'_, '_>) {
        w.words.back();
        crate::command::Table::walk(&UPSPEC, w);
    }
}

impl Upspec {
    fn check(&self) -> Result<(), Diag> {
        let wrong = |what: &str, are: &str| {
            let name = upper_name(self.proto);
            Err(Diag::fail(format!("{what} {are} invalid with PROTO value \"{name}\"")))
        };
        let ports = self.sport.is_some() || self.dport.is_some();
        match self.proto {
            TCP | UDP | SCTP | DCCP | 0 => {}
            _ if ports => return wrong("\"sport\" and \"dport\"", "are"),
            _ => {}
        }
        if (self.kind.is_some() || self.code.is_some()) && !matches!(self.proto, ICMP | ICMPV6 | MH) {
            return wrong("\"type\" and \"code\"", "are");
        }
        if self.key.is_some() && self.proto != GRE {
            return wrong("\"key\"", "is");
        }
        Ok(())
    }

    /// The source port with its mask, then the destination port.
    fn ports(&self) -> [Option<u16>; 2] {
        if let Some([a, b, c, d]) = self.key.map(u32::to_be_bytes) {
            return [Some(u16::from_be_bytes([a, b])), Some(u16::from_be_bytes([c, d]))];
        }
        if self.kind.is_some() || self.code.is_some() {
            return [self.kind.map(u16::from), self.code.map(u16::from)];
        }
        [self.sport.filter(|v| *v != 0), self.dport.filter(|v| *v != 0)]
    }
}

impl Upspec {
    /// Whether struct xfrm_selector has the given values; values not given match any.
    fn matches(&self, b: &[u8]) -> bool {
        let [sport, dport] = match (self.key, self.kind.is_some() || self.code.is_some()) {
            (Some(_), _) => self.ports(),
            (None, true) => [self.kind.map(u16::from), self.code.map(u16::from)],
            // Port 0 means any port.
            (None, false) => [self.sport, self.dport],
        };
        (!self.named || self.proto == u8_of(b, selector::PROTO))
            && sport.is_none_or(|v| v == be16_of(b, selector::SPORT))
            && dport.is_none_or(|v| v == be16_of(b, selector::DPORT))
    }
}

impl Selector {
    /// Whether it matches a struct xfrm_selector: its prefixes contain the addresses, and the other words that were
    /// given are equal.
    pub fn matches(&self, b: &[u8]) -> bool {
        let family = family_of(b, selector::FAMILY);
        let within = |p: &Option<Prefix>, at| match p {
            Some(p) if p.family == family => match (p.network(), ip_of(b, at, family)) {
                (Some(net), Some(ip)) => net.contains(ip),
                _ => p.len == 0,
            },
            Some(_) => false,
            None => true,
        };
        within(&self.src, selector::SADDR)
            && within(&self.dst, selector::DADDR)
            && (self.dev == 0 || self.dev == u32_of(b, selector::IFINDEX))
            && self.upspec.as_ref().is_none_or(|u| u.matches(b))
    }

    /// Parses a selector, up to the first word that is not part of one. `again` is the error about a second UPSPEC.
    ///
    /// # Errors
    ///
    /// A wrong word, or words that exclude each other.
    pub fn take(w: &mut Words<'_>, again: Again) -> Result<Selector, Diag> {
        let mut s = Selector { again, ..Selector::default() };
        SELECTOR.parse(&mut s, w)?;
        match (&s.src, &s.dst) {
            (Some(src), Some(dst)) if src.family != dst.family => Err(unlike(w)),
            _ => Ok(s),
        }
    }

    /// The address family of its addresses, AF_*; UNSPEC without any.
    pub fn family(&self) -> u8 {
        self.src.as_ref().or(self.dst.as_ref()).map_or(UNSPEC, |p| p.family)
    }

    /// The selector as struct xfrm_selector. `family` is used for a selector without addresses.
    pub fn bytes(&self, family: u8) -> [u8; selector::SIZE] {
        let mut out = [0; selector::SIZE];
        let family = if self.family() == UNSPEC { family } else { self.family() };
        set(&mut out, selector::DADDR, &address_of(&self.dst));
        set(&mut out, selector::SADDR, &address_of(&self.src));
        set(&mut out, selector::FAMILY, &u16::from(family).to_ne_bytes());
        set(&mut out, selector::PREFIXLEN_D, &[self.dst.as_ref().map_or(0, |p| p.len)]);
        set(&mut out, selector::PREFIXLEN_S, &[self.src.as_ref().map_or(0, |p| p.len)]);
        set(&mut out, selector::IFINDEX, &self.dev.to_ne_bytes());
        if let Some(u) = &self.upspec {
            set(&mut out, selector::PROTO, &[u.proto]);
            let places = [(selector::SPORT, selector::SPORT_MASK), (selector::DPORT, selector::DPORT_MASK)];
            for ((value, mask), port) in places.into_iter().zip(u.ports()) {
                if let Some(port) = port {
                    set(&mut out, value, &port.to_be_bytes());
                    set(&mut out, mask, &[0xff, 0xff]);
                }
            }
        }
        out
    }
}

/// The name of an upper-layer protocol, or its number.
pub fn upper_name(proto: u8) -> String {
    protocols::name(proto).map_or_else(|| proto.to_string(), String::from)
}

/// An address that is always printed with its prefix length.
struct Range(Option<IpAddr>, u8);

impl Scalar for Range {
    fn text(&self, out: &mut Vec<u8>) {
        if let Some(ip) = self.0 {
            ip.text(out);
        }
        out.push(b'/');
        self.1.text(out);
    }
    fn json(&self, out: &mut Vec<u8>) {
        out.push(b'"');
        self.text(out);
        out.push(b'"');
    }
}

/// Describes struct xfrm_selector. `family` is used for one without a family. JSON members go to the open object.
pub fn describe(s: &Session, p: &mut Printer<'_>, b: &[u8], family: u8) {
    let family = match family_of(b, selector::FAMILY) {
        UNSPEC => family,
        own => own,
    };
    let zeros = if family == INET { Ipv4Addr::UNSPECIFIED.into() } else { IpAddr::from(Ipv6Addr::UNSPECIFIED) };
    let (src, dst) = (ip_of(b, selector::SADDR, family), ip_of(b, selector::DADDR, family));
    let (src_len, dst_len) = (u8_of(b, selector::PREFIXLEN_S), u8_of(b, selector::PREFIXLEN_D));
    if p.is_json() {
        p.hidden("src", src.unwrap_or(zeros));
        p.hidden("src_len", src_len);
        p.hidden("dst", dst.unwrap_or(zeros));
        p.hidden("dst_len", dst_len);
    }
    p.text_item("src {} ", Range(src, src_len));
    p.text_item("dst {} ", Range(dst, dst_len));
    let proto = u8_of(b, selector::PROTO);
    if proto != 0 {
        p.item("proto", "proto {} ", upper_name(proto));
    }
    ports(s, p, b, proto);
    let dev = u32_of(b, selector::IFINDEX);
    if dev != 0 {
        s.with_link_name(dev, |name| p.item("dev", "dev {} ", name));
    }
    let user = u32_of(b, selector::USER);
    if p.is_json() || s.options.stats > 0 {
        p.item("uid", "uid {}", user);
    }
}

/// Describes the upper-layer fields that must match: those with a mask.
fn ports(s: &Session, p: &mut Printer<'_>, b: &[u8], proto: u8) {
    let sport = Some(be16_of(b, selector::SPORT)).filter(|_| u16_of(b, selector::SPORT_MASK) != 0);
    let dport = Some(be16_of(b, selector::DPORT)).filter(|_| u16_of(b, selector::DPORT_MASK) != 0);
    let names = match proto {
        ICMP | ICMPV6 => [("type", "type {} "), ("code", "code {} ")],
        MH => [("type", "type {} "), ("", "")],
        GRE => {
            if sport.is_some() || dport.is_some() {
                let key = u32::from(sport.unwrap_or(0)) << 16 | u32::from(dport.unwrap_or(0));
                p.item("key", "key {} ", key);
            }
            return;
        }
        _ => [("sport", "sport {} "), ("dport", "dport {} ")],
    };
    for ((key, form), value) in names.into_iter().zip([sport, dport]) {
        match value {
            Some(v) if !key.is_empty() => p.item(key, form, v),
            // A value that has no meaning in this protocol.
            Some(v) => {
                p.hidden("code", v);
                if s.options.stats > 0 {
                    // iproute2 prints the number in network byte order.
                    p.text_item("(dport) 0x{} ", format_args!("{:04x}", u16_of(b, selector::DPORT)));
                }
            }
            None => {}
        }
    }
}

/// A selector that begins with the keyword before the cursor and ends before the first word that is not part of one.
/// Holds the value of that keyword, and the error about a second UPSPEC.
pub struct SelectorWord<V>(pub V, pub Again);

impl<V: Value> Value for SelectorWord<V> {
    type Out = Selector;
    fn meta(&self) -> Cow<'static, str> {
        self.0.meta()
    }
    fn term(&self) -> Cow<'static, str> {
        self.0.term()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Selector, Diag> {
        w.back();
        Selector::take(w, self.1)
    }
    fn offer(&self, w: &Words<'_>) -> Vec<Offer> {
        self.0.offer(w)
    }
    fn walk(&self, w: &mut Walk<'_, '_>) {
        w.words.back();
        crate::command::Table::walk(&SELECTOR, w);
    }
}

/// A grammar's target whose words include a selector.
pub trait HasSelector: Target {
    /// The selector, once parsed.
    fn selector(&mut self) -> &mut Option<Selector>;
}

/// The rows of a selector, for a grammar that includes one; `$again` is the error about a second one.
#[macro_export]
macro_rules! selector_rows {
    ($T:ty, $again:expr) => {
        $crate::rows!($T;
            "src" => SelectorWord(Net("src"), $again), "source prefix", |t, v| *t.selector() = Some(v);
            "dst" => SelectorWord(Net("dst"), $again), "destination prefix", |t, v| *t.selector() = Some(v);
            "dev" => SelectorWord(Device, $again), "device, or none for any", |t, v| *t.selector() = Some(v);
            "proto" => SelectorWord(UpperProtocol, $again), "upper-layer protocol, or any", |t, v| *t.selector() = Some(v);
            "sport" => SelectorWord(Named("PORT", U16("")), $again),
                "source port of TCP, UDP, SCTP or DCCP; 0 for any", |t, v| *t.selector() = Some(v);
            "dport" => SelectorWord(Named("PORT", U16("")), $again), "destination port; 0 for any",
                |t, v| *t.selector() = Some(v);
            "type" => SelectorWord(Named("NUMBER", U16("")), $again), "type of ICMP, ICMPv6 or Mobile IPv6 messages",
                |t, v| *t.selector() = Some(v);
            "code" => SelectorWord(Named("NUMBER", U16("")), $again), "code of ICMP or ICMPv6 messages",
                |t, v| *t.selector() = Some(v);
            "key" => SelectorWord(GreKey, $again), "GRE key, a number or four numbers with dots",
                |t, v| *t.selector() = Some(v);
        )
    };
}

/// The error about a second selector after other words.
pub fn selector_again(sel: &Option<Selector>, again: Again, names: &[&'static str], w: &Words<'_>) -> Option<Diag> {
    let first = names.first().copied().unwrap_or_default();
    let before = w.at().saturating_sub(1);
    let arg = w.line().get(before)?;
    let known = sel.is_some() && SELECTOR.find(first.as_bytes()).is_some();
    known.then(|| again(&crate::output::escape::shown(arg), Span::word(before)))
}
