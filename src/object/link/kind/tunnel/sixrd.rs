//! 6rd: IPv6 prefixes derived from IPv4 addresses (RFC 5969; linux/if_tunnel.h, IFLA_IPTUN_6RD_*).

use super::{Attributes, Tunnel};
use crate::diag::Diag;
use crate::grammar::address::{INET, INET6, take_prefix};
use crate::grammar::number::Term;
use crate::grammar::value::Flag;
use crate::grammar::{Row, Value, Words};
use crate::net::Nested;
use crate::object::link::kind::RecordWriter;
use crate::output::Scalar;
use crate::rows;
use std::borrow::Cow;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

const PREFIX: u16 = 11;
const RELAY_PREFIX: u16 = 12;
const PREFIX_LEN: u16 = 13;
const RELAY_PREFIX_LEN: u16 = 14;
/// The 6to4 prefix (RFC 3056), the kernel's default.
const SIX_TO_FOUR: Ipv6Addr = Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0);

/// The 6rd prefix and the relay prefix.
#[derive(Default)]
pub struct Prefixes {
    prefix: Option<(Ipv6Addr, u8)>,
    relay: Option<(Ipv4Addr, u8)>,
}

/// Its keywords.
pub static WORDS: &[Row<Tunnel>] = rows!(Tunnel;
    "6rd-prefix" => Term("ADDR", Of(INET6)), "6rd prefix", |t, (ip, len)| {
        t.note(PREFIX);
        if let Some(IpAddr::V6(ip)) = ip {
            t.sixrd.prefix = Some((ip, len));
        }
    };
    "6rd-relay_prefix" => Term("ADDR", Of(INET)), "6rd relay prefix", |t, (ip, len)| {
        t.note(RELAY_PREFIX);
        if let Some(IpAddr::V4(ip)) = ip {
            t.sixrd.relay = Some((ip, len));
        }
    };
    "6rd-reset" => Flag, "reset to the 6to4 prefix", |t, ()| {
        t.note(PREFIX);
        t.sixrd = Prefixes { prefix: Some((SIX_TO_FOUR, 16)), relay: Some((Ipv4Addr::UNSPECIFIED, 0)) };
    };
);

struct Of(u8);

impl Value for Of {
    type Out = (Option<IpAddr>, u8);
    fn meta(&self) -> Cow<'static, str> {
        "PREFIX".into()
    }
    fn take(&self, w: &mut Words<'_>) -> Result<Self::Out, Diag> {
        take_prefix(w, self.0).map(|p| (p.ip(), p.len))
    }
}

impl Prefixes {
    /// The prefixes of an existing device.
    pub fn load(d: &Nested<'_>) -> Prefixes {
        let len = |attr: u16| d.u16(attr).and_then(|v| u8::try_from(v).ok()).filter(|v| *v != 0);
        Prefixes { prefix: d.v6(PREFIX).zip(len(PREFIX_LEN)), relay: d.v4(RELAY_PREFIX).zip(len(RELAY_PREFIX_LEN)) }
    }

    /// Appends the attributes.
    pub fn put(&self, out: &mut Attributes) {
        if let Some((ip, len)) = self.prefix {
            out.push((PREFIX, ip.octets().to_vec()));
            out.push((PREFIX_LEN, u16::from(len).to_ne_bytes().to_vec()));
        }
        if let Some((ip, len)) = self.relay {
            out.push((RELAY_PREFIX, ip.octets().to_vec()));
            out.push((RELAY_PREFIX_LEN, u16::from(len).to_ne_bytes().to_vec()));
        }
    }
}

struct Net(IpAddr, u16);

impl Scalar for Net {
    fn text(&self, out: &mut Vec<u8>) {
        self.0.text(out);
        out.push(b'/');
        crate::output::scalar::decimal(out, self.1.into());
    }
    fn json(&self, out: &mut Vec<u8>) {
        self.text(out);
    }
}

/// Describes the prefixes.
pub fn describe(s: &mut RecordWriter<'_, '_, '_>) {
    let Some((ip, len)) = s.d.v6(PREFIX).zip(s.d.u16(PREFIX_LEN).filter(|v| *v != 0)) else { return };
    s.p.text_item("6rd-prefix {} ", Net(ip.into(), len));
    s.p.hidden("prefix", IpAddr::V6(ip));
    s.p.hidden("prefixlen", len);
    let relay = s.d.v4(RELAY_PREFIX).filter(|ip| !ip.is_unspecified());
    if let Some((ip, len)) = relay.zip(s.d.u16(RELAY_PREFIX_LEN)) {
        s.p.text_item("6rd-relay_prefix {} ", Net(ip.into(), len));
        s.p.hidden("relay_prefix", IpAddr::V4(ip));
        s.p.hidden("relay_prefixlen", len);
    }
}
