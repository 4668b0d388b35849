//! `mptcp monitor`.

use super::*;
use crate::command::events::{Group, follow};
use crate::diag::USAGE;
use crate::net::Index;
use crate::output::Printer;
use crate::output::scalar::{Both, Hex};

const GROUP: Group = Group { family: &FAMILY, name: "mptcp_pm_events", whose: "mptcp", ends: true, refused: USAGE };

/// enum mptcp_event_type of linux/mptcp_pm.h.
const EVENTS: &[(u8, &str)] = &[
    (1, "CREATED"),
    (2, "ESTABLISHED"),
    (3, "CLOSED"),
    (6, "ANNOUNCED"),
    (7, "REMOVED"),
    (10, "SF_ESTABLISHED"),
    (11, "SF_CLOSED"),
    (13, "SF_PRIO"),
    (15, "LISTENER_CREATED"),
    (16, "LISTENER_CLOSED"),
];

crate::attrs! {
    /// The attributes of an event (enum mptcp_event_attr).
    pub const MPTCP_ATTRS;
    MPTCP_ATTR_TOKEN = 1: U32, Read;
    MPTCP_ATTR_FAMILY = 2: U16, Read;
    MPTCP_ATTR_LOC_ID = 3: U8, Read;
    MPTCP_ATTR_REM_ID = 4: U8, Read;
    MPTCP_ATTR_SADDR4 = 5: Ip, Read;
    MPTCP_ATTR_SADDR6 = 6: Ip, Read;
    MPTCP_ATTR_DADDR4 = 7: Ip, Read;
    MPTCP_ATTR_DADDR6 = 8: Ip, Read;
    MPTCP_ATTR_SPORT = 9: Be16, Read;
    MPTCP_ATTR_DPORT = 10: Be16, Read;
    MPTCP_ATTR_BACKUP = 11: U8, Read;
    MPTCP_ATTR_ERROR = 12: U8, Read;
    MPTCP_ATTR_FLAGS = 13: U16, Read;
    /// Milliseconds.
    MPTCP_ATTR_TIMEOUT = 14: U32, Read;
    MPTCP_ATTR_IF_IDX = 15: I32, Read;
    MPTCP_ATTR_RESET_REASON = 16: U32, Read;
    MPTCP_ATTR_RESET_FLAGS = 17: U32, Read;
    MPTCP_ATTR_SERVER_SIDE = 18: U8, Read;
}

// MPTCP_PM_EV_FLAG_* of linux/mptcp.h.
const DENY_JOIN_ID0: u16 = 1;
const SERVER_SIDE: u16 = 2;

/// Runs `mptcp monitor`.
///
/// # Errors
///
/// A word follows, the kernel lacks the family, or it refuses the subscription.
pub fn run(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    s.generic(&FAMILY)?;
    if let Some(arg) = w.peek() {
        return Err(Unknown::Command(&OBJECT).say(&arg, &[]));
    }
    follow(s, &GROUP, &|p, event, attrs| describe(s, p, event, &Index::new(attrs)))
}

fn describe(s: &Session, p: &mut Printer<'_>, event: u8, a: &Index<'_, 24>) {
    let Some((_, name)) = EVENTS.iter().find(|(number, _)| *number == event) else {
        p.item("event", "[{}]", format_args!("UNKNOWN {event}"));
        return p.nl();
    };
    p.item("event", "[{}]", Both(format!("{name:>16}"), *name));
    if let Some(token) = a.u32(MPTCP_ATTR_TOKEN) {
        p.item("token", " token={}", Both(format!("{token:08x}"), Hex::with_prefix(token)));
    }
    for (attr, key, form) in [(MPTCP_ATTR_REM_ID, "remid", " remid={}"), (MPTCP_ATTR_LOC_ID, "locid", " locid={}")] {
        if let Some(v) = a.u8(attr) {
            p.item(key, form, v);
        }
    }
    for (attr, key, form) in [(MPTCP_ATTR_SADDR4, "saddr4", " saddr4={}"), (MPTCP_ATTR_DADDR4, "daddr4", " daddr4={}")]
    {
        if let Some(ip) = a.v4(attr) {
            p.item(key, form, ip);
        }
    }
    for (attr, key, form) in [(MPTCP_ATTR_SADDR6, "saddr6", " saddr6={}"), (MPTCP_ATTR_DADDR6, "daddr6", " daddr6={}")]
    {
        if let Some(ip) = a.v6(attr) {
            p.item(key, form, ip);
        }
    }
    for (attr, key, form) in [(MPTCP_ATTR_SPORT, "sport", " sport={}"), (MPTCP_ATTR_DPORT, "dport", " dport={}")] {
        if let Some(port) = a.be16(attr) {
            p.item(key, form, port);
        }
    }
    for (attr, key, form) in [(MPTCP_ATTR_BACKUP, "backup", " backup={}"), (MPTCP_ATTR_ERROR, "error", " error={}")] {
        if let Some(v) = a.u8(attr) {
            p.item(key, form, v);
        }
    }
    if let Some(v) = a.u32(MPTCP_ATTR_TIMEOUT) {
        p.item("timeout", " timeout={}", v);
    }
    if let Some(index) = a.u32(MPTCP_ATTR_IF_IDX) {
        p.item("ifindex", " ifindex={}", index);
        s.with_link_name(index, |name| p.item("dev", " dev={}", name));
    }
    if let Some(v) = a.u32(MPTCP_ATTR_RESET_REASON) {
        p.item("reset_reason", " reset_reason={}", v);
    }
    if let Some(v) = a.u32(MPTCP_ATTR_RESET_FLAGS) {
        p.item("reset_flags", " reset_flags={}", Hex::with_prefix(v));
    }
    let flags = a.u16(MPTCP_ATTR_FLAGS).unwrap_or(0);
    if a.u8(MPTCP_ATTR_SERVER_SIDE).is_some_and(|v| v != 0) || flags & SERVER_SIDE != 0 {
        p.flag("server_side", " server_side");
    }
    if flags & DENY_JOIN_ID0 != 0 {
        p.flag("deny_join_id0", " deny_join_id0");
    }
    let rest = flags & !(DENY_JOIN_ID0 | SERVER_SIDE);
    if rest != 0 {
        p.item("flags", " flags={}", Hex::with_prefix(rest));
    }
    p.nl();
}
