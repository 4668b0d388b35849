//! `-atomic -batch FILE`: all lines, or none.
//!
//! The whole file is read first. Then it is rehearsed: every line is parsed against the present state and the links
//! that earlier lines would create, so that a wrong word in the last line is found before the first one runs, and what
//! cannot be rolled back is refused. Then a journal with the present state is written, and the lines run; see `undo/`.
//!
//! The whole file is read first. Then it is rehearsed: every line is parsed, against the present state and the links that
//! earlier lines would make, so that a wrong word in the last line is found before the first one is run, and what could not
//! be undone is refused. Then a journal with what there is is written, and the lines run; see `undo/`.

use super::progress::Progress;
use super::signals::Signals;
use super::{Tell, planned};
use crate::cli::tree;
use crate::command::lines::{Lines, open, split};
use crate::command::{Effect, Object};
use crate::diag::{Diag, errno_text};
use crate::net::interceptor::Known;
use crate::net::interceptor::{Interceptor, Revert, SideEffect};
use crate::net::{Kernel, KernelError, Request};
use crate::output::escape::shown;
use crate::output::out::{Out, print_stderr};
use crate::output::report::Place;
use crate::plan::Plan;
use crate::session::Session;
use crate::state::link::{ifindex, name_of};
use crate::state::{ObjectType, Store};
use crate::undo::report::{report, stays};
use crate::undo::{Entry, Journal, journal::never, refuse, refuse_deletion, snapshot};
use nix::sys::signal::Signal;
use std::cell::{Cell, RefCell};
use std::collections::HashSet;
use std::rc::Rc;

/// Maximum size of a batch, in bytes: all lines are kept, and endless input must not use all memory. Empty lines count
/// too.
const SIZE_MAX: usize = 256 << 20;
const LINE_COST: usize = 64;

/// A line to run, and where it ends in the file.
struct Line {
    number: usize,
    bytes: Vec<u8>,
}

/// The lines of a batch, unsplit: they are split when they run, because there may be a million.
pub struct List {
    lines: Vec<Line>,
    program: Vec<u8>,
}

impl List {
    /// A list of one line.
    pub fn of(line: Vec<u8>, program: Vec<u8>) -> List {
        List { lines: vec![Line { number: 1, bytes: line }], program }
    }

    /// All lines with their words, the program's name first.
    pub fn iter(&self) -> impl Iterator<Item = (usize, Vec<Vec<u8>>)> {
        self.lines.iter().map(|l| {
            let mut words = split(&l.bytes).unwrap_or_default();
            words.insert(0, self.program.clone());
            (l.number, words)
        })
    }
}

/// Runs a batch that is rolled back if a line fails.
///
/// # Errors
///
/// The file cannot be opened, or the journal cannot be begun.
pub fn run(s: &Session, file: &[u8], words: &[Vec<u8>], tell: Tell) -> Result<u8, Diag> {
    let program = words.first().cloned().unwrap_or_default();
    let mut lines = open(file)?;
    let list = match all(&mut lines) {
        Ok(lines) => List { lines, program },
        Err(d) => return Ok(refused(s, tell, words, Place { file, line: lines.number }, d)),
    };
    let signals = [Signal::SIGINT, Signal::SIGTERM, Signal::SIGHUP, Signal::SIGQUIT, Signal::SIGPIPE];
    let made = match make(s, &list, file, &String::from_utf8_lossy(file), words, tell, &signals)? {
        Ok(made) => made,
        Err(_) => return Ok(1),
    };
    match made.journal.remove() {
        Ok(()) => Ok(0),
        // While the journal exists, the batch can be rolled back.
        Err(d) => {
            tell(&made.session, d, words, None);
            back(&made.session, &made.journal);
            Ok(1)
        }
    }
}

/// A batch whose lines have all run, and that can still be rolled back.
pub struct Made {
    /// The session that ran them.
    pub session: Session,
    /// Its journal.
    pub journal: Rc<Journal>,
    /// Blocks signals until the outcome is decided.
    _signals: Signals,
}

/// Runs all lines under a journal, which remains. Returns an exit code if a line failed and everything is rolled back.
/// `label` describes the batch in the journal; `signals` interrupt it.
///
/// # Errors
///
/// The journal cannot be begun.
pub fn make(
    s: &Session,
    list: &List,
    file: &[u8],
    label: &str,
    words: &[Vec<u8>],
    tell: Tell,
    signals: &[Signal],
) -> Result<Result<Made, u8>, Diag> {
    let kernel = Kernel::open(s.options.rcvbuf)?;
    let links = snapshot::links(&kernel).map_err(|e| Diag::fail(e.line()))?;
    let reached = match rehearse(s, list, links) {
        Ok(reached) => reached,
        Err((line, d)) => return Ok(Err(refused(s, tell, words, Place { file, line }, d))),
    };
    let signals = Signals::block(signals)?;
    // No other atomic batch runs between the snapshot and its end.
    let journal = Rc::new(Journal::begin(label, kernel)?);
    if let Err(d) = journal.plan(reached) {
        journal.remove()?;
        return Err(d);
    }
    let own = Session::new(s.options.clone(), Out::stdout()).intercepted(journal.clone());
    own.in_batch.set(true);
    let mut progress = Progress::new(u64::try_from(list.lines.len()).ok());
    for (at, (number, line)) in list.iter().enumerate() {
        progress.at(at, at as u64);
        if progress.is_shown() && !own.out.borrow().buf.is_empty() {
            progress.hide();
            own.flush();
        }
        let outcome = match signals.pending() {
            Some(signal) => Err(Diag::fail(format!("Interrupted by {signal}"))),
            None => tree::dispatch(&own, &line, 1).map_err(|d| d.with_words(&line)),
        };
        let written = own.out.borrow().failed();
        let d = match (outcome, written) {
            (Ok(0), None) => continue,
            (_, Some(e)) => Diag::fail(format!("write error: {}", errno_text(e as i32))),
            (Ok(code), _) => Diag::silent(code),
            (Err(d), _) => d,
        };
        progress.hide();
        let code = tell(&own, d, words, Some(Place { file, line: number }));
        print_stderr(&format!("Command failed {}:{}\n", shown(file), number));
        back(&own, &journal);
        return Ok(Err(code.max(1)));
    }
    drop(progress);
    own.flush();
    // A failed write is a failure of the batch.
    if let Some(e) = own.out.borrow().failed() {
        print_stderr(&format!("write error: {}\n", errno_text(e as i32)));
        back(&own, &journal);
        return Ok(Err(1));
    }
    Ok(Ok(Made { session: own, journal, _signals: signals }))
}

/// Reports an error before any change was made.
fn refused(s: &Session, tell: Tell, words: &[Vec<u8>], place: Place<'_>, d: Diag) -> u8 {
    tell(s, d, words, Some(place));
    print_stderr(&format!("Command failed {}:{}\nNo changes were made.\n", shown(place.file), place.line));
    1
}

/// Rolls the lines back, and reports what could not be restored: then the journal remains.
fn back(s: &Session, journal: &Journal) {
    let outcome = journal.undo();
    let clean = report(s, outcome, &journal.record());
    let removed = if clean { journal.remove() } else { Ok(()) };
    if let Err(d) = &removed {
        print_stderr(&d.render(&[]));
    }
    if !clean || removed.is_err() {
        stays(&journal.shown());
    }
}

/// Reads the lines of a file.
///
/// # Errors
///
/// A line that cannot be read.
pub fn read(file: &[u8], program: Vec<u8>) -> Result<List, Diag> {
    Ok(List { lines: all(&mut open(file)?)?, program })
}

/// All lines of the file that have words.
fn all(lines: &mut Lines) -> Result<Vec<Line>, Diag> {
    let mut list = Vec::new();
    let mut size = 0;
    while lines.next_line()? {
        size += lines.line.len() + LINE_COST;
        if size > SIZE_MAX {
            return Err(Diag::fail(format!("Error: -atomic is limited to batches of {} MiB.", SIZE_MAX >> 20)));
        }
        if !split(&lines.line)?.is_empty() {
            list.push(Line { number: lines.number, bytes: lines.line.clone() });
        }
    }
    Ok(list)
}

fn object_word(words: &[Vec<u8>]) -> &[u8] {
    words.get(1).map_or(&[], Vec::as_slice)
}

/// What a line may change that is not rehearsed because it reads a dump that cannot be read twice.
fn restored(words: &[Vec<u8>]) -> Vec<Entry> {
    match tree::object(object_word(words)).map(|o| o.name()) {
        Some("route") => vec![Entry::Any(ObjectType::Route)],
        Some("rule") => vec![Entry::Any(ObjectType::Rule)],
        _ => vec![Entry::AnyLink],
    }
}

/// Parses all lines without running them; returns what they may change, as far as known.
fn rehearse(s: &Session, list: &List, links: Store) -> Result<Vec<Entry>, (usize, Diag)> {
    let rcvbuf = s.options.rcvbuf;
    let plan = Plan::rehearsal(rcvbuf).map_err(|d| (0, d))?;
    let rehearsal = Rc::new(Rehearsal { plan, links, refused: Cell::new(false), reached: RefCell::default() });
    let mut options = s.options.clone();
    options.echo = false;
    let own = Session::new(options, Out::memory()).intercepted(rehearsal.clone());
    own.in_batch.set(true);
    for (number, words) in list.iter() {
        let (object, verb) = (tree::object(object_word(&words)), words.get(2).map(Vec::as_slice));
        if object.is_some_and(|o| o.name() == "monitor") {
            return Err((number, Diag::fail("Error: -atomic: \"monitor\" may never end.").with_words(&words)));
        }
        if object.is_some_and(|o| looks(o, verb)) {
            continue;
        }
        if verb.and_then(|v| object?.verb(v)).is_some_and(|v| v.name() == "restore") {
            rehearsal.reached.borrow_mut().extend(restored(&words));
            continue;
        }
        own.missed.set(false);
        rehearsal.refused.set(false);
        rehearsal.plan.line(number);
        let outcome = tree::dispatch(&own, &words, 1);
        own.forget_all();
        rehearsal.plan.skip();
        let Err(d) = outcome else { continue };
        // What an earlier line may create in ways that are not followed is only known when it has run.
        let depends = own.missed.get() || planned::made(&rehearsal.plan, &words, &d).is_some();
        if rehearsal.refused.take() || !depends && d.errno().is_none() {
            return Err((number, d.with_words(&words)));
        }
    }
    Ok(rehearsal.reached.take().into_iter().collect())
}

/// Whether a verb only reads.
fn looks(object: &Object, verb: Option<&[u8]>) -> bool {
    let Some(verb) = verb else { return true };
    object.verb(verb).is_some_and(|v| v.effect == Effect::Read)
}

/// An interceptor that only follows links, and refuses what cannot be rolled back.
struct Rehearsal {
    plan: Plan,
    links: Store,
    /// The current line does something that cannot be rolled back.
    refused: Cell<bool>,
    /// The entries that the lines refer to.
    reached: RefCell<HashSet<Entry>>,
}

impl Interceptor for Rehearsal {
    fn request(&self, r: &Request) -> Result<bool, KernelError> {
        refuse(&self.links, r).inspect_err(|_| self.refused.set(true))?;
        self.reached.borrow_mut().extend(Entry::of(r.kind, r.flags, &r.body));
        self.plan.request(r)
    }

    fn side_effect(&self, change: &SideEffect) -> Result<bool, Diag> {
        match &change.revert {
            Revert::Impossible(why) | Revert::NameIsLost(_, why) | Revert::LinkIsLost(_, why) => {
                self.refused.set(true);
                Err(never(change, why))
            }
            undo => {
                if let Revert::DeleteLink(name) | Revert::RestoreDevice(name) | Revert::RecreateDevice(name) = undo {
                    let index =
                        self.links.iter(ObjectType::Link).map(|(_, body)| body).find(|b| name_of(b) == name.as_slice());
                    if let (Some(index), Revert::RecreateDevice(_)) = (index.map(ifindex), undo) {
                        refuse_deletion(&self.links, index).map_err(|why| never(change, &why))?;
                    }
                    self.reached.borrow_mut().insert(Entry::of_new(name));
                }
                if let Revert::RestoreEntry { device: Some(name), .. } = undo {
                    self.reached.borrow_mut().insert(Entry::of_new(name));
                }
                self.plan.side_effect(change)
            }
        }
    }
    fn resolve(&self, name: &[u8]) -> Known {
        self.plan.resolve(name)
    }
    fn name(&self, index: u32) -> Option<Vec<u8>> {
        self.plan.name(index)
    }
    fn is_dry_run(&self) -> bool {
        true
    }
}
