//! `mroute`: the multicast routing cache, which a daemon fills.

pub mod show;
pub mod view;

use crate::command::view::{Select, Selection, View, deleted};
use crate::command::{Effect, Object, Purpose, Verb};
use crate::diag::Diag;
use crate::grammar::Words;
use crate::object::route::view::Route;
use crate::schema::RTA_IIF;
use crate::schema::family::{INET6, IP6MR, IPMR};
use crate::session::Session;
use crate::state::ObjectType;

/// The view of multicast routes.
pub static VIEW: View = View {
    selects: Some(Selection { about: "multicast routes, by the words of mroute show", parse: select }),
    is_on: Some(|body, index| ObjectType::Mroute.index(body).u32(RTA_IIF) == Some(index)),
    ..View::of(&[ObjectType::Mroute], |s, p, body, shown| {
        if let Some(r) = Route::parse(body) {
            deleted(p, shown);
            view::describe(s, p, &r, true);
        }
    })
};

/// The multicast routes that the words of `mroute show` select.
struct Selected {
    f: show::Selector,
    family: u8,
}

fn select(s: &Session, w: &mut Words<'_>) -> Result<Box<dyn Select>, Diag> {
    let f = show::Selector::parse(s, w)?;
    Ok(Box::new(Selected { f, family: if w.family == INET6 { IP6MR } else { IPMR } }))
}

impl Select for Selected {
    fn matches(&self, _s: &Session, body: &[u8]) -> bool {
        let table = self.f.table(self.family);
        Route::parse(body)
            .is_some_and(|r| r.family == self.family && (table == 0 || r.table() == table) && self.f.matches(&r))
    }
}

/// The object.
pub static OBJECT: Object = Object {
    names: &["mroute~"],
    about: "multicast routes",
    purpose: Purpose::Routing,
    views: &[&VIEW],
    terms: &[("", "[ [ to ] PREFIX ]"), ("TABLE_ID", "[ local | main | default | all | NUMBER ]")],
    verbs: &[Verb {
        names: &["list~", "show~", "lst~"],
        about: "list multicast routes",
        run: show::show,
        effect: Effect::Read,
        tables: &[&show::SELECTOR],
        examples: &[
            ("rip mroute", "the IPv4 routes of the default table"),
            ("rip -6 -s mroute show ff0e::/16", "IPv6 routes to these groups, with counters"),
            ("rip mroute show table all iif eth0", "all tables, packets from one device"),
        ],
    }],
    default: Some(show::show),
    ..Object::BASE
};
