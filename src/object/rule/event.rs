//! Rules in events and conditions.

use super::OBJECT;
use super::show;
use super::view::{self, Rule};
use super::words::Builder;
use crate::command::view::{Select, View};
use crate::session::Session;
use crate::state::ObjectType;

/// How rules are shown.
pub static VIEW: View = View {
    selects: Some((&OBJECT, |_, w| Ok(Box::new(show::parse(w)?)))),
    ..View::of(&[ObjectType::Rule], |s, p, body, shown| {
        if let Some(r) = Rule::parse(body) {
            view::describe(s, p, &r, shown.deleted);
        }
    })
};

impl Select for Builder {
    fn matches(&self, _s: &Session, body: &[u8]) -> bool {
        Rule::parse(body).is_some_and(|r| show::matches(self, &r))
    }
}
