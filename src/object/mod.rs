//! The objects of the command line, one file or directory each.

pub mod address;
pub mod addrlabel;
pub mod fou;
pub mod ila;
pub mod ioam;
pub mod l2tp;
pub mod link;
pub mod macsec;
pub mod maddress;
pub mod mptcp;
pub mod mroute;
pub mod mrule;
pub mod neigh;
pub mod netconf;
pub mod netns;
pub mod nexthop;
pub mod ntable;
pub mod route;
pub mod rule;
pub mod sr;
pub mod stats;
pub mod tcp_metrics;
pub mod token;
pub mod tunnel;
pub mod tuntap;
pub mod vrf;
pub mod xfrm;

use crate::command::Object;
use crate::command::view::View;
use crate::state::ObjectType;

/// The objects, in the order of the help text.
pub const OBJECTS: &[&Object] = &[
    &address::OBJECT,
    &route::OBJECT,
    &rule::OBJECT,
    &neigh::OBJECT,
    &ntable::OBJECT,
    &nexthop::OBJECT,
    &link::OBJECT,
    &netns::OBJECT,
    &tunnel::OBJECT,
    &macsec::OBJECT,
    &maddress::OBJECT,
    &token::OBJECT,
    &vrf::OBJECT,
    &mroute::OBJECT,
    &mrule::OBJECT,
    &stats::OBJECT,
    &netconf::OBJECT,
    &addrlabel::OBJECT,
    &tcp_metrics::OBJECT,
    &mptcp::OBJECT,
    &ioam::OBJECT,
    &sr::OBJECT,
    &xfrm::OBJECT,
    &fou::OBJECT,
    &l2tp::OBJECT,
    &ila::OBJECT,
    &tuntap::OBJECT,
];

/// The view of each object type: the first that an object has for it.
static VIEWS: [Option<&View>; ObjectType::ALL.len()] = {
    let mut table = [None; ObjectType::ALL.len()];
    let mut rest: &mut [Option<&View>] = &mut table;
    let mut types = ObjectType::ALL;
    while let ([object, more @ ..], [slot, left @ ..]) = (types, rest) {
        *slot = first_view(*object);
        (types, rest) = (more, left);
    }
    table
};

/// The view of an object type, for tables built at compile time; `view` looks it up.
pub const fn first_view(object: ObjectType) -> Option<&'static View> {
    let mut objects = OBJECTS;
    while let [first, others @ ..] = objects {
        let mut views = first.views;
        while let [view, more @ ..] = views {
            if view.is_of(object) {
                return Some(view);
            }
            views = more;
        }
        objects = others;
    }
    None
}

/// The view of an object type; `None` if it has none.
pub fn view(object: ObjectType) -> Option<&'static View> {
    VIEWS.get(usize::from(object as u8)).copied().flatten()
}

/// The number of objects in `SELECTABLE`.
const SELECTABLE_COUNT: usize = {
    let (mut count, mut objects) = (0, OBJECTS);
    while let [first, others @ ..] = objects {
        count += first.selection().is_some() as usize;
        objects = others;
    }
    count
};

/// The objects whose entries can be selected by the words of their `show`. Links come first: the others are
/// on them.
pub static SELECTABLE: [&Object; SELECTABLE_COUNT] = {
    let mut all = [&link::OBJECT; SELECTABLE_COUNT];
    let (_, mut rest) = all.split_at_mut(1);
    let mut objects = OBJECTS;
    while let [first, others @ ..] = objects {
        objects = others;
        if let Some((view, _)) = first.selection()
            && !view.is_of(ObjectType::Link)
            && let [slot, left @ ..] = rest
        {
            *slot = first;
            rest = left;
        }
    }
    all
};

/// Gives the schema the attributes that link kinds, ports and lightweight tunnels declare in their own files.
pub struct Declared;

impl crate::schema::Kinds for Declared {
    fn kind(&self, name: &[u8]) -> Option<&'static [crate::schema::Attr]> {
        link::kind::find(name).map(|k| k.attrs)
    }

    fn quirks(&self, kind: &[u8]) -> crate::schema::Quirks {
        link::kind::find(kind).map_or(crate::schema::Quirks::NONE, |k| k.quirks)
    }

    fn port(&self, master: &[u8]) -> Option<&'static [crate::schema::Attr]> {
        let name = [master, b"_slave"].concat();
        link::port::PORTS.iter().find(|k| k.name.as_bytes() == name).map(|k| k.attrs)
    }

    fn encap(&self, kind: u16) -> Option<&'static [crate::schema::Attr]> {
        crate::encap::TYPES.iter().find(|t| t.number == kind).map(|t| t.attrs)
    }
}
