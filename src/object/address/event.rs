//! Addresses in events and conditions.

use super::show;
use super::view::{self, Address};
use crate::command::view::{Select, Selection, Shown, View, deleted};
use crate::diag::Diag;
use crate::grammar::{Names as _, Offer, Words};
use crate::object::link::select::Selector;
use crate::object::link::show as links;
use crate::object::link::view::Link;
use crate::output::Printer;
use crate::schema::{IFA_F_DADFAILED, IFA_F_TENTATIVE, NLMSG_HDRLEN};
use crate::session::Session;
use crate::state::ObjectType;
use crate::state::link::ifindex;

/// The view of addresses, including multicast and anycast addresses.
pub static VIEW: View = View {
    request: Some(request),
    offer: Some(|s, body| {
        let a = Address::parse(body)?;
        Some(Offer::new(format!("{}/{}", a.local()?, a.len), String::from_utf8_lossy(&s.link_name(a.index))))
    }),
    is_on: Some(|body, index| ifindex(body) == index),
    selects: Some(Selection { about: "usable addresses, by the words of address show", parse }),
    snapshot: Some(super::snapshot::SNAPSHOT),
    ..View::of(&[ObjectType::Address, ObjectType::Maddress, ObjectType::Acaddress], describe)
};

fn describe(s: &Session, p: &mut Printer<'_>, body: &[u8], shown: Shown) {
    let Some(a) = Address::parse(body) else { return };
    deleted(p, shown);
    view::describe(s, p, &a, true);
}

fn request(s: &Session, p: &mut Printer<'_>, body: &[u8]) {
    let Some(a) = Address::parse(body) else { return };
    view::ends(s, p, &a);
    let name = s.link_name(a.index);
    p.item("dev", " dev {}", &name);
}

/// The addresses that the words of `address show` select.
struct Selected {
    f: Selector,
    family: u8,
}

fn parse(_s: &Session, w: &mut Words<'_>) -> Result<Box<dyn Select>, Diag> {
    let f = Selector::parse(w)?;
    Ok(Box::new(Selected { f, family: w.family }))
}

impl Select for Selected {
    fn matches(&self, s: &Session, body: &[u8]) -> bool {
        let Some(a) = Address::parse(body) else { return false };
        let dev = match &self.f.dev {
            Some((name, _)) => s.link(name).ok().flatten() == Some(a.index),
            None => true,
        };
        dev && show::matches(s, &self.f, self.family, &a) && self.is_on(s, a.index)
    }

    fn device(&self) -> Option<&[u8]> {
        self.f.dev.as_ref().map(|(name, _)| name.as_slice())
    }

    /// Whether words select by a property of the device other than its name.
    fn selects_devices(&self) -> bool {
        let f = &self.f;
        f.up || f.down || f.group.is_some() || f.master.is_some() || f.kind.is_some()
    }

    /// Whether `to` selects a single address.
    fn is_one(&self) -> bool {
        let Some(prefix) = &self.f.to else { return false };
        prefix.addr.as_ref().is_some_and(|a| a.bits() == prefix.len)
    }

    fn take_detection(&mut self) -> Option<(u32, u32)> {
        const DETECTION: u32 = IFA_F_TENTATIVE | IFA_F_DADFAILED;
        let f = &mut self.f;
        let taken = (f.mask & DETECTION, f.flags & DETECTION);
        f.mask &= !DETECTION;
        f.flags &= !DETECTION;
        Some(taken)
    }
}

impl Selected {
    /// Whether the device with this index matches the words about devices.
    fn is_on(&self, s: &Session, index: u32) -> bool {
        if !self.selects_devices() {
            return true;
        }
        let answer = s.ask_link(index);
        let link = answer.as_ref().and_then(|a| Link::parse(a.get(NLMSG_HDRLEN..)?));
        link.is_some_and(|l| links::matches(&self.f, &l))
    }
}
