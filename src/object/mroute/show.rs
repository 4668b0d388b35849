//! `mroute show`.

use super::view;
use crate::diag::{Diag, FAIL};
use crate::grammar::address::{INET, INET6, IP6MR, IPMR, Prefix, UNSPEC, take_prefix};
use crate::grammar::named::TABLE;
use crate::grammar::number::Term;
use crate::grammar::value::{Absent, Word};
use crate::grammar::words::Table;
use crate::grammar::{Arg, Fallback, Grammar, Names as _, Offer, Row, Target, Value, Words, spells};
use crate::net::Request;
use crate::object::route::view::Route;
use crate::schema::*;
use crate::session::Session;
use crate::state::ObjectType;
use crate::{row, rows};
use std::borrow::Cow;
use std::net::IpAddr;

/// The words that select entries.
#[derive(Default)]
pub struct Selector {
    /// The table; 0: all.
    table: Option<u32>,
    iif: Option<(Vec<u8>, usize)>,
    /// The index of that device.
    index: Option<u32>,
    from: Option<Prefix>,
    to: Option<Prefix>,
}

impl Target for Selector {}

static ROWS: &[Row<Selector>] = rows!(Selector;
    "table~" => Term("TABLE_ID", TableOrAll), "of this table; all: of every table", |f, v| f.table = Some(v);
    "iif" => Term("DEVICE", Word("DEV")), "for packets from this device", |f, v| f.iif = Some(v);
    "from~" => Net(false), "from sources in this prefix", |f, v| f.from = Some(v);
);

static TO: Row<Selector> = row!(Selector; "to" => Net(true), "to groups in this prefix", |f, v| f.to = Some(v));

/// The words of `mroute show`.
pub static SELECTOR: Grammar<Selector> =
    Grammar { title: "MROUTE-SELECTOR", rows: &[ROWS], fallback: Fallback::Take(&TO) };

/// A table by name or number, or `all`: 0.
struct TableOrAll;

impl Value for TableOrAll {
    type Out = u32;
    fn meta(&self) -> Cow<'static, str> {
        "{ TABLE_ID | all }".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<u32, Diag> {
        let arg = w.next()?;
        if arg.is("all") {
            return Ok(0);
        }
        if let Some(v) = TABLE.find(&arg, w.names) {
            return Ok(v);
        }
        if spells("help~", arg.bytes) {
            return Err(w.usage());
        }
        Err(arg.wrong("table id value is invalid\n"))
    }
    fn offer(&self, w: &Words<'_>) -> Vec<Offer> {
        let mut all = w.names.names(Table::Tables);
        all.push(Offer::new("all", "every table"));
        all
    }
}

/// A prefix of the requested family. Holds whether `help` is recognised in its place.
struct Net(bool);

impl Value for Net {
    type Out = Prefix;
    fn meta(&self) -> Cow<'static, str> {
        "PREFIX".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Prefix, Diag> {
        match w.peek() {
            Some(arg) if self.0 && spells("help~", arg.bytes) => Err(w.usage()),
            _ => take_prefix(w, w.family),
        }
    }
}

impl Selector {
    /// Parses the words of `mroute show`.
    ///
    /// # Errors
    ///
    /// A wrong word, or a device that does not exist.
    pub fn parse(s: &Session, w: &mut Words<'_>) -> Result<Selector, Diag> {
        let mut f = Selector::default();
        SELECTOR.parse(&mut f, w)?;
        if let Some((name, at)) = &f.iif {
            let arg = Arg { bytes: name, at: *at };
            f.index = Some(s.link(name)?.ok_or_else(|| Absent::CannotFind.say(&arg))?);
        }
        Ok(f)
    }

    /// The table to list; 0: all. IPv4 has a default table, IPv6 a single table in most kernels.
    pub fn table(&self, family: u8) -> u32 {
        self.table.unwrap_or(if family == IPMR { RT_TABLE_DEFAULT } else { 0 })
    }

    /// Whether a multicast route matches, regardless of its table.
    pub fn matches(&self, r: &Route<'_>) -> bool {
        self.index.is_none_or(|index| r.a.u32(RTA_IIF) == Some(index))
            && within(self.from.as_ref(), r, RTA_SRC)
            && within(self.to.as_ref(), r, RTA_DST)
    }
}

/// Runs `mroute show`. A family without multicast routes gives an empty list, whatever the words are.
///
/// # Errors
///
/// A wrong word, a device that does not exist, or the kernel has no multicast routing of the family or refuses the
/// dump.
pub fn show(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let family = match w.family {
        UNSPEC | INET => IPMR,
        INET6 => IP6MR,
        _ => {
            s.document(|_| ());
            return Ok(0);
        }
    };
    let f = Selector::parse(s, w)?;
    let table = f.table(family);
    let mut request = Request::raw(RTM_GETROUTE, 0, &[family, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    if table != 0 {
        request.put(RTA_TABLE, &table.to_ne_bytes());
    }
    // A kernel without multicast routing of this family answers with the other families' routes.
    let mut foreign = false;
    let shown = s.show_dump(&request, ObjectType::Mroute, &mut |_| {}, &mut |p, m| {
        foreign |= m.body.get(KIND) != Some(&nix::libc::RTN_MULTICAST);
        let Some(r) = Route::parse(m.body).filter(|r| r.family == family && !foreign) else { return };
        if f.matches(&r) {
            p.object(None);
            view::describe(s, p, &r, table == 0);
            p.close();
        }
    })?;
    shown.map_err(|e| e.explain(&request).with_code(FAIL))?;
    match foreign {
        false => Ok(0),
        true => {
            let option = if family == IPMR { "CONFIG_IP_MROUTE" } else { "CONFIG_IPV6_MROUTE" };
            let d =
                Diag::fail("Non multicast route received, kernel does support IP multicast?").line("Dump terminated");
            Err(d.hint(format!("this kernel has no multicast routing of this family ({option})")))
        }
    }
}

/// The offset of rtm_type in struct rtmsg, in bytes.
const KIND: usize = 7;

/// Whether an address of a route is in a prefix.
fn within(prefix: Option<&Prefix>, r: &Route<'_>, attr: u16) -> bool {
    let Some(p) = prefix.filter(|p| p.len != 0) else { return true };
    let family = if r.family == IPMR { INET } else { INET6 };
    let ip: Option<IpAddr> = r.a.ip(attr, family);
    matches!((p.network(), ip), (Some(net), Some(ip)) if net.contains(ip))
}
