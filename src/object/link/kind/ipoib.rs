//! `ipoib`: IP over InfiniBand (RFC 4391; linux/if_link.h, IFLA_IPOIB_*).

use super::{Data, Kind, RecordWriter, parse_data, unknown_option};
use crate::diag::Diag;
use crate::grammar::number::{Named, U16};
use crate::grammar::{Fallback, Grammar, Offer, Row, Value, Words, suggest};
use crate::{attrs, raw, rows};
use netlink_packet_route::link::{InfoData, InfoIpoib, IpoibMode};
use std::borrow::Cow;

raw!(InfoIpoib);

attrs! {
    /// The attributes of its data (linux/if_link.h).
    pub const ATTRS;
    IFLA_IPOIB_PKEY = 1: U16, Set;
    IFLA_IPOIB_MODE = 2: U16, Set;
    IFLA_IPOIB_UMCAST = 3: U16, Set;
}

/// Links of type `ipoib`.
pub static KIND: Kind = Kind {
    attrs: ATTRS,
    parse: Some(|w, _| parse_data(w, &GRAMMAR, InfoData::Ipoib)),
    tables: &[&GRAMMAR],
    describe: Some(describe),
    ..Kind::named("ipoib")
        .terms(&[("PKEY", "0x8001-0xffff"), ("", "[ umcast { 0 | 1 } ]")])
        .about("IP over InfiniBand")
        .examples(&[("rip link add link ib0 name ib0.8001 type ipoib pkey 0x8001", "one partition")])
};

static ROWS: &[Row<Data<InfoIpoib>>] = rows!(Data<InfoIpoib>;
    "pkey~" => Named("PKEY", U16("pkey is invalid")), "partition key, 0x8001-0xffff", |d, v| d.put(InfoIpoib::Pkey(v));
    "mode~" => Mode, "transport mode: datagram or connected", |d, v| d.put(InfoIpoib::Mode(v));
    "umcast~" => U16("umcast is invalid"), "user-space multicast joins, 0 or 1", |d, v| d.put(InfoIpoib::UmCast(v));
);

static GRAMMAR: Grammar<Data<InfoIpoib>> =
    Grammar { title: "IPOIB", rows: &[ROWS], fallback: Fallback::Unknown(|arg| unknown_option("ipoib", arg)) };

const MODES: [&str; 2] = ["datagram", "connected"];

struct Mode;

impl Value for Mode {
    type Out = IpoibMode;
    fn meta(&self) -> Cow<'static, str> {
        "{ datagram | connected }".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<IpoibMode, Diag> {
        let arg = w.next()?;
        match arg.bytes {
            b"datagram" => Ok(IpoibMode::Datagram),
            b"connected" => Ok(IpoibMode::Connected),
            // The missing space is iproute2's.
            word => {
                let d = Diag::fail("Error: argument of \"mode\" must be \"datagram\"or \"connected\"").at(arg.span());
                Err(suggest::hint(d, word, MODES.into_iter()))
            }
        }
    }
    fn offer(&self, _w: &Words<'_>) -> Vec<Offer> {
        MODES.map(|n| Offer::new(n, "")).to_vec()
    }
}

fn describe(s: &mut RecordWriter<'_, '_, '_>) {
    if let Some(v) = s.d.u16(IFLA_IPOIB_PKEY) {
        s.p.item("key", "pkey {} ", format_args!("{v:#06x}"));
    }
    if let Some(v) = s.d.u16(IFLA_IPOIB_MODE) {
        s.p.item("mode", "mode {} ", MODES.get(usize::from(v)).copied().unwrap_or("unknown"));
    }
    if let Some(v) = s.d.u16(IFLA_IPOIB_UMCAST) {
        s.p.item("umcast", "umcast {} ", format_args!("{v:04x}"));
    }
}

#[cfg(test)]
mod tests {
    use crate::object::link::kind::testing::{covers, describes, sends};

    #[test]
    fn words() {
        let words = &[
            ("pkey 0x8001 mode datagram umcast 1", "1=0180 2=0000 3=0100"),
            ("p 5 m connected u 300", "1=0500 2=0100 3=2c01"),
            ("pkey 65536", "!Error: argument \"65536\" is wrong: pkey is invalid"),
            ("mode x", "!Error: argument of \"mode\" must be \"datagram\"or \"connected\""),
            ("umcast x", "!Error: argument \"x\" is wrong: umcast is invalid"),
            ("foo", "!ipoib: unknown option \"foo\"?"),
        ];
        sends("ipoib", words);
        covers("ipoib", words);
    }

    #[test]
    fn descriptions() {
        describes(
            "ipoib",
            &[
                (
                    "1=0180 2=0100 3=2c01",
                    "pkey 0x8001 mode connected umcast 012c ",
                    r#"{"key":"0x8001","mode":"connected","umcast":"012c"}"#,
                ),
                ("1=0500 2=0500", "pkey 0x0005 mode unknown ", r#"{"key":"0x0005","mode":"unknown"}"#),
            ],
        );
    }
}
