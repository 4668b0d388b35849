//! Ids of network namespaces (linux/net_namespace.h).

use crate::attrs;

attrs! {
    /// The attributes of RTM_NEWNSID, RTM_DELNSID and RTM_GETNSID.
    pub const NSID_ATTRS;
    NETNSA_NSID = 1: I32, Request -> "nsid";
    NETNSA_PID = 2: U32, Request;
    NETNSA_FD = 3: U32, Request;
    NETNSA_TARGET_NSID = 4: I32, Request;
    NETNSA_CURRENT_NSID = 5: I32, Read -> "current-nsid";
}
