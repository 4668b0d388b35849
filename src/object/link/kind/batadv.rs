//! `batadv`: a mesh interface of B.A.T.M.A.N. advanced (linux/batman_adv.h, IFLA_BATADV_*).

use super::{Data, Kind, parse_data, unknown_command};
use crate::grammar::number::Term;
use crate::grammar::value::Text;
use crate::grammar::{Fallback, Grammar, Row};
use crate::{attrs, raw, rows};
use netlink_packet_route::link::{InfoBatAdv, InfoData};

raw!(InfoBatAdv);

attrs! {
    /// The attributes of its data (linux/batman_adv.h).
    pub const ATTRS;
    IFLA_BATADV_ALGO_NAME = 1: Text, Set;
}

/// Links of type `batadv`.
pub static KIND: Kind = Kind {
    attrs: ATTRS,
    parse: Some(|w, _| parse_data(w, &GRAMMAR, InfoData::BatAdv)),
    tables: &[&GRAMMAR],
    ..Kind::named("batadv").about("mesh network over Ethernet devices (batman-adv)").examples(&[
        ("rip link add bat0 type batadv", "a mesh"),
        ("rip link add bat0 type batadv ra BATMAN_V", "a mesh with the throughput metric"),
    ])
};

static ROWS: &[Row<Data<InfoBatAdv>>] = rows!(Data<InfoBatAdv>;
    // As bytes: the name need not be UTF-8.
    "ra~" => Term("ROUTING_ALG", Text("{ BATMAN_IV | BATMAN_V }")), "routing algorithm", |d, mut v| {
        v.push(0);
        d.raw(IFLA_BATADV_ALGO_NAME, v);
    };
);

static GRAMMAR: Grammar<Data<InfoBatAdv>> =
    Grammar { title: "BATADV", rows: &[ROWS], fallback: Fallback::Unknown(|arg| unknown_command("batadv", arg)) };

#[cfg(test)]
mod tests {
    use crate::object::link::kind::testing::{covers, sends};

    #[test]
    fn words() {
        let words =
            &[("ra BATMAN_V", "1=4241544d414e5f5600"), ("r x", "1=7800"), ("foo", "!batadv: unknown command \"foo\"?")];
        sends("batadv", words);
        covers("batadv", words);
    }
}
