//! The words of a rule: selector and action.

use super::view::*;
use crate::command::route_type as types;
use crate::diag::{Diag, Span};
use crate::grammar::address::{IP6MR, IPMR, Prefix, octets, take_prefix};
use crate::grammar::named::{Group, Realms};
use crate::grammar::number::{Named, Term, U8, U16, U32, U64, unsigned};
use crate::grammar::value::{Flag, is_name};
use crate::grammar::walk::Of;
use crate::grammar::words::Table;
use crate::grammar::{Fallback, Grammar, Offer, Row, Target, Value, Walk, Words, named, spells};
use crate::net::Trail;
use crate::output::out::print_stderr;
use crate::schema::*;
use crate::state::ObjectType;
use crate::{row, rows};
use std::borrow::Cow;

/// A rule that is being parsed: what `add` sends, and what `list` compares with.
#[derive(Default)]
pub struct Builder {
    /// Attributes in the order they were given.
    pub attrs: Vec<(u16, Vec<u8>)>,
    /// Which words led to which attribute.
    pub trail: Trail,
    /// FRA_SRC.
    pub src: Option<Prefix>,
    /// FRA_DST.
    pub dst: Option<Prefix>,
    /// `tos` of the header.
    pub tos: u8,
    /// `flags` of the header, FIB_RULE_*.
    pub flags: u32,
    /// FRA_TABLE.
    pub table: Option<u32>,
    /// FR_ACT_*.
    pub action: Option<u8>,
    /// FRA_L3MDEV.
    pub l3mdev: bool,
    /// An explicit type, which looks up no table.
    pub typed: bool,
    /// FRA_PROTOCOL.
    pub protocol: Option<u32>,
}

impl Target for Builder {
    fn set_span(&mut self, span: Span) {
        self.trail.close(span);
    }
}

impl Builder {
    fn put(&mut self, kind: u16, body: impl AsRef<[u8]>) {
        self.trail.note(&[kind]);
        self.attrs.retain(|(k, _)| *k != kind);
        self.attrs.push((kind, body.as_ref().to_vec()));
    }
}

/// The preference of the rule that `goto` jumps to.
const TARGET: Named<U32> = Named("NUMBER", U32("invalid target\n"));

static NOT: &[Row<Builder>] = rows!(Builder;
    "not" => Flag, "invert the selectors", |d, ()| {
        d.flags |= FIB_RULE_INVERT;
        d.trail.note(&[HEAD_FLAGS]);
    };
);

static NETS: &[Row<Builder>] = rows!(Builder;
    "from" => Term("PREFIX", Net), "packets from this prefix", |d, v| {
        d.trail.note(&[FRA_SRC]);
        d.src = Some(v);
    };
    "to" => Term("PREFIX", Net), "packets to this prefix", |d, v| {
        d.trail.note(&[FRA_DST]);
        d.dst = Some(v);
    };
);

/// The prefixes with the additional spellings of lists.
static WANTED_NETS: &[Row<Builder>] = rows!(Builder;
    "from~" | "src~" => Term("PREFIX", Net), "rules for packets from this prefix", |d, v| d.src = Some(v);
    "to" | "dst~" => Term("PREFIX", Net), "rules for packets to this prefix", |d, v| d.dst = Some(v);
);

static FIRST: &[Row<Builder>] = rows!(Builder;
    "preference~" | "order~" | "priority~" => Of(ObjectType::Rule, Named("PREFERENCE", U32("preference value is invalid\n"))), "preference: the lower, the earlier",
        |d, v| d.put(FRA_PRIORITY, v.to_ne_bytes());
    "tos" | "dsfield~" => Term("TOS", Tos), "packets of this type of service", |d, v| {
        d.tos = v;
        d.trail.note(&[HEAD_TOS]);
    };
    "dscp" => Dscp, "packets of this DSCP", |d, (v, mask)| {
        d.put(FRA_DSCP, [v]);
        // A full mask is not sent.
        if let Some(m) = mask.filter(|m| *m != 0x3f) {
            d.put(FRA_DSCP_MASK, [m]);
        }
    };
    "fwmark" => Mark, "packets with this mark", |d, (v, mask)| {
        d.put(FRA_FWMARK, v.to_ne_bytes());
        if let Some(m) = mask {
            d.put(FRA_FWMASK, m.to_ne_bytes());
        }
    };
);

static REALMS: &[Row<Builder>] = rows!(Builder;
    "realms~" => RuleRealms, "realms for the resulting route", |d, v| d.put(FRA_FLOW, v.to_ne_bytes());
);

static MAKER: &[Row<Builder>] = rows!(Builder;
    "protocol~" => Term("PROTO", named::PROTOCOL), "originating protocol", |d, v| {
        d.protocol = Some(v);
        d.put(FRA_PROTOCOL, [u8::try_from(v).unwrap_or(0)]);
    };
);

static WANTED_MAKER: &[Row<Builder>] = rows!(Builder;
    "protocol~" => Term("PROTO", named::PROTOCOL_OR_ALL), "originating protocol", |d, v| match v {
        Some(v) => d.put(FRA_PROTOCOL, [u8::try_from(v).unwrap_or(0)]),
        None => d.attrs.retain(|(kind, _)| *kind != FRA_PROTOCOL),
    };
);

static SECOND: &[Row<Builder>] = rows!(Builder;
    "tun_id~" => Named("TUN_ID", U64("\"tun_id\" value is invalid\n")), "packets of this tunnel", |d, v| d.put(FRA_TUN_ID, v.to_be_bytes());
);

static TABLE: &[Row<Builder>] = rows!(Builder;
    "table~" | "lookup" => Term("TABLE_ID", TableId("invalid table ID\n")), "routing table for the lookup", |d, v| {
        d.trail.note(&[FRA_TABLE]);
        d.table = Some(v);
    };
);

static WANTED_TABLE: &[Row<Builder>] = rows!(Builder;
    "table~" | "lookup~" => Term("TABLE_ID", TableId("table id value is invalid\n")), "rules that look up this table", |d, v| d.table = Some(v);
);

static SUPPRESS: &[Row<Builder>] = rows!(Builder;
    "suppress_prefixlength~" | "sup_pl" => Term("NUMBER", Length), "suppress routes with this prefix length or shorter", |d, v| d.put(FRA_SUPPRESS_PREFIXLEN, v.to_ne_bytes());
    "suppress_ifgroup~" | "sup_group" => Term("DEVGROUP", Group("Invalid \"suppress_ifgroup\" value\n")), "suppress routes through this device group",
        |d, v| d.put(FRA_SUPPRESS_IFGROUP, v.to_ne_bytes());
);

static THIRD: &[Row<Builder>] = rows!(Builder;
    "dev" | "iif" => Term("STRING", DevWord("\"iif\"/\"dev\"")), "packets from this device", |d, v| d.put(FRA_IIFNAME, v);
    "oif" => Term("STRING", DevWord("\"oif\"")), "packets of sockets bound to this device", |d, v| d.put(FRA_OIFNAME, v);
    "l3mdev" => Flag, "look up the table of the packet's VRF", |d, ()| {
        d.l3mdev = true;
        d.put(FRA_L3MDEV, [1]);
    };
    "uidrange" => Term("NUMBER-NUMBER", Uids), "packets from this range of user ids", |d, (a, b)| d.put(FRA_UID_RANGE, [a.to_ne_bytes(), b.to_ne_bytes()].concat());
);

static NAT: &[Row<Builder>] = rows!(Builder;
    "nat" | "map-to~" => Term("ADDRESS", Nat), "obsolete, ignored", |d, v| {
        d.put(FRA_UNUSED2, v);
        d.action = Some(RTN_NAT);
    };
);

static FOURTH: &[Row<Builder>] = rows!(Builder;
    "ipproto" => Term("PROTOCOL", crate::command::ip_proto::IpProto), "packets of this protocol", |d, v| d.put(FRA_IP_PROTO, [v]);
    "sport" => Ports, "packets from this port", |d, v| ports(d, FRA_SPORT_RANGE, FRA_SPORT_MASK, v);
    "dport" => Ports, "packets to this port", |d, v| ports(d, FRA_DPORT_RANGE, FRA_DPORT_MASK, v);
    "flowlabel" => Label, "packets with this IPv6 flow label", |d, (v, mask)| {
        // The kernel requires both.
        d.put(FRA_FLOWLABEL, v.to_be_bytes());
        d.put(FRA_FLOWLABEL_MASK, mask.unwrap_or(LABEL_BITS).to_be_bytes());
    };
);

static ACTIONS: &[Row<Builder>] = rows!(Builder;
    "goto~" => Term("NUMBER", TARGET), "continue with the rule of this preference", |d, v| {
        (d.action, d.typed) = (Some(FR_ACT_GOTO), true);
        d.put(FRA_GOTO, v.to_ne_bytes());
    };
    "nop~" => Flag, "no operation", |d, ()| {
        (d.action, d.typed) = (Some(FR_ACT_NOP), true);
        d.trail.note(&[HEAD_KIND]);
    };
);

static TYPE: Row<Builder> = row!(Builder; "type" => Kind, "rule type, instead of a table lookup", |d, (action, target)| {
    (d.action, d.typed) = (Some(action), true);
    d.trail.note(&[HEAD_KIND]);
    if let Some(target) = target {
        d.put(FRA_GOTO, target.to_ne_bytes());
    }
});
static TO: Row<Builder> = row!(Builder; "" => Net, "packets to this prefix", |d, v| d.dst = Some(v));

/// The words of `rule add` and `delete`.
pub static RULE: Grammar<Builder> = Grammar {
    title: "RULE",
    rows: &[NOT, NETS, FIRST, REALMS, MAKER, SECOND, TABLE, SUPPRESS, THIRD, NAT, FOURTH, ACTIONS],
    fallback: Fallback::Take(&TYPE),
};
/// The words as a selector, in which a bare word is a destination.
pub static SELECTOR: Grammar<Builder> = Grammar {
    title: "RULE-SELECTOR",
    rows: &[NOT, WANTED_NETS, FIRST, WANTED_MAKER, SECOND, WANTED_TABLE, THIRD, FOURTH],
    fallback: Fallback::TakeAll(&TO),
};

fn ports(d: &mut Builder, range: u16, mask: u16, (lo, hi, bits): (u16, u16, Option<u16>)) {
    d.put(range, [lo.to_ne_bytes(), hi.to_ne_bytes()].concat());
    if let Some(m) = bits.filter(|m| *m != u16::MAX) {
        d.put(mask, m.to_ne_bytes());
    }
}

/// A prefix of the requested family.
struct Net;

impl Value for Net {
    type Out = Prefix;
    fn meta(&self) -> Cow<'static, str> {
        "PREFIX".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Prefix, Diag> {
        let multicast = matches!(w.family, IPMR | IP6MR);
        take_prefix(w, w.family).map_err(|d| match multicast {
            true => d.hint("the kernel's multicast rules have no prefixes: such a rule would apply to every packet"),
            false => d,
        })
    }
}

/// The parts of a word before and after the first `by`.
fn halves(word: &[u8], by: u8) -> Option<(&[u8], &[u8])> {
    let at = word.iter().position(|b| *b == by)?;
    Some((word.get(..at)?, word.get(at + 1..)?))
}

/// `VALUE[/MASK]` of a number type.
macro_rules! masked {
    ($name:ident, $num:ident, $ty:ty, $meta:literal, $why:literal, $mask_why:literal) => {
        struct $name;

        impl Value for $name {
            type Out = ($ty, Option<$ty>);
            fn meta(&self) -> Cow<'static, str> {
                $meta.into()
            }
            fn take(&self, w: &mut Words<'_>) -> Result<Self::Out, Diag> {
                let arg = w.next()?;
                let number = |part: &[u8], why| {
                    $num::parse(part).ok_or_else(|| Diag::wrong(&crate::output::escape::shown(part), why, arg.span()))
                };
                let mut parts = arg.bytes.splitn(2, |b| *b == b'/');
                let value = number(parts.next().unwrap_or_default(), $why)?;
                Ok((value, parts.next().map(|mask| number(mask, $mask_why)).transpose()?))
            }
        }
    };
}

masked!(Mark, U32, u32, "FWMARK[/MASK]", "fwmark value is invalid\n", "fwmask value is invalid\n");
masked!(Label, U32, u32, "FLOWLABEL[/MASK]", "invalid flowlabel", "invalid flowlabel mask");

/// A DSCP: a name of rt_dsfield, or 0-63, with a mask.
struct Dscp;

impl Value for Dscp {
    type Out = (u8, Option<u8>);
    fn meta(&self) -> Cow<'static, str> {
        "DSCP[/MASK]".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Self::Out, Diag> {
        let arg = w.next()?;
        let text = arg.str().ok_or_else(|| arg.wrong("invalid dscp"))?;
        let (value, mask) = text.split_once('/').map_or((text, None), |(v, m)| (v, Some(m)));
        // The kernel refuses values above 63.
        let byte = |t: &str| U8::parse(t.as_bytes());
        let by_name = w.names.number(Table::Fields, value.as_bytes()).and_then(|v| u8::try_from(v >> 2).ok());
        let shown = |t: &str| crate::output::escape::shown(t.as_bytes());
        let bad = || Diag::wrong(&shown(value), "invalid dscp", arg.span());
        let value = byte(value).or(by_name).ok_or_else(bad)?;
        let mask = match mask {
            Some(m) => Some(byte(m).ok_or_else(|| Diag::wrong(&shown(m), "invalid dscp mask", arg.span()))?),
            None => None,
        };
        Ok((value, mask))
    }
}

/// A type of service.
struct Tos;

impl Value for Tos {
    type Out = u8;
    fn meta(&self) -> Cow<'static, str> {
        "TOS".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<u8, Diag> {
        let arg = w.next()?;
        named::TOS
            .find(&arg, w.names)
            .and_then(|v| u8::try_from(v).ok())
            .ok_or_else(|| arg.wrong("TOS value is invalid\n"))
    }
    fn offer(&self, w: &Words<'_>) -> Vec<Offer> {
        w.names.names(Table::Fields)
    }
}

/// Realms, with this object's error for bad ones.
struct RuleRealms;

impl Value for RuleRealms {
    type Out = u32;
    fn meta(&self) -> Cow<'static, str> {
        "[SRCREALM/]DSTREALM".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<u32, Diag> {
        let Some(arg) = w.peek() else { return w.next().map(|_| 0) };
        Realms.take(w).map_err(|_| arg.wrong("invalid realms\n"))
    }
}

/// A table.
struct TableId(&'static str);

impl Value for TableId {
    type Out = u32;
    fn meta(&self) -> Cow<'static, str> {
        "TABLE_ID".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<u32, Diag> {
        let arg = w.next()?;
        let found = named::TABLE.find(&arg, w.names);
        found.ok_or_else(|| named::near_name(arg.wrong(self.0), &arg, w.names, Table::Tables))
    }
    fn offer(&self, w: &Words<'_>) -> Vec<Offer> {
        w.names.names(Table::Tables)
    }
}

/// A non-negative length.
struct Length;

impl Value for Length {
    type Out = u32;
    fn meta(&self) -> Cow<'static, str> {
        "NUMBER".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<u32, Diag> {
        let arg = w.next()?;
        U32::parse(arg.bytes)
            .filter(|v| i32::try_from(*v).is_ok())
            .ok_or_else(|| arg.wrong("suppress_prefixlength value is invalid\n"))
    }
}

/// The NUL-terminated name of a device that need not exist.
struct DevWord(&'static str);

impl Value for DevWord {
    type Out = Vec<u8>;
    fn meta(&self) -> Cow<'static, str> {
        "DEV".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Vec<u8>, Diag> {
        let arg = w.next()?;
        if !is_name(arg.bytes) {
            return Err(arg.wrong(&format!("{} not a valid ifname", self.0)));
        }
        Ok([arg.bytes, &[0]].concat())
    }
    fn offer(&self, w: &Words<'_>) -> Vec<Offer> {
        w.names.links()
    }
}

/// A range of user ids, `A-B`.
struct Uids;

impl Value for Uids {
    type Out = (u32, u32);
    fn meta(&self) -> Cow<'static, str> {
        "NUMBER-NUMBER".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<(u32, u32), Diag> {
        let arg = w.next()?;
        let range = arg.str().and_then(|t| t.split_once('-'));
        // Always decimal. An inverted range is left for the kernel to refuse.
        let decimal = |t: &str| unsigned(t.as_bytes(), 10).and_then(|v| u32::try_from(v).ok());
        range.and_then(|(a, b)| Some((decimal(a)?, decimal(b)?))).ok_or_else(|| arg.wrong("invalid UID range\n"))
    }
}

/// A port, `A-B`, or `PORT/MASK`.
struct Ports;

impl Value for Ports {
    type Out = (u16, u16, Option<u16>);
    fn meta(&self) -> Cow<'static, str> {
        "{ PORT[/MASK] | PORT-PORT }".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Self::Out, Diag> {
        let arg = w.next()?;
        let port = |part: &[u8], why: &str| {
            let wrong = || Diag::wrong(&crate::output::escape::shown(part), why, arg.span());
            U16::parse(part).ok_or_else(wrong)
        };
        if let Some((from, to)) = halves(arg.bytes, b'-') {
            return Ok((port(from, "invalid port range start")?, port(to, "invalid port range end")?, None));
        }
        let (value, mask) = halves(arg.bytes, b'/').map_or((arg.bytes, None), |(v, m)| (v, Some(m)));
        let mask = mask.map(|m| port(m, "invalid mask")).transpose()?;
        let value = port(value, "invalid port")?;
        Ok((value, value, mask))
    }
}

/// An address that is parsed and ignored.
struct Nat;

impl Value for Nat {
    type Out = Vec<u8>;
    fn meta(&self) -> Cow<'static, str> {
        "ADDRESS".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Vec<u8>, Diag> {
        if !w.is_empty() {
            print_stderr("Warning: route NAT is deprecated\n");
        }
        nat_address(w)
    }
    /// Without the warning, since the line is not run.
    fn walk(&self, w: &mut Walk<'_, '_>) {
        let none = |_: &Words<'_>| Vec::new();
        w.pass(&|w| nat_address(w).map(drop), &none, &none, &self.meta());
    }
}

fn nat_address(w: &mut Words<'_>) -> Result<Vec<u8>, Diag> {
    let arg = w.next()?;
    let zeros = ["any", "all", "default"].iter().any(|word| arg.is(word));
    if zeros { Ok(vec![0; 4]) } else { octets(&arg).map(Into::into) }
}

/// A route type, `nop`, or `goto` and its target. The word `type` may precede it.
struct Kind;

impl Value for Kind {
    type Out = (u8, Option<u32>);
    fn meta(&self) -> Cow<'static, str> {
        "{ blackhole | unreachable | prohibit | nop | goto NUMBER }".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Self::Out, Diag> {
        let arg = w.next()?;
        match arg.bytes {
            word if spells("help~", word) => Err(w.usage()),
            word if spells("goto~", word) => Ok((FR_ACT_GOTO, Some(TARGET.take(w)?))),
            word if spells("nop~", word) => Ok((FR_ACT_NOP, None)),
            word => match types::number_or_digits(word) {
                Some(kind) => Ok((kind, None)),
                None => Err(arg.wrong("Failed to parse rule type")),
            },
        }
    }
    fn offer(&self, w: &Words<'_>) -> Vec<Offer> {
        // Without `type`, these have their own rows.
        let after_type = w.line().last().is_none_or(|last| last == b"type");
        let named: &[&str] = if after_type { &["nop", "goto"] } else { &[] };
        ["blackhole", "unreachable", "prohibit"].iter().chain(named).map(|n| Offer::new(*n, "")).collect()
    }
    fn more(&self, w: &Words<'_>) -> Vec<Offer> {
        let target = w.line().last().is_some_and(|last| spells("goto~", last));
        if target { w.names.there(ObjectType::Rule, w) } else { Vec::new() }
    }
}
