//! `gtp`: GPRS tunnels of mobile networks (3GPP TS 29.281; linux/if_link.h, IFLA_GTP_*).

use super::once::Once;
use super::{Filled, Kind, RecordWriter, unknown_command};
use crate::diag::{Diag, Span};
use crate::grammar::number::{Term, U32, bounds, unsigned};
use crate::grammar::value::Choice;
use crate::grammar::{Fallback, Grammar, Row, Value, Words};
use crate::{attrs, raw, rows};
use netlink_packet_route::link::{GtpRole, InfoData, InfoGtp};
use std::borrow::Cow;

raw!(InfoGtp);

attrs! {
    /// The attributes of its data (linux/if_link.h).
    pub const ATTRS;
    IFLA_GTP_FD0 = 1: U32, Set;
    IFLA_GTP_FD1 = 2: U32, Set;
    IFLA_GTP_PDP_HASHSIZE = 3: U32, Set;
    IFLA_GTP_ROLE = 4: U32, Set;
    IFLA_GTP_CREATE_SOCKETS = 5: U8, Set;
    IFLA_GTP_RESTART_COUNT = 6: U8, Set;
    IFLA_GTP_LOCAL = 7: Ip, Set;
    IFLA_GTP_LOCAL6 = 8: Ip, Set;
}

/// Maximum hash size of PDP contexts in iproute2.
const HASH_MAX: u32 = 131_071;
/// Default hash size of PDP contexts.
const HASH_SIZE: u32 = 1024;

/// Links of type `gtp`.
pub static KIND: Kind = Kind {
    attrs: ATTRS,
    parse: Some(|w, _| parse(w)),
    tables: &[&GRAMMAR],
    describe: Some(describe),
    ..Kind::named("gtp")
        .terms(&[("HSIZE", "1-131071"), ("RESTART_COUNT", "0-255")])
        .about("GPRS tunnel (GTP-U) of mobile networks")
        .examples(&[("rip link add gtp0 type gtp role sgsn", "an SGSN")])
};

/// An 8-bit decimal number.
struct Restarts;

impl Value for Restarts {
    type Out = u8;
    fn meta(&self) -> Cow<'static, str> {
        "NUMBER".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<u8, Diag> {
        let arg = w.next()?;
        let count = unsigned(arg.bytes, 10).and_then(|v| u8::try_from(v).ok());
        count.ok_or_else(|| bounds(arg.wrong("invalid restart_count"), arg.bytes, 0, u8::MAX))
    }
}

const ROLES: Choice<GtpRole> =
    Choice(&[("sgsn", GtpRole::Sgsn), ("ggsn", GtpRole::Ggsn)], "invalid role, use sgsn or ggsn");

static ROWS: &[Row<Once<InfoGtp>>] = rows!(Once<InfoGtp>;
    "role" => Term("ROLE", ROLES), "role: sgsn (radio side) or ggsn (Internet side)", |d, v, w| d.set("role", InfoGtp::Role(v), w);
    "hsize" => Term("HSIZE", U32("invalid PDP hash size")), "size of the PDP context table", |d, v, w| {
        if v > HASH_MAX {
            let at = w.at().saturating_sub(1);
            return Err(Diag::wrong(&v.to_string(), "PDP hash size too big", Span::word(at)));
        }
        d.set("hsize", InfoGtp::PdpHashsize(v), w)
    };
    "restart_count" => Term("RESTART_COUNT", Restarts), "restart counter sent to the peer", |d, v, w|
        d.set("restart_count", InfoGtp::RestartCount(v), w);
);

static GRAMMAR: Grammar<Once<InfoGtp>> =
    Grammar { title: "GTP", rows: &[ROWS], fallback: Fallback::Unknown(|arg| unknown_command("gtp", arg)) };

fn parse(w: &mut Words<'_>) -> Result<Filled, Diag> {
    let mut d = Once::default();
    GRAMMAR.parse(&mut d, w)?;
    if d.made("role").is_none() {
        return Err(Diag::fail("gtp: role of the gtp device was not specified").at(Span::word(w.at())));
    }
    if d.made("hsize").is_none() {
        d.data.put(InfoGtp::PdpHashsize(HASH_SIZE));
    }
    d.data.put(InfoGtp::CreateSockets(true));
    Ok(d.filled(InfoData::Gtp))
}

fn describe(s: &mut RecordWriter<'_, '_, '_>) {
    if let Some(v) = s.d.u32(IFLA_GTP_ROLE) {
        let name = match v {
            0 => "ggsn",
            1 => "sgsn",
            _ => "unknown",
        };
        s.p.item("role", "role {} ", name);
    }
    s.u32(IFLA_GTP_PDP_HASHSIZE, "hsize", "hsize {} ");
    s.u8(IFLA_GTP_RESTART_COUNT, "restart_count", "restart_count {} ");
}

#[cfg(test)]
mod tests {
    use crate::object::link::kind::testing::{covers, describes, sends};

    #[test]
    fn words() {
        let words = &[
            ("role sgsn", "4=01000000 3=00040000 5=01"),
            ("role ggsn hsize 5 restart_count 7", "4=00000000 3=05000000 6=07 5=01"),
            ("hsize 5", "!gtp: role of the gtp device was not specified"),
            ("role x", "!Error: argument \"x\" is wrong: invalid role, use sgsn or ggsn"),
            ("hsize 131072", "!Error: argument \"131072\" is wrong: PDP hash size too big"),
            ("hsize 4294967296", "!Error: argument \"4294967296\" is wrong: invalid PDP hash size"),
            ("restart_count 256", "!Error: argument \"256\" is wrong: invalid restart_count"),
            ("role sgsn role ggsn", "!Error: either \"role\" is duplicate, or \"ggsn\" is garbage."),
            ("role sgsn foo", "!gtp: unknown command \"foo\"?"),
        ];
        sends("gtp", words);
        covers("gtp", words);
    }

    #[test]
    fn descriptions() {
        describes(
            "gtp",
            &[
                (
                    "3=00040000 4=01000000 5=01 6=07",
                    "role sgsn hsize 1024 restart_count 7 ",
                    r#"{"role":"sgsn","hsize":1024,"restart_count":7}"#,
                ),
                ("4=00000000", "role ggsn ", r#"{"role":"ggsn"}"#),
                ("4=05000000", "role unknown ", r#"{"role":"unknown"}"#),
            ],
        );
    }
}
