//! Rules, nexthop objects, neighbours and address labels.

use super::{Changed, Step, Verdict, Wanted, delete, with_flags};
use crate::net::Request;
use crate::net::attr::{put, u16_at};
use crate::schema::*;
use crate::state::{Key, ObjectType, Store};
use crate::want::compare;
use netlink_packet_core::{NLM_F_CREATE, NLM_F_EXCL, NLM_F_REPLACE};

/// Neighbour states that users set and the kernel keeps.
const KEPT: u16 = NUD_PERMANENT | NUD_NOARP;

/// Compares a line with the present state.
pub fn judge(object: ObjectType, w: &Wanted, store: &Store, recreate: bool) -> Step {
    match object {
        ObjectType::Rule => rule(w, store),
        ObjectType::Nexthop => nexthop(w, store, recreate),
        ObjectType::Neigh => neigh(w, store),
        _ => other(object, w, store),
    }
}

/// A body without its preference, so that rules that differ only in that have the same key.
pub fn without_preference(body: &[u8]) -> Vec<u8> {
    let mut out = body.get(..FIB_RULE_HDR).unwrap_or_default().to_vec();
    for (kind, value) in ObjectType::Rule.attrs(body).filter(|(kind, _)| *kind != FRA_PRIORITY) {
        put(&mut out, kind, value);
    }
    out
}

fn rule(w: &Wanted, store: &Store) -> Step {
    let body = &w.request.body;
    let given = w.says(&[FRA_PRIORITY]) || ObjectType::Rule.index(body).has(FRA_PRIORITY);
    let key = |b: &[u8]| match given {
        true => Key::of(ObjectType::Rule, b),
        false => Key::of(ObjectType::Rule, &without_preference(b)),
    };
    let own = key(body);
    let is_own = |b: &[u8]| match w.is_absent() {
        // A deletion matches by the words it has.
        true => said_of_rule(w, b),
        false => key(b) == own,
    };
    let all: Vec<&[u8]> =
        store.list(ObjectType::Rule).into_iter().filter(|b| b.first() == body.first() && is_own(b)).collect();
    if w.is_absent() {
        let doomed: Vec<Request> = all.iter().map(|b| delete(ObjectType::Rule, b)).collect();
        return if doomed.is_empty() { Step::same(w) } else { Step::new(w, Verdict::Surplus, doomed) };
    }
    let said = compare::value(w.attrs(), FRA_PROTOCOL).filter(|_| w.says(&[FRA_PROTOCOL]));
    let protocol =
        |b: &[u8]| said.is_none() || compare::value(b.get(FIB_RULE_HDR..).unwrap_or_default(), FRA_PROTOCOL) == said;
    match all.first() {
        None => Step::new(w, Verdict::Missing, vec![with_flags(w, NLM_F_CREATE | NLM_F_EXCL)]),
        Some(_) if all.iter().any(|b| protocol(b)) => Step::same(w),
        Some(told) => {
            let changed = Changed { kind: None, words: w.words_of(&[FRA_PROTOCOL]), old: None };
            let anew = with_flags(w, NLM_F_CREATE | NLM_F_EXCL);
            Step::new(w, Verdict::Differs(vec![changed]), vec![delete(ObjectType::Rule, told), anew])
        }
    }
}

/// Whether a rule has everything that the words of a deletion say.
fn said_of_rule(w: &Wanted, told: &[u8]) -> bool {
    let body = &w.request.body;
    let record = told.get(FIB_RULE_HDR..).unwrap_or_default();
    let table = |b: &[u8]| {
        ObjectType::Rule.index(b).u32(FRA_TABLE).unwrap_or_else(|| u32::from(b.get(4).copied().unwrap_or(0)))
    };
    let differs = compare::differing(RULE_ATTRS, w.attrs(), record);
    let lengths = [1usize, 2].iter().all(|at| body.get(*at) == Some(&0) || body.get(*at) == told.get(*at));
    let action = body.get(7) == Some(&0) || body.get(7) == told.get(7);
    let wanted = table(body);
    lengths
        && action
        && (wanted == 0 || wanted == table(told))
        && differs.iter().all(|n| *n == FRA_TABLE || !w.says(&[*n]))
}

fn nexthop(w: &Wanted, store: &Store, recreate: bool) -> Step {
    let object = ObjectType::Nexthop;
    let told = Key::of(object, &w.request.body).and_then(|k| store.get(&k));
    if w.is_absent() {
        return match told {
            Some(told) => {
                let id = compare::value(told.get(NHMSG..).unwrap_or_default(), NHA_ID).unwrap_or_default();
                Step::new(w, Verdict::Surplus, vec![Request::of_family(RTM_DELNEXTHOP, 0, 0).with(NHA_ID, id)])
            }
            None => Step::same(w),
        };
    }
    if compare::value(w.attrs(), NHA_ID).is_none() {
        return Step::refused(w, "a nexthop is identified by its id, which the line lacks");
    }
    let Some(told) = told else {
        return Step::new(w, Verdict::Missing, vec![with_flags(w, NLM_F_CREATE | NLM_F_EXCL)]);
    };
    let record = told.get(NHMSG..).unwrap_or_default();
    let numbers = w.differing(NEXTHOP_ATTRS, record, &[NHA_ID]);
    let mut changed = w.changed(NEXTHOP_ATTRS, record, &numbers);
    if w.says(&[HEAD_PROTOCOL]) && w.request.body.get(2) != told.get(2) {
        changed.push(Changed { kind: None, words: w.words_of(&[HEAD_PROTOCOL]), old: told.get(2).map(u8::to_string) });
    }
    let is_group = |list: &[u8]| compare::value(list, NHA_GROUP).is_some();
    let says_path =
        [NHA_GROUP, NHA_GATEWAY, NHA_OIF, NHA_BLACKHOLE].iter().any(|n| compare::value(w.attrs(), *n).is_some());
    if says_path && is_group(w.attrs()) != is_group(record) {
        if !recreate {
            return Step::refused(
                w,
                "the kernel cannot turn a nexthop into a group or back; \"ensure recreate\" recreates it",
            );
        }
        let id = compare::value(record, NHA_ID).unwrap_or_default();
        let gone = Request::of_family(RTM_DELNEXTHOP, 0, 0).with(NHA_ID, id);
        return Step::new(w, Verdict::Differs(changed), vec![gone, with_flags(w, NLM_F_CREATE | NLM_F_EXCL)])
            .destructive();
    }
    if changed.is_empty() {
        return Step::same(w);
    }
    // A group is replaced as a whole; of a single nexthop only the path is reported as given.
    let mut r = with_flags(w, NLM_F_CREATE | NLM_F_REPLACE);
    let says_way =
        compare::value(w.attrs(), NHA_GATEWAY).is_some() || compare::value(w.attrs(), NHA_BLACKHOLE).is_some();
    for (kind, value) in ObjectType::Nexthop.attrs(told).filter(|_| !is_group(record)) {
        let own = matches!(kind, NHA_OIF | NHA_GATEWAY | NHA_ENCAP | NHA_ENCAP_TYPE);
        if own && !says_way && compare::value(w.attrs(), kind).is_none() {
            r.put(kind, value);
        }
    }
    if !w.says(&[HEAD_PROTOCOL])
        && let (Some(slot), Some(v)) = (r.body.get_mut(2), told.get(2))
    {
        *slot = *v;
    }
    Step::new(w, Verdict::Differs(changed), vec![r])
}

fn neigh(w: &Wanted, store: &Store) -> Step {
    let object = ObjectType::Neigh;
    let body = &w.request.body;
    let told = Key::of(object, body).and_then(|k| store.get(&k));
    let state = |b: &[u8]| u16_at(b, 8).unwrap_or(0);
    let proxy = body.get(10).is_some_and(|f| f & NTF_PROXY != 0);
    let gone = |b: &[u8]| !proxy && state(b) & NUD_FAILED != 0;
    if w.is_absent() {
        return match told.filter(|b| !gone(b)) {
            Some(_) => Step::new(w, Verdict::Surplus, vec![w.request.clone()]),
            None => Step::same(w),
        };
    }
    if !proxy && state(body) & KEPT == 0 {
        return Step::refused(w, "neighbour states other than permanent and noarp do not persist");
    }
    let create = with_flags(w, NLM_F_CREATE | NLM_F_REPLACE);
    let Some(told) = told.filter(|b| !gone(b)) else { return Step::new(w, Verdict::Missing, vec![create]) };
    let record = told.get(NDMSG..).unwrap_or_default();
    let numbers = w.differing(NEIGH_ATTRS, record, &[NDA_DST]);
    let mut changed = w.changed(NEIGH_ATTRS, record, &numbers);
    if !proxy && state(body) & KEPT != state(told) & KEPT {
        changed.push(Changed { kind: None, words: w.words_of(&[HEAD_STATE]), old: None });
    }
    let flags = |b: &[u8]| b.get(10).copied().unwrap_or(0);
    if flags(body) & !flags(told) != 0 {
        changed.push(Changed { kind: None, words: Vec::new(), old: None });
    }
    if changed.is_empty() { Step::same(w) } else { Step::new(w, Verdict::Differs(changed), vec![create]) }
}

fn other(object: ObjectType, w: &Wanted, store: &Store) -> Step {
    let told = Key::of(object, &w.request.body).and_then(|k| store.get(&k));
    let header = object.spec().header;
    match (told, w.is_absent()) {
        (Some(told), true) => Step::new(w, Verdict::Surplus, vec![delete(object, told)]),
        (None, true) => Step::same(w),
        (None, false) => Step::new(w, Verdict::Missing, vec![with_flags(w, NLM_F_CREATE | NLM_F_EXCL)]),
        (Some(told), false) => {
            let table = message(object.spec().new).map_or(&[][..], |m| m.attrs);
            let record = told.get(header..).unwrap_or_default();
            let numbers = w.differing(table, record, &[]);
            if numbers.is_empty() {
                return Step::same(w);
            }
            let changed = w.changed(table, record, &numbers);
            Step::new(w, Verdict::Differs(changed), vec![with_flags(w, NLM_F_CREATE | NLM_F_REPLACE)])
        }
    }
}
