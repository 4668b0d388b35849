//! Code shared by objects of generic netlink families: nested verbs, dumps, and changes, which the interceptor does not
//! see (it handles rtnetlink requests).

use crate::command::Object;
use crate::diag::{Diag, FAIL};
use crate::grammar::{Arg, Words, full, spells};
use crate::net::attr::put;
use crate::net::generic::{FamilyName, GENLMSGHDR};
use crate::net::interceptor::{Revert, SideEffect};
use crate::net::kernel::Messages;
use crate::net::{Index, Kernel, Request};
use crate::output::Printer;
use crate::session::Session;

/// Sends a change of a generic netlink family, unless this is a dry run. `words` describes it there; `why` says why
/// `-atomic` cannot roll it back.
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
    send(s, kernel, request, || SideEffect::new(words, Revert::Impossible(why)))
}

/// Sends a change that the interceptor does not see, unless this is a dry run; `effect` says what it does and how to
/// roll it back.
///
/// # Errors
///
/// The kernel's refusal, or that of a batch that must be undoable.
pub fn send(s: &Session, kernel: &Kernel, request: &Request, effect: impl FnOnce() -> SideEffect) -> Result<(), Diag> {
    if !s.allow(effect)? {
        return Ok(());
    }
    kernel.change(request).map_err(|e| e.explain(request))
}

/// Whether a change may be made now; `words` describes it in a dry run, `why` says why `-atomic` cannot roll it back.
///
/// # Errors
///
/// The batch is atomic and the change cannot be rolled back.
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

/// How a rollback lists, deletes and adds the entries of a family.
pub struct Entries {
    /// The noun for an entry.
    pub name: &'static str,
    /// The family.
    pub family: &'static FamilyName,
    /// The commands that add, delete and list entries.
    pub add: u8,
    /// See `add`.
    pub delete: u8,
    /// See `add`.
    pub list: u8,
    /// The attributes that identify an entry in a delete request, taken from a request about it or from a listed entry.
    pub key: fn(&Entry<'_>) -> Vec<u8>,
    /// The attributes that add an entry, taken from a listed one.
    pub body: fn(&Entry<'_>) -> Vec<u8>,
    /// A description of an entry, from its key.
    pub words: fn(&Entry<'_>) -> String,
    /// Why an existing entry cannot be changed in an atomic batch; `None` if it can.
    pub fixed: Option<&'static str>,
}

/// Sends a change of an entry that a rollback can restore, unless this is a dry run. `device` is the name of the device
/// that a new entry creates, empty if the kernel chooses the name.
///
/// # Errors
///
/// The kernel's refusal; the entry cannot be recorded for the rollback.
pub fn change_entry(
    s: &Session,
    kernel: &Kernel,
    request: &Request,
    words: String,
    entries: &'static Entries,
    device: Option<&[u8]>,
) -> Result<(), Diag> {
    let key = || (entries.key)(&Index::new(request.body.get(GENLMSGHDR..).unwrap_or_default()));
    let device = device.map(<[u8]>::to_vec);
    let revert = || Revert::RestoreEntry { of: entries.name, key: key(), device };
    send(s, kernel, request, || SideEffect::new(words, revert()))
}

/// `show` of an object that takes no words: prints each entry of a list.
///
/// # Errors
///
/// A word follows; the kernel refuses the dump.
pub fn show_entries(
    s: &Session,
    w: &Words<'_>,
    of: &Entries,
    object: &Object,
    describe: impl Fn(&mut Printer<'_>, &Entry<'_>),
) -> Result<u8, Diag> {
    let (kernel, family) = s.generic(of.family)?;
    if let Some(arg) = w.peek() {
        let why = format!("\"ip {} show\" does not take any arguments.", object.name());
        return Err(Diag::fail(why).at(arg.span()));
    }
    let answer = dump(s, kernel, &family.request(of.list, 0), FAIL)?;
    s.document(|p| {
        for a in entries(&answer) {
            p.object(None);
            describe(p, &a);
            p.close();
        }
    });
    Ok(0)
}

/// Copies these attributes, except those that are all zeros, which mean unset.
pub fn copied(a: &Entry<'_>, attributes: &[u16]) -> Vec<u8> {
    let mut out = Vec::new();
    for attr in attributes {
        if let Some(bytes) = a.get(*attr).filter(|bytes| bytes.iter().any(|b| *b != 0)) {
            put(&mut out, *attr, bytes);
        }
    }
    out
}

/// How `ip` reports an unknown nested verb.
#[derive(Clone, Copy)]
pub enum Unknown {
    /// As a wrong argument, for this reason.
    Wrong(&'static str),
    /// As an unknown command of the object.
    Command(&'static Object),
}

impl Unknown {
    /// The error about the word, with the nearest verb as a hint.
    pub fn say(self, arg: &Arg<'_>, verbs: &[(&'static str, &'static str)]) -> Diag {
        let d = match self {
            Unknown::Wrong(why) => arg.wrong(why),
            Unknown::Command(object) => super::unknown_command(object, arg.bytes, arg.at),
        };
        super::suggest(d, arg.bytes, verbs.iter().map(|(name, _)| name))
    }
}

/// Parses a nested verb, in full or as abbreviated as its name allows.
///
/// # Errors
///
/// The word is missing or not one of the verbs.
pub fn below(
    w: &mut Words<'_>,
    verbs: &[(&'static str, &'static str)],
    unknown: Unknown,
) -> Result<&'static str, Diag> {
    let arg = w.next()?;
    let found = verbs.iter().find(|(name, _)| spells(name, arg.bytes)).map(|(name, _)| full(name));
    found.ok_or_else(|| unknown.say(&arg, verbs))
}

/// Reports an unknown verb of the object, once the kernel is known to have the family.
///
/// # Errors
///
/// Always.
pub fn unknown(s: &Session, w: &mut Words<'_>, family: &FamilyName, object: &Object) -> Result<u8, Diag> {
    s.generic(family)?;
    let arg = w.next()?;
    Err(super::unknown(object, arg.bytes, arg.at))
}

/// Reads a dump; `code` is the exit code if the kernel refuses it.
///
/// # Errors
///
/// The kernel's refusal.
pub fn dump(s: &Session, kernel: &Kernel, question: &Request, code: u8) -> Result<Vec<u8>, Diag> {
    s.listed(kernel.collect(question).map_err(|e| e.explain(question).with_code(code)))
}

/// The attributes of a message of any family.
pub type Entry<'a> = Index<'a, 40>;

/// The attributes of each message of a reply.
pub fn entries(answer: &[u8]) -> impl Iterator<Item = Entry<'_>> {
    Messages(answer).map(|(m, _, _)| Index::new(m.body.get(GENLMSGHDR..).unwrap_or_default()))
}
