//! The words of a FOU port.

use super::*;
use crate::command::usage;
use crate::diag::{Lost, Span};
use crate::grammar::address::{Addr, take_addr};
use crate::grammar::number::{Term, U16, bounds, unsigned};
use crate::grammar::value::{Flag, Word, is_name};
use crate::grammar::{Arg, Fallback, Grammar, Offer, Row, Target, Value};
use crate::net::{Request, Trail};
use crate::nss::protocols;
use crate::rows;
use std::borrow::Cow;

/// A port that is being parsed.
#[derive(Default)]
pub struct Port {
    /// The address family, AF_*; 0 while no word has set it.
    pub family: u8,
    port: Option<u16>,
    protocol: Option<u8>,
    gue: bool,
    /// Addresses, parsed once the family is known, with their positions.
    local: Option<(Vec<u8>, usize)>,
    peer: Option<(Vec<u8>, usize)>,
    peer_port: Option<u16>,
    dev: Option<u32>,
    trail: Trail,
}

impl Target for Port {
    fn set_span(&mut self, span: Span) {
        self.trail.close(span);
    }
}

static ROWS: &[Row<Port>] = rows!(Port;
    "port~" => Term("PORT", Number("invalid port")), "UDP port to receive on", |f, v| {
        f.port = Some(v);
        f.trail.note(&[FOU_ATTR_PORT]);
    };
    "ipproto~" => Term("PROTO", Protocol), "protocol of the inner packets (without gue)", |f, v| {
        f.protocol = Some(v);
        f.trail.note(&[FOU_ATTR_IPPROTO]);
    };
    "gue~" => Flag, "expect a GUE header, which names the inner protocol", |f, ()| {
        f.gue = true;
        f.trail.note(&[FOU_ATTR_TYPE]);
    };
    "-6" => Flag, "receive over IPv6", |f, ()| f.family = INET6;
    "local~" => Term("IFADDR", Word("ADDRESS")), "only packets to this address", |f, v| {
        f.local = Some(v);
        f.trail.note(&[FOU_ATTR_LOCAL_V4]);
    };
    "peer~" => Term("IFADDR", Word("ADDRESS")), "only packets from this address (with peer_port)", |f, v| {
        f.peer = Some(v);
        f.trail.note(&[FOU_ATTR_PEER_V4]);
    };
    "peer_port~" => Term("PORT", Number("invalid peer port")), "UDP port of the peer (with peer)", |f, v| {
        f.peer_port = Some(v);
        f.trail.note(&[FOU_ATTR_PEER_PORT]);
    };
    "dev~" => Term("IFNAME", Device), "only packets that arrive on this device", |f, v| {
        f.dev = Some(v);
        f.trail.note(&[FOU_ATTR_IFINDEX]);
    };
);

/// The words of a port.
pub static FOU: Grammar<Port> = Grammar { title: "FOU", rows: &[ROWS], fallback: Fallback::Unknown(unknown) };

fn unknown(arg: &Arg<'_>) -> Diag {
    let usage = usage::object(&OBJECT, &|_| None, &|_| true);
    Diag::usage(format!("fou: unknown command \"{}\"?", arg.shown())).at(arg.span()).line(usage.trim_end())
}

/// A UDP port; the text is the error for anything else.
struct Number(&'static str);

impl Value for Number {
    type Out = u16;
    fn meta(&self) -> Cow<'static, str> {
        "{ 1..65535 }".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<u16, Diag> {
        let arg = w.next()?;
        let wrong = || bounds(arg.wrong(self.0), arg.bytes, 1, u16::MAX);
        U16::parse(arg.bytes).filter(|port| *port != 0).ok_or_else(wrong)
    }
    fn offer(&self, _w: &Words<'_>) -> Vec<Offer> {
        Vec::new()
    }
}

/// A non-zero IP protocol.
struct Protocol;

impl Value for Protocol {
    type Out = u8;
    fn meta(&self) -> Cow<'static, str> {
        "PROTOCOL".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<u8, Diag> {
        let arg = w.next()?;
        let number = || u8::try_from(unsigned(arg.bytes, 0)?).ok();
        let found = arg.str().and_then(protocols::number).or_else(number).filter(|v| *v != 0);
        found.ok_or_else(|| bounds(arg.wrong("invalid ipproto"), arg.bytes, 1, u8::MAX))
    }
    fn offer(&self, _w: &Words<'_>) -> Vec<Offer> {
        protocols::names().filter(|(_, v)| *v != 0).map(|(n, v)| Offer::new(n, v.to_string())).collect()
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
            return Err(Diag::fail("fou: invalid device name").at(arg.span()));
        }
        let absent = || Diag::fail("fou: unknown device name").at(arg.span()).lost(Lost::Device(arg.bytes.to_vec()));
        w.names.link(arg.bytes)?.ok_or_else(absent)
    }
    fn offer(&self, w: &Words<'_>) -> Vec<Offer> {
        w.names.links()
    }
}

/// The bytes of an address of the family; empty for `any` and `all`.
fn address(word: &(Vec<u8>, usize), family: u8, w: &Words<'_>) -> Result<Vec<u8>, Diag> {
    if matches!(word.0.as_slice(), b"any" | b"all") {
        return Ok(Vec::new());
    }
    take_addr(&mut Words::new(w.line(), word.1, w.names), family).map(|addr: Addr| addr.bytes())
}

impl Port {
    /// Checks the words and adds them to a request.
    ///
    /// # Errors
    ///
    /// `port`, or (when adding) both `ipproto` and `gue`, is missing; both of these are given; `peer` comes without
    /// `peer_port` or the reverse; or an address is not of the family.
    pub fn fill(&mut self, request: &mut Request, w: &Words<'_>, adding: bool) -> Result<(), Diag> {
        let incomplete = |what: &str| Err(Diag::usage(format!("fou: {what}")).at(Span::word(w.at())));
        let Some(port) = self.port else { return incomplete("missing port") };
        match (self.protocol, self.gue) {
            (None, false) if adding => return incomplete("must set ipproto or gue"),
            (Some(_), true) => return incomplete("cannot set ipproto and gue"),
            _ => {}
        }
        if self.peer.is_some() != self.peer_port.is_some() {
            return incomplete("both peer and peer port must be set");
        }
        self.family = if self.family == 0 { INET } else { self.family };
        request.put(FOU_ATTR_PORT, &port.to_be_bytes());
        request.put(FOU_ATTR_TYPE, &[if self.gue { GUE } else { DIRECT }]);
        request.put(FOU_ATTR_AF, &[self.family]);
        if let Some(protocol) = self.protocol {
            request.put(FOU_ATTR_IPPROTO, &[protocol]);
        }
        let attr = |four, six| if self.family == INET { four } else { six };
        if let Some(word) = &self.local {
            request.put(attr(FOU_ATTR_LOCAL_V4, FOU_ATTR_LOCAL_V6), &address(word, self.family, w)?);
        }
        if let Some(word) = &self.peer {
            request.put(attr(FOU_ATTR_PEER_V4, FOU_ATTR_PEER_V6), &address(word, self.family, w)?);
        }
        if let Some(port) = self.peer_port {
            request.put(FOU_ATTR_PEER_PORT, &port.to_be_bytes());
        }
        if let Some(index) = self.dev {
            request.put(FOU_ATTR_IFINDEX, &index.to_ne_bytes());
        }
        request.trail = std::mem::take(&mut self.trail);
        Ok(())
    }

    /// The command line words of a port.
    pub fn words(&self, s: &Session) -> String {
        let shown = crate::output::escape::shown;
        let mut out = format!("port {}", self.port.unwrap_or_default());
        let mut word = |text: String| {
            out.push(' ');
            out.push_str(&text);
        };
        if let Some(protocol) = self.protocol {
            word(format!("ipproto {protocol}"));
        }
        if self.gue {
            word("gue".into());
        }
        if self.family == INET6 {
            word("-6".into());
        }
        for (key, value) in [("local", &self.local), ("peer", &self.peer)] {
            if let Some((address, _)) = value {
                word(format!("{key} {}", shown(address)));
            }
        }
        if let Some(port) = self.peer_port {
            word(format!("peer_port {port}"));
        }
        if let Some(index) = self.dev {
            word(format!("dev {}", shown(&s.link_name(index))));
        }
        out
    }
}
