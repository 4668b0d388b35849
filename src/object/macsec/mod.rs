//! `macsec`: secure channels and associations of MACsec devices (IEEE 802.1AE; linux/if_macsec.h). The devices
//! themselves are links of type `macsec`.

mod attrs;
mod change;
mod form;
mod view;
mod words;

use crate::command::{Effect, Object, Purpose, Verb, generic};
use crate::net::generic::FamilyName;
pub use attrs::MACSEC_ATTRS;

/// The object.
pub static OBJECT: Object = Object {
    names: &["macsec~"],
    about: "channels and keys of MACsec devices",
    purpose: Purpose::Interfaces,
    terms: &[
        ("", "ip macsec add DEV tx sa { 0..3 } [ OPTS ] key ID KEY"),
        ("", "ip macsec set DEV tx sa { 0..3 } [ OPTS ]"),
        ("", "ip macsec del DEV tx sa { 0..3 }"),
        ("", "ip macsec add DEV rx SCI [ on | off ]"),
        ("", "ip macsec set DEV rx SCI [ on | off ]"),
        ("", "ip macsec del DEV rx SCI"),
        ("", "ip macsec add DEV rx SCI sa { 0..3 } [ OPTS ] key ID KEY"),
        ("", "ip macsec set DEV rx SCI sa { 0..3 } [ OPTS ]"),
        ("", "ip macsec del DEV rx SCI sa { 0..3 }"),
        ("", "ip macsec show"),
        ("", "ip macsec show DEV"),
        ("", "ip macsec offload DEV [ off | phy | mac ]"),
        ("OPTS", "[ pn <u32> | xpn <u64> ] [ salt SALT ] [ ssci <u32> ] [ on | off ]"),
        ("ID", "128-bit hex string"),
        ("KEY", "128-bit or 256-bit hex string"),
        ("SCI", "{ sci <u64> | port { 1..2^16-1 } address <lladdr> }"),
        ("SALT", "96-bit hex string"),
    ],
    verbs: &[
        Verb {
            names: &["show~"],
            about: "list devices with their channels and associations",
            run: view::show,
            effect: Effect::Read,
            tables: &[&form::SHOW],
            examples: &[
                ("rip macsec show", "all devices"),
                ("rip -s macsec show macsec0", "one device, with statistics"),
            ],
        },
        Verb {
            names: &["add~"],
            about: "add a receive channel or a secure association",
            run: |s, w| change::run(s, w, change::Doing::Add),
            effect: Effect::Change,
            tables: &[&form::CHANNEL],
            examples: &[
                ("rip macsec add macsec0 tx sa 0 pn 1 on key 01 00112233445566778899aabbccddeeff", "the transmit key"),
                ("rip macsec add macsec0 rx port 1 address 02:00:00:00:00:02", "the channel of a peer"),
                (
                    "rip macsec add macsec0 rx port 1 address 02:00:00:00:00:02 sa 0 pn 1 on key 02 ffeeddccbbaa99887766554433221100",
                    "the key that the peer transmits with",
                ),
            ],
        },
        Verb {
            names: &["set~"],
            about: "change a receive channel or a secure association",
            run: |s, w| change::run(s, w, change::Doing::Set),
            effect: Effect::Change,
            tables: &[&form::CHANNEL],
            examples: &[("rip macsec set macsec0 tx sa 0 off", "stop transmitting with this key")],
        },
        Verb {
            names: &["delete~"],
            about: "delete a receive channel or a secure association",
            run: |s, w| change::run(s, w, change::Doing::Delete),
            effect: Effect::Change,
            tables: &[&form::CHANNEL],
            examples: &[
                ("rip macsec delete macsec0 tx sa 0", "delete an association"),
                ("rip macsec delete macsec0 rx port 1 address 02:00:00:00:00:02", "delete the channel of a peer"),
            ],
        },
        Verb {
            names: &["offload~"],
            about: "set the offload mode",
            run: change::offload,
            effect: Effect::Change,
            tables: &[&form::OFFLOAD],
            examples: &[("rip macsec offload macsec0 mac", "process MACsec in the network card")],
        },
    ],
    unknown: Some(|s, w| generic::unknown(s, w, &FAMILY, &OBJECT)),
    ..Object::BASE
};

/// The family (linux/if_macsec.h).
const FAMILY: FamilyName = FamilyName { name: "macsec", version: 1 };
