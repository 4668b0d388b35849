//! The vocabulary: one file or folder for each object of the command line.

pub mod address;
pub mod link;
pub mod neigh;
pub mod netns;
pub mod nexthop;
pub mod route;
pub mod rule;
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
    &crate::monitor::OBJECT,
    &tuntap::OBJECT,
    &crate::undo::recover::OBJECT,
];
