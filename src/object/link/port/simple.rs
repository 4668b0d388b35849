//! Ports without words of their own.

use crate::object::link::kind::{Kind, vrf};

pub static TEAM: Kind = Kind::named("team_slave").about("a port of a team");
pub static VRF: Kind = Kind { describe: Some(vrf::describe), ..Kind::named("vrf_slave").about("a device of a VRF") };

#[cfg(test)]
mod tests {
    use crate::object::link::kind::testing::describes;

    #[test]
    fn table_of_the_master() {
        describes("vrf_slave", &[("1=0a000000", "table 10 ", r#"{"table":10}"#), ("", "", "{}")]);
    }
}
