//! `vf NUM ...`: settings of an SR-IOV virtual function, as words and as `link show` prints them.

use super::ether::{self, Mac};
use super::words::LinkDraft;
use crate::diag::{Diag, Span};
use crate::grammar::number::{Named, U32};
use crate::grammar::value::{Choice, LlAddr, Switch};
use crate::grammar::{Bare, Grammar, Offer, Target, Value, Words};
use crate::net::attr::{Attrs, put, u32_at, u64_at};
use crate::net::{Nested, Trail, uapi::IFLA_VFINFO_LIST};
use crate::rows;
use crate::show::Paper;
use std::borrow::Cow;

// linux/if_link.h
const VF_INFO: u16 = 1;
const MAC: u16 = 1;
const VLAN: u16 = 2;
const TX_RATE: u16 = 3;
const SPOOFCHK: u16 = 4;
const LINK_STATE: u16 = 5;
const RATE: u16 = 6;
const RSS_QUERY: u16 = 7;
const STATS: u16 = 8;
const TRUST: u16 = 9;
const NODE_GUID: u16 = 10;
const PORT_GUID: u16 = 11;
const VLAN_LIST: u16 = 12;
const BROADCAST: u16 = 13;

/// The settings of every `vf` group of the line.
#[derive(Default)]
pub struct Vfs {
    body: Vec<u8>,
}

/// One function's attributes while its words are read.
pub struct Vf {
    number: u32,
    body: Vec<u8>,
    min: Option<u32>,
    max: Option<u32>,
    vlans: Vec<u8>,
    plain_vlan: Option<[u32; 3]>,
    trail: Trail,
}

impl Target for Vf {
    fn caused(&mut self, span: Span) {
        self.trail.close(span);
    }
}

impl Vf {
    fn pair(&mut self, kind: u16, value: u32) {
        let mut b = self.number.to_ne_bytes().to_vec();
        b.extend(value.to_ne_bytes());
        put(&mut self.body, kind, &b);
    }
}

pub static GRAMMAR: Grammar<Vf> = Grammar {
    title: "VF",
    rows: &[rows!(Vf;
        "mac~" => LlAddr, "hardware address", |d, v| {
            if v.len() != 6 && v.len() != 20 {
                return Err(Diag::fail(format!("Invalid address length {} - must be 6 bytes", v.len())));
            }
            let mut b = d.number.to_ne_bytes().to_vec();
            b.extend(&v);
            b.resize(36, 0);
            put(&mut d.body, MAC, &b);
            Ok(())
        };
        "vlan~" => Vlan, "VLAN id, with its priority and protocol", |d, v| vlan(d, v);
        "rate~" => Named("TXRATE", U32("Invalid \"rate\" value")), "transmit limit, Mbit/s", |d, v| d.pair(TX_RATE, v);
        "max_tx_rate~" => Named("TXRATE", U32("Invalid \"max tx rate\" value")), "most to transmit, Mbit/s", |d, v| d.max = Some(v);
        "min_tx_rate~" => Named("TXRATE", U32("Invalid \"min tx rate\" value")), "transmit rate kept free, Mbit/s", |d, v| d.min = Some(v);
        "spoofchk~" => Switch("spoofchk", 22), "check for spoofed addresses", |d, v| d.pair(SPOOFCHK, u32::from(v));
        "query_rss~" => Switch("query_rss", 22), "let the function ask for its RSS key", |d, v| d.pair(RSS_QUERY, u32::from(v));
        "trust~" => Switch("trust", 22), "trust the function", |d, v| d.pair(TRUST, u32::from(v));
        "state~" => Choice(&[("auto", 0), ("enable", 1), ("disable", 2)], "Invalid \"state\" value"), "link state", |d, v| d.pair(LINK_STATE, v);
        "node_guid~" => Guid("Invalid GUID format"), "node GUID of an InfiniBand function", |d, v| guid(d, NODE_GUID, v);
        "port_guid~" => Guid("Invalid GUID format"), "port GUID of an InfiniBand function", |d, v| guid(d, PORT_GUID, v);
    )],
    bare: Bare::Stop,
};

/// Reads the words of one function and keeps its attribute.
pub fn read(d: &mut LinkDraft, number: u32, w: &mut Words<'_>) -> Result<(), Diag> {
    let mut vf = Vf {
        number,
        body: Vec::new(),
        min: None,
        max: None,
        vlans: Vec::new(),
        plain_vlan: None,
        trail: Trail::default(),
    };
    GRAMMAR.parse(&mut vf, w)?;
    if vf.min.is_some() || vf.max.is_some() {
        let mut b = number.to_ne_bytes().to_vec();
        b.extend(vf.min.unwrap_or(0).to_ne_bytes());
        b.extend(vf.max.unwrap_or(0).to_ne_bytes());
        put(&mut vf.body, RATE, &b);
    }
    if let Some([id, qos, _]) = vf.plain_vlan {
        let mut b = number.to_ne_bytes().to_vec();
        b.extend(id.to_ne_bytes());
        b.extend(qos.to_ne_bytes());
        put(&mut vf.body, VLAN, &b);
    }
    if !vf.vlans.is_empty() {
        put(&mut vf.body, VLAN_LIST, &vf.vlans);
    }
    put(&mut d.vf.body, VF_INFO, &vf.body);
    d.trail.note(&[IFLA_VFINFO_LIST]);
    Ok(())
}

/// Moves what was collected into the message.
pub fn finish(d: &mut LinkDraft) {
    if !d.vf.body.is_empty() {
        let body = std::mem::take(&mut d.vf.body);
        d.raw(IFLA_VFINFO_LIST, body);
    }
}

/// `VLANID [ qos QOS ] [ proto PROTOCOL ]`, and for stacked tags more of them.
struct Vlan;

impl Value for Vlan {
    type Out = Vec<(u32, u32, Option<u16>)>;
    fn meta(&self) -> Cow<'static, str> {
        "VLANID [ qos QOS ] [ proto { 802.1Q | 802.1ad } ]".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Self::Out, Diag> {
        let mut out = Vec::new();
        loop {
            let id = U32("Invalid \"vlan\" value").take(w)?;
            let (mut qos, mut proto) = (0, None);
            if w.take_if(&["qos"]).is_some() {
                qos = U32("Invalid \"qos\" value").take(w)?;
            }
            if w.take_if(&["proto"]).is_some() {
                let arg = w.next()?;
                let v = ether::number(arg.bytes).ok_or_else(|| arg.wrong("protocol is invalid"))?;
                if v != 0x8100 && v != 0x88a8 {
                    return Err(arg.wrong("Invalid \"vlan protocol\" value - supported 802.1Q, 802.1ad"));
                }
                proto = Some(v);
            }
            out.push((id, qos, proto));
            // A second tag follows directly, as another number.
            if proto.is_none() || w.take_if(&["vlan"]).is_none() {
                return Ok(out);
            }
        }
    }
    fn more(&self, _w: &Words<'_>) -> Vec<Offer> {
        vec![Offer::new("qos", "priority of the tag"), Offer::new("proto", "ether type of the tag")]
    }
}

fn vlan(d: &mut Vf, tags: Vec<(u32, u32, Option<u16>)>) {
    for (id, qos, proto) in tags {
        match proto {
            None => d.plain_vlan = Some([id, qos, 0]),
            Some(proto) => {
                let mut b = d.number.to_ne_bytes().to_vec();
                b.extend(id.to_ne_bytes());
                b.extend(qos.to_ne_bytes());
                b.extend(proto.to_be_bytes());
                b.extend([0, 0]);
                put(&mut d.vlans, 1, &b);
            }
        }
    }
}

/// `0x0123456789abcdef` or bytes with colons.
struct Guid(&'static str);

impl Value for Guid {
    type Out = u64;
    fn meta(&self) -> Cow<'static, str> {
        "EUI64".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<u64, Diag> {
        let arg = w.next()?;
        crate::grammar::value::lladdr(arg.bytes)
            .ok()
            .and_then(|b| <[u8; 8]>::try_from(b).ok())
            .map(u64::from_be_bytes)
            .ok_or_else(|| arg.wrong(self.0))
    }
}

fn guid(d: &mut Vf, kind: u16, v: u64) {
    let mut b = d.number.to_ne_bytes().to_vec();
    b.extend([0; 4]);
    b.extend(v.to_ne_bytes());
    put(&mut d.body, kind, &b);
}

/// One line for each function of a device.
pub fn describe(p: &mut Paper<'_>, list: &[u8], stats: bool) {
    p.array(Some("vfinfo_list"));
    for (_, body) in Attrs(list) {
        let vf = Nested::new(body);
        let Some(mac) = vf.get(MAC) else { continue };
        p.nl();
        p.object(None);
        p.item("vf", "    vf {} ", u32_at(mac, 0).unwrap_or(0));
        let address = mac.get(4..10).unwrap_or_default();
        p.text("    link/ether ");
        p.item("address", "{}", Mac(1, address));
        if let Some(b) = vf.get(BROADCAST) {
            p.text(" brd ");
            p.item("broadcast", "{}", Mac(1, b.get(..6).unwrap_or_default()));
        }
        tags(p, &vf);
        let value = |kind: u16| vf.get(kind).and_then(|b| u32_at(b, 4)).filter(|v| *v != u32::MAX);
        if let Some(v) = vf.get(TX_RATE).and_then(|b| u32_at(b, 4)).filter(|v| *v != 0) {
            p.item("tx_rate", ", tx rate {} (Mbps)", v);
        }
        if let Some(b) = vf.get(RATE) {
            let (min, max) = (u32_at(b, 4).unwrap_or(0), u32_at(b, 8).unwrap_or(0));
            p.object(Some("rate"));
            if max != 0 {
                p.item("max_tx", ", max_tx_rate {}Mbps", max);
            } else {
                p.hidden("max_tx", max);
            }
            if min != 0 {
                p.item("min_tx", ", min_tx_rate {}Mbps", min);
            } else {
                p.hidden("min_tx", min);
            }
            p.close();
        }
        if let Some(v) = value(SPOOFCHK) {
            p.switch("spoofchk", ", spoof checking {}", v != 0);
        }
        if let Some(v) = value(LINK_STATE) {
            let name = match v {
                0 => "auto",
                1 => "enable",
                _ => "disable",
            };
            p.item("link_state", ", link-state {}", name);
        }
        if let Some(v) = value(TRUST) {
            p.switch("trust", ", trust {}", v != 0);
        }
        if let Some(v) = value(RSS_QUERY) {
            p.switch("query_rss_en", ", query_rss {}", v != 0);
        }
        if stats && let Some(b) = vf.get(STATS) {
            counters(p, &Nested::new(b));
        }
        p.close();
    }
    p.close();
}

fn tags(p: &mut Paper<'_>, vf: &Nested<'_>) {
    let list: Vec<(u32, u32, u16)> = match vf.get(VLAN_LIST) {
        Some(list) => Attrs(list)
            .map(|(_, b)| {
                let proto = b.get(12..14).and_then(|x| x.first_chunk()).map_or(0x8100, |x| u16::from_be_bytes(*x));
                (u32_at(b, 4).unwrap_or(0), u32_at(b, 8).unwrap_or(0), proto)
            })
            .collect(),
        None => {
            vf.get(VLAN).map(|b| (u32_at(b, 4).unwrap_or(0), u32_at(b, 8).unwrap_or(0), 0x8100)).into_iter().collect()
        }
    };
    if vf.has(VLAN_LIST) || list.iter().any(|(id, ..)| *id != 0) {
        p.array(Some("vlan_list"));
        for (id, qos, proto) in list {
            p.object(None);
            if id != 0 {
                p.item("vlan", ", vlan {}", id);
                if qos != 0 {
                    p.item("qos", ", qos {}", qos);
                }
                if proto != 0x8100 {
                    ether::describe(p, "protocol", ", vlan protocol {}", proto);
                }
            }
            p.close();
        }
        p.close();
    }
}

fn counters(p: &mut Paper<'_>, stats: &Nested<'_>) {
    let at = |kind: u16| stats.get(kind).and_then(|b| u64_at(b, 0)).unwrap_or(0);
    let names: [(&str, u16, &str); 8] = [
        ("rx", 2, "bytes"),
        ("", 0, "packets"),
        ("", 5, "multicast"),
        ("", 4, "broadcast"),
        ("", 7, "dropped"),
        ("tx", 3, "tx_bytes"),
        ("", 1, "tx_packets"),
        ("", 8, "dropped"),
    ];
    p.object(Some("stats"));
    for (side, kind, key) in names {
        if !side.is_empty() {
            if side == "tx" {
                p.close();
            }
            p.nl();
            p.text(if side == "rx" {
                "    RX: bytes  packets  mcast   bcast   dropped"
            } else {
                "    TX: bytes  packets   dropped"
            });
            p.nl();
            p.text("    ");
            p.object(Some(side));
        }
        p.item(key, "{} ", crate::show::lit::Padded(at(kind), 8));
    }
    p.close();
    p.close();
}
