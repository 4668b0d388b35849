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
    /// The attributes of RTM_GETSTATS and RTM_SETSTATS.
    pub const STATS_REQUEST_ATTRS;
    IFLA_STATS_GET_FILTERS = 1: Bytes, Request;
    IFLA_STATS_SET_OFFLOAD_XSTATS_L3_STATS = 2: U8, Request, "l3_stats";
}

attrs! {
    /// Inside IFLA_OFFLOAD_XSTATS_HW_S_INFO: the kinds of statistics, by the number of their own attribute.
    pub const HW_S_INFO_ATTRS;
    HW_S_INFO_L3_STATS = 3: Nest(Attrs(HW_S_INFO_KIND_ATTRS)), Read;
}

attrs! {
    /// Inside an attribute of IFLA_OFFLOAD_XSTATS_HW_S_INFO: the state of one kind of statistics.
    pub const HW_S_INFO_KIND_ATTRS;
    IFLA_OFFLOAD_XSTATS_HW_S_INFO_REQUEST = 1: U8, Read;
    IFLA_OFFLOAD_XSTATS_HW_S_INFO_USED = 2: U8, Read;
}

attrs! {
    /// Inside IFLA_STATS_LINK_OFFLOAD_XSTATS.
    pub const OFFLOAD_XSTATS_ATTRS;
    IFLA_OFFLOAD_XSTATS_CPU_HIT = 1: Bytes, Read;
    IFLA_OFFLOAD_XSTATS_HW_S_INFO = 2: Nest(Attrs(HW_S_INFO_ATTRS)), Read;
    IFLA_OFFLOAD_XSTATS_L3_STATS = 3: Bytes, Read;
}
