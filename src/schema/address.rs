//! Addresses (linux/if_addr.h), address labels (linux/if_addrlabel.h) and announced prefixes (linux/rtnetlink.h).

use crate::attrs;

attrs! {
    /// The attributes of RTM_NEWADDR, RTM_DELADDR and RTM_GETADDR.
    pub const ADDRESS_ATTRS;
    IFA_ADDRESS = 1: Ip, Set, "peer" -> "address" "local" "metric" "prefixlen";
    IFA_LOCAL = 2: Ip, Set, "local" -> "address" "local" "metric" "prefixlen";
    IFA_LABEL = 3: Text, Set -> "label";
    IFA_BROADCAST = 4: Ip, Set -> "broadcast";
    IFA_ANYCAST = 5: Ip, Request -> "anycast";
    IFA_CACHEINFO = 6: Bytes, Set -> "preferred_life_time" "valid_life_time";
    IFA_MULTICAST = 7: Ip, Read -> "multicast";
    IFA_FLAGS = 8: U32, Set;
    IFA_RT_PRIORITY = 9: U32, Set -> "metric";
    IFA_TARGET_NETNSID = 10: I32, Request;
    IFA_PROTO = 11: U8, Set -> "protocol";
}

attrs! {
    /// The attributes of RTM_NEWADDRLABEL, RTM_DELADDRLABEL and RTM_GETADDRLABEL.
    pub const ADDRLABEL_ATTRS;
    IFAL_ADDRESS = 1: Ip, Set -> "address" "prefixlen";
    IFAL_LABEL = 2: U32, Set -> "label";
}

attrs! {
    /// The attributes of RTM_NEWPREFIX.
    pub const PREFIX_ATTRS;
    PREFIX_ADDRESS = 1: Ip, Read -> "prefix" "prefixlen";
    PREFIX_CACHEINFO = 2: Bytes, Read -> "preferred" "valid";
}

/// IFA_F_SECONDARY, which is IFA_F_TEMPORARY of an IPv6 address.
pub const IFA_F_SECONDARY: u32 = 0x01;
/// Usable while duplicate address detection runs (linux/if_addr.h).
pub const IFA_F_OPTIMISTIC: u32 = 0x04;
/// Duplicate address detection has failed (linux/if_addr.h).
pub const IFA_F_DADFAILED: u32 = 0x08;
/// Duplicate address detection runs, or has failed (linux/if_addr.h).
pub const IFA_F_TENTATIVE: u32 = 0x40;
/// Without a finite lifetime (linux/if_addr.h).
pub const IFA_F_PERMANENT: u32 = 0x80;
/// The multicast group of the address is joined (linux/if_addr.h).
pub const IFA_F_MCAUTOJOIN: u32 = 0x400;
/// IFAPROT_KERNEL_RA: created from a router advertisement.
pub const IFAPROT_KERNEL_RA: u8 = 2;
/// INFINITY_LIFE_TIME of net/addrconf.h: an infinite lifetime, in seconds.
pub const INFINITY_LIFE_TIME: u32 = u32::MAX;
