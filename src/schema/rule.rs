//! Policy routing rules (linux/fib_rules.h).

use crate::attrs;

attrs! {
    /// The attributes of RTM_NEWRULE, RTM_DELRULE and RTM_GETRULE.
    pub const RULE_ATTRS;
    FRA_DST = 1: Ip, Set -> "dst" "dstlen";
    FRA_SRC = 2: Ip, Set -> "src" "srclen";
    FRA_IIFNAME = 3: Text, Set;
    FRA_GOTO = 4: U32, Set;
    /// The address of a `nat` rule: obsolete, the kernel ignores it.
    FRA_UNUSED2 = 5: Ip, Request;
    FRA_PRIORITY = 6: U32, Set, "preference" -> "priority";
    FRA_FWMARK = 10: U32, Set -> "fwmark" "fwmask";
    FRA_FLOW = 11: U32, Set -> "flow_from" "flow_to";
    FRA_TUN_ID = 12: Bytes, Set -> "tun_id";
    FRA_SUPPRESS_IFGROUP = 13: U32, Set;
    FRA_SUPPRESS_PREFIXLEN = 14: U32, Set;
    FRA_TABLE = 15: U32, Set, "lookup";
    FRA_FWMASK = 16: U32, Set -> "fwmark" "fwmask";
    FRA_OIFNAME = 17: Text, Set;
    /// Padding to align the next attribute.
    FRA_PAD = 18: Bytes, Read;
    FRA_L3MDEV = 19: U8, Set -> "l3mdev";
    FRA_UID_RANGE = 20: Bytes, Set -> "uid_end" "uid_start";
    FRA_PROTOCOL = 21: U8, Set -> "protocol";
    FRA_IP_PROTO = 22: U8, Set -> "ipproto";
    FRA_SPORT_RANGE = 23: Bytes, Set;
    FRA_DPORT_RANGE = 24: Bytes, Set;
    FRA_DSCP = 25: U8, Set -> "dscp" "dscp_mask";
    FRA_FLOWLABEL = 26: Be32, Set -> "flowlabel" "flowlabel_mask";
    FRA_FLOWLABEL_MASK = 27: Be32, Set -> "flowlabel_mask";
    FRA_SPORT_MASK = 28: U16, Set;
    FRA_DPORT_MASK = 29: U16, Set;
    FRA_DSCP_MASK = 30: U8, Set -> "dscp_mask";
}

// Actions.
/// FR_ACT_TO_TBL: look the route up in a table.
pub const FR_ACT_TO_TBL: u8 = 1;
/// FR_ACT_GOTO: continue at another preference.
pub const FR_ACT_GOTO: u8 = 2;
/// FR_ACT_NOP: do nothing.
pub const FR_ACT_NOP: u8 = 3;
/// FR_ACT_UNREACHABLE: refuse with ENETUNREACH.
pub const FR_ACT_UNREACHABLE: u8 = 7;
/// FR_ACT_PROHIBIT: refuse with EACCES.
pub const FR_ACT_PROHIBIT: u8 = 8;

// Flags.
/// FIB_RULE_INVERT: the rule applies to what does not match.
pub const FIB_RULE_INVERT: u32 = 2;
/// FIB_RULE_UNRESOLVED: the target of a goto does not exist.
pub const FIB_RULE_UNRESOLVED: u32 = 4;
/// FIB_RULE_IIF_DETACHED: the input device does not exist.
pub const FIB_RULE_IIF_DETACHED: u32 = 8;
/// FIB_RULE_OIF_DETACHED: the output device does not exist.
pub const FIB_RULE_OIF_DETACHED: u32 = 16;
