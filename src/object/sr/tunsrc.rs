//! `sr tunsrc`.

use super::*;
use crate::diag::Span;
use crate::grammar::address::{Addr, INET6, take_addr};
use crate::grammar::walk::Below;
use crate::grammar::{Fallback, Grammar, Row, Target, Value};
use crate::net::Trail;
use crate::row;
use std::borrow::Cow;

/// The address that is being parsed.
#[derive(Default)]
pub struct Source {
    address: Option<Addr>,
    trail: Trail,
}

impl Target for Source {
    fn set_span(&mut self, span: Span) {
        self.trail.close(span);
    }
}

static ADDRESS: Row<Source> = row!(Source; "" => Ipv6, "IPv6 address; :: to use one of the outgoing device (for set)", |t, v| {
    t.address = Some(v);
    t.trail.note(&[SEG6_ATTR_DST]);
});

/// The word of `sr tunsrc set`.
pub static SOURCE: Grammar<Source> = Grammar { title: "SOURCE", rows: &[], fallback: Fallback::TakeAll(&ADDRESS) };

const VERBS: &[(&str, &str)] = &[("show~", "show the address"), ("set~", "set the address")];

/// The verbs below `sr tunsrc`.
pub static BELOW: Below = Below { title: "SOURCE", verbs: VERBS, then: &SOURCE };

/// An IPv6 address.
struct Ipv6;

impl Value for Ipv6 {
    type Out = Addr;
    fn meta(&self) -> Cow<'static, str> {
        "ADDRESS".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Addr, Diag> {
        // `any` and `all` mean `::`.
        if w.take_if(&["any", "all"]).is_some() {
            return Ok(Addr::Ip(std::net::Ipv6Addr::UNSPECIFIED.into()));
        }
        take_addr(w, INET6)
    }
}

/// Runs `sr tunsrc`.
///
/// # Errors
///
/// A wrong word, the kernel lacks the family, or it refuses the request.
pub fn run(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let (kernel, family) = s.generic(&FAMILY)?;
    if generic::below(w, VERBS, Unknown::Wrong("unknown"))? == "set" {
        let mut t = Source::default();
        let from = w.at();
        (ADDRESS.take)(&mut t, w)?;
        t.set_span(Span { from, to: w.at() });
        let Some(address) = t.address else { return Ok(0) };
        let mut request = family.request(SEG6_CMD_SET_TUNSRC, 0);
        request.put(SEG6_ATTR_DST, &address.bytes());
        request.trail = t.trail;
        let shown = address.ip().map_or(String::new(), |ip| ip.to_string());
        let words = format!("set SRv6 tunnel source {shown}");
        return generic::change_or_fail(s, kernel, &request, words, "rip cannot restore the SRv6 tunnel source");
    }
    let question = family.request(SEG6_CMD_GET_TUNSRC, 0);
    let answer = s.listed(kernel.ask(&question).map_err(|e| e.explain(&question)))?;
    s.document(|p| {
        for a in generic::entries(&answer) {
            let Some(ip) = a.v6(SEG6_ATTR_DST) else { continue };
            p.object(None);
            p.item("tunsrc", "tunsrc addr {}", s.host(ip.into()));
            p.end_line();
            p.close();
        }
    });
    Ok(0)
}
