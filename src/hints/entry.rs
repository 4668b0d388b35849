//! EEXIST for rules, neighbours, nexthops and namespace ids: the existing entry.

use super::{Case, Reason, by_errno, by_message};
use crate::net::Request;
use crate::net::attr::Attrs;
use crate::object::neigh::view::{self as neigh, Neigh};
use crate::object::nexthop::view::{self as nexthop, Nexthop};
use crate::object::rule::view::{self as rule, Rule};
use crate::schema::*;
use nix::errno::Errno;

/// Reasons for EEXIST.
pub const REASONS: &[Reason] = &[
    by_errno(&[RTM_NEWRULE], Errno::EEXIST, same_rule),
    by_errno(&[RTM_NEWNEIGH], Errno::EEXIST, same_neighbour),
    by_errno(&[RTM_NEWNEXTHOP], Errno::EEXIST, same_nexthop),
    by_message(&[RTM_NEWNSID], "nsid is already used", holder),
    by_message(&[RTM_NEWNSID], "already has a nsid", its_id),
];

fn same_rule(case: &Case<'_>) -> Option<String> {
    let family = case.r.body.first().copied()?;
    let body = case.entry(&Request::of_family(RTM_GETRULE, 0, family))?;
    let found = Rule::parse(&body)?;
    Some(format!("already there: \"{}\"", case.line(|p| rule::describe(case.s, p, &found, false))))
}

fn same_neighbour(case: &Case<'_>) -> Option<String> {
    let wanted = Neigh::parse(&case.r.body).filter(|n| n.flags & NTF_PROXY == 0)?;
    let request =
        Request::of_device(RTM_GETNEIGH, 0, wanted.family, wanted.index).with(NDA_DST, wanted.a.get(NDA_DST)?);
    let answer = case.s.side().ok()?.ask(&request).ok()?;
    let found = Neigh::parse(answer.get(NLMSG_HDRLEN..)?)?;
    let text = case.line(|p| neigh::describe(case.s, p, &found, true, false));
    Some(format!("already there: \"{text}\"; use \"neigh replace\" to overwrite it"))
}

fn same_nexthop(case: &Case<'_>) -> Option<String> {
    let found = nexthop::ask(case.s, case.attrs().u32(NHA_ID)?)?;
    let text = case.line(|p| {
        if let Some(n) = Nexthop::parse(&found) {
            nexthop::describe(case.s, p, &n, false);
        }
    });
    Some(format!("already there: \"{text}\"; use \"nexthop replace\" to overwrite it"))
}

/// The current id of the namespace.
fn its_id(case: &Case<'_>) -> Option<String> {
    let at = case.r.trail.first().map(|(_, s)| s.from)?.checked_sub(1)?;
    let name = case.words.get(at)?;
    let id = crate::object::netns::id::of_name(case.s, name)?;
    Some(format!("\"{}\" has the id {id}", crate::output::escape::shown(name)))
}

/// The namespace that has the id.
fn holder(case: &Case<'_>) -> Option<String> {
    let (_, id) = Attrs(case.r.body.get(RTGENMSG..)?).find(|(kind, _)| *kind == NETNSA_NSID)?;
    let id = crate::net::attr::u32_at(id, 0)?.cast_signed();
    let name = crate::object::netns::name_of_nsid(case.s, id)?;
    Some(format!("{id} is the id of \"{}\"", crate::output::escape::shown(&name)))
}
