//! `stats`: device statistics of the kernel and the hardware, as a tree of groups, subgroups and suites.

mod set;
mod show;
mod tree;
pub mod view;

use crate::command::view::View;
use crate::command::{Effect, Object, Purpose, Verb};
use crate::diag::{Diag, FAIL};
use crate::grammar::value::check_name;
use crate::grammar::{Arg, Offer, Value, Words};
use crate::session::Session;
use crate::state::ObjectType;
use std::borrow::Cow;

/// iproute2's exit code for errors here: EINVAL.
const INVALID: u8 = nix::libc::EINVAL as u8;

/// The view of statistics events.
pub static VIEW: View = View::of(&[ObjectType::Stats], |s, p, body, _| view::event(s, p, body));

/// The object.
pub static OBJECT: Object = Object {
    names: &["stats~"],
    about: "statistics of devices",
    purpose: Purpose::Interfaces,
    views: &[&VIEW],
    terms: &[
        ("GROUP", "{ link | xstats | xstats_slave | offload | afstats }"),
        ("SUBGROUP", "{ bridge [ suite stp ] [ suite mcast ] [ suite vlan ] | bond [ suite 802.3ad ] }"),
        ("", "{ cpu_hit | hw_stats_info | l3_stats } { mpls }"),
        ("SUITE", "{ stp | mcast | vlan | 802.3ad }"),
    ],
    verbs: &[
        Verb {
            names: &["show"],
            about: "show statistics",
            run: show::show,
            effect: Effect::Read,
            tables: &[&show::SELECTOR],
            examples: &[
                ("rip stats show dev eth0 group link", "bytes, packets and errors of a device"),
                (
                    "rip stats show group xstats_slave subgroup bridge suite stp",
                    "spanning tree statistics of all ports",
                ),
            ],
        },
        Verb {
            names: &["set"],
            about: "enable or disable hardware statistics",
            run: set::set,
            effect: Effect::Request,
            tables: &[&set::SET],
            examples: &[("rip stats set dev eth0 l3_stats on", "enable hardware layer 3 statistics")],
        },
        Verb {
            names: &["help"],
            about: "show the usage",
            run: |_, w| Err(usage(w)),
            effect: Effect::Read,
            tables: &[],
            examples: &[("rip stats help", "groups, subgroups and suites")],
        },
    ],
    default: Some(show::bare),
    unknown: Some(unknown),
    ..Object::BASE
};

/// A device that is looked up after the line is parsed: its name, and the position of the word.
struct Device;

impl Value for Device {
    type Out = (Vec<u8>, usize);
    fn meta(&self) -> Cow<'static, str> {
        "DEV".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Self::Out, Diag> {
        let arg = w.next()?;
        check_name(&arg, "dev")?;
        Ok((arg.bytes.to_vec(), arg.at))
    }
    fn offer(&self, w: &Words<'_>) -> Vec<Offer> {
        w.names.links()
    }
}

/// The usage on stderr, here with exit code 0.
fn usage(w: &Words<'_>) -> Diag {
    Diag::new(0, (w.help)().trim_end())
}

fn unknown(_: &Session, w: &mut Words<'_>) -> Result<u8, Diag> {
    let arg = w.next()?;
    Err(crate::command::unknown(&OBJECT, arg.bytes, arg.at).with_code(FAIL))
}

/// The error for an unknown word, followed by the usage.
fn what(arg: &Arg<'_>) -> Diag {
    let usage = crate::command::usage::object(&OBJECT, &|_| None, &|_| true);
    let d = Diag::new(INVALID, format!("What is \"{}\"?", arg.shown()));
    usage.lines().fold(d, |d, line| d.line(line)).at(arg.span())
}
