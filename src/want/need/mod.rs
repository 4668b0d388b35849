//! Compares what a line requests with what exists: nothing to do, or the requests with the least change.
//!
//! Only the attributes that words of the line caused count (the request's trail records which). Lines with the same key
//! are compared together: they are the complete list of entries with that key.

mod address;
mod entry;
mod link;
mod route;

pub use entry::without_preference;
pub use link::{delete_link, named};
pub use route::delete as delete_route;

use super::compare::{self, NUMBER};
use crate::net::attr::put;
use crate::net::{Request, Trail};
use crate::schema::{Access, Attr, Form, NHA_GROUP, RTA_GATEWAY, RTA_MULTIPATH, RTA_NH_ID, RTA_VIA, find, message};
use crate::sort::Arrange as _;
use crate::state::{Key, ObjectType, Store};
use std::collections::BTreeMap;

/// One request of a line.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// The index of its line.
    pub line: usize,
    /// The line's words, the program's name first.
    pub words: Vec<Vec<u8>>,
    /// The request that the line would send.
    pub request: Request,
}

/// A setting that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// The words that set it.
    pub words: Vec<Vec<u8>>,
    /// The link kind or port that they belong to.
    pub kind: Option<Vec<u8>>,
    /// Its present value, if that is a number or a text.
    pub old: Option<String>,
}

/// The state of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It exists as requested.
    Same,
    /// It does not exist.
    Missing,
    /// It exists with these settings different.
    Differs(Vec<Changed>),
    /// It exists and should not.
    Surplus,
    /// It cannot be changed as requested; the reason.
    Refused(String),
}

/// The verdict on a line, and the requests to send.
#[derive(Clone, Debug)]
pub struct Step {
    /// The index of the line.
    pub line: usize,
    /// The verdict.
    pub verdict: Verdict,
    /// The requests that change it, in order.
    pub requests: Vec<Request>,
    /// The requests to send if one of these is refused.
    pub fallback: Vec<Request>,
    /// The former settings of a recreated link that the line does not mention; sent as far as the kernel accepts them.
    pub settings: Vec<Request>,
    /// The requests remove other entries temporarily, which are restored afterwards.
    pub destructive: bool,
}

impl Step {
    fn new(wanted: &Wanted, verdict: Verdict, requests: Vec<Request>) -> Step {
        Step { line: wanted.line, verdict, requests, fallback: Vec::new(), settings: Vec::new(), destructive: false }
    }

    fn same(wanted: &Wanted) -> Step {
        Step::new(wanted, Verdict::Same, Vec::new())
    }

    fn refused(wanted: &Wanted, why: impl Into<String>) -> Step {
        Step::new(wanted, Verdict::Refused(why.into()), Vec::new())
    }

    fn destructive(mut self) -> Step {
        self.destructive = true;
        self
    }
}

/// Compares the requests of an object type with the present state. `recreate`: what the kernel cannot change may be
/// deleted and created again.
pub fn judge(object: ObjectType, list: &[&Wanted], store: &Store, recreate: bool) -> Vec<Step> {
    let mut groups: BTreeMap<(Option<Key>, usize), Vec<&Wanted>> = BTreeMap::new();
    let mut order: Vec<(Option<Key>, usize)> = Vec::new();
    for (i, wanted) in list.iter().enumerate() {
        // Only routes may share a key.
        let key = match object {
            ObjectType::Route if !wanted.is_absent() => (Key::of(object, &wanted.request.body), 0),
            _ => (None, i + 1),
        };
        let group = groups.entry(key.clone()).or_default();
        if group.is_empty() {
            order.push(key);
        }
        group.push(wanted);
    }
    // Dependencies first: single nexthops, and routes without a gateway.
    order.arrange_by_key(|key| groups.get(key).and_then(|g| g.first()).is_some_and(|w| w.needs_others()));
    let mut out = Vec::new();
    for key in order {
        let group = groups.remove(&key).unwrap_or_default();
        out.extend(match object {
            ObjectType::Link => group.iter().map(|w| link::judge(w, store, recreate)).collect(),
            ObjectType::Address => group.iter().map(|w| address::judge(w, store)).collect(),
            ObjectType::Route => match group.first() {
                Some(one) if one.is_absent() => vec![route::absent(one, store)],
                _ => route::judge(&group, store),
            },
            _ => group.iter().map(|w| entry::judge(object, w, store, recreate)).collect::<Vec<_>>(),
        });
    }
    out
}

impl Wanted {
    /// Whether the line requests that the object does not exist.
    pub fn is_absent(&self) -> bool {
        self.request.kind & 3 == 1
    }

    /// Whether it may depend on another entry of its type: a nexthop group, a route through a gateway.
    fn needs_others(&self) -> bool {
        let needs: &[u16] = match self.object() {
            Some(ObjectType::Nexthop) => &[NHA_GROUP],
            Some(ObjectType::Route) => &[RTA_GATEWAY, RTA_VIA, RTA_MULTIPATH, RTA_NH_ID],
            _ => &[],
        };
        needs.iter().any(|n| compare::value(self.attrs(), *n).is_some())
    }

    /// The object type.
    pub fn object(&self) -> Option<ObjectType> {
        ObjectType::of_request(self.request.kind)
    }

    /// The attributes of the request.
    fn attrs(&self) -> &[u8] {
        self.request.body.get(self.request.header_len()..).unwrap_or_default()
    }

    /// Whether words of the line caused the attribute at a path, or one inside it.
    fn says(&self, path: &[u16]) -> bool {
        says(&self.request.trail, path)
    }

    /// The words that caused an attribute.
    fn words_of(&self, path: &[u16]) -> Vec<Vec<u8>> {
        let spans = self.request.trail.spans().into_iter().filter(|(p, _)| begins(p, path));
        let places = crate::sort::set(spans.flat_map(|(_, span)| span.from..span.to));
        places.into_iter().filter_map(|at| self.words.get(at).cloned()).collect()
    }

    /// The attributes that the line sets and that differ from the record, except for some.
    fn differing(&self, table: &'static [Attr], told: &[u8], but: &[u16]) -> Vec<u16> {
        let differing = compare::differing(table, self.attrs(), told);
        differing.into_iter().filter(|n| !but.contains(n) && self.says(&[*n])).collect()
    }

    /// The report about attributes that differ.
    fn changed(&self, table: &'static [Attr], told: &[u8], numbers: &[u16]) -> Vec<Changed> {
        numbers
            .iter()
            .map(|n| Changed {
                kind: None,
                words: self.words_of(&[*n]),
                old: shown(find(table, *n), compare::value(told, *n)),
            })
            .collect()
    }
}

/// Whether a path begins with another one; flag bits of attribute types do not count, and header fields have their own
/// numbers.
fn begins(path: &[u16], with: &[u16]) -> bool {
    let number =
        |n: &u16| if (crate::schema::HEAD_DEV..=crate::schema::HEAD_PROTOCOL).contains(n) { *n } else { n & NUMBER };
    path.len() >= with.len() && path.iter().zip(with).all(|(a, b)| number(a) == number(b))
}

fn says(trail: &Trail, path: &[u16]) -> bool {
    trail.spans().iter().any(|(p, _)| begins(p, path))
}

/// A value for a report: a number or a text.
pub fn shown(row: Option<&Attr>, value: Option<&[u8]>) -> Option<String> {
    let value = value?;
    match row?.form {
        Form::U8 => value.first().map(u8::to_string),
        Form::U16 => value.first_chunk().map(|b| u16::from_ne_bytes(*b).to_string()),
        Form::U32 => value.first_chunk().map(|b| u32::from_ne_bytes(*b).to_string()),
        Form::I32 => value.first_chunk().map(|b| i32::from_ne_bytes(*b).to_string()),
        Form::Text => Some(crate::output::escape::shown(crate::net::attr::until_nul(value))),
        Form::Mac => Some(value.iter().map(|b| format!("{b:02x}")).collect::<Vec<_>>().join(":")),
        Form::Ip => match value.len() {
            4 => value.first_chunk::<4>().map(|b| std::net::Ipv4Addr::from(*b).to_string()),
            16 => value.first_chunk::<16>().map(|b| std::net::Ipv6Addr::from(*b).to_string()),
            _ => None,
        },
        _ => None,
    }
}

/// A request for the existing object with the line's values: what the line does not mention stays. If the line has any
/// of the attributes in `path`, they replace all of these.
fn merged(wanted: &Wanted, told: &[u8], flags: u16, path: &[u16]) -> Request {
    let object = wanted.object().unwrap_or(ObjectType::Route);
    let table = message(object.spec().new).map_or(&[][..], |m| m.attrs);
    let header = wanted.request.header_len();
    let mut r = Request::raw(object.spec().new, flags, wanted.request.body.get(..header).unwrap_or_default());
    r.body.extend_from_slice(wanted.attrs());
    r.body.resize(crate::net::attr::align(r.body.len()), 0);
    let says_path = path.iter().any(|n| compare::value(wanted.attrs(), *n).is_some());
    for (kind, value) in object.attrs(told) {
        let number = kind & NUMBER;
        let settable = find(table, number).is_some_and(|row| row.access != Access::Read);
        let replaced = compare::value(wanted.attrs(), number).is_some() || says_path && path.contains(&number);
        if settable && !replaced {
            put(&mut r.body, kind, value);
        }
    }
    r.trail = wanted.request.trail.clone();
    r
}

/// The line's request, with other flags.
fn with_flags(wanted: &Wanted, flags: u16) -> Request {
    Request { flags, ..wanted.request.clone() }
}

/// A request that deletes an object as the kernel reports it.
pub fn delete(object: ObjectType, told: &[u8]) -> Request {
    let mut r = Request::raw(object.spec().del, 0, told);
    r.body.truncate(crate::net::attr::align(told.len()));
    r
}
