//! `vf NUM ...`: settings of an SR-IOV virtual function.

use super::ether;
use super::view::Link;
use super::words::LinkBuilder;
use crate::diag::{Diag, Span};
use crate::grammar::number::{Named, Term, U32};
use crate::grammar::value::{Choice, LlAddr, Switch};
use crate::grammar::{Fallback, Grammar, Offer, Target, Value, Words};
use crate::net::attr::{put, u32_at};
use crate::net::{Nested, attr::Attrs};
use crate::rows;
use crate::schema::*;
use netlink_packet_core::DefaultNla;
use netlink_packet_route::link::LinkAttribute;
use std::borrow::Cow;

const VLAN_MAX: u32 = 4095;
/// Bytes of an address if the device does not exist yet.
const ETHER_LEN: usize = 6;

/// The settings of one function: its attributes so far, and the rate limits, which share an attribute.
#[derive(Default)]
pub struct Vf {
    number: u32,
    body: Vec<u8>,
    /// The length of its hardware address, in bytes.
    mac: Option<usize>,
    rate: Option<u32>,
    min: Option<u32>,
    max: Option<u32>,
    span: Span,
}

impl Target for Vf {}

impl Vf {
    /// Adds an attribute that begins with the function's number.
    fn put(&mut self, kind: u16, rest: &[u8]) {
        put(&mut self.body, kind, &[&self.number.to_ne_bytes()[..], rest].concat());
    }

    /// The upper limit: beside a lower one, the older `rate` sets it, too.
    fn upper(&self) -> Option<u32> {
        self.max.or(self.rate.filter(|_| self.min.is_some()))
    }

    fn pair(&mut self, kind: u16, value: u32) {
        self.put(kind, &value.to_ne_bytes());
    }
}

/// The words of one function.
pub static GRAMMAR: Grammar<Vf> = Grammar {
    title: "VF",
    rows: &[rows!(Vf;
        "mac~" => Term("LLADDR", LlAddr), "hardware address", |d, v| {
            d.mac = Some(v.len());
            let mut address = v;
            address.resize(32, 0);
            d.put(IFLA_VF_MAC, &address);
        };
        "vlan~" => Vlan, "VLAN id; priority and protocol may follow", |d, v| vlan(d, &v);
        "rate~" => Named("TXRATE", U32("Invalid \"rate\" value\n")), "maximum transmit rate, Mbit/s (obsolete)", |d, v| d.rate = Some(v);
        "max_tx_rate~" => Named("TXRATE", U32("Invalid \"max tx rate\" value\n")), "maximum transmit rate, Mbit/s", |d, v| d.max = Some(v);
        "min_tx_rate~" => Named("TXRATE", U32("Invalid \"min tx rate\" value\n")), "guaranteed transmit rate, Mbit/s", |d, v| d.min = Some(v);
        "spoofchk~" => Switch("spoofchk", 1), "MAC spoof check", |d, v| d.pair(IFLA_VF_SPOOFCHK, u32::from(v));
        "query_rss~" => Switch("query_rss", 1), "allow queries of the RSS configuration", |d, v| d.pair(IFLA_VF_RSS_QUERY_EN, u32::from(v));
        "trust~" => Switch("trust", 1), "trust the virtual function", |d, v| d.pair(IFLA_VF_TRUST, u32::from(v));
        "state~" => Choice(&[("auto~", 0), ("enable~", 1), ("disable~", 2)], "Invalid \"state\" value\n"), "link state", |d, v| d.pair(IFLA_VF_LINK_STATE, v);
        "node_guid~" => Term("EUI64", Guid("Invalid GUID format\n")), "node GUID of an InfiniBand function", |d, v| d.put(IFLA_VF_IB_NODE_GUID, &guid(v));
        "port_guid~" => Term("EUI64", Guid("Invalid GUID format\n")), "port GUID of an InfiniBand function", |d, v| d.put(IFLA_VF_IB_PORT_GUID, &guid(v));
    )],
    fallback: Fallback::Stop,
};

/// Checks the rate limits of the function that was parsed last. A single one is sent with the device's other one, so the
/// device must exist.
///
/// # Errors
///
/// min_tx_rate exceeds max_tx_rate, or only one rate limit is given and the device does not exist.
pub fn rates_of_a_device(d: &LinkBuilder, name: &[u8], w: &Words<'_>) -> Result<(), Diag> {
    let Some(vf) = d.vf.last() else { return Ok(()) };
    match (vf.min, vf.upper()) {
        (Some(min), Some(max)) => ordered(min, max, vf.span),
        (None, None) => Ok(()),
        _ if w.names.link(name)?.is_some() => Ok(()),
        _ => Err(Diag::fail(format!("Device {} does not exist", crate::output::escape::shown(name)))),
    }
}

fn ordered(min: u32, max: u32, span: Span) -> Result<(), Diag> {
    if max != 0 && min > max {
        return Err(Diag::fail(format!("Invalid min_tx_rate {min} - must be <= max_tx_rate {max}")).at(span));
    }
    Ok(())
}

/// Parses the words of one function, at least one.
///
/// # Errors
///
/// A wrong word, or none; a hardware address that is not as long as that of the device, which comes before words behind it.
pub fn parse(d: &mut LinkBuilder, number: u32, w: &mut Words<'_>) -> Result<(), Diag> {
    let from = w.at();
    let mut vf = Vf { number, ..Vf::default() };
    let parsed = GRAMMAR.parse(&mut vf, w);
    if let Some(length) = vf.mac
        && let Some(own) = w.names.address_len(d.target(w)?)?
    {
        has_length(length, own, Span { from: from.saturating_sub(2), to: w.at() })?;
        vf.mac = None;
    }
    parsed?;
    if w.at() == from {
        let names: Vec<_> = GRAMMAR.all().map(|r| r.name()).collect();
        let d = Diag::usage("Command line is not complete. Try option \"help\"").at(Span::word(from));
        let d = d.hint(format!("after the number: {}", names.join(", ")));
        return Err(match w.peek() {
            Some(arg) => GRAMMAR.suggest(d, &arg),
            None => d,
        });
    }
    vf.span = Span { from: from.saturating_sub(2), to: w.at() };
    d.trail.note(&[IFLA_VFINFO_LIST]);
    d.vf.push(vf);
    Ok(())
}

fn has_length(length: usize, own: usize, span: Span) -> Result<(), Diag> {
    if length == own {
        return Ok(());
    }
    Err(Diag::fail(format!("Invalid address length {length} - must be {own} bytes")).at(span))
}

/// Moves the settings into the message. Addresses for a device that does not exist must be of six bytes; a rate limit that was
/// not given keeps the device's value. `ask` returns the device's link message.
///
/// # Errors
///
/// An address has another length, or min_tx_rate exceeds max_tx_rate.
pub fn finish(d: &mut LinkBuilder, ask: impl Fn() -> Option<Vec<u8>>) -> Result<(), Diag> {
    let all = std::mem::take(&mut d.vf);
    if all.is_empty() {
        return Ok(());
    }
    let mut list = Vec::new();
    for mut vf in all {
        if let Some(length) = vf.mac {
            has_length(length, ETHER_LEN, vf.span)?;
        }
        if vf.min.is_some() || vf.max.is_some() {
            let (min, max) = match (vf.min, vf.upper()) {
                (Some(min), Some(max)) => (min, max),
                (min, max) => {
                    let held = ask().and_then(|link| limits(&link, vf.number)).unwrap_or((0, 0));
                    (min.unwrap_or(held.0), max.unwrap_or(held.1))
                }
            };
            ordered(min, max, vf.span)?;
            vf.put(IFLA_VF_RATE, &[min.to_ne_bytes(), max.to_ne_bytes()].concat());
        } else if let Some(rate) = vf.rate {
            // The older form.
            vf.pair(IFLA_VF_TX_RATE, rate);
        }
        put(&mut list, IFLA_VF_INFO, &vf.body);
    }
    // Its words are in the trail already.
    d.msg.attributes.push(LinkAttribute::Other(DefaultNla::new(IFLA_VFINFO_LIST, list)));
    Ok(())
}

/// The rate limits of a function, lower and upper, in Mbit/s.
fn limits(link: &[u8], number: u32) -> Option<(u32, u32)> {
    let link = Link::parse(link.get(NLMSG_HDRLEN..)?)?;
    let mut all = Attrs(link.a.get(IFLA_VFINFO_LIST)?).map(|(_, body)| Nested::new(body));
    let rate = all.find_map(|vf| vf.get(IFLA_VF_RATE).filter(|b| u32_at(b, 0) == Some(number)))?;
    Some((u32_at(rate, 4)?, u32_at(rate, 8)?))
}

/// A tag: VLAN id, priority, protocol.
type Tag = (u32, u32, u16);

/// `VLANID [ qos QOS ] [ proto PROTOCOL ]`; after one of 802.1ad, more tags may follow.
struct Vlan;

impl Value for Vlan {
    type Out = Vec<Tag>;
    fn meta(&self) -> Cow<'static, str> {
        "VLANID [ qos QOS ] [ proto { 802.1Q | 802.1ad } ]".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Self::Out, Diag> {
        let mut out = vec![tag(w)?];
        if out.first().is_some_and(|(.., proto)| *proto == ether::Q_IN_Q) {
            while w.take_if(&["vlan~"]).is_some() {
                out.push(tag(w)?);
            }
        }
        Ok(out)
    }
    fn more(&self, _w: &Words<'_>) -> Vec<Offer> {
        vec![Offer::new("qos", "priority of the tag"), Offer::new("proto", "ether type of the tag")]
    }
}

fn tag(w: &mut Words<'_>) -> Result<Tag, Diag> {
    let arg = w.next()?;
    let id = U32::parse(arg.bytes)
        .filter(|v| *v <= VLAN_MAX)
        .ok_or_else(|| arg.wrong("Invalid \"vlan\" value\n").hint(format!("VLAN ids are 0 to {VLAN_MAX}")))?;
    let (mut qos, mut proto) = (0, ether::VLAN);
    if w.take_if(&["qos~"]).is_some() {
        qos = U32("Invalid \"qos\" value\n").take(w)?;
    }
    if w.take_if(&["proto~"]).is_some() {
        let arg = w.next()?;
        proto = ether::number(arg.bytes).ok_or_else(|| arg.wrong("protocol is invalid\n"))?;
        if proto != ether::VLAN && proto != ether::Q_IN_Q {
            return Err(arg.wrong("Invalid \"vlan protocol\" value - supported 802.1Q, 802.1ad\n"));
        }
    }
    Ok((id, qos, proto))
}

/// A single plain tag is sent as IFLA_VF_VLAN, other tags as IFLA_VF_VLAN_LIST.
fn vlan(d: &mut Vf, tags: &[Tag]) {
    if let [(id, qos, ether::VLAN)] = tags {
        return d.put(IFLA_VF_VLAN, &[id.to_ne_bytes(), qos.to_ne_bytes()].concat());
    }
    let mut list = Vec::new();
    for (id, qos, proto) in tags {
        let [hi, lo] = proto.to_be_bytes();
        let words = [d.number, *id, *qos].map(u32::to_ne_bytes).concat();
        put(&mut list, IFLA_VF_VLAN_INFO, &[words.as_slice(), &[hi, lo, 0, 0]].concat());
    }
    put(&mut d.body, IFLA_VF_VLAN_LIST, &list);
}

/// Eight bytes as `00:11:22:33:44:55:66:77`, two digits each.
struct Guid(&'static str);

impl Value for Guid {
    type Out = u64;
    fn meta(&self) -> Cow<'static, str> {
        "EUI64".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<u64, Diag> {
        let arg = w.next()?;
        crate::grammar::value::lladdr(arg.bytes)
            .ok()
            .filter(|_| arg.bytes.len() == "00:11:22:33:44:55:66:77".len())
            .and_then(|b| <[u8; 8]>::try_from(b).ok())
            .map(u64::from_be_bytes)
            .ok_or_else(|| arg.wrong(self.0))
    }
}

/// Bytes of struct ifla_vf_guid after the function number: four bytes of padding and the number.
fn guid(v: u64) -> Vec<u8> {
    [&[0; 4][..], &v.to_ne_bytes()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::Names;
    use crate::schema::IFLA_IFNAME;

    struct Nobody;
    impl Names for Nobody {
        fn link(&self, _name: &[u8]) -> Result<Option<u32>, Diag> {
            Ok(None)
        }
        fn number(&self, _table: crate::grammar::words::Table, _name: &[u8]) -> Option<u32> {
            None
        }
    }

    /// The first device of tests/monitor/functions: function 0 has limits 10 and 100.
    fn held() -> Option<Vec<u8>> {
        let all = include_bytes!("../../../tests/monitor/functions");
        Some(all.get(..usize::try_from(u32_at(all, 0)?).ok()?)?.to_vec())
    }

    fn limits_sent(words: &str) -> Result<(u32, u32), String> {
        let list: Vec<Vec<u8>> = words.split(' ').map(|w| w.as_bytes().to_vec()).collect();
        let mut w = Words::new(&list, 0, &Nobody);
        let mut d = LinkBuilder::default();
        d.raw(IFLA_IFNAME, b"x\0");
        parse(&mut d, 0, &mut w).unwrap();
        finish(&mut d, held).map_err(|e| e.what().join(""))?;
        let Some(LinkAttribute::Other(last)) = d.msg.attributes.last() else { panic!() };
        let mut body = vec![0; netlink_packet_core::Nla::value_len(last)];
        netlink_packet_core::Nla::emit_value(last, &mut body);
        let vf = Nested::new(Attrs(&body).next().unwrap().1);
        let rate = vf.get(IFLA_VF_RATE).unwrap();
        Ok((u32_at(rate, 4).unwrap(), u32_at(rate, 8).unwrap()))
    }

    #[test]
    fn the_other_limit_stays() {
        assert_eq!(limits_sent("min_tx_rate 20"), Ok((20, 100)));
        assert_eq!(limits_sent("max_tx_rate 50"), Ok((10, 50)));
        assert_eq!(limits_sent("max_tx_rate 0"), Ok((10, 0)));
        assert_eq!(limits_sent("max_tx_rate 7 min_tx_rate 3"), Ok((3, 7)));
        let bad = |min, max| Err(format!("Invalid min_tx_rate {min} - must be <= max_tx_rate {max}"));
        assert_eq!(limits_sent("max_tx_rate 5"), bad(10, 5));
        assert_eq!(limits_sent("min_tx_rate 101"), bad(101, 100));
    }
}
