//! Virtual tunnel interfaces for IPsec: `vti` and `vti6` (linux/if_tunnel.h, IFLA_VTI_*).

use super::words::{ENDS, FWMARK, Key};
use super::{Attributes, Encap, Places, Shape, Tunnel, parse_data, unknown, view};
use crate::diag::Diag;
use crate::grammar::{Fallback, Grammar, Row};
use crate::net::Nested;
use crate::object::link::kind::{Kind, RecordWriter};
use crate::schema::Quirks;
use crate::{attrs, raw, rows};
use netlink_packet_route::link::{InfoData, InfoVti};

raw!(InfoVti);

attrs! {
    /// The attributes of its data (linux/if_tunnel.h).
    pub const ATTRS;
    IFLA_VTI_LINK = 1: U32, Set;
    IFLA_VTI_IKEY = 2: Be32, Set;
    IFLA_VTI_OKEY = 3: Be32, Set;
    IFLA_VTI_LOCAL = 4: Ip, Set;
    IFLA_VTI_REMOTE = 5: Ip, Set;
    IFLA_VTI_FWMARK = 6: U32, Set;
}

static PLACES: Places = Places {
    local: 4,
    remote: 5,
    link: 1,
    ttl: 0,
    tos: 0,
    pmtudisc: 0,
    fwmark: 6,
    encap_limit: 0,
    flowinfo: 0,
    flags: 0,
    encap: Encap { kind: 0, flags: 0, sport: 0, dport: 0 },
    external: 0,
    proto: 0,
};

static OVER4: Shape = Shape { v6: false, erspan: false, at: &PLACES, emit, load };
static OVER6: Shape = Shape { v6: true, erspan: false, at: &PLACES, emit, load };

static KEYS: &[Row<Tunnel>] = rows!(Tunnel;
    "key~" => Key("key"), "key of both directions", |t, v| {
        t.note(IFLA_VTI_IKEY);
        t.note(IFLA_VTI_OKEY);
        (t.ikey, t.okey) = (v, v);
    };
    "ikey~" => Key("ikey"), "key of incoming packets", |t, v| {
        t.note(IFLA_VTI_IKEY);
        t.ikey = v;
    };
    "okey~" => Key("okey"), "key of outgoing packets", |t, v| {
        t.note(IFLA_VTI_OKEY);
        t.okey = v;
    };
);

/// Links of type `vti`.
pub static VTI: Kind = Kind {
    attrs: ATTRS,
    quirks: Quirks { recreatable: true, resets: true, ..Quirks::NONE },
    parse: Some(|w, s| parse_data::<InfoVti>(w, s, &OVER4, &VTI_WORDS, InfoData::Vti)),
    tables: &[&VTI_WORDS],
    describe: Some(|s| describe(s, &OVER4)),
    ..Kind::named("vti")
        .terms(&[("ADDR", "{ IP_ADDRESS }"), ("KEY", "{ NUMBER | DOTTED_QUAD }"), ("MARK", "{ 0x0..0xffffffff }")])
        .about("IPsec tunnel interface over IPv4")
        .examples(&[("rip link add vti0 type vti local 192.0.2.1 remote 192.0.2.2 key 5", "policies with mark 5")])
};

static VTI_WORDS: Grammar<Tunnel> =
    Grammar { title: "VTI", rows: &[KEYS, ENDS, FWMARK], fallback: Fallback::Unknown(|arg| unknown(&VTI, arg)) };

/// Links of type `vti6`.
pub static VTI6: Kind = Kind {
    attrs: ATTRS,
    quirks: Quirks { recreatable: true, resets: true, ..Quirks::NONE },
    parse: Some(|w, s| parse_data::<InfoVti>(w, s, &OVER6, &VTI6_WORDS, InfoData::Vti)),
    tables: &[&VTI6_WORDS],
    describe: Some(|s| describe(s, &OVER6)),
    ..Kind::named("vti6")
        .terms(&[("ADDR", "{ IPV6_ADDRESS }"), ("KEY", "{ NUMBER | DOTTED_QUAD }"), ("MARK", "{ 0x0..0xffffffff }")])
        .about("IPsec tunnel interface over IPv6")
        .examples(&[(
            "rip link add vti6-0 type vti6 local 2001:db8::1 remote 2001:db8::2 key 5",
            "policies with mark 5",
        )])
};

static VTI6_WORDS: Grammar<Tunnel> =
    Grammar { title: "VTI6", rows: &[KEYS, ENDS, FWMARK], fallback: Fallback::Unknown(|arg| unknown(&VTI6, arg)) };

fn load(t: &mut Tunnel, d: &Nested<'_>) {
    t.load_common(d);
    let key = |attr: u16| d.get(attr).and_then(|b| b.first_chunk::<4>()).copied().unwrap_or([0; 4]);
    (t.ikey, t.okey) = (key(IFLA_VTI_IKEY), key(IFLA_VTI_OKEY));
}

fn emit(t: &Tunnel, out: &mut Attributes) -> Result<(), Diag> {
    out.push((IFLA_VTI_IKEY, t.ikey.to_vec()));
    out.push((IFLA_VTI_OKEY, t.okey.to_vec()));
    t.put_ends(out);
    out.push((PLACES.fwmark, t.fwmark.to_ne_bytes().to_vec()));
    if t.link != 0 {
        out.push((PLACES.link, t.link.to_ne_bytes().to_vec()));
    }
    Ok(())
}

fn describe(s: &mut RecordWriter<'_, '_, '_>, shape: &Shape) {
    view::ends(s, shape);
    for (attr, name, form) in [(IFLA_VTI_IKEY, "ikey", "ikey {} "), (IFLA_VTI_OKEY, "okey", "okey {} ")] {
        if s.d.u32(attr).is_some_and(|v| v != 0) {
            view::key(s, attr, name, form);
        }
    }
    view::fwmark(s, shape);
}
