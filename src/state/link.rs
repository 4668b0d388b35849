//! Links in the model: their kind, the links that depend on each other, and which can be recreated.

use super::{ObjectType, Store};
use crate::net::Index;
use crate::net::attr::u32_at;
use crate::schema::*;

/// The interface index in the message of a link, an address or a neighbour.
pub fn ifindex(body: &[u8]) -> u32 {
    u32_at(body, 4).unwrap_or(0)
}

/// The kind of a link (IFLA_INFO_KIND); empty for hardware and the loopback device.
pub fn kind_of<'a>(a: &Index<'a, 72>) -> &'a [u8] {
    a.nest(IFLA_LINKINFO).and_then(|i| i.str(IFLA_INFO_KIND)).unwrap_or_default()
}

/// The name of a link.
pub fn name_of(body: &[u8]) -> &[u8] {
    ObjectType::Link.index(body).str(IFLA_IFNAME).unwrap_or_default()
}

/// The underlay device of a tunnel: when that is deleted, so is the tunnel.
pub fn underlay_of(body: &[u8], kinds: &dyn Kinds) -> Option<u32> {
    let a = ObjectType::Link.index(body);
    let attr = kinds.quirks(kind_of(&a)).underlay?;
    a.nest(IFLA_LINKINFO)?.nest(IFLA_INFO_DATA)?.u32(attr).filter(|i| *i != 0)
}

/// A link, its master, its lower device and its underlay, as far as those are in this namespace.
pub fn related_links(body: &[u8], kinds: &dyn Kinds) -> Vec<u32> {
    let a = ObjectType::Link.index(body);
    let lower = a.u32(IFLA_LINK).filter(|_| !a.has(IFLA_LINK_NETNSID));
    let all = [u32_at(body, 4), a.u32(IFLA_MASTER), lower, underlay_of(body, kinds)];
    all.into_iter().flatten().filter(|i| *i != 0).collect()
}

/// The message of the peer in a request that creates a pair.
pub fn peer_of<'a>(a: &Index<'a, 72>, kinds: &dyn Kinds) -> Option<&'a [u8]> {
    let info = a.nest(IFLA_LINKINFO)?;
    info.nest(IFLA_INFO_DATA)?.get(kinds.quirks(info.str(IFLA_INFO_KIND)?).peer?)
}

/// Why a link, or one above it, cannot be recreated as it is; `None` if it can.
pub fn why_not_recreatable(store: &Store, index: u32, kinds: &dyn Kinds) -> Option<String> {
    let body = store.link(index)?;
    let a = ObjectType::Link.index(body);
    let kind = kind_of(&a);
    let shown = crate::output::escape::shown;
    if !kinds.quirks(kind).recreatable {
        let kind = if kind.is_empty() { "device".to_string() } else { shown(kind) };
        return Some(format!("\"{}\", a {kind}, could not be recreated", shown(name_of(body))));
    }
    if a.has(IFLA_LINK_NETNSID) {
        return Some(format!("\"{}\" has its peer in another namespace", shown(name_of(body))));
    }
    let above = store.iter(ObjectType::Link).map(|(_, body)| body).filter(|b| {
        let a = ObjectType::Link.index(b);
        let lower = a.u32(IFLA_LINK).filter(|_| kinds.quirks(kind_of(&a)).peer.is_none() && !a.has(IFLA_LINK_NETNSID));
        ifindex(b) != index && (lower == Some(index) || underlay_of(b, kinds) == Some(index))
    });
    above.map(ifindex).find_map(|i| why_not_recreatable(store, i, kinds))
}
