//! What a device's master knows of it: `link set DEV type bridge_slave ...`, one file a kind.

pub mod bridge;

use super::kind::Kind;

/// The kinds of port, by the name of their words (`bridge_slave`).
pub static PORTS: &[&Kind] = &[&bridge::PORT];
