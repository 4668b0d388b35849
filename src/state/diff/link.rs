//! Compares links: those missing or surplus, and the settings that differ. Read-only attributes are ignored.

use super::{Scope, added, removed};
use crate::net::Index;
use crate::net::attr::{Attrs, u32_at};
use crate::schema::*;
use crate::state::link::{ifindex, kind_of};
use crate::state::{Change, ObjectType, Store};
use std::borrow::Cow;

const LINK: ObjectType = ObjectType::Link;

/// Flags that users set: UP, DEBUG, NOTRAILERS, NOARP, PROMISC, ALLMULTI, MULTICAST, DYNAMIC (IFF_*, linux/if.h).
pub const FLAGS: u32 = 0x1 | 0x4 | 0x20 | 0x80 | 0x100 | 0x200 | 0x1000 | 0x8000;

/// The flags of a link that users set.
pub fn flags(body: &[u8]) -> u32 {
    u32_at(body, 8).unwrap_or(0) & FLAGS
}

/// Whether two messages with the same index are about the same link: an index can be reused.
fn same(a: &[u8], b: &[u8], kinds: &dyn Kinds) -> bool {
    let (x, y) = (LINK.index(a), LINK.index(b));
    let quirks = kinds.quirks(kind_of(&x));
    // Nothing moves these links from one lower device to another.
    let stays = quirks.recreatable && quirks.peer.is_none() && quirks.underlay.is_none();
    kind_of(&x) == kind_of(&y) && (!stays || x.get(IFLA_LINK) == y.get(IFLA_LINK))
}

/// The changes that lead from one state to another.
pub fn diff<'a>(from: &'a Store, to: &'a Store, scope: &dyn Scope, kinds: &dyn Kinds) -> Vec<Change<'a>> {
    let surplus = from.list(LINK).into_iter().filter(|b| match to.link(ifindex(b)) {
        None => scope.deletes_link(b, false),
        Some(wanted) => !same(wanted, b, kinds) && scope.deletes_link(b, true),
    });
    let mut out: Vec<Change<'a>> = surplus.map(|b| removed(LINK, b)).collect();
    for new in to.list(LINK).into_iter().filter(|b| scope.covers(LINK, b)) {
        match from.link(ifindex(new)).filter(|old| same(old, new, kinds)) {
            None => out.push(added(LINK, new)),
            Some(old) => {
                let attributes = attributes(old, new, scope, kinds);
                if !attributes.is_empty() || flags(old) != flags(new) {
                    let (old, new) = (Cow::Borrowed(old), Cow::Borrowed(new));
                    out.push(Change::Changed { object: LINK, old, new, attributes: Some(attributes) });
                }
            }
        }
    }
    out
}

/// The settable attributes in which a link differs from the wanted one.
fn attributes(old: &[u8], new: &[u8], scope: &dyn Scope, kinds: &dyn Kinds) -> Vec<u16> {
    let (is, wanted) = (LINK.index(old), LINK.index(new));
    let kind = kind_of(&wanted);
    let mut out: Vec<u16> = LINK_ATTRS
        .iter()
        .filter(|row| row.access == Access::Set && !matches!(row.form, Form::Nest(_)))
        .map(|row| row.number)
        .filter(|attr| match (wanted.get(*attr), is.get(*attr)) {
            (x, y) if x == y => false,
            // A bridge's address cannot be unset: the kernel chooses it from the ports.
            (Some(x), _) if *attr == IFLA_ADDRESS && kinds.quirks(kind).address_from_ports && is_unset(x) => false,
            (Some(_), _) => true,
            // The kernel reports these only if they are set.
            (None, _) => matches!(*attr, IFLA_IFALIAS | IFLA_MASTER),
        })
        .collect();
    let differs = |attr| inet6(&wanted, attr).is_some_and(|x| inet6(&is, attr) != Some(x));
    if INET6_SETTINGS.iter().any(|attr| differs(*attr)) {
        out.push(IFLA_AF_SPEC);
    }
    if names(&is) != names(&wanted) {
        out.push(IFLA_PROP_LIST);
    }
    let own = kinds.quirks(kind).recreatable || scope.compares_data(new);
    if own && DATA.differs(&is, &wanted, kinds)
        || is.get(IFLA_MASTER) == wanted.get(IFLA_MASTER) && PORT.differs(&is, &wanted, kinds)
    {
        out.push(IFLA_LINKINFO);
    }
    let is_up = flags(old) == flags(new) && flags(new) & IFF_UP != 0;
    if kinds.quirks(kind).sets_carrier && is_up && is.get(IFLA_CARRIER) != wanted.get(IFLA_CARRIER) {
        out.push(IFLA_CARRIER);
    }
    out
}

/// Whether an address is all zeros, like that of a bridge without ports or a set address.
pub fn is_unset(address: &[u8]) -> bool {
    address.iter().all(|b| *b == 0)
}

/// The IPv6 settings of a link.
pub const INET6_SETTINGS: [u16; 2] = [IFLA_INET6_ADDR_GEN_MODE, IFLA_INET6_TOKEN];

/// An IPv6 setting of a link.
pub fn inet6<'a>(a: &Index<'a, 72>, attr: u16) -> Option<&'a [u8]> {
    a.nest(IFLA_AF_SPEC)?.nest(AF_SPEC_INET6)?.get(attr)
}

/// The altnames of a link, in the order in which they were added.
pub fn names<'a>(a: &Index<'a, 72>) -> Vec<&'a [u8]> {
    let list = Attrs(a.get(IFLA_PROP_LIST).unwrap_or_default());
    list.map(|(_, name)| crate::net::attr::until_nul(name)).collect()
}

/// The settings of a link kind, or of a port.
pub struct Settings {
    /// The attribute that names the kind.
    pub kind: u16,
    /// The attribute that holds the settings.
    pub data: u16,
}

/// The settings of a link kind.
pub const DATA: Settings = Settings { kind: IFLA_INFO_KIND, data: IFLA_INFO_DATA };
/// The settings of a port.
pub const PORT: Settings = Settings { kind: IFLA_INFO_SLAVE_KIND, data: IFLA_INFO_SLAVE_DATA };

/// Attributes and their values.
pub type List<'a> = Vec<(u16, &'a [u8])>;

impl Settings {
    /// Whether a request can carry a setting. Settings of unknown kinds are tried; most of a port are read-only.
    pub fn is_settable(&self, kind: &[u8], attr: u16, kinds: &dyn Kinds) -> bool {
        match self.kind {
            IFLA_INFO_KIND => kinds.kind(kind).and_then(|table| find(table, attr)).is_none_or(Attr::is_settable),
            _ => kinds.port(kind).and_then(|table| find(table, attr)).is_some_and(Attr::is_settable),
        }
    }

    /// The kind, and the wanted settings that differ from the present ones.
    pub fn changed<'a>(
        &self,
        is: &Index<'_, 72>,
        wanted: &Index<'a, 72>,
        kinds: &dyn Kinds,
    ) -> Option<(&'a [u8], List<'a>)> {
        let (is, wanted) = (is.nest(IFLA_LINKINFO)?, wanted.nest(IFLA_LINKINFO)?);
        let (kind, data) = (wanted.str(self.kind)?, wanted.get(self.data)?);
        let now = is.nest(self.data);
        let same = |attr: u16, v: &[u8]| now.as_ref().and_then(|n| n.get(attr)) == Some(v);
        let list = Attrs(data).filter(|(attr, v)| self.is_settable(kind, *attr, kinds) && !same(*attr, v)).collect();
        Some((kind, list))
    }

    fn differs(&self, is: &Index<'_, 72>, wanted: &Index<'_, 72>, kinds: &dyn Kinds) -> bool {
        self.changed(is, wanted, kinds).is_some_and(|(_, list)| !list.is_empty())
    }
}
