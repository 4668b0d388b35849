//! `tcp_metrics show`.

use super::view::{self, Entry};
use super::words::{SELECTOR, Selector, request};
use super::*;
use crate::net::kernel::Messages;

/// Runs `tcp_metrics show`: a request for a single host, else a dump that is filtered here.
///
/// # Errors
///
/// A wrong word, the kernel lacks the family, or it refuses the request.
pub fn show(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let (kernel, family) = open(s, w)?;
    let mut f = Selector::default();
    SELECTOR.parse(&mut f, w)?;
    let answer = match f.host() {
        Some(host) => {
            let question = request(&family, TCP_METRICS_CMD_GET, Some(host), f.source);
            kernel.ask(&question).map_err(|e| e.explain(&question))
        }
        None => dump(kernel, &family),
    };
    let answer = s.listed(answer)?;
    s.document(|p| {
        for (m, _, _) in Messages(&answer) {
            if let Some(e) = Entry::parse(m.body).filter(|e| f.host().is_some() || e.matches(&f, w.family)) {
                p.object(None);
                view::describe(s, p, &e, false);
                p.close();
            }
        }
    });
    Ok(0)
}

/// Dumps all entries.
///
/// # Errors
///
/// The kernel refuses the dump, or the socket fails.
pub fn dump(kernel: &Kernel, family: &Family) -> Result<Vec<u8>, Diag> {
    let question = request(family, TCP_METRICS_CMD_GET, None, None);
    kernel.collect(&question).map_err(|e| e.explain(&question).with_code(REFUSED_LIST))
}
