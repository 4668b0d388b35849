//! `tcp_metrics delete` and `flush`.

use super::show::dump;
use super::view::{self, Entry};
use super::words::{HOST, SELECTOR, Selector, request};
use super::*;
use crate::diag::{Span, USAGE};
use crate::net::Request;
use crate::net::interceptor::{Revert, SideEffect};
use crate::net::kernel::Messages;
use crate::output::out::print_stderr;
use nix::errno::Errno;
use std::net::IpAddr;

/// Maximum number of flush rounds: on a busy host, TCP adds new metrics all the time.
const ROUNDS: u32 = 10;

/// Sends a request that deletes metrics, unless this is a dry run, which records it.
fn forget(s: &Session, kernel: &Kernel, request: &Request, what: &str) -> Result<(), Diag> {
    let words = format!("tcp_metrics delete {what}");
    let never = Revert::Impossible("only the kernel makes metrics");
    if !s.allow(|| SideEffect::new(words, never))? {
        return Ok(());
    }
    kernel.change(request).map_err(|e| e.explain(request))
}

fn named(to: IpAddr, source: Option<IpAddr>) -> String {
    source.map_or(to.to_string(), |source| format!("{to} source {source}"))
}

/// Runs `tcp_metrics delete`.
///
/// # Errors
///
/// A wrong or missing word; ESRCH if there are no metrics of that host.
pub fn delete(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let (kernel, family) = open(s, w)?;
    let mut f = Selector::default();
    HOST.parse(&mut f, w)?;
    let Some(host) = f.host() else {
        return Err(Diag::usage("Error: argument \"address\" is required").at(Span::word(w.at())).with_code(USAGE));
    };
    let request = request(&family, TCP_METRICS_CMD_DEL, Some(host), f.source);
    forget(s, kernel, &request, &named(host, f.source)).map(|()| 0)
}

/// Runs `tcp_metrics flush`: deletes the matching metrics, in rounds until there are none.
///
/// # Errors
///
/// A wrong word, or a refusal of the kernel.
pub fn flush(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let (kernel, family) = open(s, w)?;
    let mut f = Selector::default();
    SELECTOR.parse(&mut f, w)?;
    if let Some(host) = f.host() {
        let request = request(&family, TCP_METRICS_CMD_DEL, Some(host), f.source);
        return forget(s, kernel, &request, &named(host, f.source)).map(|()| 0);
    }
    if f.is_any() && w.family == UNSPEC {
        return forget(s, kernel, &request(&family, TCP_METRICS_CMD_DEL, None, None), "all").map(|()| 0);
    }
    let stats = s.options.stats;
    let say = |text: String| s.print(|p| p.text(&text));
    let mut gone: Vec<u8> = Vec::new();
    let mut round = 0;
    loop {
        let answer = dump(kernel, &family)?;
        let mut count = 0;
        for (m, _, _) in Messages(&answer) {
            let Some(e) = Entry::parse(m.body).filter(|e| e.matches(&f, w.family)) else { continue };
            count += 1;
            let request = request(&family, TCP_METRICS_CMD_DEL, Some(e.to), e.source);
            match forget(s, kernel, &request, &named(e.to, e.source)) {
                // The kernel has dropped it in the meantime.
                Err(d) if d.errno() == Some(Errno::ESRCH as i32) => continue,
                other => other?,
            }
            if stats > 1 && s.options.json {
                gone.extend_from_slice(m.whole);
                gone.resize(crate::net::attr::align(gone.len()), 0);
            } else if stats > 1 {
                s.print(|p| view::describe(s, p, &e, true));
            }
        }
        if count == 0 || round >= ROUNDS || s.is_dry_run() {
            break;
        }
        round += 1;
        if stats > 0 {
            say(format!("\n*** Round {round}, deleting {count} entries ***\n"));
        }
    }
    match round {
        _ if s.is_dry_run() => {}
        0 => print_stderr("Nothing to flush.\n"),
        n if stats > 0 => say(format!("*** Flush is complete after {n} round{} ***\n", if n > 1 { "s" } else { "" })),
        _ => {}
    }
    if !gone.is_empty() {
        s.document(|p| {
            for e in Messages(&gone).filter_map(|(m, _, _)| Entry::parse(m.body)) {
                p.object(None);
                view::describe(s, p, &e, true);
                p.close();
            }
        });
    }
    Ok(0)
}
