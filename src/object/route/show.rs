//! `route show`: dumps routes; the kernel filters by what it can, the selector by the rest.

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
///
/// # Errors
///
/// A wrong word, a device that does not exist, or the kernel refuses the dump.
pub fn show(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let f = Selector::parse(s, w)?;
    let opts = f.show_options();
    let narrows = f.narrows();
    let request = request(&f);
    s.forget_nexthops();
    // Open the socket first: if that fails, no document must be begun.
    s.kernel()?;
    // Device names are requested while routes are read, on the second socket.
    let mut out = s.out.borrow_mut();
    let mut printer = crate::output::Printer::new(&mut out, s.format());
    let p = &mut printer;
    p.begin();
    let result = dump(s, &request, &mut |m| {
        if let Some(r) = Route::parse(m.body)
            && (if narrows { f.matches(&r) } else { f.is_listed(&r) })
        {
            p.object(None);
            view::describe(s, p, &r, &opts);
            p.close();
        }
    })?;
    p.end();
    drop(out);
    unless_new(&f, result).map(|()| 0).map_err(|e| e.explain(&request))
}

/// A new namespace has no main table before its first route: the list is empty, which is no error.
///
/// # Errors
///
/// That of `result`, except for ENOENT about the main table.
pub fn unless_new(f: &Selector, result: Result<(), KernelError>) -> Result<(), KernelError> {
    match result {
        Err(e) if f.asked() == RT_TABLE_MAIN && e.is(Errno::ENOENT) => Ok(()),
        other => other,
    }
}

/// Requests a dump and calls `see` for each route.
///
/// # Errors
///
/// Outer: the socket cannot be opened. Inner: the kernel refuses the dump.
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
    // Dumps of IPv4 and MPLS resume by prefix and label: changes between two parts lose no entry, so no buffering is
    // needed.
    Ok(match request.body.first() {
        Some(&(INET | MPLS)) => kernel.dump(request, &mut each),
        _ => consistent_dump::read(kernel, ObjectType::Route, request, &mut each),
    })
}

/// The dump request, with the kernel's filters: family, protocol, type, table and device.
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
