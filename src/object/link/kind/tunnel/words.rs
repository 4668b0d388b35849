//! The words that tunnels share, in groups that kinds combine.

use super::{GRE_CSUM, GRE_KEY, GRE_SEQ, Tunnel};
use crate::command::usage::Terms;
use crate::diag::{Diag, USAGE};
use crate::grammar::address::{octets, take_addr};
use crate::grammar::named::TOS;
use crate::grammar::number::{Named, Term, U8, U16, U32, unsigned};
use crate::grammar::value::{Choice, Flag, RequiredDev};
use crate::grammar::{Offer, Row, Value, Words};
use crate::rows;
use std::borrow::Cow;
use std::net::IpAddr;

// IP6_TNL_F_* of linux/ip6_tunnel.h.
/// IP6_TNL_F_IGN_ENCAP_LIMIT.
pub const IGN_ENCAP_LIMIT: u32 = 0x1;
/// IP6_TNL_F_USE_ORIG_TCLASS.
pub const USE_ORIG_TCLASS: u32 = 0x2;
/// IP6_TNL_F_USE_ORIG_FLOWLABEL.
pub const USE_ORIG_FLOWLABEL: u32 = 0x4;
/// IP6_TNL_F_RCV_DSCP_COPY.
pub const RCV_DSCP_COPY: u32 = 0x10;
/// IP6_TNL_F_USE_ORIG_FWMARK.
pub const USE_ORIG_FWMARK: u32 = 0x20;
/// IP6_TNL_F_ALLOW_LOCAL_REMOTE.
pub const ALLOW_LOCAL_REMOTE: u32 = 0x40;
/// The traffic class in `flowinfo` of struct ip6_tnl_parm2.
pub const TCLASS: u32 = 0x0ff0_0000;
/// The flow label in `flowinfo`.
pub const FLOWLABEL: u32 = 0x000f_ffff;

/// Keys.
pub static KEYS: &[Row<Tunnel>] = rows!(Tunnel;
    "key~" => Key("key"), "key of both directions", |t, v| {
        key(t, true, Some(v));
        key(t, false, Some(v));
    };
    "nokey~" => Flag, "no keys", |t, ()| {
        key(t, true, None);
        key(t, false, None);
    };
    "ikey~" => Key("ikey"), "key of incoming packets", |t, v| key(t, true, Some(v));
    "noikey~" => Flag, "no key for incoming packets", |t, ()| key(t, true, None);
    "okey~" => Key("okey"), "key of outgoing packets", |t, v| key(t, false, Some(v));
    "nookey~" => Flag, "no key for outgoing packets", |t, ()| key(t, false, None);
);

/// Checksums and sequence numbers.
pub static NUMBERS: &[Row<Tunnel>] = rows!(Tunnel;
    "seq~" => Flag, "sequence numbers in both directions", |t, ()| flag(t, GRE_SEQ, Some(true), Some(true));
    "noseq~" => Flag, "no sequence numbers", |t, ()| flag(t, GRE_SEQ, Some(false), Some(false));
    "iseq~" => Flag, "drop incoming packets that are out of sequence", |t, ()| flag(t, GRE_SEQ, Some(true), None);
    "noiseq~" => Flag, "accept incoming packets without sequence numbers", |t, ()| flag(t, GRE_SEQ, Some(false), None);
    "oseq~" => Flag, "number outgoing packets", |t, ()| flag(t, GRE_SEQ, None, Some(true));
    "nooseq~" => Flag, "do not number outgoing packets", |t, ()| flag(t, GRE_SEQ, None, Some(false));
    "csum~" => Flag, "checksums in both directions", |t, ()| flag(t, GRE_CSUM, Some(true), Some(true));
    "nocsum~" => Flag, "no checksums", |t, ()| flag(t, GRE_CSUM, Some(false), Some(false));
    "icsum~" => Flag, "require checksums on incoming packets", |t, ()| flag(t, GRE_CSUM, Some(true), None);
    "noicsum~" => Flag, "accept incoming packets without checksums", |t, ()| flag(t, GRE_CSUM, Some(false), None);
    "ocsum~" => Flag, "compute checksums of outgoing packets", |t, ()| flag(t, GRE_CSUM, None, Some(true));
    "noocsum~" => Flag, "no checksums on outgoing packets", |t, ()| flag(t, GRE_CSUM, None, Some(false));
);

macro_rules! pmtu_rows {
    ($no:literal, $yes:literal) => {
        rows!(Tunnel;
        $no => Flag, "no path MTU discovery", |t, ()| pmtu(t, false);
        $yes => Flag, "path MTU discovery", |t, ()| pmtu(t, true);
        )
    };
}

/// Path MTU discovery.
pub static PMTU: &[Row<Tunnel>] = pmtu_rows!("nopmtudisc~", "pmtudisc~");
/// The same for the kinds `ipip`, `sit` and `ip6tnl`, which take these words whole.
pub static WHOLE_PMTU: &[Row<Tunnel>] = pmtu_rows!("nopmtudisc", "pmtudisc");

macro_rules! end_rows {
    ($remote:literal, $local:literal) => {
        rows!(Tunnel;
        $remote => Term("ADDR", End), "remote address, or any", |t, v| {
            t.note(t.shape.at.remote);
            t.remote = v;
        };
        $local => Term("ADDR", End), "local address, or any", |t, v| {
            t.note(t.shape.at.local);
            t.local = v;
        };
        "dev~" => Term("PHYS_DEV", RequiredDev), "lower device of the tunnel", |t, v| {
            t.note(t.shape.at.link);
            t.link = v;
        };
        )
    };
}

/// Local and remote address and the lower device.
pub static ENDS: &[Row<Tunnel>] = end_rows!("remote~", "local~");
/// The same for the kinds `ipip`, `sit` and `ip6tnl`, which take these words whole.
pub static WHOLE_ENDS: &[Row<Tunnel>] = end_rows!("remote", "local");

/// The definitions of the placeholders of a tunnel over IPv4.
pub const TERMS4: Terms = &[
    ("ADDR", "{ any | IP_ADDRESS }"),
    ("KEY", "{ NUMBER | DOTTED_QUAD }"),
    ("TTL", "{ inherit | 1..255 }"),
    ("TOS", "{ inherit | NUMBER }"),
    ("MARK", "{ 0x0..0xffffffff }"),
];

/// The definitions of the placeholders of a tunnel over IPv6.
pub const TERMS6: Terms = &[ADDR6, TTL6, HLIM6, ELIM6, TCLASS6, LABEL6, MARK6];
/// Placeholders in the usage of GRE over IPv6.
pub const TERMS_GRE6: Terms = &[
    ("", "[ erspan_ver version ] [ erspan IDX ] [ erspan_dir { ingress | egress } ] [ erspan_hwid hwid ]"),
    ADDR6,
    ("KEY", "{ NUMBER | DOTTED_QUAD }"),
    TTL6,
    ELIM6,
    TCLASS6,
    LABEL6,
    MARK6,
];
const ADDR6: (&str, &str) = ("ADDR", "IPV6_ADDRESS");
const TTL6: (&str, &str) = ("TTL", "{ 0..255 } (default=64)");
const HLIM6: (&str, &str) = ("", "[ hoplimit HLIM ], HLIM := 0..255 (default=64)");
const ELIM6: (&str, &str) = ("ELIM", "{ none | 0..255 } (default=4)");
const TCLASS6: (&str, &str) = ("TCLASS", "{ inherit | 0x0..0xff }");
const LABEL6: (&str, &str) = ("FLOWLABEL", "{ inherit | 0x0..0xfffff }");
const MARK6: (&str, &str) = ("MARK", "{ inherit | 0x0..0xffffffff }");

macro_rules! v4_rows {
    ($ttl:literal, $hoplimit:literal, $hlim:literal, $tos:literal, $tclass:literal) => {
        rows!(Tunnel;
        $ttl | $hoplimit | $hlim => Term("TTL", OrInherit("TTL", "invalid TTL\n")), "TTL of the outer packet, or inherit", |t, v| {
            t.note(t.shape.at.ttl);
            t.ttl = v.unwrap_or(0);
        };
        $tos | $tclass | "tc" | "dsfield~" => Term("TOS", Tos("bad TOS value")), "type of service of the outer packet, or inherit", |t, v| {
            t.note(t.shape.at.tos);
            t.tos = v.unwrap_or(1);
        };
        )
    };
}

/// The hop limit and the type of service of the outer IPv4 header.
pub static V4: &[Row<Tunnel>] = v4_rows!("ttl~", "hoplimit~", "hlim~", "tos~", "tclass~");
/// The same for the kinds `ipip`, `sit` and `ip6tnl`, which take these words whole.
pub static WHOLE_V4: &[Row<Tunnel>] = v4_rows!("ttl", "hoplimit", "hlim", "tos", "tclass");

macro_rules! v6_rows {
    ($ttl:literal, $hoplimit:literal, $hlim:literal, $tos:literal, $tclass:literal) => {
        rows!(Tunnel;
        $ttl | $hoplimit | $hlim => Term("TTL", OrInherit("TTL", "invalid HLIM\n")), "hop limit of the outer packet, or inherit", |t, v| {
            t.note(t.shape.at.ttl);
            t.ttl = v.unwrap_or(0);
        };
        $tos | $tclass | "tc" | "dsfield~" => Term("TCLASS", TClass), "traffic class of the outer packet, or inherit", |t, v| {
            t.note(t.shape.at.flowinfo);
            t.flowinfo = t.flowinfo & !TCLASS | u32::from(v.unwrap_or(0)) << 20;
            bit(t, USE_ORIG_TCLASS, v.is_none());
        };
        )
    };
}

/// The hop limit and the traffic class of the outer IPv6 header.
pub static V6: &[Row<Tunnel>] = v6_rows!("ttl~", "hoplimit~", "hlim~", "tos~", "tclass~");
/// The same for the kinds `ipip`, `sit` and `ip6tnl`, which take these words whole.
pub static WHOLE_V6: &[Row<Tunnel>] = v6_rows!("ttl", "hoplimit", "hlim", "tos", "tclass");

/// The further words of tunnels over IPv6.
pub static V6_MORE: &[Row<Tunnel>] = rows!(Tunnel;
    "flowlabel" | "fl" => Term("FLOWLABEL", FlowLabel), "flow label of the outer packet, or inherit", |t, v| {
        t.note(t.shape.at.flowinfo);
        t.flowinfo = t.flowinfo & !FLOWLABEL | v.unwrap_or(0);
        bit(t, USE_ORIG_FLOWLABEL, v.is_none());
    };
    "dscp" => Inherit, "inherit: copy the outer DSCP to the inner packet", |t, ()| {
        t.note(t.shape.at.flags);
        bit(t, RCV_DSCP_COPY, true);
    };
    "encaplimit" => Term("ELIM", Limit), "encapsulation limit, or none", |t, v| {
        t.note(t.shape.at.encap_limit);
        bit(t, IGN_ENCAP_LIMIT, v.is_none());
        if let Some(v) = v {
            t.encap_limit = v;
        }
    };
    "fwmark" => Term("MARK", Mark), "firewall mark of the outer packet, or inherit", |t, v| {
        t.note(t.shape.at.fwmark);
        t.fwmark = v.unwrap_or(0);
        bit(t, USE_ORIG_FWMARK, v.is_none());
    };
    "allow-localremote" => Flag, "allow a remote address of this host", |t, ()| bit(t, ALLOW_LOCAL_REMOTE, true);
    "noallow-localremote" => Flag, "refuse a remote address of this host", |t, ()| bit(t, ALLOW_LOCAL_REMOTE, false);
);

/// The firewall mark of the outer packets.
pub static FWMARK: &[Row<Tunnel>] = rows!(Tunnel;
    "fwmark" => Named("MARK", U32("invalid fwmark\n")), "firewall mark of the outer packet", |t, v| {
        t.note(t.shape.at.fwmark);
        t.fwmark = v;
    };
);

/// Collect metadata.
pub static EXTERNAL: &[Row<Tunnel>] = rows!(Tunnel;
    "external" => Flag, "take tunnel parameters from each packet's route (collect metadata)", |t, ()| {
        t.note(t.shape.at.external);
        t.external = true;
    };
);

const ENCAPS: Choice<u16> = Choice(&[("fou", 1), ("gue", 2), ("none", 0)], "Invalid encap type.");

/// Encapsulation in UDP.
pub static ENCAP: &[Row<Tunnel>] = rows!(Tunnel;
    "noencap" => Flag, "no encapsulation in UDP", |t, ()| encap(t, 0);
    "encap" => ENCAPS, "encapsulation in UDP", |t, v| encap(t, v);
    "encap-sport" => Term("PORT", Port), "source port of the encapsulation, or auto", |t, v| {
        t.note(t.shape.at.encap.sport);
        t.encap.2 = v;
    };
    "encap-dport" => Named("PORT", U16("Invalid destination port.")), "destination port of the encapsulation", |t, v| {
        t.note(t.shape.at.encap.dport);
        t.encap.3 = v;
    };
    "encap-csum" => Flag, "UDP checksums over IPv4", |t, ()| encap_flag(t, 1, true);
    "noencap-csum" => Flag, "no UDP checksums over IPv4", |t, ()| encap_flag(t, 1, false);
    "encap-udp6-csum" => Flag, "UDP checksums over IPv6", |t, ()| encap_flag(t, 2, true);
    "noencap-udp6-csum" => Flag, "no UDP checksums over IPv6", |t, ()| encap_flag(t, 2, false);
    "encap-remcsum" => Flag, "remote checksum offload", |t, ()| encap_flag(t, 4, true);
    "noencap-remcsum" => Flag, "no remote checksum offload", |t, ()| encap_flag(t, 4, false);
);

fn key(t: &mut Tunnel, inward: bool, v: Option<[u8; 4]>) {
    let (slot, flags) = if inward { (&mut t.ikey, &mut t.iflags) } else { (&mut t.okey, &mut t.oflags) };
    *slot = v.unwrap_or([0; 4]);
    *flags = if v.is_some() { *flags | GRE_KEY } else { *flags & !GRE_KEY };
}

fn flag(t: &mut Tunnel, bit: u16, inward: Option<bool>, outward: Option<bool>) {
    for (flags, on) in [(&mut t.iflags, inward), (&mut t.oflags, outward)] {
        match on {
            Some(true) => *flags |= bit,
            Some(false) => *flags &= !bit,
            None => {}
        }
    }
}

fn pmtu(t: &mut Tunnel, on: bool) {
    t.note(t.shape.at.pmtudisc);
    t.pmtudisc = on;
}

fn bit(t: &mut Tunnel, bit: u32, on: bool) {
    t.flags = if on { t.flags | bit } else { t.flags & !bit };
}

fn encap(t: &mut Tunnel, kind: u16) {
    t.note(t.shape.at.encap.kind);
    t.encap.0 = kind;
}

fn encap_flag(t: &mut Tunnel, bit: u16, on: bool) {
    t.note(t.shape.at.encap.flags);
    t.encap.1 = if on { t.encap.1 | bit } else { t.encap.1 & !bit };
}

/// A key: a number, or four bytes with dots.
pub struct Key(pub &'static str);

impl Value for Key {
    type Out = [u8; 4];
    fn meta(&self) -> Cow<'static, str> {
        "KEY".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<[u8; 4], Diag> {
        let arg = w.next()?;
        if arg.bytes.contains(&b'.') {
            return octets(&arg);
        }
        U32::parse(arg.bytes).map(u32::to_be_bytes).ok_or_else(|| {
            let (key, word) = (self.0, arg.shown());
            Diag::new(USAGE, format!("invalid value for \"{key}\": \"{word}\"; it should be an unsigned integer"))
                .at(arg.span())
        })
    }
}

/// An address of the tunnel's family, or `any`.
struct End;

impl Value for End {
    type Out = Option<IpAddr>;
    fn meta(&self) -> Cow<'static, str> {
        "{ ADDRESS | any }".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Self::Out, Diag> {
        if w.peek().is_some_and(|a| matches!(a.bytes, b"any" | b"all" | b"default")) {
            w.skip();
            return Ok(None);
        }
        take_addr(w, w.family).map(|a| a.ip())
    }
}

/// An 8-bit number, or `inherit`.
pub struct OrInherit(pub &'static str, pub &'static str);

impl Value for OrInherit {
    type Out = Option<u8>;
    fn meta(&self) -> Cow<'static, str> {
        format!("{{ {} | inherit }}", self.0).into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Option<u8>, Diag> {
        let arg = w.next()?;
        if arg.is("inherit") {
            return Ok(None);
        }
        U8::parse(arg.bytes).map(Some).ok_or_else(|| arg.wrong(self.1))
    }
    fn offer(&self, _w: &Words<'_>) -> Vec<Offer> {
        vec![Offer::new("inherit", "")]
    }
}

/// A type of service, or `inherit`.
struct Tos(&'static str);

impl Value for Tos {
    type Out = Option<u8>;
    fn meta(&self) -> Cow<'static, str> {
        "{ TOS | inherit }".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Option<u8>, Diag> {
        let arg = w.next()?;
        if arg.is("inherit") {
            return Ok(None);
        }
        let v = TOS.find(&arg, w.names).and_then(|v| u8::try_from(v).ok());
        v.map(Some).ok_or_else(|| arg.wrong(self.0))
    }
    fn offer(&self, w: &Words<'_>) -> Vec<Offer> {
        let mut all = TOS.offer(w);
        all.push(Offer::new("inherit", ""));
        all
    }
}

/// A traffic class, or `inherit`.
pub struct TClass;

impl Value for TClass {
    type Out = Option<u8>;
    fn meta(&self) -> Cow<'static, str> {
        "{ TCLASS | inherit }".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Option<u8>, Diag> {
        let arg = w.next()?;
        if arg.is("inherit") {
            return Ok(None);
        }
        let v = unsigned(arg.bytes, 16).and_then(|v| u8::try_from(v).ok());
        v.map(Some).ok_or_else(|| arg.wrong("invalid TClass"))
    }
}

/// A 20-bit flow label, or `inherit`.
pub struct FlowLabel;

impl Value for FlowLabel {
    type Out = Option<u32>;
    fn meta(&self) -> Cow<'static, str> {
        "{ LABEL | inherit }".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Option<u32>, Diag> {
        let arg = w.next()?;
        if arg.is("inherit") {
            return Ok(None);
        }
        let v = unsigned(arg.bytes, 16).and_then(|v| u32::try_from(v).ok()).filter(|v| *v <= FLOWLABEL);
        v.map(Some).ok_or_else(|| arg.wrong("invalid Flowlabel"))
    }
}

/// The word `inherit`, the only value allowed.
pub struct Inherit;

impl Value for Inherit {
    type Out = ();
    fn meta(&self) -> Cow<'static, str> {
        "inherit".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<(), Diag> {
        let arg = w.next()?;
        if arg.is("inherit") { Ok(()) } else { Err(arg.wrong("not inherit")) }
    }
    fn offer(&self, _w: &Words<'_>) -> Vec<Offer> {
        vec![Offer::new("inherit", "")]
    }
}

/// An 8-bit number, or `none`.
pub struct Limit;

impl Value for Limit {
    type Out = Option<u8>;
    fn meta(&self) -> Cow<'static, str> {
        "{ NUMBER | none }".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Option<u8>, Diag> {
        let arg = w.next()?;
        if arg.is("none") {
            return Ok(None);
        }
        U8::parse(arg.bytes).map(Some).ok_or_else(|| arg.wrong("invalid ELIM"))
    }
    fn offer(&self, _w: &Words<'_>) -> Vec<Offer> {
        vec![Offer::new("none", "")]
    }
}

/// A mark, or `inherit`.
struct Mark;

impl Value for Mark {
    type Out = Option<u32>;
    fn meta(&self) -> Cow<'static, str> {
        "{ MARK | inherit }".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Option<u32>, Diag> {
        let arg = w.next()?;
        if arg.is("inherit") {
            return Ok(None);
        }
        U32::parse(arg.bytes).map(Some).ok_or_else(|| arg.wrong("invalid fwmark\n"))
    }
}

/// A port, or `auto`.
struct Port;

impl Value for Port {
    type Out = u16;
    fn meta(&self) -> Cow<'static, str> {
        "{ PORT | auto }".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<u16, Diag> {
        let arg = w.next()?;
        if arg.is("auto") {
            return Ok(0);
        }
        U16::parse(arg.bytes).ok_or_else(|| arg.wrong("Invalid source port."))
    }
    fn offer(&self, _w: &Words<'_>) -> Vec<Offer> {
        vec![Offer::new("auto", "")]
    }
}
