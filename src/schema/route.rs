//! Routes and their metrics (linux/rtnetlink.h).
use nix::libc;

use crate::attrs;

attrs! {
    /// The attributes of RTM_NEWROUTE, RTM_DELROUTE and RTM_GETROUTE, and of each path of a multipath route.
    pub const ROUTE_ATTRS;
    RTA_DST: Ip, Set, "to" -> "dst";
    RTA_SRC: Ip, Set -> "from" "src";
    RTA_IIF: U32, Set -> "iif";
    RTA_OIF: U32, Set, "dev" -> "dev";
    RTA_GATEWAY: Ip, Set, "via" -> "gateway";
    RTA_PRIORITY: U32, Set -> "metric";
    RTA_PREFSRC: Ip, Set -> "prefsrc";
    RTA_METRICS: Nest(Attrs(METRIC_ATTRS)), Set;
    RTA_MULTIPATH: Hops, Set;
    RTA_FLOW: U32, Set -> "flow";
    RTA_CACHEINFO: Bytes, Read -> "age" "error" "expires" "used" "users";
    RTA_TABLE: U32, Set -> "table";
    RTA_MARK: U32, Set -> "mark";
    RTA_MFC_STATS: Bytes, Read -> "bytes" "packets" "wrong_if";
    RTA_VIA = 18: Bytes, Set -> "via";
    RTA_NEWDST = 19: Bytes, Set -> "to";
    RTA_PREF = 20: U8, Set -> "pref";
    RTA_ENCAP_TYPE = 21: U16, Set;
    RTA_ENCAP = 22: Nest(Encap(RTA_ENCAP_TYPE)), Set, "encap";
    RTA_EXPIRES = 23: U32, Set;
    RTA_UID = 25: U32, Set -> "uid";
    RTA_TTL_PROPAGATE = 26: U8, Set -> "ttl-propogate";
    RTA_IP_PROTO = 27: U8, Set;
    RTA_SPORT = 28: Be16, Set;
    RTA_DPORT = 29: Be16, Set;
    RTA_NH_ID = 30: U32, Set;
    RTA_FLOWLABEL = 31: Be32, Set;
}

attrs! {
    /// Inside RTA_METRICS.
    pub const METRIC_ATTRS;
    RTAX_LOCK = 1: U32, Set;
    RTAX_MTU = 2: U32, Set;
    RTAX_WINDOW = 3: U32, Set;
    RTAX_RTT = 4: U32, Set;
    RTAX_RTTVAR = 5: U32, Set;
    RTAX_SSTHRESH = 6: U32, Set;
    RTAX_CWND = 7: U32, Set;
    RTAX_ADVMSS = 8: U32, Set;
    RTAX_REORDERING = 9: U32, Set;
    RTAX_HOPLIMIT = 10: U32, Set;
    RTAX_INITCWND = 11: U32, Set;
    RTAX_FEATURES = 12: U32, Set;
    RTAX_RTO_MIN = 13: U32, Set;
    RTAX_INITRWND = 14: U32, Set;
    RTAX_QUICKACK = 15: U32, Set;
    RTAX_CC_ALGO = 16: Text, Set;
    RTAX_FASTOPEN_NO_COOKIE = 17: U32, Set;
}

/// The main routing table.
pub const RT_TABLE_MAIN: u32 = libc::RT_TABLE_MAIN as u32;
/// The table of local and broadcast addresses.
pub const RT_TABLE_LOCAL: u32 = libc::RT_TABLE_LOCAL as u32;
/// The default routing table; for IPv4 multicast routes, the table used without rules.
pub const RT_TABLE_DEFAULT: u32 = libc::RT_TABLE_DEFAULT as u32;
/// A cached route, not one of a table.
pub const RTM_F_CLONED: u32 = 0x200;
/// RTNH_F_ONLINK: treat the gateway as directly connected.
pub const RTNH_F_ONLINK: u8 = 4;

// RTPROT_*: who added a route.
/// An ICMP redirect.
pub const RTPROT_REDIRECT: u8 = libc::RTPROT_REDIRECT;
/// The kernel.
pub const RTPROT_KERNEL: u8 = libc::RTPROT_KERNEL;
/// Added during boot: the default of `ip route add`.
pub const RTPROT_BOOT: u8 = libc::RTPROT_BOOT;
/// A router advertisement.
pub const RTPROT_RA: u8 = 9;

// Route scopes.
/// On the link.
pub const RT_SCOPE_LINK: u8 = libc::RT_SCOPE_LINK;
/// On this host.
pub const RT_SCOPE_HOST: u8 = libc::RT_SCOPE_HOST;
/// An unreachable destination; in a deletion, any scope.
pub const RT_SCOPE_NOWHERE: u8 = libc::RT_SCOPE_NOWHERE;

// Route types.
/// A gateway or a direct route.
pub const RTN_UNICAST: u8 = libc::RTN_UNICAST;
/// To an address of this host.
pub const RTN_LOCAL: u8 = libc::RTN_LOCAL;
/// Received and sent as broadcast.
pub const RTN_BROADCAST: u8 = libc::RTN_BROADCAST;
/// Received as broadcast, sent as unicast.
pub const RTN_ANYCAST: u8 = libc::RTN_ANYCAST;
/// To a multicast group.
pub const RTN_MULTICAST: u8 = libc::RTN_MULTICAST;
/// Dropped; the sender gets EINVAL.
pub const RTN_BLACKHOLE: u8 = libc::RTN_BLACKHOLE;
/// Refused with EHOSTUNREACH.
pub const RTN_UNREACHABLE: u8 = libc::RTN_UNREACHABLE;
/// Refused with EACCES: administratively prohibited.
pub const RTN_PROHIBIT: u8 = libc::RTN_PROHIBIT;
/// Ends the look-up in this table; the next rule applies.
pub const RTN_THROW: u8 = libc::RTN_THROW;
/// Resolved by an external program; obsolete.
pub const RTN_XRESOLVE: u8 = libc::RTN_XRESOLVE;
/// Stateless address translation; obsolete.
pub const RTN_NAT: u8 = libc::RTN_NAT;

/// USER_HZ: clock ticks per second in values for user space.
pub const USER_HZ: u32 = 100;
