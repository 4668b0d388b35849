//! Prints addresses and prefixes of every family that routes have.

use crate::grammar::address::{INET, INET6, MPLS};
use crate::output::scalar::{Hex, Scalar, decimal, push_v4};
use crate::session::Session;
use crate::sys::append;
use std::net::IpAddr;

/// An address of any family that routes have.
pub struct Host<'a> {
    /// The session, for its options and resolver.
    pub s: &'a Session,
    /// The address family, AF_*.
    pub family: u8,
    /// The address, in network order.
    pub bytes: &'a [u8],
    /// Whether `-r` prints its host name.
    pub named: bool,
}

impl Scalar for Host<'_> {
    #[inline(always)]
    fn text(&self, out: &mut Vec<u8>) {
        match (self.family, self.bytes.first_chunk::<4>()) {
            (INET, Some(v4)) if !(self.named && self.s.options.resolve) => push_v4(out, *v4),
            _ => self.other(out),
        }
    }
    #[inline(always)]
    fn json(&self, out: &mut Vec<u8>) {
        append(out, [b'"'], 1);
        self.text(out);
        append(out, [b'"'], 1);
    }
}

impl Host<'_> {
    /// Writes any other than an IPv4 address as such.
    #[inline(never)]
    fn other(&self, out: &mut Vec<u8>) {
        match (self.family, self.bytes.len()) {
            (INET, 4..) | (INET6, 16..) => {
                let ip = match self.family {
                    INET => self.bytes.first_chunk::<4>().map(|b| IpAddr::from(*b)),
                    _ => self.bytes.first_chunk::<16>().map(|b| IpAddr::from(*b)),
                };
                if let Some(ip) = ip {
                    match self.named {
                        true => self.s.host(ip).text(out),
                        false => ip.text(out),
                    }
                }
            }
            (MPLS, _) => labels(out, self.bytes),
            _ => {
                for b in self.bytes {
                    Hex::digits(*b).text(out);
                }
            }
        }
    }
}

/// Appends the labels of an MPLS stack, `100/200`, down to the bottom of stack.
pub fn labels(out: &mut Vec<u8>, stack: &[u8]) {
    for (i, entry) in stack.chunks_exact(4).enumerate() {
        let Some(b) = entry.first_chunk::<4>() else { return };
        let v = u32::from_be_bytes(*b);
        if i > 0 {
            out.push(b'/');
        }
        decimal(out, u64::from(v >> 12));
        if v & 0x100 != 0 {
            return;
        }
    }
}

/// A destination or source prefix, printed without its length if that is the full one.
pub struct Network<'a> {
    /// The address.
    pub host: Host<'a>,
    /// The prefix length.
    pub len: u8,
}

/// The full prefix length of a family, in bits.
pub fn full(family: u8) -> u8 {
    match family {
        INET => 32,
        INET6 => 128,
        MPLS => 20,
        _ => 255,
    }
}

/// A slash and a prefix length of up to 99, and how many bytes that is.
static LENGTHS: [([u8; 3], u8); 100] = {
    let mut table = [([b'/', 0, 0], 2); 100];
    let mut v = 0;
    while v < 100u8 {
        #[allow(clippy::indexing_slicing)]
        {
            table[v as usize] = match v {
                0..=9 => ([b'/', b'0' + v, 0], 2),
                _ => ([b'/', b'0' + v / 10, b'0' + v % 10], 3),
            };
        }
        v += 1;
    }
    table
};

impl Scalar for Network<'_> {
    #[inline(always)]
    fn text(&self, out: &mut Vec<u8>) {
        self.host.text(out);
        if self.len != full(self.host.family) {
            match LENGTHS.get(usize::from(self.len)) {
                Some(([a, b, c], n)) => append(out, [*a, *b, *c, 0], usize::from(*n)),
                None => {
                    append(out, [b'/'], 1);
                    decimal(out, self.len.into());
                }
            }
        }
    }
    #[inline(always)]
    fn json(&self, out: &mut Vec<u8>) {
        append(out, [b'"'], 1);
        self.text(out);
        append(out, [b'"'], 1);
    }
}
