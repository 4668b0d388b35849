//! `dsa`: a port of a switch chip (Distributed Switch Architecture; linux/if_link.h, IFLA_DSA_*).

use super::{Data, Kind, RecordWriter, parse_data, unknown_command};
use crate::grammar::number::Term;
use crate::grammar::value::{Absent, Dev};
use crate::grammar::{Fallback, Grammar, Row};
use crate::{attrs, raw, rows};
use netlink_packet_route::link::{InfoData, InfoDsa};

raw!(InfoDsa);

attrs! {
    /// The attributes of its data (linux/if_link.h).
    pub const ATTRS;
    IFLA_DSA_CONDUIT = 1: U32, Set;
}

/// Links of type `dsa`.
pub static KIND: Kind = Kind {
    attrs: ATTRS,
    parse: Some(|w, _| parse_data(w, &GRAMMAR, InfoData::Dsa)),
    tables: &[&GRAMMAR],
    describe: Some(describe),
    ..Kind::named("dsa")
        .about("a port of a switch chip")
        .examples(&[("rip link set lan0 type dsa conduit eth0", "the CPU port that lan0 uses")])
};

static ROWS: &[Row<Data<InfoDsa>>] = rows!(Data<InfoDsa>;
    "conduit" | "master" => Term("DEVICE", Dev(Absent::Wrong)), "conduit: device that carries the switch's traffic", |d, v| d.put(InfoDsa::Conduit(v));
);

static GRAMMAR: Grammar<Data<InfoDsa>> =
    Grammar { title: "DSA", rows: &[ROWS], fallback: Fallback::Unknown(|arg| unknown_command("dsa", arg)) };

fn describe(s: &mut RecordWriter<'_, '_, '_>) {
    s.device(IFLA_DSA_CONDUIT, "conduit", "conduit {} ");
}

#[cfg(test)]
mod tests {
    use crate::object::link::kind::testing::{covers, describes, sends};

    #[test]
    fn words() {
        let words = &[
            ("conduit v0", "1=03000000"),
            ("master v1", "1=02000000"),
            ("conduit nosuch", "!Error: argument \"nosuch\" is wrong: Device does not exist"),
            ("con v0", "!dsa: unknown command \"con\"?"),
        ];
        sends("dsa", words);
        covers("dsa", words);
        describes("dsa", &[("1=4d000000", "conduit br7 ", r#"{"conduit":"br7"}"#)]);
    }
}
