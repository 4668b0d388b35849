//! `mrule`: rules that select the multicast routing table of a packet. Words and requests are those of `rule`, in the
//! families RTNL_FAMILY_IPMR and RTNL_FAMILY_IP6MR.
//!
//! The kernel accepts prefixes and a TOS in such rules and drops them, so the rule applies to every packet. Therefore
//! prefixes are refused, as by iproute2.

use super::rule::{change, file, show, words};
use crate::command::view::{Selection, View};
use crate::command::{Effect, Object, Purpose, Verb};
use crate::diag::{Diag, Span};
use crate::grammar::Words;
use crate::grammar::address::{INET, INET6, IP6MR, IPMR, UNSPEC};
use crate::session::Session;

/// The view of multicast rules, which are printed like rules.
pub static VIEW: View = View {
    selects: Some(Selection {
        about: "rules of multicast routing, by the words of mrule show",
        parse: |_, w| super::rule::event::select(multicast(w)?),
    }),
    ..super::rule::event::VIEW
};

/// The object.
pub static OBJECT: Object = Object {
    names: &["mrule~"],
    about: "multicast routing policy",
    purpose: Purpose::Routing,
    views: &[&VIEW],
    terms: super::rule::TERMS,
    verbs: &[
        Verb {
            names: &["list~", "lst~", "show~"],
            about: "list rules",
            run: |s, w| show::show(s, multicast(w)?),
            effect: Effect::Read,
            tables: &[&words::SELECTOR],
            examples: &[("rip mrule", "the IPv4 rules"), ("rip -6 mrule", "the IPv6 rules")],
        },
        Verb {
            names: &["save~"],
            about: "save rules to a file, for restore",
            run: |s, w| file::save(s, multicast(w)?),
            effect: Effect::Read,
            tables: &[],
            examples: &[("rip mrule save >/run/rules", "save the rules")],
        },
        Verb {
            names: &["restore~"],
            about: "add the rules from a saved file",
            run: |s, w| file::restore(s, multicast(w)?),
            effect: Effect::Change,
            tables: &[],
            examples: &[("rip mrule restore </run/rules", "restore a saved file")],
        },
        Verb {
            names: &["add~"],
            about: "add a rule",
            run: |s, w| change::add(s, multicast(w)?),
            effect: Effect::Request,
            tables: &[&words::RULE],
            examples: &[("rip mrule add iif eth0 lookup 100", "use a table for packets from a device")],
        },
        Verb {
            names: &["delete~"],
            about: "delete a rule",
            run: |s, w| change::delete(s, multicast(w)?),
            effect: Effect::Request,
            tables: &[&words::RULE],
            examples: &[("rip mrule del pref 1000", "by preference")],
        },
        Verb {
            names: &["flush~"],
            about: "delete the matching rules",
            run: |s, w| show::flush(s, multicast(w)?),
            effect: Effect::Change,
            tables: &[&words::SELECTOR],
            examples: &[("rip mrule flush table 100", "all rules for a table")],
        },
        Verb {
            names: &["help~"],
            about: "show the usage",
            run: |_, w| Err(Diag::usage((multicast(w)?.help)().trim_end())),
            effect: Effect::Read,
            tables: &[],
            examples: &[("rip mrule help", "the usage of mrule")],
        },
    ],
    default: Some(|s, w| show::show(s, multicast(w)?)),
    unknown: Some(unknown),
    ..Object::BASE
};

/// Switches the words to the multicast rule family.
///
/// # Errors
///
/// The family is neither IPv4 nor IPv6.
pub fn multicast<'w, 'a>(w: &'w mut Words<'a>) -> Result<&'w mut Words<'a>, Diag> {
    w.family = match w.family {
        UNSPEC | INET => IPMR,
        INET6 => IP6MR,
        family => {
            let what = format!("Multicast rules are only supported for IPv4/IPv6, was: {family}");
            return Err(Diag::usage(what));
        }
    };
    Ok(w)
}

fn unknown(_: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    multicast(w)?;
    let arg = w.next()?;
    let what = format!("Command \"{}\" is unknown, try \"ip rule help\".", arg.shown());
    let names = OBJECT.verbs.iter().flat_map(|v| v.names.iter());
    Err(crate::command::suggest(Diag::usage(what).at(Span::word(arg.at)), arg.bytes, names))
}
