//! The selector words of `route show`, `flush` and `save`, and which routes match.

use super::range::{How, Range};
use super::realm::{self, WantedRealms};
use super::types;
use super::view::{Route, ShowOptions};
use super::words::VrfTable;
use crate::diag::{Diag, Span};
use crate::grammar::address::{INET, INET6, Net, Prefix, UNSPEC, take_family, take_prefix};
use crate::grammar::named::{NumberOrAll, PROTOCOL, SCOPE_OR_ALL, TOS, near_name};
use crate::grammar::number::{Named, Term, U32};
use crate::grammar::value::{Absent, Flag, Word};
use crate::grammar::words::Table;
use crate::grammar::{Arg, Fallback, Grammar, Names as _, Offer, Row, Target, Value, Words};
use crate::schema::*;
use crate::schema::{RTN_BROADCAST, RTN_LOCAL};
use crate::session::Session;
use crate::{row, rows};
use std::borrow::Cow;
use std::net::IpAddr;

/// The words that select entries.
#[derive(Default)]
pub struct Selector {
    /// Routes of this table; 0: all.
    pub table: Option<u32>,
    /// The words that named it.
    pub table_at: Option<Span>,
    /// The table is that of a VRF.
    pub vrf: bool,
    /// Cached routes (RTM_F_CLONED).
    pub cached: bool,
    /// Routes with this DS field.
    pub tos: Option<u32>,
    /// Routes of this protocol.
    pub protocol: Option<u32>,
    /// Routes of this scope.
    pub scope: Option<u32>,
    /// Routes of this type, RTN_*.
    pub kind: Option<u8>,
    /// Routes with this metric.
    pub metric: Option<u32>,
    /// Routes with this mark.
    pub mark: Option<u32>,
    /// Routes with these realms.
    pub realm: Option<realm::Wanted>,
    /// Routes whose gateway is in this prefix.
    pub via: Option<Prefix>,
    /// Routes whose preferred source is in this prefix.
    pub src: Option<Prefix>,
    /// Bounds of the destination.
    pub dst: Range,
    /// Bounds of the source.
    pub from: Range,
    /// The interface, with the position of its word.
    pub dev: Option<(Vec<u8>, usize)>,
    /// The incoming interface, with the position of its word.
    pub iif: Option<(Vec<u8>, usize)>,
    /// The index of `dev`.
    pub oif: Option<u32>,
    /// The index of `iif`.
    pub iif_index: Option<u32>,
    /// Routes of this address family.
    pub family: u8,
}

impl Target for Selector {}

static ROWS: &[Row<Selector>] = rows!(Selector;
    "table~" => Term("TABLE_ID", TableOr), "this table; all, or cache", |f, v, w| match v {
        Wanted::Table(t) => {
            f.table = Some(t);
            f.table_at = Some(Span { from: w.at().saturating_sub(2), to: w.at() });
        }
        Wanted::Cache => {
            f.cached = true;
        }
    };
    "vrf~" => Term("NAME", VrfTable), "the table of this VRF", |f, v| {
        f.table = Some(v);
        f.vrf = true;
    };
    "cached~" | "cloned~" => Flag, "cached routes", |f, ()| f.cached = true;
    "tos" | "dsfield~" => Term("TOS", Tos), "this type of service", |f, v| f.tos = Some(v);
    "protocol~" => NumberOrAll(&PROTOCOL, "{ RTPROTO | all }", "invalid \"protocol\"\n"), "added by this protocol", |f, v| f.protocol = v;
    "scope~" => Term("SCOPE", SCOPE_OR_ALL), "of this scope", |f, v| f.scope = v;
    "type~" => Term("TYPE", Kind), "of this type", |f, v| f.kind = Some(v);
    "metric~" | "priority~" | "preference" => Named("METRIC", U32("\"metric\" value is invalid\n")), "of this metric", |f, v| f.metric = Some(v);
    "mark" => Term("NUMBER", Named("MARK", U32("invalid mark value"))), "of this mark", |f, v| f.mark = Some(v);
    "realms~" => Term("REALM", WantedRealms), "of these realms", |f, v| f.realm = Some(v);
    "src" => Term("ADDRESS", Net), "preferring source addresses of this prefix", |f, v| f.src = Some(v);
    "via" => ViaNet, "with gateways in this prefix", |f, v| f.via = Some(v);
    "dev" | "oif" => Term("STRING", Word("DEV")), "through this device", |f, v| f.dev = Some(v);
    "iif" => Word("DEV"), "for packets from this device", |f, v| f.iif = Some(v);
    "from~" => Ranged, "with sources of this prefix", |f, v| f.from.set(v);
);

static TO: Row<Selector> = row!(Selector; "to~" => Ranged, "to destinations of this prefix", |f, v| f.dst.set(v));

/// The selector words.
pub static SELECTOR: Grammar<Selector> = Grammar { title: "SELECTOR", rows: &[ROWS], fallback: Fallback::TakeAll(&TO) };

/// A TOS, with the selectors' error for a bad one.
pub struct Tos;

impl Value for Tos {
    type Out = u32;
    fn meta(&self) -> Cow<'static, str> {
        TOS.meta()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<u32, Diag> {
        let arg = w.next()?;
        TOS.find(&arg, w.names).ok_or_else(|| arg.wrong("TOS value is invalid\n"))
    }
    fn offer(&self, w: &Words<'_>) -> Vec<Offer> {
        TOS.offer(w)
    }
}

enum Wanted {
    Table(u32),
    Cache,
}

/// A table, `all`, `cache`, or `help`.
struct TableOr;

impl Value for TableOr {
    type Out = Wanted;
    fn meta(&self) -> Cow<'static, str> {
        "{ TABLE_ID | all | cache }".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Wanted, Diag> {
        let arg = w.next()?;
        if let Some(v) = w.names.number(Table::Tables, arg.bytes) {
            return Ok(Wanted::Table(v));
        }
        match arg.bytes {
            b"all" => Ok(Wanted::Table(0)),
            b"cache" => Ok(Wanted::Cache),
            b"help" => Err(w.usage()),
            word => U32::parse(word)
                .map(Wanted::Table)
                .ok_or_else(|| near_name(arg.wrong("table id value is invalid\n"), &arg, w.names, Table::Tables)),
        }
    }
    fn offer(&self, w: &Words<'_>) -> Vec<Offer> {
        let mut all = w.names.names(Table::Tables);
        all.extend([Offer::new("all", ""), Offer::new("cache", "")]);
        all
    }
}

/// A type of route.
struct Kind;

impl Value for Kind {
    type Out = u8;
    fn meta(&self) -> Cow<'static, str> {
        "TYPE".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<u8, Diag> {
        let arg = w.next()?;
        types::number_or_digits(arg.bytes).ok_or_else(|| arg.wrong("node type value is invalid\n"))
    }
    fn offer(&self, _w: &Words<'_>) -> Vec<Offer> {
        types::names().map(|n| Offer::new(n, "")).collect()
    }
}

/// `[ FAMILY ] PREFIX`
struct ViaNet;

impl Value for ViaNet {
    type Out = Prefix;
    fn meta(&self) -> Cow<'static, str> {
        "[ FAMILY ] PREFIX".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Prefix, Diag> {
        let family = take_family(w);
        take_prefix(w, family.unwrap_or(w.family))
    }
}

/// `[ root | match | exact ] PREFIX`
struct Ranged;

impl Value for Ranged {
    type Out = (How, Prefix);
    fn meta(&self) -> Cow<'static, str> {
        "[ root | match | exact ] PREFIX".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Self::Out, Diag> {
        let how = if w.take_if(&["root~"]).is_some() {
            How::Root
        } else if w.take_if(&["match~"]).is_some() {
            How::Match
        } else {
            w.take_if(&["exact~"]);
            How::Exact
        };
        Ok((how, take_prefix(w, w.family)?))
    }
    fn offer(&self, _w: &Words<'_>) -> Vec<Offer> {
        ["root", "match", "exact", "default"].map(|n| Offer::new(n, "")).to_vec()
    }
}

impl Selector {
    /// Parses the words and looks their devices up.
    ///
    /// # Errors
    ///
    /// A wrong word, or a device that does not exist.
    pub fn parse(s: &Session, w: &mut Words<'_>) -> Result<Selector, Diag> {
        let mut f = Selector::default();
        SELECTOR.parse(&mut f, w)?;
        f.family = w.family;
        if f.family == UNSPEC && f.table != Some(0) {
            f.family = INET;
        }
        f.iif_index = device(s, f.iif.as_ref())?;
        f.oif = device(s, f.dev.as_ref())?;
        Ok(f)
    }

    /// The table to list; 0 for all.
    pub fn table(&self) -> u32 {
        if self.cached { 0 } else { self.table.unwrap_or(RT_TABLE_MAIN) }
    }

    /// The table in the request, which for cached routes is RT_TABLE_CACHE.
    pub fn asked(&self) -> u32 {
        self.table.unwrap_or(RT_TABLE_MAIN)
    }

    /// The fields that are not printed because the words fix them.
    pub fn show_options(&self) -> ShowOptions {
        let host = |p: &Option<Prefix>| p.as_ref().is_some_and(|p| p.addr.as_ref().is_some_and(|a| a.bits() == p.len));
        ShowOptions {
            deleted: false,
            table: self.table() != 0 && (self.table.is_some() || !self.cached),
            dev: self.oif.is_some(),
            protocol: self.protocol.is_some(),
            scope: self.scope.is_some(),
            tos: self.tos.is_some(),
            metric: self.metric.is_some(),
            src: host(&self.src),
            via: self.via.as_ref().filter(|_| host(&self.via)).map(|p| p.family),
            iif: self.iif_index.is_some(),
            mark: self.mark.is_some(),
            realm: self.realm.is_some_and(|v| v.whole()),
        }
    }

    /// Whether a route matches all words.
    pub fn matches(&self, r: &Route<'_>) -> bool {
        self.is_listed(r) && self.matches_words(r)
    }

    /// Whether the words exclude any route of the family and table.
    pub fn narrows(&self) -> bool {
        let attributes = [self.metric, self.mark, self.iif_index, self.oif, self.tos, self.protocol, self.scope];
        let prefixes = [self.via.is_some(), self.src.is_some(), self.dst.narrows(), self.from.narrows()];
        self.vrf
            || self.kind.is_some()
            || self.realm.is_some()
            || attributes.iter().any(Option::is_some)
            || prefixes.contains(&true)
    }

    /// Whether a route is of the selected family and table.
    #[inline(always)]
    pub fn is_listed(&self, r: &Route<'_>) -> bool {
        let table = self.table();
        (self.family == UNSPEC || self.family == r.family)
            && (table == 0 || table == r.table())
            && self.cached == (r.flags & RTM_F_CLONED != 0)
    }

    /// Whether a route matches the words other than family and table.
    fn matches_words(&self, r: &Route<'_>) -> bool {
        let same = |wanted: Option<u32>, has: u32| wanted.is_none_or(|v| v == has);
        if self.vrf && matches!(r.kind, RTN_LOCAL | RTN_BROADCAST) || self.kind.is_some_and(|k| k != r.kind) {
            return false;
        }
        if !same(self.tos, r.tos.into()) || !same(self.protocol, r.protocol.into()) || !same(self.scope, r.scope.into())
        {
            return false;
        }
        let attr = |wanted: Option<u32>, kind: u16| wanted.is_none_or(|v| r.a.u32(kind).unwrap_or(0) == v);
        if !attr(self.metric, RTA_PRIORITY) || !attr(self.mark, RTA_MARK) {
            return false;
        }
        if self.realm.is_some_and(|v| !v.matches(r.a.u32(RTA_FLOW).unwrap_or(0))) {
            return false;
        }
        if !attr(self.iif_index, RTA_IIF) || !self.through(r) || !self.router(r) {
            return false;
        }
        if let Some(p) = &self.src
            && !inside(p, r.a.ip(RTA_PREFSRC, r.family).or_else(|| zeros(r.family)))
        {
            return false;
        }
        self.dst.matches(r.family, r.a.get(RTA_DST), r.dst_len)
            && self.from.matches(r.family, r.a.get(RTA_SRC), r.src_len)
    }

    /// Whether a route or one of its paths uses the selected device.
    fn through(&self, r: &Route<'_>) -> bool {
        let Some(index) = self.oif else { return true };
        match r.a.u32(RTA_OIF) {
            Some(oif) => oif == index,
            None => r.hops().any(|h| h.dev == index),
        }
    }

    /// Whether a gateway of the route is in the selected prefix.
    fn router(&self, r: &Route<'_>) -> bool {
        let Some(p) = &self.via else { return true };
        if p.family == r.family || p.addr.is_none() {
            return inside(p, r.a.ip(RTA_GATEWAY, r.family).or_else(|| zeros(r.family)));
        }
        let via = r.a.get(RTA_VIA).and_then(|b| b.get(2..));
        let ip = match via.map(|b| (b.first_chunk::<4>(), b.first_chunk::<16>())) {
            Some((_, Some(b))) => Some(IpAddr::from(*b)),
            Some((Some(b), None)) => Some(IpAddr::from(*b)),
            _ => None,
        };
        inside(p, ip)
    }
}

/// The address that a route without one is compared as.
fn zeros(family: u8) -> Option<IpAddr> {
    match family {
        INET => Some(std::net::Ipv4Addr::UNSPECIFIED.into()),
        INET6 => Some(std::net::Ipv6Addr::UNSPECIFIED.into()),
        _ => None,
    }
}

/// Whether an address is in a prefix; a prefix without an address contains all.
fn inside(p: &Prefix, ip: Option<IpAddr>) -> bool {
    match (p.network(), ip) {
        (Some(net), Some(ip)) => net.contains(ip),
        (None, _) => p.addr.is_none(),
        _ => false,
    }
}

fn device(s: &Session, word: Option<&(Vec<u8>, usize)>) -> Result<Option<u32>, Diag> {
    let Some((name, at)) = word else { return Ok(None) };
    let arg = Arg { bytes: name, at: *at };
    match s.link(name)? {
        Some(index) => Ok(Some(index)),
        None => Err(Absent::CannotFind.say(&arg)),
    }
}
