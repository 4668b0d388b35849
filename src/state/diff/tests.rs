//! What a comparison finds, and the requests that it leads to.

use super::*;
use crate::net::attr::put;
use crate::object::Declared;
use crate::schema::*;
use crate::state::requests;

/// A list of attributes behind a header.
fn body(header: &[u8], attrs: &[(u16, &[u8])]) -> Vec<u8> {
    let mut out = header.to_vec();
    attrs.iter().for_each(|(attr, v)| put(&mut out, *attr, v));
    out
}

fn store(object: ObjectType, bodies: &[Vec<u8>]) -> Store {
    let mut store = Store::default();
    bodies.iter().for_each(|b| store.insert(object, b));
    store
}

/// The changes as signs, with one byte of each entry, and the numbers of the requests.
fn changes(object: ObjectType, from: &[Vec<u8>], to: &[Vec<u8>], byte: usize) -> (String, Vec<u16>) {
    let (from, to) = (store(object, from), store(object, to));
    let list = diff(&from, &to, &Everything, &Declared);
    let sign = |c: &Change<'_>| {
        let sign = match c {
            Change::Added { .. } => '+',
            Change::Changed { .. } => '~',
            Change::Removed { .. } | Change::PathsRemoved { .. } => '-',
        };
        format!("{sign}{}", c.after().or(c.before()).unwrap()[byte])
    };
    let text: Vec<String> = list.iter().map(sign).collect();
    (text.join(" "), requests(&list, &Declared).iter().map(|r| r.kind).collect())
}

fn address(last: u8, valid: u32) -> Vec<u8> {
    let info = [valid, valid, 0, 0].map(u32::to_ne_bytes).concat();
    let ip = [10, 0, 0, last];
    body(&[2, 24, 0x80, 0, 3, 0, 0, 0], &[(IFA_ADDRESS, &ip), (IFA_LOCAL, &ip), (IFA_CACHEINFO, &info)])
}

/// The last byte of IFA_LOCAL.
const LAST: usize = 23;

#[test]
fn addresses_keep_their_order() {
    let all = |list: &[u8]| list.iter().map(|last| address(*last, u32::MAX)).collect::<Vec<_>>();
    let of = |from: &[u8], to: &[u8]| changes(ObjectType::Address, &all(from), &all(to), LAST).0;
    assert_eq!(of(&[1, 2, 3], &[1, 2, 3]), "");
    // One too many does not move the others.
    assert_eq!(of(&[1, 2, 3], &[1, 3]), "-2");
    assert_eq!(of(&[1, 3], &[1, 2, 3]), "-3 +2 +3");
    assert_eq!(of(&[2, 1], &[1, 2]), "-2 -1 +1 +2");
    let renewed = changes(ObjectType::Address, &[address(1, 50)], &[address(1, 100)], LAST);
    assert_eq!(renewed, ("~1".into(), vec![RTM_NEWADDR]));
    assert_eq!(changes(ObjectType::Address, &[address(1, 99)], &[address(1, 100)], LAST).0, "");
}

#[test]
fn equal_rules_are_counted() {
    let rule = |mark: u8| {
        body(
            &[2, 0, 0, 0, 254, 0, 0, 1, 0, 0, 0, 0],
            &[(FRA_PRIORITY, &[100, 0, 0, 0]), (FRA_FWMARK, &[mark, 0, 0, 0])],
        )
    };
    let all = |list: &[u8]| list.iter().map(|mark| rule(*mark)).collect::<Vec<_>>();
    let of = |from: &[u8], to: &[u8]| changes(ObjectType::Rule, &all(from), &all(to), 24);
    assert_eq!(of(&[1, 1, 2], &[1, 1, 2]).0, "");
    assert_eq!(of(&[1, 1, 2], &[1, 2]), ("-1".into(), vec![RTM_DELRULE]));
    assert_eq!(of(&[1, 2], &[1, 1, 2]), ("-2 +1 +2".into(), vec![RTM_DELRULE, RTM_NEWRULE, RTM_NEWRULE]));
}

fn route(family: u8, via: u8) -> Vec<u8> {
    let ip = [via; 16];
    let ip = &ip[..if family == 2 { 4 } else { 16 }];
    body(&[family, 0, 0, 0, 254, 3, 0, 1, 0, 0, 0, 0], &[(RTA_GATEWAY, ip), (RTA_OIF, &[3, 0, 0, 0])])
}

#[test]
fn only_ipv4_routes_have_an_order() {
    let of = |family: u8, from: &[u8], to: &[u8]| {
        let all = |list: &[u8]| list.iter().map(|via| route(family, *via)).collect::<Vec<_>>();
        changes(ObjectType::Route, &all(from), &all(to), 16).0
    };
    assert_eq!(of(2, &[1, 2], &[2, 1]), "-1 -2 +2 +1");
    assert_eq!(of(2, &[1, 2], &[2]), "-1");
    assert_eq!(of(10, &[1, 2], &[2, 1]), "");
    assert_eq!(of(10, &[1, 2], &[2, 3]), "-1 +3");
}

/// A link with a kind's data.
fn link(index: u8, kind: &str, attrs: &[(u16, &[u8])], settings: &[(u16, &[u8])]) -> Vec<u8> {
    let mut info = Vec::new();
    put(&mut info, IFLA_INFO_KIND, kind.as_bytes());
    put(&mut info, IFLA_INFO_DATA, &body(&[], settings));
    let mut out = body(&[0, 0, 0, 0, index, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], attrs);
    put(&mut out, IFLA_LINKINFO, &info);
    out
}

#[test]
fn links_are_recreated_and_set() {
    let mtu = |mtu: u32| link(7, "dummy", &[(IFLA_IFNAME, b"d0\0"), (IFLA_MTU, &mtu.to_ne_bytes())], &[]);
    let of = |from: &[Vec<u8>], to: &[Vec<u8>]| changes(ObjectType::Link, from, to, 4);
    assert_eq!(of(&[mtu(1500)], &[mtu(1500)]), (String::new(), vec![]));
    assert_eq!(of(&[mtu(1500)], &[mtu(1400)]), ("~7".into(), vec![RTM_NEWLINK]));
    assert_eq!(of(&[mtu(1500)], &[]), ("-7".into(), vec![RTM_DELLINK]));
    // Another kind with the same index is another link.
    let other = link(7, "ifb", &[(IFLA_IFNAME, b"d0\0")], &[]);
    assert_eq!(of(&[other], &[mtu(1500)]), ("-7 +7".into(), vec![RTM_DELLINK, RTM_NEWLINK]));
    // A pair is one request, and its second end is deleted with the first.
    let end = |index: u8, peer: u8, name: &[u8]| {
        link(index, "veth", &[(IFLA_IFNAME, name), (IFLA_LINK, &[peer, 0, 0, 0])], &[])
    };
    let pair = [end(8, 9, b"a\0"), end(9, 8, b"b\0")];
    assert_eq!(of(&pair, &[]), ("-8 -9".into(), vec![RTM_DELLINK]));
    assert_eq!(of(&[], &pair), ("+8 +9".into(), vec![RTM_NEWLINK]));
    // Settings of a kind whose changes reset what they leave out are sent together.
    let gre = |ttl: u8| link(7, "gre", &[], &[(4, &[1, 0, 0, 0]), (8, &[ttl])]);
    let (from, to) = (store(ObjectType::Link, &[gre(1)]), store(ObjectType::Link, &[gre(2)]));
    let list = diff(&from, &to, &Everything, &Declared);
    assert!(matches!(list.as_slice(), [change] if change.attributes() == [IFLA_LINKINFO]));
    let all = requests(&list, &Declared);
    let data = |r: &crate::net::Request| {
        let a = ObjectType::Link.index(&r.body);
        a.nest(IFLA_LINKINFO).and_then(|i| i.get(IFLA_INFO_DATA).map(<[u8]>::len))
    };
    assert_eq!(all.iter().map(data).collect::<Vec<_>>(), [Some(16)]);
}

#[test]
fn what_depends_on_others_goes_first_and_comes_last() {
    let (link, address) = (link(3, "dummy", &[(IFLA_IFNAME, b"d0\0")], &[]), address(1, u32::MAX));
    let mut full = store(ObjectType::Link, &[link]);
    full.extend(&store(ObjectType::Address, &[address]));
    full.extend(&store(ObjectType::Route, &[route(2, 1)]));
    let none = Store::default();
    let kinds = |from, to| -> Vec<u16> {
        requests(&diff(from, to, &Everything, &Declared), &Declared).iter().map(|r| r.kind).collect()
    };
    assert_eq!(kinds(&none, &full), [RTM_NEWLINK, RTM_NEWADDR, RTM_NEWROUTE]);
    assert_eq!(kinds(&full, &none), [RTM_DELROUTE, RTM_DELADDR, RTM_DELLINK]);
}
