//! Prints device statistics (struct if_stats_msg and its attributes), for lists and events.

use super::tree::{LEVELS, Leaf};
use crate::net::attr::{Attrs, u16_at, u32_at, u64_at};
use crate::net::{Index, Nested};
use crate::object::link::afstats;
use crate::object::link::stats::{Column, Counters, Margin, tables, write};
use crate::object::link::xstats;
use crate::output::Printer;
use crate::output::color::Role;
use crate::schema::*;
use crate::session::Session;

/// Describes the value of a leaf's attribute and ends its line; `level`: the number of `-s`.
pub type Read = fn(&Session, &mut Printer<'_>, &[u8], u8);

/// Describes one leaf of a device's statistics.
pub fn describe(s: &Session, p: &mut Printer<'_>, leaf: &Leaf, body: &[u8], level: u8) {
    p.object(None);
    head(s, p, body);
    p.text(" ");
    for (i, (kind, name)) in LEVELS.iter().zip(leaf.path).enumerate() {
        if i > 0 {
            p.text(" ");
        }
        p.text_item("{} ", *kind);
        p.item(kind, "{}", *name);
    }
    let a: Index<'_, 8> = Index::new(body.get(IF_STATS_MSG..).unwrap_or_default());
    (leaf.describe)(s, p, a.get(leaf.attr).unwrap_or_default(), level);
    p.close();
}

/// Prints `3: eth0:`.
fn head(s: &Session, p: &mut Printer<'_>, body: &[u8]) {
    let index = u32_at(body, 4).unwrap_or(0);
    p.item("ifindex", "{}:", index);
    s.with_link_name(index, |name| p.colored(Role::Ifname, "ifname", " {}:", name));
}

/// Describes an event: whether hardware statistics are on.
pub fn event(s: &Session, p: &mut Printer<'_>, body: &[u8]) {
    head(s, p, body);
    let a: Index<'_, 8> = Index::new(body.get(IF_STATS_MSG..).unwrap_or_default());
    if let Some(state) = a.get(IFLA_STATS_LINK_OFFLOAD_XSTATS).and_then(l3_info) {
        p.nl();
        p.text("    l3_stats");
        p.object(Some("l3_stats"));
        switches(p, &state);
        p.close();
    }
    p.end_line();
}

/// The entry of IFLA_OFFLOAD_XSTATS_HW_S_INFO for L3 statistics.
fn l3_info(offload: &[u8]) -> Option<Nested<'_>> {
    Nested::new(offload).nest(IFLA_OFFLOAD_XSTATS_HW_S_INFO)?.nest(HW_S_INFO_L3_STATS)
}

/// Describes whether the statistics are requested, and used by the hardware.
fn switches(p: &mut Printer<'_>, state: &Nested<'_>) {
    for (attr, key, form) in [
        (IFLA_OFFLOAD_XSTATS_HW_S_INFO_REQUEST, "request", " {}"),
        (IFLA_OFFLOAD_XSTATS_HW_S_INFO_USED, "used", " used {}"),
    ] {
        if let Some(v) = state.u8(attr) {
            p.switch(key, form, v != 0);
        }
    }
}

/// Describes IFLA_STATS_LINK_64.
pub fn link(s: &Session, p: &mut Printer<'_>, body: &[u8], level: u8) {
    p.nl();
    if !body.is_empty() {
        counters(s, p, body, level);
        p.nl();
    }
}

fn counters(s: &Session, p: &mut Printer<'_>, body: &[u8], level: u8) {
    p.object(Some("stats64"));
    write(s, p, &Counters::from_bytes(body), level);
    p.close();
}

/// Describes IFLA_OFFLOAD_XSTATS_CPU_HIT: packets that the hardware left to the kernel.
pub fn cpu_hit(s: &Session, p: &mut Printer<'_>, body: &[u8], level: u8) {
    p.nl();
    if let Some(counts) = Nested::new(body).get(IFLA_OFFLOAD_XSTATS_CPU_HIT) {
        counters(s, p, counts, level);
    }
    p.nl();
}

/// IFLA_OFFLOAD_XSTATS_HW_S_INFO: which statistics the hardware has.
pub fn info(_: &Session, p: &mut Printer<'_>, body: &[u8], _: u8) {
    p.nl();
    let Some(state) = l3_info(body) else { return };
    p.object(Some("info"));
    p.object(Some("l3_stats"));
    p.text("    l3_stats");
    switches(p, &state);
    p.close();
    p.close();
    p.nl();
}

/// IFLA_OFFLOAD_XSTATS_L3_STATS: struct rtnl_hw_stats64.
pub fn l3(s: &Session, p: &mut Printer<'_>, body: &[u8], _: u8) {
    if let Some(state) = l3_info(body) {
        p.object(Some("info"));
        switches(p, &state);
        p.close();
    }
    if let Some(counts) = Nested::new(body).get(IFLA_OFFLOAD_XSTATS_L3_STATS) {
        let at = |i: usize| Some(u64_at(counts, i * 8).unwrap_or(0));
        let rx: &[(&str, Column)] = &[
            ("bytes", ("bytes", at(2))),
            ("packets", ("packets", at(0))),
            ("errors", ("errors", at(4))),
            ("dropped", ("dropped", at(6))),
            ("multicast", ("mcast", at(8))),
        ];
        let tx: &[(&str, Column)] = &[
            ("bytes", ("bytes", at(3))),
            ("packets", ("packets", at(1))),
            ("errors", ("errors", at(5))),
            ("dropped", ("dropped", at(7))),
        ];
        p.object(Some("stats64"));
        for (key, columns) in [("rx", rx), ("tx", tx)] {
            p.object(Some(key));
            columns.iter().for_each(|(name, (_, value))| p.hidden(name, value.unwrap_or(0)));
            p.close();
        }
        p.close();
        if !p.is_json() {
            p.nl();
            let [rx, tx] = [rx, tx].map(|list| list.iter().map(|(_, column)| *column).collect::<Vec<Column>>());
            let widths = ["RX: bytes", "packets", "errors", "dropped", "  mcast"].map(str::len);
            tables(s, p, &[("RX:", &rx), ("TX:", &tx)], Margin { indent: 4, widths: &widths });
        }
    }
    p.nl();
}

/// IFLA_STATS_AF_SPEC, of MPLS.
pub fn mpls(s: &Session, p: &mut Printer<'_>, body: &[u8], _: u8) {
    if let Some(counts) = afstats::of_mpls(body) {
        p.object(Some("mpls_stats"));
        afstats::mpls(s, p, counts, 4);
        p.close();
    }
    p.nl();
}

/// Describes statistics of a bridge, a bond or one of their ports, on their own lines and an empty one.
fn lines(p: &mut Printer<'_>, body: &[u8], family: u16, attr: u16, describe: fn(&mut Printer<'_>, &[u8])) {
    p.nl();
    if let Some(counts) = Nested::new(body).nest(family).and_then(|n| n.get(attr)) {
        describe(p, counts);
        p.nl();
    }
}

/// BOND_XSTATS_3AD.
pub fn lacp(_: &Session, p: &mut Printer<'_>, body: &[u8], _: u8) {
    lines(p, body, xstats::TYPE_BOND, xstats::BOND_3AD, xstats::lacp);
}

/// BRIDGE_XSTATS_MCAST.
pub fn multicast(_: &Session, p: &mut Printer<'_>, body: &[u8], _: u8) {
    lines(p, body, xstats::TYPE_BRIDGE, xstats::BRIDGE_MCAST, xstats::multicast);
}

/// BRIDGE_XSTATS_STP.
pub fn spanning_tree(_: &Session, p: &mut Printer<'_>, body: &[u8], _: u8) {
    lines(p, body, xstats::TYPE_BRIDGE, xstats::BRIDGE_STP, xstats::spanning_tree);
}

// linux/if_bridge.h: the attribute with a struct bridge_vlan_xstats for each VLAN, and its flags.
const BRIDGE_XSTATS_VLAN: u16 = 1;
const BRIDGE_VLAN_INFO_PVID: u16 = 2;
const BRIDGE_VLAN_INFO_UNTAGGED: u16 = 4;

/// BRIDGE_XSTATS_VLAN: the counters of each VLAN.
pub fn vlans(_: &Session, p: &mut Printer<'_>, body: &[u8], _: u8) {
    const INDENT: &str = "                ";
    let list = Nested::new(body).get(xstats::TYPE_BRIDGE).unwrap_or_default();
    p.array(Some("vlans"));
    for (_, v) in Attrs(list).filter(|(attr, _)| *attr == BRIDGE_XSTATS_VLAN) {
        let at = |i: usize| u64_at(v, i * 8).unwrap_or(0);
        let (vid, flags) = (u16_at(v, 32).unwrap_or(0), u16_at(v, 34).unwrap_or(0));
        p.nl();
        p.object(None);
        p.text(INDENT);
        p.item("vid", "  {}", vid);
        if flags != 0 {
            p.array(Some("flags"));
            for (bit, word) in [(BRIDGE_VLAN_INFO_PVID, "PVID"), (BRIDGE_VLAN_INFO_UNTAGGED, "Egress Untagged")] {
                if flags & bit != 0 {
                    p.element(" {}", word);
                }
            }
            p.close();
        }
        p.nl();
        p.text(INDENT);
        p.item("rx_bytes", "    RX: {} bytes", at(0));
        p.item("rx_packets", " {} packets\n", at(1));
        p.text(INDENT);
        p.item("tx_bytes", "    TX: {} bytes", at(2));
        p.item("tx_packets", " {} packets\n", at(3));
        p.close();
    }
    p.close();
    p.nl();
}
