//! Why the kernel refuses a packet that its tables have a way for, and why it chooses a source: only what is certain.

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

/// A refusal that was found out.
pub struct Refusal {
    /// The reason, a clause.
    pub why: String,
    /// The command that ends it, where one surely does.
    pub hint: Option<String>,
}

fn because(why: String) -> Option<Refusal> {
    Some(Refusal { why, hint: None })
}

/// Why the kernel's answer is not what rules and tables say.
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
            // `ip_route_output_key` asks no table for these, or does without one.
            let Some(dev) = flow.oif.filter(|_| flow.family == INET && flow.input.is_none()) else { return Ok(None) };
            return Ok(match end {
                _ if kernel.entry.is_ok() => None,
                _ if flow.dst.is_multicast() || broadcast => {
                    because(format!("no table is asked: {} goes out by {}", flow.dst, name(dev)))
                }
                End::Refused(_) => because(format!(
                    "no route, but a device is given: {} is taken for a host on {}",
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
            return Ok(because(format!("{src} is not an address of this machine, and no iif is given")));
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
        return Ok(because("a packet that comes in has a source; give it with from".into()));
    };
    if src.is_multicast() || src.is_loopback() || src == IpAddr::from([255; 4]) {
        return Ok(because(format!("{src} cannot be the source of a packet that comes in")));
    }
    if own(s, family)?.iter().any(|(_, ip)| *ip == src) {
        return Ok(because(format!("{src} is an address of this machine (net.ipv4.conf.{dev}.accept_local is 0)")));
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
                        "reverse path filter of {dev}: the way back to {src} is {}",
                        ways.iter().map(|w| name(*w)).collect::<Vec<_>>().join(", ")
                    ),
                    hint: None,
                }),
            }
        }
        End::Refused(_) => because(format!("reverse path filter of {dev}: there is no way back to {src}")),
        End::Unknown => None,
    })
}

/// Whether the kernel took another of several default routes: it passes over routers that do not answer, and may
/// alternate between them (`fib_select_default`).
pub fn other_default(flow: &Flow, a: &Route<'_>, b: &Route<'_>) -> bool {
    let plain = |r: &Route<'_>| r.dst_len == 0 && r.kind == RTN_UNICAST && !r.a.has(RTA_MULTIPATH);
    flow.family == INET && plain(a) && plain(b) && a.table() == b.table() && a.tos == b.tos
}

/// The addresses of this machine, with their devices.
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

/// Why the kernel chose this source.
pub fn source(s: &Session, flow: &Flow, entry: Option<&Route<'_>>, used: &Route<'_>, source: IpAddr) -> String {
    if flow.src == Some(source) {
        return "given".into();
    }
    if entry.and_then(|r| r.a.ip(RTA_PREFSRC, r.family)) == Some(source) {
        return "the route names it (src)".into();
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
                _ => format!("address of {name}: the device of the route has none"),
            }
        }
        None => "chosen by the kernel".into(),
    }
}

/// The IPv6 addresses of a device that are no good as a source.
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
