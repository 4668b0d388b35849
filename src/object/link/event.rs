//! Links in events and conditions.

use super::brief;
use super::select::{SELECTOR, Selector};
use super::show;
use super::view::{self, Link, ShowOptions};
use crate::command::view::{InSnapshot, Select, Selection, Shown, View, deleted};
use crate::diag::Diag;
use crate::grammar::Words;
use crate::net::attr::{Attrs, u32_at, until_nul};
use crate::output::Printer;
use crate::schema::{IFLA_ALT_IFNAME, IFLA_IFNAME, IFLA_PROP_LIST};
use crate::session::Session;
use crate::state::link::ifindex;
use crate::state::{Event, ObjectType, What};

/// The view of links.
pub static VIEW: View = View {
    is_on: Some(|body, index| ifindex(body) == index),
    learn: Some(learn),
    forget: Some(forget),
    selects: Some(Selection { about: "devices, by the words of link show", parse }),
    snapshot: Some(InSnapshot { about: "links and their settings", line: None }),
    ..View::of(&[ObjectType::Link], describe)
};

fn describe(s: &Session, p: &mut Printer<'_>, body: &[u8], shown: Shown) {
    let Some(l) = Link::parse(body) else { return };
    let o = &s.options;
    if o.brief {
        deleted(p, shown);
        brief::describe(s, p, &l);
    } else {
        let (details, stats) = (o.details, o.stats);
        let opts = ShowOptions { details, stats, deleted: shown.deleted, event: true, ..ShowOptions::default() };
        view::describe(s, p, &l, opts);
    }
    p.end_line();
}

/// Caches the device name that an event reports.
fn learn(s: &Session, e: &Event<'_>) {
    // The name is the first attribute: indexing all of them would cost more.
    let name = ObjectType::Link.attrs(e.body).find(|(kind, _)| *kind == IFLA_IFNAME);
    let name = name.map_or(&b"?"[..], |(_, name)| until_nul(name));
    match e.what {
        What::Is => s.remember_link(ifindex(e.body), name, u32_at(e.body, 8)),
        _ => s.remember(ifindex(e.body), name),
    }
}

fn forget(s: &Session, e: &Event<'_>) {
    if e.what == What::Deleted {
        s.forget(ifindex(e.body));
    }
}

fn parse(_s: &Session, w: &mut Words<'_>) -> Result<Box<dyn Select>, Diag> {
    let mut f = Selector::default();
    SELECTOR.parse(&mut f, w)?;
    Ok(Box::new(f))
}

impl Select for Selector {
    fn matches(&self, _s: &Session, body: &[u8]) -> bool {
        // A bridge also reports its ports in AF_BRIDGE messages, which have fewer attributes.
        Link::parse(body).is_some_and(|l| {
            l.family == 0 && show::matches(self, &l) && self.dev.as_ref().is_none_or(|(name, _)| named(&l, name))
        })
    }

    fn device(&self) -> Option<&[u8]> {
        self.dev.as_ref().map(|(name, _)| name.as_slice())
    }
}

/// Whether a device has this name, or this altname.
pub fn named(l: &Link<'_>, name: &[u8]) -> bool {
    let others = l.a.get(IFLA_PROP_LIST).unwrap_or_default();
    l.name() == name || Attrs(others).any(|(kind, body)| kind == IFLA_ALT_IFNAME && until_nul(body) == name)
}
