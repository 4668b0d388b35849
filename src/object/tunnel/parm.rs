//! `struct ip_tunnel_parm` and `struct ip6_tnl_parm2`, the arguments of the drivers' ioctls (linux/if_tunnel.h,
//! linux/ip6_tunnel.h).

use crate::net::attr::{u16_at, u32_at, until_nul};
use nix::libc::{IPPROTO_GRE, IPPROTO_IPIP, IPPROTO_IPV6};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// IPPROTO_GRE.
pub const GRE: u8 = IPPROTO_GRE as u8;
/// IPPROTO_IPIP: IPv4 in IP.
pub const IPIP: u8 = IPPROTO_IPIP as u8;
/// IPPROTO_IPV6: IPv6 in IP.
pub const IPV6: u8 = IPPROTO_IPV6 as u8;

/// SIT_ISATAP: unlike the GRE flags, in host byte order.
pub const ISATAP: u16 = 1;
/// VTI_ISVTI (linux/if_tunnel.h), in host byte order.
pub const VTI: u16 = 1;

const SIZE4: usize = 52;
const SIZE6: usize = 76;
/// IP_DF of net/ip.h.
const DONT_FRAGMENT: u16 = 0x4000;

// Offsets of fields, in bytes. In both structures:
const NAME: usize = 0;
const LINK: usize = 16;
// In ip_tunnel_parm, which ends with an IPv4 header:
const FLAGS4: usize = 20;
const VERSION: usize = 32;
const TOS: usize = 33;
const FRAGMENT: usize = 38;
const TTL4: usize = 40;
const PROTOCOL4: usize = 41;
const LOCAL4: usize = 44;
const REMOTE4: usize = 48;
// In ip6_tnl_parm2:
const PROTOCOL6: usize = 20;
const ENCAP_LIMIT: usize = 21;
const TTL6: usize = 22;
const FLOWINFO: usize = 24;
const FLAGS: usize = 28;
const LOCAL6: usize = 32;
const REMOTE6: usize = 48;
const FLAGS6: usize = 64;

/// The settings of a tunnel. Fields that no word sets keep the driver's values.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Parm {
    bytes: [u8; SIZE6],
    /// Over IPv6: struct ip6_tnl_parm2 instead of ip_tunnel_parm.
    pub v6: bool,
}

/// Both directions, or one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Way {
    In,
    Out,
    Both,
}

impl Way {
    fn list(self) -> &'static [usize] {
        match self {
            Way::In => &[0],
            Way::Out => &[1],
            Way::Both => &[0, 1],
        }
    }
}

impl Parm {
    /// Settings of all zeros.
    pub fn zeros(v6: bool) -> Parm {
        Parm { bytes: [0; SIZE6], v6 }
    }

    /// The settings that the words of a new tunnel start from.
    pub fn new(v6: bool) -> Parm {
        let mut p = Parm::zeros(v6);
        if v6 {
            p.set_protocol(IPV6);
            p.set_encap_limit(4);
            p.set_ttl(64);
        } else {
            // Version and length of the IPv4 header.
            p.put(VERSION, &[0x45]);
            p.set_df(true);
        }
        p
    }

    /// The bytes that a driver reads or fills.
    pub fn bytes_mut(&mut self) -> &mut [u8] {
        self.bytes.get_mut(..if self.v6 { SIZE6 } else { SIZE4 }).unwrap_or_default()
    }

    fn put(&mut self, at: usize, value: &[u8]) {
        if let Some(slot) = self.bytes.get_mut(at..at + value.len()) {
            slot.copy_from_slice(value);
        }
    }

    fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(0)
    }

    /// The offset of a field, by family.
    fn at(&self, v4: usize, v6: usize) -> usize {
        if self.v6 { v6 } else { v4 }
    }

    /// The name of the device.
    pub fn name(&self) -> &[u8] {
        until_nul(self.bytes.get(..16).unwrap_or_default())
    }

    /// Sets the name of the device.
    pub fn set_name(&mut self, name: &[u8]) {
        self.put(NAME, &[0; 16]);
        self.put(NAME, name.get(..name.len().min(15)).unwrap_or_default());
    }

    /// The index of the lower device; 0 for none.
    pub fn link(&self) -> u32 {
        u32_at(&self.bytes, LINK).unwrap_or(0)
    }

    /// Sets the index of the lower device.
    pub fn set_link(&mut self, index: u32) {
        self.put(LINK, &index.to_ne_bytes());
    }

    /// The inner protocol, IPPROTO_*.
    pub fn protocol(&self) -> u8 {
        self.byte(self.at(PROTOCOL4, PROTOCOL6))
    }

    /// Sets the inner protocol.
    pub fn set_protocol(&mut self, protocol: u8) {
        self.put(self.at(PROTOCOL4, PROTOCOL6), &[protocol]);
    }

    /// The hop limit; 0 is inherited.
    pub fn ttl(&self) -> u8 {
        self.byte(self.at(TTL4, TTL6))
    }

    /// Sets the hop limit.
    pub fn set_ttl(&mut self, ttl: u8) {
        self.put(self.at(TTL4, TTL6), &[ttl]);
    }

    /// The offset of the flags: GRE flags in network byte order, others such as `VTI` in host byte order.
    fn flags_at(&self) -> usize {
        self.at(FLAGS4, FLAGS6)
    }

    /// The GRE_* flags of one direction.
    pub fn gre_flags(&self, way: Way) -> u16 {
        way.list().iter().fold(0, |all, n| all | u16::from_be(self.own_flags(*n)))
    }

    fn own_flags(&self, n: usize) -> u16 {
        u16_at(&self.bytes, self.flags_at() + 2 * n).unwrap_or(0)
    }

    /// Sets GRE_* flags of one direction.
    pub fn add_gre_flags(&mut self, way: Way, flags: u16) {
        for n in way.list() {
            let all = self.own_flags(*n) | flags.to_be();
            self.put(self.flags_at() + 2 * n, &all.to_ne_bytes());
        }
    }

    /// Whether a flag other than the GRE flags is set.
    pub fn has(&self, flag: u16) -> bool {
        self.own_flags(0) & flag != 0
    }

    /// Sets a flag of both directions.
    pub fn mark(&mut self, flag: u16) {
        let all = self.own_flags(0) | flag;
        self.put(self.flags_at(), &all.to_ne_bytes());
    }

    /// The key of one direction, in host byte order.
    pub fn key(&self, way: Way) -> u32 {
        let n = way.list().first().copied().unwrap_or(0);
        u32::from_be(u32_at(&self.bytes, self.flags_at() + 4 + 4 * n).unwrap_or(0))
    }

    /// Sets the key of one direction, in network byte order.
    pub fn set_key(&mut self, way: Way, key: [u8; 4]) {
        for n in way.list() {
            self.put(self.flags_at() + 4 + 4 * n, &key);
        }
        self.add_gre_flags(way, crate::object::link::kind::tunnel::GRE_KEY);
    }

    fn ip(&self, v4: usize, v6: usize) -> IpAddr {
        let bytes = self.bytes.get(self.at(v4, v6)..).unwrap_or_default();
        match self.v6 {
            true => Ipv6Addr::from(bytes.first_chunk::<16>().copied().unwrap_or_default()).into(),
            false => Ipv4Addr::from(bytes.first_chunk::<4>().copied().unwrap_or_default()).into(),
        }
    }

    /// The local address.
    pub fn local(&self) -> IpAddr {
        self.ip(LOCAL4, LOCAL6)
    }

    /// The remote address.
    pub fn remote(&self) -> IpAddr {
        self.ip(REMOTE4, REMOTE6)
    }

    fn set_ip(&mut self, at: usize, ip: IpAddr) {
        match ip {
            IpAddr::V4(ip) => self.put(at, &ip.octets()),
            IpAddr::V6(ip) => self.put(at, &ip.octets()),
        }
    }

    /// Sets the local address.
    pub fn set_local(&mut self, ip: IpAddr) {
        self.set_ip(self.at(LOCAL4, LOCAL6), ip);
    }

    /// Sets the remote address.
    pub fn set_remote(&mut self, ip: IpAddr) {
        self.set_ip(self.at(REMOTE4, REMOTE6), ip);
    }

    // IPv4 only.

    /// The DS field; 1 is inherited.
    pub fn tos(&self) -> u8 {
        self.byte(TOS)
    }

    /// Sets the DS field.
    pub fn set_tos(&mut self, tos: u8) {
        self.put(TOS, &[tos]);
    }

    /// Whether the don't-fragment bit of the outer header is set: path MTU discovery.
    pub fn df(&self) -> bool {
        u16_at(&self.bytes, FRAGMENT).map(u16::from_be).unwrap_or(0) & DONT_FRAGMENT != 0
    }

    /// Sets the don't-fragment bit of the outer header.
    pub fn set_df(&mut self, on: bool) {
        let bits = if on { DONT_FRAGMENT } else { 0 };
        self.put(FRAGMENT, &bits.to_be_bytes());
    }

    // IPv6 only.

    /// The tunnel encapsulation limit (RFC 2473).
    pub fn encap_limit(&self) -> u8 {
        self.byte(ENCAP_LIMIT)
    }

    /// Sets the tunnel encapsulation limit.
    pub fn set_encap_limit(&mut self, limit: u8) {
        self.put(ENCAP_LIMIT, &[limit]);
    }

    /// Traffic class and flow label.
    pub fn flowinfo(&self) -> u32 {
        u32::from_be(u32_at(&self.bytes, FLOWINFO).unwrap_or(0))
    }

    /// Sets the bits of `mask` in the flow label and traffic class.
    pub fn set_flowinfo(&mut self, mask: u32, value: u32) {
        let all = self.flowinfo() & !mask | value;
        self.put(FLOWINFO, &all.to_be_bytes());
    }

    /// `IP6_TNL_F_*`.
    pub fn flags6(&self) -> u32 {
        u32_at(&self.bytes, FLAGS).unwrap_or(0)
    }

    /// Sets or clears IP6_TNL_F_* flags.
    pub fn set_flags6(&mut self, bits: u32, on: bool) {
        let all = if on { self.flags6() | bits } else { self.flags6() & !bits };
        self.put(FLAGS, &all.to_ne_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fields_stand_where_the_kernel_reads_them() {
        let mut p = Parm::new(false);
        p.set_name(b"g0");
        p.set_protocol(GRE);
        p.set_key(Way::In, [0, 0, 0, 5]);
        p.set_remote("10.0.0.1".parse().unwrap());
        p.mark(VTI);
        assert_eq!(p.bytes_mut().len(), 52);
        assert_eq!((p.bytes[32], p.bytes[41], &p.bytes[38..40]), (0x45, 47, &[0x40, 0][..]));
        assert_eq!((p.key(Way::In), p.key(Way::Out), p.has(VTI)), (5, 0, true));
        assert_eq!((p.gre_flags(Way::In) & 0x2000, p.gre_flags(Way::Out)), (0x2000, 0));
        assert_eq!((p.name(), p.remote().to_string().as_str()), (&b"g0"[..], "10.0.0.1"));

        let mut p = Parm::new(true);
        p.set_flowinfo(0xfffff, 0x12345);
        p.set_local("::2".parse().unwrap());
        p.set_flags6(2, true);
        assert_eq!(
            (p.bytes_mut().len(), &p.bytes[20..23], &p.bytes[24..28]),
            (76, &[41, 4, 64][..], &[0, 1, 0x23, 0x45][..])
        );
        assert_eq!((p.bytes[47], p.flags6()), (2, 2));
    }
}
