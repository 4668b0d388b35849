//! The tree of statistics, and the attribute of RTM_NEWSTATS for each leaf.

use super::view::{self, Read};
use crate::schema::*;
use crate::sort::Arrange as _;

/// A node without children: one kind of statistics.
pub struct Leaf {
    /// Group, subgroup and suite.
    pub path: &'static [&'static str],
    /// The attribute that holds it; its bit in the filter requests it.
    pub attr: u16,
    /// A mask of the nested attributes that it needs; 0 if the kernel cannot filter inside it.
    pub filter: u32,
    /// Describes it.
    pub describe: Read,
}

/// Every leaf, in the order of iproute2's output.
pub static LEAVES: [Leaf; 13] = [
    leaf(&["afstats", "mpls"], IFLA_STATS_AF_SPEC, 0, view::mpls),
    leaf(&["link"], IFLA_STATS_LINK_64, 0, view::link),
    leaf(&["offload", "l3_stats"], IFLA_STATS_LINK_OFFLOAD_XSTATS, INFO | L3, view::l3),
    leaf(&["offload", "hw_stats_info"], IFLA_STATS_LINK_OFFLOAD_XSTATS, INFO, view::info),
    leaf(&["offload", "cpu_hit"], IFLA_STATS_LINK_OFFLOAD_XSTATS, CPU_HIT, view::cpu_hit),
    leaf(&["xstats_slave", "bond", "802.3ad"], IFLA_STATS_LINK_XSTATS_SLAVE, 0, view::lacp),
    leaf(&["xstats", "bond", "802.3ad"], IFLA_STATS_LINK_XSTATS, 0, view::lacp),
    leaf(&["xstats_slave", "bridge", "vlan"], IFLA_STATS_LINK_XSTATS_SLAVE, 0, view::vlans),
    leaf(&["xstats_slave", "bridge", "mcast"], IFLA_STATS_LINK_XSTATS_SLAVE, 0, view::multicast),
    leaf(&["xstats_slave", "bridge", "stp"], IFLA_STATS_LINK_XSTATS_SLAVE, 0, view::spanning_tree),
    leaf(&["xstats", "bridge", "vlan"], IFLA_STATS_LINK_XSTATS, 0, view::vlans),
    leaf(&["xstats", "bridge", "mcast"], IFLA_STATS_LINK_XSTATS, 0, view::multicast),
    leaf(&["xstats", "bridge", "stp"], IFLA_STATS_LINK_XSTATS, 0, view::spanning_tree),
];

const CPU_HIT: u32 = bit(IFLA_OFFLOAD_XSTATS_CPU_HIT);
const INFO: u32 = bit(IFLA_OFFLOAD_XSTATS_HW_S_INFO);
const L3: u32 = bit(IFLA_OFFLOAD_XSTATS_L3_STATS);

const fn leaf(path: &'static [&'static str], attr: u16, filter: u32, describe: Read) -> Leaf {
    Leaf { path, attr, filter, describe }
}

/// The bit of an attribute in a filter mask: IFLA_STATS_FILTER_BIT of linux/if_link.h.
pub const fn bit(attr: u16) -> u32 {
    1 << (attr - 1)
}

/// The words of a level: groups, subgroups, suites.
pub const LEVELS: [&str; 3] = ["group", "subgroup", "suite"];

/// The names below a path, each once.
pub fn children(path: &[&str]) -> Vec<&'static str> {
    names(LEAVES.iter().filter(|leaf| leaf.path.starts_with(path)), path.len())
}

/// All names of a level.
pub fn at_level(level: usize) -> Vec<&'static str> {
    names(LEAVES.iter(), level)
}

fn names<'a>(leaves: impl Iterator<Item = &'a Leaf>, level: usize) -> Vec<&'static str> {
    let mut names: Vec<&str> = leaves.filter_map(|leaf| leaf.path.get(level).copied()).collect();
    names.arrange();
    names.dedup();
    names
}
