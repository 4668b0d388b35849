//! `encap ip` and `encap ip6`: the outer header of a device with collected metadata (linux/lwtunnel.h, LWTUNNEL_IP_*).

use super::opts::{self, Opts};
use super::{Address, Body, RecordWriter, Type};
use crate::attrs;
use crate::diag::{Diag, Span};
use crate::grammar::address::{INET, INET6};
use crate::grammar::named::{Number, TOS};
use crate::grammar::number::{Term, U8, U64};
use crate::grammar::value::Flag;
use crate::grammar::words::Table;
use crate::grammar::{Fallback, Grammar, Row, Target, Words};
use crate::output::color::of_family;
use crate::rows;
use netlink_packet_route::route::{RouteIp6Tunnel, RouteIp6TunnelFlags, RouteIpTunnel, RouteIpTunnelFlags};

attrs! {
    /// The attributes of RTA_ENCAP (linux/lwtunnel.h).
    pub const ATTRS;
    LWTUNNEL_IP_ID = 1: Be64, Set;
    LWTUNNEL_IP_DST = 2: Ip, Set;
    LWTUNNEL_IP_SRC = 3: Ip, Set;
    LWTUNNEL_IP_TTL = 4: U8, Set;
    LWTUNNEL_IP_TOS = 5: U8, Set;
    LWTUNNEL_IP_FLAGS = 6: Be16, Set;
    LWTUNNEL_IP_OPTS = 8: Nest(Attrs(opts::OPTS_ATTRS)), Set;
}

attrs! {
    /// The attributes for IPv6.
    pub const ATTRS6;
    LWTUNNEL_IP6_ID = 1: Be64, Set;
    LWTUNNEL_IP6_DST = 2: Ip, Set;
    LWTUNNEL_IP6_SRC = 3: Ip, Set;
    LWTUNNEL_IP6_HOPLIMIT = 4: U8, Set;
    LWTUNNEL_IP6_TC = 5: U8, Set;
    LWTUNNEL_IP6_FLAGS = 6: Be16, Set;
    LWTUNNEL_IP6_OPTS = 8: Nest(Attrs(opts::OPTS_ATTRS)), Set;
}

// IP_TUNNEL_*_BIT of linux/if_tunnel.h, as masks; LWTUNNEL_IP_FLAGS is in network byte order.
const CSUM: u16 = 1;
const KEY: u16 = 4;
const SEQ: u16 = 8;

/// IPv4 tunnel parameters.
pub static IP: Type = Type {
    attrs: ATTRS,
    names: &["ip"],
    number: 2,
    help: "IPv4 tunnel header of a collect-metadata device",
    first: "",
    parse: read_v4,
    table: &V4,
    describe,
};

/// IPv6 tunnel parameters.
pub static IP6: Type = Type {
    attrs: ATTRS6,
    names: &["ip6"],
    number: 4,
    help: "IPv6 tunnel header of a collect-metadata device",
    first: "",
    parse: read_v6,
    table: &V6,
    describe: describe_v6,
};

/// An outer header that is being parsed.
#[derive(Default)]
struct Outer {
    body: Body,
    flags: u16,
    opts: Option<Span>,
}

impl Target for Outer {
    fn set_span(&mut self, span: Span) {
        self.body.set_span(span);
    }
}

impl Outer {
    /// Sets a flag: all flag words share one attribute.
    fn flag(&mut self, bit: u16) {
        self.flags |= bit;
    }

    /// Sets the options of a tunnel type; a second type is an error.
    fn opts(&mut self, keyword: &str, (bytes, at): (Vec<u8>, Span)) -> Result<(), Diag> {
        if let Some(earlier) = self.opts.replace(at) {
            return Err(Diag::garbage("opts", keyword, at).at(earlier));
        }
        self.body.raw(opts::ATTR | super::NESTED, bytes);
        Ok(())
    }
}

const TC: Number = Number { table: Table::Fields, max: 255, meta: "TC", why: "\"tc\" value is invalid\n" };

/// The keywords of both families, after their own.
static BOTH: &[Row<Outer>] = rows!(Outer;
    @once "key" => Flag, "the id is a GRE key", |o, ()| o.flag(KEY);
    @once "csum" => Flag, "compute checksums", |o, ()| o.flag(CSUM);
    @once "seq" => Flag, "add sequence numbers", |o, ()| o.flag(SEQ);
    "geneve_opts" => Opts(&opts::GENEVE), "Geneve options", |o, v| o.opts("geneve_opts", v);
    "vxlan_opts" => Opts(&opts::VXLAN), "VXLAN group policy", |o, v| o.opts("vxlan_opts", v);
    "erspan_opts" => Opts(&opts::ERSPAN), "ERSPAN options", |o, v| o.opts("erspan_opts", v);
);

static V4: Grammar<Outer> = Grammar {
    title: "IP",
    rows: &[
        rows!(Outer;
            @once "id" => U64("\"id\" value is invalid\n"), "tunnel id", |o, v| o.body.put(RouteIpTunnel::Id(v));
            @once "dst" => Address(INET), "outer destination", |o, v| o.body.raw(LWTUNNEL_IP_DST, v);
            @once "src" => Term("ADDRESS", Address(INET)), "outer source", |o, v| o.body.raw(LWTUNNEL_IP_SRC, v);
            @once "tos" => Term("TOS", TOS), "outer type of service", |o, v| o.body.raw(LWTUNNEL_IP_TOS, low(v));
            @once "ttl" => U8("\"ttl\" value is invalid\n"), "outer TTL", |o, v| o.body.put(RouteIpTunnel::Ttl(v));
        ),
        BOTH,
    ],
    fallback: Fallback::Stop,
};

static V6: Grammar<Outer> = Grammar {
    title: "IP6",
    rows: &[
        rows!(Outer;
            @once "id" => U64("\"id\" value is invalid\n"), "tunnel id", |o, v| o.body.put(RouteIp6Tunnel::Id(v));
            @once "dst" => Address(INET6), "outer destination", |o, v| o.body.raw(LWTUNNEL_IP_DST, v);
            @once "src" => Term("ADDRESS", Address(INET6)), "outer source", |o, v| o.body.raw(LWTUNNEL_IP_SRC, v);
            @once "tc" => TC, "outer traffic class", |o, v| o.body.raw(LWTUNNEL_IP_TOS, low(v));
            @once "hoplimit" => Term("NUMBER", U8("\"hoplimit\" value is invalid\n")), "outer hop limit", |o, v| o.body.put(RouteIp6Tunnel::Hoplimit(v));
        ),
        BOTH,
    ],
    fallback: Fallback::Stop,
};

/// The low byte of a number up to 255.
fn low(v: u32) -> [u8; 1] {
    [u8::try_from(v).unwrap_or(u8::MAX)]
}

fn read_v4(w: &mut Words<'_>) -> Result<Body, Diag> {
    let mut o = Outer::default();
    V4.parse(&mut o, w)?;
    if o.flags != 0 {
        o.body.put(RouteIpTunnel::Flags(RouteIpTunnelFlags::from_bits_retain(o.flags)));
    }
    Ok(o.body)
}

fn read_v6(w: &mut Words<'_>) -> Result<Body, Diag> {
    let mut o = Outer::default();
    V6.parse(&mut o, w)?;
    if o.flags != 0 {
        o.body.put(RouteIp6Tunnel::Flags(RouteIp6TunnelFlags::from_bits_retain(o.flags)));
    }
    Ok(o.body)
}

fn describe(s: &mut RecordWriter<'_, '_, '_>) {
    ends(s, INET);
    s.u8(LWTUNNEL_IP_TTL, "ttl", "ttl {} ");
    s.u8(LWTUNNEL_IP_TOS, "tos", "tos {} ");
    tail(s);
}

fn describe_v6(s: &mut RecordWriter<'_, '_, '_>) {
    ends(s, INET6);
    s.u8(LWTUNNEL_IP_TTL, "hoplimit", "hoplimit {} ");
    s.u8(LWTUNNEL_IP_TOS, "tc", "tc {} ");
    tail(s);
}

fn ends(s: &mut RecordWriter<'_, '_, '_>, family: u8) {
    if let Some(id) = s.a.u64(LWTUNNEL_IP_ID) {
        s.p.item("id", "id {} ", u64::from_be(id));
    }
    for (attr, key, form) in [(LWTUNNEL_IP_SRC, "src", "src {} "), (LWTUNNEL_IP_DST, "dst", "dst {} ")] {
        if let Some(ip) = s.a.ip(attr, family) {
            s.p.colored(of_family(family), key, form, ip);
        }
    }
}

fn tail(s: &mut RecordWriter<'_, '_, '_>) {
    let flags = s.a.be16(LWTUNNEL_IP_FLAGS).unwrap_or(0);
    for (bit, key, text) in [(KEY, "key", "key "), (CSUM, "csum", "csum "), (SEQ, "seq", "seq ")] {
        if flags & bit != 0 {
            s.p.flag(key, text);
        }
    }
    opts::describe(s);
}
