//! `address save`, `showdump` and `restore`: addresses in a file, as raw kernel messages.

use super::show;
use super::view::{self, Address};
use crate::diag::Diag;
use crate::dumpfile::{self, File};
use crate::grammar::Words;
use crate::net::Request;
use crate::net::kernel::Message;
use crate::net::kernel::Messages;
use crate::object::link::select::Selector;
use crate::schema::*;
use crate::session::Session;
use netlink_packet_core::NLM_F_CREATE;

/// The file of `address save`.
pub const FILE: File = File { what: "address", magic: 0x4736_1222, bad_code: 255 };

/// Runs `address save`.
///
/// # Errors
///
/// A wrong word, standard output is a terminal, or the kernel refuses the dump.
pub fn save(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let f = Selector::parse(w)?;
    let index = match &f.dev {
        Some((name, at)) => crate::object::link::show::find(s, name, *at)?,
        None => 0,
    };
    dumpfile::refuse_terminal()?;
    let devices = super::flush::devices(s, &f)?;
    let all = show::dump_for(s, w.family, index, "Save terminated").map_err(|d| d.with_code(crate::diag::FAIL))?;
    let mut out = s.out.borrow_mut();
    FILE.begin(&mut out);
    for (m, _, _) in Messages(&all) {
        let fits = |a: Address<'_>| {
            let here = index == 0 || a.index == index;
            here && devices.as_ref().is_none_or(|d| d.contains(&a.index)) && show::matches(s, &f, w.family, &a)
        };
        if Address::parse(m.body).is_some_and(fits) {
            dumpfile::put(&mut out, m.whole);
        }
    }
    Ok(0)
}

/// Runs `address showdump`.
///
/// # Errors
///
/// Standard input cannot be read or is not a file of `address save`.
pub fn showdump(s: &Session, _w: &mut Words<'_>) -> Result<u8, Diag> {
    Ok(print(s, &FILE.read()?))
}

/// Prints the addresses of a saved dump; returns the exit code.
pub fn print(s: &Session, bytes: &[u8]) -> u8 {
    let (list, code) = dumpfile::messages(s, bytes);
    s.document(|p| {
        p.object(None);
        p.array(Some("addr_info"));
        for m in list {
            if m.kind != RTM_NEWADDR {
                continue;
            }
            let Some(a) = Address::parse(m.body) else { continue };
            p.object(None);
            p.item("index", "if{}:", a.index);
            p.nl();
            if s.options.brief {
                view::ends(s, p, &a);
            } else {
                view::describe(s, p, &a, false);
            }
            p.close();
        }
        p.close();
        p.close();
    });
    code
}

/// Runs `address restore`.
///
/// # Errors
///
/// Standard input cannot be read or is not a file of `address save`, or the kernel refuses an address.
pub fn restore(s: &Session, _w: &mut Words<'_>) -> Result<u8, Diag> {
    let bytes = FILE.read()?;
    let (list, code) = dumpfile::messages(s, &bytes);
    dumpfile::restore(s, requests(&list), code)
}

/// The requests that add the addresses of a dump.
pub fn requests(list: &[Message<'_>]) -> impl Iterator<Item = Request> {
    let addresses = list.iter().filter(|m| m.kind == RTM_NEWADDR);
    addresses.map(|m| Request::raw(RTM_NEWADDR, NLM_F_CREATE, m.body))
}
