//! `nexthop list`, `get` and `flush`.

use super::view::{self, *};
use crate::command::flush::send_listed;
use crate::diag::{Diag, Span};
use crate::grammar::number::{Named, Term, U32};
use crate::grammar::value::VrfDev;
use crate::grammar::value::{Absent, Dev, Flag};
use crate::grammar::walk::Of;
use crate::grammar::{Fallback, Grammar, Row, Target, Words};
use crate::net::kernel::Messages;
use crate::net::{Request, Trail};
use crate::rows;
use crate::schema::*;
use crate::session::Session;
use crate::sort::Arrange as _;
use crate::state::{ObjectType, consistent_dump};
use nix::errno::Errno;

/// The words that select entries.
#[derive(Default)]
pub struct Selector {
    id: Option<u32>,
    oif: Option<u32>,
    master: Option<u32>,
    groups: bool,
    fdb: bool,
    protocol: Option<u32>,
    trail: Trail,
}

impl Target for Selector {
    fn set_span(&mut self, span: Span) {
        self.trail.close(span);
    }
}

impl Selector {
    fn id(&mut self, id: u32) {
        self.id = Some(id);
        self.trail.note(&[NHA_ID]);
    }
}

impl Selector {
    /// The dump request, with the kernel's filters.
    fn request(&self, family: u8) -> Request {
        let mut request = Request::of_family(RTM_GETNEXTHOP, 0, family);
        for (kind, value) in [(NHA_OIF, self.oif), (NHA_MASTER, self.master)] {
            if let Some(v) = value {
                request.put(kind, &v.to_ne_bytes());
            }
        }
        for (kind, on) in [(NHA_GROUPS, self.groups), (NHA_FDB, self.fdb)] {
            if on {
                request.put(kind, &[]);
            }
        }
        request
    }
}

static ROWS: &[Row<Selector>] = rows!(Selector;
    "dev~" => Term("DEV", Dev(Absent::Wrong)), "through this device", |f, v| f.oif = Some(v);
    "groups~" => Flag, "groups only", |f, ()| f.groups = true;
    "master~" => Term("DEV", Dev(Absent::Wrong)), "through ports of this device", |f, v| f.master = Some(v);
    "vrf~" => Term("NAME", VrfDev("Invalid VRF\n")), "through devices of this VRF", |f, v| f.master = Some(v);
    "id" => Of(ObjectType::Nexthop, Named("ID", U32("invalid id value"))), "the nexthop with this id", |f, v, w| {
        // Like iproute2, ignores the words after an id.
        f.id(v);
        while w.next().is_ok() {}
        Ok(())
    };
    "protocol~" => Term("ID", Named("NUMBER", U32("invalid protocol value"))), "added by this protocol; 0 for any", |f, v| f.protocol = Some(v).filter(|v| *v != 0);
    "fdb~" => Flag, "forwarding database nexthops", |f, ()| f.fdb = true;
);

/// The words of `nexthop show` and `nexthop flush`.
pub static SELECTOR: Grammar<Selector> =
    Grammar { title: "NEXTHOP-SELECTOR", rows: &[ROWS], fallback: Fallback::Unknown(|arg| arg.wrong("")) };

static ONE_ROWS: &[Row<Selector>] = rows!(Selector; "id" => Of(ObjectType::Nexthop, Named("ID", U32("invalid id value"))), "the nexthop with this id", |f, v| f.id(v););

/// The words of `nexthop get`.
pub static ONE: Grammar<Selector> = Grammar {
    title: "NEXTHOP-GET",
    rows: &[ONE_ROWS],
    fallback: Fallback::Unknown(|arg| {
        Diag::usage(crate::command::usage::object(&super::OBJECT, &|_| None, &|_| true).trim_end()).at(arg.span())
    }),
};

impl Selector {
    /// Whether a nexthop matches the selector.
    pub fn matches(&self, s: &Session, n: &Nexthop<'_>) -> bool {
        let oif = n.a.u32(NHA_OIF);
        let enslaved = |master: u32| {
            let answer = oif.and_then(|i| s.ask_link(i));
            let link = answer.as_ref().and_then(|a| crate::object::link::view::Link::parse(a.get(NLMSG_HDRLEN..)?));
            link.is_some_and(|l| l.a.u32(IFLA_MASTER) == Some(master))
        };
        self.id.is_none_or(|v| n.a.u32(NHA_ID) == Some(v))
            && self.oif.is_none_or(|v| oif == Some(v))
            && self.master.is_none_or(enslaved)
            && (!self.groups || n.a.has(NHA_GROUP))
            && (!self.fdb || n.a.has(NHA_FDB))
            && self.protocol.is_none_or(|v| v == u32::from(n.protocol))
    }
}

/// Dumps the nexthops that pass the kernel's filters.
fn dump(s: &Session, f: &Selector, family: u8) -> Result<Vec<u8>, Diag> {
    if s.options.stats == 0 {
        return plainly(s, f, family);
    }
    let request = f.request(family).with(NHA_OP_FLAGS, &counters(s.options.stats).to_ne_bytes());
    match consistent_dump::collect(s.kernel()?, ObjectType::Nexthop, &request) {
        // Kernels before 6.9 have no hardware statistics and refuse the attribute.
        Err(e) if e.is(Errno::EINVAL) => plainly(s, f, family),
        other => other.map_err(|e| e.explain(&request)),
    }
}

/// [`dump`] without counters.
fn plainly(s: &Session, f: &Selector, family: u8) -> Result<Vec<u8>, Diag> {
    let request = f.request(family);
    consistent_dump::collect(s.kernel()?, ObjectType::Nexthop, &request).map_err(|e| e.explain(&request))
}

/// Runs `nexthop show`.
///
/// # Errors
///
/// A wrong word, ENOENT if there is no such id, or the kernel refuses the dump.
pub fn show(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let mut f = Selector::default();
    SELECTOR.parse(&mut f, w)?;
    if let Some(id) = f.id {
        return one(s, id, w.family, &f);
    }
    let all = s.listed(dump(s, &f, w.family))?;
    s.document(|p| {
        for (m, _, _) in Messages(&all) {
            let Some(n) = Nexthop::parse(m.body) else { continue };
            if f.protocol.is_none_or(|v| v == u32::from(n.protocol)) {
                p.object(None);
                view::describe(s, p, &n, false);
                p.close();
            }
        }
    });
    Ok(0)
}

fn removal(id: u32) -> Request {
    Request::of_family(RTM_DELNEXTHOP, 0, 0).with(NHA_ID, &id.to_ne_bytes())
}

/// Runs `nexthop get`.
///
/// # Errors
///
/// A wrong word, no id, or ENOENT if there is none with that id.
pub fn get(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let mut f = Selector::default();
    ONE.parse(&mut f, w)?;
    match f.id {
        Some(id) if id != 0 => one(s, id, w.family, &f),
        _ => Err(w.usage_error().at(Span::word(w.at()))),
    }
}

fn one(s: &Session, id: u32, family: u8, f: &Selector) -> Result<u8, Diag> {
    let stats = s.options.stats;
    let mut request = question(id, family, stats);
    request.trail = f.trail.clone();
    let answer = match s.kernel()?.ask(&request) {
        Err(e) if e.is(Errno::EINVAL) && stats > 0 => s.kernel()?.ask(&question(id, family, 0)),
        other => other,
    }
    .map_err(|e| e.explain(&request))?;
    s.document(|p| {
        let n = answer.get(NLMSG_HDRLEN..).and_then(Nexthop::parse);
        if let Some(n) = n.filter(|n| f.protocol.is_none_or(|v| v == u32::from(n.protocol))) {
            p.object(None);
            view::describe(s, p, &n, false);
            p.close();
        }
    });
    Ok(0)
}

/// Runs `nexthop flush`: deletes the matching nexthops and prints how many, unless one is named by id.
///
/// # Errors
///
/// A wrong word, or a refusal of the kernel.
pub fn flush(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let mut f = Selector::default();
    let all_of_them = w.is_empty();
    SELECTOR.parse(&mut f, w)?;
    if let Some(id) = f.id {
        let request = removal(id);
        let result = s.kernel()?.change(&request);
        return result.map(|()| 0).map_err(|e| e.explain(&request).with_code(crate::diag::FAIL));
    }
    let all = plainly(s, &f, w.family)?;
    let matching = Messages(&all).filter_map(|(m, _, _)| Nexthop::parse(m.body));
    let matching = matching.filter(|n| f.protocol.is_none_or(|v| v == u32::from(n.protocol)));
    let mut list: Vec<(bool, u32)> = matching.filter_map(|n| Some((!n.a.has(NHA_GROUP), n.a.u32(NHA_ID)?))).collect();
    if all_of_them {
        // The kernel deletes a group with its last member, so delete groups first.
        list.arrange_by_key(|(is_single, _)| *is_single);
    }
    drop(all);
    let mut count = 0u32;
    send_listed(s, list.into_iter().map(|(_, id)| removal(id)), &mut |part| {
        for request in part {
            match s.kernel()?.change(request) {
                Err(e) if e.is(Errno::ENOENT) => {}
                Err(e) => return Err(e.explain(request)),
                Ok(()) => count += 1,
            }
        }
        Ok(())
    })?;
    if s.is_dry_run() {
        return Ok(0);
    }
    s.print_text(|p| match count {
        0 => p.text("Nothing to flush\n"),
        n => p.text_item("Flushed {} nexthops\n", n),
    });
    Ok(0)
}
