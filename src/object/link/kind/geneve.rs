//! `geneve`: Ethernet over UDP with options (RFC 8926; linux/if_link.h, IFLA_GENEVE_*).

use super::once::Once;
use super::vxlan::{DF_NAMES, Df, FlowLabel, Peer, Tos, Ttl, Vni};
use super::{Filled, Kind, RecordWriter, Setting, unknown_command};
use crate::diag::{Diag, Span};
use crate::grammar::number::{Term, U16};
use crate::grammar::value::Flag;
use crate::grammar::{Fallback, Grammar, Row, Value, Words};
use crate::output::scalar::{Both, Hex};
use crate::{attrs, raw, rows};
use netlink_packet_route::link::{InfoData, InfoGeneve};
use std::borrow::Cow;
use std::net::IpAddr;

raw!(InfoGeneve);

attrs! {
    /// The attributes of its data (linux/if_link.h).
    pub const ATTRS;
    IFLA_GENEVE_ID = 1: U32, Set;
    IFLA_GENEVE_REMOTE = 2: Ip, Set;
    IFLA_GENEVE_TTL = 3: U8, Set;
    IFLA_GENEVE_TOS = 4: U8, Set;
    IFLA_GENEVE_PORT = 5: Be16, Set;
    IFLA_GENEVE_COLLECT_METADATA = 6: Flag, Set;
    IFLA_GENEVE_REMOTE6 = 7: Ip, Set;
    IFLA_GENEVE_UDP_CSUM = 8: U8, Set;
    IFLA_GENEVE_UDP_ZERO_CSUM6_TX = 9: U8, Set;
    IFLA_GENEVE_UDP_ZERO_CSUM6_RX = 10: U8, Set;
    IFLA_GENEVE_LABEL = 11: Be32, Set;
    IFLA_GENEVE_TTL_INHERIT = 12: U8, Set;
    IFLA_GENEVE_DF = 13: U8, Set;
    IFLA_GENEVE_INNER_PROTO_INHERIT = 14: Flag, Set;
    IFLA_GENEVE_PORT_RANGE = 15: Bytes, Set;
    IFLA_GENEVE_GRO_HINT = 16: Flag, Set;
    IFLA_GENEVE_LOCAL = 17: Ip, Set;
    IFLA_GENEVE_LOCAL6 = 18: Ip, Set;
}

/// Links of type `geneve`.
pub static KIND: Kind = Kind {
    attrs: ATTRS,
    parse: Some(parse),
    tables: &[&GRAMMAR],
    describe: Some(describe),
    ..Kind::named("geneve")
        .terms(&[
            ("VNI", "0-16777215"),
            ("ADDR", "IP_ADDRESS"),
            ("TOS", "{ inherit | NUMBER }"),
            ("LABEL", "0-1048575"),
        ])
        .about("Ethernet over UDP with options (RFC 8926)")
        .examples(&[("rip link add gnv0 type geneve id 7 remote 192.0.2.2", "a tunnel to one host")])
};

type Builder = Once<InfoGeneve>;

/// The address of an end, whose family does not bind the other end's.
struct End(&'static str);

impl Value for End {
    type Out = IpAddr;
    fn meta(&self) -> Cow<'static, str> {
        Peer(self.0).meta()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<IpAddr, Diag> {
        let family = w.family;
        let ip = Peer(self.0).take(w);
        w.family = family;
        ip
    }
}

static ROWS: &[Row<Builder>] = rows!(Builder;
    "id~" | "vni~" => Term("VNI", Vni), "virtual network identifier", |d, v, w| d.set("id", InfoGeneve::Id(v), w);
    "remote~" => Term("ADDR", End("remote")), "remote address", |d, ip, w| match ip {
        IpAddr::V4(ip) => d.set("remote", InfoGeneve::Remote(ip), w),
        IpAddr::V6(ip) => d.set("remote", InfoGeneve::Remote6(ip), w),
    };
    "local" => Term("ADDR", End("local")), "local address", |d, ip, w| match ip {
        IpAddr::V4(ip) => d.set("local", InfoGeneve::Local(ip), w),
        IpAddr::V6(ip) => d.set("local", InfoGeneve::Local6(ip), w),
    };
    "ttl~" | "hoplimit~" => Term("TTL", Ttl), "TTL of the outer packet: a number, inherit, or auto", |d, v, w| {
        d.set("ttl", InfoGeneve::Ttl(v.unwrap_or(0)), w)?;
        if v.is_none() {
            d.data.put(InfoGeneve::TtlInherit(true));
        }
        Ok(())
    };
    "tos~" | "dsfield~" => Term("TOS", Tos), "type of service of the outer packet: a value, or inherit", |d, v, w| d.set("tos", InfoGeneve::Tos(v), w);
    "df~" => Term("DF", Df), "DF bit of the outer packet", |d, v, w| d.set("df", InfoGeneve::Df(v.into()), w);
    "label~" | "flowlabel~" => Term("LABEL", FlowLabel), "IPv6 flow label of the outer packet", |d, v, w| d.set("flowlabel", InfoGeneve::Label(v), w);
    // 0 means the kernel's default: nothing is sent.
    "dstport~" => Term("PORT", U16("dstport")), "destination port of the outer packet", |d, v, w|
        if v == 0 { d.once("dstport", w) } else { d.set("dstport", InfoGeneve::Port(v), w) };
    "external~" => Flag, "take tunnel parameters from each packet's route (collect metadata)", |d, (), w| d.flag("external", "external", InfoGeneve::CollectMetadata, w);
    "noexternal~" => Flag, "take tunnel parameters from the device", |d, (), w| d.mark("noexternal", "external", w);
    "udpcsum~" => Flag, "UDP checksums over IPv4", |d, (), w| d.flag("udpcsum", "udpcsum", InfoGeneve::UdpCsum(true), w);
    "noudpcsum~" => Flag, "no UDP checksums over IPv4", |d, (), w| d.flag("noudpcsum", "udpcsum", InfoGeneve::UdpCsum(false), w);
    "udp6zerocsumtx~" => Flag, "send without UDP checksums over IPv6", |d, (), w| d.flag("udp6zerocsumtx", "udp6zerocsumtx", InfoGeneve::UdpZeroCsum6Tx(true), w);
    "noudp6zerocsumtx~" => Flag, "send with UDP checksums over IPv6", |d, (), w| d.flag("noudp6zerocsumtx", "udp6zerocsumtx", InfoGeneve::UdpZeroCsum6Tx(false), w);
    "udp6zerocsumrx~" => Flag, "accept packets without UDP checksums over IPv6", |d, (), w| d.flag("udp6zerocsumrx", "udp6zerocsumrx", InfoGeneve::UdpZeroCsum6Rx(true), w);
    "noudp6zerocsumrx~" => Flag, "drop packets without UDP checksums over IPv6", |d, (), w| d.flag("noudp6zerocsumrx", "udp6zerocsumrx", InfoGeneve::UdpZeroCsum6Rx(false), w);
    "innerprotoinherit" => Flag, "carry IP packets without an Ethernet header (layer 3)", |d, (), w| d.flag("innerprotoinherit", "innerprotoinherit", InfoGeneve::InnerProtoInherit, w);
);

static GRAMMAR: Grammar<Builder> =
    Grammar { title: "GENEVE", rows: &[ROWS], fallback: Fallback::Unknown(|arg| unknown_command("geneve", arg)) };

fn parse(w: &mut Words<'_>, setting: &Setting<'_>) -> Result<Filled, Diag> {
    let mut d = Builder::default();
    // The family of the line does not apply to a kind's words.
    let outer = std::mem::replace(&mut w.family, 0);
    let result = GRAMMAR.parse(&mut d, w);
    w.family = outer;
    result?;
    let end = Span::word(w.at());
    let external = d.data.list.contains(&InfoGeneve::CollectMetadata);
    match (external, d.made("id")) {
        (true, Some(vni)) => {
            return Err(Diag::fail("geneve: both 'external' and vni cannot be specified").at(vni));
        }
        (true, None) => d.data.put(InfoGeneve::Id(0)),
        (false, None) => return Err(Diag::fail("geneve: missing virtual network identifier").at(end)),
        (false, Some(_)) if !setting.changes() && d.made("remote").is_none() => {
            return Err(Diag::fail("geneve: remote link partner not specified").at(end));
        }
        (false, Some(_)) => {}
    }
    if !setting.changes() {
        for (key, attr) in
            [("ttl", InfoGeneve::Ttl(0)), ("tos", InfoGeneve::Tos(0)), ("flowlabel", InfoGeneve::Label(0))]
        {
            if d.made(key).is_none() {
                d.data.put(attr);
            }
        }
    }
    Ok(d.filled(InfoData::Geneve))
}

/// Yes/no settings by attribute: JSON key, and the words for yes and for no.
const SWITCHES: &[(u16, &str, &str, &str)] = &[
    (8, "udp_csum", "udpcsum ", "noudpcsum "),
    (9, "udp_zero_csum6_tx", "udp6zerocsumtx ", "noudp6zerocsumtx "),
    (10, "udp_zero_csum6_rx", "udp6zerocsumrx ", "noudp6zerocsumrx "),
];

fn describe(s: &mut RecordWriter<'_, '_, '_>) {
    if s.d.has(IFLA_GENEVE_COLLECT_METADATA) {
        s.p.flag("external", "external ");
    }
    s.u32(IFLA_GENEVE_ID, "id", "id {} ");
    for (v4, v6, key, key6, form) in [
        (2, 7, "remote", "remote6", "remote {} "),
        (IFLA_GENEVE_LOCAL, IFLA_GENEVE_LOCAL6, "local", "local6", "local {} "),
    ] {
        if let Some(ip) = s.d.v4(v4).filter(|ip| !ip.is_unspecified()) {
            s.p.item(key, form, s.s.host(ip.into()));
        } else if let Some(ip) = s.d.v6(v6).filter(|ip| !ip.is_unspecified()) {
            s.p.item(key6, form, s.s.host(ip.into()));
        }
    }
    if s.d.u8(IFLA_GENEVE_TTL_INHERIT).is_some_and(|v| v != 0) {
        s.p.text("ttl inherit ");
    } else if let Some(v) = s.d.u8(IFLA_GENEVE_TTL) {
        match v {
            0 => s.p.item("ttl", "ttl {} ", Both("auto", 0u8)),
            v => s.p.item("ttl", "ttl {} ", v),
        }
    }
    match s.d.u8(IFLA_GENEVE_TOS) {
        None | Some(0) => {}
        Some(1) => s.p.item("tos", "tos {} ", Both("inherit", "0x1")),
        Some(v) => s.p.item("tos", "tos {} ", Hex::with_prefix(v)),
    }
    match s.d.u8(IFLA_GENEVE_DF).map(|v| (v, DF_NAMES.get(usize::from(v)))) {
        Some((0, Some(name))) => s.p.hidden("df", *name),
        Some((_, Some(name))) => s.p.item("df", "df {} ", *name),
        _ => {}
    }
    if let Some(v) = s.d.be32(IFLA_GENEVE_LABEL).filter(|v| *v != 0) {
        s.p.item("label", "flowlabel {} ", Hex::with_prefix(v));
    }
    s.be16(IFLA_GENEVE_PORT, "port", "dstport {} ");
    for (attr, key, yes, no) in SWITCHES {
        if let Some(v) = s.d.u8(*attr) {
            s.p.hidden(key, v != 0);
            s.p.text(if v != 0 { yes } else { no });
        }
    }
    if s.d.has(IFLA_GENEVE_INNER_PROTO_INHERIT) {
        s.p.flag("inner_proto_inherit", "innerprotoinherit ");
    }
}

#[cfg(test)]
mod tests {
    use crate::object::link::kind::testing::{covers, describes, sends};

    #[test]
    fn words() {
        let rest = "3=00 4=00 11=00000000";
        let v4 = format!("1=05000000 2=01020304 {rest}");
        let v6 = format!("1=ffffff00 7=20010db8000000000000000000000001 {rest}");
        let local = format!("1=05000000 2=01020304 17=01020305 {rest}");
        let local6 =
            format!("1=05000000 7=20010db8000000000000000000000001 18=20010db8000000000000000000000002 {rest}");
        let yes = format!("1=05000000 2=01020304 8=01 9=01 10=01 14= {rest}");
        let no = format!("1=05000000 2=01020304 8=00 9=00 10=00 {rest}");
        let words: &[(&str, &str)] = &[
            ("id 5 remote 1.2.3.4", &v4),
            ("noexternal vni 16777215 remote 2001:db8::1", &v6),
            ("id 5 remote 1.2.3.4 local 1.2.3.5", &local),
            ("id 5 remote 2001:db8::1 local 2001:db8::2", &local6),
            ("external", "6= 1=00000000 3=00 4=00 11=00000000"),
            (
                "id 5 remote 1.2.3.4 ttl 7 tos 10 df set label 5 dstport 6",
                "1=05000000 2=01020304 3=07 4=10 13=01 11=00000005 5=0006",
            ),
            (
                "i 5 r 1.2.3.4 hoplimit inherit dsfield inherit df inherit flowlabel 0 dstport 0",
                "1=05000000 2=01020304 3=00 12=01 4=01 13=02 11=00000000",
            ),
            ("id 5 remote 1.2.3.4 udpcsum udp6zerocsumtx udp6zerocsumrx innerprotoinherit", &yes),
            ("id 5 remote 1.2.3.4 noudpcsum noudp6zerocsumtx noudp6zerocsumrx", &no),
            ("id 16777216", "!Error: argument \"16777216\" is wrong: invalid id"),
            ("remote 1.2.3.4", "!geneve: missing virtual network identifier"),
            ("id 5", "!geneve: remote link partner not specified"),
            ("external id 5", "!geneve: both 'external' and vni cannot be specified"),
            ("remote any", "!Error: argument \"any\" is wrong: invalid remote address"),
            ("remote 224.0.0.1", "!Error: argument \"224.0.0.1\" is wrong: invalid remote address"),
            ("local ff02::1", "!Error: argument \"ff02::1\" is wrong: invalid local address"),
            ("ttl 256", "!Error: argument \"256\" is wrong: TTL must be <= 255"),
            ("tos 100", "!Error: argument \"100\" is wrong: bad TOS value"),
            ("df x", "!Error: argument \"x\" is wrong: DF must be 'unset', 'set' or 'inherit'"),
            ("label 1048576", "!Error: argument \"1048576\" is wrong: invalid flowlabel"),
            ("dstport x", "!Error: argument \"x\" is wrong: dstport"),
            ("hoplimit 5 ttl inherit", "!Error: either \"ttl\" is duplicate, or \"inherit\" is garbage."),
            ("external noexternal", "!Error: either \"noexternal\" is duplicate, or \"noexternal\" is garbage."),
            ("foo", "!geneve: unknown command \"foo\"?"),
        ];
        sends("geneve", words);
        covers("geneve", words);
    }

    #[test]
    fn descriptions() {
        describes(
            "geneve",
            &[
                (
                    "1=05000000 2=01020304 3=07 4=10 5=0006 8=01 9=01 10=01 11=00000005 13=01 14=",
                    "id 5 remote 1.2.3.4 ttl 7 tos 0x10 df set flowlabel 0x5 dstport 6 udpcsum udp6zerocsumtx udp6zerocsumrx innerprotoinherit ",
                    r#"{"id":5,"remote":"1.2.3.4","ttl":7,"tos":"0x10","df":"set","label":"0x5","port":6,"udp_csum":true,"udp_zero_csum6_tx":true,"udp_zero_csum6_rx":true,"inner_proto_inherit":true}"#,
                ),
                (
                    "1=05000000 7=20010db8000000000000000000000001 3=00 4=01 5=0006 8=00 11=00000000 12=01 13=02",
                    "id 5 remote 2001:db8::1 ttl inherit tos inherit df inherit dstport 6 noudpcsum ",
                    r#"{"id":5,"remote6":"2001:db8::1","tos":"0x1","df":"inherit","port":6,"udp_csum":false}"#,
                ),
                (
                    "6= 3=00 4=00 5=17c1 8=01 13=00",
                    "external ttl auto dstport 6081 udpcsum ",
                    r#"{"external":true,"ttl":0,"df":"unset","port":6081,"udp_csum":true}"#,
                ),
                (
                    "1=05000000 2=01020304 17=01020305",
                    "id 5 remote 1.2.3.4 local 1.2.3.5 ",
                    r#"{"id":5,"remote":"1.2.3.4","local":"1.2.3.5"}"#,
                ),
                ("13=07", "", "{}"),
            ],
        );
    }
}
