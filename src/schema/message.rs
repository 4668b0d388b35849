//! Message types of rtnetlink and the headers that precede their attributes (linux/rtnetlink.h).

use super::*;

macro_rules! types {
    ($($name:ident $(= $number:literal)?;)*) => {$(
        #[doc = concat!("The message type ", stringify!($name), ".")]
        pub const $name: u16 = $crate::attr_number!($name $(, $number)?);
    )*};
}

types! {
    RTM_NEWLINK;
    RTM_DELLINK;
    RTM_GETLINK;
    RTM_SETLINK;
    RTM_NEWADDR;
    RTM_DELADDR;
    RTM_GETADDR;
    RTM_NEWROUTE;
    RTM_DELROUTE;
    RTM_GETROUTE;
    RTM_NEWNEIGH;
    RTM_DELNEIGH;
    RTM_GETNEIGH;
    RTM_NEWRULE;
    RTM_DELRULE;
    RTM_GETRULE;
    RTM_NEWPREFIX;
    RTM_NEWMULTICAST = 56;
    RTM_DELMULTICAST = 57;
    RTM_GETMULTICAST;
    RTM_NEWANYCAST = 60;
    RTM_DELANYCAST = 61;
    RTM_GETANYCAST;
    RTM_NEWNEIGHTBL;
    RTM_GETNEIGHTBL;
    RTM_SETNEIGHTBL;
    RTM_NEWADDRLABEL;
    RTM_DELADDRLABEL;
    RTM_GETADDRLABEL;
    RTM_NEWNETCONF;
    RTM_DELNETCONF = 81;
    RTM_GETNETCONF;
    RTM_NEWNSID;
    RTM_DELNSID;
    RTM_GETNSID;
    RTM_NEWSTATS = 92;
    RTM_GETSTATS = 94;
    RTM_SETSTATS = 95;
    RTM_NEWNEXTHOP = 104;
    RTM_DELNEXTHOP = 105;
    RTM_GETNEXTHOP = 106;
    RTM_NEWLINKPROP = 108;
    RTM_DELLINKPROP = 109;
    RTM_GETLINKPROP = 110;
    RTM_NEWNEXTHOPBUCKET = 116;
    RTM_DELNEXTHOPBUCKET = 117;
    RTM_GETNEXTHOPBUCKET = 118;
}

/// Bytes of struct nlmsghdr, which precedes the header of the family.
pub const NLMSG_HDRLEN: usize = 16;
/// Bytes of struct ifinfomsg.
pub const IFINFOMSG: usize = 16;
/// Bytes of struct ifaddrmsg.
pub const IFADDRMSG: usize = 8;
/// Bytes of struct rtmsg.
pub const RTMSG: usize = 12;
/// Bytes of struct ndmsg.
pub const NDMSG: usize = 12;
/// Bytes of struct fib_rule_hdr.
pub const FIB_RULE_HDR: usize = 12;
/// Bytes of struct nhmsg.
pub const NHMSG: usize = 8;
/// Bytes of struct ifaddrlblmsg.
pub const IFADDRLBLMSG: usize = 12;
/// Bytes of struct if_stats_msg.
pub const IF_STATS_MSG: usize = 12;
/// Bytes of struct rtgenmsg and struct netconfmsg, padded.
pub const RTGENMSG: usize = 4;
/// Bytes of struct prefixmsg.
pub const PREFIXMSG: usize = 12;
/// Bytes of struct rtnexthop, which precedes the attributes of each path of a multipath route.
pub const RTNEXTHOP: usize = 8;

/// The offset of `ndm_flags` in struct ndmsg, in bytes.
pub const NDM_FLAGS: usize = 10;

/// A field of a header: its name in the kernel's headers without the prefix, its offset and its size in bytes.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// The name.
    pub name: &'static str,
    /// Its offset in the header, in bytes.
    pub at: usize,
    /// Its size, in bytes.
    pub len: usize,
}

const fn f(name: &'static str, at: usize, len: usize) -> Field {
    Field { name, at, len }
}

/// The header of a message.
#[derive(Clone, Copy, Debug)]
pub struct Header {
    /// Its size in bytes, padded to a multiple of four.
    pub len: usize,
    /// Its fields.
    pub fields: &'static [Field],
}

const IFINFO: Header = Header {
    len: IFINFOMSG,
    fields: &[f("family", 0, 1), f("type", 2, 2), f("index", 4, 4), f("flags", 8, 4), f("change", 12, 4)],
};
const IFADDR: Header = Header {
    len: IFADDRMSG,
    fields: &[f("family", 0, 1), f("prefixlen", 1, 1), f("flags", 2, 1), f("scope", 3, 1), f("index", 4, 4)],
};
const ROUTE: Header = Header {
    len: RTMSG,
    fields: &[
        f("family", 0, 1),
        f("dst_len", 1, 1),
        f("src_len", 2, 1),
        f("tos", 3, 1),
        f("table", 4, 1),
        f("protocol", 5, 1),
        f("scope", 6, 1),
        f("type", 7, 1),
        f("flags", 8, 4),
    ],
};
const NEIGH: Header = Header {
    len: NDMSG,
    fields: &[f("family", 0, 1), f("index", 4, 4), f("state", 8, 2), f("flags", 10, 1), f("type", 11, 1)],
};
const RULE: Header = Header {
    len: FIB_RULE_HDR,
    fields: &[
        f("family", 0, 1),
        f("dst_len", 1, 1),
        f("src_len", 2, 1),
        f("tos", 3, 1),
        f("table", 4, 1),
        f("action", 7, 1),
        f("flags", 8, 4),
    ],
};
const NEXTHOP: Header =
    Header { len: NHMSG, fields: &[f("family", 0, 1), f("scope", 1, 1), f("protocol", 2, 1), f("flags", 4, 4)] };
const ADDRLABEL: Header = Header {
    len: IFADDRLBLMSG,
    fields: &[f("family", 0, 1), f("prefixlen", 2, 1), f("flags", 3, 1), f("index", 4, 4), f("seq", 8, 4)],
};
const STATS: Header =
    Header { len: IF_STATS_MSG, fields: &[f("family", 0, 1), f("index", 4, 4), f("filter_mask", 8, 4)] };
const FAMILY: Header = Header { len: RTGENMSG, fields: &[f("family", 0, 1)] };
const PREFIX: Header = Header {
    len: PREFIXMSG,
    fields: &[f("family", 0, 1), f("index", 4, 4), f("type", 8, 1), f("len", 9, 1), f("flags", 10, 1)],
};

/// A type of message.
#[derive(Clone, Copy, Debug)]
pub struct Message {
    /// Its number.
    pub kind: u16,
    /// Its name in linux/rtnetlink.h.
    pub name: &'static str,
    /// The header before the attributes.
    pub header: Header,
    /// The attributes.
    pub attrs: &'static [Attr],
}

macro_rules! messages {
    ($($header:ident, $attrs:ident: $($name:ident)*;)*) => {
        /// All message types that `rip` sends or reads, with their headers and attributes.
        pub const MESSAGES: &[Message] = &[$($(
            Message { kind: $name, name: stringify!($name), header: $header, attrs: $attrs },
        )*)*];
    };
}

messages! {
    IFINFO, LINK_ATTRS: RTM_NEWLINK RTM_DELLINK RTM_GETLINK RTM_SETLINK;
    IFINFO, LINK_ATTRS: RTM_NEWLINKPROP RTM_DELLINKPROP RTM_GETLINKPROP;
    IFADDR, ADDRESS_ATTRS: RTM_NEWADDR RTM_DELADDR RTM_GETADDR;
    IFADDR, ADDRESS_ATTRS: RTM_NEWMULTICAST RTM_DELMULTICAST RTM_GETMULTICAST;
    IFADDR, ADDRESS_ATTRS: RTM_NEWANYCAST RTM_DELANYCAST RTM_GETANYCAST;
    ROUTE, ROUTE_ATTRS: RTM_NEWROUTE RTM_DELROUTE RTM_GETROUTE;
    NEIGH, NEIGH_ATTRS: RTM_NEWNEIGH RTM_DELNEIGH RTM_GETNEIGH;
    RULE, RULE_ATTRS: RTM_NEWRULE RTM_DELRULE RTM_GETRULE;
    NEXTHOP, NEXTHOP_ATTRS: RTM_NEWNEXTHOP RTM_DELNEXTHOP RTM_GETNEXTHOP;
    NEXTHOP, NEXTHOP_ATTRS: RTM_NEWNEXTHOPBUCKET RTM_DELNEXTHOPBUCKET RTM_GETNEXTHOPBUCKET;
    FAMILY, NSID_ATTRS: RTM_NEWNSID RTM_DELNSID RTM_GETNSID;
    FAMILY, NETCONF_ATTRS: RTM_NEWNETCONF RTM_DELNETCONF RTM_GETNETCONF;
    ADDRLABEL, ADDRLABEL_ATTRS: RTM_NEWADDRLABEL RTM_DELADDRLABEL RTM_GETADDRLABEL;
    PREFIX, PREFIX_ATTRS: RTM_NEWPREFIX;
    STATS, STATS_ATTRS: RTM_NEWSTATS;
    STATS, STATS_REQUEST_ATTRS: RTM_GETSTATS RTM_SETSTATS;
    FAMILY, NEIGHTBL_ATTRS: RTM_NEWNEIGHTBL RTM_GETNEIGHTBL RTM_SETNEIGHTBL;
}

/// The declaration of a message type.
pub fn message(kind: u16) -> Option<&'static Message> {
    MESSAGES.iter().find(|m| m.kind == kind)
}

/// Bytes of the header before the attributes; 4 (struct rtgenmsg) for all others.
pub const fn header_len(kind: u16) -> usize {
    match kind {
        RTM_NEWLINK..=RTM_SETLINK | RTM_NEWLINKPROP..=RTM_GETLINKPROP => IFINFOMSG,
        RTM_NEWADDR..=RTM_GETADDR => IFADDRMSG,
        RTM_NEWNEXTHOP..=RTM_GETNEXTHOP | RTM_NEWNEXTHOPBUCKET..=RTM_GETNEXTHOPBUCKET => NHMSG,
        RTM_NEWROUTE..=RTM_GETROUTE => RTMSG,
        RTM_NEWNEIGH..=RTM_GETNEIGH => NDMSG,
        RTM_NEWRULE..=RTM_GETRULE => FIB_RULE_HDR,
        RTM_NEWADDRLABEL..=RTM_GETADDRLABEL => IFADDRLBLMSG,
        RTM_NEWSTATS..=RTM_SETSTATS => IF_STATS_MSG,
        _ => RTGENMSG,
    }
}

// Pseudo-attributes in a request's trail for fields of the header; no attribute has such a number.
/// The interface index in the header.
pub const HEAD_DEV: u16 = 0x8001;
/// The TOS in the header.
pub const HEAD_TOS: u16 = 0x8002;
/// The scope in the header.
pub const HEAD_SCOPE: u16 = 0x8003;
/// The type in the header.
pub const HEAD_KIND: u16 = 0x8004;
/// The flags in the header.
pub const HEAD_FLAGS: u16 = 0x8005;
/// The state in the header.
pub const HEAD_STATE: u16 = 0x8006;
/// An index in the header.
pub const HEAD_INDEX: u16 = 0x8007;
/// The protocol in the header.
pub const HEAD_PROTOCOL: u16 = 0x8008;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_length_of_a_header_is_that_of_its_table() {
        for m in MESSAGES.iter().filter(|m| m.kind != RTM_NEWPREFIX) {
            let same = m.header.len == header_len(m.kind);
            let listed = matches!(m.kind, RTM_NEWMULTICAST..=RTM_GETANYCAST);
            assert!(same || listed, "{}", m.name);
            assert!(m.header.fields.iter().all(|f| f.at + f.len <= m.header.len), "{}", m.name);
        }
        let mut kinds: Vec<u16> = MESSAGES.iter().map(|m| m.kind).collect();
        kinds.sort_unstable();
        assert!(kinds.is_sorted_by(|a, b| a < b));
    }
}
