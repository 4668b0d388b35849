//! `xfrm policy add`, `update`, `delete`, `get`, `flush`, `set` and `setdefault`.

use super::super::pack::set;
use super::super::selector::Selector;
use super::super::state::security_context;
use super::view::{self, Policy};
use super::words::{
    Defaults, FLUSH, Flush, ONE, One, POLICY, Policy as PolicyWords, SETDEFAULT, THRESHOLDS, Thresholds,
};
use crate::command::generic;
use crate::diag::{Diag, Span};
use crate::grammar::Words;
use crate::grammar::address::{INET, UNSPEC};
use crate::net::Request;
use crate::net::interceptor::{Revert, Setting, SideEffect};
use crate::net::kernel::Messages;
use crate::output::out::print_stderr;
use crate::schema::xfrm::*;
use crate::session::Session;

/// Why `-atomic` refuses to change all policies at once.
const NEVER: &str = "rip records one IPsec policy at a time; deleteall can be rolled back";
/// Why `-atomic` refuses to change the default policies and hash thresholds.
const NO_DEFAULTS: &str = "rip does not record the defaults of IPsec policies, so it cannot restore them";

/// Sends a change of the policy that `named` identifies (a request's body); a rollback restores the previous one.
///
/// # Errors
///
/// The kernel's refusal, or the policy cannot be recorded for the rollback.
pub fn change(s: &Session, request: &Request, named: Vec<u8>, words: String) -> Result<(), Diag> {
    let revert = Revert::RestoreSetting(Setting::Policy { named });
    generic::send(s, s.xfrm()?, request, || SideEffect::new(words, revert))
}

/// Runs `add` (XFRM_MSG_NEWPOLICY) and `update` (XFRM_MSG_UPDPOLICY).
///
/// # Errors
///
/// A wrong word, no direction; EEXIST if `add` finds the policy, or another refusal of the kernel.
pub fn put(s: &Session, w: &mut Words<'_>, kind: u16) -> Result<u8, Diag> {
    w.help_word = "";
    let mut t = PolicyWords::default();
    POLICY.parse(&mut t, w)?;
    let Some(dir) = t.dir else { return Err(no_direction(w)) };
    let family = if w.family == UNSPEC { INET } else { w.family };
    let sel = t.sel.take().unwrap_or_default().bytes(family);
    let mut head = vec![0; userpolicy_info::SIZE];
    set(&mut head, userpolicy_info::SEL, &sel);
    set(&mut head, userpolicy_info::LFT, &t.limits.0);
    set(&mut head, userpolicy_info::PRIORITY, &t.priority.to_ne_bytes());
    set(&mut head, userpolicy_info::INDEX, &t.index.unwrap_or(0).to_ne_bytes());
    set(&mut head, userpolicy_info::DIR, &[dir]);
    set(&mut head, userpolicy_info::ACTION, &[t.action]);
    set(&mut head, userpolicy_info::FLAGS, &[u8::try_from(t.flags).unwrap_or(0)]);
    let mut r = Request::xfrm(kind, 0, &head);
    if let Some(kind) = t.kind {
        r.put(XFRMA_POLICY_TYPE, &policy_type(kind));
    }
    if !t.templates.is_empty() {
        // A template without addresses has the family of the addresses before it.
        let mut preferred = super::super::pack::family_of(&sel, selector::FAMILY);
        let mut list = Vec::new();
        for template in &t.templates {
            preferred = template.family(preferred);
            list.extend_from_slice(&template.bytes(preferred));
        }
        r.put(XFRMA_TMPL, &list);
    }
    if t.mark.mask != 0 {
        r.put(XFRMA_MARK, &t.mark.bytes());
    }
    if let Some(ctx) = &t.ctx {
        r.put(XFRMA_SEC_CTX, &security_context(ctx));
    }
    if let Some(if_id) = t.if_id {
        r.put(XFRMA_IF_ID, &if_id.to_ne_bytes());
    }
    if let Some(offload) = &t.offload {
        r.put(XFRMA_OFFLOAD_DEV, offload);
    }
    r.trail = t.trail;
    let verb = if kind == XFRM_MSG_NEWPOLICY { "add" } else { "update" };
    let named = Policy::parse(&r.body, userpolicy_info::SIZE).map_or(String::new(), |p| p.words(s));
    let key = super::key(&r.body).unwrap_or_default();
    change(s, &r, key, format!("{verb} IPsec policy {named}")).map(|()| 0)
}

/// A policy type as struct xfrm_userpolicy_type.
fn policy_type(kind: u8) -> [u8; 6] {
    [kind, 0, 0, 0, 0, 0]
}

fn no_direction(w: &Words<'_>) -> Diag {
    Diag::fail("Not enough information: DIR is required.").at(Span::word(w.at()))
}

/// Parses the words that name one policy.
fn one(w: &mut Words<'_>, kind: u16) -> Result<Request, Diag> {
    w.help_word = "";
    let from = w.at();
    let mut t = One::default();
    ONE.parse(&mut t, w)?;
    let Some(dir) = t.dir else { return Err(no_direction(w)) };
    match (&t.sel, t.index) {
        (Some(_), Some(_)) => return Err(Diag::garbage("SELECTOR", "INDEX", Span { from, to: w.at() })),
        (None, None) => {
            let what = "Not enough information: either SELECTOR or INDEX is required.";
            return Err(Diag::fail(what).at(Span::word(w.at())));
        }
        _ => {}
    }
    let family = if w.family == UNSPEC || t.sel.is_none() { INET } else { w.family };
    let mut id = vec![0; userpolicy_id::SIZE];
    set(&mut id, userpolicy_id::SEL, &t.sel.unwrap_or_else(Selector::default).bytes(family));
    set(&mut id, userpolicy_id::INDEX, &t.index.unwrap_or(0).to_ne_bytes());
    set(&mut id, userpolicy_id::DIR, &[dir]);
    let mark = t.mark.bytes();
    let mark = t.mark.selects().then_some(mark.as_slice());
    let mut r = named(kind, &id, t.kind, mark, None);
    if let Some(ctx) = &t.ctx {
        r.put(XFRMA_SEC_CTX, &security_context(ctx));
    }
    if let Some(if_id) = t.if_id {
        r.put(XFRMA_IF_ID, &if_id.to_ne_bytes());
    }
    r.trail = t.trail;
    Ok(r)
}

/// A request that names one policy: XFRM_MSG_GETPOLICY or XFRM_MSG_DELPOLICY.
pub fn named(kind: u16, id: &[u8], of: Option<u8>, mark: Option<&[u8]>, if_id: Option<u32>) -> Request {
    let mut r = Request::xfrm(kind, 0, id);
    if let Some(of) = of {
        r.put(XFRMA_POLICY_TYPE, &policy_type(of));
    }
    if let Some(mark) = mark {
        r.put(XFRMA_MARK, mark);
    }
    if let Some(if_id) = if_id {
        r.put(XFRMA_IF_ID, &if_id.to_ne_bytes());
    }
    r
}

/// Runs `delete`.
///
/// # Errors
///
/// A wrong word, no selector, index or direction; ENOENT if there is no such policy.
pub fn delete(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let r = one(w, XFRM_MSG_DELPOLICY)?;
    let index = super::super::pack::u32_of(&r.body, userpolicy_id::INDEX);
    let dir = view::direction(super::super::pack::u8_of(&r.body, userpolicy_id::DIR));
    let words = match index {
        0 => {
            let sel = r.body.get(..selector::SIZE).unwrap_or_default();
            crate::command::view::one_line(|p| super::super::selector::describe(s, p, sel, INET))
        }
        index => format!("index {index}"),
    };
    change(s, &r, r.body.clone(), format!("delete IPsec policy {words} dir {dir}")).map(|()| 0)
}

/// Runs `get`.
///
/// # Errors
///
/// A wrong word, no selector, index or direction; ENOENT if there is no such policy.
pub fn get(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let r = one(w, XFRM_MSG_GETPOLICY)?;
    let answer = s.xfrm()?.ask(&r).map_err(|e| e.explain(&r))?;
    s.document(|p| {
        for policy in Messages(&answer).filter_map(|(m, _, _)| Policy::parse(m.body, userpolicy_info::SIZE)) {
            p.object(None);
            view::describe(s, p, &policy, "");
            view::end(p);
            p.close();
        }
    });
    Ok(0)
}

/// Runs `flush`.
///
/// # Errors
///
/// A wrong word, or a refusal of the kernel.
pub fn flush(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    w.help_word = "";
    let mut f = Flush::default();
    FLUSH.parse(&mut f, w)?;
    let mut r = Request::xfrm(XFRM_MSG_FLUSHPOLICY, 0, &[]);
    if let Some(kind) = f.0 {
        r.put(XFRMA_POLICY_TYPE, &policy_type(kind));
    }
    let words = match f.0 {
        Some(kind) => format!("delete all IPsec policies of type {}", view::kind_name(kind)),
        None => "delete all IPsec policies".into(),
    };
    if s.options.stats > 1 {
        print_stderr("Flush policy\n");
    }
    generic::change(s, s.xfrm()?, &r, words, NEVER).map(|()| 0)
}

/// Runs `set`: sets the prefix lengths from which policies are looked up by hash.
///
/// # Errors
///
/// A wrong word, or a refusal of the kernel.
pub fn thresholds(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    w.help_word = "";
    let mut t = Thresholds::default();
    THRESHOLDS.parse(&mut t, w)?;
    let mut r = Request::xfrm(XFRM_MSG_NEWSPDINFO, 0, &u32::MAX.to_ne_bytes());
    let mut words = String::from("set IPsec policy");
    for (attr, name, bits) in
        [(XFRMA_SPD_IPV4_HTHRESH, "hthresh4", t.four), (XFRMA_SPD_IPV6_HTHRESH, "hthresh6", t.six)]
    {
        if let Some([local, remote]) = bits {
            r.put(attr, &[local, remote]);
            words.push_str(&format!(" {name} {local} {remote}"));
        }
    }
    r.trail = t.trail;
    generic::change(s, s.xfrm()?, &r, words, NO_DEFAULTS).map(|()| 0)
}

/// Runs `setdefault`: sets what happens to packets without a policy.
///
/// # Errors
///
/// A wrong word, or a refusal of the kernel.
pub fn set_default(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    w.help_word = "";
    let mut d = Defaults::default();
    SETDEFAULT.parse(&mut d, w)?;
    let [input, output, forward] = d.0;
    let r = super::defaults_request(XFRM_MSG_SETDEFAULT, [input, forward, output].map(|v| v.unwrap_or(0)));
    let mut words = String::from("set default IPsec policy");
    for (name, v) in [("in", input), ("fwd", forward), ("out", output)] {
        if let Some(v) = v {
            words.push_str(&format!(" {name} {}", super::default_name(v)));
        }
    }
    generic::change(s, s.xfrm()?, &r, words, NO_DEFAULTS).map(|()| 0)
}
