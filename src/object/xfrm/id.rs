//! ID: the addresses, protocol and SPI that identify a state.

use super::names::{AH, COMP, ESP, HAO, PROTOCOLS, Protocol, ROUTE2};
use super::pack::{address_of, set};
use crate::diag::{Diag, Span, USAGE};
use crate::grammar::address::{INET, Prefix, UNSPEC, take_prefix};
use crate::grammar::number::{Named, U32};
use crate::grammar::{Fallback, Grammar, Target, Value, Walk, Words};
use crate::net::Trail;
use crate::rows;
use crate::schema::xfrm::{XFRMA_SRCADDR, usersa_id};
use std::borrow::Cow;
use std::net::IpAddr;

/// The words of an ID, as far as given.
#[derive(Clone, Debug, Default)]
pub struct Id {
    /// The source.
    pub src: Option<Prefix>,
    /// The destination.
    pub dst: Option<Prefix>,
    /// IPPROTO_*.
    pub proto: Option<u8>,
    /// The SPI.
    pub spi: Option<u32>,
    /// Which words led to which attribute.
    pub trail: Trail,
}

impl Target for Id {
    fn set_span(&mut self, span: Span) {
        self.trail.close(span);
    }
}

/// The words of an ID, in any order.
pub static ID: Grammar<Id> = Grammar {
    title: "ID",
    rows: &[rows!(Id;
        "src" => Endpoint("src"), "source address", |id, v| {
            id.src = Some(v);
            id.trail.note(&[XFRMA_SRCADDR]);
        };
        "dst" => Endpoint("dst"), "destination address", |id, v| id.dst = Some(v);
        "proto" => Protocol, "IPsec protocol", |id, v| id.proto = Some(v);
        "spi" => Named("SPI", U32("SPI value is invalid")), "security parameter index", |id, v| id.spi = Some(v);
    )],
    fallback: Fallback::Stop,
};

/// An address with an optional prefix length; holds the keyword, for errors.
pub struct Endpoint(pub &'static str);

impl Value for Endpoint {
    type Out = Prefix;
    fn meta(&self) -> Cow<'static, str> {
        "ADDRESS".into()
    }
    fn term(&self) -> Cow<'static, str> {
        "ADDR".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Prefix, Diag> {
        let arg = w.peek();
        let p = take_prefix(w, w.family)?;
        match arg {
            Some(arg) if p.family == UNSPEC => {
                Err(arg.wrong(&format!("value after \"{}\" has an unrecognized address family", self.0)))
            }
            _ => Ok(p),
        }
    }
}

/// An ID that begins with the keyword before the cursor and ends before the first word that is not part of one. Holds
/// the value of that keyword, and whether the protocol is optional.
pub struct IdWord<V>(pub V, pub bool);

impl<V: Value> Value for IdWord<V> {
    type Out = Id;
    fn meta(&self) -> Cow<'static, str> {
        self.0.meta()
    }
    fn term(&self) -> Cow<'static, str> {
        self.0.term()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Id, Diag> {
        w.back();
        Id::take(w, self.1)
    }
    fn offer(&self, w: &Words<'_>) -> Vec<crate::grammar::Offer> {
        self.0.offer(w)
    }
    fn walk(&self, w: &mut Walk<'_, '_>) {
        w.words.back();
        crate::command::Table::walk(&ID, w);
    }
}

/// A grammar's target whose words include an ID.
pub trait HasId: Target {
    /// The ID, once parsed.
    fn id(&mut self) -> &mut Option<Id>;
}

/// The rows of an ID, for a grammar that includes one. `true` for part: no protocol is required.
#[macro_export]
macro_rules! id_rows {
    ($T:ty, $part:literal) => {
        $crate::rows!($T;
            "src" => IdWord(Endpoint("src"), $part), "source address", |t, v| *t.id() = Some(v);
            "dst" => IdWord(Endpoint("dst"), $part), "destination address", |t, v| *t.id() = Some(v);
            "proto" => IdWord(Protocol, $part), "IPsec protocol", |t, v| *t.id() = Some(v);
            "spi" => IdWord(Named("SPI", U32("SPI value is invalid")), $part), "security parameter index",
                |t, v| *t.id() = Some(v);
        )
    };
}

/// The error about a second ID after other words.
pub fn again(id: &Option<Id>, names: &[&'static str], w: &Words<'_>) -> Option<Diag> {
    let first = names.first().copied().unwrap_or_default();
    let before = w.at().saturating_sub(1);
    let arg = w.line().get(before)?;
    let known = id.is_some() && ["src", "dst", "proto", "spi"].contains(&first);
    known.then(|| Diag::wrong(&crate::output::escape::shown(arg), "unknown", Span::word(before)))
}

impl Id {
    /// Parses an ID; `part`: the protocol is optional.
    ///
    /// # Errors
    ///
    /// A wrong word, or words that exclude each other.
    pub fn take(w: &mut Words<'_>, part: bool) -> Result<Id, Diag> {
        let from = w.at();
        let mut id = Id::default();
        ID.parse(&mut id, w)?;
        let span = Span { from, to: w.at() };
        if let (Some(src), Some(dst)) = (&id.src, &id.dst)
            && src.family != dst.family
        {
            return Err(unlike(w));
        }
        let name = id.proto.and_then(|v| PROTOCOLS.name(v)).unwrap_or_default();
        let refuse = |text: String| Err(Diag::fail(text).at(span));
        match id.proto {
            None if part => Ok(id),
            None => {
                Err(Diag::usage("Error: argument \"XFRM-PROTO\" is required").with_code(USAGE).at(Span::word(w.at())))
            }
            Some(ROUTE2 | HAO) if id.spi.is_some_and(|v| v != 0) => {
                refuse(format!("\"spi\" is invalid with XFRM-PROTO value \"{name}\""))
            }
            Some(COMP) if id.spi.is_some_and(|v| v >= 0x10000) => {
                refuse(format!("SPI value is too large with XFRM-PROTO value \"{name}\""))
            }
            Some(_) => Ok(id),
        }
    }

    /// The address family, AF_*: that of the addresses, or `preferred` (the options'), or IPv4.
    pub fn family(&self, preferred: u8) -> u8 {
        let known = self.src.as_ref().or(self.dst.as_ref()).map(|p| p.family);
        match known {
            Some(family) => family,
            None if preferred != UNSPEC => preferred,
            None => INET,
        }
    }

    /// struct xfrm_usersa_id.
    pub fn header(&self, preferred: u8) -> Vec<u8> {
        let mut out = vec![0; usersa_id::SIZE];
        set(&mut out, usersa_id::DADDR, &address_of(&self.dst));
        set(&mut out, usersa_id::SPI, &self.spi.unwrap_or(0).to_be_bytes());
        set(&mut out, usersa_id::FAMILY, &u16::from(self.family(preferred)).to_ne_bytes());
        set(&mut out, usersa_id::PROTO, &[self.proto.unwrap_or(0)]);
        out
    }

    /// The command line words of the ID.
    pub fn words(&self) -> String {
        let mut out = Vec::new();
        let ip = |p: &Option<Prefix>| p.as_ref().and_then(Prefix::ip);
        for (key, ip) in [("src", ip(&self.src)), ("dst", ip(&self.dst))] {
            out.extend(ip.map(|ip: IpAddr| format!("{key} {ip}")));
        }
        out.extend(self.proto.and_then(|v| PROTOCOLS.name(v)).map(|name| format!("proto {name}")));
        out.extend(self.spi.map(|spi| format!("spi 0x{spi:08x}")));
        out.join(" ")
    }

    /// Whether its protocol always has an SPI.
    pub fn has_spi(proto: u8) -> bool {
        matches!(proto, ESP | AH | COMP)
    }
}

/// The error about addresses of two families, at the last word.
pub fn unlike(w: &Words<'_>) -> Diag {
    let last = w.at().saturating_sub(1);
    let word = w.line().get(last).map_or(String::new(), |word| crate::output::escape::shown(word));
    let why = "the same address family is required between values after \"src\" and \"dst\"";
    Diag::wrong(&word, why, Span::word(last))
}
