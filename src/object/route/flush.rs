//! `route flush`: removes what fits, and looks again until nothing does.

use super::select::Selector;
use super::show;
use super::view::{self, Route};
use crate::deed::{Deed, Undo};
use crate::diag::{Diag, Span, errno_of};
use crate::grammar::Words;
use crate::grammar::address::INET6;
use crate::net::Request;
use crate::schema::*;
use crate::session::Session;
use nix::errno::Errno;

/// Rounds at most: what comes back as fast as it goes is somebody else's work.
const ROUNDS: u32 = 100;

/// Runs `route flush`.
pub fn flush(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    if w.is_empty() {
        return Err(Diag::fail("\"ip route flush\" requires arguments.").at(Span::word(w.at())));
    }
    let f = Selector::parse(s, w)?;
    // IPv6 has exceptions to its routes, which are listed and go like these.
    if f.cached && f.family != INET6 {
        return cache(s);
    }
    let stats = s.options.stats;
    let opts = f.look();
    let question = show::request(&f);
    let mut round = 0u32;
    loop {
        let mut doomed = Vec::new();
        show::dump(s, &question, &mut |m| {
            if Route::parse(m.body).is_some_and(|r| f.matches(&r)) {
                doomed.push(Request::raw(RTM_DELROUTE, 0, m.body));
            }
        })?
        .map_err(|e| e.explain_flush(&question))?;
        let say = |text: String| s.print(|p| p.text(&text));
        if doomed.is_empty() {
            if stats > 0 {
                match round {
                    0 => say("Nothing to flush.\n".into()),
                    n => say(format!("*** Flush is complete after {n} round{} ***\n", if n > 1 { "s" } else { "" })),
                }
            }
            return Ok(0);
        }
        let count = doomed.len();
        if stats > 1 {
            for r in doomed.iter().filter_map(|request| Route::parse(&request.body)) {
                s.print(|p| view::describe(s, p, &r, &opts));
            }
        }
        // One may have gone with another.
        s.flush_all(&doomed, &[Errno::ESRCH, Errno::ENOENT], crate::diag::REFUSED)?;
        // What would be removed is still there.
        if s.pretends() {
            return Ok(0);
        }
        round += 1;
        if stats > 0 {
            say(format!("\n*** Round {round}, deleting {count} entries ***\n"));
        }
        if round >= ROUNDS {
            return Err(Diag::fail(format!("*** Flush remains incomplete after {ROUNDS} rounds. ***")));
        }
    }
}

/// The cache of old kernels; newer ones take the word and have nothing to do.
fn cache(s: &Session) -> Result<u8, Diag> {
    const PATH: &str = "/proc/sys/net/ipv4/route/flush";
    if !s.may(|| Deed::new("route flush cache", Undo::Nothing))? {
        return Ok(0);
    }
    match std::fs::write(PATH, "-1").map_err(|e| errno_of(&e)) {
        Ok(()) if s.options.stats > 0 => s.print(|p| p.text("*** IPv4 routing cache is flushed.\n")),
        // A user's own namespace does not have it.
        Ok(()) | Err(Errno::ENOENT) => {}
        Err(errno) => return Err(Diag::os(format!("Cannot flush routing cache: {PATH}"), errno)),
    }
    Ok(0)
}
