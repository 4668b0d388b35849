//! Names of message types, flags and attributes, as the kernel's headers spell them, and how to read a value.

use crate::schema::*;

/// Where a type of attribute has its name from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Space {
    Link,
    LinkInfo,
    /// The settings of a kind whose attributes are not known by name.
    Settings,
    /// Those of veth and its like: a whole link inside.
    Peer,
    Names,
    Address,
    Route,
    Metrics,
    Neigh,
    Rule,
    Nexthop,
    Nsid,
}

/// How a value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Number,
    Signed,
    Text,
    /// An IP address, by its length.
    Ip,
    Mac,
    Hex,
    /// The next hops of a route, each with attributes of its own.
    Hops,
    Nest(Space),
}

use self::Form::*;

type Names = &'static [(u16, &'static str, Form)];

const LINK: Names = &[
    (1, "IFLA_ADDRESS", Mac),
    (2, "IFLA_BROADCAST", Mac),
    (3, "IFLA_IFNAME", Text),
    (4, "IFLA_MTU", Number),
    (5, "IFLA_LINK", Number),
    (10, "IFLA_MASTER", Number),
    (12, "IFLA_PROTINFO", Hex),
    (13, "IFLA_TXQLEN", Number),
    (16, "IFLA_OPERSTATE", Number),
    (17, "IFLA_LINKMODE", Number),
    (18, "IFLA_LINKINFO", Nest(Space::LinkInfo)),
    (19, "IFLA_NET_NS_PID", Number),
    (20, "IFLA_IFALIAS", Text),
    (22, "IFLA_VFINFO_LIST", Nest(Space::Settings)),
    (26, "IFLA_AF_SPEC", Nest(Space::Settings)),
    (27, "IFLA_GROUP", Number),
    (28, "IFLA_NET_NS_FD", Number),
    (29, "IFLA_EXT_MASK", Number),
    (31, "IFLA_NUM_TX_QUEUES", Number),
    (32, "IFLA_NUM_RX_QUEUES", Number),
    (33, "IFLA_CARRIER", Number),
    (37, "IFLA_LINK_NETNSID", Signed),
    (39, "IFLA_PROTO_DOWN", Number),
    (40, "IFLA_GSO_MAX_SEGS", Number),
    (41, "IFLA_GSO_MAX_SIZE", Number),
    (43, "IFLA_XDP", Nest(Space::Settings)),
    (45, "IFLA_NEW_NETNSID", Signed),
    (46, "IFLA_TARGET_NETNSID", Signed),
    (49, "IFLA_NEW_IFINDEX", Number),
    (52, "IFLA_PROP_LIST", Nest(Space::Names)),
    (53, "IFLA_ALT_IFNAME", Text),
    (55, "IFLA_PROTO_DOWN_REASON", Nest(Space::Settings)),
    (58, "IFLA_GRO_MAX_SIZE", Number),
    (63, "IFLA_GSO_IPV4_MAX_SIZE", Number),
    (64, "IFLA_GRO_IPV4_MAX_SIZE", Number),
];
const LINK_INFO: Names = &[
    (1, "IFLA_INFO_KIND", Text),
    (2, "IFLA_INFO_DATA", Nest(Space::Settings)),
    (4, "IFLA_INFO_SLAVE_KIND", Text),
    (5, "IFLA_INFO_SLAVE_DATA", Nest(Space::Settings)),
];
const ADDRESS: Names = &[
    (1, "IFA_ADDRESS", Ip),
    (2, "IFA_LOCAL", Ip),
    (3, "IFA_LABEL", Text),
    (4, "IFA_BROADCAST", Ip),
    (6, "IFA_CACHEINFO", Hex),
    (8, "IFA_FLAGS", Number),
    (9, "IFA_RT_PRIORITY", Number),
    (11, "IFA_PROTO", Number),
];
const ROUTE: Names = &[
    (1, "RTA_DST", Ip),
    (2, "RTA_SRC", Ip),
    (3, "RTA_IIF", Number),
    (4, "RTA_OIF", Number),
    (5, "RTA_GATEWAY", Ip),
    (6, "RTA_PRIORITY", Number),
    (7, "RTA_PREFSRC", Ip),
    (8, "RTA_METRICS", Nest(Space::Metrics)),
    (9, "RTA_MULTIPATH", Hops),
    (11, "RTA_FLOW", Number),
    (15, "RTA_TABLE", Number),
    (16, "RTA_MARK", Number),
    (18, "RTA_VIA", Hex),
    (19, "RTA_NEWDST", Hex),
    (20, "RTA_PREF", Number),
    (21, "RTA_ENCAP_TYPE", Number),
    (22, "RTA_ENCAP", Nest(Space::Settings)),
    (23, "RTA_EXPIRES", Number),
    (26, "RTA_TTL_PROPAGATE", Number),
    (30, "RTA_NH_ID", Number),
];
const METRICS: Names = &[
    (1, "RTAX_LOCK", Number),
    (2, "RTAX_MTU", Number),
    (3, "RTAX_WINDOW", Number),
    (4, "RTAX_RTT", Number),
    (5, "RTAX_RTTVAR", Number),
    (6, "RTAX_SSTHRESH", Number),
    (7, "RTAX_CWND", Number),
    (8, "RTAX_ADVMSS", Number),
    (9, "RTAX_REORDERING", Number),
    (10, "RTAX_HOPLIMIT", Number),
    (11, "RTAX_INITCWND", Number),
    (12, "RTAX_FEATURES", Number),
    (13, "RTAX_RTO_MIN", Number),
    (14, "RTAX_INITRWND", Number),
    (15, "RTAX_QUICKACK", Number),
    (16, "RTAX_CC_ALGO", Text),
    (17, "RTAX_FASTOPEN_NO_COOKIE", Number),
];
const NEIGH: Names = &[
    (1, "NDA_DST", Ip),
    (2, "NDA_LLADDR", Mac),
    (5, "NDA_VLAN", Number),
    (8, "NDA_IFINDEX", Number),
    (9, "NDA_MASTER", Number),
    (12, "NDA_PROTOCOL", Number),
    (15, "NDA_FLAGS_EXT", Number),
];
const RULE: Names = &[
    (1, "FRA_DST", Ip),
    (2, "FRA_SRC", Ip),
    (3, "FRA_IIFNAME", Text),
    (4, "FRA_GOTO", Number),
    (6, "FRA_PRIORITY", Number),
    (10, "FRA_FWMARK", Number),
    (11, "FRA_FLOW", Number),
    (12, "FRA_TUN_ID", Hex),
    (13, "FRA_SUPPRESS_IFGROUP", Number),
    (14, "FRA_SUPPRESS_PREFIXLEN", Number),
    (15, "FRA_TABLE", Number),
    (16, "FRA_FWMASK", Number),
    (17, "FRA_OIFNAME", Text),
    (19, "FRA_L3MDEV", Number),
    (20, "FRA_UID_RANGE", Hex),
    (21, "FRA_PROTOCOL", Number),
    (22, "FRA_IP_PROTO", Number),
    (23, "FRA_SPORT_RANGE", Hex),
    (24, "FRA_DPORT_RANGE", Hex),
    (25, "FRA_DSCP", Number),
];
const NEXTHOP: Names = &[
    (1, "NHA_ID", Number),
    (2, "NHA_GROUP", Hex),
    (3, "NHA_GROUP_TYPE", Number),
    (4, "NHA_BLACKHOLE", Hex),
    (5, "NHA_OIF", Number),
    (6, "NHA_GATEWAY", Ip),
    (7, "NHA_ENCAP_TYPE", Number),
    (8, "NHA_ENCAP", Nest(Space::Settings)),
    (11, "NHA_FDB", Hex),
    (12, "NHA_RES_GROUP", Nest(Space::Settings)),
    (16, "NHA_HW_STATS_ENABLE", Number),
];

/// An attribute's name and form; none for what is not known.
pub fn attribute(space: Space, kind: u16) -> Option<(&'static str, Form)> {
    let names: Names = match space {
        Space::Link => LINK,
        Space::LinkInfo => LINK_INFO,
        Space::Names => &[(53, "IFLA_ALT_IFNAME", Text)],
        Space::Peer => &[(1, "VETH_INFO_PEER", Nest(Space::Link))],
        Space::Address => ADDRESS,
        Space::Route => ROUTE,
        Space::Metrics => METRICS,
        Space::Neigh => NEIGH,
        Space::Rule => RULE,
        Space::Nexthop => NEXTHOP,
        Space::Nsid => &[(1, "NETNSA_NSID", Signed), (2, "NETNSA_PID", Number), (3, "NETNSA_FD", Number)],
        Space::Settings => &[],
    };
    names.iter().find(|(k, _, _)| *k == kind).map(|(_, name, form)| (*name, *form))
}

/// A field of a family header: its name, where it is, how long.
pub type Field = (&'static str, usize, usize);

/// What a type of message is called, the fields of its header, and where its attributes have their names from.
pub struct Type {
    pub name: &'static str,
    pub object: &'static str,
    pub header: &'static [Field],
    pub space: Space,
}

const IFINFO: &[Field] = &[("family", 0, 1), ("type", 2, 2), ("index", 4, 4), ("flags", 8, 4), ("change", 12, 4)];
const IFADDR: &[Field] = &[("family", 0, 1), ("prefixlen", 1, 1), ("flags", 2, 1), ("scope", 3, 1), ("index", 4, 4)];
const RTMSG: &[Field] = &[
    ("family", 0, 1),
    ("dst_len", 1, 1),
    ("src_len", 2, 1),
    ("tos", 3, 1),
    ("table", 4, 1),
    ("protocol", 5, 1),
    ("scope", 6, 1),
    ("type", 7, 1),
    ("flags", 8, 4),
];
const NDMSG: &[Field] = &[("family", 0, 1), ("index", 4, 4), ("state", 8, 2), ("flags", 10, 1), ("type", 11, 1)];
const FIB_RULE: &[Field] = &[
    ("family", 0, 1),
    ("dst_len", 1, 1),
    ("src_len", 2, 1),
    ("tos", 3, 1),
    ("table", 4, 1),
    ("action", 7, 1),
    ("flags", 8, 4),
];
const NHMSG: &[Field] = &[("family", 0, 1), ("scope", 1, 1), ("protocol", 2, 1), ("flags", 4, 4)];

/// What is known of a type of message.
pub fn message(kind: u16) -> Option<Type> {
    let t = |name, object, header, space| Some(Type { name, object, header, space });
    match kind {
        RTM_NEWLINK => t("RTM_NEWLINK", "link", IFINFO, Space::Link),
        RTM_DELLINK => t("RTM_DELLINK", "link", IFINFO, Space::Link),
        RTM_SETLINK => t("RTM_SETLINK", "link", IFINFO, Space::Link),
        RTM_NEWLINKPROP => t("RTM_NEWLINKPROP", "link", IFINFO, Space::Link),
        RTM_DELLINKPROP => t("RTM_DELLINKPROP", "link", IFINFO, Space::Link),
        RTM_NEWADDR => t("RTM_NEWADDR", "address", IFADDR, Space::Address),
        RTM_DELADDR => t("RTM_DELADDR", "address", IFADDR, Space::Address),
        RTM_NEWROUTE => t("RTM_NEWROUTE", "route", RTMSG, Space::Route),
        RTM_DELROUTE => t("RTM_DELROUTE", "route", RTMSG, Space::Route),
        RTM_NEWNEIGH => t("RTM_NEWNEIGH", "neigh", NDMSG, Space::Neigh),
        RTM_DELNEIGH => t("RTM_DELNEIGH", "neigh", NDMSG, Space::Neigh),
        RTM_NEWRULE => t("RTM_NEWRULE", "rule", FIB_RULE, Space::Rule),
        RTM_DELRULE => t("RTM_DELRULE", "rule", FIB_RULE, Space::Rule),
        RTM_NEWNEXTHOP => t("RTM_NEWNEXTHOP", "nexthop", NHMSG, Space::Nexthop),
        RTM_DELNEXTHOP => t("RTM_DELNEXTHOP", "nexthop", NHMSG, Space::Nexthop),
        RTM_NEWNSID => t("RTM_NEWNSID", "netns id", &[("family", 0, 1)], Space::Nsid),
        _ => None,
    }
}

/// The flags of a netlink header, by the meaning that they have for this type of message.
pub fn flags(kind: u16, flags: u16) -> Vec<&'static str> {
    let deletes = kind & 3 == 1;
    let known: &[(u16, &str)] = if deletes {
        &[(0x1, "request"), (0x4, "ack"), (0x8, "echo"), (0x100, "nonrec"), (0x200, "bulk")]
    } else {
        &[
            (0x1, "request"),
            (0x4, "ack"),
            (0x8, "echo"),
            (0x100, "replace"),
            (0x200, "excl"),
            (0x400, "create"),
            (0x800, "append"),
        ]
    };
    known.iter().filter(|(bit, _)| flags & bit != 0).map(|(_, name)| *name).collect()
}

/// The verb of the command line that these flags stand for.
pub fn verb(kind: u16, flags: u16) -> &'static str {
    const REPLACE: u16 = 0x100;
    const EXCL: u16 = 0x200;
    const CREATE: u16 = 0x400;
    const APPEND: u16 = 0x800;
    match (kind & 3, flags & (REPLACE | EXCL | CREATE | APPEND)) {
        (1, _) => "delete",
        (3, _) => "set",
        (_, 0) => "set",
        (_, EXCL) => "test",
        (_, REPLACE) => "change",
        (_, CREATE) => "prepend",
        (_, f) if f & (CREATE | REPLACE) == CREATE | REPLACE => "replace",
        (_, f) if f & (CREATE | EXCL) == CREATE | EXCL => "add",
        (_, f) if f & (CREATE | APPEND) == CREATE | APPEND => "append",
        _ => "change",
    }
}
