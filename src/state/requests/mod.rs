//! The requests for changes, in dependency order.

mod link;
mod table;

use super::key::{NO_PEER, is_reported};
use super::normal::{attrs_of, lifetimes, nexthop, sendable_route, settable};
use super::{Change, ObjectType};
use crate::net::Request;
use crate::net::attr::{align, u32_at};
use crate::schema::family::INET;
use crate::schema::*;
use crate::sort::Arrange as _;
use netlink_packet_core::{NLM_F_APPEND, NLM_F_CREATE, NLM_F_EXCL, NLM_F_REPLACE};

pub use link::{delete_as_group, down};

/// The requests for changes.
///
/// What depends on others is deleted before them and created after them. A created link has the rest of its settings
/// only after another round of reading, comparing and sending: the kernel accepts some only for an existing link.
pub fn requests(changes: &[Change<'_>], kinds: &dyn Kinds) -> Vec<Request> {
    let of = |object: ObjectType| -> Vec<&Change<'_>> { changes.iter().filter(|c| c.object() == object).collect() };
    let mut out = Vec::new();
    let mut rest = Vec::new();
    for object in ObjectType::ALL.iter().copied() {
        let (deletes, others) = match object {
            ObjectType::Link => link::requests(&of(object), kinds),
            _ => entries(object, &of(object)),
        };
        out.push(deletes);
        rest.extend(others);
    }
    out.into_iter().rev().flatten().chain(rest).collect()
}

/// The requests that delete, and those that create and change.
fn entries(object: ObjectType, changes: &[&Change<'_>]) -> (Vec<Request>, Vec<Request>) {
    let (mut deletes, mut others) = (Vec::new(), Vec::new());
    for change in changes {
        match change {
            Change::Removed { old, .. } => deletes.extend(old.as_deref().map(|body| delete(object, body))),
            Change::Added { new, .. } => others.push((rank(object, new), create(object, new, false))),
            // The kernel cannot change a route or rule in place, nor take the protocol from a neighbour.
            Change::Changed { old, new, .. } | Change::PathsRemoved { old, left: new, .. }
                if matches!(object, ObjectType::Route | ObjectType::Rule) || loses_protocol(object, old, new) =>
            {
                deletes.push(delete(object, old));
                others.push((rank(object, new), create(object, new, false)));
            }
            Change::Changed { old, new, .. } if object == ObjectType::NeighTable => {
                others.push((0, table::change(old, new)));
            }
            Change::Changed { new, .. } | Change::PathsRemoved { left: new, .. } => {
                others.push((rank(object, new), create(object, new, true)));
            }
        }
    }
    others.arrange_by_key(|(rank, _)| *rank);
    (deletes, others.into_iter().map(|(_, r)| r).collect())
}

fn loses_protocol(object: ObjectType, old: &[u8], new: &[u8]) -> bool {
    let protocol = |body: &[u8]| object.index(body).u8(NDA_PROTOCOL).unwrap_or(0);
    object == ObjectType::Neigh && protocol(old) != 0 && protocol(new) == 0
}

/// The dependency rank of an entry within its type: 0 is needed first.
fn rank(object: ObjectType, body: &[u8]) -> u8 {
    let a = object.index(body);
    match object {
        // A route may need a local address, a connected network, or a gateway.
        ObjectType::Route => {
            let routed = a.has(RTA_GATEWAY) || a.has(RTA_VIA) || a.has(RTA_MULTIPATH);
            match (body.get(6), routed) {
                (Some(&RT_SCOPE_HOST), false) => 0,
                (_, false) => 1,
                (_, true) => 2,
            }
        }
        // A group needs its members.
        ObjectType::Nexthop => u8::from(a.has(NHA_GROUP)),
        _ => 0,
    }
}

/// A request with a message's own body.
fn resend(kind: u16, flags: u16, body: &[u8]) -> Request {
    let mut r = Request::raw(kind, flags, body);
    r.body.truncate(align(body.len()));
    r
}

fn delete(object: ObjectType, body: &[u8]) -> Request {
    match object {
        ObjectType::Route => resend(RTM_DELROUTE, 0, &sendable_route(body)),
        ObjectType::Nexthop => {
            let mut r = Request::of_family(RTM_DELNEXTHOP, 0, 0);
            r.put(NHA_ID, object.index(body).get(NHA_ID).unwrap_or_default());
            r
        }
        ObjectType::Rule => with_preference(resend(RTM_DELRULE, 0, body)),
        _ => resend(object.spec().del, 0, body),
    }
}

/// The kernel does not report the preference 0, and chooses one for a new rule without any.
fn with_preference(r: Request) -> Request {
    if ObjectType::Rule.index(&r.body).has(FRA_PRIORITY) { r } else { r.with(FRA_PRIORITY, &[0; 4]) }
}

/// A request that creates an entry, or changes the existing one.
fn create(object: ObjectType, body: &[u8], replace: bool) -> Request {
    match object {
        ObjectType::Address => address(body, if replace { NLM_F_REPLACE } else { NLM_F_CREATE | NLM_F_EXCL }),
        ObjectType::Route => resend(RTM_NEWROUTE, NLM_F_CREATE | NLM_F_APPEND, &sendable_route(body)),
        ObjectType::Nexthop => resend(RTM_NEWNEXTHOP, NLM_F_CREATE | NLM_F_REPLACE, &nexthop(body)),
        ObjectType::Rule => {
            const INVERT: u8 = FIB_RULE_INVERT.to_ne_bytes()[0];
            let mut r = resend(RTM_NEWRULE, NLM_F_CREATE, body);
            // The kernel sets the other flags, which say whether the rule's interfaces exist.
            if let Some(flags) = r.body.get_mut(8) {
                *flags &= INVERT;
            }
            with_preference(r)
        }
        _ => {
            let spec = object.spec();
            let header = body.get(..spec.header).unwrap_or_default();
            let mut r = Request::raw(spec.new, NLM_F_CREATE | NLM_F_REPLACE, header);
            settable(&mut r.body, attrs_of(object), object.attrs(body));
            r
        }
    }
}

/// IFA_F_* that the kernel sets: SECONDARY or TEMPORARY, DADFAILED, TENTATIVE, PERMANENT.
const REPORTED: u8 = 0xc9;

fn address(body: &[u8], flags: u16) -> Request {
    let mut r = Request::raw(RTM_NEWADDR, flags, body.get(..IFADDRMSG).unwrap_or_default());
    for (attr, v) in ObjectType::Address.attrs(body) {
        match attr {
            IFA_CACHEINFO => {
                let (preferred, valid) = lifetimes(body);
                let mut info = [preferred.to_ne_bytes(), valid.to_ne_bytes()].concat();
                info.resize(16, 0);
                r.put(attr, &info);
            }
            IFA_FLAGS => r.put(attr, &(u32_at(v, 0).unwrap_or(0) & !u32::from(REPORTED)).to_ne_bytes()),
            _ => r.put(attr, v),
        }
    }
    if let Some(bits) = r.body.get_mut(2) {
        *bits &= !REPORTED;
    }
    let a = ObjectType::Address.index(body);
    if body.first() == Some(&INET) && !a.has(IFA_ADDRESS) && a.get(IFA_CACHEINFO).is_some_and(is_reported) {
        r.put(IFA_ADDRESS, &NO_PEER);
    }
    r
}
