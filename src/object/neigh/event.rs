//! Neighbours in events and conditions.

use super::show::Selector;
use super::view::{self, Neigh};
use crate::command::view::{Select, Selection, View, offer, one_line};
use crate::schema::NDA_DST;
use crate::session::Session;
use crate::state::ObjectType;
use crate::state::link::ifindex;

/// The view of neighbours.
pub static VIEW: View = View {
    offer: Some(|s, body| {
        let n = Neigh::parse(body)?;
        let word = n.a.ip(NDA_DST, n.family)?.to_string();
        Some(offer(&one_line(|p| view::describe(s, p, &n, true, false)), "", word))
    }),
    is_on: Some(|body, index| ifindex(body) == index),
    selects: Some(Selection {
        about: "neighbours, by the words of neigh show",
        parse: |s, w| Ok(Box::new(Selected { f: Selector::parse(s, w)?, family: w.family })),
    }),
    snapshot: Some(super::snapshot::SNAPSHOT),
    ..View::of(&[ObjectType::Neigh], |s, p, body, shown| {
        if let Some(n) = Neigh::parse(body) {
            view::describe(s, p, &n, !shown.of_device, shown.deleted);
        }
    })
};

/// The neighbours that the words of `neigh show` select.
struct Selected {
    f: Selector,
    family: u8,
}

impl Select for Selected {
    fn matches(&self, _s: &Session, body: &[u8]) -> bool {
        Neigh::parse(body).is_some_and(|n| self.f.matches(&n, self.family))
    }
}
