//! `encap xfrm`: an interface id of IPsec in external mode (linux/lwtunnel.h, LWT_XFRM_*).

use super::{Body, RecordWriter, Type, plain};
use crate::attrs;
use crate::diag::{Diag, Span};
use crate::grammar::number::{Term, U32};
use crate::grammar::value::RequiredDev;
use crate::grammar::{Fallback, Grammar, Value, Words};
use crate::rows;
use netlink_packet_route::route::RouteXfrmTunnel;
use std::borrow::Cow;

attrs! {
    /// The attributes of RTA_ENCAP (linux/lwtunnel.h).
    pub const ATTRS;
    LWT_XFRM_IF_ID = 1: U32, Set;
    LWT_XFRM_LINK = 2: U32, Set;
}

/// The encapsulation `xfrm`.
pub static TYPE: Type = Type {
    attrs: ATTRS,
    names: &["xfrm"],
    number: 10,
    help: "IPsec interface id (external mode)",
    first: "",
    parse,
    table: &GRAMMAR,
    describe,
};

static GRAMMAR: Grammar<Body> = Grammar {
    title: "XFRM",
    rows: &[rows!(Body;
        @once "if_id" => IfId, "interface id (if_id) of the XFRM policies", |b, v| b.put(RouteXfrmTunnel::IfId(v));
        @once "link_dev" => Term("LINK", RequiredDev), "lower device", |b, v| b.put(RouteXfrmTunnel::Link(v));
    )],
    fallback: Fallback::Stop,
};

/// A non-zero number.
struct IfId;

impl Value for IfId {
    type Out = u32;
    fn meta(&self) -> Cow<'static, str> {
        "IF_ID".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<u32, Diag> {
        let arg = w.next()?;
        U32::parse(arg.bytes).filter(|v| *v != 0).ok_or_else(|| arg.wrong("\"if_id\" value is invalid\n"))
    }
}

fn parse(w: &mut Words<'_>) -> Result<Body, Diag> {
    let body = plain(w, &GRAMMAR)?;
    let has_id = crate::net::attr::Attrs(&body.bytes).any(|(kind, _)| kind == LWT_XFRM_IF_ID);
    if has_id {
        return Ok(body);
    }
    Err(Diag::usage("Usage: ip route ... encap xfrm if_id IF_ID [ link_dev LINK ]").at(Span::word(w.at())))
}

fn describe(s: &mut RecordWriter<'_, '_, '_>) {
    s.u32(LWT_XFRM_IF_ID, "if_id", "if_id {} ");
    s.device(LWT_XFRM_LINK, "link_dev", "link_dev {} ");
}
