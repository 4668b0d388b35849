//! `route flush`, and the routing cache that kernels before 3.6 had.

use super::select::Selector;
use super::show;
use super::view::{self, Route};
use crate::command::flush::Flush;
use crate::diag::{Diag, Span, errno_of};
use crate::grammar::Words;
use crate::grammar::address::INET6;
use crate::net::Request;
use crate::net::interceptor::{Revert, SideEffect};
use crate::output::Printer;
use crate::schema::*;
use crate::session::Session;
use nix::errno::Errno;

/// ESRCH and the like are no errors: the kernel deletes routes with an interface's address or a nexthop.
const FLUSH: Flush = Flush {
    noun: "entries",
    gone: &[Errno::ESRCH, Errno::ENOENT],
    code: crate::diag::REFUSED,
    rounds: 100,
    incomplete: Some(Diag::fail),
};

/// Runs `route flush`.
///
/// # Errors
///
/// No words, a wrong word, a refusal of the kernel, or routes that are left after the last round.
pub fn flush(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    if w.is_empty() {
        return Err(Diag::fail("\"ip route flush\" requires arguments.").at(Span::word(w.at())));
    }
    let f = Selector::parse(s, w)?;
    // IPv6 route exceptions are listed and deleted like other routes.
    if f.cached && f.family != INET6 {
        return cache(s);
    }
    let opts = f.show_options();
    let question = show::request(&f);
    let describe = |p: &mut Printer<'_>, body: &[u8]| {
        if let Some(r) = Route::parse(body) {
            view::describe(s, p, &r, &opts);
        }
    };
    FLUSH.run(s, &describe, &mut |doom| {
        let dumped = show::dump(s, &question, &mut |m| {
            if Route::parse(m.body).is_some_and(|r| f.matches(&r)) {
                doom(Request::raw(RTM_DELROUTE, 0, m.body));
            }
        })?;
        dumped.map_err(|e| e.explain_flush(&question))
    })
}

/// Flushes the IPv4 routing cache, which Linux 3.6 removed; newer kernels accept the write and do nothing.
fn cache(s: &Session) -> Result<u8, Diag> {
    const PATH: &str = "/proc/sys/net/ipv4/route/flush";
    if !s.allow(|| SideEffect::new("route flush cache", Revert::Nothing))? {
        return Ok(0);
    }
    match std::fs::write(PATH, "-1").map_err(|e| errno_of(&e)) {
        Ok(()) if s.options.stats > 0 => s.print(|p| p.text("*** IPv4 routing cache is flushed.\n")),
        // The file does not exist in the namespace of an unprivileged user.
        Ok(()) | Err(Errno::ENOENT) => {}
        Err(errno) => return Err(Diag::os(format!("Cannot flush routing cache: {PATH}"), errno)),
    }
    Ok(0)
}
