//! `link show`: the dump (or one link), the filters, and the printing.

use super::select::{NO_MASTER, SELECTOR, Selector};
use super::view::{Link, ShowOptions};
use super::{brief, view};
use crate::diag::Diag;
use crate::grammar::Words;
use crate::grammar::address::PACKET;
use crate::grammar::value::Absent;
use crate::net::attr::{Attrs, put, u32_at, until_nul};
use crate::net::kernel::{Message, Messages};
use crate::net::{KernelError, Request};
use crate::output::Printer;
use crate::schema::*;
use crate::session::Session;
use crate::state::{ObjectType, consistent_dump};
use nix::errno::Errno;
use std::ops::ControlFlow;

/// Runs `link show`.
///
/// # Errors
///
/// A wrong word, a device that does not exist, or the kernel refuses the dump.
pub fn show(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    // The family of `ip link` is AF_PACKET, whatever the options say.
    w.family = PACKET;
    let mut f = Selector::default();
    SELECTOR.parse(&mut f, w)?;
    let opts = ShowOptions {
        link: true,
        family: PACKET,
        details: s.options.details,
        stats: s.options.stats,
        deleted: false,
        event: false,
    };
    if f.dev.is_some() && f.group.is_none() {
        f.forgive();
    }
    let wanted = match (&f.dev, f.group) {
        (Some((name, at)), Some(_)) => {
            let index = find(s, name, *at)?;
            if name.starts_with(b"if") {
                s.get_link(None, index, mask(s, &f)).map_err(|e| refused(e, "link"))?;
            }
            Some(index)
        }
        _ => None,
    };
    let mut describe = |p: &mut Printer<'_>, m: &Message<'_>| {
        let Some(l) = Link::parse(m.body) else { return };
        if !in_group(&f, &l) || wanted.is_some_and(|i| i != l.index) {
            return;
        }
        // As in iproute2's JSON, a link excluded by other words leaves an empty object.
        p.object(None);
        // Only addresses have labels: with this word, no link matches.
        if f.label.is_none() && matches(&f, &l) {
            if s.options.brief {
                brief::describe(s, p, &l);
            } else {
                view::describe(s, p, &l, opts);
            }
            p.end_line();
        }
        p.close();
    };
    if let (Some((name, at)), None) = (&f.dev, f.group) {
        let link = one(s, name, *at, false);
        // The device exists but the kernel does not know this name (`if2`): an empty list.
        if link.is_ok() || crate::grammar::Names::link(s, name)?.is_some() {
            let link = link.as_deref().unwrap_or_default();
            s.document(|p| Messages(link).for_each(|(m, _, _)| describe(p, &m)));
        }
        return link.map(|_| 0);
    }
    show_all(s, &f, 0, &mut describe)
}

/// Shows each link that passes the kernel's filters as it is received.
///
/// # Errors
///
/// The kernel refuses the dump, or the socket fails.
pub fn show_all(
    s: &Session,
    f: &Selector,
    family: u8,
    describe: &mut dyn FnMut(&mut Printer<'_>, &Message<'_>),
) -> Result<u8, Diag> {
    let request = question(s, f, family);
    let shown = s.show_dump(&request, ObjectType::Link, &mut |m| remember_one(s, m), describe)?;
    shown.map(|()| 0).map_err(|e| e.explain(&request))
}

/// The index of a device, or iproute2's error.
///
/// # Errors
///
/// The device does not exist, or the kernel cannot be asked.
pub fn find(s: &Session, name: &[u8], at: usize) -> Result<u32, Diag> {
    let arg = crate::grammar::Arg { bytes: name, at };
    crate::grammar::Names::link(s, name)?.ok_or_else(|| Absent::DoesNotExist.say(&arg))
}

/// The value of IFLA_EXT_MASK (RTEXT_FILTER_*): which parts of a link are wanted.
fn mask(s: &Session, f: &Selector) -> u32 {
    let vf = if f.novf { 0 } else { RTEXT_FILTER_VF };
    if s.options.stats > 0 { vf } else { vf | RTEXT_FILTER_SKIP_STATS }
}

/// Requests one link by name. `ifN` means an index only in lists of addresses (`numbered`).
///
/// # Errors
///
/// The device does not exist, or the kernel refuses the request.
pub fn one(s: &Session, name: &[u8], at: usize, numbered: bool) -> Result<Vec<u8>, Diag> {
    let f = Selector::default();
    match s.get_link(Some(name), 0, mask(s, &f)) {
        Ok(answer) => {
            remember(s, &answer);
            Ok(answer)
        }
        Err(e) => {
            // It may be `ifN`, or a name in our own escapes.
            let index = match crate::grammar::Names::link(s, name)? {
                // iproute2 sends `ifN` and `eth0:1` as names, and gets a refusal.
                Some(_) if (name.starts_with(b"if") || name.contains(&b':')) && !numbered => {
                    return Err(refused(e, "link get"));
                }
                Some(index) => index,
                None => {
                    let arg = crate::grammar::Arg { bytes: name, at };
                    return Err(Absent::DoesNotExist.say(&arg));
                }
            };
            let answer = s.get_link(None, index, mask(s, &f)).map_err(|again| {
                refused(if e.is(Errno::ENODEV) { again } else { e }, if numbered { "link" } else { "link get" })
            })?;
            remember(s, &answer);
            Ok(answer)
        }
    }
}

fn refused(e: KernelError, what: &str) -> Diag {
    Diag::fail(e.line()).line(format!("Cannot send {what} request: {}", crate::diag::errno_text(e.errno)))
}

/// Dumps the links that pass the kernel's filters.
///
/// # Errors
///
/// The kernel refuses the dump, or the socket fails.
pub fn dump(s: &Session, f: &Selector) -> Result<Vec<u8>, Diag> {
    let request = question(s, f, 0);
    // A dump of links that the kernel aborts is a failure, although `ip` exits with 0.
    let links = consistent_dump::collect(s.kernel()?, ObjectType::Link, &request).map_err(|e| e.explain(&request))?;
    remember(s, &links);
    Ok(links)
}

/// The dump request of a family. The reply of AF_INET6 lacks most attributes of a link.
fn question(s: &Session, f: &Selector, family: u8) -> Request {
    let mut request = Request::of_family(RTM_GETLINK, 0, family);
    if family == crate::grammar::address::INET6 {
        return request;
    }
    request.put(IFLA_EXT_MASK, &mask(s, f).to_ne_bytes());
    if let Some(master) = f.master {
        request.put(IFLA_MASTER, &master.to_ne_bytes());
    }
    if let Some(kind) = &f.kind {
        let mut info = Vec::new();
        if !kind.ends_with(b"_slave") {
            put(&mut info, IFLA_INFO_KIND, kind);
            request.put(IFLA_LINKINFO, &info);
        }
    }
    request
}

/// Caches the names and flags of dumped links, so that peers and masters need no request.
pub fn remember(s: &Session, links: &[u8]) {
    Messages(links).for_each(|(m, _, _)| remember_one(s, &m));
}

/// Caches the names and flags of all links, because a deleted link can no longer be requested. If they cannot be
/// dumped, links are requested one by one.
///
/// # Errors
///
/// The netlink socket cannot be opened.
pub fn learn(s: &Session) -> Result<(), Diag> {
    let request = question(s, &Selector::default(), 0);
    let _ = s.kernel()?.dump(&request, &mut |m: Message<'_>| {
        remember_one(s, &m);
        ControlFlow::Continue(())
    });
    Ok(())
}

fn remember_one(s: &Session, m: &Message<'_>) {
    let name = m.body.get(IFINFOMSG..).and_then(|b| Attrs(b).find(|(kind, _)| *kind == IFLA_IFNAME));
    if let (Some(index), Some(flags), Some((_, name))) = (u32_at(m.body, 4), u32_at(m.body, 8), name) {
        s.remember_link(index, until_nul(name), Some(flags));
    }
}

/// Whether a link is in the selected group.
pub fn in_group(f: &Selector, l: &Link<'_>) -> bool {
    f.group.is_none_or(|g| l.a.u32(IFLA_GROUP) == Some(g))
}

/// Whether a link matches the selector's words about links, except its group.
pub fn matches(f: &Selector, l: &Link<'_>) -> bool {
    if f.up && l.flags & IFF_UP == 0 || f.down && l.flags & IFF_UP != 0 {
        return false;
    }
    let master = l.a.u32(IFLA_MASTER).filter(|m| *m != 0);
    let fits = match f.master {
        None => true,
        Some(NO_MASTER) => master.is_none(),
        wanted => master == wanted,
    };
    if !fits {
        return false;
    }
    let Some(kind) = &f.kind else { return true };
    let Some(info) = l.info() else { return false };
    match kind.strip_suffix(b"_slave") {
        Some(port) => info.str(IFLA_INFO_SLAVE_KIND) == Some(port),
        None => info.str(IFLA_INFO_KIND) == Some(kind),
    }
}
