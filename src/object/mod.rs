//! The objects of the command line, one file or folder each.

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

/// How the entries of every object type are shown and selected; the order is that in which a message lists the objects that
/// can be waited for.
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

/// How entries of an object type are shown; `None` for one that has no words.
pub fn view(object: ObjectType) -> Option<&'static View> {
    VIEWS.iter().find(|v| v.is_of(object)).copied()
}

/// The schema's way to what link kinds, ports and lightweight tunnels declare in their own files.
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
