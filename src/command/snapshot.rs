//! Shared by the objects that write their entries as batch lines: the words that `show` prints, without those that no
//! line can set.

use super::view::{Shown, View};
use crate::output::out::Out;
use crate::output::{Format, Printer};
use crate::schema::*;
use crate::session::Session;

/// Words of a route, a nexthop or a nexthop object that the kernel reports and no line can set.
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
/// RTPROT_DHCP, linux/rtnetlink.h.
const RTPROT_DHCP: u8 = 16;

/// The words of a description's text.
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

/// Removes a keyword and its value, if `is` holds for the value.
pub fn without(words: &mut Vec<String>, keyword: &str, is: impl Fn(&str) -> bool) {
    if let Some(at) = words.iter().position(|w| w == keyword)
        && words.get(at + 1).is_some_and(|v| is(v))
    {
        words.drain(at..at + 2);
    }
}
