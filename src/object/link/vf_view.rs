//! Prints the SR-IOV virtual functions of a device for `link show`: a line each, and their counters.

use super::ether::{self, Mac};
use super::stats::counter;
use crate::net::Nested;
use crate::net::attr::{Attrs, u32_at, u64_at};
use crate::output::Printer;
use crate::output::color::Role;
use crate::output::scalar::Both;
use crate::schema::*;
use crate::session::Session;

/// ARPHRD_ETHER: the only device type whose functions have 6-byte addresses; other types have those of InfiniBand.
const ETHER: u16 = 1;

/// Describes each function of a device of type `hw` in a line. Returns how many the kernel listed.
pub fn describe(s: &Session, p: &mut Printer<'_>, hw: u16, list: &[u8], stats: bool) -> u32 {
    p.array(Some("vfinfo_list"));
    let mut count = 0;
    for (_, body) in Attrs(list) {
        count += 1;
        let vf = Nested::new(body);
        let Some(mac) = vf.get(IFLA_VF_MAC) else { continue };
        p.nl();
        p.object(None);
        p.item("vf", "    vf {} ", u32_at(mac, 0).unwrap_or(0));
        match ether::type_name(hw).filter(|_| !s.options.numeric) {
            Some(n) => p.item("link_type", "    link/{} ", n),
            None => p.item("link_type", "    link/{} ", format_args!("[{hw}]")),
        }
        let length = if hw == ETHER { 6 } else { 20 };
        p.colored(Role::Mac, "address", "{}", Mac(hw, mac.get(4..4 + length).unwrap_or_default()));
        if let Some(b) = vf.get(IFLA_VF_BROADCAST) {
            p.text(" brd ");
            p.colored(Role::Mac, "broadcast", "{}", Mac(hw, b.get(..length).unwrap_or_default()));
        }
        tags(s, p, &vf);
        settings(p, &vf);
        if stats && let Some(b) = vf.get(IFLA_VF_STATS) {
            counters(s, p, &Nested::new(b));
        }
        p.close();
    }
    p.close();
    count
}

fn tags(s: &Session, p: &mut Printer<'_>, vf: &Nested<'_>) {
    let tag = |b: &[u8]| {
        let proto = b.get(12..14).and_then(|x| x.first_chunk()).map_or(ether::VLAN, |x| u16::from_be_bytes(*x));
        (u32_at(b, 4).unwrap_or(0), u32_at(b, 8).unwrap_or(0), proto)
    };
    let list: Vec<_> = match (vf.get(IFLA_VF_VLAN_LIST), vf.get(IFLA_VF_VLAN)) {
        (Some(list), _) => Attrs(list).map(|(_, b)| tag(b)).collect(),
        (None, Some(one)) => vec![tag(one)].into_iter().filter(|(id, ..)| *id != 0).collect(),
        (None, None) => Vec::new(),
    };
    if list.is_empty() && !vf.has(IFLA_VF_VLAN_LIST) {
        return;
    }
    p.array(Some("vlan_list"));
    for (id, qos, proto) in list {
        p.object(None);
        if id != 0 {
            p.item("vlan", ", vlan {}", id);
        }
        if qos != 0 {
            p.item("qos", ", qos {}", qos);
        }
        if proto != ether::VLAN {
            ether::describe(p, "protocol", ", vlan protocol {}", proto, s.options.numeric);
        }
        p.close();
    }
    p.close();
}

fn settings(p: &mut Printer<'_>, vf: &Nested<'_>) {
    let value = |kind: u16| vf.get(kind).and_then(|b| u32_at(b, 4)).filter(|v| *v != u32::MAX);
    if let Some(v) = value(IFLA_VF_TX_RATE).filter(|v| *v != 0) {
        p.item("tx_rate", ", tx rate {} (Mbps)", v);
    }
    if let Some(b) = vf.get(IFLA_VF_RATE) {
        p.object(Some("rate"));
        for (key, at, form) in [("max_tx", 8, ", max_tx_rate {}Mbps"), ("min_tx", 4, ", min_tx_rate {}Mbps")] {
            match u32_at(b, at).unwrap_or(0) {
                0 => p.hidden(key, 0u32),
                v => p.item(key, form, v),
            }
        }
        p.close();
    }
    if let Some(v) = value(IFLA_VF_SPOOFCHK) {
        p.switch("spoofchk", ", spoof checking {}", v != 0);
    }
    for (kind, key, form) in
        [(IFLA_VF_IB_NODE_GUID, "node guid", ", NODE_GUID {}"), (IFLA_VF_IB_PORT_GUID, "port guid", ", PORT_GUID {}")]
    {
        if let Some(v) = vf.get(kind).and_then(|b| u64_at(b, 8)) {
            p.item(key, form, Mac(ETHER, &v.to_be_bytes()));
        }
    }
    if let Some(v) = value(IFLA_VF_LINK_STATE) {
        let name = match v {
            0 => "auto",
            1 => "enable",
            _ => "disable",
        };
        p.item("link_state", ", link-state {}", name);
    }
    if let Some(v) = value(IFLA_VF_TRUST) {
        p.switch("trust", ", trust {}", v != 0);
    }
    if let Some(v) = value(IFLA_VF_RSS_QUERY_EN) {
        p.switch("query_rss_en", ", query_rss {}", v != 0);
    }
}

/// A counter: IFLA_VF_STATS_*, its key, and the width of its column.
type Column = (u16, &'static str, usize);
const RX: &[Column] = &[
    (IFLA_VF_STATS_RX_BYTES, "bytes", 10),
    (IFLA_VF_STATS_RX_PACKETS, "packets", 8),
    (IFLA_VF_STATS_MULTICAST, "multicast", 7),
    (IFLA_VF_STATS_BROADCAST, "broadcast", 7),
    (IFLA_VF_STATS_RX_DROPPED, "dropped", 8),
];
const TX: &[Column] = &[
    (IFLA_VF_STATS_TX_BYTES, "tx_bytes", 10),
    (IFLA_VF_STATS_TX_PACKETS, "tx_packets", 8),
    (IFLA_VF_STATS_TX_DROPPED, "dropped", 8),
];

fn counters(s: &Session, p: &mut Printer<'_>, stats: &Nested<'_>) {
    p.object(Some("stats"));
    for (side, head, columns) in [
        ("rx", "    RX: bytes  packets  mcast   bcast   dropped ", RX),
        ("tx", "    TX: bytes  packets   dropped ", TX),
    ] {
        p.nl();
        p.text(head);
        p.nl();
        p.text("    ");
        p.object(Some(side));
        for (kind, key, width) in columns {
            let v = stats.u64(*kind).unwrap_or(0);
            p.item(key, "{} ", Both(format!("{:>width$}", counter(s, v)), v));
        }
        p.close();
    }
    p.close();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::kernel::Messages;
    use crate::object::link::view::Link;
    use crate::output::Format;
    use crate::output::out::Out;
    use crate::schema::IFLA_VFINFO_LIST;
    use crate::session::options::Options;

    /// Devices with functions, as made for tests/monitor.rs, which compares their text with iproute2's.
    const FUNCTIONS: &[u8] = include_bytes!("../../../tests/monitor/functions");

    #[test]
    fn functions_in_json() {
        let s = Session::new(Options::default(), Out::memory());
        let mut devices = Vec::new();
        for (m, _, _) in Messages(FUNCTIONS) {
            let l = Link::parse(m.body).unwrap();
            let mut out = Out::memory();
            let mut p = Printer::new(&mut out, Format { json: true, ..Format::default() });
            p.object(None);
            describe(&s, &mut p, l.hw, l.a.get(IFLA_VFINFO_LIST).unwrap(), true);
            p.close();
            devices.push(String::from_utf8(out.into_bytes()).unwrap());
        }
        let [ether, infiniband, none] = devices.as_slice() else { panic!("{devices:?}") };
        assert_eq!(none, r#"{"vfinfo_list":[]}"#);
        assert_eq!(
            infiniband,
            concat!(
                r#"{"vfinfo_list":[{"vf":0,"link_type":"infiniband","address":"00:01:02:03:04:05:06:07:08:09:0a:0b:0c:0d:0e:0f:10:11:12:13","#,
                r#""broadcast":"ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff:ff","#,
                r#""node guid":"11:22:33:44:55:66:77:88","port guid":"99:aa:bb:cc:dd:ee:ff:00","link_state":"auto","trust":false},"#,
                r#"{"vf":1,"link_type":"infiniband","address":"00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00","#,
                r#""node guid":"00:00:00:00:00:00:00:00","port guid":"00:00:00:00:00:00:00:00"}]}"#
            )
        );
        let first = concat!(
            r#"{"vfinfo_list":[{"vf":0,"link_type":"ether","address":"02:00:00:00:00:11","broadcast":"ff:ff:ff:ff:ff:ff","#,
            r#""vlan_list":[{"vlan":5,"qos":3,"protocol":"802.1ad"}],"tx_rate":100,"rate":{"max_tx":100,"min_tx":10},"spoofchk":true,"#,
            r#""link_state":"auto","trust":true,"query_rss_en":true,"stats":{"rx":{"bytes":333,"packets":1,"multicast":666666,"#,
            r#""broadcast":55555,"dropped":77},"tx":{"tx_bytes":4444,"tx_packets":22,"dropped":88}}},"#,
            r#"{"vf":1,"link_type":"ether","address":"02:00:00:00:00:11","broadcast":"ff:ff:ff:ff:ff:ff","vlan_list":[{}],"#,
            r#""rate":{"max_tx":0,"min_tx":0},"spoofchk":false,"link_state":"enable","trust":false,"query_rss_en":false,"#,
        );
        assert!(ether.starts_with(first), "{ether}");
        let tags = r#"{"vf":3,"link_type":"ether","address":"02:00:00:00:00:11","vlan_list":[{"vlan":7,"qos":1},{"vlan":8,"qos":2,"protocol":"802.1ad"}],"rate":{"max_tx":0,"min_tx":5},"link_state":"disable"}"#;
        assert!(ether.contains(tags), "{ether}");
    }
}
