//! GRE and ERSPAN, over IPv4 and IPv6 (RFC 2784, RFC 2890; linux/if_tunnel.h, IFLA_GRE_*).

use super::words::{ENCAP, ENDS, EXTERNAL, FWMARK, KEYS, NUMBERS, PMTU, V4, V6, V6_MORE};
use super::{Attributes, Encap, GRE_CSUM, GRE_KEY, GRE_SEQ, Places, Shape, Tunnel, parse_data, unknown, view};
use crate::command::usage::Terms;
use crate::diag::Diag;
use crate::grammar::number::{Term, U8, U16, U32};
use crate::grammar::value::{Choice, Flag};
use crate::grammar::{Fallback, Grammar, Row, Value, Words};
use crate::net::Nested;
use crate::object::link::kind::{Kind, RecordWriter};
use crate::output::scalar::Hex;
use crate::schema::Quirks;
use crate::{attrs, raw, rows};
use netlink_packet_route::link::{InfoData, InfoGre, InfoGre6};
use std::borrow::Cow;

raw!(InfoGre, InfoGre6);

attrs! {
    /// The attributes of its data (linux/if_tunnel.h).
    pub const ATTRS;
    IFLA_GRE_LINK = 1: U32, Set;
    IFLA_GRE_IFLAGS = 2: Be16, Set;
    IFLA_GRE_OFLAGS = 3: Be16, Set;
    IFLA_GRE_IKEY = 4: Be32, Set;
    IFLA_GRE_OKEY = 5: Be32, Set;
    IFLA_GRE_LOCAL = 6: Ip, Set;
    IFLA_GRE_REMOTE = 7: Ip, Set;
    IFLA_GRE_TTL = 8: U8, Set;
    IFLA_GRE_TOS = 9: U8, Set;
    IFLA_GRE_PMTUDISC = 10: U8, Set;
    IFLA_GRE_ENCAP_LIMIT = 11: U8, Set;
    IFLA_GRE_FLOWINFO = 12: Be32, Set;
    IFLA_GRE_FLAGS = 13: U32, Set;
    IFLA_GRE_ENCAP_TYPE = 14: U16, Set;
    IFLA_GRE_ENCAP_FLAGS = 15: U16, Set;
    IFLA_GRE_ENCAP_SPORT = 16: Be16, Set;
    IFLA_GRE_ENCAP_DPORT = 17: Be16, Set;
    IFLA_GRE_COLLECT_METADATA = 18: Flag, Set;
    IFLA_GRE_IGNORE_DF = 19: U8, Set;
    IFLA_GRE_FWMARK = 20: U32, Set;
    IFLA_GRE_ERSPAN_INDEX = 21: U32, Set;
    IFLA_GRE_ERSPAN_VER = 22: U8, Set;
    IFLA_GRE_ERSPAN_DIR = 23: U8, Set;
    IFLA_GRE_ERSPAN_HWID = 24: U16, Set;
}

static PLACES: Places = Places {
    local: 6,
    remote: 7,
    link: 1,
    ttl: 8,
    tos: 9,
    pmtudisc: 10,
    fwmark: 20,
    encap_limit: 11,
    flowinfo: 12,
    flags: 13,
    encap: Encap { kind: 14, flags: 15, sport: 16, dport: 17 },
    external: 18,
    proto: 0,
};

static OVER4: Shape = Shape { v6: false, erspan: false, at: &PLACES, emit, load };
static ERSPAN4: Shape = Shape { v6: false, erspan: true, at: &PLACES, emit, load };
/// iproute2 sends the ERSPAN version for every kind over IPv6.
static OVER6: Shape = Shape { v6: true, erspan: true, at: &PLACES, emit, load };

static DF: &[Row<Tunnel>] = rows!(Tunnel;
    "ignore-df" => Flag, "ignore the DF bit of inner packets", |t, ()| {
        t.note(IFLA_GRE_IGNORE_DF);
        t.ignore_df = Some(1);
    };
    "noignore-df" => Flag, "honour the DF bit of inner packets", |t, ()| {
        t.note(IFLA_GRE_IGNORE_DF);
        t.ignore_df = Some(0);
    };
);

const DIRECTIONS: Choice<u8> = Choice(&[("ingress~", 0), ("egress~", 1)], "Invalid erspan direction.");

static SPAN: &[Row<Tunnel>] = rows!(Tunnel;
    "erspan" => Term("IDX", SpanIndex), "ERSPAN version 1: index", |t, v| {
        t.note(IFLA_GRE_ERSPAN_INDEX);
        t.erspan.1 = v;
    };
    "erspan_ver" => Term("version", Version), "ERSPAN version, 0 to 2", |t, v| {
        t.note(IFLA_GRE_ERSPAN_VER);
        t.erspan.0 = v;
    };
    "erspan_dir" => DIRECTIONS, "ERSPAN version 2: direction of the mirrored traffic", |t, v| {
        t.note(IFLA_GRE_ERSPAN_DIR);
        t.erspan.2 = v;
    };
    "erspan_hwid" => Term("hwid", U16("invalid erspan hwid\n")), "ERSPAN version 2: hardware id", |t, v| {
        t.note(IFLA_GRE_ERSPAN_HWID);
        t.erspan.3 = v;
    };
);

/// A non-zero 20-bit number.
struct SpanIndex;

impl Value for SpanIndex {
    type Out = u32;
    fn meta(&self) -> Cow<'static, str> {
        "INDEX".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<u32, Diag> {
        let arg = w.next()?;
        let v = U32::parse(arg.bytes).ok_or_else(|| arg.wrong("invalid erspan index\n"))?;
        if v == 0 || v >= 1 << 20 {
            return Err(arg.wrong("erspan index must be > 0 and <= 20-bit\n"));
        }
        Ok(v)
    }
}

struct Version;

impl Value for Version {
    type Out = u8;
    fn meta(&self) -> Cow<'static, str> {
        "{ 0..2 }".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<u8, Diag> {
        let arg = w.next()?;
        let v = U8::parse(arg.bytes).ok_or_else(|| arg.wrong("invalid erspan version\n"))?;
        if v > 2 { Err(arg.wrong("erspan version must be 0/1/2\n")) } else { Ok(v) }
    }
}

/// The definitions of a kind's placeholders. iproute2 lists the ERSPAN words for GRE over IPv6, too.
const fn terms(shape: &Shape) -> Terms {
    if shape.v6 { super::words::TERMS_GRE6 } else { super::words::TERMS4 }
}

/// Declares a kind with its grammar: `kind!(GRE, GRE_WORDS, "gre", ABOUT, EXAMPLE, WHAT, OVER4, InfoGre, GreTun,
/// [groups of rows])`.
macro_rules! kind {
    ($id:ident, $words:ident, $name:literal, $about:literal, $example:literal, $what:literal, $shape:ident, $info:ident, $wrap:ident, [$($rows:expr),*], $describe:ident) => {
        /// A link type over GRE.
        pub static $id: Kind = Kind {
            attrs: ATTRS,
            quirks: Quirks { recreatable: true, resets: true, ..Quirks::NONE },
            parse: Some(|w, s| parse_data::<$info>(w, s, &$shape, &$words, InfoData::$wrap)),
            tables: &[&$words],
            describe: Some(|s| $describe(s)),
            ..Kind::named($name).terms(terms(&$shape)).about($about).examples(&[($example, $what)])
        };
        static $words: Grammar<Tunnel> =
            Grammar { title: $name, rows: &[$($rows),*], fallback: Fallback::Unknown(|arg| unknown(&$id, arg)) };
    };
}

kind!(
    GRE,
    GRE_WORDS,
    "gre",
    "GRE over IPv4",
    "rip link add gre1 type gre local 192.0.2.1 remote 192.0.2.2 ttl 64",
    "a tunnel",
    OVER4,
    InfoGre,
    GreTun,
    [KEYS, NUMBERS, PMTU, ENDS, V4, ENCAP, EXTERNAL, DF, FWMARK],
    four
);
kind!(
    GRETAP,
    GRETAP_WORDS,
    "gretap",
    "Ethernet in GRE over IPv4",
    "rip link add gretap1 type gretap local 192.0.2.1 remote 192.0.2.2 key 7",
    "a tunnel with a key",
    OVER4,
    InfoGre,
    GreTap,
    [KEYS, NUMBERS, PMTU, ENDS, V4, ENCAP, EXTERNAL, DF, FWMARK],
    four
);
kind!(
    ERSPAN,
    ERSPAN_WORDS,
    "erspan",
    "mirrored traffic (ERSPAN) in GRE over IPv4",
    "rip link add erspan1 type erspan seq key 10 local 192.0.2.1 remote 192.0.2.2 erspan 123",
    "version 1, index 123",
    ERSPAN4,
    InfoGre,
    ErSpan,
    [KEYS, NUMBERS, PMTU, ENDS, V4, ENCAP, EXTERNAL, DF, FWMARK, SPAN],
    four
);
kind!(
    IP6GRE,
    IP6GRE_WORDS,
    "ip6gre",
    "GRE over IPv6",
    "rip link add gre6 type ip6gre local 2001:db8::1 remote 2001:db8::2",
    "a tunnel",
    OVER6,
    InfoGre6,
    GreTun6,
    [KEYS, NUMBERS, ENDS, V6, V6_MORE, ENCAP, EXTERNAL],
    six
);
kind!(
    IP6GRETAP,
    IP6GRETAP_WORDS,
    "ip6gretap",
    "Ethernet in GRE over IPv6",
    "rip link add tap6 type ip6gretap local 2001:db8::1 remote 2001:db8::2",
    "a tunnel",
    OVER6,
    InfoGre6,
    GreTap6,
    [KEYS, NUMBERS, ENDS, V6, V6_MORE, ENCAP, EXTERNAL],
    six
);
kind!(
    IP6ERSPAN,
    IP6ERSPAN_WORDS,
    "ip6erspan",
    "mirrored traffic (ERSPAN) in GRE over IPv6",
    "rip link add span6 type ip6erspan seq key 10 local 2001:db8::1 remote 2001:db8::2",
    "a tunnel",
    OVER6,
    InfoGre6,
    Ip6ErSpan,
    [KEYS, NUMBERS, ENDS, V6, V6_MORE, ENCAP, EXTERNAL, SPAN],
    six
);

fn load(t: &mut Tunnel, d: &Nested<'_>) {
    t.load_common(d);
    (t.iflags, t.oflags) = (d.be16(IFLA_GRE_IFLAGS).unwrap_or(0), d.be16(IFLA_GRE_OFLAGS).unwrap_or(0));
    let key = |attr: u16| d.get(attr).and_then(|b| b.first_chunk::<4>()).copied().unwrap_or([0; 4]);
    (t.ikey, t.okey) = (key(IFLA_GRE_IKEY), key(IFLA_GRE_OKEY));
    t.ignore_df = d.u8(IFLA_GRE_IGNORE_DF).filter(|v| *v != 0);
    t.erspan = (
        d.u8(IFLA_GRE_ERSPAN_VER).unwrap_or(t.erspan.0),
        d.u32(IFLA_GRE_ERSPAN_INDEX).unwrap_or(0),
        d.u8(IFLA_GRE_ERSPAN_DIR).unwrap_or(0),
        d.u16(IFLA_GRE_ERSPAN_HWID).unwrap_or(0),
    );
}

fn emit(t: &Tunnel, out: &mut Attributes) -> Result<(), Diag> {
    let at = &PLACES;
    if t.external {
        out.push((at.external, Vec::new()));
        return Ok(());
    }
    out.push((IFLA_GRE_IKEY, t.ikey.to_vec()));
    out.push((IFLA_GRE_OKEY, t.okey.to_vec()));
    out.push((IFLA_GRE_IFLAGS, t.iflags.to_be_bytes().to_vec()));
    out.push((IFLA_GRE_OFLAGS, t.oflags.to_be_bytes().to_vec()));
    t.put_ends(out);
    if !t.shape.v6 {
        out.push((at.pmtudisc, vec![t.pmtudisc.into()]));
        if let Some(v) = t.ignore_df {
            out.push((IFLA_GRE_IGNORE_DF, vec![v]));
        }
        out.push((at.tos, vec![t.tos]));
    }
    if t.link != 0 {
        out.push((at.link, t.link.to_ne_bytes().to_vec()));
    }
    out.push((at.ttl, vec![t.ttl]));
    if t.shape.v6 {
        out.push((at.encap_limit, vec![t.encap_limit]));
        out.push((at.flowinfo, t.flowinfo.to_be_bytes().to_vec()));
        out.push((at.flags, t.flags.to_ne_bytes().to_vec()));
    }
    out.push((at.fwmark, t.fwmark.to_ne_bytes().to_vec()));
    if t.shape.erspan {
        let (version, index, direction, hardware) = t.erspan;
        out.push((IFLA_GRE_ERSPAN_VER, vec![version]));
        if version == 1 && index != 0 {
            out.push((IFLA_GRE_ERSPAN_INDEX, index.to_ne_bytes().to_vec()));
        }
        if version == 2 {
            out.push((IFLA_GRE_ERSPAN_DIR, vec![direction]));
            out.push((IFLA_GRE_ERSPAN_HWID, hardware.to_ne_bytes().to_vec()));
        }
    }
    t.put_encap(out);
    Ok(())
}

fn four(s: &mut RecordWriter<'_, '_, '_>) {
    view::external(s, &OVER4);
    view::ends(s, &OVER4);
    view::v4(s, &OVER4);
    if let Some(v) = s.d.u8(PLACES.pmtudisc) {
        s.p.hidden("pmtudisc", v != 0);
        if v == 0 {
            s.p.text("nopmtudisc ");
        }
    }
    if s.d.u8(IFLA_GRE_IGNORE_DF).is_some_and(|v| v != 0) {
        s.p.flag("ignore_df", "ignore-df ");
    }
    gre_flags(s);
    view::fwmark(s, &OVER4);
    span(s);
    view::encap(s, &PLACES.encap);
}

fn six(s: &mut RecordWriter<'_, '_, '_>) {
    view::external(s, &OVER6);
    view::ends(s, &OVER6);
    view::v6(s, &OVER6);
    gre_flags(s);
    view::v6_rest(s, &OVER6);
    span(s);
    view::encap(s, &PLACES.encap);
}

fn span(s: &mut RecordWriter<'_, '_, '_>) {
    s.u32(IFLA_GRE_ERSPAN_INDEX, "erspan_index", "erspan_index {} ");
    s.u8(IFLA_GRE_ERSPAN_VER, "erspan_ver", "erspan_ver {} ");
    if let Some(v) = s.d.u8(IFLA_GRE_ERSPAN_DIR) {
        s.p.item("erspan_dir", "erspan_dir {} ", if v == 0 { "ingress" } else { "egress" });
    }
    if let Some(v) = s.d.u16(IFLA_GRE_ERSPAN_HWID) {
        s.p.item("erspan_hwid", "erspan_hwid {} ", Hex::with_prefix(v));
    }
}

/// Describes keys, sequence numbers and checksums of GRE.
fn gre_flags(s: &mut RecordWriter<'_, '_, '_>) {
    let (inward, outward) = (s.d.be16(IFLA_GRE_IFLAGS).unwrap_or(0), s.d.be16(IFLA_GRE_OFLAGS).unwrap_or(0));
    if inward & GRE_KEY != 0 {
        view::key(s, IFLA_GRE_IKEY, "ikey", "ikey {} ");
    }
    if outward & GRE_KEY != 0 {
        view::key(s, IFLA_GRE_OKEY, "okey", "okey {} ");
    }
    for (flags, bit, key, text) in [
        (inward, GRE_SEQ, "iseq", "iseq "),
        (outward, GRE_SEQ, "oseq", "oseq "),
        (inward, GRE_CSUM, "icsum", "icsum "),
        (outward, GRE_CSUM, "ocsum", "ocsum "),
    ] {
        if flags & bit != 0 {
            s.p.flag(key, text);
        }
    }
}
