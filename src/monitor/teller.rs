//! Tells events: keeps what has been told, joins a state that was asked for with the events around it, counts, waits.

use super::print::{self, Origin};
use super::queue::Packet;
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

/// The answer to one question about the present state.
pub struct Answer {
    /// The type that was dumped.
    pub object: ObjectType,
    /// The address family of the dump, AF_*.
    pub family: u8,
    /// Every message of the dump; none where the kernel has no such table.
    pub dump: Option<Vec<u8>>,
    /// There may be one, but it could not be read.
    pub failed: bool,
}

impl Answer {
    /// The answer to a dump.
    pub fn to(object: ObjectType, family: u8, dump: Result<Vec<u8>, KernelError>) -> Answer {
        let absent = [Errno::EOPNOTSUPP, Errno::EAFNOSUPPORT, Errno::ENOENT, Errno::EINVAL, Errno::EPERM];
        let failed = dump.as_ref().is_err_and(|e| !absent.iter().any(|errno| e.is(*errno)));
        Answer { object, family, dump: dump.ok(), failed }
    }

    /// What it lists. A kernel without a family answers with all the others.
    fn events(&self) -> impl Iterator<Item = Event<'_>> {
        let all = Messages(self.dump.as_deref().unwrap_or_default()).filter_map(|(m, _, _)| Event::read(&m));
        all.filter(|e| e.object == self.object && (e.family() == self.family || self.is_of_all()))
    }

    fn is_of_all(&self) -> bool {
        self.family == 0 && self.object != ObjectType::Link
    }
}

/// What turns messages into printed events.
pub struct Teller<'a> {
    s: &'a Session,
    w: &'a Watch,
    store: Store,
    /// Identities that events were about while the first state was being asked for.
    touched: Option<HashSet<Key>>,
    /// The identity of the event at hand.
    key: Vec<u8>,
    told: u64,
    /// How many things there are that `until` waits for.
    fitting: u64,
    met: bool,
    said_full: bool,
    /// Bytes and messages that were no events.
    pub strays: u64,
}

impl<'a> Teller<'a> {
    /// Nothing is known yet.
    pub fn new(s: &'a Session, w: &'a Watch) -> Teller<'a> {
        Teller {
            s,
            w,
            store: Store::new(BOUND),
            touched: Some(HashSet::new()),
            key: Vec::new(),
            told: 0,
            fitting: 0,
            met: false,
            said_full: false,
            strays: 0,
        }
    }

    /// Whether what was waited for has come.
    pub fn done(&self) -> bool {
        self.met || self.w.count.is_some_and(|n| self.told >= n)
    }

    /// Tells the events of a datagram.
    pub fn packet(&mut self, packet: &Packet) {
        self.each(packet, &mut |t, e| t.tell(e, packet.from));
    }

    fn each(&mut self, packet: &Packet, see: &mut dyn FnMut(&mut Teller<'a>, &Event<'_>)) {
        let mut walk = Messages(&packet.bytes);
        for (m, _, _) in walk.by_ref() {
            match Event::read(&m) {
                Some(e) => see(self, &e),
                None if matches!(m.kind, NLMSG_NOOP | NLMSG_DONE | NLMSG_ERROR | NLMSG_OVERRUN) => {}
                None => self.strays += 1,
            }
        }
        if !walk.0.is_empty() {
            self.strays += 1;
        }
    }

    /// Tells one event, unless everything has been told already.
    pub fn tell(&mut self, e: &Event<'_>, from: Origin) {
        if self.done() {
            return;
        }
        let change = self.note(e, from);
        if print::event(self.s, self.w, e, change.as_ref(), from) {
            self.told += 1;
        }
    }

    /// Takes an event in without a word.
    fn note<'e>(&mut self, e: &Event<'e>, from: Origin) -> Option<Change<'e>> {
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
        self.wait(e, &change);
        Some(change)
    }

    /// Looks whether this is what `until` waits for.
    fn wait(&mut self, e: &Event<'_>, change: &Change<'_>) {
        let Some(until) = &self.w.until else { return };
        if e.object != until.subject() {
            return;
        }
        let fitted = |old: &[u8]| until.matches(self.s, &Event { body: old, ..*e });
        let (before, after) = match change {
            Change::Added { .. } => (false, until.matches(self.s, e)),
            Change::Changed { old, .. } => (fitted(old), until.matches(self.s, e)),
            Change::Removed { old: Some(old), .. } => (fitted(old), false),
            Change::Removed { old: None, .. } => (until.matches(self.s, e), false),
            Change::PathsRemoved { old, left, .. } => (fitted(old), fitted(left)),
        };
        match (before, after) {
            (false, true) => {
                self.fitting += 1;
                self.met |= !until.gone;
            }
            (true, false) => {
                self.fitting = self.fitting.saturating_sub(1);
                self.met |= until.gone && self.fitting == 0 && self.touched.is_none();
            }
            _ => {}
        }
    }

    /// The first state: what was there before the first event. It is not told, but what `until` waits for is.
    pub fn seed(&mut self, answers: &[Answer]) {
        let touched = self.touched.take().unwrap_or_default();
        for a in answers {
            for e in a.events() {
                if Key::of_event(&e).is_none_or(|key| touched.contains(&key)) {
                    continue;
                }
                let was = self.met;
                self.note(&e, Origin::now());
                if self.met && !was {
                    print::event(self.s, self.w, &e, None, Origin::now());
                }
            }
        }
        self.nothing_left();
    }

    /// `until gone`: perhaps it was never there.
    fn nothing_left(&mut self) {
        self.met |= self.w.until.as_ref().is_some_and(|u| u.gone) && self.fitting == 0;
    }

    /// How many things of an answer `until` waits for: routes go without an event when their device does.
    pub fn recount(&mut self, answers: &[Answer]) {
        let Some(until) = &self.w.until else { return };
        let mut fitting = 0;
        for a in answers {
            if a.failed {
                return;
            }
            fitting += a.events().filter(|e| until.matches(self.s, e)).count();
        }
        self.fitting = u64::try_from(fitting).unwrap_or(u64::MAX);
        self.nothing_left();
    }

    /// The first state is not to be trusted: events were lost while it was asked for.
    pub fn start_again(&mut self) {
        self.touched = None;
    }

    /// Tells how the true state differs from what has been told, then the events that came while it was asked for.
    /// How many differences there were. `again`: not for the first time.
    pub fn settle(&mut self, answers: &[Answer], window: &[Packet], again: bool) -> u64 {
        self.touched = None;
        let before = self.told;
        let mut there: HashMap<Key, Vec<&[u8]>> = HashMap::new();
        for e in answers.iter().flat_map(Answer::events) {
            if let Some(key) = Key::of_event(&e) {
                there.entry(key).or_default().push(e.body);
            }
        }
        for (subject, body) in &self.gone(answers, &there) {
            self.tell(&Event { object: *subject, what: What::Deleted, flags: 0, body }, Origin::now());
        }
        let mut told: HashMap<Key, usize> = HashMap::new();
        for (a, e) in answers.iter().flat_map(|a| a.events().map(move |e| (a, e))) {
            let Some(key) = Key::of_event(&e) else { continue };
            if !again && a.family == BRIDGE {
                // What bridges say of their ports is no part of what `show` shows; but it changes.
                self.note(&e, Origin::now());
                continue;
            }
            let is = if a.object.spec().repeats {
                let Some(one) = Key::of_listed(e.object, e.body) else { continue };
                let n = told.entry(one).or_insert(0);
                *n += 1;
                *n <= self.store.get_all(key.bytes()).filter(|b| same(e.object, b, e.body)).count()
            } else {
                self.has(key.bytes(), &e)
            };
            if !is {
                let flags = if self.is_swapped(e.object, key.bytes(), &there) { NLM_F_REPLACE } else { e.flags };
                self.tell(&Event { flags, ..e }, Origin::now());
            }
        }
        self.nothing_left();
        let differences = self.told - before;
        self.window(answers, window);
        differences
    }

    /// What has been told and is there no more.
    fn gone(&self, answers: &[Answer], there: &HashMap<Key, Vec<&[u8]>>) -> Vec<(ObjectType, Box<[u8]>)> {
        let known = |subject: ObjectType, family: u8| {
            answers.iter().filter(|a| a.object == subject && a.family == family).all(|a| a.dump.is_some())
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
                let now = there.get(key).map_or(&[][..], Vec::as_slice);
                let is = if a.object.spec().repeats {
                    let Some(one) = Key::of_listed(a.object, body) else { continue };
                    let equal = || now.iter().filter(|b| same(a.object, body, b)).count();
                    let n = left.entry(one).or_insert_with(equal);
                    std::mem::replace(n, n.saturating_sub(1)) > 0
                } else {
                    now.iter().any(|b| same(a.object, body, b)) || self.is_swapped(a.object, key, there)
                };
                if !is {
                    gone.push((a.object, body.into()));
                }
            }
        }
        gone
    }

    /// Whether there was one route and now there is another in its place.
    fn is_swapped(&self, subject: ObjectType, key: &[u8], there: &HashMap<Key, Vec<&[u8]>>) -> bool {
        subject == ObjectType::Route
            && there.get(key).is_some_and(|now| now.len() == 1)
            && self.store.get_all(key).count() == 1
    }

    /// Whether the last that was told of a thing says the same.
    fn has(&self, key: &[u8], e: &Event<'_>) -> bool {
        let old = self.store.get_all(key).find(|b| same(e.object, b, e.body));
        old.is_some_and(|old| print::same(self.s, e.object, old, e.body))
    }

    /// Events from before the end of the answers: told from the first one on that the answers do not show yet.
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
                    t.tell(e, packet.from);
                }
            });
        }
    }
}
