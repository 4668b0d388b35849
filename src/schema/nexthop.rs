//! Nexthop objects and the buckets of resilient groups (linux/nexthop.h).

use crate::attrs;

attrs! {
    /// The attributes of RTM_NEWNEXTHOP, RTM_NEWNEXTHOPBUCKET and their DEL and GET messages.
    pub const NEXTHOP_ATTRS;
    NHA_ID = 1: U32, Set, "id" -> "id";
    NHA_GROUP = 2: Bytes, Set, "group" -> "group" "type";
    NHA_GROUP_TYPE = 3: U16, Set -> "type";
    NHA_BLACKHOLE = 4: Flag, Set -> "blackhole";
    NHA_OIF = 5: U32, Set, "dev" -> "dev";
    NHA_GATEWAY = 6: Ip, Set, "via" -> "gateway";
    NHA_ENCAP_TYPE = 7: U16, Set;
    NHA_ENCAP = 8: Nest(Encap(NHA_ENCAP_TYPE)), Set;
    NHA_GROUPS = 9: Flag, Request;
    NHA_MASTER = 10: U32, Request;
    NHA_FDB = 11: Flag, Set -> "fdb";
    NHA_RES_GROUP = 12: Nest(Attrs(RES_GROUP_ATTRS)), Set;
    NHA_RES_BUCKET = 13: Nest(Attrs(RES_BUCKET_ATTRS)), Request;
    NHA_OP_FLAGS = 14: U32, Request;
    NHA_GROUP_STATS = 15: Nest(Array(&Nest(Attrs(GROUP_STATS_ENTRY_ATTRS)))), Read;
    NHA_HW_STATS_ENABLE = 16: U32, Request -> "hw_stats";
    NHA_HW_STATS_USED = 17: U32, Read -> "hw_stats";
    NHA_DST_PORT = 18: Be16, Read -> "dst_port";
}

attrs! {
    /// Inside NHA_RES_GROUP.
    pub const RES_GROUP_ATTRS;
    NHA_RES_GROUP_BUCKETS = 1: U16, Set;
    NHA_RES_GROUP_IDLE_TIMER = 2: U32, Set;
    NHA_RES_GROUP_UNBALANCED_TIMER = 3: U32, Set;
    NHA_RES_GROUP_UNBALANCED_TIME = 4: U64, Read;
}

attrs! {
    /// Inside each entry of NHA_GROUP_STATS. Counters are sent as 32 or 64 bits, whichever they need.
    pub const GROUP_STATS_ENTRY_ATTRS;
    NHA_GROUP_STATS_ENTRY_ID = 1: U32, Read;
    NHA_GROUP_STATS_ENTRY_PACKETS = 2: U64, Read;
    NHA_GROUP_STATS_ENTRY_PACKETS_HW = 3: U64, Read;
}

attrs! {
    /// Inside NHA_RES_BUCKET.
    pub const RES_BUCKET_ATTRS;
    NHA_RES_BUCKET_INDEX = 1: U16, Request;
    NHA_RES_BUCKET_IDLE_TIME = 2: U64, Read;
    NHA_RES_BUCKET_NH_ID = 3: U32, Request;
}

/// NEXTHOP_GRP_TYPE_RES: a resilient group.
pub const NEXTHOP_GRP_TYPE_RES: u16 = 1;
