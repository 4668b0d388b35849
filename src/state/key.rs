//! The key of an entry: equal for a request, for the kernel's dump of it, and for an event about it.
//!
//! It contains what the kernel looks an entry up by. Where the kernel fills in what a request omits, so does the key: a
//! table is an attribute or a byte of the header, an IPv6 route without a metric has 1024, a mark without a mask has a
//! full one. Several routes, and several equal rules, can share a key; `same` tells those apart.

use super::ObjectType;
use super::event::Event;
use crate::net::Index;
use crate::net::attr::{Attrs, u32_at, until_nul};
use crate::output::scalar::push_short;
use crate::schema::family::{BRIDGE, INET, INET6};
use crate::schema::*;
use crate::sys::append;
use std::ops::Range;

/// The default metric of IPv6 routes (IP6_RT_PRIO_USER, linux/ipv6_route.h).
const METRIC6: u32 = 1024;
/// Maximum number of attributes in a key.
const PARTS: usize = 8;

/// What the key of an object type consists of.
#[derive(Clone, Debug)]
pub enum KeyForm {
    /// No key: entries are announced and not kept.
    None,
    /// Bytes of the header, attributes, and an attribute inside another, of one family or of all.
    Fields { by_family: bool, header: Range<usize>, attrs: &'static [u16], nested: Option<(u16, u16)> },
    /// An interface and an address; of IPv4 also the prefix.
    Address,
    /// Prefixes, TOS, table and metric.
    Route,
    /// Everything that a rule matches on, what it does, and its preference.
    Rule,
    /// An interface and an address; in the forwarding database of a bridge or tunnel what is looked up there.
    Neigh,
}

/// The key of an entry.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key(Box<[u8]>);

impl Key {
    /// The key of the entry that a message body is about; `None` if it is truncated or lacks a part of the key.
    pub fn of(object: ObjectType, body: &[u8]) -> Option<Key> {
        let mut key = Vec::new();
        put(object, body, &mut key)?;
        Some(Key(key.into()))
    }

    /// The key of an event's entry.
    pub fn of_event(e: &Event<'_>) -> Option<Key> {
        Key::of(e.object, e.body)
    }

    /// A unique identity of an entry in a dump: the key, and what tells entries with the same key apart.
    pub fn of_listed(object: ObjectType, body: &[u8]) -> Option<Key> {
        let mut key = Vec::new();
        Key::put_listed(object, body, &mut key)?;
        Some(Key(key.into()))
    }

    /// Writes the bytes of [`Key::of_listed`] to a buffer.
    pub fn put_listed(object: ObjectType, body: &[u8], key: &mut Vec<u8>) -> Option<()> {
        put(object, body, key)?;
        let spec = object.spec();
        if let Some(at) = spec.apart_byte {
            key.push(*body.get(at)?);
        }
        if !spec.apart.is_empty() {
            for (kind, value) in object.attrs(body).filter(|(kind, _)| spec.apart.contains(kind)) {
                key.extend(kind.to_ne_bytes());
                key.extend_from_slice(value);
            }
        }
        Some(())
    }

    /// The key of a link.
    pub fn of_link(index: u32) -> Key {
        let mut key = vec![ObjectType::Link as u8, 0];
        key.extend(index.to_ne_bytes());
        Key(key.into())
    }

    /// The key of a nexthop object.
    pub fn of_nexthop(id: u32) -> Key {
        let mut key = vec![ObjectType::Nexthop as u8, 0];
        attr(&mut key, NHA_ID, &id.to_ne_bytes());
        Key(key.into())
    }

    /// A key from its [`Key::bytes`].
    pub fn from_bytes(bytes: &[u8]) -> Option<Key> {
        let key = Key(bytes.into());
        key.object().map(|_| key)
    }

    /// The object type.
    pub fn object(&self) -> Option<ObjectType> {
        let number = *self.0.first()?;
        ObjectType::ALL.iter().copied().find(|object| *object as u8 == number)
    }

    /// Its bytes: the object type, the family, and the type's own parts.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// The common prefix of the keys of routes that differ only in their metric, and of IPv4 addresses that differ only
    /// in their prefix.
    pub fn stem(&self) -> Key {
        Key(self.split().0.into())
    }

    /// The bytes of its [`stem`](Key::stem), and those that follow: of a route the metric, in network byte order.
    pub fn split(&self) -> (&[u8], &[u8]) {
        let end = match self.0.first_chunk() {
            Some([object, _]) if *object == ObjectType::Route as u8 => self.0.len().saturating_sub(4),
            // Type, family, interface and address.
            Some([object, INET]) if *object == ObjectType::Address as u8 => 10,
            _ => self.0.len(),
        };
        self.0.split_at_checked(end).unwrap_or((&self.0, &[]))
    }

    /// The family and the table of a route.
    pub fn route_table(&self) -> Option<(u8, u32)> {
        let [_, family, _, _, _, table @ ..] = self.0.first_chunk::<9>()?;
        (self.object() == Some(ObjectType::Route)).then_some((*family, u32::from_be_bytes(*table)))
    }

    /// Whether this key begins with a stem.
    pub fn has_stem(&self, stem: &Key) -> bool {
        self.0.starts_with(&stem.0)
    }
}

impl std::borrow::Borrow<[u8]> for Key {
    fn borrow(&self) -> &[u8] {
        &self.0
    }
}

/// Whether a dump of an object type and a family lists the entry with this key.
pub fn covers(key: &[u8], object: ObjectType, family: u8) -> bool {
    // Links are listed regardless of family; bridges' reports about ports are a separate list.
    let any = family == 0 && object != ObjectType::Link;
    key.first() == Some(&(object as u8)) && (any || key.get(1) == Some(&family))
}

fn attr(key: &mut Vec<u8>, number: u16, value: &[u8]) {
    append(key, [u8::try_from(number).unwrap_or(u8::MAX)], 1);
    push_short(key, value);
}

/// Writes the key of a message body to a buffer.
pub fn put(object: ObjectType, body: &[u8], key: &mut Vec<u8>) -> Option<()> {
    let spec = object.spec();
    let family = body.first().copied().unwrap_or(0);
    key.clear();
    append(key, [object as u8, family], 2);
    match &spec.key {
        KeyForm::None => None,
        KeyForm::Fields { by_family, header, attrs, nested } => {
            if !by_family && let Some(slot) = key.get_mut(1) {
                *slot = 0;
            }
            key.extend_from_slice(body.get(header.clone())?);
            let list = Attrs(body.get(spec.header..)?);
            fields(key, attrs, list.clone());
            if let Some((outer, inner)) = nested {
                let nest = list.into_iter().find(|(kind, _)| kind == outer).map_or(&[][..], |(_, value)| value);
                fields(key, &[*inner], Attrs(nest));
            }
            Some(())
        }
        KeyForm::Address => address(key, family, body, Attrs(body.get(spec.header..)?)),
        KeyForm::Route => route(key, family, body, Attrs(body.get(spec.header..)?)),
        KeyForm::Rule => rule(key, body, Attrs(body.get(spec.header..)?)),
        KeyForm::Neigh => {
            key.extend_from_slice(body.get(4..8)?);
            key.push(body.get(10)? & NTF_PROXY);
            // Entries of bridges go by MAC address, VLAN and master; those of tunnels also by port, VNI and interface.
            const FDB: &[u16] = &[NDA_DST, NDA_LLADDR, NDA_VLAN, NDA_PORT, NDA_VNI, NDA_IFINDEX, NDA_MASTER];
            let attrs = Attrs(body.get(spec.header..)?);
            if family == BRIDGE {
                fields(key, FDB, attrs);
                return Some(());
            }
            let mut attrs = attrs;
            key.extend_from_slice(attrs.find(|(kind, _)| *kind == NDA_DST)?.1);
            Some(())
        }
    }
}

/// Adds attributes in the requested order: the kernel has several orders.
fn fields(key: &mut Vec<u8>, wanted: &[u16], attrs: Attrs<'_>) {
    let mut found: [Option<&[u8]>; PARTS] = [None; PARTS];
    for (kind, value) in attrs {
        let slot = wanted.iter().position(|w| *w == kind).and_then(|at| found.get_mut(at));
        if let Some(slot @ None) = slot {
            *slot = Some(value);
        }
    }
    for (number, value) in wanted.iter().zip(found) {
        if let Some(value) = value {
            attr(key, *number, value);
        }
    }
}

fn address(key: &mut Vec<u8>, family: u8, body: &[u8], attrs: Attrs<'_>) -> Option<()> {
    key.extend_from_slice(body.get(4..8)?);
    let (mut local, mut address, mut reported) = (None, None, false);
    for (kind, value) in attrs {
        match kind {
            IFA_LOCAL | IFA_MULTICAST | IFA_ANYCAST => local = Some(value),
            IFA_ADDRESS => address = Some(value),
            IFA_CACHEINFO => reported = is_reported(value),
            _ => {}
        }
    }
    let local = local.or(address)?;
    key.extend_from_slice(local);
    // An IPv4 address can exist with several prefixes, and several peers in one prefix are the same address.
    if family == INET {
        let len = *body.get(1)?;
        key.push(len);
        let default = if reported { &NO_PEER } else { local };
        prefix(key, address.unwrap_or(default), len);
    }
    Some(())
}

/// The peer 0.0.0.0: the kernel leaves it out. In a request, no peer means the address itself.
pub const NO_PEER: [u8; 4] = [0; 4];

/// Whether IFA_CACHEINFO is the kernel's: struct ifa_cacheinfo ends with the times of creation and change, which a request has not.
pub fn is_reported(cache_info: &[u8]) -> bool {
    cache_info.get(8..16).is_some_and(|times| times.iter().any(|b| *b != 0))
}

/// The bytes of an address that are in the prefix, with the bits after it cleared.
fn prefix(key: &mut Vec<u8>, address: &[u8], len: u8) {
    let whole = address.get(..usize::from(len / 8)).unwrap_or(address);
    push_short(key, whole);
    if !len.is_multiple_of(8)
        && let Some(byte) = address.get(whole.len())
    {
        key.push(byte & !(0xff >> (len % 8)));
    }
}

fn route(key: &mut Vec<u8>, family: u8, body: &[u8], attrs: Attrs<'_>) -> Option<()> {
    let [dst_len, src_len, tos] = *body.get(1..)?.first_chunk::<3>()?;
    // IPv4 has no source prefixes, and ignores those of requests.
    let src_len = if family == INET { 0 } else { src_len };
    let a: Index<'_, 32> = Index::of_record(attrs.0);
    let table = match a.u32(RTA_TABLE).unwrap_or(u32::from(*body.get(4)?)) {
        0 if matches!(family, INET | INET6) => RT_TABLE_MAIN,
        table => table,
    };
    let metric = match a.u32(RTA_PRIORITY).unwrap_or(0) {
        0 if family == INET6 => METRIC6,
        metric => metric,
    };
    append(key, [dst_len, src_len, tos], 3);
    append(key, table.to_be_bytes(), 4);
    for (address, len) in [(a.get(RTA_DST), dst_len), (a.get(RTA_SRC).filter(|_| family != INET), src_len)] {
        let at = key.len();
        append(key, [0], 1);
        let Some(address) = address else { continue };
        match family {
            INET | INET6 => prefix(key, address, len),
            _ => key.extend_from_slice(address),
        }
        let written = u8::try_from(key.len() - at - 1).unwrap_or(u8::MAX);
        if let Some(slot) = key.get_mut(at) {
            *slot = written;
        }
    }
    // Last, so that the routes to one prefix are adjacent.
    append(key, metric.to_be_bytes(), 4);
    Some(())
}

fn rule(key: &mut Vec<u8>, body: &[u8], attrs: Attrs<'_>) -> Option<()> {
    let [dst_len, src_len, tos] = *body.get(1..)?.first_chunk::<3>()?;
    // Only this flag is part of the rule; the others say whether its interfaces exist.
    let invert = u8::from(u32_at(body, 8)? & FIB_RULE_INVERT != 0);
    key.extend([dst_len, src_len, tos, *body.get(7)?, invert]);
    let given: Index<'_, 32> = Index::new(attrs.0);
    let table = given.u32(FRA_TABLE).unwrap_or_else(|| u32::from(body.get(4).copied().unwrap_or(0)));
    key.extend(table.to_ne_bytes());
    let marked = given.u32(FRA_FWMARK).is_some_and(|mark| mark != 0);
    let zero = |value: &[u8]| value.iter().all(|b| *b == 0);
    let ones = |value: &[u8]| value.iter().all(|b| *b == 0xff);
    // Values that mean "not given", or that the kernel fills in.
    let silent = |kind: u16, value: &[u8]| match kind {
        // The table is already in the key, and the kernel does not compare the protocol.
        FRA_PROTOCOL | FRA_TABLE | FRA_PAD => true,
        FRA_DST => dst_len == 0,
        FRA_SRC => src_len == 0,
        FRA_SUPPRESS_IFGROUP | FRA_SUPPRESS_PREFIXLEN => ones(value),
        FRA_FWMASK => {
            if marked {
                ones(value)
            } else {
                zero(value)
            }
        }
        FRA_SPORT_MASK | FRA_DPORT_MASK => ones(value) || zero(value),
        FRA_DSCP_MASK => value == [0x3f],
        FRA_FLOWLABEL_MASK => value == [0, 0x0f, 0xff, 0xff],
        FRA_PRIORITY | FRA_FWMARK | FRA_FLOW | FRA_L3MDEV | FRA_IP_PROTO | FRA_TUN_ID => zero(value),
        _ => false,
    };
    let mut list: Vec<(u16, &[u8])> = attrs
        .filter(|(kind, value)| !silent(*kind, value))
        .map(|(kind, value)| (kind, if matches!(kind, FRA_IIFNAME | FRA_OIFNAME) { until_nul(value) } else { value }))
        .collect();
    list.sort_unstable();
    for (kind, value) in list {
        attr(key, kind, &[u8::try_from(value.len()).unwrap_or(u8::MAX)]);
        key.extend_from_slice(value);
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::attr::put as attribute;
    use crate::schema::family::MPLS;

    fn body(header: &[u8], attrs: &[(u16, &[u8])]) -> Vec<u8> {
        let mut out = header.to_vec();
        attrs.iter().for_each(|(kind, value)| attribute(&mut out, *kind, value));
        out
    }

    fn same(object: ObjectType, a: &[u8], b: &[u8]) -> bool {
        let key = Key::of(object, a);
        assert!(key.is_some());
        key == Key::of(object, b)
    }

    #[test]
    fn a_route_has_one_key_in_a_request_and_in_a_dump() {
        let head = [INET6, 60, 0, 0, 254, 3, 0, 1, 0, 0, 0, 0];
        let mut host = [1; 16];
        host[7] = 0xf7;
        let asked = body(&head, &[(RTA_DST, &host)]);
        host[7..].fill(0);
        host[7] = 0xf0;
        let metric = 1024u32.to_ne_bytes();
        let told = body(&head, &[(RTA_TABLE, &254u32.to_ne_bytes()), (RTA_DST, &host), (RTA_PRIORITY, &metric)]);
        assert!(same(ObjectType::Route, &asked, &told));
        // A table that does not fit the header's byte.
        let other = body(&head, &[(RTA_TABLE, &1000u32.to_ne_bytes()), (RTA_DST, &host)]);
        assert!(!same(ObjectType::Route, &asked, &other));
        let (a, b) = (Key::of(ObjectType::Route, &asked).unwrap(), Key::of(ObjectType::Route, &other).unwrap());
        assert!(a.has_stem(&a.stem()) && !b.has_stem(&a.stem()));
        let label = |label: u8| body(&[MPLS, 20, 0, 0, 254, 3, 0, 1, 0, 0, 0, 0], &[(RTA_DST, &[0, label, 1, 0])]);
        assert!(!same(ObjectType::Route, &label(1), &label(2)));
    }

    #[test]
    fn a_default_route_needs_no_destination() {
        let head = [INET, 0, 0, 0, 254, 3, 0, 1, 0, 0, 0, 0];
        assert!(same(ObjectType::Route, &body(&head, &[]), &body(&head, &[(RTA_DST, &[0; 4])])));
    }

    #[test]
    fn an_address_is_told_by_its_prefix_only_where_the_kernel_does() {
        let v4 = |len: u8, local: u8, peer: u8| {
            body(&[INET, len, 0, 0, 3, 0, 0, 0], &[(IFA_LOCAL, &[10, 0, 0, local]), (IFA_ADDRESS, &[10, 0, 0, peer])])
        };
        assert!(same(ObjectType::Address, &v4(24, 1, 1), &v4(24, 1, 9)));
        assert!(!same(ObjectType::Address, &v4(24, 1, 1), &v4(25, 1, 1)));
        assert!(!same(ObjectType::Address, &v4(32, 1, 1), &v4(32, 1, 9)));
        let stem = |b: &[u8]| Key::of(ObjectType::Address, b).unwrap().stem();
        assert_eq!(stem(&v4(24, 1, 1)), stem(&v4(25, 1, 9)));
        let v6 = |len: u8, attr: u16| body(&[INET6, len, 0, 0, 3, 0, 0, 0], &[(attr, &[1; 16])]);
        assert!(same(ObjectType::Address, &v6(64, IFA_LOCAL), &v6(128, IFA_ADDRESS)));
        // The kernel does not report the peer 0.0.0.0.
        let reported = |attr: u16, peer: &[u8]| {
            let times = [[0xff; 8], [1; 8]].concat();
            body(&[INET, 8, 0, 0, 3, 0, 0, 0], &[(IFA_LOCAL, &[10, 0, 0, 0]), (attr, peer), (IFA_CACHEINFO, &times)])
        };
        let own = reported(IFA_ADDRESS, &[10, 0, 0, 0]);
        let none = reported(IFA_LABEL, b"d0\0");
        let asked =
            |peer: &[u8]| body(&[INET, 8, 0, 0, 3, 0, 0, 0], &[(IFA_LOCAL, &[10, 0, 0, 0]), (IFA_ADDRESS, peer)]);
        assert!(!same(ObjectType::Address, &own, &none));
        assert!(same(ObjectType::Address, &none, &asked(&[0; 4])));
        assert!(same(ObjectType::Address, &own, &body(&[INET, 8, 0, 0, 3, 0, 0, 0], &[(IFA_LOCAL, &[10, 0, 0, 0])])));
    }

    #[test]
    fn a_rule_is_told_by_what_the_kernel_compares() {
        let rule = |flags: u8, attrs: &[(u16, &[u8])]| body(&[INET, 0, 0, 0, 100, 0, 0, 1, flags, 0, 0, 0], attrs);
        let asked = rule(0, &[(FRA_FWMARK, &7u32.to_ne_bytes()), (FRA_IIFNAME, b"eth0"), (FRA_PROTOCOL, &[3])]);
        // Byte 8: FIB_RULE_IIF_DETACHED.
        let told = rule(
            8,
            &[
                (FRA_IIFNAME, b"eth0\0"),
                (FRA_TABLE, &100u32.to_ne_bytes()),
                (FRA_SUPPRESS_PREFIXLEN, &[0xff; 4]),
                (FRA_FWMASK, &[0xff; 4]),
                (FRA_FWMARK, &7u32.to_ne_bytes()),
                (FRA_PROTOCOL, &[4]),
            ],
        );
        assert!(same(ObjectType::Rule, &asked, &told));
        assert_ne!(Key::of_listed(ObjectType::Rule, &asked), Key::of_listed(ObjectType::Rule, &told));
        assert!(!same(ObjectType::Rule, &rule(0, &[]), &rule(2, &[])));
        assert!(!same(ObjectType::Rule, &rule(0, &[]), &rule(0, &[(FRA_PRIORITY, &5u32.to_ne_bytes())])));
    }

    #[test]
    fn routes_to_one_prefix_are_told_by_their_paths() {
        let route = |oif: u8| body(&[INET, 8, 0, 0, 254, 3, 0, 1, 0, 0, 0, 0], &[(RTA_OIF, &[oif, 0, 0, 0])]);
        assert!(same(ObjectType::Route, &route(1), &route(2)));
        assert_ne!(Key::of_listed(ObjectType::Route, &route(1)), Key::of_listed(ObjectType::Route, &route(2)));
    }

    #[test]
    fn a_nexthop_is_told_by_its_id_alone() {
        let nexthop = |family: u8| body(&[family, 0, 0, 0, 0, 0, 0, 0], &[(NHA_ID, &7u32.to_ne_bytes())]);
        assert!(same(ObjectType::Nexthop, &nexthop(INET), &nexthop(INET6)));
        assert_eq!(Key::of(ObjectType::Nexthop, &nexthop(INET)), Some(Key::of_nexthop(7)));
    }

    #[test]
    fn cut_messages_have_no_key_or_a_harmless_one() {
        let whole: Vec<u8> = (0..200).collect();
        for object in ObjectType::ALL.iter().copied() {
            for len in 0..whole.len() {
                let _ = (Key::of(object, &whole[..len]), Key::of_listed(object, &whole[..len]));
            }
        }
    }
}
