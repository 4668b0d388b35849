//! `until`: a thing whose coming (or going) ends the watch, in the words of the object's `show`.

use crate::command::Object;
use crate::diag::{Diag, Span};
use crate::grammar::{Names as _, Offer, Value, Walk, Words, spells};
use crate::net::attr::Attrs;
use crate::net::attr::until_nul;
use crate::object::address::{show as addresses, view::Address};
use crate::object::link::select::{SELECTOR as LINKS, Selector as LinkSelector};
use crate::object::link::show as links;
use crate::object::link::view::Link;
use crate::object::mroute::show::Selector as MrouteSelector;
use crate::object::neigh::show::Selector as NeighSelector;
use crate::object::neigh::view::Neigh;
use crate::object::netconf::Selector as NetconfSelector;
use crate::object::nexthop::show::{SELECTOR as NEXTHOPS, Selector as NexthopSelector};
use crate::object::nexthop::view::Nexthop;
use crate::object::route::select::Selector as RouteSelector;
use crate::object::route::view::Route;
use crate::object::rule::view::Rule;
use crate::object::rule::{show as rules, words};
use crate::object::{address, link, mroute, mrule, neigh, netconf, nexthop, route, rule};
use crate::schema::family::{INET6, IP6MR, IPMR};
use crate::schema::*;
use crate::session::Session;
use crate::state::{Event, ObjectType};
use std::borrow::Cow;

/// What is waited for.
pub struct Until {
    /// It shall be there no more.
    pub gone: bool,
    wanted: Wanted,
    family: u8,
}

enum Wanted {
    Link(LinkSelector),
    Address(LinkSelector),
    Route(Box<RouteSelector>),
    Rule(Box<words::Builder>),
    Neigh(Box<NeighSelector>),
    Nexthop(NexthopSelector),
    Mroute(Box<MrouteSelector>),
    Netconf(NetconfSelector),
}

/// The objects that can be waited for.
pub static OBJECTS: [&Object; 9] = [
    &link::OBJECT,
    &address::OBJECT,
    &route::OBJECT,
    &rule::OBJECT,
    &neigh::OBJECT,
    &nexthop::OBJECT,
    &mroute::OBJECT,
    &mrule::OBJECT,
    &netconf::OBJECT,
];

/// Their names, as a message lists them.
fn names() -> String {
    let names = OBJECTS.map(Object::name);
    let (last, others) = names.split_last().map_or(("", String::new()), |(l, o)| (*l, o.join(", ")));
    format!("{others} and {last}")
}

/// `[ gone ] OBJECT SELECTOR`, read after the line's other words.
pub struct Awaited;

impl Value for Awaited {
    type Out = ();
    fn meta(&self) -> Cow<'static, str> {
        "[ gone ] OBJECT SELECTOR".into()
    }
    fn take(&self, _w: &mut Words<'_>) -> Result<(), Diag> {
        Ok(())
    }
    fn walk(&self, w: &mut Walk<'_, '_>) {
        let gone = w.words.take_if(&["gone"]).is_some();
        let Some(arg) = w.words.peek() else {
            let known = OBJECTS.iter().map(|o| Offer::new(o.name(), o.about));
            let first = (!gone).then(|| Offer::new("gone", "wait until no object matches"));
            return w.want(known.chain(first).collect(), "");
        };
        w.words.skip();
        let show = OBJECTS
            .iter()
            .find(|o| o.names.iter().any(|n| spells(n, arg.bytes)))
            .and_then(|o| o.verb(b"show"))
            .and_then(|v| v.tables.first());
        match show {
            Some(table) => table.walk(w),
            None => w.wrong.push(arg.wrong("no such object")),
        }
        w.done = true;
    }
}

impl Until {
    /// `[ gone ] OBJECT SELECTOR`, to the end of the line.
    pub fn parse(s: &Session, w: &mut Words<'_>) -> Result<Until, Diag> {
        let gone = w.take_if(&["gone"]).is_some();
        Until::of(s, w, "until", gone)
    }

    /// `OBJECT SELECTOR`, to the end of the words. `by`: the word that a message names.
    pub fn of(s: &Session, w: &mut Words<'_>, by: &str, gone: bool) -> Result<Until, Diag> {
        let object = w.next()?;
        let is = |name: &str| spells(name, object.bytes);
        let wanted = if is("link~") {
            let mut f = LinkSelector::default();
            LINKS.parse(&mut f, w)?;
            Wanted::Link(f)
        } else if is("address~") {
            Wanted::Address(LinkSelector::parse(w)?)
        } else if is("route~") {
            Wanted::Route(Box::new(RouteSelector::parse(s, w)?))
        } else if is("rule~") {
            Wanted::Rule(Box::new(rules::parse(w)?))
        } else if is("neigh~") || is("neighbour") || is("neighbor") {
            Wanted::Neigh(Box::new(NeighSelector::parse(s, w)?))
        } else if is("nexthop~") {
            let mut f = NexthopSelector::default();
            NEXTHOPS.parse(&mut f, w)?;
            Wanted::Nexthop(f)
        } else if is("mroute~") {
            Wanted::Mroute(Box::new(MrouteSelector::parse(s, w)?))
        } else if is("mrule~") {
            Wanted::Rule(Box::new(rules::parse(mrule::multicast(w)?)?))
        } else if is("netconf~") {
            Wanted::Netconf(NetconfSelector::parse(w)?)
        } else {
            let what = format!("\"{by}\" knows {}, not \"{}\"", names(), object.shown());
            return Err(Diag::usage(what).at(Span::word(object.at)));
        };
        Ok(Until { gone, wanted, family: w.family })
    }

    /// Takes the words about duplicate address detection out of the selector of an address: the flags that are compared,
    /// and those that must be set; `None` for other objects.
    pub fn take_detection(&mut self) -> Option<(u32, u32)> {
        const DETECTION: u32 = IFA_F_TENTATIVE | IFA_F_DADFAILED;
        let Wanted::Address(f) = &mut self.wanted else { return None };
        let taken = (f.mask & DETECTION, f.flags & DETECTION);
        f.mask &= !DETECTION;
        f.flags &= !DETECTION;
        Some(taken)
    }

    /// Whether the words ask for one address, with `to`.
    pub fn is_one_address(&self) -> bool {
        let Wanted::Address(f) = &self.wanted else { return false };
        let Some(prefix) = &f.to else { return false };
        prefix.addr.as_ref().is_some_and(|a| a.bits() == prefix.len)
    }

    /// Whether a change of any device may change which addresses match.
    pub fn selects_devices(&self) -> bool {
        matches!(&self.wanted, Wanted::Address(f) if selects_devices(f))
    }

    /// The device that the words name.
    pub fn device(&self) -> Option<&[u8]> {
        match &self.wanted {
            Wanted::Link(f) | Wanted::Address(f) => f.dev.as_ref().map(|(name, _)| name.as_slice()),
            _ => None,
        }
    }

    /// The type of object that is waited for.
    pub fn subject(&self) -> ObjectType {
        match self.wanted {
            Wanted::Link(_) => ObjectType::Link,
            Wanted::Address(_) => ObjectType::Address,
            Wanted::Route(_) => ObjectType::Route,
            Wanted::Rule(_) => ObjectType::Rule,
            Wanted::Neigh(_) => ObjectType::Neigh,
            Wanted::Nexthop(_) => ObjectType::Nexthop,
            Wanted::Mroute(_) => ObjectType::Mroute,
            Wanted::Netconf(_) => ObjectType::Netconf,
        }
    }

    /// Whether the words fit what an event is about.
    pub fn matches(&self, s: &Session, e: &Event<'_>) -> bool {
        e.object == self.subject() && self.fits_body(s, e.body).unwrap_or(false)
    }

    fn fits_body(&self, s: &Session, body: &[u8]) -> Option<bool> {
        Some(match &self.wanted {
            // Bridges tell of their ports in messages of their own, which say less.
            Wanted::Link(f) => {
                let l = Link::parse(body)?;
                l.family == 0 && links::matches(f, &l) && f.dev.as_ref().is_none_or(|(name, _)| named(&l, name))
            }
            Wanted::Address(f) => {
                let a = Address::parse(body)?;
                let dev = match &f.dev {
                    Some((name, _)) => s.link(name).ok().flatten() == Some(a.index),
                    None => true,
                };
                dev && addresses::matches(s, f, self.family, &a) && on(s, f, a.index)
            }
            Wanted::Route(f) => f.matches(&Route::parse(body)?),
            // Those of multicast routing are rules of other families.
            Wanted::Rule(f) => Rule::parse(body).is_some_and(|r| r.family == self.family && rules::matches(f, &r)),
            Wanted::Neigh(f) => f.matches(&Neigh::parse(body)?, self.family),
            Wanted::Nexthop(f) => f.matches(s, &Nexthop::parse(body)?),
            Wanted::Mroute(f) => {
                let r = Route::parse(body)?;
                let family = if self.family == INET6 { IP6MR } else { IPMR };
                let table = f.table(family);
                r.family == family && (table == 0 || r.table() == table) && f.matches(&r)
            }
            Wanted::Netconf(f) => f.matches(self.family, body),
        })
    }
}

/// Whether a device has this name, or this other name.
pub fn named(l: &Link<'_>, name: &[u8]) -> bool {
    let others = l.a.get(IFLA_PROP_LIST).unwrap_or_default();
    l.name() == name || Attrs(others).any(|(kind, body)| kind == IFLA_ALT_IFNAME && until_nul(body) == name)
}

/// Whether words about addresses also select by device, its name aside.
fn selects_devices(f: &LinkSelector) -> bool {
    f.up || f.down || f.group.is_some() || f.master.is_some() || f.kind.is_some()
}

/// Whether the device of an address passes the words that speak of devices.
fn on(s: &Session, f: &LinkSelector, index: u32) -> bool {
    if !selects_devices(f) {
        return true;
    }
    let answer = s.ask_link(index);
    let link = answer.as_ref().and_then(|a| Link::parse(a.get(NLMSG_HDRLEN..)?));
    link.is_some_and(|l| links::matches(f, &l))
}
