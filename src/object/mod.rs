//! The vocabulary: one file or folder for each object of the command line.

pub mod address;
pub mod dumpfile;
pub mod hint;
pub mod link;
pub mod lists;
pub mod monitor;
pub mod neigh;
pub mod netns;
pub mod nexthop;
pub mod program;
pub mod recover;
pub mod route;
pub mod rule;
pub mod there;
pub mod tuntap;

use crate::cli::tree::Object;

/// Every object there is, in the order of the help text.
pub static OBJECTS: &[&Object] = &[
    &address::OBJECT,
    &route::OBJECT,
    &rule::OBJECT,
    &neigh::OBJECT,
    &nexthop::OBJECT,
    &link::OBJECT,
    &netns::OBJECT,
    &monitor::OBJECT,
    &tuntap::OBJECT,
    &recover::OBJECT,
];

/// The schema's way to what link kinds, ports and lightweight tunnels declare in their own files.
pub struct Declared;

impl crate::schema::Kinds for Declared {
    fn kind(&self, name: &[u8]) -> Option<&'static [crate::schema::Attr]> {
        link::kind::find(name).map(|k| k.attrs)
    }

    fn port(&self, master: &[u8]) -> Option<&'static [crate::schema::Attr]> {
        let name = [master, b"_slave"].concat();
        link::port::PORTS.iter().find(|k| k.name.as_bytes() == name).map(|k| k.attrs)
    }

    fn encap(&self, kind: u16) -> Option<&'static [crate::schema::Attr]> {
        route::encap::TYPES.iter().find(|t| t.number == kind).map(|t| t.attrs)
    }
}
