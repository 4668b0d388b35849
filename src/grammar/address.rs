//! Network addresses and prefixes: iproute2's forms, held in ipnetwork's types.

use super::number::{signed, unsigned};
use super::{Value, Words};
use crate::diag::Diag;
pub use crate::schema::family::{BRIDGE, INET, INET6, IP6MR, IPMR, MPLS, PACKET, UNSPEC};
use ipnetwork::IpNetwork;
use std::borrow::Cow;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// The name of an address family, as options and messages spell it.
pub fn family_name(family: u8) -> &'static str {
    match family {
        INET => "inet",
        INET6 => "inet6",
        MPLS => "mpls",
        PACKET => "link",
        BRIDGE => "bridge",
        UNSPEC => "none",
        _ => "???",
    }
}

/// The family that the word of `-family` or `via` names.
pub fn family_of(word: &[u8]) -> Option<u8> {
    Some(match word {
        b"inet" => INET,
        b"inet6" => INET6,
        b"link" => PACKET,
        b"mpls" => MPLS,
        b"bridge" => BRIDGE,
        _ => return None,
    })
}

/// An address of one of the families that have addresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Addr {
    Ip(IpAddr),
    /// Label entries in network order, bottom of stack set on the last.
    Mpls(Vec<u8>),
    /// With `-0`: a link-layer address.
    Link(Vec<u8>),
}

impl Addr {
    /// The address family, AF_*.
    pub fn family(&self) -> u8 {
        match self {
            Addr::Ip(IpAddr::V4(_)) => INET,
            Addr::Ip(IpAddr::V6(_)) => INET6,
            Addr::Mpls(_) => MPLS,
            Addr::Link(_) => PACKET,
        }
    }

    /// The address in network byte order.
    pub fn bytes(&self) -> Vec<u8> {
        match self {
            Addr::Ip(IpAddr::V4(a)) => a.octets().to_vec(),
            Addr::Ip(IpAddr::V6(a)) => a.octets().to_vec(),
            Addr::Mpls(b) | Addr::Link(b) => b.clone(),
        }
    }

    /// The length of a full address in bits; for MPLS, of one label.
    pub fn bits(&self) -> u8 {
        match self {
            Addr::Ip(IpAddr::V4(_)) => 32,
            Addr::Ip(IpAddr::V6(_)) => 128,
            Addr::Mpls(_) => 20,
            Addr::Link(b) => u8::try_from(b.len() * 8).unwrap_or(0),
        }
    }

    /// The IP address, if it is one.
    pub fn ip(&self) -> Option<IpAddr> {
        match self {
            Addr::Ip(ip) => Some(*ip),
            Addr::Mpls(_) | Addr::Link(_) => None,
        }
    }
}

/// An address with a length. `addr` is absent for `default`, `any` and `all`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prefix {
    /// The address family, AF_*; 0 for `default` while no family is known.
    pub family: u8,
    /// The address.
    pub addr: Option<Addr>,
    /// The prefix length, in bits.
    pub len: u8,
    /// The word had a length, or was `default`.
    pub given: bool,
}

impl Prefix {
    /// The unspecified address of the prefix's family, for `default`.
    pub fn zeros(&self) -> Option<IpAddr> {
        match self.family {
            INET if self.given => Some(Ipv4Addr::UNSPECIFIED.into()),
            INET6 if self.given => Some(Ipv6Addr::UNSPECIFIED.into()),
            _ => None,
        }
    }

    /// The prefix as an ipnetwork type, if it is an IP prefix.
    pub fn network(&self) -> Option<IpNetwork> {
        IpNetwork::new(self.addr.as_ref()?.ip()?, self.len).ok()
    }

    /// The IP address of an IP prefix.
    pub fn ip(&self) -> Option<IpAddr> {
        self.addr.as_ref().and_then(Addr::ip)
    }
}

/// IPv4 in one to four parts, missing ones zero (unlike inet_aton); each part decimal, octal or hexadecimal, with the
/// leading whitespace and sign that C's strtoul accepts.
pub fn v4(word: &[u8]) -> Option<Ipv4Addr> {
    if let Some(plain) = dotted(word) {
        return Some(plain);
    }
    let mut octets = [0u8; 4];
    let mut parts = word.split(|b| *b == b'.');
    for slot in &mut octets {
        let Some(part) = parts.next() else { break };
        *slot = u8::try_from(signed(part)?).ok()?;
    }
    parts.next().is_none().then(|| Ipv4Addr::from(octets))
}

/// Four decimal octets, as nearly every address is written: read in one pass.
fn dotted(word: &[u8]) -> Option<Ipv4Addr> {
    let (mut address, mut dots, mut octet, mut digits) = (0u32, 0u32, 0u32, 0u32);
    for b in word {
        let digit = b.wrapping_sub(b'0');
        if digit <= 9 {
            octet = octet.wrapping_mul(10).wrapping_add(u32::from(digit));
            digits = digits.wrapping_add(1);
            // An octet that begins with 0 is octal or hexadecimal.
            if octet > 255 || (digits > 1 && octet < 10) {
                return None;
            }
        } else {
            if *b != b'.' || digits == 0 {
                return None;
            }
            address = address << 8 | octet;
            (dots, octet, digits) = (dots.wrapping_add(1), 0, 0);
        }
    }
    (dots == 3 && digits > 0).then(|| Ipv4Addr::from(address << 8 | octet))
}

/// Parses an address of `family`; with 0, of the family that the word looks like.
pub fn parse(word: &[u8], family: u8) -> Option<Addr> {
    if family == MPLS {
        return mpls(std::str::from_utf8(word).ok()?).map(Addr::Mpls);
    }
    if let (UNSPEC | INET, Some(plain)) = (family, dotted(word)) {
        return Some(Addr::Ip(plain.into()));
    }
    if word.contains(&b':') {
        let a: Ipv6Addr = std::str::from_utf8(word).ok()?.parse().ok()?;
        return matches!(family, UNSPEC | INET6).then_some(Addr::Ip(a.into()));
    }
    matches!(family, UNSPEC | INET).then(|| v4(word)).flatten().map(|a| Addr::Ip(a.into()))
}

/// `100/200/300` as label stack entries.
pub fn mpls(text: &str) -> Option<Vec<u8>> {
    let labels =
        text.split('/').map(|p| unsigned(p.as_bytes(), 0).filter(|v| *v < 1 << 20)).collect::<Option<Vec<u64>>>()?;
    let last = labels.len().checked_sub(1)?;
    if last >= 16 {
        return None;
    }
    let mut out = Vec::new();
    for (i, label) in labels.iter().enumerate() {
        let entry = u32::try_from(*label).ok()? << 12 | u32::from(i == last) << 8;
        out.extend_from_slice(&entry.to_be_bytes());
    }
    Some(out)
}

/// Parses a prefix of `family`; with 0, of the family that the word looks like.
pub fn prefix(word: &[u8], family: u8) -> Option<Prefix> {
    let none = |given| Prefix { family, addr: None, len: 0, given };
    match word {
        b"default" if family != MPLS => return Some(none(true)),
        b"any" | b"all" if family != MPLS => return Some(none(false)),
        _ => {}
    }
    // An MPLS prefix is one label, not a stack: a `/` separates the length here.
    if let Some(i) = word.iter().position(|b| *b == b'/') {
        let (addr, len) = (word.get(..i)?, word.get(i + 1..)?);
        if matches!(addr, b"default" | b"any" | b"all") {
            return None;
        }
        let addr = parse(addr, family)?;
        let len = length(len, &addr)?;
        return Some(Prefix { family: addr.family(), len, addr: Some(addr), given: true });
    }
    let addr = parse(word, family)?;
    Some(Prefix { family: addr.family(), len: addr.bits(), addr: Some(addr), given: false })
}

/// A prefix length: a number, or for IPv4 a contiguous dotted mask.
fn length(word: &[u8], addr: &Addr) -> Option<u8> {
    if let Some(v) = unsigned(word, 0) {
        return u8::try_from(v).ok().filter(|v| *v <= addr.bits());
    }
    let mask = u32::from(v4(word)?);
    (addr.family() == INET && mask.count_ones() == mask.leading_ones()).then(|| mask.count_ones() as u8)
}

fn expected(kind: &str, family: u8, arg: &super::Arg<'_>) -> Diag {
    let family = if family == UNSPEC { "any valid" } else { family_name(family) };
    Diag::fail(format!("Error: {family} {kind} is expected rather than \"{}\".", arg.shown())).at(arg.span())
}

/// Parses four octets in IPv4 notation that are not an address to iproute2, which words the error differently.
///
/// # Errors
///
/// The word is not an IPv4 address.
pub fn octets(arg: &super::Arg<'_>) -> Result<[u8; 4], Diag> {
    v4(arg.bytes).map(|ip| ip.octets()).ok_or_else(|| {
        Diag::fail(format!("Error: an IP address is expected rather than \"{}\"", arg.shown())).at(arg.span())
    })
}

/// Takes the next word if it names a family: the first part of `[ FAMILY ] ADDRESS`.
pub fn take_family(w: &mut Words<'_>) -> Option<u8> {
    let family = w.peek().and_then(|a| family_of(a.bytes));
    if family.is_some() {
        w.skip();
    }
    family
}

/// Reads the next word as a prefix of a family.
///
/// # Errors
///
/// The word is not a prefix of that family, or the line ends.
pub fn take_prefix(w: &mut Words<'_>, family: u8) -> Result<Prefix, Diag> {
    let arg = w.next()?;
    if family == PACKET {
        return Err(Diag::fail(format!(
            "Error: \"{}\" may be inet prefix, but it is not allowed in this context.",
            arg.shown()
        ))
        .at(arg.span()));
    }
    prefix(arg.bytes, family).ok_or_else(|| expected("prefix", family, &arg))
}

/// Reads the next word as an address of a family.
///
/// # Errors
///
/// The word is not an address of that family, or the line ends.
pub fn take_addr(w: &mut Words<'_>, family: u8) -> Result<Addr, Diag> {
    let arg = w.next()?;
    if family == PACKET {
        let more = || format!("Error: link address is expected rather than \"{}\".", arg.shown());
        let bytes = super::value::lladdr(arg.bytes);
        return bytes.map(Addr::Link).map_err(|e| Diag::fail(e).line(more()).at(arg.span()));
    }
    // `default` is the unspecified address, once the family is known.
    let zeros = match family {
        INET if arg.is("default") => Some(Addr::Ip(Ipv4Addr::UNSPECIFIED.into())),
        INET6 if arg.is("default") => Some(Addr::Ip(Ipv6Addr::UNSPECIFIED.into())),
        _ => None,
    };
    zeros.or_else(|| parse(arg.bytes, family)).ok_or_else(|| expected("address", family, &arg))
}

/// An address of the family known so far; sets the family if none is known.
pub struct Address;

impl Value for Address {
    type Out = Addr;
    fn meta(&self) -> Cow<'static, str> {
        "ADDRESS".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Addr, Diag> {
        let a = take_addr(w, w.family)?;
        if w.family == UNSPEC {
            w.family = a.family();
        }
        Ok(a)
    }
}

/// `[ to ] ADDRESS`, the value of `as` and `src`. Sets the family like [`Address`].
pub struct ToAddress;

impl Value for ToAddress {
    type Out = Addr;
    fn meta(&self) -> Cow<'static, str> {
        "[ to ] ADDRESS".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Addr, Diag> {
        w.take_if(&["to"]);
        Address.take(w)
    }
}

/// A prefix of the family known so far, or of any if none is known.
pub struct Net;

impl Value for Net {
    type Out = Prefix;
    fn meta(&self) -> Cow<'static, str> {
        "PREFIX".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Prefix, Diag> {
        take_prefix(w, w.family)
    }
}

/// A prefix of the family known so far; sets the family if none is known.
pub struct PrefixOf;

impl Value for PrefixOf {
    type Out = Prefix;
    fn meta(&self) -> Cow<'static, str> {
        "PREFIX".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Prefix, Diag> {
        let p = take_prefix(w, w.family)?;
        if w.family == UNSPEC {
            w.family = p.family;
        }
        Ok(p)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_and_odd_v4() {
        assert_eq!(v4(b"10.8"), Some(Ipv4Addr::new(10, 8, 0, 0)));
        assert_eq!(v4(b"010.0x10.1.2"), Some(Ipv4Addr::new(8, 16, 1, 2)));
        assert_eq!(v4(b"+1. +2.-0.3"), Some(Ipv4Addr::new(1, 2, 0, 3)));
        for bad in ["256", "1.2.3.4.5", "", "1..2", "a", "1.2.3.4 ", "-1", "++1", "+", "+ 1"] {
            assert_eq!(v4(bad.as_bytes()), None, "{bad}");
        }
    }

    #[test]
    fn prefixes() {
        let p = prefix(b"10/8", UNSPEC).unwrap();
        assert_eq!((p.ip(), p.len, p.given), (Some("10.0.0.0".parse().unwrap()), 8, true));
        assert_eq!(prefix(b"10.0.0.1/255.255.255.0", UNSPEC).unwrap().len, 24);
        assert_eq!(prefix(b"2001:db8::/32", UNSPEC).unwrap().family, INET6);
        assert_eq!(prefix(b"default", INET), Some(Prefix { family: INET, addr: None, len: 0, given: true }));
        for bad in [
            &b"10.0.0.1/33"[..],
            b"10.0.0.0/255.0.255.0",
            b"::1/129",
            b"default/8",
            b"foo",
            b"1.2.3.4/",
            b"/8",
            b"\xff",
        ] {
            assert_eq!(prefix(bad, UNSPEC), None, "{bad:?}");
        }
        assert_eq!(prefix(b"::1", INET), None);
    }

    #[test]
    fn labels() {
        assert_eq!(mpls("100"), Some(vec![0, 6, 0x41, 0]));
        assert_eq!(mpls("16/32").map(|v| v.len()), Some(8));
        assert_eq!(mpls("1048576"), None);
        assert_eq!(mpls(""), None);
    }
}
