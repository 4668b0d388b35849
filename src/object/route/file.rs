//! `route save`, `showdump` and `restore`: routes in a file, as raw kernel messages.

use super::select::Selector;
use super::show;
use super::view::{self, Route, ShowOptions};
use crate::diag::Diag;
use crate::dumpfile::{self, File};
use crate::grammar::Words;
use crate::grammar::address::UNSPEC;
use crate::net::Request;
use crate::net::kernel::Message;
use crate::schema::*;
use crate::session::Session;
use netlink_packet_core::NLM_F_CREATE;

/// The file of `route save`.
pub const FILE: File = File { what: "route", magic: 0x4531_1224, bad_code: 1 };

/// Runs `route save`.
///
/// # Errors
///
/// A wrong word, standard output is a terminal, or the kernel refuses the dump.
pub fn save(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let f = Selector::parse(s, w)?;
    dumpfile::refuse_terminal()?;
    let request = show::request(&f);
    let mut out = s.out.borrow_mut();
    FILE.begin(&mut out);
    let result = show::dump(s, &request, &mut |m| {
        if Route::parse(m.body).is_some_and(|r| f.matches(&r)) {
            dumpfile::put(&mut out, m.whole);
        }
    })?;
    show::unless_new(&f, result).map(|()| 0).map_err(|e| e.explain(&request))
}

/// Runs `route showdump`.
///
/// # Errors
///
/// Standard input cannot be read or is not a file of `route save`.
pub fn showdump(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    Ok(print(s, &FILE.read()?, w.family))
}

/// Prints the routes of a dump, of one address family unless it is `UNSPEC`; returns the exit code.
pub fn print(s: &Session, bytes: &[u8], family: u8) -> u8 {
    let (list, code) = dumpfile::messages(s, bytes);
    s.document(|p| {
        for m in list {
            if m.kind == RTM_NEWROUTE
                && let Some(r) = Route::parse(m.body)
                && (family == UNSPEC || family == r.family)
            {
                p.object(None);
                view::describe(s, p, &r, &ShowOptions::default());
                p.close();
            }
        }
    });
    code
}

/// The order in which a route can be added: local addresses, connected networks, routes with a gateway.
fn rank(r: &Route<'_>) -> u8 {
    let routed = r.a.has(RTA_GATEWAY) || r.a.has(RTA_VIA) || r.a.has(RTA_MULTIPATH);
    match (r.scope, routed) {
        (RT_SCOPE_HOST, false) => 0,
        (_, false) => 1,
        (_, true) => 2,
    }
}

/// Runs `route restore`: adds the routes of a file, those first that others need. The file may come through a pipe.
///
/// # Errors
///
/// Standard input cannot be read or is not a file of `route save`, or the kernel refuses a route.
pub fn restore(s: &Session, _w: &mut Words<'_>) -> Result<u8, Diag> {
    let bytes = FILE.read()?;
    let (list, code) = dumpfile::messages(s, &bytes);
    dumpfile::restore(s, requests(&list), code)
}

/// The requests that add the routes of a dump, in the order in which they can be added.
pub fn requests(list: &[Message<'_>]) -> impl Iterator<Item = Request> {
    let routes = |pass| {
        let all = list.iter().filter(|m| m.kind == RTM_NEWROUTE);
        all.filter(move |m| Route::parse(m.body).is_some_and(|r| rank(&r) == pass))
    };
    (0..=2).flat_map(routes).map(|m| {
        let mut request = Request::raw(RTM_NEWROUTE, NLM_F_CREATE, m.body);
        crate::net::multipath::mark_encaps(request.body.get_mut(RTMSG..).unwrap_or_default());
        request
    })
}
