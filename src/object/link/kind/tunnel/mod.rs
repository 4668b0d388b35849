//! Tunnels over IP: GRE, ERSPAN, IPIP, SIT, IPv6 tunnels and VTI, which share most of their words.
//!
//! The kernel wants every setting in every request, so a request has the defaults of a new tunnel, or the settings of
//! an existing one, changed by the words.

pub mod gre;
pub mod ip;
pub mod sixrd;
pub mod view;
pub mod vti;
pub mod words;

use super::{Body, Filled, Raw, Setting, usage};
use crate::diag::{Diag, Span};
use crate::grammar::address::{INET, INET6};
use crate::grammar::{Arg, Grammar, Target, Words};
use crate::net::{Nested, Trail};
use crate::object::link::view::Link;
use crate::schema::{IFLA_INFO_DATA, IFLA_INFO_KIND, NLMSG_HDRLEN};
use netlink_packet_core::DefaultNla;
use netlink_packet_route::link::InfoData;
use std::net::IpAddr;

// GRE_* of linux/if_tunnel.h; big endian on the wire.
/// GRE_CSUM: checksums.
pub const GRE_CSUM: u16 = 0x8000;
/// GRE_KEY: a key.
pub const GRE_KEY: u16 = 0x2000;
/// GRE_SEQ: sequence numbers.
pub const GRE_SEQ: u16 = 0x1000;
const ENCAP_CSUM6: u16 = 2;
/// The default tunnel encapsulation limit (IPV6_DEFAULT_TNL_ENCAP_LIMIT of linux/ip6_tunnel.h, RFC 2473).
const ENCAP_LIMIT: u8 = 4;
const HOPLIMIT: u8 = 64;

/// The attribute numbers of a kind; 0: the kind lacks the attribute.
pub struct Places {
    /// The local address.
    pub local: u16,
    /// The remote address.
    pub remote: u16,
    /// The lower device.
    pub link: u16,
    /// Hop limit; 0 is inherited.
    pub ttl: u16,
    /// DS field or traffic class.
    pub tos: u16,
    /// Path MTU discovery.
    pub pmtudisc: u16,
    /// The mark of its own packets.
    pub fwmark: u16,
    /// Tunnel encapsulation limit (RFC 2473).
    pub encap_limit: u16,
    /// Flow label and traffic class.
    pub flowinfo: u16,
    /// Flags of the tunnel.
    pub flags: u16,
    /// Encapsulation in UDP.
    pub encap: Encap,
    /// Collect metadata.
    pub external: u16,
    /// The inner protocol.
    pub proto: u16,
}

/// The four attributes of an encapsulation in UDP.
pub struct Encap {
    /// TUNNEL_ENCAP_*.
    pub kind: u16,
    /// `flags` of the encapsulation, TUNNEL_ENCAP_FLAG_*.
    pub flags: u16,
    /// Source port.
    pub sport: u16,
    /// Destination port.
    pub dport: u16,
}

/// Attributes to send: number and value.
pub type Attributes = Vec<(u16, Vec<u8>)>;

/// A kind of tunnel: its family, its attributes, how it is sent and parsed.
pub struct Shape {
    /// Over IPv6.
    pub v6: bool,
    /// An ERSPAN type.
    pub erspan: bool,
    /// Its attributes.
    pub at: &'static Places,
    /// Appends the attributes to send.
    pub emit: fn(&Tunnel, &mut Attributes) -> Result<(), Diag>,
    /// Loads the settings of an existing device.
    pub load: fn(&mut Tunnel, &Nested<'_>),
}

/// A tunnel's settings, during parsing.
pub struct Tunnel {
    /// The type.
    pub shape: &'static Shape,
    trail: Trail,
    /// The local address.
    pub local: Option<IpAddr>,
    /// The remote address.
    pub remote: Option<IpAddr>,
    /// The lower device.
    pub link: u32,
    /// Hop limit; 0 is inherited.
    pub ttl: u8,
    /// DS field or traffic class.
    pub tos: u8,
    /// Path MTU discovery.
    pub pmtudisc: bool,
    /// GRE: ignore the don't-fragment bit.
    pub ignore_df: Option<u8>,
    /// The mark of its own packets.
    pub fwmark: u32,
    /// Collect metadata: parameters come from each packet's route.
    pub external: bool,
    /// Key of incoming packets, in network order.
    pub ikey: [u8; 4],
    /// Key of outgoing packets, in network order.
    pub okey: [u8; 4],
    /// GRE_* flags of incoming packets.
    pub iflags: u16,
    /// GRE_* flags of outgoing packets.
    pub oflags: u16,
    /// Encapsulation in UDP: type, flags, source port and destination port.
    pub encap: (u16, u16, u16, u16),
    /// Tunnel encapsulation limit (RFC 2473).
    pub encap_limit: u8,
    /// Flow label and traffic class.
    pub flowinfo: u32,
    /// IP6_TNL_F_* or SIT_ISATAP.
    pub flags: u32,
    /// ERSPAN: version, index, direction and hardware id.
    pub erspan: (u8, u32, u8, u16),
    /// The inner protocol, IPPROTO_*.
    pub proto: u8,
    /// SIT_ISATAP.
    pub isatap: u16,
    /// Prefixes of 6rd (RFC 5969).
    pub sixrd: sixrd::Prefixes,
}

impl Target for Tunnel {
    fn set_span(&mut self, span: Span) {
        self.trail.close(span);
    }
}

impl Tunnel {
    /// A tunnel with the defaults of a new one.
    fn new(shape: &'static Shape) -> Tunnel {
        Tunnel {
            shape,
            trail: Trail::default(),
            local: None,
            remote: None,
            link: 0,
            ttl: if shape.v6 { HOPLIMIT } else { 0 },
            tos: 0,
            pmtudisc: true,
            ignore_df: None,
            fwmark: 0,
            external: false,
            ikey: [0; 4],
            okey: [0; 4],
            iflags: 0,
            oflags: 0,
            encap: (0, if shape.v6 { ENCAP_CSUM6 } else { 0 }, 0, 0),
            encap_limit: ENCAP_LIMIT,
            flowinfo: 0,
            flags: 0,
            erspan: (1, 0, 0, 0),
            proto: 0,
            isatap: 0,
            sixrd: sixrd::Prefixes::default(),
        }
    }

    /// Records that the current words set this attribute.
    pub fn note(&mut self, attr: u16) {
        self.trail.note(&[attr]);
    }

    /// The address family of the outer header, AF_*.
    pub fn family(&self) -> u8 {
        if self.shape.v6 { INET6 } else { INET }
    }

    /// Loads the settings that all kinds share from an existing device.
    pub fn load_common(&mut self, d: &Nested<'_>) {
        let at = self.shape.at;
        let family = self.family();
        let ip = |attr: u16| d.ip(attr, family).filter(|ip| !ip.is_unspecified());
        (self.local, self.remote) = (ip(at.local), ip(at.remote));
        let byte = |attr: u16, default: u8| if attr == 0 { default } else { d.u8(attr).unwrap_or(default) };
        self.link = d.u32(at.link).unwrap_or(0);
        self.ttl = byte(at.ttl, 0);
        self.tos = byte(at.tos, 0);
        self.pmtudisc = byte(at.pmtudisc, 0) != 0;
        self.fwmark = d.u32(at.fwmark).unwrap_or(0);
        self.encap_limit = byte(at.encap_limit, 0);
        if self.shape.v6 && at.flowinfo != 0 {
            self.flowinfo = d.be32(at.flowinfo).unwrap_or(0);
            self.flags = d.u32(at.flags).unwrap_or(0);
        }
        self.proto = byte(at.proto, 0);
        self.external = at.external != 0 && d.has(at.external);
        let e = &at.encap;
        if e.kind != 0 {
            let port = |attr: u16| d.be16(attr).unwrap_or(0);
            self.encap = (d.u16(e.kind).unwrap_or(0), d.u16(e.flags).unwrap_or(0), port(e.sport), port(e.dport));
        }
    }

    /// Appends the encapsulation's four attributes.
    pub fn put_encap(&self, out: &mut Attributes) {
        let (e, (kind, flags, sport, dport)) = (&self.shape.at.encap, self.encap);
        out.push((e.kind, kind.to_ne_bytes().to_vec()));
        out.push((e.flags, flags.to_ne_bytes().to_vec()));
        out.push((e.sport, sport.to_be_bytes().to_vec()));
        out.push((e.dport, dport.to_be_bytes().to_vec()));
    }

    /// Appends the local and the remote address, if given.
    pub fn put_ends(&self, out: &mut Attributes) {
        for (attr, ip) in [(self.shape.at.local, self.local), (self.shape.at.remote, self.remote)] {
            match ip.filter(|ip| !ip.is_unspecified()) {
                Some(IpAddr::V4(ip)) => out.push((attr, ip.octets().to_vec())),
                Some(IpAddr::V6(ip)) => out.push((attr, ip.octets().to_vec())),
                None => {}
            }
        }
    }
}

/// Parses a tunnel's words.
///
/// # Errors
///
/// A word is wrong or missing, or the existing device cannot be read or is of another kind.
pub fn parse_data<A: Raw>(
    w: &mut Words<'_>,
    setting: &Setting<'_>,
    shape: &'static Shape,
    grammar: &Grammar<Tunnel>,
    wrap: fn(Vec<A>) -> InfoData,
) -> Result<Filled, Diag> {
    let mut t = Tunnel::new(shape);
    if let Some(index) = setting.device {
        let none = "Failed to get existing tunnel info.";
        let answer = setting.session.get_link(None, index, 0);
        let answer = answer.map_err(|e| Diag::fail(e.line()).line(none))?;
        let link = answer.get(NLMSG_HDRLEN..).and_then(Link::parse);
        let info = link.and_then(|l| l.info());
        let info = info.filter(|i| i.str(IFLA_INFO_KIND) == Some(setting.kind.as_bytes()));
        let data = info.and_then(|i| i.nest(IFLA_INFO_DATA));
        let data = data.ok_or_else(|| Diag::fail(none))?;
        (shape.load)(&mut t, &data);
    }
    // A kind's words have the tunnel's family, not that of the line.
    let outer = std::mem::replace(&mut w.family, t.family());
    let result = grammar.parse(&mut t, w);
    w.family = outer;
    result?;
    let mut list = Vec::new();
    (shape.emit)(&t, &mut list)?;
    let list = list.into_iter().map(|(kind, body)| A::raw(DefaultNla::new(kind, body))).collect();
    Ok(Filled { body: Body::Data(wrap(list)), trail: t.trail })
}

/// The error for an unknown word: the kind's usage.
pub fn unknown(kind: &'static super::Kind, arg: &Arg<'_>) -> Diag {
    Diag::fail(usage(kind).trim_end()).at(arg.span())
}
