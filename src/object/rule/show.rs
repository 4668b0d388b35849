//! `rule list` and `flush`.

use super::view::{self, *};
use super::words::{Builder, SELECTOR};
use crate::command::flush::send_listed;
use crate::diag::{Diag, USAGE};
use crate::grammar::Words;
use crate::grammar::address::{INET, Prefix, UNSPEC};
use crate::net::Request;
use crate::net::kernel::Messages;
use crate::schema::*;
use crate::session::Session;
use crate::state::{ObjectType, consistent_dump};
use std::net::IpAddr;

/// Dumps the rules of a family.
///
/// # Errors
///
/// The kernel refuses the dump, or the socket fails.
pub fn dump(s: &Session, family: u8) -> Result<Vec<u8>, Diag> {
    let request = Request::of_family(RTM_GETRULE, 0, if family == UNSPEC { INET } else { family });
    consistent_dump::collect(s.kernel()?, ObjectType::Rule, &request).map_err(|e| e.explain(&request).with_code(USAGE))
}

/// Parses the words of `rule show` and the other lists.
///
/// # Errors
///
/// A wrong word.
pub fn parse(w: &mut Words<'_>) -> Result<Builder, Diag> {
    let mut f = Builder::default();
    if w.family == UNSPEC {
        w.family = INET;
    }
    SELECTOR.parse(&mut f, w)?;
    Ok(f)
}

/// Runs `rule show`.
///
/// # Errors
///
/// A wrong word, or the kernel refuses the dump.
pub fn show(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let f = parse(w)?;
    let all = s.listed(dump(s, w.family))?;
    s.document(|p| {
        for (m, _, _) in Messages(&all) {
            if let Some(r) = Rule::parse(m.body).filter(|r| matches(&f, r)) {
                p.object(None);
                view::describe(s, p, &r, false);
                p.close();
            }
        }
    });
    Ok(0)
}

/// Runs `rule flush`: deletes the matching rules. The local rule, which has no FRA_PRIORITY, stays.
///
/// # Errors
///
/// A wrong word, or a refusal of the kernel.
pub fn flush(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let f = parse(w)?;
    let all = dump(s, w.family)?;
    let doomed = Messages(&all)
        .filter(|(m, _, _)| Rule::parse(m.body).is_some_and(|r| matches(&f, &r) && r.a.has(FRA_PRIORITY)))
        .map(|(m, _, _)| Request::raw(RTM_DELRULE, 0, m.body));
    let told = send_listed(s, doomed, &mut |part| s.change_all(part, &[nix::errno::Errno::ENOENT]));
    told.map_err(|d| d.line("Dump terminated").with_code(USAGE))?;
    // As in iproute2: an empty list with -j.
    if !s.is_dry_run() {
        s.document(|_| {});
    }
    Ok(0)
}

/// The attributes of values, of their masks, and the bytes of a full mask.
const MASKS: &[(u16, u16, &[u8])] = &[
    (FRA_SPORT_RANGE, FRA_SPORT_MASK, &[0xff; 2]),
    (FRA_DPORT_RANGE, FRA_DPORT_MASK, &[0xff; 2]),
    (FRA_DSCP, FRA_DSCP_MASK, &[DSCP_BITS]),
];

/// Whether a rule matches the words.
pub fn matches(f: &Builder, r: &Rule<'_>) -> bool {
    if f.flags & FIB_RULE_INVERT != 0 && r.flags & FIB_RULE_INVERT == 0 || f.tos != 0 && f.tos != r.tos {
        return false;
    }
    if f.table.is_some_and(|t| t != r.table()) {
        return false;
    }
    if f.action.is_some_and(|a| a != FR_ACT_TO_TBL && a != r.action) {
        return false;
    }
    let net = |wanted: &Option<Prefix>, ip: Option<IpAddr>, len: u8| match wanted {
        // Rules for this prefix or a part of it.
        Some(p) => match (p.network(), ip) {
            _ if p.len == 0 => true,
            (Some(net), Some(ip)) => p.len <= len && net.contains(ip),
            _ => false,
        },
        None => true,
    };
    if !net(&f.src, r.a.ip(FRA_SRC, r.family), r.src_len) || !net(&f.dst, r.a.ip(FRA_DST, r.family), r.dst_len) {
        return false;
    }
    let asks = |attr: u16| f.attrs.iter().any(|(kind, _)| *kind == attr);
    // A value without a mask selects rules with a full mask, which kernels before 6.18 do not report.
    for (value, mask, full) in MASKS {
        if asks(*value) && !asks(*mask) && r.a.get(*mask).is_some_and(|m| m != *full) {
            return false;
        }
    }
    f.attrs.iter().all(|(kind, wanted)| {
        let has = r.a.get(*kind);
        match *kind {
            // As in iproute2, these select nothing when they are 0.
            FRA_TUN_ID if wanted.iter().all(|b| *b == 0) => true,
            FRA_PRIORITY => has.unwrap_or(&[0; 4]) == wanted.as_slice(),
            FRA_FWMASK if has.is_none() => wanted.iter().all(|b| *b == 0xff),
            kind if has.is_none()
                && MASKS.iter().any(|(_, mask, full)| *mask == kind && *full == wanted.as_slice()) =>
            {
                true
            }
            _ => has == Some(wanted.as_slice()),
        }
    })
}
