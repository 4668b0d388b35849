//! Links (linux/if_link.h), with the nests that every link kind shares.
use nix::libc;

use super::*;
use crate::attrs;

attrs! {
    /// The attributes of RTM_NEWLINK, RTM_DELLINK, RTM_GETLINK and RTM_SETLINK.
    pub const LINK_ATTRS;
    IFLA_ADDRESS = 1: Mac, Set, "address" -> "address" "permaddr";
    IFLA_BROADCAST = 2: Mac, Set;
    IFLA_IFNAME = 3: Text, Set, "name" -> "ifname";
    IFLA_MTU = 4: U32, Set -> "mtu";
    IFLA_LINK = 5: U32, Create, "link";
    IFLA_QDISC = 6: Text, Read -> "qdisc";
    IFLA_STATS = 7: Bytes, Read;
    IFLA_COST = 8: Bytes, Read;
    IFLA_PRIORITY = 9: Bytes, Read;
    IFLA_MASTER = 10: U32, Set -> "master";
    IFLA_WIRELESS = 11: Bytes, Read;
    IFLA_PROTINFO = 12: Bytes, Read;
    IFLA_TXQLEN = 13: U32, Set;
    IFLA_MAP = 14: Bytes, Read;
    IFLA_WEIGHT = 15: U32, Read;
    IFLA_OPERSTATE = 16: U8, Request -> "operstate" "operstate_index";
    IFLA_LINKMODE = 17: U8, Set;
    IFLA_LINKINFO = 18: Nest(Attrs(LINKINFO_ATTRS)), Set, "type";
    IFLA_NET_NS_PID = 19: U32, Request;
    IFLA_IFALIAS = 20: Text, Set -> "ifalias";
    IFLA_NUM_VF = 21: U32, Read;
    IFLA_VFINFO_LIST = 22: Nest(Attrs(VF_LIST_ATTRS)), Request;
    IFLA_STATS64 = 23: Bytes, Read;
    IFLA_VF_PORTS = 24: Bytes, Request;
    IFLA_PORT_SELF = 25: Bytes, Request;
    IFLA_AF_SPEC = 26: Nest(Attrs(AF_SPEC_ATTRS)), Set;
    IFLA_GROUP = 27: U32, Set -> "group";
    IFLA_NET_NS_FD = 28: U32, Request;
    IFLA_EXT_MASK = 29: U32, Request;
    IFLA_PROMISCUITY = 30: U32, Read -> "promiscuity";
    IFLA_NUM_TX_QUEUES = 31: U32, Create -> "num_tx_queues";
    IFLA_NUM_RX_QUEUES = 32: U32, Create -> "num_rx_queues";
    IFLA_CARRIER = 33: U8, Request;
    IFLA_PHYS_PORT_ID = 34: Bytes, Read -> "phys_port_id";
    IFLA_CARRIER_CHANGES = 35: U32, Read;
    IFLA_PHYS_SWITCH_ID = 36: Bytes, Read -> "phys_switch_id";
    IFLA_LINK_NETNSID = 37: I32, Request;
    IFLA_PHYS_PORT_NAME = 38: Text, Read -> "phys_port_name";
    IFLA_PROTO_DOWN = 39: U8, Set -> "proto_down";
    IFLA_GSO_MAX_SEGS = 40: U32, Set -> "gso_max_segs";
    IFLA_GSO_MAX_SIZE = 41: U32, Set -> "gso_max_size";
    IFLA_XDP = 43: Nest(Attrs(XDP_ATTRS)), Request;
    IFLA_EVENT = 44: U32, Read;
    IFLA_NEW_NETNSID = 45: I32, Request;
    IFLA_TARGET_NETNSID = 46: I32, Request;
    IFLA_CARRIER_UP_COUNT = 47: U32, Read;
    IFLA_CARRIER_DOWN_COUNT = 48: U32, Read;
    IFLA_NEW_IFINDEX = 49: U32, Request;
    IFLA_MIN_MTU = 50: U32, Read -> "min_mtu";
    IFLA_MAX_MTU = 51: U32, Read -> "max_mtu";
    IFLA_PROP_LIST = 52: Nest(Attrs(PROP_ATTRS)), Request;
    IFLA_ALT_IFNAME = 53: Text, Request;
    IFLA_PERM_ADDRESS = 54: Mac, Read -> "permaddr";
    IFLA_PROTO_DOWN_REASON = 55: Nest(Attrs(PROTO_DOWN_ATTRS)), Request;
    IFLA_PARENT_DEV_NAME = 56: Text, Request -> "parentdev";
    IFLA_PARENT_DEV_BUS_NAME = 57: Text, Request -> "parentbus";
    IFLA_GRO_MAX_SIZE = 58: U32, Set -> "gro_max_size";
    IFLA_TSO_MAX_SIZE = 59: U32, Read -> "tso_max_size";
    IFLA_TSO_MAX_SEGS = 60: U32, Read -> "tso_max_segs";
    IFLA_ALLMULTI = 61: U32, Read -> "allmulti";
    IFLA_DEVLINK_PORT = 62: Bytes, Read;
    IFLA_GSO_IPV4_MAX_SIZE = 63: U32, Set -> "gso_ipv4_max_size";
    IFLA_GRO_IPV4_MAX_SIZE = 64: U32, Set -> "gro_ipv4_max_size";
    IFLA_DPLL_PIN = 65: Bytes, Read;
    IFLA_MAX_PACING_OFFLOAD_HORIZON = 66: U32, Read;
    IFLA_NETNS_IMMUTABLE = 67: U8, Read -> "netns-immutable";
}

attrs! {
    /// Inside IFLA_LINKINFO.
    pub const LINKINFO_ATTRS;
    IFLA_INFO_KIND = 1: Text, Set, "type";
    IFLA_INFO_DATA = 2: Nest(Kind), Set;
    IFLA_INFO_XSTATS = 3: Bytes, Read;
    IFLA_INFO_SLAVE_KIND = 4: Text, Set;
    IFLA_INFO_SLAVE_DATA = 5: Nest(Port), Set;
}

/// IFLA_ALT_IFNAME, again: IFLA_PROP_LIST contains link attributes.
const PROP_ATTRS: &[Attr] = &[Attr {
    number: IFLA_ALT_IFNAME,
    name: "IFLA_ALT_IFNAME",
    form: Form::Text,
    access: Access::Request,
    word: "",
    keys: None,
}];

attrs! {
    /// Inside the IFLA_INFO_DATA of a VRF device; declared here because all objects accept a VRF's name for its table.
    pub const VRF_ATTRS;
    IFLA_VRF_TABLE = 1: U32, Set;
}

attrs! {
    /// Inside IFLA_PROTO_DOWN_REASON.
    pub const PROTO_DOWN_ATTRS;
    IFLA_PROTO_DOWN_REASON_MASK = 1: U32, Request;
    IFLA_PROTO_DOWN_REASON_VALUE = 2: U32, Request;
}

attrs! {
    /// Inside IFLA_AF_SPEC: the numbers are address families.
    pub const AF_SPEC_ATTRS;
    AF_SPEC_INET = 2: Nest(Attrs(INET_ATTRS)), Set;
    AF_SPEC_INET6 = 10: Nest(Attrs(INET6_ATTRS)), Set;
    AF_SPEC_MCTP = 45: Bytes, Read;
}

attrs! {
    /// The AF_INET part of IFLA_AF_SPEC.
    pub const INET_ATTRS;
    IFLA_INET_CONF = 1: Nest(Array(&I32)), Request;
}

attrs! {
    /// The AF_INET6 part of IFLA_AF_SPEC, also inside the IFLA_PROTINFO of an AF_INET6 dump.
    pub const INET6_ATTRS;
    IFLA_INET6_FLAGS = 1: U32, Read;
    IFLA_INET6_CONF = 2: Bytes, Read;
    IFLA_INET6_STATS = 3: Bytes, Read;
    IFLA_INET6_MCAST = 4: Bytes, Read;
    IFLA_INET6_CACHEINFO = 5: Bytes, Read;
    IFLA_INET6_ICMP6STATS = 6: Bytes, Read;
    IFLA_INET6_TOKEN = 7: Ip, Request;
    IFLA_INET6_ADDR_GEN_MODE = 8: U8, Set;
    IFLA_INET6_RA_MTU = 9: U32, Read;
}

attrs! {
    /// Inside IFLA_VFINFO_LIST.
    pub const VF_LIST_ATTRS;
    IFLA_VF_INFO = 1: Nest(Attrs(VF_ATTRS)), Request;
}

attrs! {
    /// Inside IFLA_VF_INFO: each is a structure that begins with the number of the virtual function.
    pub const VF_ATTRS;
    IFLA_VF_MAC = 1: Bytes, Request;
    IFLA_VF_VLAN = 2: Bytes, Request;
    IFLA_VF_TX_RATE = 3: Bytes, Request;
    IFLA_VF_SPOOFCHK = 4: Bytes, Request;
    IFLA_VF_LINK_STATE = 5: Bytes, Request;
    IFLA_VF_RATE = 6: Bytes, Request;
    IFLA_VF_RSS_QUERY_EN = 7: Bytes, Request;
    IFLA_VF_STATS = 8: Nest(Attrs(VF_STATS_ATTRS)), Read;
    IFLA_VF_TRUST = 9: Bytes, Request;
    IFLA_VF_IB_NODE_GUID = 10: Bytes, Request;
    IFLA_VF_IB_PORT_GUID = 11: Bytes, Request;
    IFLA_VF_VLAN_LIST = 12: Nest(Attrs(VF_VLAN_ATTRS)), Request;
    IFLA_VF_BROADCAST = 13: Bytes, Read;
}

attrs! {
    /// Inside IFLA_VF_STATS. The first number is 0.
    pub const VF_STATS_ATTRS;
    IFLA_VF_STATS_RX_PACKETS = 0: U64, Read;
    IFLA_VF_STATS_TX_PACKETS = 1: U64, Read;
    IFLA_VF_STATS_RX_BYTES = 2: U64, Read;
    IFLA_VF_STATS_TX_BYTES = 3: U64, Read;
    IFLA_VF_STATS_BROADCAST = 4: U64, Read;
    IFLA_VF_STATS_MULTICAST = 5: U64, Read;
    IFLA_VF_STATS_RX_DROPPED = 7: U64, Read;
    IFLA_VF_STATS_TX_DROPPED = 8: U64, Read;
}

attrs! {
    /// Inside IFLA_VF_VLAN_LIST.
    pub const VF_VLAN_ATTRS;
    IFLA_VF_VLAN_INFO = 1: Bytes, Request;
}

attrs! {
    /// Inside IFLA_XDP.
    pub const XDP_ATTRS;
    IFLA_XDP_FD = 1: I32, Request;
    IFLA_XDP_ATTACHED = 2: U8, Read;
    IFLA_XDP_FLAGS = 3: U32, Request;
    IFLA_XDP_PROG_ID = 4: U32, Read;
    IFLA_XDP_DRV_PROG_ID = 5: U32, Read;
    IFLA_XDP_SKB_PROG_ID = 6: U32, Read;
    IFLA_XDP_HW_PROG_ID = 7: U32, Read;
    IFLA_XDP_EXPECTED_FD = 8: I32, Request;
}

// Bits of IFLA_EXT_MASK (linux/rtnetlink.h).
/// Report the virtual functions.
pub const RTEXT_FILTER_VF: u32 = 1;
/// Report the VLANs of a bridge's ports, in ranges.
pub const RTEXT_FILTER_BRVLAN_COMPRESSED: u32 = 1 << 2;
/// Omit the statistics.
pub const RTEXT_FILTER_SKIP_STATS: u32 = 1 << 3;

// Flags of a link (linux/if.h).
/// IFF_UP: administratively up.
pub const IFF_UP: u32 = libc::IFF_UP as u32;
/// IFF_POINTOPOINT: a point-to-point link.
pub const IFF_POINTOPOINT: u32 = libc::IFF_POINTOPOINT as u32;
/// IFF_NOARP: no address resolution.
pub const IFF_NOARP: u32 = libc::IFF_NOARP as u32;
/// IFF_PROMISC: receives all frames.
pub const IFF_PROMISC: u32 = libc::IFF_PROMISC as u32;
/// IFF_ALLMULTI: receives all multicast frames.
pub const IFF_ALLMULTI: u32 = libc::IFF_ALLMULTI as u32;
/// IFF_MULTICAST: supports multicast.
pub const IFF_MULTICAST: u32 = libc::IFF_MULTICAST as u32;
