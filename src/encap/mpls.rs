//! `encap mpls`: labels pushed before the packet (linux/mpls_iptunnel.h).

use super::{Body, RecordWriter, Type};
use crate::attrs;
use crate::command::host::labels;
use crate::diag::Diag;
use crate::grammar::address::{MPLS, take_addr};
use crate::grammar::number::U8;
use crate::grammar::{Fallback, Grammar, Words};
use crate::output::Scalar;
use crate::rows;
use netlink_packet_route::route::{MplsLabel, RouteMplsIpTunnel};

attrs! {
    /// The attributes of RTA_ENCAP (linux/mpls_iptunnel.h).
    pub const ATTRS;
    MPLS_IPTUNNEL_DST = 1: Bytes, Set;
    MPLS_IPTUNNEL_TTL = 2: U8, Set;
}

/// The encapsulation `mpls`.
pub static TYPE: Type = Type {
    attrs: ATTRS,
    names: &["mpls"],
    number: 1,
    help: "MPLS labels",
    first: "LABEL[/LABEL...]",
    parse,
    table: &GRAMMAR,
    describe,
};

static GRAMMAR: Grammar<Body> = Grammar {
    title: "MPLS",
    rows: &[rows!(Body;
        @once "ttl" => U8("\"ttl\" value is invalid\n"), "TTL of the MPLS header", |b, v| b.put(RouteMplsIpTunnel::Ttl(v));
    )],
    fallback: Fallback::Stop,
};

fn parse(w: &mut Words<'_>) -> Result<Body, Diag> {
    let mut body = Body::default();
    let at = w.at();
    let stack = take_addr(w, MPLS)?.bytes();
    let entries = stack.chunks_exact(4).filter_map(|c| c.first_chunk::<4>());
    let list: Vec<MplsLabel> = entries.map(|c| MplsLabel::from(u32::from_be_bytes(*c))).collect();
    body.put(RouteMplsIpTunnel::Destination(list));
    body.trail.close(crate::diag::Span::word(at));
    GRAMMAR.parse(&mut body, w)?;
    Ok(body)
}

/// A label stack.
struct Stack<'a>(&'a [u8]);

impl Scalar for Stack<'_> {
    fn text(&self, out: &mut Vec<u8>) {
        labels(out, self.0);
    }
    fn json(&self, out: &mut Vec<u8>) {
        out.push(b'"');
        self.text(out);
        out.push(b'"');
    }
}

fn describe(s: &mut RecordWriter<'_, '_, '_>) {
    if let Some(stack) = s.a.get(MPLS_IPTUNNEL_DST) {
        s.p.item("dst", " {} ", Stack(stack));
    }
    s.u8(MPLS_IPTUNNEL_TTL, "ttl", "ttl {} ");
}
