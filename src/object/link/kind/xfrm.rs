//! `xfrm`: an IPsec interface, matched to policies by if_id (linux/if_link.h, IFLA_XFRM_*).

use super::bridge::alternate;
use super::{Body, Data, Filled, Kind, RecordWriter, usage};
use crate::diag::{Diag, Span};
use crate::grammar::number::{Term, U32};
use crate::grammar::value::{Flag, RequiredDev};
use crate::grammar::{Fallback, Grammar, Row, Value, Words};
use crate::schema::Quirks;
use crate::{attrs, raw, rows};
use netlink_packet_core::Nla as _;
use netlink_packet_route::link::{InfoData, InfoXfrm};
use std::borrow::Cow;

raw!(InfoXfrm);

attrs! {
    /// The attributes of its data (linux/if_link.h).
    pub const ATTRS;
    IFLA_XFRM_LINK = 1: U32, Set;
    IFLA_XFRM_IF_ID = 2: U32, Set;
    IFLA_XFRM_COLLECT_METADATA = 3: Flag, Set;
}

/// Links of type `xfrm`.
pub static KIND: Kind = Kind {
    attrs: ATTRS,
    quirks: Quirks { resets: true, ..Quirks::NONE },
    parse: Some(|w, _| parse(w)),
    tables: &[&GRAMMAR],
    describe: Some(describe),
    ..Kind::named("xfrm")
        .terms(&[("", "dev [ PHYS_DEV ]"), ("IF-ID", "{ 0x1..0xffffffff }")])
        .about("IPsec interface for policies with an if_id")
        .examples(&[("rip link add ipsec0 type xfrm dev eth0 if_id 42", "policies with if_id 42")])
};

static ROWS: &[Row<Data<InfoXfrm>>] = rows!(Data<InfoXfrm>;
    "dev~" => RequiredDev, "lower device", |d, v| d.put(InfoXfrm::Link(v));
    "if_id~" => Term("IF-ID", Id), "interface id (if_id) of the XFRM policies", |d, v| d.put(InfoXfrm::IfId(v));
    "external" => Flag, "take tunnel parameters from each packet's route (collect metadata)", |d, ()| d.raw(IFLA_XFRM_COLLECT_METADATA, []);
);

static GRAMMAR: Grammar<Data<InfoXfrm>> = Grammar {
    title: "XFRM",
    rows: &[ROWS],
    fallback: Fallback::Unknown(|arg| Diag::fail(usage(&KIND).trim_end()).at(arg.span())),
};

fn parse(w: &mut Words<'_>) -> Result<Filled, Diag> {
    let mut d = Data::default();
    GRAMMAR.parse(&mut d, w)?;
    let has = |attr: u16| d.list.iter().any(|a: &InfoXfrm| a.kind() == attr);
    if has(IFLA_XFRM_COLLECT_METADATA) {
        if has(IFLA_XFRM_LINK) || has(IFLA_XFRM_IF_ID) {
            return Err(Diag::fail("xfrmi: both 'external' and if_id/link cannot be specified"));
        }
    } else if !has(IFLA_XFRM_IF_ID) {
        return Err(Diag::usage("Error: argument \"IF_ID\" is required").at(Span::word(w.at())));
    }
    Ok(Filled { body: Body::Data(InfoData::Xfrm(d.list)), trail: d.trail })
}

/// A non-zero id.
struct Id;

impl Value for Id {
    type Out = u32;
    fn meta(&self) -> Cow<'static, str> {
        "NUMBER".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<u32, Diag> {
        let arg = w.next()?;
        U32::parse(arg.bytes).filter(|v| *v != 0).ok_or_else(|| arg.wrong("if_id value is invalid"))
    }
}

fn describe(s: &mut RecordWriter<'_, '_, '_>) {
    if s.d.has(IFLA_XFRM_COLLECT_METADATA) {
        s.p.flag("external", "external ");
    } else if let Some(v) = s.d.u32(IFLA_XFRM_IF_ID) {
        s.p.item("if_id", "if_id {} ", alternate(v.into()));
    }
}

#[cfg(test)]
mod tests {
    use crate::object::link::kind::testing::{covers, describes, sends};

    #[test]
    fn words() {
        let words = &[
            ("if_id 5", "2=05000000"),
            ("dev v0 if_id 0x10", "1=03000000 2=10000000"),
            ("d v0 i 3", "1=03000000 2=03000000"),
            ("external", "3="),
            ("dev v0", "!Error: argument \"IF_ID\" is required"),
            ("external if_id 5", "!xfrmi: both 'external' and if_id/link cannot be specified"),
            ("dev nosuch", "!Cannot find device \"nosuch\""),
            ("if_id 0", "!Error: argument \"0\" is wrong: if_id value is invalid"),
            ("ext", "!Usage: ... xfrm [ dev DEV ]"),
        ];
        sends("xfrm", words);
        covers("xfrm", words);
    }

    #[test]
    fn descriptions() {
        describes(
            "xfrm",
            &[
                ("1=4d000000 2=05000000", "if_id 0x5 ", r#"{"if_id":"0x5"}"#),
                ("1=00000000 2=00000000", "if_id 0 ", r#"{"if_id":"0"}"#),
                ("2=05000000 3=", "external ", r#"{"external":true}"#),
            ],
        );
    }
}
