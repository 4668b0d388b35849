//! `link property add|del altname NAME ... dev DEV`: alternative names of a device.

use crate::diag::{Diag, Span};
use crate::grammar::number::Term;
use crate::grammar::walk::Below;
use crate::grammar::{Fallback, Grammar, Row, Target, Value, Words, spells};
use crate::net::attr::put;
use crate::net::{Request, Trail};
use crate::schema::*;
use crate::session::Session;
use crate::{row, rows};
use netlink_packet_core::{NLM_F_APPEND, NLM_F_CREATE, NLM_F_EXCL};
use std::borrow::Cow;

/// The words of `link property`.
#[derive(Default)]
pub struct Property {
    names: Vec<Vec<u8>>,
    dev: Option<(Vec<u8>, usize)>,
    trail: Trail,
}

impl Target for Property {
    fn set_span(&mut self, span: Span) {
        self.trail.close(span);
    }
}

/// A name of 1 to 127 bytes: ALTIFNAMSIZ of linux/if.h.
struct AltName;

impl Value for AltName {
    type Out = Vec<u8>;
    fn meta(&self) -> Cow<'static, str> {
        "NAME".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Vec<u8>, Diag> {
        let arg = w.next()?;
        if (1..128).contains(&arg.bytes.len()) {
            return Ok(arg.bytes.to_vec());
        }
        let hint = format!("an alternative name has 1 to 127 bytes, this one has {}", arg.bytes.len());
        Err(arg.wrong("not a valid altname").hint(hint))
    }
}

static NAMES: &[Row<Property>] = rows!(Property;
    "altname~" => AltName, "alternative name, up to 127 bytes", |d, v| {
        d.names.push(v);
        d.trail.note(&[IFLA_PROP_LIST]);
        d.trail.note(&[IFLA_PROP_LIST, IFLA_ALT_IFNAME]);
    };
);
static DEV: Row<Property> =
    row!(Property; @once "dev" => Term("DEVICE", super::words::NewName("dev")), "the device", |d, v| d.dev = Some(v));

/// `property add|del`, in the order of matching.
const VERBS: &[(&str, &str)] = &[("add~", "add an alternative name"), ("del~", "delete an alternative name")];

/// The verbs below `link property`.
pub static BELOW: Below = Below { title: "PROPERTY", verbs: VERBS, then: &PROPERTY };

/// The words after these verbs.
pub static PROPERTY: Grammar<Property> = Grammar { title: "PROPERTY", rows: &[NAMES], fallback: Fallback::Take(&DEV) };

/// Runs `link property add|del`.
///
/// # Errors
///
/// A wrong or missing word, a device that does not exist, or a refusal of the kernel: EEXIST if the name is in use.
pub fn run(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let Some(verb) = w.peek() else { return Err(w.usage_error()) };
    let (kind, flags) = if spells("add~", verb.bytes) {
        (RTM_NEWLINKPROP, NLM_F_EXCL | NLM_F_CREATE | NLM_F_APPEND)
    } else if spells("del~", verb.bytes) {
        (RTM_DELLINKPROP, 0)
    } else if spells("help~", verb.bytes) {
        return Err(w.usage());
    } else {
        return Err(Diag::usage("Operator required").at(verb.span()));
    };
    w.skip();
    let mut d = Property::default();
    PROPERTY.parse(&mut d, w)?;
    let Some((dev, at)) = d.dev else {
        return Err(Diag::usage("Not enough of information: \"dev\" argument is required.").at(Span::word(w.at())));
    };
    let index = super::change::device(s, &dev, at)?;
    let mut request = Request::of_device(kind, flags, w.family, index);
    let mut names = Vec::new();
    for name in &d.names {
        let mut z = if kind == RTM_DELLINKPROP { s.existing_link_name(name) } else { name.into() }.into_owned();
        z.push(0);
        put(&mut names, IFLA_ALT_IFNAME, &z);
    }
    request.put(IFLA_PROP_LIST | 0x8000, &names);
    request.trail = d.trail;
    s.change(&request)?;
    s.forget_all();
    Ok(0)
}
