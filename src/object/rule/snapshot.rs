//! Writes rules as batch lines, except the kernel's.

use super::view::Rule;
use crate::command::snapshot::{Line, line, words};
use crate::command::view::InSnapshot;
use crate::grammar::address::{INET, INET6, IPMR};
use crate::schema::*;
use crate::session::Session;

/// How rules are written.
pub const SNAPSHOT: InSnapshot = InSnapshot { about: "rules, except the kernel's", line: Some(write) };

fn write(s: &Session, body: &[u8]) -> Option<Line> {
    let mut words = words(s, &super::event::VIEW, body);
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
        INET => Some(line(&format!("rule add pref {preference}"), words)),
        INET6 => Some(line(&format!("-6 rule add pref {preference}"), words)),
        IPMR => Some(line(&format!("mrule add pref {preference}"), words)),
        _ => Some(line(&format!("-6 mrule add pref {preference}"), words)),
    }
}
