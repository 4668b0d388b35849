//! `rmnet`: a multiplexed channel of a Qualcomm modem (linux/if_link.h, IFLA_RMNET_*).

use super::{Data, Kind, RecordWriter, parse_data, unknown_command};
use crate::grammar::number::{Term, U16};
use crate::grammar::value::Switch;
use crate::grammar::{Fallback, Grammar, Row};
use crate::net::attr::u32_at;
use crate::output::scalar::Hex;
use crate::{attrs, raw, rows};
use netlink_packet_route::link::{InfoData, InfoRmNet, InfoRmNetFlags, RmNetFlags as Flags};

raw!(InfoRmNet);

attrs! {
    /// The attributes of its data (linux/if_link.h).
    pub const ATTRS;
    IFLA_RMNET_MUX_ID = 1: U16, Set;
    IFLA_RMNET_FLAGS = 2: Bytes, Set;
}

/// Links of type `rmnet`.
pub static KIND: Kind = Kind {
    attrs: ATTRS,
    parse: Some(|w, _| parse_data(w, &GRAMMAR, InfoData::RmNet)),
    tables: &[&GRAMMAR],
    describe: Some(describe),
    ..Kind::named("rmnet")
        .terms(&[("MUXID", "1-254")])
        .about("multiplexed channel of a Qualcomm modem")
        .examples(&[("rip link add link rmnet_ipa0 name rmnet0 type rmnet mux_id 1", "channel 1")])
};

type D = Data<InfoRmNet>;

const fn switch(name: &'static str) -> Switch {
    Switch(name, 1)
}

static ROWS: &[Row<D>] = rows!(D;
    "mux_id" => Term("MUXID", U16("mux_id is invalid")), "mux id, 1-254", |d, v| d.put(InfoRmNet::MuxId(v));
    "ingress-deaggregation" => switch("ingress-deaggregation"), "deaggregate received frames", |d, v| flag(d, Flags::IngressDeaggregation, v);
    "ingress-commands" => switch("ingress-commands"), "handle MAP commands", |d, v| flag(d, Flags::IngressCommands, v);
    "ingress-mapv4-checksum" => switch("ingress-mapv4-checksum"), "MAPv4 receive checksum offload", |d, v| flag(d, Flags::IngressMapCksumV4, v);
    "egress-mapv4-checksum" => switch("egress-mapv4-checksum"), "MAPv4 transmit checksum offload", |d, v| flag(d, Flags::EgressMapCksumV4, v);
    "ingress-mapv5-checksum" => switch("ingress-mapv5-checksum"), "MAPv5 receive checksum offload", |d, v| flag(d, Flags::IngressMapCksumV5, v);
    "egress-mapv5-checksum" => switch("egress-mapv5-checksum"), "MAPv5 transmit checksum offload", |d, v| flag(d, Flags::EgressMapCksumV5, v);
);

static GRAMMAR: Grammar<D> =
    Grammar { title: "RMNET", rows: &[ROWS], fallback: Fallback::Unknown(|arg| unknown_command("rmnet", arg)) };

/// Sets a flag: all flags share one attribute of values and a mask.
fn flag(d: &mut D, bit: Flags, on: bool) {
    let held = d.list.iter_mut().find_map(|a| if let InfoRmNet::Flags(f) = a { Some(f) } else { None });
    d.trail.note(&[IFLA_RMNET_FLAGS]);
    match held {
        Some(f) => {
            f.flags.set(bit, on);
            f.mask.insert(bit);
        }
        None => {
            let flags = if on { bit } else { Flags::empty() };
            d.list.push(InfoRmNet::Flags(InfoRmNetFlags::new(flags, bit)));
        }
    }
}

/// The flags by bit (linux/if_link.h, RMNET_FLAGS_*).
const FLAG_NAMES: &[&str] = &[
    "INGRESS_DEAGGREGATION",
    "INGRESS_MAP_COMMANDS",
    "INGRESS_MAP_CKSUMV4",
    "EGRESS_MAP_CKSUMV4",
    "INGRESS_MAP_CKSUMV5",
    "EGRESS_MAP_CKSUMV5",
];

fn describe(s: &mut RecordWriter<'_, '_, '_>) {
    s.u16(IFLA_RMNET_MUX_ID, "mux_id", "mux_id {} ");
    let Some(flags) = s.d.get(IFLA_RMNET_FLAGS).and_then(|b| u32_at(b, 0)) else { return };
    s.p.array(Some("flags"));
    s.p.text("<");
    let mut rest = flags;
    for (i, name) in FLAG_NAMES.iter().enumerate().filter(|(i, _)| flags & (1 << i) != 0) {
        rest &= !(1 << i);
        s.p.element(if rest != 0 { "{}," } else { "{}" }, *name);
    }
    if rest != 0 {
        s.p.element("{}", Hex::digits(rest));
    }
    s.p.text("> ");
    s.p.close();
}

#[cfg(test)]
mod tests {
    use crate::object::link::kind::testing::{covers, describes, sends};

    #[test]
    fn words() {
        let words = &[
            ("mux_id 5", "1=0500"),
            ("mux_id 0x10 ingress-deaggregation on", "1=1000 2=0100000001000000"),
            ("ingress-commands on ingress-mapv4-checksum off", "2=0200000006000000"),
            ("egress-mapv4-checksum on", "2=0800000008000000"),
            ("ingress-mapv5-checksum on egress-mapv5-checksum on", "2=3000000030000000"),
            ("mux_id 65536", "!Error: argument \"65536\" is wrong: mux_id is invalid"),
            ("foo", "!rmnet: unknown command \"foo\"?"),
        ];
        sends("rmnet", words);
        covers("rmnet", words);
    }

    #[test]
    fn descriptions() {
        describes(
            "rmnet",
            &[
                ("1=0500", "mux_id 5 ", r#"{"mux_id":5}"#),
                ("1=0500 2=00000000ffffffff", "mux_id 5 <> ", r#"{"mux_id":5,"flags":[]}"#),
                ("2=0200000000000000", "<INGRESS_MAP_COMMANDS> ", r#"{"flags":["INGRESS_MAP_COMMANDS"]}"#),
                (
                    "2=4900000000000000",
                    "<INGRESS_DEAGGREGATION,EGRESS_MAP_CKSUMV4,40> ",
                    r#"{"flags":["INGRESS_DEAGGREGATION","EGRESS_MAP_CKSUMV4","40"]}"#,
                ),
            ],
        );
    }
}
