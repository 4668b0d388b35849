//! Why the kernel refuses a packet that its tables have a route for, and why it selects a source address. Only reasons
//! that are certain.

use super::super::view::Route;
use super::Answers;
use super::flow::Flow;
use super::walk::{End, walk};
use super::world::{World, sysctl};
use crate::diag::Diag;
use crate::grammar::address::{INET, INET6};
use crate::net::Request;
use crate::net::kernel::Messages;
use crate::object::address::view::Address;
use crate::output::escape::shown;
use crate::schema::*;
use crate::session::Session;
use crate::state::{ObjectType, consistent_dump};
use nix::errno::Errno;
use std::net::IpAddr;

/// The reason of a refusal.
pub struct Refusal {
    /// The reason, a clause.
    pub why: String,
    /// The command that removes the reason, if one certainly does.
    pub hint: Option<String>,
}

fn because(why: String) -> Option<Refusal> {
    Some(Refusal { why, hint: None })
}

/// Finds why the kernel's answer differs from what rules and tables say.
///
/// # Errors
///
/// The kernel refuses the dump of addresses.
pub fn refusal(
    s: &Session,
    world: &World,
    flow: &Flow,
    end: End<'_>,
    kernel: &Answers,
) -> Result<Option<Refusal>, Diag> {
    let name = |index: u32| world.link(index).map_or(format!("if{index}"), |l| shown(&l.name));
    let broadcast = flow.dst == IpAddr::from([255; 4]);
    let error = match &kernel.route {
        Ok(_) => {
            // `ip_route_output_key` consults no table for these, or ignores a missing route.
            let Some(dev) = flow.oif.filter(|_| flow.family == INET && flow.input.is_none()) else { return Ok(None) };
            return Ok(match end {
                _ if kernel.entry.is_ok() => None,
                _ if flow.dst.is_multicast() || broadcast => {
                    because(format!("no routing table is consulted: {} is sent on {}", flow.dst, name(dev)))
                }
                End::Refused(_) => because(format!(
                    "no route, but oif is given: {} is treated as directly connected to {}",
                    flow.dst,
                    name(dev)
                )),
                _ => None,
            });
        }
        Err(e) => e,
    };
    let family = flow.family;
    let version = if family == INET { "ipv4" } else { "ipv6" };
    let way = match end {
        End::Way { route, .. } => Route::parse(route),
        _ => None,
    };
    let Some(input) = flow.input else {
        if family == INET
            && let Some(src) = flow.src
            && way.is_some()
            && !own(s, family)?.iter().any(|(_, ip)| *ip == src)
        {
            return Ok(because(format!("{src} is not a local address, and no iif is given")));
        }
        if let Some(dev) = flow.oif
            && world.link(dev).is_some_and(|l| l.flags & IFF_UP == 0)
            && (error.is(Errno::ENETUNREACH) || error.is(Errno::ENETDOWN))
        {
            let name = name(dev);
            return Ok(Some(Refusal { why: format!("{name} is down"), hint: Some(format!("rip link set {name} up")) }));
        }
        return Ok(None);
    };
    let dev = name(input);
    let forwarding = ["all", &dev].map(|d| sysctl(family, d, "forwarding").unwrap_or(1));
    let local = way.as_ref().is_some_and(|r| r.kind == RTN_LOCAL);
    if family == INET && error.is(Errno::EHOSTUNREACH) && forwarding[1] == 0 && !local {
        return Ok(Some(Refusal {
            why: format!("net.{version}.conf.{dev}.forwarding is 0"),
            hint: way.is_some().then(|| format!("sysctl -w net.{version}.conf.{dev}.forwarding=1")),
        }));
    }
    if family != INET || way.is_none() || !(error.is(Errno::EINVAL) || error.is(Errno::EXDEV)) {
        return Ok(None);
    }
    let Some(src) = flow.src else {
        return Ok(because("a received packet needs a source address: from ADDRESS".into()));
    };
    if src.is_multicast() || src.is_loopback() || src == IpAddr::from([255; 4]) {
        return Ok(because(format!("{src} is not valid as the source of a received packet")));
    }
    if own(s, family)?.iter().any(|(_, ip)| *ip == src) {
        return Ok(because(format!("{src} is a local address (net.ipv4.conf.{dev}.accept_local is 0)")));
    }
    let filter = ["all", &dev].iter().filter_map(|d| sysctl(family, d, "rp_filter")).max().unwrap_or(0);
    let Some(back) = flow.reverse().filter(|_| filter != 0) else { return Ok(None) };
    Ok(match walk(world, &back).1 {
        End::Way { route, .. } => {
            let ways = Route::parse(route).map_or(Vec::new(), |r| match r.a.u32(RTA_OIF) {
                Some(oif) => vec![oif],
                None => r.hops().map(|h| h.dev).collect(),
            });
            match ways.contains(&input) {
                true => None,
                false => Some(Refusal {
                    why: format!(
                        "reverse path filter of {dev}: the route back to {src} is through {}",
                        ways.iter().map(|w| name(*w)).collect::<Vec<_>>().join(", ")
                    ),
                    hint: None,
                }),
            }
        }
        End::Refused(_) => because(format!("reverse path filter of {dev}: there is no route back to {src}")),
        End::Unknown => None,
    })
}

/// Whether the kernel selected another of several default routes: it skips gateways that do not answer, and may
/// alternate between them (`fib_select_default`).
pub fn other_default(flow: &Flow, a: &Route<'_>, b: &Route<'_>) -> bool {
    let plain = |r: &Route<'_>| r.dst_len == 0 && r.kind == RTN_UNICAST && !r.a.has(RTA_MULTIPATH);
    flow.family == INET && plain(a) && plain(b) && a.table() == b.table() && a.tos == b.tos
}

/// The local addresses, with their interface indexes.
fn own(s: &Session, family: u8) -> Result<Vec<(u32, IpAddr)>, Diag> {
    let all = addresses(s, family)?;
    Ok(Messages(&all)
        .filter_map(|(m, _, _)| Address::parse(m.body).and_then(|a| Some((a.index, a.local()?))))
        .collect())
}

fn addresses(s: &Session, family: u8) -> Result<Vec<u8>, Diag> {
    let mut header = vec![family];
    header.resize(IFADDRMSG, 0);
    let request = Request::raw(RTM_GETADDR, 0, &header);
    consistent_dump::collect(s.kernel()?, ObjectType::Address, &request).map_err(|e| e.explain(&request))
}

/// Why the kernel selected this source address.
pub fn source(s: &Session, flow: &Flow, entry: Option<&Route<'_>>, used: &Route<'_>, source: IpAddr) -> String {
    if flow.src == Some(source) {
        return "given".into();
    }
    if entry.and_then(|r| r.a.ip(RTA_PREFSRC, r.family)) == Some(source) {
        return "preferred source of the route (src)".into();
    }
    if flow.family == INET6 {
        let unfit = unfit(s, used.a.u32(RTA_OIF).unwrap_or(0));
        let lost = if unfit.is_empty() { String::new() } else { format!("; not {}", unfit.join(", ")) };
        return format!("chosen by the kernel (RFC 6724){lost}");
    }
    let oif = used.a.u32(RTA_OIF);
    let near = used.a.ip(RTA_GATEWAY, INET).unwrap_or(flow.dst);
    let Ok(all) = addresses(s, flow.family) else { return "chosen by the kernel".into() };
    let own = Messages(&all).find_map(|(m, _, _)| {
        Address::parse(m.body)
            .filter(|a| a.local() == Some(source))
            .map(|a| (a.index, a.a.ip(IFA_ADDRESS, INET), a.len))
    });
    match own {
        Some((index, net, len)) => {
            let name = shown(&s.link_name(index));
            match super::flow::within(near, net, len) {
                true if Some(index) == oif => format!("address of {name} in the network of {near}"),
                _ if Some(index) == oif => format!("first address of {name}"),
                _ => format!("address of {name}: the outgoing device has none"),
            }
        }
        None => "chosen by the kernel".into(),
    }
}

/// The IPv6 addresses of a device that cannot be used as a source.
fn unfit(s: &Session, index: u32) -> Vec<String> {
    const FLAGS: &[(u32, &str)] = &[(0x08, "duplicate"), (0x40, "tentative"), (0x20, "deprecated")];
    let Ok(all) = addresses(s, INET6) else { return Vec::new() };
    let each = Messages(&all).filter_map(|(m, _, _)| {
        let a = Address::parse(m.body).filter(|a| a.index == index)?;
        let (_, why) = FLAGS.iter().find(|(bit, _)| a.flags & bit != 0)?;
        Some(format!("{} ({why})", a.local()?))
    });
    each.collect()
}
