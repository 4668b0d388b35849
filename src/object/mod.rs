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

use crate::command::view::View;
use crate::state::ObjectType;

/// The views of all object types, in the order in which a message lists the objects that can be waited for.
pub static VIEWS: &[&View] = &[
    &link::event::VIEW,
    &address::event::VIEW,
    &route::event::VIEW,
    &rule::event::VIEW,
    &neigh::event::VIEW,
    &nexthop::event::VIEW,
    &nexthop::event::BUCKETS,
    &mroute::VIEW,
    &mrule::VIEW,
    &netconf::VIEW,
    &addrlabel::VIEW,
    &netns::id::VIEW,
    &stats::VIEW,
];

/// The view of an object type; `None` if it has none.
pub fn view(object: ObjectType) -> Option<&'static View> {
    VIEWS.iter().find(|v| v.is_of(object)).copied()
}

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
