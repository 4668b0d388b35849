//! A request as JSON: its type, its flags, the fields of its header, and its attributes as a tree.

use super::names::{self, Form, Space};
use crate::net::attr::{Attrs, align, u16_at, u32_at, u64_at, until_nul};
use crate::schema::*;
use crate::show::Paper;
use netlink_packet_core::{NLM_F_ACK, NLM_F_REQUEST};

/// Nests inside nests, at most.
const DEEP: usize = 8;

/// Writes what would be sent into the open object.
pub fn describe(p: &mut Paper<'_>, kind: u16, flags: u16, body: &[u8]) {
    let known = names::message(kind);
    p.hidden("type", kind);
    if let Some(t) = &known {
        p.hidden("name", t.name);
    }
    p.array(Some("flags"));
    for flag in names::flags(kind, flags | NLM_F_REQUEST | NLM_F_ACK) {
        p.element("{}", flag);
    }
    p.close();
    p.object(Some("header"));
    for (name, at, len) in known.as_ref().map_or(&[][..], |t| t.header) {
        p.hidden(name, number(body.get(*at..at + len).unwrap_or_default()).unwrap_or(0));
    }
    p.close();
    let space = known.map_or(Space::Settings, |t| t.space);
    attributes(p, space, body.get(align(header_len(kind))..).unwrap_or_default(), DEEP);
}

fn attributes(p: &mut Paper<'_>, space: Space, bytes: &[u8], deep: usize) {
    p.array(Some("attributes"));
    let mut kind_of_link = Vec::new();
    for (kind, body) in Attrs(bytes) {
        if (space, kind) == (Space::LinkInfo, IFLA_INFO_KIND) {
            kind_of_link = until_nul(body).to_vec();
        }
        p.object(None);
        p.hidden("type", kind);
        let known = names::attribute(space, kind);
        if let Some((name, _)) = known {
            p.hidden("name", name);
        }
        let form = match known.map(|(_, form)| form) {
            Some(Form::Nest(Space::Settings)) if deep > 0 && is_nest(body) => {
                let peers = matches!(kind_of_link.as_slice(), b"veth" | b"vxcan" | b"netkit");
                Form::Nest(if space == Space::LinkInfo && peers { Space::Peer } else { Space::Settings })
            }
            Some(Form::Nest(Space::Settings)) => Form::Hex,
            Some(form) => form,
            None => Form::Hex,
        };
        value(p, space, form, body, deep);
        p.close();
    }
    p.close();
}

fn value(p: &mut Paper<'_>, space: Space, form: Form, body: &[u8], deep: usize) {
    match form {
        Form::Nest(inner) if deep > 0 => {
            // A link inside a link has a header of its own.
            let skip = if space == Space::Peer { 16 } else { 0 };
            attributes(p, inner, body.get(skip..).unwrap_or_default(), deep - 1);
        }
        Form::Hops => hops(p, body, deep),
        Form::Text => p.hidden("value", until_nul(body)),
        Form::Number => match number(body) {
            Some(n) => p.hidden("value", n),
            None => p.hidden("hex", hex(body, "")),
        },
        Form::Signed => match u32_at(body, 0) {
            Some(n) => p.hidden("value", n.cast_signed()),
            None => p.hidden("hex", hex(body, "")),
        },
        Form::Ip => match ip(body) {
            Some(text) => p.hidden("value", text),
            None => p.hidden("hex", hex(body, "")),
        },
        Form::Mac if body.len() == 6 => p.hidden("value", hex(body, ":")),
        _ => p.hidden("hex", hex(body, "")),
    }
}

/// struct rtnexthop, each followed by its attributes.
fn hops(p: &mut Paper<'_>, mut list: &[u8], deep: usize) {
    p.array(Some("hops"));
    while let Some(hop) = u16_at(list, 0).map(usize::from).filter(|n| *n >= 8).and_then(|n| list.get(..n)) {
        p.object(None);
        for (name, at, len) in [("flags", 2, 1), ("hops", 3, 1), ("index", 4, 4)] {
            p.hidden(name, number(hop.get(at..at + len).unwrap_or_default()).unwrap_or(0));
        }
        attributes(p, Space::Route, hop.get(8..).unwrap_or_default(), deep.saturating_sub(1));
        p.close();
        list = list.get(align(hop.len())..).unwrap_or_default();
    }
    p.close();
}

/// A number of one, two, four or eight bytes.
fn number(body: &[u8]) -> Option<u64> {
    match body.len() {
        1 => body.first().copied().map(u64::from),
        2 => u16_at(body, 0).map(u64::from),
        4 => u32_at(body, 0).map(u64::from),
        8 => u64_at(body, 0),
        _ => None,
    }
}

pub fn ip(body: &[u8]) -> Option<String> {
    match body.len() {
        4 => body.first_chunk::<4>().map(|b| std::net::Ipv4Addr::from(*b).to_string()),
        16 => body.first_chunk::<16>().map(|b| std::net::Ipv6Addr::from(*b).to_string()),
        _ => None,
    }
}

pub fn hex(body: &[u8], between: &str) -> String {
    body.iter().map(|b| format!("{b:02x}")).collect::<Vec<_>>().join(between)
}

/// Whether bytes are attributes to their end.
fn is_nest(body: &[u8]) -> bool {
    let whole: usize = Attrs(body).map(|(_, b)| align(b.len() + 4)).sum();
    !body.is_empty() && whole == align(body.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::attr::put;
    use crate::show::Format;
    use crate::show::out::Out;

    fn json(kind: u16, flags: u16, body: &[u8]) -> serde_json::Value {
        let mut out = Out::memory();
        let mut p = Paper::new(&mut out, Format { json: true, ..Format::default() });
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
