//! The requests that recreate and delete links, and change their settings.

use crate::net::attr::{Attrs, put};
use crate::net::{Index, Request};
use crate::schema::*;
use crate::state::diff::link::{DATA, FLAGS, INET6_SETTINGS, PORT, Settings, flags, inet6, is_unset, names};
use crate::state::link::{ifindex, kind_of, name_of};
use crate::state::{Change, ObjectType, Store};
use netlink_packet_core::{NLM_F_APPEND, NLM_F_CREATE, NLM_F_EXCL};

const LINK: ObjectType = ObjectType::Link;

/// A request that changes a link.
fn set(index: u32) -> Request {
    let mut header = vec![0u8; 4];
    header.extend(index.to_ne_bytes());
    header.resize(IFINFOMSG, 0);
    Request::raw(RTM_NEWLINK, 0, &header)
}

/// The request that sets a link down: the kernel accepts some changes only then.
pub fn down(index: u32) -> Request {
    let mut r = set(index);
    if let Some(change) = r.body.get_mut(12..16) {
        change.copy_from_slice(&IFF_UP.to_ne_bytes());
    }
    r
}

/// Deleting a netdevice waits for an RCU grace period; deleting a group waits once. So these move the links that a list of
/// requests deletes into an unused group and delete that. Whether they succeed need not be known: the list follows.
pub fn delete_as_group(list: &[Request], now: &Store) -> Vec<Request> {
    const MANY: usize = 8;
    const FIRST: u32 = 0x7269_7000;
    let gone: Vec<u32> = list.iter().filter(|r| r.kind == RTM_DELLINK).map(|r| ifindex(&r.body)).collect();
    if gone.len() < MANY {
        return Vec::new();
    }
    let used = |group: &u32| now.iter(LINK).any(|(_, b)| LINK.index(b).u32(IFLA_GROUP) == Some(*group));
    let Some(group) = (FIRST..).find(|g| !used(g)) else { return Vec::new() };
    let in_group = |index: u32| set(index).with(IFLA_GROUP, &group.to_ne_bytes());
    let all = Request { kind: RTM_DELLINK, ..in_group(0) };
    gone.into_iter().map(in_group).chain([all]).collect()
}

/// A link that changes: as it is, as it is wanted, and the attributes that differ.
type Changed<'a> = (&'a [u8], &'a [u8], Vec<u16>);

/// The requests that delete links, and those that create and change them.
pub fn requests(changes: &[&Change<'_>], kinds: &dyn Kinds) -> (Vec<Request>, Vec<Request>) {
    let mut changed: Vec<Changed<'_>> = Vec::new();
    let mut created: Vec<&[u8]> = Vec::new();
    let (mut deletes, mut gone) = (Vec::new(), Vec::new());
    for change in changes {
        match change {
            Change::Added { new, .. } => created.push(new),
            Change::Changed { old, new, .. } => changed.push((old, new, change.attributes())),
            Change::Removed { old: Some(old), .. } => {
                let a = LINK.index(old);
                // The kernel deletes a peer with its pair, and an upper device with its lower one.
                let lower = a.u32(IFLA_LINK).filter(|_| !a.has(IFLA_LINK_NETNSID));
                if lower.is_none_or(|i| !gone.contains(&i)) {
                    deletes.push(Request { kind: RTM_DELLINK, ..set(ifindex(old)) });
                }
                gone.push(ifindex(old));
            }
            Change::Removed { old: None, .. } | Change::PathsRemoved { .. } => {}
        }
    }
    let mut out = renames(&changed);
    let mut made: Vec<u32> = Vec::new();
    for body in &created {
        if !made.contains(&ifindex(body)) {
            out.push(create(body, &created, &mut made, kinds));
        }
    }
    // A bridge numbers its ports in the order in which they are added, so surplus ports leave first.
    for (_, new, attributes) in &changed {
        if attributes.contains(&IFLA_MASTER) && !LINK.index(new).has(IFLA_MASTER) {
            out.push(set(ifindex(new)).with(IFLA_MASTER, &[0; 4]));
        }
    }
    changed.iter().for_each(|change| settings(change, kinds, &mut out));
    (deletes, out)
}

/// Renames links whose new name is free first; two links that swap names need a third name.
fn renames(changed: &[Changed<'_>]) -> Vec<Request> {
    let rename = |index: u32, name: &[u8]| {
        let mut z = name.to_vec();
        z.push(0);
        set(index).with(IFLA_IFNAME, &z)
    };
    let mut wrong: Vec<(&[u8], &[u8], u32)> = changed
        .iter()
        .filter(|(_, _, attributes)| attributes.contains(&IFLA_IFNAME))
        .map(|(old, new, _)| (name_of(new), name_of(old), ifindex(new)))
        .collect();
    let mut out = Vec::new();
    while !wrong.is_empty() {
        // A name that a link keeps stays in use: the kernel refuses the request.
        let taken = |name: &[u8]| wrong.iter().any(|(_, is, _)| *is == name);
        let free = wrong.iter().position(|(wanted, _, _)| !taken(wanted));
        let (wanted, _, index) = wrong.remove(free.unwrap_or(0));
        if free.is_some() {
            out.push(rename(index, wanted));
        } else {
            out.push(rename(index, format!("rip{index}").as_bytes()));
            wrong.push((wanted, b"", index));
        }
    }
    out
}

/// The request that creates a link as it was, with its former index.
fn create(body: &[u8], created: &[&[u8]], made: &mut Vec<u32>, kinds: &dyn Kinds) -> Request {
    let a = LINK.index(body);
    let kind = kind_of(&a);
    let quirks = kinds.quirks(kind);
    made.push(ifindex(body));
    let mut r = set(ifindex(body));
    r.flags = NLM_F_CREATE | NLM_F_EXCL;
    basics(&mut r.body, &a);
    let mut info = Vec::new();
    put(&mut info, IFLA_INFO_KIND, kind);
    let mut data = Vec::new();
    if let Some(attr) = quirks.peer {
        let other = a.u32(IFLA_LINK).and_then(|i| created.iter().find(|b| ifindex(b) == i));
        if let Some(other) = other {
            made.push(ifindex(other));
            let mut peer = vec![0u8; 4];
            peer.extend(ifindex(other).to_ne_bytes());
            peer.resize(IFINFOMSG, 0);
            basics(&mut peer, &LINK.index(other));
            put(&mut data, attr, &peer);
        }
    } else {
        if let Some(lower) = a.get(IFLA_LINK) {
            r.put(IFLA_LINK, lower);
        }
        let reported = a.nest(IFLA_LINKINFO).and_then(|i| i.get(IFLA_INFO_DATA)).filter(|_| !quirks.settings_follow);
        for (k, v) in Attrs(reported.unwrap_or_default()) {
            let is_off = quirks.presence.contains(&k) && v == [0];
            if DATA.is_settable(kind, k, kinds) && !is_off {
                put(&mut data, k, &request_value(&quirks, k, v));
            }
        }
    }
    if !data.is_empty() {
        put(&mut info, IFLA_INFO_DATA | NESTED, &data);
    }
    r.put(IFLA_LINKINFO | NESTED, &info);
    r
}

/// Adds the attributes that are given at creation.
fn basics(out: &mut Vec<u8>, a: &Index<'_, 72>) {
    for attr in [IFLA_IFNAME, IFLA_ADDRESS, IFLA_MTU, IFLA_TXQLEN, IFLA_GROUP, IFLA_NUM_TX_QUEUES, IFLA_NUM_RX_QUEUES] {
        if let Some(v) = a.get(attr).filter(|v| attr != IFLA_ADDRESS || !is_unset(v)) {
            put(out, attr, v);
        }
    }
}

/// The value that a request carries for a reported one.
fn request_value(quirks: &Quirks, attr: u16, reported: &[u8]) -> Vec<u8> {
    quirks.request_value.and_then(|f| f(attr, reported)).unwrap_or_else(|| reported.to_vec())
}

/// The settings that differ, each in a separate request, so that one that fails does not prevent the others.
fn settings((old, new, attributes): &Changed<'_>, kinds: &dyn Kinds, out: &mut Vec<Request>) {
    let (wanted, is) = (LINK.index(new), LINK.index(old));
    let index = ifindex(new);
    let differs = |attr: u16| attributes.contains(&attr);
    for attr in attributes.iter().copied() {
        match (attr, wanted.get(attr)) {
            // Names need their own order, the others another form.
            (IFLA_IFNAME | IFLA_AF_SPEC | IFLA_PROP_LIST | IFLA_LINKINFO | IFLA_CARRIER, _) => {}
            (_, Some(v)) => out.push(set(index).with(attr, v)),
            (IFLA_IFALIAS, None) => out.push(set(index).with(attr, &[])),
            (_, None) => {}
        }
    }
    for attr in INET6_SETTINGS.into_iter().filter(|_| differs(IFLA_AF_SPEC)) {
        if let Some(v) = inet6(&wanted, attr).filter(|v| inet6(&is, attr) != Some(v)) {
            let (mut setting, mut family) = (Vec::new(), Vec::new());
            put(&mut setting, attr, v);
            put(&mut family, AF_SPEC_INET6 | NESTED, &setting);
            out.push(set(index).with(IFLA_AF_SPEC | NESTED, &family));
        }
    }
    if differs(IFLA_PROP_LIST) {
        altnames(&names(&is), &names(&wanted), index, out);
    }
    if differs(IFLA_LINKINFO) {
        data(&DATA, &is, &wanted, index, kinds, out);
        if is.get(IFLA_MASTER) == wanted.get(IFLA_MASTER) {
            data(&PORT, &is, &wanted, index, kinds, out);
        }
    }
    let change = flags(old) ^ flags(new);
    if change != 0 {
        let mut r = set(index);
        r.body.truncate(8);
        r.body.extend(flags(new).to_ne_bytes());
        r.body.extend((change & FLAGS).to_ne_bytes());
        out.push(r);
    } else if differs(IFLA_CARRIER) {
        out.extend(wanted.get(IFLA_CARRIER).map(|v| set(index).with(IFLA_CARRIER, v)));
    }
}

/// The requests for missing and surplus altnames. The kernel lists them in the order in which they were added: all
/// after the first difference are added again.
fn altnames(is: &[&[u8]], wanted: &[&[u8]], index: u32, out: &mut Vec<Request>) {
    let same = wanted.iter().zip(is).take_while(|(x, y)| x == y).count();
    let mut ask = |kind: u16, flags: u16, names: &[&[u8]]| {
        for name in names {
            let mut z = name.to_vec();
            z.push(0);
            let mut list = Vec::new();
            put(&mut list, IFLA_ALT_IFNAME, &z);
            out.push(Request { kind, flags, ..set(index).with(IFLA_PROP_LIST | NESTED, &list) });
        }
    };
    ask(RTM_DELLINKPROP, 0, is.get(same..).unwrap_or_default());
    ask(RTM_NEWLINKPROP, NLM_F_EXCL | NLM_F_CREATE | NLM_F_APPEND, wanted.get(same..).unwrap_or_default());
}

/// The request for the settings of a kind, or of a port, that differ.
fn data(
    settings: &Settings,
    is: &Index<'_, 72>,
    wanted: &Index<'_, 72>,
    index: u32,
    kinds: &dyn Kinds,
    out: &mut Vec<Request>,
) {
    let Some((kind, list)) = settings.changed(is, wanted, kinds).filter(|(_, list)| !list.is_empty()) else { return };
    let quirks = kinds.quirks(kind);
    let mut ask = |values: &[(u16, &[u8])]| {
        let (mut all, mut info) = (Vec::new(), Vec::new());
        values.iter().for_each(|(k, v)| put(&mut all, *k, &request_value(&quirks, *k, v)));
        put(&mut info, settings.kind, kind);
        put(&mut info, settings.data | NESTED, &all);
        out.push(set(index).with(IFLA_LINKINFO | NESTED, &info));
    };
    if !quirks.resets {
        return list.iter().for_each(|one| ask(&[*one]));
    }
    // All settings in one request: what it omits would be reset.
    let all = wanted.nest(IFLA_LINKINFO).and_then(|i| i.get(settings.data)).unwrap_or_default();
    ask(&Attrs(all).filter(|(k, _)| settings.is_settable(kind, *k, kinds)).collect::<Vec<_>>());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(index: u32, name: &str) -> Vec<u8> {
        let mut body = set(index).body;
        put(&mut body, IFLA_IFNAME, format!("{name}\0").as_bytes());
        body
    }

    fn given(list: &[(u32, &str, &str)]) -> Vec<(u32, String)> {
        let bodies: Vec<(Vec<u8>, Vec<u8>)> = list.iter().map(|(i, is, new)| (link(*i, is), link(*i, new))).collect();
        let changed: Vec<Changed<'_>> =
            bodies.iter().map(|(is, new)| (is.as_slice(), new.as_slice(), vec![IFLA_IFNAME])).collect();
        let name = |r: &Request| (ifindex(&r.body), String::from_utf8_lossy(name_of(&r.body)).into_owned());
        renames(&changed).iter().map(name).collect()
    }

    #[test]
    fn names_are_given_where_they_are_free() {
        let owned = |list: &[(u32, &str)]| list.iter().map(|(i, n)| (*i, n.to_string())).collect::<Vec<_>>();
        assert_eq!(given(&[(1, "b", "a"), (2, "c", "b")]), owned(&[(1, "a"), (2, "b")]));
        assert_eq!(given(&[(1, "c", "b"), (2, "b", "a")]), owned(&[(2, "a"), (1, "b")]));
        assert_eq!(given(&[(1, "a", "b"), (2, "b", "a")]), owned(&[(1, "rip1"), (2, "a"), (1, "b")]));
        // Another link that stays may have the name: that is left for the kernel to refuse.
        assert_eq!(given(&[(1, "x", "a")]), owned(&[(1, "a")]));
    }
}
