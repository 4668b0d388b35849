//! A rule: reads its message without copying, and prints it.

use crate::command::route_type as types;
use crate::grammar::address::{INET, INET6};
use crate::grammar::words::Table;
use crate::net::Index;
use crate::net::attr::{u16_at, u32_at, u64_at};
use crate::nss::protocols;
use crate::output::color::{Role, of_family};
use crate::output::scalar::{Both, Hex};
use crate::output::{Printer, Scalar};
use crate::schema::*;
use crate::session::Session;

// Masks of the values of FRA_FLOWLABEL and FRA_DSCP (linux/fib_rules.h).
/// The bits of a flow label.
pub const LABEL_BITS: u32 = 0xf_ffff;

/// The bits of a DSCP.
pub const DSCP_BITS: u8 = 0x3f;

/// A rule message: its header and its attributes.
pub struct Rule<'a> {
    /// `family` of struct fib_rule_hdr.
    pub family: u8,
    /// `dst_len`, in bits.
    pub dst_len: u8,
    /// `src_len`, in bits.
    pub src_len: u8,
    /// `tos`.
    pub tos: u8,
    /// `action`, FR_ACT_*.
    pub action: u8,
    /// `flags`, FIB_RULE_*.
    pub flags: u32,
    /// The attributes, FRA_*.
    pub a: Index<'a, 32>,
    table: u8,
}

impl<'a> Rule<'a> {
    /// Parses a message body; `None` if it is too short.
    pub fn parse(body: &'a [u8]) -> Option<Rule<'a>> {
        let h: &[u8; 12] = body.first_chunk()?;
        let [family, dst_len, src_len, tos, table, _, _, action, f0, f1, f2, f3] = *h;
        Some(Rule {
            family,
            dst_len,
            src_len,
            tos,
            action,
            flags: u32::from_ne_bytes([f0, f1, f2, f3]),
            a: Index::new(body.get(FIB_RULE_HDR..)?),
            table,
        })
    }

    /// FRA_TABLE, or `table` if it is absent.
    pub fn table(&self) -> u32 {
        self.a.u32(FRA_TABLE).unwrap_or(self.table.into())
    }
}

/// Describes a rule and ends its line. The caller opens and closes the record.
pub fn describe(s: &Session, p: &mut Printer<'_>, r: &Rule<'_>, deleted: bool) {
    if deleted {
        p.flag("deleted", "Deleted ");
    }
    p.item("priority", "{}:\t", r.a.u32(FRA_PRIORITY).unwrap_or(0));
    if r.flags & FIB_RULE_INVERT != 0 {
        p.null("not", "not ");
    }
    prefix(p, r, FRA_SRC, r.src_len);
    prefix(p, r, FRA_DST, r.dst_len);
    if r.tos != 0 {
        match s.named(Table::Fields, r.tos.into()).name {
            Some(n) => p.item("tos", " tos {}", n),
            None => p.item("tos", " tos {}", format_args!("0x{:02x}", r.tos)),
        }
    }
    mark(p, r);
    for (attr, key, bit) in [(FRA_IIFNAME, "iif", FIB_RULE_IIF_DETACHED), (FRA_OIFNAME, "oif", FIB_RULE_OIF_DETACHED)] {
        if let Some(name) = r.a.str(attr) {
            p.text_item(" {} ", key);
            p.colored(Role::Ifname, key, "{}", name);
            if r.flags & bit != 0 {
                p.null(if attr == FRA_IIFNAME { "iif_detached" } else { "oif_detached" }, " [detached]");
            }
        }
    }
    if r.a.u8(FRA_L3MDEV).is_some_and(|v| v != 0) {
        p.null("l3mdev", " lookup [l3mdev-table]");
    }
    packets(s, p, r);
    let table = r.table();
    if table != 0 {
        p.item("table", " lookup {}", s.named(Table::Tables, table));
        if let Some(v) = r.a.u32(FRA_SUPPRESS_PREFIXLEN).filter(|v| *v != u32::MAX) {
            p.item("suppress_prefixlen", " suppress_prefixlength {}", v);
        }
        if let Some(v) = r.a.u32(FRA_SUPPRESS_IFGROUP).filter(|v| *v != u32::MAX) {
            p.item("suppress_ifgroup", " suppress_ifgroup {}", s.named(Table::Groups, v));
        }
    }
    if let Some(v) = r.a.u32(FRA_FLOW) {
        let (from, to) = (v >> 16, v & 0xffff);
        p.text(" realms ");
        if from != 0 {
            p.item("flow_from", "{}/", s.named(Table::Realms, from));
        }
        p.item("flow_to", "{}", s.named(Table::Realms, to));
    }
    action(s, p, r);
    if let Some(v) = r.a.u8(FRA_PROTOCOL)
        && (!matches!(v, 0 | 2) || s.options.details)
    {
        p.item("protocol", " proto {}", s.named(Table::Protocols, v.into()));
    }
    if let Some(v) = r.a.u8(FRA_DSCP) {
        // A TOS has the DSCP in its upper six bits.
        let name = if s.options.numeric { None } else { s.tables.name(Table::Fields, u32::from(v) << 2) };
        let named = crate::session::Named { id: v.into(), name, is_verbatim: false };
        masked(p, "dscp", named, r.a.u8(FRA_DSCP_MASK), DSCP_BITS, v);
    }
    if let Some(v) = r.a.be32(FRA_FLOWLABEL) {
        masked(p, "flowlabel", Hex::alternate(v), r.a.be32(FRA_FLOWLABEL_MASK), LABEL_BITS, v);
    }
    p.end_line();
}

/// Describes `from ADDRESS[/LENGTH]`, `from all`, ` to ...`.
fn prefix(p: &mut Printer<'_>, r: &Rule<'_>, attr: u16, len: u8) {
    let source = attr == FRA_SRC;
    let (key, len_key) = if source { ("src", "srclen") } else { ("dst", "dstlen") };
    let full = match r.family {
        INET => 32,
        INET6 => 128,
        _ => 0,
    };
    match r.a.ip(attr, r.family) {
        Some(ip) => {
            p.text(if source { "from " } else { " to " });
            p.colored(of_family(r.family), key, "{}", ip);
            if len != full {
                p.item(len_key, "/{}", len);
            }
        }
        None if len != 0 => {
            p.item(key, if source { "from {}" } else { " to {}" }, "0");
            p.item(len_key, "/{}", len);
        }
        None if source => p.item(key, "from {}", "all"),
        None => {}
    }
}

fn mark(p: &mut Printer<'_>, r: &Rule<'_>) {
    let mask = r.a.u32(FRA_FWMASK).unwrap_or(u32::MAX);
    let value = r.a.u32(FRA_FWMARK);
    if value.is_none() && !r.a.has(FRA_FWMASK) {
        return;
    }
    p.item("fwmark", " fwmark {}", Hex::alternate(value.unwrap_or(0)));
    if mask != u32::MAX {
        p.item("fwmask", "/{}", Hex::alternate(mask));
    }
}

/// Describes users, protocol, ports and tunnel.
fn packets(s: &Session, p: &mut Printer<'_>, r: &Rule<'_>) {
    if let Some(b) = r.a.get(FRA_UID_RANGE) {
        p.item("uid_start", " uidrange {}", u32_at(b, 0).unwrap_or(0));
        p.item("uid_end", "-{}", u32_at(b, 4).unwrap_or(0));
    }
    if let Some(v) = r.a.u8(FRA_IP_PROTO) {
        match protocols::name(v).filter(|_| !s.options.numeric) {
            Some(name) => p.item("ipproto", " ipproto {}", name),
            None => p.item("ipproto", " ipproto {}", format_args!("ipproto-{v}")),
        }
    }
    ports(p, r, FRA_SPORT_RANGE, FRA_SPORT_MASK, "sport");
    ports(p, r, FRA_DPORT_RANGE, FRA_DPORT_MASK, "dport");
    if let Some(v) = r.a.get(FRA_TUN_ID).and_then(|b| u64_at(b, 0)) {
        p.item("tun_id", " tun_id {}", u64::from_be(v));
    }
}

fn ports(p: &mut Printer<'_>, r: &Rule<'_>, range: u16, mask: u16, key: &str) {
    let Some(b) = r.a.get(range) else { return };
    let (lo, hi) = (u16_at(b, 0).unwrap_or(0), u16_at(b, 2).unwrap_or(0));
    if lo != hi {
        p.text_item(" {} ", key);
        p.item(&format!("{key}_start"), "{}", lo);
        p.item(&format!("{key}_end"), "-{}", hi);
        return;
    }
    masked(p, key, lo, r.a.u16(mask), u16::MAX, lo);
}

/// Describes a value with its mask: in text both in hexadecimal, and the mask only if it is not full; JSON has every
/// mask that the kernel reports.
fn masked<N>(p: &mut Printer<'_>, key: &str, value: impl Scalar, mask: Option<N>, full: N, bits: N)
where
    N: Into<u64> + Copy + PartialEq,
{
    p.text_item(" {} ", key);
    match mask {
        Some(m) if m != full => p.item(key, "{}", Both(Hex::alternate(bits), value)),
        _ => p.item(key, "{}", value),
    }
    let Some(m) = mask else { return };
    let key = format!("{key}_mask");
    if m == full {
        p.hidden(&key, Hex::alternate(m));
    } else {
        p.item(&key, "/{}", Hex::alternate(m));
    }
}

fn action(s: &Session, p: &mut Printer<'_>, r: &Rule<'_>) {
    match r.action {
        FR_ACT_TO_TBL => {}
        RTN_NAT => p.null("masquerade", " masquerade"),
        FR_ACT_GOTO => {
            match r.a.u32(FRA_GOTO) {
                Some(v) => p.item("goto", " goto {}", v),
                None => p.item("goto", " goto {}", "none"),
            }
            if r.flags & FIB_RULE_UNRESOLVED != 0 {
                p.null("unresolved", " [unresolved]");
            }
        }
        FR_ACT_NOP => p.null("nop", " nop"),
        v => p.item("action", " {}", types::shown(s, v)),
    }
}
