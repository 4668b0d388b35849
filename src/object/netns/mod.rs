//! `netns`: named network namespaces, their ids, and commands run inside them.

mod enter;
pub mod id;
mod place;
mod process;
mod watch;

use crate::cli::tree::{Object, Verb};
use crate::deed::{Deed, Undo};
use crate::diag::{Diag, Span};
use crate::grammar::Words;
use crate::session::Session;
use crate::show::escape::shown;
use crate::show::out::complain;

pub use enter::{switch, within};
pub use id::{name_of_nsid, nsid_for};
pub use place::{names, offers, open, open_any};
pub use process::name_of as name_of_process;

pub static OBJECT: Object = Object {
    names: &["netns~"],
    about: "network namespaces",
    verbs: &[
        Verb { names: &["list~", "show~", "lst~"], about: "list the named namespaces", run: list, tables: &[] },
        Verb { names: &["list-id~"], about: "list namespace ids", run: id::list_id, tables: &[&id::LIST_ID] },
        Verb { names: &["help~"], about: "usage", run: help, tables: &[] },
        Verb { names: &["add~"], about: "make a namespace: NAME", run: add, tables: &[] },
        Verb { names: &["set~"], about: "give a namespace an id: NAME { auto | ID }", run: id::set, tables: &[] },
        Verb {
            names: &["delete~"],
            about: "remove a namespace's name: NAME, or with -all every one",
            run: delete,
            tables: &[],
        },
        Verb {
            names: &["identify~"],
            about: "the name of a process's namespace: [ PID ]",
            run: process::identify,
            tables: &[],
        },
        Verb { names: &["pids~"], about: "the processes of a namespace: NAME", run: process::pids, tables: &[] },
        Verb {
            names: &["exec~"],
            about: "run a command: NAME COMMAND ..., or with -all in every one",
            run: enter::exec,
            tables: &[],
        },
        Verb { names: &["monitor~"], about: "report names as they come and go", run: watch::monitor, tables: &[] },
        Verb { names: &["attach~"], about: "name the namespace of a process: NAME PID", run: attach, tables: &[] },
    ],
    default: Some(list),
    unknown: Some(unknown),
};

/// A word that is no verb; that the next one is no name comes first.
fn unknown(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let Some(verb) = w.peek() else { return Ok(0) };
    w.skip();
    check(s, w)?;
    Err(crate::cli::tree::unknown(&OBJECT, verb.bytes, verb.at))
}

fn help(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    check(s, w)?;
    Err(Diag::usage((w.help)().trim_end()))
}

/// Refuses a word that cannot be the name of a namespace, before anything is done with it.
fn check(s: &Session, w: &Words<'_>) -> Result<(), Diag> {
    match w.peek() {
        Some(arg) if !s.options.all && !place::is_name(arg.bytes) => {
            Err(Diag::usage(format!("Invalid netns name \"{}\"", arg.shown())).at(arg.span()))
        }
        _ => Ok(()),
    }
}

/// The name that a verb needs.
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

fn list(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    check(s, w)?;
    s.document(|p| {
        for name in place::names().unwrap_or_default() {
            p.object(None);
            p.item("name", "{}", &name);
            if let Some(id) = id::of_name(s, &name) {
                p.item("id", " (id: {})", id);
            }
            p.end_line();
            p.close();
        }
    });
    Ok(0)
}

fn add(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let name = name(s, w)?;
    if s.may(|| Deed::new(format!("netns add {}", shown(name)), Undo::Name(name.to_vec())))? {
        place::add(name)?;
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
    let deed = || Deed::new(format!("netns attach {} {number}", name.shown()), Undo::Name(name.bytes.to_vec()));
    if s.may(deed)? {
        place::attach(name.bytes, number)?;
    }
    Ok(0)
}

fn delete(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    if s.options.all {
        let mut code = 0;
        for name in place::names().unwrap_or_default() {
            let gone = if may_delete(s, &name)? { place::delete(&name) } else { Ok(()) };
            if let Err(d) = gone {
                code = d.code();
                complain(&d.render(&[]));
            }
        }
        return Ok(code);
    }
    let name = name(s, w)?;
    if may_delete(s, name)? {
        place::delete(name)?;
    }
    Ok(0)
}

/// Takes away a name that a batch gave, if it is there.
pub fn forget(name: &[u8]) {
    if place::is_name(name) && place::path(name).symlink_metadata().is_ok() {
        let _ = place::delete(name);
    }
}

fn may_delete(s: &Session, name: &[u8]) -> Result<bool, Diag> {
    s.may(|| {
        Deed::new(
            format!("netns delete {}", shown(name)),
            Undo::Unname(name.to_vec(), "what is in the namespace would be lost"),
        )
    })
}
