//! `ipvlan` and `ipvtap`: devices with their own IP addresses that share a lower device's MAC address (linux/if_link.h,
//! IFLA_IPVLAN_*).

use super::{Body, Data, Filled, Kind, Raw, RecordWriter, Setting, speak_for, unknown_option};
use crate::diag::{Diag, Span};
use crate::grammar::number::Term;
use crate::grammar::value::{Choice, Either, Flag};
use crate::grammar::{Fallback, Grammar, Row, Target, Words};
use crate::net::Trail;
use crate::schema::Quirks;
use crate::{attrs, raw, rows};
use netlink_packet_route::link::{InfoData, InfoIpVlan, InfoIpVtap};

raw!(InfoIpVlan, InfoIpVtap);

attrs! {
    /// The attributes of its data (linux/if_link.h).
    pub const ATTRS;
    IFLA_IPVLAN_MODE = 1: U16, Set;
    IFLA_IPVLAN_FLAGS = 2: U16, Set;
}

const PRIVATE: u16 = 1;
const VEPA: u16 = 2;

/// IPVLAN_MODE_* of linux/if_link.h.
const MODES: &[(&str, u16)] = &[("l2", 0), ("l3", 1), ("l3s", 2)];
const MODE: Either<u16> = Either("argument of \"mode\" must be either \"l2\", \"l3\" or \"l3s\"", MODES);

/// Links of type `ipvlan`.
pub static IPVLAN: Kind = Kind {
    attrs: ATTRS,
    parse: Some(|w, setting| parse(w, setting, InfoData::IpVlan)),
    tables: &[&GRAMMAR],
    describe: Some(describe),
    quirks: Quirks { recreatable: true, ..Quirks::NONE },
    ..Kind::named("ipvlan")
        .terms(&[("", "[ FLAGS ]"), ("FLAGS", "{ bridge | private | vepa }")])
        .about("virtual device with the MAC address of its lower device")
        .examples(&[("rip link add link eth0 name ipvl0 type ipvlan mode l2", "in layer 2 mode on eth0")])
};

/// Links of type `ipvtap`.
pub static IPVTAP: Kind = Kind {
    attrs: ATTRS,
    parse: Some(|w, setting| parse(w, setting, InfoData::IpVtap)),
    tables: &[&GRAMMAR],
    describe: Some(describe),
    ..Kind::named("ipvtap")
        .terms(&[("", "[ FLAGS ]"), ("FLAGS", "{ bridge | private | vepa }")])
        .about("ipvlan with a character device, for virtual machines")
        .examples(&[("rip link add link eth0 name ipvt0 type ipvtap mode l2", "for a virtual machine")])
};

/// The words of both kinds.
#[derive(Default)]
pub struct Builder {
    modes: Vec<u16>,
    flags: Option<u16>,
    trail: Trail,
}

impl Target for Builder {
    fn set_span(&mut self, span: Span) {
        self.trail.close(span);
    }
}

impl Builder {
    /// Sets a flag; a second one is an error.
    fn flag(&mut self, value: u16, w: &Words<'_>) -> Result<(), Diag> {
        let at = w.at().saturating_sub(1);
        if self.flags.replace(value).is_some() {
            let bytes = w.line().get(at).map_or(&b""[..], Vec::as_slice);
            return Err(unknown_option("ipvlan", &crate::grammar::Arg { bytes, at }));
        }
        self.trail.note(&[IFLA_IPVLAN_FLAGS]);
        Ok(())
    }
}

static ROWS: &[Row<Builder>] = rows!(Builder;
    "mode~" => Term("MODE", MODE), "mode: l2, l3 or l3s", |d, v| {
        d.modes.push(v);
        d.trail.note(&[IFLA_IPVLAN_MODE]);
    };
    "private~" => Flag, "no traffic between devices on the same lower device", |d, (), w| d.flag(PRIVATE, w);
    "vepa~" => Flag, "an external switch forwards between the devices", |d, (), w| d.flag(VEPA, w);
    "bridge~" => Flag, "devices on the same lower device reach each other", |d, (), w| d.flag(0, w);
);

static GRAMMAR: Grammar<Builder> =
    Grammar { title: "IPVLAN", rows: &[ROWS], fallback: Fallback::Unknown(|arg| unknown_option("ipvlan", arg)) };

fn parse<A: Raw>(w: &mut Words<'_>, setting: &Setting<'_>, wrap: fn(Vec<A>) -> InfoData) -> Result<Filled, Diag> {
    let mut d = Builder::default();
    GRAMMAR.parse(&mut d, w).map_err(|e| speak_for(e, "ipvlan", setting.kind))?;
    let mut data: Data<A> = Data::default();
    for mode in &d.modes {
        data.raw(IFLA_IPVLAN_MODE, mode.to_ne_bytes());
    }
    data.raw(IFLA_IPVLAN_FLAGS, d.flags.unwrap_or(0).to_ne_bytes());
    Ok(Filled { body: Body::Data(wrap(data.list)), trail: d.trail })
}

fn describe(s: &mut RecordWriter<'_, '_, '_>) {
    if let Some(v) = s.d.u16(IFLA_IPVLAN_MODE) {
        s.p.item("mode", " mode {} ", Choice(MODES, "").name(v).unwrap_or("unknown"));
    }
    match s.d.u16(IFLA_IPVLAN_FLAGS) {
        Some(v) if v & PRIVATE != 0 => s.p.flag("private", "private "),
        Some(v) if v & VEPA != 0 => s.p.flag("vepa", "vepa "),
        Some(_) => s.p.flag("bridge", "bridge "),
        None => {}
    }
}

#[cfg(test)]
mod tests {
    use crate::object::link::kind::testing::{covers, describes, sends};

    #[test]
    fn words() {
        let words = &[
            ("mode l2", "1=0000 2=0000"),
            ("mode l3 private", "1=0100 2=0100"),
            ("m l3s vepa", "1=0200 2=0200"),
            ("bridge", "2=0000"),
            ("pri", "2=0100"),
            ("mode l2 mode l3", "1=0000 1=0100 2=0000"),
            ("mode zz", "!Error: argument of \"mode\" must be either \"l2\", \"l3\" or \"l3s\""),
        ];
        sends("ipvlan", words);
        covers("ipvlan", words);
        sends("ipvtap", words);
        sends("ipvlan", &[("vepa bridge", "!ipvlan: unknown option \"bridge\"?")]);
        sends(
            "ipvtap",
            &[("private private", "!ipvtap: unknown option \"private\"?"), ("foo", "!ipvtap: unknown option \"foo\"?")],
        );
    }

    #[test]
    fn descriptions() {
        describes(
            "ipvlan",
            &[
                ("1=0000 2=0300", " mode l2 private ", r#"{"mode":"l2","private":true}"#),
                ("1=0200 2=0200", " mode l3s vepa ", r#"{"mode":"l3s","vepa":true}"#),
                ("1=0500 2=0000", " mode unknown bridge ", r#"{"mode":"unknown","bridge":true}"#),
            ],
        );
    }
}
