//! Settings that a device's master keeps for it: `link set DEV type bridge_slave ...`, one file a kind.

pub mod bond;
pub mod bridge;
pub mod simple;

use super::kind::Kind;

/// The kinds of port, by the name of their words (`bridge_slave`); one a line.
#[rustfmt::skip]
pub static PORTS: &[&Kind] = &[
    &bond::PORT,
    &bridge::PORT,
    &simple::TEAM,
    &simple::VRF,
];
