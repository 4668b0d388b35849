//! Deletions of entries that do not exist: a similar entry that does.

use super::{Case, Reason, by_errno, by_message};
use crate::grammar::address::INET6;
use crate::net::kernel::Messages;
use crate::net::{Message, Request};
use crate::object::neigh::view::Neigh;
use crate::object::nexthop::view::Nexthop;
use crate::object::route::view::{self as routes, Route, ShowOptions};
use crate::object::rule::view::{self as rules, Rule};
use crate::schema::*;
use nix::errno::Errno;
use std::ops::ControlFlow;

/// Reasons for deletions of entries that do not exist.
pub const REASONS: &[Reason] = &[
    by_errno(&[RTM_DELROUTE], Errno::ESRCH, route),
    // The kernel's errno for the IPv6 default route.
    by_errno(&[RTM_DELROUTE], Errno::ENOENT, route),
    by_errno(&[RTM_DELRULE], Errno::ENOENT, rule),
    by_message(&[RTM_DELNEIGH], "eighbour entry not found", neighbour),
    by_errno(&[RTM_DELNEIGH], Errno::ENOENT, neighbour),
    by_errno(&[RTM_DELNEXTHOP, RTM_GETNEXTHOP, RTM_NEWNEXTHOP], Errno::ENOENT, nexthop),
];

/// Maximum number of entries in a hint.
const FEW: usize = 4;

/// A route to the same prefix: in the same table, or in another one.
fn route(case: &Case<'_>) -> Option<String> {
    if case.is_one_of_many() {
        return None;
    }
    let wanted = Route::parse(&case.r.body)?;
    let id = |r: &Route<'_>| (r.dst_len, r.a.ip(RTA_DST, r.family).filter(|_| r.dst_len > 0));
    let (table, cached) = (wanted.table(), |r: &Route<'_>| r.flags & RTM_F_CLONED != 0);
    let (mut here, mut elsewhere): (Option<Vec<u8>>, Vec<u32>) = (None, Vec::new());
    let all = case.s.side().ok()?.dump(&Request::of_family(RTM_GETROUTE, 0, wanted.family), &mut |m: Message<'_>| {
        if let Some(r) = Route::parse(m.body).filter(|r| id(r) == id(&wanted) && !cached(r)) {
            if r.table() == table {
                here = Some(m.body.to_vec());
                return ControlFlow::Break(());
            }
            if !elsewhere.contains(&r.table()) {
                elsewhere.push(r.table());
            }
        }
        ControlFlow::Continue(())
    });
    all.ok()?;
    if let Some(r) = here.as_deref().and_then(Route::parse) {
        let text = case.line(|p| routes::describe(case.s, p, &r, &ShowOptions::default()));
        return Some(format!("the route is \"{text}\""));
    }
    let to = match id(&wanted) {
        (len, Some(ip)) => format!("a route to exactly {ip}/{len}"),
        _ if wanted.family == INET6 => "an IPv6 default route".into(),
        _ => "a default route".into(),
    };
    let name = |table: u32| {
        case.s
            .named(crate::grammar::words::Table::Tables, table)
            .name
            .map_or(table.to_string(), crate::output::escape::shown)
    };
    match elsewhere.as_slice() {
        [] => Some(format!("no table has {to}")),
        [one] => Some(format!("that route is in another table: add \"table {}\"", name(*one))),
        many if many.len() <= FEW => {
            let names: Vec<String> = many.iter().map(|t| name(*t)).collect();
            Some(format!("tables with such a route: {}", names.join(", ")))
        }
        _ => None,
    }
}

/// The only rule with the same preference, or for the same addresses.
fn rule(case: &Case<'_>) -> Option<String> {
    if case.is_one_of_many() {
        return None;
    }
    let wanted = Rule::parse(&case.r.body)?;
    let all = crate::object::rule::show::dump(case.s, wanted.family).ok()?;
    let preference = |r: &Rule<'_>| r.a.u32(FRA_PRIORITY).unwrap_or(0);
    let packets = |r: &Rule<'_>| {
        let end = |attr| r.a.get(attr).map(<[u8]>::to_vec);
        (r.src_len, r.dst_len, end(FRA_SRC), end(FRA_DST))
    };
    let every: Vec<Rule<'_>> = Messages(&all).filter_map(|(m, _, _)| Rule::parse(m.body)).collect();
    let say = |found: &[&Rule<'_>], what: &str| match found {
        [] => None,
        [one] => Some(format!("the rule {what} is \"{}\"", case.line(|p| rules::describe(case.s, p, one, false)))),
        many => Some(format!("{} rules {what}; none of them matches", many.len())),
    };
    if let Some(p) = wanted.a.u32(FRA_PRIORITY) {
        let same: Vec<&Rule<'_>> = every.iter().filter(|r| preference(r) == p).collect();
        let none = || Some(format!("no rule has the preference {p}"));
        return say(&same, &format!("with the preference {p}")).or_else(none);
    }
    if wanted.src_len > 0 || wanted.dst_len > 0 {
        let same: Vec<&Rule<'_>> = every.iter().filter(|r| packets(r) == packets(&wanted)).collect();
        return say(&same, "for these addresses").or_else(|| Some("no rule is for exactly these addresses".into()));
    }
    let table = wanted.table();
    let other = table != 0 && every.iter().all(|r| r.table() != table);
    other.then(|| format!("no rule looks up table {table}"))
}

/// The same address on another device, or as the other kind of entry (proxy or not).
fn neighbour(case: &Case<'_>) -> Option<String> {
    if case.is_one_of_many() {
        return None;
    }
    let wanted = Neigh::parse(&case.r.body)?;
    let ip = wanted.a.ip(NDA_DST, wanted.family)?;
    let entries = |proxy: u8| {
        let request = Request::of_family(RTM_GETNEIGH, 0, wanted.family).with_header_byte(NDM_FLAGS, proxy);
        let mut found: Vec<u32> = Vec::new();
        let dump = case.s.side().ok()?.dump(&request, &mut |m: Message<'_>| {
            if let Some(n) = Neigh::parse(m.body).filter(|n| n.a.get(NDA_DST) == wanted.a.get(NDA_DST)) {
                found.push(n.index);
            }
            ControlFlow::Continue(())
        });
        dump.ok().map(|_| found)
    };
    let own = wanted.flags & NTF_PROXY;
    if let [dev] = entries(own)?.as_slice()
        && *dev != wanted.index
    {
        return Some(format!("{ip} is on {}: type \"dev {}\"", case.device(*dev), case.device(*dev)));
    }
    let proxied = own == 0 && entries(NTF_PROXY)?.contains(&wanted.index);
    if proxied {
        return Some(format!("{ip} is proxied: type \"neigh del proxy {ip}\""));
    }
    let plain = own != 0 && entries(0)?.contains(&wanted.index);
    plain.then(|| format!("{ip} is not proxied: leave out \"proxy\""))
}

/// The existing ids.
fn nexthop(case: &Case<'_>) -> Option<String> {
    if case.is_one_of_many() {
        return None;
    }
    let wanted = case.attrs().u32(NHA_ID)?;
    let mut ids: Vec<u32> = Vec::new();
    let dump = case.s.side().ok()?.dump(&Request::of_family(RTM_GETNEXTHOP, 0, 0), &mut |m: Message<'_>| {
        ids.extend(Nexthop::parse(m.body).and_then(|n| n.a.u32(NHA_ID)));
        if ids.len() > FEW { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    dump.ok()?;
    if ids.contains(&wanted) {
        return None;
    }
    match ids.as_slice() {
        [] => Some("no nexthop exists".into()),
        few if few.len() <= FEW => {
            let ids: Vec<String> = few.iter().map(u32::to_string).collect();
            Some(format!("existing ids: {}", ids.join(", ")))
        }
        _ => None,
    }
}
