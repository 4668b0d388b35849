//! What an atomic batch must not do, as far as known before it begins.

use crate::net::{KernelError, Request};
use crate::object::Declared;
use crate::schema::*;
use crate::state::link::{ifindex, why_not_recreatable};
use crate::state::{ObjectType, Store};
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
    if a.has(IFLA_XDP) {
        return Some("an XDP program cannot be attached again".into());
    }
    if [IFLA_VFINFO_LIST, IFLA_VF_PORTS, IFLA_PORT_SELF].iter().any(|attr| a.has(*attr)) {
        return Some("settings of virtual functions cannot be rolled back".into());
    }
    None
}
