//! Values that only link words have.

use super::ether::STATES;
use crate::diag::{Diag, Lost, Span};
use crate::grammar::number::{U32, unsigned};
use crate::grammar::value::Toggle;
use crate::grammar::{Value, Walk, Words};
use crate::schema::{IFLA_PROTO_DOWN_REASON_MASK, IFLA_PROTO_DOWN_REASON_VALUE};
use std::borrow::Cow;
use std::os::fd::OwnedFd;

/// Free text of at most 255 bytes (IFALIASZ - 1 of linux/if.h).
pub struct Alias;

impl Value for Alias {
    type Out = Vec<u8>;
    fn meta(&self) -> Cow<'static, str> {
        "TEXT".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Vec<u8>, Diag> {
        let arg = w.next()?;
        if arg.bytes.len() >= 256 {
            return Err(arg.wrong("alias too long\n"));
        }
        Ok(arg.bytes.to_vec())
    }
}

/// A network namespace: a name, a path, or a process.
pub struct Namespace(pub &'static str);

impl Value for Namespace {
    type Out = OwnedFd;
    fn meta(&self) -> Cow<'static, str> {
        "{ PID | NAME | PATH }".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<OwnedFd, Diag> {
        let arg = w.next()?;
        use crate::object::netns::{Reference, open_any};
        let named = open_any(arg.bytes);
        let by_process = || match Reference::parse(arg.bytes, w.names.is_ip()) {
            Ok(to @ (Reference::Process(_) | Reference::Container(_))) => {
                Some(to.open().map_err(|e| arg.wrong(self.0).with_errno(e as i32)))
            }
            // For a name that does not exist, use iproute2's error.
            Ok(_) => None,
            Err(d) => Some(Err(d.at_first(arg.span()))),
        };
        named.or_else(|e| match crate::files::is_shortage(e) {
            true => Err(Diag::os("Cannot open network namespace", e).at(arg.span())),
            false => by_process().unwrap_or_else(|| Err(arg.wrong(self.0).lost(Lost::Namespace(arg.bytes.to_vec())))),
        })
    }
    fn offer(&self, _w: &Words<'_>) -> Vec<crate::grammar::Offer> {
        crate::object::netns::references()
    }
    /// Completion opens nothing.
    fn walk(&self, w: &mut Walk<'_, '_>) {
        w.pass(&|w| w.next().map(drop), &|w| self.offer(w), &|_| Vec::new(), &self.meta());
    }
}

/// The index of a word among names, in any case.
fn any_case(word: &[u8], names: &[&str]) -> Option<u8> {
    names.iter().position(|n| n.as_bytes().eq_ignore_ascii_case(word)).and_then(|i| u8::try_from(i).ok())
}

macro_rules! any_case_choice {
    ($name:ident, $names:expr, $why:literal) => {
        /// One of these names, in any case.
        pub struct $name;

        impl Value for $name {
            type Out = u8;
            fn meta(&self) -> Cow<'static, str> {
                format!("{{ {} }}", $names.join(" | ")).into()
            }
            fn take(&self, w: &mut Words<'_>) -> Result<u8, Diag> {
                let arg = w.next()?;
                any_case(arg.bytes, $names).ok_or_else(|| {
                    let d = arg.wrong($why);
                    let names: Vec<String> = $names.iter().map(|n| n.to_lowercase()).collect();
                    let typed = arg.shown().to_lowercase();
                    crate::grammar::suggest::hint(d, typed.as_bytes(), names.iter().map(String::as_str))
                })
            }
            fn offer(&self, _w: &Words<'_>) -> Vec<crate::grammar::Offer> {
                $names.iter().map(|n| crate::grammar::Offer::new(*n, "")).collect()
            }
        }
    };
}

any_case_choice!(Mode, &["DEFAULT", "DORMANT"], "Invalid link mode\n");
any_case_choice!(State, STATES, "Invalid operstate\n");
any_case_choice!(AddrGenMode, super::view::ADDR_GEN_MODES, "Invalid address generation mode\n");

/// A number of segments up to 65535.
pub struct Segments;

impl Value for Segments {
    type Out = u32;
    fn meta(&self) -> Cow<'static, str> {
        "NUMBER".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<u32, Diag> {
        let arg = w.next()?;
        U32::parse(arg.bytes).filter(|v| *v <= 65535).ok_or_else(|| arg.wrong("Invalid \"gso_max_segs\" value\n"))
    }
}

/// `REASON on|off`, parsed to a nest with a mask and its value.
pub struct DownReason;

impl Value for DownReason {
    type Out = Vec<u8>;
    fn meta(&self) -> Cow<'static, str> {
        "REASON { on | off }".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Vec<u8>, Diag> {
        let arg = w.next()?;
        let table = crate::grammar::words::Table::DownReasons;
        let bit = w
            .names
            .number(table, arg.bytes)
            .or_else(|| U32::parse(arg.bytes))
            .filter(|v| *v < 32)
            .ok_or_else(|| arg.wrong("invalid protodown reason\n"))?;
        let on = Toggle("protodown_reason").take(w)?;
        let mask = 1u32 << bit;
        let mut out = Vec::new();
        crate::net::attr::put(&mut out, IFLA_PROTO_DOWN_REASON_MASK, &mask.to_ne_bytes());
        crate::net::attr::put(&mut out, IFLA_PROTO_DOWN_REASON_VALUE, &(if on { mask } else { 0 }).to_ne_bytes());
        Ok(out)
    }
}

/// A value whose error the row reports itself: after other errors, if they come first in iproute2.
pub struct Late<V>(pub V);

impl<V: Value> Value for Late<V> {
    type Out = Result<V::Out, Diag>;
    fn meta(&self) -> Cow<'static, str> {
        self.0.meta()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Self::Out, Diag> {
        if w.is_empty() {
            return self.0.take(w).map(Ok);
        }
        Ok(self.0.take(w))
    }
    fn offer(&self, w: &Words<'_>) -> Vec<crate::grammar::Offer> {
        self.0.offer(w)
    }
    /// Completion opens nothing.
    fn walk(&self, w: &mut Walk<'_, '_>) {
        self.0.walk(w);
    }
}

/// A positive interface index, and its span.
pub struct Index;

impl Value for Index {
    type Out = (u32, Span);
    fn meta(&self) -> Cow<'static, str> {
        "IDX".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Self::Out, Diag> {
        let arg = w.next()?;
        // Like C's atoi: decimal, ignores what follows the digits.
        let digits = arg.bytes.trim_ascii_start();
        let digits = digits.strip_prefix(b"+").unwrap_or(digits);
        let end = digits.iter().position(|b| !b.is_ascii_digit()).unwrap_or(digits.len());
        digits
            .get(..end)
            .and_then(|digits| unsigned(digits, 10))
            .and_then(|v| u32::try_from(v).ok())
            .filter(|v| *v > 0 && i32::try_from(*v).is_ok())
            .map(|v| (v, arg.span()))
            .ok_or_else(|| arg.wrong("Invalid \"index\" value"))
    }
}
