//! `netns`: named network namespaces, their ids, and commands run inside them.

mod dead;
mod enter;
pub mod id;
mod jobs;
mod lock;
mod place;
mod process;
mod reference;
pub mod unnamed;
mod watch;

use crate::command::{Effect, Object, Purpose, Verb};
use crate::diag::{Diag, Span};
use crate::grammar::walk::{Line, Place};
use crate::grammar::{Offer, Words};
use crate::net::interceptor::{Revert, SideEffect};
use crate::output::escape::shown;
use crate::output::out::print_stderr;
use crate::session::Session;

pub use enter::{found, replace, spawn, switch, within};
pub use id::{name_of_nsid, nsid_for};
pub use place::{RUN_DIR, commands, exists, forget, is_name, is_namespace, names, offers, open, open_any};
pub use process::name_of as name_of_process;
pub use reference::{Reference, is_other, offers as references};

/// The object `netns`.
pub static OBJECT: Object = Object {
    names: &["netns~"],
    about: "network namespaces",
    purpose: Purpose::Namespaces,
    views: &[&id::VIEW],
    ours: &["gc", "idle"],
    terms: &[("", "ip [-all] netns { delete [NAME] | exec [NAME] cmd ... }"), ("NETNSID", "{ auto | POSITIVE-INT }")],
    verbs: &[
        Verb {
            names: &["list~", "show~", "lst~"],
            about: "list the named namespaces",
            run: list,
            effect: Effect::Read,
            tables: &[&LIST],
            examples: &[
                ("rip netns", "all named namespaces"),
                ("rip netns list idle", "namespaces without processes and without links other than lo"),
            ],
        },
        Verb {
            names: &["list-id~"],
            about: "list namespace ids",
            run: id::list_id,
            effect: Effect::Read,
            tables: &[&id::LIST_ID],
            examples: &[("rip netns list-id", "all ids")],
        },
        Verb {
            names: &["help~"],
            about: "usage",
            run: help,
            effect: Effect::Read,
            tables: &[],
            examples: &[("rip netns help", "usage")],
        },
        Verb {
            names: &["add~"],
            about: "create a namespace",
            run: add,
            effect: Effect::Change,
            tables: &[&NEW],
            examples: &[("rip netns add lab", "create a namespace")],
        },
        Verb {
            names: &["set~"],
            about: "assign an id to a namespace",
            run: id::set,
            effect: Effect::Change,
            tables: &[&WITH_ID],
            examples: &[("rip netns set ns1 auto", "assign any free id"), ("rip netns set ns1 5", "assign this id")],
        },
        Verb {
            names: &["delete~"],
            about: "delete the name of a namespace; with -all, of all namespaces",
            run: delete,
            effect: Effect::Change,
            tables: &[&NAME],
            examples: &[("rip netns del ns1", "delete the name; the namespace ends with its last process")],
        },
        Verb {
            names: &["identify~"],
            about: "show the namespace of a process",
            run: process::identify,
            effect: Effect::Read,
            tables: &[&PROCESS],
            examples: &[
                ("rip netns identify", "the namespace of this shell"),
                ("rip netns identify 1", "the namespace of a process"),
            ],
        },
        Verb {
            names: &["pids~"],
            about: "list the processes in a namespace",
            run: process::pids,
            effect: Effect::Read,
            tables: &[&OF],
            examples: &[("rip netns pids ns1", "processes in the namespace")],
        },
        Verb {
            names: &["exec~"],
            about: "run a command in a namespace; with -all, in all namespaces",
            run: enter::exec,
            effect: Effect::Change,
            tables: &[&COMMAND],
            examples: &[
                ("rip netns exec ns1 cat /proc/net/dev", "run a command in a namespace"),
                ("rip netns exec pid:1 cat /proc/net/dev", "in the namespace of a process"),
            ],
        },
        Verb {
            names: &["monitor~"],
            about: "report names as they are added and deleted",
            run: watch::monitor,
            effect: Effect::Read,
            tables: &[],
            examples: &[("rip netns monitor", "names as they are added and deleted")],
        },
        Verb {
            names: &["attach~"],
            about: "give the namespace of a process a name",
            run: attach,
            effect: Effect::Change,
            tables: &[&WITH_PID],
            examples: &[("rip netns attach mine 1", "give the namespace of a process a name")],
        },
        Verb {
            names: &["gc"],
            about: "delete names that refer to no namespace",
            run: dead::gc,
            effect: Effect::Change,
            tables: &[&GC],
            examples: &[
                ("rip netns gc check", "list dead names; exit code 1 if there are any"),
                ("rip netns gc", "delete dead names"),
            ],
        },
    ],
    default: Some(list),
    unknown: Some(unknown),
};

fn none(_w: &Words<'_>) -> Vec<Offer> {
    Vec::new()
}

fn ids(_w: &Words<'_>) -> Vec<Offer> {
    vec![Offer::new("auto", "any free id")]
}

fn check_only(_w: &Words<'_>) -> Vec<Offer> {
    vec![Offer::new("check", "list them, remove nothing")]
}

fn idle_only(_w: &Words<'_>) -> Vec<Offer> {
    vec![Offer::new("idle", "namespaces without processes and without links other than lo")]
}

static LIST: Line = Line {
    title: "[ idle ]",
    places: &[Place::new("[ idle ]", "only namespaces without processes and links", idle_only)],
};
static GC: Line =
    Line { title: "[ check ]", places: &[Place::new("[ check ]", "list them, remove nothing", check_only)] };

const THIS: Place = Place::new("NAME", "name of the namespace", |_| offers());
const EXISTING: Place = Place::new("NAME", "name, path, pid:PID or container:ID", |_| reference::offers());
const ANY: Place = Place::new("NAME", "name of the namespace, below /run/netns", none);
const PID: Place = Place::new("PID", "process id", none);

static NAME: Line = Line { title: "NAME", places: &[THIS] };
static OF: Line = Line { title: "NAME", places: &[EXISTING] };
static NEW: Line = Line { title: "NAME", places: &[ANY] };
static WITH_ID: Line = Line {
    title: "NAME { auto | ID }",
    places: &[EXISTING, Place::new("{ auto | ID }", "the id, a positive number", ids)],
};
static PROCESS: Line = Line { title: "[ PID ]", places: &[PID] };
static WITH_PID: Line = Line { title: "NAME PID", places: &[ANY, PID] };
static COMMAND: Line = Line {
    title: "NAME COMMAND ...",
    places: &[
        EXISTING,
        Place { rest: true, ..Place::new("COMMAND ...", "command to run, with its arguments", place::commands) },
    ],
};

/// The error for an unknown verb; an invalid name after it is reported first.
fn unknown(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let Some(verb) = w.peek() else { return Ok(0) };
    w.skip();
    check(s, w)?;
    Err(crate::command::unknown(&OBJECT, verb.bytes, verb.at))
}

fn help(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    check(s, w)?;
    Err(w.usage_error())
}

/// Rejects a word that cannot be the name of a namespace.
fn check(s: &Session, w: &Words<'_>) -> Result<(), Diag> {
    match w.peek() {
        Some(arg) if !s.options.all && !place::is_name(arg.bytes) => {
            Err(Diag::usage(format!("Invalid netns name \"{}\"", arg.shown())).at(arg.span()))
        }
        _ => Ok(()),
    }
}

/// The span of the word just consumed.
fn last(w: &Words<'_>) -> Span {
    Span::word(w.at().saturating_sub(1))
}

/// The required name of a verb.
fn name<'a>(s: &Session, w: &mut Words<'a>) -> Result<&'a [u8], Diag> {
    check(s, w)?;
    match w.peek() {
        Some(arg) => {
            w.skip();
            Ok(arg.bytes)
        }
        None => Err(Diag::fail("No netns name specified").at(Span::word(w.at()))),
    }
}

/// The required name of a verb, or another reference to a namespace.
fn word<'a>(s: &Session, w: &mut Words<'a>) -> Result<&'a [u8], Diag> {
    match w.peek() {
        Some(arg) if !s.options.invocation.is_ip && is_other(arg.bytes) => {
            w.skip();
            Ok(arg.bytes)
        }
        _ => name(s, w),
    }
}

fn list(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    check(s, w)?;
    let is_ip = s.options.invocation.is_ip;
    if w.peek().is_some_and(|word| word.is("idle")) && !is_ip {
        return dead::idle(s);
    }
    let names = s.listed(place::all_names())?;
    let holder = if s.options.details && !is_ip { crate::rootless::holder() } else { None };
    s.document(|p| {
        for name in names.unwrap_or_default() {
            p.object(None);
            p.item("name", "{}", &name);
            if !is_ip && place::is_dead(&name) {
                p.hidden("alive", false);
            }
            if let Some(id) = id::of_name(s, &name) {
                p.item("id", " (id: {})", id);
            }
            if let Some(holder) = holder {
                p.item("path", " {}", crate::rootless::path_from_outside(holder, &name));
            }
            p.end_line();
            p.close();
        }
    });
    Ok(0)
}

fn add(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let name = name(s, w)?;
    if s.allow(|| SideEffect::new(format!("add namespace {}", shown(name)), Revert::DeleteName(name.to_vec())))? {
        place::add(name, || s.note_namespace(name, place::cookie_here))
            .map_err(|d| if d.errno() == Some(nix::libc::EEXIST) { d.at_first(last(w)) } else { d })?;
    }
    Ok(0)
}

fn attach(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    check(s, w)?;
    let (Some(name), Some(pid)) = (w.peek(), w.peek_second()) else {
        return Err(Diag::fail("No netns name and PID specified").at(Span::word(w.line().len())));
    };
    let number = crate::grammar::number::signed(pid.bytes).and_then(|v| i32::try_from(v).ok()).filter(|v| *v != 0);
    let Some(number) = number else {
        return Err(Diag::fail(format!("Invalid PID: {}", pid.shown())).at(pid.span()));
    };
    let deed = || {
        SideEffect::new(
            format!("attach namespace {} to process {number}", name.shown()),
            Revert::DeleteName(name.bytes.to_vec()),
        )
    };
    if s.allow(deed)? {
        let cookie = || {
            let file = format!("/proc/{number}/ns/net");
            let fd = place::open_path(file.as_ref()).map_err(|e| Diag::os(format!("Cannot open {file}"), e))?;
            place::cookie_of(&fd)
        };
        place::attach(name.bytes, number, || s.note_namespace(name.bytes, cookie))?;
    }
    Ok(0)
}

fn delete(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    if s.options.all {
        let mut code = 0;
        for name in place::all_names()?.unwrap_or_default() {
            let gone = if may_delete(s, &name)? { place::delete(&name) } else { Ok(()) };
            if let Err(d) = gone {
                code = d.code();
                print_stderr(&d.render(&[]));
            }
        }
        return Ok(code);
    }
    let name = name(s, w)?;
    if may_delete(s, name)? {
        place::delete(name).map_err(|d| d.at_first(last(w)))?;
    }
    Ok(0)
}

fn may_delete(s: &Session, name: &[u8]) -> Result<bool, Diag> {
    s.allow(|| {
        SideEffect::new(
            format!("delete namespace {}", shown(name)),
            Revert::NameIsLost(name.to_vec(), "what is in the namespace would be lost"),
        )
    })
}
