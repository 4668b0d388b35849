//! `encap ila`: identifier locator addressing (linux/ila.h).

use super::{Body, RecordWriter, Type};
use crate::attrs;
use crate::diag::{Diag, Span};
use crate::grammar::number::unsigned;
use crate::grammar::value::Choice;
use crate::grammar::{Arg, Fallback, Grammar, Words};
use crate::output::Scalar;
use crate::rows;

attrs! {
    /// The attributes of RTA_ENCAP (linux/ila.h).
    pub const ATTRS;
    ILA_ATTR_LOCATOR = 1: Bytes, Set;
    ILA_ATTR_IDENTIFIER = 2: Bytes, Set;
    ILA_ATTR_LOCATOR_MATCH = 3: Bytes, Set;
    ILA_ATTR_IFINDEX = 4: I32, Set;
    ILA_ATTR_DIR = 5: U32, Set;
    ILA_ATTR_CSUM_MODE = 7: U8, Set;
    ILA_ATTR_IDENT_TYPE = 8: U8, Set;
    ILA_ATTR_HOOK_TYPE = 9: U8, Set;
}

/// The encapsulation `ila`.
pub static TYPE: Type = Type {
    attrs: ATTRS,
    names: &["ila"],
    number: 3,
    help: "translate the locator of IPv6 addresses",
    first: "LOCATOR",
    parse,
    table: &GRAMMAR,
    describe,
};

/// The checksum modes.
pub const CSUM_MODES: Choice<u8> = Choice(
    &[("adj-transport", 0), ("neutral-map", 1), ("no-action", 2), ("neutral-map-auto", 3)],
    "\"csum-mode\" value is invalid\n",
);
/// The identifier types that can be set.
pub const IDENT_TYPES: Choice<u8> = Choice(&[("luid", 1), ("use-format", 32)], "\"ident-type\" value is invalid\n");
/// The identifier types that are printed; most cannot be set.
pub const IDENT_NAMES: Choice<u8> = Choice(
    &[
        ("iid", 0),
        ("luid", 1),
        ("virt-v4", 2),
        ("virt-uni-v6", 3),
        ("virt-multi-v6", 4),
        ("nonlocal-addr", 5),
        ("use-format", 32),
    ],
    "",
);
const HOOK_TYPES: Choice<u8> = Choice(&[("output", 0), ("input", 1)], "\"hook-type\" value is invalid\n");

static GRAMMAR: Grammar<Body> = Grammar {
    title: "ILA",
    rows: &[rows!(Body;
        "csum-mode" => CSUM_MODES, "checksum mode", |b, v| b.raw(ILA_ATTR_CSUM_MODE, [v]);
        "ident-type" => IDENT_TYPES, "identifier type", |b, v| b.raw(ILA_ATTR_IDENT_TYPE, [v]);
        "hook-type" => HOOK_TYPES, "hook at which the route translates", |b, v| b.raw(ILA_ATTR_HOOK_TYPE, [v]);
    )],
    fallback: Fallback::Stop,
};

fn parse(w: &mut Words<'_>) -> Result<Body, Diag> {
    let mut body = Body::default();
    let arg = w.next()?;
    let bad = || Diag::fail(format!("Bad locator: {}", arg.shown())).at(arg.span());
    body.raw(ILA_ATTR_LOCATOR, locator(&arg).ok_or_else(bad)?);
    body.trail.close(Span::word(arg.at));
    GRAMMAR.parse(&mut body, w)?;
    Ok(body)
}

/// Parses up to four groups of hex digits; missing groups are zero.
pub fn locator(arg: &Arg<'_>) -> Option<[u8; 8]> {
    let mut out = [0; 8];
    let mut slots = out.chunks_exact_mut(2);
    for group in arg.str()?.split(':') {
        let v = unsigned(group.as_bytes(), 16).and_then(|v| u16::try_from(v).ok())?;
        slots.next()?.copy_from_slice(&v.to_be_bytes());
    }
    Some(out)
}

/// A 64-bit locator, printed as four groups of hex digits.
pub struct Locator<'a>(pub &'a [u8]);

impl std::fmt::Display for Locator<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (i, c) in self.0.chunks_exact(2).take(4).enumerate() {
            let v = c.first_chunk().map_or(0, |b| u16::from_be_bytes(*b));
            let sep = if i > 0 { ":" } else { "" };
            write!(f, "{sep}{v:x}")?;
        }
        Ok(())
    }
}

impl Scalar for Locator<'_> {
    fn text(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.to_string().as_bytes());
    }
    fn json(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(format!("\"{self}\"").as_bytes());
    }
}

fn describe(s: &mut RecordWriter<'_, '_, '_>) {
    if let Some(v) = s.a.get(ILA_ATTR_LOCATOR) {
        s.p.item("locator", " {} ", Locator(v));
    }
    for (attr, names, key, form) in [
        (ILA_ATTR_CSUM_MODE, CSUM_MODES, "csum_mode", " csum-mode {} "),
        (ILA_ATTR_IDENT_TYPE, IDENT_NAMES, "ident_type", " ident-type {} "),
        (ILA_ATTR_HOOK_TYPE, HOOK_TYPES, "hook_type", " hook-type {} "),
    ] {
        if let Some(v) = s.a.u8(attr) {
            s.p.item(key, form, names.name(v).unwrap_or("unknown"));
        }
    }
}
