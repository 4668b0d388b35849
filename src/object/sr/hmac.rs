//! `sr hmac`. The secret is prompted for, so it is not on the command line; no message or plan repeats it.

use super::*;
use crate::diag::Span;
use crate::grammar::number::{U32, bounds};
use crate::grammar::value::Choice;
use crate::grammar::walk::{Below, Line, Place};
use crate::grammar::{Row, Target, Value};
use crate::net::Trail;
use crate::row;
use std::borrow::Cow;

// SEG6_HMAC_ALGO_* of linux/seg6_hmac.h.
const ALGORITHMS: Choice<u8> = Choice(&[("sha1", 1), ("sha256", 2)], "hmac ALGO value is invalid");

/// A key that is being parsed.
#[derive(Default)]
pub struct Key {
    id: u32,
    algorithm: u8,
    trail: Trail,
}

impl Target for Key {
    fn set_span(&mut self, span: Span) {
        self.trail.close(span);
    }
}

static ID: Row<Key> = row!(Key; "" => KeyId, "key id, not 0 (for set)", |k, v| {
    k.id = v;
    k.trail.note(&[SEG6_ATTR_HMACKEYID]);
});
static ALGORITHM: &[Row<Key>] = &[row!(Key; "" => ALGORITHMS, "hash algorithm (for set)", |k, v| {
    k.algorithm = v;
    k.trail.note(&[SEG6_ATTR_ALGID]);
})];

/// The positional words of a key.
static PLACES: Line = Line {
    title: "KEYID ALGO",
    places: &[
        Place::new("KEYID", "key id, not 0 (for set)", |_| Vec::new()),
        Place::new("ALGO", "hash algorithm: sha1 or sha256 (for set)", |w| ALGORITHMS.offer(w)),
    ],
};

const VERBS: &[(&str, &str)] = &[("show~", "list keys with their secrets"), ("set~", "set or delete a key")];

/// The verbs below `sr hmac`.
pub static BELOW: Below = Below { title: "KEYID ALGO", verbs: VERBS, then: &PLACES };

/// A key id.
struct KeyId;

impl Value for KeyId {
    type Out = u32;
    fn meta(&self) -> Cow<'static, str> {
        "KEYID".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<u32, Diag> {
        let arg = w.next()?;
        let wrong = || bounds(arg.wrong("hmac KEYID value is invalid"), arg.bytes, 1, u32::MAX);
        U32::parse(arg.bytes).filter(|v| *v != 0).ok_or_else(wrong)
    }
}

/// Runs `sr hmac`.
///
/// # Errors
///
/// A wrong word, the secret cannot be read or exceeds 64 bytes, the kernel lacks the family, or it refuses the request.
pub fn run(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let (kernel, family) = s.generic(&FAMILY)?;
    if generic::below(w, VERBS, Unknown::Wrong("unknown"))? != "set" {
        return show(s, kernel, &family);
    }
    let mut k = Key::default();
    for row in [&ID].into_iter().chain(ALGORITHM) {
        let from = w.at();
        (row.take)(&mut k, w)?;
        k.set_span(Span { from, to: w.at() });
    }
    let secret = super::secret::ask("Enter secret for HMAC key ID (blank to delete): ")?;
    let Ok(length) = u8::try_from(secret.len()) else {
        return Err(Diag::fail("RTNETLINK answers: Invalid argument").hint("a secret has at most 64 bytes"));
    };
    let mut request = family.request(SEG6_CMD_SETHMAC, 0);
    request.put(SEG6_ATTR_HMACKEYID, &k.id.to_ne_bytes());
    request.put(SEG6_ATTR_SECRETLEN, &[length]);
    request.put(SEG6_ATTR_ALGID, &[k.algorithm]);
    if length > 0 {
        request.put(SEG6_ATTR_SECRET, &secret);
    }
    request.trail = k.trail;
    let algorithm = ALGORITHMS.name(k.algorithm).unwrap_or_default();
    let words = match length {
        0 => format!("delete SRv6 HMAC key {}", k.id),
        _ => format!("set SRv6 HMAC key {} {algorithm}", k.id),
    };
    generic::change_or_fail(s, kernel, &request, words, "rip does not store secrets, so it cannot restore HMAC keys")
}

fn show(s: &Session, kernel: &Kernel, family: &Family) -> Result<u8, Diag> {
    let question = family.request(SEG6_CMD_DUMPHMAC, 0);
    let answer = generic::dump(s, kernel, &question, FAIL)?;
    s.document(|p| {
        for a in generic::entries(&answer) {
            let Some(id) = a.u32(SEG6_ATTR_HMACKEYID) else { continue };
            let algorithm = a.u8(SEG6_ATTR_ALGID).and_then(|v| ALGORITHMS.name(v)).unwrap_or("<unknown>");
            let secret = a.get(SEG6_ATTR_SECRET).unwrap_or_default();
            let length = a.u8(SEG6_ATTR_SECRETLEN).map_or(secret.len(), usize::from);
            p.object(None);
            p.item("hmac", "hmac {} ", id);
            p.item("algo", "algo {} ", algorithm);
            p.item("secret", "secret \"{}\"", secret.get(..length).unwrap_or(secret));
            p.end_line();
            p.close();
        }
    });
    Ok(0)
}
