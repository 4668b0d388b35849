//! `bareudp`: a UDP tunnel for packets of one protocol, without a header of its own (linux/if_link.h, IFLA_BAREUDP_*).

use super::once::Once;
use super::{Filled, Kind, RecordWriter, unknown_command};
use crate::diag::{Diag, Span};
use crate::grammar::number::{Term, U16};
use crate::grammar::value::Flag;
use crate::grammar::{Fallback, Grammar, Offer, Row, Value, Words};
use crate::object::link::ether;
use crate::{attrs, raw, rows};
use netlink_packet_route::link::{InfoBareUdp, InfoData};
use std::borrow::Cow;

raw!(InfoBareUdp);

attrs! {
    /// The attributes of its data (linux/if_link.h).
    pub const ATTRS;
    IFLA_BAREUDP_PORT = 1: Be16, Set;
    IFLA_BAREUDP_ETHERTYPE = 2: Be16, Set;
    IFLA_BAREUDP_SRCPORT_MIN = 3: U16, Set;
    IFLA_BAREUDP_MULTIPROTO_MODE = 4: Flag, Set;
}

/// Links of type `bareudp`.
pub static KIND: Kind = Kind {
    attrs: ATTRS,
    parse: Some(|w, _| parse(w)),
    tables: &[&GRAMMAR],
    describe: Some(describe),
    ..Kind::named("bareudp")
        .terms(&[("PORT", "UDP_PORT"), ("PROTO", "ETHERTYPE: a number, or a name such as ipv4, ipv6 or mpls_uc")])
        .about("UDP tunnel for packets of one protocol")
        .examples(&[("rip link add bud0 type bareudp dstport 6635 ethertype mpls_uc", "MPLS in UDP")])
};

static ROWS: &[Row<Once<InfoBareUdp>>] = rows!(Once<InfoBareUdp>;
    "dstport~" => Term("PORT", U16("dstport")), "UDP destination port", |d, v, w| d.set("dstport", InfoBareUdp::Port(v), w);
    "ethertype~" => Term("PROTO", EtherType), "EtherType of the encapsulated packets", |d, v, w| {
        d.once("ethertype", w)?;
        d.data.raw(IFLA_BAREUDP_ETHERTYPE, v.to_be_bytes());
        Ok(())
    };
    "srcportmin~" => Term("PORT", U16("srcportmin")), "lowest source port", |d, v, w| d.set("srcportmin", InfoBareUdp::SrcPortMin(v), w);
    "multiproto~" => Flag, "also carry related protocols: IPv6 with IPv4, multicast MPLS", |d, (), w| {
        d.typed("multiproto", w)?;
        d.data.put(InfoBareUdp::MultiprotoMode);
        Ok(())
    };
    "nomultiproto~" => Flag, "carry one protocol only", |d, (), w| d.typed("multiproto", w);
);

static GRAMMAR: Grammar<Once<InfoBareUdp>> =
    Grammar { title: "BAREUDP", rows: &[ROWS], fallback: Fallback::Unknown(|arg| unknown_command("bareudp", arg)) };

fn parse(w: &mut Words<'_>) -> Result<Filled, Diag> {
    let mut d = Once::default();
    GRAMMAR.parse(&mut d, w)?;
    for key in ["dstport", "ethertype"] {
        if d.made(key).is_none() {
            return Err(Diag::usage(format!("Error: argument \"{key}\" is required")).at(Span::word(w.at())));
        }
    }
    Ok(d.filled(InfoData::BareUdp))
}

struct EtherType;

impl Value for EtherType {
    type Out = u16;
    fn meta(&self) -> Cow<'static, str> {
        "ETHERTYPE".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<u16, Diag> {
        let arg = w.next()?;
        ether::number(arg.bytes).ok_or_else(|| arg.wrong("ethertype"))
    }
    fn offer(&self, _w: &Words<'_>) -> Vec<Offer> {
        ["ipv4", "ipv6", "mpls_uc", "mpls_mc"].map(|n| Offer::new(n, "")).to_vec()
    }
}

fn describe(s: &mut RecordWriter<'_, '_, '_>) {
    s.be16(IFLA_BAREUDP_PORT, "dstport", "dstport {} ");
    if let Some(v) = s.d.be16(IFLA_BAREUDP_ETHERTYPE) {
        ether::describe(s.p, "ethertype", "ethertype {} ", v, s.s.options.numeric);
    }
    s.u16(IFLA_BAREUDP_SRCPORT_MIN, "srcportmin", "srcportmin {} ");
    let many = s.d.has(IFLA_BAREUDP_MULTIPROTO_MODE);
    s.p.hidden("multiproto", many);
    s.p.text(if many { "multiproto " } else { "nomultiproto " });
}

#[cfg(test)]
mod tests {
    use crate::object::link::kind::testing::{covers, describes, sends};

    #[test]
    fn words() {
        let words = &[
            ("dstport 5 ethertype ipv4", "1=0005 2=0800"),
            ("dstport 5 ethertype 802.1Q srcportmin 7 multiproto", "1=0005 2=8100 3=0700 4="),
            ("d 5 e 0x800 s 7 nomultiproto", "1=0005 2=0800 3=0700"),
            ("dstport 65536", "!Error: argument \"65536\" is wrong: dstport"),
            ("ethertype x", "!Error: argument \"x\" is wrong: ethertype"),
            ("srcportmin x", "!Error: argument \"x\" is wrong: srcportmin"),
            ("dstport 5", "!Error: argument \"ethertype\" is required"),
            ("ethertype ipv4", "!Error: argument \"dstport\" is required"),
            ("dstport 5 dstport 6", "!Error: either \"dstport\" is duplicate, or \"6\" is garbage."),
            (
                "multiproto nomultiproto",
                "!Error: either \"nomultiproto\" is duplicate, or \"nomultiproto\" is garbage.",
            ),
            ("foo", "!bareudp: unknown command \"foo\"?"),
        ];
        sends("bareudp", words);
        covers("bareudp", words);
    }

    #[test]
    fn descriptions() {
        describes(
            "bareudp",
            &[
                (
                    "1=0005 2=0800 3=0700 4=",
                    "dstport 5 ethertype ip srcportmin 7 multiproto ",
                    r#"{"dstport":5,"ethertype":"ip","srcportmin":7,"multiproto":true}"#,
                ),
                ("2=1234", "ethertype [4660] nomultiproto ", r#"{"ethertype":"[4660]","multiproto":false}"#),
            ],
        );
    }
}
