//! Changes through generic netlink, which no interceptor of rtnetlink requests sees.

use crate::diag::{Diag, FAIL};
use crate::grammar::{Words, full, spells};
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
    if !allows(s, words, why)? {
        return Ok(());
    }
    kernel.change(request).map_err(|e| e.explain(request))
}

/// Whether a change may be made now; `words` says what it does in a plan, `why` why `-atomic` cannot roll it back.
///
/// # Errors
///
/// The refusal of a batch that must be undoable.
pub fn allows(s: &Session, words: impl Into<String>, why: &'static str) -> Result<bool, Diag> {
    s.allow(|| SideEffect::new(words, Revert::Impossible(why)))
}

/// Sends a change as [`change`] does, for objects whose refused changes have exit code 1.
///
/// # Errors
///
/// Those of [`change`], with exit code 1.
pub fn change_or_fail(
    s: &Session,
    kernel: &Kernel,
    request: &Request,
    words: String,
    why: &'static str,
) -> Result<u8, Diag> {
    change(s, kernel, request, words, why).map(|()| 0).map_err(|d| d.with_code(FAIL))
}

/// Takes the verb below a verb, spelt in full or as far as its name allows; `wrong` says that there is no such verb.
///
/// # Errors
///
/// A missing or an unknown word.
pub fn below(
    w: &mut Words<'_>,
    verbs: &[(&'static str, &'static str)],
    wrong: &'static str,
) -> Result<&'static str, Diag> {
    let arg = w.next()?;
    let found = verbs.iter().find(|(name, _)| spells(name, arg.bytes)).map(|(name, _)| full(name));
    found.ok_or_else(|| super::suggest(arg.wrong(wrong), arg.bytes, verbs.iter().map(|(name, _)| name)))
}

/// Refuses a word that is no verb below a verb of an object.
pub fn unknown(object: &super::Object, word: &crate::grammar::Arg<'_>, verbs: &[(&'static str, &'static str)]) -> Diag {
    let what = format!("Command \"{}\" is unknown, try \"ip {} help\".", word.shown(), object.name());
    let names = verbs.iter().map(|(name, _)| name);
    super::suggest(Diag::usage(what).at(word.span()), word.bytes, names)
}
