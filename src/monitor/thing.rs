//! The thing an event is about, and its description: the same that `show` prints.

use super::small;
use crate::object::address::view::{self as address, Address};
use crate::object::addrlabel;
use crate::object::link::brief;
use crate::object::link::view::{self as link, Link, ShowOptions};
use crate::object::mroute::view as mroute;
use crate::object::neigh::view::{self as neigh, Neigh};
use crate::object::netconf;
use crate::object::netns::id::{self, Entry};
use crate::object::nexthop::bucket;
use crate::object::nexthop::view::{self as nexthop, Nexthop};
use crate::object::route::view::{self as route, Route};
use crate::object::rule::view::{self as rule, Rule};
use crate::object::stats::view as stats;
use crate::output::Printer;
use crate::schema::{RTA_IIF, RTA_MULTIPATH, RTA_OIF, RTGENMSG};
use crate::session::Session;
use crate::state::{Event, ObjectType, What};

/// A message, parsed for printing.
pub enum Thing<'a> {
    Link(Link<'a>),
    Address(Address<'a>),
    Route(Route<'a>),
    Mroute(Route<'a>),
    Neigh(Neigh<'a>),
    Rule(Rule<'a>),
    Nexthop(Nexthop<'a>),
    Bucket(Nexthop<'a>),
    Nsid(Entry),
    Prefix(&'a [u8]),
    Netconf(&'a [u8]),
    AddrLabel(&'a [u8]),
    Stats(&'a [u8]),
}

impl<'a> Thing<'a> {
    /// None when the message is too short to be about anything.
    pub fn read(subject: ObjectType, body: &'a [u8]) -> Option<Thing<'a>> {
        let long = |len: usize| (body.len() >= len).then_some(body);
        Some(match subject {
            ObjectType::Link => Thing::Link(Link::parse(body)?),
            ObjectType::Address | ObjectType::Maddress | ObjectType::Acaddress => Thing::Address(Address::parse(body)?),
            ObjectType::Route => Thing::Route(Route::parse(body)?),
            ObjectType::Mroute => Thing::Mroute(Route::parse(body)?),
            ObjectType::Neigh => Thing::Neigh(Neigh::parse(body)?),
            ObjectType::Rule => Thing::Rule(Rule::parse(body)?),
            ObjectType::Nexthop => Thing::Nexthop(Nexthop::parse(body)?),
            ObjectType::NexthopBucket => Thing::Bucket(Nexthop::parse(body)?),
            ObjectType::Nsid => Thing::Nsid(Some(Entry::parse(long(4)?)).filter(|e| e.nsid.is_some())?),
            ObjectType::Prefix => Thing::Prefix(long(12)?),
            ObjectType::Netconf => Thing::Netconf(long(4)?),
            ObjectType::AddrLabel => Thing::AddrLabel(long(12)?),
            ObjectType::Stats => Thing::Stats(long(12)?),
            ObjectType::NeighTable => return None,
        })
    }

    /// Whether it is on a device; things of no device are on every one.
    pub fn on(&self, index: u32) -> bool {
        match self {
            Thing::Link(l) => l.index == index,
            Thing::Address(a) => a.index == index,
            Thing::Route(r) => match r.a.u32(RTA_OIF) {
                Some(oif) => oif == index,
                None if r.a.has(RTA_MULTIPATH) => r.hops().any(|h| h.dev == index),
                // A blackhole is on no device: it concerns all.
                None => true,
            },
            Thing::Mroute(r) => r.a.u32(RTA_IIF) == Some(index),
            Thing::Neigh(n) => n.index == index,
            Thing::Netconf(body) => {
                let a: crate::net::Index<'_, 4> = crate::net::Index::new(body.get(RTGENMSG..).unwrap_or_default());
                a.u32(crate::schema::NETCONFA_IFINDEX) == Some(index)
            }
            _ => true,
        }
    }

    /// What is learned from an event before it is shown: names of devices.
    pub fn learn(&self, s: &Session, e: &Event<'_>) {
        match self {
            Thing::Link(l) if e.what == What::Is => s.remember_link(l.index, l.name(), Some(l.flags)),
            Thing::Link(l) => s.remember(l.index, l.name()),
            Thing::Nexthop(_) => s.forget_nexthops(),
            Thing::Nsid(_) if e.what == What::Is => s.forget_namespaces(),
            _ => {}
        }
    }

    /// What is forgotten after it was shown.
    pub fn forget(&self, s: &Session, e: &Event<'_>) {
        match self {
            Thing::Link(l) if e.what == What::Deleted => s.forget(l.index),
            // The name it had is in the message about its end.
            Thing::Nsid(entry) if e.what == What::Deleted => {
                s.forget_namespaces();
                s.forget_view(entry.nsid);
            }
            _ => {}
        }
    }

    /// Describes it and ends its line. `dev`: only the events of one device are watched.
    pub fn describe(&self, s: &Session, p: &mut Printer<'_>, dev: bool, deleted: bool) {
        let o = &s.options;
        match self {
            Thing::Link(l) => {
                let opts =
                    ShowOptions { details: o.details, stats: o.stats, deleted, event: true, ..ShowOptions::default() };
                if o.brief {
                    gone(p, deleted);
                    brief::describe(s, p, l);
                } else {
                    link::describe(s, p, l, opts);
                }
                p.end_line();
            }
            Thing::Address(a) => {
                gone(p, deleted);
                address::describe(s, p, a, true);
            }
            Thing::Route(r) => route::describe(s, p, r, &route::ShowOptions { deleted, dev, ..Default::default() }),
            Thing::Mroute(r) => {
                gone(p, deleted);
                mroute::describe(s, p, r, true);
            }
            Thing::Neigh(n) => neigh::describe(s, p, n, !dev, deleted),
            Thing::Rule(r) => rule::describe(s, p, r, deleted),
            Thing::Nexthop(n) => nexthop::describe(s, p, n, deleted),
            Thing::Bucket(n) => bucket::describe(p, n, deleted),
            Thing::Nsid(e) => id::describe(s, p, *e, deleted),
            Thing::Prefix(body) => small::prefix(s, p, body),
            Thing::Netconf(body) => {
                gone(p, deleted);
                netconf::describe(s, p, body);
            }
            Thing::AddrLabel(body) => {
                gone(p, deleted);
                addrlabel::describe(s, p, body);
            }
            Thing::Stats(body) => stats::event(s, p, body),
        }
    }
}

fn gone(p: &mut Printer<'_>, deleted: bool) {
    if deleted {
        p.flag("deleted", "Deleted ");
    }
}
