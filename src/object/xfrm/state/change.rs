//! `xfrm state add`, `update`, `allocspi`, `delete` and `get`.

use super::super::id::HasId as _;
use super::request::{Whole, named};
use super::view::{self, Look, Sa};
use super::words::{ALLOC, ONE, One, STATE, State, without_id};
use crate::command::generic;
use crate::diag::{Diag, Span};
use crate::grammar::Words;
use crate::net::Request;
use crate::net::interceptor::{Revert, Setting, SideEffect};
use crate::net::kernel::Messages;
use crate::schema::xfrm::*;
use crate::session::Session;

/// Why `-atomic` refuses changes of states.
pub const NEVER: &str = "rip does not store keys, so it cannot restore IPsec states";

/// Runs `add` (XFRM_MSG_NEWSA) and `update` (XFRM_MSG_UPDSA).
///
/// # Errors
///
/// A wrong word, or words that do not go together; EEXIST if `add` finds the state, ENOSYS for an algorithm that the
/// kernel lacks, or another refusal.
pub fn put(s: &Session, w: &mut Words<'_>, kind: u16) -> Result<u8, Diag> {
    let from = w.at();
    let mut t = State::default();
    STATE.parse(&mut t, w).map_err(|d| without_id(d, t.id().as_ref()))?;
    let span = Span { from, to: w.at() };
    let whole = Whole::new(t, w)?;
    whole.check(span)?;
    whole.check_protocol(span)?;
    let verb = if kind == XFRM_MSG_NEWSA { "add" } else { "update" };
    let words = format!("{verb} IPsec state {}", whole.words());
    // The identifying request has no key, so the journal may record it.
    let revert = match kind {
        XFRM_MSG_NEWSA => Revert::RestoreSetting(Setting::State { named: whole.named().body }),
        _ => Revert::Impossible(NEVER),
    };
    let request = whole.request(kind);
    generic::send(s, s.xfrm()?, &request, || SideEffect::new(words, revert)).map(|()| 0)
}

impl Whole {
    /// The request that deletes it.
    fn named(&self) -> Request {
        let mark = self.t.mark.bytes();
        let source = super::super::pack::address_of(&self.id.src);
        let mark = (self.t.mark.mask != 0).then_some(mark.as_slice());
        named(XFRM_MSG_DELSA, &self.id.header(self.family), Some(&source), mark)
    }

    /// A description of the state, without its keys.
    fn words(&self) -> String {
        let mut out = self.id.words();
        if let Some(mode) = self.t.mode {
            out.push_str(&format!(" mode {}", super::super::names::mode(mode)));
        }
        for a in &self.t.algorithms {
            out.push_str(&format!(" {} {}", a.kind.word(), a.name));
        }
        out
    }
}

/// Runs `allocspi`: the kernel creates a state with a new SPI, which is printed.
///
/// # Errors
///
/// A wrong word, or words that do not go together; ENOENT if no SPI of the range is free, or another refusal of the
/// kernel.
pub fn allocate(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let from = w.at();
    let mut t = State::default();
    ALLOC.parse(&mut t, w).map_err(|d| without_id(d, t.id().as_ref()))?;
    let span = Span { from, to: w.at() };
    let whole = Whole::new(t, w)?;
    let refuse = |text: &str| Err(Diag::fail(text).at(span));
    if whole.id.spi.is_some_and(|spi| spi != 0) {
        return refuse("\"spi\" is invalid");
    }
    match whole.t.range {
        [Some(_), None] => return refuse("\"max\" is missing"),
        [None, Some(_)] => return refuse("\"min\" is missing"),
        [Some(min), Some(max)] if min > max => {
            return refuse("value after \"min\" is larger than value after \"max\"");
        }
        _ => {}
    }
    let words = format!("allocate an SPI for an IPsec state {}", whole.words());
    let request = whole.allocation();
    if !generic::allows(s, words, NEVER)? {
        return Ok(0);
    }
    let answer = s.xfrm()?.ask(&request).map_err(|e| e.explain(&request))?;
    show(s, &answer);
    Ok(0)
}

fn show(s: &Session, answer: &[u8]) {
    s.document(|p| {
        for sa in Messages(answer).filter_map(|(m, _, _)| Sa::parse(m.body, usersa_info::SIZE)) {
            p.object(None);
            view::describe(s, p, &sa, Look::default());
            p.close();
        }
    });
}

/// Parses the words that name one state.
fn one(w: &mut Words<'_>, kind: u16) -> Result<(Request, String), Diag> {
    let mut t = One::default();
    ONE.parse(&mut t, w).map_err(|d| without_id(d, t.id().as_ref()))?;
    let id = t.take_id();
    let given = id.is_some();
    let id = id.unwrap_or_default();
    let source = super::super::pack::address_of(&id.src);
    let mark = t.mark.bytes();
    let mut r = named(
        kind,
        &id.header(w.family),
        given.then_some(source.as_slice()),
        t.mark.selects().then_some(mark.as_slice()),
    );
    r.trail = t.trail;
    let words = id.words();
    r.trail.adopt(&[], id.trail);
    Ok((r, words))
}

/// Runs `delete`.
///
/// # Errors
///
/// A wrong word, no ID; ESRCH if there is no such state.
pub fn delete(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let (request, words) = one(w, XFRM_MSG_DELSA)?;
    generic::change(s, s.xfrm()?, &request, format!("delete IPsec state {words}"), NEVER).map(|()| 0)
}

/// Runs `get`.
///
/// # Errors
///
/// A wrong word, no ID; ESRCH if there is no such state.
pub fn get(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let (request, _) = one(w, XFRM_MSG_GETSA)?;
    let answer = s.xfrm()?.ask(&request).map_err(|e| e.explain(&request))?;
    show(s, &answer);
    Ok(0)
}
