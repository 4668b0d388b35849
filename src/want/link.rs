//! The snapshot lines of links: each is created after its lower device, then all are configured, then brought up.

use super::{Line, kinds};
use crate::grammar::words::Table;
use crate::net::attr::{Attrs, until_nul};
use crate::object::Declared;
use crate::object::link::ether::Mac;
use crate::object::link::kind::{self, tun, veth};
use crate::object::link::port::bond::IFLA_BOND_SLAVE_PERM_HWADDR;
use crate::object::link::view::{ADDR_GEN_MODES, Link};
use crate::object::netns;
use crate::output::Scalar as _;
use crate::schema::{Kinds as _, *};
use crate::session::Session;
use crate::sort::Arrange as _;
use crate::state::{ObjectType, Store};
use std::collections::BTreeSet;

/// Devices that the kernel creates in every namespace once their module is loaded.
const FALLBACK: &[&[u8]] = &[
    b"tunl0",
    b"gre0",
    b"gretap0",
    b"erspan0",
    b"sit0",
    b"ip6tnl0",
    b"ip6gre0",
    b"ip6erspan0",
    b"ip_vti0",
    b"ip6_vti0",
];
/// NET_ADDR_SET of linux/netdevice.h: the link-layer address was set by a user.
const ADDRESS_SET: &str = "3";
/// Kinds that are created with multicast and ARP on.
const ETHERNET: &[&[u8]] =
    &[b"veth", b"bridge", b"vlan", b"bond", b"vxlan", b"macvlan", b"macvtap", b"netkit", b"geneve"];

/// A link in the ordered list of links.
pub struct One<'a> {
    /// Its record.
    pub link: Link<'a>,
    body: &'a [u8],
}

impl<'a> One<'a> {
    /// The name of its kind.
    pub fn kind(&self) -> &'a [u8] {
        self.link.info().and_then(|i| i.str(IFLA_INFO_KIND)).unwrap_or_default()
    }

    fn data(&self) -> &'a [u8] {
        self.link.info().and_then(|i| i.get(IFLA_INFO_DATA)).unwrap_or_default()
    }

    fn is_pair(&self) -> bool {
        Declared.quirks(self.kind()).peer.is_some()
    }

    /// The link that must exist before it.
    fn below(&self) -> Option<u32> {
        let index = match Declared.quirks(self.kind()).underlay {
            Some(attr) => crate::net::Nested::new(self.data()).u32(attr),
            _ if self.is_pair() || self.link.a.has(IFLA_LINK_NETNSID) => None,
            _ => self.link.a.u32(IFLA_LINK),
        };
        index.filter(|i| *i != 0)
    }
}

/// The links of a snapshot in creation order, lower devices first.
pub struct Links<'a> {
    list: Vec<One<'a>>,
}

impl<'a> Links<'a> {
    /// Orders the links of a store.
    pub fn of(store: &'a Store) -> Links<'a> {
        let bodies = store.list(ObjectType::Link).into_iter().filter(|b| b.first() == Some(&0));
        let mut rest: Vec<One<'a>> = bodies.filter_map(|body| Some(One { link: Link::parse(body)?, body })).collect();
        rest.arrange_by(|a, b| a.link.name().cmp(b.link.name()));
        let all = crate::sort::set(rest.iter().map(|o| o.link.index));
        let mut made: BTreeSet<u32> = BTreeSet::new();
        let mut list = Vec::new();
        while !rest.is_empty() {
            let ready = |o: &One<'_>| o.below().is_none_or(|i| made.contains(&i) || !all.contains(&i));
            // A cycle cannot occur; if it does, take the first.
            let at = rest.iter().position(ready).unwrap_or(0);
            let one = rest.remove(at);
            made.insert(one.link.index);
            list.push(one);
        }
        Links { list }
    }

    /// The links, lower devices first.
    pub fn list(&self) -> &[One<'a>] {
        &self.list
    }

    /// The lines, each with the message of its link; what cannot be written goes to `lost`.
    pub fn lines(&self, s: &Session, lost: &mut Vec<String>) -> Vec<(Line, &'a [u8])> {
        let mut out = Vec::new();
        let mut made = BTreeSet::new();
        for one in &self.list {
            if made.insert(one.link.index)
                && let Some(line) = self.add(s, one, &mut made, lost)
            {
                out.push((line, one.body));
            }
        }
        for one in self.list.iter().filter(|o| !is_fallback(o)) {
            out.extend(self.settings(s, one).into_iter().map(|line| (line, one.body)));
        }
        for one in &self.list {
            let Some(known) = kind::find(one.kind()).filter(|k| !k.late.is_empty()) else { continue };
            let words = kinds::words(s, known, one.data(), true);
            if !words.is_empty() {
                let line = Line::of("link set dev").and(&[one.link.name(), b"type", one.kind()]);
                out.push((line.and(&words.iter().map(Vec::as_slice).collect::<Vec<_>>()), one.body));
            }
        }
        for one in self.list.iter().filter(|o| o.link.flags & IFF_UP != 0) {
            out.push((Line::of("link set dev").and(&[one.link.name(), b"up"]), one.body));
        }
        out
    }

    /// The line that creates a link, and its peer.
    fn add(&self, s: &Session, one: &One<'a>, made: &mut BTreeSet<u32>, lost: &mut Vec<String>) -> Option<Line> {
        let l = &one.link;
        let kind = one.kind();
        if kind.is_empty() || is_fallback(one) {
            return None;
        }
        if kind == b"tun" {
            return tuntap(one);
        }
        let name = crate::output::escape::shown(l.name());
        let Some(known) = kind::find(kind) else {
            lost.push(format!("link {name}: no line can create a {}", crate::output::escape::shown(kind)));
            return None;
        };
        let mut line = Line::of("link add");
        let lower =
            l.a.u32(IFLA_LINK).filter(|i| *i != 0 && !one.is_pair() && Declared.quirks(kind).underlay.is_none());
        if let Some(lower) = lower {
            if l.a.has(IFLA_LINK_NETNSID) {
                lost.push(format!("link {name}: its lower device is in another namespace"));
                return None;
            }
            line = line.and(&[b"link", &s.link_name(lower)]);
        }
        line = self.basics(line.and(&[b"name", l.name()]), one).and(&[b"type", kind]);
        if one.is_pair() {
            let data = kinds::words(s, known, one.data(), false);
            line.words.extend(data);
            return match self.peer(s, one, made) {
                Some(peer) => Some(line.and(&[b"peer"]).and(&peer.words.iter().map(Vec::as_slice).collect::<Vec<_>>())),
                None => {
                    lost.push(format!("link {name}: its peer is in a namespace without a name"));
                    None
                }
            };
        }
        line.words.extend(kinds::words(s, known, one.data(), false));
        Some(line)
    }

    /// The words of a peer: its name, and the settings it is created with.
    fn peer(&self, s: &Session, one: &One<'a>, made: &mut BTreeSet<u32>) -> Option<Line> {
        let index = one.link.a.u32(IFLA_LINK)?;
        let Some(nsid) = one.link.a.s32(IFLA_LINK_NETNSID) else {
            let peer = self.list.iter().find(|o| o.link.index == index)?;
            made.insert(index);
            return Some(self.basics(Line::of("name").and(&[peer.link.name()]), peer));
        };
        let namespace = netns::name_of_nsid(s, nsid)?;
        let peer = netns::unnamed::peer(s, Some(nsid), index)?.ifname?;
        Some(Line::of("name").and(&[&peer, b"netns", &namespace]))
    }

    /// Adds address and MTU, if they are not the defaults.
    fn basics(&self, mut line: Line, one: &One<'a>) -> Line {
        let l = &one.link;
        if let Some(address) = l.a.get(IFLA_ADDRESS).filter(|a| address_was_set(l) && !is_of_bond(l, a)) {
            let mut text = Vec::new();
            Mac(l.hw, address).text(&mut text);
            line = line.and(&[b"address", &text]);
        }
        if let Some(mtu) = l.a.u32(IFLA_MTU).filter(|mtu| *mtu != self.usual_mtu(one)) {
            line = line.and(&[b"mtu", mtu.to_string().as_bytes()]);
        }
        line
    }

    /// The default MTU of a link; 0 if unknown.
    pub fn usual_mtu(&self, one: &One<'_>) -> u32 {
        const ETH_DATA_LEN: u32 = 1500;
        let by_index = |i: u32| self.list.iter().find(|o| o.link.index == i).and_then(|o| o.link.a.u32(IFLA_MTU));
        match one.kind() {
            // The MTU of a bridge follows its ports.
            b"bridge" => {
                let ports = self.list.iter().filter(|o| o.link.a.u32(IFLA_MASTER) == Some(one.link.index));
                ports.filter_map(|o| o.link.a.u32(IFLA_MTU)).min().unwrap_or(ETH_DATA_LEN)
            }
            b"vlan" | b"macvlan" | b"macvtap" | b"ipvlan" | b"ipvtap" => {
                one.below().and_then(by_index).unwrap_or(ETH_DATA_LEN)
            }
            b"veth" | b"dummy" | b"ifb" | b"bond" => ETH_DATA_LEN,
            // The header size of tunnels differs.
            _ => 0,
        }
    }

    /// The lines for settings that a link is not created with.
    pub fn settings(&self, s: &Session, one: &One<'a>) -> Vec<Line> {
        let l = &one.link;
        let kind = one.kind();
        let mut set = Line::of("");
        if kind.is_empty()
            && l.hw != 772
            && let Some(mtu) = l.a.u32(IFLA_MTU)
        {
            set = set.and(&[b"mtu", mtu.to_string().as_bytes()]);
        }
        for (attr, word, usual) in NUMBERS {
            if let Some(v) = l.a.u32(*attr).filter(|v| v != usual && !(kind == b"tun" && *attr == IFLA_TXQLEN)) {
                set = set.and(&[word.as_bytes(), v.to_string().as_bytes()]);
            }
        }
        if let Some(group) = l.a.u32(IFLA_GROUP).filter(|g| *g != 0) {
            let mut name = Vec::new();
            s.named(Table::Groups, group).text(&mut name);
            set = set.and(&[b"group", &name]);
        }
        if let Some(alias) = l.a.str(IFLA_IFALIAS) {
            set = set.and(&[b"alias", alias]);
        }
        let ethernet = ETHERNET.contains(&kind);
        for (flag, word, usual) in [
            (IFF_NOARP, &b"arp"[..], None),
            (IFF_MULTICAST, b"multicast", ethernet.then_some(IFF_MULTICAST)),
            (IFF_PROMISC, b"promisc", Some(0)),
            (IFF_ALLMULTI, b"allmulticast", Some(0)),
        ] {
            let has = l.flags & flag;
            let usual = if flag == IFF_NOARP { ethernet.then_some(0) } else { usual };
            if usual.is_some_and(|u| u != has) {
                let on = (has != 0) != (flag == IFF_NOARP);
                set = set.and(&[word, if on { b"on" } else { b"off" }]);
            }
        }
        let inet6 = l.a.nest(IFLA_AF_SPEC).and_then(|a| a.nest(AF_SPEC_INET6));
        let mode = inet6.as_ref().and_then(|i| i.u8(IFLA_INET6_ADDR_GEN_MODE)).filter(|m| *m != 0);
        // The kernel reports only that there is a secret.
        if let Some(word) = mode.and_then(|m| ADDR_GEN_MODES.get(usize::from(m))).filter(|m| **m != "stable_secret") {
            set = set.and(&[b"addrgenmode", word.as_bytes()]);
        }
        if let Some(master) = l.a.u32(IFLA_MASTER).filter(|m| *m != 0) {
            set = set.and(&[b"master", &s.link_name(master)]);
        }
        let mut out = Vec::new();
        if !set.words.is_empty() {
            out.push(
                Line::of("link set dev").and(&[l.name()]).and(&set.words.iter().map(Vec::as_slice).collect::<Vec<_>>()),
            );
        }
        out.extend(port(s, l));
        let names = Attrs(l.a.get(IFLA_PROP_LIST).unwrap_or_default());
        let names = crate::sort::set(names.filter(|(k, _)| *k == IFLA_ALT_IFNAME).map(|(_, n)| until_nul(n)));
        let property = |name: &[u8]| Line::of("link property add dev").and(&[l.name(), b"altname", name]);
        out.extend(names.into_iter().map(property));
        if let Some(token) = inet6.and_then(|i| i.v6(IFLA_INET6_TOKEN)).filter(|t| !t.is_unspecified()) {
            out.push(Line::of(&format!("token set {token} dev")).and(&[l.name()]));
        }
        out
    }
}

/// Numeric settings of a link, with their keywords and defaults.
pub const NUMBERS: &[(u16, &str, u32)] = &[
    (IFLA_TXQLEN, "txqueuelen", 1000),
    (IFLA_GSO_MAX_SIZE, "gso_max_size", 65536),
    (IFLA_GSO_MAX_SEGS, "gso_max_segs", 65535),
    (IFLA_GRO_MAX_SIZE, "gro_max_size", 65536),
    (IFLA_GSO_IPV4_MAX_SIZE, "gso_ipv4_max_size", 65536),
    (IFLA_GRO_IPV4_MAX_SIZE, "gro_ipv4_max_size", 65536),
];

/// The line for port settings, which the master keeps.
fn port(s: &Session, l: &Link<'_>) -> Option<Line> {
    let info = l.info()?;
    let kind = [info.str(IFLA_INFO_SLAVE_KIND)?, b"_slave"].concat();
    let words = kinds::words(s, kind::find(&kind)?, info.get(IFLA_INFO_SLAVE_DATA)?, false);
    let line = Line::of("link set dev").and(&[l.name(), b"type", &kind]);
    (!words.is_empty()).then(|| line.and(&words.iter().map(Vec::as_slice).collect::<Vec<_>>()))
}

/// The line of a TUN or TAP device; `None` for one that is not persistent, which disappears with its program.
fn tuntap(one: &One<'_>) -> Option<Line> {
    let d = crate::net::Nested::new(one.data());
    d.u8(tun::IFLA_TUN_PERSIST).filter(|v| *v != 0)?;
    let mode = if d.u8(tun::IFLA_TUN_TYPE) == Some(2) { "tap" } else { "tun" };
    let mut line = Line::of("tuntap add dev").and(&[one.link.name(), b"mode", mode.as_bytes()]);
    for (attr, word) in [(tun::IFLA_TUN_OWNER, &b"user"[..]), (tun::IFLA_TUN_GROUP, b"group")] {
        if let Some(id) = d.u32(attr) {
            line = line.and(&[word, id.to_string().as_bytes()]);
        }
    }
    for (attr, word) in [
        (tun::IFLA_TUN_PI, &b"pi"[..]),
        (tun::IFLA_TUN_VNET_HDR, b"vnet_hdr"),
        (tun::IFLA_TUN_MULTI_QUEUE, b"multi_queue"),
    ] {
        if d.u8(attr).is_some_and(|v| v != 0) {
            line = line.and(&[word]);
        }
    }
    Some(line)
}

/// Whether it is a fallback device of the kernel that is not in use.
fn is_fallback(one: &One<'_>) -> bool {
    one.link.hw == 772 && one.kind().is_empty()
        || FALLBACK.contains(&one.link.name()) && one.kind() != veth::KIND.name.as_bytes()
}

/// Whether a bond gave its port this link-layer address; the port's own address returns when it leaves.
fn is_of_bond(l: &Link<'_>, address: &[u8]) -> bool {
    let Some(info) = l.info().filter(|i| i.str(IFLA_INFO_SLAVE_KIND) == Some(b"bond")) else { return false };
    let own = info.nest(IFLA_INFO_SLAVE_DATA);
    own.and_then(|d| d.get(IFLA_BOND_SLAVE_PERM_HWADDR)).is_some_and(|own| own != address)
}

/// Whether a user set the link-layer address: only sysfs reports it, if it is of this namespace.
fn address_was_set(l: &Link<'_>) -> bool {
    let Ok(name) = std::str::from_utf8(l.name()) else { return false };
    let read = |file: &str| std::fs::read_to_string(format!("/sys/class/net/{name}/{file}"));
    let is = |file: &str, wanted: &str| read(file).is_ok_and(|text| text.trim() == wanted);
    is("ifindex", &l.index.to_string()) && is("addr_assign_type", ADDRESS_SET)
}
