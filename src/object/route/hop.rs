//! `nexthop ...`: a path of a multipath route: its words, and how it is printed.

use super::words::Via;
use crate::command::Table as _;
use crate::diag::{Diag, Span};
use crate::encap::{self, Encapsulation};
use crate::grammar::named::Realms;
use crate::grammar::number::{Term, U32, bounds};
use crate::grammar::value::{Flag, RequiredDev};
use crate::grammar::{Fallback, Grammar, Target, Value, Walk, Words};
use crate::net::Trail;
use crate::rows;
use crate::schema::*;
use netlink_packet_core::{DefaultNla, Nla as _};
use netlink_packet_route::route::{RouteAttribute, RouteNextHop, RouteNextHopFlags};
use std::borrow::Cow;

/// A path that is being parsed.
#[derive(Default)]
pub struct Hop {
    attributes: Vec<RouteAttribute>,
    flags: RouteNextHopFlags,
    weight: u8,
    dev: u32,
    trail: Trail,
}

impl Target for Hop {
    fn set_span(&mut self, span: Span) {
        self.trail.close(span);
    }
}

impl Hop {
    fn put(&mut self, attr: RouteAttribute) {
        self.trail.note(&[attr.kind()]);
        self.attributes.push(attr);
    }
}

/// The words after `nexthop`.
pub static HOP: Grammar<Hop> = Grammar {
    title: "NH",
    rows: &[rows!(Hop;
        "via" => Via, "gateway address", |h, v| h.put(v);
        "dev" => Term("STRING", HopDev), "the device", |h, v| {
            h.dev = v;
            h.trail.note(&[RTA_OIF]);
        };
        "weight" => Term("NUMBER", Weight), "weight, 1-256", |h, v| h.weight = v;
        "onlink" => Flag, "treat the gateway as directly connected", |h, ()| h.flags.insert(RouteNextHopFlags::Onlink);
        "realms~" => Term("REALM", Realms), "routing realms", |h, v| h.put(RouteAttribute::Other(DefaultNla::new(RTA_FLOW, v.to_ne_bytes().to_vec())));
        "encap" => Encapsulation, "lightweight tunnel encapsulation", |h, v| {
            h.trail.adopt(&[RTA_ENCAP], v.trail);
            h.trail.note(&[RTA_ENCAP_TYPE]);
            h.trail.note(&[RTA_ENCAP]);
            h.attributes.extend(encap::attributes(v.kind, v.bytes));
        };
        "as" => Term("ADDRESS", As), "new destination (MPLS labels)", |h, v| h.put(RouteAttribute::Other(DefaultNla::new(RTA_NEWDST, v)));
    )],
    fallback: Fallback::Stop,
};

/// A device; here a missing one is a usage error.
struct HopDev;

impl Value for HopDev {
    type Out = u32;
    fn meta(&self) -> Cow<'static, str> {
        "DEV".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<u32, Diag> {
        RequiredDev.take(w).map_err(
            |d| {
                if d.what_is_lost().is_empty() { d } else { d.line("Error: cannot parse nexthop") }
            },
        )
    }
    fn offer(&self, w: &Words<'_>) -> Vec<crate::grammar::Offer> {
        w.names.links()
    }
}

/// A weight of 1 to 256; rtnh_hops of the message holds one less.
struct Weight;

impl Value for Weight {
    type Out = u8;
    fn meta(&self) -> Cow<'static, str> {
        "NUMBER".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<u8, Diag> {
        let arg = w.next()?;
        U32::parse(arg.bytes)
            .and_then(|v| v.checked_sub(1))
            .and_then(|v| u8::try_from(v).ok())
            .ok_or_else(|| bounds(arg.wrong("\"weight\" is invalid\n"), arg.bytes, 1, 256))
    }
}

/// `[ to ] ADDRESS`
struct As;

impl Value for As {
    type Out = Vec<u8>;
    fn meta(&self) -> Cow<'static, str> {
        "[ to ] ADDRESS".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Vec<u8>, Diag> {
        w.take_if(&["to"]);
        crate::grammar::address::take_addr(w, w.family).map(|a| a.bytes())
    }
}

/// All paths, to the end of the line. The first `nexthop` has been consumed.
pub struct List;

impl Value for List {
    /// The error of a path, because errors before it are reported first.
    type Out = Result<(Vec<RouteNextHop>, Trail), Diag>;
    fn meta(&self) -> Cow<'static, str> {
        "NH ...".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Self::Out, Diag> {
        Ok(hops(w))
    }
    fn walk(&self, w: &mut Walk<'_, '_>) {
        loop {
            HOP.walk(w);
            match w.words.peek() {
                _ if w.done => return,
                Some(arg) => {
                    if !arg.is("nexthop") {
                        w.wrong.push(arg.wrong("not a keyword of nexthop"));
                    }
                    w.words.skip();
                }
                None => {
                    w.offers.push(crate::grammar::Offer::new("nexthop", "another path"));
                    w.done = true;
                    return;
                }
            }
        }
    }
}

fn hops(w: &mut Words<'_>) -> Result<(Vec<RouteNextHop>, Trail), Diag> {
    let mut list = Vec::new();
    let mut trail = Trail::default();
    loop {
        if w.is_empty() {
            return Err(Diag::usage("Error: unexpected end of line after \"nexthop\"").at(Span::word(w.at())));
        }
        let mut h = Hop::default();
        HOP.parse(&mut h, w)?;
        let mut hop = RouteNextHop::default();
        hop.attributes = h.attributes;
        hop.flags = h.flags;
        hop.hops = h.weight;
        hop.interface_index = h.dev;
        list.push(hop);
        trail.adopt(&[], h.trail);
        match w.peek() {
            None => return Ok((list, trail)),
            Some(arg) if arg.is("nexthop") => w.skip(),
            Some(arg) => {
                let d = Diag::usage(format!(
                    "Error: \"nexthop\" or end of line is expected instead of \"{}\"",
                    arg.shown()
                ));
                return Err(HOP.suggest(d.at(arg.span()), &arg));
            }
        }
    }
}
