//! Routes in events and conditions.

use super::select::Selector;
use super::view::{self, Route, ShowOptions};
use crate::command::view::{Select, Selection, Shown, View, one_line};
use crate::grammar::Offer;
use crate::output::Printer;
use crate::schema::{RTA_MULTIPATH, RTA_OIF};
use crate::session::Session;
use crate::state::ObjectType;

/// The view of routes.
pub static VIEW: View = View {
    offer: Some(offer),
    is_on: Some(is_on),
    selects: Some(Selection {
        about: "routes, by the words of route show",
        parse: |s, w| Ok(Box::new(Selector::parse(s, w)?)),
    }),
    snapshot: Some(super::snapshot::SNAPSHOT),
    ..View::of(&[ObjectType::Route], describe)
};

fn describe(s: &Session, p: &mut Printer<'_>, body: &[u8], shown: Shown) {
    let Some(r) = Route::parse(body) else { return };
    view::describe(s, p, &r, &ShowOptions { deleted: shown.deleted, dev: shown.of_device, ..Default::default() });
}

/// A completion candidate: the destination, described by the rest of the route, with its type unless it is unicast.
fn offer(s: &Session, body: &[u8]) -> Option<Offer> {
    let line = one_line(|p| describe(s, p, body, Shown::default()));
    let words: Vec<&str> = line.split(' ').collect();
    let is_type = words.get(1).is_some_and(|w| w.contains(['.', ':']) || *w == "default");
    let (word, rest) =
        if is_type { (words.get(1)?, words.first()?.to_string()) } else { (words.first()?, words.get(1..)?.join(" ")) };
    Some(Offer::new(*word, rest))
}

fn is_on(body: &[u8], index: u32) -> bool {
    let Some(r) = Route::parse(body) else { return false };
    match r.a.u32(RTA_OIF) {
        Some(oif) => oif == index,
        None if r.a.has(RTA_MULTIPATH) => r.hops().any(|h| h.dev == index),
        // A blackhole has no device: it concerns all.
        None => true,
    }
}

impl Select for Selector {
    fn matches(&self, _s: &Session, body: &[u8]) -> bool {
        Route::parse(body).is_some_and(|r| Selector::matches(self, &r))
    }
}
