//! Describes a request in words: those of the command line, if the object has a view.

use super::json::{big_endian, hex, ip, number};
use super::names;
use crate::command::view::{Shown, one_line};
use crate::net::Request;
use crate::net::attr::{u32_at, until_nul};
use crate::object::link::kind::veth::VETH_INFO_PEER;
use crate::output::escape::shown;
use crate::schema::family::{IP6MR, IPMR};
use crate::schema::{self, Attr, Form, *};
use crate::session::Session;
use crate::state::ObjectType;
use netlink_packet_core::NLM_F_CREATE;

/// The description of a request: `add route 10.1.0.0/16 via 192.168.1.1 dev eth0`.
///
/// `device` is the name of the link that it is about, if that is not its current one.
pub fn of(s: &Session, r: &Request, device: Option<&[u8]>) -> String {
    let (kind, flags, body) = (r.kind, r.flags, r.body.as_slice());
    let verb = names::verb(kind, flags);
    // The parameters of a neighbour table are listed one by one, like anything without a view.
    let Some(class) = ObjectType::of_request(kind).filter(|class| *class != ObjectType::NeighTable) else {
        let what = ObjectType::of_message(kind).map_or("an unknown object", |object| object.spec().noun);
        let fields = schema::message(kind).map_or(&[][..], |m| m.header.fields);
        let index = fields.iter().find(|f| f.name == "index").and_then(|f| u32_at(body, f.at)).filter(|i| *i != 0);
        let dev = index.map_or(String::new(), |i| format!("dev {} ", shown(&s.link_name(i))));
        return format!("{verb} {what} {dev}{}", attributes(s, kind, body));
    };
    if class == ObjectType::Link {
        return link(s, r, device).trim_end().to_string();
    }
    let described = described(s, class, body);
    let multicast = class == ObjectType::Rule && matches!(body.first(), Some(&(IPMR | IP6MR)));
    let noun = if multicast { "mrule" } else { class.spec().noun };
    format!("{verb} {noun} {described}").trim_end().to_string()
}

/// The entry as `show` would print it, on one line.
fn described(s: &Session, class: ObjectType, body: &[u8]) -> String {
    let Some(view) = crate::object::view(class) else { return String::new() };
    let text = one_line(|p| match view.request {
        Some(describe) => describe(s, p, body),
        None => (view.describe)(s, p, body, Shown::default()),
    });
    // A delete request may leave the type open.
    let text = text.strip_prefix("none ").unwrap_or(&text);
    let text = if class == ObjectType::Rule { text.strip_suffix(" none").unwrap_or(text) } else { text };
    text.replace(" proto unspec", "").replace(" scope nowhere", "")
}

/// The flags of a link by the words that set them.
const FLAGS: &[(u32, &str, &str)] = &[
    (IFF_UP, "up", "down"),
    (0x100, "promisc on", "promisc off"),
    (0x200, "allmulticast on", "allmulticast off"),
    (0x1000, "multicast on", "multicast off"),
    (0x80, "arp off", "arp on"),
    (0x8000, "dynamic on", "dynamic off"),
    (0x20, "trailers off", "trailers on"),
];

fn link(s: &Session, r: &Request, device: Option<&[u8]>) -> String {
    let (kind, flags, body) = (r.kind, r.flags, r.body.as_slice());
    let a = ObjectType::Link.index(body);
    let index = u32_at(body, 4).unwrap_or(0);
    let named = a.str(IFLA_IFNAME).map(shown);
    let is = match device {
        Some(name) => Some(shown(name)),
        None if index == 0 => None,
        None => Some(shown(&s.link_name(index))),
    };
    let mut words: Vec<String> = Vec::new();
    let creates = kind == RTM_NEWLINK && flags & NLM_F_CREATE != 0;
    match (kind, creates) {
        (RTM_NEWLINKPROP, _) => words.push("add altnames to link".into()),
        (RTM_DELLINKPROP, _) => words.push("delete altnames of link".into()),
        _ => words.push(format!("{} link", names::verb(kind, flags))),
    }
    match (creates, &named, &is) {
        (true, Some(name), _) => words.push(name.clone()),
        (true, None, _) => words.push("(name chosen by the kernel)".into()),
        (false, name, Some(is)) => {
            words.push(is.clone());
            words.extend(name.as_ref().map(|n| format!("name {n}")));
        }
        (false, _, None) => {}
    }
    let change = u32_at(body, 12).unwrap_or(0);
    let bits = u32_at(body, 8).unwrap_or(0);
    for (bit, on, off) in FLAGS.iter().filter(|(bit, _, _)| change & bit != 0) {
        words.push((*if bits & bit != 0 { on } else { off }).to_string());
    }
    if a.get(IFLA_MASTER).is_some_and(|v| v == [0; 4]) {
        words.push("nomaster".into());
    }
    for (attr, value) in ObjectType::Link.attrs(body) {
        match attr {
            IFLA_IFNAME | IFLA_EXT_MASK => {}
            IFLA_MASTER if value == [0; 4] => {}
            IFLA_MASTER | IFLA_LINK => {
                let key = if attr == IFLA_MASTER { "master" } else { "link" };
                words.push(format!("{key} {}", shown(&s.link_name(u32_at(value, 0).unwrap_or(0)))));
            }
            IFLA_LINKINFO => words.extend(info(&a)),
            IFLA_PROP_LIST => {
                words.extend(crate::net::Attrs(value).map(|(_, n)| format!("altname {}", shown(until_nul(n)))));
            }
            _ => words.push(attribute(s, LINK_ATTRS, attr, value)),
        }
    }
    words.join(" ")
}

/// The kind of a link, and its settings.
fn info(a: &crate::net::Index<'_, 72>) -> Vec<String> {
    let Some(info) = a.nest(IFLA_LINKINFO) else { return Vec::new() };
    let mut words = Vec::new();
    if let Some(kind) = info.str(IFLA_INFO_KIND) {
        words.push(format!("type {}", shown(kind)));
        let peer = info.nest(IFLA_INFO_DATA).and_then(|d| d.get(VETH_INFO_PEER)).filter(|_| kind == b"veth");
        if let Some(name) = peer.and_then(|b| ObjectType::Link.index(b).str(IFLA_IFNAME)) {
            words.push(format!("peer {}", shown(name)));
            return words;
        }
    }
    if let Some(kind) = info.str(IFLA_INFO_SLAVE_KIND) {
        words.push(format!("type {}_slave", shown(kind)));
    }
    for data in [IFLA_INFO_DATA, IFLA_INFO_SLAVE_DATA].into_iter().filter_map(|k| info.get(k)) {
        let list: Vec<String> = crate::net::Attrs(data).map(|(k, v)| format!("{k}={}", hex(v, ""))).collect();
        if !list.is_empty() {
            words.push(format!("settings [{}]", list.join(" ")));
        }
    }
    words
}

/// `mtu 1400`, by the keyword that sets the attribute, or the kernel's name for it.
fn attribute(s: &Session, table: &[Attr], kind: u16, value: &[u8]) -> String {
    let Some(row) = schema::find(table, kind) else { return format!("{kind}={}", hex(value, "")) };
    let short = match row.word {
        "" => row.name.split_once('_').map_or(row.name, |(_, n)| n).to_ascii_lowercase(),
        word => word.to_string(),
    };
    let text = match row.form {
        Form::U32 if short == "dev" => u32_at(value, 0).map(|index| shown(&s.link_name(index))),
        Form::Nest(Inner::Attrs(inside)) => {
            let list = crate::net::Attrs(value).map(|(k, v)| attribute(s, inside, k, v));
            return list.collect::<Vec<_>>().join(" ");
        }
        Form::U8 | Form::U16 | Form::U32 | Form::U64 => number(value).map(|v| v.to_string()),
        Form::I32 => u32_at(value, 0).map(|v| v.cast_signed().to_string()),
        Form::Be16 | Form::Be32 | Form::Be64 => big_endian(value).map(|v| v.to_string()),
        Form::Text => Some(shown(until_nul(value))),
        Form::Ip => ip(value),
        Form::Mac => Some(hex(value, ":")),
        Form::Flag if value.is_empty() => return short,
        Form::Secret => Some(crate::output::secret::HIDDEN.into()),
        Form::Bytes | Form::Flag | Form::Hops | Form::Nest(_) => None,
    };
    format!("{short} {}", text.unwrap_or_else(|| hex(value, "")))
}

fn attributes(s: &Session, kind: u16, body: &[u8]) -> String {
    let table = schema::message(kind).map_or(&[][..], |m| m.attrs);
    let from = crate::net::attr::align(header_len(kind));
    let list = crate::net::Attrs(body.get(from..).unwrap_or_default());
    list.map(|(k, v)| attribute(s, table, k, v)).collect::<Vec<_>>().join(" ")
}
