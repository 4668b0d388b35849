//! The snapshot lines of routes, rules, nexthop objects, neighbours and address labels: what `show` prints, without
//! read-only values.

use super::{Line, described};
use crate::command::view::Shown;
use crate::grammar::address::{INET, INET6};
use crate::net::attr::{u16_at, u32_at};
use crate::object::neigh::view::Neigh;
use crate::object::nexthop::view::Nexthop;
use crate::object::route::view::Route;
use crate::object::rule::view::Rule;
use crate::schema::*;
use crate::session::Session;
use crate::state::ObjectType;

/// Read-only flags of a route, a path or a nexthop.
const STATES: &[&str] = &[
    "dead",
    "linkdown",
    "pervasive",
    "offload",
    "trap",
    "notify",
    "unresolved",
    "rt_offload",
    "rt_trap",
    "rt_offload_failed",
];
/// The default labels of every namespace (RFC 6724, section 2.1, and net/ipv6/addrlabel.c).
const LABELS: &[&str] = &[
    "prefix ::1/128 label 0",
    "prefix ::/96 label 3",
    "prefix ::ffff:0.0.0.0/96 label 4",
    "prefix ::ffff:0:0/96 label 4",
    "prefix 2001::/32 label 6",
    "prefix 2001:10::/28 label 7",
    "prefix 3ffe::/16 label 12",
    "prefix 2002::/16 label 2",
    "prefix fec0::/10 label 11",
    "prefix fc00::/7 label 5",
    "prefix ::/0 label 1",
];
/// Protocols of routes that no line made: kernel, router advertisement, redirect, DHCP.
const OTHERS: &[u8] = &[RTPROT_KERNEL, RTPROT_RA, RTPROT_REDIRECT, RTPROT_DHCP];
/// RTPROT_DHCP of linux/rtnetlink.h.
const RTPROT_DHCP: u8 = 16;
/// The default metric of an IPv6 route.
const METRIC6: &str = "1024";

/// How an entry is written.
pub enum Written {
    /// By a line.
    Line(Line),
    /// It was not made by a line.
    Nobodys,
}

/// How an entry other than a link or an address is written.
pub fn line(s: &Session, object: ObjectType, body: &[u8]) -> Written {
    let words = |thing: &[u8]| -> Vec<String> {
        let view = crate::object::view(object);
        view.map_or_else(Vec::new, |view| described(|p| (view.describe)(s, p, thing, Shown::default())))
    };
    let found = match object {
        ObjectType::Route => route(words(body), body),
        ObjectType::Rule => rule(words(body), body),
        ObjectType::Nexthop => nexthop(words(body), body),
        ObjectType::Neigh => neigh(s, words(body), body),
        ObjectType::AddrLabel => label(words(body)),
        _ => None,
    };
    match found {
        None => Written::Nobodys,
        Some(words) => Written::Line(Line::of("").and(&words.iter().map(String::as_bytes).collect::<Vec<_>>())),
    }
}

fn with(head: &str, words: Vec<String>) -> Vec<String> {
    head.split(' ').map(String::from).chain(words).collect()
}

/// Removes a keyword with its value.
fn without(words: &mut Vec<String>, key: &str, is: impl Fn(&str) -> bool) {
    if let Some(at) = words.iter().position(|w| w == key)
        && words.get(at + 1).is_some_and(|v| is(v))
    {
        words.drain(at..at + 2);
    }
}

fn route(mut words: Vec<String>, body: &[u8]) -> Option<Vec<String>> {
    let r = Route::parse(body)?;
    let expires = r.a.get(RTA_CACHEINFO).and_then(|c| u32_at(c, 8)).is_some_and(|t| t != 0);
    if OTHERS.contains(&r.protocol) || r.flags & RTM_F_CLONED != 0 || expires {
        return None;
    }
    if ![INET, INET6].contains(&r.family) {
        return Some(with("-M route add", words));
    }
    // A device may have the name of a state: it follows `dev`.
    let mut after = String::new();
    words.retain(|w| {
        let state = STATES.contains(&w.as_str()) && after != "dev";
        after.clone_from(w);
        !state
    });
    if r.family == INET6 {
        without(&mut words, "metric", |v| v == METRIC6);
        if r.kind != RTN_UNICAST || !r.a.has(RTA_GATEWAY) {
            words.iter_mut().filter(|w| *w == "default").for_each(|w| *w = "::/0".into());
        }
    }
    without(&mut words, "pref", |v| v == "medium");
    without(&mut words, "error", |_| true);
    if r.a.has(RTA_NH_ID) {
        // After the id, `show` describes the nexthop.
        for key in ["via", "dev"] {
            without(&mut words, key, |_| true);
        }
        if let Some(at) = words.iter().position(|w| w == "nexthop") {
            words.truncate(at);
        }
        if words.first().is_some_and(|w| w == "blackhole") {
            words.remove(0);
        }
    }
    if let Some(at) =
        words.iter().position(|w| w == "rto_min").filter(|at| words.get(at + 1).is_some_and(|w| w == "lock"))
    {
        words.remove(at + 1);
    }
    words.iter_mut().filter(|w| *w == "ttl-propogate").for_each(|w| *w = "ttl-propagate".into());
    Some(with("route add", words))
}

fn rule(mut words: Vec<String>, body: &[u8]) -> Option<Vec<String>> {
    let r = Rule::parse(body)?;
    let own = r.a.u8(FRA_PROTOCOL) == Some(RTPROT_KERNEL);
    if own || words.is_empty() {
        return None;
    }
    let preference = words.remove(0);
    let preference = preference.trim_end_matches(':').to_string();
    words.retain(|w| !matches!(w.as_str(), "[detached]" | "[unresolved]"));
    if let Some(at) = words.iter().position(|w| w == "[l3mdev-table]")
        && at > 0
    {
        words.splice(at - 1..=at, ["l3mdev".to_string()]);
    }
    match r.family {
        INET => Some(with(&format!("rule add pref {preference}"), words)),
        INET6 => Some(with(&format!("-6 rule add pref {preference}"), words)),
        IPMR_FAMILY => Some(with(&format!("mrule add pref {preference}"), words)),
        _ => Some(with(&format!("-6 mrule add pref {preference}"), words)),
    }
}

/// RTNL_FAMILY_IPMR (linux/rtnetlink.h).
const IPMR_FAMILY: u8 = 128;

fn nexthop(mut words: Vec<String>, body: &[u8]) -> Option<Vec<String>> {
    let n = Nexthop::parse(body)?;
    if OTHERS.contains(&n.protocol) {
        return None;
    }
    words.retain(|w| !STATES.contains(&w.as_str()));
    without(&mut words, "scope", |_| true);
    without(&mut words, "unbalanced_time", |_| true);
    let lost = n.family == INET6 && !n.a.has(NHA_GATEWAY) && !n.a.has(NHA_GROUP);
    Some(with(if lost { "-6 nexthop add" } else { "nexthop add" }, words))
}

fn neigh(s: &Session, mut words: Vec<String>, body: &[u8]) -> Option<Vec<String>> {
    let n = Neigh::parse(body)?;
    let state = u16_at(body, 8)?;
    let proxy = n.flags & NTF_PROXY != 0;
    let unicast = body.get(11) == Some(&RTN_UNICAST);
    // The kernel itself creates such entries with the broadcast address, or without one.
    let address = n.a.get(NDA_LLADDR).unwrap_or_default();
    let real = address.iter().any(|b| *b != 0) && address.iter().any(|b| *b != 0xff);
    let noarp = state & NUD_NOARP != 0 && real && unicast && has_arp(s, n.index);
    let kept = state & NUD_PERMANENT != 0 || noarp;
    if ![INET, INET6].contains(&n.family) || !(proxy || kept && n.a.has(NDA_LLADDR)) {
        return None;
    }
    let states = ["PERMANENT", "NOARP"];
    words.retain(|w| !matches!(w.as_str(), "offload"));
    for word in words.iter_mut().filter(|w| states.contains(&w.as_str())) {
        *word = format!("nud {}", word.to_lowercase());
    }
    if proxy {
        words.retain(|w| w != "proxy");
        words.insert(0, "proxy".into());
    }
    let words = words.join(" ").split(' ').map(String::from).collect();
    Some(with("neigh add", words))
}

/// Whether the kernel resolves neighbours on a device; if not, it creates NUD_NOARP entries itself.
fn has_arp(s: &Session, index: u32) -> bool {
    s.ask_link(index).and_then(|answer| u32_at(&answer, NLMSG_HDRLEN + 8)).is_some_and(|flags| flags & IFF_NOARP == 0)
}

fn label(words: Vec<String>) -> Option<Vec<String>> {
    let text = words.join(" ");
    (!text.is_empty() && !LABELS.contains(&text.as_str())).then(|| with("addrlabel add", words))
}
