//! The words of a tunnel over IPv4 and over IPv6, and the settings they make.

use super::Tunnel;
use super::parm::{GRE, IPIP, IPV6, ISATAP, VTI, Way};
use crate::diag::{Diag, Lost, Span};
use crate::grammar::address::{INET6, UNSPEC, octets, take_addr};
use crate::grammar::named::TOS;
use crate::grammar::number::{Term, U8};
use crate::grammar::value::{Flag, Word, check_name};
use crate::grammar::walk::{Entry, Table, offers};
use crate::grammar::{Arg, Fallback, Grammar, Offer, Row, Value, Walk, Words};
use crate::object::link::kind::tunnel::words::{
    ALLOW_LOCAL_REMOTE, FLOWLABEL, FlowLabel, IGN_ENCAP_LIMIT, Inherit, Key, Limit, OrInherit, RCV_DSCP_COPY, TCLASS,
    TClass, USE_ORIG_FLOWLABEL, USE_ORIG_TCLASS,
};
use crate::object::link::kind::tunnel::{GRE_CSUM, GRE_SEQ};
use crate::{row, rows};
use std::borrow::Cow;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

static MODE4: &[Row<Tunnel>] = rows!(Tunnel;
    "mode" => Mode(MODES4, "{ gre | ipip | isatap | sit | vti }"), "tunnel mode", |t, (mode, at)| t.mode4(mode, at);
);
static MODE6: &[Row<Tunnel>] = rows!(Tunnel;
    "mode" => Mode(MODES6, "{ ip6ip6 | ipip6 | ip6gre | vti6 | any }"), "tunnel mode", |t, (mode, _)| {
        t.parm.set_protocol(mode.0);
        t.parm.mark(mode.1);
    };
);
static KEYS: &[Row<Tunnel>] = rows!(Tunnel;
    "key" => Key("key"), "key of both directions", |t, v| t.parm.set_key(Way::Both, v);
    "ikey" => Key("ikey"), "key of incoming packets", |t, v| t.parm.set_key(Way::In, v);
    "okey" => Key("okey"), "key of outgoing packets", |t, v| t.parm.set_key(Way::Out, v);
    "seq" => Flag, "sequence numbers in both directions", |t, ()| t.parm.add_gre_flags(Way::Both, GRE_SEQ);
    "iseq" => Flag, "drop incoming packets that are out of sequence", |t, ()| t.parm.add_gre_flags(Way::In, GRE_SEQ);
    "oseq" => Flag, "number outgoing packets", |t, ()| t.parm.add_gre_flags(Way::Out, GRE_SEQ);
    "csum" => Flag, "checksums in both directions", |t, ()| t.parm.add_gre_flags(Way::Both, GRE_CSUM);
    "icsum" => Flag, "require checksums of incoming packets", |t, ()| t.parm.add_gre_flags(Way::In, GRE_CSUM);
    "ocsum" => Flag, "compute checksums of outgoing packets", |t, ()| t.parm.add_gre_flags(Way::Out, GRE_CSUM);
);
static ENDS: &[Row<Tunnel>] = rows!(Tunnel;
    "remote" => Term("ADDR", End), "remote address", |t, v| t.parm.set_remote(v);
    "local" => Term("ADDR", End), "local address", |t, v| t.parm.set_local(v);
    "dev" => Term("PHYS_DEV", Word("DEV")), "lower device of the tunnel", |t, v| t.dev = Some(v);
);
static V4: &[Row<Tunnel>] = rows!(Tunnel;
    "pmtudisc" => Flag, "path MTU discovery", |t, ()| t.parm.set_df(true);
    "nopmtudisc" => Flag, "no path MTU discovery", |t, ()| t.parm.set_df(false);
    "ttl" | "hoplimit" | "hlim" => Term("TTL", OrInherit("TTL", "invalid TTL\n")), "TTL of the outer packet, or inherit", |t, v| {
        t.parm.set_ttl(v.unwrap_or(0));
    };
    "tos" | "tclass" | "dsfield~" => Term("TOS", TosWith), "TOS of the outer packet, or inherit", |t, v| t.parm.set_tos(v);
);
static V6: &[Row<Tunnel>] = rows!(Tunnel;
    "encaplimit" => Term("ELIM", Limit), "encapsulation limit, or none", |t, v| {
        t.parm.set_flags6(IGN_ENCAP_LIMIT, v.is_none());
        if let Some(v) = v {
            t.parm.set_encap_limit(v);
        }
    };
    "hoplimit" | "ttl" | "hlim" => Term("TTL", U8("invalid TTL")), "hop limit of the outer packet; 0: that of the inner one", |t, v| {
        t.parm.set_ttl(v);
    };
    "tclass" | "tc" | "tos" | "dsfield~" => Term("TCLASS", TClass), "traffic class of the outer packet, or inherit", |t, v| {
        t.parm.set_flowinfo(TCLASS, u32::from(v.unwrap_or(0)) << 20);
        t.parm.set_flags6(USE_ORIG_TCLASS, v.is_none());
    };
    "flowlabel" | "fl" => Term("FLOWLABEL", FlowLabel), "flow label of the outer packet, or inherit", |t, v| {
        t.parm.set_flowinfo(FLOWLABEL, v.unwrap_or(0));
        t.parm.set_flags6(USE_ORIG_FLOWLABEL, v.is_none());
    };
    "dscp" => Inherit, "inherit: copy the outer DSCP to the inner packet", |t, ()| t.parm.set_flags6(RCV_DSCP_COPY, true);
    "allow-localremote" => Flag, "allow a remote address of this host", |t, ()| t.parm.set_flags6(ALLOW_LOCAL_REMOTE, true);
    "noallow-localremote" => Flag, "refuse a remote address of this host", |t, ()| t.parm.set_flags6(ALLOW_LOCAL_REMOTE, false);
);
static NAME: Row<Tunnel> = row!(Tunnel; "name" => Name, "name of the tunnel", |t, (name, at)| t.named(&name, at));

/// The words of a tunnel over IPv4.
pub static WORDS4: Grammar<Tunnel> =
    Grammar { title: "TUNNEL", rows: &[MODE4, ENDS, KEYS, V4], fallback: Fallback::Take(&NAME) };
/// The words of a tunnel over IPv6.
pub static WORDS6: Grammar<Tunnel> =
    Grammar { title: "TUNNEL6", rows: &[MODE6, ENDS, KEYS, V6], fallback: Fallback::Take(&NAME) };

/// The words of either family: those of IPv4, unless the options or the mode say IPv6.
pub struct Either;

impl Table for Either {
    fn title(&self) -> &'static str {
        WORDS4.title
    }
    fn entries(&self) -> Vec<Entry> {
        WORDS4.entries()
    }
    fn fallback_entry(&self) -> Option<Entry> {
        WORDS4.fallback_entry()
    }
    fn walk(&self, w: &mut Walk<'_, '_>) {
        if is_v6(w.words) {
            w.words.family = INET6;
            WORDS6.walk(w);
        } else {
            WORDS4.walk(w);
            // The IPv6 modes are also accepted without -6.
            if w.wanting && w.meta == MODES_META4 {
                let more = offers(MODES_META6, w.words);
                w.offers.extend(more);
            }
        }
    }
}

const MODES_META4: &str = "{ gre | ipip | isatap | sit | vti }";
const MODES_META6: &str = "{ ip6ip6 | ipip6 | ip6gre | vti6 | any }";

/// Whether these words, with or without the verb, are of an IPv6 tunnel: by the first mode, or by the option.
pub fn is_v6(w: &Words<'_>) -> bool {
    let mut rest = w.rest().iter().skip_while(|word| *word != b"mode").skip(1);
    match rest.next() {
        Some(mode) if MODES6.iter().any(|(name, _, _)| name.as_bytes() == mode) => true,
        _ => w.family == INET6,
    }
}

/// A mode: its name, its protocol, and an additional flag.
type ModeRow = (&'static str, u8, u16);

static MODES4: &[ModeRow] = &[
    ("ipip", IPIP, 0),
    ("ip/ip", IPIP, 0),
    ("gre", GRE, 0),
    ("gre/ip", GRE, 0),
    ("sit", IPV6, 0),
    ("ipv6/ip", IPV6, 0),
    ("isatap", IPV6, ISATAP),
    ("vti", IPIP, VTI),
];
static MODES6: &[ModeRow] = &[
    ("ipv6/ipv6", IPV6, 0),
    ("ip6ip6", IPV6, 0),
    ("vti6", IPV6, VTI),
    ("ip/ipv6", IPIP, 0),
    ("ipv4/ipv6", IPIP, 0),
    ("ipip6", IPIP, 0),
    ("ip4ip6", IPIP, 0),
    ("ip6gre", GRE, 0),
    ("gre/ipv6", GRE, 0),
    ("any/ipv6", 0, 0),
    ("any", 0, 0),
];

/// One of the modes of a family.
struct Mode(&'static [ModeRow], &'static str);

impl Value for Mode {
    type Out = ((u8, u16), usize);
    fn meta(&self) -> Cow<'static, str> {
        self.1.into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Self::Out, Diag> {
        let arg = w.next()?;
        let found = self.0.iter().find(|(name, _, _)| arg.is(name));
        found.map(|(_, protocol, flag)| ((*protocol, *flag), arg.at)).ok_or_else(|| {
            let d = Diag::usage(format!("Unknown tunnel mode \"{}\"", arg.shown())).at(arg.span());
            crate::grammar::suggest::hint(d, arg.bytes, self.0.iter().map(|(name, _, _)| *name))
        })
    }
}

impl Tunnel {
    fn mode4(&mut self, (protocol, flag): (u8, u16), at: usize) -> Result<(), Diag> {
        if self.parm.protocol() != 0 && self.parm.protocol() != protocol {
            return Err(Diag::usage("You managed to ask for more than one tunnel mode.").at(Span::word(at)));
        }
        self.parm.set_protocol(protocol);
        self.parm.mark(flag);
        Ok(())
    }

    fn named(&mut self, name: &[u8], at: usize) -> Result<(), Diag> {
        if let Some(first) = self.name_at {
            let d = Diag::garbage("name", &crate::output::escape::shown(name), Span::word(at)).lost(Lost::Keyword(at));
            return Err(d.at(Span::word(first)).lost(Lost::Keyword(first)));
        }
        check_name(&Arg { bytes: name, at }, "name")?;
        self.parm.set_name(name);
        self.name_at = Some(at);
        Ok(())
    }
}

/// The name of a tunnel that need not exist.
struct Name;

impl Value for Name {
    type Out = (Vec<u8>, usize);
    fn meta(&self) -> Cow<'static, str> {
        "NAME".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Self::Out, Diag> {
        Word("NAME").take(w)
    }
    fn offer(&self, w: &Words<'_>) -> Vec<Offer> {
        w.names.links()
    }
}

/// An address of the tunnel's family, or `any`.
struct End;

impl Value for End {
    type Out = IpAddr;
    fn meta(&self) -> Cow<'static, str> {
        "{ IP_ADDRESS | any }".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<IpAddr, Diag> {
        let v6 = w.family == INET6;
        if w.peek().is_some_and(|a| matches!(a.bytes, b"any" | b"all" | b"default")) {
            w.skip();
            return Ok(if v6 { Ipv6Addr::UNSPECIFIED.into() } else { Ipv4Addr::UNSPECIFIED.into() });
        }
        if v6 {
            return take_addr(w, INET6).map(|a| a.ip().unwrap_or(Ipv6Addr::UNSPECIFIED.into()));
        }
        octets(&w.next()?).map(|o| Ipv4Addr::from(o).into())
    }
}

/// A TOS, `inherit`, or both: `inherit/0x10`, with the value for non-IP packets.
struct TosWith;

impl Value for TosWith {
    type Out = u8;
    fn meta(&self) -> Cow<'static, str> {
        "TOS".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<u8, Diag> {
        const INHERIT: u8 = 1;
        let arg = w.next()?;
        let (head, tail) = match arg.bytes.iter().position(|b| *b == b'/') {
            Some(i) => (arg.bytes.get(..i).unwrap_or_default(), arg.bytes.get(i + 1..)),
            None => (arg.bytes, None),
        };
        let find = |bytes| TOS.find(&Arg { bytes, at: arg.at }, w.names).and_then(|v| u8::try_from(v).ok());
        let value = match (head, tail) {
            (b"inherit", None) => Some(INHERIT),
            (b"inherit", Some(tail)) => find(tail).map(|v| v | INHERIT),
            // iproute2 ignores what follows the slash, except after `inherit`.
            _ => find(head),
        };
        // iproute2 names the part before the slash.
        value.ok_or_else(|| Arg { bytes: head, at: arg.at }.wrong("bad TOS value"))
    }
    fn offer(&self, w: &Words<'_>) -> Vec<Offer> {
        let mut all = TOS.offer(w);
        all.push(Offer::new("inherit", "copy from the inner packet"));
        all
    }
}

/// Parses the words of a tunnel into its settings.
///
/// # Errors
///
/// A wrong word.
pub fn parse(t: &mut Tunnel, w: &mut Words<'_>) -> Result<(), Diag> {
    let outer = w.family;
    w.family = if t.parm.v6 { INET6 } else { UNSPEC };
    let result = if t.parm.v6 { WORDS6.parse(t, w) } else { WORDS4.parse(t, w) };
    w.family = outer;
    result
}
