//! Nexthop objects in events and conditions.

use super::bucket;
use super::show::{SELECTOR, Selector};
use super::view::{self, Nexthop};
use crate::command::view::{Select, Selection, View, offer, one_line};
use crate::diag::Diag;
use crate::grammar::Words;
use crate::schema::NHA_ID;
use crate::session::Session;
use crate::state::ObjectType;

/// The view of nexthop objects.
pub static VIEW: View = View {
    offer: Some(|s, body| {
        let n = Nexthop::parse(body)?;
        let word = n.a.u32(NHA_ID)?.to_string();
        Some(offer(&one_line(|p| view::describe(s, p, &n, false)), "id", word))
    }),
    learn: Some(|s, _| s.forget_nexthops()),
    selects: Some(Selection { about: "nexthop objects, by the words of nexthop show", parse }),
    snapshot: Some(super::snapshot::SNAPSHOT),
    ..View::of(&[ObjectType::Nexthop], |s, p, body, shown| {
        if let Some(n) = Nexthop::parse(body) {
            view::describe(s, p, &n, shown.deleted);
        }
    })
};

/// The view of the buckets of resilient groups.
pub static BUCKETS: View = View::of(&[ObjectType::NexthopBucket], |_, p, body, shown| {
    if let Some(n) = Nexthop::parse(body) {
        bucket::describe(p, &n, shown.deleted);
    }
});

fn parse(_s: &Session, w: &mut Words<'_>) -> Result<Box<dyn Select>, Diag> {
    let mut f = Selector::default();
    SELECTOR.parse(&mut f, w)?;
    Ok(Box::new(f))
}

impl Select for Selector {
    fn matches(&self, s: &Session, body: &[u8]) -> bool {
        Nexthop::parse(body).is_some_and(|n| Selector::matches(self, s, &n))
    }
}
