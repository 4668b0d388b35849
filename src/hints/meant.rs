//! The meaning of the kernel's refusals: the words to mark, if the kernel names no attribute.
//!
//! An entry is the message (or the errno) of some requests, and the attributes whose words are marked. Without an entry
//! there are no carets: a wrong pointer is worse than none. Each entry has a line in tests/live/refused-*.t or
//! tests/guest/refused.t.

use super::{Case, address, link, route};
use crate::diag::Span;
use crate::object::link::kind::hsr::{IFLA_HSR_SLAVE1, IFLA_HSR_SLAVE2};
use crate::object::link::kind::veth::VETH_INFO_PEER;
use crate::object::link::kind::vlan::{IFLA_VLAN_ID, IFLA_VLAN_PROTOCOL};
use crate::object::link::kind::vxlan::{IFLA_VXLAN_ID, IFLA_VXLAN_PORT_RANGE};
use crate::schema::*;
use nix::errno::Errno;

/// A refusal and its meaning.
struct Meant {
    requests: &'static [u16],
    /// Part of the kernel's message; empty for an errno without a message.
    says: &'static str,
    errno: Option<Errno>,
    /// Attributes that may be the cause as well: if the line has them, nothing is marked.
    unless: &'static [&'static [u16]],
    of: Of,
}

/// What to mark.
enum Of {
    /// The words of these attributes, as far as the request has them.
    Words(&'static [&'static [u16]]),
    /// A missing keyword.
    Missing(&'static str),
    /// The only change that the request makes, if it is a single one.
    Only,
    /// All words of the request.
    All,
    /// What has to be looked up in the kernel.
    Asked(fn(&Case<'_>) -> Option<Span>),
}

const fn by_message(requests: &'static [u16], says: &'static str, of: Of) -> Meant {
    Meant { requests, says, errno: None, unless: &[], of }
}

const fn by_errno(requests: &'static [u16], errno: Errno, of: Of) -> Meant {
    Meant { requests, says: "", errno: Some(errno), unless: &[], of }
}

impl Meant {
    const fn unless(mut self, paths: &'static [&'static [u16]]) -> Meant {
        self.unless = paths;
        self
    }
}

use Of::{All, Asked, Missing, Only, Words};

/// The requests that create or change a device.
const LINKS: &[u16] = &[RTM_NEWLINK, RTM_SETLINK];
const PROPS: &[u16] = &[RTM_NEWLINKPROP, RTM_DELLINKPROP];
const ADDRS: &[u16] = &[RTM_NEWADDR, RTM_DELADDR];
const ROUTES: &[u16] = &[RTM_NEWROUTE, RTM_DELROUTE, RTM_GETROUTE];
const HOPS: &[u16] = &[RTM_NEWNEXTHOP];
const RULES: &[u16] = &[RTM_NEWRULE, RTM_DELRULE];
const NEIGHS: &[u16] = &[RTM_NEWNEIGH, RTM_DELNEIGH, RTM_GETNEIGH];
const IDS: &[u16] = &[RTM_NEWNSID];

// Gateway and device have different numbers in routes (5, 4) and nexthops (6, 5).
const ROUTE_VIA: Of = Words(&[&[RTA_GATEWAY], &[RTA_VIA]]);
const HOP_VIA: Of = Words(&[&[NHA_GATEWAY]]);
const KIND: Of = Words(&[&[IFLA_LINKINFO, IFLA_INFO_KIND]]);

/// The first entry that matches and finds its words wins.
#[rustfmt::skip]
const MEANT: &[Meant] = &[
    by_message(LINKS, "mtu greater than device maximum", Words(&[&[IFLA_MTU]])).unless(&[&[IFLA_LINKINFO, IFLA_INFO_DATA, VETH_INFO_PEER, IFLA_MTU]]),
    by_message(LINKS, "mtu less than device minimum", Words(&[&[IFLA_MTU]])).unless(&[&[IFLA_LINKINFO, IFLA_INFO_DATA, VETH_INFO_PEER, IFLA_MTU]]),
    by_message(LINKS, "Unknown device type", KIND),
    by_message(LINKS, "via rtnetlink is not supported", KIND),
    by_message(LINKS, "link not specified", Missing("link")),
    by_message(LINKS, "VLAN properties not specified", Missing("id")),
    by_message(LINKS, "VLAN id not specified", Missing("id")),
    by_message(LINKS, "VLAN device already exists", Words(&[&[IFLA_LINKINFO, IFLA_INFO_DATA, IFLA_VLAN_ID]])),
    by_message(LINKS, "Invalid VLAN protocol", Words(&[&[IFLA_LINKINFO, IFLA_INFO_DATA, IFLA_VLAN_PROTOCOL]])),
    by_message(LINKS, "VRF table id is missing", Missing("table")),
    by_message(LINKS, "Required attributes not provided to perform the operation", Missing("id")),
    by_message(LINKS, "Slave1 and Slave2 are same", Words(&[&[IFLA_LINKINFO, IFLA_INFO_DATA, IFLA_HSR_SLAVE1], &[IFLA_LINKINFO, IFLA_INFO_DATA, IFLA_HSR_SLAVE2]])),
    by_message(LINKS, "Device is in use and cannot be enslaved", Words(&[&[IFLA_MASTER]])),
    by_message(LINKS, "Device can not be enslaved while up", Words(&[&[IFLA_MASTER]])),
    by_message(LINKS, "Device is up. Set it down before adding it as a team port", Words(&[&[IFLA_MASTER]])),
    by_errno(LINKS, Errno::ENETDOWN, Asked(|c| c.words_of(&[HEAD_DEV]))),
    by_message(LINKS, "Invalid VLAN id", Words(&[&[IFLA_LINKINFO, IFLA_INFO_DATA, IFLA_VLAN_ID]])),
    by_message(LINKS, "VXLAN device with the specified VNI already exists", Words(&[&[IFLA_LINKINFO, IFLA_INFO_DATA, IFLA_VXLAN_ID]])),
    by_message(LINKS, "Invalid source port range", Words(&[&[IFLA_LINKINFO, IFLA_INFO_DATA, IFLA_VXLAN_PORT_RANGE]])),
    by_message(LINKS, "enslave a bridge to a bridge", Words(&[&[IFLA_MASTER]])),
    by_message(LINKS, "Protodown not supported by device", Words(&[&[IFLA_PROTO_DOWN]])),
    by_message(LINKS, "Invalid number of transmit queues", Words(&[&[IFLA_NUM_TX_QUEUES]])),
    by_message(LINKS, "Invalid number of receive queues", Words(&[&[IFLA_NUM_RX_QUEUES]])),
    by_message(LINKS, "An interface with the same name exists in the target netns", Words(&[&[IFLA_NET_NS_FD], &[IFLA_IFNAME]])),
    by_message(LINKS, "The interface netns is immutable", Words(&[&[IFLA_NET_NS_FD]])),
    by_errno(&[RTM_NEWLINK, RTM_NEWLINKPROP], Errno::EEXIST, Asked(|c| link::taken(c).and_then(|(at, _)| at))),
    by_errno(PROPS, Errno::ENOENT, Only),
    by_errno(LINKS, Errno::EOPNOTSUPP, Only),
    by_errno(&[RTM_NEWLINK], Errno::EINVAL, Asked(|c| link::unfit(c).map(|(at, _)| at))).unless(&[&[IFLA_LINK]]),
    by_errno(LINKS, Errno::EINVAL, Only),
    by_errno(LINKS, Errno::EADDRNOTAVAIL, Only),
    by_errno(&[RTM_DELLINK], Errno::EOPNOTSUPP, Words(&[&[HEAD_DEV]])),
    by_message(ADDRS, "ddress already assigned", Words(&[&[IFA_LOCAL]])),
    by_message(ADDRS, "ddress not found", Words(&[&[IFA_LOCAL]])),
    by_message(ADDRS, "Cannot assign multicast address without", Words(&[&[IFA_LOCAL]])),
    by_message(ADDRS, "Cannot assign loopback address on this device", Words(&[&[IFA_LOCAL]])),
    by_message(ADDRS, "ipv6: Invalid address", Words(&[&[IFA_LOCAL]])),
    by_message(ADDRS, "IPv6 is disabled on this device", Words(&[&[HEAD_DEV]])),
    by_errno(&[RTM_NEWADDR], Errno::EACCES, Asked(|c| address::disabled(c).and_then(|_| c.words_of(&[HEAD_DEV])))),
    by_errno(&[RTM_NEWROUTE], Errno::EACCES, Asked(|c| address::disabled(c).and_then(|_| c.words_of(&[RTA_OIF])))),
    by_errno(ADDRS, Errno::EOPNOTSUPP, Missing("local")).unless(&[&[IFA_LOCAL]]),
    by_errno(&[RTM_NEWADDR], Errno::EEXIST, Words(&[&[IFA_LOCAL]])),
    by_errno(&[RTM_DELADDR], Errno::EADDRNOTAVAIL, Words(&[&[IFA_LOCAL]])),
    by_message(&[RTM_NEWROUTE], "Nexthop has invalid gateway", Asked(route::stray_hop)).unless(&[&[RTA_GATEWAY], &[RTA_VIA]]),
    by_message(&[RTM_NEWROUTE], "Nexthop has invalid gateway", ROUTE_VIA).unless(&[&[HEAD_SCOPE], &[HEAD_KIND]]),
    by_message(ROUTES, "Gateway can not be a local address", ROUTE_VIA),
    by_message(ROUTES, "Invalid gateway address", ROUTE_VIA),
    by_message(ROUTES, "Invalid prefsrc address", Words(&[&[RTA_PREFSRC]])),
    by_message(ROUTES, "Invalid source address", Words(&[&[RTA_PREFSRC]])),
    by_message(ROUTES, "Device for nexthop is not up", Asked(route::down_hop)).unless(&[&[RTA_OIF]]),
    by_message(ROUTES, "Device for nexthop is not up", Words(&[&[RTA_OIF]])),
    by_message(ROUTES, "Nexthop device is not up", Words(&[&[RTA_OIF]])),
    by_message(ROUTES, "IPv6 is disabled on nexthop device", Words(&[&[RTA_OIF]])),
    by_message(ROUTES, "Nexthop id does not exist", Words(&[&[RTA_NH_ID]])),
    by_message(ROUTES, "Route cannot point to a fdb nexthop", Words(&[&[RTA_NH_ID]])),
    by_message(ROUTES, "IPv6 routes can not use an IPv4 nexthop", Words(&[&[RTA_NH_ID]])),
    by_message(ROUTES, "nexthop id are mutually exclusive", Words(&[&[RTA_NH_ID], &[RTA_GATEWAY], &[RTA_VIA], &[RTA_OIF], &[RTA_MULTIPATH]])),
    by_message(ROUTES, "Invalid prefix for given prefix length", Words(&[&[RTA_DST]])),
    by_message(ROUTES, "FIB table does not exist", Words(&[&[RTA_TABLE]])),
    by_message(ROUTES, "Route with host scope can not have a gateway", Words(&[&[HEAD_SCOPE], &[HEAD_KIND], &[RTA_GATEWAY], &[RTA_NH_ID]])),
    by_message(ROUTES, "can not be specified for this route type", Words(&[&[HEAD_KIND], &[RTA_GATEWAY], &[RTA_VIA], &[RTA_OIF], &[RTA_MULTIPATH]])),
    by_message(ROUTES, "Invalid dsfield (tos)", Words(&[&[HEAD_TOS]])),
    by_message(ROUTES, "Unknown tcp congestion algorithm", Words(&[&[RTA_METRICS, RTAX_CC_ALGO]])),
    by_message(ROUTES, "lwt encapsulation type not supported", Words(&[&[RTA_ENCAP_TYPE]])),
    by_message(ROUTES, "Nexthop device required for onlink", Missing("dev")),
    by_message(ROUTES, "Egress device not specified", Missing("dev")),
    by_errno(&[RTM_NEWROUTE], Errno::ENODEV, Missing("dev")).unless(&[&[RTA_OIF], &[RTA_GATEWAY], &[RTA_VIA], &[RTA_MULTIPATH], &[RTA_NH_ID]]),
    by_errno(&[RTM_NEWROUTE], Errno::EEXIST, Words(&[&[RTA_DST]])),
    by_errno(&[RTM_NEWROUTE], Errno::ENOENT, Words(&[&[RTA_DST]])).unless(&[&[RTA_ENCAP_TYPE], &[RTA_METRICS]]),
    by_errno(&[RTM_DELROUTE], Errno::ESRCH, Words(&[&[RTA_DST]])),
    by_errno(&[RTM_DELROUTE], Errno::ENOENT, Words(&[&[RTA_DST]])),
    by_errno(&[RTM_NEWROUTE], Errno::EHOSTUNREACH, ROUTE_VIA),
    by_errno(&[RTM_NEWROUTE], Errno::ENETUNREACH, ROUTE_VIA),
    by_errno(&[RTM_GETROUTE], Errno::ENETUNREACH, Words(&[&[RTA_DST]])).unless(&[&[RTA_OIF], &[RTA_SRC]]),
    by_message(RULES, "Backward goto not supported", Words(&[&[FRA_GOTO], &[FRA_PRIORITY]])),
    by_message(RULES, "Invalid dsfield (tos)", Words(&[&[HEAD_TOS]])),
    by_errno(&[RTM_DELRULE], Errno::ENOENT, All),
    by_message(NEIGHS, "Invalid link address", Words(&[&[NDA_LLADDR]])),
    by_message(NEIGHS, "No link layer address given", Missing("lladdr")),
    by_message(NEIGHS, "eighbour entry not found", Words(&[&[NDA_DST]])),
    by_message(NEIGHS, "Invalid NTF_* flag for permanent entry", Words(&[&[HEAD_STATE], &[NDA_FLAGS_EXT]])),
    by_errno(NEIGHS, Errno::EEXIST, Words(&[&[NDA_DST]])),
    by_errno(NEIGHS, Errno::ENOENT, Words(&[&[NDA_DST]])),
    by_message(HOPS, "Nexthop has invalid gateway", HOP_VIA),
    by_message(HOPS, "Gateway can not be a local address", HOP_VIA),
    by_message(HOPS, "Invalid gateway address", HOP_VIA),
    by_message(HOPS, "Nexthop device is not up", Words(&[&[NHA_OIF]])),
    by_message(HOPS, "IPv6 is disabled on nexthop device", Words(&[&[NHA_OIF]])),
    by_message(HOPS, "Device attribute required", Missing("dev")),
    by_message(HOPS, "Invalid address family", Missing("via")).unless(&[&[NHA_GATEWAY], &[NHA_OIF], &[NHA_GROUP], &[NHA_BLACKHOLE]]),
    by_message(HOPS, "Invalid nexthop id", Words(&[&[NHA_GROUP]])),
    by_message(HOPS, "Nexthop id can not be used twice in a group", Words(&[&[NHA_GROUP]])),
    by_message(HOPS, "Invalid family for group", Words(&[&[NHA_GROUP], &[NHA_OIF], &[NHA_GATEWAY]])),
    by_message(HOPS, "can not be a nexthop within a group", Words(&[&[NHA_GROUP]])),
    by_message(HOPS, "Non FDB nexthop group cannot have fdb nexthops", Words(&[&[NHA_GROUP]])),
    by_message(HOPS, "FDB nexthop group can only have fdb nexthops", Words(&[&[NHA_GROUP], &[NHA_FDB]])),
    by_message(HOPS, "Can not replace a nexthop with a nexthop group", Words(&[&[NHA_ID], &[NHA_GROUP]])),
    by_message(HOPS, "Blackhole attribute can not be used with", Words(&[&[NHA_BLACKHOLE], &[NHA_GATEWAY], &[NHA_OIF]])),
    by_message(HOPS, "Fdb attribute can not be used with", Words(&[&[NHA_FDB], &[NHA_OIF], &[NHA_BLACKHOLE]])),
    by_message(HOPS, "Number of buckets needs to be non-0", Words(&[&[NHA_GROUP_TYPE]])),
    by_message(HOPS, "Number of buckets not specified", Missing("buckets")),
    by_message(HOPS, "ONLINK flag can not be set for nexthop without a gateway", Missing("via")),
    by_errno(&[RTM_NEWNEXTHOP], Errno::EEXIST, Words(&[&[NHA_ID]])),
    by_message(&[RTM_GETNEXTHOPBUCKET], "Not a nexthop group", Words(&[&[NHA_ID]])),
    by_errno(&[RTM_DELNEXTHOP, RTM_NEWNEXTHOP, RTM_GETNEXTHOP, RTM_GETNEXTHOPBUCKET], Errno::ENOENT, Words(&[&[NHA_ID]])),
    by_errno(HOPS, Errno::EHOSTUNREACH, HOP_VIA),
    by_message(IDS, "Peer netns already has a nsid assigned", Only),
    by_message(IDS, "The specified nsid is already used", Only),
];

/// The matching entries, best first.
fn fitting<'c>(case: &'c Case<'_>) -> impl Iterator<Item = &'static Meant> + 'c {
    MEANT.iter().filter(|m| {
        m.requests.contains(&case.r.kind)
            && case.says(m.says, m.errno)
            && !m
                .unless
                .iter()
                .any(|p| case.words_of(p).is_some() || p.first().is_some_and(|a| p.len() == 1 && case.attrs().has(*a)))
    })
}

/// The keyword that the kernel reports as missing, by attribute or by message.
pub fn missing(case: &Case<'_>) -> Option<&'static str> {
    if let Some(path) = &case.r.missing {
        return super::word::of_attribute(case.r.kind, path);
    }
    if let Some(word) = super::word::required(case) {
        return Some(word);
    }
    fitting(case).find_map(|m| match m.of {
        Missing(word) => Some(word),
        _ => None,
    })
}

/// The words that a refusal is about.
pub fn spans(case: &Case<'_>) -> Vec<Span> {
    let past_the_end = || vec![Span::word(case.words.len())];
    if case.r.missing.is_some() {
        return missing(case).map(|_| past_the_end()).unwrap_or_default();
    }
    let of = |m: &Meant| match m.of {
        Words(paths) => paths.iter().filter_map(|p| case.words_of(p)).collect(),
        Missing(_) => past_the_end(),
        Asked(ask) => ask(case).into_iter().collect(),
        Only => only(case).into_iter().collect(),
        All => case.r.trail.iter().map(|(_, span)| *span).collect(),
    };
    fitting(case).map(of).find(|spans: &Vec<Span>| !spans.is_empty()).unwrap_or_default()
}

/// The words of the only change requested; the device itself does not count.
fn only(case: &Case<'_>) -> Option<Span> {
    // `up` and the like are bits of the header.
    if LINKS.contains(&case.r.kind) && case.head_u32(12) != 0 {
        return None;
    }
    let spans = || case.r.trail.iter().filter(|(p, _)| p.as_slice() != [HEAD_DEV]).map(|(_, s)| *s);
    let widest = spans().max_by_key(|s| s.to.saturating_sub(s.from))?;
    spans().all(|s| s.from >= widest.from && s.to <= widest.to).then_some(widest)
}
