//! What can be watched: words, labels, multicast groups, and the dumps that tell the present state.

use crate::net::{Message, Request};
use crate::schema::family::{BRIDGE, INET, INET6, IP6MR, IPMR, MPLS, UNSPEC};
use crate::schema::*;
use rtnetlink::MulticastGroup as Group;

/// RTEXT_FILTER_BRVLAN_COMPRESSED of linux/rtnetlink.h.
const VLAN_RANGES: u32 = 4;

/// One kind of thing that events are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Subject {
    Link,
    Address,
    Maddress,
    Acaddress,
    Route,
    Mroute,
    Prefix,
    Neigh,
    Netconf,
    Rule,
    Nsid,
    Nexthop,
    Bucket,
    AddrLabel,
    Stats,
}

use Subject::*;

/// Everything that a word selects, in the order of a state being told: devices before what is on them.
pub const ALL: [Subject; 13] =
    [Nsid, Link, Netconf, Address, Maddress, Acaddress, Neigh, Nexthop, Route, Mroute, Rule, Prefix, Stats];

/// Which groups tell of what; family 0 stands for all.
const GROUPS: &[(Subject, u8, Group)] = &[
    (Link, UNSPEC, Group::Link),
    (Address, INET, Group::Ipv4Ifaddr),
    (Address, INET6, Group::Ipv6Ifaddr),
    (Maddress, INET, Group::Ipv4Mcaddr),
    (Maddress, INET6, Group::Ipv6Mcaddr),
    (Acaddress, INET6, Group::Ipv6Acaddr),
    (Route, INET, Group::Ipv4Route),
    (Route, INET6, Group::Ipv6Route),
    (Route, MPLS, Group::MplsRoute),
    (Mroute, INET, Group::Ipv4Mroute),
    (Mroute, INET6, Group::Ipv6Mroute),
    (Prefix, INET6, Group::Ipv6Prefix),
    (Neigh, UNSPEC, Group::Neigh),
    (Netconf, INET, Group::Ipv4Netconf),
    (Netconf, INET6, Group::Ipv6Netconf),
    (Netconf, MPLS, Group::MplsNetconf),
    (Rule, INET, Group::Ipv4Rule),
    (Rule, INET6, Group::Ipv6Rule),
    (Nsid, UNSPEC, Group::Nsid),
    (Nexthop, UNSPEC, Group::Nexthop),
    (Stats, UNSPEC, Group::Stats),
];

/// One question about the present state, and which events it covers.
pub struct Question {
    pub subject: Subject,
    /// The family of the entries that it lists; 0: several.
    pub family: u8,
    pub request: Request,
}

impl Subject {
    /// The label of `monitor label`.
    pub fn label(self) -> &'static str {
        match self {
            Link => "[LINK]",
            Address | Maddress | Acaddress => "[ADDR]",
            Route => "[ROUTE]",
            Mroute => "[MROUTE]",
            Prefix => "[PREFIX]",
            Neigh => "[NEIGH]",
            Netconf => "[NETCONF]",
            Rule => "[RULE]",
            Nsid => "[NSID]",
            Nexthop => "[NEXTHOP]",
            Bucket => "[NEXTHOPBUCKET]",
            AddrLabel => "[ADDRLABEL]",
            Stats => "[STATS]",
        }
    }

    /// The name in JSON: the object of the command line.
    pub fn name(self) -> &'static str {
        match self {
            Link => "link",
            Address => "address",
            Maddress => "maddress",
            Acaddress => "acaddress",
            Route => "route",
            Mroute => "mroute",
            Prefix => "prefix",
            Neigh => "neigh",
            Netconf => "netconf",
            Rule => "rule",
            Nsid => "nsid",
            Nexthop => "nexthop",
            Bucket => "nexthop-bucket",
            AddrLabel => "addrlabel",
            Stats => "stats",
        }
    }

    /// The groups to join, with a family asked for or 0.
    pub fn groups(self, family: u8) -> impl Iterator<Item = Group> {
        GROUPS
            .iter()
            .filter(move |(s, f, _)| *s == self && (family == UNSPEC || *f == UNSPEC || *f == family))
            .map(|(_, _, g)| *g)
    }

    /// The dumps that list what there is.
    pub fn questions(self, family: u8) -> Vec<Question> {
        let ask = |get: u16, head: usize, families: &[u8], flags: u8| {
            families
                .iter()
                .filter(|f| family == UNSPEC || **f == UNSPEC || **f == family)
                .map(|f| {
                    let mut header = vec![*f];
                    header.resize(head, 0);
                    if let Some(slot) = header.get_mut(10).filter(|_| flags != 0) {
                        *slot = flags;
                    }
                    Question { subject: self, family: *f, request: Request::raw(get, 0, &header) }
                })
                .collect::<Vec<_>>()
        };
        match self {
            Link => {
                let mask = RTEXT_FILTER_VF | RTEXT_FILTER_SKIP_STATS;
                let request = Request::raw(RTM_GETLINK, 0, &[0; 16]).with(IFLA_EXT_MASK, &mask.to_ne_bytes());
                let mut all = vec![Question { subject: Link, family: UNSPEC, request }];
                if matches!(family, UNSPEC | BRIDGE) {
                    // Of ports, as bridges tell of them: with their VLANs, in ranges.
                    let mut header = [0; 16];
                    header[0] = BRIDGE;
                    let request = Request::raw(RTM_GETLINK, 0, &header).with(IFLA_EXT_MASK, &VLAN_RANGES.to_ne_bytes());
                    all.push(Question { subject: Link, family: BRIDGE, request });
                }
                all
            }
            Address => ask(RTM_GETADDR, 8, &[INET, INET6], 0),
            Maddress => ask(RTM_GETMULTICAST, 8, &[INET, INET6], 0),
            Acaddress => ask(RTM_GETANYCAST, 8, &[INET6], 0),
            Route => ask(RTM_GETROUTE, 12, &[INET, INET6, MPLS], 0),
            Mroute => {
                let mut all = ask(RTM_GETROUTE, 12, &[IPMR, IP6MR], 0);
                if family != UNSPEC {
                    all = ask(RTM_GETROUTE, 12, &[INET, INET6], 0);
                    for q in &mut all {
                        q.family = if q.family == INET { IPMR } else { IP6MR };
                        if let Some(first) = q.request.body.first_mut() {
                            *first = q.family;
                        }
                    }
                }
                all
            }
            Neigh => {
                let families: &[u8] = if family == UNSPEC { &[INET, INET6] } else { &[family] };
                let mut all = ask(RTM_GETNEIGH, 12, families, 0);
                if family == UNSPEC {
                    all.extend(ask(RTM_GETNEIGH, 12, &[BRIDGE], 0));
                }
                if family != BRIDGE {
                    all.extend(ask(RTM_GETNEIGH, 12, families, NTF_PROXY));
                }
                all
            }
            Netconf => ask(RTM_GETNETCONF, 4, &[INET, INET6, MPLS], 0),
            Rule => ask(RTM_GETRULE, 12, &[INET, INET6], 0),
            Nsid => ask(RTM_GETNSID, 4, &[UNSPEC], 0),
            Nexthop => ask(RTM_GETNEXTHOP, 8, &[UNSPEC], 0),
            Prefix | Bucket | AddrLabel | Stats => Vec::new(),
        }
    }
}

/// A message of the kernel's, as an event.
#[derive(Clone, Copy)]
pub struct Event<'a> {
    pub subject: Subject,
    pub what: What,
    /// The flags of the netlink header: they tell how a route came to be.
    pub flags: u16,
    /// What follows the netlink header.
    pub body: &'a [u8],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// There is now: new, or changed.
    Is,
    Deleted,
    /// Somebody is asked to find a neighbour.
    Miss,
}

impl<'a> Event<'a> {
    /// None for types of message that are no events.
    pub fn read(m: &Message<'a>) -> Option<Event<'a>> {
        let family = m.body.first().copied().unwrap_or(0);
        let route = if matches!(family, IPMR | IP6MR) { Mroute } else { Route };
        let (subject, what) = match m.kind {
            RTM_NEWLINK => (Link, What::Is),
            RTM_DELLINK => (Link, What::Deleted),
            RTM_NEWADDR => (Address, What::Is),
            RTM_DELADDR => (Address, What::Deleted),
            RTM_NEWMULTICAST | RTM_GETMULTICAST => (Maddress, What::Is),
            RTM_DELMULTICAST => (Maddress, What::Deleted),
            RTM_NEWANYCAST | RTM_GETANYCAST => (Acaddress, What::Is),
            RTM_DELANYCAST => (Acaddress, What::Deleted),
            RTM_NEWROUTE => (route, What::Is),
            RTM_DELROUTE => (route, What::Deleted),
            RTM_NEWNEIGH => (Neigh, What::Is),
            RTM_DELNEIGH => (Neigh, What::Deleted),
            RTM_GETNEIGH => (Neigh, What::Miss),
            RTM_NEWRULE => (Rule, What::Is),
            RTM_DELRULE => (Rule, What::Deleted),
            RTM_NEWPREFIX => (Prefix, What::Is),
            RTM_NEWADDRLABEL => (AddrLabel, What::Is),
            RTM_DELADDRLABEL => (AddrLabel, What::Deleted),
            RTM_NEWNETCONF => (Netconf, What::Is),
            RTM_DELNETCONF => (Netconf, What::Deleted),
            RTM_NEWNSID => (Nsid, What::Is),
            RTM_DELNSID => (Nsid, What::Deleted),
            RTM_NEWSTATS => (Stats, What::Is),
            RTM_NEWNEXTHOP => (Nexthop, What::Is),
            RTM_DELNEXTHOP => (Nexthop, What::Deleted),
            RTM_NEWNEXTHOPBUCKET => (Bucket, What::Is),
            RTM_DELNEXTHOPBUCKET => (Bucket, What::Deleted),
            _ => return None,
        };
        Some(Event { subject, what, flags: m.flags, body: m.body })
    }

    /// The name of its object in JSON. What a bridge says of a port is not what the device is.
    pub fn object(&self) -> &'static str {
        match (self.subject, self.family()) {
            (Link, BRIDGE) => "bridge-port",
            (Neigh, BRIDGE) => "fdb",
            (subject, _) => subject.name(),
        }
    }

    pub fn family(&self) -> u8 {
        self.body.first().copied().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn groups(of: &[Subject], family: u8) -> Vec<u32> {
        let mut list: Vec<u32> = of.iter().flat_map(|s| s.groups(family)).map(|g| g as u32).collect();
        list.sort_unstable();
        list
    }

    /// What iproute2 joins, as strace shows it, and the three groups of 7.1.
    #[test]
    fn groups_are_those_of_the_reference() {
        assert_eq!(groups(&ALL, UNSPEC), [1, 3, 5, 6, 7, 8, 9, 10, 11, 18, 19, 24, 25, 27, 28, 29, 32, 36, 37, 38, 39]);
        assert_eq!(groups(&ALL, INET), [1, 3, 5, 6, 7, 8, 24, 28, 32, 36, 37]);
        assert_eq!(groups(&ALL, INET6), [1, 3, 9, 10, 11, 18, 19, 25, 28, 32, 36, 38, 39]);
        assert_eq!(groups(&ALL, MPLS), [1, 3, 27, 28, 29, 32, 36]);
        assert!(groups(&[Prefix], INET).is_empty());
    }

    #[test]
    fn questions_of_one_family_are_asked_of_it_alone() {
        let families: Vec<u8> = Mroute.questions(INET6).iter().map(|q| q.request.body[0]).collect();
        assert_eq!(families, [IP6MR]);
        let proxy: Vec<u8> = Neigh.questions(INET).iter().map(|q| q.request.body[10]).collect();
        assert_eq!(proxy, [0, NTF_PROXY]);
        assert!(Stats.questions(UNSPEC).is_empty());
    }
}
