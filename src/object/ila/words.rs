//! The words of an ILA mapping.

use super::*;
use crate::diag::{Lost, Span};
use crate::grammar::value::Choice;
use crate::grammar::{Fallback, Grammar, Offer, Row, Target, Value};
use crate::net::{Request, Trail};
use crate::rows;
use std::borrow::Cow;

/// A mapping that is being parsed.
#[derive(Default)]
pub struct Mapping {
    locator: Option<[u8; 8]>,
    matching: Option<[u8; 8]>,
    mode: Option<u8>,
    kind: Option<u8>,
    dev: Option<u32>,
    trail: Trail,
}

impl Target for Mapping {
    fn set_span(&mut self, span: Span) {
        self.trail.close(span);
    }
}

static ROWS: &[Row<Mapping>] = rows!(Mapping;
    "loc~" => Groups("LOCATOR", "Bad locator"), "new locator: four hexadecimal groups", |m, v| {
        m.locator = Some(v);
        m.trail.note(&[ILA_ATTR_LOCATOR]);
    };
    "loc_match~" => Groups("LOCATOR_MATCH", "Bad locator to match"), "locator to replace", |m, v| {
        m.matching = Some(v);
        m.trail.note(&[ILA_ATTR_LOCATOR_MATCH]);
    };
    "csum-mode~" => Named(CSUM_MODES, "Bad csum-mode"), "how checksums are kept valid", |m, v| {
        m.mode = Some(v);
        m.trail.note(&[ILA_ATTR_CSUM_MODE]);
    };
    "ident-type~" => Named(IDENT_TYPES, "Bad ident-type"), "type of the identifiers", |m, v| {
        m.kind = Some(v);
        m.trail.note(&[ILA_ATTR_IDENT_TYPE]);
    };
    "dev~" => Device, "only packets that arrive on this device", |m, v| {
        m.dev = Some(v);
        m.trail.note(&[ILA_ATTR_IFINDEX]);
    };
);

/// The words of a mapping.
pub static MAPPING: Grammar<Mapping> = Grammar {
    title: "MAPPING",
    rows: &[ROWS],
    fallback: Fallback::Unknown(|arg| {
        let usage = crate::command::usage::object(&OBJECT, &|_| None, &|_| true);
        Diag::usage(usage.trim_end()).at(arg.span())
    }),
};

/// A locator: its placeholder, and the error for anything else.
struct Groups(&'static str, &'static str);

impl Value for Groups {
    type Out = [u8; 8];
    fn meta(&self) -> Cow<'static, str> {
        self.0.into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<[u8; 8], Diag> {
        let arg = w.next()?;
        locator(&arg).ok_or_else(|| Diag::usage(format!("{}: {}", self.1, arg.shown())).at(arg.span()))
    }
}

/// One of a few words, and the error for another.
struct Named(Choice<u8>, &'static str);

impl Value for Named {
    type Out = u8;
    fn meta(&self) -> Cow<'static, str> {
        self.0.meta()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<u8, Diag> {
        let arg = w.next()?;
        self.0.find(arg.bytes).ok_or_else(|| {
            let d = Diag::usage(format!("{}: {}", self.1, arg.shown())).at(arg.span());
            crate::command::suggest(d, arg.bytes, self.0.0.iter().map(|(name, _)| name))
        })
    }
}

/// A device that must exist.
struct Device;

impl Value for Device {
    type Out = u32;
    fn meta(&self) -> Cow<'static, str> {
        "DEV".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<u32, Diag> {
        let arg = w.next()?;
        let absent = || {
            let d = Diag::usage(format!("No such interface: {}", arg.shown())).at(arg.span());
            d.lost(Lost::Device(arg.bytes.to_vec()))
        };
        w.names.link(arg.bytes)?.ok_or_else(absent)
    }
    fn offer(&self, w: &Words<'_>) -> Vec<Offer> {
        w.names.links()
    }
}

impl Mapping {
    /// Checks the words and adds them to a request.
    ///
    /// # Errors
    ///
    /// `loc_match`, or (when adding) `loc`, is missing.
    pub fn fill(&mut self, request: &mut Request, w: &Words<'_>, adding: bool) -> Result<(), Diag> {
        let missing = |what: &str| Diag::usage(format!("ila: missing {what}")).at(Span::word(w.at()));
        if adding && self.locator.is_none() {
            return Err(missing("locator"));
        }
        // iproute2 spells it like this, and sends nothing without it: the kernel would use the locator 0:0:0:0.
        let matching = self.matching.ok_or_else(|| missing("locator0match"))?;
        if let Some(v) = self.locator {
            request.put(ILA_ATTR_LOCATOR, &v);
        }
        request.put(ILA_ATTR_LOCATOR_MATCH, &matching);
        if let Some(v) = self.dev {
            request.put(ILA_ATTR_IFINDEX, &v.to_ne_bytes());
        }
        if let Some(v) = self.mode {
            request.put(ILA_ATTR_CSUM_MODE, &[v]);
        }
        if let Some(v) = self.kind {
            request.put(ILA_ATTR_IDENT_TYPE, &[v]);
        }
        request.trail = std::mem::take(&mut self.trail);
        Ok(())
    }

    /// The command line words of a mapping.
    pub fn words(&self, s: &Session) -> String {
        let mut out = String::new();
        let mut word = |key: &str, value: String| out.push_str(&format!(" {key} {value}"));
        for (key, value) in [("loc_match", &self.matching), ("loc", &self.locator)] {
            if let Some(bytes) = value {
                word(key, Locator(bytes).to_string());
            }
        }
        if let Some(mode) = self.mode.and_then(|v| CSUM_MODES.name(v)) {
            word("csum-mode", mode.into());
        }
        if let Some(kind) = self.kind.and_then(|v| IDENT_TYPES.name(v)) {
            word("ident-type", kind.into());
        }
        if let Some(index) = self.dev {
            word("dev", crate::output::escape::shown(&s.link_name(index)));
        }
        out
    }
}
