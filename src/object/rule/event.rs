//! Rules in events and conditions.

use super::show;
use super::view::{self, Rule};
use super::words::Builder;
use crate::command::view::{Select, Selection, View, offer, one_line};
use crate::diag::Diag;
use crate::grammar::Words;
use crate::schema::FRA_PRIORITY;
use crate::session::Session;
use crate::state::ObjectType;

/// The view of rules.
pub static VIEW: View = View {
    offer: Some(|s, body| {
        let r = Rule::parse(body)?;
        let word = r.a.u32(FRA_PRIORITY).unwrap_or(0).to_string();
        Some(offer(&one_line(|p| view::describe(s, p, &r, false)), "", word))
    }),
    selects: Some(Selection { about: "rules, by the words of rule show", parse: |_, w| select(w) }),
    snapshot: Some(super::snapshot::SNAPSHOT),
    ..View::of(&[ObjectType::Rule], |s, p, body, shown| {
        if let Some(r) = Rule::parse(body) {
            view::describe(s, p, &r, shown.deleted);
        }
    })
};

/// The rules that the words of `rule show` select.
struct Selected {
    f: Builder,
    family: u8,
}

/// Parses the words of `rule show` as a condition.
///
/// # Errors
///
/// A wrong word.
pub fn select(w: &mut Words<'_>) -> Result<Box<dyn Select>, Diag> {
    let f = show::parse(w)?;
    Ok(Box::new(Selected { f, family: w.family }))
}

impl Select for Selected {
    fn matches(&self, _s: &Session, body: &[u8]) -> bool {
        // Multicast rules have other families.
        Rule::parse(body).is_some_and(|r| r.family == self.family && show::matches(&self.f, &r))
    }
}
