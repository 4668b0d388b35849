//! Statistics of links (linux/if_link.h, IFLA_STATS_*).

use crate::attrs;

attrs! {
    /// The attributes of RTM_NEWSTATS.
    pub const STATS_ATTRS;
    IFLA_STATS_LINK_64 = 1: Bytes, Read;
    IFLA_STATS_LINK_XSTATS = 2: Bytes, Read;
    IFLA_STATS_LINK_XSTATS_SLAVE = 3: Bytes, Read;
    IFLA_STATS_LINK_OFFLOAD_XSTATS = 4: Nest(Attrs(OFFLOAD_XSTATS_ATTRS)), Read;
    IFLA_STATS_AF_SPEC = 5: Bytes, Read;
}

attrs! {
    /// Inside IFLA_STATS_LINK_OFFLOAD_XSTATS.
    pub const OFFLOAD_XSTATS_ATTRS;
    IFLA_OFFLOAD_XSTATS_CPU_HIT = 1: Bytes, Read;
    IFLA_OFFLOAD_XSTATS_HW_S_INFO = 2: Bytes, Read;
    IFLA_OFFLOAD_XSTATS_L3_STATS = 3: Bytes, Read;
}
