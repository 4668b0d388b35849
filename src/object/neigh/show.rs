//! `neigh show` and `flush`.

use super::state::{ALL, NONE, StateOrAll};
use super::view::{self, *};
use crate::command::flush::Flush;
use crate::diag::{Diag, Span};
use crate::grammar::address::{Prefix, PrefixOf};
use crate::grammar::named::PROTOCOL_OR_ALL;
use crate::grammar::number::Term;
use crate::grammar::value::VrfDev;
use crate::grammar::value::{Absent, Dev, Flag, Word};
use crate::grammar::{Arg, Fallback, Grammar, Names as _, Row, Target, Value, Words, spells};
use crate::net::Request;
use crate::net::kernel::Messages;
use crate::output::Printer;
use crate::schema::*;
use crate::session::Session;
use crate::state::{ObjectType, consistent_dump};
use crate::{row, rows};
use nix::errno::Errno;
use std::borrow::Cow;

/// NDA_MASTER value for devices without a master (net/core/neighbour.c).
const NO_MASTER: u32 = u32::MAX;

/// The words that select entries.
#[derive(Default)]
pub struct Selector {
    dev: Option<(Vec<u8>, usize)>,
    index: Option<u32>,
    /// The index of the master; `NO_MASTER` for devices that have none.
    master: Option<u32>,
    unused: bool,
    state: Option<u16>,
    proxy: bool,
    protocol: Option<u32>,
    to: Option<Prefix>,
}

impl Target for Selector {}

static ROWS: &[Row<Selector>] = rows!(Selector;
    @once "dev" => Word("DEV"), "on this device", |f, v| f.dev = Some(v);
    "master" => Dev(Absent::Wrong), "on ports of this device", |f, v| f.master = Some(v);
    "vrf" => Term("NAME", VrfDev("Not a valid VRF name\n")), "on devices of this VRF", |f, v| f.master = Some(v);
    "nomaster" => Flag, "on devices without a master", |f, ()| f.master = Some(NO_MASTER);
    "unused" => Flag, "unused entries", |f, ()| f.unused = true;
    "nud" => Term("STATE", StateOrAll), "entries in this state; may be repeated", |f, v| f.state = Some(f.state.unwrap_or(0) | v);
    "proxy" => Flag, "proxy entries", |f, ()| f.proxy = true;
    "protocol~" => Term("PROTO", PROTOCOL_OR_ALL), "added by this protocol", |f, v| f.protocol = v;
);

static TO: Row<Selector> = row!(Selector; "to" => Term("PREFIX", Net), "in this prefix", |f, v| f.to = Some(v));

/// The words of `neigh show` and `neigh flush`.
pub static SELECTOR: Grammar<Selector> =
    Grammar { title: "NEIGH-SELECTOR", rows: &[ROWS], fallback: Fallback::Take(&TO) };

/// A prefix, which sets the family.
struct Net;

impl Value for Net {
    type Out = Prefix;
    fn meta(&self) -> Cow<'static, str> {
        "PREFIX".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Prefix, Diag> {
        if w.peek().is_some_and(|arg| spells("help~", arg.bytes)) {
            return Err(w.usage());
        }
        PrefixOf.take(w)
    }
}

impl Selector {
    /// Parses the words of `neigh show` and `neigh flush`.
    ///
    /// # Errors
    ///
    /// A wrong word, or a device that does not exist.
    pub fn parse(s: &Session, w: &mut Words<'_>) -> Result<Selector, Diag> {
        let mut f = Selector::default();
        SELECTOR.parse(&mut f, w)?;
        if let Some((name, at)) = &f.dev {
            let arg = Arg { bytes: name, at: *at };
            let found = s.link(name)?;
            f.index = Some(found.ok_or_else(|| Absent::CannotFind.say(&arg))?);
        }
        Ok(f)
    }

    /// The dump request, with the kernel's filters: family, device and master.
    fn request(&self, family: u8) -> Request {
        let flags = if self.proxy { NTF_PROXY } else { 0 };
        let mut request = Request::of_family(RTM_GETNEIGH, 0, family).with_header_byte(NDM_FLAGS, flags);
        if let Some(index) = self.index {
            request.put(NDA_IFINDEX, &index.to_ne_bytes());
        }
        if let Some(master) = self.master {
            request.put(NDA_MASTER, &master.to_ne_bytes());
        }
        request
    }

    /// Whether `show` prints this entry.
    pub fn matches(&self, n: &Neigh<'_>, family: u8) -> bool {
        let proxy = n.flags & NTF_PROXY != 0;
        proxy == self.proxy
            && self.master.is_none_or(|m| m == NO_MASTER || n.a.u32(NDA_MASTER) == Some(m))
            && self.matches_states(n, family, self.state.unwrap_or(0xff & !NUD_NOARP))
    }

    fn matches_states(&self, n: &Neigh<'_>, family: u8, states: u16) -> bool {
        if family != 0 && family != n.family || self.index.is_some_and(|i| i != n.index) {
            return false;
        }
        let state = if n.state == 0 { NONE } else { n.state };
        let free = n.flags & (NTF_PROXY | NTF_EXT_LEARNED) != 0;
        if states & state == 0 && !free {
            return false;
        }
        if self.protocol.is_some_and(|v| n.a.u8(NDA_PROTOCOL).map(u32::from) != Some(v)) {
            return false;
        }
        if self.unused && n.users().is_some_and(|u| u != 0) {
            return false;
        }
        if self.master == Some(NO_MASTER) && n.a.has(NDA_MASTER) {
            return false;
        }
        match &self.to {
            Some(p) if p.addr.is_some() => {
                matches!((p.network(), n.a.ip(NDA_DST, n.family)), (Some(net), Some(ip)) if net.contains(ip))
            }
            _ => true,
        }
    }
}

fn dump(s: &Session, f: &Selector, family: u8) -> Result<Vec<u8>, Diag> {
    let request = f.request(family);
    consistent_dump::collect(s.kernel()?, ObjectType::Neigh, &request)
        .map_err(|e| e.explain_flush(&request).with_code(crate::diag::FAIL))
}

/// Runs `neigh show`.
///
/// # Errors
///
/// A wrong word, a device that does not exist, or the kernel refuses the dump.
pub fn show(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let f = Selector::parse(s, w)?;
    let states = f.state.map_or(0xff & !NUD_NOARP, |v| if v & ALL == ALL { u16::MAX } else { v });
    let request = f.request(w.family);
    let shown = s.show_dump(&request, ObjectType::Neigh, &mut |_| {}, &mut |p, m| {
        if let Some(n) = Neigh::parse(m.body).filter(|n| f.matches_states(n, w.family, states)) {
            p.object(None);
            view::describe(s, p, &n, f.index.is_none(), false);
            p.close();
        }
    })?;
    shown.map(|()| 0).map_err(|e| e.explain(&request).with_code(crate::diag::FAIL))
}

/// ENOENT is no error: the kernel may have collected the entry in the meantime.
const FLUSH: Flush =
    Flush { noun: "entries", gone: &[Errno::ENOENT], code: crate::diag::FAIL, rounds: 10, incomplete: None };

/// Runs `neigh flush`.
///
/// # Errors
///
/// No words, a wrong word, a refusal of the kernel, or entries that are left after the last round.
pub fn flush(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    if w.is_empty() {
        return Err(Diag::fail("Flush requires arguments.").at(Span::word(w.at())));
    }
    let f = Selector::parse(s, w)?;
    let states = f.state.unwrap_or(!(NUD_PERMANENT | NUD_NOARP));
    let describe = |p: &mut Printer<'_>, body: &[u8]| {
        if let Some(n) = Neigh::parse(body) {
            view::describe(s, p, &n, f.index.is_none(), false);
        }
    };
    FLUSH.run(s, &describe, &mut |doom| {
        let all = dump(s, &f, w.family)?;
        let fits = |body: &[u8]| Neigh::parse(body).is_some_and(|n| f.matches_states(&n, w.family, states));
        let doomed = Messages(&all).filter(|(m, _, _)| fits(m.body));
        doomed.for_each(|(m, _, _)| doom(Request::raw(RTM_DELNEIGH, 0, m.body)));
        Ok(())
    })
}
