//! Ports without their own words.

use crate::attrs;
use crate::object::link::kind::{Kind, vrf};

attrs! {
    /// The attributes of its data (linux/if_link.h).
    pub const ATTRS;
    IFLA_VRF_PORT_TABLE = 1: U32, Read;
}

/// Ports of a team.
pub static TEAM: Kind = Kind::named("team_slave").about("a port of a team");
/// Ports of a vrf.
pub static VRF: Kind =
    Kind { attrs: ATTRS, describe: Some(vrf::describe), ..Kind::named("vrf_slave").about("a device of a VRF") };

#[cfg(test)]
mod tests {
    use crate::object::link::kind::testing::describes;

    #[test]
    fn table_of_the_master() {
        describes("vrf_slave", &[("1=0a000000", "table 10 ", r#"{"table":10}"#), ("", "", "{}")]);
    }
}
