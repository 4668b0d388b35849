//! `ovpn`: OpenVPN's data channel in the kernel (linux/if_link.h, IFLA_OVPN_*).

use super::{Data, Kind, Raw, RecordWriter, parse_data, unknown_option};
use crate::attrs;
use crate::grammar::value::OneOf;
use crate::grammar::{Fallback, Grammar, Row};
use crate::rows;
use netlink_packet_core::DefaultNla;
use netlink_packet_route::link::InfoData;

impl Raw for DefaultNla {
    fn raw(nla: DefaultNla) -> DefaultNla {
        nla
    }
}

attrs! {
    /// The attributes of its data (linux/if_link.h).
    pub const ATTRS;
    IFLA_OVPN_MODE = 1: U8, Set;
}

/// Links of type `ovpn`.
pub static KIND: Kind = Kind {
    attrs: ATTRS,
    parse: Some(|w, _| parse_data(w, &GRAMMAR, wrap)),
    tables: &[&GRAMMAR],
    describe: Some(describe),
    ..Kind::named("ovpn").terms(&[("MODE", "{ p2p | mp }")]).about("OpenVPN data channel offload").examples(&[
        ("rip link add ovpn0 type ovpn", "a device for an OpenVPN client"),
        ("rip link add ovpn0 type ovpn mode mp", "a device for an OpenVPN server"),
    ])
};

const MODES: OneOf<u8> = OneOf("mode", &[("p2p", 0), ("mp", 1)]);

static ROWS: &[Row<Data<DefaultNla>>] = rows!(Data<DefaultNla>;
    "mode" => MODES, "p2p (one peer, the default) or mp (many)", |d, v| d.raw(IFLA_OVPN_MODE, [v]);
);

static GRAMMAR: Grammar<Data<DefaultNla>> =
    Grammar { title: "OVPN", rows: &[ROWS], fallback: Fallback::Unknown(|arg| unknown_option("ovpn", arg)) };

/// netlink-packet-route lacks this kind, so its attributes are sent as bytes.
fn wrap(list: Vec<DefaultNla>) -> InfoData {
    let mut bytes = Vec::new();
    for nla in &list {
        bytes_of(nla, &mut bytes);
    }
    InfoData::Other(bytes)
}

fn bytes_of(nla: &DefaultNla, out: &mut Vec<u8>) {
    use netlink_packet_core::Nla;
    let mut value = vec![0; nla.value_len()];
    nla.emit_value(&mut value);
    crate::net::attr::put(out, nla.kind(), &value);
}

fn describe(s: &mut RecordWriter<'_, '_, '_>) {
    if let Some(v) = s.d.u8(IFLA_OVPN_MODE) {
        let name = ["p2p", "mp"].get(usize::from(v)).copied().unwrap_or("(unknown)");
        s.p.item("mode", "mode {} ", name);
    }
}

#[cfg(test)]
mod tests {
    use crate::object::link::kind::testing::{covers, describes, sends};

    #[test]
    fn words() {
        let words = &[
            ("mode p2p", "1=00"),
            ("mode mp", "1=01"),
            ("mode x", "!Error: argument of \"mode\" must be one of \"p2p\", \"mp\", not \"x\""),
            ("mo mp", "!ovpn: unknown option \"mo\"?"),
        ];
        sends("ovpn", words);
        covers("ovpn", words);
    }

    #[test]
    fn descriptions() {
        describes(
            "ovpn",
            &[
                ("1=00", "mode p2p ", r#"{"mode":"p2p"}"#),
                ("1=01", "mode mp ", r#"{"mode":"mp"}"#),
                ("1=02", "mode (unknown) ", r#"{"mode":"(unknown)"}"#),
            ],
        );
    }
}
