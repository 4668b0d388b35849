//! Prints a request as JSON: its type, its flags, the fields of its header, and its attributes as a tree. Names and
//! forms come from the schema.

use super::names;
use crate::net::attr::{Attrs, align, u16_at, u32_at, u64_at, until_nul};
use crate::object::Declared;
use crate::output::Printer;
use crate::schema::{self, Form, Names, ROUTE_ATTRS, RTNEXTHOP, header_len};
use netlink_packet_core::{NLM_F_ACK, NLM_F_REQUEST};

/// Maximum depth of nested attributes.
const DEEP: usize = 8;

/// Describes a request in the open object.
pub fn describe(p: &mut Printer<'_>, kind: u16, flags: u16, body: &[u8]) {
    let known = schema::message(kind);
    p.hidden("type", kind);
    if let Some(m) = known {
        p.hidden("name", m.name);
    }
    p.array(Some("flags"));
    for flag in names::flags(kind, flags | NLM_F_REQUEST | NLM_F_ACK) {
        p.element("{}", flag);
    }
    p.close();
    p.object(Some("header"));
    for f in known.map_or(&[][..], |m| m.header.fields) {
        p.hidden(f.name, number(body.get(f.at..f.at + f.len).unwrap_or_default()).unwrap_or(0));
    }
    p.close();
    let names = Names::Attrs(known.map_or(&[], |m| m.attrs));
    attributes(p, names, body.get(align(header_len(kind))..).unwrap_or_default(), DEEP);
}

fn attributes(p: &mut Printer<'_>, names: Names, bytes: &[u8], deep: usize) {
    p.array(Some("attributes"));
    let beside = |attr| Attrs(bytes).find(|(kind, _)| *kind == attr).map(|(_, body)| body);
    for (kind, body) in Attrs(bytes) {
        p.object(None);
        p.hidden("type", kind);
        let row = names.row(kind);
        if let Some(row) = row {
            p.hidden("name", row.name);
        }
        let form = match names {
            Names::Array(form) => Some(*form),
            _ => row.map(|r| r.form),
        };
        match form {
            Some(Form::Nest(inner)) if deep > 0 => {
                let inside = inner.names(beside, &Declared);
                let from = inside.map_or(0, Names::header_len);
                let list = body.get(from..).unwrap_or_default();
                match inside {
                    Some(inside) => attributes(p, inside, list, deep - 1),
                    None if is_nest(list) => attributes(p, Names::Attrs(&[]), list, deep - 1),
                    None => p.hidden("hex", hex(body, "")),
                }
            }
            Some(Form::Hops) if deep > 0 => hops(p, body, deep),
            form => value(p, form.unwrap_or(Form::Bytes), body),
        }
        p.close();
    }
    p.close();
}

fn value(p: &mut Printer<'_>, form: Form, body: &[u8]) {
    let text = |p: &mut Printer<'_>, value: Option<String>| match value {
        Some(text) => p.hidden("value", text),
        None => p.hidden("hex", hex(body, "")),
    };
    match form {
        Form::Text => p.hidden("value", until_nul(body)),
        Form::Ip => text(p, ip(body)),
        Form::Secret => p.hidden("value", crate::output::secret::HIDDEN),
        Form::Mac => text(p, (body.len() == 6).then(|| hex(body, ":"))),
        Form::I32 if body.len() == 4 => p.hidden("value", u32_at(body, 0).unwrap_or(0).cast_signed()),
        _ => {
            let n = match form {
                Form::U8 | Form::U16 | Form::U32 | Form::U64 => number(body),
                Form::Be16 | Form::Be32 | Form::Be64 => big_endian(body),
                _ => None,
            };
            match n {
                Some(n) => p.hidden("value", n),
                None => p.hidden("hex", hex(body, "")),
            }
        }
    }
}

/// Describes the paths of a multipath route: struct rtnexthop, each followed by its attributes.
fn hops(p: &mut Printer<'_>, mut list: &[u8], deep: usize) {
    p.array(Some("hops"));
    while let Some(hop) = u16_at(list, 0).map(usize::from).filter(|n| *n >= RTNEXTHOP).and_then(|n| list.get(..n)) {
        p.object(None);
        for (name, at, len) in [("flags", 2, 1), ("hops", 3, 1), ("index", 4, 4)] {
            p.hidden(name, number(hop.get(at..at + len).unwrap_or_default()).unwrap_or(0));
        }
        let own = hop.get(RTNEXTHOP..).unwrap_or_default();
        attributes(p, Names::Attrs(ROUTE_ATTRS), own, deep - 1);
        p.close();
        list = list.get(align(hop.len())..).unwrap_or_default();
    }
    p.close();
}

/// A number in network byte order, of two, four or eight bytes.
pub fn big_endian(body: &[u8]) -> Option<u64> {
    match body.len() {
        2 => body.first_chunk().map(|b| u16::from_be_bytes(*b).into()),
        4 => body.first_chunk().map(|b| u32::from_be_bytes(*b).into()),
        8 => body.first_chunk().map(|b| u64::from_be_bytes(*b)),
        _ => None,
    }
}

/// A number of one, two, four or eight bytes.
pub fn number(body: &[u8]) -> Option<u64> {
    match body.len() {
        1 => body.first().copied().map(u64::from),
        2 => u16_at(body, 0).map(u64::from),
        4 => u32_at(body, 0).map(u64::from),
        8 => u64_at(body, 0),
        _ => None,
    }
}

/// An address by its length, as text.
pub fn ip(body: &[u8]) -> Option<String> {
    match body.len() {
        4 => body.first_chunk::<4>().map(|b| std::net::Ipv4Addr::from(*b).to_string()),
        16 => body.first_chunk::<16>().map(|b| std::net::Ipv6Addr::from(*b).to_string()),
        _ => None,
    }
}

/// Bytes in hexadecimal, separated by `between`.
pub fn hex(body: &[u8], between: &str) -> String {
    body.iter().map(|b| format!("{b:02x}")).collect::<Vec<_>>().join(between)
}

/// Whether bytes consist of attributes.
fn is_nest(body: &[u8]) -> bool {
    let whole: usize = Attrs(body).map(|(_, b)| align(b.len() + 4)).sum();
    !body.is_empty() && whole == align(body.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::attr::put;
    use crate::output::Format;
    use crate::output::out::Out;
    use crate::schema::*;

    fn json(kind: u16, flags: u16, body: &[u8]) -> serde_json::Value {
        let mut out = Out::memory();
        let mut p = Printer::new(&mut out, Format { json: true, ..Format::default() });
        p.begin();
        p.object(None);
        describe(&mut p, kind, flags, body);
        p.close();
        p.end();
        serde_json::from_slice(&out.into_bytes()).unwrap()
    }

    #[test]
    fn a_tree_with_a_peer() {
        let mut peer = vec![0; 16];
        put(&mut peer, IFLA_IFNAME, b"b\0");
        let mut data = Vec::new();
        put(&mut data, 1, &peer);
        let mut info = Vec::new();
        put(&mut info, IFLA_INFO_KIND, b"veth");
        put(&mut info, IFLA_INFO_DATA, &data);
        let mut body = vec![0; 16];
        put(&mut body, IFLA_IFNAME, b"a\0");
        put(&mut body, IFLA_LINKINFO, &info);
        put(&mut body, 999, &[1, 2]);
        let v = json(RTM_NEWLINK, 0x600, &body);
        assert_eq!(v[0]["name"], "RTM_NEWLINK");
        assert_eq!(v[0]["flags"], serde_json::json!(["request", "ack", "excl", "create"]));
        assert_eq!(v[0]["attributes"][0]["value"], "a");
        let peer = &v[0]["attributes"][1]["attributes"][1]["attributes"][0];
        assert_eq!((&peer["name"], &peer["attributes"][0]["value"]), (&"VETH_INFO_PEER".into(), &"b".into()));
        assert_eq!(v[0]["attributes"][2], serde_json::json!({"type": 999, "hex": "0102"}));
    }

    /// The names and values of a list.
    fn named(list: &serde_json::Value) -> Vec<(String, serde_json::Value)> {
        let of = |a: &serde_json::Value| (a["name"].as_str().unwrap_or("?").to_string(), a["value"].clone());
        list.as_array().unwrap().iter().map(of).collect()
    }

    #[test]
    fn a_flow_label_and_a_parent_device_have_names() {
        let mut body = vec![0; FIB_RULE_HDR];
        put(&mut body, FRA_FLOWLABEL, &5u32.to_be_bytes());
        put(&mut body, FRA_FLOWLABEL_MASK, &0xfffffu32.to_be_bytes());
        let v = json(RTM_NEWRULE, 0x600, &body);
        let want = [("FRA_FLOWLABEL".into(), 5.into()), ("FRA_FLOWLABEL_MASK".into(), 0xfffff.into())];
        assert_eq!(named(&v[0]["attributes"]), want);
        let mut body = vec![0; IFINFOMSG];
        put(&mut body, IFLA_PARENT_DEV_NAME, b"x\0");
        let v = json(RTM_NEWLINK, 0x600, &body);
        assert_eq!(named(&v[0]["attributes"]), [("IFLA_PARENT_DEV_NAME".into(), "x".into())]);
    }

    #[test]
    fn the_settings_of_a_kind_have_names() {
        let mut data = Vec::new();
        put(&mut data, 1, &100u16.to_ne_bytes());
        put(&mut data, 5, &0x88a8u16.to_be_bytes());
        let mut info = Vec::new();
        put(&mut info, IFLA_INFO_KIND, b"vlan\0");
        put(&mut info, IFLA_INFO_DATA, &data);
        let mut body = vec![0; IFINFOMSG];
        put(&mut body, IFLA_LINKINFO, &info);
        let v = json(RTM_NEWLINK, 0x600, &body);
        let settings = &v[0]["attributes"][0]["attributes"][1]["attributes"];
        assert_eq!(
            named(settings),
            [("IFLA_VLAN_ID".into(), 100.into()), ("IFLA_VLAN_PROTOCOL".into(), 0x88a8.into())]
        );
        // Attributes of a lightweight tunnel, whose type follows in a later attribute.
        let mut encap = Vec::new();
        put(&mut encap, 2, &[64]);
        let mut body = vec![0; RTMSG];
        put(&mut body, RTA_ENCAP, &encap);
        put(&mut body, RTA_ENCAP_TYPE, &1u16.to_ne_bytes());
        let v = json(RTM_NEWROUTE, 0x600, &body);
        let inside = &v[0]["attributes"][0]["attributes"];
        assert_eq!(named(inside), [("MPLS_IPTUNNEL_TTL".into(), 64.into())]);
    }

    #[test]
    fn any_bytes_are_valid_json() {
        let mut bytes: Vec<u8> = (0..=255).cycle().take(600).collect();
        for kind in [RTM_NEWLINK, RTM_DELROUTE, RTM_NEWRULE, RTM_NEWNSID, 9999] {
            for len in [0, 3, 16, 31, 600] {
                assert_eq!(json(kind, 0, &bytes[..len])[0]["type"], kind);
                bytes.rotate_left(7);
            }
        }
    }
}
