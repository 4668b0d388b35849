//! A condition of `wait`: whether it holds, and its present state in words.

use super::names::{self, Named};
use super::words::{Subject, Written};
use crate::diag::{Diag, Lost, errno_text};
use crate::grammar::Words;
use crate::monitor::until::{MatchCount, Until};
use crate::object::address::view::Address;
use crate::object::link::ether::STATES;
use crate::object::link::event::named;
use crate::object::link::view::Link;
use crate::output::escape::shown;
use crate::schema::*;
use crate::session::Session;
use crate::state::{Change, Event, ObjectType, Store, What};
use std::net::{IpAddr, Ipv6Addr};

/// IFF_LOWER_UP of linux/if.h.
const IFF_LOWER_UP: u32 = 0x10000;
/// IF_OPER_UNKNOWN and IF_OPER_UP of linux/if.h.
const OPERATIONAL: [u8; 2] = [0, 6];

/// A condition and its state.
pub struct Condition {
    /// The condition as parsed.
    pub written: Written,
    /// Its words.
    pub words: Vec<Vec<u8>>,
    /// Whether it holds.
    pub met: bool,
    subject: State,
}

/// The state that a condition depends on.
enum State {
    Device {
        name: Vec<u8>,
        ready: bool,
        link: Option<Box<[u8]>>,
    },
    Netns {
        name: Vec<u8>,
        named: Named,
    },
    /// Words with a device that does not exist match nothing.
    Object {
        until: Result<Box<Until>, Vec<u8>>,
        detection: Option<(u32, u32)>,
        count: MatchCount,
    },
}

impl Condition {
    /// A condition from its parsed form.
    ///
    /// # Errors
    ///
    /// A word that the object's `show` does not have; exit code 255.
    pub fn new(s: &Session, line: &[Vec<u8>], written: &Written) -> Result<Condition, Diag> {
        let words = line.get(written.span.from..written.span.to).unwrap_or_default().to_vec();
        let device = |name: &[u8], ready| State::Device { name: name.to_vec(), ready, link: None };
        let subject = match &written.subject {
            Subject::Carrier(name) => device(name, false),
            Subject::Ready(name) => device(name, true),
            Subject::Netns(name) => State::Netns { name: name.clone(), named: Named::Nothing },
            Subject::Object(at) => {
                let part = line.get(..written.span.to).unwrap_or_default();
                let (until, detection) = select(s, part, *at, written.no)?;
                State::Object { until, detection, count: MatchCount::default() }
            }
        };
        Ok(Condition { written: written.clone(), words, met: false, subject })
    }

    /// The words, escaped for printing.
    pub fn text(&self) -> String {
        self.words.iter().map(|w| shown(w)).collect::<Vec<_>>().join(" ")
    }

    /// The object types that it depends on.
    pub fn objects(&self) -> Vec<ObjectType> {
        match &self.subject {
            State::Device { ready: false, .. } => vec![ObjectType::Link],
            State::Device { .. } => vec![ObjectType::Link, ObjectType::Address],
            State::Netns { .. } => Vec::new(),
            // Words name devices.
            State::Object { until: Ok(until), .. } => vec![ObjectType::Link, until.object()],
            State::Object { .. } => {
                ObjectType::watched().filter(|o| self.is_named(*o)).chain([ObjectType::Link]).collect()
            }
        }
    }

    /// Whether the object of the words is of this type.
    fn is_named(&self, object: ObjectType) -> bool {
        let word = self.words.get(usize::from(self.written.no));
        word.is_some_and(|w| object.name().as_bytes().starts_with(w) || w.starts_with(object.name().as_bytes()))
    }

    /// Evaluates the condition by the names of namespaces.
    pub fn look(&mut self) {
        if let State::Netns { name, named } = &mut self.subject {
            *named = names::look(name);
        }
        self.evaluate(None);
    }

    /// Evaluates the condition after the complete state was read.
    ///
    /// # Errors
    ///
    /// A word that is wrong in the present state.
    pub fn load(&mut self, s: &Session, line: &[Vec<u8>], store: &Store) -> Result<(), Diag> {
        let (no, end) = (self.written.no, self.written.span.to);
        match (&mut self.subject, &self.written.subject) {
            (State::Device { name, link, .. }, _) => {
                let is = |body: &&[u8]| Link::parse(body).is_some_and(|l| l.family == 0 && self::named(&l, name));
                *link = store.iter(ObjectType::Link).map(|(_, body)| body).find(is).map(Into::into);
            }
            (State::Object { until, detection, count }, Subject::Object(at)) => {
                (*until, *detection) = select(s, line.get(..end).unwrap_or_default(), *at, no)?;
                *count = match until {
                    Ok(until) => {
                        let all = store.iter(until.object()).map(|(_, body)| body);
                        MatchCount::of(all, |body| counts(s, until, *detection, no, body))
                    }
                    Err(_) => MatchCount::default(),
                };
            }
            _ => {}
        }
        self.evaluate(Some(store));
        Ok(())
    }

    /// Updates the condition after an event was applied.
    ///
    /// # Errors
    ///
    /// A word that is wrong in the present state.
    pub fn apply(
        &mut self,
        s: &Session,
        line: &[Vec<u8>],
        store: &Store,
        e: &Event<'_>,
        change: &Change,
    ) -> Result<(), Diag> {
        let no = self.written.no;
        if e.object == ObjectType::Link && matches!(self.subject, State::Object { .. }) && self.is_concerned(e, change)
        {
            return self.load(s, line, store);
        }
        match &mut self.subject {
            State::Device { name, link, ready } => {
                let index = link.as_deref().and_then(Link::parse).map(|l| l.index);
                match (e.object, Link::parse(e.body)) {
                    (ObjectType::Link, Some(l)) if e.what == What::Is && self::named(&l, name) => {
                        *link = Some(e.body.into())
                    }
                    (ObjectType::Link, Some(l)) if Some(l.index) == index => *link = None,
                    (ObjectType::Address, _) if *ready => {}
                    _ => return Ok(()),
                }
            }
            State::Object { until: Ok(until), detection, count } if until.object() == e.object => {
                count.apply(change, |body| counts(s, until, *detection, no, body));
            }
            _ => return Ok(()),
        }
        self.evaluate(Some(store));
        Ok(())
    }

    /// Whether an event changes what the words select: a device that they name appears, disappears or is renamed.
    fn is_concerned(&self, e: &Event<'_>, change: &Change) -> bool {
        let is_named = |body: &[u8]| Link::parse(body).is_some_and(|l| self.words.iter().any(|w| self::named(&l, w)));
        let by_device =
            matches!(&self.subject, State::Object { until: Ok(until), .. } if until.selection().selects_devices());
        by_device
            || match change {
                Change::Changed { old, .. } => {
                    let name = |body: &[u8]| Link::parse(body).map(|l| l.name().to_vec());
                    name(old) != name(e.body) && (is_named(old) || is_named(e.body))
                }
                _ => is_named(e.body),
            }
    }

    fn evaluate(&mut self, store: Option<&Store>) {
        self.met = match &self.subject {
            State::Device { link, ready, .. } => match (link.as_deref().and_then(Link::parse), store) {
                (Some(l), Some(store)) => trouble(&l).is_none() && (!ready || addresses(store, l.index).is_ok()),
                (None, _) => false,
                // Names of namespaces do not affect devices.
                (_, None) => self.met,
            },
            State::Netns { named, .. } if self.written.no => *named == Named::Nothing,
            State::Netns { named, .. } => matches!(named, Named::Namespace(..)),
            State::Object { count, .. } => count.holds(self.written.no),
        };
    }

    /// The present state in words: why the condition does not hold.
    pub fn state(&self, s: &Session, store: &Store) -> String {
        match &self.subject {
            State::Device { link, ready, .. } => {
                let Some(l) = link.as_deref().and_then(Link::parse) else { return "no such device".into() };
                let said = trouble(&l).or_else(|| if *ready { addresses(store, l.index).err() } else { None });
                said.unwrap_or_else(|| "up".into())
            }
            State::Netns { named, .. } => match named {
                Named::Namespace(..) => "exists".into(),
                Named::File => "a file that is not a namespace".into(),
                Named::Nothing => "no such namespace".into(),
                Named::Closed(e) => errno_text(*e as i32),
            },
            State::Object { until: Err(device), .. } => format!("no device \"{}\"", shown(device)),
            State::Object { until: Ok(until), count, detection } => {
                if count.get() > 0 {
                    return format!("{} matching", count.get());
                }
                let pending = candidates(s, until, *detection, store).find_map(|a| match a.flags {
                    flags if flags & IFA_F_DADFAILED != 0 => Some(format!("{} is a duplicate", a.local()?)),
                    flags if flags & IFA_F_TENTATIVE != 0 => Some(format!("{} is tentative", a.local()?)),
                    _ => None,
                });
                let device = || {
                    let name = until.selection().device()?;
                    let mut links = store.iter(ObjectType::Link).filter_map(|(_, body)| Link::parse(body));
                    match links.find(|l| l.family == 0 && self::named(l, name)) {
                        None => Some("no such device".to_string()),
                        Some(l) if until.object() == ObjectType::Link => {
                            Some(trouble(&l).unwrap_or_else(|| "up".into()))
                        }
                        Some(_) => None,
                    }
                };
                pending.or_else(device).unwrap_or_else(|| "none".into())
            }
        }
    }

    /// Why it can never hold: the address that it asks for is a duplicate.
    pub fn why_impossible(&self, s: &Session, store: &Store) -> Option<String> {
        let State::Object { until: Ok(until), detection, count } = &self.subject else { return None };
        if count.get() > 0
            || self.written.no
            || !until.selection().is_one()
            || detection.is_some_and(|(_, flags)| flags != 0)
        {
            return None;
        }
        let mut all = candidates(s, until, *detection, store);
        let a = all.next().filter(|a| a.flags & IFA_F_DADFAILED != 0)?;
        // It may still appear on another device.
        if all.next().is_some() {
            return None;
        }
        Some(format!("{} is a duplicate on {}", a.local()?, shown(&s.link_name(a.index))))
    }

    /// The message of the first matching object.
    pub fn record<'a>(&'a self, s: &Session, store: &'a Store) -> Option<(ObjectType, &'a [u8])> {
        match &self.subject {
            State::Device { link, .. } => link.as_deref().map(|body| (ObjectType::Link, body)),
            State::Netns { .. } | State::Object { until: Err(_), .. } => None,
            State::Object { until: Ok(until), detection, .. } => {
                let object = until.object();
                let fits = |body: &&[u8]| counts(s, until, *detection, true, body) && allowed(*detection, body);
                let first = store.list(object).into_iter().find(fits);
                let first =
                    first.or_else(|| store.list(object).into_iter().find(|b| counts(s, until, *detection, true, b)));
                first.map(|body| (object, body))
            }
        }
    }

    /// Whether it waits for the deletion of this namespace name.
    pub fn awaits_end_of(&self, home: &[u8]) -> bool {
        self.written.no && matches!(&self.subject, State::Netns { name, .. } if name == home)
    }
}

/// Parses the words of an object's `show`; returns the name of a device in them that does not exist.
#[allow(clippy::type_complexity)]
fn select(
    s: &Session,
    line: &[Vec<u8>],
    at: usize,
    no: bool,
) -> Result<(Result<Box<Until>, Vec<u8>>, Option<(u32, u32)>), Diag> {
    let mut w = Words::new(line, at, s);
    w.family = s.options.family;
    match Until::of(s, &mut w, "wait", no) {
        Ok(mut until) => {
            let detection = until.take_detection();
            Ok((Ok(Box::new(until)), detection))
        }
        Err(d) => match d.what_is_lost() {
            [Lost::Device(name), ..] => Ok((Err(name.clone()), None)),
            _ => Err(d),
        },
    }
}

/// Whether an object counts as a match.
fn counts(s: &Session, until: &Until, detection: Option<(u32, u32)>, no: bool, body: &[u8]) -> bool {
    until.matches(s, body)
        && match detection {
            None => true,
            // If an address must not exist, only the words decide.
            Some((mask, flags)) if no || flags != 0 => {
                Address::parse(body).is_some_and(|a| (a.flags ^ flags) & mask == 0)
            }
            Some(_) => allowed(detection, body),
        }
}

/// Whether an address has passed duplicate address detection, or is an optimistic one that the words do not exclude.
fn allowed(detection: Option<(u32, u32)>, body: &[u8]) -> bool {
    let Some((mask, flags)) = detection else { return true };
    let Some(a) = Address::parse(body) else { return false };
    (a.flags ^ flags) & mask == 0 && (flags != 0 || is_usable(&a))
}

fn is_usable(a: &Address<'_>) -> bool {
    let tentative = a.flags & IFA_F_TENTATIVE != 0 && a.flags & IFA_F_OPTIMISTIC == 0;
    a.flags & IFA_F_DADFAILED == 0 && !tentative
}

/// The addresses that match, regardless of duplicate address detection.
fn candidates<'a>(
    s: &'a Session,
    until: &'a Until,
    detection: Option<(u32, u32)>,
    store: &'a Store,
) -> impl Iterator<Item = Address<'a>> {
    let object = until.object();
    let all = detection.into_iter().flat_map(move |_| store.iter(object));
    all.filter(move |(_, body)| until.matches(s, body)).filter_map(|(_, body)| Address::parse(body))
}

/// Why a device has no carrier.
fn trouble(l: &Link<'_>) -> Option<String> {
    let state = l.a.u8(IFLA_OPERSTATE).unwrap_or(0);
    if l.flags & IFF_UP == 0 {
        return Some("down".into());
    }
    match (l.flags & IFF_LOWER_UP != 0, STATES.get(usize::from(state))) {
        (true, _) if OPERATIONAL.contains(&state) => None,
        (false, _) => Some("no carrier".into()),
        (_, Some(&"DORMANT")) => Some("dormant".into()),
        (_, Some(&"LOWERLAYERDOWN")) => Some("lower device down".into()),
        (_, Some(&"TESTING")) => Some("testing".into()),
        _ => Some("no carrier".into()),
    }
}

/// Checks that a device has an address beyond link-local, and none that is tentative; the error says why not.
fn addresses(store: &Store, index: u32) -> Result<(), String> {
    let mut usable = false;
    let mut duplicate = None;
    let all = store.iter(ObjectType::Address).filter_map(|(_, body)| Address::parse(body));
    for a in all.filter(|a| a.index == index) {
        let Some(ip) = a.local() else { continue };
        match a.flags & IFA_F_DADFAILED != 0 {
            true => duplicate = Some(ip),
            false if !is_usable(&a) => return Err(format!("{ip} is tentative")),
            false => usable |= !is_link_local(ip),
        }
    }
    match (usable, duplicate) {
        (true, _) => Ok(()),
        (false, Some(ip)) => Err(format!("{ip} is a duplicate")),
        (false, None) => Err("no address".into()),
    }
}

/// Whether an address is in fe80::/10 (RFC 4291).
fn is_link_local(ip: IpAddr) -> bool {
    matches!(ip, IpAddr::V6(ip) if Ipv6Addr::is_unicast_link_local(&ip))
}
