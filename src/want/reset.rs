//! Resets what a snapshot omits because it is the default of a new link.
//!
//! A keyword of a link's present lines that no wanted request has is set to its default, or turned off. A setting of a
//! kind without a default (the cost of a port, a VLAN's maps) stays.

use super::kinds;
use super::link::{Links, NUMBERS, One};
use super::need::Wanted;
use super::{Line, compare};
use crate::net::attr::{Attrs, u32_at, until_nul};
use crate::object::Declared;
use crate::object::link::kind;
use crate::schema::{Kinds as _, *};
use crate::session::Session;
use crate::state::{ObjectType, Store};
use std::collections::BTreeSet;

/// What the requests say about a link.
#[derive(Default)]
struct Said {
    /// Some request concerns it.
    any: bool,
    attrs: BTreeSet<u16>,
    flags: u32,
    data: BTreeSet<u16>,
    port: BTreeSet<u16>,
    names: BTreeSet<Vec<u8>>,
    mode: bool,
    token: bool,
}

/// Link settings that are header flags, not attributes.
const FLAG_WORDS: &[(&[u8], u32)] =
    &[(b"arp", IFF_NOARP), (b"multicast", IFF_MULTICAST), (b"promisc", IFF_PROMISC), (b"allmulticast", IFF_ALLMULTI)];

impl Said {
    fn of(list: &[Wanted], one: &One<'_>) -> Said {
        let mut said = Said::default();
        for w in list.iter().filter(|w| w.object() == Some(ObjectType::Link) && !w.is_absent()) {
            let index = u32_at(&w.request.body, 4).unwrap_or(0);
            let attrs = w.request.body.get(IFINFOMSG..).unwrap_or_default();
            let named = compare::value(attrs, IFLA_IFNAME).map(until_nul) == Some(one.link.name());
            if index == one.link.index || index == 0 && named {
                said.flags |= u32_at(&w.request.body, 12).unwrap_or(0);
                said.add(attrs);
            }
            said.peer(attrs, one.link.name());
        }
        said
    }

    fn add(&mut self, attrs: &[u8]) {
        let numbers = |list: &[u8]| Attrs(list).map(|(k, _)| k & compare::NUMBER).collect::<Vec<_>>();
        self.any = true;
        self.attrs.extend(numbers(attrs));
        let info = compare::value(attrs, IFLA_LINKINFO).unwrap_or_default();
        let is_port = compare::value(info, IFLA_INFO_KIND).is_some_and(|k| until_nul(k).ends_with(b"_slave"));
        let own = if is_port { &mut self.port } else { &mut self.data };
        for attr in [IFLA_INFO_DATA, IFLA_INFO_SLAVE_DATA] {
            own.extend(numbers(compare::value(info, attr).unwrap_or_default()));
        }
        let names = compare::value(attrs, IFLA_PROP_LIST).unwrap_or_default();
        self.names.extend(Attrs(names).map(|(_, n)| until_nul(n).to_vec()));
        let inet6 =
            compare::value(attrs, IFLA_AF_SPEC).and_then(|v| compare::value(v, AF_SPEC_INET6)).unwrap_or_default();
        self.mode |= compare::value(inet6, IFLA_INET6_ADDR_GEN_MODE).is_some();
        self.token |= compare::value(inet6, IFLA_INET6_TOKEN).is_some();
    }

    /// Adds the peer of a pair, which is part of the same request.
    fn peer(&mut self, attrs: &[u8], name: &[u8]) {
        let info = compare::value(attrs, IFLA_LINKINFO).unwrap_or_default();
        let kind = compare::value(info, IFLA_INFO_KIND).map(until_nul).unwrap_or_default();
        let Some(attr) = Declared.quirks(kind).peer else { return };
        let peer = compare::value(info, IFLA_INFO_DATA).and_then(|d| compare::value(d, attr));
        let Some(attrs) = peer.and_then(|p| p.get(IFINFOMSG..)) else { return };
        if compare::value(attrs, IFLA_IFNAME).map(until_nul) == Some(name) {
            self.add(attrs);
        }
    }

    /// Whether the requests have a general setting.
    fn has(&self, word: &[u8]) -> bool {
        let numbers = NUMBERS.iter().map(|(attr, word, _)| (word.as_bytes(), *attr));
        let others: [(&[u8], u16); 4] =
            [(b"mtu", IFLA_MTU), (b"group", IFLA_GROUP), (b"alias", IFLA_IFALIAS), (b"master", IFLA_MASTER)];
        let attr = numbers.chain(others).find(|(w, _)| *w == word);
        let flag = FLAG_WORDS.iter().find(|(w, _)| *w == word);
        match (attr, flag) {
            (Some((_, attr)), _) => self.attrs.contains(&attr),
            (_, Some((_, flag))) => self.flags & flag != 0,
            _ => self.mode,
        }
    }
}

/// The lines that reset what the requests omit, for the links of a store that they concern.
pub fn lines(s: &Session, store: &Store, list: &[Wanted]) -> Vec<Line> {
    let links = Links::of(store);
    let mut out = Vec::new();
    for one in links.list() {
        let said = Said::of(list, one);
        if said.any {
            out.extend(general(&links, s, one, &said));
            out.extend(of_kind(s, one, &said));
        }
    }
    out
}

fn general(links: &Links<'_>, s: &Session, one: &One<'_>, said: &Said) -> Vec<Line> {
    let name = one.link.name();
    let mut set = Line::of("link set dev").and(&[name]);
    let bare = set.words.len();
    let mut out = Vec::new();
    for line in links.settings(s, one) {
        let words: Vec<&[u8]> = line.words.iter().map(Vec::as_slice).collect();
        match words.as_slice() {
            [b"link", b"property", _, _, _, _, other] if !said.names.contains(*other) => {
                out.push(Line::of("link property del dev").and(&[name, b"altname", other]));
            }
            [b"token", ..] if !said.token => out.push(Line::of("token set :: dev").and(&[name])),
            [b"link", b"set", b"dev", _, rest @ ..] if rest.first() != Some(&&b"type"[..]) => {
                for pair in rest.chunks_exact(2) {
                    let [word, value] = pair else { continue };
                    if said.has(word) {
                        continue;
                    }
                    let usual = NUMBERS.iter().find(|(_, w, _)| w.as_bytes() == *word).map(|n| n.2.to_string());
                    match *word {
                        b"master" => set = set.and(&[b"nomaster"]),
                        b"alias" => set = set.and(&[b"alias", b""]),
                        b"group" => set = set.and(&[b"group", b"default"]),
                        b"addrgenmode" => set = set.and(&[b"addrgenmode", b"eui64"]),
                        _ if FLAG_WORDS.iter().any(|(w, _)| w == word) => {
                            set = set.and(&[word, if *value == b"on" { b"off" } else { b"on" }]);
                        }
                        _ => {
                            if let Some(usual) = usual {
                                set = set.and(&[word, usual.as_bytes()]);
                            }
                        }
                    }
                }
            }
            _ => {}
        }
    }
    // The line that creates a link has its MTU.
    let mtu = one.link.a.u32(IFLA_MTU);
    let usual = links.usual_mtu(one);
    if !one.kind().is_empty() && usual != 0 && mtu != Some(usual) && !said.attrs.contains(&IFLA_MTU) {
        set = set.and(&[b"mtu", usual.to_string().as_bytes()]);
    }
    if one.link.flags & IFF_UP != 0 && said.flags & IFF_UP == 0 {
        set = set.and(&[b"down"]);
    }
    if set.words.len() > bare {
        out.push(set);
    }
    out
}

/// The settings of its kind and of its port that have a default.
fn of_kind(s: &Session, one: &One<'_>, said: &Said) -> Vec<Line> {
    let Some(info) = one.link.info() else { return Vec::new() };
    let port = info.str(IFLA_INFO_SLAVE_KIND).map(|k| [k, b"_slave"].concat());
    let own = [
        (Some(one.kind().to_vec()), IFLA_INFO_DATA, &said.data, true),
        // A port that leaves its master loses its port settings.
        (port, IFLA_INFO_SLAVE_DATA, &said.port, said.attrs.contains(&IFLA_MASTER)),
    ];
    let mut out = Vec::new();
    for (name, attr, said, applies) in own {
        let known = name.filter(|_| applies).and_then(|name| Some((kind::find(&name)?, info.get(attr)?, name)));
        let Some((known, data, name)) = known else { continue };
        let defaults = kinds::defaults(s, known, data, |number| said.contains(&number));
        if !defaults.is_empty() {
            let words: Vec<&[u8]> = defaults.iter().map(Vec::as_slice).collect();
            out.push(Line::of("link set dev").and(&[one.link.name(), b"type", &name]).and(&words));
        }
    }
    out
}
