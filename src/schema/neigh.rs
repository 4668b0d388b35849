//! Neighbours and neighbour tables (linux/neighbour.h).
use nix::libc;

use crate::attrs;

attrs! {
    /// The attributes of RTM_NEWNEIGH, RTM_DELNEIGH and RTM_GETNEIGH.
    pub const NEIGH_ATTRS;
    NDA_DST: Ip, Set, "to" -> "dst";
    NDA_LLADDR: Mac, Set, "lladdr" -> "lladdr";
    NDA_CACHEINFO: Bytes, Read -> "confirmed" "refcnt" "updated" "used";
    NDA_PROBES: U32, Read -> "probes";
    NDA_VLAN: U16, Request;
    NDA_PORT: Be16, Request;
    NDA_VNI: U32, Request;
    NDA_IFINDEX: U32, Request;
    NDA_MASTER = 9: U32, Request;
    NDA_LINK_NETNSID = 10: I32, Read;
    NDA_SRC_VNI = 11: U32, Request;
    NDA_PROTOCOL = 12: U8, Set -> "protocol";
    NDA_NH_ID = 13: U32, Request;
    NDA_FDB_EXT_ATTRS = 14: Bytes, Request;
    NDA_FLAGS_EXT = 15: U32, Set;
    NDA_NDM_STATE_MASK = 16: U16, Request;
    NDA_NDM_FLAGS_MASK = 17: U8, Request;
}

attrs! {
    /// The attributes of RTM_NEWNEIGHTBL, RTM_GETNEIGHTBL and RTM_SETNEIGHTBL.
    pub const NEIGHTBL_ATTRS;
    NDTA_NAME = 1: Text, Request, "name";
    NDTA_THRESH1 = 2: U32, Set, "thresh1";
    NDTA_THRESH2 = 3: U32, Set, "thresh2";
    NDTA_THRESH3 = 4: U32, Set, "thresh3";
    NDTA_CONFIG = 5: Bytes, Read;
    NDTA_PARMS = 6: Nest(Attrs(NEIGHTBL_PARM_ATTRS)), Set;
    NDTA_STATS = 7: Bytes, Read;
    NDTA_GC_INTERVAL = 8: U64, Set, "gc_int";
}

attrs! {
    /// Inside NDTA_PARMS: the parameters of a device, or the defaults of new devices. Times are in milliseconds.
    pub const NEIGHTBL_PARM_ATTRS;
    NDTPA_IFINDEX = 1: U32, Request, "dev";
    NDTPA_REFCNT = 2: U32, Read;
    NDTPA_REACHABLE_TIME = 3: U64, Read;
    NDTPA_BASE_REACHABLE_TIME = 4: U64, Set, "base_reachable";
    NDTPA_RETRANS_TIME = 5: U64, Set, "retrans";
    NDTPA_GC_STALETIME = 6: U64, Set, "gc_stale";
    NDTPA_DELAY_PROBE_TIME = 7: U64, Set, "delay_probe";
    NDTPA_QUEUE_LEN = 8: U32, Set, "queue";
    NDTPA_APP_PROBES = 9: U32, Set, "app_probes";
    NDTPA_UCAST_PROBES = 10: U32, Set, "ucast_probes";
    NDTPA_MCAST_PROBES = 11: U32, Set, "mcast_probes";
    NDTPA_ANYCAST_DELAY = 12: U64, Set, "anycast_delay";
    NDTPA_PROXY_DELAY = 13: U64, Set, "proxy_delay";
    NDTPA_PROXY_QLEN = 14: U32, Set, "proxy_queue";
    NDTPA_LOCKTIME = 15: U64, Set, "locktime";
    NDTPA_QUEUE_LENBYTES = 16: U32, Set;
    NDTPA_MCAST_REPROBES = 17: U32, Set, "mcast_reprobes";
    NDTPA_INTERVAL_PROBE_TIME_MS = 19: U64, Set;
}

// NTF_* flags in the header (linux/neighbour.h).
/// Use the entry, so that the kernel resolves it.
pub const NTF_USE: u8 = libc::NTF_USE;
/// Proxy: answer for the address.
pub const NTF_PROXY: u8 = libc::NTF_PROXY;
/// Learned by a program.
pub const NTF_EXT_LEARNED: u8 = 0x10;
/// Offloaded to hardware.
pub const NTF_OFFLOADED: u8 = 0x20;
/// An IPv6 router.
pub const NTF_ROUTER: u8 = libc::NTF_ROUTER;
// Flags in NDA_FLAGS_EXT.
/// The kernel keeps the entry resolved.
pub const NTF_EXT_MANAGED: u32 = 1;
/// Resolved elsewhere: valid without probes.
pub const NTF_EXT_EXT_VALIDATED: u32 = 4;

// NUD_* states (linux/neighbour.h).
/// Being resolved.
pub const NUD_INCOMPLETE: u16 = libc::NUD_INCOMPLETE;
/// Confirmed recently.
pub const NUD_REACHABLE: u16 = libc::NUD_REACHABLE;
/// Not confirmed recently: used, but verified when it is.
pub const NUD_STALE: u16 = libc::NUD_STALE;
/// Waiting for a confirmation from an upper layer.
pub const NUD_DELAY: u16 = libc::NUD_DELAY;
/// Solicitations are being sent.
pub const NUD_PROBE: u16 = libc::NUD_PROBE;
/// Resolution failed.
pub const NUD_FAILED: u16 = libc::NUD_FAILED;
/// Needs no resolution.
pub const NUD_NOARP: u16 = libc::NUD_NOARP;
/// Set by the administrator.
pub const NUD_PERMANENT: u16 = libc::NUD_PERMANENT;
