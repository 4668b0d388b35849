//! `vrf`: a virtual routing and forwarding domain (linux/if_link.h, IFLA_VRF_*).

use super::{Data, Kind, RecordWriter, parse_data, unknown_option};
use crate::grammar::named::{Number, TABLE};
use crate::grammar::number::Term;
use crate::grammar::{Fallback, Grammar, Row};
use crate::schema::{IFLA_VRF_TABLE, Quirks, VRF_ATTRS};
use crate::{raw, rows};
use netlink_packet_route::link::{InfoData, InfoVrf};

raw!(InfoVrf);

/// Links of type `vrf`.
pub static KIND: Kind = Kind {
    attrs: VRF_ATTRS,
    parse: Some(|w, _| parse_data(w, &GRAMMAR, InfoData::Vrf)),
    tables: &[&GRAMMAR],
    describe: Some(describe),
    quirks: Quirks { recreatable: true, ..Quirks::NONE },
    ..Kind::named("vrf")
        .about("virtual routing and forwarding domain")
        .examples(&[("rip link add red type vrf table 10", "devices enslaved to red use table 10")])
};

static ROWS: &[Row<Data<InfoVrf>>] = rows!(Data<InfoVrf>;
    "table~" => Term("TABLEID", Number { why: "invalid table ID\n", ..TABLE }), "routing table of the VRF", |d, v| d.put(InfoVrf::TableId(v));
);

static GRAMMAR: Grammar<Data<InfoVrf>> =
    Grammar { title: "VRF", rows: &[ROWS], fallback: Fallback::Unknown(|arg| unknown_option("vrf", arg)) };

/// Describes a VRF, or a device in it.
pub fn describe(s: &mut RecordWriter<'_, '_, '_>) {
    s.u32(IFLA_VRF_TABLE, "table", "table {} ");
}

#[cfg(test)]
mod tests {
    use crate::object::link::kind::testing::{covers, describes, sends};

    #[test]
    fn words() {
        let words = &[
            ("table 10", "1=0a000000"),
            ("tab main", "1=fe000000"),
            ("table zz", "!Error: argument \"zz\" is wrong: invalid table ID"),
            ("table", "!Command line is not complete. Try option \"help\""),
            ("10", "!vrf: unknown option \"10\"?"),
        ];
        sends("vrf", words);
        covers("vrf", words);
        describes("vrf", &[("1=0a000000", "table 10 ", r#"{"table":10}"#)]);
    }
}
