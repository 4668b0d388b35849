//! The changes of a namespace, type by type: dependencies first, deletions last.

use super::capture::{self, capture};
use super::lines::Entry;
use super::run::{Failed, Job, Open, Place, failed};
use crate::cli::batch::signals::Signals;
use crate::diag::Diag;
use crate::net::Request;
use crate::object::netns;
use crate::schema::*;
use crate::state::{Key, ObjectType, Store};
use crate::undo;
use crate::want::need::{Step, Verdict, judge};
use nix::errno::Errno;
use std::collections::HashSet;

impl Job<'_> {
    /// The indexes of the lines of a namespace that satisfy a condition.
    pub fn pick(&self, place: &Place, test: impl Fn(&Entry) -> bool) -> Vec<usize> {
        place.lines.iter().copied().filter(|i| self.lines.get(*i).is_some_and(&test)).collect()
    }

    /// Creates names of namespaces.
    ///
    /// # Errors
    ///
    /// A line and its error: its namespace cannot be created.
    pub fn names(&self, place: &Place, o: &mut Open, _signals: &Signals) -> Result<(), Failed> {
        for i in self.pick(place, |e| e.object() == "netns" && !e.is_absent()) {
            let Some(entry) = self.lines.get(i) else { continue };
            let exists = entry.words.last().is_some_and(|name| netns::found(name, true).is_ok());
            if !exists {
                capture::run(&o.session, entry).map_err(|d| (Some(i), d.with_words(&entry.words)))?;
            }
        }
        Ok(())
    }

    /// Creates, renames and configures links, and then brings them up.
    ///
    /// # Errors
    ///
    /// A line and its error: a wrong word, a device that is missing, or a refusal of the kernel.
    pub fn links(&self, place: &Place, o: &mut Open, signals: &Signals) -> Result<(), Failed> {
        let is_link = |e: &Entry| matches!(e.object(), "link" | "token" | "tuntap") && !e.is_absent();
        let mut which = self.pick(place, |e| is_link(e) && e.makes_link());
        while !which.is_empty() {
            let before = which.len();
            let s = self.quiet();
            let captured = capture(&s, &self.lines, &which, false).map_err(|(i, d)| (Some(i), d))?;
            let store = load(o, [ObjectType::Link])?;
            for (i, change) in &captured.side_effects {
                if let (Verdict::Missing, Some(entry)) = (self.side_effect(&change.revert, &store), self.lines.get(*i))
                {
                    capture::run(&o.session, entry).map_err(|d| (Some(*i), d.with_words(&entry.words)))?;
                }
            }
            let list: Vec<_> = captured.wanted.iter().collect();
            let (far, steps): (Vec<Step>, Vec<Step>) = judge(ObjectType::Link, &list, &store, self.recreate)
                .into_iter()
                .partition(|step| self.lines.get(step.line).is_some_and(Entry::names_a_namespace));
            self.send(o, steps, signals)?;
            // The descriptor of the namespace must be open, so run the line itself.
            for step in far.iter().filter(|s| s.verdict != Verdict::Same) {
                let Some(entry) = self.lines.get(step.line) else { continue };
                capture::run(&o.session, entry).map_err(|d| (Some(step.line), d.with_words(&entry.words)))?;
            }
            which = captured.postponed.iter().map(|(i, _)| *i).collect();
            if which.len() == before
                && let Some((i, d)) = captured.postponed.into_iter().next()
            {
                return Err((Some(i), d));
            }
        }
        // Names first, because other lines may need them. Then settings, and bringing up last.
        let which = self.pick(place, |e| is_link(e) && !e.makes_link());
        for round in 0..4 {
            if which.is_empty() {
                break;
            }
            o.session.forget_all();
            let s = self.quiet();
            let captured = capture(&s, &self.lines, &which, round == 0).map_err(|(i, d)| (Some(i), d))?;
            if let Some((i, d)) = captured.postponed.into_iter().next() {
                return Err((Some(i), d));
            }
            let rank = |r: &Request| {
                let up = crate::net::attr::u32_at(&r.body, 8).unwrap_or(0) & IFF_UP != 0;
                let a = ObjectType::Link.index(&r.body);
                match a.has(IFLA_IFNAME) {
                    true => 0,
                    false if up => 3,
                    // Settings of a port need its master.
                    false => 1 + usize::from(a.has(IFLA_LINKINFO)),
                }
            };
            let list: Vec<_> = captured.wanted.iter().filter(|w| rank(&w.request) == round).collect();
            let store = load(o, [ObjectType::Link])?;
            self.send(o, judge(ObjectType::Link, &list, &store, self.recreate), signals)?;
        }
        Ok(())
    }

    /// Creates and changes everything but links, in dependency order.
    ///
    /// # Errors
    ///
    /// A line and its error: a wrong word, a device that is missing, or a refusal of the kernel.
    pub fn entries(&self, place: &Place, o: &mut Open, signals: &Signals) -> Result<(), Failed> {
        let which =
            self.pick(place, |e| !matches!(e.object(), "netns" | "link" | "token" | "tuntap") && !e.is_absent());
        o.session.forget_all();
        let s = self.quiet();
        let captured = capture(&s, &self.lines, &which, false).map_err(|(i, d)| (Some(i), d))?;
        if let Some((i, d)) = captured.postponed.into_iter().next() {
            return Err((Some(i), d));
        }
        self.repair(o)?;
        for object in ObjectType::restorable().filter(|c| *c != ObjectType::Link) {
            let list: Vec<_> = captured.wanted.iter().filter(|w| w.object() == Some(object)).collect();
            if list.is_empty() {
                continue;
            }
            let store = load(o, [object])?;
            self.send(o, judge(object, &list, &store, self.recreate), signals)?;
            self.repair(o)?;
        }
        Ok(())
    }

    /// Deletes what should not exist, dependents first.
    ///
    /// # Errors
    ///
    /// A line, if one is to blame, and the refusal of the kernel.
    pub fn removals(&self, place: &Place, o: &mut Open, signals: &Signals) -> Result<(), Failed> {
        o.session.forget_all();
        let s = self.quiet();
        let captured = capture(&s, &self.lines, &place.lines, false).map_err(|(i, d)| (Some(i), d))?;
        let links = load(o, [ObjectType::Link])?;
        for (i, change) in &captured.side_effects {
            if let (Verdict::Surplus, Some(entry)) = (self.side_effect(&change.revert, &links), self.lines.get(*i)) {
                capture::run(&o.session, entry).map_err(|d| (Some(*i), d.with_words(&entry.words)))?;
            }
        }
        for object in ObjectType::restorable().rev() {
            let store = load(o, HashSet::from([ObjectType::Link, object]))?;
            let list: Vec<_> = captured.wanted.iter().filter(|w| w.object() == Some(object) && w.is_absent()).collect();
            let mut steps = judge(object, &list, &store, self.recreate);
            let doomed = self.doomed(&s, &store, &[object], &captured.wanted);
            steps.extend(doomed.into_iter().map(|d| Step {
                line: usize::MAX,
                verdict: Verdict::Surplus,
                requests: vec![d.request],
                fallback: Vec::new(),
                settings: Vec::new(),
                destructive: false,
            }));
            self.send(o, steps, signals)?;
        }
        self.repair(o).map(drop)
    }

    /// Sends the requests of these steps.
    fn send(&self, o: &mut Open, steps: Vec<Step>, signals: &Signals) -> Result<(), Failed> {
        let kernel = o.session.kernel().map_err(|d| (None, d))?;
        for step in steps {
            let line = Some(step.line).filter(|i| *i != usize::MAX);
            if let Verdict::Refused(why) = &step.verdict {
                return Err((line, Diag::fail(format!("Error: {why}."))));
            }
            if let Some(signal) = signals.pending() {
                return Err((line, Diag::fail(format!("Interrupted by {signal}"))));
            }
            if step.requests.is_empty() {
                continue;
            }
            // The kernel deletes secondary addresses with their primary, and routes with them.
            let address = step.requests.iter().any(|r| r.kind == RTM_DELADDR);
            o.disturbed |= step.destructive || address;
            o.links |= step.destructive && step.requests.iter().any(|r| r.kind == RTM_DELLINK);
            for r in step.requests.iter().chain(&step.fallback) {
                o.own.extend(ObjectType::of_request(r.kind).and_then(|object| Key::of(object, &r.body)));
            }
            let mut anew = step.fallback.is_empty();
            for r in &step.requests {
                let outcome = kernel.change(r);
                match outcome {
                    Ok(()) => {}
                    // Some settings can be changed only while the link is down.
                    Err(e) if e.is(Errno::EBUSY) && step.fallback.is_empty() && is_change(r) => {
                        let index = crate::net::attr::u32_at(&r.body, 4).unwrap_or(0);
                        let is_up = o.session.link_up(index) == Some(true);
                        let (down, up) = undo::around(index);
                        o.disturbed = true;
                        for r in [Some(&down), Some(r), Some(&up).filter(|_| is_up)].into_iter().flatten() {
                            kernel.change(r).map_err(|e| (line, e.explain(r)))?;
                        }
                    }
                    // The kernel has deleted it with another one.
                    Err(e) if r.kind & 3 == 1 && gone(&e) => {}
                    Err(_) if !step.fallback.is_empty() => {
                        (o.disturbed, o.links, anew) = (true, true, true);
                        for r in &step.fallback {
                            kernel.change(r).map_err(|e| (line, e.explain(r)))?;
                        }
                    }
                    Err(e) => return Err((line, explained(e, r, line.and_then(|i| self.lines.get(i))))),
                }
            }
            // Refusals (an MTU that is now too large, for example) are found by the verification of the lines.
            step.settings.iter().filter(|_| anew).for_each(|r| drop(kernel.change(r)));
        }
        Ok(())
    }

    /// Restores what the kernel deleted together with something that was deleted temporarily; returns the requests that
    /// it refuses now.
    ///
    /// # Errors
    ///
    /// The tables cannot be read.
    pub fn repair(&self, o: &mut Open) -> Result<Vec<Request>, Failed> {
        if !std::mem::take(&mut o.disturbed) {
            return Ok(Vec::new());
        }
        let kernel = o.session.kernel().map_err(|d| (None, d))?;
        let left = o.journal.repair(&o.own, std::mem::take(&mut o.links), kernel).map_err(|d| (None, d))?;
        o.lost |= !left.is_empty();
        Ok(left)
    }
}

fn load(o: &Open, objects: impl IntoIterator<Item = ObjectType>) -> Result<Store, Failed> {
    let kernel = o.session.kernel().map_err(|d| (None, d))?;
    Store::load(kernel, objects).map_err(|e| (None, failed(e.line())))
}

fn is_change(r: &Request) -> bool {
    r.kind == RTM_NEWLINK && crate::net::attr::u32_at(&r.body, 4).is_some_and(|i| i != 0)
}

fn gone(e: &crate::net::KernelError) -> bool {
    [Errno::ESRCH, Errno::ENOENT, Errno::ENODEV, Errno::EADDRNOTAVAIL].iter().any(|n| e.is(*n))
}

/// The error of a refusal, with the words of its line that caused it.
fn explained(e: crate::net::KernelError, r: &Request, entry: Option<&Entry>) -> Diag {
    let d = e.explain(r);
    match entry {
        Some(entry) => d.with_words(&entry.words),
        None => d,
    }
}
