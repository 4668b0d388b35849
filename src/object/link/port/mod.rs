//! Settings of a port, which its master keeps: `link set DEV type bridge_slave ...`, one file per kind.

pub mod bond;
pub mod bridge;
pub mod simple;

use super::kind::Kind;

/// The kinds of port, by the kind name in their words (`bridge_slave`); one per line.
#[rustfmt::skip]
pub static PORTS: &[&Kind] = &[
    &bond::PORT,
    &bridge::PORT,
    &simple::TEAM,
    &simple::VRF,
];
