//! `rule save` and `restore`: rules in a file, as raw kernel messages.

use super::show;
use super::view::Rule;
use crate::diag::{Diag, USAGE};
use crate::dumpfile::{self, File};
use crate::grammar::Words;
use crate::net::Request;
use crate::net::kernel::{Message, Messages};
use crate::schema::*;
use crate::session::Session;
use netlink_packet_core::NLM_F_CREATE;

/// The file of `rule save`.
pub const FILE: File = File { what: "rule", magic: 0x7170_6986, bad_code: USAGE };

/// Runs `rule save`.
///
/// # Errors
///
/// A word follows, standard output is a terminal, or the kernel refuses the dump.
pub fn save(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    if let Some(arg) = w.peek() {
        return Err(Diag::fail("\"ip rule save\" does not take any arguments.").at(arg.span()));
    }
    dumpfile::refuse_terminal()?;
    let all = show::dump(s, w.family)?;
    let mut out = s.out.borrow_mut();
    FILE.begin(&mut out);
    for (m, _, _) in Messages(&all) {
        dumpfile::put(&mut out, m.whole);
    }
    Ok(0)
}

/// Runs `rule restore`.
///
/// # Errors
///
/// Standard input cannot be read or is not a file of `rule save`, or the kernel refuses a rule.
pub fn restore(s: &Session, _w: &mut Words<'_>) -> Result<u8, Diag> {
    let bytes = FILE.read()?;
    let (list, code) = dumpfile::messages(s, &bytes);
    dumpfile::restore(s, requests(&list), code)
}

/// The requests that add the rules of a dump.
pub fn requests(list: &[Message<'_>]) -> impl Iterator<Item = Request> {
    let rules = list.iter().filter(|m| m.kind == RTM_NEWRULE && Rule::parse(m.body).is_some());
    rules.map(|m| Request::raw(RTM_NEWRULE, NLM_F_CREATE, m.body))
}
