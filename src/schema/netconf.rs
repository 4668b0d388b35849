//! Per-device settings of address families (linux/netconf.h).

use crate::attrs;

attrs! {
    /// The attributes of RTM_NEWNETCONF, RTM_DELNETCONF and RTM_GETNETCONF.
    pub const NETCONF_ATTRS;
    NETCONFA_IFINDEX = 1: I32, Request -> "interface";
    NETCONFA_FORWARDING = 2: I32, Read -> "forwarding";
    NETCONFA_RP_FILTER = 3: I32, Read -> "rp_filter";
    NETCONFA_MC_FORWARDING = 4: I32, Read -> "mc_forwarding";
    NETCONFA_PROXY_NEIGH = 5: I32, Read -> "proxy_neigh";
    NETCONFA_IGNORE_ROUTES_WITH_LINKDOWN = 6: I32, Read -> "ignore_routes_with_linkdown";
    NETCONFA_INPUT = 7: I32, Read -> "input";
    NETCONFA_BC_FORWARDING = 8: I32, Read;
    NETCONFA_FORCE_FORWARDING = 9: I32, Read;
}
