//! Changes through generic netlink, which no interceptor of rtnetlink requests sees.

use crate::diag::Diag;
use crate::net::interceptor::{Revert, SideEffect};
use crate::net::{Kernel, Request};
use crate::session::Session;

/// Sends a change of a generic netlink family, unless changes are only planned. `words` says what it does in a plan;
/// `why` says why `-atomic` cannot roll it back.
///
/// # Errors
///
/// The kernel's refusal, or that of a batch that must be undoable.
pub fn change(
    s: &Session,
    kernel: &Kernel,
    request: &Request,
    words: impl Into<String>,
    why: &'static str,
) -> Result<(), Diag> {
    if !s.allow(|| SideEffect::new(words, Revert::Impossible(why)))? {
        return Ok(());
    }
    kernel.change(request).map_err(|e| e.explain(request))
}

/// Refuses a word that is no verb below a verb of an object.
pub fn unknown(object: &super::Object, word: &crate::grammar::Arg<'_>, verbs: &[(&'static str, &'static str)]) -> Diag {
    let what = format!("Command \"{}\" is unknown, try \"ip {} help\".", word.shown(), object.name());
    let names = verbs.iter().map(|(name, _)| name);
    super::suggest(Diag::usage(what).at(word.span()), word.bytes, names)
}
