//! `encap seg6local`: how this node processes packets for one of its own segments (linux/seg6_local.h).

use super::bpf::{Program, describe_program};
use super::srh::{self, HMAC, Path, Segments};
use super::{Address, Body, NESTED, RecordWriter, Type};
use crate::attrs;
use crate::diag::{Diag, Span};
use crate::grammar::address::{INET, INET6};
use crate::grammar::named::Number;
use crate::grammar::number::{Term, U8};
use crate::grammar::value::{Choice, Flag, RequiredDev};
use crate::grammar::words::Table;
use crate::grammar::{Fallback, Grammar, Offer, Target, Value, Words};
use crate::net::attr::put;
use crate::net::{Index, Nested};
use crate::rows;
use netlink_packet_route::route::{RouteSeg6LocalTunnel, Seg6LocalAction};
use std::borrow::Cow;

attrs! {
    /// The attributes of RTA_ENCAP (linux/seg6_local.h).
    pub const ATTRS;
    SEG6_LOCAL_ACTION = 1: U32, Set;
    SEG6_LOCAL_SRH = 2: Bytes, Set;
    SEG6_LOCAL_TABLE = 3: U32, Set;
    SEG6_LOCAL_NH4 = 4: Ip, Set;
    SEG6_LOCAL_NH6 = 5: Ip, Set;
    SEG6_LOCAL_IIF = 6: U32, Set;
    SEG6_LOCAL_OIF = 7: U32, Set;
    SEG6_LOCAL_BPF = 8: Nest(Attrs(BPF_ATTRS)), Set;
    SEG6_LOCAL_VRFTABLE = 9: U32, Set;
    SEG6_LOCAL_COUNTERS = 10: Nest(Attrs(COUNTER_ATTRS)), Set;
    SEG6_LOCAL_FLAVORS = 11: Nest(Attrs(FLAVOR_ATTRS)), Set;
}

attrs! {
    /// Inside SEG6_LOCAL_BPF.
    pub const BPF_ATTRS;
    SEG6_LOCAL_BPF_PROG = 1: U32, Set;
    SEG6_LOCAL_BPF_PROG_NAME = 2: Text, Set;
}

attrs! {
    /// Inside SEG6_LOCAL_COUNTERS.
    pub const COUNTER_ATTRS;
    SEG6_LOCAL_CNT_PACKETS = 2: U64, Set;
    SEG6_LOCAL_CNT_BYTES = 3: U64, Set;
    SEG6_LOCAL_CNT_ERRORS = 4: U64, Set;
}

attrs! {
    /// Inside SEG6_LOCAL_FLAVORS.
    pub const FLAVOR_ATTRS;
    SEG6_LOCAL_FLV_OPERATION = 1: U32, Set;
    SEG6_LOCAL_FLV_LCBLOCK_BITS = 2: U8, Set;
    SEG6_LOCAL_FLV_LCNODE_FN_BITS = 3: U8, Set;
}

const NEXT_CSID: u32 = 1 << 4;

const B6: u32 = 9;

/// The encapsulation `seg6local`.
pub static TYPE: Type = Type {
    attrs: ATTRS,
    names: &["seg6local"],
    number: 7,
    help: "SRv6: behaviour of a segment of this node",
    first: "",
    parse,
    table: &GRAMMAR,
    describe,
};

const ACTIONS: Choice<u32> = Choice(
    &[
        ("End", 1),
        ("End.X", 2),
        ("End.T", 3),
        ("End.DX2", 4),
        ("End.DX6", 5),
        ("End.DX4", 6),
        ("End.DT6", 7),
        ("End.DT4", 8),
        ("End.DT46", 16),
        ("End.B6", B6),
        ("End.B6.Encaps", 10),
        ("End.BM", 11),
        ("End.S", 12),
        ("End.AS", 13),
        ("End.AM", 14),
        ("End.BPF", 15),
    ],
    "\"action\" value is invalid\n",
);

/// The flavors: bits of SEG6_LOCAL_FLV_OPERATION (1 << SEG6_LOCAL_FLV_OP_*), in printing order.
const FLAVOR_NAMES: &[(&str, u32)] = &[("psp", 1 << 1), ("usp", 1 << 2), ("usd", 1 << 3), ("next-csid", NEXT_CSID)];

/// An encapsulation that is being parsed.
#[derive(Default)]
struct Builder {
    body: Body,
    action: Option<u32>,
    srh: Option<(Path, u32)>,
}

impl Target for Builder {
    fn set_span(&mut self, span: Span) {
        self.body.set_span(span);
    }
}

/// A routing table; `why` is the error for anything else.
pub const fn table(why: &'static str) -> Number {
    Number { table: Table::Tables, max: u32::MAX, meta: "TABLE_ID", why }
}
const FIB: Number = table("invalid table id\n");
const VRF: Number = table("invalid vrf table id\n");

static GRAMMAR: Grammar<Builder> = Grammar {
    title: "SEG6LOCAL",
    rows: &[rows!(Builder;
        @once "action" => ACTIONS, "SRv6 behaviour", |d, v| {
            d.action = Some(v);
            d.body.put(RouteSeg6LocalTunnel::Action(Seg6LocalAction::from(v)));
        };
        @once "table" => Term("TABLE_ID", FIB), "routing table for the lookup", |d, v| d.body.put(RouteSeg6LocalTunnel::Table(v));
        @once "vrftable" => VRF, "VRF table for the lookup", |d, v| d.body.put(RouteSeg6LocalTunnel::VrfTable(v));
        @once "nh4" => Address(INET), "gateway address", |d, v| d.body.raw(SEG6_LOCAL_NH4, v);
        @once "nh6" => Address(INET6), "gateway address", |d, v| d.body.raw(SEG6_LOCAL_NH6, v);
        @once "iif" => RequiredDev, "input device", |d, v| d.body.put(RouteSeg6LocalTunnel::Iif(v));
        @once "oif" => Term("STRING", RequiredDev), "output device", |d, v| d.body.put(RouteSeg6LocalTunnel::Oif(v));
        @once "count" => Flag, "count packets, bytes and errors", |d, ()| {
            let mut nest = Vec::new();
            for attr in [SEG6_LOCAL_CNT_PACKETS, SEG6_LOCAL_CNT_BYTES, SEG6_LOCAL_CNT_ERRORS] {
                put(&mut nest, attr, &0u64.to_ne_bytes());
            }
            d.body.raw(SEG6_LOCAL_COUNTERS | NESTED, nest);
        };
        @once "flavors" => Flavors, "flavors of the behaviour", |d, v| d.body.raw(SEG6_LOCAL_FLAVORS | NESTED, v);
        @once "srh" => Header, "SRH to insert or to encapsulate with", |d, v| {
            d.body.trail.note(&[SEG6_LOCAL_SRH]);
            d.srh = Some(v);
        };
        @once "endpoint" => Program, "BPF program of End.BPF", |d, v| d.body.raw(SEG6_LOCAL_BPF | NESTED, v);
    )],
    fallback: Fallback::Stop,
};

/// `FLAVOR,...`, and the lengths of next-csid.
struct Flavors;

impl Value for Flavors {
    type Out = Vec<u8>;
    fn meta(&self) -> Cow<'static, str> {
        "{ psp | usp | usd | next-csid }[,...] [ lblen BITS ] [ nflen BITS ]".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Vec<u8>, Diag> {
        let arg = w.next()?;
        let mut bits = 0;
        for part in arg.bytes.split(|b| *b == b',') {
            let bit = FLAVOR_NAMES.iter().find(|(n, _)| n.as_bytes() == part).map_or(0, |(_, bit)| *bit);
            if bit == 0 || bits & bit != 0 {
                return Err(arg.wrong("invalid \"flavors\" attribute\n"));
            }
            bits |= bit;
        }
        let mut nest = Vec::new();
        put(&mut nest, SEG6_LOCAL_FLV_OPERATION, &bits.to_ne_bytes());
        if bits & NEXT_CSID != 0 {
            let lengths = [
                ("lblen", SEG6_LOCAL_FLV_LCBLOCK_BITS, U8("\"locator-block length\" value is invalid")),
                ("nflen", SEG6_LOCAL_FLV_LCNODE_FN_BITS, U8("\"locator-node function length\" value is invalid")),
            ];
            for (keyword, attr, value) in lengths {
                if w.take_if(&[keyword]).is_some() {
                    put(&mut nest, attr, &[value.take(w)?]);
                }
            }
        }
        Ok(nest)
    }
    fn offer(&self, _w: &Words<'_>) -> Vec<Offer> {
        FLAVOR_NAMES.iter().map(|(n, _)| Offer::new(*n, "")).collect()
    }
    fn more(&self, w: &Words<'_>) -> Vec<Offer> {
        let csid = w.line().last().is_some_and(|w| w.ends_with(b"next-csid"));
        let words = [("lblen", "bits of the locator block"), ("nflen", "bits of the node and function")];
        words.iter().filter(|_| csid).map(|(n, help)| Offer::new(*n, *help)).collect()
    }
}

/// `segs PATH [ hmac KEYID ]`
struct Header;

impl Value for Header {
    type Out = (Path, u32);
    fn meta(&self) -> Cow<'static, str> {
        "segs ADDRESS[,ADDRESS...] [ hmac KEYID ]".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Self::Out, Diag> {
        let arg = w.next()?;
        if !arg.is("segs") {
            return Err(arg.wrong("missing \"segs\" attribute for srh\n"));
        }
        let path = Segments.take(w)?;
        let hmac = if w.take_if(&["hmac"]).is_some() { HMAC.take(w)? } else { 0 };
        Ok((path, hmac))
    }
    fn offer(&self, _w: &Words<'_>) -> Vec<Offer> {
        vec![Offer::new("segs", "the path")]
    }
    fn more(&self, _w: &Words<'_>) -> Vec<Offer> {
        vec![Offer::new("hmac", "HMAC key id")]
    }
}

fn parse(w: &mut Words<'_>) -> Result<Body, Diag> {
    let mut d = Builder::default();
    GRAMMAR.parse(&mut d, w)?;
    let Some(action) = d.action else { return Err(Diag::usage("Missing action type").at(Span::word(w.at()))) };
    if let Some((path, hmac)) = d.srh {
        d.body.raw(SEG6_LOCAL_SRH, srh::build(path, hmac, action == B6)?);
    }
    Ok(d.body)
}

fn describe(s: &mut RecordWriter<'_, '_, '_>) {
    if let Some(v) = s.a.u32(SEG6_LOCAL_ACTION) {
        s.p.item("action", "action {} ", ACTIONS.name(v).unwrap_or("<invalid>"));
    }
    if let Some(header) = s.a.get(SEG6_LOCAL_SRH) {
        s.p.object(Some("srh"));
        srh::describe(s.p, header);
        s.p.close();
    }
    for (attr, key, form) in
        [(SEG6_LOCAL_TABLE, "table", "table {} "), (SEG6_LOCAL_VRFTABLE, "vrftable", "vrftable {} ")]
    {
        if let Some(v) = s.a.u32(attr) {
            s.p.item(key, form, s.s.named(Table::Tables, v));
        }
    }
    s.ip(SEG6_LOCAL_NH4, INET, "nh4", "nh4 {} ");
    s.ip(SEG6_LOCAL_NH6, INET6, "nh6", "nh6 {} ");
    s.device(SEG6_LOCAL_IIF, "iif", "iif {} ");
    s.device(SEG6_LOCAL_OIF, "oif", "oif {} ");
    if let Some(nest) = s.a.get(SEG6_LOCAL_BPF) {
        describe_program(s.p, nest, "endpoint", "endpoint {} ");
    }
    if let Some(nest) = s.a.get(SEG6_LOCAL_COUNTERS).filter(|_| s.s.options.stats > 0) {
        counters(s, nest);
    }
    if let Some(nest) = s.a.get(SEG6_LOCAL_FLAVORS) {
        flavors(s, nest);
    }
}

fn counters(s: &mut RecordWriter<'_, '_, '_>, nest: &[u8]) {
    let a: Nested<'_> = Index::new(nest);
    s.p.object(Some("stats64"));
    for (attr, key, form) in [
        (SEG6_LOCAL_CNT_PACKETS, "packets", "packets {} "),
        (SEG6_LOCAL_CNT_BYTES, "bytes", "bytes {} "),
        (SEG6_LOCAL_CNT_ERRORS, "errors", "errors {} "),
    ] {
        if let Some(v) = a.u64(attr) {
            s.p.item(key, form, v);
        }
    }
    s.p.close();
}

fn flavors(s: &mut RecordWriter<'_, '_, '_>, nest: &[u8]) {
    let a: Nested<'_> = Index::new(nest);
    if let Some(bits) = a.u32(SEG6_LOCAL_FLV_OPERATION) {
        s.p.array(Some("flavors"));
        s.p.text("flavors ");
        for (count, (name, _)) in FLAVOR_NAMES.iter().filter(|(_, bit)| bits & bit != 0).enumerate() {
            s.p.element(if count > 0 { ",{}" } else { "{}" }, *name);
        }
        s.p.close();
        s.p.text(" ");
    }
    for (attr, key, form) in
        [(SEG6_LOCAL_FLV_LCBLOCK_BITS, "lblen", "lblen {} "), (SEG6_LOCAL_FLV_LCNODE_FN_BITS, "nflen", "nflen {} ")]
    {
        if let Some(v) = a.u8(attr) {
            s.p.item(key, form, v);
        }
    }
}
