//! Routes: those with the same key are a list, which is ordered for IPv4; for IPv6 multipath routes, each path counts
//! separately.

use super::{Changed, Step, Verdict, Wanted, merged};
use crate::net::Request;
use crate::net::attr::{Attrs, align, put, u32_at};
use crate::net::multipath::Hops;
use crate::schema::family::INET6;
use crate::schema::*;
use crate::state::{Key, ObjectType, Store};
use crate::want::compare;
use netlink_packet_core::{NLM_F_APPEND, NLM_F_CREATE, NLM_F_EXCL, NLM_F_REPLACE};

/// The attributes of the path: a line that has one of them sets all.
const PATH: &[u16] = &[RTA_OIF, RTA_GATEWAY, RTA_VIA, RTA_MULTIPATH, RTA_NH_ID, RTA_ENCAP, RTA_ENCAP_TYPE, RTA_NEWDST];
/// Attributes of the key, and the remaining lifetime.
const KEY: &[u16] = &[RTA_DST, RTA_SRC, RTA_TABLE, RTA_PRIORITY, RTA_EXPIRES];

/// A path.
#[derive(Clone, Debug, PartialEq)]
struct Path {
    dev: u32,
    weight: u8,
    via: Vec<u8>,
    encap: Vec<u8>,
    /// The attributes, as sent.
    bytes: Vec<u8>,
    onlink: u8,
}

impl Path {
    /// Whether an existing path is the requested one.
    fn is(&self, told: &Path) -> bool {
        (self.dev == 0 || self.dev == told.dev)
            && self.via == told.via
            && self.encap == told.encap
            && self.weight == told.weight
    }
}

fn attr(list: &[u8], number: u16) -> &[u8] {
    compare::value(list, number).unwrap_or_default()
}

fn paths(body: &[u8]) -> Vec<Path> {
    let list = body.get(RTMSG..).unwrap_or_default();
    let own = |list: &[u8]| {
        let via = if compare::value(list, RTA_VIA).is_some() { attr(list, RTA_VIA) } else { attr(list, RTA_GATEWAY) };
        (via.to_vec(), attr(list, RTA_ENCAP).to_vec())
    };
    if let Some(several) = compare::value(list, RTA_MULTIPATH) {
        let path = |h: crate::net::multipath::Hop<'_>| {
            let (via, encap) = own(h.bytes);
            Path { dev: h.dev, weight: h.weight, via, encap, bytes: h.bytes.to_vec(), onlink: h.flags & RTNH_F_ONLINK }
        };
        return Hops::new(several).map(path).collect();
    }
    let (via, encap) = own(list);
    let dev = compare::value(list, RTA_OIF).and_then(|v| u32_at(v, 0)).unwrap_or(0);
    if dev == 0 && via.is_empty() {
        return Vec::new();
    }
    let mut bytes = Vec::new();
    for (kind, value) in
        Attrs(list).filter(|(k, _)| matches!(k & compare::NUMBER, RTA_GATEWAY | RTA_VIA | RTA_ENCAP | RTA_ENCAP_TYPE))
    {
        put(&mut bytes, kind, value);
    }
    vec![Path { dev, weight: 0, via, encap, bytes, onlink: body.get(8).map_or(0, |f| f & RTNH_F_ONLINK) }]
}

/// The differences other than in the paths.
fn settings(w: &Wanted, told: &[u8]) -> Vec<Changed> {
    let record = told.get(RTMSG..).unwrap_or_default();
    let but: Vec<u16> = PATH.iter().chain(KEY).copied().collect();
    let numbers = w.differing(ROUTE_ATTRS, record, &but);
    let mut out = w.changed(ROUTE_ATTRS, record, &numbers);
    for (at, head) in [(5, HEAD_PROTOCOL), (6, HEAD_SCOPE)] {
        if w.says(&[head]) && w.request.body.get(at) != told.get(at) {
            out.push(Changed { kind: None, words: w.words_of(&[head]), old: told.get(at).map(u8::to_string) });
        }
    }
    if w.request.body.get(7) != told.get(7) {
        out.push(Changed { kind: None, words: w.words_of(&[HEAD_KIND]), old: None });
    }
    out
}

/// Whether the paths are the requested ones.
fn same_paths(w: &Wanted, told: &[u8]) -> bool {
    let list = |body: &[u8]| attr(body.get(RTMSG..).unwrap_or_default(), RTA_NH_ID).to_vec();
    if !list(&w.request.body).is_empty() || !list(told).is_empty() {
        return list(&w.request.body) == list(told);
    }
    let (said, is) = (paths(&w.request.body), paths(told));
    // For a type without paths, the kernel reports the loopback device (IPv6).
    let rejects =
        !matches!(told.get(7), Some(&(RTN_UNICAST | RTN_LOCAL | RTN_BROADCAST | RTN_ANYCAST | RTN_MULTICAST)));
    said.is_empty() && rejects || said.len() == is.len() && said.iter().zip(&is).all(|(a, b)| a.is(b))
}

fn is_same(w: &Wanted, told: &[u8]) -> bool {
    same_paths(w, told) && settings(w, told).is_empty()
}

/// A request that deletes exactly this route: by its key, type and paths.
pub fn delete(told: &[u8]) -> Request {
    let mut r = Request::raw(RTM_DELROUTE, 0, told.get(..8).unwrap_or_default());
    r.body.resize(RTMSG, 0);
    let by_id = compare::value(told.get(RTMSG..).unwrap_or_default(), RTA_NH_ID).is_some();
    for (kind, value) in ObjectType::Route.attrs(told) {
        match kind & compare::NUMBER {
            RTA_DST | RTA_SRC | RTA_TABLE | RTA_PRIORITY | RTA_PREFSRC | RTA_NH_ID => r.put(kind, value),
            RTA_OIF | RTA_GATEWAY | RTA_VIA | RTA_MULTIPATH if !by_id => r.put(kind, value),
            _ => {}
        }
    }
    r
}

/// Compares the lines with one key with the existing routes.
pub fn judge(group: &[&Wanted], store: &Store) -> Vec<Step> {
    let Some(first) = group.first() else { return Vec::new() };
    let key = Key::of(ObjectType::Route, &first.request.body);
    let told: Vec<&[u8]> = key.as_ref().map_or_else(Vec::new, |k| store.get_all(k.bytes()).collect());
    if group.len() == told.len() && group.iter().zip(&told).all(|(w, t)| is_same(w, t)) {
        return group.iter().map(|w| Step::same(w)).collect();
    }
    let ecmp = |body: &[u8]| paths(body).iter().any(|p| !p.via.is_empty() || !p.encap.is_empty());
    let v6 = first.request.body.first() == Some(&INET6);
    if v6 && group.iter().all(|w| ecmp(&w.request.body)) && told.iter().all(|t| ecmp(t)) && !told.is_empty() {
        return by_paths(group, &told);
    }
    ordered(group, &told, v6)
}

/// An ordered list: what follows the first difference is deleted and added as requested.
fn ordered(group: &[&Wanted], told: &[&[u8]], v6: bool) -> Vec<Step> {
    if let ([w], [one]) = (group, told) {
        let mut changed = settings(w, one);
        if !same_paths(w, one) {
            changed.extend(PATH.iter().filter(|n| w.says(&[**n])).map(|n| Changed {
                kind: None,
                words: w.words_of(&[*n]),
                old: None,
            }));
        }
        // IPv6 cannot replace a route by one of another type.
        let replaces = !v6 || w.request.body.get(7) == one.get(7);
        if replaces {
            let mut r = merged(w, one, NLM_F_CREATE | NLM_F_REPLACE, PATH);
            for (at, head) in [(5, HEAD_PROTOCOL), (6, HEAD_SCOPE)] {
                if let (false, Some(slot), Some(v)) = (w.says(&[head]), r.body.get_mut(at), one.get(at))
                    && at == 5
                {
                    *slot = *v;
                }
            }
            return vec![Step::new(w, Verdict::Differs(changed), vec![r])];
        }
        let anew = super::with_flags(w, NLM_F_CREATE | NLM_F_EXCL);
        return vec![Step::new(w, Verdict::Differs(changed), vec![delete(one), anew])];
    }
    let same = match v6 {
        false => group.iter().zip(told).take_while(|(w, t)| is_same(w, t)).count(),
        true => 0,
    };
    let mut out: Vec<Step> = group.iter().take(same).map(|w| Step::same(w)).collect();
    let rest = told.get(same..).unwrap_or_default();
    let kept = |t: &[u8]| v6 && group.iter().any(|w| is_same(w, t));
    let mut before: Vec<Request> = rest.iter().filter(|t| !kept(t)).map(|t| delete(t)).collect();
    for w in group.iter().skip(same) {
        if v6 && rest.iter().any(|t| is_same(w, t)) {
            let mut step = Step::same(w);
            step.requests = std::mem::take(&mut before);
            if !step.requests.is_empty() {
                step.verdict = Verdict::Differs(Vec::new());
            }
            out.push(step);
            continue;
        }
        let mut requests = std::mem::take(&mut before);
        requests.push(super::with_flags(w, NLM_F_CREATE | NLM_F_APPEND));
        let verdict = if told.is_empty() { Verdict::Missing } else { Verdict::Differs(Vec::new()) };
        out.push(Step::new(w, verdict, requests));
    }
    // Fewer lines than routes: the last line deletes the surplus.
    if !before.is_empty()
        && let Some(step) = out.last_mut()
    {
        step.requests.extend(before);
        step.verdict = Verdict::Differs(Vec::new());
    }
    out
}

/// Adds and deletes paths one by one, so that the others keep their flows.
fn by_paths(group: &[&Wanted], told: &[&[u8]]) -> Vec<Step> {
    let all: Vec<Path> = told.iter().flat_map(|t| paths(t)).collect();
    let odd_settings = |w: &Wanted| told.iter().any(|t| !settings(w, t).is_empty());
    let mut used = vec![false; all.len()];
    let mut out = Vec::new();
    for w in group {
        let mut missing = Vec::new();
        for path in paths(&w.request.body) {
            match (0..all.len()).find(|i| used.get(*i) == Some(&false) && all.get(*i).is_some_and(|p| path.is(p))) {
                Some(i) => used.iter_mut().skip(i).take(1).for_each(|u| *u = true),
                None => missing.push(path),
            }
        }
        out.push((*w, missing));
    }
    let surplus: Vec<&Path> = all.iter().zip(&used).filter(|(_, u)| !**u).map(|(p, _)| p).collect();
    let whole = out.iter().any(|(w, _)| odd_settings(w));
    let mut steps = Vec::new();
    let count = out.len();
    for (n, (w, missing)) in out.into_iter().enumerate() {
        let mut requests = Vec::new();
        if whole {
            // A setting of all paths: the first line replaces the route, the others append their paths.
            let flags = if n == 0 { NLM_F_CREATE | NLM_F_REPLACE } else { NLM_F_CREATE | NLM_F_APPEND };
            requests.push(match told.first().filter(|_| n == 0) {
                Some(one) => merged(w, one, flags, PATH),
                None => super::with_flags(w, flags),
            });
        } else {
            // One that only differs in weight must be deleted first: the kernel refuses the same path twice.
            let clash = |p: &&&Path| missing.iter().any(|m| m.via == p.via && (m.dev == 0 || m.dev == p.dev));
            requests.extend(surplus.iter().filter(clash).map(|p| one_path(w, p, RTM_DELROUTE, 0)));
            requests.extend(missing.iter().map(|p| one_path(w, p, RTM_NEWROUTE, NLM_F_CREATE | NLM_F_APPEND)));
            if n + 1 == count {
                requests.extend(surplus.iter().filter(|p| !clash(p)).map(|p| one_path(w, p, RTM_DELROUTE, 0)));
            }
        }
        let changed: Vec<Changed> = told.first().map_or_else(Vec::new, |t| settings(w, t));
        let verdict = if requests.is_empty() { Verdict::Same } else { Verdict::Differs(changed) };
        steps.push(Step::new(w, verdict, requests));
    }
    steps
}

/// A request about one path of a route.
fn one_path(w: &Wanted, path: &Path, kind: u16, flags: u16) -> Request {
    let mut r = Request::raw(kind, flags, w.request.body.get(..RTMSG).unwrap_or_default());
    let deletes = kind == RTM_DELROUTE;
    for (attr, value) in Attrs(w.attrs()).filter(|(k, _)| !PATH.contains(&(k & compare::NUMBER))) {
        if !deletes || KEY.contains(&(attr & compare::NUMBER)) {
            r.put(attr, value);
        }
    }
    let mut hop = Vec::new();
    hop.extend(u16::try_from(path.bytes.len() + 8).unwrap_or(u16::MAX).to_ne_bytes());
    hop.extend([path.onlink, path.weight]);
    hop.extend(path.dev.to_ne_bytes());
    hop.extend_from_slice(&path.bytes);
    hop.resize(align(hop.len()), 0);
    r.put(RTA_MULTIPATH, &hop);
    crate::net::multipath::mark_encaps(r.body.get_mut(RTMSG..).unwrap_or_default());
    r
}

/// A route that should not exist: deletes all that match the line.
pub fn absent(w: &Wanted, store: &Store) -> Step {
    let Some(key) = Key::of(ObjectType::Route, &w.request.body) else { return Step::same(w) };
    let stem = key.stem();
    let metric = w.says(&[RTA_PRIORITY]);
    let matches = |k: &[u8], body: &[u8]| {
        let own = if metric { k == key.bytes() } else { k.starts_with(stem.bytes()) };
        let said = paths(&w.request.body);
        let is = paths(body);
        let odd = settings(w, body).into_iter().any(|c| !c.words.is_empty());
        own && !odd
            && said
                .iter()
                .all(|p| is.iter().any(|q| (p.dev == 0 || p.dev == q.dev) && (p.via.is_empty() || p.via == q.via)))
    };
    let found: Vec<Request> =
        store.iter(ObjectType::Route).filter(|(k, body)| matches(k, body)).map(|(_, body)| delete(body)).collect();
    match found.is_empty() {
        true => Step::same(w),
        false => Step::new(w, Verdict::Surplus, found),
    }
}
