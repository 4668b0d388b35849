//! `hsr`: redundant rings (HSR) and parallel networks (PRP) of IEC 62439-3 (linux/if_link.h, IFLA_HSR_*).

use super::{Data, Kind, RecordWriter, parse_data, usage};
use crate::diag::Diag;
use crate::grammar::number::{Term, U8};
use crate::grammar::{Fallback, Grammar, Offer, Row, Value, Words};
use crate::object::link::ether::Mac;
use crate::output::scalar::{Both, Null};
use crate::{attrs, raw, rows};
use netlink_packet_route::link::{InfoData, InfoHsr};
use std::borrow::Cow;

raw!(InfoHsr);

attrs! {
    /// The attributes of its data (linux/if_link.h).
    pub const ATTRS;
    IFLA_HSR_SLAVE1 = 1: U32, Set;
    IFLA_HSR_SLAVE2 = 2: U32, Set;
    IFLA_HSR_MULTICAST_SPEC = 3: U8, Set;
    IFLA_HSR_SUPERVISION_ADDR = 4: Mac, Read;
    IFLA_HSR_SEQ_NR = 5: U16, Read;
    IFLA_HSR_VERSION = 6: U8, Set;
    IFLA_HSR_PROTOCOL = 7: U8, Set;
    IFLA_HSR_INTERLINK = 8: U32, Set;
}

/// Links of type `hsr`.
pub static KIND: Kind = Kind {
    attrs: ATTRS,
    parse: Some(|w, _| parse_data(w, &GRAMMAR, InfoData::Hsr)),
    tables: &[&GRAMMAR],
    describe: Some(describe),
    ..Kind::named("hsr")
        .terms(&[
            ("", "ip link add name NAME type hsr slave1 SLAVE1-IF slave2 SLAVE2-IF"),
            ("INTERLINK-IF", "device to a network attached to the ring"),
            ("ADDR-BYTE", "0-255, last byte of the multicast address of supervision frames"),
            ("VERSION", "0,1"),
            ("PROTOCOL", "0 (HSR) or 1 (PRP)"),
        ])
        .about("seamless redundancy over two ports (HSR, PRP)")
        .examples(&[("rip link add hsr0 type hsr slave1 eth0 slave2 eth2", "a ring")])
};

static ROWS: &[Row<Data<InfoHsr>>] = rows!(Data<InfoHsr>;
    "supervision~" => Term("ADDR-BYTE", U8("ADDR-BYTE is invalid")), "last byte of the supervision multicast address", |d, v| d.put(InfoHsr::MulticastSpec(v));
    "version~" => Term("VERSION", U8("version is invalid")), "protocol version, 0 or 1", |d, v| d.put(InfoHsr::Version(v));
    "proto~" => Term("PROTOCOL", U8("protocol is invalid")), "0 HSR, 1 PRP", |d, v| d.raw(IFLA_HSR_PROTOCOL, [v]);
    "slave1~" => Port, "first ring port", |d, v| d.put(InfoHsr::Port1(v));
    "slave2~" => Port, "second ring port", |d, v| d.put(InfoHsr::Port2(v));
    "interlink" => Term("INTERLINK-IF", Port), "interlink port", |d, v| d.put(InfoHsr::Interlink(v));
);

static GRAMMAR: Grammar<Data<InfoHsr>> = Grammar {
    title: "HSR",
    rows: &[ROWS],
    fallback: Fallback::Unknown(|arg| {
        Diag::fail(format!("hsr: what is \"{}\"?", arg.shown())).at(arg.span()).line(usage(&KIND).trim_end())
    }),
};

/// A device, with this kind's error for one that does not exist.
struct Port;

impl Value for Port {
    type Out = u32;
    fn meta(&self) -> Cow<'static, str> {
        "DEV".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<u32, Diag> {
        let arg = w.next()?;
        let index = w.names.link(arg.bytes).map_err(|d| d.at_first(arg.span()))?;
        index.ok_or_else(|| arg.wrong("No such interface"))
    }
    fn offer(&self, w: &Words<'_>) -> Vec<Offer> {
        w.names.links()
    }
}

fn describe(s: &mut RecordWriter<'_, '_, '_>) {
    for (attr, key, form) in [(IFLA_HSR_SLAVE1, "slave1", "slave1 {} "), (IFLA_HSR_SLAVE2, "slave2", "slave2 {} ")] {
        if s.d.has(attr) {
            s.device(attr, key, form);
        } else {
            s.p.item(key, form, Both("<none>", Null));
        }
    }
    s.device(IFLA_HSR_INTERLINK, "interlink", "interlink {} ");
    s.u16(IFLA_HSR_SEQ_NR, "seq_nr", "sequence {} ");
    if let Some(b) = s.d.get(IFLA_HSR_SUPERVISION_ADDR) {
        s.p.item("supervision_addr", "supervision {} ", Mac(1, b));
    }
    s.u8(IFLA_HSR_PROTOCOL, "proto", "proto {} ");
    s.u8(IFLA_HSR_VERSION, "version", "version {} ");
}

#[cfg(test)]
mod tests {
    use crate::object::link::kind::testing::{covers, describes, sends};

    #[test]
    fn words() {
        let words = &[
            ("slave1 v0 slave2 v1 interlink v0", "1=03000000 2=02000000 8=03000000"),
            ("supervision 5 version 1 proto 2", "3=05 6=01 7=02"),
            ("s 5 ver 1 pro 0", "3=05 6=01 7=00"),
            ("supervision 256", "!Error: argument \"256\" is wrong: ADDR-BYTE is invalid"),
            ("slave1 nosuch", "!Error: argument \"nosuch\" is wrong: No such interface"),
            ("foo", "!hsr: what is \"foo\"?"),
        ];
        sends("hsr", words);
        covers("hsr", words);
    }

    #[test]
    fn descriptions() {
        describes(
            "hsr",
            &[
                (
                    "1=4d000000 2=03000000 3=05 4=0115ace4a000 5=0a00 6=01 7=00",
                    "slave1 br7 slave2 v0 sequence 10 supervision 01:15:ac:e4:a0:00 proto 0 version 1 ",
                    r#"{"slave1":"br7","slave2":"v0","seq_nr":10,"supervision_addr":"01:15:ac:e4:a0:00","proto":0,"version":1}"#,
                ),
                ("7=05", "slave1 <none> slave2 <none> proto 5 ", r#"{"slave1":null,"slave2":null,"proto":5}"#),
            ],
        );
    }
}
