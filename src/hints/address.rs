//! Addresses that exist already, and interfaces without IPv6.

use super::{Case, Reason, by_errno, by_message};
use crate::net::kernel::Messages;
use crate::object::address::show::dump;
use crate::object::address::view::Address;
use crate::schema::*;
use nix::errno::Errno;
use std::net::IpAddr;

const NEW: &[u16] = &[RTM_NEWADDR];
const DEL: &[u16] = &[RTM_DELADDR];
const DISABLED: &[u16] = &[RTM_NEWADDR, RTM_NEWROUTE, RTM_NEWNEXTHOP];

/// Reasons of refused addresses.
pub const REASONS: &[Reason] = &[
    by_message(NEW, "ddress already assigned", there),
    by_errno(NEW, Errno::EEXIST, there),
    by_message(DEL, "ddress not found", other),
    by_errno(DEL, Errno::EADDRNOTAVAIL, other),
    by_message(DISABLED, "IPv6 is disabled on", disabled),
    by_errno(DISABLED, Errno::EACCES, disabled),
];

/// Maximum number of addresses in a hint.
const FEW: usize = 3;

/// A local address.
pub struct LocalAddress {
    /// The address.
    pub ip: IpAddr,
    /// Its prefix length, in bits.
    pub len: u8,
    /// The interface that has it.
    pub index: u32,
}

impl LocalAddress {
    /// Whether another address is in its prefix.
    pub fn holds(&self, ip: IpAddr) -> bool {
        ipnetwork::IpNetwork::new(self.ip, self.len).is_ok_and(|net| net.contains(ip))
    }

    /// The prefix as text.
    pub fn network(&self) -> String {
        let net = ipnetwork::IpNetwork::new(self.ip, self.len).map(|net| net.network());
        format!("{}/{}", net.unwrap_or(self.ip), self.len)
    }
}

/// The local addresses of a family.
pub fn all(case: &Case<'_>, family: u8) -> Vec<LocalAddress> {
    let Ok(all) = dump(case.s, family, 0) else { return Vec::new() };
    let own = |body| {
        let a = Address::parse(body)?;
        Some(LocalAddress { ip: a.peer().or_else(|| a.local())?, len: a.len, index: a.index })
    };
    Messages(&all).filter_map(|(m, _, _)| own(m.body)).collect()
}

/// The address that the request is about.
fn wanted(case: &Case<'_>) -> Option<(IpAddr, u8, u32)> {
    let a = Address::parse(&case.r.body)?;
    Some((a.local()?, a.len, a.index))
}

/// The existing entries of this address, as `address show` prints them.
fn listed(case: &Case<'_>, ip: IpAddr, index: u32) -> Option<String> {
    let all = dump(case.s, case.head(0), index).ok()?;
    Messages(&all).find_map(|(m, _, _)| {
        let a = Address::parse(m.body).filter(|a| a.local() == Some(ip) && a.index == index)?;
        Some(case.line(|p| crate::object::address::view::ends(case.s, p, &a)))
    })
}

fn there(case: &Case<'_>) -> Option<String> {
    let (ip, _, index) = wanted(case)?;
    let text = listed(case, ip, index)?;
    Some(format!("{} already has \"{text}\"; use \"address replace\" to change its settings", case.device(index)))
}

/// The same address with another prefix length, or on another device.
fn other(case: &Case<'_>) -> Option<String> {
    let (ip, len, index) = wanted(case)?;
    let all = dump(case.s, case.head(0), 0).ok()?;
    let mut found: Vec<(u32, u8)> = Vec::new();
    for (m, _, _) in Messages(&all) {
        if let Some(a) = Address::parse(m.body).filter(|a| a.local() == Some(ip)) {
            found.push((a.index, a.len));
        }
    }
    if let [(at, has)] = found.as_slice() {
        let differs = *at != index || *has != len;
        return differs.then(|| format!("{} has {ip}/{has}", case.device(*at)));
    }
    if !found.is_empty() {
        return None;
    }
    let own = |m: crate::net::kernel::Message<'_>| {
        let a = Address::parse(m.body).filter(|a| a.index == index)?;
        Some(format!("{}/{}", a.local()?, a.len))
    };
    let here: Vec<String> = Messages(&all).filter_map(|(m, _, _)| own(m)).collect();
    let version = if ip.is_ipv4() { "IPv4" } else { "IPv6" };
    match here.as_slice() {
        [] => Some(format!("{} has no {version} address", case.device(index))),
        few if few.len() <= FEW => Some(format!("{} has {}", case.device(index), few.join(", "))),
        many => Some(format!("{} has {} {version} addresses, not this one", case.device(index), many.len())),
    }
}

/// The sysctl that disables IPv6 on the device.
pub fn disabled(case: &Case<'_>) -> Option<String> {
    let attr = match case.r.kind {
        RTM_NEWROUTE => case.attrs().u32(RTA_OIF),
        RTM_NEWNEXTHOP => case.attrs().u32(NHA_OIF),
        _ => Some(case.head_u32(4)),
    };
    let dev = case.device(attr?);
    let path = format!("/proc/sys/net/ipv6/conf/{dev}/disable_ipv6");
    let off = std::fs::read_to_string(&path).is_ok_and(|v| v.trim() == "1");
    off.then(|| format!("enable IPv6 with: echo 0 >{path}"))
}
