//! Writes neighbours as batch lines: permanent ones and proxies.

use super::view::Neigh;
use crate::command::snapshot::{Line, line, words};
use crate::command::view::InSnapshot;
use crate::grammar::address::{INET, INET6};
use crate::net::attr::{u16_at, u32_at};
use crate::schema::*;
use crate::session::Session;

/// How neighbours are written.
pub const SNAPSHOT: InSnapshot = InSnapshot { about: "permanent neighbours and proxies", line: Some(write) };

fn write(s: &Session, body: &[u8]) -> Option<Line> {
    let mut words = words(s, &super::event::VIEW, body);
    let n = Neigh::parse(body)?;
    let state = u16_at(body, 8)?;
    let proxy = n.flags & NTF_PROXY != 0;
    let unicast = body.get(11) == Some(&RTN_UNICAST);
    // The kernel itself makes such entries with the broadcast address, or without one.
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
    Some(line("neigh add", words))
}

/// Whether the kernel resolves neighbours on a device; if not, it makes NOARP entries itself.
fn has_arp(s: &Session, index: u32) -> bool {
    s.ask_link(index).and_then(|answer| u32_at(&answer, NLMSG_HDRLEN + 8)).is_some_and(|flags| flags & IFF_NOARP == 0)
}
