//! Writes nexthop objects as batch lines.

use super::view::Nexthop;
use crate::command::snapshot::{Line, OTHERS, STATES, line, without, words};
use crate::command::view::InSnapshot;
use crate::grammar::address::INET6;
use crate::schema::*;
use crate::session::Session;

/// How nexthop objects are written.
pub const SNAPSHOT: InSnapshot = InSnapshot { about: "nexthop objects", line: Some(write) };

fn write(s: &Session, body: &[u8]) -> Option<Line> {
    let mut words = words(s, &super::event::VIEW, body);
    let n = Nexthop::parse(body)?;
    if OTHERS.contains(&n.protocol) {
        return None;
    }
    words.retain(|w| !STATES.contains(&w.as_str()));
    without(&mut words, "scope", |_| true);
    without(&mut words, "unbalanced_time", |_| true);
    let lost = n.family == INET6 && !n.a.has(NHA_GATEWAY) && !n.a.has(NHA_GROUP);
    Some(line(if lost { "-6 nexthop add" } else { "nexthop add" }, words))
}
