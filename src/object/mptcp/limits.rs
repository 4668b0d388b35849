//! `mptcp limits`.

use super::*;
use crate::diag::Span;
use crate::grammar::number::{Named, U32};
use crate::grammar::walk::Below;
use crate::grammar::{Fallback, Grammar, Row, Target};
use crate::net::Trail;
use crate::rows;

/// The limits that are being parsed.
#[derive(Default)]
pub struct Limits {
    subflows: Option<u32>,
    accepted: Option<u32>,
    trail: Trail,
}

impl Target for Limits {
    fn set_span(&mut self, span: Span) {
        self.trail.close(span);
    }
}

static ROWS: &[Row<Limits>] = rows!(Limits;
    "subflows~" => Named("NR", U32("invalid subflows\n")), "maximum number of additional subflows, up to 8", |l, v| {
        l.subflows = Some(v);
        l.trail.note(&[MPTCP_PM_ATTR_SUBFLOWS]);
    };
    "add_addr_accepted~" => Named("NR", U32("invalid add_addr_accepted\n")),
    "maximum number of addresses accepted from a peer, up to 8", |l, v| {
        l.accepted = Some(v);
        l.trail.note(&[MPTCP_PM_ATTR_RCV_ADD_ADDRS]);
    };
);

/// The words of `mptcp limits`.
pub static LIMITS: Grammar<Limits> =
    Grammar { title: "LIMITS", rows: &[ROWS], fallback: Fallback::Unknown(|arg| arg.wrong("unknown limit")) };

const VERBS: &[(&str, &str)] = &[("set~", "set limits"), ("show~", "show the limits")];

/// The verbs below `mptcp limits`.
pub static BELOW: Below = Below { title: "LIMITS", verbs: VERBS, then: &LIMITS };

/// Runs `mptcp limits`.
///
/// # Errors
///
/// A wrong word, the kernel lacks the family, or it refuses the request.
pub fn run(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let (kernel, family) = s.generic(&FAMILY)?;
    let set = !w.is_empty() && generic::below(w, VERBS, Unknown::Command(&OBJECT))? == "set";
    let mut l = Limits::default();
    // Here `help` is an unknown word.
    w.help_word = "";
    LIMITS.parse(&mut l, w)?;
    let mut request = family.request(if set { MPTCP_PM_CMD_SET_LIMITS } else { MPTCP_PM_CMD_GET_LIMITS }, 0);
    for (attr, value) in [(MPTCP_PM_ATTR_SUBFLOWS, l.subflows), (MPTCP_PM_ATTR_RCV_ADD_ADDRS, l.accepted)] {
        if let Some(v) = value {
            request.put(attr, &v.to_ne_bytes());
        }
    }
    request.trail = l.trail;
    if set {
        let word = |name: &str, v: Option<u32>| v.map_or(String::new(), |v| format!(" {name} {v}"));
        let words = word("subflows", l.subflows) + &word("add_addr_accepted", l.accepted);
        let words = format!("set MPTCP limits{words}");
        generic::change(s, kernel, &request, words, "rip cannot restore MPTCP limits")?;
        return Ok(0);
    }
    let answer = s.listed(kernel.ask(&request).map_err(|e| e.explain(&request)))?;
    s.document(|p| {
        for a in generic::entries(&answer) {
            p.object(None);
            if let Some(v) = a.u32(MPTCP_PM_ATTR_RCV_ADD_ADDRS) {
                p.item("add_addr_accepted", "add_addr_accepted {} ", v);
            }
            if let Some(v) = a.u32(MPTCP_PM_ATTR_SUBFLOWS) {
                p.item("subflows", "subflows {} ", v);
            }
            p.nl();
            p.close();
        }
    });
    Ok(0)
}
