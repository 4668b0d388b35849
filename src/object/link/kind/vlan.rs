//! `vlan`: a VLAN on a lower device (IEEE 802.1Q; linux/if_link.h, IFLA_VLAN_*).

use super::{Data, Kind, RecordWriter, parse_data, unknown_command};
use crate::diag::Diag;
use crate::grammar::number::{Term, U16, bounds, unsigned};
use crate::grammar::value::Toggle;
use crate::grammar::{Arg, Fallback, Grammar, Value, Words};
use crate::net::Nested;
use crate::net::attr::{Attrs, u32_at};
use crate::output::scalar::Hex;
use crate::schema::Quirks;
use crate::{attrs, raw, rows};
use netlink_packet_route::link::{InfoData, InfoVlan, VlanFlags, VlanQosMapping};
use std::borrow::Cow;

raw!(InfoVlan);

attrs! {
    /// The attributes of its data (linux/if_link.h).
    pub const ATTRS;
    IFLA_VLAN_ID = 1: U16, Create;
    IFLA_VLAN_FLAGS = 2: Bytes, Set;
    IFLA_VLAN_EGRESS_QOS = 3: Nest(Attrs(QOS_ATTRS)), Set;
    IFLA_VLAN_INGRESS_QOS = 4: Nest(Attrs(QOS_ATTRS)), Set;
    IFLA_VLAN_PROTOCOL = 5: Be16, Create;
}

attrs! {
    /// Inside IFLA_VLAN_EGRESS_QOS and IFLA_VLAN_INGRESS_QOS.
    pub const QOS_ATTRS;
    IFLA_VLAN_QOS_MAPPING = 1: Bytes, Set;
}

/// A request sets the flags through a mask (struct ifla_vlan_flags).
fn request_value(attr: u16, reported: &[u8]) -> Option<Vec<u8>> {
    // VLAN_FLAG_REORDER_HDR to VLAN_FLAG_BRIDGE_BINDING (linux/if_vlan.h): a kernel refuses a mask with flags that it lacks.
    const KNOWN: u32 = 0x1f;
    let flags = u32_at(reported, 0).filter(|_| attr == IFLA_VLAN_FLAGS)? & KNOWN;
    Some([flags.to_ne_bytes(), KNOWN.to_ne_bytes()].concat())
}

/// Links of type `vlan`.
pub static KIND: Kind = Kind {
    attrs: ATTRS,
    parse: Some(|w, _| parse_data(w, &GRAMMAR, InfoData::Vlan)),
    tables: &[&GRAMMAR],
    describe: Some(describe),
    more: Some(flag_words),
    defaults: &["protocol 802.1Q", "reorder_hdr on", "gvrp off", "mvrp off", "loose_binding off", "bridge_binding off"],
    quirks: Quirks { recreatable: true, request_value: Some(request_value), ..Quirks::NONE },
    ..Kind::named("vlan")
        .terms(&[
            ("VLANID", "0-4095"),
            ("VLANPROTO", "[ 802.1Q | 802.1ad ]"),
            ("QOS-MAP", "[ QOS-MAP ] QOS-MAPPING"),
            ("QOS-MAPPING", "FROM:TO"),
        ])
        .about("VLAN on a lower device (802.1Q, 802.1ad)")
        .examples(&[
            ("rip link add link eth0 name eth0.10 type vlan id 10", "VLAN 10 of eth0"),
            ("rip link add link eth0 name eth0.20 type vlan protocol 802.1ad id 20", "a service tag (QinQ)"),
        ])
};

static GRAMMAR: Grammar<Data<InfoVlan>> = Grammar {
    title: "VLAN",
    rows: &[rows!(Data<InfoVlan>;
        "protocol~" => Term("VLANPROTO", TagProtocol), "VLAN protocol: 802.1Q or 802.1ad", |d, v| d.raw(IFLA_VLAN_PROTOCOL, v.to_be_bytes());
        "id~" => Term("VLANID", VlanId), "VLAN id, 0-4094", |d, v| d.put(InfoVlan::Id(v));
        "reorder_hdr~" => Toggle("reorder_hdr"), "reorder headers: remove the tag from received frames", |d, v| flag(d, VlanFlags::ReorderHdr, v);
        "gvrp~" => Toggle("gvrp"), "register the VLAN by GVRP", |d, v| flag(d, VlanFlags::Gvrp, v);
        "mvrp~" => Toggle("mvrp"), "register the VLAN by MVRP", |d, v| flag(d, VlanFlags::Mvrp, v);
        "loose_binding~" => Toggle("loose_binding"), "do not follow the state of the lower device", |d, v| flag(d, VlanFlags::LooseBinding, v);
        "bridge_binding~" => Toggle("bridge_binding"), "follow the state of the bridge ports in this VLAN", |d, v| flag(d, VlanFlags::BridgeBinding, v);
        "ingress-qos-map~" => Term("QOS-MAP", QosMap("ingress-qos-map")), "map of VLAN priorities to packet priorities", |d, v| d.put(InfoVlan::IngressQos(v));
        "egress-qos-map~" => Term("QOS-MAP", QosMap("egress-qos-map")), "map of packet priorities to VLAN priorities", |d, v| d.put(InfoVlan::EgressQos(v));
    )],
    fallback: Fallback::Unknown(|arg| unknown_command("vlan", arg)),
};

/// Sets a flag: all flags share one attribute.
fn flag(d: &mut Data<InfoVlan>, bit: VlanFlags, on: bool) {
    let held = d.list.iter_mut().find_map(|a| if let InfoVlan::Flags(f) = a { Some(f) } else { None });
    d.trail.note(&[IFLA_VLAN_FLAGS]);
    match held {
        Some((value, mask)) => {
            value.set(bit, on);
            mask.insert(bit);
        }
        None => d.list.push(InfoVlan::Flags((if on { bit } else { VlanFlags::empty() }, bit))),
    }
}

/// A VLAN id; the kernel accepts 0 to 4094.
struct VlanId;

impl Value for VlanId {
    type Out = u16;
    fn meta(&self) -> Cow<'static, str> {
        "VLANID".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<u16, Diag> {
        let arg = w.next()?;
        U16::parse(arg.bytes).ok_or_else(|| bounds(arg.wrong("id is invalid"), arg.bytes, 0, 4094))
    }
}

/// The names of VLAN protocols (linux/if_ether.h).
pub struct TagProtocol;

impl Value for TagProtocol {
    type Out = u16;
    fn meta(&self) -> Cow<'static, str> {
        "{ 802.1Q | 802.1ad | ETHERTYPE }".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<u16, Diag> {
        let arg = w.next()?;
        super::super::ether::number(arg.bytes).ok_or_else(|| arg.wrong("protocol is invalid"))
    }
    fn offer(&self, _w: &Words<'_>) -> Vec<crate::grammar::Offer> {
        ["802.1Q", "802.1ad"].map(|n| crate::grammar::Offer::new(n, "")).to_vec()
    }
}

/// Any number of pairs `FROM:TO`.
struct QosMap(&'static str);

impl Value for QosMap {
    type Out = Vec<VlanQosMapping>;
    fn meta(&self) -> Cow<'static, str> {
        "FROM:TO ...".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Self::Out, Diag> {
        // Whichever half is wrong, iproute2 names the first.
        let wrong = |arg: &Arg<'_>| {
            let first = arg.bytes.split(|b| *b == b':').next().unwrap_or_default();
            Diag::wrong(&crate::output::escape::shown(first), &format!("invalid {}", self.0), arg.span())
        };
        if w.is_empty() {
            w.next()?;
        }
        let mut list = Vec::new();
        while let Some(arg) = w.peek() {
            if !arg.bytes.contains(&b':') {
                break;
            }
            list.push(pair(arg.bytes).ok_or_else(|| wrong(&arg))?);
            w.skip();
        }
        Ok(list)
    }
}

fn pair(word: &[u8]) -> Option<VlanQosMapping> {
    let i = word.iter().position(|b| *b == b':')?;
    let number = |b: &[u8]| unsigned(b, 0).and_then(|v| u32::try_from(v).ok());
    Some(VlanQosMapping::Mapping(number(word.get(..i)?)?, number(word.get(i + 1..)?)?))
}

const FLAG_NAMES: &[(u32, &str)] =
    &[(1, "REORDER_HDR"), (2, "GVRP"), (8, "MVRP"), (4, "LOOSE_BINDING"), (16, "BRIDGE_BINDING")];

/// The flags and the QoS maps as words: `show` prints them in braces.
fn flag_words(d: &Nested<'_>) -> String {
    let flags = d.u32(IFLA_VLAN_FLAGS).unwrap_or(0);
    let switch =
        |(bit, name): &(u32, &str)| format!("{} {} ", name.to_lowercase(), if flags & bit != 0 { "on" } else { "off" });
    let mut out: String = FLAG_NAMES.iter().map(switch).collect();
    for (attr, word) in [(IFLA_VLAN_INGRESS_QOS, "ingress-qos-map"), (IFLA_VLAN_EGRESS_QOS, "egress-qos-map")] {
        let Some(map) = d.get(attr) else { continue };
        out += word;
        for (_, body) in Attrs(map) {
            if let (Some(from), Some(to)) = (u32_at(body, 0), u32_at(body, 4)) {
                out += &format!(" {from}:{to}");
            }
        }
        out.push(' ');
    }
    out
}

fn describe(s: &mut RecordWriter<'_, '_, '_>) {
    match s.d.be16(IFLA_VLAN_PROTOCOL) {
        Some(v) => super::super::ether::describe(s.p, "protocol", "protocol {} ", v, s.s.options.numeric),
        None => s.p.item("protocol", "protocol {} ", "802.1q"),
    }
    s.u16(IFLA_VLAN_ID, "id", "id {} ");
    if let Some(mut flags) = s.d.u32(IFLA_VLAN_FLAGS) {
        s.p.array(Some("flags"));
        s.p.text("<");
        for (bit, name) in FLAG_NAMES {
            if flags & bit != 0 {
                flags &= !bit;
                s.p.element(if flags == 0 { "{}" } else { "{}," }, *name);
            }
        }
        if flags != 0 {
            s.p.element("{}", Hex::digits(flags));
        }
        s.p.text("> ");
        s.p.close();
    }
    qos(s, IFLA_VLAN_INGRESS_QOS, "ingress_qos", "ingress-qos-map");
    qos(s, IFLA_VLAN_EGRESS_QOS, "egress_qos", "egress-qos-map");
}

fn qos(s: &mut RecordWriter<'_, '_, '_>, attr: u16, key: &str, word: &str) {
    let Some(map) = s.d.get(attr) else { return };
    s.p.nl();
    s.p.text_item("      {} { ", word);
    s.p.array(Some(key));
    for (_, body) in Attrs(map) {
        let (Some(from), Some(to)) = (u32_at(body, 0), u32_at(body, 4)) else { continue };
        s.p.object(None);
        s.p.item("from", "{}", from);
        s.p.item("to", ":{} ", to);
        s.p.close();
    }
    s.p.close();
    s.p.text("} ");
}
