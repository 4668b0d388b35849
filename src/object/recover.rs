//! `batch-recover`: undoes an atomic batch that was killed, from the journal that it left.

use crate::cli::tree::{Object, Verb};
use crate::diag::{Diag, Span};
use crate::grammar::Words;
use crate::session::Session;
use crate::show::escape::shown;
use crate::show::out::complain;
use crate::undo::journal::{self, Found};
use std::path::Path;

pub static OBJECT: Object = Object {
    // Whole, for no word of the reference begins like it.
    names: &["batch-recover"],
    about: "undo atomic batches that were interrupted: [ FILE ]",
    terms: &[],
    verbs: &[
        Verb {
            names: &["show~", "list~"],
            about: "list the journals",
            run: show,
            tables: &[],
            examples: &[("rip batch-recover show", "what was interrupted")],
        },
        Verb {
            names: &["help~"],
            about: "usage",
            run: help,
            tables: &[],
            examples: &[("rip batch-recover help", "usage")],
        },
    ],
    default: Some(recover),
    unknown: Some(one),
};

fn help(_s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    Err(Diag::usage((w.help)().trim_end()))
}

/// What keeps a journal from being undone here and now.
fn hindrance(f: &Found) -> Result<Option<String>, Diag> {
    let (o, here) = (&f.record.origin, journal::here("")?);
    Ok(if o.boot != here.boot {
        Some("it is of another boot: what it speaks of is gone".into())
    } else if o.netns != here.netns {
        Some("it is of another network namespace".into())
    } else if f.is_busy() {
        Some(format!("its batch still runs, as process {}", o.pid))
    } else {
        None
    })
}

/// Undoes every interrupted batch of this namespace, the last one first.
fn recover(s: &Session, _w: &mut Words<'_>) -> Result<u8, Diag> {
    let mut mine: Vec<Found> = Vec::new();
    for f in journal::all() {
        if hindrance(&f)?.is_none() {
            mine.push(f);
        }
    }
    if mine.is_empty() {
        complain("Nothing to recover.\n");
        return Ok(0);
    }
    mine.sort_by_key(|f| std::cmp::Reverse(f.record.origin.since));
    let mut code = 0;
    for f in mine {
        code = code.max(undo(s, &f)?);
    }
    Ok(code)
}

/// Undoes the batch of one journal.
fn one(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let Some(word) = w.peek() else { return recover(s, w) };
    let path = Path::new(std::ffi::OsStr::new(word.str().unwrap_or_default())).to_path_buf();
    let found = journal::read(&path).map_err(|d| d.at(Span::word(word.at)))?;
    match hindrance(&found)? {
        Some(why) => Err(Diag::fail(format!("Cannot recover \"{}\": {why}", word.shown())).at(word.span())),
        None => undo(s, &found),
    }
}

fn undo(s: &Session, f: &Found) -> Result<u8, Diag> {
    if s.pretends() {
        s.may(|| {
            crate::deed::Deed::new(format!("undo the batch {}", f.record.origin.file), crate::deed::Undo::Nothing)
        })?;
        return Ok(0);
    }
    let good = if f.ready {
        crate::cli::batch::atomic::report(s, crate::undo::back(&f.record, s.options.rcvbuf))
    } else {
        true
    };
    let _ = std::fs::remove_file(&f.path);
    Ok(u8::from(!good))
}

fn show(s: &Session, _w: &mut Words<'_>) -> Result<u8, Diag> {
    let list = journal::all();
    s.document(|p| {
        for f in &list {
            let o = &f.record.origin;
            p.object(None);
            p.item("journal", "{}", shown(f.path.as_os_str().as_encoded_bytes()));
            p.item("file", " batch {}", o.file.as_str());
            p.item("pid", " pid {}", o.pid);
            p.item("netns", " netns {}", o.netns.1);
            match hindrance(f) {
                Ok(None) => p.flag("recoverable", " recoverable"),
                Ok(Some(why)) => p.item("why", " ({})", why),
                Err(_) => {}
            }
            p.end_line();
            p.close();
        }
    });
    Ok(0)
}
