//! `rip`: Linux's `ip`, rebuilt. Words in, netlink out; the kernel's replies as text or JSON.
//!
//! The layers, lowest first; each imports only earlier ones (tests/layers.rs checks that):
//! `schema` (message formats; it imports nothing of ours), `sort` (sorting),
//! `hash` (hashing of trusted keys), `sys` (unsafe code), `diag` (errors as values),
//! `output` (text and JSON), `files` and `rights` (reading files of others, privileges),
//! `net` (sockets, requests, dumps), `state` (what exists: object types with their table, keys, the store, consistent dumps, how two
//! states differ, the requests between them, what requests would lead to), `grammar` (words and values),
//! `nss` (name tables), `session` (options, sockets, the cache of links),
//! `rootless` (the namespaces of `-rootless`),
//! `command` (what an object consists of; `encap`, `program` and `dumpfile` are shared by several objects),
//! `object` (one file or directory each), then what works on all objects: `monitor`, `undo` (-atomic), `plan` (-dry-run), `topology`,
//! `wait` and `want` (snapshot, diff, ensure),
//! `cli` (the list of objects, the head of a line, help, completion, batches), `hints` (why a request was refused).
//! A new object is a file or directory under `object`, a row in `state/spec.rs` if the kernel lists it, and a line in `object/mod.rs`;
//! a new feature is a module beside `monitor`.

#![deny(missing_docs)]

mod cli;
mod command;
mod diag;
mod dumpfile;
mod encap;
mod files;
mod grammar;
mod hash;
mod hints;
/// What the tests, fuzzing and benchmarks use.
pub mod internals;
mod monitor;
mod net;
mod nss;
mod object;
mod output;
mod plan;
mod program;
mod rights;
mod rootless;
mod schema;
mod session;
mod sort;
mod state;
mod sys;
mod topology;
mod undo;
mod wait;
mod want;

use cli::head::{self, Action};
use cli::{batch, tree};
use diag::{Diag, FAIL, REFUSED, Span};
use output::out::{Out, print_stderr};
use output::report::Place;
use session::Session;
use session::invocation::{self, Invocation};

pub use sys::begin;

pub use cli::front::REFERENCE;

/// Runs the process: drops privileges that it must not use, then runs its command line.
pub fn process(words: &[Vec<u8>]) -> u8 {
    match rights::drop_privileges() {
        Ok(()) => run(words),
        Err(e) => {
            print_stderr(&rights::refused(e));
            FAIL
        }
    }
}

/// Runs a command line (argv, program name first) and returns the exit code.
pub fn run(words: &[Vec<u8>]) -> u8 {
    // There is no session yet, so reasons cannot be looked up.
    let failed = |d: Diag| {
        let called = Invocation::new(words);
        print_stderr(&called.report(&d, words, None, invocation::asks(words, "json", called.is_ip)));
        d.code()
    };
    let stay = match is_rootless(words).then(rootless::enter).transpose() {
        Ok(stay) => stay,
        Err(d) => return failed(d),
    };
    let code = start(words).unwrap_or_else(failed);
    if let Some(stay) = stay {
        stay.end();
    }
    code
}

/// Whether the line runs in the namespaces of `-rootless`. Help and completion candidates do not need them.
fn is_rootless(words: &[Vec<u8>]) -> bool {
    let is_ip = invocation::name(words) == b"ip";
    if is_ip || !(invocation::asks(words, "rootless", false) || rootless::is_in_environment()) {
        return false;
    }
    let asks = |id| invocation::asks(words, id, false);
    let object = words.get(invocation::object_at(words, false)).map(Vec::as_slice);
    let talks = matches!(object, None | Some(b"help" | b"complete")) || words.last().is_some_and(|w| w == b"--help");
    !asks("help") && !asks("version") && (!talks || asks("batch"))
}

/// Reports an error with its reasons; returns the exit code.
pub fn tell(s: &Session, d: Diag, words: &[Vec<u8>], place: Option<Place<'_>>) -> u8 {
    s.flush();
    let called = s.options.invocation;
    let d = match called.explains {
        true => hints::explain(s, d, words, called.hints || s.options.errors_in_json()),
        false => d,
    };
    if !d.what().is_empty() {
        print_stderr(&called.report(&d, words, place, s.options.errors_in_json()));
    }
    d.code()
}

/// Prints a text without a session.
fn print(text: &str) -> Result<u8, Diag> {
    let mut out = Out::stdout();
    out.buf.extend_from_slice(text.as_bytes());
    out.flush();
    finish(&out, 0)
}

fn start(words: &[Vec<u8>]) -> Result<u8, Diag> {
    if let Some(text) = cli::front::asked(words) {
        return print(&text);
    }
    let head = head::parse(words)?;
    match head.action {
        Action::Help => return Err(Diag::usage(cli::usage::program(head.options.invocation.is_ip))),
        Action::Version => {
            return print(&cli::front::version(head.options.invocation.is_ip));
        }
        Action::Run => {}
    }
    let mut head = head;
    if head.options.atomic {
        let wrong = match (&head.options.batch, head.options.force) {
            (None, _) => Some("-atomic works only with -batch"),
            (_, true) => Some("-atomic undoes the batch at the first error, and -force goes on after it: not both"),
            _ => None,
        };
        if let Some(wrong) = wrong {
            return Err(Diag::usage(format!("Error: {wrong}.")));
        }
    }
    // A dry run creates nothing that could be echoed.
    head.options.echo &= !head.options.dry_run;
    let plan = match head.options.dry_run {
        true => Some(std::rc::Rc::new(plan::Plan::new(head.options.rcvbuf)?)),
        false => None,
    };
    let out = head.options.fields.as_ref().map_or_else(Out::stdout, |f| Out::fields(f.paths.clone()));
    let s = Session::new(head.options, out);
    let s = if s.options.batch.is_some() { s.for_batch() } else { s };
    let s = match &plan {
        Some(plan) => {
            let told = plan.clone();
            s.intercepted(plan.clone()).telling(Box::new(move |s| told.tell_part(s)))
        }
        None => s,
    };
    let outcome = match &s.options.netns {
        // `wait` also waits for the namespace.
        Some(_) if s.options.batch.is_none() && wait::is_asked(words, head.rest, s.options.invocation.is_ip) => Ok(()),
        Some(name) => object::netns::switch(name, s.options.invocation.is_ip).map_err(|d| {
            let at = words.iter().take(head.rest).rposition(|w| w == name).map(Span::word);
            at.into_iter().fold(d.with_code(diag::USAGE), Diag::at_first)
        }),
        None => Ok(()),
    }
    .and_then(|()| match s.options.batch.clone() {
        Some(file) => batch::run(&s, plan.as_deref(), &file, words, tell),
        None => match &plan {
            Some(plan) => batch::planned::command(plan, &s, words, head.rest),
            None => tree::dispatch(&s, words, head.rest),
        },
    });
    let code = match outcome {
        Ok(code) => code,
        Err(d) => tell(&s, d, words, None),
    };
    let mut out = s.out.borrow_mut();
    out.flush();
    if let (Some(fields), Some(why)) = (&s.options.fields, out.wrong()) {
        return Err(Diag::usage(format!("Error: {why}.")).at(Span::word(fields.at)));
    }
    if let (0, Some(fields), Some((object, name))) = (code, &s.options.fields, out.unseen()) {
        return Err(cli::fields::wrong(object, name, Some(fields.at)));
    }
    finish(&out, code)
}

/// A failed write makes the command fail.
fn finish(out: &Out, code: u8) -> Result<u8, Diag> {
    match out.failed() {
        Some(e) => Err(Diag::new(REFUSED, format!("write error: {}", crate::diag::errno_text(e as i32)))),
        None => Ok(code),
    }
}
