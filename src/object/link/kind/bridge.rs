//! `bridge`: a learning Ethernet bridge (linux/if_link.h, IFLA_BR_*). Times are in hundredths of a second.

use super::{Data, Kind, RecordWriter, parse_data, unknown_command};
use crate::diag::Diag;
use crate::grammar::number::{Term, U8, U16, U32, U64};
use crate::grammar::value::{Flag, LlAddr, OneOf};
use crate::grammar::{Fallback, Grammar, Row, Value, Words};
use crate::net::attr::u32_at;
use crate::object::link::ether::{self, Mac};
use crate::output::color::of_family;
use crate::output::scalar::{Both, Hundredths, Scalar};
use crate::schema::Quirks;
use crate::{attrs, raw, rows};
use netlink_packet_route::link::{BridgeBooleanOptionFlags as Bools, BridgeBooleanOptions, InfoBridge, InfoData};
use std::borrow::Cow;

raw!(InfoBridge);

attrs! {
    /// The attributes of its data (linux/if_link.h).
    pub const ATTRS;
    IFLA_BR_FORWARD_DELAY = 1: U32, Set;
    IFLA_BR_HELLO_TIME = 2: U32, Set;
    IFLA_BR_MAX_AGE = 3: U32, Set;
    IFLA_BR_AGEING_TIME = 4: U32, Set;
    IFLA_BR_STP_STATE = 5: U32, Set;
    IFLA_BR_PRIORITY = 6: U16, Set;
    IFLA_BR_VLAN_FILTERING = 7: U8, Set;
    IFLA_BR_VLAN_PROTOCOL = 8: Be16, Set;
    IFLA_BR_GROUP_FWD_MASK = 9: U16, Set;
    IFLA_BR_ROOT_ID = 10: Bytes, Read;
    IFLA_BR_BRIDGE_ID = 11: Bytes, Read;
    IFLA_BR_ROOT_PORT = 12: U16, Read;
    IFLA_BR_ROOT_PATH_COST = 13: U32, Read;
    IFLA_BR_TOPOLOGY_CHANGE = 14: U8, Read;
    IFLA_BR_TOPOLOGY_CHANGE_DETECTED = 15: U8, Read;
    IFLA_BR_HELLO_TIMER = 16: U64, Read;
    IFLA_BR_TCN_TIMER = 17: U64, Read;
    IFLA_BR_TOPOLOGY_CHANGE_TIMER = 18: U64, Read;
    IFLA_BR_GC_TIMER = 19: U64, Read;
    IFLA_BR_GROUP_ADDR = 20: Mac, Set;
    IFLA_BR_FDB_FLUSH = 21: Flag, Request;
    IFLA_BR_MCAST_ROUTER = 22: U8, Set;
    IFLA_BR_MCAST_SNOOPING = 23: U8, Set;
    IFLA_BR_MCAST_QUERY_USE_IFADDR = 24: U8, Set;
    IFLA_BR_MCAST_QUERIER = 25: U8, Set;
    IFLA_BR_MCAST_HASH_ELASTICITY = 26: U32, Set;
    IFLA_BR_MCAST_HASH_MAX = 27: U32, Set;
    IFLA_BR_MCAST_LAST_MEMBER_CNT = 28: U32, Set;
    IFLA_BR_MCAST_STARTUP_QUERY_CNT = 29: U32, Set;
    IFLA_BR_MCAST_LAST_MEMBER_INTVL = 30: U64, Set;
    IFLA_BR_MCAST_MEMBERSHIP_INTVL = 31: U64, Set;
    IFLA_BR_MCAST_QUERIER_INTVL = 32: U64, Set;
    IFLA_BR_MCAST_QUERY_INTVL = 33: U64, Set;
    IFLA_BR_MCAST_QUERY_RESPONSE_INTVL = 34: U64, Set;
    IFLA_BR_MCAST_STARTUP_QUERY_INTVL = 35: U64, Set;
    IFLA_BR_NF_CALL_IPTABLES = 36: U8, Set;
    IFLA_BR_NF_CALL_IP6TABLES = 37: U8, Set;
    IFLA_BR_NF_CALL_ARPTABLES = 38: U8, Set;
    IFLA_BR_VLAN_DEFAULT_PVID = 39: U16, Set;
    IFLA_BR_VLAN_STATS_ENABLED = 41: U8, Set;
    IFLA_BR_MCAST_STATS_ENABLED = 42: U8, Set;
    IFLA_BR_MCAST_IGMP_VERSION = 43: U8, Set;
    IFLA_BR_MCAST_MLD_VERSION = 44: U8, Set;
    IFLA_BR_VLAN_STATS_PER_PORT = 45: U8, Set;
    IFLA_BR_MULTI_BOOLOPT = 46: Bytes, Set;
    IFLA_BR_MCAST_QUERIER_STATE = 47: Bytes, Read;
    IFLA_BR_FDB_N_LEARNED = 48: U32, Read;
    IFLA_BR_FDB_MAX_LEARNED = 49: U32, Set;
    IFLA_BR_STP_MODE = 50: U32, Request;
}

/// Links of type `bridge`.
pub static KIND: Kind = Kind {
    attrs: ATTRS,
    parse: Some(|w, _| parse_data(w, &GRAMMAR, InfoData::Bridge)),
    tables: &[&GRAMMAR],
    describe: Some(describe),
    defaults: DEFAULTS,
    quirks: Quirks { recreatable: true, settings_follow: true, address_from_ports: true, ..Quirks::NONE },
    ..Kind::named("bridge").about("Ethernet bridge").examples(&[
        ("rip link add br1 type bridge", "a bridge"),
        ("rip link add br1 type bridge stp_state 1 vlan_filtering 1", "with spanning tree and VLAN filtering"),
    ])
};

/// The defaults of a new bridge (net/bridge/br_device.c, br_stp.c and br_multicast.c of Linux), as `-d link show`
/// prints them.
const DEFAULTS: &[&str] = &[
    "forward_delay 1500",
    "hello_time 200",
    "max_age 2000",
    "ageing_time 30000",
    "stp_state 0",
    "stp_mode auto",
    "priority 32768",
    "vlan_filtering 0",
    "vlan_protocol 802.1Q",
    "fdb_max_learned 0",
    "vlan_default_pvid 1",
    "vlan_stats_enabled 0",
    "vlan_stats_per_port 0",
    "group_fwd_mask 0",
    "group_address 01:80:c2:00:00:00",
    "mcast_snooping 1",
    "no_linklocal_learn 0",
    "mcast_vlan_snooping 0",
    "mst_enabled 0",
    "mdb_offload_fail_notification 0",
    "fdb_local_vlan_0 0",
    "mcast_router 1",
    "mcast_query_use_ifaddr 0",
    "mcast_querier 0",
    "mcast_hash_elasticity 16",
    "mcast_hash_max 4096",
    "mcast_last_member_count 2",
    "mcast_startup_query_count 2",
    "mcast_last_member_interval 100",
    "mcast_membership_interval 26000",
    "mcast_querier_interval 25500",
    "mcast_query_interval 12500",
    "mcast_query_response_interval 1000",
    "mcast_startup_query_interval 3124",
    "mcast_startup_query_interval 3125",
    "mcast_stats_enabled 0",
    "mcast_igmp_version 2",
    "mcast_mld_version 1",
    "nf_call_iptables 0",
    "nf_call_ip6tables 0",
    "nf_call_arptables 0",
];

type D = Data<InfoBridge>;

const STP_MODES: OneOf<u32> = OneOf("stp_mode", &[("auto", 0), ("user", 1), ("kernel", 2)]);

static TIMES: &[Row<D>] = rows!(D;
    "forward_delay~" => Term("FORWARD_DELAY", U32("invalid forward_delay")), "forward delay, hundredths of a second", |d, v| d.put(InfoBridge::ForwardDelay(v));
    "hello_time~" => Term("HELLO_TIME", U32("invalid hello_time")), "hello interval, hundredths of a second", |d, v| d.put(InfoBridge::HelloTime(v));
    "max_age~" => Term("MAX_AGE", U32("invalid max_age")), "maximum message age, hundredths of a second", |d, v| d.put(InfoBridge::MaxAge(v));
    "ageing_time~" => Term("AGEING_TIME", U32("invalid ageing_time")), "lifetime of learned addresses, hundredths of a second", |d, v| d.put(InfoBridge::AgeingTime(v));
    "stp_state~" => Term("STP_STATE", U32("invalid stp_state")), "spanning tree, 0 or 1", |d, v| d.raw(IFLA_BR_STP_STATE, v.to_ne_bytes());
    "stp_mode" => Term("STP_MODE", STP_MODES), "spanning tree implementation: auto, user or kernel", |d, v| d.raw(IFLA_BR_STP_MODE, v.to_ne_bytes());
    "priority~" => Term("PRIORITY", U16("invalid priority")), "bridge priority", |d, v| d.put(InfoBridge::Priority(v));
    "vlan_filtering~" => Term("VLAN_FILTERING", U8("invalid vlan_filtering")), "VLAN filtering, 0 or 1", |d, v| d.raw(IFLA_BR_VLAN_FILTERING, [v]);
    "vlan_protocol~" => Term("VLAN_PROTOCOL", VlanProtocol), "VLAN protocol: 802.1Q or 802.1ad", |d, v| d.raw(IFLA_BR_VLAN_PROTOCOL, v.to_be_bytes());
    "group_fwd_mask~" => Term("MASK", U16("invalid group_fwd_mask")), "mask of link-local groups to forward", |d, v| d.put(InfoBridge::GroupFwdMask(v));
    "group_address~" => Term("ADDRESS", LlAddr), "group address of the spanning tree", |d, v| d.raw(IFLA_BR_GROUP_ADDR, v);
    "no_linklocal_learn" => Term("NO_LINKLOCAL_LEARN", U8("invalid no_linklocal_learn")), "do not learn from link-local frames, 0 or 1", |d, v| option(d, Bools::from_bits_retain(1), v);
    "mst_enabled" => Term("MST_ENABLED", U8("invalid mst_enabled")), "multiple spanning trees (MST), 0 or 1", |d, v| option(d, Bools::from_bits_retain(4), v);
    "fdb_max_learned" => Term("FDB_MAX_LEARNED", U32("invalid fdb_max_learned")), "maximum number of learned addresses; 0: no limit", |d, v| d.put(InfoBridge::FdbMaxLearned(v));
    "fdb_flush~" => Flag, "flush the learned addresses", |d, ()| d.put(InfoBridge::FdbFlush);
    "vlan_default_pvid~" => Term("VLAN_DEFAULT_PVID", U16("invalid vlan_default_pvid")), "default PVID, for untagged frames", |d, v| d.put(InfoBridge::VlanDefaultPvid(v));
    "vlan_stats_enabled~" => Term("VLAN_STATS_ENABLED", U8("invalid vlan_stats_enabled")), "statistics per VLAN, 0 or 1", |d, v| d.raw(IFLA_BR_VLAN_STATS_ENABLED, [v]);
    "vlan_stats_per_port~" => Term("VLAN_STATS_PER_PORT", U8("invalid vlan_stats_per_port")), "statistics per VLAN and port, 0 or 1", |d, v| d.raw(IFLA_BR_VLAN_STATS_PER_PORT, [v]);
);

static MULTICAST: &[Row<D>] = rows!(D;
    "mcast_router~" => Term("MULTICAST_ROUTER", U8("invalid mcast_router")), "multicast router: 0 disabled, 1 learned from queries, 2 permanent", |d, v| d.raw(IFLA_BR_MCAST_ROUTER, [v]);
    "mcast_snooping~" => Term("MULTICAST_SNOOPING", U8("invalid mcast_snooping")), "IGMP and MLD snooping, 0 or 1", |d, v| d.raw(IFLA_BR_MCAST_SNOOPING, [v]);
    "mcast_vlan_snooping" => Term("MULTICAST_VLAN_SNOOPING", U8("invalid mcast_vlan_snooping")), "IGMP and MLD snooping per VLAN, 0 or 1", |d, v| option(d, Bools::from_bits_retain(2), v);
    "mdb_offload_fail_notification" => Term("MDB_OFFLOAD_FAIL_NOTIFICATION", U8("invalid mdb_offload_fail_notification")), "notify when hardware cannot offload a group, 0 or 1",
        |d, v| option(d, Bools::from_bits_retain(8), v);
    "fdb_local_vlan_0" => Term("FDB_LOCAL_VLAN_0", U8("invalid fdb_local_vlan_0")), "keep local addresses in VLAN 0 only, 0 or 1", |d, v| option(d, Bools::from_bits_retain(16), v);
    "mcast_query_use_ifaddr~" => Term("MCAST_QUERY_USE_IFADDR", U8("invalid mcast_query_use_ifaddr")), "send queries from the bridge's address, 0 or 1", |d, v| d.raw(IFLA_BR_MCAST_QUERY_USE_IFADDR, [v]);
    "mcast_querier~" => Term("MULTICAST_QUERIER", U8("invalid mcast_querier")), "multicast querier, 0 or 1", |d, v| d.raw(IFLA_BR_MCAST_QUERIER, [v]);
    "mcast_hash_elasticity~" => Term("HASH_ELASTICITY", U32("invalid mcast_hash_elasticity")), "obsolete: elasticity of the group table", |d, v| d.put(InfoBridge::MulticastHashElasticity(v));
    "mcast_hash_max~" => Term("HASH_MAX", U32("invalid mcast_hash_max")), "maximum number of groups", |d, v| d.put(InfoBridge::MulticastHashMax(v));
    "mcast_last_member_count~" => Term("LAST_MEMBER_COUNT", U32("invalid mcast_last_member_count")), "number of queries after a leave", |d, v| d.put(InfoBridge::MulticastLastMemberCount(v));
    "mcast_startup_query_count~" => Term("STARTUP_QUERY_COUNT", U32("invalid mcast_startup_query_count")), "number of queries at startup", |d, v| d.put(InfoBridge::MulticastStartupQueryCount(v));
    "mcast_last_member_interval~" => Term("LAST_MEMBER_INTERVAL", U64("invalid mcast_last_member_interval")), "last member query interval, hundredths of a second", |d, v| d.put(InfoBridge::MulticastLastMemberInterval(v));
    "mcast_membership_interval~" => Term("MEMBERSHIP_INTERVAL", U64("invalid mcast_membership_interval")), "membership interval, hundredths of a second", |d, v| d.put(InfoBridge::MulticastMembershipInterval(v));
    "mcast_querier_interval~" => Term("QUERIER_INTERVAL", U64("invalid mcast_querier_interval")), "querier timeout, hundredths of a second", |d, v| d.put(InfoBridge::MulticastQuerierInterval(v));
    "mcast_query_interval~" => Term("QUERY_INTERVAL", U64("invalid mcast_query_interval")), "query interval, hundredths of a second", |d, v| d.put(InfoBridge::MulticastQueryInterval(v));
    "mcast_query_response_interval~" => Term("QUERY_RESPONSE_INTERVAL", U64("invalid mcast_query_response_interval")), "query response interval, hundredths of a second", |d, v| d.put(InfoBridge::MulticastQueryResponseInterval(v));
    "mcast_startup_query_interval~" => Term("STARTUP_QUERY_INTERVAL", U64("invalid mcast_startup_query_interval")), "startup query interval, hundredths of a second", |d, v| d.put(InfoBridge::MulticastStartupQueryInterval(v));
    "mcast_stats_enabled~" => Term("MCAST_STATS_ENABLED", U8("invalid mcast_stats_enabled")), "IGMP and MLD statistics, 0 or 1", |d, v| d.raw(IFLA_BR_MCAST_STATS_ENABLED, [v]);
    "mcast_igmp_version~" => Term("IGMP_VERSION", U8("invalid mcast_igmp_version")), "IGMP version, 2 or 3", |d, v| d.put(InfoBridge::MulticastIgmpVersion(v));
    "mcast_mld_version~" => Term("MLD_VERSION", U8("invalid mcast_mld_version")), "MLD version, 1 or 2", |d, v| d.put(InfoBridge::MulticastMldVersion(v));
    "nf_call_iptables~" => Term("NF_CALL_IPTABLES", U8("invalid nf_call_iptables")), "pass frames to iptables, 0 or 1", |d, v| d.raw(IFLA_BR_NF_CALL_IPTABLES, [v]);
    "nf_call_ip6tables~" => Term("NF_CALL_IP6TABLES", U8("invalid nf_call_ip6tables")), "pass frames to ip6tables, 0 or 1", |d, v| d.raw(IFLA_BR_NF_CALL_IP6TABLES, [v]);
    "nf_call_arptables~" => Term("NF_CALL_ARPTABLES", U8("invalid nf_call_arptables")), "pass frames to arptables, 0 or 1", |d, v| d.raw(IFLA_BR_NF_CALL_ARPTABLES, [v]);
);

static GRAMMAR: Grammar<D> = Grammar {
    title: "BRIDGE",
    rows: &[TIMES, MULTICAST],
    fallback: Fallback::Unknown(|arg| unknown_command("bridge", arg)),
};

/// Sets an option of IFLA_BR_MULTI_BOOLOPT, which has all yes/no options as values and a mask.
fn option(d: &mut D, bit: Bools, on: u8) {
    let held = d.list.iter_mut().find_map(|a| if let InfoBridge::MultiBoolOpt(o) = a { Some(o) } else { None });
    d.trail.note(&[IFLA_BR_MULTI_BOOLOPT]);
    match held {
        Some(o) => {
            o.value.set(bit, on != 0);
            o.mask.insert(bit);
        }
        None => {
            let value = if on != 0 { bit } else { Bools::empty() };
            d.list.push(InfoBridge::MultiBoolOpt(BridgeBooleanOptions { value, mask: bit }));
        }
    }
}

/// An EtherType, with this kind's error for a bad one.
struct VlanProtocol;

impl Value for VlanProtocol {
    type Out = u16;
    fn meta(&self) -> Cow<'static, str> {
        "{ 802.1Q | 802.1ad }".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<u16, Diag> {
        let arg = w.next()?;
        ether::number(arg.bytes).ok_or_else(|| arg.wrong("invalid vlan_protocol"))
    }
}

/// A bridge ID: priority and address, the latter without leading zeros.
pub struct BridgeId<'a>(pub &'a [u8]);

impl Scalar for BridgeId<'_> {
    fn text(&self, out: &mut Vec<u8>) {
        let Some([p0, p1, a, b, c, d, e, f]) = self.0.first_chunk::<8>() else { return };
        let s = format!("{p0:02x}{p1:02x}.{a:x}:{b:x}:{c:x}:{d:x}:{e:x}:{f:x}");
        out.extend_from_slice(s.as_bytes());
    }
    fn json(&self, out: &mut Vec<u8>) {
        out.push(b'"');
        self.text(out);
        out.push(b'"');
    }
}

/// Hexadecimal with `0x`, but `0` without, like C's `%#x`.
pub fn alternate(v: u64) -> String {
    if v == 0 { "0".into() } else { format!("{v:#x}") }
}

const PLAIN: &[(u16, &str, &str)] = &[
    (IFLA_BR_FORWARD_DELAY, "forward_delay", "forward_delay {} "),
    (IFLA_BR_HELLO_TIME, "hello_time", "hello_time {} "),
    (IFLA_BR_MAX_AGE, "max_age", "max_age {} "),
    (IFLA_BR_AGEING_TIME, "ageing_time", "ageing_time {} "),
    (IFLA_BR_STP_STATE, "stp_state", "stp_state {} "),
];

const GROUPS: &[(u16, &str, &str)] = &[
    (IFLA_BR_MCAST_HASH_ELASTICITY, "mcast_hash_elasticity", "mcast_hash_elasticity {} "),
    (IFLA_BR_MCAST_HASH_MAX, "mcast_hash_max", "mcast_hash_max {} "),
    (IFLA_BR_MCAST_LAST_MEMBER_CNT, "mcast_last_member_cnt", "mcast_last_member_count {} "),
    (IFLA_BR_MCAST_STARTUP_QUERY_CNT, "mcast_startup_query_cnt", "mcast_startup_query_count {} "),
];

const INTERVALS: &[(u16, &str, &str)] = &[
    (IFLA_BR_MCAST_LAST_MEMBER_INTVL, "mcast_last_member_intvl", "mcast_last_member_interval {} "),
    (IFLA_BR_MCAST_MEMBERSHIP_INTVL, "mcast_membership_intvl", "mcast_membership_interval {} "),
    (IFLA_BR_MCAST_QUERIER_INTVL, "mcast_querier_intvl", "mcast_querier_interval {} "),
    (IFLA_BR_MCAST_QUERY_INTVL, "mcast_query_intvl", "mcast_query_interval {} "),
    (IFLA_BR_MCAST_QUERY_RESPONSE_INTVL, "mcast_query_response_intvl", "mcast_query_response_interval {} "),
    (IFLA_BR_MCAST_STARTUP_QUERY_INTVL, "mcast_startup_query_intvl", "mcast_startup_query_interval {} "),
];

fn describe(s: &mut RecordWriter<'_, '_, '_>) {
    for (attr, key, form) in PLAIN {
        s.u32(*attr, key, form);
    }
    if let Some(v) = s.d.u32(IFLA_BR_STP_MODE) {
        match STP_MODES.name(v) {
            Some(n) => s.p.item("stp_mode", "stp_mode {} ", n),
            None => s.p.item("stp_mode", "stp_mode {} ", v),
        }
    }
    s.u16(IFLA_BR_PRIORITY, "priority", "priority {} ");
    s.u8(IFLA_BR_VLAN_FILTERING, "vlan_filtering", "vlan_filtering {} ");
    if let Some(v) = s.d.be16(IFLA_BR_VLAN_PROTOCOL) {
        ether::describe(s.p, "vlan_protocol", "vlan_protocol {} ", v, s.s.options.numeric);
    }
    for (attr, key, form) in
        [(IFLA_BR_BRIDGE_ID, "bridge_id", "bridge_id {} "), (IFLA_BR_ROOT_ID, "root_id", "designated_root {} ")]
    {
        if let Some(id) = s.d.get(attr) {
            s.p.item(key, form, BridgeId(id));
        }
    }
    s.u16(IFLA_BR_ROOT_PORT, "root_port", "root_port {} ");
    s.u32(IFLA_BR_ROOT_PATH_COST, "root_path_cost", "root_path_cost {} ");
    s.u8(IFLA_BR_TOPOLOGY_CHANGE, "topology_change", "topology_change {} ");
    s.u8(IFLA_BR_TOPOLOGY_CHANGE_DETECTED, "topology_change_detected", "topology_change_detected {} ");
    for (attr, key, form) in [
        (IFLA_BR_HELLO_TIMER, "hello_timer", "hello_timer {} "),
        (IFLA_BR_TCN_TIMER, "tcn_timer", "tcn_timer {} "),
        (IFLA_BR_TOPOLOGY_CHANGE_TIMER, "topology_change_timer", "topology_change_timer {} "),
        (IFLA_BR_GC_TIMER, "gc_timer", "gc_timer {} "),
    ] {
        timer(s, attr, key, form);
    }
    s.u32(IFLA_BR_FDB_N_LEARNED, "fdb_n_learned", "fdb_n_learned {} ");
    s.u32(IFLA_BR_FDB_MAX_LEARNED, "fdb_max_learned", "fdb_max_learned {} ");
    s.u16(IFLA_BR_VLAN_DEFAULT_PVID, "vlan_default_pvid", "vlan_default_pvid {} ");
    s.u8(IFLA_BR_VLAN_STATS_ENABLED, "vlan_stats_enabled", "vlan_stats_enabled {} ");
    s.u8(IFLA_BR_VLAN_STATS_PER_PORT, "vlan_stats_per_port", "vlan_stats_per_port {} ");
    if let Some(v) = s.d.u16(IFLA_BR_GROUP_FWD_MASK) {
        s.p.item("group_fwd_mask", "group_fwd_mask {} ", alternate(v.into()));
    }
    if let Some(b) = s.d.get(IFLA_BR_GROUP_ADDR) {
        s.p.item("group_addr", "group_address {} ", Mac(1, b));
    }
    s.u8(IFLA_BR_MCAST_SNOOPING, "mcast_snooping", "mcast_snooping {} ");
    if let Some(b) = s.d.get(IFLA_BR_MULTI_BOOLOPT) {
        let (value, mask) = (u32_at(b, 0).unwrap_or(0), u32_at(b, 4).unwrap_or(0));
        for (bit, name) in [
            "no_linklocal_learn",
            "mcast_vlan_snooping",
            "mst_enabled",
            "mdb_offload_fail_notification",
            "fdb_local_vlan_0",
        ]
        .iter()
        .enumerate()
        {
            if mask & (1 << bit) != 0 {
                let on = u8::from(value & (1 << bit) != 0);
                s.p.hidden(name, on);
                s.p.text_item("{} ", *name);
                s.p.text_item("{} ", on);
            }
        }
    }
    s.u8(IFLA_BR_MCAST_ROUTER, "mcast_router", "mcast_router {} ");
    s.u8(IFLA_BR_MCAST_QUERY_USE_IFADDR, "mcast_query_use_ifaddr", "mcast_query_use_ifaddr {} ");
    s.u8(IFLA_BR_MCAST_QUERIER, "mcast_querier", "mcast_querier {} ");
    querier(s);
    for (attr, key, form) in GROUPS {
        s.u32(*attr, key, form);
    }
    for (attr, key, form) in INTERVALS {
        s.u64(*attr, key, form);
    }
    s.u8(IFLA_BR_MCAST_STATS_ENABLED, "mcast_stats_enabled", "mcast_stats_enabled {} ");
    s.u8(IFLA_BR_MCAST_IGMP_VERSION, "mcast_igmp_version", "mcast_igmp_version {} ");
    s.u8(IFLA_BR_MCAST_MLD_VERSION, "mcast_mld_version", "mcast_mld_version {} ");
    s.u8(IFLA_BR_NF_CALL_IPTABLES, "nf_call_iptables", "nf_call_iptables {} ");
    s.u8(IFLA_BR_NF_CALL_IP6TABLES, "nf_call_ip6tables", "nf_call_ip6tables {} ");
    s.u8(IFLA_BR_NF_CALL_ARPTABLES, "nf_call_arptables", "nf_call_arptables {} ");
}

/// Describes the elected multicast querier of each family (linux/if_bridge.h, BRIDGE_QUERIER_*).
fn querier(s: &mut RecordWriter<'_, '_, '_>) {
    let Some(state) = s.d.nest(IFLA_BR_MCAST_QUERIER_STATE) else { return };
    for (family, word, first) in [(2, "ipv4", 1), (10, "ipv6", 5)] {
        let Some(ip) = state.ip(first, family) else { continue };
        let key = |end: &str| format!("mcast_querier_{word}_{end}");
        s.p.object(Some(&format!("mcast_querier_state_{word}")));
        s.p.text_item("{} ", key("addr"));
        s.p.colored(of_family(family), &key("addr"), "{} ", ip);
        if let Some(port) = state.u32(first + 1) {
            s.p.text_item("{} ", key("port"));
            s.p.item(&key("port"), "{} ", port);
        }
        if let Some(time) = state.u64(first + 2) {
            s.p.text_item("{} ", key("other_timer"));
            s.p.item(&key("other_timer"), "{} ", nanoseconds(time));
        }
        s.p.close();
    }
}

/// A time in nanoseconds, printed with three significant digits and a unit.
fn nanoseconds(time: u64) -> String {
    let (unit, size) = match time {
        0..1_000 => return format!("{time}ns"),
        1_000..1_000_000 => ("us", 1_000),
        1_000_000..1_000_000_000 => ("ms", 1_000_000),
        _ => ("s", 1_000_000_000),
    };
    let (whole, rest) = (time / size, time % size);
    let decimals = match whole {
        0..10 => 2,
        10..100 => 1,
        _ => 0,
    };
    let scale = 10u64.pow(decimals);
    let rounded = whole * scale + (rest * scale * 2 + size) / (size * 2);
    let digits = format!("{}.{:0width$}", rounded / scale, rounded % scale, width = decimals as usize);
    let digits = if decimals == 0 {
        (rounded / scale).to_string()
    } else {
        digits.trim_end_matches('0').trim_end_matches('.').to_string()
    };
    format!("{digits}{unit}")
}

/// Describes a timer in seconds with two decimals, padded to seven columns.
pub fn timer(s: &mut RecordWriter<'_, '_, '_>, attr: u16, key: &str, form: &str) {
    if let Some(v) = s.d.u64(attr) {
        s.p.item(key, form, Both(Hundredths(v, 7), Hundredths(v, 0)));
    }
}
