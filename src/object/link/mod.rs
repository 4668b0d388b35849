//! `link`: network devices, their kinds and their settings.

pub mod afstats;
pub mod brief;
pub mod change;
pub mod ether;
pub mod inet;
pub mod kind;
pub mod port;
pub mod property;
pub mod select;
pub mod show;
pub mod stats;
pub mod vf;
pub mod vf_view;
pub mod view;
pub mod words;
pub mod xdp;
pub mod xdp_view;
pub mod xstats;

use crate::cli::tree::{Object, Verb};
use crate::diag::Diag;
use crate::grammar::{Offer, Words};
use crate::net::kernel::Messages;
use crate::net::uapi::*;
use crate::session::Session;

pub static OBJECT: Object = Object {
    names: &["link~"],
    about: "network devices",
    verbs: &[
        Verb { names: &["add~"], about: "make a device", run: change::add, tables: &[&words::LINK] },
        Verb {
            names: &["set~"],
            about: "change a device, or all of a group",
            run: change::set,
            tables: &[&words::LINK],
        },
        Verb { names: &["change~"], about: "change a device", run: change::set, tables: &[&words::LINK] },
        Verb {
            names: &["replace~"],
            about: "make a device, or change it",
            run: change::replace,
            tables: &[&words::LINK],
        },
        Verb {
            names: &["delete~"],
            about: "remove a device, or all of a group",
            run: change::delete,
            tables: &[&words::LINK],
        },
        Verb {
            names: &["show~", "lst~", "list~"],
            about: "list devices",
            run: show::show,
            tables: &[&select::SELECTOR],
        },
        Verb {
            names: &["xstats~"],
            about: "what devices of a kind count beside packets",
            run: xstats::run,
            tables: &[&xstats::XSTATS, &xstats::BRIDGE_WORDS, &xstats::BOND_WORDS],
        },
        Verb {
            names: &["afstats~"],
            about: "what address families count for a device",
            run: afstats::run,
            tables: &[&afstats::AFSTATS],
        },
        Verb {
            names: &["property~"],
            about: "other names of a device",
            run: property::run,
            tables: &[&property::PROPERTY],
        },
        Verb { names: &["help~"], about: "usage; with TYPE that of a kind", run: help, tables: &[] },
    ],
    default: Some(show::show),
    unknown: None,
};

/// `link help [ KIND ]`
fn help(s: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    match w.peek().and_then(|a| kind::find(a.bytes)) {
        Some(kind) => {
            s.print(|p| p.text(&kind::usage(kind)));
            Ok(0)
        }
        None => Err(Diag::usage((w.help)().trim_end())),
    }
}

/// Every device, for completion.
pub fn offers(s: &Session) -> Vec<Offer> {
    let Ok(links) = show::dump(s, &select::Selector::default()) else { return Vec::new() };
    let mut out = Vec::new();
    for (m, _, _) in Messages(&links) {
        let Some(l) = view::Link::read(m.body) else { continue };
        out.push(Offer::new(crate::show::escape::shown(l.name()), ether::type_name(l.hw).unwrap_or("")));
    }
    out
}

/// The routing table of a VRF device; none where the name is not one.
pub fn vrf_table(s: &Session, name: &[u8]) -> Result<Option<u32>, Diag> {
    const VRF_TABLE: u16 = 1;
    let Ok(answer) = s.get_link(Some(name), 0, RTEXT_FILTER_VF | RTEXT_FILTER_SKIP_STATS) else { return Ok(None) };
    let link = answer.get(16..).and_then(view::Link::read);
    let info = link.and_then(|l| l.info()).filter(|i| i.str(IFLA_INFO_KIND) == Some(b"vrf"));
    Ok(info.and_then(|i| i.nest(IFLA_INFO_DATA)).and_then(|d| d.u32(VRF_TABLE)))
}

/// A complaint about a device that is not there, with the name that was perhaps meant.
pub fn absent(s: &Session, d: Diag, name: &[u8]) -> Diag {
    let Ok(word) = std::str::from_utf8(name) else { return d };
    let all = offers(s);
    match crate::grammar::near::nearest(word, all.iter().map(|o| o.word.as_str())) {
        Some(near) => d.hint(format!("did you mean \"{near}\"?")),
        None => d,
    }
}
