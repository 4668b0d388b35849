//! `bond`: link aggregation (linux/if_link.h, IFLA_BOND_*; linux/if_bonding.h).

use super::{Data, Kind, RecordWriter, parse_data, unknown_command};
use crate::diag::Diag;
use crate::grammar::address::{self, v4};
use crate::grammar::number::{Term, U8, U16, U32};
use crate::grammar::value::{Absent, Dev, Flag, LlAddr, Switch};
use crate::grammar::{Fallback, Grammar, Offer, Row, Value, Words};
use crate::net::attr::Attrs;
use crate::object::link::ether::Mac;
use crate::output::Scalar;
use crate::output::scalar::{Both, Null};
use crate::{attrs, raw, rows};
use netlink_packet_route::link::{InfoBond, InfoData};
use std::borrow::Cow;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

raw!(InfoBond);

attrs! {
    /// The attributes of its data (linux/if_link.h).
    pub const ATTRS;
    IFLA_BOND_MODE = 1: U8, Set;
    IFLA_BOND_ACTIVE_SLAVE = 2: U32, Set;
    IFLA_BOND_MIIMON = 3: U32, Set;
    IFLA_BOND_UPDELAY = 4: U32, Set;
    IFLA_BOND_DOWNDELAY = 5: U32, Set;
    IFLA_BOND_USE_CARRIER = 6: U8, Set;
    IFLA_BOND_ARP_INTERVAL = 7: U32, Set;
    IFLA_BOND_ARP_IP_TARGET = 8: Nest(Array(&Ip)), Set;
    IFLA_BOND_ARP_VALIDATE = 9: U32, Set;
    IFLA_BOND_ARP_ALL_TARGETS = 10: U32, Set;
    IFLA_BOND_PRIMARY = 11: U32, Set;
    IFLA_BOND_PRIMARY_RESELECT = 12: U8, Set;
    IFLA_BOND_FAIL_OVER_MAC = 13: U8, Set;
    IFLA_BOND_XMIT_HASH_POLICY = 14: U8, Set;
    IFLA_BOND_RESEND_IGMP = 15: U32, Set;
    IFLA_BOND_NUM_PEER_NOTIF = 16: U8, Set;
    IFLA_BOND_ALL_SLAVES_ACTIVE = 17: U8, Set;
    IFLA_BOND_MIN_LINKS = 18: U32, Set;
    IFLA_BOND_LP_INTERVAL = 19: U32, Set;
    IFLA_BOND_PACKETS_PER_SLAVE = 20: U32, Set;
    IFLA_BOND_AD_LACP_RATE = 21: U8, Set;
    IFLA_BOND_AD_SELECT = 22: U8, Set;
    IFLA_BOND_AD_INFO = 23: Nest(Attrs(AD_INFO_ATTRS)), Read;
    IFLA_BOND_AD_ACTOR_SYS_PRIO = 24: U16, Set;
    IFLA_BOND_AD_USER_PORT_KEY = 25: U16, Set;
    IFLA_BOND_AD_ACTOR_SYSTEM = 26: Mac, Set;
    IFLA_BOND_TLB_DYNAMIC_LB = 27: U8, Set;
    IFLA_BOND_PEER_NOTIF_DELAY = 28: U32, Set;
    IFLA_BOND_AD_LACP_ACTIVE = 29: U8, Set;
    IFLA_BOND_MISSED_MAX = 30: U8, Set;
    IFLA_BOND_NS_IP6_TARGET = 31: Nest(Array(&Ip)), Set;
    IFLA_BOND_COUPLED_CONTROL = 32: U8, Set;
    IFLA_BOND_BROADCAST_NEIGH = 33: U8, Set;
    IFLA_BOND_LACP_STRICT = 34: U8, Set;
}

attrs! {
    /// Inside IFLA_BOND_AD_INFO.
    const AD_INFO_ATTRS;
    IFLA_BOND_AD_INFO_AGGREGATOR = 1: U16, Read;
    IFLA_BOND_AD_INFO_NUM_PORTS = 2: U16, Read;
    IFLA_BOND_AD_INFO_ACTOR_KEY = 3: U16, Read;
    IFLA_BOND_AD_INFO_PARTNER_KEY = 4: U16, Read;
    IFLA_BOND_AD_INFO_PARTNER_MAC = 5: Mac, Read;
}

/// Maximum number of ARP and NS targets (BOND_MAX_ARP_TARGETS of linux/if_bonding.h).
const TARGETS_MAX: usize = 16;

const MODES: Indexed = Indexed(
    &["balance-rr", "active-backup", "balance-xor", "broadcast", "802.3ad", "balance-tlb", "balance-alb"],
    "invalid mode",
);
const ARP_VALIDATES: Indexed =
    Indexed(&["none", "active", "backup", "all", "filter", "filter_active", "filter_backup"], "invalid arp_validate");
const ARP_ALLS: Indexed = Indexed(&["any", "all"], "invalid arp_all_targets");
const RESELECTS: Indexed = Indexed(&["always", "better", "failure"], "invalid primary_reselect");
const FAIL_OVERS: Indexed = Indexed(&["none", "active", "follow"], "invalid fail_over_mac");
const HASHES: Indexed =
    Indexed(&["layer2", "layer3+4", "layer2+3", "encap2+3", "encap3+4", "vlan+srcmac"], "invalid xmit_hash_policy");
const RATES: Indexed = Indexed(&["slow", "fast"], "invalid lacp_rate");
const ACTIVES: Indexed = Indexed(&["off", "on"], "invalid lacp_active");
const SELECTS: Indexed = Indexed(&["stable", "bandwidth", "count"], "invalid ad_select");

/// Links of type `bond`.
pub static KIND: Kind = Kind { attrs: ATTRS,
    parse: Some(|w, _| parse_data(w, &GRAMMAR, InfoData::Bond)),
    tables: &[&GRAMMAR],
    describe: Some(describe),
    defaults: DEFAULTS,
    late: &["primary"],
    ..Kind::named("bond").terms(&[("", "[ num_grat_arp|num_unsol_na NUM_GRAT_ARP|NUM_UNSOL_NA ] [ arp_ip_target [ ARP_IP_TARGET, ... ] ] [ ns_ip6_target [ NS_IP6_TARGET, ... ] ]")]).about("link aggregation of several devices").examples(&[
        ("rip link add bond0 type bond mode active-backup miimon 100", "active-backup: one active port, the others are standby"),
        ("rip link add bond0 type bond mode 802.3ad lacp_rate fast", "LACP"),
    ])
};

/// The defaults of a new bond (drivers/net/bonding in Linux), also for modes without the setting.
const DEFAULTS: &[&str] = &[
    "miimon 0",
    "updelay 0",
    "downdelay 0",
    "peer_notify_delay 0",
    "use_carrier 1",
    "arp_interval 0",
    "arp_missed_max 2",
    "arp_validate none",
    "arp_all_targets any",
    "primary_reselect always",
    "fail_over_mac none",
    "xmit_hash_policy layer2",
    "resend_igmp 1",
    "num_grat_arp 1",
    "all_slaves_active 0",
    "lacp_strict off",
    "min_links 0",
    "lp_interval 1",
    "packets_per_slave 1",
    "lacp_active on",
    "lacp_rate slow",
    "coupled_control on",
    "broadcast_neighbor off",
    "ad_select stable",
    "tlb_dynamic_lb 1",
    "ad_actor_sys_prio 65535",
    "ad_user_port_key 0",
    "ad_actor_system 00:00:00:00:00:00",
];

type D = Data<InfoBond>;

static WATCH: &[Row<D>] = rows!(D;
    "mode~" => Term("BONDMODE", MODES), "bonding mode", |d, v| d.raw(IFLA_BOND_MODE, [v]);
    "active_slave~" => Term("SLAVE_DEV", Dev(Absent::CannotFind)), "active port", |d, v| d.put(InfoBond::ActivePort(v));
    "clear_active_slave~" => Flag, "let the bond select the active port", |d, ()| d.put(InfoBond::ActivePort(0));
    "miimon~" => Term("MIIMON", U32("invalid miimon")), "link monitoring interval, milliseconds", |d, v| d.put(InfoBond::MiiMon(v));
    "updelay~" => Term("UPDELAY", U32("invalid updelay")), "delay before a recovered port is used, milliseconds", |d, v| d.put(InfoBond::UpDelay(v));
    "downdelay~" => Term("DOWNDELAY", U32("invalid downdelay")), "delay before a failed port is disabled, milliseconds", |d, v| d.put(InfoBond::DownDelay(v));
    "peer_notify_delay~" => Term("DELAY", U32("invalid peer_notify_delay")), "interval between peer notifications, milliseconds", |d, v| d.put(InfoBond::PeerNotifDelay(v));
    "use_carrier~" => Term("USE_CARRIER", U8("invalid use_carrier")), "1: carrier state of the driver, 0: ioctl", |d, v| d.raw(IFLA_BOND_USE_CARRIER, [v]);
    "arp_interval~" => Term("ARP_INTERVAL", U32("invalid arp_interval")), "ARP monitoring interval, milliseconds", |d, v| d.put(InfoBond::ArpInterval(v));
    "arp_ip_target~" => ArpTargets, "IPv4 targets of ARP monitoring", |d, v| d.put(InfoBond::ArpIpTarget(v));
    "ns_ip6_target" => NsTargets, "IPv6 targets of NS monitoring", |d, v| d.put(InfoBond::NsIp6Target(v));
    "arp_validate~" => Term("ARP_VALIDATE", ARP_VALIDATES), "ports whose ARP replies are validated", |d, v| d.raw(IFLA_BOND_ARP_VALIDATE, u32::from(v).to_ne_bytes());
    "arp_all_targets~" => Term("ARP_ALL_TARGETS", ARP_ALLS), "targets that must reply: any or all", |d, v| d.raw(IFLA_BOND_ARP_ALL_TARGETS, u32::from(v).to_ne_bytes());
    "primary~" => Term("SLAVE_DEV", Dev(Absent::CannotFind)), "preferred port", |d, v| d.put(InfoBond::Primary(v));
    "primary_reselect~" => Term("PRIMARY_RESELECT", RESELECTS), "when to return to the primary port", |d, v| d.raw(IFLA_BOND_PRIMARY_RESELECT, [v]);
    "fail_over_mac~" => Term("FAIL_OVER_MAC", FAIL_OVERS), "policy for MAC addresses on failover", |d, v| d.raw(IFLA_BOND_FAIL_OVER_MAC, [v]);
);

static SEND: &[Row<D>] = rows!(D;
    "xmit_hash_policy~" => Term("XMIT_HASH_POLICY", HASHES), "transmit hash policy", |d, v| d.raw(IFLA_BOND_XMIT_HASH_POLICY, [v]);
    "resend_igmp~" => Term("RESEND_IGMP", U32("invalid resend_igmp")), "IGMP membership reports after a failover", |d, v| d.put(InfoBond::ResendIgmp(v));
    "num_grat_arp~" | "num_unsol_na~" => U8("invalid num_grat_arp|num_unsol_na"), "peer notifications after a failover", |d, v| d.put(InfoBond::NumPeerNotif(v));
    "all_slaves_active~" => Term("ALL_SLAVES_ACTIVE", U8("invalid all_slaves_active")), "accept frames on inactive ports, 0 or 1", |d, v| d.raw(IFLA_BOND_ALL_SLAVES_ACTIVE, [v]);
    "min_links~" => Term("MIN_LINKS", U32("invalid min_links")), "minimum number of active ports for carrier", |d, v| d.put(InfoBond::MinLinks(v));
    "lp_interval~" => Term("LP_INTERVAL", U32("invalid lp_interval")), "interval between learning packets, seconds", |d, v| d.put(InfoBond::LpInterval(v));
    "packets_per_slave~" => Term("PACKETS_PER_SLAVE", U32("invalid packets_per_slave")), "packets per port in balance-rr mode", |d, v| d.put(InfoBond::PacketsPerPort(v));
    "lacp_rate~" => Term("LACP_RATE", RATES), "LACPDU rate requested from the partner", |d, v| d.raw(IFLA_BOND_AD_LACP_RATE, [v]);
    "lacp_active" => Term("LACP_ACTIVE", ACTIVES), "send LACPDUs actively", |d, v| d.raw(IFLA_BOND_AD_LACP_ACTIVE, [v]);
    "coupled_control" => Term("COUPLED_CONTROL", Switch("coupled_control", 1)), "combined LACP collecting and distributing state", |d, v| d.put(InfoBond::CoupledControl(v));
    "broadcast_neighbor" => Term("BROADCAST_NEIGHBOR", Switch("broadcast_neighbor", 1)), "send ARP and ND through all ports", |d, v| d.put(InfoBond::BroadcastNeigh(v));
    "ad_select~" => Term("AD_SELECT", SELECTS), "aggregator selection policy", |d, v| d.raw(IFLA_BOND_AD_SELECT, [v]);
    "ad_user_port_key~" => Term("PORTKEY", U16("invalid ad_user_port_key")), "user part of the LACP port key", |d, v| d.put(InfoBond::AdUserPortKey(v));
    "ad_actor_sys_prio~" => Term("SYSPRIO", U16("invalid ad_actor_sys_prio")), "LACP system priority", |d, v| d.put(InfoBond::AdActorSysPrio(v));
    "ad_actor_system~" => Term("LLADDR", LlAddr), "LACP system address", |d, v| d.raw(IFLA_BOND_AD_ACTOR_SYSTEM, v);
    "tlb_dynamic_lb~" => Term("TLB_DYNAMIC_LB", U8("invalid tlb_dynamic_lb")), "rebalance flows by load, 0 or 1", |d, v| d.raw(IFLA_BOND_TLB_DYNAMIC_LB, [v]);
    "lacp_strict~" => Term("LACP_STRICT", Switch("lacp_strict", 1)), "use only ports with an LACP partner", |d, v| d.raw(IFLA_BOND_LACP_STRICT, [u8::from(v)]);
    "arp_missed_max" => Term("MISSED_MAX", U8("invalid arp_missed_max")), "missed ARP intervals before a port is down", |d, v| d.put(InfoBond::MissedMax(v));
);

static GRAMMAR: Grammar<D> =
    Grammar { title: "BOND", rows: &[WATCH, SEND], fallback: Fallback::Unknown(|arg| unknown_command("bond", arg)) };

/// One of a few words, or its index in decimal.
struct Indexed(&'static [&'static str], &'static str);

impl Indexed {
    fn find(&self, word: &[u8]) -> Option<u8> {
        let named = self.0.iter().position(|n| n.as_bytes() == word);
        let place = named.or_else(|| {
            let digits = word.strip_prefix(b"+").unwrap_or(word);
            let number = digits.iter().all(u8::is_ascii_digit).then(|| std::str::from_utf8(digits).ok()).flatten();
            number?.parse().ok().filter(|i| *i < self.0.len())
        });
        u8::try_from(place?).ok()
    }

    fn name(&self, value: u32) -> &'static str {
        usize::try_from(value).ok().and_then(|i| self.0.get(i)).copied().unwrap_or("UNKNOWN")
    }
}

impl Value for Indexed {
    type Out = u8;
    fn meta(&self) -> Cow<'static, str> {
        format!("{{ {} }}", self.0.join(" | ")).into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<u8, Diag> {
        let arg = w.next()?;
        self.find(arg.bytes).ok_or_else(|| {
            let d = arg.wrong(self.1);
            crate::grammar::suggest::hint(d, arg.bytes, self.0.iter().copied())
        })
    }
    fn offer(&self, _w: &Words<'_>) -> Vec<Offer> {
        self.0.iter().map(|n| Offer::new(*n, "")).collect()
    }
}

/// Parses `A,B,...`; no word at all is an empty list.
fn targets<T>(w: &mut Words<'_>, any: T, read: fn(&[u8]) -> Option<T>, complaint: (&str, &str)) -> Result<Vec<T>, Diag>
where
    T: Copy,
{
    let Ok(arg) = w.next() else { return Ok(Vec::new()) };
    let parts = arg.bytes.split(|b| *b == b',').filter(|p| !p.is_empty()).take(TARGETS_MAX);
    let one = |part: &[u8]| {
        if matches!(part, b"any" | b"all" | b"default") {
            return Ok(any);
        }
        read(part).ok_or_else(|| {
            let shown = crate::output::escape::shown(part);
            Diag::fail(format!("Error: {} is expected rather than \"{shown}\"{}", complaint.0, complaint.1))
                .at(arg.span())
        })
    };
    parts.map(one).collect()
}

struct ArpTargets;

impl Value for ArpTargets {
    type Out = Vec<Ipv4Addr>;
    fn meta(&self) -> Cow<'static, str> {
        "ADDRESS,...".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Self::Out, Diag> {
        let read = |part: &[u8]| v4(part);
        targets(w, Ipv4Addr::UNSPECIFIED, read, ("an IP address", ""))
    }
}

struct NsTargets;

impl Value for NsTargets {
    type Out = Vec<Ipv6Addr>;
    fn meta(&self) -> Cow<'static, str> {
        "ADDRESS,...".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Self::Out, Diag> {
        let read = |part: &[u8]| match address::parse(part, address::INET6)?.ip()? {
            IpAddr::V6(ip) => Some(ip),
            IpAddr::V4(_) => None,
        };
        targets(w, Ipv6Addr::UNSPECIFIED, read, ("inet6 address", "."))
    }
}

fn describe(s: &mut RecordWriter<'_, '_, '_>) {
    named(s, IFLA_BOND_MODE, &MODES, "mode", "mode {} ");
    slave(s, IFLA_BOND_ACTIVE_SLAVE, "active_slave", "active_slave {} ");
    for (attr, key, form) in [
        (IFLA_BOND_MIIMON, "miimon", "miimon {} "),
        (IFLA_BOND_UPDELAY, "updelay", "updelay {} "),
        (IFLA_BOND_DOWNDELAY, "downdelay", "downdelay {} "),
        (IFLA_BOND_PEER_NOTIF_DELAY, "peer_notify_delay", "peer_notify_delay {} "),
    ] {
        s.u32(attr, key, form);
    }
    s.u8(IFLA_BOND_USE_CARRIER, "use_carrier", "use_carrier {} ");
    s.u32(IFLA_BOND_ARP_INTERVAL, "arp_interval", "arp_interval {} ");
    s.u8(IFLA_BOND_MISSED_MAX, "arp_missed_max", "arp_missed_max {} ");
    addresses(s, IFLA_BOND_ARP_IP_TARGET, "arp_ip_target", |b| b.first_chunk::<4>().map(|b| Ipv4Addr::from(*b)));
    addresses(s, IFLA_BOND_NS_IP6_TARGET, "ns_ip6_target", |b| b.first_chunk::<16>().map(|b| Ipv6Addr::from(*b)));
    match s.d.u32(IFLA_BOND_ARP_VALIDATE) {
        Some(0) => s.p.item("arp_validate", "arp_validate {} ", Both("none", Null)),
        Some(v) => s.p.item("arp_validate", "arp_validate {} ", ARP_VALIDATES.name(v)),
        None => {}
    }
    if let Some(v) = s.d.u32(IFLA_BOND_ARP_ALL_TARGETS) {
        s.p.item("arp_all_targets", "arp_all_targets {} ", ARP_ALLS.name(v));
    }
    slave(s, IFLA_BOND_PRIMARY, "primary", "primary {} ");
    named(s, IFLA_BOND_PRIMARY_RESELECT, &RESELECTS, "primary_reselect", "primary_reselect {} ");
    named(s, IFLA_BOND_FAIL_OVER_MAC, &FAIL_OVERS, "fail_over_mac", "fail_over_mac {} ");
    named(s, IFLA_BOND_XMIT_HASH_POLICY, &HASHES, "xmit_hash_policy", "xmit_hash_policy {} ");
    s.u32(IFLA_BOND_RESEND_IGMP, "resend_igmp", "resend_igmp {} ");
    s.u8(IFLA_BOND_NUM_PEER_NOTIF, "num_peer_notif", "num_grat_arp {} ");
    s.u8(IFLA_BOND_ALL_SLAVES_ACTIVE, "all_slaves_active", "all_slaves_active {} ");
    s.switch(IFLA_BOND_LACP_STRICT, "lacp_strict", "lacp_strict {} ");
    s.u32(IFLA_BOND_MIN_LINKS, "min_links", "min_links {} ");
    s.u32(IFLA_BOND_LP_INTERVAL, "lp_interval", "lp_interval {} ");
    s.u32(IFLA_BOND_PACKETS_PER_SLAVE, "packets_per_slave", "packets_per_slave {} ");
    named(s, IFLA_BOND_AD_LACP_ACTIVE, &ACTIVES, "ad_lacp_active", "lacp_active {} ");
    named(s, IFLA_BOND_AD_LACP_RATE, &RATES, "ad_lacp_rate", "lacp_rate {} ");
    s.switch(IFLA_BOND_COUPLED_CONTROL, "coupled_control", "coupled_control {} ");
    s.switch(IFLA_BOND_BROADCAST_NEIGH, "broadcast_neighbor", "broadcast_neighbor {} ");
    named(s, IFLA_BOND_AD_SELECT, &SELECTS, "ad_select", "ad_select {} ");
    ad_info(s);
    s.u16(IFLA_BOND_AD_ACTOR_SYS_PRIO, "ad_actor_sys_prio", "ad_actor_sys_prio {} ");
    s.u16(IFLA_BOND_AD_USER_PORT_KEY, "ad_user_port_key", "ad_user_port_key {} ");
    if let Some(b) = s.d.get(IFLA_BOND_AD_ACTOR_SYSTEM) {
        s.p.item("ad_actor_system", "ad_actor_system {} ", Mac(1, b));
    }
    s.u8(IFLA_BOND_TLB_DYNAMIC_LB, "tlb_dynamic_lb", "tlb_dynamic_lb {} ");
}

fn named(s: &mut RecordWriter<'_, '_, '_>, attr: u16, names: &Indexed, key: &str, form: &str) {
    if let Some(v) = s.d.u8(attr) {
        s.p.item(key, form, names.name(v.into()));
    }
}

/// Describes a port of the bond, if there is one.
fn slave(s: &mut RecordWriter<'_, '_, '_>, attr: u16, key: &str, form: &str) {
    if s.d.u32(attr).is_some_and(|v| v != 0) {
        s.device(attr, key, form);
    }
}

fn addresses<T: Scalar>(s: &mut RecordWriter<'_, '_, '_>, attr: u16, key: &str, read: fn(&[u8]) -> Option<T>) {
    let Some(list) = s.d.get(attr) else { return };
    let mut all = Attrs(list).filter_map(|(_, b)| read(b)).peekable();
    if all.peek().is_none() {
        return;
    }
    s.p.array(Some(key));
    s.p.text_item("{} ", key);
    while let Some(ip) = all.next() {
        s.p.element(if all.peek().is_some() { "{}," } else { "{} " }, ip);
    }
    s.p.close();
}

/// Describes the 802.3ad aggregator.
fn ad_info(s: &mut RecordWriter<'_, '_, '_>) {
    let Some(info) = s.d.nest(IFLA_BOND_AD_INFO) else { return };
    s.p.object(Some("ad_info"));
    let mut info = RecordWriter { s: s.s, p: s.p, d: &info };
    info.u16(IFLA_BOND_AD_INFO_AGGREGATOR, "aggregator", "ad_aggregator {} ");
    info.u16(IFLA_BOND_AD_INFO_NUM_PORTS, "num_ports", "ad_num_ports {} ");
    info.u16(IFLA_BOND_AD_INFO_ACTOR_KEY, "actor_key", "ad_actor_key {} ");
    info.u16(IFLA_BOND_AD_INFO_PARTNER_KEY, "partner_key", "ad_partner_key {} ");
    if let Some(b) = info.d.get(IFLA_BOND_AD_INFO_PARTNER_MAC) {
        info.p.item("partner_mac", "ad_partner_mac {} ", Mac(1, b));
    }
    info.p.close();
}

#[cfg(test)]
mod tests {
    use crate::object::link::kind::testing::{covers, describes, sends};

    const WORDS: &[(&str, &str)] = &[
        ("mode 802.3ad", "1=04"),
        ("mode 01", "1=01"),
        ("mode 7", "!Error: argument \"7\" is wrong: invalid mode"),
        ("mode bal", "!Error: argument \"bal\" is wrong: invalid mode"),
        ("m 0 mii 5", "1=00 3=05000000"),
        ("active_slave v0", "2=03000000"),
        ("active_slave nosuch", "!Cannot find device \"nosuch\""),
        ("clear_active_slave", "2=00000000"),
        ("miimon 1 updelay 2 downdelay 3 peer_notify_delay 4", "3=01000000 4=02000000 5=03000000 28=04000000"),
        ("miimon -1", "!Error: argument \"-1\" is wrong: invalid miimon"),
        ("use_carrier 7 arp_interval 9", "6=07 7=09000000"),
        ("arp_ip_target 1.2.3.4,5.6.7.8", "8=08000000010203040800010005060708"),
        ("arp_ip_target ,1.2.3.4,, mode 1", "8=0800000001020304 1=01"),
        ("arp_ip_target any", "8=0800000000000000"),
        ("arp_ip_target", "8="),
        ("arp_ip_target 1.2.3.4,zz", "!Error: an IP address is expected rather than \"zz\""),
        (
            "ns_ip6_target 2001::1,2001::2",
            "31=14000000200100000000000000000000000000011400010020010000000000000000000000000002",
        ),
        ("ns_ip6_target mode 1", "!Error: inet6 address is expected rather than \"mode\"."),
        ("ns_ip6_target 1.2.3.4", "!Error: inet6 address is expected rather than \"1.2.3.4\"."),
        ("arp_validate filter_backup arp_all_targets all", "9=06000000 10=01000000"),
        ("primary v1 primary_reselect failure fail_over_mac follow", "11=02000000 12=02 13=02"),
        ("xmit_hash_policy layer2+3 resend_igmp 3", "14=02 15=03000000"),
        ("num_grat_arp 4", "16=04"),
        ("num_unsol_na 256", "!Error: argument \"256\" is wrong: invalid num_grat_arp|num_unsol_na"),
        (
            "all_slaves_active 2 min_links 3 lp_interval 4 packets_per_slave 5",
            "17=02 18=03000000 19=04000000 20=05000000",
        ),
        ("lacp_rate fast lacp_active off coupled_control on broadcast_neighbor off", "21=01 29=00 32=01 33=00"),
        ("lacp_strict on", "34=01"),
        ("lacp_strict 1", "!Error: argument of \"lacp_strict\" must be one of \"off\", \"on\", not \"1\""),
        ("coupled_control 1", "!Error: argument of \"coupled_control\" must be one of \"off\", \"on\", not \"1\""),
        ("ad_select count ad_user_port_key 7 ad_actor_sys_prio 65535", "22=02 25=0700 24=ffff"),
        ("ad_actor_system 1:2:3:4:5:6 tlb_dynamic_lb 3 arp_missed_max 2", "26=010203040506 27=03 30=02"),
        ("lacp_a off", "!bond: unknown command \"lacp_a\"?"),
    ];

    #[test]
    fn words() {
        sends("bond", WORDS);
        covers("bond", WORDS);
    }

    #[test]
    fn descriptions() {
        describes(
            "bond",
            &[
                (
                    "1=04 2=4d000000 3=64000000 4=c8000000 5=2c010000 6=01 7=00000000 8{0=01020304 3=05060708} 9=03000000 10=01000000 11=4d000000 12=01 13=02 14=01 15=01000000 16=05 17=00 18=00000000 19=01000000 20=01000000 21=01 22=02 23{1=0100 2=0200 3=0900 4=0100 5=000102030405} 24=ffff 25=0700 26=020000000001 27=01 28=05000000 29=01 30=02 31{0=20010000000000000000000000000001 1=20010000000000000000000000000002}",
                    "mode 802.3ad active_slave br7 miimon 100 updelay 200 downdelay 300 peer_notify_delay 5 use_carrier 1 arp_interval 0 arp_missed_max 2 arp_ip_target 1.2.3.4,5.6.7.8 ns_ip6_target 2001::1,2001::2 arp_validate all arp_all_targets all primary br7 primary_reselect better fail_over_mac follow xmit_hash_policy layer3+4 resend_igmp 1 num_grat_arp 5 all_slaves_active 0 min_links 0 lp_interval 1 packets_per_slave 1 lacp_active on lacp_rate fast ad_select count ad_aggregator 1 ad_num_ports 2 ad_actor_key 9 ad_partner_key 1 ad_partner_mac 00:01:02:03:04:05 ad_actor_sys_prio 65535 ad_user_port_key 7 ad_actor_system 02:00:00:00:00:01 tlb_dynamic_lb 1 ",
                    r#"{"mode":"802.3ad","active_slave":"br7","miimon":100,"updelay":200,"downdelay":300,"peer_notify_delay":5,"use_carrier":1,"arp_interval":0,"arp_missed_max":2,"arp_ip_target":["1.2.3.4","5.6.7.8"],"ns_ip6_target":["2001::1","2001::2"],"arp_validate":"all","arp_all_targets":"all","primary":"br7","primary_reselect":"better","fail_over_mac":"follow","xmit_hash_policy":"layer3+4","resend_igmp":1,"num_peer_notif":5,"all_slaves_active":0,"min_links":0,"lp_interval":1,"packets_per_slave":1,"ad_lacp_active":"on","ad_lacp_rate":"fast","ad_select":"count","ad_info":{"aggregator":1,"num_ports":2,"actor_key":9,"partner_key":1,"partner_mac":"00:01:02:03:04:05"},"ad_actor_sys_prio":65535,"ad_user_port_key":7,"ad_actor_system":"02:00:00:00:00:01","tlb_dynamic_lb":1}"#,
                ),
                ("1=07", "mode UNKNOWN ", r#"{"mode":"UNKNOWN"}"#),
                ("9=00000000", "arp_validate none ", r#"{"arp_validate":null}"#),
                ("29=02", "lacp_active UNKNOWN ", r#"{"ad_lacp_active":"UNKNOWN"}"#),
                ("2=00000000 11=00000000", "", r#"{}"#),
                ("2=63000000", "active_slave if99 ", r#"{"active_slave":"if99"}"#),
                ("8{} 31{}", "", r#"{}"#),
                (
                    "8{0=01020304 1=00000000 2=05060708}",
                    "arp_ip_target 1.2.3.4,0.0.0.0,5.6.7.8 ",
                    r#"{"arp_ip_target":["1.2.3.4","0.0.0.0","5.6.7.8"]}"#,
                ),
                ("23{1=0100}", "ad_aggregator 1 ", r#"{"ad_info":{"aggregator":1}}"#),
                ("34=00 18=01000000", "lacp_strict off min_links 1 ", r#"{"lacp_strict":false,"min_links":1}"#),
                (
                    "32=01 33=00",
                    "coupled_control on broadcast_neighbor off ",
                    r#"{"coupled_control":true,"broadcast_neighbor":false}"#,
                ),
            ],
        );
    }
}
