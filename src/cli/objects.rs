//! The list of objects: the only place that knows all of them.

use crate::command::Object;
use crate::object::{
    address, addrlabel, link, mroute, mrule, neigh, netconf, netns, nexthop, ntable, route, rule, stats, tcp_metrics,
    tuntap,
};
use crate::{monitor, topology, undo, wait, want};

/// All objects, in the order of the help text.
pub static OBJECTS: &[&Object] = &[
    &address::OBJECT,
    &route::OBJECT,
    &rule::OBJECT,
    &neigh::OBJECT,
    &ntable::OBJECT,
    &nexthop::OBJECT,
    &link::OBJECT,
    &netns::OBJECT,
    &monitor::OBJECT,
    &crate::object::tunnel::OBJECT,
    &crate::object::macsec::OBJECT,
    &crate::object::maddress::OBJECT,
    &crate::object::token::OBJECT,
    &crate::object::vrf::OBJECT,
    &mroute::OBJECT,
    &mrule::OBJECT,
    &stats::OBJECT,
    &netconf::OBJECT,
    &addrlabel::OBJECT,
    &tcp_metrics::OBJECT,
    &crate::object::mptcp::OBJECT,
    &crate::object::ioam::OBJECT,
    &crate::object::sr::OBJECT,
    &crate::object::xfrm::OBJECT,
    &crate::object::fou::OBJECT,
    &crate::object::l2tp::OBJECT,
    &crate::object::ila::OBJECT,
    &tuntap::OBJECT,
    &topology::OBJECT,
    &wait::OBJECT,
    &want::SNAPSHOT,
    &want::DIFF,
    &super::ensure::ENSURE,
    &super::ensure::APPLY,
    &super::trial::OBJECT,
    &undo::recover::OBJECT,
];
