//! `sr`: HMAC keys and the tunnel source address of IPv6 segment routing (RFC 8754, linux/seg6_genl.h).

mod hmac;
mod secret;
mod tunsrc;

use crate::command::generic::Unknown;
use crate::command::{Effect, Object, Purpose, Verb, generic};
use crate::diag::{Diag, FAIL};
use crate::grammar::Words;
use crate::net::Kernel;
use crate::net::generic::{Family, FamilyName};
use crate::session::Session;

/// The object.
pub static OBJECT: Object = Object {
    names: &["sr~"],
    about: "IPv6 segment routing: HMAC keys, tunnel source",
    purpose: Purpose::Routing,
    terms: &[
        ("", "ip sr { COMMAND | help }"),
        ("", "ip sr hmac show"),
        ("", "ip sr hmac set KEYID ALGO"),
        ("", "ip sr tunsrc show"),
        ("", "ip sr tunsrc set ADDRESS"),
        ("ALGO", "{ sha1 | sha256 }"),
    ],
    verbs: &[
        // Before `hmac`, so that `ip sr h` means help.
        Verb::usage(&[("rip sr help", "the usage of sr")]),
        Verb {
            names: &["hmac~"],
            about: "HMAC keys of segment routing headers",
            run: hmac::run,
            effect: Effect::Change,
            tables: &[&hmac::BELOW],
            examples: &[
                ("rip sr hmac set 17 sha256", "prompt for the secret of key 17 (empty: delete the key)"),
                ("rip sr hmac show", "list keys with their secrets"),
            ],
        },
        Verb {
            names: &["tunsrc~"],
            about: "source address of encapsulated packets",
            run: tunsrc::run,
            effect: Effect::Change,
            tables: &[&tunsrc::BELOW],
            examples: &[
                ("rip sr tunsrc set 2001:db8::1", "set the address"),
                ("rip sr tunsrc set ::", "use an address of the outgoing device"),
                ("rip sr tunsrc show", "show the address"),
            ],
        },
    ],
    unknown: Some(|s, w| {
        s.generic(&FAMILY)?;
        Err(w.next()?.wrong("unknown"))
    }),
    ..Object::BASE
};

// linux/seg6_genl.h: the family and its commands.
const FAMILY: FamilyName = FamilyName { name: "SEG6", version: 1 };
const SEG6_CMD_SETHMAC: u8 = 1;
const SEG6_CMD_DUMPHMAC: u8 = 2;
const SEG6_CMD_SET_TUNSRC: u8 = 3;
const SEG6_CMD_GET_TUNSRC: u8 = 4;

crate::attrs! {
    /// The attributes of the family.
    pub const SEG6_ATTRS;
    SEG6_ATTR_DST = 1: Ip, Request;
    SEG6_ATTR_DSTLEN = 2: I32, Read;
    SEG6_ATTR_HMACKEYID = 3: U32, Request;
    SEG6_ATTR_SECRET = 4: Secret, Request;
    /// The length of the secret, in bytes.
    SEG6_ATTR_SECRETLEN = 5: U8, Request;
    SEG6_ATTR_ALGID = 6: U8, Request;
}
