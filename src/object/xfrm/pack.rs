//! Reads and writes the members of structures by offset.

use crate::grammar::address::{INET, INET6, Prefix};
use crate::net::attr::{u16_at, u32_at};
use crate::schema::xfrm::XFRM_ADDRESS;
use std::net::IpAddr;

/// Writes a member; does nothing if it does not fit into the structure.
pub fn set(out: &mut [u8], at: usize, value: &[u8]) {
    if let Some(slot) = out.get_mut(at..at + value.len()) {
        slot.copy_from_slice(value);
    }
}

/// A byte; 0 past the end.
pub fn u8_of(b: &[u8], at: usize) -> u8 {
    b.get(at).copied().unwrap_or(0)
}

/// 16 bits in host byte order; 0 past the end.
pub fn u16_of(b: &[u8], at: usize) -> u16 {
    u16_at(b, at).unwrap_or(0)
}

/// 16 bits in network byte order; 0 past the end.
pub fn be16_of(b: &[u8], at: usize) -> u16 {
    u16::from_be(u16_of(b, at))
}

/// 32 bits in host byte order; 0 past the end.
pub fn u32_of(b: &[u8], at: usize) -> u32 {
    u32_at(b, at).unwrap_or(0)
}

/// 32 bits in network byte order; 0 past the end.
pub fn be32_of(b: &[u8], at: usize) -> u32 {
    u32::from_be(u32_of(b, at))
}

/// 64 bits in host byte order; 0 past the end.
pub fn u64_of(b: &[u8], at: usize) -> u64 {
    crate::net::attr::u64_at(b, at).unwrap_or(0)
}

/// An address family: AF_* in 16 bits.
pub fn family_of(b: &[u8], at: usize) -> u8 {
    u8::try_from(u16_of(b, at)).unwrap_or(0)
}

/// The address at an offset; `None` for a family other than IPv4 and IPv6.
pub fn ip_of(b: &[u8], at: usize, family: u8) -> Option<IpAddr> {
    let b = b.get(at..)?;
    match family {
        INET => b.first_chunk::<4>().map(|b| IpAddr::from(*b)),
        INET6 => b.first_chunk::<16>().map(|b| IpAddr::from(*b)),
        _ => None,
    }
}

/// xfrm_address_t of a prefix's address; zeros without one.
pub fn address_of(p: &Option<Prefix>) -> [u8; XFRM_ADDRESS] {
    p.as_ref().and_then(Prefix::ip).map_or([0; XFRM_ADDRESS], address)
}

/// xfrm_address_t of an address.
pub fn address(ip: IpAddr) -> [u8; XFRM_ADDRESS] {
    match ip {
        IpAddr::V4(ip) => {
            let mut out = [0; XFRM_ADDRESS];
            set(&mut out, 0, &ip.octets());
            out
        }
        IpAddr::V6(ip) => ip.octets(),
    }
}
