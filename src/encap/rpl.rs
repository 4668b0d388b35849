//! `encap rpl`: a source route of RPL, the routing protocol for low-power and lossy networks (RFC 6554,
//! linux/rpl_iptunnel.h).

use super::srh::{Path, Segments, describe_path};
use super::{Body, RecordWriter, Type};
use crate::attrs;
use crate::diag::{Diag, Span};
use crate::grammar::{Fallback, Grammar, Target, Words};
use crate::rows;
use netlink_packet_route::route::{RouteRplIpTunnel, RplSrh};
use std::net::Ipv6Addr;

attrs! {
    /// The attributes of RTA_ENCAP (linux/rpl_iptunnel.h).
    pub const ATTRS;
    RPL_IPTUNNEL_SRH = 1: Bytes, Set;
}

const ROUTING_TYPE: u8 = 3;

/// The encapsulation `rpl`.
pub static TYPE: Type = Type {
    attrs: ATTRS,
    names: &["rpl"],
    number: 8,
    help: "RPL source route",
    first: "",
    parse,
    table: &GRAMMAR,
    describe,
};

/// An encapsulation that is being parsed.
#[derive(Default)]
struct Builder {
    body: Body,
    path: Path,
}

impl Target for Builder {
    fn set_span(&mut self, span: Span) {
        self.body.set_span(span);
    }
}

static GRAMMAR: Grammar<Builder> = Grammar {
    title: "RPL",
    rows: &[rows!(Builder;
        @once "segs" => Segments, "segments, first hop first", |d, v| {
            d.body.trail.note(&[RPL_IPTUNNEL_SRH]);
            d.path = v;
        };
    )],
    fallback: Fallback::Stop,
};

fn parse(w: &mut Words<'_>) -> Result<Body, Diag> {
    let mut d = Builder::default();
    GRAMMAR.parse(&mut d, w)?;
    let path = d.path.checked()?;
    let (mut list, at) = (path.segments, path.at);
    if list.is_empty() {
        list.push(Ipv6Addr::UNSPECIFIED);
    }
    list.reverse();
    let mut header = RplSrh::default();
    header.routing_type = ROUTING_TYPE;
    header.segments_left = match u8::try_from(list.len()) {
        // The header's length is one byte, in units of eight octets.
        Ok(n @ ..=127) => n,
        _ => {
            let e = Diag::usage(format!("Error: a path of {} segments does not fit a header", list.len()));
            return Err(at.iter().fold(e, |e, at| e.at(*at)));
        }
    };
    header.segments = list;
    d.body.put(RouteRplIpTunnel::Srh(header));
    Ok(d.body)
}

fn describe(s: &mut RecordWriter<'_, '_, '_>) {
    let Some(header) = s.a.get(RPL_IPTUNNEL_SRH) else { return };
    let Some([_, _, _, left, ..]) = header.first_chunk::<8>() else { return };
    describe_path(s.p, header.get(8..).unwrap_or_default(), usize::from(*left));
}
