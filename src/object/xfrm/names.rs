//! IPsec numbers with names: protocols, modes, flags.

use crate::diag::Diag;
use crate::grammar::value::Choice;
use crate::grammar::{Offer, Value, Words};
use crate::output::Printer;
use crate::output::scalar::Hex;
use nix::libc;
use std::borrow::Cow;

/// IPPROTO_ESP.
pub const ESP: u8 = libc::IPPROTO_ESP as u8;
/// IPPROTO_AH.
pub const AH: u8 = libc::IPPROTO_AH as u8;
/// IPPROTO_COMP.
pub const COMP: u8 = libc::IPPROTO_COMP as u8;
/// IPPROTO_ROUTING: a Mobile IPv6 type 2 routing header.
pub const ROUTE2: u8 = libc::IPPROTO_ROUTING as u8;
/// IPPROTO_DSTOPTS: a Mobile IPv6 home address option.
pub const HAO: u8 = libc::IPPROTO_DSTOPTS as u8;
/// IPSEC_PROTO_ANY of linux/ipsec.h.
pub const ANY: u8 = 255;

/// The protocols, in the order of the help text.
pub const PROTOCOLS: Choice<u8> = Choice(
    &[("esp", ESP), ("ah", AH), ("comp", COMP), ("route2", ROUTE2), ("hao", HAO), ("ipsec-any", ANY)],
    "XFRM-PROTO value is invalid",
);

// linux/xfrm.h, XFRM_MODE_*.
/// XFRM_MODE_TRANSPORT.
pub const TRANSPORT: u8 = 0;
/// XFRM_MODE_TUNNEL.
pub const TUNNEL: u8 = 1;
/// XFRM_MODE_ROUTEOPTIMIZATION.
pub const ROUTE_OPTIMIZATION: u8 = 2;
/// XFRM_MODE_IN_TRIGGER.
pub const IN_TRIGGER: u8 = 3;
/// XFRM_MODE_BEET.
pub const BEET: u8 = 4;

/// The modes.
pub const MODES: Choice<u8> = Choice(
    &[
        ("transport~", TRANSPORT),
        ("tunnel~", TUNNEL),
        ("ro~", ROUTE_OPTIMIZATION),
        ("in_trigger~", IN_TRIGGER),
        ("beet~", BEET),
    ],
    "MODE value is invalid",
);

/// XFRM_SA_DIR_*: the direction of a state.
pub const DIRECTIONS: Choice<u8> = Choice(&[("in", 1), ("out", 2)], "DIR value is not \"in\" or \"out\"");

/// An IPsec protocol.
pub struct Protocol;

impl Value for Protocol {
    type Out = u8;
    fn meta(&self) -> Cow<'static, str> {
        PROTOCOLS.meta()
    }
    fn term(&self) -> Cow<'static, str> {
        "XFRM-PROTO".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<u8, Diag> {
        PROTOCOLS.take(w)
    }
    fn offer(&self, w: &Words<'_>) -> Vec<Offer> {
        PROTOCOLS.offer(w)
    }
}

/// The name of an IPsec protocol, or its number.
pub fn protocol(v: u8) -> String {
    PROTOCOLS.name(v).map_or_else(|| v.to_string(), String::from)
}

/// The name of a mode, or its number.
pub fn mode(v: u8) -> String {
    MODES.name(v).map_or_else(|| v.to_string(), String::from)
}

/// Flags by name: the number, the name.
pub type Flags = &'static [(u32, &'static str)];

/// A list of flags, or a number with `0x`. Holds the names, the error about a wrong number, and the largest number.
pub struct FlagList(pub Flags, pub &'static str, pub u32);

impl Value for FlagList {
    type Out = u32;
    fn meta(&self) -> Cow<'static, str> {
        let names: Vec<&str> = self.0.iter().map(|(_, name)| *name).collect();
        format!("{{ {} | HEX }}", names.join(" | ")).into()
    }
    fn term(&self) -> Cow<'static, str> {
        if self.2 > 0xff { "EXTRA-FLAG-LIST".into() } else { "FLAG-LIST".into() }
    }
    fn take(&self, w: &mut Words<'_>) -> Result<u32, Diag> {
        let arg = w.next()?;
        if arg.bytes.starts_with(b"0x") {
            let v = crate::grammar::number::unsigned(arg.bytes, 0).and_then(|v| u32::try_from(v).ok());
            return v.filter(|v| *v <= self.2).ok_or_else(|| arg.wrong(self.1));
        }
        w.back();
        let mut flags = 0;
        while let Some((flag, _)) = w.peek().and_then(|arg| self.0.iter().find(|(_, name)| arg.is(name))) {
            flags |= flag;
            w.skip();
        }
        // A word that is not a flag ends the list.
        Ok(flags)
    }
    fn offer(&self, _w: &Words<'_>) -> Vec<Offer> {
        self.0.iter().map(|(_, name)| Offer::new(*name, "")).collect()
    }
    fn more(&self, w: &Words<'_>) -> Vec<Offer> {
        self.offer(w)
    }
}

/// Describes flags by name, and those without a name in hexadecimal, separated by spaces; in JSON as an array.
pub fn describe_flags(p: &mut Printer<'_>, key: &str, names: Flags, flags: u32) {
    p.array(Some(key));
    let mut rest = flags;
    let mut first = true;
    for (flag, name) in names.iter().filter(|(flag, _)| flags & flag != 0) {
        rest &= !flag;
        p.element(if first { "{}" } else { " {}" }, *name);
        first = false;
    }
    if rest != 0 {
        p.element(if first { "{}" } else { " {}" }, Hex::digits(rest));
    }
    p.close();
}
