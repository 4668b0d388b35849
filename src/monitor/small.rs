//! Views of entries that only events report: prefixes in router advertisements.

use crate::command::host::Host;
use crate::command::view::View;
use crate::grammar::address::INET6;
use crate::net::Index;
use crate::net::attr::u32_at;
use crate::output::Printer;
use crate::schema::*;
use crate::session::Session;
use crate::state::ObjectType;

// struct prefixmsg and its attributes (linux/rtnetlink.h); flags of RFC 4861, 4.6.2.
const PREFIX_INFORMATION: u8 = 3;
const ONLINK: u8 = 1;
const AUTOCONF: u8 = 2;

/// The view of prefixes.
pub static VIEW: View =
    View { defect: Some(no_prefix), ..View::of(&[ObjectType::Prefix], |s, p, body, _| prefix(s, p, body)) };

/// Why a message is not about a prefix.
fn no_prefix(body: &[u8]) -> Option<String> {
    match (body.first(), body.get(8)) {
        (Some(&family), _) if family != INET6 => Some(format!("incorrect protocol family: {family}")),
        (_, Some(&kind)) if kind != PREFIX_INFORMATION => Some(format!("wrong ND type {kind}")),
        _ => None,
    }
}

/// Describes an announced prefix and ends its line.
fn prefix(s: &Session, p: &mut Printer<'_>, body: &[u8]) {
    let Some([_, _, _, _, i0, i1, i2, i3, _, len, flags, _]) = body.first_chunk::<12>() else { return };
    let a: Index<'_, 4> = Index::new(body.get(PREFIXMSG..).unwrap_or_default());
    if let Some(bytes) = a.get(PREFIX_ADDRESS) {
        let host = Host { s, family: INET6, bytes, named: false };
        p.item("prefix", "prefix {}", &host);
        p.item("prefixlen", "/{}", *len);
    }
    let index = u32::from_ne_bytes([*i0, *i1, *i2, *i3]);
    p.item("dev", "dev {} ", s.link_name(index));
    if flags & ONLINK != 0 {
        p.flag("onlink", "onlink ");
    }
    if flags & AUTOCONF != 0 {
        p.flag("autoconf", "autoconf ");
    }
    if let Some(info) = a.get(PREFIX_CACHEINFO) {
        p.item("valid", "valid {} ", u32_at(info, 4).unwrap_or(0));
        p.item("preferred", "preferred {} ", u32_at(info, 0).unwrap_or(0));
    }
    p.end_line();
}
