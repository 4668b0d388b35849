//! `ntable show`: the tables, and the parameters of each device.

use super::view::{self, Entry};
use super::{NO_HELP, Table, unknown};
use crate::diag::{Diag, FAIL};
use crate::grammar::{Fallback, Grammar, Offer, Row, Target, Value, Words};
use crate::net::Request;
use crate::rows;
use crate::schema::*;
use crate::session::Session;
use crate::state::ObjectType;
use std::borrow::Cow;

/// The words that select entries.
#[derive(Default)]
pub struct Selector {
    /// The index of a device; 0: the tables' defaults.
    dev: Option<u32>,
    name: Option<Vec<u8>>,
}

impl Target for Selector {}

static ROWS: &[Row<Selector>] = rows!(Selector;
    "dev" => DevOrNone, "parameters of this device; none: default parameters", |f, v| f.dev = Some(v);
    "name" => Table, "of this table", |f, v| f.name = Some(v);
);

/// The words of `ntable show`.
pub static SELECTOR: Grammar<Selector> =
    Grammar { title: "NTABLE-SELECTOR", rows: &[ROWS], fallback: Fallback::Unknown(unknown) };

/// A device by its index, or `none`: 0.
struct DevOrNone;

impl Value for DevOrNone {
    type Out = u32;
    fn meta(&self) -> Cow<'static, str> {
        "{ DEV | none }".into()
    }
    fn term(&self) -> Cow<'static, str> {
        "DEV".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<u32, Diag> {
        let arg = w.next()?;
        if arg.is("none") {
            return Ok(0);
        }
        w.names.link(arg.bytes)?.ok_or_else(|| {
            let d = arg.wrong("\"DEV\" is invalid");
            d.lost(crate::diag::Lost::Device(arg.bytes.to_vec()))
        })
    }
    fn offer(&self, w: &Words<'_>) -> Vec<Offer> {
        let mut all = w.names.links();
        all.push(Offer::new("none", "the tables' own parameters"));
        all
    }
}

/// Runs `ntable show`.
///
/// # Errors
///
/// A wrong word, a device that does not exist, or the kernel refuses the dump.
pub fn show(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let mut f = Selector::default();
    w.help_word = NO_HELP;
    SELECTOR.parse(&mut f, w)?;
    let request = Request::raw(RTM_GETNEIGHTBL, 0, &[w.family]);
    let shown = s.show_dump(&request, ObjectType::NeighTable, &mut |_| {}, &mut |p, m| {
        let Some(e) = Entry::parse(m.body) else { return };
        let wanted = (w.family == 0 || w.family == e.family)
            && f.dev.is_none_or(|index| index == e.index().unwrap_or(0) && (index != 0) == e.index().is_some())
            && f.name.as_deref().is_none_or(|name| e.name() == Some(name));
        if wanted {
            p.object(None);
            view::describe(s, p, &e);
            p.close();
        }
    })?;
    shown.map(|()| 0).map_err(|e| e.explain(&request).with_code(FAIL))
}
