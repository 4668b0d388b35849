//! What each object's lists need to be right while the table changes: how the kernel tells of it, and what tells one thing
//! from another. Of these only links, nexthops and IPv4 routes are reliably marked by the kernel.

use super::{Subject, identity};
use crate::net::Index;
use crate::net::steady::{Kind, Notice};
use crate::schema::*;
use rtnetlink::MulticastGroup as Group;

const ANYWHERE: fn(&[u8]) -> u32 = |_| 0;

pub static LINKS: Kind = Kind {
    notice: Notice::Marked,
    groups: &[Group::Link as u32],
    new: RTM_NEWLINK,
    gone: RTM_DELLINK,
    identity: |b| identity(Subject::Link, b),
    unique: false,
    place: ANYWHERE,
};

pub static ADDRESSES: Kind = Kind {
    notice: Notice::Told,
    groups: &[Group::Ipv4Ifaddr as u32, Group::Ipv6Ifaddr as u32],
    new: RTM_NEWADDR,
    gone: RTM_DELADDR,
    identity: |b| identity(Subject::Address, b),
    unique: true,
    place: ANYWHERE,
};

/// Routes of IPv6, alone or with those of other families.
pub static ROUTES: Kind = Kind {
    notice: Notice::Told,
    groups: &[Group::Ipv6Route as u32],
    new: RTM_NEWROUTE,
    gone: RTM_DELROUTE,
    identity: |b| identity(Subject::Route, b),
    unique: false,
    place: ANYWHERE,
};

pub static NEXTHOPS: Kind = Kind {
    notice: Notice::Marked,
    groups: &[Group::Nexthop as u32],
    new: RTM_NEWNEXTHOP,
    gone: RTM_DELNEXTHOP,
    identity: |b| identity(Subject::Nexthop, b),
    unique: false,
    place: ANYWHERE,
};

pub static RULES: Kind = Kind {
    notice: Notice::Told,
    groups: &[Group::Ipv4Rule as u32, Group::Ipv6Rule as u32],
    new: RTM_NEWRULE,
    gone: RTM_DELRULE,
    identity: |b| identity(Subject::Rule, b),
    unique: false,
    place: |b| Index::<'_, 32>::new(b.get(FIB_RULE_HDR..).unwrap_or_default()).u32(FRA_PRIORITY).unwrap_or(0),
};

pub static NEIGHBOURS: Kind = Kind {
    notice: Notice::Updated,
    groups: &[Group::Neigh as u32],
    new: RTM_NEWNEIGH,
    gone: RTM_DELNEIGH,
    identity: |b| identity(Subject::Neigh, b),
    unique: true,
    place: ANYWHERE,
};

/// Addresses that are answered for come and go without an event.
pub static PROXIES: Kind = Kind { notice: Notice::Silent, ..NEIGHBOURS };
