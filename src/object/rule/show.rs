//! `rule list` and `flush`.

use super::view::{self, *};
use super::words::{Draft, SELECTOR};
use crate::diag::{Diag, USAGE};
use crate::grammar::Words;
use crate::grammar::address::{INET, Prefix, UNSPEC};
use crate::net::Request;
use crate::net::kernel::Messages;
use crate::net::steady;
use crate::net::uapi::*;
use crate::object::lists;
use crate::session::Session;
use std::net::IpAddr;

/// Every rule of a family.
pub fn dump(s: &Session, family: u8) -> Result<Vec<u8>, Diag> {
    let mut header = vec![if family == UNSPEC { INET } else { family }];
    header.resize(12, 0);
    let request = Request::raw(RTM_GETRULE, 0, &header);
    steady::list(s.kernel()?, &request, &lists::RULES).map_err(|e| e.explain(&request).with_code(USAGE))
}

pub fn read(w: &mut Words<'_>) -> Result<Draft, Diag> {
    let mut f = Draft::default();
    if w.family == UNSPEC {
        w.family = INET;
    }
    SELECTOR.parse(&mut f, w)?;
    Ok(f)
}

pub fn show(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let f = read(w)?;
    let all = s.listed(dump(s, w.family))?;
    s.document(|p| {
        for (m, _, _) in Messages(&all) {
            if let Some(r) = Rule::read(m.body).filter(|r| keeps(&f, r)) {
                p.object(None);
                view::describe(s, p, &r, false);
                p.close();
            }
        }
    });
    Ok(0)
}

/// Removes what fits. The local rule, which has no preference of its own, stays.
pub fn flush(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let f = read(w)?;
    let all = dump(s, w.family)?;
    let doomed: Vec<Request> = Messages(&all)
        .filter(|(m, _, _)| Rule::read(m.body).is_some_and(|r| keeps(&f, &r) && r.a.has(FRA_PRIORITY)))
        .map(|(m, _, _)| Request::raw(RTM_DELRULE, 0, m.body))
        .collect();
    let told = s.change_all(&doomed, &[nix::errno::Errno::ENOENT]);
    told.map_err(|d| d.line("Dump terminated").with_code(crate::diag::USAGE))?;
    Ok(0)
}

/// Whether a rule has everything that was asked for.
pub fn keeps(f: &Draft, r: &Rule<'_>) -> bool {
    if f.flags & INVERT != 0 && r.flags & INVERT == 0 || f.tos != 0 && f.tos != r.tos {
        return false;
    }
    if f.table.is_some_and(|t| t != r.table()) {
        return false;
    }
    if f.action.is_some_and(|a| a != TO_TABLE && a != r.action) {
        return false;
    }
    let net = |wanted: &Option<Prefix>, ip: Option<IpAddr>, len: u8| match wanted {
        // Rules for packets of this prefix or of a part of it.
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
    f.attrs.iter().all(|(kind, wanted)| {
        let has = r.a.get(*kind);
        match *kind {
            FRA_PRIORITY => has.unwrap_or(&[0; 4]) == wanted.as_slice(),
            FRA_FWMASK if has.is_none() => wanted.iter().all(|b| *b == 0xff),
            _ => has == Some(wanted.as_slice()),
        }
    })
}
