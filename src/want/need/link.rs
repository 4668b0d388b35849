//! Links, identified by name; of an existing one only the settings that differ are sent.

use super::{Changed, Step, Verdict, Wanted, shown, with_flags};
use crate::net::Request;
use crate::net::attr::{Attrs, put, u32_at, until_nul};
use crate::object::Declared;
use crate::schema::{Kinds as _, *};
use crate::state::{ObjectType, Store};
use crate::want::compare::{self, NUMBER};
use netlink_packet_core::{NLM_F_CREATE, NLM_F_EXCL};

/// The link with a name or an altname.
pub fn named<'a>(store: &'a Store, name: &[u8]) -> Option<&'a [u8]> {
    let own = |body: &&[u8]| {
        let a = ObjectType::Link.index(body);
        let mut others = Attrs(a.get(IFLA_PROP_LIST).unwrap_or_default());
        body.first() == Some(&0) && (a.str(IFLA_IFNAME) == Some(name) || others.any(|(_, n)| until_nul(n) == name))
    };
    store.iter(ObjectType::Link).map(|(_, body)| body).find(own)
}

/// Compares a line with the present state.
pub fn judge(w: &Wanted, store: &Store, recreate: bool) -> Step {
    let r = &w.request;
    let index = u32_at(&r.body, 4).unwrap_or(0);
    match r.kind {
        RTM_DELLINK => match store.link(index) {
            Some(_) => Step::new(w, Verdict::Surplus, vec![r.clone()]),
            None => Step::same(w),
        },
        RTM_NEWLINKPROP | RTM_DELLINKPROP => property(w, store, index),
        _ => {
            let creates = r.flags & NLM_F_CREATE != 0;
            let name = ObjectType::Link.index(&r.body).str(IFLA_IFNAME);
            let told = match name.filter(|_| creates) {
                Some(name) => named(store, name),
                None => store.link(index),
            };
            match told {
                None => Step::new(
                    w,
                    Verdict::Missing,
                    vec![with_flags(w, if creates { NLM_F_CREATE | NLM_F_EXCL } else { r.flags })],
                ),
                Some(told) => compare_one(w, told, store, recreate, creates),
            }
        }
    }
}

/// Altnames, each separately.
fn property(w: &Wanted, store: &Store, index: u32) -> Step {
    let list = |body: &[u8]| -> Vec<Vec<u8>> {
        let names = compare::value(body, IFLA_PROP_LIST).unwrap_or_default();
        Attrs(names).map(|(_, n)| until_nul(n).to_vec()).collect()
    };
    let has = store.link(index).map_or_else(Vec::new, |told| list(told.get(IFINFOMSG..).unwrap_or_default()));
    let said = list(w.attrs());
    let adds = w.request.kind == RTM_NEWLINKPROP;
    let odd: Vec<Vec<u8>> = said.into_iter().filter(|n| has.contains(n) != adds).collect();
    if odd.is_empty() {
        return Step::same(w);
    }
    let mut names = Vec::new();
    for name in odd {
        let mut z = name;
        z.push(0);
        put(&mut names, IFLA_ALT_IFNAME, &z);
    }
    let mut r = Request::raw(w.request.kind, w.request.flags, w.request.body.get(..IFINFOMSG).unwrap_or_default());
    r.put(IFLA_PROP_LIST | NESTED, &names);
    Step::new(w, if adds { Verdict::Missing } else { Verdict::Surplus }, vec![r])
}

/// A request that changes a link.
fn change(told: &[u8]) -> Request {
    let mut header = vec![0u8; 4];
    header.extend(u32_at(told, 4).unwrap_or(0).to_ne_bytes());
    header.resize(IFINFOMSG, 0);
    Request::raw(RTM_NEWLINK, 0, &header)
}

fn compare_one(w: &Wanted, told: &[u8], store: &Store, recreate: bool, creates: bool) -> Step {
    let record = told.get(IFINFOMSG..).unwrap_or_default();
    let elsewhere = [IFLA_NET_NS_FD, IFLA_NET_NS_PID, IFLA_TARGET_NETNSID, IFLA_NEW_IFINDEX];
    if elsewhere.iter().any(|n| compare::value(w.attrs(), *n).is_some()) {
        return Step::refused(w, "it exists here, and a move to another namespace cannot be rolled back");
    }
    // It was found by its name.
    let mut numbers = w.differing(LINK_ATTRS, record, &[IFLA_LINKINFO, IFLA_EXT_MASK]);
    numbers.retain(|n| *n != IFLA_IFNAME || !creates);
    let fixed = |n: &u16| find(LINK_ATTRS, *n).is_some_and(|row| row.access == Access::Create) || *n == IFLA_LINK;
    let of = |n: &u16| {
        let mut list = w.changed(LINK_ATTRS, record, &[*n]);
        // A link is identified by its name.
        let other = compare::value(record, *n).and_then(|v| store.link(u32_at(v, 0)?));
        let name = other.and_then(|b| ObjectType::Link.index(b).str(IFLA_IFNAME));
        if let (IFLA_LINK | IFLA_MASTER, Some(name)) = (*n, name) {
            list.iter_mut().for_each(|c| c.old = Some(crate::output::escape::shown(name)));
        }
        list
    };
    let mut changed: Vec<Changed> = numbers.iter().flat_map(of).collect();
    let mut hard: Vec<Changed> = numbers.iter().filter(|n| fixed(n)).flat_map(of).collect();
    let mut r = change(told);
    for (kind, value) in Attrs(w.attrs()).filter(|(k, _)| numbers.contains(&(k & NUMBER))) {
        r.put(kind, value);
    }
    match info(w, record, store) {
        Info::Same => {}
        Info::Other(words) => hard.push(words),
        Info::Fixed(list) => hard.extend(list),
        Info::Differs(list, info) => {
            changed.extend(list);
            r.put(IFLA_LINKINFO | NESTED, &info);
        }
    }
    if !hard.is_empty() {
        let words: Vec<String> = hard.iter().map(|c| said(&c.words)).collect();
        if !recreate || !creates {
            let why = format!(
                "the kernel cannot change {} of an existing link; \"ensure recreate\" recreates it",
                words.join(", ")
            );
            return Step::refused(w, why);
        }
        let mut step = Step::new(w, Verdict::Differs(hard), anew(w, told)).destructive();
        step.settings = rest(w, told);
        return step;
    }
    let (flags, mask) = (u32_at(&w.request.body, 8).unwrap_or(0), u32_at(&w.request.body, 12).unwrap_or(0));
    let odd = (flags ^ u32_at(told, 8).unwrap_or(0)) & mask;
    if odd != 0 {
        let flag_words: &[&str] =
            &["up", "down", "arp", "multicast", "promisc", "allmulticast", "allmulti", "dynamic", "trailers"];
        let words =
            w.words.iter().enumerate().filter(|(_, word)| flag_words.iter().any(|f| f.as_bytes() == word.as_slice()));
        let words = words.flat_map(|(at, word)| {
            let value = w.words.get(at + 1).filter(|v| matches!(v.as_slice(), b"on" | b"off"));
            std::iter::once(word.clone()).chain(value.cloned())
        });
        changed.push(Changed { kind: None, words: words.collect(), old: None });
        if let Some(room) = r.body.get_mut(8..16) {
            room.copy_from_slice(&[(flags & odd).to_ne_bytes(), odd.to_ne_bytes()].concat());
        }
    }
    if changed.is_empty() {
        return Step::same(w);
    }
    let mut step = Step::new(w, Verdict::Differs(changed), vec![r]);
    if recreate && creates {
        step.fallback = anew(w, told);
        step.settings = rest(w, told);
    }
    step
}

fn said(words: &[Vec<u8>]) -> String {
    let text: Vec<String> = words.iter().map(|w| crate::output::escape::shown(w)).collect();
    format!("\"{}\"", text.join(" "))
}

/// The request that deletes a link.
pub fn delete_link(told: &[u8]) -> Request {
    let mut r = change(told);
    r.kind = RTM_DELLINK;
    r
}

/// The requests that delete the link and create it by the line, with its former index, so that its configuration can be
/// restored.
fn anew(w: &Wanted, told: &[u8]) -> Vec<Request> {
    let mut add = with_flags(w, NLM_F_CREATE | NLM_F_EXCL);
    if let (Some(slot), Some(index)) = (add.body.get_mut(4..8), told.get(4..8)) {
        slot.copy_from_slice(index);
    }
    vec![delete_link(told), add]
}

/// The settings that a line does not mention, one request each.
fn rest(w: &Wanted, told: &[u8]) -> Vec<Request> {
    let plain = |a: &&Attr| a.access == Access::Set && !matches!(a.form, Form::Nest(_)) && a.number != IFLA_IFNAME;
    let a = ObjectType::Link.index(told);
    let unsaid = LINK_ATTRS.iter().filter(plain).filter(|row| compare::value(w.attrs(), row.number).is_none());
    let mut out: Vec<Request> =
        unsaid.filter_map(|row| a.get(row.number).map(|v| change(told).with(row.number, v))).collect();
    let mask = crate::state::FLAGS & !u32_at(&w.request.body, 12).unwrap_or(0);
    let flags = u32_at(told, 8).unwrap_or(0) & mask;
    let mut r = change(told);
    if let Some(room) = r.body.get_mut(8..16) {
        room.copy_from_slice(&[flags.to_ne_bytes(), mask.to_ne_bytes()].concat());
    }
    out.push(r);
    out
}

/// The comparison of a kind's settings.
enum Info {
    Same,
    /// The link is of another kind.
    Other(Changed),
    /// Settings differ that the kernel accepts only at creation.
    Fixed(Vec<Changed>),
    /// Settings differ; with the attribute that changes them.
    Differs(Vec<Changed>, Vec<u8>),
}

fn info(w: &Wanted, record: &[u8], store: &Store) -> Info {
    let Some(said) = compare::value(w.attrs(), IFLA_LINKINFO) else { return Info::Same };
    let told = compare::value(record, IFLA_LINKINFO).unwrap_or_default();
    let Some(kind) = compare::value(said, IFLA_INFO_KIND).map(until_nul) else { return Info::Same };
    // A request has the kind of a port with this suffix, a report without.
    let base = kind.strip_suffix(b"_slave");
    let (own_attr, data_attr) = match base {
        Some(_) => (IFLA_INFO_SLAVE_KIND, IFLA_INFO_SLAVE_DATA),
        None => (IFLA_INFO_KIND, IFLA_INFO_DATA),
    };
    let own = compare::value(told, own_attr).map(until_nul);
    if base.is_some() && own.is_none() {
        // It needs its master first.
        return Info::Differs(
            vec![Changed { kind: None, words: w.words_of(&[IFLA_LINKINFO]), old: None }],
            said.to_vec(),
        );
    }
    if own != Some(base.unwrap_or(kind)) {
        let old = own.map(crate::output::escape::shown);
        return Info::Other(Changed { kind: None, words: vec![b"type".to_vec(), kind.to_vec()], old });
    }
    let table = base.map_or_else(|| Declared.kind(kind), |base| Declared.port(base)).unwrap_or_default();
    let data = compare::value(said, data_attr).unwrap_or_default();
    let is = compare::value(told, data_attr).unwrap_or_default();
    let pair = Declared.quirks(kind).peer;
    if let Some(other) = pair.and_then(|attr| peer(compare::value(data, attr), record, store)) {
        return Info::Other(other);
    }
    let says = |n: &u16| w.says(&[IFLA_LINKINFO, data_attr, *n]) || w.says(&[data_attr, *n]);
    let differing = compare::differing(table, data, is).into_iter();
    let numbers: Vec<u16> = differing.filter(says).filter(|n| Some(*n) != pair).collect();
    if numbers.is_empty() {
        return Info::Same;
    }
    let changed = |n: &u16| Changed {
        kind: Some(kind.to_vec()),
        words: w.words_of(&[IFLA_LINKINFO, data_attr, *n]),
        old: shown(find(table, *n), compare::value(is, *n)),
    };
    let fixed = |n: &&u16| find(table, **n).is_some_and(|row| row.access == Access::Create);
    let hard: Vec<Changed> = numbers.iter().filter(fixed).map(changed).collect();
    if !hard.is_empty() {
        return Info::Fixed(hard);
    }
    let mut all = Vec::new();
    // A kind that resets what a change omits is sent everything.
    if Declared.quirks(kind).resets {
        let kept = Attrs(is).filter(|(k, _)| find(table, *k & NUMBER).is_none_or(Attr::is_settable));
        kept.filter(|(k, _)| !numbers.contains(&(k & NUMBER))).for_each(|(k, v)| put(&mut all, k, v));
    }
    Attrs(data).filter(|(k, _)| numbers.contains(&(k & NUMBER))).for_each(|(k, v)| put(&mut all, k, v));
    let mut out = Vec::new();
    put(&mut out, IFLA_INFO_KIND, kind);
    put(&mut out, data_attr | NESTED, &all);
    Info::Differs(numbers.iter().map(changed).collect(), out)
}

/// Compares a peer in this namespace: only its name, because its settings have their own lines.
fn peer(said: Option<&[u8]>, record: &[u8], store: &Store) -> Option<Changed> {
    let name = compare::value(said?.get(IFINFOMSG..)?, IFLA_IFNAME).map(until_nul)?;
    let index = u32_at(compare::value(record, IFLA_LINK)?, 0)?;
    if compare::value(record, IFLA_LINK_NETNSID).is_some() {
        return None;
    }
    let own = store.link(index).and_then(|b| ObjectType::Link.index(b).str(IFLA_IFNAME).map(<[u8]>::to_vec))?;
    (own != name).then(|| Changed {
        kind: None,
        words: vec![b"peer".to_vec(), b"name".to_vec(), name.to_vec()],
        old: Some(crate::output::escape::shown(&own)),
    })
}
