//! `batch-recover`: rolls back an atomic batch that was killed, from the journal that it left.

use crate::command::{Effect, Object, Purpose, Verb};
use crate::diag::{Diag, Span};
use crate::grammar::Words;
use crate::net::Kernel;
use crate::output::escape::shown;
use crate::output::out::print_stderr;
use crate::session::Session;
use crate::sort::Arrange as _;
use crate::undo::Origin;
use crate::undo::folder::{self, Found};
use crate::undo::{journal, report};
use std::path::Path;

/// The object `batch-recover`.
pub static OBJECT: Object = Object {
    // Not abbreviable.
    names: &["batch-recover"],
    about: "roll back interrupted atomic batches",
    purpose: Purpose::Changes,
    terms: &[],
    verbs: &[
        Verb {
            names: &["show~", "list~"],
            about: "list the journals",
            run: show,
            effect: Effect::Read,
            tables: &[],
            examples: &[("rip batch-recover show", "show the interrupted batches")],
        },
        Verb {
            names: &["help~"],
            about: "usage",
            run: help,
            effect: Effect::Read,
            tables: &[],
            examples: &[("rip batch-recover help", "usage")],
        },
    ],
    default: Some(recover),
    unknown: Some(one),
    ..Object::BASE
};

fn help(_s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    Err(w.usage_error())
}

/// Why a journal cannot be rolled back here and now.
fn hindrance(f: &Found, here: &Origin) -> Option<String> {
    let o = &f.origin;
    if o.boot != here.boot {
        Some("it is of an earlier boot: what it describes no longer exists".into())
    } else if o.cookie != here.cookie {
        Some(format!("it is of another network namespace (cookie {}), which may no longer exist", o.cookie))
    } else if f.is_busy() {
        Some(format!("its batch still runs, or another process is rolling it back (process {} began it)", o.pid))
    } else {
        None
    }
}

/// A socket of this namespace, and the origin that a journal of it would have.
fn here(s: &Session) -> Result<(Kernel, Origin), Diag> {
    let kernel = Kernel::open(s.options.rcvbuf)?;
    let origin = journal::here(&kernel, "")?;
    Ok((kernel, origin))
}

/// The journals that can be read; errors about the others are printed.
fn readable() -> Result<(Vec<Found>, u8), Diag> {
    let (mut good, mut code) = (Vec::new(), 0);
    for found in folder::journals()? {
        match found {
            Ok(f) => good.push(f),
            Err(d) => {
                print_stderr(&d.render(&[]));
                code = 1;
            }
        }
    }
    Ok((good, code))
}

/// Rolls back all interrupted batches of this namespace, the last one first.
fn recover(s: &Session, _w: &mut Words<'_>) -> Result<u8, Diag> {
    let (kernel, here) = here(s)?;
    let (all, mut code) = readable()?;
    let (mut mine, others): (Vec<Found>, Vec<Found>) = all.into_iter().partition(|f| hindrance(f, &here).is_none());
    mine.retain(|f| !f.is_gone());
    for f in &others {
        let why = hindrance(f, &here).unwrap_or_default();
        print_stderr(&format!("Unrestored alone: {}: {why}\n", path(f)));
    }
    if mine.is_empty() {
        if code == 0 {
            print_stderr("Nothing to recover.\n");
        }
        return Ok(code);
    }
    mine.arrange_by_key(|f| std::cmp::Reverse(f.origin.since));
    for f in mine {
        match undo(s, &kernel, &f) {
            Ok(one) => code = code.max(one),
            Err(d) => {
                print_stderr(&d.render(&[]));
                code = 1;
            }
        }
    }
    Ok(code)
}

fn path(f: &Found) -> String {
    shown(f.path.as_os_str().as_encoded_bytes())
}

/// Rolls back the batch of one journal.
fn one(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let Some(word) = w.peek() else { return recover(s, w) };
    let path = Path::new(std::ffi::OsStr::new(word.str().unwrap_or_default()));
    let found = folder::at(path).map_err(|d| d.at(Span::word(word.at)))?;
    let (kernel, here) = here(s)?;
    match hindrance(&found, &here) {
        Some(why) => Err(Diag::fail(format!("Cannot recover \"{}\": {why}", word.shown())).at(word.span())),
        None if found.is_gone() => Err(Diag::fail(format!("\"{}\" has been removed", word.shown())).at(word.span())),
        None => undo(s, &kernel, &found).map_err(|d| d.at(Span::word(word.at))),
    }
}

fn undo(s: &Session, kernel: &Kernel, f: &Found) -> Result<u8, Diag> {
    let record = f.record()?;
    if s.is_dry_run() {
        s.allow(|| {
            crate::net::interceptor::SideEffect::new(
                format!("roll back the batch {}", f.origin.file),
                crate::net::interceptor::Revert::Nothing,
            )
        })?;
        return Ok(0);
    }
    if !record.ready {
        print_stderr(&format!("The batch {} had not changed anything yet.\n", f.origin.file));
    } else if !report::report(s, crate::undo::roll_back(&record, kernel), &record) {
        report::stays(&path(f));
        return Ok(1);
    }
    f.remove().map(|()| 0)
}

fn show(s: &Session, _w: &mut Words<'_>) -> Result<u8, Diag> {
    let (_, here) = here(s)?;
    let (list, code) = readable()?;
    let damaged = |f: &Found| f.record().err().and_then(|d| d.what().first().cloned());
    s.document(|p| {
        for f in &list {
            let o = &f.origin;
            p.object(None);
            p.item("journal", "{}", f.path.as_os_str().as_encoded_bytes());
            // The journal has the name escaped for printing; it must be escaped only once.
            let file = crate::output::escape::unescape(o.file.as_bytes());
            p.item("file", " batch {}", file.as_deref().unwrap_or(o.file.as_bytes()));
            p.item("pid", " pid {}", o.pid);
            p.item("netns", " netns {}", o.cookie);
            match hindrance(f, &here).or_else(|| damaged(f)) {
                None => p.flag("recoverable", " recoverable"),
                Some(why) => p.item("why", " ({})", why),
            }
            p.end_line();
            p.close();
        }
    });
    Ok(code)
}
