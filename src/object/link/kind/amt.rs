//! `amt`: Automatic Multicast Tunneling (RFC 7450; linux/amt.h, IFLA_AMT_*).

use super::once::Once;
use super::{Kind, RecordWriter, unknown_command, usage};
use crate::diag::{Diag, Span};
use crate::grammar::address::take_addr;
use crate::grammar::number::{Term, U16, U32};
use crate::grammar::value::RequiredDev;
use crate::grammar::{Fallback, Grammar, Offer, Row, Value, Words, suggest};
use crate::object::link::values::Late;
use crate::{attrs, raw, rows};
use netlink_packet_route::link::{AmtMode, InfoAmt, InfoData};
use std::borrow::Cow;
use std::net::IpAddr;

raw!(InfoAmt);

attrs! {
    /// The attributes of its data (linux/amt.h).
    pub const ATTRS;
    IFLA_AMT_MODE = 1: U32, Set;
    IFLA_AMT_RELAY_PORT = 2: Be16, Set;
    IFLA_AMT_GATEWAY_PORT = 3: Be16, Set;
    IFLA_AMT_LINK = 4: U32, Set;
    IFLA_AMT_LOCAL_IP = 5: Ip, Set;
    IFLA_AMT_REMOTE_IP = 6: Ip, Set;
    IFLA_AMT_DISCOVERY_IP = 7: Ip, Set;
    IFLA_AMT_MAX_TUNNELS = 8: U32, Set;
}

/// Links of type `amt`.
pub static KIND: Kind = Kind {
    attrs: ATTRS,
    parse: Some(|w, _| {
        let mut d = Once::default();
        GRAMMAR.parse(&mut d, w)?;
        Ok(d.filled(InfoData::Amt))
    }),
    tables: &[&GRAMMAR],
    describe: Some(describe),
    ..Kind::named("amt")
        .terms(&[("ADDR", "{ IP_ADDRESS }"), ("MODE", "{ gateway | relay }")])
        .about("multicast tunnel across networks without multicast")
        .examples(&[(
            "rip link add amt0 type amt mode gateway local 192.0.2.1 discovery 192.0.2.2 dev eth0",
            "a gateway",
        )])
};

static ROWS: &[Row<Once<InfoAmt>>] = rows!(Once<InfoAmt>;
    "mode" => Term("MODE", Mode), "role: gateway (receivers) or relay (senders)", |d, v| d.data.put(InfoAmt::Mode(v));
    "relay_port" => Term("PORT", U16("relay_port")), "UDP port of the relay", |d, v| d.data.put(InfoAmt::RelayPort(v));
    "gateway_port" => Term("PORT", U16("gateway_port")), "UDP port of the gateway", |d, v| d.data.put(InfoAmt::GatewayPort(v));
    "max_tunnels" => Term("NUMBER", U32("max_tunnels")), "maximum number of tunnels of a relay", |d, v| d.data.put(InfoAmt::MaxTunnels(v));
    "dev" => Term("PHYS_DEV", RequiredDev), "lower device of the tunnel", |d, v| d.data.put(InfoAmt::Link(v));
    "local" => Term("ADDR", Late(Address)), "local address", |d, ip, w| {
        d.once("local", w)?;
        // Must be of the family of an earlier `discovery`.
        let found = d.data.list.iter().find_map(|a| if let InfoAmt::DiscoveryIp(ip) = a { Some(*ip) } else { None });
        let fits = |f: &IpAddr| matches!(&ip, Ok(Some(ip)) if ip.is_ipv4() == f.is_ipv4());
        if let Some(found) = found.filter(|f| !fits(f)) {
            return Err(other_family(found, w));
        }
        if let Some(ip) = ip? {
            d.data.put(InfoAmt::LocalIp(ip));
        }
        Ok(())
    };
    "discovery" => Term("IP_ADDRESS", Address), "discovery address of relays", |d, ip, w| match ip {
        Some(ip) => d.set("discovery", InfoAmt::DiscoveryIp(ip), w),
        None => d.once("discovery", w),
    };
);

static GRAMMAR: Grammar<Once<InfoAmt>> =
    Grammar { title: "AMT", rows: &[ROWS], fallback: Fallback::Unknown(|arg| unknown_command("amt", arg)) };

const MODES: [&str; 2] = ["gateway", "relay"];

/// `gateway` or `relay`; any other word prints the usage.
struct Mode;

impl Value for Mode {
    type Out = AmtMode;
    fn meta(&self) -> Cow<'static, str> {
        "{ gateway | relay }".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<AmtMode, Diag> {
        let arg = w.next()?;
        match arg.bytes {
            b"gateway" => Ok(AmtMode::Gateway),
            b"relay" => Ok(AmtMode::Relay),
            word => Err(suggest::hint(Diag::fail(usage(&KIND).trim_end()).at(arg.span()), word, MODES.into_iter())),
        }
    }
    fn offer(&self, _w: &Words<'_>) -> Vec<Offer> {
        MODES.map(|n| Offer::new(n, "")).to_vec()
    }
}

/// The error about the last word, which is not an address of this one's family.
fn other_family(of: IpAddr, w: &Words<'_>) -> Diag {
    let at = w.at().saturating_sub(1);
    let family = if of.is_ipv4() { "inet" } else { "inet6" };
    let word = w.line().get(at).map(|b| crate::output::escape::shown(b)).unwrap_or_default();
    Diag::fail(format!("Error: {family} address is expected rather than \"{word}\".")).at(Span::word(at))
}

/// An address of either family, or `any`.
struct Address;

impl Value for Address {
    type Out = Option<IpAddr>;
    fn meta(&self) -> Cow<'static, str> {
        "ADDRESS".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Option<IpAddr>, Diag> {
        if w.take_if(&["any", "all", "default"]).is_some() {
            return Ok(None);
        }
        take_addr(w, 0).map(|a| a.ip())
    }
}

fn describe(s: &mut RecordWriter<'_, '_, '_>) {
    if let Some(v) = s.d.u32(IFLA_AMT_MODE) {
        s.p.item("mode", "{} ", usize::try_from(v).ok().and_then(|i| MODES.get(i)).copied().unwrap_or("unknown"));
    }
    s.be16(IFLA_AMT_GATEWAY_PORT, "gateway_port", "gateway_port {} ");
    s.be16(IFLA_AMT_RELAY_PORT, "relay_port", "relay_port {} ");
    for (attr, key, form) in [
        (IFLA_AMT_LOCAL_IP, "local", "local {} "),
        (IFLA_AMT_REMOTE_IP, "remote", "remote {} "),
        (IFLA_AMT_DISCOVERY_IP, "discovery", "discovery {} "),
    ] {
        if let Some(ip) = s.d.v4(attr) {
            s.p.item(key, form, s.s.host(IpAddr::V4(ip)));
        }
    }
    s.device(IFLA_AMT_LINK, "link", "dev {} ");
    s.u32(IFLA_AMT_MAX_TUNNELS, "max_tunnels", "max_tunnels {} ");
}

#[cfg(test)]
mod tests {
    use crate::object::link::kind::testing::{covers, describes, sends};

    #[test]
    fn words() {
        let words = &[
            ("mode gateway local 1.2.3.4 discovery 1.2.3.5 dev v0", "1=00000000 5=01020304 7=01020305 4=03000000"),
            ("mode relay relay_port 6 gateway_port 7 max_tunnels 5", "1=01000000 2=0006 3=0007 8=05000000"),
            ("local any discovery any", ""),
            ("mode x", "!Usage: ... amt [ mode MODE ]"),
            ("dev nosuch", "!Cannot find device \"nosuch\""),
            ("relay_port 65536", "!Error: argument \"65536\" is wrong: relay_port"),
            ("gateway_port x", "!Error: argument \"x\" is wrong: gateway_port"),
            ("max_tunnels -1", "!Error: argument \"-1\" is wrong: max_tunnels"),
            ("local x", "!Error: any valid address is expected rather than \"x\"."),
            ("local 1.2.3.4 local 1.2.3.5", "!Error: either \"local\" is duplicate, or \"1.2.3.5\" is garbage."),
            ("relay", "!amt: unknown command \"relay\"?"),
        ];
        sends("amt", words);
        covers("amt", words);
    }

    #[test]
    fn descriptions() {
        describes(
            "amt",
            &[
                (
                    "1=01000000 2=0006 3=0007 4=03000000 5=01020304 6=01020305 7=01020306 8=05000000",
                    "relay gateway_port 7 relay_port 6 local 1.2.3.4 remote 1.2.3.5 discovery 1.2.3.6 dev v0 max_tunnels 5 ",
                    r#"{"mode":"relay","gateway_port":7,"relay_port":6,"local":"1.2.3.4","remote":"1.2.3.5","discovery":"1.2.3.6","link":"v0","max_tunnels":5}"#,
                ),
                ("1=00000000 5=00000000", "gateway local 0.0.0.0 ", r#"{"mode":"gateway","local":"0.0.0.0"}"#),
                ("1=02000000", "unknown ", r#"{"mode":"unknown"}"#),
            ],
        );
    }
}
