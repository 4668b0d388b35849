//! What an atomic batch must not do, as far as known before it begins.

use crate::net::{KernelError, Request};
use crate::object::Declared;
use crate::schema::family::{INET, INET6};
use crate::schema::*;
use crate::state::link::{ifindex, why_not_recreatable};
use crate::state::normal::by_itself;
use crate::state::{Key, ObjectType, Store};
use netlink_packet_core::{NLM_F_CREATE, NLM_F_REPLACE};
use nix::errno::Errno;

/// Refuses a request whose effect cannot be rolled back.
///
/// # Errors
///
/// EOPNOTSUPP, with the reason.
pub fn refuse(before: &Store, r: &Request) -> Result<(), KernelError> {
    let why = match ObjectType::of_request(r.kind) {
        // An id chosen by the kernel needs no rollback.
        None if r.kind == RTM_NEWNSID && chosen(r) => None,
        // The journal records the former setting.
        None if r.kind == RTM_SETSTATS => None,
        None => Some("what this changes cannot be rolled back".to_string()),
        Some(ObjectType::Link) => link(before, r),
        Some(ObjectType::Route) => route(before, r),
        Some(ObjectType::Nexthop) => nexthop(r),
        Some(_) => None,
    };
    match why {
        None => Ok(()),
        Some(why) => Err(KernelError {
            message: Some(format!("-atomic: {why}").into_bytes()),
            ..KernelError::from_errno(Errno::EOPNOTSUPP)
        }),
    }
}

/// Refuses the deletion of a link that cannot be recreated.
///
/// # Errors
///
/// The reason, as text.
pub fn refuse_deletion(before: &Store, index: u32) -> Result<(), String> {
    why_not_recreatable(before, index, &Declared).map_or(Ok(()), Err)
}

/// Whether the kernel chooses the id of the namespace.
fn chosen(r: &Request) -> bool {
    crate::net::Attrs(r.body.get(RTGENMSG..).unwrap_or_default()).any(|(k, v)| k == NETNSA_NSID && v == [0xff; 4])
}

/// The metric of the IPv6 routes that the kernel creates for devices (IP6_RT_PRIO_ADDRCONF, linux/ipv6_route.h). Those for
/// addresses have 0, which is the default in a key.
const METRIC_OF_DEVICES: u32 = 256;

/// Of IPv6 addresses the kernel keeps the very route that it created: another like it would outlive the address.
fn route(before: &Store, r: &Request) -> Option<String> {
    let (deletes, replaces) = (r.kind == RTM_DELROUTE, r.flags & NLM_F_REPLACE != 0);
    if r.body.first() != Some(&INET6) || !(deletes || replaces) {
        return None;
    }
    let key = Key::of(ObjectType::Route, &r.body)?;
    let any_metric = deletes && !ObjectType::Route.index(&r.body).has(RTA_PRIORITY);
    let of_devices = any_metric.then(|| [key.split().0, &METRIC_OF_DEVICES.to_be_bytes()].concat());
    let mut keys = of_devices.into_iter().chain([key.bytes().to_vec()]);
    let is_own = |body: &[u8]| body.get(5) == Some(&RTPROT_KERNEL) && by_itself(ObjectType::Route, body);
    let own = keys.any(|key| before.get_all(&key).any(is_own));
    own.then(|| "IPv6 routes that the kernel keeps for addresses and multicast cannot be put back".into())
}

fn nexthop(r: &Request) -> Option<String> {
    let chosen = r.kind == RTM_NEWNEXTHOP && !ObjectType::Nexthop.index(&r.body).has(NHA_ID);
    chosen.then(|| "a nexthop whose id the kernel chooses cannot be told from others; give it an id".into())
}

fn link(before: &Store, r: &Request) -> Option<String> {
    let a = ObjectType::Link.index(&r.body);
    if r.kind == RTM_DELLINK {
        let group = a.u32(IFLA_GROUP).filter(|_| ifindex(&r.body) == 0);
        let doomed = before.iter(ObjectType::Link).map(|(_, body)| body).filter(|b| match group {
            Some(group) => ObjectType::Link.index(b).u32(IFLA_GROUP) == Some(group),
            None => ifindex(b) == ifindex(&r.body),
        });
        return doomed.map(ifindex).find_map(|index| why_not_recreatable(before, index, &Declared));
    }
    let elsewhere = [IFLA_NET_NS_FD, IFLA_NET_NS_PID, IFLA_TARGET_NETNSID, IFLA_NEW_NETNSID];
    if elsewhere.iter().any(|attr| a.has(*attr)) {
        return Some("a move to another namespace cannot be rolled back".into());
    }
    let is_new = r.flags & NLM_F_CREATE != 0 && ifindex(&r.body) == 0;
    if !is_new && a.has(IFLA_OPERSTATE) {
        return Some("the operational state cannot be set back".into());
    }
    if !is_new && a.nest(IFLA_AF_SPEC).is_some_and(|spec| spec.has(u16::from(INET))) {
        return Some("IPv4 settings of a device cannot be rolled back".into());
    }
    if a.has(IFLA_XDP) {
        return Some("an XDP program cannot be attached again".into());
    }
    if [IFLA_VFINFO_LIST, IFLA_VF_PORTS, IFLA_PORT_SELF].iter().any(|attr| a.has(*attr)) {
        return Some("settings of virtual functions cannot be rolled back".into());
    }
    None
}
