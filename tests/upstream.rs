//! What the crate netlink-packet-route cannot say of the kinds of links, so that `rip` writes it as raw bytes:
//! tests/upstream.txt, to be sent upstream. Checked against the crate itself, attribute by attribute of all wire cases.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use netlink_packet_core::{NetlinkDeserializable as _, NetlinkHeader, NetlinkSerializable as _};
use netlink_packet_route::RouteNetlinkMessage;
use std::collections::BTreeMap;
use support::forge::{NESTED, attribute, attributes};

const RTM_NEWLINK: u16 = 16;
const IFLA_LINKINFO: u16 = 18;
/// IFLA_INFO_KIND and DATA, IFLA_INFO_SLAVE_KIND and SLAVE_DATA.
const PLACES: [(u16, u16); 2] = [(1, 2), (4, 5)];

/// Whether the crate reads this attribute of a kind as one that it knows, and writes the same bytes.
fn knows(kind: &str, port: bool, attr: u16, value: &[u8]) -> bool {
    let (name, data) = PLACES[usize::from(port)];
    let kind = kind.strip_suffix("_slave").unwrap_or(kind);
    let info = [attribute(name, &[kind.as_bytes(), &[0]].concat()), attribute(data, &attribute(attr, value))].concat();
    let bytes = [vec![0; 16], attribute(IFLA_LINKINFO, &info)].concat();
    let mut header = NetlinkHeader::default();
    header.message_type = RTM_NEWLINK;
    let Ok(message) = RouteNetlinkMessage::deserialize(&header, &bytes) else { return false };
    let mut again = vec![0; message.buffer_len()];
    message.serialize(&mut again);
    again == bytes && !format!("{message:?}").contains("Other(DefaultNla")
}

/// The attributes of kinds and ports that the wire cases send and the crate does not know: kind, number, a value.
fn unknown() -> BTreeMap<(String, u16), String> {
    let mut found = BTreeMap::new();
    for dir in ["wire/stored", "wire"] {
        for entry in std::fs::read_dir(support::machine::tests().join(dir)).into_iter().flatten().flatten() {
            let text = std::fs::read_to_string(entry.path()).unwrap_or_default();
            for line in text.lines().filter(|l| l.starts_with("> NEWLINK ")) {
                let Some((_, mut info)) = line.split_once(" 18{") else { continue };
                let info = attributes(&mut info);
                let Some((_, kind)) = info.iter().find(|(n, _)| *n == 1) else { continue };
                let kind = String::from_utf8_lossy(kind).trim_end_matches('\0').to_string();
                for (place, data) in info.iter().filter(|(n, _)| matches!(*n & !NESTED, 2 | 5)) {
                    let mut rest = data.as_slice();
                    while let Some(len) = rest.first_chunk().map(|b| usize::from(u16::from_ne_bytes(*b))) {
                        let number = u16::from_ne_bytes([rest[2], rest[3]]);
                        let value = &rest[4..len];
                        if !knows(&kind, *place & !NESTED == 5, number, value) {
                            let hex = value.iter().map(|b| format!("{b:02x}")).collect();
                            found.entry((kind.clone(), number & !NESTED)).or_insert(hex);
                        }
                        rest = rest.get(len.next_multiple_of(4)..).unwrap_or_default();
                    }
                }
            }
        }
    }
    found
}

#[test]
fn what_the_crate_lacks_is_listed() {
    let listed: Vec<(String, u16)> = include_str!("upstream.txt")
        .lines()
        .filter(|l| !l.starts_with('#'))
        .map(|l| {
            let mut words = l.split_whitespace();
            (words.next().expect("a kind").to_string(), words.next().and_then(|n| n.parse().ok()).expect("a number"))
        })
        .collect();
    let unknown = unknown();
    let mut wrong: Vec<String> = Vec::new();
    for ((kind, number), value) in unknown.iter().filter(|(key, _)| !listed.contains(key)) {
        wrong.push(format!("{kind} {number}: the crate does not know {value}; list it"));
    }
    for (kind, number) in listed.iter().filter(|key| !unknown.contains_key(key)) {
        wrong.push(format!("{kind} {number}: the crate knows it by now; use its variant"));
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
