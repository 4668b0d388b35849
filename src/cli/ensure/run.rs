//! Runs `ensure`: reads the state, changes what differs under a journal, and reads it again.
//!
//! The lines of each namespace are captured and compared with the present state. If all match, nothing is done.
//! Otherwise a journal is begun in each namespace that changes, and the changes are made type by type, each compared
//! again with what the earlier changes have left. A refusal, or a second look that finds something other than what the
//! lines say, rolls everything back.

use super::capture::capture;
use super::lines::Entry;
use super::purge::{self, Claims, Doomed, Purge};
use crate::cli::batch::signals::{ENDING, Signals};
use crate::diag::Diag;
use crate::net::Kernel;
use crate::net::interceptor::Revert;
use crate::object::netns;
use crate::output::out::{Out, print_stderr};
use crate::session::Session;
use crate::state::{Key, ObjectType, Store};
use crate::undo::report::roll_back;
use crate::undo::{self, Journal, refuse};
use crate::want::need::{Changed, Verdict, judge};
use crate::want::snapshot::TYPES;
use std::collections::{BTreeMap, HashSet};
use std::rc::Rc;

/// Maximum number of rounds of changing and looking.
const ROUNDS: usize = 3;

/// The task.
pub struct Job<'a> {
    /// The session of the command.
    pub s: &'a Session,
    /// `check`: change nothing.
    pub check: bool,
    /// `recreate`: what the kernel cannot change may be deleted and created again.
    pub recreate: bool,
    /// `loose`: omit the second look.
    pub loose: bool,
    /// What to delete if no line names it.
    pub purges: Vec<Purge>,
    /// The file, for messages.
    pub file: Vec<u8>,
    /// The lines.
    pub lines: Vec<Entry>,
}

/// The result for a line, or for something that no line names.
pub struct Outcome {
    /// The index of the line; `None`: it is purged.
    pub line: Option<usize>,
    /// The verdict.
    pub verdict: Verdict,
    /// The number of requests that were sent, or would be.
    pub requests: usize,
    /// The words that would create what is purged.
    pub words: Vec<Vec<u8>>,
}

/// An error, with the index of the line to blame.
pub type Failed = (Option<usize>, Diag);

/// A namespace and its lines.
pub struct Place {
    /// Its name; `None`: our own.
    pub name: Option<Vec<u8>>,
    /// The indexes of its lines.
    pub lines: Vec<usize>,
    /// It does not exist yet: a line creates it.
    pub unborn: bool,
}

/// The result of comparing the lines with the present state.
#[derive(Default)]
struct Pass {
    outcomes: Vec<Outcome>,
    /// What the changes may affect.
    entries: Vec<undo::Entry>,
}

impl Pass {
    fn is_same(&self) -> bool {
        self.outcomes.iter().all(|o| o.verdict == Verdict::Same)
    }
}

/// A namespace that is being changed.
pub struct Open {
    /// Its journal.
    pub journal: Rc<Journal>,
    /// The session that makes the changes.
    pub session: Session,
    /// The keys of what the lines themselves changed.
    pub own: HashSet<Key>,
    /// Something was deleted temporarily.
    pub disturbed: bool,
    /// A link was deleted temporarily.
    pub links: bool,
    /// Something has not been restored so far.
    pub lost: bool,
}

/// An error without words to blame.
pub fn failed(e: impl std::fmt::Display) -> Diag {
    Diag::fail(e.to_string())
}

impl Job<'_> {
    /// Compares, and changes what differs; returns what differed before.
    ///
    /// # Errors
    ///
    /// The refusal; everything is rolled back then.
    pub fn run(&self) -> Result<Vec<Outcome>, Failed> {
        let places = self.places()?;
        let mut first = Vec::new();
        for place in &places {
            first.push(self.look(place)?);
        }
        let refused = first.iter().flat_map(|p| &p.outcomes).find(|o| matches!(o.verdict, Verdict::Refused(_)));
        if let (Some(Outcome { line, verdict: Verdict::Refused(why), .. }), false) = (refused, self.check) {
            return Err((*line, Diag::fail(format!("Error: {why}."))));
        }
        if !self.check && !first.iter().all(Pass::is_same) {
            self.change(&places, &first)?;
        } else if !self.check {
            self.renew(&places)?;
        }
        Ok(first.into_iter().flat_map(|p| p.outcomes).collect())
    }

    /// The namespaces in the order of their first lines, our own first.
    ///
    /// # Errors
    ///
    /// A line, and why its namespace cannot be opened.
    pub fn places(&self) -> Result<Vec<Place>, Failed> {
        let mut out = vec![Place { name: None, lines: Vec::new(), unborn: false }];
        for (i, e) in self.lines.iter().enumerate() {
            match out.iter_mut().find(|p| p.name == e.netns) {
                Some(place) => place.lines.push(i),
                None => out.push(Place { name: e.netns.clone(), lines: vec![i], unborn: false }),
            }
        }
        for place in &mut out {
            let Some(name) = &place.name else { continue };
            let makes = |e: &Entry| e.object() == "netns" && e.words.last() == Some(name) && !e.is_absent();
            match netns::found(name, false) {
                Ok(_) => {}
                Err(_) if self.lines.iter().any(makes) => place.unborn = true,
                Err(d) => return Err((place.lines.first().copied(), d)),
            }
        }
        Ok(out)
    }

    /// The names of namespaces that lines create and that do not exist yet.
    fn unborn(&self) -> Vec<&[u8]> {
        let made = self.lines.iter().filter(|e| e.object() == "netns" && !e.is_absent());
        made.filter_map(|e| e.words.last())
            .map(Vec::as_slice)
            .filter(|name| netns::found(name, true).is_err())
            .collect()
    }

    /// Runs `work` inside a namespace.
    ///
    /// # Errors
    ///
    /// The namespace cannot be entered.
    pub fn within<R>(place: &Place, work: impl FnOnce() -> R) -> Result<R, Failed> {
        let at = place.lines.first().copied();
        let Some(name) = &place.name else { return Ok(work()) };
        let fd = netns::found(name, false).map_err(|d| (at, d))?;
        netns::within(&fd, work).map_err(|d| (at, d))
    }

    /// A session without output.
    pub fn quiet(&self) -> Session {
        let mut options = self.s.options.clone();
        (options.echo, options.json, options.netns) = (false, false, None);
        Session::new(options, Out::memory())
    }

    /// Compares the lines of a namespace with its present state.
    fn look(&self, place: &Place) -> Result<Pass, Failed> {
        if place.unborn {
            let outcome =
                |i: &usize| Outcome { line: Some(*i), verdict: Verdict::Missing, requests: 1, words: Vec::new() };
            return Ok(Pass { outcomes: place.lines.iter().map(outcome).collect(), entries: Vec::new() });
        }
        Self::within(place, || self.look_here(place))?
    }

    fn look_here(&self, place: &Place) -> Result<Pass, Failed> {
        let s = self.quiet();
        let unborn = self.unborn();
        let later = |e: &Entry| {
            e.object() != "netns"
                && e.words
                    .windows(2)
                    .any(|w| matches!(w, [key, name] if key == b"netns" && unborn.contains(&name.as_slice())))
        };
        let which = self.pick(place, |e| !later(e));
        let captured = capture(&s, &self.lines, &which, true).map_err(|(i, d)| (Some(i), d))?;
        let waiting: Vec<usize> = captured.postponed.iter().map(|(i, _)| *i).collect();
        // Their devices may be peers of those that come with a namespace.
        let is_later = !self.pick(place, later).is_empty();
        if let Some((i, d)) = captured.postponed.into_iter().next().filter(|_| !is_later) {
            return Err((Some(i), d));
        }
        let kernel = s.kernel().map_err(|d| (None, d))?;
        let store = Store::load(kernel, ObjectType::restorable()).map_err(|e| (None, failed(e.line())))?;
        let mut by_line = crate::sort::map(place.lines.iter().map(|i| (*i, (Verdict::Same, 0))));
        for i in self.pick(place, later).into_iter().chain(waiting) {
            by_line.insert(i, (Verdict::Missing, 1));
        }
        let mut entries = Vec::new();
        for object in ObjectType::restorable() {
            let list: Vec<_> = captured.wanted.iter().filter(|w| w.object() == Some(object)).collect();
            for step in judge(object, &list, &store, self.recreate) {
                for r in step.requests.iter().chain(&step.fallback) {
                    entries.extend(undo::Entry::of(r.kind, r.flags, &r.body));
                }
                let refusal = step.requests.iter().find_map(|r| refuse(&store, r).err()).map(|e| e.line());
                let verdict = match refusal.filter(|_| step.verdict != Verdict::Same) {
                    Some(why) => Verdict::Refused(why.replace("-atomic: ", "")),
                    None => step.verdict,
                };
                join(&mut by_line, step.line, verdict, step.requests.len());
            }
        }
        if let Some(w) = captured.wanted.iter().find(|w| w.object().is_none()) {
            return Err((Some(w.line), Diag::fail("Error: rip cannot tell whether this is needed.")));
        }
        for (i, change) in &captured.side_effects {
            let verdict = self.side_effect(&change.revert, &store);
            if let Revert::DeleteLink(name) = &change.revert {
                entries.push(undo::Entry::Name(name.clone()));
            }
            join(&mut by_line, *i, verdict, 1);
        }
        let mut outcomes: Vec<Outcome> = by_line
            .into_iter()
            .map(|(i, (verdict, requests))| {
                let requests = if verdict == Verdict::Same { 0 } else { requests };
                Outcome { line: Some(i), verdict, requests, words: Vec::new() }
            })
            .collect();
        for d in self.doomed(&s, &store, &TYPES, &captured.wanted) {
            entries.extend(undo::Entry::of(d.request.kind, d.request.flags, &d.request.body));
            let refusal = refuse(&store, &d.request).err().map(|e| e.line().replace("-atomic: ", ""));
            let verdict = refusal.map_or(Verdict::Surplus, Verdict::Refused);
            outcomes.push(Outcome { line: None, verdict, requests: 1, words: d.words });
        }
        Ok(Pass { outcomes, entries })
    }

    /// What to delete of some types in a namespace.
    pub fn doomed(
        &self,
        s: &Session,
        store: &Store,
        types: &[ObjectType],
        wanted: &[crate::want::need::Wanted],
    ) -> Vec<Doomed> {
        if self.purges.is_empty() {
            return Vec::new();
        }
        purge::doomed(s, store, types, &self.purges, &Claims::of(wanted, store))
    }

    /// The verdict on a change other than by a request.
    pub fn side_effect(&self, undo: &Revert, store: &Store) -> Verdict {
        match undo {
            Revert::DeleteName(name) if netns::found(name, true).is_ok() => Verdict::Same,
            Revert::DeleteName(_) => Verdict::Missing,
            Revert::NameIsLost(name, why) => match netns::exists(name) {
                Ok(false) => Verdict::Same,
                _ => Verdict::Refused((*why).to_string()),
            },
            Revert::DeleteLink(name) if crate::want::need::named(store, name).is_some() => Verdict::Same,
            Revert::DeleteLink(_) => Verdict::Missing,
            Revert::LinkIsLost(name, why) => match crate::want::need::named(store, name) {
                Some(_) => Verdict::Refused((*why).to_string()),
                None => Verdict::Same,
            },
            Revert::RecreateDevice(name) if crate::want::need::named(store, name).is_some() => Verdict::Surplus,
            Revert::Nothing | Revert::RecreateDevice(_) => Verdict::Same,
            Revert::RestoreDevice(_) | Revert::RestoreSetting(_) | Revert::RestoreEntry { .. } => {
                Verdict::Refused("rip cannot tell whether it is so already".into())
            }
            Revert::Impossible(why) => Verdict::Refused((*why).to_string()),
        }
    }

    /// Renews finite lifetimes if nothing else has to be changed.
    fn renew(&self, places: &[Place]) -> Result<(), Failed> {
        for place in places {
            Self::within(place, || {
                let s = self.quiet();
                let captured = capture(&s, &self.lines, &place.lines, true).map_err(|(i, d)| (Some(i), d))?;
                let list: Vec<_> = captured.wanted.iter().filter(|w| w.object() == Some(ObjectType::Address)).collect();
                if list.is_empty() {
                    return Ok(());
                }
                let kernel = s.kernel().map_err(|d| (None, d))?;
                let store = Store::load(kernel, [ObjectType::Address]).map_err(|e| (None, failed(e.line())))?;
                for step in judge(ObjectType::Address, &list, &store, false) {
                    for r in &step.requests {
                        kernel.change(r).map_err(|e| (Some(step.line), e.explain(r)))?;
                    }
                }
                Ok(())
            })??;
        }
        Ok(())
    }

    /// Makes all changes, or none.
    fn change(&self, places: &[Place], first: &[Pass]) -> Result<(), Failed> {
        let signals = Signals::block(&ENDING).map_err(|d| (None, d))?;
        let mut open: BTreeMap<usize, Open> = BTreeMap::new();
        let outcome = self.settle(places, first, &mut open, &signals).and_then(|()| self.restore(places, &mut open));
        if let Err((line, d)) = outcome {
            // Report the error before the rollback.
            self.tell(line, &d);
            let mut clean = true;
            for o in open.values().rev() {
                clean &= roll_back(&o.session, &o.journal);
            }
            return Err((line, Diag::silent(if clean { d.code() } else { 1 })));
        }
        for o in open.values() {
            o.journal.remove().map_err(|d| (None, d))?;
        }
        Ok(())
    }

    /// Changes, then reads again: the kernel deletes more than requested, such as secondary addresses with their
    /// primary one.
    fn settle(
        &self,
        places: &[Place],
        first: &[Pass],
        open: &mut BTreeMap<usize, Open>,
        signals: &Signals,
    ) -> Result<(), Failed> {
        for _ in 1..ROUNDS {
            self.phases(places, first, open, signals)?;
            if self.verify(places).is_ok() {
                return Ok(());
            }
        }
        self.phases(places, first, open, signals)?;
        self.verify(places)
    }

    /// Tries again to restore what could not be restored during the changes, and reports what the kernel still refuses:
    /// a gateway that is no longer reachable, for example.
    fn restore(&self, places: &[Place], open: &mut BTreeMap<usize, Open>) -> Result<(), Failed> {
        for (n, place) in places.iter().enumerate() {
            let Some(o) = open.get_mut(&n).filter(|o| o.lost) else { continue };
            Self::within(place, || {
                o.disturbed = true;
                for r in self.repair(o)? {
                    print_stderr(&format!("Not restored after a change: {}\n", crate::plan::words(&o.session, &r)));
                }
                Ok(())
            })??;
        }
        Ok(())
    }

    fn begin(&self, place: &Place, entries: &[undo::Entry]) -> Result<Open, Failed> {
        Self::within(place, || {
            let kernel = Kernel::open(self.s.options.rcvbuf)?;
            let journal = Journal::begin(&String::from_utf8_lossy(&self.file), kernel, entries.to_vec())?;
            let journal = Rc::new(journal);
            let session = self.quiet().for_batch().intercepted(journal.clone());
            session.kernel()?;
            Ok(Open { journal, session, own: HashSet::new(), disturbed: false, links: false, lost: false })
        })?
        .map_err(|d| (None, d))
    }

    fn phases(
        &self,
        places: &[Place],
        first: &[Pass],
        open: &mut BTreeMap<usize, Open>,
        signals: &Signals,
    ) -> Result<(), Failed> {
        for (n, (place, pass)) in places.iter().zip(first).enumerate() {
            if !place.unborn && !pass.is_same() && !open.contains_key(&n) {
                open.insert(n, self.begin(place, &pass.entries)?);
            }
        }
        for phase in 0..4 {
            for (n, place) in places.iter().enumerate() {
                if place.unborn
                    && !open.contains_key(&n)
                    && netns::found(place.name.as_deref().unwrap_or_default(), false).is_ok()
                {
                    open.insert(n, self.begin(place, &[])?);
                }
                let Some(o) = open.get_mut(&n) else { continue };
                Self::within(place, || match phase {
                    0 => self.names(place, o, signals),
                    1 => self.links(place, o, signals),
                    2 => self.entries(place, o, signals),
                    _ => self.removals(place, o, signals),
                })??;
            }
        }
        Ok(())
    }

    /// Compares again: a result that differs from the lines is a failure.
    fn verify(&self, places: &[Place]) -> Result<(), Failed> {
        if self.loose {
            return Ok(());
        }
        for place in places {
            let place = Place { name: place.name.clone(), lines: place.lines.clone(), unborn: false };
            let pass = self.look(&place)?;
            if let Some(o) = pass.outcomes.iter().find(|o| o.verdict != Verdict::Same) {
                let what = match o.line.and_then(|i| self.lines.get(i)) {
                    Some(e) => e.shown(),
                    None => super::tell::shown(&o.words),
                };
                let why = match &o.verdict {
                    Verdict::Differs(list) => list.iter().map(Changed::was).collect::<String>(),
                    _ => String::new(),
                };
                return Err((o.line, Diag::fail(format!("Error: the result differs from the line: {what}{why}."))));
            }
        }
        Ok(())
    }

    /// Reports an error of a line.
    pub fn tell(&self, line: Option<usize>, d: &Diag) {
        super::tell::failure(self.s, &self.file, line.and_then(|i| self.lines.get(i)), d);
    }

    /// The purges of these types.
    pub fn of_types(types: &[ObjectType]) -> Vec<Purge> {
        TYPES.iter().filter(|t| types.contains(t)).map(|t| Purge::Type(*t)).collect()
    }
}

/// Merges the verdicts of a line's requests: the most significant one counts.
fn join(all: &mut BTreeMap<usize, (Verdict, usize)>, line: usize, verdict: Verdict, requests: usize) {
    let Some((known, count)) = all.get_mut(&line) else { return };
    *count += requests;
    let rank = |v: &Verdict| match v {
        Verdict::Same => 0,
        Verdict::Differs(_) => 1,
        Verdict::Missing | Verdict::Surplus => 2,
        Verdict::Refused(_) => 3,
    };
    if rank(&verdict) > rank(known) {
        *known = verdict;
    }
}
