//! Addresses, identified by device, address and (IPv4) prefix.

use super::{Changed, Step, Verdict, Wanted, delete, merged, with_flags};
use crate::net::attr::u32_at;
use crate::schema::family::INET;
use crate::schema::*;
use crate::state::{Key, ObjectType, Store};
use crate::want::compare;
use netlink_packet_core::{NLM_F_CREATE, NLM_F_EXCL, NLM_F_REPLACE};

/// Flags that users set and the kernel keeps (IFA_F_* of linux/if_addr.h): NODAD, HOMEADDRESS, MANAGETEMPADDR,
/// NOPREFIXROUTE, MCAUTOJOIN.
const FLAGS: u32 = 0x02 | 0x10 | 0x100 | 0x200 | 0x400;
/// The attributes that a replacement changes in place; for IPv4 it ignores all others.
const IN_PLACE: &[u16] = &[IFA_RT_PRIORITY, IFA_PROTO, IFA_CACHEINFO];

/// Compares a line with the present state.
pub fn judge(w: &Wanted, store: &Store) -> Step {
    let body = &w.request.body;
    let told = Key::of(ObjectType::Address, body).and_then(|key| store.get(&key));
    if w.is_absent() {
        return match told {
            Some(told) => Step::new(w, Verdict::Surplus, vec![delete(ObjectType::Address, told)]),
            None => Step::same(w),
        };
    }
    let Some(told) = told else {
        return Step::new(w, Verdict::Missing, vec![with_flags(w, NLM_F_CREATE | NLM_F_EXCL)]);
    };
    let record = told.get(IFADDRMSG..).unwrap_or_default();
    let mut numbers = w.differing(ADDRESS_ATTRS, record, &[IFA_LOCAL, IFA_ADDRESS, IFA_FLAGS, IFA_CACHEINFO]);
    let mut changed = w.changed(ADDRESS_ATTRS, record, &numbers);
    let word = |words: &[&str]| -> Vec<Vec<u8>> { words.iter().map(|w| w.as_bytes().to_vec()).collect() };
    let v4 = body.first() == Some(&INET);
    let mut in_place = numbers.iter().all(|n| IN_PLACE.contains(n)) || !v4;
    if v4 && w.says(&[HEAD_SCOPE]) && body.get(3) != told.get(3) {
        changed.push(Changed { kind: None, words: w.words_of(&[HEAD_SCOPE]), old: told.get(3).map(u8::to_string) });
        in_place = false;
    }
    if !v4 && body.get(1) != told.get(1) {
        return Step::refused(
            w,
            format!("the address has the prefix length {} there", told.get(1).copied().unwrap_or(0)),
        );
    }
    let flags = |list: &[u8], head: &[u8]| {
        compare::value(list, IFA_FLAGS)
            .and_then(|v| u32_at(v, 0))
            .unwrap_or_else(|| u32::from(head.get(2).copied().unwrap_or(0)))
    };
    let missing = flags(w.attrs(), body) & FLAGS & !flags(record, told);
    if missing != 0 {
        let names = crate::object::link::select::FLAGS.iter().filter(|(_, bit)| missing & bit != 0).map(|(n, _)| *n);
        changed.push(Changed { kind: None, words: word(&names.collect::<Vec<_>>()), old: None });
        in_place &= !v4;
        numbers.push(IFA_FLAGS);
    }
    // A finite lifetime decreases: it is renewed, which does not count as a change.
    let mut renews = false;
    if let Some(said) = compare::value(w.attrs(), IFA_CACHEINFO) {
        let lives = |info: &[u8]| [0, 4].map(|at| u32_at(info, at).unwrap_or(INFINITY_LIFE_TIME));
        let is = compare::value(record, IFA_CACHEINFO).map_or([INFINITY_LIFE_TIME; 2], lives);
        let finite = |l: [u32; 2]| l.map(|v| v != INFINITY_LIFE_TIME && v != 0);
        match lives(said) {
            said if said == is => {}
            said if finite(said) == finite(is) && finite(said) != [false; 2] => renews = true,
            _ => changed.push(Changed { kind: None, words: word(&["valid_lft"]), old: None }),
        }
    }
    if changed.is_empty() {
        let again = renews.then(|| merged(w, told, NLM_F_REPLACE, &[]));
        return Step::new(w, Verdict::Same, again.into_iter().collect());
    }
    if in_place {
        return Step::new(w, Verdict::Differs(changed), vec![merged(w, told, NLM_F_REPLACE, &[])]);
    }
    let mut anew = merged(w, told, NLM_F_CREATE | NLM_F_EXCL, &[]);
    if !w.says(&[HEAD_SCOPE])
        && let (Some(slot), Some(scope)) = (anew.body.get_mut(3), told.get(3))
    {
        *slot = *scope;
    }
    Step::new(w, Verdict::Differs(changed), vec![delete(ObjectType::Address, told), anew]).destructive()
}
