//! IP in IP: `ipip` and `sit` over IPv4, `ip6tnl` over IPv6 (RFC 2003, RFC 4213, RFC 2473; linux/if_tunnel.h, IFLA_IPTUN_*).

use super::words::{ENCAP, EXTERNAL, FWMARK, V6_MORE, WHOLE_ENDS, WHOLE_PMTU, WHOLE_V4, WHOLE_V6};
use super::{Attributes, Encap, Places, Shape, Tunnel, parse_data, sixrd, unknown, view};
use crate::diag::{Diag, USAGE};
use crate::grammar::value::{Choice, Flag};
use crate::grammar::{Fallback, Grammar, Row};
use crate::net::Nested;
use crate::object::link::kind::{Kind, RecordWriter};
use crate::schema::Quirks;
use crate::{attrs, raw, rows};
use netlink_packet_route::link::{InfoData, InfoIpTunnel};

raw!(InfoIpTunnel);

attrs! {
    /// The attributes of its data (linux/if_tunnel.h).
    pub const ATTRS;
    IFLA_IPTUN_LINK = 1: U32, Set;
    IFLA_IPTUN_LOCAL = 2: Ip, Set;
    IFLA_IPTUN_REMOTE = 3: Ip, Set;
    IFLA_IPTUN_TTL = 4: U8, Set;
    IFLA_IPTUN_TOS = 5: U8, Set;
    IFLA_IPTUN_ENCAP_LIMIT = 6: U8, Set;
    IFLA_IPTUN_FLOWINFO = 7: Be32, Set;
    IFLA_IPTUN_FLAGS = 8: U32, Set;
    IFLA_IPTUN_PROTO = 9: U8, Set;
    IFLA_IPTUN_PMTUDISC = 10: U8, Set;
    IFLA_IPTUN_6RD_PREFIX = 11: Ip, Set;
    IFLA_IPTUN_6RD_RELAY_PREFIX = 12: Ip, Set;
    IFLA_IPTUN_6RD_PREFIXLEN = 13: U16, Set;
    IFLA_IPTUN_6RD_RELAY_PREFIXLEN = 14: U16, Set;
    IFLA_IPTUN_ENCAP_TYPE = 15: U16, Set;
    IFLA_IPTUN_ENCAP_FLAGS = 16: U16, Set;
    IFLA_IPTUN_ENCAP_SPORT = 17: Be16, Set;
    IFLA_IPTUN_ENCAP_DPORT = 18: Be16, Set;
    IFLA_IPTUN_COLLECT_METADATA = 19: Flag, Set;
    IFLA_IPTUN_FWMARK = 20: U32, Set;
}

/// SIT_ISATAP of linux/if_tunnel.h.
const ISATAP: u16 = 1;

static PLACES: Places = Places {
    local: 2,
    remote: 3,
    link: 1,
    ttl: 4,
    tos: 5,
    pmtudisc: 10,
    fwmark: 20,
    encap_limit: 0,
    flowinfo: 0,
    flags: 0,
    encap: Encap { kind: 15, flags: 16, sport: 17, dport: 18 },
    external: 19,
    proto: IFLA_IPTUN_PROTO,
};

/// The IPv6 kinds have other fields; attributes 5 and 10 are not used.
static PLACES6: Places = Places {
    local: 2,
    remote: 3,
    link: 1,
    ttl: 4,
    tos: 0,
    pmtudisc: 0,
    fwmark: 20,
    encap_limit: 6,
    flowinfo: 7,
    flags: IFLA_IPTUN_FLAGS,
    encap: Encap { kind: 15, flags: 16, sport: 17, dport: 18 },
    external: 19,
    proto: IFLA_IPTUN_PROTO,
};

static OVER4: Shape = Shape { v6: false, erspan: false, at: &PLACES, emit: |t, out| emit4(t, out, false), load };
static SIT_SHAPE: Shape = Shape { v6: false, erspan: false, at: &PLACES, emit: |t, out| emit4(t, out, true), load };
static OVER6: Shape = Shape { v6: true, erspan: false, at: &PLACES6, emit: emit6, load };

// IP protocol numbers of the inner packets; 0: any.
const IPIP_MODES: Choice<u8> = Choice(
    &[("ipip", 4), ("ipv4/ipv4", 4), ("ip4ip4", 4), ("mplsip", 137), ("mpls/ipv4", 137), ("any", 0), ("any/ipv4", 0)],
    GUESS,
);
const SIT_MODES: Choice<u8> = Choice(
    &[
        ("ipv6/ipv4", 41),
        ("ip6ip", 41),
        ("ipip", 4),
        ("ipv4/ipv4", 4),
        ("ip4ip4", 4),
        ("mplsip", 137),
        ("mpls/ipv4", 137),
        ("any", 0),
        ("any/ipv4", 0),
    ],
    GUESS,
);
const IP6_MODES: Choice<u8> = Choice(
    &[
        ("ipv6/ipv6", 41),
        ("ip6ip6", 41),
        ("ip/ipv6", 4),
        ("ipv4/ipv6", 4),
        ("ipip6", 4),
        ("ip4ip6", 4),
        ("any/ipv6", 0),
        ("any", 0),
    ],
    GUESS,
);
const GUESS: &str = "Cannot guess tunnel mode.";

/// The row `mode` of each kind.
macro_rules! mode {
    ($modes:ident) => {
        rows!(Tunnel; "mode" => $modes, "tunnel mode", |t, v| {
            t.note(IFLA_IPTUN_PROTO);
            t.proto = v;
        };)
    };
}

static ISATAP_WORD: &[Row<Tunnel>] = rows!(Tunnel;
    "isatap" => Flag, "ISATAP (RFC 5214)", |t, ()| {
        t.note(IFLA_IPTUN_FLAGS);
        t.isatap |= ISATAP;
    };
);

/// Links of type `ipip`.
pub static IPIP: Kind = Kind {
    attrs: ATTRS,
    quirks: Quirks { recreatable: true, resets: true, ..Quirks::NONE },
    parse: Some(|w, s| parse_data::<InfoIpTunnel>(w, s, &OVER4, &IPIP_WORDS, InfoData::IpTunnel)),
    tables: &[&IPIP_WORDS],
    describe: Some(|s| four(s, false)),
    ..Kind::named("ipip")
        .terms(super::words::TERMS4)
        .about("IPv4 in IPv4")
        .examples(&[("rip link add tun1 type ipip local 192.0.2.1 remote 192.0.2.2", "a tunnel")])
};

static IPIP_WORDS: Grammar<Tunnel> = Grammar {
    title: "IPIP",
    rows: &[mode!(IPIP_MODES), WHOLE_ENDS, WHOLE_V4, WHOLE_PMTU, ENCAP, EXTERNAL, sixrd::WORDS, FWMARK],
    fallback: Fallback::Unknown(|arg| unknown(&IPIP, arg)),
};

/// Links of type `sit`.
pub static SIT: Kind = Kind {
    attrs: ATTRS,
    quirks: Quirks { recreatable: true, resets: true, ..Quirks::NONE },
    parse: Some(|w, s| parse_data::<InfoIpTunnel>(w, s, &SIT_SHAPE, &SIT_WORDS, InfoData::IpTunnel)),
    tables: &[&SIT_WORDS],
    describe: Some(|s| four(s, true)),
    ..Kind::named("sit")
        .terms(super::words::TERMS4)
        .about("IPv6 in IPv4")
        .examples(&[("rip link add sit1 type sit local 192.0.2.1 remote 192.0.2.2 ttl 64", "a tunnel")])
};

static SIT_WORDS: Grammar<Tunnel> = Grammar {
    title: "SIT",
    rows: &[mode!(SIT_MODES), WHOLE_ENDS, WHOLE_V4, WHOLE_PMTU, ISATAP_WORD, ENCAP, EXTERNAL, sixrd::WORDS, FWMARK],
    fallback: Fallback::Unknown(|arg| unknown(&SIT, arg)),
};

/// Links of type `ip6tnl`.
pub static IP6TNL: Kind = Kind {
    attrs: ATTRS,
    quirks: Quirks { recreatable: true, resets: true, ..Quirks::NONE },
    parse: Some(|w, s| parse_data::<InfoIpTunnel>(w, s, &OVER6, &IP6TNL_WORDS, InfoData::IpTunnel)),
    tables: &[&IP6TNL_WORDS],
    describe: Some(six),
    ..Kind::named("ip6tnl").terms(super::words::TERMS6).about("IPv4 or IPv6 in IPv6").examples(&[(
        "rip link add tun6 type ip6tnl mode any local 2001:db8::1 remote 2001:db8::2",
        "a tunnel for both",
    )])
};

static IP6TNL_WORDS: Grammar<Tunnel> = Grammar {
    title: "IP6TNL",
    rows: &[mode!(IP6_MODES), WHOLE_ENDS, WHOLE_V6, V6_MORE, ENCAP, EXTERNAL],
    fallback: Fallback::Unknown(|arg| unknown(&IP6TNL, arg)),
};

fn load(t: &mut Tunnel, d: &Nested<'_>) {
    t.load_common(d);
    if !t.shape.v6 {
        t.isatap = d.u16(IFLA_IPTUN_FLAGS).unwrap_or(0);
        t.sixrd = sixrd::Prefixes::load(d);
    }
}

fn emit4(t: &Tunnel, out: &mut Attributes, sit: bool) -> Result<(), Diag> {
    let at = &PLACES;
    out.push((IFLA_IPTUN_PROTO, vec![t.proto]));
    if t.external {
        out.push((at.external, Vec::new()));
        return Ok(());
    }
    if t.ttl != 0 && !t.pmtudisc {
        return Err(Diag::new(USAGE, "ttl != 0 and nopmtudisc are incompatible"));
    }
    t.put_ends(out);
    out.push((at.pmtudisc, vec![t.pmtudisc.into()]));
    out.push((at.tos, vec![t.tos]));
    out.push((at.ttl, vec![t.ttl]));
    out.push((at.link, t.link.to_ne_bytes().to_vec()));
    out.push((at.fwmark, t.fwmark.to_ne_bytes().to_vec()));
    t.put_encap(out);
    if sit {
        out.push((IFLA_IPTUN_FLAGS, t.isatap.to_ne_bytes().to_vec()));
        t.sixrd.put(out);
    }
    Ok(())
}

fn emit6(t: &Tunnel, out: &mut Attributes) -> Result<(), Diag> {
    let at = &PLACES6;
    out.push((IFLA_IPTUN_PROTO, vec![t.proto]));
    if t.external {
        out.push((at.external, Vec::new()));
        return Ok(());
    }
    t.put_ends(out);
    out.push((at.ttl, vec![t.ttl]));
    out.push((at.encap_limit, vec![t.encap_limit]));
    out.push((at.flowinfo, t.flowinfo.to_be_bytes().to_vec()));
    out.push((at.flags, t.flags.to_ne_bytes().to_vec()));
    out.push((at.link, t.link.to_ne_bytes().to_vec()));
    out.push((at.fwmark, t.fwmark.to_ne_bytes().to_vec()));
    t.put_encap(out);
    Ok(())
}

fn proto(s: &mut RecordWriter<'_, '_, '_>, names: &[(u8, &str)]) {
    let name = s.d.u8(IFLA_IPTUN_PROTO).and_then(|v| names.iter().find(|(n, _)| *n == v));
    if let Some((_, name)) = name {
        s.p.item("proto", "{} ", *name);
    }
}

fn four(s: &mut RecordWriter<'_, '_, '_>, sit: bool) {
    view::external(s, &OVER4);
    proto(s, &[(4, "ipip"), (41, "ip6ip"), (137, "mplsip"), (0, "any")]);
    view::ends(s, &OVER4);
    view::v4(s, &OVER4);
    let pmtudisc = s.d.u8(PLACES.pmtudisc).is_some_and(|v| v != 0);
    s.p.hidden("pmtudisc", pmtudisc);
    s.p.text(if pmtudisc { "pmtudisc " } else { "nopmtudisc " });
    if sit && s.d.u16(IFLA_IPTUN_FLAGS).is_some_and(|v| v & ISATAP != 0) {
        s.p.flag("isatap", "isatap ");
    }
    if sit {
        sixrd::describe(s);
    }
    view::fwmark(s, &OVER4);
    view::encap(s, &PLACES.encap);
}

fn six(s: &mut RecordWriter<'_, '_, '_>) {
    view::external(s, &OVER6);
    proto(s, &[(4, "ipip6"), (41, "ip6ip6"), (0, "any")]);
    view::ends(s, &OVER6);
    view::v6(s, &OVER6);
    view::mobile(s, &OVER6);
    view::v6_rest(s, &OVER6);
    view::encap(s, &PLACES6.encap);
}
