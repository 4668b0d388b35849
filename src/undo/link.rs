//! Links as they were: those made by the batch go, those it deleted come back, the others get their settings back.

use super::scope::Scope;
use super::snapshot::index_of;
use crate::net::attr::{Attrs, put, u32_at, until_nul};
use crate::net::{Index, Request};
use crate::object::Declared;
use crate::object::link::kind;
use crate::object::link::kind::veth::VETH_INFO_PEER;
use crate::object::link::kind::vlan::IFLA_VLAN_FLAGS;
use crate::object::link::kind::vxlan::{
    IFLA_VXLAN_COLLECT_METADATA, IFLA_VXLAN_L2MISS, IFLA_VXLAN_L3MISS, IFLA_VXLAN_LINK, IFLA_VXLAN_PROXY,
    IFLA_VXLAN_REMCSUM_RX, IFLA_VXLAN_REMCSUM_TX, IFLA_VXLAN_RSC, IFLA_VXLAN_TTL_INHERIT, IFLA_VXLAN_UDP_ZERO_CSUM6_RX,
};
use crate::schema::{Access, Attr, Form, Kinds as _, find, *};
use crate::state::{ObjectType, Store};
use netlink_packet_core::{NLM_F_APPEND, NLM_F_CREATE, NLM_F_EXCL};

/// Kinds of links that can be made again from what the kernel tells of them.
const KINDS: &[&[u8]] = &[
    b"dummy", b"ifb", b"bridge", b"veth", b"vlan", b"macvlan", b"macvtap", b"vxlan", b"vrf", b"ipvlan", b"nlmon",
    b"vcan", b"gre", b"ipip", b"sit", b"vti", b"ip6gre", b"ip6tnl", b"vti6",
];
/// Switches that vxlan takes for being on where they are there, whatever their value.
const SILENT: &[u16] = &[
    IFLA_VXLAN_PROXY,
    IFLA_VXLAN_RSC,
    IFLA_VXLAN_L2MISS,
    IFLA_VXLAN_L3MISS,
    IFLA_VXLAN_UDP_ZERO_CSUM6_RX,
    IFLA_VXLAN_REMCSUM_TX,
    IFLA_VXLAN_REMCSUM_RX,
    IFLA_VXLAN_COLLECT_METADATA,
    IFLA_VXLAN_TTL_INHERIT,
];
/// Flags that a user sets: UP, DEBUG, NOTRAILERS, NOARP, PROMISC, ALLMULTI, MULTICAST, DYNAMIC.
const FLAGS: u32 = 0x1 | 0x4 | 0x20 | 0x80 | 0x100 | 0x200 | 0x1000 | 0x8000;

fn kind_of<'a>(a: &Index<'a, 72>) -> &'a [u8] {
    a.nest(IFLA_LINKINFO).and_then(|i| i.str(IFLA_INFO_KIND)).unwrap_or_default()
}

fn name_of(body: &[u8]) -> &[u8] {
    ObjectType::Link.index(body).str(IFLA_IFNAME).unwrap_or_default()
}

/// The device that a tunnel's packets leave by: when it goes, the tunnel goes.
pub fn carrier_of(body: &[u8]) -> Option<u32> {
    let a = ObjectType::Link.index(body);
    if kind_of(&a) != b"vxlan" {
        return None;
    }
    a.nest(IFLA_LINKINFO)?.nest(IFLA_INFO_DATA)?.u32(IFLA_VXLAN_LINK).filter(|i| *i != 0)
}

/// Why a link that there was could not be made again; none where it can.
pub fn lost(before: &Store, index: u32) -> Option<String> {
    let body = before.link(index)?;
    let a = ObjectType::Link.index(body);
    let kind = kind_of(&a);
    let shown = crate::output::escape::shown;
    if !KINDS.contains(&kind) {
        let kind = if kind.is_empty() { "device".to_string() } else { shown(kind) };
        return Some(format!("\"{}\", a {kind}, could not be made again", shown(name_of(body))));
    }
    if a.has(IFLA_LINK_NETNSID) {
        return Some(format!("\"{}\" has its other end in another namespace", shown(name_of(body))));
    }
    let above = before.iter(ObjectType::Link).map(|(_, body)| body).filter(|b| {
        let a = ObjectType::Link.index(b);
        let below = a.u32(IFLA_LINK).filter(|_| kind_of(&a) != b"veth" && !a.has(IFLA_LINK_NETNSID));
        index_of(b) != index && (below == Some(index) || carrier_of(b) == Some(index))
    });
    above.map(index_of).find_map(|i| lost(before, i))
}

/// A request that sets something of a link.
fn set(index: u32) -> Request {
    let mut header = vec![0u8; 4];
    header.extend(index.to_ne_bytes());
    header.resize(IFINFOMSG, 0);
    Request::raw(RTM_NEWLINK, 0, &header)
}

/// Takes a link down: some changes need that.
pub fn down(index: u32) -> Request {
    let mut r = set(index);
    if let Some(change) = r.body.get_mut(12..16) {
        change.copy_from_slice(&IFF_UP.to_ne_bytes());
    }
    r
}

/// The kernel waits a while for each link that goes, but only once for a whole group: what puts many links that are
/// to go into a group of their own and deletes that. Whether it worked need not be known.
pub fn together(list: &[Request], now: &Store) -> Vec<Request> {
    const MANY: usize = 8;
    const FIRST: u32 = 0x7269_7000;
    let gone: Vec<u32> = list.iter().filter(|r| r.kind == RTM_DELLINK).map(|r| index_of(&r.body)).collect();
    if gone.len() < MANY {
        return Vec::new();
    }
    let used = |group: &u32| {
        now.list(ObjectType::Link).into_iter().any(|b| ObjectType::Link.index(b).u32(IFLA_GROUP) == Some(*group))
    };
    let Some(group) = (FIRST..).find(|g| !used(g)) else { return Vec::new() };
    let in_group = |index: u32| set(index).with(IFLA_GROUP, &group.to_ne_bytes());
    let all = Request { kind: RTM_DELLINK, ..in_group(0) };
    gone.into_iter().map(in_group).chain([all]).collect()
}

/// Everything that is still to be done, in order.
pub fn differences(before: &Store, now: &Store, scope: &Scope<'_>) -> Vec<Request> {
    let mut out = Vec::new();
    let mine = |b: &&[u8]| scope.covers(ObjectType::Link, b);
    let mut gone: Vec<u32> = Vec::new();
    // A number may have been given to another link meanwhile.
    let same = |a: &[u8], b: Option<&[u8]>| {
        b.is_some_and(|b| kind_of(&ObjectType::Link.index(a)) == kind_of(&ObjectType::Link.index(b)))
    };
    // What others made meanwhile is theirs, also on a link that is to be put back.
    let made = |b: &&[u8]| match before.link(index_of(b)) {
        None => scope.is_new(b),
        Some(was) => !same(b, Some(was)) && scope.is_made(b),
    };
    for body in now.list(ObjectType::Link).into_iter().filter(made) {
        let a = ObjectType::Link.index(body);
        // The other end of a pair goes with the first, what stands on a link with that.
        let below = a.u32(IFLA_LINK).filter(|_| !a.has(IFLA_LINK_NETNSID));
        if below.is_none_or(|i| !gone.contains(&i)) {
            let mut r = set(index_of(body));
            r.kind = RTM_DELLINK;
            out.push(r);
        }
        gone.push(index_of(body));
    }
    renames(before, now, scope, &mut out);
    let mut made: Vec<u32> = Vec::new();
    for body in before.list(ObjectType::Link).into_iter().filter(mine).filter(|b| !same(b, now.link(index_of(b)))) {
        if !made.contains(&index_of(body)) {
            out.push(again(before, body, &mut made));
        }
    }
    // A bridge numbers its ports as they come: those that do not belong go first.
    for body in before.list(ObjectType::Link).into_iter().filter(mine) {
        let master = |b: &[u8]| ObjectType::Link.index(b).has(IFLA_MASTER);
        if !master(body) && now.link(index_of(body)).is_some_and(master) {
            out.push(set(index_of(body)).with(IFLA_MASTER, &[0; 4]));
        }
    }
    for body in before.list(ObjectType::Link).into_iter().filter(mine) {
        if let Some(is) = now.link(index_of(body)).filter(|is| same(body, Some(is))) {
            settings(body, is, scope, &mut out);
        }
    }
    out
}

/// Names first given back to links whose name is free; two that changed places need a third name.
fn renames(before: &Store, now: &Store, scope: &Scope<'_>, out: &mut Vec<Request>) {
    let gone = |b: &&[u8]| before.link(index_of(b)).is_some();
    let mut taken: Vec<&[u8]> = now.list(ObjectType::Link).into_iter().filter(gone).map(name_of).collect();
    let mut wrong: Vec<(&[u8], &[u8], u32)> = before
        .list(ObjectType::Link)
        .iter()
        .filter(|b| scope.covers(ObjectType::Link, b))
        .filter_map(|b| now.link(index_of(b)).map(|is| (name_of(b), name_of(is), index_of(b))))
        .filter(|(was, is, _)| was != is)
        .collect();
    let rename = |index: u32, name: &[u8]| {
        let mut z = name.to_vec();
        z.push(0);
        set(index).with(IFLA_IFNAME, &z)
    };
    while !wrong.is_empty() {
        let free = wrong.iter().position(|(was, _, _)| !taken.contains(was));
        let (was, is, index) = wrong.remove(free.unwrap_or(0));
        if free.is_some() {
            out.push(rename(index, was));
        } else {
            out.push(rename(index, format!("rip{index}").as_bytes()));
            wrong.push((was, b"", index));
        }
        taken.retain(|n| *n != is);
        if free.is_some() {
            taken.push(was);
        }
    }
}

/// A request that makes a link as it was, with the index that it had.
fn again(before: &Store, body: &[u8], made: &mut Vec<u32>) -> Request {
    let a = ObjectType::Link.index(body);
    let kind = kind_of(&a);
    made.push(index_of(body));
    let mut r = set(index_of(body));
    r.flags = NLM_F_CREATE | NLM_F_EXCL;
    basics(&mut r.body, &a);
    let mut info = Vec::new();
    put(&mut info, IFLA_INFO_KIND, kind);
    let mut data = Vec::new();
    if kind == b"veth" {
        let other = a.u32(IFLA_LINK).and_then(|i| before.link(i));
        if let Some(other) = other {
            made.push(index_of(other));
            let mut peer = vec![0u8; 4];
            peer.extend(index_of(other).to_ne_bytes());
            peer.resize(IFINFOMSG, 0);
            basics(&mut peer, &ObjectType::Link.index(other));
            put(&mut data, VETH_INFO_PEER, &peer);
        }
    } else {
        if let Some(below) = a.get(IFLA_LINK) {
            r.put(IFLA_LINK, below);
        }
        for (k, v) in Attrs(a.nest(IFLA_LINKINFO).and_then(|i| i.get(IFLA_INFO_DATA)).unwrap_or_default()) {
            // A bridge refuses some settings while it is made; what differs from the defaults follows.
            // What is off anyway must not be said: vxlan takes it for being there.
            let unset = kind == b"vxlan" && SILENT.contains(&k) && v == [0];
            if writable(kind, k) && kind != b"bridge" && !unset {
                put(&mut data, k, &given(kind, k, v));
            }
        }
    }
    if !data.is_empty() {
        put(&mut info, IFLA_INFO_DATA | NESTED, &data);
    }
    r.put(IFLA_LINKINFO | NESTED, &info);
    r
}

/// Whether an address is all zeros: a bridge without ports has it where nobody gave it one, and no link takes it.
fn is_nobody(address: &[u8]) -> bool {
    address.iter().all(|b| *b == 0)
}

/// What a new link is given at once.
fn basics(out: &mut Vec<u8>, a: &Index<'_, 72>) {
    for attr in [IFLA_IFNAME, IFLA_ADDRESS, IFLA_MTU, IFLA_TXQLEN, IFLA_GROUP, IFLA_NUM_TX_QUEUES, IFLA_NUM_RX_QUEUES] {
        if let Some(v) = a.get(attr).filter(|v| attr != IFLA_ADDRESS || !is_nobody(v)) {
            put(out, attr, v);
        }
    }
}

/// Whether a request can carry a setting of a kind; one that nobody declared is tried.
fn writable(kind: &[u8], attr: u16) -> bool {
    Declared.kind(kind).and_then(|table| find(table, attr)).is_none_or(Attr::is_settable)
}

/// A setting as it is given, where that is not how it is told.
fn given(kind: &[u8], attr: u16, told: &[u8]) -> Vec<u8> {
    // Those that every kernel knows which has them at all: others in the mask are refused.
    const KNOWN: u32 = 0x1f;
    match (kind, attr) {
        // Reported as a number, taken as a flag.
        (b"vxlan", IFLA_VXLAN_TTL_INHERIT) => Vec::new(),
        (b"vlan", IFLA_VLAN_FLAGS) => {
            let flags = u32_at(told, 0).unwrap_or(0) & KNOWN;
            [flags.to_ne_bytes(), KNOWN.to_ne_bytes()].concat()
        }
        _ => told.to_vec(),
    }
}

/// The same for a port's settings, of which most are only reported: one that nobody declared is not sent.
fn port_writable(kind: &[u8], attr: u16) -> bool {
    Declared.port(kind).and_then(|table| find(table, attr)).is_some_and(Attr::is_settable)
}

/// What a change sends back as it was reported. Names have an order of their own (`renames`).
fn plain() -> impl Iterator<Item = u16> {
    let own = |a: &&Attr| a.access == Access::Set && !matches!(a.form, Form::Nest(_)) && a.number != IFLA_IFNAME;
    LINK_ATTRS.iter().filter(own).map(|a| a.number)
}

/// The settings that differ, each in a request of its own: one that fails does not hold back the others.
fn settings(was: &[u8], is: &[u8], scope: &Scope<'_>, out: &mut Vec<Request>) {
    let (a, b) = (ObjectType::Link.index(was), ObjectType::Link.index(is));
    let index = index_of(was);
    let kind = kind_of(&a);
    for attr in plain() {
        match (a.get(attr), b.get(attr)) {
            (x, y) if x == y => {}
            // The kernel chooses the address of a bridge from its ports: nobody can give it back the lack of one.
            (Some(x), _) if attr == IFLA_ADDRESS && kind == b"bridge" && is_nobody(x) => {}
            (Some(x), _) => out.push(set(index).with(attr, x)),
            (None, _) if attr == IFLA_IFALIAS => out.push(set(index).with(attr, &[])),
            (None, _) => {}
        }
    }
    for attr in [IFLA_INET6_ADDR_GEN_MODE, IFLA_INET6_TOKEN] {
        if let (Some(x), y) = (inet6(&a, attr), inet6(&b, attr))
            && Some(x) != y
        {
            let mut setting = Vec::new();
            put(&mut setting, attr, x);
            let mut family = Vec::new();
            put(&mut family, AF_SPEC_INET6 | NESTED, &setting);
            out.push(set(index).with(IFLA_AF_SPEC | NESTED, &family));
        }
    }
    other_names(&a, &b, index, out);
    if kind == kind_of(&b) && (KINDS.contains(&kind) || scope.named(was)) && kind != b"veth" {
        data(&a, &b, index, (IFLA_INFO_KIND, IFLA_INFO_DATA), writable, out);
    }
    if a.get(IFLA_MASTER) == b.get(IFLA_MASTER) {
        data(&a, &b, index, (IFLA_INFO_SLAVE_KIND, IFLA_INFO_SLAVE_DATA), port_writable, out);
    }
    let flags = |body: &[u8]| u32_at(body, 8).unwrap_or(0) & FLAGS;
    let change = flags(was) ^ flags(is);
    if change != 0 {
        let mut r = set(index);
        r.body.truncate(8);
        r.body.extend(flags(was).to_ne_bytes());
        r.body.extend(change.to_ne_bytes());
        out.push(r);
    } else if kind == b"dummy" && flags(was) & IFF_UP != 0 && a.get(IFLA_CARRIER) != b.get(IFLA_CARRIER) {
        out.extend(a.get(IFLA_CARRIER).map(|v| set(index).with(IFLA_CARRIER, v)));
    }
}

/// A setting that IPv6 has of a link.
fn inet6<'a>(a: &Index<'a, 72>, attr: u16) -> Option<&'a [u8]> {
    a.nest(IFLA_AF_SPEC)?.nest(AF_SPEC_INET6)?.get(attr)
}

/// The other names that are missing, or too many.
fn other_names(a: &Index<'_, 72>, b: &Index<'_, 72>, index: u32, out: &mut Vec<Request>) {
    let names = |x: &Index<'_, 72>| -> Vec<Vec<u8>> {
        Attrs(x.get(IFLA_PROP_LIST).unwrap_or_default()).map(|(_, n)| until_nul(n).to_vec()).collect()
    };
    let (was, is) = (names(a), names(b));
    if was == is {
        return;
    }
    // They are listed in the order in which they came: what follows the first difference is given anew.
    let same = was.iter().zip(&is).take_while(|(x, y)| x == y).count();
    let mut ask = |kind: u16, flags: u16, names: &[Vec<u8>]| {
        for name in names {
            let mut z = name.clone();
            z.push(0);
            let mut list = Vec::new();
            put(&mut list, IFLA_ALT_IFNAME, &z);
            let mut r = set(index).with(IFLA_PROP_LIST | NESTED, &list);
            (r.kind, r.flags) = (kind, flags);
            out.push(r);
        }
    };
    ask(RTM_DELLINKPROP, 0, is.get(same..).unwrap_or_default());
    ask(RTM_NEWLINKPROP, NLM_F_EXCL | NLM_F_CREATE | NLM_F_APPEND, was.get(same..).unwrap_or_default());
}

/// The settings of a kind, or of a port, that differ.
fn data(
    a: &Index<'_, 72>,
    b: &Index<'_, 72>,
    index: u32,
    (kind_attr, data_attr): (u16, u16),
    writable: fn(&[u8], u16) -> bool,
    out: &mut Vec<Request>,
) {
    let (Some(was), Some(is)) = (a.nest(IFLA_LINKINFO), b.nest(IFLA_LINKINFO)) else { return };
    let (Some(kind), Some(x)) = (was.str(kind_attr), was.get(data_attr)) else { return };
    let y = is.nest(data_attr);
    // All of it in one request: what is left out would be reset.
    if kind::find(kind).is_some_and(|k| k.resets) {
        if is.get(data_attr) == Some(x) {
            return;
        }
        let mut all = Vec::new();
        Attrs(x).filter(|(k, _)| writable(kind, *k)).for_each(|(k, v)| put(&mut all, k, &given(kind, k, v)));
        let mut info = Vec::new();
        put(&mut info, kind_attr, kind);
        put(&mut info, data_attr | NESTED, &all);
        out.push(set(index).with(IFLA_LINKINFO | NESTED, &info));
        return;
    }
    for (attr, v) in Attrs(x) {
        if !writable(kind, attr) || y.as_ref().and_then(|y| y.get(attr)) == Some(v) {
            continue;
        }
        let mut differs = Vec::new();
        put(&mut differs, attr, &given(kind, attr, v));
        let mut info = Vec::new();
        put(&mut info, kind_attr, kind);
        put(&mut info, data_attr | NESTED, &differs);
        out.push(set(index).with(IFLA_LINKINFO | NESTED, &info));
    }
}
