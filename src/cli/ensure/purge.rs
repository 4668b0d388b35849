//! What to delete because no line names it, within the scope of a file or of `purge`.

use crate::diag::Diag;
use crate::grammar::words::Table;
use crate::grammar::{Offer, Value, Words};
use crate::net::Request;
use crate::net::attr::u32_at;
use crate::object::Declared;
use crate::schema::{Kinds as _, *};
use crate::session::Session;
use crate::state::{Key, ObjectType, Store, devices, route_table};
use crate::want::need::{self, Wanted};
use crate::want::snapshot::Snapshot;
use std::borrow::Cow;
use std::collections::HashSet;

/// The scope of a purge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Purge {
    /// Objects of a protocol, which says who added them.
    Protocol(u8),
    /// What is configured on a device.
    Device(Vec<u8>),
    /// The routes of a table.
    Table(u32),
    /// Links that a line can create.
    Links,
    /// What a snapshot of this type covers.
    Type(ObjectType),
}

/// The words after `purge`.
pub struct Scope;

impl Value for Scope {
    type Out = Purge;
    fn meta(&self) -> Cow<'static, str> {
        "{ proto PROTO | dev DEV | table TABLE | links }".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Purge, Diag> {
        let arg = w.next()?;
        let number = |table: Table, word: &[u8], w: &Words<'_>| {
            w.names.number(table, word).or_else(|| std::str::from_utf8(word).ok()?.parse().ok())
        };
        match arg.bytes {
            b"links" => Ok(Purge::Links),
            b"proto" => {
                let value = w.next()?;
                let found = number(Table::Protocols, value.bytes, w).and_then(|v| u8::try_from(v).ok());
                found.map(Purge::Protocol).ok_or_else(|| value.wrong("invalid protocol"))
            }
            b"table" => {
                let value = w.next()?;
                number(Table::Tables, value.bytes, w).map(Purge::Table).ok_or_else(|| value.wrong("invalid table"))
            }
            b"dev" => Ok(Purge::Device(w.next()?.bytes.to_vec())),
            _ => Err(arg.wrong("expected proto, dev, table or links")),
        }
    }
    fn offer(&self, _w: &Words<'_>) -> Vec<Offer> {
        [
            ("proto", "objects of a protocol"),
            ("dev", "what is configured on a device"),
            ("table", "routes of a table"),
            ("links", "virtual links"),
        ]
        .map(|(word, help)| Offer::new(word, help))
        .to_vec()
    }
}

/// Something to delete, and the line that would create it.
pub struct Doomed {
    /// The words that would create it.
    pub words: Vec<Vec<u8>>,
    /// The request that deletes it.
    pub request: Request,
}

/// What lines name.
pub struct Claims {
    keys: HashSet<Key>,
    /// The keys, without preference, of rules that have none in their line.
    rules: HashSet<Key>,
    links: HashSet<Vec<u8>>,
}

impl Claims {
    /// What these requests name.
    pub fn of(wanted: &[Wanted], store: &Store) -> Claims {
        let mut claims = Claims { keys: HashSet::new(), rules: HashSet::new(), links: HashSet::new() };
        for w in wanted.iter().filter(|w| !w.is_absent()) {
            let Some(object) = w.object() else { continue };
            let body = &w.request.body;
            match object {
                ObjectType::Link => claims.link(w, store),
                ObjectType::Rule if !object.index(body).has(FRA_PRIORITY) => claims.rules.extend(Key::of(object, body)),
                _ => claims.keys.extend(Key::of(object, body)),
            }
        }
        claims
    }

    fn link(&mut self, w: &Wanted, store: &Store) {
        let a = ObjectType::Link.index(&w.request.body);
        let index = u32_at(&w.request.body, 4).unwrap_or(0);
        let own = store.link(index).and_then(|b| ObjectType::Link.index(b).str(IFLA_IFNAME).map(<[u8]>::to_vec));
        self.links.extend(own);
        self.links.extend(a.str(IFLA_IFNAME).map(<[u8]>::to_vec));
        // The peer of a pair.
        let info = a.nest(IFLA_LINKINFO);
        let attr = info.as_ref().and_then(|i| i.str(IFLA_INFO_KIND)).and_then(|kind| Declared.quirks(kind).peer);
        let peer = attr.and_then(|attr| info?.nest(IFLA_INFO_DATA)?.get(attr));
        self.links.extend(peer.and_then(|p| ObjectType::Link.index(p).str(IFLA_IFNAME).map(<[u8]>::to_vec)));
    }

    fn has(&self, object: ObjectType, body: &[u8]) -> bool {
        match object {
            ObjectType::Link => ObjectType::Link.index(body).str(IFLA_IFNAME).is_none_or(|n| self.links.contains(n)),
            _ => {
                let key = |b: &[u8]| Key::of(object, b);
                key(body).is_some_and(|k| self.keys.contains(&k))
                    || object == ObjectType::Rule
                        && key(&need::without_preference(body)).is_some_and(|k| self.rules.contains(&k))
            }
        }
    }
}

/// What to delete of some types. The store must have links and these types.
pub fn doomed(s: &Session, store: &Store, types: &[ObjectType], purges: &[Purge], claims: &Claims) -> Vec<Doomed> {
    let covered = |t: &&ObjectType| types.contains(t) && purges.iter().any(|p| p.may_cover(**t));
    let types: Vec<ObjectType> = crate::want::snapshot::TYPES.iter().filter(covered).copied().collect();
    if types.is_empty() {
        return Vec::new();
    }
    let snapshot = Snapshot::of(s, store, &types);
    let mut out: Vec<Doomed> = Vec::new();
    let mut seen: HashSet<Vec<u8>> = HashSet::new();
    for (line, object, body) in snapshot.lines {
        let words = line.words;
        if claims.has(object, &body)
            || !purges.iter().any(|p| p.may_cover(object) && p.covers(s, object, &body, &words))
        {
            continue;
        }
        if object == ObjectType::Link && !seen.insert(body.clone()) {
            continue;
        }
        let request = match object {
            ObjectType::Route => need::delete_route(&body),
            ObjectType::Link => need::delete_link(&body),
            ObjectType::Nexthop => {
                let id = object.index(&body).get(NHA_ID).unwrap_or_default().to_vec();
                Request::of_family(RTM_DELNEXTHOP, 0, 0).with(NHA_ID, &id)
            }
            _ => need::delete(object, &body),
        };
        out.push(Doomed { words, request });
    }
    out
}

impl Purge {
    /// Whether entries of a type can be in its scope.
    fn may_cover(&self, object: ObjectType) -> bool {
        match self {
            Purge::Links => object == ObjectType::Link,
            Purge::Type(wanted) => *wanted == object && object != ObjectType::Link,
            Purge::Table(_) => object == ObjectType::Route,
            Purge::Protocol(_) | Purge::Device(_) => object != ObjectType::Link,
        }
    }

    fn covers(&self, s: &Session, object: ObjectType, body: &[u8], words: &[Vec<u8>]) -> bool {
        let a = object.index(body);
        match self {
            // Only links that a line creates.
            Purge::Links => words.get(1).is_some_and(|w| w == b"add"),
            Purge::Type(_) => true,
            Purge::Table(table) => route_table(body, &a) == Some(*table),
            Purge::Protocol(protocol) => {
                let own = match object {
                    ObjectType::Route => body.get(5).copied(),
                    ObjectType::Nexthop => body.get(2).copied(),
                    ObjectType::Rule => a.u8(FRA_PROTOCOL),
                    ObjectType::Neigh => a.u8(NDA_PROTOCOL),
                    ObjectType::Address => a.u8(IFA_PROTO),
                    _ => None,
                };
                own == Some(*protocol)
            }
            Purge::Device(name) => {
                use crate::grammar::Names as _;
                let index = s.link(name).ok().flatten();
                index.is_some_and(|i| devices(object, body).contains(&i))
            }
        }
    }
}
