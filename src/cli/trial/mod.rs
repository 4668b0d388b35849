//! `try`: makes a change that is rolled back unless it is confirmed in time, for changes that could cut the user's own
//! connection.
//!
//! Before the first request a guardian process is forked, which makes the change under the journal of `-atomic` and
//! then waits: for a confirmation (by a socket beside the journal), for the success of a command, for the end of the
//! time, or for SIGTERM. It has its own session and no terminal, so it outlives the shell and the connection.

mod control;
mod guardian;

use crate::cli::batch::{Batch, atomic};
use crate::command::lines::Whole;
use crate::command::snapshot::Line;
use crate::command::{Effect, Object, Purpose, Verb};
use crate::diag::{Diag, Span};
use crate::grammar::value::{Flag, Word};
use crate::grammar::{Fallback, Grammar, Offer, Target, Value, Words};
use crate::monitor::watch::TIMED_OUT;
use crate::monitor::words::Seconds;
use crate::net::Kernel;
use crate::output::escape::shown;
use crate::output::out::print_stderr;
use crate::rows;
use crate::session::Session;
use control::{Ending, Status};
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use nix::sys::signal::{SigSet, Signal};
use nix::sys::signalfd::{SfdFlags, SignalFd};
use std::borrow::Cow;
use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _};
use std::os::fd::AsFd as _;
use std::time::Duration;

/// The object `try`.
pub static OBJECT: Object = Object {
    // Not abbreviable: `t` means `tunnel` in iproute2.
    names: &["try"],
    about: "make a change that is rolled back unless it is confirmed",
    purpose: Purpose::Changes,
    terms: &[("", "SECONDS [ background ] [ check COMMAND ARG... \\; ] { LINE | -batch FILE }")],
    verbs: &[
        Verb {
            names: &["confirm"],
            about: "keep the change",
            run: |s, w| answer(s, w, control::CONFIRM),
            effect: Effect::Opaque,
            tables: &[],
            examples: &[("rip try confirm", "the change stays")],
        },
        Verb {
            names: &["cancel"],
            about: "undo the change now",
            run: |s, w| answer(s, w, control::CANCEL),
            effect: Effect::Opaque,
            tables: &[],
            examples: &[("rip try cancel", "roll everything back")],
        },
        Verb {
            names: &["show"],
            about: "show the change on trial and its deadline",
            run: show,
            effect: Effect::Read,
            tables: &[],
            examples: &[("rip try show", "the trial of this namespace")],
        },
    ],
    unknown: Some(begin),
    ..Object::BASE
};

/// The words after the time.
#[derive(Default)]
pub struct Ask {
    background: bool,
    check: Option<Vec<Vec<u8>>>,
    file: Option<Vec<u8>>,
}

impl Target for Ask {}

/// The position of the line of `try`, after the time and its own words.
pub fn line_at(w: &mut Words<'_>) -> Option<usize> {
    let mut ask = Ask::default();
    Seconds.take(w).ok()?;
    TRY.parse(&mut ask, w).ok()?;
    ask.file.is_none().then_some(w.at())
}

/// Its words after the time.
pub static TRY: Grammar<Ask> = Grammar {
    title: "TRY",
    rows: &[rows!(Ask;
        "background" => Flag, "return once the change is made", |a, ()| a.background = true;
        "check" => Command, "confirm when this command succeeds; it is run every second", |a, v| a.check = Some(v);
        "-batch" => Word("FILE"), "run the lines of this file instead", |a, v| a.file = Some(v.0);
    )],
    fallback: Fallback::Stop,
};

/// A command with its arguments, up to a semicolon.
struct Command;

impl Value for Command {
    type Out = Vec<Vec<u8>>;
    fn meta(&self) -> Cow<'static, str> {
        "COMMAND ARG... \\;".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Vec<Vec<u8>>, Diag> {
        let mut out = Vec::new();
        loop {
            let arg = w.next()?;
            if arg.bytes == b";" {
                break;
            }
            out.push(arg.bytes.to_vec());
        }
        if out.is_empty() { Err(Diag::incomplete(w.at())) } else { Ok(out) }
    }
    fn offer(&self, w: &Words<'_>) -> Vec<Offer> {
        crate::object::netns::commands(w)
    }
}

/// A trial that is about to begin.
pub struct Trial<'a> {
    s: &'a Session,
    words: &'a [Vec<u8>],
    time: Duration,
    check: Option<Vec<Vec<u8>>>,
    file: Vec<u8>,
    lines: Whole,
}

fn begin(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let time = Seconds.take(w)?;
    let mut ask = Ask::default();
    TRY.parse(&mut ask, w)?;
    let words = w.line();
    let (file, lines) = match (ask.file, w.peek()) {
        (Some(_), Some(extra)) => {
            return Err(Diag::usage("Error: give either a file or a line, not both.").at(extra.span()));
        }
        (None, None) => return Err(Diag::incomplete(w.at())),
        (Some(file), None) => {
            let lines = atomic::read(&file)?.map_err(|(_, d)| d)?;
            (file, lines)
        }
        (None, Some(first)) => {
            let line = Line { words: words.get(first.at..).unwrap_or_default().to_vec() };
            let text = line.text().filter(|t| !t.starts_with(b"#"));
            let text =
                text.ok_or_else(|| Diag::usage("Error: this word cannot be part of a batch line.").at(first.span()))?;
            (b"-".to_vec(), Whole::of(text))
        }
    };
    let trial = Trial { s, words, time, check: ask.check, file, lines };
    let failed = |what: &'static str| move |e| Diag::os(what, e);
    let (reader, writer) = nix::unistd::pipe2(nix::fcntl::OFlag::O_CLOEXEC).map_err(failed("pipe failed"))?;
    s.flush();
    match crate::sys::fork().map_err(failed("fork failed"))? {
        None => {
            drop(reader);
            crate::sys::leave(guardian::guard(&trial, File::from(writer)));
        }
        Some(_) => drop(writer),
    }
    wait(s, BufReader::new(File::from(reader)), time, ask.background)
}

/// Waits for the outcome of the trial.
fn wait(s: &Session, mut told: BufReader<File>, time: Duration, background: bool) -> Result<u8, Diag> {
    let mut line = String::new();
    let mut next = |told: &mut BufReader<File>| {
        line.clear();
        let _ = told.read_line(&mut line);
        Ending::read(line.trim_end())
    };
    let id = match next(&mut told) {
        Ending::Made(id) => id,
        Ending::Failed(code) => return Ok(code),
        _ => return Err(Diag::fail("The guardian was killed; see: rip batch-recover show")),
    };
    let seconds = time.as_secs();
    if background {
        print_stderr(&format!("confirm within {seconds} s: rip try confirm {id}\n"));
        return Ok(0);
    }
    let terminal = nix::unistd::isatty(crate::sys::standard(0)).unwrap_or(false);
    if !terminal {
        print_stderr(&format!("confirm within {seconds} s from elsewhere: rip try confirm {id}\n"));
    }
    let mut set = SigSet::empty();
    set.add(Signal::SIGINT);
    let failed = |e| Diag::os("Cannot catch signals", e);
    let signals = SignalFd::with_flags(&set, SfdFlags::SFD_NONBLOCK | SfdFlags::SFD_CLOEXEC).map_err(failed)?;
    set.thread_block().map_err(failed)?;
    let end = crate::wait::now() + time;
    loop {
        let left = end.saturating_sub(crate::wait::now()).as_secs();
        if terminal {
            print_stderr(&format!("\rEnter confirms, Ctrl-C cancels; undone in {left} s "));
        }
        let mut fds = vec![
            PollFd::new(told.get_ref().as_fd(), PollFlags::POLLIN),
            PollFd::new(signals.as_fd(), PollFlags::POLLIN),
        ];
        if terminal {
            fds.push(PollFd::new(crate::sys::standard(0), PollFlags::POLLIN));
        }
        let _ = poll(&mut fds, PollTimeout::from(if terminal { 1000u16 } else { 30_000 }));
        let ready: Vec<bool> = fds.iter().map(|f| f.any().unwrap_or(false)).collect();
        drop(fds);
        if ready.first() == Some(&true) {
            break;
        }
        if ready.get(1) == Some(&true) && signals.read_signal().is_ok_and(|s| s.is_some()) {
            drop(ask(s, control::CANCEL));
        }
        if ready.get(2) == Some(&true) {
            let mut buffer = [0u8; 256];
            let _ = std::io::stdin().read(&mut buffer);
            drop(ask(s, control::CONFIRM));
        }
    }
    if terminal {
        print_stderr("\n");
    }
    Ok(match next(&mut told) {
        Ending::Confirmed => 0,
        Ending::Undone => {
            print_stderr("Not confirmed in time. Rolled back: everything is as it was before.\n");
            TIMED_OUT
        }
        Ending::Cancelled => {
            print_stderr("Cancelled. Rolled back: everything is as it was before.\n");
            1
        }
        Ending::Broken(path) => {
            print_stderr("Not everything could be undone.\n");
            crate::undo::report::stays(&path);
            1
        }
        _ => return Err(Diag::fail("The guardian was killed; undo the change: rip batch-recover")),
    })
}

/// Sends a request to the guardian of this namespace.
fn ask(s: &Session, what: u8) -> Result<Option<Vec<u8>>, Diag> {
    let kernel = Kernel::open(s.options.rcvbuf)?;
    control::ask(&crate::undo::journal::here(&kernel, "")?, what)
}

/// The number on the line, if any: it must be that of the trial in progress.
fn id(w: &mut Words<'_>) -> Result<Option<(u32, Span)>, Diag> {
    let Some(arg) = w.peek() else { return Ok(None) };
    let number = arg.str().and_then(|t| t.parse().ok()).ok_or_else(|| arg.wrong("invalid trial number"))?;
    w.skip();
    match w.peek() {
        Some(extra) => Err(Diag::usage("Error: only one number is allowed.").at(extra.span())),
        None => Ok(Some((number, arg.span()))),
    }
}

/// Runs `try confirm` and `try cancel`.
fn answer(s: &Session, w: &mut Words<'_>, what: u8) -> Result<u8, Diag> {
    let wanted = id(w)?;
    let status = ask(s, control::SHOW)?.and_then(|told| Status::read(&told));
    if let (Some((number, at)), Some(status)) = (wanted, &status)
        && status.id != number
    {
        return Err(Diag::fail(format!("Error: the trial here is number {}, not {number}.", status.id)).at(at));
    }
    let told = if status.is_some() { ask(s, what)? } else { None };
    match told.as_deref().map(|t| Ending::read(String::from_utf8_lossy(t).trim_end())) {
        Some(Ending::Confirmed | Ending::Cancelled) => Ok(0),
        Some(Ending::Undone) => Err(Diag::fail("Too late: the change has been rolled back.")),
        Some(Ending::Broken(path)) => {
            crate::undo::report::stays(&path);
            Err(Diag::fail("Not everything could be undone."))
        }
        _ => {
            let here = here(s)?;
            if control::broken(&here)?.is_some() {
                let why = "The guardian was killed; the change can only be undone: rip batch-recover";
                return Err(Diag::fail(why));
            }
            let last = control::last(&here);
            Err(Diag::fail(match last {
                Some(last) if last.state == "undone" => format!("Too late: undone at {}.", control::clock(last.ended)),
                Some(last) if last.state == "confirmed" => {
                    format!("It was confirmed at {}.", control::clock(last.ended))
                }
                _ => "No trial is in progress here.".into(),
            }))
        }
    }
}

fn here(s: &Session) -> Result<crate::undo::Origin, Diag> {
    crate::undo::journal::here(&Kernel::open(s.options.rcvbuf)?, "")
}

/// Runs `try show`.
fn show(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let wanted = id(w)?;
    let open = ask(s, control::SHOW)?.and_then(|told| Status::read(&told));
    let status = match open {
        Some(open) => Some(open),
        None => control::broken(&here(s)?)?.or_else(|| control::last(&here(s).ok()?)),
    };
    let status = status.filter(|t| wanted.is_none_or(|(number, _)| t.id == number));
    s.document(|p| {
        if let Some(t) = &status {
            t.describe(p);
        }
    });
    Ok(0)
}

/// Reports an error, as batches do.
fn tell(s: &Session, d: Diag, words: &[Vec<u8>], place: Option<crate::output::report::Place<'_>>) -> u8 {
    s.flush();
    if !d.what().is_empty() {
        print_stderr(&s.options.invocation.report(&d, words, place, s.options.errors_in_json()));
    }
    d.code()
}

impl Trial<'_> {
    /// The batch, for messages.
    fn batch(&self) -> Batch<'_> {
        Batch { file: &self.file, words: self.words, tell }
    }

    /// The command, for `show`.
    fn command(&self) -> String {
        self.words.iter().map(|w| shown(w)).collect::<Vec<_>>().join(" ")
    }
}
