//! `vxlan`: Ethernet over UDP (RFC 7348; linux/if_link.h, IFLA_VXLAN_*).

use super::once::Once;
use super::{Filled, Kind, RecordWriter, Setting, unknown_command};
use crate::diag::{Diag, Span};
use crate::grammar::address::{INET, INET6, take_addr};
use crate::grammar::named::TOS;
use crate::grammar::number::{Term, U16, U32, U64};
use crate::grammar::value::{Flag, RequiredDev};
use crate::grammar::{Arg, Fallback, Grammar, Offer, Row, Value, Words, suggest};
use crate::object::link::values::Late;
use crate::output::out::print_stderr;
use crate::output::scalar::Hex;
use crate::schema::Quirks;
use crate::{attrs, raw, rows};
use netlink_packet_route::link::{InfoData, InfoVxlan};
use std::borrow::Cow;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// The port of VXLAN-GPE (draft-ietf-nvo3-vxlan-gpe), which iproute2 takes where `gpe` stands without `dstport`.
const VXLAN_GPE_PORT: u16 = 4790;

raw!(InfoVxlan);

attrs! {
    /// The attributes of its data (linux/if_link.h).
    pub const ATTRS;
    IFLA_VXLAN_ID = 1: U32, Set;
    IFLA_VXLAN_GROUP = 2: Ip, Set;
    IFLA_VXLAN_LINK = 3: U32, Set;
    IFLA_VXLAN_LOCAL = 4: Ip, Set;
    IFLA_VXLAN_TTL = 5: U8, Set;
    IFLA_VXLAN_TOS = 6: U8, Set;
    IFLA_VXLAN_LEARNING = 7: U8, Set;
    IFLA_VXLAN_AGEING = 8: U32, Set;
    IFLA_VXLAN_LIMIT = 9: U32, Set;
    IFLA_VXLAN_PORT_RANGE = 10: Bytes, Set;
    IFLA_VXLAN_PROXY = 11: U8, Set;
    IFLA_VXLAN_RSC = 12: U8, Set;
    IFLA_VXLAN_L2MISS = 13: U8, Set;
    IFLA_VXLAN_L3MISS = 14: U8, Set;
    IFLA_VXLAN_PORT = 15: Be16, Set;
    IFLA_VXLAN_GROUP6 = 16: Ip, Set;
    IFLA_VXLAN_LOCAL6 = 17: Ip, Set;
    IFLA_VXLAN_UDP_CSUM = 18: U8, Set;
    IFLA_VXLAN_UDP_ZERO_CSUM6_TX = 19: U8, Set;
    IFLA_VXLAN_UDP_ZERO_CSUM6_RX = 20: U8, Set;
    IFLA_VXLAN_REMCSUM_TX = 21: U8, Set;
    IFLA_VXLAN_REMCSUM_RX = 22: U8, Set;
    IFLA_VXLAN_GBP = 23: Flag, Set;
    IFLA_VXLAN_REMCSUM_NOPARTIAL = 24: Flag, Set;
    IFLA_VXLAN_COLLECT_METADATA = 25: U8, Set;
    IFLA_VXLAN_LABEL = 26: Be32, Set;
    IFLA_VXLAN_GPE = 27: Flag, Set;
    IFLA_VXLAN_TTL_INHERIT = 28: Flag, Set;
    IFLA_VXLAN_DF = 29: U8, Set;
    IFLA_VXLAN_VNIFILTER = 30: U8, Set;
    IFLA_VXLAN_LOCALBYPASS = 31: U8, Set;
    IFLA_VXLAN_LABEL_POLICY = 32: U32, Set;
    IFLA_VXLAN_RESERVED_BITS = 33: Bytes, Request;
    IFLA_VXLAN_MC_ROUTE = 34: U8, Set;
}

/// The switches that the kernel reads as flags (NLA_FLAG in its policy) and reports as a byte.
const PRESENCE: &[u16] = &[
    IFLA_VXLAN_PROXY,
    IFLA_VXLAN_RSC,
    IFLA_VXLAN_L2MISS,
    IFLA_VXLAN_L3MISS,
    IFLA_VXLAN_UDP_ZERO_CSUM6_RX,
    IFLA_VXLAN_REMCSUM_TX,
    IFLA_VXLAN_REMCSUM_RX,
    IFLA_VXLAN_COLLECT_METADATA,
    IFLA_VXLAN_TTL_INHERIT,
];

/// The kernel reports these attributes as a byte and accepts them as a flag.
fn request_value(attr: u16, _reported: &[u8]) -> Option<Vec<u8>> {
    (attr == IFLA_VXLAN_TTL_INHERIT).then(Vec::new)
}

/// Links of type `vxlan`.
pub static KIND: Kind = Kind {
    attrs: ATTRS,
    parse: Some(parse),
    tables: &[&GRAMMAR],
    describe: Some(describe),
    defaults: &["srcport 0 0", "ttl auto", "ageing 300", "reserved_bits 0xf7ffffff000000ff"],
    quirks: Quirks {
        recreatable: true,
        underlay: Some(IFLA_VXLAN_LINK),
        presence: PRESENCE,
        request_value: Some(request_value),
        ..Quirks::NONE
    },
    ..Kind::named("vxlan")
        .terms(&[
            ("", "[ { group | remote } IP_ADDRESS ]"),
            ("VNI", "0-16777215"),
            ("ADDR", "{ any | IP_ADDRESS }"),
            ("TOS", "{ inherit | NUMBER }"),
            ("LABEL", "0-1048575"),
        ])
        .about("Ethernet over UDP (RFC 7348)")
        .examples(&[
            (
                "rip link add vxlan0 type vxlan id 42 dstport 4789 remote 192.0.2.2 local 192.0.2.1",
                "a tunnel to one host",
            ),
            (
                "rip link add vxlan0 type vxlan id 42 dstport 4789 group 239.1.1.1 dev eth0",
                "endpoints found by multicast",
            ),
        ])
};

type Builder = Once<InfoVxlan>;

static VALUES: &[Row<Builder>] = rows!(Builder;
    "id~" | "vni~" => Term("VNI", Vni), "VXLAN network identifier (VNI)", |d, v, w| d.set("id", InfoVxlan::Id(v), w);
    "group~" => Late(Peer("group")), "multicast group to join", |d, ip, w| {
        not_both(d, "remote", w)?;
        d.set("group", peer(ip?), w)
    };
    "remote~" => Late(Peer("remote")), "remote address", |d, ip, w| {
        not_both(d, "group", w)?;
        d.set("remote", peer(ip?), w)
    };
    "local~" => Term("ADDR", Peer("local")), "local address", |d, ip, w| match ip {
        IpAddr::V4(a) => d.set("local", InfoVxlan::Local(a), w),
        IpAddr::V6(a) => d.set("local", InfoVxlan::Local6(a), w),
    };
    "dev~" => Term("PHYS_DEV", RequiredDev), "lower device of the tunnel", |d, v, w| d.set("dev", InfoVxlan::Link(v), w);
    "ttl~" | "hoplimit~" => Term("TTL", Ttl), "TTL of the outer packet: a number, inherit, or auto", |d, v, w| match v {
        Some(v) => d.set("ttl", InfoVxlan::Ttl(v), w),
        None => d.set("ttl", InfoVxlan::TtlInheritFlag, w),
    };
    "tos~" | "dsfield~" => Term("TOS", Tos), "type of service of the outer packet: a value, or inherit", |d, v, w| d.set("tos", InfoVxlan::Tos(v), w);
    "df~" => Term("DF", Df), "DF bit of the outer packet", |d, v, w| d.set("df", InfoVxlan::Df(v.into()), w);
    "label~" | "flowlabel~" => Term("LABEL", FlowLabel), "IPv6 flow label of the outer packet", |d, v, w| d.set("flowlabel", InfoVxlan::Label(v), w);
    "ageing~" => Term("SECONDS", OrNone("ageing timer", "none")), "lifetime of learned addresses, seconds, or none", |d, v, w| d.set("ageing", InfoVxlan::Ageing(v), w);
    "maxaddress~" => Term("NUMBER", OrNone("max addresses", "unlimited")), "maximum number of learned addresses, or unlimited", |d, v, w| d.set("maxaddress", InfoVxlan::Limit(v), w);
    "port~" | "srcport~" => Ports, "range of UDP source ports", |d, (lo, hi), w| {
        d.once("srcport", w)?;
        d.data.put(InfoVxlan::PortRange((lo, hi)));
        Ok(())
    };
    "dstport~" => Term("PORT", U16("dst port")), "destination port of the outer packet; 0 for the kernel's default", |d, v, w| {
        // 0 means the kernel's default: nothing is sent.
        if v == 0 { d.once("dstport", w) } else { d.set("dstport", InfoVxlan::Port(v), w) }
    };
    "reserved_bits" => Term("VALUE", U64("reserved bits")), "header bits that are accepted but not used", |d, v, w| d.set("reserved_bits", InfoVxlan::ReservedBits(v), w);
);

static FLAGS: &[Row<Builder>] = rows!(Builder;
    "nolearning~" => Flag, "do not learn addresses", |d, (), w| d.flag("nolearning", "learning", InfoVxlan::Learning(false), w);
    "learning~" => Flag, "learn addresses", |d, (), w| d.flag("learning", "learning", InfoVxlan::Learning(true), w);
    "noproxy~" => Flag, "no ARP and ND proxy", |d, (), w| d.flag("noproxy", "proxy", InfoVxlan::Proxy(false), w);
    "proxy~" => Flag, "answer ARP and ND for known neighbours (proxy)", |d, (), w| d.flag("proxy", "proxy", InfoVxlan::Proxy(true), w);
    "norsc~" => Flag, "no route short circuit", |d, (), w| d.flag("norsc", "rsc", InfoVxlan::Rsc(false), w);
    "rsc~" => Flag, "route short circuit", |d, (), w| d.flag("rsc", "rsc", InfoVxlan::Rsc(true), w);
    "nol2miss~" => Flag, "no notifications of unknown link-layer addresses", |d, (), w| d.flag("nol2miss", "l2miss", InfoVxlan::L2Miss(false), w);
    "l2miss~" => Flag, "notify of unknown link-layer addresses", |d, (), w| d.flag("l2miss", "l2miss", InfoVxlan::L2Miss(true), w);
    "nol3miss~" => Flag, "no notifications of unknown IP addresses", |d, (), w| d.flag("nol3miss", "l3miss", InfoVxlan::L3Miss(false), w);
    "l3miss~" => Flag, "notify of unknown IP addresses", |d, (), w| d.flag("l3miss", "l3miss", InfoVxlan::L3Miss(true), w);
    "udpcsum~" => Flag, "UDP checksums over IPv4", |d, (), w| d.flag("udpcsum", "udpcsum", InfoVxlan::UDPCsum(true), w);
    "noudpcsum~" => Flag, "no UDP checksums over IPv4", |d, (), w| d.flag("noudpcsum", "udpcsum", InfoVxlan::UDPCsum(false), w);
    "udp6zerocsumtx~" => Flag, "send without UDP checksums over IPv6", |d, (), w| d.flag("udp6zerocsumtx", "udp6zerocsumtx", InfoVxlan::UDPZeroCsumTX(true), w);
    "noudp6zerocsumtx~" => Flag, "send with UDP checksums over IPv6", |d, (), w| d.flag("noudp6zerocsumtx", "udp6zerocsumtx", InfoVxlan::UDPZeroCsumTX(false), w);
    "udp6zerocsumrx~" => Flag, "accept packets without UDP checksums over IPv6", |d, (), w| d.flag("udp6zerocsumrx", "udp6zerocsumrx", InfoVxlan::UDPZeroCsumRX(true), w);
    "noudp6zerocsumrx~" => Flag, "drop packets without UDP checksums over IPv6", |d, (), w| d.flag("noudp6zerocsumrx", "udp6zerocsumrx", InfoVxlan::UDPZeroCsumRX(false), w);
    "remcsumtx~" => Flag, "transmit with remote checksum offload", |d, (), w| d.flag("remcsumtx", "remcsumtx", InfoVxlan::RemCsumTX(true), w);
    "noremcsumtx~" => Flag, "transmit without remote checksum offload", |d, (), w| d.flag("noremcsumtx", "remcsumtx", InfoVxlan::RemCsumTX(false), w);
    "remcsumrx~" => Flag, "accept remote checksum offload", |d, (), w| d.flag("remcsumrx", "remcsumrx", InfoVxlan::RemCsumRX(true), w);
    "noremcsumrx~" => Flag, "refuse remote checksum offload", |d, (), w| d.flag("noremcsumrx", "remcsumrx", InfoVxlan::RemCsumRX(false), w);
    "localbypass" => Flag, "bypass the network for endpoints on this host", |d, (), w| d.flag("localbypass", "localbypass", InfoVxlan::Localbypass(true), w);
    "nolocalbypass" => Flag, "use the network for endpoints on this host too", |d, (), w| d.flag("nolocalbypass", "localbypass", InfoVxlan::Localbypass(false), w);
    "external~" => Flag, "take tunnel parameters from each packet's route (collect metadata)", |d, (), w| d.flag("external", "external", InfoVxlan::CollectMetadata(true), w);
    "noexternal~" => Flag, "take tunnel parameters from the device", |d, (), w| d.flag("noexternal", "external", InfoVxlan::CollectMetadata(false), w);
    "vnifilter" => Flag, "accept only VNIs configured on the device", |d, (), w| d.flag("vnifilter", "vnifilter", InfoVxlan::Vnifilter(true), w);
    "novnifilter" => Flag, "accept all VNIs", |d, (), w| d.flag("novnifilter", "vnifilter", InfoVxlan::Vnifilter(false), w);
    "mcroute" => Flag, "route multicast packets (MDB)", |d, (), w| d.flag("mcroute", "mcroute", InfoVxlan::McRoute(true), w);
    "nomcroute" => Flag, "do not route multicast packets", |d, (), w| d.flag("nomcroute", "mcroute", InfoVxlan::McRoute(false), w);
    "gbp~" => Flag, "group policy extension", |d, (), w| d.flag("gbp", "gbp", InfoVxlan::Gbp, w);
    "gpe~" => Flag, "generic protocol extension", |d, (), w| d.flag("gpe", "gpe", InfoVxlan::Gpe, w);
);

static GRAMMAR: Grammar<Builder> = Grammar {
    title: "VXLAN",
    rows: &[VALUES, FLAGS],
    fallback: Fallback::Unknown(|arg| unknown_command("vxlan", arg)),
};

fn peer(ip: IpAddr) -> InfoVxlan {
    match ip {
        IpAddr::V6(a) => InfoVxlan::Group6(a),
        IpAddr::V4(a) => InfoVxlan::Group(a),
    }
}

fn parse(w: &mut Words<'_>, setting: &Setting<'_>) -> Result<Filled, Diag> {
    let mut d = Builder::default();
    // The family of the line does not apply to a kind's words.
    let outer = std::mem::replace(&mut w.family, 0);
    let result = GRAMMAR.parse(&mut d, w);
    w.family = outer;
    result?;
    let end = Span::word(w.at());
    let external = d.data.list.contains(&InfoVxlan::CollectMetadata(true));
    let vni = d.made("id").is_some();
    if external && vni {
        return Err(Diag::fail("vxlan: both 'external' and vni cannot be specified"));
    }
    let group = d.made("group");
    // Without addresses, -4 and -6 select the family of the tunnel's socket.
    if group.is_none() && d.made("remote").is_none() && d.made("local").is_none() {
        match outer {
            INET => d.data.put(InfoVxlan::Group(Ipv4Addr::UNSPECIFIED)),
            INET6 => d.data.put(InfoVxlan::Group6(Ipv6Addr::UNSPECIFIED)),
            _ => {}
        }
    }
    if !setting.changes() && d.made("learning").is_none() {
        // With collect metadata, there is no FDB to learn into.
        d.data.put(InfoVxlan::Learning(!external));
        d.data.trail.close(end);
    }
    if let (Some(span), None, false) = (group, d.made("dev"), setting.changes()) {
        return Err(Diag::fail("vxlan: 'group' requires 'dev' to be specified").at(span));
    }
    if d.data.list.contains(&InfoVxlan::Vnifilter(true)) && !external {
        return Err(Diag::fail("vxlan: vnifilter is valid only when 'external' is set"));
    }
    if let (Some(gpe), None) = (d.made("gpe"), d.made("dstport")) {
        d.data.put(InfoVxlan::Port(VXLAN_GPE_PORT));
        d.data.trail.close(gpe);
    }
    if !setting.changes() {
        if !external && !vni {
            return Err(Diag::fail("vxlan: missing virtual network identifier").at(end));
        }
        if d.made("dstport").is_none() && d.made("gpe").is_none() {
            print_stderr(
                "vxlan: destination port not specified\n\
                 Will use Linux kernel default (non-standard value)\n\
                 Use 'dstport 4789' to get the IANA assigned value\n\
                 Use 'dstport 0' to get default and quiet this message\n",
            );
        }
    }
    Ok(d.filled(InfoData::Vxlan))
}

/// Only one of `group` and `remote` may stand on the line.
fn not_both(d: &Builder, other: &'static str, w: &Words<'_>) -> Result<(), Diag> {
    match d.made(other) {
        Some(_) => {
            Err(Diag::fail("vxlan: both group and remote cannot be specified").at(Span::word(w.at().saturating_sub(1))))
        }
        None => Ok(()),
    }
}

/// A VNI of 24 bits.
pub struct Vni;

impl Value for Vni {
    type Out = u32;
    fn meta(&self) -> Cow<'static, str> {
        "VNI".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<u32, Diag> {
        let arg = w.next()?;
        U32::parse(arg.bytes)
            .filter(|v| *v < 1 << 24)
            .ok_or_else(|| crate::grammar::number::bounds(arg.wrong("invalid id"), arg.bytes, 0, (1 << 24) - 1))
    }
}

/// A group, a remote or a local address.
pub struct Peer(pub &'static str);

impl Value for Peer {
    type Out = IpAddr;
    fn meta(&self) -> Cow<'static, str> {
        "ADDRESS".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<IpAddr, Diag> {
        let wrong = |arg: &Arg<'_>| arg.wrong(&format!("invalid {} address", self.0));
        if let Some(arg) = w.take_if(&["any", "all", "default"]) {
            return Err(wrong(&arg));
        }
        let arg = w.peek();
        let a = take_addr(w, w.family)?;
        w.family = a.family();
        a.ip()
            .filter(|ip| ip.is_multicast() == (self.0 == "group"))
            .ok_or_else(|| arg.map_or_else(|| Diag::incomplete(w.at()), |arg| wrong(&arg)))
    }
}

/// A TTL; `None` for `inherit`, 0 for `auto`.
pub struct Ttl;

impl Value for Ttl {
    type Out = Option<u8>;
    fn meta(&self) -> Cow<'static, str> {
        "{ 1..255 | auto | inherit }".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Option<u8>, Diag> {
        let arg = w.next()?;
        match arg.bytes {
            b"inherit" => Ok(None),
            b"auto" => Ok(Some(0)),
            word => {
                let v = U32::parse(word).ok_or_else(|| arg.wrong("invalid TTL"))?;
                u8::try_from(v).map(Some).map_err(|_| arg.wrong("TTL must be <= 255"))
            }
        }
    }
}

/// A type of service; 1 for `inherit`.
pub struct Tos;

impl Value for Tos {
    type Out = u8;
    fn meta(&self) -> Cow<'static, str> {
        "{ TOS | inherit }".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<u8, Diag> {
        let arg = w.next()?;
        if arg.is("inherit") {
            return Ok(1);
        }
        TOS.find(&arg, w.names).and_then(|v| u8::try_from(v).ok()).ok_or_else(|| arg.wrong("bad TOS value"))
    }
}

/// `unset`, `set` or `inherit`.
pub struct Df;

/// Values of `df`, in the order of their numbers (linux/if_link.h, VXLAN_DF_*).
pub const DF_NAMES: [&str; 3] = ["unset", "set", "inherit"];

impl Value for Df {
    type Out = u8;
    fn meta(&self) -> Cow<'static, str> {
        "{ unset | set | inherit }".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<u8, Diag> {
        let arg = w.next()?;
        DF_NAMES.iter().position(|n| arg.is(n)).and_then(|i| u8::try_from(i).ok()).ok_or_else(|| {
            let d = arg.wrong("DF must be 'unset', 'set' or 'inherit'");
            suggest::hint(d, arg.bytes, DF_NAMES.into_iter())
        })
    }
    fn offer(&self, _w: &Words<'_>) -> Vec<Offer> {
        DF_NAMES.map(|n| Offer::new(n, "")).to_vec()
    }
}

/// A flow label of 20 bits.
pub struct FlowLabel;

impl Value for FlowLabel {
    type Out = u32;
    fn meta(&self) -> Cow<'static, str> {
        "LABEL".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<u32, Diag> {
        let arg = w.next()?;
        U32::parse(arg.bytes).filter(|v| *v < 1 << 20).ok_or_else(|| arg.wrong("invalid flowlabel"))
    }
}

/// A number, or a word for 0.
struct OrNone(&'static str, &'static str);

impl Value for OrNone {
    type Out = u32;
    fn meta(&self) -> Cow<'static, str> {
        format!("{{ NUMBER | {} }}", self.1).into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<u32, Diag> {
        let arg = w.next()?;
        if arg.is(self.1) {
            return Ok(0);
        }
        U32::parse(arg.bytes).ok_or_else(|| arg.wrong(self.0))
    }
}

/// Two ports.
struct Ports;

impl Value for Ports {
    type Out = (u16, u16);
    fn meta(&self) -> Cow<'static, str> {
        "MIN MAX".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<(u16, u16), Diag> {
        Ok((U16("min port").take(w)?, U16("max port").take(w)?))
    }
}

/// Yes/no settings by attribute: JSON key, the words for yes and for no, and the kernel's default.
const SWITCHES: &[(u16, &str, &str, &str, bool)] = &[
    (25, "external", "external ", "noexternal ", false),
    (30, "vnifilter", "vnifilter ", "novnifilter ", false),
    (7, "learning", "learning ", "nolearning ", true),
    (11, "proxy", "proxy ", "noproxy ", false),
    (12, "rsc", "rsc ", "norsc ", false),
    (13, "l2miss", "l2miss ", "nol2miss ", false),
    (14, "l3miss", "l3miss ", "nol3miss ", false),
    (18, "udp_csum", "udp_csum ", "noudp_csum ", true),
    (19, "udp_zero_csum6_tx", "udp_zero_csum6_tx ", "noudp_zero_csum6_tx ", false),
    (20, "udp_zero_csum6_rx", "udp_zero_csum6_rx ", "noudp_zero_csum6_rx ", false),
    (21, "remcsum_tx", "remcsum_tx ", "noremcsum_tx ", false),
    (22, "remcsum_rx", "remcsum_rx ", "noremcsum_rx ", false),
    (31, "localbypass", "localbypass ", "nolocalbypass ", true),
    (34, "mcroute", "mcroute ", "nomcroute ", false),
];

fn describe(s: &mut RecordWriter<'_, '_, '_>) {
    s.u32(IFLA_VXLAN_ID, "id", "id {} ");
    let ends = [(2, 16, "group", "remote"), (4, 17, "local", "local")];
    for (v4, v6, many, one) in ends {
        let ip = s.d.v4(v4).map(IpAddr::V4).filter(|ip| !ip.is_unspecified()).or(s.d.v6(v6).map(IpAddr::V6));
        if let Some(ip) = ip.filter(|ip| !ip.is_unspecified()) {
            let word = if ip.is_multicast() { many } else { one };
            let key = if ip.is_ipv6() { format!("{word}6") } else { word.to_string() };
            s.p.text_item("{} ", word);
            s.p.item(&key, "{} ", s.s.host(ip));
        }
    }
    if let Some(index) = s.d.u32(IFLA_VXLAN_LINK).filter(|v| *v != 0) {
        s.p.item("link", "dev {} ", s.s.link_name(index));
    }
    if let Some(b) = s.d.get(IFLA_VXLAN_PORT_RANGE).and_then(|b| b.first_chunk::<4>()) {
        let [a, b, c, d] = *b;
        s.p.object(Some("port_range"));
        s.p.item("low", "srcport {} ", u16::from_be_bytes([a, b]));
        s.p.item("high", "{} ", u16::from_be_bytes([c, d]));
        s.p.close();
    }
    s.be16(IFLA_VXLAN_PORT, "port", "dstport {} ");
    if let Some(v) = s.d.u8(IFLA_VXLAN_TOS).filter(|v| *v != 0) {
        if v == 1 {
            s.p.item("tos", "tos {} ", crate::output::scalar::Both("inherit", "0x1"));
        } else {
            s.p.item("tos", "tos {} ", Hex::with_prefix(v));
        }
    }
    let inherit = s.d.u8(IFLA_VXLAN_TTL_INHERIT).is_some_and(|v| v != 0);
    match s.d.u8(IFLA_VXLAN_TTL) {
        _ if inherit => s.p.text("ttl inherit "),
        Some(0) => s.p.item("ttl", "ttl {} ", crate::output::scalar::Both("auto", 0u8)),
        Some(v) => s.p.item("ttl", "ttl {} ", v),
        None => {}
    }
    if let Some(v) = s.d.u8(IFLA_VXLAN_DF) {
        let name = DF_NAMES.get(usize::from(v)).copied().unwrap_or("unset");
        if v == 0 {
            s.p.hidden("df", name);
        } else {
            s.p.item("df", "df {} ", name);
        }
    }
    if let Some(v) = s.d.be32(IFLA_VXLAN_LABEL).filter(|v| *v != 0) {
        s.p.item("label", "flowlabel {} ", Hex::with_prefix(v));
    }
    if let Some(v) = s.d.u32(IFLA_VXLAN_AGEING) {
        if v == 0 {
            s.p.item("ageing", "ageing {} ", crate::output::scalar::Both("none", 0u8));
        } else {
            s.p.item("ageing", "ageing {} ", v);
        }
    }
    if let Some(v) = s.d.u32(IFLA_VXLAN_LIMIT).filter(|v| *v != 0) {
        s.p.item("limit", "maxaddr {} ", v);
    }
    if let Some(v) = s.d.u64(IFLA_VXLAN_RESERVED_BITS).map(u64::from_be) {
        s.p.item("reserved_bits", "reserved_bits {} ", Hex::with_prefix(v));
    }
    if s.d.has(IFLA_VXLAN_GBP) {
        s.p.null("gbp", "gbp ");
    }
    if s.d.has(IFLA_VXLAN_GPE) {
        s.p.null("gpe", "gpe ");
    }
    for (attr, key, yes, no, default) in SWITCHES {
        let Some(v) = s.d.u8(*attr).map(|v| v != 0) else { continue };
        s.p.hidden(key, v);
        // Text omits defaults, except with `-d -d`.
        if v != *default || s.s.options.defaults {
            s.p.text(if v { yes } else { no });
        }
    }
}
