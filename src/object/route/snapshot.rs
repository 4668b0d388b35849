//! Writes routes as batch lines: those that somebody configured.

use super::view::Route;
use crate::command::snapshot::{Line, OTHERS, STATES, line, without, words};
use crate::command::view::InSnapshot;
use crate::grammar::address::{INET, INET6};
use crate::net::attr::u32_at;
use crate::schema::*;
use crate::session::Session;

/// How routes are written.
pub const SNAPSHOT: InSnapshot =
    InSnapshot { about: "routes, except those of the kernel, routers and DHCP", line: Some(write) };

/// IP6_RT_PRIO_USER, linux/ipv6_route.h: the metric of an IPv6 route that is added without one.
const METRIC6: &str = "1024";

fn write(s: &Session, body: &[u8]) -> Option<Line> {
    let mut words = words(s, &super::event::VIEW, body);
    let r = Route::parse(body)?;
    let expires = r.a.get(RTA_CACHEINFO).and_then(|c| u32_at(c, 8)).is_some_and(|t| t != 0);
    if OTHERS.contains(&r.protocol) || r.flags & RTM_F_CLONED != 0 || expires {
        return None;
    }
    if ![INET, INET6].contains(&r.family) {
        return Some(line("-M route add", words));
    }
    // A device may have the name of a state; it follows `dev`.
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
        // What follows the id only shows the nexthop object.
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
    Some(line("route add", words))
}
