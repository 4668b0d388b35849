//! `wwan`: a data channel of a modem (linux/wwan.h, IFLA_WWAN_*).

use super::{Data, Kind, RecordWriter, parse_data, unknown_command};
use crate::grammar::number::{Term, U32};
use crate::grammar::{Fallback, Grammar, Row};
use crate::{attrs, raw, rows};
use netlink_packet_route::link::{InfoData, InfoWwan};

raw!(InfoWwan);

attrs! {
    /// The attributes of its data (linux/wwan.h).
    pub const ATTRS;
    IFLA_WWAN_LINK_ID = 1: U32, Set;
}

/// Links of type `wwan`.
pub static KIND: Kind = Kind {
    attrs: ATTRS,
    parse: Some(|w, _| parse_data(w, &GRAMMAR, InfoData::Wwan)),
    tables: &[&GRAMMAR],
    describe: Some(describe),
    ..Kind::named("wwan")
        .terms(&[("LINKID", "0-4294967295")])
        .about("data channel of a modem")
        .examples(&[("rip link add dev wwan0-2 parentdev wwan0 type wwan linkid 2", "the second channel of a modem")])
};

static ROWS: &[Row<Data<InfoWwan>>] = rows!(Data<InfoWwan>;
    "linkid~" => Term("LINKID", U32("linkid")), "link id", |d, v| d.put(InfoWwan::LinkId(v));
);

static GRAMMAR: Grammar<Data<InfoWwan>> =
    Grammar { title: "WWAN", rows: &[ROWS], fallback: Fallback::Unknown(|arg| unknown_command("wwan", arg)) };

fn describe(s: &mut RecordWriter<'_, '_, '_>) {
    s.u32(IFLA_WWAN_LINK_ID, "linkid", "linkid {} ");
}

#[cfg(test)]
mod tests {
    use crate::object::link::kind::testing::{covers, describes, sends};

    #[test]
    fn words() {
        let words = &[
            ("linkid 5", "1=05000000"),
            ("l 0x10", "1=10000000"),
            ("linkid zz", "!Error: argument \"zz\" is wrong: linkid"),
            ("foo", "!wwan: unknown command \"foo\"?"),
        ];
        sends("wwan", words);
        covers("wwan", words);
        describes("wwan", &[("1=05000000", "linkid 5 ", r#"{"linkid":5}"#)]);
    }
}
