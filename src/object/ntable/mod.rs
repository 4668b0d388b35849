//! `ntable`: the neighbour tables (`arp_cache`, `ndisc_cache`) and their parameters, by device and as defaults.

mod change;
mod show;
mod view;

use crate::command::{Effect, Object, Purpose, Verb};
use crate::diag::Diag;
use crate::grammar::{Arg, Offer, Value, Words};
use std::borrow::Cow;

/// The object.
pub static OBJECT: Object = Object {
    names: &["ntable~", "ntbl~"],
    about: "parameters of the neighbour tables",
    purpose: Purpose::Neighbours,
    terms: &[("", "[ PARMS ]"), ("", "name NAME")],
    verbs: &[
        Verb {
            names: &["change~", "chg"],
            about: "change parameters of a table",
            run: change::change,
            effect: Effect::Request,
            tables: &[&change::CHANGE],
            examples: &[
                ("rip ntable change name arp_cache dev eth0 retrans 500", "retransmit after half a second"),
                ("rip ntable change name ndisc_cache dev eth0 queue 10", "queue length for an unresolved address"),
            ],
        },
        Verb {
            names: &["show~", "lst~", "list~"],
            about: "list the tables and the parameters of each device",
            run: show::show,
            effect: Effect::Read,
            tables: &[&show::SELECTOR],
            examples: &[
                ("rip ntable show dev eth0", "the parameters of a device"),
                ("rip -s ntable show name arp_cache dev none", "parameters and statistics of one table"),
            ],
        },
    ],
    default: Some(show::show),
    ..Object::BASE
};

/// The name of a table. Only the kernel knows whether it exists.
struct Table;

impl Value for Table {
    type Out = Vec<u8>;
    fn meta(&self) -> Cow<'static, str> {
        "NAME".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Vec<u8>, Diag> {
        Ok(w.next()?.bytes.to_vec())
    }
    fn offer(&self, _w: &Words<'_>) -> Vec<Offer> {
        vec![Offer::new("arp_cache", "IPv4"), Offer::new("ndisc_cache", "IPv6")]
    }
}

/// The error for an unknown word, including `help`.
fn unknown(arg: &Arg<'_>) -> Diag {
    arg.wrong("unknown")
}

/// Matches no word: the verbs of iproute2 do not recognise `help` here.
const NO_HELP: &str = "\0";
