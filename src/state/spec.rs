//! The object types of rtnetlink in one table: messages, multicast groups, dumps, key, and the signal of a change
//! during a dump.
//!
//! The monitor, consistent dumps, `-dry-run`, `-atomic`, `until` and completion read this table; none of them knows an
//! object type by name unless the kernel treats it differently. A new object is a row here.

use super::dump::{ChangeSignal, Dump};
use super::event::What;
use super::key::{Key, KeyForm};
use crate::net::Index;
use crate::net::attr::Attrs;
use crate::schema::family::{BRIDGE, INET, INET6, IP6MR, IPMR, MPLS, UNSPEC};
use crate::schema::*;
use rtnetlink::MulticastGroup as Group;

/// The facts about an object type.
#[derive(Clone)]
pub struct Spec {
    /// The word of the command line and of `monitor`, and the value of `object` in JSON.
    pub name: &'static str,
    /// The noun for it in a sentence.
    pub noun: &'static str,
    /// The prefix of an event in `monitor label`.
    pub label: &'static str,
    /// Its keyword in `monitor`; `None`: it is not watched.
    pub monitor: Option<Keyword>,
    /// The message of a dump, and the event that it exists.
    pub new: u16,
    /// The event that it was deleted, and the request that deletes it; 0 if there is none.
    pub del: u16,
    /// The request that dumps it; 0 if there is none.
    pub get: u16,
    /// The meaning of a notification with the number of the GET request, if the kernel sends one.
    pub get_event: Option<What>,
    /// The families of its entries, if another type shares its messages; empty: any.
    pub families: &'static [u8],
    /// Bytes of the header before the attributes.
    pub header: usize,
    /// The multicast groups that announce its changes, each with the family of the entries; UNSPEC: all families.
    pub groups: &'static [(u8, Group)],
    /// The dumps that together list all entries.
    pub dumps: &'static [Dump],
    /// What identifies an entry.
    pub key: KeyForm,
    /// Attributes that tell entries with the same key apart.
    pub apart: &'static [u16],
    /// The offset of a header byte that tells entries with the same key apart.
    pub apart_byte: Option<usize>,
    /// Attributes that change as time passes.
    pub times: &'static [u16],
    /// The kernel can have the same entry more than once.
    pub repeats: bool,
    /// A dump can list an entry twice although it exists once.
    pub unique: bool,
    /// An event carries only the attributes that changed.
    pub partial: bool,
    /// The u32 attribute that the kernel's dump is sorted by.
    pub sorted_by: Option<u16>,
    /// The list that an entry belongs to, if the order of its entries counts.
    pub ordered: Option<List>,
    /// A request can identify an entry by less than its key, or by another key.
    pub loose_requests: bool,
    /// Whether a rollback can restore it, and a dry run follows it.
    pub restorable: bool,
}

/// A keyword of `monitor`: the events of one object type.
#[derive(Clone, Copy)]
pub struct Keyword {
    /// Its place in the order in which iproute2 matches abbreviations.
    pub place: u8,
    /// Its spellings; one that ends in `~` may be shortened.
    pub names: &'static [&'static str],
    /// Its description in help.
    pub about: &'static str,
}

/// The ordered list that a message body belongs to, if any.
type List = fn(&[u8]) -> Option<Vec<u8>>;

/// The addresses of an interface and a family: the first of a subnet is its primary one.
fn address_list(body: &[u8]) -> Option<Vec<u8>> {
    Some([body.get(4..8)?, body.get(..1)?].concat())
}

/// The rules with one preference: the first that matches decides.
fn rule_list(body: &[u8]) -> Option<Vec<u8>> {
    let family = body.first().copied().filter(|f| [INET, INET6, IPMR, IP6MR].contains(f))?;
    let preference = ObjectType::Rule.index(body).u32(FRA_PRIORITY).unwrap_or(0);
    Some([&[family][..], &preference.to_be_bytes()].concat())
}

/// The IPv4 and MPLS routes with one key: the first is used.
fn route_list(body: &[u8]) -> Option<Vec<u8>> {
    (body.first() != Some(&INET6)).then(|| Key::of(ObjectType::Route, body)).flatten().map(|k| k.bytes().to_vec())
}

/// A type whose entries are announced and not kept; the base of all rows.
const BASE: Spec = Spec {
    name: "",
    noun: "",
    label: "",
    monitor: None,
    new: 0,
    del: 0,
    get: 0,
    get_event: None,
    families: &[],
    header: RTMSG,
    groups: &[],
    dumps: &[],
    key: KeyForm::None,
    apart: &[],
    apart_byte: None,
    times: &[],
    repeats: false,
    unique: false,
    partial: false,
    sorted_by: None,
    ordered: None,
    loose_requests: false,
    restorable: false,
};

/// Declares the object types with their rows. After a name come the numbers that begin its groups of four messages
/// (NEW, DEL, GET, SET); of two types with the same messages, the first is the one without `families`.
macro_rules! specs {
    ($($(#[$doc:meta])* $name:ident ($($first:ident)*) = $spec:expr;)*) => {
        /// A type of object that rtnetlink knows, in the order in which they depend on each other: a link before what is
        /// configured on it. A journal of `-atomic` names them by their number.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum ObjectType {
            $($(#[$doc])* $name,)*
        }

        impl ObjectType {
            /// All object types, in dependency order.
            pub const ALL: &[ObjectType] = &[$(ObjectType::$name,)*];

            /// Its row in the table.
            pub const fn spec(self) -> &'static Spec {
                match self {
                    $(ObjectType::$name => {
                        static SPEC: Spec = $spec;
                        &SPEC
                    })*
                }
            }

            /// The type that a message number belongs to, whatever its family.
            #[allow(unreachable_patterns)]
            pub fn of_message(number: u16) -> Option<ObjectType> {
                Some(match number & !3 {
                    $($($first => ObjectType::$name,)*)*
                    _ => return None,
                })
            }
        }
    };
}

specs! {
    /// A namespace id.
    Nsid (RTM_NEWNSID) = Spec {
        name: "nsid",
        noun: "netns id",
        label: "[NSID]",
        monitor: Some(Keyword { place: 10, names: &["nsid~"], about: "namespace ids" }),
        new: RTM_NEWNSID,
        del: RTM_DELNSID,
        get: RTM_GETNSID,
        header: RTGENMSG,
        groups: &[(UNSPEC, Group::Nsid)],
        dumps: &[Dump::of(UNSPEC)],
        key: KeyForm::Fields { by_family: false, header: 0..0, attrs: &[NETNSA_NSID], nested: None },
        ..BASE
    };
    /// A network interface. A bridge's report about a port is a separate entry of family AF_BRIDGE.
    Link (RTM_NEWLINK RTM_NEWLINKPROP) = Spec {
        name: "link",
        noun: "link",
        label: "[LINK]",
        monitor: Some(Keyword { place: 0, names: &["link~"], about: "devices" }),
        new: RTM_NEWLINK,
        del: RTM_DELLINK,
        get: RTM_GETLINK,
        header: IFINFOMSG,
        groups: &[(UNSPEC, Group::Link)],
        dumps: &[
            Dump { ext_mask: RTEXT_FILTER_VF | RTEXT_FILTER_SKIP_STATS, ..Dump::of(UNSPEC) },
            // The ports as reported by bridges, with their VLANs in ranges.
            Dump { ext_mask: RTEXT_FILTER_BRVLAN_COMPRESSED, ..Dump::of(BRIDGE) },
        ],
        key: KeyForm::Fields { by_family: true, header: 4..8, attrs: &[], nested: None },
        restorable: true,
        ..BASE
    };
    /// The settings of a family for an interface, or for all.
    Netconf (RTM_NEWNETCONF) = Spec {
        name: "netconf",
        noun: "netconf",
        label: "[NETCONF]",
        monitor: Some(Keyword { place: 8, names: &["netconf~"], about: "per-device settings" }),
        new: RTM_NEWNETCONF,
        del: RTM_DELNETCONF,
        get: RTM_GETNETCONF,
        header: RTGENMSG,
        groups: &[(INET, Group::Ipv4Netconf), (INET6, Group::Ipv6Netconf), (MPLS, Group::MplsNetconf)],
        dumps: &[Dump::of(INET), Dump::of(INET6), Dump::of(MPLS)],
        key: KeyForm::Fields { by_family: true, header: 0..0, attrs: &[NETCONFA_IFINDEX], nested: None },
        partial: true,
        ..BASE
    };
    /// An address of an interface.
    Address (RTM_NEWADDR) = Spec {
        name: "address",
        noun: "address",
        label: "[ADDR]",
        monitor: Some(Keyword { place: 1, names: &["address~"], about: "addresses" }),
        new: RTM_NEWADDR,
        del: RTM_DELADDR,
        get: RTM_GETADDR,
        header: IFADDRMSG,
        groups: &[(INET, Group::Ipv4Ifaddr), (INET6, Group::Ipv6Ifaddr)],
        dumps: &[Dump::unflagged(INET), Dump::unflagged(INET6)],
        key: KeyForm::Address,
        times: &[IFA_CACHEINFO],
        unique: true,
        ordered: Some(address_list),
        restorable: true,
        ..BASE
    };
    /// A multicast address of an interface.
    Maddress (RTM_NEWMULTICAST) = Spec {
        name: "maddress",
        noun: "address",
        label: "[ADDR]",
        monitor: Some(Keyword { place: 2, names: &["maddress~"], about: "multicast addresses" }),
        new: RTM_NEWMULTICAST,
        del: RTM_DELMULTICAST,
        get: RTM_GETMULTICAST,
        // The kernel announces some additions with the number of the GET request.
        get_event: Some(What::Is),
        header: IFADDRMSG,
        groups: &[(INET, Group::Ipv4Mcaddr), (INET6, Group::Ipv6Mcaddr)],
        dumps: &[Dump::unflagged(INET), Dump::unflagged(INET6)],
        key: KeyForm::Address,
        unique: true,
        ..BASE
    };
    /// An anycast address of an interface.
    Acaddress (RTM_NEWANYCAST) = Spec {
        name: "acaddress",
        noun: "address",
        label: "[ADDR]",
        monitor: Some(Keyword { place: 3, names: &["acaddress"], about: "anycast addresses" }),
        new: RTM_NEWANYCAST,
        del: RTM_DELANYCAST,
        get: RTM_GETANYCAST,
        get_event: Some(What::Is),
        header: IFADDRMSG,
        groups: &[(INET6, Group::Ipv6Acaddr)],
        dumps: &[Dump::unflagged(INET6)],
        key: KeyForm::Address,
        unique: true,
        ..BASE
    };
    /// A label of the policy table of RFC 6724.
    AddrLabel (RTM_NEWADDRLABEL) = Spec {
        name: "addrlabel",
        noun: "addrlabel",
        label: "[ADDRLABEL]",
        new: RTM_NEWADDRLABEL,
        del: RTM_DELADDRLABEL,
        get: RTM_GETADDRLABEL,
        header: IFADDRLBLMSG,
        // The kernel does not announce changes of labels.
        dumps: &[Dump { signal: ChangeSignal::None, ..Dump::of(INET6) }],
        // The prefix length, and the interface.
        key: KeyForm::Fields { by_family: true, header: 2..8, attrs: &[IFAL_ADDRESS], nested: None },
        // A request can name an address inside the prefix.
        loose_requests: true,
        restorable: true,
        ..BASE
    };
    /// A nexthop object.
    Nexthop (RTM_NEWNEXTHOP) = Spec {
        name: "nexthop",
        noun: "nexthop",
        label: "[NEXTHOP]",
        monitor: Some(Keyword { place: 11, names: &["nexthop~"], about: "nexthop objects" }),
        new: RTM_NEWNEXTHOP,
        del: RTM_DELNEXTHOP,
        get: RTM_GETNEXTHOP,
        header: NHMSG,
        groups: &[(UNSPEC, Group::Nexthop)],
        dumps: &[Dump::of(UNSPEC)],
        // Ids are shared by all families.
        key: KeyForm::Fields { by_family: false, header: 0..0, attrs: &[NHA_ID], nested: None },
        restorable: true,
        ..BASE
    };
    /// A bucket of a resilient nexthop group.
    NexthopBucket (RTM_NEWNEXTHOPBUCKET) = Spec {
        name: "nexthop-bucket",
        noun: "nexthop bucket",
        label: "[NEXTHOPBUCKET]",
        new: RTM_NEWNEXTHOPBUCKET,
        del: RTM_DELNEXTHOPBUCKET,
        get: RTM_GETNEXTHOPBUCKET,
        header: NHMSG,
        ..BASE
    };
    /// A route.
    Route (RTM_NEWROUTE) = Spec {
        name: "route",
        noun: "route",
        label: "[ROUTE]",
        monitor: Some(Keyword { place: 4, names: &["route~"], about: "routes" }),
        new: RTM_NEWROUTE,
        del: RTM_DELROUTE,
        get: RTM_GETROUTE,
        groups: &[(INET, Group::Ipv4Route), (INET6, Group::Ipv6Route), (MPLS, Group::MplsRoute)],
        // A dump of IPv4 and MPLS resumes by prefix and label, so that it loses nothing.
        dumps: &[Dump::of(INET), Dump::unflagged(INET6), Dump::of(MPLS)],
        key: KeyForm::Route,
        apart: &[RTA_OIF, RTA_GATEWAY, RTA_MULTIPATH, RTA_VIA, RTA_NH_ID, RTA_ENCAP],
        // rtm_type.
        apart_byte: Some(7),
        times: &[RTA_CACHEINFO, RTA_EXPIRES],
        ordered: Some(route_list),
        restorable: true,
        ..BASE
    };
    /// A multicast route.
    Mroute (RTM_NEWROUTE) = Spec {
        name: "mroute",
        noun: "multicast route",
        label: "[MROUTE]",
        monitor: Some(Keyword { place: 5, names: &["mroute~"], about: "multicast routes" }),
        new: RTM_NEWROUTE,
        del: RTM_DELROUTE,
        get: RTM_GETROUTE,
        families: &[IPMR, IP6MR],
        groups: &[(INET, Group::Ipv4Mroute), (INET6, Group::Ipv6Mroute)],
        dumps: &[
            Dump { signal: ChangeSignal::Additions, ..Dump::of(IPMR) },
            Dump { signal: ChangeSignal::Additions, ..Dump::of(IP6MR) },
        ],
        key: KeyForm::Route,
        unique: true,
        ..BASE
    };
    /// A policy routing rule.
    Rule (RTM_NEWRULE) = Spec {
        name: "rule",
        noun: "rule",
        label: "[RULE]",
        monitor: Some(Keyword { place: 9, names: &["rule~"], about: "rules" }),
        new: RTM_NEWRULE,
        del: RTM_DELRULE,
        get: RTM_GETRULE,
        header: FIB_RULE_HDR,
        groups: &[(INET, Group::Ipv4Rule), (INET6, Group::Ipv6Rule)],
        // Those of multicast routing are announced with the others.
        dumps: &[Dump::unflagged(INET), Dump::unflagged(INET6), Dump::unflagged(IPMR), Dump::unflagged(IP6MR)],
        key: KeyForm::Rule,
        apart: &[FRA_PROTOCOL],
        repeats: true,
        sorted_by: Some(FRA_PRIORITY),
        ordered: Some(rule_list),
        restorable: true,
        ..BASE
    };
    /// An entry of a neighbour table, or of the forwarding database of a bridge or tunnel (AF_BRIDGE).
    Neigh (RTM_NEWNEIGH) = Spec {
        name: "neigh",
        noun: "neigh",
        label: "[NEIGH]",
        monitor: Some(Keyword { place: 7, names: &["neigh~"], about: "neighbours" }),
        new: RTM_NEWNEIGH,
        del: RTM_DELNEIGH,
        get: RTM_GETNEIGH,
        // A look-up that user space should answer: `ip` calls it a miss.
        get_event: Some(What::Miss),
        header: NDMSG,
        groups: &[(UNSPEC, Group::Neigh)],
        dumps: &[
            Dump { signal: ChangeSignal::Additions, ..Dump::of(INET) },
            Dump { signal: ChangeSignal::Additions, ..Dump::of(INET6) },
            Dump { signal: ChangeSignal::Additions, ..Dump::of(BRIDGE) },
            // The kernel sends no notification for proxy entries.
            Dump { flags: NTF_PROXY, signal: ChangeSignal::None, ..Dump::of(INET) },
            Dump { flags: NTF_PROXY, signal: ChangeSignal::None, ..Dump::of(INET6) },
        ],
        key: KeyForm::Neigh,
        times: &[NDA_CACHEINFO, NDA_PROBES],
        unique: true,
        restorable: true,
        ..BASE
    };
    /// A prefix of a router advertisement.
    Prefix (RTM_NEWPREFIX) = Spec {
        name: "prefix",
        noun: "prefix",
        label: "[PREFIX]",
        monitor: Some(Keyword { place: 6, names: &["prefix~"], about: "prefixes from router advertisements" }),
        new: RTM_NEWPREFIX,
        header: PREFIXMSG,
        groups: &[(INET6, Group::Ipv6Prefix)],
        ..BASE
    };
    /// Statistics of an interface.
    Stats (RTM_NEWSTATS) = Spec {
        name: "stats",
        noun: "stats",
        label: "[STATS]",
        monitor: Some(Keyword { place: 12, names: &["stats"], about: "hardware counters" }),
        new: RTM_NEWSTATS,
        get: RTM_GETSTATS,
        header: IF_STATS_MSG,
        groups: &[(UNSPEC, Group::Stats)],
        ..BASE
    };
    /// A neighbour table, or its parameters for one interface.
    NeighTable (RTM_NEWNEIGHTBL) = Spec {
        name: "ntable",
        noun: "ntable",
        label: "[NTABLE]",
        new: RTM_NEWNEIGHTBL,
        get: RTM_GETNEIGHTBL,
        header: RTGENMSG,
        // There are no notifications of tables: their entries are created and deleted with interfaces.
        groups: &[(UNSPEC, Group::Link)],
        dumps: &[Dump::unflagged(UNSPEC)],
        key: KeyForm::Fields {
            by_family: true,
            header: 0..0,
            attrs: &[NDTA_NAME],
            nested: Some((NDTA_PARMS, NDTPA_IFINDEX)),
        },
        // A dump in several parts repeats a table's own parameters at the start of each.
        unique: true,
        // Without a family, a request means the first table of its name.
        loose_requests: true,
        restorable: true,
        ..BASE
    };
}

impl ObjectType {
    /// The type that a message body is about.
    pub fn of(number: u16, body: &[u8]) -> Option<ObjectType> {
        match ObjectType::of_message(number)? {
            ObjectType::Route if matches!(body.first(), Some(&(IPMR | IP6MR))) => Some(ObjectType::Mroute),
            object => Some(object),
        }
    }

    /// The type that a request is about, if a rollback can restore it.
    pub fn of_request(number: u16) -> Option<ObjectType> {
        ObjectType::of_message(number).filter(|object| object.spec().restorable)
    }

    /// The types that a rollback restores, in dependency order.
    pub fn restorable() -> impl DoubleEndedIterator<Item = ObjectType> {
        ObjectType::ALL.iter().copied().filter(|object| object.spec().restorable)
    }

    /// The types that `monitor` watches, in the order in which it prints the state.
    pub fn watched() -> impl Iterator<Item = ObjectType> {
        ObjectType::ALL.iter().copied().filter(|object| object.spec().monitor.is_some())
    }

    /// The word of the command line.
    pub fn name(self) -> &'static str {
        self.spec().name
    }

    /// The attributes of a message's body.
    pub fn attrs(self, body: &[u8]) -> Attrs<'_> {
        Attrs(body.get(self.spec().header..).unwrap_or_default())
    }

    /// The attributes of a message's body, indexed by number.
    pub fn index(self, body: &[u8]) -> Index<'_, 72> {
        Index::new(self.attrs(body).0)
    }

    /// The groups that announce changes of a family's entries; UNSPEC: of all families.
    pub fn groups(self, family: u8) -> impl Iterator<Item = Group> {
        let wanted = move |of: u8| family == UNSPEC || of == UNSPEC || of == family;
        self.spec().groups.iter().filter(move |(of, _)| wanted(*of)).map(|(_, group)| *group)
    }
}

#[cfg(test)]
mod tests;
