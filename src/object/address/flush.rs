//! `address flush`.

use super::show;
use super::view::{self, Address};
use crate::command::flush::Flush;
use crate::diag::{Diag, Span};
use crate::grammar::Words;
use crate::grammar::address::PACKET;
use crate::net::Request;
use crate::net::kernel::Messages;
use crate::object::link::select::Selector;
use crate::object::link::{self, show as links};
use crate::output::Printer;
use crate::schema::*;
use crate::session::Session;
use nix::errno::Errno;
use std::collections::HashSet;

/// EADDRNOTAVAIL is no error: the kernel deletes secondary addresses with their primary. The limit of rounds is
/// `-loops`.
const FLUSH: Flush = Flush {
    noun: "addresses",
    gone: &[Errno::EADDRNOTAVAIL],
    code: crate::diag::USAGE,
    rounds: 0,
    incomplete: Some(Diag::usage),
};

/// Runs `address flush`.
///
/// # Errors
///
/// No words, a wrong word, a refusal of the kernel, or addresses that are left after `-loops` rounds.
pub fn flush(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let at = w.at();
    if w.is_empty() {
        return Err(Diag::fail("Flush requires arguments.").at(Span::word(at)));
    }
    if w.family == PACKET {
        return Err(Diag::fail("Cannot flush link addresses."));
    }
    let f = Selector::parse(w)?;
    let index = match &f.dev {
        Some((name, at)) => links::find(s, name, *at)?,
        None => 0,
    };
    let devices = devices(s, &f)?;
    let describe = |p: &mut Printer<'_>, body: &[u8]| {
        if let Some(a) = Address::parse(body) {
            view::describe(s, p, &a, true);
        }
    };
    Flush { rounds: s.options.loops, ..FLUSH }.run(s, &describe, &mut |doom| {
        let all = show::dump_for(s, w.family, index, "Flush terminated").map_err(|d| d.with_code(crate::diag::FAIL))?;
        for (m, _, _) in Messages(&all) {
            let Some(a) = Address::parse(m.body) else { continue };
            let here = index == 0 || a.index == index;
            let device = devices.as_ref().is_none_or(|d| d.contains(&a.index));
            if !here || !device || !show::matches(s, &f, w.family, &a) {
                continue;
            }
            doom(Request::raw(RTM_DELADDR, 0, m.body));
        }
        Ok(())
    })
}

/// The devices that match the words about links; `None` if there are no such words. Like iproute2, ignores these words
/// if a device is named.
///
/// # Errors
///
/// The kernel refuses the dump of links.
pub fn devices(s: &Session, f: &Selector) -> Result<Option<HashSet<u32>>, Diag> {
    let open = f.dev.is_some() || !f.up && !f.down && f.group.is_none() && f.master.is_none() && f.kind.is_none();
    if open {
        return Ok(None);
    }
    let list = links::dump(s, f)?;
    let fit = Messages(&list).filter_map(|(m, _, _)| link::view::Link::parse(m.body));
    Ok(Some(fit.filter(|l| links::in_group(f, l) && links::matches(f, l)).map(|l| l.index).collect()))
}
