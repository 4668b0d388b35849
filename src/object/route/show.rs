//! `route show`: the kernel filters what it can, the selector the rest.

use super::select::Selector;
use super::view::{self, Route};
use crate::diag::Diag;
use crate::grammar::Words;
use crate::grammar::address::{INET, MPLS};
use crate::net::{KernelError, Message, Request};
use crate::schema::*;
use crate::session::Session;
use crate::state::{ObjectType, consistent_dump};
use nix::errno::Errno;
use std::ops::ControlFlow;

/// Runs `route show`.
pub fn show(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let f = Selector::parse(s, w)?;
    let opts = f.show_options();
    let narrows = f.narrows();
    let request = request(&f);
    s.forget_nexthops();
    // Without a kernel there is no document to begin.
    s.kernel()?;
    // Names of devices are asked for while routes are read: that needs the other socket.
    let mut out = s.out.borrow_mut();
    let mut printer = crate::output::Printer::new(&mut out, s.format());
    let p = &mut printer;
    p.begin();
    let result = dump(s, &request, &mut |m| {
        if let Some(r) = Route::parse(m.body).filter(|r| if narrows { f.matches(r) } else { f.is_listed(r) }) {
            p.object(None);
            view::describe(s, p, &r, &opts);
            p.close();
        }
    })?;
    p.end();
    drop(out);
    unless_new(&f, result).map(|()| 0).map_err(|e| e.explain(&request))
}

/// A new namespace has no main table before its first route: that is an empty list, not an error.
pub fn unless_new(f: &Selector, result: Result<(), KernelError>) -> Result<(), KernelError> {
    match result {
        Err(e) if f.asked() == RT_TABLE_MAIN && e.is(Errno::ENOENT) => Ok(()),
        other => other,
    }
}

/// Asks for a dump and hands each route on.
pub fn dump(
    s: &Session,
    request: &Request,
    see: &mut dyn FnMut(&Message<'_>),
) -> Result<Result<(), KernelError>, Diag> {
    let kernel = s.kernel()?;
    let mut each = |m: Message<'_>| {
        if m.kind == RTM_NEWROUTE {
            see(&m);
        }
        ControlFlow::Continue(())
    };
    // A dump of IPv4 and MPLS resumes by prefix and label: nothing is lost in between, and little need be buffered.
    Ok(match request.body.first() {
        Some(&(INET | MPLS)) => kernel.dump(request, &mut each),
        _ => consistent_dump::read(kernel, ObjectType::Route, request, &mut each),
    })
}

/// The question: family, protocol, type, table and device, which the kernel filters by.
pub fn request(f: &Selector) -> Request {
    let protocol = f.protocol.and_then(|v| u8::try_from(v).ok()).unwrap_or(0);
    let flags: u32 = if f.cached { RTM_F_CLONED } else { 0 };
    let mut header = vec![f.family, 0, 0, 0, 0, protocol, 0, f.kind.unwrap_or(0)];
    header.extend(flags.to_ne_bytes());
    let mut request = Request::raw(RTM_GETROUTE, 0, &header);
    let table = f.asked();
    if table != 0 {
        request.put(RTA_TABLE, &table.to_ne_bytes());
        if let Some(at) = f.table_at {
            request.trail.note(&[RTA_TABLE]);
            request.trail.close(at);
        }
    }
    if let Some(index) = f.oif {
        request.put(RTA_OIF, &index.to_ne_bytes());
    }
    request
}
