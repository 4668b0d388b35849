//! Consistent dumps.
//!
//! The kernel sends a long dump in parts and resumes by counting, so a change in between makes it omit or repeat
//! entries. It flags some of these dumps NLM_F_DUMP_INTR, not all. So a dump is read again if it is flagged, or if an
//! event reports a change during it ([`ChangeSignal`]); after ten tries the result is the union of what they found,
//! each entry once, without those that an event reported as deleted.

use super::{ChangeSignal, Key, ObjectType};
use crate::net::attr::align;
use crate::net::dump::{Buffering, Consumer, PASSES, Pass, Verdict};
use crate::net::kernel::{Message, Messages, receive};
use crate::net::{Kernel, KernelError, Request};
use crate::schema::NLMSG_HDRLEN;
use crate::sort::Arrange as _;
use netlink_sys::Socket;
use nix::errno::Errno;
use nix::sys::socket::{setsockopt, sockopt};
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, Hasher, RandomState};
use std::ops::ControlFlow;
use std::os::fd::AsFd as _;

/// The receive buffer for events during a dump, in bytes. The kernel uses memory only as needed.
const EVENTS: usize = 4 * 1024 * 1024;
/// Bytes of a dump that are buffered so that it can be retried; a longer one is passed on as it is received.
const BUFFERED: usize = 8 * 1024 * 1024;
/// From this size on, in bytes, a consumer that can forget takes messages while the rest is being read.
const TENTATIVE: usize = 128 * 1024;
/// Without a signal of changes, the result is what the last tries found.
const RECENT: usize = 3;

/// A dump that is being read: its entries, and the signal of a change during it.
#[derive(Clone, Copy)]
struct List {
    object: ObjectType,
    family: u8,
    signal: ChangeSignal,
}

impl List {
    fn new(object: ObjectType, request: &Request) -> List {
        List { object, family: request.body.first().copied().unwrap_or(0), signal: object.signal(request) }
    }

    fn key(self, body: &[u8]) -> Option<Key> {
        Key::of_listed(self.object, body)
    }

    /// The position at which the kernel would list an entry.
    fn position(self, body: &[u8]) -> u32 {
        self.object.spec().sorted_by.map_or(0, |attr| self.object.index(body).u32(attr).unwrap_or(0))
    }
}

/// Reads a dump; its consumer takes the messages once they are known to be consistent, or are too many to buffer.
///
/// # Errors
///
/// The kernel refuses the dump, or the socket fails.
pub fn read(
    kernel: &Kernel,
    object: ObjectType,
    request: &Request,
    consumer: &mut dyn Consumer,
) -> Result<(), KernelError> {
    let of = List::new(object, request);
    let watch = match of.signal {
        ChangeSignal::Events | ChangeSignal::Additions => Watch::open(of),
        ChangeSignal::DumpIntr | ChangeSignal::None => None,
    };
    kernel.dump(request, &mut Consistent { of, watch, union: Union::default(), before: None, consumer })
}

/// Reads the messages of a complete dump.
///
/// # Errors
///
/// As `read`.
pub fn collect(kernel: &Kernel, object: ObjectType, request: &Request) -> Result<Vec<u8>, KernelError> {
    let mut all = Vec::new();
    read(kernel, object, request, &mut all)?;
    Ok(all)
}

/// A consumer that has a dump read again until nothing changed during it.
struct Consistent<'a> {
    of: List,
    watch: Option<Watch>,
    /// The entries that disturbed passes found.
    union: Union,
    /// The entries of the previous pass, if nothing signals changes.
    before: Option<HashSet<Key>>,
    /// The consumer that takes the messages in the end.
    consumer: &'a mut dyn Consumer,
}

impl Consumer for Consistent<'_> {
    fn take(&mut self, m: Message<'_>) -> ControlFlow<()> {
        self.consumer.take(m)
    }

    fn preview(&mut self, messages: &mut dyn Iterator<Item = Message<'_>>) {
        self.consumer.preview(messages);
    }

    fn forget(&mut self) -> bool {
        self.consumer.forget()
    }

    fn begin(&mut self, number: u32) -> usize {
        let of = self.of;
        if number > 1
            && of.signal == ChangeSignal::DumpIntr
            && self.watch.is_none()
            && let Some(opened) = Watch::open(of)
        {
            // From here on deletions are notified. Entries found before may have been deleted unnoticed: start over.
            self.watch = Some(opened);
            self.union = Union::default();
        }
        // Notifications from before a pass do not affect it.
        let notifications = self.watch.as_mut().map(Watch::notifications);
        self.union.apply(of, notifications.as_ref());
        match self.consumer.buffering() {
            Buffering::Whole => usize::MAX,
            // A consumer that can start over takes the first pass early.
            Buffering::Tentative if number == 1 => TENTATIVE,
            Buffering::Tentative | Buffering::Limited => BUFFERED,
        }
    }

    fn end(&mut self, pass: &mut Pass) -> Result<Verdict, KernelError> {
        let of = self.of;
        let events = self.watch.as_mut().map(Watch::notifications);
        if pass.is_streamed {
            if pass.is_interrupted && pass.number < PASSES && self.consumer.forget() {
                return Ok(Verdict::Again);
            }
            // It has been taken already.
            let told = of.signal != ChangeSignal::DumpIntr && events.is_some_and(|e| !e.is_empty());
            return Ok(if pass.is_interrupted || told { Verdict::Doubtful } else { Verdict::Done });
        }
        let quiet = match of.signal {
            ChangeSignal::None => {
                let now: HashSet<Key> = Messages(&pass.held).filter_map(|(m, _, _)| of.key(m.body)).collect();
                let same = self.before.as_ref() == Some(&now);
                self.before = Some(now);
                same
            }
            ChangeSignal::Additions => events.as_ref().is_none_or(|e| e.is_empty() || e.known(of, &pass.held)),
            ChangeSignal::Events => events.as_ref().is_none_or(Notifications::is_empty),
            ChangeSignal::DumpIntr => true,
        };
        if quiet && !pass.is_interrupted {
            pass_on(of, &pass.held, self.consumer);
            return Ok(Verdict::Done);
        }
        self.union.add(of, &pass.held);
        self.union.apply(of, events.as_ref());
        if pass.number < PASSES {
            return Ok(Verdict::Again);
        }
        self.union.pass_on(of, self.consumer);
        Ok(Verdict::Doubtful)
    }
}

/// A hash of eight bytes at a time under a secret: with SipHash `address show` takes 6 % more instructions (callgrind).
#[derive(Clone, Copy)]
struct Folding(u64);

impl BuildHasher for Folding {
    type Hasher = Folding;

    fn build_hasher(&self) -> Folding {
        *self
    }
}

impl Hasher for Folding {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        let rest = rest.iter().fold(0, |word, b| word << 8 | u64::from(*b));
        for word in words.iter().map(|w| u64::from_ne_bytes(*w)).chain([rest]) {
            let product = u128::from(self.0 ^ word) * 0x9e37_79b9_7f4a_7c15;
            self.0 = (product >> 64) as u64 ^ product as u64;
        }
    }

    fn write_usize(&mut self, _len: usize) {}
}

/// Bytes that a message of a dump takes at least, nearly always.
const ENTRY: usize = 76;

/// Passes a dump on; of a type whose entries are unique, each entry once.
fn pass_on(of: List, list: &[u8], consumer: &mut dyn Consumer) {
    let is_unique = of.object.spec().unique;
    let mut seen: HashSet<Key, Folding> = HashSet::with_hasher(Folding(RandomState::new().hash_one(0u8)));
    if is_unique {
        seen.reserve(list.len() / ENTRY);
    }
    let mut key = Vec::new();
    for (m, _, _) in Messages(list) {
        if is_unique && Key::put_listed(of.object, m.body, &mut key).is_some() {
            if seen.contains(key.as_slice()) {
                continue;
            }
            seen.extend(Key::from_bytes(&key));
        }
        if consumer.take(m).is_break() {
            break;
        }
    }
}

/// The union of what several tries found.
#[derive(Default)]
struct Union {
    /// In the order in which they were found.
    entries: Vec<Entry>,
    places: HashMap<Key, usize>,
    round: usize,
}

struct Entry {
    message: Vec<u8>,
    gone: bool,
    /// The try that found it last.
    round: usize,
}

impl Union {
    /// Adds what a try found.
    fn add(&mut self, of: List, list: &[u8]) {
        self.round += 1;
        for (m, _, _) in Messages(list) {
            let Some(id) = of.key(m.body) else { continue };
            match self.places.get(&id).and_then(|at| self.entries.get_mut(*at)) {
                Some(entry) => *entry = Entry { message: m.whole.to_vec(), gone: false, round: self.round },
                None => {
                    self.places.insert(id, self.entries.len());
                    self.entries.push(Entry { message: m.whole.to_vec(), gone: false, round: self.round });
                }
            }
        }
    }

    /// Applies the notifications that arrived during a try or after it.
    fn apply(&mut self, of: List, notifications: Option<&Notifications>) {
        let own = |m: &Message<'_>| ObjectType::of(m.kind, m.body) == Some(of.object);
        for (m, _, _) in Messages(notifications.map_or(&[], |n| &n.messages)).filter(|(m, _, _)| own(m)) {
            let at = of.key(m.body).and_then(|id| self.places.get(&id).copied());
            if let Some(entry) = at.and_then(|at| self.entries.get_mut(at)) {
                entry.gone = m.kind == of.object.spec().del;
            }
        }
    }

    fn pass_on(&mut self, of: List, consumer: &mut dyn Consumer) {
        let recent = if of.signal == ChangeSignal::None { self.round.saturating_sub(RECENT) } else { 0 };
        self.entries.retain(|t| !t.gone && t.round > recent);
        self.entries.arrange_by_key(|t| t.message.get(NLMSG_HDRLEN..).map_or(0, |body| of.position(body)));
        for entry in &self.entries {
            for (m, _, _) in Messages(&entry.message) {
                if consumer.take(m).is_break() {
                    return;
                }
            }
        }
    }
}

/// A socket that receives notifications of changes.
struct Watch {
    socket: Socket,
    buf: Vec<u8>,
}

/// The events since the last look.
#[derive(Default)]
struct Notifications {
    messages: Vec<u8>,
    /// Events were lost (ENOBUFS).
    lost: bool,
}

impl Notifications {
    fn is_empty(&self) -> bool {
        self.messages.is_empty() && !self.lost
    }

    /// Whether all events are about entries that are in the dump and still exist.
    fn known(&self, of: List, list: &[u8]) -> bool {
        let listed: HashSet<Key> = Messages(list).filter_map(|(m, _, _)| of.key(m.body)).collect();
        let known = |m: &Message<'_>| of.key(m.body).is_some_and(|id| listed.contains(&id));
        !self.lost && Messages(&self.messages).all(|(m, _, _)| m.kind == of.object.spec().new && known(&m))
    }
}

impl Watch {
    /// `None` if no such socket can be opened: the dump is then as good as the kernel makes it.
    fn open(of: List) -> Option<Watch> {
        let mut socket = Socket::new(netlink_sys::protocols::NETLINK_ROUTE).ok()?;
        socket.bind_auto().ok()?;
        socket.set_non_blocking(true).ok()?;
        // First try a size beyond the limit for ordinary users.
        if setsockopt(&socket.as_fd(), sockopt::RcvBufForce, &EVENTS).is_err() {
            let _ = setsockopt(&socket.as_fd(), sockopt::RcvBuf, &EVENTS);
        }
        for group in of.object.groups_under(of.family, of.signal) {
            socket.add_membership(group as u32).ok()?;
        }
        Some(Watch { socket, buf: Vec::new() })
    }

    fn notifications(&mut self) -> Notifications {
        let mut notifications = Notifications::default();
        // Under a flood stop reading: what arrived is enough to try again.
        while notifications.messages.len() < 4 * EVENTS {
            match receive(&self.socket, &mut self.buf) {
                Ok(()) => {
                    for (m, _, _) in Messages(&self.buf) {
                        put(&mut notifications.messages, m.whole);
                    }
                }
                Err(Errno::EAGAIN) => break,
                Err(Errno::ENOBUFS | Errno::EMSGSIZE) => notifications.lost = true,
                Err(_) => {
                    notifications.lost = true;
                    break;
                }
            }
        }
        notifications
    }
}

fn put(out: &mut Vec<u8>, message: &[u8]) {
    out.extend_from_slice(message);
    out.resize(align(out.len()), 0);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::family::INET;
    use crate::schema::{FRA_PRIORITY, NDA_DST, NTF_PROXY, RTM_DELRULE, RTM_NEWNEIGH, RTM_NEWRULE};

    const RULES: List = List { object: ObjectType::Rule, family: INET, signal: ChangeSignal::Events };
    const PROXIES: List = List { object: ObjectType::Neigh, family: INET, signal: ChangeSignal::None };

    /// Two bytes that identify an entry, and one that does not.
    fn messages(kind: u16, entries: &[[u8; 3]]) -> Vec<u8> {
        let mut out = Vec::new();
        for [a, b, c] in entries {
            let mut body = vec![INET, 0, 0, *b, 0, 0, 0, 1, 0, 0, 0, 0];
            if kind == RTM_NEWNEIGH {
                (body[3], body[8], body[10]) = (0, *c, NTF_PROXY);
                crate::net::attr::put(&mut body, NDA_DST, &[10, 0, *b, *a]);
            } else {
                body[8] = c << 3;
                crate::net::attr::put(&mut body, FRA_PRIORITY, &u32::from(*a).to_ne_bytes());
            }
            let mut m = u32::try_from(body.len() + 16).unwrap().to_ne_bytes().to_vec();
            m.extend(kind.to_ne_bytes());
            m.resize(16, 0);
            m.extend(body);
            put(&mut out, &m);
        }
        out
    }

    fn told(list: &[(u16, [u8; 3])]) -> Notifications {
        Notifications { messages: list.iter().flat_map(|(k, t)| messages(*k, &[*t])).collect(), lost: false }
    }

    fn handed(union: &mut Union, of: List) -> Vec<[u8; 3]> {
        let mut out = Vec::new();
        let mut see = |m: Message<'_>| {
            let b = m.body;
            out.push(if of.object == ObjectType::Rule { [b[16], b[3], b[8] >> 3] } else { [b[19], b[18], b[8]] });
            ControlFlow::Continue(())
        };
        union.pass_on(of, &mut see);
        out
    }

    #[test]
    fn tries_are_joined_by_key() {
        let mut u = Union::default();
        u.add(RULES, &messages(RTM_NEWRULE, &[[5, 0, 1], [7, 0, 1], [7, 0, 1], [9, 0, 1]]));
        u.apply(RULES, Some(&told(&[(RTM_DELRULE, [9, 0, 2])])));
        u.add(RULES, &messages(RTM_NEWRULE, &[[3, 0, 2], [7, 1, 2], [7, 0, 2]]));
        assert_eq!(handed(&mut u, RULES), [[3, 0, 2], [5, 0, 1], [7, 0, 2], [7, 1, 2]]);
    }

    #[test]
    fn what_comes_again_exists_again() {
        let mut u = Union::default();
        u.add(RULES, &messages(RTM_NEWRULE, &[[5, 0, 1]]));
        u.apply(RULES, Some(&told(&[(RTM_DELRULE, [5, 0, 1]), (RTM_NEWRULE, [5, 0, 1]), (RTM_DELRULE, [6, 0, 1])])));
        assert_eq!(handed(&mut u, RULES), [[5, 0, 1]]);
        u.apply(RULES, Some(&told(&[(RTM_DELRULE, [5, 0, 1])])));
        assert!(handed(&mut u, RULES).is_empty());
    }

    #[test]
    fn without_events_what_was_not_seen_lately_is_gone() {
        let mut u = Union::default();
        for round in 0..5 {
            u.add(PROXIES, &messages(RTM_NEWNEIGH, &[[round, 0, 0], [100, 0, 0]]));
        }
        assert_eq!(handed(&mut u, PROXIES), [[100, 0, 0], [2, 0, 0], [3, 0, 0], [4, 0, 0]]);
    }

    #[test]
    fn news_of_what_is_listed_is_no_change() {
        let list = messages(RTM_NEWRULE, &[[5, 0, 1], [6, 0, 1]]);
        assert!(told(&[(RTM_NEWRULE, [5, 0, 3])]).known(RULES, &list));
        for notifications in [told(&[(RTM_NEWRULE, [7, 0, 1])]), told(&[(RTM_DELRULE, [5, 0, 1])])] {
            assert!(!notifications.known(RULES, &list));
        }
        assert!(!Notifications { lost: true, ..Notifications::default() }.known(RULES, &list));
    }

    #[test]
    fn what_is_unique_is_handed_on_once() {
        for (of, kind, wanted) in [(PROXIES, RTM_NEWNEIGH, 2), (RULES, RTM_NEWRULE, 3)] {
            let list = messages(kind, &[[5, 0, 1], [6, 0, 1], [5, 0, 2]]);
            let mut count = 0;
            let mut see = |_: Message<'_>| {
                count += 1;
                ControlFlow::Continue(())
            };
            pass_on(of, &list, &mut see);
            assert_eq!(count, wanted);
        }
    }
}
