//! Resolves objects and verbs in iproute2's order, and runs them.

use super::objects::OBJECTS;
use super::{complete, help, usage};
use crate::command::{Effect, Object, Verb, suggest, unknown};
use crate::diag::{Diag, Span};
use crate::grammar::{Words, full, spells};
use crate::session::Session;

/// The object that a word names. Names of objects that only iproute2 has also match, so that an abbreviation never
/// means something else here than there.
pub fn object(word: &[u8]) -> Option<&'static Object> {
    spelling(word, false).and_then(owner)
}

/// The spelling of the object, or of `help`, that a word matches under the name `ip` or under its own.
fn spelling(word: &[u8], is_ip: bool) -> Option<&'static str> {
    // Only the whole name: no present or future abbreviation of iproute2 may mean an object that only `rip` has.
    let ours = || if is_ip { None } else { our_names().find(|n| n.as_bytes() == word) };
    ORDER.iter().copied().find(|n| spells(n, word)).or_else(ours)
}

/// The names of the objects that exist under the name `ip`, or under its own.
pub fn names(is_ip: bool) -> impl Iterator<Item = &'static str> {
    OBJECTS.iter().filter(move |o| !(is_ip && is_our_object(o))).flat_map(|o| o.names.iter().map(|n| full(n)))
}

/// Whether only `rip` has an object: under the name `ip` it does not exist.
pub fn is_our_object(object: &Object) -> bool {
    object.names.iter().all(|n| !ORDER.contains(n))
}

fn our_names() -> impl Iterator<Item = &'static str> {
    OBJECTS.iter().filter(|o| is_our_object(o)).flat_map(|o| o.names.iter().copied())
}

/// The object with a spelling.
fn owner(name: &'static str) -> Option<&'static Object> {
    OBJECTS.iter().find(|o| o.names.contains(&name)).copied()
}

/// All spellings of iproute2's objects in its matching order. Objects that only `rip` has are matched after them.
static ORDER: &[&str] = &[
    "address~",
    "addrlabel~",
    "maddress~",
    "route~",
    "rule~",
    "neighbor~",
    "neighbour~",
    "ntable~",
    "ntbl~",
    "link~",
    "l2tp~",
    "fou~",
    "ila~",
    "macsec~",
    "tunnel~",
    "tunl~",
    "tuntap~",
    "tap~",
    "token~",
    "tcpmetrics~",
    "tcp_metrics~",
    "monitor~",
    "xfrm~",
    "mroute~",
    "mrule~",
    "netns~",
    "netconf~",
    "vrf~",
    "sr~",
    "nexthop~",
    "mptcp~",
    "ioam~",
    "help~",
    "stats~",
];

/// Whether a word of an object does not exist under the name `ip`.
pub fn is_ours(object: &Object, word: &str) -> bool {
    object.ours.contains(&word)
}

/// The object of a line, its verb if it has one, and the position of the words after it.
#[derive(Clone, Copy)]
pub struct Task {
    object: &'static Object,
    verb: Option<&'static Verb>,
    at: usize,
}

impl Task {
    /// Whether it only looks up names and sends one request.
    pub fn only_changes(&self) -> bool {
        self.verb.is_some_and(|v| v.effect == Effect::Request)
    }
}

/// Runs the words from `at` on.
///
/// # Errors
///
/// A wrong word, or what the command reports.
pub fn dispatch(s: &Session, line: &[Vec<u8>], at: usize) -> Result<u8, Diag> {
    // Not in iproute2: the help page for the words that follow. Under the name `ip` and in a batch, however it is run,
    // it does not exist.
    if let Some(word) = line.get(at).filter(|_| !s.in_batch && !s.options.invocation.is_ip) {
        if line.len() > at + 1 && spelling(word, false) == Some("help~") {
            return help::about(s, line, at + 1);
        }
        if complete::asks(word) {
            complete::run(s, line.get(at + 2..).unwrap_or_default());
            return Ok(0);
        }
    }
    run(s, &find(line, at, s.options.invocation.is_ip)?, line)
}

/// Resolves the words from `at` on, under the name `ip` or under its own.
///
/// # Errors
///
/// There is no such object or verb.
pub fn find(line: &[Vec<u8>], at: usize, is_ip: bool) -> Result<Task, Diag> {
    let Some(word) = line.get(at) else { return Err(Diag::usage(usage::program(is_ip))) };
    let name = spelling(word, is_ip);
    if name == Some("help~") {
        return Err(Diag::usage(usage::program(is_ip)));
    }
    let Some(object) = name.and_then(owner) else {
        let shown = crate::output::escape::shown(word);
        let d = Diag::fail(format!("Object \"{shown}\" is unknown, try \"ip help\".")).at(Span::word(at));
        // A name that only iproute2 has is not a misspelling of another.
        if let Some(theirs) = name {
            return Err(d.hint(format!("rip does not implement \"{}\"; use ip", full(theirs))));
        }
        return Err(suggest(d, word, OBJECTS.iter().flat_map(|o| o.names.iter())));
    };
    let verb = line.get(at + 1).and_then(|word| object.verb(word));
    let verb = verb.filter(|v| !(is_ip && is_ours(object, v.name())));
    Ok(Task { object, verb, at: at + 1 })
}

/// Runs the words from `at` on with an address family.
///
/// # Errors
///
/// A wrong word, or what the command reports.
pub fn dispatch_as(s: &Session, line: &[Vec<u8>], at: usize, family: u8) -> Result<u8, Diag> {
    run_as(s, &find(line, at, s.options.invocation.is_ip)?, line, family)
}

/// Runs the resolved verb of a line.
///
/// # Errors
///
/// What the command reports.
pub fn run(s: &Session, task: &Task, line: &[Vec<u8>]) -> Result<u8, Diag> {
    run_as(s, task, line, s.options.family)
}

fn run_as(s: &Session, task: &Task, line: &[Vec<u8>], family: u8) -> Result<u8, Diag> {
    let Task { object, verb, at } = *task;
    if line.last().is_some_and(|w| w == b"--help")
        && let Some(page) = help::asked(s, line, at - 1)
    {
        let page = page?;
        s.print_text(|p| p.text(&page));
        return Ok(0);
    }
    if s.options.fields.is_some() && !(verb.is_none() && line.len() > at) {
        super::fields::check(s, object, verb, at - 1)?;
    }
    let mut w = Words::new(line, at, s);
    w.family = family;
    let is_ip = s.options.invocation.is_ip;
    w.help = Box::new(move || usage::object_of(object, is_ip));
    let Some(word) = line.get(at) else {
        return match object.default {
            Some(run) => run(s, &mut w),
            None => Err(Diag::usage(usage::object_of(object, is_ip))),
        };
    };
    if let Some(verb) = verb {
        if s.is_watched() && verb.effect == Effect::Opaque {
            return Err(unfollowed(object, word, at));
        }
        w.skip();
        return (verb.run)(s, &mut w);
    }
    // An object with such a verb has its own spelling or exit code.
    if spells("help~", word) && object.verb(b"help").is_none() {
        return Err(Diag::usage(usage::object_of(object, is_ip)));
    }
    match object.unknown {
        Some(_) if s.is_watched() && object.is_opaque() => Err(unfollowed(object, word, at)),
        Some(run) => run(s, &mut w),
        None => Err(unknown(object, word, at)),
    }
}

/// The error about a change that the interceptor would not see.
fn unfollowed(object: &Object, word: &[u8], at: usize) -> Diag {
    let shown = crate::output::escape::shown(word);
    Diag::fail(format!("Error: -dry-run and -atomic do not support \"{} {shown}\".", object.name()))
        .at(Span { from: at - 1, to: at + 1 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abbreviations_as_in_the_reference() {
        for (typed, name) in
            [("a", "address"), ("ad", "address"), ("l", "link"), ("li", "link"), ("r", "route"), ("ro", "route")]
        {
            assert_eq!(object(typed.as_bytes()).map(Object::name), Some(name), "{typed}");
        }
        for bad in ["ns", "lo", "addresses", "", "z"] {
            assert!(object(bad.as_bytes()).is_none(), "{bad}");
        }
    }

    #[test]
    fn a_name_that_the_reference_alone_has_is_no_slip() {
        for name in ORDER.iter().filter(|n| **n != "help~" && owner(n).is_none()) {
            let line = [b"rip".to_vec(), full(name).as_bytes().to_vec()];
            let Err(d) = find(&line, 1, false) else { panic!("{name} is there") };
            assert!(matches!(d.hints(), [one] if one.starts_with("rip does not implement")), "{name}: {:?}", d.hints());
        }
    }

    #[test]
    fn every_name_finds_its_own_object_and_verb() {
        for o in OBJECTS {
            for n in o.names {
                let found = object(full(n).as_bytes()).map(Object::name);
                assert_eq!(found, Some(o.name()), "{n}");
                assert_eq!(spelling(full(n).as_bytes(), true).is_none(), is_our_object(o), "{n}");
            }
            for v in o.verbs {
                for n in v.names {
                    assert_eq!(o.verb(full(n).as_bytes()).map(Verb::name), Some(v.name()), "{} {n}", o.name());
                }
            }
        }
    }

    #[test]
    fn an_object_of_ours_is_no_abbreviation() {
        for name in our_names() {
            assert!(
                !name.ends_with('~') && object(&name.as_bytes()[..name.len() - 1]).is_none_or(|o| !is_our_object(o))
            );
        }
    }
}
