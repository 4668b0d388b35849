//! Turns messages into printed events: keeps the last state of every entry, merges a dump with the events that arrived
//! during it, counts events and evaluates `until`.

use super::print::{self, Origin};
use super::queue::Packet;
use super::until::MatchCount;
use super::words::Watch;
use crate::grammar::address::BRIDGE;
use crate::net::KernelError;
use crate::net::kernel::Messages;
use crate::session::Session;
use crate::state::store::BOUND;
use crate::state::{Change, Event, Key, ObjectType, Store, What, covers, key, same};
use netlink_packet_core::{NLM_F_REPLACE, NLMSG_DONE, NLMSG_ERROR, NLMSG_NOOP, NLMSG_OVERRUN};
use nix::errno::Errno;
use std::collections::{HashMap, HashSet};

/// The answer to one dump request.
pub struct Answer {
    /// The type that was dumped.
    pub object: ObjectType,
    /// The address family of the dump, AF_*.
    pub family: u8,
    /// The messages of the dump; `None` if the kernel has no such table.
    pub dump: Option<Vec<u8>>,
    /// The dump failed although the table may exist.
    pub failed: bool,
}

impl Answer {
    /// An answer from the result of a dump.
    pub fn to(object: ObjectType, family: u8, dump: Result<Vec<u8>, KernelError>) -> Answer {
        let absent = [Errno::EOPNOTSUPP, Errno::EAFNOSUPPORT, Errno::ENOENT, Errno::EINVAL, Errno::EPERM];
        let failed = dump.as_ref().is_err_and(|e| !absent.iter().any(|errno| e.is(*errno)));
        Answer { object, family, dump: dump.ok(), failed }
    }

    /// The entries in it. A kernel without the family answers with all others.
    fn events(&self) -> impl Iterator<Item = Event<'_>> {
        let all = Messages(self.dump.as_deref().unwrap_or_default()).filter_map(|(m, _, _)| Event::read(&m));
        all.filter(|e| e.object == self.object && (e.family() == self.family || self.is_of_all()))
    }

    fn is_of_all(&self) -> bool {
        self.family == 0 && self.object != ObjectType::Link
    }
}

/// Turns messages into printed events.
pub struct EventProcessor<'a> {
    s: &'a Session,
    w: &'a Watch,
    store: Store,
    /// The keys of events that arrived while the first dumps were read.
    touched: Option<HashSet<Key>>,
    /// The key of the current event.
    key: Vec<u8>,
    emitted: u64,
    /// The entries that match `until`.
    matching: MatchCount,
    /// The tables have been read: an entry that the store lacks does not exist.
    loaded: bool,
    satisfied: bool,
    said_full: bool,
    /// Messages that are not events, and datagrams with trailing bytes.
    pub ignored: u64,
}

impl<'a> EventProcessor<'a> {
    /// A processor that knows no state yet.
    pub fn new(s: &'a Session, w: &'a Watch) -> EventProcessor<'a> {
        EventProcessor {
            s,
            w,
            store: Store::new(BOUND),
            touched: Some(HashSet::new()),
            key: Vec::new(),
            emitted: 0,
            matching: MatchCount::default(),
            loaded: false,
            satisfied: false,
            said_full: false,
            ignored: 0,
        }
    }

    /// Whether `until` or `count` is met.
    pub fn done(&self) -> bool {
        self.satisfied || self.w.count.is_some_and(|n| self.emitted >= n)
    }

    /// Prints the events of a datagram.
    pub fn packet(&mut self, packet: &Packet) {
        self.each(packet, &mut |t, e| t.emit(e, packet.from));
    }

    fn each(&mut self, packet: &Packet, see: &mut dyn FnMut(&mut EventProcessor<'a>, &Event<'_>)) {
        let mut walk = Messages(&packet.bytes);
        for (m, _, _) in walk.by_ref() {
            match Event::read(&m) {
                Some(e) => see(self, &e),
                None if matches!(m.kind, NLMSG_NOOP | NLMSG_DONE | NLMSG_ERROR | NLMSG_OVERRUN) => {}
                None => self.ignored += 1,
            }
        }
        if !walk.0.is_empty() {
            self.ignored += 1;
        }
    }

    /// Prints one event, unless `until` or `count` is met.
    pub fn emit(&mut self, e: &Event<'_>, from: Origin) {
        if self.done() {
            return;
        }
        let change = self.observe(e, from);
        if print::event(self.s, self.w, e, change.as_ref(), from) {
            self.emitted += 1;
        }
    }

    /// Applies an event to the store without printing it.
    fn observe<'e>(&mut self, e: &Event<'e>, from: Origin) -> Option<Change<'e>> {
        if from.nsid.is_some() || e.what == What::Miss {
            return None;
        }
        key::put(e.object, e.body, &mut self.key)?;
        if let Some(touched) = &mut self.touched
            && !touched.contains(self.key.as_slice())
        {
            touched.extend(Key::from_bytes(&self.key));
        }
        let change = self.store.apply_to(&self.key, e);
        if self.store.full && !std::mem::replace(&mut self.said_full, true) {
            self.s.note(&format!(
                "monitor: there are more than {} MiB of what is watched; after a loss, differences of the rest are not shown\n",
                BOUND >> 20
            ));
        }
        self.evaluate(e, &change);
        Some(change)
    }

    /// Evaluates `until` after a change.
    fn evaluate(&mut self, e: &Event<'_>, change: &Change<'_>) {
        let Some(until) = self.w.until.as_ref().filter(|until| until.object() == e.object) else { return };
        let matches = |body: &[u8]| until.matches(self.s, body);
        match change {
            // The store is bounded and may lack the entry: the event has what was deleted.
            Change::Removed { object, old: None } => {
                self.matching.apply(&Change::Removed { object: *object, old: Some(e.body.into()) }, matches)
            }
            change => self.matching.apply(change, matches),
        }
        self.check_until();
    }

    /// Sets `satisfied` once `until` holds. That no entry matches is only known when the tables have been read.
    fn check_until(&mut self) {
        let Some(until) = &self.w.until else { return };
        self.satisfied |= self.matching.holds(until.gone) && (self.loaded || !until.gone);
    }

    /// Loads the first dumps: what existed before the first event. It is not printed, unless it meets `until`.
    pub fn seed(&mut self, answers: &[Answer]) {
        let touched = self.touched.take().unwrap_or_default();
        for a in answers {
            for e in a.events() {
                if Key::of_event(&e).is_none_or(|key| touched.contains(&key)) {
                    continue;
                }
                let was = self.satisfied;
                self.observe(&e, Origin::now());
                if self.satisfied && !was {
                    print::event(self.s, self.w, &e, None, Origin::now());
                }
            }
        }
        self.loaded = true;
        self.check_until();
    }

    /// Counts the entries that match `until` in new dumps: routes are deleted without an event when their device is.
    pub fn recount(&mut self, answers: &[Answer]) {
        let Some(until) = self.w.until.as_ref().filter(|_| answers.iter().all(|a| !a.failed)) else { return };
        let all = answers.iter().flat_map(Answer::events).filter(|e| e.object == until.object());
        self.matching = MatchCount::of(all.map(|e| e.body), |body| until.matches(self.s, body));
        self.check_until();
    }

    /// Discards the first dumps: events were lost while they were read.
    pub fn start_again(&mut self) {
        self.touched = None;
    }

    /// Prints how the dumped state differs from the store as events, then the events that arrived while it was dumped; gives the
    /// number of differences. `again`: not for the first time.
    pub fn reconcile(&mut self, answers: &[Answer], window: &[Packet], again: bool) -> u64 {
        self.touched = None;
        let before = self.emitted;
        let mut dumped: HashMap<Key, Vec<&[u8]>> = HashMap::new();
        for e in answers.iter().flat_map(Answer::events) {
            if let Some(key) = Key::of_event(&e) {
                dumped.entry(key).or_default().push(e.body);
            }
        }
        for (object, body) in &self.gone(answers, &dumped) {
            self.emit(&Event { object: *object, what: What::Deleted, flags: 0, body }, Origin::now());
        }
        let mut counted: HashMap<Key, usize> = HashMap::new();
        for (a, e) in answers.iter().flat_map(|a| a.events().map(move |e| (a, e))) {
            let Some(key) = Key::of_event(&e) else { continue };
            if !again && a.family == BRIDGE {
                // `init` does not print bridges' reports about ports, but changes of them are printed.
                self.observe(&e, Origin::now());
                continue;
            }
            let is = if a.object.spec().repeats {
                let Some(one) = Key::of_listed(e.object, e.body) else { continue };
                let n = counted.entry(one).or_insert(0);
                *n += 1;
                *n <= self.store.get_all(key.bytes()).filter(|b| same(e.object, b, e.body)).count()
            } else {
                self.has(key.bytes(), &e)
            };
            if !is {
                let flags = if self.is_swapped(e.object, key.bytes(), &dumped) { NLM_F_REPLACE } else { e.flags };
                self.emit(&Event { flags, ..e }, Origin::now());
            }
        }
        self.loaded = true;
        self.check_until();
        let differences = self.emitted - before;
        self.window(answers, window);
        differences
    }

    /// The entries of the store that no longer exist.
    fn gone(&self, answers: &[Answer], dumped: &HashMap<Key, Vec<&[u8]>>) -> Vec<(ObjectType, Box<[u8]>)> {
        let known = |object: ObjectType, family: u8| {
            answers.iter().filter(|a| a.object == object && a.family == family).all(|a| a.dump.is_some())
        };
        let mut gone: Vec<(ObjectType, Box<[u8]>)> = Vec::new();
        let mut asked: Vec<(ObjectType, u8)> = Vec::new();
        for a in answers.iter().rev().filter(|a| known(a.object, a.family)) {
            if asked.contains(&(a.object, a.family)) {
                continue;
            }
            asked.push((a.object, a.family));
            let mut left: HashMap<Key, usize> = HashMap::new();
            for (key, body) in self.store.listed(a.object, a.family) {
                let now = dumped.get(key).map_or(&[][..], Vec::as_slice);
                let is = if a.object.spec().repeats {
                    let Some(one) = Key::of_listed(a.object, body) else { continue };
                    let equal = || now.iter().filter(|b| same(a.object, body, b)).count();
                    let n = left.entry(one).or_insert_with(equal);
                    std::mem::replace(n, n.saturating_sub(1)) > 0
                } else {
                    now.iter().any(|b| same(a.object, body, b)) || self.is_swapped(a.object, key, dumped)
                };
                if !is {
                    gone.push((a.object, body.into()));
                }
            }
        }
        gone
    }

    /// Whether one route has replaced another.
    fn is_swapped(&self, object: ObjectType, key: &[u8], dumped: &HashMap<Key, Vec<&[u8]>>) -> bool {
        object == ObjectType::Route
            && dumped.get(key).is_some_and(|now| now.len() == 1)
            && self.store.get_all(key).count() == 1
    }

    /// Whether the store has an equal entry.
    fn has(&self, key: &[u8], e: &Event<'_>) -> bool {
        let old = self.store.get_all(key).find(|b| same(e.object, b, e.body));
        old.is_some_and(|old| print::same(self.s, e.object, old, e.body))
    }

    /// Prints the events that arrived before the end of the dumps, from the first one on that the dumps do not contain yet.
    fn window(&mut self, answers: &[Answer], window: &[Packet]) {
        let mut seen: HashMap<Key, usize> = HashMap::new();
        let mut number = 0usize;
        for packet in window {
            self.each(packet, &mut |t, e| {
                number += 1;
                if packet.from.nsid.is_some() {
                    return;
                }
                let Some(key) = Key::of_event(e) else { return };
                let asked = answers.iter().any(|a| a.dump.is_some() && covers(key.bytes(), a.object, a.family));
                let shown = match e.what {
                    What::Is => t.has(key.bytes(), e),
                    What::Deleted => !t.store.get_all(key.bytes()).any(|b| same(e.object, b, e.body)),
                    What::Miss => false,
                };
                if asked && shown {
                    seen.insert(key, number);
                }
            });
        }
        number = 0;
        for packet in window {
            self.each(packet, &mut |t, e| {
                number += 1;
                let known = packet.from.nsid.is_none()
                    && Key::of_event(e).and_then(|k| seen.get(&k)).is_some_and(|last| number <= *last);
                if !known {
                    t.emit(e, packet.from);
                }
            });
        }
    }
}
