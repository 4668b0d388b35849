//! Prints an explanation as text and as JSON.

use super::super::view::{self, Route, ShowOptions};
use super::table::{Answer, Found};
use super::walk::{End, Step, Verdict};
use super::{Agreement, Explanation, reason, text_of};
use crate::grammar::address::{INET, INET6};
use crate::net::Request;
use crate::net::kernel::Messages;
use crate::object::neigh::view::{self as neigh, Neigh};
use crate::object::rule::view::{self as rule, Rule};
use crate::output::escape::shown;
use crate::output::out::Out;
use crate::output::scalar::Padded;
use crate::output::{Format, Printer};
use crate::schema::*;
use crate::session::Session;
use std::net::IpAddr;

/// Widths of the first column, and of the widest second one that the third is aligned to.
const HEAD: usize = 12;
const WIDEST: usize = 56;

/// The text that `write` prints, on one line.
fn line(write: impl FnOnce(&mut Printer<'_>)) -> String {
    let mut out = Out::memory();
    write(&mut Printer::new(&mut out, Format::default()));
    let text = String::from_utf8_lossy(&out.into_bytes()).replace('\n', " ");
    text.split(' ').filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ").replace(" \t", " ").replace('\t', " ")
}

fn route_line(s: &Session, body: &[u8], table: bool) -> String {
    let Some(r) = Route::parse(body) else { return String::new() };
    line(|p| view::describe(s, p, &r, &ShowOptions { table: !table, ..ShowOptions::default() }))
}

fn route_record(s: &Session, p: &mut Printer<'_>, key: &str, body: &[u8]) {
    let Some(r) = Route::parse(body).filter(|_| p.is_json()) else { return };
    p.object(Some(key));
    view::describe(s, p, &r, &ShowOptions::default());
    p.close();
}

/// The prefix of a route, with its type unless it is unicast.
fn prefix(body: &[u8]) -> String {
    let Some(r) = Route::parse(body) else { return String::new() };
    let net = match r.a.ip(RTA_DST, r.family) {
        Some(ip) if r.dst_len == crate::command::host::full(r.family) => ip.to_string(),
        Some(ip) => format!("{ip}/{}", r.dst_len),
        None => "default".into(),
    };
    let net = match r.kind {
        RTN_BLACKHOLE => format!("blackhole {net}"),
        RTN_UNREACHABLE => format!("unreachable {net}"),
        RTN_PROHIBIT => format!("prohibit {net}"),
        _ => net,
    };
    match r.a.u32(RTA_PRIORITY).filter(|v| *v != 0) {
        Some(metric) => format!("{net} metric {metric}"),
        None => net,
    }
}

fn table_name(s: &Session, table: u32) -> String {
    let named = s.named(crate::grammar::words::Table::Tables, table);
    named.name.map_or_else(|| table.to_string(), shown)
}

/// A verdict as JSON word and as text.
fn verdict(s: &Session, v: &Verdict<'_>) -> (&'static str, String) {
    let lost = |a: &Answer<'_>| match a.lost.first() {
        Some(next) => format!("(of {} routes; next: {})", a.total, prefix(next)),
        None => format!("(of {} route{})", a.total, if a.total == 1 { "" } else { "s" }),
    };
    match v {
        Verdict::Skip(why) => ("skip", format!("skipped: {why}")),
        Verdict::Nop => ("nop", "matches, without an action".into()),
        Verdict::Goto(to) => ("goto", format!("continues at rule {to}")),
        Verdict::NoRoute(Answer { found: Found::Throw(route), .. }, table) => {
            ("throw", format!("table {}: throw {}", table_name(s, *table), prefix(route)))
        }
        Verdict::NoRoute(a, table) => ("no_route", format!("table {}: no route {}", table_name(s, *table), lost(a))),
        Verdict::Suppressed(_, table, why) => ("suppressed", format!("table {}: {why}", table_name(s, *table))),
        Verdict::Match(a, table) => {
            let route = match a.found {
                Found::Way(r) | Found::Refused(r, _) | Found::Throw(r) => prefix(r),
                Found::Nothing => String::new(),
            };
            ("match", format!("table {}: {route} {}", table_name(s, *table), lost(a)))
        }
        Verdict::Refused(e) => ("refuse", format!("refuses: {}", text_of(*e))),
        Verdict::Unknown(kind) => ("unknown", format!("cannot be evaluated: unknown attribute {kind}")),
    }
}

/// Prints an explanation.
pub fn print(s: &Session, p: &mut Printer<'_>, e: &Explanation<'_>) {
    p.object(None);
    p.hidden("destination", e.flow.dst);
    rules(s, p, e);
    // Of several IPv4 default routes, show the kernel's choice; of IPv6 routes with the same nexthop object, the kernel
    // may report another one.
    let entry = e.kernel.entry.as_deref().ok();
    let ours = match e.end {
        End::Way { route, .. } => Some(route),
        _ => None,
    };
    if let Some(body) = entry.filter(|_| e.agreement != Agreement::No && e.flow.family == INET).or(ours) {
        row(p, "route", &route_line(s, body, true));
        route_record(s, p, "route", body);
    }
    if let Some(used) = e.kernel.route.as_deref().ok().and_then(Route::parse) {
        used_way(s, p, e, &used, entry.and_then(Route::parse).as_ref());
    }
    if let Some(refusal) = &e.refusal {
        row(p, if e.kernel.route.is_ok() { "note" } else { "refused" }, &refusal.why);
        p.hidden("why", refusal.why.as_str());
        if let Some(hint) = &refusal.hint {
            row(p, "to fix it", hint);
            p.hidden("hint", hint.as_str());
        }
    }
    kernel(s, p, e);
    p.close();
}

fn rules(s: &Session, p: &mut Printer<'_>, e: &Explanation<'_>) {
    let lines: Vec<(String, String)> = e.steps.iter().map(|step| rule_line(s, step)).collect();
    let wide = lines.iter().map(|(_, of)| of.chars().count()).filter(|n| *n <= WIDEST).max().unwrap_or(0);
    p.array(Some("rules"));
    for (step, (number, of)) in e.steps.iter().zip(&lines) {
        let (word, why) = verdict(s, &step.verdict);
        p.text(&format!("{:<HEAD$}", format!("rule {number}")));
        p.text_item("{}  ", Padded(of.as_str(), wide));
        p.text(&format!("{why}\n"));
        p.object(None);
        p.hidden("priority", number.parse::<u32>().unwrap_or(0));
        p.hidden("verdict", word);
        p.hidden("why", why.as_str());
        if p.is_json() {
            record(s, p, step);
        }
        p.close();
    }
    p.close();
}

/// The JSON fields of a rule besides its verdict.
fn record(s: &Session, p: &mut Printer<'_>, step: &Step<'_>) {
    if let Some(r) = Rule::parse(step.body) {
        p.object(Some("record"));
        rule::describe(s, p, &r, false);
        p.close();
    }
    if let Verdict::Match(a, table) | Verdict::NoRoute(a, table) | Verdict::Suppressed(a, table, _) = &step.verdict {
        p.item("table", "", table_name(s, *table).as_str());
        if let Found::Way(route) | Found::Refused(route, _) | Found::Throw(route) = a.found {
            route_record(s, p, "route", route);
        }
        p.item("considered", "", a.total as u64);
        p.array(Some("lost"));
        for body in &a.lost {
            p.element("", prefix(body).as_str());
        }
        p.close();
    }
}

/// A rule's number, and the rest of its line.
fn rule_line(s: &Session, step: &Step<'_>) -> (String, String) {
    let Some(r) = Rule::parse(step.body) else { return Default::default() };
    let text = line(|p| rule::describe(s, p, &r, false));
    let (number, rest) = text.split_once(':').unwrap_or(("", &text));
    (number.to_string(), rest.trim().to_string())
}

/// A line of text; JSON has its content in another form.
fn row(p: &mut Printer<'_>, head: &str, text: &str) {
    p.text(&format!("{head:<HEAD$}{text}\n"));
}

/// Prints source, neighbour and device of the route that the kernel would use.
fn used_way(s: &Session, p: &mut Printer<'_>, e: &Explanation<'_>, used: &Route<'_>, entry: Option<&Route<'_>>) {
    let gateway = used.a.ip(RTA_GATEWAY, used.family).or_else(|| {
        let via = used.a.get(RTA_VIA)?;
        via.get(2..)?.first_chunk::<16>().map(|b| IpAddr::from(*b))
    });
    if let Some(gateway) = gateway.filter(|_| entry.is_some_and(|r| r.hops().count() > 1)) {
        row(p, "nexthop", &format!("via {gateway}, selected by the hash of the packet's addresses"));
    }
    if let Some(ip) = used.a.ip(RTA_PREFSRC, used.family).or(e.flow.src.filter(|_| e.flow.input.is_none())) {
        let why = reason::source(s, &e.flow, entry, used, ip);
        row(p, "source", &format!("{ip}: {why}"));
        p.object(Some("source"));
        p.hidden("address", ip);
        p.hidden("why", why.as_str());
        p.close();
    }
    let Some(dev) = used.a.u32(RTA_OIF) else { return };
    let Some(link) = e.world.link(dev) else { return };
    let name = shown(&link.name);
    let to = gateway.unwrap_or(e.flow.dst);
    let plain = !matches!(used.kind, RTN_LOCAL | RTN_BROADCAST | RTN_MULTICAST);
    if plain && link.flags & (IFF_NOARP | IFF_LOOPBACK) == 0 {
        neighbour(s, p, dev, to, &name);
    }
    let state = match (link.flags & IFF_UP != 0, link.flags & IFF_LOWER_UP != 0) {
        (false, _) => "down",
        (true, false) => "up, no carrier",
        (true, true) => "up",
    };
    row(p, "link", &format!("{name}: {state}{}", if state == "up" { "" } else { "  <-" }));
    p.object(Some("link"));
    p.hidden("ifname", link.name.as_slice());
    p.hidden("state", state);
    p.close();
}

/// IFF_* flags of linux/if.h.
const IFF_LOWER_UP: u32 = 0x10000;
const IFF_NOARP: u32 = 0x80;
const IFF_LOOPBACK: u32 = 0x8;

fn neighbour(s: &Session, p: &mut Printer<'_>, dev: u32, to: IpAddr, name: &str) {
    let family = if to.is_ipv4() { INET } else { INET6 };
    let mut header = vec![family];
    header.resize(NDMSG, 0);
    let request = Request::raw(RTM_GETNEIGH, 0, &header).with(NDA_IFINDEX, &dev.to_ne_bytes());
    let all = s.kernel().ok().and_then(|k| k.collect(&request).ok()).unwrap_or_default();
    let found = Messages(&all)
        .find_map(|(m, _, _)| Neigh::parse(m.body).filter(|n| n.index == dev && n.a.ip(NDA_DST, n.family) == Some(to)));
    match found {
        Some(n) => {
            let text = line(|p| neigh::describe(s, p, &n, false, false));
            let text = text.split_once(' ').map_or("", |(_, rest)| rest).trim().to_string();
            row(p, "neighbour", &format!("{to}: {text}"));
            p.object(Some("neigh"));
            neigh_record(s, p, &n);
            p.close();
        }
        None => {
            let by = if to.is_ipv4() { "ARP" } else { "neighbour discovery" };
            row(p, "neighbour", &format!("{to}: none yet; {by} would resolve it on {name}"));
        }
    }
}

fn neigh_record(s: &Session, p: &mut Printer<'_>, n: &Neigh<'_>) {
    if p.is_json() {
        neigh::describe(s, p, n, true, false);
    }
}

/// Prints the kernel's own answer if it differs.
fn kernel(s: &Session, p: &mut Printer<'_>, e: &Explanation<'_>) {
    let said = match &e.kernel.route {
        Ok(body) => route_line(s, body, true),
        Err(error) => error.line(),
    };
    match &e.kernel.route {
        Ok(body) => {
            route_record(s, p, "kernel", body);
            if let Ok(entry) = &e.kernel.entry {
                route_record(s, p, "fibmatch", entry);
            }
        }
        Err(error) => p.hidden("kernel_error", error.line().as_str()),
    }
    match e.agreement {
        Agreement::Yes | Agreement::Refused => p.hidden("agrees", true),
        Agreement::Unknown => {
            row(p, "kernel", &said);
            p.hidden("agrees", crate::output::scalar::Null);
        }
        Agreement::No => {
            let entry = e.kernel.entry.as_deref().ok().map(|b| route_line(s, b, true));
            let entry = entry.map_or(String::new(), |r| format!(" (from {r})"));
            row(
                p,
                "kernel",
                &format!("disagrees: {said}{entry}; this explanation is wrong, or the network has changed meanwhile"),
            );
            p.hidden("agrees", false);
        }
    }
}
