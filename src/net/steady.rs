//! Lists that stay right while things come and go.
//!
//! The kernel cuts a long dump into parts and goes on by counting, so that a change in between makes it leave things out
//! or tell them twice. It marks some such dumps, not all. So whoever lists says how changes show themselves
//! ([`Notice`]); a dump that something changed under is read again; and when no try was quiet, what all
//! tries found together is the list, each thing once, without those that an event has said to be gone.

use super::extack::KernelError;
use super::kernel::{DumpEnd, Kernel, Message, Messages, Plain, Reader, TRIES, receive};
use super::request::Request;
use crate::schema::NLMSG_HDRLEN;
use netlink_sys::Socket;
use nix::errno::Errno;
use nix::sys::socket::{setsockopt, sockopt};
use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;
use std::os::fd::AsFd as _;

/// Events that the kernel may hold for us while a dump is being read. Memory is used only when it is needed.
const EVENTS: usize = 4 * 1024 * 1024;
/// A list is held back up to this size; what is longer is handed on as it comes.
const HELD: usize = 8 * 1024 * 1024;
/// From this size on a draft is made while the rest is being read.
const DRAFTED: usize = 128 * 1024;
/// Without any notice of changes, what the last tries found is the list.
const RECENT: usize = 3;

/// How a change under a dump shows itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// By the kernel's mark on the dump.
    Marked,
    /// By events.
    Told,
    /// By events; but one about a thing that is in the list is only news of that thing.
    Updated,
    /// Not at all: two dumps that agree are right.
    Silent,
}

/// One kind of thing that is listed.
pub struct Kind {
    pub notice: Notice,
    /// Multicast groups (RTNLGRP_*) that tell of changes.
    pub groups: &'static [u32],
    /// Types of message: it is there, it is gone.
    pub new: u16,
    pub gone: u16,
    /// What tells one thing from another, of a message's body.
    pub identity: fn(&[u8]) -> Option<Box<[u8]>>,
    /// It cannot be there twice, and may come without a word.
    pub unique: bool,
    /// Where it stands in the list, if not where it was met.
    pub place: fn(&[u8]) -> u32,
}

/// A whole list.
pub fn list(kernel: &Kernel, request: &Request, kind: &Kind) -> Result<Vec<u8>, KernelError> {
    let mut all = Vec::new();
    let mut keep = |m: Message<'_>| {
        put(&mut all, m.whole);
        ControlFlow::Continue(())
    };
    read(kernel, request, kind, usize::MAX, &mut Plain::new(&mut keep))?;
    Ok(all)
}

/// A list whose messages are handed on as soon as they are known to be right, or too many to be held back.
pub fn dump(kernel: &Kernel, request: &Request, kind: &Kind, reader: &mut dyn Reader) -> Result<(), KernelError> {
    read(kernel, request, kind, HELD, reader)
}

fn read(
    kernel: &Kernel,
    request: &Request,
    kind: &Kind,
    limit: usize,
    reader: &mut dyn Reader,
) -> Result<(), KernelError> {
    let mut watch = match kind.notice {
        Notice::Told | Notice::Updated => Watch::open(kind.groups),
        Notice::Marked | Notice::Silent => None,
    };
    let mut memory = true;
    let mut union = Union::default();
    let mut before: Option<HashSet<Box<[u8]>>> = None;
    let mut last = Vec::new();
    for round in 1..=TRIES {
        if round > 1
            && kind.notice == Notice::Marked
            && watch.is_none()
            && let Some(opened) = Watch::open(kind.groups)
        {
            // What goes from now on is told; what was found before is forgotten, for what went before it.
            watch = Some(opened);
            union = Union::default();
        }
        // What was told before a try does not disturb it.
        let before_it = watch.as_mut().map(Watch::news);
        union.hear(kind, before_it.as_ref());
        last.clear();
        // Of the first try nothing must be kept if it was disturbed.
        let limit = if round == 1 && reader.drafts() { DRAFTED } else { limit };
        let end = match kernel.dump_once(request, &mut last, limit, reader) {
            Err(e) if memory && e.is_memory() && reader.forget() => {
                memory = false;
                continue;
            }
            other => other?,
        };
        let events = watch.as_mut().map(Watch::news);
        let interrupted = match end {
            DumpEnd::Held { interrupted } => interrupted,
            DumpEnd::Streamed { interrupted: true } if round < TRIES && reader.drafts() && reader.forget() => continue,
            DumpEnd::Streamed { interrupted } => {
                // Too long to be held back: it has been seen.
                if interrupted || events.is_some_and(|e| !e.quiet() && kind.notice != Notice::Marked) {
                    kernel.warn_interrupted();
                }
                return Ok(());
            }
        };
        let quiet = match kind.notice {
            Notice::Silent => {
                let now: HashSet<Box<[u8]>> = Messages(&last).filter_map(|(m, _, _)| (kind.identity)(m.body)).collect();
                let same = before.as_ref() == Some(&now);
                before = Some(now);
                same
            }
            Notice::Updated => events.as_ref().is_none_or(|e| e.quiet() || e.known(kind, &last)),
            Notice::Told => events.as_ref().is_none_or(News::quiet),
            Notice::Marked => true,
        };
        if quiet && !interrupted {
            return hand(kind, &last, reader);
        }
        union.add(kind, &last);
        union.hear(kind, events.as_ref());
    }
    union.hand(kind, reader);
    kernel.warn_interrupted();
    Ok(())
}

/// Hands a list on; what is unique, once.
fn hand(kind: &Kind, list: &[u8], reader: &mut dyn Reader) -> Result<(), KernelError> {
    let mut seen = HashSet::new();
    for (m, _, _) in Messages(list) {
        if kind.unique && (kind.identity)(m.body).is_some_and(|id| !seen.insert(id)) {
            continue;
        }
        if reader.see(m).is_break() {
            break;
        }
    }
    Ok(())
}

/// What several tries found.
#[derive(Default)]
struct Union {
    /// In the order in which they were met.
    things: Vec<Thing>,
    places: HashMap<Box<[u8]>, usize>,
    round: usize,
}

struct Thing {
    message: Vec<u8>,
    gone: bool,
    /// The try that found it last.
    round: usize,
}

impl Union {
    /// Takes in what a try found.
    fn add(&mut self, kind: &Kind, list: &[u8]) {
        self.round += 1;
        for (m, _, _) in Messages(list) {
            let Some(id) = (kind.identity)(m.body) else { continue };
            match self.places.get(&id).and_then(|at| self.things.get_mut(*at)) {
                Some(thing) => *thing = Thing { message: m.whole.to_vec(), gone: false, round: self.round },
                None => {
                    self.places.insert(id, self.things.len());
                    self.things.push(Thing { message: m.whole.to_vec(), gone: false, round: self.round });
                }
            }
        }
    }

    /// Takes in what was told during a try, or after it.
    fn hear(&mut self, kind: &Kind, news: Option<&News>) {
        for (m, _, _) in Messages(news.map_or(&[], |n| &n.messages)) {
            let at = (kind.identity)(m.body).and_then(|id| self.places.get(&id).copied());
            if let Some(thing) = at.and_then(|at| self.things.get_mut(at)) {
                thing.gone = m.kind == kind.gone;
            }
        }
    }

    fn hand(&mut self, kind: &Kind, reader: &mut dyn Reader) {
        let recent = if kind.notice == Notice::Silent { self.round.saturating_sub(RECENT) } else { 0 };
        self.things.retain(|t| !t.gone && t.round > recent);
        self.things.sort_by_key(|t| t.message.get(NLMSG_HDRLEN..).map_or(0, kind.place));
        for thing in &self.things {
            for (m, _, _) in Messages(&thing.message) {
                if reader.see(m).is_break() {
                    return;
                }
            }
        }
    }
}

/// A socket that the kernel tells of changes.
struct Watch {
    socket: Socket,
    buf: Vec<u8>,
}

/// What was told since the last look.
#[derive(Default)]
struct News {
    messages: Vec<u8>,
    /// The kernel could not tell everything.
    lost: bool,
}

impl News {
    fn quiet(&self) -> bool {
        self.messages.is_empty() && !self.lost
    }

    /// Whether all of it is about things that are in a list, and still there.
    fn known(&self, kind: &Kind, list: &[u8]) -> bool {
        let listed: HashSet<Box<[u8]>> = Messages(list).filter_map(|(m, _, _)| (kind.identity)(m.body)).collect();
        let known = |m: &Message<'_>| (kind.identity)(m.body).is_some_and(|id| listed.contains(&id));
        !self.lost && Messages(&self.messages).all(|(m, _, _)| m.kind == kind.new && known(&m))
    }
}

impl Watch {
    /// None where no such socket is to be had: the list is then as good as the kernel makes it.
    fn open(groups: &[u32]) -> Option<Watch> {
        let mut socket = Socket::new(netlink_sys::protocols::NETLINK_ROUTE).ok()?;
        socket.bind_auto().ok()?;
        socket.set_non_blocking(true).ok()?;
        // More than an ordinary user may have is asked for first.
        if setsockopt(&socket.as_fd(), sockopt::RcvBufForce, &EVENTS).is_err() {
            let _ = setsockopt(&socket.as_fd(), sockopt::RcvBuf, &EVENTS);
        }
        for group in groups {
            socket.add_membership(*group).ok()?;
        }
        Some(Watch { socket, buf: Vec::new() })
    }

    fn news(&mut self) -> News {
        let mut news = News::default();
        // A flood must not keep us: what it brings is enough to try again.
        while news.messages.len() < 4 * EVENTS {
            match receive(&self.socket, &mut self.buf) {
                Ok(()) => {
                    for (m, _, _) in Messages(&self.buf) {
                        put(&mut news.messages, m.whole);
                    }
                }
                Err(Errno::EAGAIN) => break,
                Err(Errno::ENOBUFS | Errno::EMSGSIZE) => news.lost = true,
                Err(_) => {
                    news.lost = true;
                    break;
                }
            }
        }
        news
    }
}

fn put(out: &mut Vec<u8>, message: &[u8]) {
    out.extend_from_slice(message);
    out.resize(super::attr::align(out.len()), 0);
}

#[cfg(test)]
mod tests {
    use super::*;

    const NEW: u16 = 1000;
    const GONE: u16 = 1001;

    static RULES: Kind = Kind {
        notice: Notice::Told,
        groups: &[],
        new: NEW,
        gone: GONE,
        identity: |b| b.get(..2).map(Into::into),
        unique: false,
        place: |b| b.first().copied().unwrap_or(0).into(),
    };
    static SILENT: Kind = Kind { notice: Notice::Silent, unique: true, place: |_| 0, ..RULES };

    /// Things of two bytes and a third that does not tell them apart.
    fn messages(kind: u16, things: &[[u8; 3]]) -> Vec<u8> {
        let mut out = Vec::new();
        for thing in things {
            let mut m = 19u32.to_ne_bytes().to_vec();
            m.extend(kind.to_ne_bytes());
            m.resize(16, 0);
            m.extend(thing);
            put(&mut out, &m);
        }
        out
    }

    fn told(list: &[(u16, [u8; 3])]) -> News {
        News { messages: list.iter().flat_map(|(k, t)| messages(*k, &[*t])).collect(), lost: false }
    }

    fn handed(union: &mut Union, kind: &Kind) -> Vec<[u8; 3]> {
        let mut out = Vec::new();
        let mut see = |m: Message<'_>| {
            out.push(*m.body.first_chunk().unwrap());
            ControlFlow::Continue(())
        };
        union.hand(kind, &mut Plain::new(&mut see));
        out
    }

    #[test]
    fn tries_are_joined_by_identity() {
        let mut u = Union::default();
        u.add(&RULES, &messages(NEW, &[[5, 0, 1], [7, 0, 1], [7, 0, 1], [9, 0, 1]]));
        u.hear(&RULES, Some(&told(&[(GONE, [9, 0, 2])])));
        u.add(&RULES, &messages(NEW, &[[3, 0, 2], [7, 1, 2], [7, 0, 2]]));
        assert_eq!(handed(&mut u, &RULES), [[3, 0, 2], [5, 0, 1], [7, 0, 2], [7, 1, 2]]);
    }

    #[test]
    fn what_comes_again_is_there_again() {
        let mut u = Union::default();
        u.add(&RULES, &messages(NEW, &[[5, 0, 1]]));
        u.hear(&RULES, Some(&told(&[(GONE, [5, 0, 1]), (NEW, [5, 0, 1]), (GONE, [6, 0, 1])])));
        assert_eq!(handed(&mut u, &RULES), [[5, 0, 1]]);
        u.hear(&RULES, Some(&told(&[(GONE, [5, 0, 1])])));
        assert!(handed(&mut u, &RULES).is_empty());
    }

    #[test]
    fn without_events_what_was_not_seen_lately_is_gone() {
        let mut u = Union::default();
        for round in 0..5 {
            u.add(&SILENT, &messages(NEW, &[[round, 0, 0], [100, 0, 0]]));
        }
        assert_eq!(handed(&mut u, &SILENT), [[100, 0, 0], [2, 0, 0], [3, 0, 0], [4, 0, 0]]);
    }

    #[test]
    fn news_of_what_is_listed_is_no_change() {
        let list = messages(NEW, &[[5, 0, 1], [6, 0, 1]]);
        assert!(told(&[(NEW, [5, 0, 9])]).known(&RULES, &list));
        for news in [told(&[(NEW, [7, 0, 1])]), told(&[(GONE, [5, 0, 1])])] {
            assert!(!news.known(&RULES, &list));
        }
        assert!(!News { lost: true, ..News::default() }.known(&RULES, &list));
    }

    #[test]
    fn what_is_unique_is_handed_on_once() {
        let list = messages(NEW, &[[5, 0, 1], [6, 0, 1], [5, 0, 2]]);
        for (kind, wanted) in [(&SILENT, 2), (&RULES, 3)] {
            let mut count = 0;
            let mut see = |_: Message<'_>| {
                count += 1;
                ControlFlow::Continue(())
            };
            hand(kind, &list, &mut Plain::new(&mut see)).unwrap();
            assert_eq!(count, wanted);
        }
    }
}
