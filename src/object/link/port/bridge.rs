//! `bridge_slave`: a bridge's port (linux/if_link.h, IFLA_BRPORT_*).

use crate::grammar::number::{Term, U8, U16, U32};
use crate::grammar::value::{Absent, Dev, Flag, Switch};
use crate::grammar::{Fallback, Grammar, Row};
use crate::object::link::kind::bridge::{BridgeId, alternate, timer};
use crate::object::link::kind::{Data, Kind, RecordWriter, parse_port, unknown_option};
use crate::output::scalar::Hex;
use crate::{attrs, raw, rows};
use netlink_packet_route::link::{InfoBridgePort as P, InfoPortData};

raw!(P);

attrs! {
    /// The attributes of its data (linux/if_link.h).
    pub const ATTRS;
    IFLA_BRPORT_STATE = 1: U8, Request;
    IFLA_BRPORT_PRIORITY = 2: U16, Set;
    IFLA_BRPORT_COST = 3: U32, Set;
    IFLA_BRPORT_MODE = 4: U8, Set;
    IFLA_BRPORT_GUARD = 5: U8, Set;
    IFLA_BRPORT_PROTECT = 6: U8, Set;
    IFLA_BRPORT_FAST_LEAVE = 7: U8, Set;
    IFLA_BRPORT_LEARNING = 8: U8, Set;
    IFLA_BRPORT_UNICAST_FLOOD = 9: U8, Set;
    IFLA_BRPORT_PROXYARP = 10: U8, Set;
    IFLA_BRPORT_LEARNING_SYNC = 11: U8, Set;
    IFLA_BRPORT_PROXYARP_WIFI = 12: U8, Set;
    IFLA_BRPORT_ROOT_ID = 13: Bytes, Read;
    IFLA_BRPORT_BRIDGE_ID = 14: Bytes, Read;
    IFLA_BRPORT_DESIGNATED_PORT = 15: U16, Read;
    IFLA_BRPORT_DESIGNATED_COST = 16: U16, Read;
    IFLA_BRPORT_ID = 17: U16, Read;
    IFLA_BRPORT_NO = 18: U16, Read;
    IFLA_BRPORT_TOPOLOGY_CHANGE_ACK = 19: U8, Read;
    IFLA_BRPORT_CONFIG_PENDING = 20: U8, Read;
    IFLA_BRPORT_MESSAGE_AGE_TIMER = 21: U64, Read;
    IFLA_BRPORT_FORWARD_DELAY_TIMER = 22: U64, Read;
    IFLA_BRPORT_HOLD_TIMER = 23: U64, Read;
    IFLA_BRPORT_FLUSH = 24: Flag, Request;
    IFLA_BRPORT_MULTICAST_ROUTER = 25: U8, Set;
    IFLA_BRPORT_MCAST_FLOOD = 27: U8, Set;
    IFLA_BRPORT_MCAST_TO_UCAST = 28: U8, Set;
    IFLA_BRPORT_VLAN_TUNNEL = 29: U8, Set;
    IFLA_BRPORT_BCAST_FLOOD = 30: U8, Set;
    IFLA_BRPORT_GROUP_FWD_MASK = 31: U16, Set;
    IFLA_BRPORT_NEIGH_SUPPRESS = 32: U8, Set;
    IFLA_BRPORT_ISOLATED = 33: U8, Set;
    IFLA_BRPORT_BACKUP_PORT = 34: U32, Set;
    IFLA_BRPORT_MRP_RING_OPEN = 35: U8, Read;
    IFLA_BRPORT_MRP_IN_OPEN = 36: U8, Read;
    IFLA_BRPORT_MCAST_EHT_HOSTS_LIMIT = 37: U32, Set;
    IFLA_BRPORT_MCAST_EHT_HOSTS_CNT = 38: U32, Read;
    IFLA_BRPORT_LOCKED = 39: U8, Set;
    IFLA_BRPORT_MAB = 40: U8, Set;
    IFLA_BRPORT_MCAST_N_GROUPS = 41: U32, Read;
    IFLA_BRPORT_MCAST_MAX_GROUPS = 42: U32, Set;
    IFLA_BRPORT_NEIGH_VLAN_SUPPRESS = 43: U8, Set;
    IFLA_BRPORT_BACKUP_NHID = 44: U32, Set;
    IFLA_BRPORT_NEIGH_FORWARD_GRAT = 45: U8, Request;
}

/// The defaults of a new port.
const DEFAULTS: &[&str] = &[
    "priority 32",
    "hairpin off",
    "guard off",
    "root_block off",
    "fastleave off",
    "learning on",
    "flood on",
    "proxy_arp off",
    "proxy_arp_wifi off",
    "mcast_router 1",
    "mcast_fast_leave off",
    "mcast_flood on",
    "bcast_flood on",
    "mcast_to_unicast off",
    "neigh_suppress off",
    "neigh_vlan_suppress off",
    "group_fwd_mask 0",
    "vlan_tunnel off",
    "isolated off",
    "locked off",
    "mab off",
    "mcast_max_groups 0",
    "mcast_n_groups 0",
];

/// Ports of a bridge.
pub static PORT: Kind = Kind {
    attrs: ATTRS,
    parse: Some(|w, _| parse_port(w, &GRAMMAR, InfoPortData::BridgePort)),
    tables: &[&GRAMMAR],
    describe: Some(describe),
    defaults: DEFAULTS,
    ..Kind::named("bridge_slave").about("a port of a bridge").examples(&[(
        "rip link set eth1 type bridge_slave cost 50 guard on",
        "set the port cost; ignore BPDUs from the port",
    )])
};

type D = Data<P>;

const fn switch(name: &'static str) -> Switch {
    Switch(name, 1)
}

static ROWS: &[Row<D>] = rows!(D;
    "fdb_flush~" => Flag, "flush the addresses learned on this port", |d, ()| d.put(P::Flush);
    "state~" => Term("STATE", U8("state is invalid")), "0 disabled, 1 listening, 2 learning, 3 forwarding, 4 blocking", |d, v| d.raw(IFLA_BRPORT_STATE, [v]);
    "priority~" => Term("PRIO", U16("priority is invalid")), "port priority", |d, v| d.put(P::Priority(v));
    "cost~" => Term("COST", U32("cost is invalid")), "path cost", |d, v| d.put(P::Cost(v));
    "hairpin~" => switch("hairpin"), "hairpin mode: send frames back to their port", |d, v| d.put(P::HairpinMode(v));
    "guard~" => switch("guard"), "BPDU guard", |d, v| d.put(P::Guard(v));
    "root_block~" => switch("root_block"), "root guard", |d, v| d.put(P::Protect(v));
    "fastleave~" => switch("fastleave"), "fast leave of multicast groups", |d, v| d.put(P::FastLeave(v));
    "learning~" => switch("learning"), "learn addresses", |d, v| d.put(P::Learning(v));
    "flood~" => switch("flood"), "flood unknown unicast frames", |d, v| d.put(P::UnicastFlood(v));
    "mcast_flood~" => switch("mcast_flood"), "flood multicast frames", |d, v| d.put(P::MulticastFlood(v));
    "bcast_flood~" => switch("bcast_flood"), "flood broadcast frames", |d, v| d.put(P::BroadcastFlood(v));
    "mcast_to_unicast~" => switch("mcast_to_unicast"), "deliver multicast as unicast", |d, v| d.put(P::MulticastToUnicast(v));
    "proxy_arp~" => switch("proxy_arp"), "proxy ARP", |d, v| d.put(P::ProxyARP(v));
    "proxy_arp_wifi~" => switch("proxy_arp_wifi"), "proxy ARP for 802.11", |d, v| d.put(P::ProxyARPWifi(v));
    "mcast_fast_leave~" => switch("mcast_fast_leave"), "fast leave of multicast groups", |d, v| d.put(P::FastLeave(v));
    "mcast_router~" => Term("MULTICAST_ROUTER", U8("invalid mcast_router")), "multicast router: 0 disabled, 1 learned from queries, 2 permanent", |d, v| d.raw(IFLA_BRPORT_MULTICAST_ROUTER, [v]);
    "neigh_suppress~" => switch("neigh_suppress"), "ARP and ND suppression", |d, v| d.put(P::NeighSupress(v));
    "neigh_vlan_suppress" => switch("neigh_vlan_suppress"), "ARP and ND suppression per VLAN", |d, v| d.put(P::NeighVlanSuppress(v));
    "neigh_forward_grat" => switch("neigh_forward_grat"), "forward gratuitous ARP in spite of suppression", |d, v| d.put(P::NeighForwardGrat(v));
    "vlan_tunnel~" => switch("vlan_tunnel"), "VLAN to tunnel mapping", |d, v| d.put(P::VlanTunnel(v));
    "isolated~" => switch("isolated"), "isolated port: no traffic with other isolated ports", |d, v| d.put(P::Isolated(v));
    "locked~" => switch("locked"), "locked port: only frames from known addresses", |d, v| d.put(P::Locked(v));
    "mab" => switch("mab"), "MAC authentication bypass", |d, v| d.put(P::Mab(v));
    "group_fwd_mask~" => Term("MASK", U16("invalid group_fwd_mask")), "mask of link-local groups to forward", |d, v| d.put(P::GroupFwdMask(v));
    "backup_port~" => Term("DEVICE", Dev(Absent::Wrong)), "backup port, used while this port is down", |d, v| d.put(P::BackupPort(v));
    "nobackup_port~" => Flag, "no backup port", |d, ()| d.put(P::BackupPort(0));
    "backup_nhid" => Term("NHID", U32("backup_nhid is invalid")), "nexthop object for traffic to the backup port", |d, v| d.put(P::BackupNextHopId(v));
);

static GRAMMAR: Grammar<D> = Grammar {
    title: "BRIDGE_SLAVE",
    rows: &[ROWS],
    fallback: Fallback::Unknown(|arg| unknown_option("bridge_slave", arg)),
};

const STATES: &[&str] = &["disabled", "listening", "learning", "forwarding", "blocking"];

fn describe(s: &mut RecordWriter<'_, '_, '_>) {
    if let Some(v) = s.d.u8(IFLA_BRPORT_STATE) {
        match STATES.get(usize::from(v)) {
            Some(n) => s.p.item("state", "state {} ", *n),
            None => {
                s.p.hidden("state_index", v);
                s.p.text_item("state ({}) ", v);
            }
        }
    }
    s.u16(IFLA_BRPORT_PRIORITY, "priority", "priority {} ");
    s.u32(IFLA_BRPORT_COST, "cost", "cost {} ");
    for (attr, key, form) in [
        (IFLA_BRPORT_MODE, "hairpin", "hairpin {} "),
        (IFLA_BRPORT_GUARD, "guard", "guard {} "),
        (IFLA_BRPORT_PROTECT, "root_block", "root_block {} "),
        (IFLA_BRPORT_FAST_LEAVE, "fastleave", "fastleave {} "),
        (IFLA_BRPORT_LEARNING, "learning", "learning {} "),
        (IFLA_BRPORT_UNICAST_FLOOD, "flood", "flood {} "),
    ] {
        s.switch(attr, key, form);
    }
    for (attr, key, form) in [(IFLA_BRPORT_ID, "id", "port_id {} "), (IFLA_BRPORT_NO, "no", "port_no {} ")] {
        if let Some(v) = s.d.u16(attr) {
            s.p.item(key, form, Hex::with_prefix(v));
        }
    }
    s.u16(IFLA_BRPORT_DESIGNATED_PORT, "designated_port", "designated_port {} ");
    s.u16(IFLA_BRPORT_DESIGNATED_COST, "designated_cost", "designated_cost {} ");
    identity(s);
    for (attr, key, form) in [
        (IFLA_BRPORT_HOLD_TIMER, "hold_timer", "hold_timer {} "),
        (IFLA_BRPORT_MESSAGE_AGE_TIMER, "message_age_timer", "message_age_timer {} "),
        (IFLA_BRPORT_FORWARD_DELAY_TIMER, "forward_delay_timer", "forward_delay_timer {} "),
    ] {
        timer(s, attr, key, form);
    }
    s.u8(IFLA_BRPORT_TOPOLOGY_CHANGE_ACK, "topology_change_ack", "topology_change_ack {} ");
    s.u8(IFLA_BRPORT_CONFIG_PENDING, "config_pending", "config_pending {} ");
    s.switch(IFLA_BRPORT_PROXYARP, "proxy_arp", "proxy_arp {} ");
    s.switch(IFLA_BRPORT_PROXYARP_WIFI, "proxy_arp_wifi", "proxy_arp_wifi {} ");
    s.u8(IFLA_BRPORT_MULTICAST_ROUTER, "multicast_router", "mcast_router {} ");
    // The JSON key of this flag is "fastleave", above.
    if let Some(v) = s.d.u8(IFLA_BRPORT_FAST_LEAVE) {
        s.p.text_item("mcast_fast_leave {} ", if v != 0 { "on" } else { "off" });
    }
    for (attr, key, form) in [
        (IFLA_BRPORT_MCAST_FLOOD, "mcast_flood", "mcast_flood {} "),
        (IFLA_BRPORT_BCAST_FLOOD, "bcast_flood", "bcast_flood {} "),
        (IFLA_BRPORT_MCAST_TO_UCAST, "mcast_to_unicast", "mcast_to_unicast {} "),
        (IFLA_BRPORT_NEIGH_SUPPRESS, "neigh_suppress", "neigh_suppress {} "),
        (IFLA_BRPORT_NEIGH_VLAN_SUPPRESS, "neigh_vlan_suppress", "neigh_vlan_suppress {} "),
        (IFLA_BRPORT_NEIGH_FORWARD_GRAT, "neigh_forward_grat", "neigh_forward_grat {} "),
    ] {
        s.switch(attr, key, form);
    }
    if let Some(v) = s.d.u16(IFLA_BRPORT_GROUP_FWD_MASK) {
        s.p.item("group_fwd_mask", "group_fwd_mask {} ", alternate(v.into()));
        s.p.item("group_fwd_mask_str", "group_fwd_mask_str {} ", groups(v));
    }
    for (attr, key, form) in [
        (IFLA_BRPORT_VLAN_TUNNEL, "vlan_tunnel", "vlan_tunnel {} "),
        (IFLA_BRPORT_ISOLATED, "isolated", "isolated {} "),
        (IFLA_BRPORT_LOCKED, "locked", "locked {} "),
        (IFLA_BRPORT_MAB, "mab", "mab {} "),
    ] {
        s.switch(attr, key, form);
    }
    s.device(IFLA_BRPORT_BACKUP_PORT, "backup_port", "backup_port {} ");
    s.u32(IFLA_BRPORT_BACKUP_NHID, "backup_nhid", "backup_nhid {} ");
}

fn identity(s: &mut RecordWriter<'_, '_, '_>) {
    for (attr, key, form) in [
        (IFLA_BRPORT_BRIDGE_ID, "bridge_id", "designated_bridge {} "),
        (IFLA_BRPORT_ROOT_ID, "root_id", "designated_root {} "),
    ] {
        if let Some(id) = s.d.get(attr) {
            s.p.item(key, form, BridgeId(id));
        }
    }
}

/// The groups of a mask: known ones by name, the others as bits.
fn groups(mask: u16) -> String {
    if mask == 0 {
        return "0x0".into();
    }
    let bits = (0..16u16).map(|b| 1 << b).filter(|b| mask & b != 0);
    let names: Vec<String> = bits
        .map(|b| match b {
            0x0001 => "stp".into(),
            0x0004 => "lacp".into(),
            0x4000 => "lldp".into(),
            b => format!("{b:#x}"),
        })
        .collect();
    names.join(",")
}
