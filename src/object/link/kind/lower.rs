//! The lower device of a link. That it does not exist is an error of the kind's words, with its usage.

use crate::diag::{Diag, USAGE};
use crate::grammar::value::{Absent, Dev};
use crate::grammar::{Offer, Value, Words};
use std::borrow::Cow;

/// The lower device of a kind, by name.
pub struct Lower;

impl Value for Lower {
    type Out = u32;
    fn meta(&self) -> Cow<'static, str> {
        "DEV".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<u32, Diag> {
        Dev(Absent::CannotFind).take(w).map_err(|d| d.with_code(USAGE))
    }
    fn offer(&self, w: &Words<'_>) -> Vec<Offer> {
        w.names.links()
    }
}
