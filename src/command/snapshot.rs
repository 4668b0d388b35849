//! What the objects share that write their entries as lines of a batch: the words that `show` prints, without those that it
//! only reports.

use super::view::{Shown, View};
use crate::output::out::Out;
use crate::output::{Format, Printer};
use crate::schema::*;
use crate::session::Session;

/// What the kernel reports of a route, a path or a nexthop object, and no line can set.
pub const STATES: &[&str] = &[
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
/// Protocols of routes and nexthop objects that nobody configured: kernel, router advertisement, redirect, DHCP.
pub const OTHERS: &[u8] = &[RTPROT_KERNEL, RTPROT_RA, RTPROT_REDIRECT, RTPROT_DHCP];
/// linux/rtnetlink.h.
const RTPROT_DHCP: u8 = 16;

/// What a description writes, as text, cut into words.
pub fn described(describe: impl FnOnce(&mut Printer<'_>)) -> Vec<String> {
    let mut out = Out::memory();
    let mut printer = Printer::new(&mut out, Format { json: false, pretty: false, oneline: false, palette: None });
    describe(&mut printer);
    String::from_utf8_lossy(&out.into_bytes()).split_whitespace().map(String::from).collect()
}

/// The words that `show` prints of an entry.
pub fn words(s: &Session, view: &View, body: &[u8]) -> Vec<String> {
    described(|p| (view.describe)(s, p, body, Shown::default()))
}

/// A command and the words after it.
pub fn line(command: &str, words: Vec<String>) -> Vec<String> {
    command.split(' ').map(String::from).chain(words).collect()
}

/// Takes out a keyword with its value, where `is` holds for that.
pub fn without(words: &mut Vec<String>, keyword: &str, is: impl Fn(&str) -> bool) {
    if let Some(at) = words.iter().position(|w| w == keyword)
        && words.get(at + 1).is_some_and(|v| is(v))
    {
        words.drain(at..at + 2);
    }
}
